/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page as it is now: the form's screen filled with the snapshot and the answers. Changes nothing. */
#include "session/state.h"

#include <stdlib.h>
#include <string.h>

#define CHAPTER_PRIOR_DEGREE 3

static void add_texts(const struct session *session, struct page *page)
{
    for (guint i = 0; i < session->screen->texts->len; i++) {
        const struct form_text *form = g_ptr_array_index(session->screen->texts, i);
        if (!guard_holds(session, form->when))
            continue;
        g_autofree char *text = placeholder_expand(session, form->text);
        page_add_text(page, text, (enum page_tone)form->tone);
    }
}

static void add_facts(const struct session *session, struct page *page)
{
    for (guint i = 0; i < session->screen->facts->len; i++) {
        const struct form_fact *form = g_ptr_array_index(session->screen->facts, i);
        if (!guard_holds(session, form->when))
            continue;
        g_autofree char *value = placeholder_expand(session, form->value);
        page_add_fact(page, form->label, value, (enum page_tone)form->tone);
    }
}

/* The date before it on the page is the nearest guess: one thing follows another. */
static int near_day(const struct session *session, const struct page *page, const struct form_field *form,
                    const struct page_field *self, int birth)
{
    for (guint i = page->fields->len; i-- > 0;) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        if (field->type == FIELD_DATE && field != self && strlen(field->value) == 8)
            return atoi(field->value);
    }
    return form->age && birth ? MIN(birth + (int)form->age * 10000, session->options.today) : session->options.today;
}

/* Within the person's life. */
static void set_days(const struct session *session, const struct page *page, const struct form_field *form,
                     struct page_field *field)
{
    int birth = session->me ? id_number_birth(session->me->id_no) : 0;
    field->near_day = near_day(session, page, form, field, birth);
    field->first_day = birth;
    field->last_day = session->options.today;
}

static void add_field(const struct session *session, struct page *page, const struct form_field *form, const char *key,
                      int row)
{
    g_autofree char *shown = form->value ? placeholder_expand(session, form->value) : g_strdup(answer(session, key));
    bool password = form->type == FIELD_PASSWORD;
    struct page_field *field =
        page_add_field(page, key, (enum field_type)form->type, form->label, password ? NULL : shown);
    field->hint = g_strdup(form->hint);
    field->error = g_strdup(g_hash_table_lookup(session->errors, key));
    field->required = form->required;
    field->readonly = form->readonly;
    field->max_chars = form->max ? (int)form->max : RECORD_STRING_MAX;
    field->min_count = (int)form->min_count;
    field->width_cols = (int)form->width;
    field->row = row;
    if (form->type == FIELD_CODE)
        source_options(session, form, field);
    if (form->type == FIELD_DATE)
        set_days(session, page, form, field);
    if (form->type == FIELD_REGION)
        field->options = g_ptr_array_ref(session->forms->regions);
}

static void add_row(const struct session *session, struct page *page, int row)
{
    const struct form_screen *screen = session->screen;
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *form = g_ptr_array_index(screen->fields, i);
        g_autofree char *key = g_strdup_printf("%s.%d.%s", screen->prefix, row, form->key);
        add_field(session, page, form, key, row - 1);
    }
}

static void add_fields(const struct session *session, struct page *page)
{
    const struct form_screen *screen = session->screen;
    for (int row = 1; screen->kind == PAGE_ROWS && row <= screen->rows; row++)
        add_row(session, page, row);
    for (guint i = 0; screen->kind != PAGE_ROWS && i < screen->fields->len; i++) {
        const struct form_field *form = g_ptr_array_index(screen->fields, i);
        if (guard_holds(session, form->when))
            add_field(session, page, form, form->key, -1);
    }
}

static void add_choices(const struct session *session, struct page *page)
{
    const struct form_screen *screen = session->screen;
    page->choose_many = screen->many;
    if (screen->choices)
        source_choices(session, screen->choices, page);
    for (guint i = 0; i < screen->items->len; i++) {
        const struct form_item *item = g_ptr_array_index(screen->items, i);
        if (!guard_holds(session, item->when))
            continue;
        g_autofree char *label = placeholder_expand(session, item->label);
        g_autofree char *note = item->note ? placeholder_expand(session, item->note) : NULL;
        page_add_choice(page->choices, item->key, label, note);
    }
    if (screen->sum)
        page->sum = placeholder_expand(session, screen->sum);
}

