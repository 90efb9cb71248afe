/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Added courses and their archive, at the real platform. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/archive_rules.h"
#include "wire/api.h"
#include "wire/json.h"

#define ADDED   "/v1/application/added-courses"
#define ARCHIVE "/v1/application/archive"
#define ROW(reason, code, name, day, score)                                                                            \
    "{\"reason\":\"" reason "\",\"code\":\"" code "\",\"name\":\"" name "\",\"passed_on\":\"" day                      \
    "\",\"score\":" score "}"
#define LIST(rows) "{\"courses\":[" rows "]}"
#define ZIP        "PK\x03\x04\x14\x00\x00\x00\x08\x00______________________"

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

static int put_archive(struct guest *guest, const void *bytes, gsize n, const char *code)
{
    g_autofree char *key = g_strdup_printf("archive-%u-%.8s", guest->keys++, guest->token);
    struct reply *reply = guest_send(guest, "PUT", ARCHIVE, key, guest->now->version, bytes, n);
    if (code)
        reply_assert(reply, reply->status, code);
    else if (reply->status != 200)
        print_error("archive: %d %s\n", reply->status, reply->body);
    int status = reply->status;
    reply_free(reply);
    return status;
}

static void refused(struct guest *guest, const char *body, const char *code, const char *field)
{
    struct reply *reply = guest_call(guest, "PUT", ADDED, body);
    g_autofree char *got = reply_field(reply);
    reply_assert(reply, 422, code);
    if (strcmp(got, field) != 0)
        print_error("%s: field %s\n", body, got);
    assert_string_equal(got, field);
    reply_free(reply);
}

static const struct added_course *row(const struct guest *guest, guint i)
{
    assert_true(i < guest->now->added_courses->len);
    return guest->now->added_courses->pdata[i];
}

/* 会计学: mathematics by exemption. The whole list is replaced; the catalogue has the name. */
static void r10_mathematics_by_exemption(void **state)
{
    struct guest *guest = guest_new(*state, "010124100003");
    guest_choose(guest, "120203K");
    guest_must(guest, "PUT", ADDED, LIST(ROW("exemption", "04183", "数学", "2019-10-20", "85")), 200);
    assert_int_equal(guest->now->added_courses->len, 1);
    assert_string_equal(row(guest, 0)->name, "概率论与数理统计（经管类）");
    assert_int_equal(row(guest, 0)->score, 85);
    guest_must(guest, "PUT", ADDED, LIST(ROW("exemption", "04184", "x", "2019-10-20", "60")), 200);
    assert_int_equal(guest->now->added_courses->len, 1);
    assert_string_equal(row(guest, 0)->code, "04184");
    refused(guest, LIST(ROW("exemption", "00292", "x", "2019-10-20", "85")), "added_course_not_exemptible",
            "courses[0].reason");
    assert_string_equal(row(guest, 0)->code, "04184");
    guest_free(guest);
}

/* Each refusal names the row and the member, and changes nothing. */
static void r13_refusals_name_the_field(void **state)
{
    static const char good[] = ROW("old_plan", "99001", "旧课程", "2001-10-20", "70");
    static const struct {
        const char *second, *code, *field;
    } cases[] = {
        {ROW("old_plan", "9900a", "旧课程", "2001-10-20", "70"), "added_course_code", "courses[1].code"},
        {ROW("old_plan", "99002", "旧课程", "2001-02-30", "70"), "added_course_date", "courses[1].passed_on"},
        {ROW("old_plan", "99002", "旧课程", "2026-12-03", "70"), "added_course_date_future", "courses[1].passed_on"},
        {ROW("old_plan", "99002", "旧课程", "1982-12-31", "70"), "added_course_date_early", "courses[1].passed_on"},
        {ROW("old_plan", "99002", "旧课程", "2001-10-20", "59"), "added_course_score", "courses[1].score"},
        {ROW("old_plan", "99002", "旧课程", "2001-10-20", "101"), "bad_field", "courses[1].score"},
        {ROW("old_plan", "99002", "旧课程", "2001-10-20", "\"70\""), "bad_field", "courses[1].score"},
        {ROW("old_plan", "99002", "old", "2001-10-20", "70"), "added_course_name", "courses[1].name"},
        {ROW("old_plan", "99001", "旧课程", "2001-10-20", "70"), "added_course_twice", "courses[1].code"},
        {ROW("exemption", "99002", "旧课程", "2001-10-20", "70"), "added_course_unknown", "courses[1].code"},
        {ROW("gift", "99002", "旧课程", "2001-10-20", "70"), "bad_field", "courses[1].reason"},
        {ROW("practice_card", "00277", "x", "2001-10-20", "70"), "added_course_not_practice", "courses[1].reason"},
        {ROW("old_plan", "99002", "旧课程", "2001-10-20", "70,\"more\":1"), "bad_field", "courses[1].?"},
    };
    struct guest *guest = guest_new(*state, "010124100005");
    guest_choose(guest, "080901");
    int64_t version = guest->now->version;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *body = g_strdup_printf("{\"courses\":[%s,%s]}", good, cases[i].second);
        refused(guest, body, cases[i].code, cases[i].field);
    }
    guest_look(guest);
    assert_int_equal(guest->now->version, version);
    assert_int_equal(guest->now->added_courses->len, 0);
    GString *many = g_string_new("{\"courses\":[");
    for (int i = 0; i < ADDED_COURSES_MAX + 1; i++)
        g_string_append_printf(many, "%s" ROW("old_plan", "99%03d", "旧课程", "2001-10-20", "70"), i ? "," : "", i);
    g_string_append(many, "]}");
    refused(guest, many->str, "bad_field", "courses");
    g_string_free(many, TRUE);
    guest_free(guest);
}

