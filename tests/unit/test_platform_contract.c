/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every call of the platform promises: errors, keys, versions, limits, and that nonsense stays outside. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "wire/api.h"
#include "wire/json.h"

static int open_desk(void **state)
{
    *state = desk_open(&(struct desk_options){0});
    return 0;
}

static int close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

#define MAJORS "{\"majors\":[{\"code\":\"690206\",\"version\":\"new\"}],\"county\":\"140105\"}"

/* ---------------------------------------------------------------- paths, methods, sessions */

static void unknown_paths(void **state)
{
    static const struct {
        const char *method, *path;
        int status;
        const char *code;
    } cases[] = {
        {"GET", "/", 404, "path_unknown"},
        {"GET", "/v1", 404, "path_unknown"},
        {"GET", "/V1/me", 404, "path_unknown"},
        {"GET", "/v1/me/", 404, "path_unknown"},
        {"GET", "/v1/plans/", 404, "path_unknown"},
        {"GET", "/v1/plans/a/b", 404, "path_unknown"},
        {"GET", "/v1/application/../me", 404, "path_unknown"},
        {"GET", "/%00", 404, "path_unknown"},
        {"GET", "/v1/%ff%fe", 404, "path_unknown"},
        {"POST", "/v1/me", 405, "method_unknown"},
        {"PATCH", "/v1/application", 405, "method_unknown"},
        {"DELETE", "/v1/application/photo", 405, "method_unknown"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply *reply = desk_call(*state, cases[i].method, cases[i].path, NULL, NULL, 0);
        reply_assert(reply, cases[i].status, cases[i].code);
        if (cases[i].status == 405 && strcmp(cases[i].path, "/v1/application") == 0)
            assert_true(reply_has_header(reply, "Allow: GET, POST"));
        reply_free(reply);
    }
}

/* Every call that needs a session refuses without one, and with a token that is none. */
static void sessions_are_needed(void **state)
{
    static const char *const tokens[] = {
        NULL,
        "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Authorization: Bearer ' OR '1'='1",
        "Authorization: Bearer ",
        "Authorization: Basic dXNlcjpwYXNz",
        "Authorization: Bearer "
        "0123456789012345678901234567890123456789012345678901234567890123456789012345"};
    for (size_t call = 0; call < API_CALLS; call++) {
        const struct api_entry *entry = &api_entries[call];
        for (size_t i = 0; entry->flags & API_SESSION && i < G_N_ELEMENTS(tokens); i++) {
            g_autofree char *path = g_strdup(entry->path);
            g_strdelimit(path, "{}", 'x');
            const char *headers[] = {tokens[i], NULL};
            struct reply *reply = desk_call(*state, entry->method, path, headers, NULL, 0);
            reply_assert(reply, 401, "session_missing");
            assert_true(reply_has_header(reply, "WWW-Authenticate: Bearer"));
            reply_free(reply);
        }
    }
}

/* Terminals count down by it. DESK_CLOCK, not the machine's time, and only once. */
static void answers_say_the_time(void **state)
{
    static const char *const paths[] = {"/healthz", "/v1/me", "/nowhere"};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        struct reply *reply = desk_call(*state, "GET", paths[i], NULL, NULL, 0);
        const char *date = strstr(reply->headers, "\nDate: ");
        assert_non_null(date);
        assert_true(g_str_has_prefix(date, "\nDate: Wed, 02 Dec 2026 01:3"));
        assert_null(strstr(date + 1, "\nDate: "));
        reply_free(reply);
    }
}

static void logout_ends_the_session(void **state)
{
    struct guest *guest = guest_new(*state, "010124100003");
    guest_must(guest, "DELETE", "/v1/sessions/current", NULL, 204);
    guest_refused(guest, "GET", "/v1/me", NULL, 401, "session_missing");
    guest_free(guest);
}

/* ---------------------------------------------------------------- keys and versions */

