/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff see: lists by what they ask for, page by page among many; one review whole; its files. */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/eligibility.h"
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

static guint listed(struct clerk *clerk, const char *query)
{
    struct api_reviews *list = clerk_list(clerk, query);
    guint n = list->reviews->len;
    record_free(&api_reviews_record, list);
    return n;
}

/* ---------------------------------------------------------------- the list */

static void lists_by_what_is_asked(void **state)
{
    static const struct {
        const char *query;
        guint n;
    } cases[] = {
        {"", 3},
        {"state=paid", 1},
        {"state=county_rejected", 1},
        {"state=county_pending", 0},
        {"photo=rejected", 1},
        {"photo=accepted", 1},
        {"photo=none", 1},
        {"photo=manual_requested", 0},
        {"prior_degree=not_required", 3},
        {"prior_degree=manual_pending", 0},
        {"state=paid&photo=accepted", 1},
        {"state=paid&photo=rejected", 0},
        {"exam_no=010124100010", 1},
        {"exam_no=010124100010&state=paid", 0},
        {"exam_no=010124100010&photo=rejected", 1},
        {"exam_no=%27%20OR%201=1--", 0},
        {"after=999999", 0},
        {"after=0", 3},
    };
    struct clerk *county = clerk_new(*state, CLERK_COUNTY), *province = clerk_new(*state, CLERK_PROVINCE);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (listed(county, cases[i].query) != cases[i].n || listed(province, cases[i].query) != cases[i].n)
            print_error("%s\n", cases[i].query);
        assert_int_equal(listed(county, cases[i].query), cases[i].n);
        assert_int_equal(listed(province, cases[i].query), cases[i].n);
    }
    clerk_free(county);
    clerk_free(province);
}

static void bad_queries(void **state)
{
    static const struct {
        const char *query, *field;
    } cases[] = {
        {"state=x", "state"},    {"state=", "state"},   {"state=PAID", "state"},
        {"photo=paid", "photo"}, {"photo=0", "photo"},  {"prior_degree=yes", "prior_degree"},
        {"after=-1", "after"},   {"after=x", "after"},  {"after=", "after"},
        {"after=1e3", "after"},  {"after=+1", "after"}, {"after=99999999999999999999", "after"},
    };
    struct clerk *clerk = clerk_new(*state, CLERK_COUNTY);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/v1/staff/reviews?", cases[i].query, NULL);
        struct reply *reply = clerk_call(clerk, "GET", path, NULL);
        g_autofree char *field = reply_field(reply);
        reply_assert(reply, 422, "bad_field");
        assert_string_equal(field, cases[i].field);
        reply_free(reply);
    }
    clerk_free(clerk);
}

static void a_line_says_what_matters(void **state)
{
    struct clerk *clerk = clerk_new(*state, CLERK_COUNTY);
    struct api_reviews *list = clerk_list(clerk, "exam_no=010124100006");
    const struct api_review_line *line = list->reviews->pdata[0];
    assert_string_equal(line->name, "刘志强");
    assert_string_equal(line->majors, "行政管理（专科）");
    assert_string_equal(line->county, "140105");
    assert_int_equal(line->round, 1);
    assert_int_equal(line->state, STATE_COUNTY_REJECTED);
    assert_int_equal(line->photo, PHOTO_NONE);
    assert_int_equal(line->prior_degree, PRIOR_NOT_REQUIRED);
    assert_int_equal(line->added_courses, 1);
    assert_int_equal(list->next, 0);
    record_free(&api_reviews_record, list);
    clerk_free(clerk);
}

/* ---------------------------------------------------------------- among many */

#define MANY 5000 /* of them one in a thousand has a photo at the county */

