/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against a real web server in a thread: what it asks, and what a caller may do meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "caller.h"

/* ---------------------------------------------------------------- what is asked */

static void login_sends_its_body_and_no_token(void **state)
{
    struct caller *caller = *state;
    struct api_login login = {.account = (char *)"010124100001", .password = (char *)"a\"密 码\\"};
    web_answer(caller->web, &(struct web_answer){
                                200, "{\"token\":\"T0KEN\",\"expires_at\":\"2026-12-01T08:30:00+08:00\",\"new\":[1]}"});
    client_set_token(caller->client, "old");
    caller_ask(caller, &(struct client_request){.call = API_LOGIN, .body = &login});
    const struct web_request *asked = web_request(caller->web);
    caller_assert(caller, CLIENT_OK, "login");
    assert_string_equal(caller->got.text, "T0KEN"); /* and a field of a newer platform is no harm */
    assert_string_equal(asked->line, "POST /v1/sessions");
    assert_string_equal(asked->content_type, "application/json");
    assert_null(asked->authorization);
    assert_null(asked->idempotency_key);
    static const char body[] = "{\"account\":\"010124100001\",\"password\":\"a\\\"密 码\\\\\"}";
    assert_int_equal(asked->body->len, strlen(body));
    assert_memory_equal(asked->body->data, body, strlen(body));
}

static void writes_carry_token_key_and_version(void **state)
{
    struct caller *caller = *state;
    web_answer(caller->web, &(struct web_answer){200, CALLER_SNAPSHOT});
    client_set_token(caller->client, "ABC234");
    caller_ask(caller, &(struct client_request){.call = API_SUBMIT, .idempotency_key = CALLER_KEY, .version = 42});
    const struct web_request *asked = web_request(caller->web);
    caller_assert(caller, CLIENT_OK, "submit");
    assert_string_equal(caller->got.text, "version 8");
    assert_string_equal(asked->line, "POST /v1/application/submit");
    assert_string_equal(asked->authorization, "Bearer ABC234");
    assert_string_equal(asked->idempotency_key, CALLER_KEY);
    assert_string_equal(asked->if_match, "42");
    assert_int_equal(asked->body->len, 0);
}

/* The log-out is under way while the token is forgotten. */
static void token_is_that_of_the_moment_of_the_call(void **state)
{
    struct caller *caller = *state;
    web_answer(caller->web, &(struct web_answer){204});
    client_set_token(caller->client, "ABC234");
    client_call(caller->client, &(struct client_request){.call = API_LOGOUT}, caller_on_reply, caller);
    client_set_token(caller->client, NULL);
    caller_wait(caller);
    caller_assert(caller, CLIENT_OK, "logout");
    assert_string_equal(web_request(caller->web)->line, "DELETE /v1/sessions/current");
    assert_string_equal(web_request(caller->web)->authorization, "Bearer ABC234");
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    caller_ask_call(caller, API_ME);
    assert_null(web_request(caller->web)->authorization);
}

static void arguments_are_escaped(void **state)
{
    struct caller *caller = *state;
    web_answer(caller->web, &(struct web_answer){404});
    caller_ask(caller, &(struct client_request){
                           .call = API_PLAN, .argument = "../a?b#c 毕%41", .query = {{"version", "x&wait=1 新"}}});
    assert_string_equal(web_request(caller->web)->line, "GET /v1/plans/../a?b#c 毕%41?version=x&wait=1 新");
    caller_ask(caller, &(struct client_request){.call = API_APPLICATION, .query = {{"after", "12"}, {"wait", "25"}}});
    assert_string_equal(web_request(caller->web)->line, "GET /v1/application?after=12&wait=25");
}

static void photo_goes_and_comes_raw(void **state)
{
    struct caller *caller = *state;
    const gsize most = api_entries[API_PUT_PHOTO].request_max;
    g_autofree guint8 *picture = g_malloc(most + 1);
    for (gsize i = 0; i <= most; i++)
        picture[i] = (guint8)(i * 7 + i / 251);
    g_autoptr(GBytes) fits = g_bytes_new_static(picture, most);
    g_autoptr(GBytes) too_long = g_bytes_new_static(picture, most + 1);
    web_answer(caller->web, &(struct web_answer){200, CALLER_SNAPSHOT});
    struct client_request request = {.call = API_PUT_PHOTO, .raw = fits, .idempotency_key = CALLER_KEY, .version = 3};
    caller_ask(caller, &request);
    caller_assert(caller, CLIENT_OK, "photo");
    assert_string_equal(web_request(caller->web)->line, "PUT /v1/application/photo");
    assert_int_equal(web_request(caller->web)->body->len, most);
    assert_memory_equal(web_request(caller->web)->body->data, picture, most);

    request.raw = too_long;
    caller_ask(caller, &request);
    caller_assert(caller, CLIENT_REFUSED, "photo that is too long");
    assert_string_equal(caller->got.code, "too_large");
    assert_int_equal(web_requests(caller->web), 1); /* it never left */

    web_answer(caller->web, &(struct web_answer){200, (const char *)picture, 300000});
    caller_ask_call(caller, API_GET_PHOTO);
    assert_string_equal(caller->got.text, "300000 bytes");
}

