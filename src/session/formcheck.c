/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kiosk --check: every word of forms/ must have something that answers to it. */
#include "session/state.h"

#include "base/settings.h"

#include <string.h>

struct checker {
    const struct forms *forms;
    GPtrArray *faults;
    const char *screen; /* stands for the line in faults */
};

static void fault(struct checker *c, const char *what, const char *word)
{
    settings_fault(c->faults, c->forms->directory, 0, "screen \"%s\": unknown %s \"%s\"", c->screen, what, word);
}

static void check_guard(struct checker *c, const char *word)
{
    g_auto(GStrv) list = word ? g_strsplit(word, " ", -1) : NULL;
    for (char **one = list; one && *one; one++)
        if (!guard_find(*one + (**one == '!')))
            fault(c, "condition", *one);
}

static void check_text(struct checker *c, const char *text)
{
    while (text && (text = strchr(text, '{'))) {
        const char *close = strchr(text, '}');
        g_autofree char *word = close ? g_strndup(text + 1, (gsize)(close - text - 1)) : g_strdup(text);
        if (!close || !placeholder_exists(word))
            fault(c, "placeholder", word);
        text++;
    }
}

static bool table_known(const char *word)
{
    for (int id = 0; id < CODE_TABLES; id++)
        if (strcmp(code_table_words[id], word) == 0)
            return true;
    return strcmp(word, "yes_no") == 0;
}

static void check_fields(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        check_guard(c, field->when);
        check_text(c, field->value);
        if (field->check && !verb_check_exists(field->check))
            fault(c, "check", field->check);
        if (field->type == FIELD_CODE && (!field->table || !table_known(field->table)))
            fault(c, "table", field->table ? field->table : "");
    }
    if (screen->kind == PAGE_ROWS && (!screen->prefix || screen->rows == 0))
        fault(c, "rows", screen->prefix ? screen->prefix : "");
}

static void check_actions(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->actions->len; i++) {
        const struct form_action *action = g_ptr_array_index(screen->actions, i);
        check_guard(c, action->when);
        if (!verb_exists(action->verb))
            fault(c, "verb", action->verb);
        if (action->to && !forms_screen(c->forms, action->to))
            fault(c, "screen", action->to);
        if (strcmp(action->verb, "go") == 0 && !action->to)
            fault(c, "screen", "(none)");
    }
}

static void check_items(struct checker *c, const struct form_screen *screen)
{
    for (guint i = 0; i < screen->items->len; i++) {
        const struct form_item *item = g_ptr_array_index(screen->items, i);
        check_guard(c, item->when);
        check_text(c, item->label);
        check_text(c, item->note);
        if (!screen->choose && !screen->many && !verb_exists(item->key) && !forms_screen(c->forms, item->key))
            fault(c, "verb or screen", item->key);
    }
}

static void check_screen(struct checker *c, const struct form_screen *screen)
{
    c->screen = screen->name;
    check_text(c, screen->title);
    check_text(c, screen->help);
    check_text(c, screen->sum);
    check_text(c, screen->back_why);
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
            fault(c, "table source", table->source);
    }
    check_fields(c, screen);
    check_items(c, screen);
    check_actions(c, screen);
    if (screen->choices && !source_choices_exists(screen->choices))
        fault(c, "source of choices", screen->choices);
    if (screen->qr && !source_qr_exists(screen->qr))
        fault(c, "source of codes", screen->qr);
    if (screen->choose && !verb_exists(screen->choose))
        fault(c, "verb", screen->choose);
    if (screen->enter && !verb_exists(screen->enter))
        fault(c, "verb", screen->enter);
}

static void check_flow(struct checker *c)
{
    for (guint i = 0; i < c->forms->steps->len; i++) {
        const struct form_step *step = g_ptr_array_index(c->forms->steps, i);
        c->screen = step->screen;
        if (!forms_screen(c->forms, step->screen))
            fault(c, "screen", step->screen);
        check_guard(c, step->when);
        check_guard(c, step->until);
    }
}

/* Screens and sentences that C asks for by name. */
static void check_fixed(struct checker *c)
{
    static const char *const screens[] = {"start",          "login",       "home",       "goodbye",
                                          "out_of_service", "prejudge",    "pay",        "print",
                                          "printing",       "print_check", "checklist",  "photo",
                                          "person",         "resume",      "photo_send", "substitution_none"};
    static const char *const sentences[] = {
        "busy.login",       "busy.load",       "busy.save",          "busy.qr",         "busy.submit",
        "busy.photo",       "busy.print",      "busy.order",         "busy.files",      "network.offline",
        "platform.refused", "platform.broken", "session.expired",    "login.account",   "submit.tail",
        "field.tick",       "field.required",  "field.errors",       "majors.none",     "substitution.too_few",
        "photo.unreadable", "photo.no_folder", "print.overflow",     "print.missing",   "print.not_drawn",
        "print.unknown",    "print.refused",   "print.again",        "qr.expired",      "idle.ask",
        "word.yes",         "word.no",         "word.county_office", "task.photo",      "task.draw",
        "task.send",        "task.check",      "form.required",      "form.work_since",
    };
    c->screen = "-";
    for (size_t i = 0; i < G_N_ELEMENTS(screens); i++)
        if (!forms_screen(c->forms, screens[i]))
            fault(c, "screen", screens[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++)
        if (message_text(sentences[i], c->forms->messages) == sentences[i])
            fault(c, "sentence", sentences[i]);
    for (int i = 0; print_state_words[i]; i++) {
        g_autofree char *key = g_strdup_printf("printing.%s", print_state_words[i]);
        if (message_text(key, c->forms->messages) == key)
            fault(c, "sentence", key);
    }
}

bool forms_check(const struct forms *forms, GPtrArray *faults)
{
    guint before = faults->len;
    struct checker checker = {.forms = forms, .faults = faults};
    for (guint i = 0; i < forms->screens->len; i++)
        check_screen(&checker, g_ptr_array_index(forms->screens, i));
    check_flow(&checker);
    check_fixed(&checker);
    return faults->len == before;
}
