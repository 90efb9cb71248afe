/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words and fields of a judgement (design 6.3): the data half of eligibility.h. */
#include "graduation/eligibility.h"

const char *const course_state_words[] = {
    [COURSE_NOT_PASSED] = "not_passed",
    [COURSE_PASSED] = "passed",
    [COURSE_EXEMPT] = "exempt",
    [COURSE_TO_SUBSTITUTE] = "to_substitute",
    [COURSE_SUBSTITUTED] = "substituted",
    [COURSE_CONSUMED] = "consumed",
    [COURSE_OUTSIDE] = "outside",
    [COURSE_USED] = "used",
    [COURSE_ADDED] = "added",
    [COURSE_NOT_NEEDED] = "not_needed",
    NULL,
};
const char *const verdict_words[] = {[VERDICT_NOT_MET] = "not_met", [VERDICT_MET] = "met", NULL};
const char *const substitution_fault_words[] = {
    [SUBSTITUTION_OK] = "ok",
    [SUBSTITUTION_TOO_FEW] = "too_few",
    [SUBSTITUTION_NOT_PASSED] = "not_passed",
    [SUBSTITUTION_USED] = "used",
    [SUBSTITUTION_DUPLICATE] = "duplicate",
    [SUBSTITUTION_IS_ENGLISH] = "is_english",
    [SUBSTITUTION_NOT_NEEDED] = "not_needed",
    [SUBSTITUTION_PRACTICE] = "practice",
    NULL,
};

static const struct record_field eligibility_course_fields[] = {
    {"code", RECORD_STRING, offsetof(struct eligibility_course, code), .flags = RECORD_REQUIRED, .max = 5},
    {"name", RECORD_STRING, offsetof(struct eligibility_course, name), .flags = RECORD_REQUIRED, .max = 50},
    {"credits", RECORD_INTEGER, offsetof(struct eligibility_course, credits), .max = 100},
    {"type", RECORD_WORD, offsetof(struct eligibility_course, type), .words = course_type_words},
    {"state", RECORD_WORD, offsetof(struct eligibility_course, state), .flags = RECORD_REQUIRED,
     .words = course_state_words},
    {"score", RECORD_INTEGER, offsetof(struct eligibility_course, score), .min = -1, .max = 100, .initial = "-1"},
    {"passed_on", RECORD_STRING, offsetof(struct eligibility_course, passed_on), .max = 10},
    {"source", RECORD_WORD, offsetof(struct eligibility_course, source), .words = result_source_words},
    {"passed_as", RECORD_STRING, offsetof(struct eligibility_course, passed_as), .max = 5},
};
const struct record_type eligibility_course_record = RECORD_TYPE(eligibility_course, eligibility_course_fields);

static const struct record_field eligibility_reason_fields[] = {
    {"rule", RECORD_STRING, offsetof(struct eligibility_reason, rule), .flags = RECORD_REQUIRED, .max = 20},
    {"text", RECORD_STRING, offsetof(struct eligibility_reason, text), .flags = RECORD_REQUIRED | RECORD_PROSE,
     .max = 300},
    {"course", RECORD_STRING, offsetof(struct eligibility_reason, course), .max = 5},
};
const struct record_type eligibility_reason_record = RECORD_TYPE(eligibility_reason, eligibility_reason_fields);

static const struct record_field eligibility_totals_fields[] = {
    {"courses", RECORD_INTEGER, offsetof(struct eligibility_totals, courses), .flags = RECORD_REQUIRED, .max = 1000},
    {"credits", RECORD_INTEGER, offsetof(struct eligibility_totals, credits), .flags = RECORD_REQUIRED, .max = 10000},
    {"required_courses", RECORD_INTEGER, offsetof(struct eligibility_totals, required_courses),
     .flags = RECORD_REQUIRED, .max = 1000},
    {"required_credits", RECORD_INTEGER, offsetof(struct eligibility_totals, required_credits),
     .flags = RECORD_REQUIRED, .max = 10000},
};
const struct record_type eligibility_totals_record = RECORD_TYPE(eligibility_totals, eligibility_totals_fields);

static const struct record_field eligibility_fields[] = {
    {"major_code", RECORD_STRING, offsetof(struct eligibility, major_code), .max = 12},
    {"plan_version", RECORD_STRING, offsetof(struct eligibility, plan_version), .max = 20},
    {"verdict", RECORD_WORD, offsetof(struct eligibility, verdict), .flags = RECORD_REQUIRED, .words = verdict_words},
    {"courses", RECORD_MANY, offsetof(struct eligibility, courses), .max = 300, .type = &eligibility_course_record},
    {"totals", RECORD_ONE, offsetof(struct eligibility, totals), .flags = RECORD_REQUIRED,
     .type = &eligibility_totals_record},
    {"reasons", RECORD_MANY, offsetof(struct eligibility, reasons), .max = 300, .type = &eligibility_reason_record},
};
const struct record_type eligibility_record = RECORD_TYPE(eligibility, eligibility_fields);
