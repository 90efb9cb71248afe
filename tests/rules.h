/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the rules share: the tables and sentences of forms/, plans and results in one line each. */
#pragma once

#include "graduation/code_table.h"
#include "graduation/eligibility.h"
#include "graduation/messages.h"

/* Read from forms/ (tests run from the root of the tree). Freed by the caller: code_tables_clear(), record_free(). */
void rules_tables(struct code_tables *tables);
struct messages *rules_messages(void);

/* A plan of this level without courses. */
struct plan *rules_plan(enum plan_level level);
/* Adds a course that counts; the caller changes what else it wants. */
struct plan_course *rules_course(struct plan *plan, const char *code, int64_t credits, enum course_type type);
/* Results are kept with g_ptr_array_unref() freeing their members. */
GPtrArray *rules_results(void);
struct result *rules_result(GPtrArray *results, const char *code, int64_t credits, int64_t score);
/* "00034 00144" → char * codes. */
GPtrArray *rules_codes(const char *codes);

/* 行政管理（专升本）with the seed's figures (L43–L47, domain.md 4.6 P1) and its candidate: all passed but 13000. */
struct plan *rules_seed_plan(void);
GPtrArray *rules_seed_results(void);
