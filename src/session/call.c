/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calls to the platform. A call stays in the table until it is answered: when the network is away the very same request, with
 * the same idempotency key, goes out again, so nothing happens twice and nothing is lost. Calls that change what cannot be
 * changed back are written to the outbox before they are sent.
 */
#include "session/state.h"

#include <string.h>

#define RETRY_FIRST_MS 1000
#define RETRY_MAX_MS   15000
#define BROKEN_TRIES   3
#define WATCH_WAIT_S   25

void call_free(struct call *call)
{
    effect_free(call->send);
    g_free(call);
}

static bool is_kept(enum api_call call)
{
    return call == API_SUBMIT || call == API_CREATE_ORDER || call == API_PRINTS;
}

struct effect *call_new(struct session *session, enum api_call call)
{
    struct effect *send = g_new0(struct effect, 1);
    send->kind = EFFECT_SEND;
    send->call = call;
    send->ticket = ++session->ticket;
    if (api_entries[call].flags & API_WRITE)
        send->idempotency_key = secret_nth_uuid(session->options.seed, session->key_count++);
    if (api_entries[call].flags & API_VERSIONED)
        send->version = session->application ? session->application->version : 0;
    return send;
}

static void remember(struct session *session, struct effect *send, bool background)
{
    struct call *call = g_new0(struct call, 1);
    call->send = effect_copy(send);
    call->background = background;
    g_hash_table_insert(session->calls, GUINT_TO_POINTER(send->ticket), call);
    if (!background)
        session->show = true;
}

void call_send(struct session *session, struct effect *send, bool background)
{
    remember(session, send, background);
    if (is_kept(send->call)) {
        struct effect *keep = effect_copy(send);
        keep->kind = EFFECT_PERSIST_OUTBOX;
        session_emit(session, keep);
    }
    session_emit(session, send);
}

void call_write(struct session *session, enum api_call call, void *body)
{
    struct effect *send = call_new(session, call);
    send->record = body;
    call_send(session, send, false);
}

/* What this person confirmed at this terminal before and nobody answered: the same requests again. */
void call_outbox(struct session *session, const GPtrArray *outbox)
{
    for (guint i = 0; i < outbox->len; i++) {
        const struct outbox_item *item = g_ptr_array_index(outbox, i);
        struct effect *send = g_new0(struct effect, 1);
        send->kind = EFFECT_SEND;
        send->call = item->call;
        send->ticket = ++session->ticket;
        send->idempotency_key = g_strdup(item->idempotency_key);
        send->version = item->version;
        if (item->body)
            send->record = record_copy(api_entries[item->call].request, item->body);
        remember(session, send, true);
        session_emit(session, send);
    }
}

bool call_pending(const struct session *session, enum api_call wanted)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->calls);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (((struct call *)value)->send->call == wanted)
            return true;
    return false;
}

static bool foreground_pending(const struct session *session)
{
    return call_busy(session) != NULL;
}

static const char *const busy_keys[API_CALLS] = {
    [API_LOGIN] = "busy.login",        [API_ME] = "busy.load",           [API_APPLICATION] = "busy.load",
    [API_GET_DRAFT] = "busy.load",     [API_ELIGIBILITY] = "busy.load",  [API_START] = "busy.save",
    [API_MAJORS] = "busy.save",        [API_SUBSTITUTION] = "busy.save", [API_PRIOR_DEGREE] = "busy.qr",
    [API_SUBMIT] = "busy.submit",      [API_PUT_PHOTO] = "busy.photo",   [API_GET_PHOTO] = "busy.print",
    [API_CREATE_ORDER] = "busy.order", [API_ORDER] = "busy.order",       [API_PUT_FORM] = "busy.save",
    [API_PRINTS] = "busy.save",
};

const char *call_busy(const struct session *session)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->calls);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct call *call = value;
        if (!call->background)
            return busy_keys[call->send->call] ? busy_keys[call->send->call] : "busy.load";
    }
    return NULL;
}

void call_watch(struct session *session)
{
    if (session->watch || !session->application || session->ending)
        return;
    struct effect *send = call_new(session, API_APPLICATION);
    send->query[0][0] = g_strdup("after");
    send->query[0][1] = g_strdup_printf("%" G_GINT64_FORMAT, session->application->version);
    send->query[1][0] = g_strdup("wait");
    send->query[1][1] = g_strdup_printf("%d", WATCH_WAIT_S);
    send->wait_ms = WATCH_WAIT_S * 1000;
    session->watch = send->ticket;
    call_send(session, send, true);
}

