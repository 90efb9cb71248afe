/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the actions of a page do: one table, word → function. Forms name the words; everything irreversible is one of them. */
#include "session/state.h"

#include "base/text.h"

#include <string.h>

/* ---------------------------------------------------------------- checks of single fields */

typedef const char *(*check_fn)(const struct session *session, const char *value);

static const char *check_account(const struct session *session, const char *value)
{
    g_autofree char *number = text_half_width(value);
    return account_kind(number, session->options.today) == ACCOUNT_INVALID ? "login.account" : NULL;
}

/* The second confirmation before what cannot be undone: the person's own last four characters (domain.md 2.10). */
static const char *check_tail(const struct session *session, const char *value)
{
    g_autofree char *number = text_half_width(value);
    const char *id_no = session->me ? session->me->id_no : "";
    size_t length = strlen(id_no);
    return length >= 4 && g_ascii_strcasecmp(id_no + length - 4, number) == 0 ? NULL : "submit.tail";
}

static const char *check_ticked(const struct session *session, const char *value)
{
    (void)session;
    return *value ? NULL : "field.tick";
}

static const struct {
    const char *word;
    check_fn fn;
} checks[] = {{"account", check_account}, {"id_tail", check_tail}, {"ticked", check_ticked}};

static check_fn check_find(const char *word)
{
    for (size_t i = 0; word && i < G_N_ELEMENTS(checks); i++)
        if (strcmp(checks[i].word, word) == 0)
            return checks[i].fn;
    return NULL;
}

bool verb_check_exists(const char *word)
{
    return check_find(word) != NULL;
}

static void set_error(struct session *session, const char *field, const char *key)
{
    g_hash_table_insert(session->errors, g_strdup(field), g_strdup(session_message(session, key)));
    if (!session->focus)
        session->focus = g_strdup(field);
}

static void check_field(struct session *session, const struct form_field *field, GHashTable *faults)
{
    if (field->readonly || !guard_holds(session, field->when))
        return;
    const char *value = field->type == FIELD_PASSWORD ? secret_text(session->password) : answer(session, field->key);
    const char *fault = faults ? g_hash_table_lookup(faults, field->key) : NULL;
    check_fn check = check_find(field->check);
    if (field->required && !*value && field->type != FIELD_CHECK)
        set_error(session, field->key, fault ? fault : "field.required");
    else if (check && check(session, value))
        set_error(session, field->key, check(session, value));
    else if (fault)
        set_error(session, field->key, fault);
}

static void check_rows(struct session *session, GHashTable *faults)
{
    const struct form_screen *screen = session->screen;
    for (int row = 1; screen->prefix && row <= screen->rows; row++)
        for (guint i = 0; i < screen->fields->len; i++) {
            const struct form_field *field = g_ptr_array_index(screen->fields, i);
            g_autofree char *key = g_strdup_printf("%s.%d.%s", screen->prefix, row, field->key);
            const char *fault = g_hash_table_lookup(faults, key);
            if (fault)
                set_error(session, key, fault);
        }
    const char *whole = screen->prefix ? g_hash_table_lookup(faults, screen->prefix) : NULL;
    if (whole && g_hash_table_size(session->errors) == 0)
        session_say(session, TONE_BAD, whole);
}

bool verb_check_page(struct session *session)
{
    const struct form_screen *screen = session->screen;
    g_hash_table_remove_all(session->errors);
    g_clear_pointer(&session->focus, g_free);
    g_clear_pointer(&session->message, g_free);
    g_autoptr(GHashTable) faults = session->me ? answers_form_faults(session) : NULL;
    bool rows = screen->kind == PAGE_ROWS;
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        if (!rows || field->check)
            check_field(session, field, faults);
    }
    if (rows && faults)
        check_rows(session, faults);
    session->show = true;
    if (g_hash_table_size(session->errors) > 0)
        session_say(session, TONE_BAD, "field.errors");
    return g_hash_table_size(session->errors) == 0 && !session->message;
}

/* ---------------------------------------------------------------- moving */

static void do_go(struct session *session, const char *to)
{
    flow_go(session, to);
}

static void do_next(struct session *session, const char *argument)
{
    (void)argument;
    if (verb_check_page(session)) {
        g_autofree char *seen = g_strdup_printf("seen.%s", session->screen->name);
        answer_set(session, seen, "1");
        flow_next(session);
    }
}

static void do_back(struct session *session, const char *argument)
{
    (void)argument;
    flow_back(session);
}

static void do_resume(struct session *session, const char *argument)
{
    (void)argument;
    flow_go(session, flow_resume(session));
}

/* Back to where a question came from. */
static void do_return(struct session *session, const char *argument)
{
    (void)argument;
    flow_go(session, session->previous ? session->previous->name : "home");
}

/* ---------------------------------------------------------------- coming and going */

static void do_health(struct session *session, const char *argument)
{
    (void)argument;
    if (!call_pending(session, API_HEALTH))
        call_send(session, call_new(session, API_HEALTH), true);
}

