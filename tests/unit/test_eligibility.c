/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/eligibility.h"
#include "judged.h"
#include "rules.h"

#include <string.h>

static struct result *seed_result(struct judged_case *scene, const char *code)
{
    for (guint i = 0; i < scene->results->len; i++) {
        struct result *result = g_ptr_array_index(scene->results, i);
        if (strcmp(result->course_code, code) == 0)
            return result;
    }
    return NULL;
}

/* ---------------------------------------------------------------- the seed's candidate, domain.md 4.2 */

static void r03_prejudge_of_the_seed(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    judged_run(&scene, "");
    assert_course(&scene, "13000", COURSE_TO_SUBSTITUTE);
    assert_course(&scene, "00144", COURSE_PASSED);
    assert_reasons(&scene, "4.2/4, R5: eligibility.english_missing 13000 0/0");
    assert_totals(&scene, 16, 78); /* 84 with the thesis (6), which counts neither as course nor as credits */
    assert_int_equal(scene.answer->totals->required_credits, 70);
    assert_int_equal(scene.answer->totals->required_courses, 13);
    assert_int_equal(scene.answer->courses->len, 18);
    assert_string_equal(scene.answer->major_code, "120402");
    judged_clear(&scene);
}

/* The worked example: 00144 (5) + 00321 (5) for English → 45 + 7 + 23 = 75. */
static void r05_electives_for_english(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    judged_run(&scene, "00144 00321");
    assert_reasons(&scene, "");
    assert_totals(&scene, 15, 75);
    assert_course(&scene, "13000", COURSE_SUBSTITUTED);
    assert_int_equal(judged_course(&scene, "13000")->score, -1);
    assert_course(&scene, "00144", COURSE_CONSUMED);
    assert_course(&scene, "00321", COURSE_CONSUMED);
    judged_clear(&scene);
}

/* Eight credits, but of compulsory courses: step 3 fails. */
static void r05_required_courses_for_english(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    judged_run(&scene, "03708 00315");
    assert_reasons(&scene, "4.2/4: eligibility.course_given 03708 0/0; 4.2/4: eligibility.course_given 00315 0/0");
    assert_totals(&scene, 15, 77);
    judged_clear(&scene);
}

static void r05_giving_too_much_costs_the_totals(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    judged_run(&scene, "00277 00312 00144 00321");
    assert_reasons(&scene, "4.2/8: eligibility.total_credits_given  63/70");
    judged_clear(&scene);
}

static void r05_thesis_for_english_is_missed(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    judged_run(&scene, "10304 00144");
    assert_reasons(&scene, "4.2/4: eligibility.course_given 10304 0/0");
    judged_clear(&scene);
}

/* What is not in order takes nothing away. */
static void r07_what_is_not_in_order_takes_nothing_away(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    judged_run(&scene, "00144");
    assert_course(&scene, "00144", COURSE_PASSED);
    assert_course(&scene, "13000", COURSE_TO_SUBSTITUTE);
    assert_reasons(&scene, "R7: substitution.too_few  0/7; 4.2/4, R5: eligibility.english_missing 13000 0/0");
    assert_totals(&scene, 16, 78);
    judged_clear(&scene);
}

static void test_passed_english_needs_no_substitution(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    rules_result(scene.results, "13000", 7, 61);
    judged_run(&scene, "00144 00321"); /* chosen before English was passed */
    assert_reasons(&scene, "");
    assert_totals(&scene, 17, 85);
    assert_course(&scene, "00144", COURSE_PASSED);
    judged_clear(&scene);
}

/* ---------------------------------------------------------------- results */

static void test_passed_or_not(void **state)
{
    (void)state;
    struct judged_case scene = judged_empty(LEVEL_JUNIOR);
    const char *codes[] = {"00001", "00002", "00003", "00004", "00005"};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        rules_course(scene.plan, codes[i], 4, COURSE_REQUIRED);
    rules_result(scene.results, "00001", 4, 60);
    rules_result(scene.results, "00002", 4, 59);
    rules_result(scene.results, "00003", 4, 0)->exempt = true;
    rules_result(scene.results, "00004", 4, 0)->exempt = true;
    ((struct result *)g_ptr_array_index(scene.results, 3))->used = true;
    rules_result(scene.results, "00004", 4, 30); /* a later attempt does not hide that it was passed and used */
    judged_run(&scene, "");
    assert_course(&scene, "00001", COURSE_PASSED);
    assert_course(&scene, "00002", COURSE_NOT_PASSED);
    assert_course(&scene, "00003", COURSE_EXEMPT);
    assert_course(&scene, "00004", COURSE_USED);
    assert_course(&scene, "00005", COURSE_NOT_PASSED);
    assert_totals(&scene, 2, 8);
    assert_reasons(&scene, "4.2/3: eligibility.course_missing 00002 0/0; 4.2/2: eligibility.course_used 00004 0/0; "
                           "4.2/3: eligibility.course_missing 00005 0/0");
    assert_int_equal(judged_course(&scene, "00002")->score, 59);
    assert_null(judged_course(&scene, "00002")->passed_on);
    assert_int_equal(judged_course(&scene, "00003")->score, -1);
    assert_string_equal(judged_course(&scene, "00001")->passed_on, "2023-10-28");
    assert_int_equal(judged_course(&scene, "00005")->score, -1);
    judged_clear(&scene);
}

