/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the actions of a page do: one table, word → function. Forms name the words; everything irreversible is one of them. */
#include "session/state.h"

#include "base/text.h"

#include <string.h>

/* ---------------------------------------------------------------- moving */

static void do_go(struct session *session, const char *to)
{
    flow_go(session, to);
}

static void do_next(struct session *session, const char *argument)
{
    (void)argument;
    if (!check_page(session))
        return;
    g_autofree char *seen = g_strdup_printf("seen.%s", session->screen->name);
    if (!*answer(session, seen))
        session->draft_dirty = true;
    answer_set(session, seen, "1");
    flow_next(session);
}

static void do_back(struct session *session, const char *argument)
{
    (void)argument;
    const char *why = session->screen->back_why;
    if (why && !flow_can_back(session)) {
        g_autofree char *text = placeholder_expand(session, why);
        session_say_text(session, TONE_WARN, text);
    } else {
        flow_back(session);
    }
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
    flow_return(session);
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
    if (check_page(session))
        flow_go(session, "login");
}

static void do_login(struct session *session, const char *argument)
{
    (void)argument;
    if (!check_page(session))
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
    session_save_draft(session);
    print_leave(session);
    session->ending = true;
    session_forget(session);
    flow_go(session, "goodbye");
    call_finish(session);
}

/* Whoever has just left is still being saved: that takes a moment, and the second time of asking, or without a network, none. */
static void do_end(struct session *session, const char *argument)
{
    if (session->token && !session->ending) { /* even while everything about the person is still on its way */
        do_logout(session, argument);
        return;
    }
    bool saving = session->ending && g_hash_table_size(session->calls) > 0 && !session->offline;
    if (saving && !session->end_soon) {
        session->end_soon = true;
        session_say(session, TONE_NORMAL, "busy.save");
        return;
    }
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

/* On entering: tick what the draft of the application already has, or the only one there is. */
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

static void do_city(struct session *session, const char *key)
{
    answer_set(session, "city", key);
    flow_next(session);
}

static void do_county(struct session *session, const char *key)
{
    do_load_majors(session, NULL); /* resumed here, the ticks have not been seen */
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    struct api_majors *body = record_new(&api_majors_record);
    body->county = g_strdup(key);
    for (guint i = 0; i < chosen->len; i++) {
        struct api_major *major = record_new(&api_major_record);
        g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(chosen, i), "/", 2);
        major->code = g_strdup(parts[0]);
        major->version = g_strdup(parts[1]);
        g_ptr_array_add(body->majors, major);
    }
    call_write(session, API_MAJORS, body);
}

