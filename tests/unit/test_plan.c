/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/settings.h"
#include "base/tsv.h"
#include "rules.h"

#include <string.h>

static void test_course_code(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        bool valid;
    } cases[] = {
        {"00023", true},  {"13000", true}, {"0023", false}, {"000023", false},
        {"0002X", false}, {"", false},     {NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(course_code_valid(cases[i].code), cases[i].valid);
}

static void test_passed(void **state)
{
    (void)state;
    assert_false(result_passed(&(struct result){.score = 59}));
    assert_true(result_passed(&(struct result){.score = 60}));
    assert_true(result_passed(&(struct result){.score = 0, .exempt = true}));
}

static void test_find(void **state)
{
    (void)state;
    struct plan *plan = rules_seed_plan();
    assert_int_equal(plan_course_find(plan, "00144")->credits, 5);
    assert_null(plan_course_find(plan, "0144"));
    record_free(&plan_record, plan);
}

static GPtrArray *read_rows(const struct record_type *type, const char *text)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    return tsv_parse_all(type, text, strlen(text), "test", faults);
}

/* The columns of design 6.2 are the fields of the records, with their words. */
static void test_import_columns(void **state)
{
    (void)state;
    GPtrArray *courses = read_rows(
        &plan_course_record, "course_code\tcourse_name\tcredits\ttype\tgroup\tgroup_min_courses\tgroup_min_credits\t"
                             "counts_credit\tsubstitutable\told_codes\n"
                             "13000\t英语（专升本）\t7\t必考\t\t\t\t1\tenglish-bk\t00015 00012\n"
                             "07998\t毕业考核\t5\t实践\t\t0\t0\t0\t\t\n");
    assert_non_null(courses);
    const struct plan_course *english = g_ptr_array_index(courses, 0);
    assert_int_equal(english->substitutable, SUBSTITUTABLE_ENGLISH_BK);
    assert_int_equal(english->type, COURSE_REQUIRED);
    assert_true(english->counts_credit);
    assert_null(english->group);
    assert_string_equal(english->old_codes, "00015 00012");
    const struct plan_course *thesis = g_ptr_array_index(courses, 1);
    assert_int_equal(thesis->type, COURSE_PRACTICE);
    assert_int_equal(thesis->substitutable, SUBSTITUTABLE_NO);
    assert_false(thesis->counts_credit);
    record_list_free(&plan_course_record, courses);
}

static void test_import_refuses_nonsense(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "course_code\tcourse_name\tcredits\n0034\t社会学概论\t6\n", /* four digits: a spreadsheet ate the zero */
        "course_code\tcourse_name\tcredits\n00034\t社会学概论\t-6\n",
        "course_code\tcourse_name\tcredits\tscore\n00034\t社会学概论\t6\t101\n",
        "course_code\tcourse_name\tcredits\tcolour\n00034\t社会学概论\t6\tred\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_null(read_rows(&result_record, bad[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_course_code),
        cmocka_unit_test(test_passed),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_import_columns),
        cmocka_unit_test(test_import_refuses_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