void call_cancel_watch(struct session *session)
{
    if (!session->watch)
        return;
    struct effect *cancel = session_effect(session, EFFECT_CANCEL);
    cancel->ticket = session->watch;
    g_hash_table_remove(session->calls, GUINT_TO_POINTER(session->watch));
    session->watch = 0;
}

/* ---------------------------------------------------------------- answers */

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
    if (!call_pending(session, API_APPLICATION) || session->watch)
        call_send(session, call_new(session, API_APPLICATION), true);
}

static void ask_eligibility(struct session *session, const char *code, const char *version, bool background)
{
    struct effect *send = call_new(session, API_ELIGIBILITY);
    send->query[0][0] = g_strdup("major");
    send->query[0][1] = g_strdup(code);
    send->query[1][0] = g_strdup("version");
    send->query[1][1] = g_strdup(version);
    call_send(session, send, background);
}

static void ask_all_eligibility(struct session *session)
{
    for (guint i = 0; i < session->me->majors->len; i++) {
        const struct candidate_major *major = g_ptr_array_index(session->me->majors, i);
        ask_eligibility(session, major->code, major->version, false);
    }
}

/* Everything about the person comes in three calls and one for each major; then the first page. */
static void loading_step(struct session *session)
{
    if (session->loaded || !session->me || !session->application || foreground_pending(session))
        return;
    if (g_hash_table_size(session->eligibility) == 0 && session->me->majors->len > 0 &&
        !*answer(session, "asked.eligibility")) {
        answer_set(session, "asked.eligibility", "1");
        ask_all_eligibility(session);
        return;
    }
    session->loaded = true;
    struct effect *person = session_effect(session, EFFECT_PERSON);
    person->text = g_strdup(session->me->id_no);
    flow_go(session, guard_holds(session, "under_way") ? flow_resume(session) : "home");
}

static void login_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    const struct api_token *token = record;
    struct effect *effect = session_effect(session, EFFECT_TOKEN);
    effect->text = g_strdup(token->token);
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
    if (!session->loaded && session->application->registration_form)
        answers_load_form(session, session->application->registration_form);
    if (session->loaded)
        flow_update(session);
}

static void draft_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    answers_load_draft(session, record);
}

static void eligibility_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    const struct eligibility *judged = record;
    g_hash_table_insert(session->eligibility, g_strdup_printf("%s/%s", judged->major_code, judged->plan_version),
                        record_copy(&eligibility_record, judged));
    session->show = true;
}

static void resume_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    take_snapshot(session, record);
    flow_go(session, flow_resume(session));
}

static void next_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    if (call->send->call == API_MAJORS || call->send->call == API_SUBSTITUTION)
        for (guint i = 0; i < session->application->items->len; i++) {
            const struct application_item *item = g_ptr_array_index(session->application->items, i);
            ask_eligibility(session, item->major, item->version, true);
        }
    flow_next(session);
}

static void submit_ok(struct session *session, const struct call *call, const void *record)
{
    struct effect *journal = session_effect(session, EFFECT_JOURNAL);
    journal->text = g_strdup("submitted");
    take_snapshot(session, record);
    if (!call->background || guard_holds(session, "submitted"))
        flow_go(session, flow_resume(session));
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
    if (call->send->call == API_CREATE_ORDER && guard_holds(session, "order_live"))
        flow_go(session, "pay");
}

static void form_ok(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    take_snapshot(session, record);
    session->draft_dirty = false;
    call_send(session, call_new(session, API_DELETE_DRAFT), true);
    flow_go(session, "print");
}

static void prints_ok(struct session *session, const struct call *call, const void *record)
{
    take_snapshot(session, record);
    if (!call->background && guard_holds(session, "printed"))
        flow_go(session, "checklist");
}

static void photo_here(struct session *session, const struct call *call, const void *record)
{
    (void)call;
    (void)record;
    print_photo_ready(session, true);
}

static void nothing_ok(struct session *session, const struct call *call, const void *record)
{
    (void)session;
    (void)call;
    (void)record;
}

static void health_ok(struct session *session, const struct call *call, const void *record)
{
    nothing_ok(session, call, record);
    session->show = true;
}

