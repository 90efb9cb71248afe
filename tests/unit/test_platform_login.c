/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Login: both numbers, what is never told, the lock, sessions that end, passwords that become Argon2id. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define EXAM_NO "010124100007"
#define ID_NO   "14000019980421009X"

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

static int login_status(const struct desk *desk, const char *account, const char *password)
{
    struct reply *reply = desk_login(desk, account, password);
    int status = reply->status;
    reply_free(reply);
    return status;
}

/* R2: either number; people type x and full-width digits and blanks. */
static void both_numbers(void **state)
{
    static const char *const accounts[] = {
        EXAM_NO, ID_NO, "14000019980421009x", "１４０００019980421009Ｘ", " 140000 19980421 009X ", "010124 100007"};
    for (size_t i = 0; i < G_N_ELEMENTS(accounts); i++)
        assert_int_equal(login_status(*state, accounts[i], DESK_PASSWORD), 200);
}

/* Nobody, a wrong password, nonsense: to the letter the same answer. */
static void nothing_is_told(void **state)
{
    static const char *const pairs[][2] = {
        {EXAM_NO, "wrong"},
        {EXAM_NO, "zikao-2026"},
        {"010124199999", DESK_PASSWORD},
        {"140000199804210089", DESK_PASSWORD},
        {"' OR '1'='1", "' OR '1'='1"},
        {"x", "x"},
        {"12345678901234567890123456789012345678901234567890123456789", DESK_PASSWORD},
    };
    g_autofree char *first = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        struct reply *reply = desk_login(*state, pairs[i][0], pairs[i][1]);
        reply_assert(reply, 401, "login_failed");
        if (!first)
            first = g_strdup(reply->body);
        assert_string_equal(reply->body, first);
        reply_free(reply);
    }
}

/* Five failures, by whichever number, then not even the right password; known and unknown numbers alike. */
static void five_failures_lock(void **state)
{
    static const struct {
        const char *tries[5], *then;
    } cases[] = {
        {{"010124100003", "140000199311070025", "010124100003", "140000199311070025", "010124100003"},
         "140000199311070025"},
        {{"010199999999", "010199999999", "010199999999", "010199999999", "010199999999"}, "010199999999"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (size_t n = 0; n < 5; n++)
            assert_int_equal(login_status(*state, cases[i].tries[n], "wrong"), 401);
        struct reply *locked = desk_login(*state, cases[i].then, DESK_PASSWORD);
        reply_assert(locked, 429, "account_locked");
        assert_true(reply_has_header(locked, "Retry-After: 1800"));
        reply_free(locked);
    }
    assert_int_equal(login_status(*state, "010124100004", DESK_PASSWORD), 200); /* others are not concerned */
}

static void a_lock_survives_and_ends(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    for (size_t n = 0; n < 5; n++)
        assert_int_equal(login_status(desk, EXAM_NO, "wrong"), 401);
    desk_reopen(desk, true, "2026-12-02T09:28:00+08:00");
    assert_int_equal(login_status(desk, EXAM_NO, DESK_PASSWORD), 429);
    desk_reopen(desk, true, "2026-12-02T09:31:00+08:00");
    assert_int_equal(login_status(desk, EXAM_NO, DESK_PASSWORD), 200);
    desk_close(desk);
}

/* Four failures, then the right one: counting starts anew. */
static void success_forgives(void **state)
{
    for (int round = 0; round < 2; round++) {
        for (int n = 0; n < 4; n++)
            assert_int_equal(login_status(*state, "010124100005", "wrong"), 401);
        assert_int_equal(login_status(*state, "010124100005", DESK_PASSWORD), 200);
    }
}

static void idle_sessions_end(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    struct guest *guest = guest_new(desk, EXAM_NO);
    desk_reopen(desk, true, "2026-12-02T09:28:00+08:00");
    guest_must(guest, "GET", "/v1/me", NULL, 200); /* used: another 30 minutes */
    desk_reopen(desk, true, "2026-12-02T09:57:00+08:00");
    guest_must(guest, "GET", "/v1/me", NULL, 200);
    desk_reopen(desk, false, "2026-12-02T10:28:00+08:00");
    guest_refused(guest, "GET", "/v1/me", NULL, 401, "session_missing");
    guest_free(guest);
    desk_close(desk);
}

static char *read_database(const struct desk *desk)
{
    static const char *const names[] = {"platform.db", "platform.db-wal"};
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(desk_folder(desk), names[i], NULL);
        g_autofree char *bytes = NULL;
        gsize n = 0;
        if (g_file_get_contents(path, &bytes, &n, NULL))
            for (gsize k = 0; k < n; k++)
                g_string_append_c(all, bytes[k] ? bytes[k] : '.');
    }
    return g_string_free(all, FALSE);
}

/* On disk stands neither a password nor a token; after the first login an Argon2id hash. */
static void secrets_on_disk(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    g_autofree char *before = read_database(desk);
    assert_null(strstr(before, DESK_PASSWORD));
    assert_non_null(strstr(before, "k1:"));
    assert_null(strstr(before, "$argon2id$"));
    struct guest *guest = guest_new(desk, EXAM_NO);
    g_autofree char *after = read_database(desk);
    assert_non_null(strstr(after, "$argon2id$"));
    assert_null(strstr(after, guest->token));
    assert_int_equal(login_status(desk, EXAM_NO, DESK_PASSWORD), 200);
    assert_int_equal(login_status(desk, EXAM_NO, "wrong"), 401);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_numbers),       cmocka_unit_test(nothing_is_told),
        cmocka_unit_test(five_failures_lock), cmocka_unit_test(a_lock_survives_and_ends),
        cmocka_unit_test(success_forgives),   cmocka_unit_test(idle_sessions_end),
        cmocka_unit_test(secrets_on_disk),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