static void keys_and_versions_are_needed(void **state)
{
    struct guest *guest = guest_new(*state, "010124100004");
    int64_t version = guest->now->version;
    static const struct {
        const char *key;
        int64_t difference; /* from the version; -100 = no header */
        int status;
        const char *code;
    } cases[] = {
        {NULL, 0, 400, "key_missing"},  {"a", -100, 428, "version_missing"},  {"b", -1, 412, "version_stale"},
        {"c", 1, 412, "version_stale"}, {"d", 1000000, 412, "version_stale"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t sent = cases[i].difference == -100 ? -1 : version + cases[i].difference;
        struct reply *reply = guest_send(guest, "POST", "/v1/application", cases[i].key, sent, NULL, 0);
        reply_assert(reply, cases[i].status, cases[i].code);
        reply_free(reply);
    }
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_NONE);
    assert_int_equal(guest->now->version, version);
    guest_free(guest);
}

static void versions_may_be_quoted(void **state)
{
    struct guest *guest = guest_new(*state, "010124100004");
    g_autofree char *bearer = g_strconcat("Authorization: Bearer ", guest->token, NULL);
    static const struct {
        const char *format;
        int status;
    } cases[] = {{"If-Match: W/\"%d\"", 412}, {"If-Match: \"%d", 412}, {"If-Match: *", 412}, {"If-Match: \"%d\"", 200}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *match = g_strdup(cases[i].format);
        char *place = strstr(match, "%d");
        g_autofree char *number = g_strdup_printf("%d", (int)guest->now->version);
        g_autofree char *head = place ? g_strndup(match, (gsize)(place - match)) : g_strdup(match);
        g_autofree char *line = g_strconcat(head, place ? number : "", place ? place + 2 : "", NULL);
        const char *headers[] = {bearer, line, "Idempotency-Key: quoted", NULL};
        struct reply *reply = desk_call(*state, "POST", "/v1/application", headers, NULL, 0);
        assert_int_equal(reply->status, cases[i].status);
        reply_free(reply);
    }
    guest_free(guest);
}

/* The same again: the same answer, nothing done twice; something else under the same key: refused. */
static void a_repeated_write(void **state)
{
    struct guest *guest = guest_new(*state, "010124100001");
    int64_t before = guest->now->version;
    struct reply *first = guest_send(guest, "POST", "/v1/application", "once", before, NULL, 0);
    struct reply *second = guest_send(guest, "POST", "/v1/application", "once", before, NULL, 0);
    assert_int_equal(first->status, 200);
    assert_int_equal(second->status, 200);
    assert_string_equal(first->body, second->body);
    struct reply *other =
        guest_send(guest, "PUT", "/v1/application/majors", "once", guest->now->version, MAJORS, strlen(MAJORS));
    reply_assert(other, 409, "key_reused");
    guest_look(guest);
    assert_int_equal(guest->now->version, before + 1);
    reply_free(first);
    reply_free(second);
    reply_free(other);
    /* A refusal is not kept: the same request is judged anew. */
    struct reply *stale = guest_send(guest, "PUT", "/v1/application/majors", "again", before, MAJORS, strlen(MAJORS));
    struct reply *fresh =
        guest_send(guest, "PUT", "/v1/application/majors", "again", guest->now->version, MAJORS, strlen(MAJORS));
    reply_assert(stale, 412, "version_stale");
    assert_int_equal(fresh->status, 200);
    reply_free(stale);
    reply_free(fresh);
    guest_free(guest);
}

/* Keys belong to one person: the same key of another is another. */
static void keys_are_personal(void **state)
{
    struct guest *one = guest_new(*state, "010124100005"), *two = guest_new(*state, "010124100007");
    struct reply *first = guest_send(one, "POST", "/v1/application", "shared", one->now->version, NULL, 0);
    struct reply *second = guest_send(two, "POST", "/v1/application", "shared", two->now->version, NULL, 0);
    assert_int_equal(first->status, 200);
    assert_int_equal(second->status, 200);
    assert_string_not_equal(one->now->candidate->exam_no, two->now->candidate->exam_no);
    reply_free(first);
    reply_free(second);
    guest_free(one);
    guest_free(two);
}

/* ---------------------------------------------------------------- bodies */

