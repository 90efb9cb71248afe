/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against a real web server in a thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client/client.h"
#include "graduation/application.h"
#include "graduation/candidate.h"
#include "web.h"

#define PATIENCE 20000 /* ms: a test that needs it has failed */
#define KEY      "5d7bb1a2-0000-4000-8000-000000000001"

/* ---------------------------------------------------------------- fixture */

struct got {
    int n;
    enum client_outcome outcome;
    int status;
    char *code, *message, *text; /* text: what the answer says, by call */
};

struct rig {
    struct web *web;
    struct client *client;
    GMainLoop *loop;
    struct got got;
    guint other; /* a ticket to cancel from inside a callback */
};

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

static void on_reply(struct client_reply *reply, gpointer data)
{
    struct rig *rig = data;
    int n = rig->got.n + 1;
    bool has_failure = reply->outcome == CLIENT_REFUSED || reply->outcome == CLIENT_FAILED;
    assert_true(has_failure == (reply->failure != NULL));
    got_clear(&rig->got);
    rig->got = (struct got){.n = n, .outcome = reply->outcome, .status = reply->status};
    rig->got.text = answer_text(reply);
    if (reply->failure) {
        rig->got.code = g_strdup(reply->failure->code);
        rig->got.message = g_strdup(reply->failure->message);
    }
    g_main_loop_quit(rig->loop);
}

static struct client *client_to(const char *url)
{
    return client_new(&(struct client_options){.url = url});
}

static int set_up(void **state)
{
    struct rig *rig = g_new0(struct rig, 1);
    rig->web = web_new();
    rig->client = client_to(web_url(rig->web));
    rig->loop = g_main_loop_new(NULL, FALSE);
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    struct rig *rig = *state;
    client_free(rig->client);
    web_free(rig->web);
    g_main_loop_unref(rig->loop);
    got_clear(&rig->got);
    g_free(rig);
    return 0;
}

static gboolean on_patience(gpointer data)
{
    (void)data;
    fail_msg("no reply");
    return G_SOURCE_REMOVE;
}

static void wait_reply(struct rig *rig)
{
    guint patience = g_timeout_add(PATIENCE, on_patience, NULL);
    g_main_loop_run(rig->loop);
    g_source_remove(patience);
}

static void ask(struct rig *rig, const struct client_request *request)
{
    int before = rig->got.n;
    client_call(rig->client, request, on_reply, rig);
    assert_int_equal(rig->got.n, before); /* never from inside */
    wait_reply(rig);
    assert_int_equal(rig->got.n, before + 1);
}

static void ask_call(struct rig *rig, enum api_call call)
{
    ask(rig, &(struct client_request){.call = call, .argument = "120402", .idempotency_key = KEY, .version = 7});
}

static void assert_outcome(const struct rig *rig, enum client_outcome outcome, const char *what)
{
    if (rig->got.outcome != outcome)
        fail_msg("%s: %s instead of %s", what, client_outcome_words[rig->got.outcome], client_outcome_words[outcome]);
}

#define ME       "{\"exam_no\":\"010124100001\",\"id_no\":\"140000200001010017\",\"name\":\"王𬎆\"}"
#define SNAPSHOT "{\"version\":8,\"state\":\"draft\"}"

/* ---------------------------------------------------------------- what is asked */

static void login_sends_its_body_and_no_token(void **state)
{
    struct rig *rig = *state;
    struct api_login login = {.account = (char *)"010124100001", .password = (char *)"a\"密 码\\"};
    web_answer(rig->web, &(struct web_answer){
                             200, "{\"token\":\"T0KEN\",\"expires_at\":\"2026-12-01T08:30:00+08:00\",\"new\":[1]}"});
    client_set_token(rig->client, "old");
    ask(rig, &(struct client_request){.call = API_LOGIN, .body = &login});
    const struct web_request *asked = web_request(rig->web);
    assert_outcome(rig, CLIENT_OK, "login");
    assert_string_equal(rig->got.text, "T0KEN"); /* and a field of a newer platform is no harm */
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
    struct rig *rig = *state;
    web_answer(rig->web, &(struct web_answer){200, SNAPSHOT});
    client_set_token(rig->client, "ABC234");
    ask(rig, &(struct client_request){.call = API_SUBMIT, .idempotency_key = KEY, .version = 42});
    const struct web_request *asked = web_request(rig->web);
    assert_outcome(rig, CLIENT_OK, "submit");
    assert_string_equal(rig->got.text, "version 8");
    assert_string_equal(asked->line, "POST /v1/application/submit");
    assert_string_equal(asked->authorization, "Bearer ABC234");
    assert_string_equal(asked->idempotency_key, KEY);
    assert_string_equal(asked->if_match, "42");
    assert_int_equal(asked->body->len, 0);
}

