/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/state.h"

#include "base/text.h"

#include <string.h>

#define DRAFT_DELAY_MS 2000 /* after the last key */

static void free_eligibility(gpointer eligibility)
{
    record_free(&eligibility_record, eligibility);
}

static void free_plan(gpointer plan)
{
    record_free(&plan_record, plan);
}

struct session *session_new(const struct session_options *options)
{
    struct session *session = g_new0(struct session, 1);
    session->forms = options->forms;
    session->options = *options;
    session->options.office = g_strdup(options->office);
    session->options.photo_source = g_strdup(options->photo_source);
    session->answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    session->errors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    session->eligibility = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_eligibility);
    session->plans = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_plan);
    session->calls = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)call_free);
    session->password = secret_new();
    session->again = secret_new();
    session->screen = forms_screen(options->forms, "start");
    return session;
}

void session_forget(struct session *session)
{
    call_leave(session);
    if (session->helper_ticket)
        call_cancel(session, session->helper_ticket);
    print_stop(session);
    print_clear(&session->print);
    answers_clear(session);
    g_hash_table_remove_all(session->errors);
    g_hash_table_remove_all(session->eligibility);
    g_hash_table_remove_all(session->plans);
    secret_set(session->password, "");
    secret_set(session->again, "");
    record_free(&candidate_record, g_steal_pointer(&session->me));
    record_free(&application_record, g_steal_pointer(&session->application));
    record_free(&api_course_record, g_steal_pointer(&session->course));
    record_free(&api_receipt_record, g_steal_pointer(&session->receipt));
    record_free(&api_draft_record, g_steal_pointer(&session->draft));
    record_free(&api_qr_record, g_steal_pointer(&session->degree_qr));
    record_free(&files_answer_record, g_steal_pointer(&session->files));
    record_free(&photo_facts_record, g_steal_pointer(&session->photo));
    g_clear_pointer(&session->judged, g_free);
    g_clear_pointer(&session->planned, g_free);
    g_clear_pointer(&session->ticked, g_free);
    g_clear_pointer(&session->course_code, g_free);
    g_clear_pointer(&session->picked, g_free);
    session->item = 0;
    g_clear_pointer(&session->message, g_free);
    g_clear_pointer(&session->focus, g_free);
    session->loaded = session->draft_dirty = session->judging = false;
    session->helper_ticket = 0;
    session->qr_expires_ms = 0;
    session->previous = NULL;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    session->effects = g_ptr_array_new_with_free_func((GDestroyNotify)effect_free);
    session_forget(session);
    g_ptr_array_unref(session->effects);
    g_hash_table_unref(session->answers);
    g_hash_table_unref(session->errors);
    g_hash_table_unref(session->eligibility);
    g_hash_table_unref(session->plans);
    g_hash_table_unref(session->calls);
    secret_free(session->password);
    secret_free(session->again);
    g_free((char *)session->options.office);
    g_free((char *)session->options.photo_source);
    g_free(session);
}

const char *session_screen(const struct session *session)
{
    return session->screen->name;
}

struct page *session_page(const struct session *session)
{
    return compose_page(session);
}

void session_emit(struct session *session, struct effect *effect)
{
    g_ptr_array_add(session->effects, effect);
}

struct effect *session_effect(struct session *session, enum effect_kind kind)
{
    struct effect *effect = g_new0(struct effect, 1);
    effect->kind = kind;
    session_emit(session, effect);
    return effect;
}

const char *session_message(const struct session *session, const char *key)
{
    return message_text(key, session->forms->messages);
}

bool session_knows(const struct session *session, const char *key)
{
    return session_message(session, key) != key;
}

void session_say_text(struct session *session, enum page_tone tone, const char *text)
{
    g_free(session->message);
    session->message = text_clean(text, -1, 200, TEXT_LINE, NULL);
    session->message_tone = tone;
    session->show = true;
}

void session_say(struct session *session, enum page_tone tone, const char *message_key)
{
    g_autofree char *text = placeholder_expand(session, session_message(session, message_key));
    session_say_text(session, tone, text);
}

/* ---------------------------------------------------------------- events */

/* In a table of fields the key is PREFIX.ROW.name. */
static const char *name_in_row(const struct form_screen *screen, const char *key)
{
    g_auto(GStrv) parts = g_strsplit(key, ".", -1);
    if (g_strv_length(parts) != 3 || strcmp(parts[0], screen->prefix) != 0)
        return NULL;
    gint64 row = 0;
    if (!g_ascii_string_to_signed(parts[1], 10, 1, screen->rows, &row, NULL))
        return NULL;
    return key + strlen(parts[0]) + strlen(parts[1]) + 2;
}

static const struct form_field *field_of(const struct form_screen *screen, const char *key)
{
    const char *name = screen->kind == PAGE_ROWS ? name_in_row(screen, key) : key;
    for (guint i = 0; name && i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        if (strcmp(field->key, name) == 0)
            return field;
    }
    return NULL;
}

