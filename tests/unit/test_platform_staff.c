/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff sessions: the same login as candidates have, and nothing in common with it; who sees which application. */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platformd/database.h"
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

static int login_status(const struct desk *desk, const char *staff_no, const char *password)
{
    struct reply *reply = clerk_login(desk, staff_no, password);
    int status = reply->status;
    reply_free(reply);
    return status;
}

/* ---------------------------------------------------------------- login */

static void who_they_are(void **state)
{
    static const struct {
        const char *staff_no, *name, *county;
        int role;
    } cases[] = {
        {CLERK_COUNTY, "周海燕", "140105", STAFF_COUNTY},
        {CLERK_PROVINCE, "田秀芳", NULL, STAFF_PROVINCE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct clerk *clerk = clerk_new(*state, cases[i].staff_no);
        struct reply *reply = clerk_call(clerk, "GET", "/v1/staff/me", NULL);
        struct api_staff *me = wire_read(&api_staff_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
        assert_non_null(me);
        assert_string_equal(me->staff_no, cases[i].staff_no);
        assert_string_equal(me->name, cases[i].name);
        assert_int_equal(me->role, cases[i].role);
        assert_int_equal(g_strcmp0(me->county, cases[i].county), 0);
        record_free(&api_staff_record, me);
        reply_free(reply);
        clerk_free(clerk);
    }
}

/* Nobody, a wrong password, a candidate's number, nonsense: to the letter the same answer. */
static void nothing_is_told(void **state)
{
    static const char *const pairs[][2] = {
        {CLERK_COUNTY, "wrong"}, {"140105999", DESK_PASSWORD},           {"010124100001", DESK_PASSWORD},
        {"' OR '1'='1", "x"},    {"14010500100000000000", "Zikao-2026"},
    };
    g_autofree char *first = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        struct reply *reply = clerk_login(*state, pairs[i][0], pairs[i][1]);
        reply_assert(reply, 401, "staff_login_failed");
        if (!first)
            first = g_strdup(reply->body);
        assert_string_equal(reply->body, first);
        reply_free(reply);
    }
}

/* Five failures, known or unknown; a candidate with the same number as a name is another account. */
static void five_failures_lock(void **state)
{
    static const char *const numbers[] = {"140502001", "999999999"};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        for (int n = 0; n < 5; n++)
            assert_int_equal(login_status(*state, numbers[i], "wrong"), 401);
        struct reply *locked = clerk_login(*state, numbers[i], DESK_PASSWORD);
        reply_assert(locked, 429, "account_locked");
        assert_true(reply_has_header(locked, "Retry-After: 1800"));
        reply_free(locked);
        struct reply *candidate = desk_login(*state, numbers[i], "wrong");
        reply_assert(candidate, 401, "login_failed");
        reply_free(candidate);
    }
    assert_int_equal(login_status(*state, "140213001", DESK_PASSWORD), 200);
}

static void a_lock_survives_and_ends(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    for (int n = 0; n < 5; n++)
        assert_int_equal(login_status(desk, CLERK_COUNTY, "wrong"), 401);
    desk_reopen(desk, true, "2026-12-02T09:28:00+08:00");
    assert_int_equal(login_status(desk, CLERK_COUNTY, DESK_PASSWORD), 429);
    desk_reopen(desk, true, "2026-12-02T09:31:00+08:00");
    assert_int_equal(login_status(desk, CLERK_COUNTY, DESK_PASSWORD), 200);
    desk_close(desk);
}

static void idle_sessions_end(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    desk_reopen(desk, true, "2026-12-02T09:28:00+08:00");
    clerk_must(clerk, "GET", "/v1/staff/me", NULL, 200);
    desk_reopen(desk, false, "2026-12-02T09:59:00+08:00");
    clerk_refused(clerk, "GET", "/v1/staff/me", NULL, 401, "session_missing");
    clerk_free(clerk);
    desk_close(desk);
}