/* The log-out is under way while the token is forgotten. */
static void token_is_that_of_the_moment_of_the_call(void **state)
{
    struct rig *rig = *state;
    web_answer(rig->web, &(struct web_answer){204});
    client_set_token(rig->client, "ABC234");
    client_call(rig->client, &(struct client_request){.call = API_LOGOUT}, on_reply, rig);
    client_set_token(rig->client, NULL);
    wait_reply(rig);
    assert_outcome(rig, CLIENT_OK, "logout");
    assert_string_equal(web_request(rig->web)->line, "DELETE /v1/sessions/current");
    assert_string_equal(web_request(rig->web)->authorization, "Bearer ABC234");
    web_answer(rig->web, &(struct web_answer){200, ME});
    ask_call(rig, API_ME);
    assert_null(web_request(rig->web)->authorization);
}

static void arguments_are_escaped(void **state)
{
    struct rig *rig = *state;
    web_answer(rig->web, &(struct web_answer){404});
    ask(rig, &(struct client_request){
                 .call = API_PLAN, .argument = "../a?b#c 毕%41", .query = {{"version", "x&wait=1 新"}}});
    assert_string_equal(web_request(rig->web)->line, "GET /v1/plans/../a?b#c 毕%41?version=x&wait=1 新");
    ask(rig, &(struct client_request){.call = API_APPLICATION, .query = {{"after", "12"}, {"wait", "25"}}});
    assert_string_equal(web_request(rig->web)->line, "GET /v1/application?after=12&wait=25");
}

static void photo_goes_and_comes_raw(void **state)
{
    struct rig *rig = *state;
    const gsize most = api_entries[API_PUT_PHOTO].request_max;
    g_autofree guint8 *picture = g_malloc(most + 1);
    for (gsize i = 0; i <= most; i++)
        picture[i] = (guint8)(i * 7 + i / 251);
    g_autoptr(GBytes) fits = g_bytes_new_static(picture, most);
    g_autoptr(GBytes) too_long = g_bytes_new_static(picture, most + 1);
    web_answer(rig->web, &(struct web_answer){200, SNAPSHOT});
    struct client_request request = {.call = API_PUT_PHOTO, .raw = fits, .idempotency_key = KEY, .version = 3};
    ask(rig, &request);
    assert_outcome(rig, CLIENT_OK, "photo");
    assert_string_equal(web_request(rig->web)->line, "PUT /v1/application/photo");
    assert_int_equal(web_request(rig->web)->body->len, most);
    assert_memory_equal(web_request(rig->web)->body->data, picture, most);

    request.raw = too_long;
    ask(rig, &request);
    assert_outcome(rig, CLIENT_REFUSED, "photo that is too long");
    assert_string_equal(rig->got.code, "too_large");
    assert_int_equal(web_requests(rig->web), 1); /* it never left */

    web_answer(rig->web, &(struct web_answer){200, (const char *)picture, 300000});
    ask_call(rig, API_GET_PHOTO);
    assert_string_equal(rig->got.text, "300000 bytes");
}

static void connection_is_kept(void **state)
{
    struct rig *rig = *state;
    web_answer(rig->web, &(struct web_answer){200, ME});
    for (int i = 0; i < 5; i++)
        ask_call(rig, API_ME);
    assert_int_equal(web_requests(rig->web), 5);
    assert_int_equal(web_connections(rig->web), 1);
}

