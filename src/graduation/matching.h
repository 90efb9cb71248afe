/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which result passes which course of a plan (domain.md 4.2, steps 1 to 3). The inside of eligibility.h.
 *
 * A course counts once: of several results under one code the best that is not used, each result for one row, and what was passed
 * under an old code of a row as well as under its own is one course. A code is mapped once: an old code of an old code is nothing.
 * Rows are served in order of need (what must be passed, choice groups, electives, the rest; the larger first), each by an
 * augmenting path. So no row stays empty that another choice would have filled without emptying a needier one, whatever the
 * order of the plan's lines.
 *
 * Borrows plan and results of the case. Blocks: never.
 */
#pragma once

#include "graduation/eligibility.h"

enum row_need {
    NEED_MUST,
    NEED_GROUP,    /* of a choice group: the group decides */
    NEED_ELECTIVE, /* for the totals */
    NEED_NONE,     /* 加考 that nobody asks for, or that nobody can tell */
};

struct matching_row {
    const struct plan_course *course;
    enum row_need need;
    char **codes;            /* its own, then the old ones */
    GPtrArray *ways;         /* const struct result *: what can pass it, best first */
    const struct result *by; /* what passes it, NULL = nothing */
    guint asked;             /* mark of the search */
};

struct matching {
    const struct eligibility_case *judged;
    struct matching_row *rows; /* one for each course of the plan, in its order */
    guint n_rows;
    GPtrArray *results; /* recorded, then added */
    GPtrArray *added;   /* struct result, ours */
    GHashTable *taken;  /* codes another major has (text → itself) */
    GHashTable *usable; /* code → the result that counts for it */
    GHashTable *spent;  /* code → the best that does not count: used, or failed */
    GHashTable *owner;  /* result → struct matching_row it passes */
};

void matching_init(struct matching *m, const struct eligibility_case *judged);
void matching_clear(struct matching *m);

/* Consumed by an earlier graduation, or by another major of this application. */
bool matching_used(const struct matching *m, const struct result *result);
/* The row that this result passes; NULL = none. */
const struct matching_row *matching_owner(const struct matching *m, const struct result *result);
/* The row whose course this result is as well, though another result passes it; NULL = none. */
const struct matching_row *matching_twin(const struct matching *m, const struct result *result);
/* The attempt to show for a row that nothing passes: one that passed (it was used) before one that failed. NULL = none. */
const struct result *matching_attempt(const struct matching *m, const struct matching_row *row);
/* What a person means by this code: a row of the plan stands for the result that passes it. NULL = never tried. */
const struct result *matching_meant(const struct matching *m, const char *code);
/* The row of 英语（专升本）, NULL when the plan has none. */
const struct matching_row *matching_english(const struct matching *m);
bool matching_row_has_code(const struct matching_row *row, const char *code);