static void bad_bodies(void **state)
{
    struct guest *guest = guest_new(*state, "010124100009");
    guest_must(guest, "POST", "/v1/application", NULL, 200);
    static const struct {
        const char *body;
        int status;
        const char *code, *field;
    } cases[] = {
        {"", 400, "bad_json", ""},
        {"{", 400, "bad_json", ""},
        {"\xff\xfe", 400, "bad_json", ""},
        {"[]", 422, "bad_field", ""},
        {"{} {}", 400, "bad_json", ""},
        {"{\"county\":\"140105\"}", 422, "bad_field", "majors"},
        {"{\"majors\":[],\"county\":\"140105\"}", 422, "application_no_major", "majors"},
        {"{\"majors\":[],\"county\":\"140105\",\"admin\":true}", 422, "bad_field", "?"},
        {"{\"majors\":\"x\",\"county\":\"140105\"}", 422, "bad_field", "majors"},
        {"{\"majors\":[{\"code\":\"120402\",\"version\":\"new\"}],\"county\":\"140105\"}", 422, "major_unknown",
         "majors[0]"},
        {"{\"majors\":[{\"code\":\"050101\",\"version\":\"new\"},{\"code\":\"050101\",\"version\":\"new\"}],"
         "\"county\":\"140105\"}",
         422, "major_twice", "majors[1]"},
        {"{\"majors\":[{\"code\":\"050101\",\"version\":\"new\"}],\"county\":\"999999\"}", 422, "county_unknown",
         "county"},
        {"{\"majors\":[{\"code\":\"'; DROP\",\"version\":\"new\"}],\"county\":\"140105\"}", 422, "major_unknown",
         "majors[0]"},
        {"{\"majors\":[{\"code\":\"0501\\u202e01\",\"version\":\"new\"}],\"county\":\"140105\"}", 422, "bad_field",
         "majors[0].code"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply *reply = guest_call(guest, "PUT", "/v1/application/majors", cases[i].body);
        g_autofree char *field = reply_field(reply);
        reply_assert(reply, cases[i].status, cases[i].code);
        assert_string_equal(field, cases[i].field);
        reply_free(reply);
    }
    guest_look(guest);
    assert_int_equal(guest->now->items->len, 0);
    guest_free(guest);
}

/* One byte more than the table allows is refused with 413, whatever it is; the largest allowed is not. */
static void oversized_bodies(void **state)
{
    struct guest *guest = guest_new(*state, "010124100008");
    for (size_t call = 0; call < API_CALLS; call++) {
        const struct api_entry *entry = &api_entries[call];
        if (strchr(entry->path, '{') || strcmp(entry->method, "GET") == 0)
            continue;
        g_autofree char *body = g_strnfill(entry->request_max + 1, ' ');
        struct reply *reply =
            guest_send(guest, entry->method, entry->path, "big", guest->now->version, body, entry->request_max + 1);
        reply_assert(reply, 413, "too_large");
        reply_free(reply);
        if (entry->request_max == 0)
            continue;
        reply = guest_send(guest, entry->method, entry->path, "big", guest->now->version, body, entry->request_max);
        assert_int_not_equal(reply->status, 413);
        assert_int_not_equal(reply->status, 0);
        reply_free(reply);
    }
    guest_free(guest);
}

static long resident_kib(const struct desk *desk)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/status", (int)desk_pid(desk)), *status = NULL;
    assert_true(g_file_get_contents(path, &status, NULL, NULL));
    return strtol(strstr(status, "VmRSS:") + 6, NULL, 10);
}

/* Whoever has no session is told so, and has filled nobody's memory before. */
static void archives_of_strangers(void **state)
{
    struct desk *desk = *state;
    gsize n = API_ARCHIVE_MAX;
    g_autofree char *archive = g_strnfill(n, 'x');
    const char *const headers[] = {"Authorization: Bearer NOBODY", "Idempotency-Key: a", "If-Match: 1", NULL};
    struct reply *reply = desk_call(desk, "PUT", "/v1/application/archive", headers, archive, n);
    reply_assert(reply, 401, "session_missing");
    reply_free(reply);
    long before = resident_kib(desk);
    int fds[4];
    for (size_t i = 0; i < G_N_ELEMENTS(fds); i++) {
        fds[i] = wire_connect(desk);
        wire_send(fds[i], "PUT /v1/application/archive HTTP/1.1\r\nHost: x\r\nContent-Length: 20971520\r\n\r\n");
        archive[n - 1] = '\0'; /* all but the last byte, which never comes */
        wire_send(fds[i], archive);
    }
    assert_in_range(resident_kib(desk), 0, before + 20 * 1024);
    for (size_t i = 0; i < G_N_ELEMENTS(fds); i++)
        (void)close(fds[i]);
}