static void environment_has_no_say(void **state)
{
    struct rig *rig = *state;
    g_setenv("http_proxy", "http://127.0.0.1:9", TRUE);
    g_setenv("ALL_PROXY", "http://127.0.0.1:9", TRUE);
    web_answer(rig->web, &(struct web_answer){200, ME});
    ask_call(rig, API_ME);
    g_unsetenv("http_proxy");
    g_unsetenv("ALL_PROXY");
    assert_outcome(rig, CLIENT_OK, "with a proxy in the environment");
}

/* ---------------------------------------------------------------- what is answered */

static void outcomes(void **state)
{
    struct rig *rig = *state;
    static const struct {
        const char *name;
        enum api_call call;
        struct web_answer answer;
        enum client_outcome outcome;
        const char *code, *message; /* of the failure */
    } cases[] = {
        {"a person", API_ME, {200, ME}, CLIENT_OK},
        {"created", API_START, {201, SNAPSHOT}, CLIENT_OK},
        {"nothing newer", API_APPLICATION, {304}, CLIENT_UNCHANGED},
        {"nothing newer than a person", API_ME, {304}, CLIENT_GARBLED},
        {"done", API_DELETE_DRAFT, {204}, CLIENT_OK},
        {"done with a body", API_DELETE_DRAFT, {200, "<html>Welcome to our Wi-Fi</html>"}, CLIENT_GARBLED},
        {"alive", API_HEALTH, {200, "whatever"}, CLIENT_OK},
        {"our refusal",
         API_SUBMIT,
         {409, "{\"error\":{\"code\":\"not_allowed\",\"message\":\"还不能提交。\"}}"},
         CLIENT_REFUSED,
         "not_allowed",
         "还不能提交。"},
        {"stale",
         API_SUBMIT,
         {412, "{\"error\":{\"code\":\"stale\",\"more\":{\"a\":1}},\"x\":0}"},
         CLIENT_REFUSED,
         "stale"},
        {"somebody else's refusal", API_ME, {403, "<html>Forbidden</html>"}, CLIENT_REFUSED, "unknown"},
        {"an empty refusal", API_ME, {401}, CLIENT_REFUSED, "unknown"},
        {"a refusal for the terminal",
         API_ME,
         {400, "{\"error\":{\"code\":\"x\",\"message\":\"\\u001b[2J\"}}"},
         CLIENT_REFUSED,
         "unknown"},
        {"our fault", API_ME, {500, "{\"error\":{\"code\":\"internal\"}}"}, CLIENT_FAILED, "internal"},
        {"a proxy's fault", API_ME, {502, "Bad Gateway"}, CLIENT_FAILED, "unknown"},
        {"no content at all", API_ME, {200}, CLIENT_GARBLED},
        {"no JSON", API_ME, {200, "<html>Log in to the network</html>"}, CLIENT_GARBLED},
        {"half of it", API_ME, {200, "{\"exam_no\":\"0101"}, CLIENT_GARBLED},
        {"a list", API_ME, {200, "[]"}, CLIENT_GARBLED},
        {"without a name", API_ME, {200, "{\"exam_no\":\"010124100001\",\"id_no\":\"1\"}"}, CLIENT_GARBLED},
        {"a name with an escape",
         API_ME,
         {200, "{\"exam_no\":\"1\",\"id_no\":\"1\",\"name\":\"\\u001b]52;c;\\u0007\"}"},
         CLIENT_GARBLED},
        {"a state we do not know", API_APPLICATION, {200, "{\"version\":8,\"state\":\"deleted\"}"}, CLIENT_GARBLED},
        {"moved", API_ME, {302, NULL, .location = "/v1/me"}, CLIENT_GARBLED},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        web_answer(rig->web, &cases[i].answer);
        ask_call(rig, cases[i].call);
        assert_outcome(rig, cases[i].outcome, cases[i].name);
        assert_int_equal(rig->got.status, cases[i].answer.status);
        assert_int_equal(g_strcmp0(rig->got.code, cases[i].code), 0);
        assert_int_equal(g_strcmp0(rig->got.message, cases[i].message), 0);
    }
    assert_int_equal(web_requests(rig->web), G_N_ELEMENTS(cases)); /* nothing was followed or sent twice */
}

