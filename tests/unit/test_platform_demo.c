/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ten demo people are what design 6.4 says of them: by the platform's own answers. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "graduation/candidate.h"
#include "graduation/eligibility.h"
#include "graduation/id_number.h"
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

struct person {
    const char *exam_no, *major;
    int level;
    const char *reasons; /* course codes (or *) of the prejudge's reasons; "" = met */
    enum application_state state;
};

/* clang-format off */
static const struct person people[] = {
    {"010124100001", "690206", LEVEL_JUNIOR, "", STATE_NONE},
    {"010124100002", "120402", LEVEL_BACHELOR, "13000", STATE_NONE},              /* English is to be substituted */
    {"010124100003", "120203K", LEVEL_BACHELOR, "04183 04184 *", STATE_NONE},     /* maths to be added */
    {"010124100004", "120402", LEVEL_BACHELOR, "", STATE_NONE},
    {"010124100005", "080901", LEVEL_BACHELOR, NULL, STATE_NONE},                 /* practice cards, a red card */
    {"010124100006", "690206", LEVEL_JUNIOR, NULL, STATE_COUNTY_REJECTED},
    {"010124100007", "690206", LEVEL_JUNIOR, "", STATE_NONE},
    {"010124100008", "690206", LEVEL_JUNIOR, "", STATE_PAID},
    {"010124100009", "050101", LEVEL_BACHELOR, NULL, STATE_NONE},                 /* two courses short */
    {"010124100010", "690206", LEVEL_JUNIOR, "", STATE_SYSTEM_APPROVED},
};
/* clang-format on */

static void *read_answer(struct guest *guest, const char *path, const struct record_type *type)
{
    struct reply *reply = guest_call(guest, "GET", path, NULL);
    assert_int_equal(reply->status, 200);
    void *record = wire_read(type, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(record);
    reply_free(reply);
    return record;
}

static struct eligibility *prejudge(struct guest *guest, const char *major)
{
    g_autofree char *path = g_strdup_printf("/v1/eligibility?major=%s&version=new", major);
    return read_answer(guest, path, &eligibility_record);
}

static char *reasons_of(const struct eligibility *judged)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < judged->reasons->len; i++) {
        const struct eligibility_reason *reason = judged->reasons->pdata[i];
        assert_true((unsigned char)reason->text[0] >= 0x30);
        if (!strstr(all->str, reason->course ? reason->course : "*"))
            g_string_append_printf(all, "%s%s", all->len ? " " : "", reason->course ? reason->course : "*");
    }
    return g_string_free(all, FALSE);
}

static void assert_person(struct desk *desk, const struct person *person)
{
    struct guest *guest = guest_new(desk, person->exam_no);
    struct candidate *me = read_answer(guest, "/v1/me", &candidate_record);
    const struct candidate_major *major = me->majors->pdata[0];
    assert_string_equal(major->code, person->major);
    assert_int_equal(major->level, person->level);
    assert_int_equal(major->requires_prior_degree, person->level == LEVEL_BACHELOR);
    assert_int_equal(id_number_check(me->id_no, 20261202), ID_OK);
    assert_true(g_str_has_prefix(me->id_no, "140000"));
    assert_int_equal(me->sex, id_number_sex(me->id_no));
    assert_int_equal(guest->now->state, person->state);
    struct eligibility *judged = prejudge(guest, person->major);
    g_autofree char *reasons = reasons_of(judged);
    if (person->reasons)
        assert_string_equal(reasons, person->reasons);
    assert_int_equal(judged->verdict, *reasons ? VERDICT_NOT_MET : VERDICT_MET);
    record_free(&eligibility_record, judged);
    record_free(&candidate_record, me);
    guest_free(guest);
}

static void everybody(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(people); i++)
        assert_person(*state, &people[i]);
}

static int course_state_of(const struct eligibility *judged, const char *code)
{
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = judged->courses->pdata[i];
        if (strcmp(course->code, code) == 0)
            return course->state;
    }
    return -1;
}

/* The seed's seventeen courses, worth 84 credits with the thesis, none of them English (seed L43-L47). */
static void the_seeds_candidate(void **state)
{
    struct guest *guest = guest_new(*state, "010124100002");
    struct eligibility *judged = prejudge(guest, "120402");
    int64_t passed = 0, credits = 0;
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = judged->courses->pdata[i];
        if (course->state == COURSE_PASSED) {
            passed++;
            credits += course->credits;
        }
    }
    assert_int_equal(passed, 17);
    assert_int_equal(credits, 84);
    assert_int_equal(course_state_of(judged, "13000"), COURSE_TO_SUBSTITUTE);
    record_free(&eligibility_record, judged);
    guest_free(guest);
}

static void two_courses_short(void **state)
{
    struct guest *guest = guest_new(*state, "010124100009");
    struct eligibility *judged = prejudge(guest, "050101");
    int missing = 0, group = 0;
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = judged->courses->pdata[i];
        bool chosen = strcmp(course->code, "13000") == 0 || strcmp(course->code, "14025") == 0;
        bool open = course->state == COURSE_NOT_PASSED || course->state == COURSE_TO_SUBSTITUTE;
        missing += open && !chosen;
        group += open && chosen;
    }
    assert_true((missing == 1 && group == 2) || (missing == 2 && group == 1));
    assert_true(judged->reasons->len >= 2);
    record_free(&eligibility_record, judged);
    guest_free(guest);
}

