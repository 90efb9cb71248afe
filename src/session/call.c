/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calls to the platform. A call stays in the table until it is answered: when the network is away the very same request, with
 * the same idempotency key, goes out again, so nothing happens twice and nothing is lost. Calls that change what cannot be
 * changed back are written to the outbox before they are sent.
 */
#include "session/state.h"

#include <string.h>

#define RETRY_FIRST_MS 1000
#define RETRY_MAX_MS   5000 /* a person is waiting */
#define BROKEN_TRIES   3
#define WATCH_WAIT_S   25

void call_free(struct call *call)
{
    effect_free(call->send);
    g_free(call);
}

static bool is_kept(enum api_call call)
{
    return call == API_SUBMIT || call == API_REAPPLY || call == API_CREATE_ORDER || call == API_PRINTS;
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
    call->screen = session->screen;
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

static bool is_under_way(const struct session *session, const char *idempotency_key)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->calls);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (g_strcmp0(((struct call *)value)->send->idempotency_key, idempotency_key) == 0)
            return true;
    return false;
}

static struct effect *send_again(struct session *session, const struct outbox_item *item)
{
    struct effect *send = g_new0(struct effect, 1);
    send->kind = EFFECT_SEND;
    send->call = item->call;
    send->ticket = ++session->ticket;
    send->idempotency_key = g_strdup(item->idempotency_key);
    send->version = item->version;
    if (item->body)
        send->record = record_copy(api_entries[item->call].request, item->body);
    return send;
}

/* What this person confirmed at this terminal before and nobody answered: the same requests again. */
void call_outbox(struct session *session, const GPtrArray *outbox)
{
    for (guint i = 0; session->loaded && i < outbox->len; i++) {
        const struct outbox_item *item = g_ptr_array_index(outbox, i);
        if (is_under_way(session, item->idempotency_key))
            continue;
        struct effect *send = send_again(session, item);
        remember(session, send, true);
        session_emit(session, send);
    }
}

/* ---------------------------------------------------------------- what is under way */

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

static const char *const busy_keys[API_CALLS] = {
    [API_LOGIN] = "busy.login",        [API_START] = "busy.save",
    [API_MAJORS] = "busy.save",        [API_SUBSTITUTION] = "busy.save",
    [API_PRIOR_DEGREE] = "busy.qr",    [API_SUBMIT] = "busy.submit",
    [API_PUT_PHOTO] = "busy.photo",    [API_CREATE_ORDER] = "busy.order",
    [API_ORDER] = "busy.order",        [API_PUT_FORM] = "busy.save",
    [API_PRINTS] = "busy.save",        [API_REGISTER] = "busy.register",
    [API_ADDED_COURSES] = "busy.save", [API_PUT_ARCHIVE] = "busy.archive",
    [API_CLEAR_ARCHIVE] = "busy.save", [API_PRIOR_DEGREE_MANUAL] = "busy.save",
    [API_PHOTO_MANUAL] = "busy.save",  [API_REAPPLY] = "busy.submit",
    [API_RECEIPT] = "busy.receipt",
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

/* ---------------------------------------------------------------- the long poll */

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

void call_cancel(struct session *session, guint ticket)
{
    struct effect *cancel = session_effect(session, EFFECT_CANCEL);
    cancel->ticket = ticket;
    g_hash_table_remove(session->calls, GUINT_TO_POINTER(ticket));
}

void call_cancel_watch(struct session *session)
{
    if (session->watch)
        call_cancel(session, session->watch);
    session->watch = 0;
}

void call_cancel_all(struct session *session, enum api_call wanted)
{
    g_autoptr(GList) tickets = g_hash_table_get_keys(session->calls);
    for (GList *ticket = tickets; ticket; ticket = ticket->next) {
        const struct call *call = g_hash_table_lookup(session->calls, ticket->data);
        if (call->send->call == wanted)
            call_cancel(session, GPOINTER_TO_UINT(ticket->data));
    }
}

/* ---------------------------------------------------------------- when a person goes */

static bool is_saving(enum api_call call)
{
    return is_kept(call) || call == API_PUT_DRAFT || call == API_DELETE_DRAFT || call == API_LOGOUT;
}

static gboolean is_dropped(gpointer key, gpointer value, gpointer data)
{
    (void)key;
    (void)data;
    return !is_saving(((struct call *)value)->send->call);
}

void call_leave(struct session *session)
{
    call_cancel_watch(session);
    g_hash_table_foreach_remove(session->calls, is_dropped, NULL);
}

void call_finish(struct session *session)
{
    if (!session->ending || g_hash_table_size(session->calls) > 0)
        return;
    if (session->token) {
        session->token = false;
        call_send(session, call_new(session, API_LOGOUT), true);
    } else if (session->end_soon) {
        session_effect(session, EFFECT_END);
    }
}

/* ---------------------------------------------------------------- answers */

static void retry_later(struct session *session, struct call *call)
{
    int64_t wait = RETRY_FIRST_MS << MIN(call->attempts, 5);
    call->retry_ms = session->now_ms + MIN(wait, RETRY_MAX_MS);
    call->attempts++;
}

/* A platform that answers nonsense is asked a few times; what was confirmed, saved or only watched goes on for ever. */
static bool is_given_up(const struct session *session, const struct call *call)
{
    bool watching = call->send->ticket == session->watch || call->send->call == API_HEALTH;
    return call->attempts >= BROKEN_TRIES && !is_saving(call->send->call) && !watching;
}

static void not_delivered(struct session *session, struct call *call, enum call_outcome outcome)
{
    session->show = true;
    if (outcome == CALL_UNREACHABLE)
        session->offline = true;
    else if (is_given_up(session, call)) {
        g_hash_table_steal(session->calls, GUINT_TO_POINTER(call->send->ticket));
        reply_broken(session, call);
        call_free(call);
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

/* An answer must have what its kind of call has; "unchanged" is one for a long poll only. */
static enum call_outcome outcome_of(const struct call *call, const struct session_event *event)
{
    bool empty = event->outcome == CALL_OK && api_entries[call->send->call].answer && !event->record;
    bool unasked = event->outcome == CALL_UNCHANGED && call->send->wait_ms == 0;
    return empty || unasked ? CALL_BROKEN : event->outcome;
}

static void settle(struct session *session, const struct call *call, const struct session_event *event)
{
    bool expired = event->outcome == CALL_REFUSED && reply_is_expired(event->failure);
    if (!expired)
        forget_sent(session, call); /* an expired login decides nothing: the next one sends it again */
    if (session->ending)
        return; /* the person has gone: nothing of theirs comes back to the screen */
    if (event->outcome == CALL_OK)
        reply_ok(session, call, event->record);
    else if (expired && session->loaded)
        reply_expired(session);
    else if (event->outcome == CALL_REFUSED)
        reply_refused(session, call, event->failure);
}

void call_reply(struct session *session, const struct session_event *event)
{
    struct call *call = g_hash_table_lookup(session->calls, GUINT_TO_POINTER(event->ticket));
    if (!call || call->retry_ms)
        return; /* no longer wanted */
    enum call_outcome outcome = outcome_of(call, event);
    if (outcome == CALL_UNREACHABLE || outcome == CALL_BROKEN) {
        not_delivered(session, call, outcome);
        return;
    }
    g_hash_table_steal(session->calls, GUINT_TO_POINTER(event->ticket));
    session->show = session->show || session->offline || !call->background;
    session->offline = false;
    bool watching = event->ticket == session->watch;
    if (watching)
        session->watch = 0;
    settle(session, call, event);
    if (watching && flow_watches(session))
        call_watch(session);
    call_finish(session);
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
