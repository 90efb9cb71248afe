/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three windows of a batch, whatever the machine's zone: to the second, each stage with its own, and the batch after. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "platformd/database.h"

#define PLANS                                                                                                          \
    "major_code\tplan_version\tmajor_name\tlevel\tschool\tmin_credits\tmin_courses\telective_min_credits\t"            \
    "requires_prior_degree\n"                                                                                          \
    "690206\tnew\t行政管理\t专科\t山西大学\t6\t1\t0\t0\n"                                                    \
    "690301\tnew\t法律事务\t专科\t山西大学\t6\t1\t0\t0\n"
#define COURSES                                                                                                        \
    "course_code\tmajor_code\tplan_version\tcourse_name\tcredits\ttype\tgroup\tgroup_min_courses\tgroup_min_credits\t" \
    "counts_credit\tsubstitutable\told_codes\n"                                                                        \
    "00277\t690206\tnew\t行政管理学\t6\t必考\t\t\t\t1\t\t\n"                                                    \
    "00277\t690301\tnew\t行政管理学\t6\t必考\t\t\t\t1\t\t\n"
#define CANDIDATES                                                                                                     \
    "exam_no\tid_no\tname\tsex\tmobile\taddress\tcounty_code\tpassword\tphoto_file\tmajors\n"                          \
    "010124100001\t140000200005180029\t王丽娟\t女\t\t\t140105\tZikao-2026\t\t690206/new 690301/new\n"              \
    "010124100002\t140000199503120015\t张晓明\t男\t\t\t140105\tZikao-2026\t\t690206/new\n"
#define RESULTS                                                                                                        \
    "exam_no\tcourse_code\tcourse_name\tcredits\tscore\tpassed_on\tused\texempt\n"                                     \
    "010124100001\t00277\t行政管理学\t6\t80\t2024-04-13\t0\t0\n"                                                  \
    "010124100002\t00277\t行政管理学\t6\t80\t2024-04-13\t0\t0\n"
#define BATCHES                                                                                                        \
    "batch\tapply_from\tapply_to\tpay_from\tpay_to\thandin_from\thandin_to\tfee_fen\n"                                 \
    "2026-2\t2026-12-01T08:00:00+08:00\t2026-12-09T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t"                        \
    "2026-12-11T18:00:00+08:00\t2026-12-01T08:00:00+08:00\t2026-12-15T18:00:00+08:00\t4000\n"                          \
    "2027-1\t2027-05-21T08:00:00+08:00\t2027-05-27T18:00:00+08:00\t2027-05-21T08:00:00+08:00\t"                        \
    "2027-05-27T18:00:00+08:00\t2027-05-21T08:00:00+08:00\t2027-05-27T18:00:00+08:00\t5000\n"

struct season {
    struct desk *desk;
    char *folder;
};

static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static struct season season_open(const char *clock)
{
    struct season season = {.folder = desk_folder_new()};
    put(season.folder, "plans.tsv", PLANS);
    put(season.folder, "plan_courses.tsv", COURSES);
    put(season.folder, "candidates.tsv", CANDIDATES);
    put(season.folder, "results.tsv", RESULTS);
    put(season.folder, "batches.tsv", BATCHES);
    season.desk = desk_open(&(struct desk_options){.import = season.folder, .clock = clock});
    return season;
}

static void season_close(struct season *season)
{
    desk_close(season->desk);
    desk_folder_free(season->folder);
}

/* The same candidate at another time. */
static struct guest *at(struct season *season, struct guest *guest, const char *clock)
{
    desk_reopen(season->desk, false, clock);
    guest_free(guest);
    return guest_new(season->desk, "010124100001");
}