static void take_answer(struct session *session, const struct form_field *field, const struct session_event *event)
{
    g_autofree char *clean = text_clean(event->text, -1, field->max ? (int)field->max : RECORD_STRING_MAX,
                                        field->type == FIELD_LONG ? TEXT_LINES : TEXT_LINE, NULL);
    answer_set(session, event->key, clean);
    if (!answer_is_draft(event->key))
        return;
    session->draft_dirty = true;
    session->draft_ms = session->now_ms;
}

/* Typed on the page that was there a moment ago: what is kept as a draft is kept. */
static void on_late_edit(struct session *session, const struct session_event *event)
{
    if (session->ending || !session->loaded || !session->previous || !answer_is_draft(event->key))
        return;
    const struct form_field *field = field_of(session->previous, event->key);
    if (field && !field->readonly && guard_holds(session, field->when))
        take_answer(session, field, event);
}

static void on_edit(struct session *session, const struct session_event *event)
{
    const struct form_field *field = field_of(session->screen, event->key);
    if (!field) {
        on_late_edit(session, event);
        return;
    }
    if (field->readonly || !guard_holds(session, field->when))
        return;
    if (field->type == FIELD_PASSWORD) {
        struct secret *secret = check_secret(session, field->key);
        if (!secret_set(secret, event->text))
            secret_set(secret, ""); /* too long to be one */
    } else {
        take_answer(session, field, event);
    }
    if (g_hash_table_remove(session->errors, event->key) || session->message)
        session->show = true;
    g_clear_pointer(&session->message, g_free);
    added_edited(session, event->key);
}

static bool is_why_not(struct session *session, const char *key)
{
    struct page *page = compose_page(session);
    bool refused = true; /* unless it stands on the page */
    for (guint i = 0; i < page->choices->len; i++) {
        const struct page_choice *choice = g_ptr_array_index(page->choices, i);
        if (strcmp(choice->key, key) != 0)
            continue;
        refused = choice->why_not != NULL;
        if (refused)
            session_say_text(session, TONE_WARN, choice->why_not);
    }
    page_free(page);
    return refused;
}

static void run_item(struct session *session, const char *key)
{
    for (guint i = 0; i < session->screen->items->len; i++) {
        const struct form_item *item = g_ptr_array_index(session->screen->items, i);
        if (strcmp(item->key, key) == 0 && item->verb && guard_holds(session, item->when)) {
            verb_ask(session, item->verb, item->to);
            return;
        }
    }
}

static void on_choose(struct session *session, const struct session_event *event)
{
    const struct form_screen *screen = session->screen;
    if (is_why_not(session, event->key))
        return;
    session->show = true;
    g_clear_pointer(&session->message, g_free);
    if (screen->many)
        answer_choose(session, screen->choices, event->key, !answer_chosen(session, screen->choices, event->key));
    else if (screen->choose)
        verb_ask(session, screen->choose, event->key);
    else
        run_item(session, event->key);
}

static void on_action(struct session *session, const struct session_event *event)
{
    const struct form_screen *screen = session->screen;
    for (guint i = 0; i < screen->actions->len; i++) {
        const struct form_action *action = g_ptr_array_index(screen->actions, i);
        g_autofree char *name =
            action->to ? g_strdup_printf("%s %s", action->verb, action->to) : g_strdup(action->verb);
        if (strcmp(name, event->key) != 0 || !guard_holds(session, action->when))
            continue;
        verb_ask(session, action->verb, action->to);
        return;
    }
}

static void photo_measured(struct session *session, const struct photo_facts *facts)
{
    const char *fault = facts ? photo_check(facts) : "photo.unreadable";
    if (fault) {
        session_say(session, TONE_BAD, fault);
        return;
    }
    record_free(&photo_facts_record, session->photo);
    session->photo = record_copy(&photo_facts_record, facts);
    flow_go(session, "photo_send");
}

static void archive_looked_at(struct session *session, const struct archive_facts *facts)
{
    const char *fault = facts ? archive_check(facts) : "archive.broken";
    if (fault) {
        session_say(session, TONE_BAD, fault);
        return;
    }
    struct effect *send = call_new(session, API_PUT_ARCHIVE);
    send->file = FILE_ARCHIVE;
    call_send(session, send, false);
}

static void files_listed(struct session *session, const struct files_answer *files)
{
    record_free(&files_answer_record, g_steal_pointer(&session->files));
    if (files)
        session->files = record_copy(&files_answer_record, files);
    if (!files || files->problem)
        session_say(session, TONE_WARN, "photo.no_folder");
    session->show = true;
}

static void on_helper(struct session *session, const struct session_event *event)
{
    if (event->ticket == session->print.ticket && session->print.ticket) {
        if (session->print.stage == PRINT_DRAWING)
            print_sheet_done(session, event->record);
        else if (session->print.stage == PRINT_SENDING)
            print_job_done(session, event->record);
    } else if (event->ticket == session->helper_ticket && session->helper_ticket) {
        session->helper_ticket = 0;
        session->show = true;
        if (session->helper_job == JOB_PHOTO)
            photo_measured(session, event->record);
        else if (session->helper_job == JOB_ARCHIVE)
            archive_looked_at(session, event->record);
        else
            files_listed(session, event->record);
    }
}