/* 50 MB are not taken, whether they are announced or not, and whatever their status. */
static void floods_are_cut_off(void **state)
{
    struct rig *rig = *state;
    static const struct web_answer floods[] = {
        {200, .flood = 50000000},
        {200, .flood = 50000000, .chunked = true},
        {409, .flood = 50000000, .chunked = true},
        {500, .flood = 50000000},
    };
    static const enum api_call calls[] = {API_ME, API_LOGOUT, API_GET_PHOTO};
    for (size_t i = 0; i < G_N_ELEMENTS(floods) * G_N_ELEMENTS(calls); i++) {
        gsize before = web_flooded(rig->web);
        web_answer(rig->web, &floods[i % G_N_ELEMENTS(floods)]);
        ask_call(rig, calls[i / G_N_ELEMENTS(floods)]);
        assert_outcome(rig, CLIENT_GARBLED, "flood");
        assert_true(web_flooded(rig->web) - before < 40000000); /* what the kernel buffers at most, and more */
    }
}

static void bytes_that_are_no_answer(void **state)
{
    struct rig *rig = *state;
    g_autofree char *spaces = g_strnfill(200000, ' ');
    g_autofree char *long_head = g_strdup_printf("HTTP/1.1 200 OK\r\nX: %s\r\n\r\n", spaces);
    GString *many_heads = g_string_new("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 20000; i++)
        g_string_append_printf(many_heads, "X-%d: 1\r\n", i);
    const struct {
        const char *name, *bytes;
        bool hold;
        enum client_outcome outcome;
    } cases[] = {
        {"hung up", "", false, CLIENT_UNREACHABLE},
        {"half a status", "HTTP/1.1 2", false, CLIENT_UNREACHABLE},
        {"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"exam_no\":", false, CLIENT_UNREACHABLE},
        {"half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{", false, CLIENT_UNREACHABLE},
        {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n", false, CLIENT_GARBLED},
        {"bytes", "\x80\x81\x82\xff\xfe\x01\x02\x03\r\n\r\n", false, CLIENT_GARBLED},
        {"no such status", "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", false, CLIENT_GARBLED},
        {"a long head", long_head, false, CLIENT_GARBLED},
        {"many heads", many_heads->str, false, CLIENT_GARBLED},
        {"silence", "", true, CLIENT_UNREACHABLE},
        {"silence after the head", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", true, CLIENT_UNREACHABLE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct raw_web *raw = raw_web_new(cases[i].bytes, strlen(cases[i].bytes), cases[i].hold);
        client_set_url(rig->client, raw_web_url(raw));
        ask(rig, &(struct client_request){.call = API_ME, .deadline_ms = cases[i].hold ? 100 : 0});
        assert_outcome(rig, cases[i].outcome, cases[i].name);
        raw_web_free(raw);
    }
    g_string_free(many_heads, TRUE);
}

static void nobody_there(void **state)
{
    struct rig *rig = *state;
    static const char *const urls[] = {
        "http://127.0.0.1:1", "http://no-such-host.invalid", "nonsense", "", "file:///proc/version",
        "ftp://127.0.0.1:1"};
    for (size_t i = 0; i < G_N_ELEMENTS(urls); i++) {
        client_set_url(rig->client, urls[i]);
        ask(rig, &(struct client_request){.call = API_HEALTH, .deadline_ms = 5000});
        assert_true(rig->got.outcome == CLIENT_UNREACHABLE || rig->got.outcome == CLIENT_GARBLED);
        assert_int_equal(rig->got.status, 0);
        assert_null(rig->got.text);
    }
    client_set_url(rig->client, web_url(rig->web));
    web_answer(rig->web, &(struct web_answer){200, ME});
    ask_call(rig, API_ME);
    assert_outcome(rig, CLIENT_OK, "back again");
}

/* ---------------------------------------------------------------- cancelling, freeing */

static void cancelled_calls_are_silent(void **state)
{
    struct rig *rig = *state;
    struct raw_web *silent = raw_web_new("", 0, true);
    client_set_url(rig->client, raw_web_url(silent));
    guint ticket =
        client_call(rig->client, &(struct client_request){.call = API_ME, .deadline_ms = 100}, on_reply, rig);
    client_cancel(rig->client, ticket);
    client_cancel(rig->client, ticket); /* and again */
    client_cancel(rig->client, 99999);
    client_set_url(rig->client, web_url(rig->web));
    web_answer(rig->web, &(struct web_answer){200, ME});
    ask_call(rig, API_ME);
    assert_int_equal(rig->got.n, 1);
    raw_web_free(silent);
}

static void cancel_other(struct client_reply *reply, gpointer data)
{
    struct rig *rig = data;
    client_cancel(rig->client, rig->other);
    on_reply(reply, rig);
}

/* Both are refused here at once, so both wait for delivery when the first callback cancels the second. */
static void a_call_that_has_ended_can_be_cancelled(void **state)
{
    struct rig *rig = *state;
    g_autofree guint8 *bytes = g_malloc0(api_entries[API_PUT_PHOTO].request_max + 1);
    g_autoptr(GBytes) too_long = g_bytes_new_static(bytes, api_entries[API_PUT_PHOTO].request_max + 1);
    const struct client_request request = {.call = API_PUT_PHOTO, .raw = too_long, .idempotency_key = KEY};
    client_call(rig->client, &request, cancel_other, rig);
    rig->other = client_call(rig->client, &request, on_reply, rig);
    wait_reply(rig);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    assert_int_equal(rig->got.n, 1);
}

static void free_client(struct client_reply *reply, gpointer data)
{
    struct rig *rig = data;
    client_free(rig->client);
    rig->client = NULL;
    on_reply(reply, rig);
}

static void the_client_may_be_freed_from_inside(void **state)
{
    struct rig *rig = *state;
    struct raw_web *silent = raw_web_new("", 0, true);
    client_set_url(rig->client, raw_web_url(silent));
    client_call(rig->client, &(struct client_request){.call = API_ME}, on_reply, rig); /* never answered */
    client_set_url(rig->client, web_url(rig->web));
    web_answer(rig->web, &(struct web_answer){200, ME});
    client_call(rig->client, &(struct client_request){.call = API_ME}, free_client, rig);
    wait_reply(rig);
    assert_string_equal(rig->got.text, "王𬎆");
    while (g_main_context_iteration(NULL, FALSE))
        ;
    assert_int_equal(rig->got.n, 1);
    raw_web_free(silent);
}

static void call_again(struct client_reply *reply, gpointer data)
{
    struct rig *rig = data;
    (void)reply;
    client_call(rig->client, &(struct client_request){.call = API_ME}, on_reply, rig);
}

/* A long poll is under way all the while; other calls pass it. */
static void calls_do_not_wait_for_each_other(void **state)
{
    struct rig *rig = *state;
    struct raw_web *silent = raw_web_new("", 0, true);
    client_set_url(rig->client, raw_web_url(silent));
    guint poll = client_call(rig->client, &(struct client_request){.call = API_APPLICATION, .extra_wait_ms = 25000},
                             on_reply, rig);
    client_set_url(rig->client, web_url(rig->web));
    web_answer(rig->web, &(struct web_answer){200, ME});
    client_call(rig->client, &(struct client_request){.call = API_ME}, call_again, rig);
    wait_reply(rig);
    assert_int_equal(rig->got.n, 1);
    assert_int_equal(web_requests(rig->web), 2);
    client_cancel(rig->client, poll);
    raw_web_free(silent);
}

#define client_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
        client_test(outcomes),
        client_test(floods_are_cut_off),
        client_test(bytes_that_are_no_answer),
        client_test(nobody_there),
        client_test(cancelled_calls_are_silent),
        client_test(a_call_that_has_ended_can_be_cancelled),
        client_test(the_client_may_be_freed_from_inside),
        client_test(calls_do_not_wait_for_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