static void change(struct desk *desk, const char *sql)
{
    g_autofree char *path = g_build_filename(desk_folder(desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    assert_true(database_run(db, sql, WITHOUT));
    database_close(db);
}

/* The clock runs on while the test goes on, so the second before the end is looked at, not worked in. */
static void e30_to_the_second(void **state)
{
    static const struct {
        const char *clock;
        bool open;
    } cases[] = {
        {"2026-12-01T07:59:50+08:00", false}, {"2026-12-01T08:00:00+08:00", true}, {"2026-12-09T17:59:40+08:00", true},
        {"2026-12-09T18:00:00+08:00", false}, {"2026-12-09T10:00:00Z", false},     {"2026-12-09T09:59:40Z", true},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct season season = season_open(cases[i].clock);
        struct guest *guest = guest_new(season.desk, "010124100001");
        if (application_allows(guest->now, EVENT_START) != cases[i].open)
            fail_msg("%s", cases[i].clock);
        guest_must(guest, "POST", "/v1/application", NULL, cases[i].open ? 200 : 409);
        guest_free(guest);
        season_close(&season);
    }
}

/* Kiritimati and Honolulu lie a day apart: neither moves 18:00 in Shanxi. */
static void e30_whatever_the_machine_s_zone(void **state)
{
    static const char *const zones[] = {"Pacific/Kiritimati", "Pacific/Honolulu", "UTC", ":nowhere"};
    g_autofree char *before = g_strdup(g_getenv("TZ"));
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
        g_setenv("TZ", zones[i], TRUE);
        struct season season = season_open("2026-12-09T17:59:30+08:00");
        struct guest *guest = guest_new(season.desk, "010124100001");
        guest_choose(guest, "690206");
        guest = at(&season, guest, "2026-12-09T18:00:00+08:00");
        assert_int_equal(guest->now->state, STATE_LAPSED);
        struct reply *reply = guest_call(guest, "GET", "/v1/application", NULL);
        assert_non_null(strstr(reply->body, "\"apply_to\":\"2026-12-09T18:00:00+08:00\""));
        reply_free(reply);
        guest_free(guest);
        season_close(&season);
    }
    if (before)
        g_setenv("TZ", before, TRUE);
    else
        g_unsetenv("TZ");
}

static void submit_with_photo(struct guest *guest)
{
    guest_choose(guest, "690206");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
}

static void pay(struct guest *guest)
{
    g_autofree char *address = guest_order(guest);
    struct reply *page = desk_phone(address, "action=pay");
    assert_int_equal(page->status, 200);
    reply_free(page);
    guest_wait_state(guest, STATE_PAID);
}

/* Each stage goes by its own window: drafts by the first, what was submitted by the second, what was paid by the third. */
static void e30_each_stage_by_its_own_window(void **state)
{
    (void)state;
    struct season season = season_open("2026-12-09T17:00:00+08:00");
    struct guest *guest = guest_new(season.desk, "010124100001"), *draft = guest_new(season.desk, "010124100002");
    guest_choose(draft, "690206");
    submit_with_photo(guest);
    guest = at(&season, guest, "2026-12-09T18:00:00+08:00");
    guest_free(draft);
    draft = guest_new(season.desk, "010124100002");
    assert_int_equal(draft->now->state, STATE_LAPSED);
    assert_int_equal(guest->now->state, STATE_SYSTEM_APPROVED);
    guest = at(&season, guest, "2026-12-11T17:59:00+08:00");
    pay(guest);
    guest = at(&season, guest, "2026-12-11T18:00:00+08:00");
    assert_int_equal(guest->now->state, STATE_PAID); /* a paid one never lapses for the window of payment */
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    guest = at(&season, guest, "2026-12-15T17:59:00+08:00");
    assert_int_equal(guest->now->state, STATE_FORM_SAVED);
    guest = at(&season, guest, "2026-12-15T18:00:00+08:00");
    assert_int_equal(guest->now->state, STATE_LAPSED);
    guest_refused(guest, "POST", "/v1/application", NULL, 409, "application_lapsed");
    guest_free(guest);
    guest_free(draft);
    season_close(&season);
}

static void r25_unpaid_ones_lapse_with_the_window_of_payment(void **state)
{
    (void)state;
    struct season season = season_open("2026-12-09T17:00:00+08:00");
    struct guest *guest = guest_new(season.desk, "010124100001");
    submit_with_photo(guest);
    guest = at(&season, guest, "2026-12-11T18:00:00+08:00");
    assert_int_equal(guest->now->state, STATE_LAPSED);
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}", 409, "application_lapsed");
    guest_free(guest);
    season_close(&season);
}

/* Begun in time, paid after it: the channel's time decides. Expired without, it lapses that moment. */
static void r24_a_payment_begun_in_time(void **state)
{
    (void)state;
    for (int paid = 0; paid < 2; paid++) {
        struct season season = season_open("2026-12-09T17:00:00+08:00");
        struct guest *guest = guest_new(season.desk, "010124100001");
        submit_with_photo(guest);
        guest = at(&season, guest, "2026-12-11T17:55:00+08:00");
        g_autofree char *address = guest_order(guest);
        g_autofree char *path = g_strdup(strstr(address, "/P/"));
        int64_t expires_at = guest->now->order->expires_at;
        guest = at(&season, guest, "2026-12-11T18:01:00+08:00");
        assert_int_equal(guest->now->state, STATE_SYSTEM_APPROVED);
        assert_int_equal(guest->now->order->state, ORDER_PAYING);
        if (paid) {
            g_autofree char *now = g_strconcat(desk_url(season.desk), path, NULL);
            struct reply *page = desk_phone(now, "action=pay");
            assert_non_null(strstr(page->body, "支付成功"));
            reply_free(page);
            guest_look(guest);
            assert_int_equal(guest->now->state, STATE_PAID);
            assert_true(guest->now->order->paid_at > guest->now->window->pay_to);
        }
        g_autofree char *late = clock_format(expires_at);
        guest = at(&season, guest, late);
        assert_int_equal(guest->now->state, paid ? STATE_PAID : STATE_LAPSED);
        guest_free(guest);
        season_close(&season);
    }
}