static void test_passed_twice_counts_once_and_the_better(void **state)
{
    (void)state;
    struct judged_case scene = judged_empty(LEVEL_JUNIOR);
    rules_course(scene.plan, "00001", 4, COURSE_REQUIRED);
    rules_result(scene.results, "00001", 4, 61);
    rules_result(scene.results, "00001", 4, 77);
    rules_result(scene.results, "00001", 4, 99)->used = true;
    judged_run(&scene, "");
    assert_reasons(&scene, "");
    assert_totals(&scene, 1, 4);
    assert_int_equal(judged_course(&scene, "00001")->score, 77);
    assert_int_equal(scene.answer->courses->len, 1);
    judged_clear(&scene);
}

/* Old codes pass a course, each result once, and what must be passed comes first. */
static void test_old_codes(void **state)
{
    (void)state;
    struct judged_case scene = judged_empty(LEVEL_JUNIOR);
    judged_old(rules_course(scene.plan, "15043", 2, COURSE_REQUIRED), "03708 00005");
    judged_old(rules_course(scene.plan, "15044", 4, COURSE_REQUIRED), "03709");
    rules_course(scene.plan, "03709", 4, COURSE_ELECTIVE);
    judged_old(rules_course(scene.plan, "15040", 3, COURSE_REQUIRED), "03708");
    rules_result(scene.results, "03708", 2, 70);
    rules_result(scene.results, "03709", 4, 80);
    judged_run(&scene, "");
    assert_course(&scene, "15043", COURSE_PASSED);
    assert_int_equal(judged_course(&scene, "15043")->score, 70);
    assert_string_equal(judged_course(&scene, "15043")->passed_as, "03708");
    assert_course(&scene, "15044", COURSE_PASSED); /* compulsory, so it comes before the elective of that code */
    assert_course(&scene, "03709", COURSE_NOT_PASSED);
    assert_int_equal(judged_course(&scene, "03709")->score, -1);
    assert_course(&scene, "15040", COURSE_NOT_PASSED); /* 03708 has served already */
    assert_totals(&scene, 2, 6);
    assert_int_equal(scene.answer->courses->len, 4);
    judged_clear(&scene);
}

static void test_courses_outside_the_plan(void **state)
{
    (void)state;
    struct judged_case scene = judged_empty(LEVEL_JUNIOR);
    rules_course(scene.plan, "00001", 4, COURSE_REQUIRED);
    rules_result(scene.results, "00009", 6, 90);
    rules_result(scene.results, "00008", 6, 90)->used = true;
    rules_result(scene.results, "00007", 6, 30);
    rules_result(scene.results, "00001", 4, 90);
    judged_run(&scene, "");
    assert_int_equal(scene.answer->courses->len, 3); /* the plan first; what failed outside of it is nobody's matter */
    assert_string_equal(((struct eligibility_course *)g_ptr_array_index(scene.answer->courses, 0))->code, "00001");
    assert_course(&scene, "00009", COURSE_OUTSIDE);
    assert_course(&scene, "00008", COURSE_USED);
    assert_totals(&scene, 1, 4);
    assert_reasons(&scene, "");
    judged_clear(&scene);
}

/* ---------------------------------------------------------------- groups, electives, practice, totals */

/* Typed 必考 on purpose: within a group the group decides. */
static void add_group(struct judged_case *scene, const char *code, int64_t credits, int64_t courses,
                      int64_t min_credits)
{
    struct plan_course *course = rules_course(scene->plan, code, credits, COURSE_REQUIRED);
    course->group = g_strdup("G1");
    course->group_min_courses = courses;
    course->group_min_credits = min_credits;
}

