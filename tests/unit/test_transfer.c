/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the client makes of an answer, be it ever so strange. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "caller.h"

static void outcomes(void **state)
{
    struct caller *caller = *state;
    static const struct {
        const char *name;
        enum api_call call;
        struct web_answer answer;
        enum client_outcome outcome;
        const char *code, *message; /* of the failure */
    } cases[] = {
        {"a person", API_ME, {200, CALLER_PERSON}, CLIENT_OK},
        {"created", API_START, {201, CALLER_SNAPSHOT}, CLIENT_OK},
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
        web_answer(caller->web, &cases[i].answer);
        caller_ask_call(caller, cases[i].call);
        caller_assert(caller, cases[i].outcome, cases[i].name);
        assert_int_equal(caller->got.status, cases[i].answer.status);
        assert_int_equal(g_strcmp0(caller->got.code, cases[i].code), 0);
        assert_int_equal(g_strcmp0(caller->got.message, cases[i].message), 0);
    }
    assert_int_equal(web_requests(caller->web), G_N_ELEMENTS(cases)); /* nothing was followed or sent twice */
}

/* 50 MB are not taken, whether they are announced or not, and whatever their status. */
static void floods_are_cut_off(void **state)
{
    struct caller *caller = *state;
    static const struct web_answer floods[] = {
        {200, .flood = 50000000},
        {200, .flood = 50000000, .chunked = true},
        {409, .flood = 50000000, .chunked = true},
        {500, .flood = 50000000},
    };
    static const enum api_call calls[] = {API_ME, API_LOGOUT, API_GET_PHOTO};
    for (size_t i = 0; i < G_N_ELEMENTS(floods) * G_N_ELEMENTS(calls); i++) {
        gsize before = web_flooded(caller->web);
        web_answer(caller->web, &floods[i % G_N_ELEMENTS(floods)]);
        caller_ask_call(caller, calls[i / G_N_ELEMENTS(floods)]);
        caller_assert(caller, CLIENT_GARBLED, "flood");
        assert_true(web_flooded(caller->web) - before < 40000000); /* what the kernel buffers at most, and more */
    }
}

static void bytes_that_are_no_answer(void **state)
{
    struct caller *caller = *state;
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
        client_set_url(caller->client, raw_web_url(raw));
        caller_ask(caller, &(struct client_request){.call = API_ME, .deadline_ms = cases[i].hold ? 100 : 0});
        caller_assert(caller, cases[i].outcome, cases[i].name);
        raw_web_free(raw);
    }
    g_string_free(many_heads, TRUE);
}

static void their_clock_is_told(void **state)
{
    struct caller *caller = *state;
    static const struct {
        const char *head;
        int64_t date;
    } cases[] = {
        {"204 No Content\r\nDate: Tue, 01 Dec 2026 00:00:00 GMT", 1796083200},
        {"204 No Content\r\ndate: Tue, 01 Dec 2026 00:00:00 GMT", 1796083200},
        {"403 Forbidden\r\nDate: Tue, 01 Dec 2026 00:00:00 GMT", 1796083200},
        {"204 No Content\r\nX: 1", 0},
        {"204 No Content\r\nDate: ", 0},
        {"204 No Content\r\nDate: soon", 0},
        {"204 No Content\r\nDate: Tue, 41 Dec 2026 00:00:00 GMT", 0},
        {"204 No Content\r\nDate: Mon, 01 Dec 1902 00:00:00 GMT", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *bytes = g_strdup_printf("HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n", cases[i].head);
        struct raw_web *raw = raw_web_new(bytes, strlen(bytes), false);
        client_set_url(caller->client, raw_web_url(raw));
        caller_ask(caller, &(struct client_request){.call = API_DELETE_DRAFT, .idempotency_key = CALLER_KEY});
        assert_int_equal(caller->got.date, cases[i].date);
        raw_web_free(raw);
    }
}

static void nobody_there(void **state)
{
    struct caller *caller = *state;
    static const char *const urls[] = {
        "http://127.0.0.1:1", "http://no-such-host.invalid", "nonsense", "", "file:///proc/version",
        "ftp://127.0.0.1:1"};
    for (size_t i = 0; i < G_N_ELEMENTS(urls); i++) {
        client_set_url(caller->client, urls[i]);
        caller_ask(caller, &(struct client_request){.call = API_HEALTH, .deadline_ms = 5000});
        assert_true(caller->got.outcome == CLIENT_UNREACHABLE || caller->got.outcome == CLIENT_GARBLED);
        assert_int_equal(caller->got.status, 0);
        assert_null(caller->got.text);
    }
    client_set_url(caller->client, web_url(caller->web));
    web_answer(caller->web, &(struct web_answer){200, CALLER_PERSON});
    caller_ask_call(caller, API_ME);
    caller_assert(caller, CLIENT_OK, "back again");
}

#define client_test(name) cmocka_unit_test_setup_teardown(name, caller_set_up, caller_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        client_test(outcomes),
        client_test(floods_are_cut_off),
        client_test(bytes_that_are_no_answer),
        client_test(their_clock_is_told),
        client_test(nobody_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