/* 13000 was 00015 before: whoever passed one of them has the course, and adds none of its codes. */
static void r11_old_and_new_codes_are_one_course(void **state)
{
    struct guest *guest = guest_new(*state, "010124100002");
    guest_choose(guest, "120402");
    refused(guest, LIST(ROW("old_plan", "03708", "x", "2010-10-20", "70")), "added_course_on_record",
            "courses[0].code");
    refused(guest, LIST(ROW("old_plan", "15043", "x", "2010-10-20", "70")), "added_course_on_record",
            "courses[0].code");
    refused(
        guest,
        LIST(ROW("old_plan", "00015", "x", "2010-10-20", "70") "," ROW("old_plan", "13000", "x", "2010-10-20", "70")),
        "added_course_twice", "courses[1].code");
    guest_must(guest, "PUT", ADDED, LIST(ROW("old_plan", "00015", "x", "2010-10-20", "70")), 200);
    assert_string_equal(row(guest, 0)->name, "英语（专升本）");
    guest_free(guest);
}

static void r12_archive_is_compulsory(void **state)
{
    struct guest *guest = guest_new(*state, "010124100001");
    guest_choose(guest, "690206");
    assert_int_equal(put_archive(guest, ZIP, sizeof ZIP - 1, NULL), 200); /* may come first */
    assert_string_equal(guest->now->archive, "archive.zip");
    guest_must(guest, "DELETE", ARCHIVE, NULL, 200);
    assert_null(guest->now->archive);
    guest_must(guest, "PUT", ADDED, LIST(ROW("old_plan", "99001", "旧课程", "2001-10-20", "70")), 200);
    assert_false(application_allows(guest->now, EVENT_SUBMIT));
    guest_refused(guest, "POST", "/v1/application/submit", NULL, 409, "application_no_archive");
    assert_int_equal(put_archive(guest, ZIP, sizeof ZIP - 1, NULL), 200);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING); /* added courses are for human eyes */
    guest_refused(guest, "PUT", ADDED, LIST(""), 409, "application_already_submitted");
    guest_refused(guest, "DELETE", ARCHIVE, NULL, 409, "application_already_submitted");
    assert_int_equal(put_archive(guest, ZIP, sizeof ZIP - 1, "application_already_submitted"), 409);
    bool originals = false;
    for (guint i = 0; i < guest->now->checklist->len; i++)
        originals = originals ||
                    strcmp(((struct checklist_item *)guest->now->checklist->pdata[i])->key, "checklist.originals") == 0;
    assert_true(originals);
    guest_free(guest);
}

