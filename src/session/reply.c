/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the platform's answers do: one function for each call. An answer moves the person only from the screen where they
 * asked; whoever has gone elsewhere meanwhile finds it done.
 */
#include "session/state.h"

#include <string.h>

static bool is_here(const struct session *session, const struct call *call)
{
    return !call->background && session->screen == call->screen;
}

static void take_snapshot(struct session *session, const struct application *application)
{
    if (session->application && session->application->version > application->version)
        return; /* an older answer overtaken on the way */
    record_free(&application_record, session->application);
    session->application = record_copy(&application_record, application);
    session->show = true;
}

static void refresh(struct session *session)
{
    call_send(session, call_new(session, API_APPLICATION), true);
}

/* ---------------------------------------------------------------- everything about a person */

static void ask_eligibility(struct session *session, const char *code, const char *version, bool background)
{
    struct effect *send = call_new(session, API_ELIGIBILITY);
    send->query[0][0] = g_strdup("major");
    send->query[0][1] = g_strdup(code);
    send->query[1][0] = g_strdup("version");
    send->query[1][1] = g_strdup(version);
    call_send(session, send, background);
}

static void ask_plan(struct session *session, const char *code, const char *version)
{
    struct effect *send = call_new(session, API_PLAN);
    send->argument = g_strdup(code);
    send->query[0][0] = g_strdup("version");
    send->query[0][1] = g_strdup(version);
    call_send(session, send, true);
}

static bool is_asked(const struct session *session, enum api_call wanted, const char *code, const char *version)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->calls);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct effect *send = ((struct call *)value)->send;
        bool plan = send->call == API_PLAN;
        const char *its_code = plan ? send->argument : send->query[0][1], *its_version = send->query[plan ? 0 : 1][1];
        if (send->call == wanted && strcmp(its_code, code) == 0 && strcmp(its_version, version) == 0)
            return true;
    }
    return false;
}

void reply_ask_missing(struct session *session)
{
    for (guint i = 0; i < item_count(session); i++) {
        const struct application_item *item = item_at(session, i);
        if (!item_eligibility(session, item) && !is_asked(session, API_ELIGIBILITY, item->major, item->version))
            ask_eligibility(session, item->major, item->version, true);
        if (!item_plan(session, item) && !is_asked(session, API_PLAN, item->major, item->version))
            ask_plan(session, item->major, item->version);
    }
}

void reply_ask_plan(struct session *session, const char *key)
{
    g_auto(GStrv) parts = g_strsplit(key, "/", 2);
    if (parts[0] && parts[1] && !g_hash_table_contains(session->plans, key) &&
        !is_asked(session, API_PLAN, parts[0], parts[1]))
        ask_plan(session, parts[0], parts[1]);
}

static void ask_all_eligibility(struct session *session)
{
    session->judging = true;
    for (guint i = 0; i < session->me->majors->len; i++) {
        const struct candidate_major *major = g_ptr_array_index(session->me->majors, i);
        ask_eligibility(session, major->code, major->version, false);
    }
}

static void load_answers(struct session *session)
{
    answers_clear(session); /* what was typed to log in */
    if (session->application->registration_form)
        answers_load_form(session, session->application->registration_form);
    if (session->draft)
        answers_load_draft(session, session->draft);
    record_free(&api_draft_record, g_steal_pointer(&session->draft));
}

/* Three calls, then one for each major, then the first page. */
static void loading_step(struct session *session)
{
    if (session->loaded || !session->me || !session->application || call_busy(session))
        return;
    if (!session->judging)
        ask_all_eligibility(session);
    if (call_busy(session))
        return;
    session->loaded = true;
    load_answers(session);
    struct effect *person = session_effect(session, EFFECT_PERSON);
    person->text = g_strdup(session->me->id_no);
    reply_ask_missing(session);
    flow_go(session, guard_holds(session, "under_way") ? flow_resume(session) : "home");
}

static void login_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    const struct api_token *token = record;
    struct effect *effect = session_effect(session, EFFECT_TOKEN);
    effect->text = g_strdup(token->token);
    session->token = true;
    session->judging = false;
    secret_set(session->password, "");
    call_send(session, call_new(session, API_ME), false);
    call_send(session, call_new(session, API_APPLICATION), false);
    call_send(session, call_new(session, API_GET_DRAFT), false);
}

