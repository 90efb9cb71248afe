/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/plan.h"

#include <string.h>

#define COURSE_CODE_LENGTH 5
#define PASS_SCORE         60 /* domain.md V9 */
#define CREDITS_MAX        1000

const char *const plan_level_words[] = {[LEVEL_JUNIOR] = "专科", [LEVEL_BACHELOR] = "本科", NULL};
const char *const course_type_words[] = {
    [COURSE_REQUIRED] = "必考",
    [COURSE_ELECTIVE] = "选考",
    [COURSE_ADDITIONAL] = "加考",
    [COURSE_PRACTICE] = "实践",
    NULL,
};
const char *const substitutable_words[] = {
    [SUBSTITUTABLE_NO] = "",
    [SUBSTITUTABLE_ENGLISH_BK] = "english-bk",
    [SUBSTITUTABLE_ENGLISH_ZK] = "english-zk",
    [SUBSTITUTABLE_MATHS] = "maths",
    NULL,
};

static const struct record_field plan_course_fields[] = {
    {"course_code", RECORD_STRING, offsetof(struct plan_course, course_code), .flags = RECORD_REQUIRED | RECORD_KEY,
     .min = COURSE_CODE_LENGTH, .max = COURSE_CODE_LENGTH},
    {"course_name", RECORD_STRING, offsetof(struct plan_course, course_name), .flags = RECORD_REQUIRED, .min = 1,
     .max = 50},
    {"credits", RECORD_INTEGER, offsetof(struct plan_course, credits), .flags = RECORD_REQUIRED, .max = 100},
    {"type", RECORD_WORD, offsetof(struct plan_course, type), .flags = RECORD_REQUIRED, .words = course_type_words},
    {"group", RECORD_STRING, offsetof(struct plan_course, group), .max = 20},
    {"group_min_courses", RECORD_INTEGER, offsetof(struct plan_course, group_min_courses), .max = 100},
    {"group_min_credits", RECORD_INTEGER, offsetof(struct plan_course, group_min_credits), .max = CREDITS_MAX},
    {"counts_credit", RECORD_BOOLEAN, offsetof(struct plan_course, counts_credit), .initial = "true"},
    {"substitutable", RECORD_WORD, offsetof(struct plan_course, substitutable), .words = substitutable_words},
    {"old_codes", RECORD_STRING, offsetof(struct plan_course, old_codes), .max = 100},
};
const struct record_type plan_course_record = RECORD_TYPE(plan_course, plan_course_fields);

static const struct record_field plan_fields[] = {
    {"major_code", RECORD_STRING, offsetof(struct plan, major_code), .flags = RECORD_REQUIRED | RECORD_KEY, .min = 1,
     .max = 12},
    {"plan_version", RECORD_STRING, offsetof(struct plan, plan_version), .flags = RECORD_REQUIRED | RECORD_KEY,
     .min = 1, .max = 20},
    {"major_name", RECORD_STRING, offsetof(struct plan, major_name), .flags = RECORD_REQUIRED, .min = 1, .max = 50},
    {"level", RECORD_WORD, offsetof(struct plan, level), .flags = RECORD_REQUIRED, .words = plan_level_words},
    {"school", RECORD_STRING, offsetof(struct plan, school), .flags = RECORD_REQUIRED, .min = 1, .max = 50},
    {"min_credits", RECORD_INTEGER, offsetof(struct plan, min_credits), .flags = RECORD_REQUIRED, .max = CREDITS_MAX},
    {"min_courses", RECORD_INTEGER, offsetof(struct plan, min_courses), .flags = RECORD_REQUIRED, .max = 100},
    {"elective_min_credits", RECORD_INTEGER, offsetof(struct plan, elective_min_credits), .max = CREDITS_MAX},
    {"requires_prior_degree", RECORD_BOOLEAN, offsetof(struct plan, requires_prior_degree)},
    {"courses", RECORD_MANY, offsetof(struct plan, courses), .max = 100, .type = &plan_course_record},
};
const struct record_type plan_record = RECORD_TYPE(plan, plan_fields);

static const struct record_field result_fields[] = {
    {"course_code", RECORD_STRING, offsetof(struct result, course_code), .flags = RECORD_REQUIRED | RECORD_KEY,
     .min = COURSE_CODE_LENGTH, .max = COURSE_CODE_LENGTH},
    {"course_name", RECORD_STRING, offsetof(struct result, course_name), .flags = RECORD_REQUIRED, .min = 1, .max = 50},
    {"credits", RECORD_INTEGER, offsetof(struct result, credits), .flags = RECORD_REQUIRED, .max = 100},
    {"score", RECORD_INTEGER, offsetof(struct result, score), .max = 100},
    {"passed_on", RECORD_STRING, offsetof(struct result, passed_on), .max = 10},
    {"used", RECORD_BOOLEAN, offsetof(struct result, used)},
    {"exempt", RECORD_BOOLEAN, offsetof(struct result, exempt)},
};
const struct record_type result_record = RECORD_TYPE(result, result_fields);

const char *const result_source_words[] = {
    [RESULT_RECORDED] = "recorded",
    [RESULT_EXEMPTION] = "exemption",
    [RESULT_OLD_PLAN] = "old_plan",
    [RESULT_PRACTICE_CARD] = "practice_card",
    NULL,
};

bool course_code_valid(const char *code)
{
    return code && strlen(code) == COURSE_CODE_LENGTH && strspn(code, "0123456789") == COURSE_CODE_LENGTH;
}

bool result_passed(const struct result *result)
{
    return result->exempt || result->score >= PASS_SCORE;
}

const struct plan_course *plan_course_find(const struct plan *plan, const char *code)
{
    for (guint i = 0; i < plan->courses->len; i++) {
        const struct plan_course *course = g_ptr_array_index(plan->courses, i);
        if (strcmp(course->course_code, code) == 0)
            return course;
    }
    return NULL;
}
