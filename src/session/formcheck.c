/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kiosk --check: every word of forms/ must have something that answers to it, and every screen a way to it and on. */
#include "session/state.h"

#include "base/settings.h"

#include <string.h>

struct checker {
    const struct forms *forms;
    GPtrArray *faults;
    const char *screen;
    GHashTable *reached; /* names of screens that something leads to */
};

static void fault(struct checker *c, const char *what, const char *word)
{
    const struct form_place *place = forms_place(c->forms, c->screen);
    settings_fault(c->faults, place ? place->file : c->forms->directory, place ? place->line : 0,
                   "screen \"%s\": %s \"%s\"", c->screen, what, word ? word : "");
}

static void check_guard(struct checker *c, const char *word)
{
    g_auto(GStrv) list = word ? g_strsplit(word, " ", -1) : NULL;
    for (char **one = list; one && *one; one++)
        if (!guard_find(*one + (**one == '!')))
            fault(c, "unknown condition", *one);
}

static void check_text(struct checker *c, const char *text)
{
    while (text && (text = strchr(text, '{'))) {
        const char *close = strchr(text, '}');
        g_autofree char *word = close ? g_strndup(text + 1, (gsize)(close - text - 1)) : g_strdup(text);
        if (!close || !placeholder_exists(word))
            fault(c, "unknown placeholder", word);
        text++;
    }
}

static void check_target(struct checker *c, const char *screen)
{
    if (!forms_screen(c->forms, screen))
        fault(c, "unknown screen", screen);
    g_hash_table_add(c->reached, g_strdup(screen));
}

/* A verb and, for "go", the screen it goes to. */
static void check_verb(struct checker *c, const char *verb, const char *to)
{
    bool go = g_strcmp0(verb, "go") == 0;
    if (!verb || !verb_exists(verb))
        fault(c, "unknown verb", verb);
    if (go != (to != NULL))
        fault(c, go ? "no screen to go to" : "a screen to go to, without \"go\"", to);
    if (to)
        check_target(c, to);
}

/* ---------------------------------------------------------------- the parts of a screen */

static bool table_known(const char *word)
{
    for (int id = 0; word && id < CODE_TABLES; id++)
        if (strcmp(code_table_words[id], word) == 0)
            return true;
    return g_strcmp0(word, "yes_no") == 0 || g_strcmp0(word, "added_reason") == 0;
}

static void check_fields(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        check_guard(c, field->when);
        check_text(c, field->value);
        if (field->check && !check_exists(field->check))
            fault(c, "unknown check", field->check);
        if (field->type == FIELD_CODE && !table_known(field->table))
            fault(c, "unknown table", field->table);
    }
    if (screen->kind == PAGE_ROWS && (!screen->prefix || screen->rows == 0))
        fault(c, "no prefix or number of rows for the fields of", screen->name);
}

static void check_key(struct checker *c, const char *key)
{
    static const char *const keys[] = {
        "Enter", "Esc", "F2", "F3",  "F4",  "F5",
        "F6",    "F8",  "F9", "F10", "F11", "F12"}; /* F1 is the help, F7 looks characters up */
    for (size_t i = 0; key && i < G_N_ELEMENTS(keys); i++)
        if (strcmp(keys[i], key) == 0)
            return;
    if (key)
        fault(c, "unknown key", key);
}

static void check_actions(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->actions->len; i++) {
        const struct form_action *action = g_ptr_array_index(screen->actions, i);
        check_guard(c, action->when);
        check_verb(c, action->verb, action->to);
        check_key(c, action->key);
    }
}

static void check_items(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->items->len; i++) {
        const struct form_item *item = g_ptr_array_index(screen->items, i);
        check_guard(c, item->when);
        check_text(c, item->label);
        check_text(c, item->note);
        if (!screen->choose)
            check_verb(c, item->verb, item->to);
        else if (item->verb)
            fault(c, "the screen has a verb of its own, so none is run", item->verb);
    }
}

static void check_lists(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->texts->len; i++) {
        const struct form_text *text = g_ptr_array_index(screen->texts, i);
        check_guard(c, text->when);
        check_text(c, text->text);
    }
    for (guint i = 0; i < screen->facts->len; i++) {
        const struct form_fact *fact = g_ptr_array_index(screen->facts, i);
        check_guard(c, fact->when);
        check_text(c, fact->value);
    }
    for (guint i = 0; i < screen->tables->len; i++) {
        const struct form_table *table = g_ptr_array_index(screen->tables, i);
        check_guard(c, table->when);
        if (!source_table_exists(table->source))
            fault(c, "unknown source of a table", table->source);
    }
}