static void test_choice_groups(void **state)
{
    (void)state;
    static const struct {
        int64_t courses, credits;
        const char *passed, *reasons;
    } cases[] = {
        {1, 0, "00002", ""}, /* 任选一门 */
        {1, 0, "", "4.2/5: eligibility.group_courses 00001 0/1"},
        {2, 0, "00001 00003", ""},
        {2, 0, "00003", "4.2/5: eligibility.group_courses 00001 1/2"},
        {0, 9, "00001 00002", ""},
        {0, 9, "00001 00003", "4.2/5: eligibility.group_credits 00001 7/9"},
        {2, 9, "00003", "4.2/5: eligibility.group_courses 00001 1/2; 4.2/5: eligibility.group_credits 00001 3/9"},
        {0, 0, "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct judged_case scene = judged_empty(LEVEL_JUNIOR);
        add_group(&scene, "00001", 4, cases[i].courses, cases[i].credits);
        add_group(&scene, "00002", 5, cases[i].courses, cases[i].credits);
        add_group(&scene, "00003", 3, cases[i].courses, cases[i].credits);
        g_autoptr(GPtrArray) passed = rules_codes(cases[i].passed);
        for (guint r = 0; r < passed->len; r++)
            rules_result(scene.results, g_ptr_array_index(passed, r), 1, 70);
        judged_run(&scene, "");
        assert_reasons(&scene, cases[i].reasons);
        judged_clear(&scene);
    }
}

/* 任选一门 {13000 | 14025} (domain.md 4.6 P5): English in a group is no reason once the other is passed. */
static void test_english_in_a_group(void **state)
{
    (void)state;
    struct judged_case scene = judged_empty(LEVEL_BACHELOR);
    add_group(&scene, "13000", 7, 1, 0);
    ((struct plan_course *)g_ptr_array_index(scene.plan->courses, 0))->substitutable = SUBSTITUTABLE_ENGLISH_BK;
    add_group(&scene, "14025", 5, 1, 0);
    rules_course(scene.plan, "00037", 8, COURSE_ELECTIVE);
    rules_result(scene.results, "00037", 8, 70);
    judged_run(&scene, "");
    assert_reasons(&scene, "4.2/5: eligibility.group_courses 13000 0/1");
    judged_run(&scene, "00037");
    assert_reasons(&scene, "");
    assert_totals(&scene, 1, 7);
    rules_result(scene.results, "14025", 5, 70);
    judged_run(&scene, "");
    assert_reasons(&scene, "");
    assert_course(&scene, "13000", COURSE_TO_SUBSTITUTE);
    judged_clear(&scene);
}

static void test_practice_additional_and_totals(void **state)
{
    (void)state;
    struct judged_case scene = judged_empty(LEVEL_JUNIOR);
    rules_course(scene.plan, "00001", 4, COURSE_REQUIRED);
    rules_course(scene.plan, "00002", 5, COURSE_ELECTIVE);
    rules_course(scene.plan, "00003", 6, COURSE_ADDITIONAL); /* only some must, nobody knows who (domain.md 4.2/6) */
    rules_course(scene.plan, "00004", 2, COURSE_PRACTICE);
    rules_result(scene.results, "00001", 4, 70);
    scene.plan->min_courses = 3;
    scene.plan->min_credits = 15;
    scene.plan->elective_min_credits = 5;
    judged_run(&scene, "");
    assert_reasons(&scene, "4.2/7: eligibility.practice_missing 00004 0/0; 4.2/5: eligibility.elective_credits  0/5; "
                           "4.2/8: eligibility.total_courses  1/3; 4.2/8: eligibility.total_credits  4/15");
    rules_result(scene.results, "00002", 5, 70);
    rules_result(scene.results, "00003", 6, 70);
    rules_result(scene.results, "00004", 2, 70);
    judged_run(&scene, "");
    assert_reasons(&scene, "");
    assert_totals(&scene, 4, 17);
    judged_clear(&scene);
}

static void test_real_sentences(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    struct messages *messages = rules_messages();
    scene.answer = eligibility_judge(
        &(struct eligibility_case){.plan = scene.plan, .results = scene.results, .substitution = NULL}, message_text,
        messages);
    const struct eligibility_reason *reason = g_ptr_array_index(scene.answer->reasons, 0);
    assert_string_equal(reason->text, "13000 课程13000：尚无合格成绩。可在毕业申请中用总学分不少于7分的其他课程顶替。");
    assert_string_equal(reason->course, "13000");
    record_free(&messages_record, messages);
    judged_clear(&scene);
}

/* ---------------------------------------------------------------- substitution_check (R5, R7) */

static void r05_r07_substitution_check(void **state)
{
    (void)state;
    static const struct {
        const char *codes;
        enum substitution_fault fault;
    } cases[] = {
        {"", SUBSTITUTION_OK},
        {"00144 00321", SUBSTITUTION_OK},
        {"03708 00144", SUBSTITUTION_OK}, /* exactly seven */
        {"00034", SUBSTITUTION_TOO_FEW},
        {"03708 01848", SUBSTITUTION_TOO_FEW}, /* six */
        {"00144 00144", SUBSTITUTION_DUPLICATE},
        {"00144 13000", SUBSTITUTION_IS_ENGLISH},
        {"00144 00015", SUBSTITUTION_IS_ENGLISH},
        {"00144 99999", SUBSTITUTION_NOT_PASSED},
        {"00144 00009", SUBSTITUTION_NOT_PASSED},
        {"00144 00008", SUBSTITUTION_USED},
        {"00144 00007", SUBSTITUTION_OK}, /* passed outside the plan, never used */
    };
    struct judged_case scene = judged_seed();
    ((struct plan_course *)plan_course_find(scene.plan, "13000"))->old_codes = g_strdup("00015");
    rules_result(scene.results, "00009", 6, 59);
    rules_result(scene.results, "00008", 6, 90)->used = true;
    rules_result(scene.results, "00007", 2, 90);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        enum substitution_fault fault = judged_check(&scene, cases[i].codes);
        if (fault != cases[i].fault)
            fail_msg("%s: %s", cases[i].codes, substitution_fault_words[fault]);
    }
    judged_clear(&scene);
}