static void logout_ends_the_session(void **state)
{
    struct clerk *one = clerk_new(*state, CLERK_COUNTY), *two = clerk_new(*state, CLERK_COUNTY);
    clerk_must(one, "DELETE", "/v1/staff/sessions/current", NULL, 204);
    clerk_refused(one, "GET", "/v1/staff/me", NULL, 401, "session_missing");
    clerk_must(two, "GET", "/v1/staff/me", NULL, 200); /* another session of the same person stays */
    clerk_free(one);
    clerk_free(two);
}

/* A password becomes Argon2id at the first login; an imported county move counts at once. */
static void the_role_of_today(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100006");
    static const char *const moved[] = {"UPDATE staff SET county_code = '140302' WHERE staff_no = '" CLERK_COUNTY "'",
                                        NULL};
    clerk_sql(desk, moved);
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT, clerk->now->id);
    clerk_refused(clerk, "GET", path, NULL, 404, "staff_no_application");
    clerk_free(clerk);
    desk_close(desk);
}

static void bad_logins(void **state)
{
    static const struct {
        const char *body;
        int status;
        const char *code, *field;
    } cases[] = {
        {"", 400, "bad_json", ""},
        {"[]", 422, "bad_field", ""},
        {"{\"staff_no\":\"140105001\"}", 422, "bad_field", "password"},
        {"{\"password\":\"x\"}", 422, "bad_field", "staff_no"},
        {"{\"staff_no\":\"\",\"password\":\"x\"}", 422, "bad_field", "staff_no"},
        {"{\"staff_no\":\"140105001\",\"password\":\"\"}", 422, "bad_field", "password"},
        {"{\"staff_no\":140105001,\"password\":\"x\"}", 422, "bad_field", "staff_no"},
        {"{\"staff_no\":\"123456789012345678901\",\"password\":\"x\"}", 422, "bad_field", "staff_no"},
        {"{\"staff_no\":\"1401\\u001b05001\",\"password\":\"x\"}", 422, "bad_field", "staff_no"},
        {"{\"staff_no\":\"140105001\",\"password\":\"x\",\"role\":\"province\"}", 422, "bad_field", "?"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply *reply =
            desk_call(*state, "POST", "/v1/staff/sessions", NULL, cases[i].body, strlen(cases[i].body));
        g_autofree char *field = reply_field(reply);
        reply_assert(reply, cases[i].status, cases[i].code);
        assert_string_equal(field, cases[i].field);
        reply_free(reply);
    }
    g_autofree char *long_password = g_strnfill(129, 'x');
    struct reply *reply = clerk_login(*state, CLERK_COUNTY, long_password);
    reply_assert(reply, 422, "bad_field");
    reply_free(reply);
}

/* ---------------------------------------------------------------- two kinds of token */

/* Every call: a candidate's token is nothing where staff are meant, and the other way round. */
static void tokens_do_not_cross(void **state)
{
    struct guest *guest = guest_new(*state, "010124100001");
    struct clerk *clerk = clerk_new(*state, CLERK_PROVINCE);
    for (size_t call = 0; call < API_CALLS; call++) {
        const struct api_entry *entry = &api_entries[call];
        if (!(entry->flags & API_SESSION))
            continue;
        g_autofree char *path = g_strdup(entry->path);
        g_autofree char *bearer =
            g_strconcat("Authorization: Bearer ", entry->flags & API_STAFF ? guest->token : clerk->token, NULL);
        g_strdelimit(path, "{}", '1');
        const char *headers[] = {bearer, "Idempotency-Key: crossing", "If-Match: 0", NULL};
        struct reply *reply = desk_call(*state, entry->method, path, headers, NULL, 0);
        reply_assert(reply, 401, "session_missing");
        reply_free(reply);
    }
    clerk_must(clerk, "GET", "/v1/staff/me", NULL, 200);
    guest_must(guest, "GET", "/v1/me", NULL, 200);
    guest_free(guest);
    clerk_free(clerk);
}

/* ---------------------------------------------------------------- who sees which application */

static int64_t application_of(struct desk *desk, const char *exam_no)
{
    struct clerk *province = clerk_new(desk, CLERK_PROVINCE);
    clerk_find(province, exam_no);
    int64_t id = province->now->id;
    clerk_free(province);
    return id;
}

/* Another county's application, one that does not exist and what is no number: the same answer, at every call with {id}. */
static void other_counties_are_not_there(void **state)
{
    struct clerk *clerk = clerk_new(*state, CLERK_OTHER);
    g_autofree char *theirs = g_strdup_printf("%" G_GINT64_FORMAT, application_of(*state, "010124100006"));
    const char *const ids[] = {theirs, "999999", "0", "-1", "+1", "1x", "x", "1e3", "99999999999999999999", "%31"};
    for (size_t call = 0; call < API_CALLS; call++) {
        const struct api_entry *entry = &api_entries[call];
        for (size_t i = 0; entry->flags & API_STAFF && strchr(entry->path, '{') && i < G_N_ELEMENTS(ids); i++) {
            g_auto(GStrv) parts = g_strsplit(entry->path, "{id}", 2);
            g_autofree char *path = g_strconcat(parts[0], ids[i], parts[1], NULL);
            struct reply *reply = clerk_send(clerk, entry->method, path, "probe", 1, entry->request ? "{}" : NULL);
            reply_assert(reply, 404, "staff_no_application");
            reply_free(reply);
        }
    }
    struct api_reviews *list = clerk_list(clerk, "exam_no=010124100006");
    assert_int_equal(list->reviews->len, 0);
    record_free(&api_reviews_record, list);
    clerk_free(clerk);
}

/* The list, page by page: nothing but the own county's; the province's has all. */
static void lists_keep_to_the_county(void **state)
{
    struct clerk *county = clerk_new(*state, CLERK_COUNTY), *province = clerk_new(*state, CLERK_PROVINCE);
    struct api_reviews *own = clerk_list(county, ""), *all = clerk_list(province, "");
    assert_int_equal(own->reviews->len, 3); /* 006, 008 and 010 of the demo people */
    assert_true(all->reviews->len >= own->reviews->len);
    for (guint i = 0; i < own->reviews->len; i++)
        assert_string_equal(((const struct api_review_line *)own->reviews->pdata[i])->county, "140105");
    record_free(&api_reviews_record, own);
    record_free(&api_reviews_record, all);
    clerk_free(county);
    clerk_free(province);
}

/* ---------------------------------------------------------------- answers kept for those who ask again */

static int64_t answers_kept(const struct desk *desk, const char *actor)
{
    g_autofree char *path = g_build_filename(desk_folder(desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    int64_t kept = database_integer(db, "SELECT count(*) FROM idempotency WHERE actor = ?1", WITH(v_text(actor)), -1);
    database_close(db);
    return kept;
}

/* A candidate's for a week; a whole review, which only waits for a lost answer, for a day. */
static void reviews_are_kept_for_a_day(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100008");
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100008");
    clerk_step(clerk, "handins/%d", 200);
    desk_reopen(desk, false, "2026-12-03T09:00:00+08:00");
    assert_int_equal(answers_kept(desk, "staff:" CLERK_COUNTY), 1);
    desk_reopen(desk, false, "2026-12-03T10:30:00+08:00");
    assert_int_equal(answers_kept(desk, "staff:" CLERK_COUNTY), 0);
    assert_int_equal(answers_kept(desk, "010124100008"), 1);
    desk_reopen(desk, false, "2026-12-09T10:30:00+08:00");
    assert_int_equal(answers_kept(desk, "010124100008"), 0);
    clerk_free(clerk);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_they_are),
        cmocka_unit_test(nothing_is_told),
        cmocka_unit_test(five_failures_lock),
        cmocka_unit_test(a_lock_survives_and_ends),
        cmocka_unit_test(idle_sessions_end),
        cmocka_unit_test(logout_ends_the_session),
        cmocka_unit_test(the_role_of_today),
        cmocka_unit_test(bad_logins),
        cmocka_unit_test(tokens_do_not_cross),
        cmocka_unit_test(other_counties_are_not_there),
        cmocka_unit_test(lists_keep_to_the_county),
        cmocka_unit_test(reviews_are_kept_for_a_day),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