static void practice_and_old_cards(void **state)
{
    struct guest *guest = guest_new(*state, "010124100005");
    struct eligibility *judged = prejudge(guest, "080901");
    int practice = 0, written = 0;
    for (guint i = 0; i < judged->courses->len; i++) {
        const struct eligibility_course *course = judged->courses->pdata[i];
        if (course->state == COURSE_NOT_PASSED) {
            practice += course->type == COURSE_PRACTICE;
            written += course->type != COURSE_PRACTICE;
        }
    }
    assert_true(practice >= 1);
    assert_true(written >= 1);
    record_free(&eligibility_record, judged);
    guest_free(guest);
}

static void the_rejected_one(void **state)
{
    struct guest *guest = guest_new(*state, "010124100006");
    assert_int_equal(guest->now->round, 1);
    assert_non_null(guest->now->reason);
    assert_true(application_allows(guest->now, EVENT_REAPPLY));
    assert_int_equal(guest->now->added_courses->len, 1);
    const struct application_item *item = guest->now->items->pdata[0];
    assert_string_equal(item->progress, "预审不通过（可重新申请1次）");
    assert_non_null(item->note);
    guest_free(guest);
}

static void the_one_who_paid(void **state)
{
    struct guest *guest = guest_new(*state, "010124100008");
    struct candidate *me = read_answer(guest, "/v1/me", &candidate_record);
    assert_string_equal(me->name, "王\xF0\xAC\x8E\x86");              /* U+2C386 */
    assert_int_equal(guest->now->order->state, ORDER_RECEIPT_ISSUED); /* paid an hour ago */
    assert_true(guest->now->order->paid_at > 0);
    assert_int_equal(guest->now->photo->state, PHOTO_ACCEPTED);
    assert_true(application_allows(guest->now, EVENT_SAVE_FORM));
    struct reply *photo = guest_call(guest, "GET", "/v1/application/photo", NULL);
    assert_int_equal(photo->status, 200);
    reply_free(photo);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    assert_int_equal(guest->now->state, STATE_FORM_SAVED);
    record_free(&candidate_record, me);
    guest_free(guest);
}

static void the_one_with_the_photo(void **state)
{
    struct guest *guest = guest_new(*state, "010124100010");
    assert_int_equal(guest->now->photo->state, PHOTO_REJECTED);
    assert_non_null(guest->now->photo->reason);
    assert_true(application_allows(guest->now, EVENT_PHOTO_MANUAL));
    guest_put_portrait(guest, 409);
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}", 409, "order_photo_first");
    guest_free(guest);
}

static void the_long_name(void **state)
{
    struct guest *guest = guest_new(*state, "010124100007");
    struct candidate *me = read_answer(guest, "/v1/me", &candidate_record);
    assert_string_equal(me->name, "阿卜杜热合曼·买买提江");
    assert_true(g_str_has_suffix(me->id_no, "X"));
    record_free(&candidate_record, me);
    guest_free(guest);
}

/* From a week before to three weeks after, 08:00 to 18:00, whenever the platform was started. */
static void always_open(void **state)
{
    static const char *const clocks[] = {"2026-12-02T00:00:00+08:00", "2027-06-30T23:59:58+08:00",
                                         "2028-02-29T12:00:00+08:00"};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(clocks); i++) {
        struct desk *desk = desk_open(&(struct desk_options){.clock = clocks[i]});
        struct guest *guest = guest_new(desk, "010124100001");
        const struct batch *window = guest->now->window;
        int64_t now = 0;
        assert_true(clock_parse(clocks[i], &now));
        assert_int_equal(clock_day(window->apply_from), clock_day(now - 7 * 86400));
        assert_int_equal(clock_day(window->apply_to), clock_day(now + 21 * 86400));
        assert_int_equal((window->apply_from + 8 * 3600) % 86400, 8 * 3600);
        assert_int_equal((window->handin_to + 8 * 3600) % 86400, 18 * 3600);
        assert_int_equal(window->fee_fen, 4000);
        assert_true(batch_open(window, WINDOW_APPLY, now) && batch_open(window, WINDOW_PAY, now) &&
                    batch_open(window, WINDOW_HANDIN, now));
        guest_free(guest);
        desk_close(desk);
    }
}

/* A restart is no news for anybody. */
static void a_second_start_changes_nothing(void **state)
{
    struct guest *guest = guest_new(*state, "010124100009");
    struct application *before = record_copy(&application_record, guest->now);
    desk_reopen(*state, false, NULL);
    guest_look(guest);
    assert_true(record_equal(&application_record, before, guest->now));
    record_free(&application_record, before);
    guest_free(guest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody),
        cmocka_unit_test(the_seeds_candidate),
        cmocka_unit_test(two_courses_short),
        cmocka_unit_test(practice_and_old_cards),
        cmocka_unit_test(the_rejected_one),
        cmocka_unit_test(the_one_who_paid),
        cmocka_unit_test(the_one_with_the_photo),
        cmocka_unit_test(the_long_name),
        cmocka_unit_test(always_open),
        cmocka_unit_test(a_second_start_changes_nothing),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