static void much_larger_bodies(void **state)
{
    struct desk *desk = *state;
    g_autofree char *body = g_strnfill(8 * 1024 * 1024, 'x');
    struct reply *reply = desk_call(desk, "POST", "/v1/sessions", NULL, body, 8 * 1024 * 1024);
    reply_assert(reply, 413, "too_large");
    reply_free(reply);
    /* Ten gigabytes are announced: hung up on. */
    int fd = wire_connect(desk);
    wire_send(fd, "PUT /v1/application/photo HTTP/1.1\r\nHost: x\r\nContent-Length: 10737418240\r\n\r\nx");
    g_autofree char *answer = wire_receive(fd, NULL, DESK_WAIT_MS);
    assert_null(strstr(answer, "HTTP/1.1 2"));
    (void)close(fd);
}

/* ---------------------------------------------------------------- what is not HTTP, or too much of it */

static void raw_nonsense(void **state)
{
    static const char *const cases[] = {
        "GARBAGE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /v1/me HTTP/1.1\r\n\r\n",
        "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: banana\r\n\r\n",
        "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int fd = wire_connect(*state);
        wire_send(fd, cases[i]);
        (void)shutdown(fd, SHUT_WR);
        g_autofree char *answer = wire_receive(fd, NULL, DESK_WAIT_MS);
        assert_null(strstr(answer, " 200 "));
        (void)close(fd);
    }
    struct reply *reply = desk_call(*state, "GET", "/healthz", NULL, NULL, 0);
    assert_int_equal(reply->status, 200);
    reply_free(reply);
}

static void endless_headers(void **state)
{
    g_autofree char *long_path = g_strnfill(100000, 'a');
    g_autofree char *path = g_strconcat("/", long_path, NULL);
    struct reply *reply = desk_call(*state, "GET", path, NULL, NULL, 0);
    assert_int_not_equal(reply->status, 200);
    reply_free(reply);
    g_autofree char *header = g_strconcat("X-Much: ", long_path, NULL);
    const char *headers[] = {header, NULL};
    reply = desk_call(*state, "GET", "/healthz", headers, NULL, 0);
    assert_int_not_equal(reply->status, 200);
    reply_free(reply);
    reply = desk_call(*state, "GET", "/healthz", NULL, NULL, 0);
    assert_int_equal(reply->status, 200);
    reply_free(reply);
}

/* ---------------------------------------------------------------- drafts, queries, metrics */

static void drafts(void **state)
{
    struct guest *guest = guest_new(*state, "010124100006");
    int64_t version = guest->now->version;
    struct reply *empty = guest_call(guest, "GET", "/v1/draft", NULL);
    assert_string_equal(empty->body, "{\"entries\":[]}");
    reply_free(empty);
    static const char body[] = "{\"entries\":[{\"key\":\"awards\",\"value\":\"无\"}]}";
    guest_must(guest, "PUT", "/v1/draft", body, 204);
    struct reply *back = guest_call(guest, "GET", "/v1/draft", NULL);
    assert_string_equal(back->body, body);
    reply_free(back);
    guest_must(guest, "DELETE", "/v1/draft", NULL, 204);
    guest_must(guest, "DELETE", "/v1/draft", NULL, 204);
    back = guest_call(guest, "GET", "/v1/draft", NULL);
    assert_string_equal(back->body, "{\"entries\":[]}");
    reply_free(back);
    guest_look(guest);
    assert_int_equal(guest->now->version, version); /* no part of the snapshot */
    guest_free(guest);
}

