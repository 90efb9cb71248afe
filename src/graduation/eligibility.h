/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 毕业合格条件预判 (R3, R4) and 顶替 13000 英语（专升本） (R5–R7). domain.md 4.2, 4.3.
 *
 * The prejudge is advice from recorded results; it never blocks an application. Blocks: never.
 */
#pragma once

#include "graduation/application.h"

enum course_state {
    COURSE_NOT_PASSED,
    COURSE_PASSED,
    COURSE_EXEMPT,
    COURSE_TO_SUBSTITUTE, /* English, not passed: may be replaced by other courses */
    COURSE_SUBSTITUTED,   /* English, replaced */
    COURSE_CONSUMED,      /* passed, given away to replace English */
    COURSE_OUTSIDE,       /* passed, but not in this plan */
    COURSE_USED,          /* passed, but consumed by an earlier graduation */
    COURSE_ADDED,         /* added by the candidate with evidence: counts when the county approves */
    COURSE_NOT_NEEDED,    /* 加考, and the prior degree's major is the same */
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
    int source;      /* enum result_source of what passes it */
    char *passed_as; /* the code of that result when it is another, an old one; else NULL */
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
    GPtrArray *courses; /* struct eligibility_course: those of the plan in its order, then what else was passed */
    struct eligibility_totals *totals;
    GPtrArray *reasons; /* struct eligibility_reason */
};
extern const struct record_type eligibility_record;

/*
 * What is judged. All borrowed; everything but the plan may be NULL. The prejudge is the case with plan and results alone.
 *
 * 加考 rows are needed by those whose prior degree has another major than the plan (4.2/6). While prior_major is not known they
 * are listed without a reason, and eligibility_undecided() tells that only the county can.
 */
struct eligibility_case {
    const struct plan *plan;
    const GPtrArray *results;      /* struct result: what the register has */
    const GPtrArray *added;        /* struct added_course: judged as if the county had approved them */
    const GPtrArray *substitution; /* char *: codes given for English */
    const GPtrArray *taken;  /* char *: codes that an earlier major of this application uses, eligibility_consumed() */
    const char *prior_major; /* of the prior degree; NULL or "" = not known */
    const struct policy *policy; /* NULL = policy_default */
};
/*
 * Judges. `say` turns a message key ("eligibility.course_missing") into the Chinese sentence. The caller frees with
 * record_free(&eligibility_record, …).
 */
typedef const char *(*message_fn)(const char *key, gpointer data);
struct eligibility *eligibility_judge(const struct eligibility_case *judged, message_fn say, gpointer data);

/* True when a 加考 course is not passed and nobody knows whether it is needed: `answer`, judged from this case, may be too kind. */
bool eligibility_undecided(const struct eligibility_case *judged, const struct eligibility *answer);

/*
 * The codes of the results, recorded and added, that this case uses: behind its rows and given for English. A course serves one
 * graduation (domain.md 4.2/2) and one major of an application (9.23): the next major is judged with these as `taken`, and the
 * register marks them used when the candidate graduates. New array of new char *.
 */
GPtrArray *eligibility_consumed(const struct eligibility_case *judged);

#define SUBSTITUTION_MIN_CREDITS 7 /* R5, R7 */
enum substitution_fault {
    SUBSTITUTION_OK,
    SUBSTITUTION_TOO_FEW, /* 0 < credits < 7 */
    SUBSTITUTION_NOT_PASSED,
    SUBSTITUTION_USED,
    SUBSTITUTION_DUPLICATE,
    SUBSTITUTION_IS_ENGLISH,
    SUBSTITUTION_NOT_NEEDED, /* the plan has no English, or it is passed */
    SUBSTITUTION_PRACTICE,   /* a practice course or the thesis, and the policy forbids it */
};
extern const char *const substitution_fault_words[];
/* Whether `judged->substitution` may be given. The message key of a fault is "substitution.WORD"; the judgement ignores
   SUBSTITUTION_NOT_NEEDED silently. */
enum substitution_fault substitution_check(const struct eligibility_case *judged);
/* True when the plan has an English row for 本科 that is neither passed nor exempt. */
bool substitution_wanted(const struct plan *plan, const GPtrArray *results);