/* A second rejection is an end of its own and stays; the next batch knows nothing of it, and has a chance of its own. */
static void r26_the_next_batch_starts_afresh(void **state)
{
    (void)state;
    struct season season = season_open("2026-12-09T17:00:00+08:00");
    struct guest *guest = guest_new(season.desk, "010124100001");
    guest_choose(guest, "690206");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    change(season.desk, "UPDATE applications SET state = 'county_rejected'");
    guest_look(guest);
    guest_must(guest, "POST", "/v1/application/reapply", NULL, 200);
    change(season.desk, "UPDATE applications SET state = 'county_rejected' WHERE round = 2");
    guest = at(&season, guest, "2026-12-20T12:00:00+08:00");
    assert_int_equal(guest->now->state, STATE_COUNTY_REJECTED);
    assert_int_equal(guest->now->allowed->len, 0);
    guest = at(&season, guest, "2027-05-21T08:00:00+08:00");
    assert_string_equal(guest->now->batch, "2027-1");
    assert_int_equal(guest->now->state, STATE_NONE);
    guest_choose(guest, "690206");
    assert_int_equal(guest->now->round, 1);
    assert_int_equal(guest->now->fee_fen, 5000);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    change(season.desk, "UPDATE applications SET state = 'county_rejected' WHERE batch = '2027-1'");
    guest_look(guest);
    assert_true(application_allows(guest->now, EVENT_REAPPLY));
    guest_free(guest);
    season_close(&season);
}

/* The first rejection is no end: unused, the chance goes with the window. */
static void r26_the_chance_goes_with_the_window(void **state)
{
    (void)state;
    struct season season = season_open("2026-12-09T17:00:00+08:00");
    struct guest *guest = guest_new(season.desk, "010124100001");
    guest_choose(guest, "690206");
    change(season.desk, "UPDATE applications SET state = 'county_rejected'");
    guest = at(&season, guest, "2026-12-09T18:00:00+08:00");
    assert_int_equal(guest->now->state, STATE_LAPSED);
    guest_free(guest);
    season_close(&season);
}

/* Fee for each row; one course passes one major, so the second is for human eyes (domain.md 9.23). */
static void several_majors(void **state)
{
    (void)state;
    struct season season = season_open("2026-12-02T09:00:00+08:00");
    struct guest *guest = guest_new(season.desk, "010124100001");
    guest_must(guest, "POST", "/v1/application", NULL, 200);
    guest_must(guest, "PUT", "/v1/application/majors",
               "{\"majors\":[{\"code\":\"690206\",\"version\":\"new\"},{\"code\":\"690301\",\"version\":\"new\"}],"
               "\"county\":\"140105\"}",
               200);
    assert_int_equal(guest->now->items->len, 2);
    assert_int_equal(guest->now->fee_fen, 8000);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING);
    guest_free(guest);
    season_close(&season);
}

/* Many at one edge: none is left over. */
static void a_crowd_lapses(void **state)
{
    (void)state;
    struct season season = season_open("2026-12-09T17:00:00+08:00");
    change(season.desk, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)"
                        " INSERT INTO candidates (exam_no, id_no, name, sex)"
                        " SELECT printf('0202%08d', i), printf('x%d', i), '张三', '男' FROM n");
    change(season.desk, "INSERT INTO applications (exam_no, batch, round, state)"
                        " SELECT exam_no, '2026-2', 1, 'draft' FROM candidates WHERE exam_no LIKE '0202%'");
    struct guest *guest = at(&season, guest_new(season.desk, "010124100001"), "2026-12-09T18:00:00+08:00");
    g_autofree char *path = g_build_filename(desk_folder(season.desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    gint64 deadline = g_get_monotonic_time() + DESK_WAIT_MS * 1000;
    int64_t left = 1;
    while (left > 0 && g_get_monotonic_time() < deadline)
        left = database_integer(db, "SELECT count(*) FROM applications WHERE state <> 'lapsed'", WITHOUT, -1);
    assert_int_equal(left, 0);
    database_close(db);
    guest_free(guest);
    season_close(&season);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(e30_to_the_second),
        cmocka_unit_test(e30_whatever_the_machine_s_zone),
        cmocka_unit_test(e30_each_stage_by_its_own_window),
        cmocka_unit_test(r25_unpaid_ones_lapse_with_the_window_of_payment),
        cmocka_unit_test(r24_a_payment_begun_in_time),
        cmocka_unit_test(r26_the_next_batch_starts_afresh),
        cmocka_unit_test(r26_the_chance_goes_with_the_window),
        cmocka_unit_test(several_majors),
        cmocka_unit_test(a_crowd_lapses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