void session_save_draft(struct session *session)
{
    if (!session->draft_dirty || !session->loaded)
        return;
    session->draft_dirty = false;
    call_cancel_all(session, API_PUT_DRAFT); /* an older one may not come after this */
    struct effect *draft = call_new(session, API_PUT_DRAFT);
    draft->record = answers_draft(session);
    call_send(session, draft, true);
}

static bool is_idle_screen(const struct session *session)
{
    return strcmp(session->screen->name, "start") == 0 || session->ending;
}

static void on_tick(struct session *session)
{
    call_tick(session);
    if (session->now_ms - session->draft_ms >= DRAFT_DELAY_MS && !call_pending(session, API_PUT_DRAFT))
        session_save_draft(session);
    bool printing = session->print.stage == PRINT_DRAWING || session->print.stage == PRINT_SENDING;
    if (is_idle_screen(session) || session->asked_idle || printing)
        return;
    int64_t idle = session->screen->idle_s ? session->screen->idle_s * 1000 : session->options.idle_ms;
    if (session->now_ms - session->activity_ms < idle)
        return;
    session->asked_idle = true;
    session->ends_ms = session->now_ms + session->options.warn_ms;
    session->show = true;
}

static void on_activity(struct session *session)
{
    session->activity_ms = session->now_ms;
    if (!session->asked_idle)
        return;
    session->asked_idle = false;
    session->ends_ms = 0;
    session->show = true;
}

static void on_expired(struct session *session)
{
    if (session->asked_idle && session->token) {
        verb_run(session, "logout", NULL);
    } else if (session->asked_idle || session->ends_ms) {
        session->end_soon = true; /* nothing is waited for any longer */
        verb_run(session, "end", NULL);
    } else if (session->screen->qr && session->qr_expires_ms > 0 && session->qr_expires_ms <= session->now_ms) {
        session_say(session, TONE_WARN, "qr.expired");
        if (guard_holds(session, "order_live"))
            verb_ask(session, "check_order", NULL); /* paid in the last second? */
    }
}

static void on_stopped(struct session *session)
{
    session->ending = true;
    session_forget(session);
    g_hash_table_remove_all(session->calls); /* what could not be kept was not sent: no answer will come */
    call_finish(session);
    flow_go(session, "out_of_service");
}

/* What this person left behind here, told after the login. */
static void on_outbox(struct session *session, const struct session_event *event)
{
    call_outbox(session, event->outbox);
    if (event->print_open && session->print.stage == PRINT_IDLE)
        session->print.unknown = session->show = true;
}

static void dispatch(struct session *session, const struct session_event *event)
{
    bool person = event->kind == SESSION_EDIT || event->kind == SESSION_CHOOSE || event->kind == SESSION_ACTION ||
                  event->kind == SESSION_ACTIVITY || event->kind == SESSION_TOUCHED;
    bool waking = person && session->asked_idle;
    if (person)
        on_activity(session);
    switch (event->kind) {
    case SESSION_STARTED:
        flow_go(session, "start");
        break;
    case SESSION_TICK:
        on_tick(session);
        break;
    case SESSION_EDIT:
        on_edit(session, event);
        break;
    case SESSION_CHOOSE:
        if (!waking)
            on_choose(session, event);
        break;
    case SESSION_ACTION:
        if (!waking)
            on_action(session, event);
        break;
    case SESSION_ACTIVITY:
        break;
    case SESSION_TOUCHED:
        session->options.touch = session->show = true;
        break;
    case SESSION_EXPIRED:
        on_expired(session);
        break;
    case SESSION_REPLY:
        call_reply(session, event);
        break;
    case SESSION_OUTBOX:
        on_outbox(session, event);
        break;
    case SESSION_PROGRESS:
        print_progress(session, event);
        break;
    case SESSION_HELPER:
        on_helper(session, event);
        break;
    case SESSION_STOPPED:
        on_stopped(session);
        break;
    }
}

static gint by_kind(gconstpointer a, gconstpointer b)
{
    const struct effect *first = *(struct effect *const *)a, *second = *(struct effect *const *)b;
    return (int)first->kind - (int)second->kind;
}

GPtrArray *session_apply(struct session *session, const struct session_event *event)
{
    session->effects = g_ptr_array_new_with_free_func((GDestroyNotify)effect_free);
    session->now_ms = event->now_ms;
    session->time = event->time;
    session->show = false;
    g_clear_pointer(&session->focus, g_free); /* the page that asked for it has been shown */
    dispatch(session, event);
    if (session->show)
        session_effect(session, EFFECT_SHOW);
    g_ptr_array_sort(session->effects, by_kind); /* stable; PERSIST stands before all it must come before */
    return g_steal_pointer(&session->effects);
}