static void me_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    record_free(&candidate_record, session->me);
    session->me = record_copy(&candidate_record, record);
}

static void snapshot_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    take_snapshot(session, record);
    if (session->loaded)
        flow_update(session);
}

static void draft_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    record_free(&api_draft_record, session->draft);
    session->draft = record_copy(&api_draft_record, record);
}

static void eligibility_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    const struct eligibility *judged = record;
    g_hash_table_insert(session->eligibility, item_key(judged->major_code, judged->plan_version),
                        record_copy(&eligibility_record, judged));
    session->show = true;
}

static void plan_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    const struct plan *plan = record;
    g_hash_table_insert(session->plans, item_key(plan->major_code, plan->plan_version),
                        record_copy(&plan_record, plan));
    session->show = true;
}

/* ---------------------------------------------------------------- the application */

/* Something was decided: to the first step that is left. */
static void resume_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    if (is_here(session, call))
        flow_go(session, flow_resume(session));
    else
        flow_update(session);
}

static void next_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    reply_ask_missing(session);
    if (is_here(session, call))
        flow_next(session);
    else
        flow_update(session);
}

/* Each major in its turn, then on. */
static void substitution_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    if (!is_here(session, call))
        flow_update(session);
    else if (item_next(session))
        flow_go(session, "substitution");
    else
        flow_next(session);
}

static void added_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    if (!is_here(session, call)) {
        flow_update(session);
        return;
    }
    if (strcmp(call->screen->name, "added_new") == 0)
        added_forget_typed(session);
    flow_go(session, "added");
}

/* Asked anew whether there is anything to add (R15). */
static void cleared_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    answer_set(session, "seen.added_ask", "");
    if (is_here(session, call))
        flow_go(session, "added_ask");
    else
        flow_update(session);
}

static void course_ok(struct session *session, const struct call *call, const void *record)
{
    added_course_came(session, call->send->argument, record);
}

/* Everything is prefilled; whoever asked for it goes through it from the first page. */
static void reapply_ok(struct session *session, const struct call *call, const void *record)
{
    struct effect *journal = session_effect(session, EFFECT_JOURNAL);
    journal->text = g_strdup("reapplied");
    take_snapshot(session, record);
    answers_clear_list(session, "major");
    answers_clear_list(session, "skipped");
    answer_set(session, "seen.added_ask", "");
    if (is_here(session, call))
        flow_go(session, "majors");
    else
        flow_update(session);
}

static void receipt_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    record_free(&api_receipt_record, session->receipt);
    session->receipt = record_copy(&api_receipt_record, record);
    session->show = true;
}

/* The account stands there already; the password is typed again by whoever knows it. */
static void register_ok(struct session *session, const struct call *call, const void *record)
{
    static const char *const typed[] = {"register_name", "register_id_no", "register_exam_no", "register_mobile"};
    (void)record;
    answer_set(session, "account", answer(session, "register_id_no"));
    for (size_t i = 0; i < G_N_ELEMENTS(typed); i++)
        answer_set(session, typed[i], "");
    secret_set(session->password, "");
    secret_set(session->again, "");
    if (is_here(session, call))
        flow_go(session, "login");
    session_say(session, TONE_GOOD, "register.done");
}

static void submit_ok(struct session *session, const struct call *call, const void *record)
{
    struct effect *journal = session_effect(session, EFFECT_JOURNAL);
    journal->text = g_strdup("submitted");
    resume_ok(session, call, record);
}

static void degree_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    record_free(&api_qr_record, session->degree_qr);
    session->degree_qr = record_copy(&api_qr_record, record);
    session->qr_expires_ms = session->now_ms + (session->degree_qr->expires_at - session->time) * 1000;
    session->show = true;
    refresh(session);
}

static void order_ok(struct session *session, const struct call *call, const void *record)
{
    record_free(&order_record, session->application->order);
    session->application->order = record_copy(&order_record, record);
    refresh(session);
    session->show = true;
    if (call->send->call == API_CREATE_ORDER && is_here(session, call) && guard_holds(session, "order_live"))
        flow_go(session, "pay");
}

static void form_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    session->draft_dirty = false;
    call_cancel_all(session, API_PUT_DRAFT);
    call_send(session, call_new(session, API_DELETE_DRAFT), true);
    if (is_here(session, call))
        flow_go(session, "print");
}