static void add_actions(const struct session *session, struct page *page)
{
    const struct form_screen *screen = session->screen;
    for (guint i = 0; i < screen->actions->len; i++) {
        const struct form_action *form = g_ptr_array_index(screen->actions, i);
        if (!guard_holds(session, form->when))
            continue;
        g_autofree char *name = form->to ? g_strdup_printf("%s %s", form->verb, form->to) : g_strdup(form->verb);
        struct page_action *action = page_add_action(page, name, form->label, form->key);
        action->primary = form->primary;
        if (strcmp(form->verb, "back") == 0 && !flow_can_back(session) && screen->back_why)
            action->why_not = placeholder_expand(session, screen->back_why);
    }
}

static enum task_step_state task_state(const struct print_run *print, enum print_stage step)
{
    bool failed = print->stage == PRINT_FAILED;
    enum print_stage now = failed ? print->failed_at : print->stage;
    if (step == now)
        return failed ? TASK_TROUBLE : TASK_NOW;
    return step < now ? TASK_DONE : TASK_TODO;
}

static void add_task(const struct session *session, struct page *page)
{
    static const struct {
        enum print_stage stage;
        const char *key;
    } steps[] = {{PRINT_FETCHING, "task.photo"},
                 {PRINT_DRAWING, "task.draw"},
                 {PRINT_SENDING, "task.send"},
                 {PRINT_ASKING, "task.check"}};
    const struct print_run *print = &session->print;
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
        page_add_task(page, session_message(session, steps[i].key), task_state(print, steps[i].stage));
    if (print->stage == PRINT_SENDING) {
        g_autofree char *key = g_strdup_printf("printing.%s", print_state_words[print->state]);
        page_add_text(page, session_message(session, key), print->state >= PRINTING_NO_PAPER ? TONE_WARN : TONE_NORMAL);
    }
}

static void add_message(const struct session *session, struct page *page)
{
    const char *busy = call_busy(session);
    const char *reading = session->files_kind == FILES_ARCHIVES ? "busy.file" : "busy.files";
    if (busy || session->helper_ticket)
        page->busy = g_strdup(session_message(session, busy ? busy : reading));
    if (session->asked_idle) {
        page->message = placeholder_expand(session, session_message(session, "idle.ask"));
        page->message_tone = TONE_WARN;
    } else if (session->message) {
        page->message = g_strdup(session->message);
        page->message_tone = session->message_tone;
    } else if (session->offline) {
        page->message = g_strdup(session_message(session, "network.offline"));
        page->message_tone = TONE_WARN;
        g_clear_pointer(&page->busy, g_free); /* what is under way goes on when the network is back */
    }
}

/* Of the application's majors; before there are any, of those the person may choose. */
static bool has_prior_degree(const struct session *session)
{
    if (!session->loaded || guard_holds(session, "majors_chosen"))
        return !session->loaded || guard_holds(session, "needs_prior_degree");
    for (guint i = 0; i < session->me->majors->len; i++)
        if (((const struct candidate_major *)g_ptr_array_index(session->me->majors, i))->requires_prior_degree)
            return true;
    return false;
}

/* 三 lies between the pages of 四, and 专科 applicants have none (domain.md 9.32). */
static void add_chapters(const struct session *session, struct page *page)
{
    enum chapter_state *degree = &page->chapters[CHAPTER_PRIOR_DEGREE - 1];
    page_set_chapter(page, (int)session->screen->chapter);
    if (!has_prior_degree(session))
        *degree = CHAPTER_ABSENT;
    else if (*degree == CHAPTER_DONE && !guard_holds(session, "prior_settled"))
        *degree = CHAPTER_TODO;
}

struct page *compose_page(const struct session *session)
{
    const struct form_screen *screen = session->screen;
    struct page *page = page_new(screen->name, (enum page_kind)screen->kind);
    add_chapters(session, page);
    page->title = placeholder_expand(session, screen->title);
    page->office = g_strdup(session->options.office);
    add_texts(session, page);
    add_facts(session, page);
    add_fields(session, page);
    add_choices(session, page);
    for (guint i = 0; i < screen->tables->len; i++) {
        const struct form_table *table = g_ptr_array_index(screen->tables, i);
        if (guard_holds(session, table->when))
            source_table(session, table, page);
    }
    if (screen->qr)
        source_qr(session, screen->qr, page);
    if (screen->kind == PAGE_TASK)
        add_task(session, page);
    add_actions(session, page);
    add_message(session, page);
    page->deadline_ms = session->ends_ms;
    page->help = screen->help ? placeholder_expand(session, screen->help) : NULL;
    page->focus = g_strdup(session->focus);
    return page;
}