/* Both ticks, then the login. */
static void do_accept(struct session *session, const char *argument)
{
    (void)argument;
    if (verb_check_page(session))
        flow_go(session, "login");
}

static void do_login(struct session *session, const char *argument)
{
    (void)argument;
    if (call_busy(session) || !verb_check_page(session))
        return;
    struct effect *send = call_new(session, API_LOGIN);
    struct api_login *body = record_new(&api_login_record);
    body->account = text_half_width(answer(session, "account"));
    body->password = g_strdup(secret_text(session->password));
    send->record = body;
    call_send(session, send, false);
}

static void do_logout(struct session *session, const char *argument)
{
    (void)argument;
    if (session->ending)
        return;
    bool save = session->draft_dirty && session->loaded;
    bool known = session->me != NULL;
    if (save) {
        struct effect *draft = call_new(session, API_PUT_DRAFT);
        draft->record = answers_draft(session);
        call_send(session, draft, true);
    }
    session->ending = true;
    if (!save && known)
        call_send(session, call_new(session, API_LOGOUT), true);
    session_forget(session);
    flow_go(session, "goodbye");
}

static void do_end(struct session *session, const char *argument)
{
    (void)argument;
    session->ending = true;
    session_forget(session);
    session_effect(session, EFFECT_END);
}

static void do_quit(struct session *session, const char *argument)
{
    (void)argument;
    if (session->options.may_quit)
        session_effect(session, EFFECT_QUIT);
}

/* ---------------------------------------------------------------- the application */

static void do_start(struct session *session, const char *argument)
{
    (void)argument;
    if (guard_holds(session, "may_start"))
        call_write(session, API_START, NULL);
    else
        flow_go(session, flow_resume(session));
}

static void do_judge(struct session *session, const char *key)
{
    g_free(session->judged);
    session->judged = g_strdup(key);
    flow_go(session, "prejudge");
}

static void do_majors(struct session *session, const char *argument)
{
    (void)argument;
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    if (chosen->len == 0)
        session_say(session, TONE_BAD, "majors.none");
    else
        flow_next(session);
}

static void do_city(struct session *session, const char *key)
{
    answer_set(session, "city", key);
    flow_next(session);
}

static void do_county(struct session *session, const char *key)
{
    if (call_busy(session))
        return;
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    struct api_majors *body = record_new(&api_majors_record);
    body->county = g_strdup(key);
    for (guint i = 0; i < chosen->len; i++) {
        struct api_major *major = record_new(&api_major_record);
        g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(chosen, i), "/", 2);
        major->code = g_strdup(parts[0]);
        major->version = g_strdup(parts[0] ? parts[1] : NULL);
        g_ptr_array_add(body->majors, major);
    }
    call_write(session, API_MAJORS, body);
}

static void do_substitution(struct session *session, const char *argument)
{
    (void)argument;
    int64_t courses = 0, credits = source_credits(session, &courses);
    if (call_busy(session))
        return;
    if (courses > 0 && credits < SUBSTITUTION_MIN_CREDITS) {
        session_say(session, TONE_BAD, "substitution.too_few");
        return;
    }
    if (courses == 0 && session->application->english_substitution->len == 0) {
        flow_go(session, "substitution_none"); /* R4: not a dead end, but said before */
        return;
    }
    struct api_substitution *body = record_new(&api_substitution_record);
    const struct application_item *item = g_ptr_array_index(session->application->items, 0);
    body->major = g_strdup(item->major);
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "substitute");
    for (guint i = 0; i < chosen->len; i++)
        g_ptr_array_add(body->courses, g_strdup(g_ptr_array_index(chosen, i)));
    answer_set(session, "substitution.skipped", courses == 0 ? "1" : "");
    call_write(session, API_SUBSTITUTION, body);
}

static void do_skip_substitution(struct session *session, const char *argument)
{
    (void)argument;
    answer_set(session, "substitution.skipped", "1");
    flow_go(session, flow_resume(session));
}

/* On entering: tick what the draft of the application already has. */
static void do_load_substitution(struct session *session, const char *argument)
{
    (void)argument;
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "substitute");
    for (guint i = 0; chosen->len == 0 && i < session->application->english_substitution->len; i++)
        answer_choose(session, "substitute", g_ptr_array_index(session->application->english_substitution, i), true);
}

static void do_load_majors(struct session *session, const char *argument)
{
    (void)argument;
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    for (guint i = 0; chosen->len == 0 && i < session->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(session->application->items, i);
        g_autofree char *key = g_strdup_printf("%s/%s", item->major, item->version);
        answer_choose(session, "major", key, true);
    }
    if (chosen->len == 0 && session->application->items->len == 0 && session->me->majors->len == 1) {
        const struct candidate_major *major = g_ptr_array_index(session->me->majors, 0);
        g_autofree char *key = g_strdup_printf("%s/%s", major->code, major->version);
        answer_choose(session, "major", key, true);
    }
}