/* The judgement lists a course under the plan's code also when an old one was passed: both name the same result. */
static void test_substitution_by_either_code(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    ((struct plan_course *)plan_course_find(scene.plan, "00144"))->old_codes = g_strdup("00145");
    struct result *old = seed_result(&scene, "00144");
    g_free(old->course_code);
    old->course_code = g_strdup("00145");
    old->credits = 1; /* the plan's figure counts */
    judged_run(&scene, "00144 03708");
    assert_course(&scene, "00144", COURSE_CONSUMED);
    assert_int_equal(judged_check(&scene, "00144 00145"), SUBSTITUTION_DUPLICATE);
    judged_clear(&scene);
}

static void test_substitution_of_an_outside_course(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    rules_result(scene.results, "00007", 7, 90);
    judged_run(&scene, "00007");
    assert_course(&scene, "00007", COURSE_CONSUMED);
    assert_reasons(&scene, "");
    assert_totals(&scene, 17, 85);
    judged_clear(&scene);
}

static void r05_when_substitution_is_wanted(void **state)
{
    (void)state;
    struct judged_case scene = judged_seed();
    assert_true(substitution_wanted(scene.plan, scene.results));
    struct result *english = rules_result(scene.results, "13000", 7, 59);
    assert_true(substitution_wanted(scene.plan, scene.results));
    english->exempt = true;
    assert_false(substitution_wanted(scene.plan, scene.results));
    assert_int_equal(judged_check(&scene, "00144 00321"), SUBSTITUTION_NOT_NEEDED);
    english->exempt = false;
    scene.plan->level = LEVEL_JUNIOR; /* 顶替 13000 is for 本科 only */
    assert_false(substitution_wanted(scene.plan, scene.results));
    assert_int_equal(judged_check(&scene, "00144 00321"), SUBSTITUTION_NOT_NEEDED);
    judged_clear(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r03_prejudge_of_the_seed),
        cmocka_unit_test(r05_electives_for_english),
        cmocka_unit_test(r05_required_courses_for_english),
        cmocka_unit_test(r05_giving_too_much_costs_the_totals),
        cmocka_unit_test(r05_thesis_for_english_is_missed),
        cmocka_unit_test(r07_what_is_not_in_order_takes_nothing_away),
        cmocka_unit_test(test_passed_english_needs_no_substitution),
        cmocka_unit_test(test_passed_or_not),
        cmocka_unit_test(test_passed_twice_counts_once_and_the_better),
        cmocka_unit_test(test_old_codes),
        cmocka_unit_test(test_courses_outside_the_plan),
        cmocka_unit_test(test_choice_groups),
        cmocka_unit_test(test_english_in_a_group),
        cmocka_unit_test(test_practice_additional_and_totals),
        cmocka_unit_test(test_real_sentences),
        cmocka_unit_test(r05_r07_substitution_check),
        cmocka_unit_test(test_substitution_by_either_code),
        cmocka_unit_test(test_substitution_of_an_outside_course),
        cmocka_unit_test(r05_when_substitution_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