static void check_words(struct checker *c, const struct form_screen *screen)
{
    const struct {
        const char *what, *word;
        bool (*exists)(const char *word);
    } words[] = {
        {"unknown source of choices", screen->choices, source_choices_exists},
        {"unknown source of a code", screen->qr, source_qr_exists},
        {"unknown verb", screen->choose, verb_exists},
        {"unknown verb", screen->enter, verb_exists},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].word && !words[i].exists(words[i].word))
            fault(c, words[i].what, words[i].word);
    bool picks = (screen->choices && (screen->choose || screen->many)) || screen->items->len > 0;
    if (screen->actions->len == 0 && !picks && !screen->ends_s)
        fault(c, "there is no way on from", screen->name);
    if (screen->many && !screen->choices)
        fault(c, "many, but no source of choices for", screen->name);
}

static void check_screen(struct checker *c, const struct form_screen *screen)
{
    c->screen = screen->name;
    check_text(c, screen->title);
    check_text(c, screen->help);
    check_text(c, screen->sum);
    check_text(c, screen->back_why);
    check_lists(c, screen);
    check_fields(c, screen);
    check_items(c, screen);
    check_actions(c, screen);
    check_words(c, screen);
}

/* ---------------------------------------------------------------- the whole */

static void check_flow(struct checker *c)
{
    for (guint i = 0; i < c->forms->steps->len; i++) {
        const struct form_step *step = g_ptr_array_index(c->forms->steps, i);
        c->screen = step->screen;
        check_target(c, step->screen);
        check_guard(c, step->when);
        check_guard(c, step->until);
    }
}

static void check_sentence(struct checker *c, const char *key)
{
    if (message_text(key, c->forms->messages) == key)
        fault(c, "no sentence", key);
}

/* Screens and sentences that C asks for by name. */
/* clang-format off */
static const char *const fixed_screens[] = {
    "start", "login", "home", "goodbye", "out_of_service", "prejudge", "pay", "print", "printing", "print_check",
    "checklist", "photo_send", "person", "resume", "family", "awards", "substitution", "substitution_none",
    "majors", "added", "added_ask", "added_clear", "prior_degree",
};

static const char *const fixed_sentences[] = {
    "busy.login", "busy.load", "busy.save", "busy.qr", "busy.submit", "busy.photo", "busy.order", "busy.files",
    "network.offline", "platform.refused", "platform.broken", "session.expired", "login.account", "submit.tail",
    "field.tick", "field.required", "field.errors", "majors.none", "photo.unreadable", "photo.no_folder",
    "print.overflow", "print.missing", "print.not_drawn", "print.unknown", "print.refused", "print.again",
    "qr.expired", "idle.ask", "word.yes", "word.no", "word.counties", "word.amount", "word.major_line",
    "word.major", "word.judged_major", "word.period", "word.substitute", "word.and", "word.degree",
    "word.photo_size", "word.totals", "word.county_office", "task.photo", "task.draw", "task.send", "busy.register",
    "busy.receipt", "busy.archive", "busy.file", "register.done", "register.differs", "added.asking", "added.full",
    "word.of_major", "word.group", "word.no_credit", "word.old_codes", "word.courses", "word.credits",
    "word.courses_credits", "word.plan_needs", "word.plan_electives", "word.archive", "word.no_archive",
    "application.no_archive", "archive.broken", "archive.too_big", "task.check", "form.required", "form.work_since",
    "form.work_both", "substitution.too_few", "key.named", "tap.button", "key.Enter", "tap.Enter", "key.Space",
    "tap.Space", "key.list", "tap.list", "key.arrows", "key.scroll", "tap.scroll", "key.any", "tap.any",
};
/* clang-format on */

static void check_fixed(struct checker *c)
{
    static const struct {
        const char *prefix;
        const char *const *words;
    } lists[] = {
        {"printing", print_state_words},
        {"photo_state", photo_state_words},
        {"course_state", course_state_words},
        {"order_state", order_state_words},
        {"degree_state", prior_degree_state_words},
        {"added_reason", added_course_reason_words},
        {"added_short", added_course_reason_words},
    };
    c->screen = "-";
    for (size_t i = 0; i < G_N_ELEMENTS(fixed_screens); i++)
        check_target(c, fixed_screens[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(fixed_sentences); i++)
        check_sentence(c, fixed_sentences[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        for (int k = 0; lists[i].words[k]; k++) {
            g_autofree char *key = g_strdup_printf("%s.%s", lists[i].prefix, lists[i].words[k]);
            check_sentence(c, key);
        }
}

static void check_reached(struct checker *c)
{
    for (guint i = 0; i < c->forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(c->forms->screens, i);
        c->screen = screen->name;
        if (!g_hash_table_contains(c->reached, screen->name))
            fault(c, "nothing leads to", screen->name);
    }
}

bool forms_check(const struct forms *forms, GPtrArray *faults)
{
    guint before = faults->len;
    g_autoptr(GHashTable) reached = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct checker checker = {.forms = forms, .faults = faults, .reached = reached};
    for (guint i = 0; i < forms->screens->len; i++)
        check_screen(&checker, g_ptr_array_index(forms->screens, i));
    check_flow(&checker);
    check_fixed(&checker);
    check_reached(&checker);
    return faults->len == before;
}