static void prints_ok(struct session *session, const struct call *call, const void *record)
{
    const struct api_print *print = call->send->record;
    take_snapshot(session, record);
    if (session->print.stage == PRINT_IDLE)
        print_clear(&session->print);
    if (is_here(session, call) && print && print->outcome == PRINT_IN_HAND)
        flow_go(session, "checklist");
}

static void photo_came(struct session *session, const struct call *call, const void *record)
{
    (void)record;
    print_photo_ready(session, call->send->ticket, true);
}

static void (*const answered[API_CALLS])(struct session *, const struct call *, const void *record) = {
    [API_REGISTER] = register_ok,
    [API_LOGIN] = login_ok,
    [API_ME] = me_ok,
    [API_PLAN] = plan_ok,
    [API_ELIGIBILITY] = eligibility_ok,
    [API_APPLICATION] = snapshot_ok,
    [API_START] = resume_ok,
    [API_MAJORS] = next_ok,
    [API_SUBSTITUTION] = substitution_ok,
    [API_COURSE] = course_ok,
    [API_ADDED_COURSES] = added_ok,
    [API_PUT_ARCHIVE] = added_ok,
    [API_CLEAR_ARCHIVE] = cleared_ok,
    [API_PRIOR_DEGREE] = degree_ok,
    [API_PRIOR_DEGREE_MANUAL] = resume_ok,
    [API_SUBMIT] = submit_ok,
    [API_REAPPLY] = reapply_ok,
    [API_PUT_PHOTO] = resume_ok,
    [API_PHOTO_MANUAL] = resume_ok,
    [API_RECEIPT] = receipt_ok,
    [API_GET_PHOTO] = photo_came,
    [API_CREATE_ORDER] = order_ok,
    [API_ORDER] = order_ok,
    [API_PUT_FORM] = form_ok,
    [API_PRINTS] = prints_ok,
    [API_GET_DRAFT] = draft_ok,
};

void reply_ok(struct session *session, const struct call *call, const void *record)
{
    if (answered[call->send->call])
        answered[call->send->call](session, call, record);
    loading_step(session);
}

/* ---------------------------------------------------------------- no */

static bool is_code(const struct api_failure *failure, const char *code)
{
    return failure && g_strcmp0(failure->code, code) == 0;
}

bool reply_is_expired(const struct api_failure *failure)
{
    return is_code(failure, API_CODE_EXPIRED);
}

/* Nothing of one login outlives it: what goes out again must be asked for by the next. */
void reply_expired(struct session *session)
{
    session_forget(session);
    g_hash_table_remove_all(session->calls);
    session->token = false;
    session_effect(session, EFFECT_TOKEN);
    flow_go(session, "login");
    session_say(session, TONE_WARN, "session.expired");
}

static void login_refused(struct session *session)
{
    secret_set(session->password, "");
    g_free(session->focus);
    session->focus = g_strdup("password");
}

void reply_refused(struct session *session, const struct call *call, const struct api_failure *failure)
{
    if (call->send->call == API_LOGIN)
        login_refused(session);
    if (call->send->call == API_GET_PHOTO)
        print_photo_ready(session, call->send->ticket, false); /* the county took it on paper */
    if (call->send->call == API_COURSE && is_code(failure, API_CODE_COURSE_UNKNOWN))
        added_course_came(session, call->send->argument, NULL);
    if (is_code(failure, API_CODE_STALE) && session->loaded)
        refresh(session);
    if (!call->background &&
        call->send->call != API_GET_DRAFT) { /* none yet; or settled otherwise: the snapshot tells */
        if (is_here(session, call) && check_refused(session, failure))
            session->show = true;
        else if (failure && failure->message)
            session_say_text(session, TONE_BAD, failure->message);
        else
            session_say(session, TONE_BAD, "platform.refused");
    }
    loading_step(session);
}

/* Draft and judgement are a help: without them a person still gets on. */
void reply_broken(struct session *session, const struct call *call)
{
    if (call->send->call == API_GET_PHOTO)
        print_photo_failed(session, call->send->ticket);
    else if (!call->background)
        session_say(session, TONE_BAD, "platform.broken");
    if (call->send->call == API_GET_DRAFT || call->send->call == API_ELIGIBILITY)
        loading_step(session);
}
