/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 专业考试计划: the plan of a major, its courses, and a candidate's results. domain.md 4.1, import columns: design 6.2.
 *
 * Blocks: never. Credits are whole numbers.
 */
#pragma once

#include "base/record.h"

enum plan_level { LEVEL_JUNIOR, LEVEL_BACHELOR }; /* 专科, 本科 */
extern const char *const plan_level_words[];      /* "专科", "本科" */

enum course_type { COURSE_REQUIRED, COURSE_ELECTIVE, COURSE_ADDITIONAL, COURSE_PRACTICE };
extern const char *const course_type_words[]; /* 必考 选考 加考 实践 */

enum substitutable { SUBSTITUTABLE_NO, SUBSTITUTABLE_ENGLISH_BK, SUBSTITUTABLE_ENGLISH_ZK, SUBSTITUTABLE_MATHS };
extern const char *const substitutable_words[]; /* "" english-bk english-zk maths */

struct plan_course {
    char *course_code; /* five digits, text: leading zeros matter */
    char *course_name;
    int64_t credits;
    int type;
    char *group; /* choice group, NULL = none */
    int64_t group_min_courses;
    int64_t group_min_credits;
    bool counts_credit; /* the thesis is required but counts no credits */
    int substitutable;
    char *old_codes; /* space-separated predecessors, may be NULL */
};
extern const struct record_type plan_course_record;

struct plan {
    char *major_code;
    char *plan_version; /* "new" / "old" / any word of the authority */
    char *major_name;
    int level;
    char *school;
    int64_t min_credits;
    int64_t min_courses;
    int64_t elective_min_credits;
    bool requires_prior_degree;
    GPtrArray *courses; /* struct plan_course */
};
extern const struct record_type plan_record;

/* Where a result comes from: the register, or what the candidate added with evidence (domain.md 2.8). */
enum result_source { RESULT_RECORDED, RESULT_EXEMPTION, RESULT_OLD_PLAN, RESULT_PRACTICE_CARD };
extern const char *const result_source_words[]; /* recorded exemption old_plan practice_card */

/* One result of a candidate. */
struct result {
    char *course_code;
    char *course_name;
    int64_t credits;
    int64_t score;   /* 0..100 */
    char *passed_on; /* "2023-10-28" */
    bool used;       /* consumed by an earlier graduation */
    bool exempt;     /* passed without a score */
    int source;      /* enum result_source */
};
extern const struct record_type result_record;

bool course_code_valid(const char *code);        /* ^\d{5}$ (V8) */
bool result_passed(const struct result *result); /* 60 or more, or exempt */
const struct plan_course *plan_course_find(const struct plan *plan, const char *code);