static void connection_is_kept(void **state)
{
    struct caller *caller = *state;
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    for (int i = 0; i < 5; i++)
        caller_ask_call(caller, API_ME);
    assert_int_equal(web_requests(caller->web), 5);
    assert_int_equal(web_connections(caller->web), 1);
}

static void environment_has_no_say(void **state)
{
    struct caller *caller = *state;
    g_setenv("http_proxy", "http://127.0.0.1:9", TRUE);
    g_setenv("ALL_PROXY", "http://127.0.0.1:9", TRUE);
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    caller_ask_call(caller, API_ME);
    g_unsetenv("http_proxy");
    g_unsetenv("ALL_PROXY");
    caller_assert(caller, CLIENT_OK, "with a proxy in the environment");
}

/* ---------------------------------------------------------------- cancelling, freeing */

static void cancelled_calls_are_silent(void **state)
{
    struct caller *caller = *state;
    struct raw_web *silent = raw_web_new("", 0, true);
    client_set_url(caller->client, raw_web_url(silent));
    guint ticket = client_call(caller->client, &(struct client_request){.call = API_ME, .deadline_ms = 100},
                               caller_on_reply, caller);
    client_cancel(caller->client, ticket);
    client_cancel(caller->client, ticket); /* and again */
    client_cancel(caller->client, 99999);
    client_set_url(caller->client, web_url(caller->web));
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    caller_ask_call(caller, API_ME);
    assert_int_equal(caller->got.n, 1);
    raw_web_free(silent);
}

static void cancel_other(struct client_reply *reply, gpointer data)
{
    struct caller *caller = data;
    client_cancel(caller->client, caller->other);
    caller_on_reply(reply, caller);
}

/* Both are refused here at once, so both wait for delivery when the first callback cancels the second. */
static void a_call_that_has_ended_can_be_cancelled(void **state)
{
    struct caller *caller = *state;
    g_autofree guint8 *bytes = g_malloc0(api_entries[API_PUT_PHOTO].request_max + 1);
    g_autoptr(GBytes) too_long = g_bytes_new_static(bytes, api_entries[API_PUT_PHOTO].request_max + 1);
    const struct client_request request = {.call = API_PUT_PHOTO, .raw = too_long, .idempotency_key = CALLER_KEY};
    client_call(caller->client, &request, cancel_other, caller);
    caller->other = client_call(caller->client, &request, caller_on_reply, caller);
    caller_wait(caller);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    assert_int_equal(caller->got.n, 1);
}

static void free_client(struct client_reply *reply, gpointer data)
{
    struct caller *caller = data;
    client_free(caller->client);
    caller->client = NULL;
    caller_on_reply(reply, caller);
}

static void the_client_may_be_freed_from_inside(void **state)
{
    struct caller *caller = *state;
    struct raw_web *silent = raw_web_new("", 0, true);
    client_set_url(caller->client, raw_web_url(silent));
    client_call(caller->client, &(struct client_request){.call = API_ME}, caller_on_reply, caller); /* never answered */
    client_set_url(caller->client, web_url(caller->web));
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    client_call(caller->client, &(struct client_request){.call = API_ME}, free_client, caller);
    caller_wait(caller);
    assert_string_equal(caller->got.text, "王𬎆");
    while (g_main_context_iteration(NULL, FALSE))
        ;
    assert_int_equal(caller->got.n, 1);
    raw_web_free(silent);
}

static void call_again(struct client_reply *reply, gpointer data)
{
    struct caller *caller = data;
    (void)reply;
    client_call(caller->client, &(struct client_request){.call = API_ME}, caller_on_reply, caller);
}

/* A long poll is under way all the while; other calls pass it. */
static void calls_do_not_wait_for_each_other(void **state)
{
    struct caller *caller = *state;
    struct raw_web *silent = raw_web_new("", 0, true);
    client_set_url(caller->client, raw_web_url(silent));
    guint poll = client_call(caller->client, &(struct client_request){.call = API_APPLICATION, .extra_wait_ms = 25000},
                             caller_on_reply, caller);
    client_set_url(caller->client, web_url(caller->web));
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    client_call(caller->client, &(struct client_request){.call = API_ME}, call_again, caller);
    caller_wait(caller);
    assert_int_equal(caller->got.n, 1);
    assert_int_equal(web_requests(caller->web), 2);
    client_cancel(caller->client, poll);
    raw_web_free(silent);
}

#define client_test(name) cmocka_unit_test_setup_teardown(name, caller_set_up, caller_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        client_test(login_sends_its_body_and_no_token),
        client_test(writes_carry_token_key_and_version),
        client_test(token_is_that_of_the_moment_of_the_call),
        client_test(arguments_are_escaped),
        client_test(photo_goes_and_comes_raw),
        client_test(connection_is_kept),
        client_test(environment_has_no_say),
        client_test(cancelled_calls_are_silent),
        client_test(a_call_that_has_ended_can_be_cancelled),
        client_test(the_client_may_be_freed_from_inside),
        client_test(calls_do_not_wait_for_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
