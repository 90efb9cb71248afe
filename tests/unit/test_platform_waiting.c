/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The long poll: woken at once by a change, 304 when its time is up, and many who wait cost no thread. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "proc.h"

#define WAKE_MS 50

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

static int wait_raw(const struct guest *guest, int64_t after, int wait)
{
    int fd = wire_connect(guest->desk);
    g_autofree char *request =
        g_strdup_printf("GET /v1/application?after=%" G_GINT64_FORMAT "&wait=%d HTTP/1.1\r\nHost: x\r\n"
                        "Authorization: Bearer %s\r\nConnection: close\r\n\r\n",
                        after, wait, guest->token);
    assert_true(fd >= 0);
    wire_send(fd, request);
    return fd;
}

/* Until the platform's own count of those who wait is n. */
static void wait_for_waiting(const struct desk *desk, int n)
{
    g_autofree char *line = g_strdup_printf("\nplatform_waiting_clients %d\n", n);
    gint64 deadline = g_get_monotonic_time() + DESK_WAIT_MS * 1000;
    for (bool there = false; !there;) {
        struct reply *reply = desk_call(desk, "GET", "/metrics", NULL, NULL, 0);
        there = strstr(reply->body, line) != NULL;
        reply_free(reply);
        assert_true(g_get_monotonic_time() < deadline);
    }
}

static void a_change_wakes(void **state)
{
    struct guest *guest = guest_new(*state, "010124100001");
    int fd = wait_raw(guest, guest->now->version, 30);
    wait_for_waiting(*state, 1);
    guest_must(guest, "POST", "/v1/application", NULL, 200);
    gint64 changed = g_get_monotonic_time();
    g_autofree char *answer = wire_receive(fd, NULL, DESK_WAIT_MS);
    gint64 took_ms = (g_get_monotonic_time() - changed) / 1000;
    assert_non_null(strstr(answer, "HTTP/1.1 200 "));
    assert_non_null(strstr(answer, "\"state\":\"draft\""));
    assert_true(took_ms < WAKE_MS);
    (void)close(fd);
    wait_for_waiting(*state, 0);
    guest_free(guest);
}

static void others_do_not_wake(void **state)
{
    struct guest *one = guest_new(*state, "010124100003"), *two = guest_new(*state, "010124100004");
    int fd = wait_raw(one, one->now->version, 1);
    wait_for_waiting(*state, 1);
    guest_must(two, "POST", "/v1/application", NULL, 200);
    g_autofree char *answer = wire_receive(fd, NULL, DESK_WAIT_MS);
    assert_non_null(strstr(answer, "HTTP/1.1 304 "));
    (void)close(fd);
    guest_free(one);
    guest_free(two);
}

static void time_is_up(void **state)
{
    struct guest *guest = guest_new(*state, "010124100005");
    gint64 start = g_get_monotonic_time();
    int fd = wait_raw(guest, guest->now->version, 1);
    g_autofree char *answer = wire_receive(fd, NULL, DESK_WAIT_MS);
    gint64 took_ms = (g_get_monotonic_time() - start) / 1000;
    assert_non_null(strstr(answer, "HTTP/1.1 304 "));
    assert_true(took_ms >= 950 && took_ms < 5000);
    (void)close(fd);
    /* Without waiting, and with an older version: at once. */
    g_autofree char *same = g_strdup_printf("/v1/application?after=%" G_GINT64_FORMAT, guest->now->version);
    guest_must(guest, "GET", same, NULL, 304);
    guest_must(guest, "GET", "/v1/application?after=999999&wait=30", NULL, 200);
    guest_free(guest);
}

static long threads(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/task", pid);
    g_autoptr(GDir) tasks = g_dir_open(path, 0, NULL);
    long n = 0;
    while (tasks && g_dir_read_name(tasks))
        n++;
    return n;
}

