/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/office.h"

#include "base/secret.h"

#include <string.h>

#define TRIES   4
#define WAIT_MS 500 /* before the second try; then twice as long each time */

struct office {
    const struct messages *messages;
    struct client *client;
    GMainLoop *loop;
    bool inside; /* a session is open */
};

/* One attempt. */
struct attempt {
    struct office *office;
    struct client_reply reply; /* what it held is taken over */
};

struct office *office_new(const struct client_options *options, const struct messages *messages)
{
    struct office *office = g_new0(struct office, 1);
    office->messages = messages;
    office->client = client_new(options);
    office->loop = g_main_loop_new(NULL, FALSE);
    return office;
}

void office_free(struct office *office)
{
    if (!office)
        return;
    if (office->inside) {
        struct office_answer answer;
        (void)office_call(office, &(struct client_request){.call = API_STAFF_LOGOUT}, &answer);
        g_free(answer.problem); /* a session that stays ends by itself */
    }
    client_free(office->client);
    g_main_loop_unref(office->loop);
    g_free(office);
}

/* ---------------------------------------------------------------- one try, and waiting for the next */

static void on_reply(struct client_reply *reply, gpointer data)
{
    struct attempt *attempt = data;
    attempt->reply = *reply;
    reply->answer = NULL;
    reply->raw = NULL;
    reply->failure = NULL;
    g_main_loop_quit(attempt->office->loop);
}

static gboolean on_time(gpointer loop)
{
    g_main_loop_quit(loop);
    return G_SOURCE_REMOVE;
}

static void reply_clear(struct client_reply *reply)
{
    record_free(api_entries[reply->call].answer, reply->answer);
    record_free(&api_failure_record, (struct api_failure *)reply->failure);
    g_clear_pointer(&reply->raw, g_bytes_unref);
}

/* Not delivered, or the platform could not just now: neither changed anything that the same key would change twice. */
static bool worth_another(const struct client_reply *reply)
{
    return reply->outcome == CLIENT_UNREACHABLE || (reply->outcome == CLIENT_FAILED && reply->status == 503);
}

static struct client_reply call_patiently(struct office *office, const struct client_request *request)
{
    struct attempt attempt = {.office = office};
    for (guint n = 0; n < TRIES; n++) {
        if (n > 0) {
            reply_clear(&attempt.reply);
            (void)g_timeout_add(WAIT_MS << (n - 1), on_time, office->loop);
            g_main_loop_run(office->loop);
        }
        (void)client_call(office->client, request, on_reply, &attempt);
        g_main_loop_run(office->loop);
        if (!worth_another(&attempt.reply))
            break;
    }
    return attempt.reply;
}

/* ---------------------------------------------------------------- what it means */

static char *say(const struct office *office, const char *key)
{
    return g_strdup(message_text(key, (gpointer)office->messages));
}

/* The platform's own words; which member is wrong is said too. */
static char *their_words(const struct office *office, const struct api_failure *failure)
{
    if (!failure->message)
        return say(office, "ctl.refused");
    return failure->field ? message_fill(office->messages, "ctl.refused_field", "message", failure->message, "field",
                                         failure->field, NULL)
                          : g_strdup(failure->message);
}

static char *problem_of(const struct office *office, const struct client_reply *reply)
{
    bool write = api_entries[reply->call].flags & API_WRITE;
    switch (reply->outcome) {
    case CLIENT_OK:
    case CLIENT_UNCHANGED:
        break;
    case CLIENT_REFUSED:
    case CLIENT_FAILED:
        return their_words(office, reply->failure);
    case CLIENT_UNREACHABLE:
        return say(office, write ? "ctl.unknown" : "ctl.unreachable");
    case CLIENT_GARBLED:
        return say(office, write ? "ctl.unknown" : "ctl.garbled");
    }
    return NULL;
}

static char *new_key(void)
{
    unsigned char seed[32];
    secret_random(seed, sizeof seed);
    return secret_nth_uuid(seed, 0);
}

bool office_call(struct office *office, const struct client_request *request, struct office_answer *ret)
{
    struct client_request asked = *request;
    g_autofree char *key = new_key();
    asked.idempotency_key = key;
    struct client_reply reply = call_patiently(office, &asked);
    *ret = (struct office_answer){.problem = problem_of(office, &reply)};
    if (!ret->problem) {
        ret->record = g_steal_pointer(&reply.answer);
        ret->raw = g_steal_pointer(&reply.raw);
    }
    reply_clear(&reply);
    return !ret->problem;
}

char *office_login(struct office *office, const char *staff_no, const char *password)
{
    struct api_staff_login login = {.staff_no = (char *)staff_no, .password = (char *)password};
    struct office_answer answer;
    if (!office_call(office, &(struct client_request){.call = API_STAFF_LOGIN, .body = &login}, &answer))
        return answer.problem;
    struct api_token *token = answer.record;
    client_set_token(office->client, token->token);
    record_free(&api_token_record, token);
    office->inside = true;
    return NULL;
}
