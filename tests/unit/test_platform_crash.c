/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at any moment loses nothing that was answered, and nothing happens twice, however many ask at once. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---------------------------------------------------------------- killed in the middle */

static void assert_same_snapshot(struct guest *guest)
{
    struct application *before = record_copy(&application_record, guest->now);
    guest_look(guest);
    /* The port is another one, and with it the address in a code. */
    if (before->order && before->order->qr) {
        g_free(before->order->qr);
        before->order->qr = g_strdup(guest->now->order->qr);
    }
    assert_true(record_equal(&application_record, before, guest->now));
    record_free(&application_record, before);
}

static void kill_and_compare(struct guest *guest)
{
    desk_reopen(guest->desk, true, NULL);
    assert_same_snapshot(guest);
}

static void killed_at_every_step(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.moment_ms = 0});
    struct guest *guest = guest_new(desk, "010124100002");
    guest_choose(guest, "120402");
    kill_and_compare(guest);
    guest_must(guest, "PUT", "/v1/application/english-substitution",
               "{\"major\":\"120402\",\"courses\":[\"00144\",\"00321\"]}", 200);
    guest_must(guest, "PUT", "/v1/draft", "{\"entries\":[{\"key\":\"a\",\"value\":\"b\"}]}", 204);
    g_autofree char *before = guest_start_degree(guest);
    kill_and_compare(guest);
    /* The code on the screen still works: only its port is new. */
    g_autofree char *path = g_ascii_strdown(strstr(before, "/P/"), -1);
    g_autofree char *address = g_strconcat(desk_url(desk), path, NULL);
    struct reply *page = desk_phone(address, "action=authorise");
    assert_int_equal(page->status, 200);
    reply_free(page);
    guest_look(guest);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_VERIFIED);
    kill_and_compare(guest);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    desk_reopen(desk, true, NULL); /* perhaps before the review had its turn: it has it afterwards */
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    desk_reopen(desk, true, NULL);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    g_autofree char *order = guest_order(guest);
    kill_and_compare(guest);
    page = desk_phone(guest->now->order->qr, "action=pay");
    assert_int_equal(page->status, 200);
    reply_free(page);
    desk_reopen(desk, true, NULL);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_PAID);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    kill_and_compare(guest);
    struct reply *draft = guest_call(guest, "GET", "/v1/draft", NULL);
    assert_string_equal(draft->body, "{\"entries\":[{\"key\":\"a\",\"value\":\"b\"}]}");
    reply_free(draft);
    guest_free(guest);
    desk_close(desk);
}

/* A write whose answer was lost with the process: sent again it has the answer it had. */
static void a_lost_answer(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    int64_t version = guest->now->version;
    struct reply *first = guest_send(guest, "POST", "/v1/application", "lost", version, NULL, 0);
    desk_reopen(desk, true, NULL);
    struct reply *again = guest_send(guest, "POST", "/v1/application", "lost", version, NULL, 0);
    assert_int_equal(again->status, 200);
    assert_string_equal(first->body, again->body);
    reply_free(first);
    reply_free(again);
    guest_free(guest);
    desk_close(desk);
}

/* Killed while writes are under way: whatever the database then says, it says whole. */
static void killed_while_writing(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    for (int i = 0; i < 5; i++) {
        int fd = wire_connect(desk);
        g_autofree char *request = g_strdup_printf(
            "POST /v1/application HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: k%d\r\n"
            "If-Match: %d\r\nContent-Length: 0\r\n\r\n",
            guest->token, i, (int)guest->now->version);
        wire_send(fd, request);
        desk_reopen(desk, true, NULL);
        (void)close(fd);
        guest_look(guest);
        assert_true(guest->now->state == STATE_NONE || guest->now->state == STATE_DRAFT);
    }
    guest_free(guest);
    desk_close(desk);
}

/* ---------------------------------------------------------------- at once */