/* A hundred who wait: as many threads as before; those of one person beyond the eighth answer the first early. */
static void waiting_costs_no_thread(void **state)
{
    static const char *const people[] = {"010124100001", "010124100002", "010124100003", "010124100004",
                                         "010124100005", "010124100006", "010124100007", "010124100008",
                                         "010124100009", "010124100010"};
    enum { EACH = 8 };
    struct guest *guests[G_N_ELEMENTS(people)];
    int fds[G_N_ELEMENTS(people)][EACH];
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
        guests[i] = guest_new(*state, people[i]);
    pid_t pid = desk_pid(*state);
    long before = threads(pid);
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
        for (int n = 0; n < EACH; n++)
            fds[i][n] = wait_raw(guests[i], guests[i]->now->version, 30);
    wait_for_waiting(*state, EACH * (int)G_N_ELEMENTS(people));
    assert_true(threads(pid) <= before);
    int ninth = wait_raw(guests[0], guests[0]->now->version, 30);
    g_autofree char *answer = wire_receive(fds[0][0], NULL, DESK_WAIT_MS);
    assert_non_null(strstr(answer, "HTTP/1.1 304 "));
    (void)close(ninth);
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
        for (int n = 0; n < EACH; n++)
            (void)close(fds[i][n]);
        guest_free(guests[i]);
    }
}

/* The end does not wait for those who wait: they are told, and the exit is clean. */
static void the_end_is_told(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    int fd = wait_raw(guest, guest->now->version, 30);
    wait_for_waiting(desk, 1);
    guest_free(guest);
    desk_close(desk);
    g_autofree char *answer = wire_receive(fd, NULL, DESK_WAIT_MS);
    assert_non_null(strstr(answer, "HTTP/1.1 503 "));
    assert_non_null(strstr(answer, "\"closing\""));
    (void)close(fd);
}

/* Who asks again while the server ends is sent away as well: nobody is left on the line. */
static void the_end_is_told_again(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    g_autofree char *poll =
        g_strdup_printf("GET /v1/application?after=%" G_GINT64_FORMAT "&wait=30 HTTP/1.1\r\nHost: x\r\n"
                        "Authorization: Bearer %s\r\n\r\n",
                        guest->now->version, guest->token);
    g_autofree char *polls = g_strconcat(poll, poll, NULL);
    int fds[4];
    for (size_t i = 0; i < G_N_ELEMENTS(fds); i++) {
        fds[i] = wire_connect(desk);
        wire_send(fds[i], polls);
    }
    wait_for_waiting(desk, G_N_ELEMENTS(fds));
    guest_free(guest);
    desk_close(desk);
    for (size_t i = 0; i < G_N_ELEMENTS(fds); i++) {
        g_autofree char *answer = wire_receive(fds[i], NULL, DESK_WAIT_MS);
        assert_non_null(strstr(answer, "HTTP/1.1 503 "));
        (void)close(fds[i]);
    }
}

/* Expiry wakes too: the order's ten minutes, the code's five. Shown by an order whose time ran out while nothing ran. */
static void expiry_is_a_change(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    struct guest *guest = guest_new(desk, "010124100002");
    guest_choose(guest, "120402");
    g_autofree char *address = guest_start_degree(guest);
    int64_t version = guest->now->version;
    desk_reopen(desk, true, "2026-12-02T09:04:59.5+08:00");
    g_autofree char *path = g_strdup_printf("/v1/application?after=%" G_GINT64_FORMAT "&wait=10", version);
    guest_look(guest);
    while (guest->now->prior_degree->state == PRIOR_QR_SHOWN) {
        struct reply *reply = guest_call(guest, "GET", path, NULL);
        assert_int_equal(reply->status, 200);
        reply_free(reply);
    }
    assert_int_equal(guest->now->prior_degree->state, PRIOR_EXPIRED);
    assert_true(guest->now->version > version);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_wakes),     cmocka_unit_test(others_do_not_wake),
        cmocka_unit_test(time_is_up),         cmocka_unit_test(waiting_costs_no_thread),
        cmocka_unit_test(the_end_is_told),    cmocka_unit_test(the_end_is_told_again),
        cmocka_unit_test(expiry_is_a_change),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
