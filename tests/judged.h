/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case of eligibility and what came of it, in one line each. Sentences are the keys themselves, so that tests read keys and figures. */
#pragma once

#include "graduation/eligibility.h"

struct judged_case {
    struct plan *plan;
    GPtrArray *results; /* struct result */
    GPtrArray *added;   /* struct added_course */
    const char *taken;  /* "00001 00002": codes of another major; NULL = none */
    const char *prior_major;
    const struct policy *policy;
    struct eligibility *answer;
};

struct judged_case judged_seed(void); /* the seed's plan and candidate */
struct judged_case judged_empty(enum plan_level level);
void judged_clear(struct judged_case *judged);
struct added_course *judged_add(struct judged_case *judged, int reason, const char *code, int64_t score);
struct plan_course *judged_old(struct plan_course *row, const char *old_codes); /* the row itself */

/* Judges anew; `substitution` as "00034 00144". */
void judged_run(struct judged_case *judged, const char *substitution);
enum substitution_fault judged_check(const struct judged_case *judged, const char *substitution);
char *judged_consumed(const struct judged_case *judged, const char *substitution); /* "00034 00144", new */
bool judged_undecided(const struct judged_case *judged);

const struct eligibility_course *judged_course(const struct judged_case *judged, const char *code);
void assert_course(const struct judged_case *judged, const char *code, enum course_state state);
/* All reasons in one text: "rule: key code have/need; …"; "" is the verdict that the plan is met. */
void assert_reasons(const struct judged_case *judged, const char *expected);
void assert_totals(const struct judged_case *judged, int64_t courses, int64_t credits);