/* Several requests are on their way before the first answer is read; how many were answered with this status? */
static int race(struct guest *guest, const char *method, const char *path, const char *body, const char *key,
                const char *status)
{
    enum { RACERS = 6 };
    int fds[RACERS], winners = 0;
    for (int i = 0; i < RACERS; i++) {
        g_autofree char *own = g_strdup_printf("%s-%d", key, i);
        g_autofree char *request = g_strdup_printf(
            "%s %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nIf-Match: %d\r\n"
            "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
            method, path, guest->token, own, (int)guest->now->version, strlen(body), body);
        fds[i] = wire_connect(guest->desk);
        wire_send(fds[i], request);
    }
    for (int i = 0; i < RACERS; i++) {
        g_autofree char *answer = wire_receive(fds[i], NULL, DESK_WAIT_MS);
        winners += strstr(answer, status) != NULL;
        (void)close(fds[i]);
    }
    guest_look(guest);
    return winners;
}

static void only_one_submits(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.moment_ms = 10});
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    assert_int_equal(race(guest, "POST", "/v1/application/submit", "", "submit", " 200 "), 1);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    guest_look(guest);
    assert_int_equal(race(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}", "order", " 200 "), 1);
    guest_free(guest);
    desk_close(desk);
}

/* Two terminals of the same person: one version, one of them must look again. */
static void two_terminals(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *one = guest_new(desk, "010124100001"), *two = guest_new(desk, "140000200005180029");
    guest_must(one, "POST", "/v1/application", NULL, 200);
    guest_refused(two, "POST", "/v1/application", NULL, 412, "version_stale");
    guest_look(two);
    guest_refused(two, "POST", "/v1/application", NULL, 409, "application_already_started");
    assert_true(record_equal(&application_record, one->now, two->now));
    guest_free(one);
    guest_free(two);
    desk_close(desk);
}

/* The folder belongs to one server. */
static void one_server_per_folder(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    g_autofree char *said = desk_refused(desk_folder(desk), NULL);
    assert_non_null(strstr(said, "another platformd uses this folder"));
    desk_close(desk);
}

/* What is no key and what is no database is told, and left alone. */
static void damaged_files(void **state)
{
    static const struct {
        const char *name, *content, *said;
    } cases[] = {
        {"server.key", "short", "not a key of 32 bytes"},
        {"platform.db", "This is no database, though it is long enough to be looked at as if it were one.",
         "not a database"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *folder = desk_folder_new();
        g_autofree char *path = g_build_filename(folder, cases[i].name, NULL);
        g_autofree char *content = NULL;
        assert_true(g_file_set_contents(path, cases[i].content, -1, NULL));
        g_autofree char *said = desk_refused(folder, NULL);
        assert_non_null(strstr(said, cases[i].said));
        assert_true(g_file_get_contents(path, &content, NULL, NULL));
        assert_string_equal(content, cases[i].content);
        desk_folder_free(folder);
    }
}

/* Ended while a password is being checked: whoever asked is answered. */
static void a_login_at_the_end(void **state)
{
    static const char body[] = "{\"account\":\"010124100001\",\"password\":\"" DESK_PASSWORD "\"}";
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    int fd = wire_connect(desk);
    g_autofree char *request =
        g_strdup_printf("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    wire_send(fd, request);
    /* Answered after the login was read: the next connection is served later than this one. */
    struct reply *reply = desk_call(desk, "GET", "/healthz", NULL, NULL, 0);
    assert_int_equal(reply->status, 200);
    reply_free(reply);
    desk_close(desk);
    g_autofree char *answer = wire_receive(fd, "token", DESK_WAIT_MS);
    assert_non_null(strstr(answer, "HTTP/1.1 200 "));
    (void)close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_every_step), cmocka_unit_test(a_lost_answer),
        cmocka_unit_test(killed_while_writing), cmocka_unit_test(only_one_submits),
        cmocka_unit_test(two_terminals),        cmocka_unit_test(one_server_per_folder),
        cmocka_unit_test(damaged_files),        cmocka_unit_test(a_login_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
