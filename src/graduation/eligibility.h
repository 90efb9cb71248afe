/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 毕业合格条件预判 (R3, R4) and 顶替 13000 英语（专升本） (R5–R7). domain.md 4.2, 4.3.
 *
 * The prejudge is advice from recorded results; it never blocks an application. Blocks: never.
 */
#pragma once

#include "graduation/plan.h"

enum course_state {
    COURSE_NOT_PASSED,
    COURSE_PASSED,
    COURSE_EXEMPT,
    COURSE_TO_SUBSTITUTE, /* English, not passed: may be replaced by other courses */
    COURSE_SUBSTITUTED,   /* English, replaced */
    COURSE_CONSUMED,      /* passed, given away to replace English */
    COURSE_OUTSIDE,       /* passed, but not in this plan */
    COURSE_USED,          /* passed, but consumed by an earlier graduation */
};
extern const char *const course_state_words[]; /* not_passed passed exempt to_substitute … in JSON */

struct eligibility_course {
    char *code;
    char *name;
    int64_t credits;
    int type; /* enum course_type */
    int state;
    int64_t score; /* -1 = none */
    char *passed_on;
};
extern const struct record_type eligibility_course_record;

struct eligibility_reason {
    char *rule;   /* "4.2/8", "R7": where it comes from */
    char *text;   /* Chinese sentence */
    char *course; /* code, may be NULL */
};
extern const struct record_type eligibility_reason_record;

struct eligibility_totals {
    int64_t courses;
    int64_t credits;
    int64_t required_courses;
    int64_t required_credits;
};
extern const struct record_type eligibility_totals_record;

enum verdict { VERDICT_NOT_MET, VERDICT_MET };
extern const char *const verdict_words[]; /* "not_met", "met" */

struct eligibility {
    char *major_code;
    char *plan_version;
    int verdict;
    GPtrArray *courses; /* struct eligibility_course */
    struct eligibility_totals *totals;
    GPtrArray *reasons; /* struct eligibility_reason */
};
extern const struct record_type eligibility_record;

/*
 * Judges. `results` of struct result; `substitution` of char * course codes given for English, may be NULL or empty: the prejudge
 * is the call without it. Added courses count only when the caller puts them among `results` (after the county approved them).
 * `say` turns a message key ("eligibility.course_missing") into the Chinese sentence.
 * The caller frees with record_free(&eligibility_record, …).
 */
typedef const char *(*message_fn)(const char *key, gpointer data);
struct eligibility *eligibility_judge(const struct plan *plan, const GPtrArray *results, const GPtrArray *substitution,
                                      message_fn say, gpointer data);

#define SUBSTITUTION_MIN_CREDITS 7 /* R5, R7 */
enum substitution_fault {
    SUBSTITUTION_OK,
    SUBSTITUTION_TOO_FEW, /* 0 < credits < 7 */
    SUBSTITUTION_NOT_PASSED,
    SUBSTITUTION_USED,
    SUBSTITUTION_DUPLICATE,
    SUBSTITUTION_IS_ENGLISH,
    SUBSTITUTION_NOT_NEEDED, /* the plan has no English, or it is passed */
};
extern const char *const substitution_fault_words[];
/* The message key of a fault is "substitution.WORD"; SUBSTITUTION_NOT_NEEDED is silently ignored by the judgement. */
enum substitution_fault substitution_check(const struct plan *plan, const GPtrArray *results, const GPtrArray *codes);
/* True when the plan has an English row for 本科 that is neither passed nor exempt. */
bool substitution_wanted(const struct plan *plan, const GPtrArray *results);