static void queries(void **state)
{
    struct guest *guest = guest_new(*state, "010124100002");
    static const struct {
        const char *path;
        int status;
        const char *code;
    } cases[] = {
        {"/v1/me", 200, NULL},
        {"/v1/plans/120402", 200, NULL},
        {"/v1/plans/120402?version=new", 200, NULL},
        {"/v1/plans/120402?version=none", 404, "plan_unknown"},
        {"/v1/plans/999999", 404, "plan_unknown"},
        {"/v1/plans/'%20OR%201=1--", 404, "plan_unknown"},
        {"/v1/eligibility?major=120402&version=new", 200, NULL},
        {"/v1/eligibility?major=690206", 200, NULL},
        {"/v1/eligibility", 422, "bad_field"},
        {"/v1/eligibility?major=120402&version=';DROP%20TABLE%20plans;--", 404, "plan_unknown"},
        {"/v1/application?after=-1", 422, "bad_field"},
        {"/v1/application?after=x", 422, "bad_field"},
        {"/v1/application?wait=31", 422, "bad_field"},
        {"/v1/application?wait=1e3", 422, "bad_field"},
        {"/v1/application?after=0", 200, NULL},
        {"/v1/application/order", 404, "no_order"},
        {"/v1/application/photo", 404, "no_photo"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (cases[i].code)
            guest_refused(guest, "GET", cases[i].path, NULL, cases[i].status, cases[i].code);
        else
            guest_must(guest, "GET", cases[i].path, NULL, cases[i].status);
    }
    guest_free(guest);
}

/* What the terminal is told of a person is masked, and the counters name nobody. */
static void nobody_is_named(void **state)
{
    struct guest *guest = guest_new(*state, "010124100007");
    assert_string_equal(guest->now->candidate->id_no, "140000********009X");
    assert_null(strstr(guest->now->candidate->name, "买买提江"));
    struct reply *metrics = desk_call(*state, "GET", "/metrics", NULL, NULL, 0);
    assert_int_equal(metrics->status, 200);
    assert_non_null(strstr(metrics->body, "platform_requests_total{call=\"POST /v1/sessions\",status=\"200\"}"));
    assert_non_null(strstr(metrics->body, "platform_applications{state=\"paid\"} 1"));
    assert_non_null(strstr(metrics->body, "platform_waiting_clients 0"));
    for (const char *at = metrics->body; *at; at++)
        assert_true(strspn(at, "0123456789") < 12); /* no exam or ID number */
    reply_free(metrics);
    guest_free(guest);
}

static void counted(struct desk *desk, const char *line)
{
    struct reply *metrics = desk_call(desk, "GET", "/metrics", NULL, NULL, 0);
    g_autofree char *whole = g_strconcat("\nplatform_applications{state=", line, "\n", NULL);
    if (!strstr(metrics->body, whole))
        fail_msg("%s is not in %s", whole, metrics->body);
    reply_free(metrics);
}

/* The counters move with the applications, and not with what was refused. */
static void counters_move_along(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    counted(desk, "\"draft\"} 0");
    guest_refused(guest, "POST", "/v1/application/submit", NULL, 409, "application_not_started");
    guest_choose(guest, "690206");
    counted(desk, "\"draft\"} 1");
    counted(desk, "\"system_approved\"} 1"); /* one of the demo people */
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    counted(desk, "\"draft\"} 0");
    counted(desk, "\"submitted\"} 0");
    counted(desk, "\"system_approved\"} 2");
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_paths),
        cmocka_unit_test(sessions_are_needed),
        cmocka_unit_test(answers_say_the_time),
        cmocka_unit_test(logout_ends_the_session),
        cmocka_unit_test(keys_and_versions_are_needed),
        cmocka_unit_test(versions_may_be_quoted),
        cmocka_unit_test(a_repeated_write),
        cmocka_unit_test(keys_are_personal),
        cmocka_unit_test(bad_bodies),
        cmocka_unit_test(oversized_bodies),
        cmocka_unit_test(archives_of_strangers),
        cmocka_unit_test(much_larger_bodies),
        cmocka_unit_test(raw_nonsense),
        cmocka_unit_test(endless_headers),
        cmocka_unit_test(drafts),
        cmocka_unit_test(queries),
        cmocka_unit_test(nobody_is_named),
        cmocka_unit_test(counters_move_along),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