static void fill(const struct desk *desk)
{
    static const char *const statements[] = {
        "INSERT INTO candidates SELECT printf('0201241%05d', value), printf('14000019%010d', value), '某某', '男', "
        "NULL,"
        " NULL, '140105', NULL, NULL FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"
        " WHERE value < " G_STRINGIFY(MANY) ") SELECT value FROM n)",
        "INSERT INTO applications (exam_no, batch, round, state, county) SELECT exam_no, (SELECT batch FROM batches), "
        "1,"
        " CASE WHEN CAST(substr(exam_no, 8) AS INTEGER) % 50 = 0 THEN 'county_pending' ELSE 'draft' END,"
        " CASE WHEN CAST(substr(exam_no, 8) AS INTEGER) % 2 = 0 THEN '140105' ELSE '140106' END"
        " FROM candidates WHERE exam_no LIKE '0201241%'",
        "INSERT INTO photos (application, state, width, height, bytes) SELECT id, 'manual_requested', 0, 0, 0"
        " FROM applications WHERE CAST(substr(exam_no, 8) AS INTEGER) % 1000 = 0 AND exam_no LIKE '0201241%'",
        NULL};
    clerk_sql(desk, statements);
}

/* All pages: each id once, in order, none left out. Returns how many; *ret_pages how many calls it took. */
static guint walk(struct clerk *clerk, const char *query, guint *ret_pages)
{
    int64_t last = 0, next = 0;
    guint n = 0;
    *ret_pages = 0;
    do {
        g_autofree char *page = g_strdup_printf("%s&after=%" G_GINT64_FORMAT, query, next);
        struct api_reviews *list = clerk_list(clerk, page);
        assert_true(list->reviews->len <= 100);
        for (guint i = 0; i < list->reviews->len; i++) {
            const struct api_review_line *line = list->reviews->pdata[i];
            assert_true(line->id > last);
            last = line->id;
            n++;
        }
        assert_true(list->next == 0 || list->next > next);
        next = list->next;
        record_free(&api_reviews_record, list);
        (*ret_pages)++;
    } while (next != 0);
    return n;
}

static void pages_have_everything_once(void **state)
{
    (void)state;
    static const struct {
        const char *staff, *query;
        guint n, most_pages;
    } cases[] = {
        {CLERK_COUNTY, "state=county_pending", MANY / 50, 2},
        {CLERK_PROVINCE, "state=county_pending", MANY / 50, 2},
        {CLERK_COUNTY, "state=draft", MANY / 2 - MANY / 50, 25},
        {CLERK_PROVINCE, "state=draft", MANY - MANY / 50, 50},
        {CLERK_COUNTY, "photo=manual_requested", MANY / 1000, 4},
        {CLERK_PROVINCE, "photo=manual_requested", MANY / 1000, 7},
        {CLERK_COUNTY, "state=county_pending&photo=manual_requested", MANY / 1000, 1},
        {CLERK_OTHER, "state=draft", 0, 1},
    };
    struct desk *desk = desk_open(&(struct desk_options){0});
    fill(desk);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct clerk *clerk = clerk_new(desk, cases[i].staff);
        guint pages = 0;
        if (walk(clerk, cases[i].query, &pages) != cases[i].n || pages > cases[i].most_pages)
            fail_msg("%s %s: %u pages", cases[i].staff, cases[i].query, pages);
        clerk_free(clerk);
    }
    desk_close(desk);
}

/* ---------------------------------------------------------------- one review */

static void a_review_is_whole(void **state)
{
    struct desk *desk = *state;
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100006");
    const struct api_review *review = clerk->now;
    assert_string_equal(review->candidate->id_no, "140000199709300011"); /* whole: it is compared with the papers */
    assert_string_equal(review->candidate->name, "刘志强");
    assert_int_equal(review->application->state, STATE_COUNTY_REJECTED);
    assert_int_equal(review->application->added_courses->len, 1);
    assert_int_equal(review->judgements->len, review->application->items->len);
    const struct eligibility *judged = review->judgements->pdata[0];
    assert_string_equal(judged->major_code, "690206");
    bool added = false;
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = judged->courses->pdata[i];
        added = added || (strcmp(course->code, "00292") == 0 && course->state == COURSE_ADDED);
    }
    assert_true(added); /* judged as if the county had approved what was added */
    clerk_free(clerk);
}

