/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 添加顶替课程: what a candidate may add with evidence (R9–R13, domain.md 2.8, 4.3, 9.24). Pure: a row and the facts about its
 * course in, fault out.
 */
#pragma once

#include "graduation/application.h"

struct added_course_facts {
    bool known;      /* some plan has this code, as its own or an old one */
    bool exemptible; /* English of 专科, mathematics (R9, R10) */
    bool practice;   /* may come from a practice card (R11) */
    bool on_record;  /* passed already, under this code or another of the same course (R11) */
    bool twice;      /* an earlier row of the list is the same course */
    int today;       /* yyyymmdd */
};

/* NULL = the row may stand; else a message key, and *ret_field = which member of the row is meant. */
const char *added_course_check(const struct added_course *course, const struct added_course_facts *facts,
                               const char **ret_field);