static void r15_both_are_cleared_together(void **state)
{
    static const char one[] = LIST(ROW("practice_card", "02327", "x", "2008-10-20", "70"));
    struct guest *guest = guest_new(*state, "010124100004");
    guest_choose(guest, "120402");
    for (int way = 0; way < 2; way++) {
        guest_must(guest, "PUT", ADDED, one, 200);
        assert_int_equal(put_archive(guest, "Rar!\x1a\x07\x01\x00____\x0a\x01\x05", 15, NULL), 200);
        assert_string_equal(guest->now->archive, "archive.rar");
        if (way == 0)
            guest_must(guest, "DELETE", ARCHIVE, NULL, 200);
        else
            guest_must(guest, "PUT", ADDED, LIST(""), 200);
        assert_null(guest->now->archive);
        assert_int_equal(guest->now->added_courses->len, 0);
    }
    guest_must(guest, "DELETE", ARCHIVE, NULL, 200); /* with nothing there nothing is wrong */
    guest_free(guest);
}

static void r14_archives_that_are_none(void **state)
{
    struct guest *guest = guest_new(*state, "010124100009");
    guest_choose(guest, "050101");
    assert_int_equal(put_archive(guest, "", 0, "archive_empty"), 422);
    assert_int_equal(put_archive(guest, "\xff\xd8\xff", 3, "archive_format"), 422);
    assert_int_equal(put_archive(guest, "PK\x05\x06__________________", 22, "archive_empty"), 422);
    assert_int_equal(put_archive(guest, "PK\x03\x04\x14\x00\x01\x00________________________", 32, "archive_encrypted"),
                     422);
    guest_look(guest);
    assert_null(guest->now->archive);
    /* The greatest that is taken, and one byte more. */
    g_autofree char *big = g_malloc0(ARCHIVE_MAX_BYTES + 1);
    memcpy(big, ZIP, sizeof ZIP - 1);
    assert_int_equal(put_archive(guest, big, ARCHIVE_MAX_BYTES + 1, "too_large"), 413);
    assert_int_equal(put_archive(guest, big, ARCHIVE_MAX_BYTES, NULL), 200);
    assert_string_equal(guest->now->archive, "archive.zip");
    guest_free(guest);
}

/* Sent again after a lost answer: one effect. */
static void an_archive_sent_twice(void **state)
{
    struct guest *guest = guest_new(*state, "010124100007");
    guest_choose(guest, "690206");
    int64_t version = guest->now->version;
    for (int i = 0; i < 2; i++) {
        struct reply *reply = guest_send(guest, "PUT", ARCHIVE, "the same", version, ZIP, sizeof ZIP - 1);
        assert_int_equal(reply->status, 200);
        reply_free(reply);
    }
    assert_int_equal(guest->now->version, version + 1);
    guest_free(guest);
}

static void the_catalogue(void **state)
{
    static const struct {
        const char *code, *name;
        bool exemptible, practice;
    } cases[] = {
        {"13124", "英语（专）", true, false},
        {"00012", "英语（专）", true, false},
        {"04183", "概率论与数理统计（经管类）", true, false},
        {"00019", "计算机应用基础（实践）", false, true},
        {"00277", "行政管理学", false, false},
    };
    struct guest *guest = guest_new(*state, "010124100007");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/v1/courses/", cases[i].code, NULL);
        struct reply *reply = guest_call(guest, "GET", path, NULL);
        assert_int_equal(reply->status, 200);
        struct api_course *course = wire_read(&api_course_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
        assert_string_equal(course->code, cases[i].code);
        assert_string_equal(course->name, cases[i].name);
        assert_int_equal(course->exemptible, cases[i].exemptible);
        assert_int_equal(course->practice, cases[i].practice);
        assert_true(course->credits > 0);
        record_free(&api_course_record, course);
        reply_free(reply);
    }
    static const char *const unknown[] = {"99999", "1", "%25", "0027'", "000000000000000000000000000000000000"};
    for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++) {
        g_autofree char *path = g_strconcat("/v1/courses/", unknown[i], NULL);
        guest_refused(guest, "GET", path, NULL, 404, "course_unknown");
    }
    guest_free(guest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r10_mathematics_by_exemption),
        cmocka_unit_test(r13_refusals_name_the_field),
        cmocka_unit_test(r11_old_and_new_codes_are_one_course),
        cmocka_unit_test(r12_archive_is_compulsory),
        cmocka_unit_test(r15_both_are_cleared_together),
        cmocka_unit_test(r14_archives_that_are_none),
        cmocka_unit_test_setup_teardown(r15_both_are_cleared_together, open_stumbling_desk, close_desk),
        cmocka_unit_test(the_catalogue),
        cmocka_unit_test(an_archive_sent_twice),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
