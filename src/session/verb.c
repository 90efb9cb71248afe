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

/* A candidate on file sets a password (R2). */
static void do_register(struct session *session, const char *argument)
{
    (void)argument;
    if (!check_page(session))
        return;
    struct effect *send = call_new(session, API_REGISTER);
    struct api_registration *body = record_new(&api_registration_record);
    body->name = g_strdup(answer(session, "register_name"));
    body->id_no = text_half_width(answer(session, "register_id_no"));
    body->exam_no = text_half_width(answer(session, "register_exam_no"));
    body->mobile = text_half_width(answer(session, "register_mobile"));
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

/* The page of a plan is about the major of the page it was asked from. */
static void do_enter_plan(struct session *session, const char *argument)
{
    (void)argument;
    const char *from = session->previous ? session->previous->name : "";
    const struct application_item *item = item_in_hand(session);
    const struct candidate_major *first =
        session->me->majors->len > 0 ? g_ptr_array_index(session->me->majors, 0) : NULL;
    if (strcmp(from, "prejudge") == 0 || strcmp(from, "substitution") == 0)
        g_clear_pointer(&session->planned, g_free);
    if (!session->planned && strcmp(from, "prejudge") == 0)
        session->planned = g_strdup(session->judged);
    if (!session->planned && item)
        session->planned = item_key(item->major, item->version);
    if (!session->planned && first)
        session->planned = item_key(first->code, first->version);
    if (session->planned)
        reply_ask_plan(session, session->planned);
}

/* ---------------------------------------------------------------- files: photo, archive */

static void start_helper(struct session *session, enum helper_job job, const char *name)
{
    if (session->helper_ticket)
        call_cancel(session, session->helper_ticket);
    struct effect *effect = session_effect(session, EFFECT_HELPER);
    effect->job = session->helper_job = job;
    effect->ticket = session->helper_ticket = ++session->ticket;
    effect->record = record_new(helper_jobs[job].request);
    if (job == JOB_FILES)
        ((struct files_request *)effect->record)->kind = session->files_kind;
    effect->name = g_strdup(name);
    effect->file = job == JOB_PHOTO ? FILE_UPLOAD : job == JOB_ARCHIVE ? FILE_ARCHIVE : FILE_NONE;
    session->show = true;
}

/* What was listed for another page is not shown on this one. */
static void list_files(struct session *session, enum files_kind kind)
{
    if (session->helper_ticket)
        return;
    if (session->files_kind != (int)kind)
        record_free(&files_answer_record, g_steal_pointer(&session->files));
    session->files_kind = (int)kind;
    start_helper(session, JOB_FILES, NULL);
}

static void do_list_files(struct session *session, const char *argument)
{
    (void)argument;
    list_files(session, FILES_PICTURES);
}

static void do_list_archives(struct session *session, const char *argument)
{
    (void)argument;
    list_files(session, FILES_ARCHIVES);
}

static void do_pick_archive(struct session *session, const char *key)
{
    start_helper(session, JOB_ARCHIVE, key);
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

/* Where no photo can be accepted online (R20, R23). */
static void do_photo_manual(struct session *session, const char *argument)
{
    (void)argument;
    call_write(session, API_PHOTO_MANUAL, NULL);
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

static void do_receipt(struct session *session, const char *argument)
{
    (void)argument;
    if (!call_pending(session, API_RECEIPT))
        call_send(session, call_new(session, API_RECEIPT), false);
}

/* Not before the time: the page says when (R33). */
static void do_enter_receipt(struct session *session, const char *argument)
{
    session->qr_expires_ms = 0; /* this code lasts */
    if (guard_holds(session, "receipt_due !receipt_here"))
        do_receipt(session, argument);
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
    {"register", do_register, 0},
    {"logout", do_logout, MOVES},
    {"end", do_end, MOVES},
    {"quit", do_quit, MOVES},
    {"start", do_start, PERSON},
    {"judge", do_judge, MOVES | PERSON},
    {"enter_plan", do_enter_plan, PERSON},
    {"majors", apply_majors, PERSON},
    {"load_majors", apply_load_majors, PERSON},
    {"city", apply_city, MOVES | PERSON},
    {"county", apply_county, PERSON},
    {"substitution", apply_substitution, PERSON},
    {"load_substitution", apply_load_substitution, PERSON},
    {"skip_substitution", apply_skip_substitution, MOVES | PERSON},
    {"add_course", apply_add_course, PERSON},
    {"remove_course", apply_remove_course, PERSON},
    {"clear_courses", apply_clear_courses, PERSON},
    {"added_done", apply_added_done, PERSON},
    {"prior_degree", apply_prior_degree, PERSON},
    {"enter_degree", apply_enter_degree, PERSON},
    {"degree_again", apply_degree_again, PERSON},
    {"degree_manual", apply_degree_manual, PERSON},
    {"submit", apply_submit, PERSON},
    {"reapply", apply_reapply, PERSON},
    {"list_files", do_list_files, PERSON},
    {"list_archives", do_list_archives, PERSON},
    {"pick_archive", do_pick_archive, PERSON},
    {"photo_manual", do_photo_manual, PERSON},
    {"pick_file", do_pick_file, PERSON},
    {"upload", do_upload, PERSON},
    {"order", do_order, PERSON},
    {"check_order", do_check_order, PERSON},
    {"enter_pay", do_enter_pay, PERSON},
    {"receipt", do_receipt, PERSON},
    {"enter_receipt", do_enter_receipt, PERSON},
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
