/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP server alone, in this process: answers at once and later, limits, clients that trickle, and addresses. */
#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "platformd/listen_address.h"
#include "platformd/server.h"

#define REQUEST_MS 150
#define LIMIT      1000
#define WAIT_MS    10000
#define PART       "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"

struct stage {
    struct server *server;
    struct exchange *kept; /* to be answered later */
    int handled;
    gsize body;
    bool too_large;
};

static gsize limit(const struct exchange *exchange, gpointer data)
{
    (void)exchange;
    (void)data;
    return LIMIT;
}

static void reply(struct exchange *exchange, const char *text)
{
    g_autoptr(GBytes) body = g_bytes_new(text, strlen(text));
    exchange_reply(exchange, 200, "text/plain", body);
}

static void handle(struct exchange *exchange, gpointer data)
{
    struct stage *stage = data;
    stage->handled++;
    stage->body = g_bytes_get_size(exchange_body(exchange));
    stage->too_large = exchange_too_large(exchange);
    if (strcmp(exchange_path(exchange), "/later") == 0)
        stage->kept = exchange;
    else
        reply(exchange, exchange_path(exchange));
}

static int open_stage(void **state)
{
    struct stage *stage = g_new0(struct stage, 1);
    struct server_options options = {.listen = "127.0.0.1:0",
                                     .limit = limit,
                                     .handle = handle,
                                     .data = stage,
                                     .request_ms = REQUEST_MS,
                                     .connections = 4,
                                     .bodies = 1500};
    stage->server = server_new(&options, NULL);
    *state = stage;
    return stage->server ? 0 : -1;
}

static int close_stage(void **state)
{
    struct stage *stage = *state;
    server_free(stage->server);
    g_free(stage);
    return 0;
}

static int dial(const struct stage *stage)
{
    g_autoptr(GSocketAddress) address = listen_address_parse(server_url(stage->server) + strlen("http://"), NULL);
    struct sockaddr_storage native;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(g_socket_address_to_native(address, &native, sizeof native, NULL));
    assert_int_equal(connect(fd, (struct sockaddr *)&native, (socklen_t)g_socket_address_get_native_size(address)), 0);
    return fd;
}