static void (*const answered[API_CALLS])(struct session *, const struct call *, const void *record) = {
    [API_LOGIN] = login_ok,
    [API_LOGOUT] = nothing_ok,
    [API_ME] = me_ok,
    [API_PLAN] = nothing_ok,
    [API_ELIGIBILITY] = eligibility_ok,
    [API_APPLICATION] = snapshot_ok,
    [API_START] = resume_ok,
    [API_MAJORS] = next_ok,
    [API_SUBSTITUTION] = next_ok,
    [API_PRIOR_DEGREE] = degree_ok,
    [API_SUBMIT] = submit_ok,
    [API_PUT_PHOTO] = resume_ok,
    [API_GET_PHOTO] = photo_here,
    [API_CREATE_ORDER] = order_ok,
    [API_ORDER] = order_ok,
    [API_PUT_FORM] = form_ok,
    [API_PRINTS] = prints_ok,
    [API_GET_DRAFT] = draft_ok,
    [API_PUT_DRAFT] = nothing_ok,
    [API_DELETE_DRAFT] = nothing_ok,
    [API_HEALTH] = health_ok,
};

static void refused(struct session *session, const struct call *call, const struct api_failure *failure)
{
    const char *code = failure && failure->code ? failure->code : "";
    if (call->send->call == API_GET_PHOTO) {
        print_photo_ready(session, false);
        return;
    }
    if (call->send->call == API_GET_DRAFT || (call->background && call->send->call != API_APPLICATION))
        return; /* no draft; or a repeated write that was settled otherwise: the snapshot tells */
    if (strcmp(code, "session_expired") == 0 && session->loaded) {
        session_forget(session);
        flow_go(session, "login");
        session_say(session, TONE_WARN, "session.expired");
        return;
    }
    if (call->send->call == API_LOGIN) {
        secret_set(session->password, "");
        g_free(session->focus);
        session->focus = g_strdup("password");
    }
    if (strcmp(code, "stale") == 0 && session->loaded)
        refresh(session);
    if (failure && failure->message)
        session_say_text(session, TONE_BAD, failure->message);
    else
        session_say(session, TONE_BAD, "platform.refused");
}

static void retry_later(struct session *session, struct call *call)
{
    int64_t wait = RETRY_FIRST_MS << MIN(call->attempts, 5);
    call->retry_ms = session->now_ms + MIN(wait, RETRY_MAX_MS);
    call->attempts++;
}

static void not_delivered(struct session *session, struct call *call, enum call_outcome outcome)
{
    bool broken = outcome == CALL_BROKEN;
    session->show = true;
    if (!broken)
        session->offline = true;
    if (broken && call->attempts >= BROKEN_TRIES && !call->background && !is_kept(call->send->call)) {
        g_hash_table_remove(session->calls, GUINT_TO_POINTER(call->send->ticket));
        session_say(session, TONE_BAD, "platform.broken");
        return;
    }
    retry_later(session, call);
}

static void forget_sent(struct session *session, const struct call *call)
{
    if (!is_kept(call->send->call))
        return;
    struct effect *done = session_effect(session, EFFECT_PERSIST_DONE);
    done->idempotency_key = g_strdup(call->send->idempotency_key);
}

/* Nothing more to save: tell the platform that the person has gone. */
static void ending_step(struct session *session)
{
    if (!session->ending || call_pending(session, API_PUT_DRAFT) || call_pending(session, API_LOGOUT))
        return;
    call_send(session, call_new(session, API_LOGOUT), true);
}

void call_reply(struct session *session, const struct session_event *event)
{
    struct call *call = g_hash_table_lookup(session->calls, GUINT_TO_POINTER(event->ticket));
    if (!call)
        return; /* no longer wanted */
    if (event->outcome == CALL_UNREACHABLE || event->outcome == CALL_BROKEN) {
        not_delivered(session, call, event->outcome);
        return;
    }
    g_hash_table_steal(session->calls, GUINT_TO_POINTER(event->ticket));
    if (session->offline) {
        session->offline = false;
        session->show = true;
    }
    if (!call->background)
        session->show = true;
    bool watching = event->ticket == session->watch;
    if (watching)
        session->watch = 0;
    forget_sent(session, call);
    if (session->ending)
        ; /* the person has gone: nothing of theirs comes back to the screen */
    else if (event->outcome == CALL_OK)
        answered[call->send->call](session, call, event->record);
    else if (event->outcome == CALL_REFUSED)
        refused(session, call, event->failure);
    if (!session->ending && session->me)
        loading_step(session);
    if (watching && session->screen->watch)
        call_watch(session);
    if (call->send->call == API_LOGOUT)
        session->draft_dirty = false;
    else
        ending_step(session);
    call_free(call);
}

void call_tick(struct session *session)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->calls);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        struct call *call = value;
        if (call->retry_ms && call->retry_ms <= session->now_ms) {
            call->retry_ms = 0;
            session_emit(session, effect_copy(call->send));
        }
    }
}