/* Round 1 can still be looked at when round 2 has begun; it allows nothing any more. */
static void an_earlier_round_is_kept(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100006");
    int64_t first = clerk->now->id;
    assert_true(clerk->now->application->allowed->len > 0);
    static const char *const second[] = {
        "INSERT INTO applications (exam_no, batch, round, state, county) SELECT exam_no, batch, 2, 'draft', county"
        " FROM applications WHERE exam_no = '010124100006'",
        NULL};
    clerk_sql(desk, second);
    clerk_find(clerk, "010124100006");
    assert_int_not_equal(clerk->now->id, first);
    assert_int_equal(clerk->now->application->round, 2);
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT, first);
    clerk_must(clerk, "GET", path, NULL, 200);
    assert_int_equal(clerk->now->application->round, 1);
    assert_int_equal(clerk->now->application->state, STATE_COUNTY_REJECTED);
    assert_int_equal(clerk->now->application->allowed->len, 0);
    assert_int_equal(clerk->now->may->len, 0);
    clerk_free(clerk);
    desk_close(desk);
}

/* ---------------------------------------------------------------- files */

static void photos_come_as_they_are(void **state)
{
    struct clerk *clerk = clerk_new(*state, CLERK_COUNTY);
    clerk_find(clerk, "010124100010");
    g_autofree char *path = g_strdup_printf("/v1/staff/photos/%" G_GINT64_FORMAT, clerk->now->id);
    struct reply *photo = clerk_call(clerk, "GET", path, NULL);
    assert_int_equal(photo->status, 200);
    assert_int_equal(photo->length, clerk->now->application->photo->bytes);
    assert_memory_equal(photo->body, "\xff\xd8\xff", 3);
    assert_true(reply_has_header(photo, "Content-Type: image/jpeg"));
    assert_true(reply_has_header(photo, "X-Content-Type-Options: nosniff"));
    reply_free(photo);
    clerk_find(clerk, "010124100006");
    g_autofree char *none = g_strdup_printf("/v1/staff/photos/%" G_GINT64_FORMAT, clerk->now->id);
    clerk_refused(clerk, "GET", none, NULL, 404, "staff_no_photo");
    clerk_free(clerk);
}

static void archives_come_as_they_are(void **state)
{
    (void)state;
    static const char *const formats[][3] = {{"zip", "504B0304", "Content-Type: application/zip"},
                                             {"rar", "526172211A07", "Content-Type: application/vnd.rar"}};
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100008");
    g_autofree char *path = g_strdup_printf("/v1/staff/archives/%" G_GINT64_FORMAT, clerk->now->id);
    clerk_refused(clerk, "GET", path, NULL, 404, "staff_no_archive");
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *sql =
            g_strdup_printf("INSERT OR REPLACE INTO archives VALUES (%" G_GINT64_FORMAT ", '%s', x'%s')",
                            clerk->now->id, formats[i][0], formats[i][1]);
        const char *const statements[] = {sql, NULL};
        clerk_sql(desk, statements);
        struct reply *archive = clerk_call(clerk, "GET", path, NULL);
        assert_int_equal(archive->status, 200);
        assert_int_equal(archive->length, strlen(formats[i][1]) / 2);
        assert_true(reply_has_header(archive, formats[i][2]));
        assert_true(reply_has_header(archive, "Content-Disposition: attachment"));
        assert_true(reply_has_header(archive, "X-Content-Type-Options: nosniff"));
        reply_free(archive);
    }
    clerk_free(clerk);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_by_what_is_asked),   cmocka_unit_test(bad_queries),
        cmocka_unit_test(a_line_says_what_matters), cmocka_unit_test(pages_have_everything_once),
        cmocka_unit_test(a_review_is_whole),        cmocka_unit_test(an_earlier_round_is_kept),
        cmocka_unit_test(photos_come_as_they_are),  cmocka_unit_test(archives_come_as_they_are),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