static void say(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

static gboolean wake(gpointer data)
{
    (void)data;
    return G_SOURCE_CONTINUE;
}

/* Runs the loop until `until` has come (NULL = the connection's end). */
static char *hear(int fd, const char *until)
{
    GString *all = g_string_new(NULL);
    gint64 deadline = g_get_monotonic_time() + WAIT_MS * G_TIME_SPAN_MILLISECOND;
    guint timer = g_timeout_add(5, wake, NULL);
    char part[512];
    ssize_t n = -1;
    while (n != 0 && !(until && strstr(all->str, until))) {
        assert_true(g_get_monotonic_time() < deadline);
        (void)g_main_context_iteration(NULL, TRUE);
        n = recv(fd, part, sizeof part, MSG_DONTWAIT);
        if (n > 0)
            g_string_append_len(all, part, n);
        else if (n < 0 && errno == ECONNRESET)
            n = 0;
    }
    g_source_remove(timer);
    return g_string_free(all, FALSE);
}

/* Two bodies are more than all may be together: the second is hung up on, and has its turn when the first is through. */
static void no_room_for_a_body(void **state)
{
    struct stage *stage = *state;
    g_autofree char *most = g_strnfill(900, 'x'), *rest = g_strnfill(100, 'x');
    int first = dial(stage), second = dial(stage);
    say(first, PART);
    say(first, most);
    while (server_held(stage->server) < 900)
        (void)g_main_context_iteration(NULL, TRUE);
    say(second, PART);
    say(second, most);
    g_autofree char *nothing = hear(second, NULL);
    assert_string_equal(nothing, "");
    say(first, rest);
    g_autofree char *answer = hear(first, "/x");
    assert_non_null(strstr(answer, "200"));
    assert_int_equal(stage->body, 1000);
    (void)close(first);
    (void)close(second);
    while (server_held(stage->server) > 0)
        (void)g_main_context_iteration(NULL, TRUE);
}

static void at_once_and_again(void **state)
{
    struct stage *stage = *state;
    int fd = dial(stage);
    for (int i = 0; i < 3; i++) {
        say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        g_autofree char *answer = hear(fd, "/hello");
        assert_non_null(strstr(answer, "HTTP/1.1 200 OK\r\n"));
    }
    assert_int_equal(stage->handled, 3);
    assert_int_equal(server_connections(stage->server), 1);
    (void)close(fd);
}

/* Suspended: others are served meanwhile; then the answer comes without anything else happening. */
static void later(void **state)
{
    struct stage *stage = *state;
    int waiting = dial(stage), other = dial(stage);
    say(waiting, "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    say(other, "GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *now = hear(other, "/now");
    assert_non_null(now);
    while (!stage->kept)
        (void)g_main_context_iteration(NULL, TRUE);
    assert_int_equal(recv(waiting, &(char){0}, 1, MSG_DONTWAIT), -1);
    reply(stage->kept, "at last");
    g_autofree char *answer = hear(waiting, "at last");
    assert_non_null(strstr(answer, "200 OK"));
    (void)close(waiting);
    (void)close(other);
}

/* Who went away while waiting is not missed: the answer goes nowhere, nothing breaks. */
static void gone_while_waiting(void **state)
{
    struct stage *stage = *state;
    int fd = dial(stage);
    say(fd, "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    while (!stage->kept)
        (void)g_main_context_iteration(NULL, TRUE);
    (void)close(fd);
    reply(stage->kept, "nobody hears this");
    int next = dial(stage);
    say(next, "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *answer = hear(next, "/next");
    assert_non_null(answer);
    (void)close(next);
}

static void bodies_are_bounded(void **state)
{
    static const struct {
        int length;
        bool too_large;
    } cases[] = {{0, false}, {1, false}, {LIMIT, false}, {LIMIT + 1, true}, {50 * LIMIT, true}};
    struct stage *stage = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int fd = dial(stage);
        g_autofree char *body = g_strnfill((gsize)cases[i].length, 'b');
        g_autofree char *request =
            g_strdup_printf("POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", cases[i].length, body);
        say(fd, request);
        g_autofree char *answer = hear(fd, "/body");
        assert_non_null(answer);
        assert_int_equal(stage->too_large, cases[i].too_large);
        assert_int_equal(stage->body, cases[i].too_large ? 0 : cases[i].length);
        (void)close(fd);
    }
}

static void chunks_are_bounded(void **state)
{
    struct stage *stage = *state;
    int fd = dial(stage);
    say(fd, "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    g_autofree char *chunk = g_strnfill(512, 'c');
    for (int i = 0; i < 4; i++) {
        g_autofree char *framed = g_strdup_printf("200\r\n%s\r\n", chunk);
        say(fd, framed);
    }
    say(fd, "0\r\n\r\n");
    g_autofree char *answer = hear(fd, "/body");
    assert_non_null(answer);
    assert_true(stage->too_large);
    (void)close(fd);
}

/* Nothing, half a line, half a head, half a body: all are cut off, and it never reaches the handler. */
static void those_who_trickle(void **state)
{
    static const char *const cases[] = {"", "GE", "GET / HTTP/1.1\r\nHost: x\r\n",
                                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"};
    struct stage *stage = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int fd = dial(stage);
        if (*cases[i])
            say(fd, cases[i]);
        g_autofree char *answer = hear(fd, NULL);
        assert_null(strstr(answer, "200 OK"));
        (void)close(fd);
    }
    assert_int_equal(stage->handled, 0);
}

/* More than may be: they wait outside and are served when there is room. */
static void too_many_connections(void **state)
{
    struct stage *stage = *state;
    int fds[6];
    for (size_t i = 0; i < G_N_ELEMENTS(fds); i++)
        fds[i] = dial(stage);
    say(fds[5], "GET /last HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *answer = hear(fds[5], "/last"); /* the idle ones were cut off meanwhile */
    assert_non_null(strstr(answer, "200 OK"));
    assert_true(server_connections(stage->server) <= 4);
    for (size_t i = 0; i < G_N_ELEMENTS(fds); i++)
        (void)close(fds[i]);
}

/* A loop with open connections sleeps: it is not run again and again. */
static void an_idle_loop_sleeps(void **state)
{
    struct stage *stage = *state;
    int fd = dial(stage);
    say(fd, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    g_autofree char *answer = hear(fd, "/hello");
    gint64 end = g_get_monotonic_time() + 100 * G_TIME_SPAN_MILLISECOND;
    guint timer = g_timeout_add(100, wake, NULL);
    int turns = 0;
    for (; g_get_monotonic_time() < end; turns++)
        (void)g_main_context_iteration(NULL, TRUE);
    assert_non_null(answer);
    assert_true(turns < 20);
    g_source_remove(timer);
    (void)close(fd);
}

static void addresses(void **state)
{
    static const struct {
        const char *listen, *url;
    } cases[] = {
        {"127.0.0.1:8080", "http://127.0.0.1:99"},
        {"[::1]:8080", "http://[::1]:99"},
        {"0.0.0.0:0", "http://0.0.0.0:99"},
        {"localhost:80", NULL},
        {"127.0.0.1", NULL},
        {"127.0.0.1:", NULL},
        {"127.0.0.1:70000", NULL},
        {"127.0.0.1:80x", NULL},
        {":80", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GSocketAddress) address = listen_address_parse(cases[i].listen, &error);
        assert_int_equal(address != NULL, cases[i].url != NULL);
        assert_int_equal(error != NULL, cases[i].url == NULL);
        g_autofree char *url = address ? listen_address_url(address, 99) : NULL;
        if (url)
            assert_string_equal(url, cases[i].url);
    }
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(at_once_and_again),    ON_STAGE(later),
        ON_STAGE(gone_while_waiting),   ON_STAGE(bodies_are_bounded),
        ON_STAGE(chunks_are_bounded),   ON_STAGE(those_who_trickle),
        ON_STAGE(too_many_connections), ON_STAGE(an_idle_loop_sleeps),
        ON_STAGE(no_room_for_a_body),   cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