static void do_prior_degree(struct session *session, const char *argument)
{
    (void)argument;
    bool live = session->degree_qr && session->qr_expires_ms > session->now_ms && !guard_holds(session, "prior_failed");
    if (guard_holds(session, "prior_settled") || live || call_pending(session, API_PRIOR_DEGREE))
        return;
    call_write(session, API_PRIOR_DEGREE, NULL);
}

static void do_submit(struct session *session, const char *argument)
{
    (void)argument;
    if (call_busy(session) || !verb_check_page(session))
        return;
    call_write(session, API_SUBMIT, NULL);
}

/* ---------------------------------------------------------------- photo */

static void start_helper(struct session *session, enum helper_job job, const char *name)
{
    struct effect *effect = session_effect(session, EFFECT_HELPER);
    effect->job = session->helper_job = job;
    effect->ticket = session->helper_ticket = ++session->ticket;
    effect->record = record_new(helper_jobs[job].request);
    effect->name = g_strdup(name);
    effect->file = job == JOB_PHOTO ? FILE_UPLOAD : FILE_NONE;
    session->show = true;
}

static void do_list_files(struct session *session, const char *argument)
{
    (void)argument;
    start_helper(session, JOB_FILES, NULL);
}

static void do_pick_file(struct session *session, const char *key)
{
    g_free(session->picked);
    session->picked = g_strdup(key);
    start_helper(session, JOB_PHOTO, key);
}

static void do_upload(struct session *session, const char *argument)
{
    (void)argument;
    if (call_busy(session) || !verb_check_page(session))
        return;
    struct effect *send = call_new(session, API_PUT_PHOTO);
    send->file = FILE_UPLOAD;
    call_send(session, send, false);
}

/* ---------------------------------------------------------------- payment, form, paper */

static void do_order(struct session *session, const char *channel)
{
    if (call_busy(session))
        return;
    if (guard_holds(session, "order_live")) {
        flow_go(session, "pay");
        return;
    }
    struct api_order_request *body = record_new(&api_order_request_record);
    for (int i = 0; pay_channel_words[i]; i++)
        if (g_strcmp0(pay_channel_words[i], channel) == 0)
            body->channel = i;
    call_write(session, API_CREATE_ORDER, body);
}

static void do_check_order(struct session *session, const char *argument)
{
    (void)argument;
    if (!call_busy(session))
        call_send(session, call_new(session, API_ORDER), false);
}

static void do_enter_pay(struct session *session, const char *argument)
{
    (void)argument;
    const struct order *order = session->application->order;
    session->qr_expires_ms = order ? session->now_ms + (order->expires_at - session->time) * 1000 : 0;
}

static void do_save_form(struct session *session, const char *argument)
{
    (void)argument;
    if (call_busy(session) || !verb_check_page(session))
        return;
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    if (g_hash_table_size(faults) > 0) {
        flow_go(session, flow_resume(session)); /* the first page that still has a fault */
        verb_check_page(session);
        return;
    }
    call_write(session, API_PUT_FORM, answers_form(session));
}

static void do_print(struct session *session, const char *argument)
{
    (void)argument;
    flow_go(session, "printing");
    print_start(session);
}

static void do_print_yes(struct session *session, const char *argument)
{
    (void)argument;
    print_outcome(session, PRINT_IN_HAND);
}

static void do_print_no(struct session *session, const char *argument)
{
    (void)argument;
    print_outcome(session, PRINT_NOT_PRINTED);
    flow_go(session, "print");
    session_say(session, TONE_WARN, "print.again");
}

static const struct {
    const char *word;
    void (*fn)(struct session *session, const char *argument);
} verbs[] = {
    {"go", do_go},
    {"next", do_next},
    {"back", do_back},
    {"resume", do_resume},
    {"return", do_return},
    {"health", do_health},
    {"accept", do_accept},
    {"login", do_login},
    {"logout", do_logout},
    {"end", do_end},
    {"quit", do_quit},
    {"start", do_start},
    {"judge", do_judge},
    {"majors", do_majors},
    {"load_majors", do_load_majors},
    {"city", do_city},
    {"county", do_county},
    {"substitution", do_substitution},
    {"load_substitution", do_load_substitution},
    {"skip_substitution", do_skip_substitution},
    {"prior_degree", do_prior_degree},
    {"submit", do_submit},
    {"list_files", do_list_files},
    {"pick_file", do_pick_file},
    {"upload", do_upload},
    {"order", do_order},
    {"check_order", do_check_order},
    {"enter_pay", do_enter_pay},
    {"save_form", do_save_form},
    {"print", do_print},
    {"print_yes", do_print_yes},
    {"print_no", do_print_no},
};

bool verb_exists(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (strcmp(verbs[i].word, word) == 0)
            return true;
    return false;
}

void verb_run(struct session *session, const char *word, const char *argument)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (strcmp(verbs[i].word, word) == 0) {
            verbs[i].fn(session, argument);
            return;
        }
    g_assert_not_reached(); /* forms_check() has seen every word */
}
