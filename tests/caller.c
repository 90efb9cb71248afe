/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"

#include "graduation/application.h"
#include "graduation/candidate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PATIENCE 20000 /* ms: a test that needs it has failed */

static char *answer_text(const struct client_reply *reply)
{
    if (reply->raw)
        return g_strdup_printf("%zu bytes", g_bytes_get_size(reply->raw));
    if (!reply->answer)
        return NULL;
    if (reply->call == API_LOGIN)
        return g_strdup(((const struct api_token *)reply->answer)->token);
    if (reply->call == API_ME)
        return g_strdup(((const struct candidate *)reply->answer)->name);
    return g_strdup_printf("version %d", (int)((const struct application *)reply->answer)->version);
}

static void got_clear(struct got *got)
{
    g_free(got->code);
    g_free(got->message);
    g_free(got->text);
    *got = (struct got){0};
}

void caller_on_reply(struct client_reply *reply, gpointer data)
{
    struct caller *caller = data;
    int n = caller->got.n + 1;
    bool has_failure = reply->outcome == CLIENT_REFUSED || reply->outcome == CLIENT_FAILED;
    assert_true(has_failure == (reply->failure != NULL));
    got_clear(&caller->got);
    caller->got = (struct got){.n = n, .outcome = reply->outcome, .status = reply->status, .date = reply->date};
    caller->got.text = answer_text(reply);
    if (reply->failure) {
        caller->got.code = g_strdup(reply->failure->code);
        caller->got.message = g_strdup(reply->failure->message);
    }
    g_main_loop_quit(caller->loop);
}

int caller_set_up(void **state)
{
    struct caller *caller = g_new0(struct caller, 1);
    caller->web = web_new();
    caller->client = client_new(&(struct client_options){.url = web_url(caller->web)});
    caller->loop = g_main_loop_new(NULL, FALSE);
    *state = caller;
    return 0;
}

int caller_tear_down(void **state)
{
    struct caller *caller = *state;
    client_free(caller->client);
    web_free(caller->web);
    g_main_loop_unref(caller->loop);
    got_clear(&caller->got);
    g_free(caller);
    return 0;
}

static gboolean on_patience(gpointer data)
{
    (void)data;
    fail_msg("no reply");
    return G_SOURCE_REMOVE;
}

void caller_wait(struct caller *caller)
{
    guint patience = g_timeout_add(PATIENCE, on_patience, NULL);
    g_main_loop_run(caller->loop);
    g_source_remove(patience);
}

void caller_ask(struct caller *caller, const struct client_request *request)
{
    int before = caller->got.n;
    client_call(caller->client, request, caller_on_reply, caller);
    assert_int_equal(caller->got.n, before); /* never from inside */
    caller_wait(caller);
    assert_int_equal(caller->got.n, before + 1);
}

void caller_ask_call(struct caller *caller, enum api_call call)
{
    caller_ask(caller, &(struct client_request){
                           .call = call, .argument = "120402", .idempotency_key = CALLER_KEY, .version = 7});
}

void caller_assert(const struct caller *caller, enum client_outcome outcome, const char *what)
{
    if (caller->got.outcome != outcome)
        fail_msg("%s: %s instead of %s", what, client_outcome_words[caller->got.outcome],
                 client_outcome_words[outcome]);
}