static void do_substitution(struct session *session, const char *argument)
{
    (void)argument;
    int64_t courses = 0, credits = source_credits(session, &courses);
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

static void do_prior_degree(struct session *session, const char *argument)
{
    (void)argument;
    if (!guard_holds(session, "prior_settled"))
        call_write(session, API_PRIOR_DEGREE, NULL);
}

/* On entering: a code is asked for, unless one is still good or there is a refusal to read first. */
static void do_enter_degree(struct session *session, const char *argument)
{
    bool live =
        session->degree_qr && session->qr_expires_ms > session->now_ms && !guard_holds(session, "prior_expired");
    if (!live && !guard_holds(session, "prior_failed") && !call_pending(session, API_PRIOR_DEGREE))
        do_prior_degree(session, argument);
}

static void do_submit(struct session *session, const char *argument)
{
    (void)argument;
    if (!call_pending(session, API_SUBMIT) && check_page(session))
        call_write(session, API_SUBMIT, NULL);
}

/* ---------------------------------------------------------------- photo */

static void start_helper(struct session *session, enum helper_job job, const char *name)
{
    if (session->helper_ticket)
        call_cancel(session, session->helper_ticket);
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
    if (!session->helper_ticket)
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
    if (!check_page(session))
        return;
    struct effect *send = call_new(session, API_PUT_PHOTO);
    send->file = FILE_UPLOAD;
    call_send(session, send, false);
}

/* ---------------------------------------------------------------- payment, form, paper */

static void do_order(struct session *session, const char *channel)
{
    if (call_pending(session, API_CREATE_ORDER))
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
    call_send(session, call_new(session, API_ORDER), false);
}

/* An order that ran out while nobody looked is asked about: it may have been paid. */
static void do_enter_pay(struct session *session, const char *argument)
{
    const struct order *order = session->application->order;
    session->qr_expires_ms = order ? session->now_ms + (order->expires_at - session->time) * 1000 : 0;
    if (session->qr_expires_ms <= session->now_ms && guard_holds(session, "order_live") && !call_busy(session))
        do_check_order(session, argument);
}

/* The first page of the form with a fault, wherever it came from. */
static const struct form_screen *faulty_page(const struct session *session)
{
    for (guint i = 0; i < session->forms->steps->len; i++) {
        const struct form_step *step = g_ptr_array_index(session->forms->steps, i);
        const struct form_screen *screen = forms_screen(session->forms, step->screen);
        if (guard_holds(session, step->when) && !check_part(session, screen))
            return screen;
    }
    return NULL;
}

static void do_save_form(struct session *session, const char *argument)
{
    (void)argument;
    if (!check_page(session))
        return;
    const struct form_screen *faulty = faulty_page(session);
    if (faulty) {
        flow_go(session, faulty->name);
        check_page(session);
        return;
    }
    call_write(session, API_PUT_FORM, answers_form(session));
}

static void do_print(struct session *session, const char *argument)
{
    (void)argument;
    if (!guard_holds(session, "form_saved"))
        return;
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

enum verb_flag {
    MOVES = 1 << 0,  /* goes elsewhere and sends nothing: also while a call is under way */
    PERSON = 1 << 1, /* does nothing unless somebody is logged in, whatever a form says */
};

static const struct {
    const char *word;
    void (*fn)(struct session *session, const char *argument);
    unsigned flags;
} verbs[] = {
    {"go", do_go, MOVES},
    {"next", do_next, 0},
    {"back", do_back, MOVES},
    {"resume", do_resume, MOVES | PERSON},
    {"return", do_return, MOVES},
    {"health", do_health, 0},
    {"accept", do_accept, 0},
    {"login", do_login, 0},
    {"logout", do_logout, MOVES},
    {"end", do_end, MOVES},
    {"quit", do_quit, MOVES},
    {"start", do_start, PERSON},
    {"judge", do_judge, MOVES | PERSON},
    {"majors", do_majors, PERSON},
    {"load_majors", do_load_majors, PERSON},
    {"city", do_city, MOVES | PERSON},
    {"county", do_county, PERSON},
    {"substitution", do_substitution, PERSON},
    {"load_substitution", do_load_substitution, PERSON},
    {"skip_substitution", do_skip_substitution, MOVES | PERSON},
    {"prior_degree", do_prior_degree, PERSON},
    {"enter_degree", do_enter_degree, PERSON},
    {"submit", do_submit, PERSON},
    {"list_files", do_list_files, PERSON},
    {"pick_file", do_pick_file, PERSON},
    {"upload", do_upload, PERSON},
    {"order", do_order, PERSON},
    {"check_order", do_check_order, PERSON},
    {"enter_pay", do_enter_pay, PERSON},
    {"save_form", do_save_form, PERSON},
    {"print", do_print, PERSON},
    {"print_yes", do_print_yes, PERSON},
    {"print_no", do_print_no, PERSON},
};

static int verb_index(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (strcmp(verbs[i].word, word) == 0)
            return (int)i;
    return -1;
}

bool verb_exists(const char *word)
{
    return verb_index(word) >= 0;
}

void verb_run(struct session *session, const char *word, const char *argument)
{
    int i = verb_index(word);
    g_assert(i >= 0); /* forms_check() has seen every word */
    if (session->loaded || !(verbs[i].flags & PERSON))
        verbs[i].fn(session, argument);
}

void verb_ask(struct session *session, const char *word, const char *argument)
{
    int i = verb_index(word);
    if (i >= 0 && (verbs[i].flags & MOVES || !call_busy(session)))
        verb_run(session, word, argument);
}
