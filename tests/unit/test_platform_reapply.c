/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one re-application: what it takes along, that it is one whatever arrives twice, and what the next batch knows of it. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platformd/database.h"

#define REJECTED "010124100006" /* design 6.4 */
#define REAPPLY  "/v1/application/reapply"

static int open_desk(void **state)
{
    *state = desk_open(&(struct desk_options){0});
    return 0;
}

/* Storage fails before each call. */
static int open_stumbling_desk(void **state)
{
    *state = desk_open(&(struct desk_options){.stumbling = true});
    return 0;
}

static int close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

/* What staff or time would have done, beside the server. */
static void change(struct desk *desk, const char *sql)
{
    g_autofree char *path = g_build_filename(desk_folder(desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    assert_true(database_run(db, sql, WITHOUT));
    database_close(db);
}

static int64_t number(struct desk *desk, const char *sql)
{
    g_autofree char *path = g_build_filename(desk_folder(desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    int64_t found = database_integer(db, sql, WITHOUT, -1);
    database_close(db);
    return found;
}

/* Rejected again by the county. */
static void reject(struct desk *desk)
{
    change(desk, "UPDATE applications SET state = 'county_rejected', reason = '再次不符' WHERE exam_no = '" REJECTED
                 "' AND round = 2");
}

static void r26_one_reapplication(void **state)
{
    struct guest *guest = guest_new(*state, REJECTED);
    assert_int_equal(guest->now->state, STATE_COUNTY_REJECTED);
    assert_int_equal(guest->now->round, 1);
    assert_true(application_allows(guest->now, EVENT_REAPPLY));
    g_autofree char *county = g_strdup(guest->now->county);
    guest_must(guest, "POST", REAPPLY, NULL, 200);
    assert_int_equal(guest->now->state, STATE_DRAFT);
    assert_int_equal(guest->now->round, 2);
    assert_string_equal(guest->now->county, county);
    assert_int_equal(guest->now->items->len, 1);
    assert_int_equal(guest->now->added_courses->len, 1);
    assert_non_null(guest->now->archive);
    assert_int_equal(number(*state, "SELECT count(*) FROM audit WHERE event = 'reapply' AND actor = 'candidate'"), 1);
    guest_refused(guest, "POST", REAPPLY, NULL, 409, "application_not_rejected");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING);
    reject(*state);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_COUNTY_REJECTED);
    assert_int_equal(guest->now->allowed->len, 0);
    const struct application_item *item = guest->now->items->pdata[0];
    assert_string_equal(item->progress, "预审不通过（不可再申请）");
    guest_refused(guest, "POST", REAPPLY, NULL, 409, "application_no_second_chance");
    guest_refused(guest, "POST", "/v1/application", NULL, 409, "application_already_started");
    /* Round 1 is still there for whoever asks. */
    assert_int_equal(number(*state, "SELECT count(*) FROM applications WHERE exam_no = '" REJECTED
                                    "' AND round = 1 AND state = 'county_rejected' AND reason IS NOT NULL"),
                     1);
    guest_free(guest);
}

/* The same press twice, another terminal with the version before, a crash between: one round 2. */
static void r26_once_whatever_comes_twice(void **state)
{
    struct desk *desk = *state;
    struct guest *guest = guest_new(desk, REJECTED), *other = guest_new(desk, REJECTED);
    int64_t version = guest->now->version;
    struct reply *first = guest_send(guest, "POST", REAPPLY, "once", version, NULL, 0);
    struct reply *stale = guest_send(other, "POST", REAPPLY, "other", version, NULL, 0);
    assert_int_equal(first->status, 200);
    reply_assert(stale, 412, "version_stale");
    desk_reopen(desk, true, NULL);
    struct reply *again = guest_send(guest, "POST", REAPPLY, "once", version, NULL, 0);
    assert_int_equal(again->status, 200);
    assert_string_equal(again->body, first->body);
    assert_int_equal(number(desk, "SELECT count(*) FROM applications WHERE exam_no = '" REJECTED "'"), 2);
    reply_free(first);
    reply_free(stale);
    reply_free(again);
    guest_free(guest);
    guest_free(other);
}

/* Everything that was typed, proved or counted is there again; the photo that was accepted needs no other. */
static void r26_round_two_takes_all_along(void **state)
{
    struct desk *desk = *state;
    struct guest *guest = guest_new(desk, "010124100002");
    guest_choose(guest, "120402");
    g_autofree char *address = guest_start_degree(guest);
    struct reply *page = desk_phone(address, "action=authorise");
    assert_int_equal(page->status, 200);
    reply_free(page);
    guest_look(guest);
    guest_must(guest, "PUT", "/v1/application/english-substitution",
               "{\"major\":\"120402\",\"courses\":[\"00144\",\"00321\"]}", 200);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_refused(guest, "PUT", "/v1/application/english-substitution", "{\"major\":\"120402\",\"courses\":[]}", 409,
                  "application_already_submitted");
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    change(desk, "UPDATE applications SET state = 'county_rejected' WHERE exam_no = '010124100002'");
    change(desk, "UPDATE degree_authorisations SET failures = 2");
    guest_look(guest);
    guest_must(guest, "POST", REAPPLY, NULL, 200);
    assert_int_equal(guest->now->round, 2);
    assert_int_equal(guest->now->english_substitution->len, 2);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_VERIFIED);
    assert_int_equal(guest->now->prior_degree->tries_left, 1);
    assert_string_equal(guest->now->prior_degree->major, "行政管理");
    assert_int_equal(guest->now->photo->state, PHOTO_ACCEPTED);
    struct reply *photo = guest_call(guest, "GET", "/v1/application/photo", NULL);
    assert_int_equal(photo->status, 200);
    reply_free(photo);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 409);
    g_autofree char *order = guest_order(guest);
    assert_non_null(order);
    guest_free(guest);
}

/* Who was never rejected has no such chance, in any state. */
static void nobody_else_may(void **state)
{
    struct guest *guest = guest_new(*state, "010124100001");
    guest_refused(guest, "POST", REAPPLY, NULL, 409, "application_not_started");
    guest_choose(guest, "690206");
    guest_refused(guest, "POST", REAPPLY, NULL, 409, "application_not_rejected");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_refused(guest, "POST", REAPPLY, NULL, 409, "application_not_rejected");
    guest_free(guest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(r26_one_reapplication, open_stumbling_desk, close_desk),
        cmocka_unit_test_setup_teardown(r26_once_whatever_comes_twice, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(r26_round_two_takes_all_along, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(nobody_else_may, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
