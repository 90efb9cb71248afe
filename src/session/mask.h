/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a number is grouped for the eye: "6 8 4X" shows 14010519700312002X as 140105 19700312 002X. The value never holds the blanks.
 *
 * A mask is the lengths of the groups with one blank between them; an X behind the last says that the last character of the whole may be one.
 * Blocks: never.
 */
#pragma once

#include <stdbool.h>

#define MASK_GROUPS_MAX 8

/* Zeroed: no groups, and nothing is known of an X. */
struct mask {
    int n, groups[MASK_GROUPS_MAX];
    bool may_end_in_x;
};

/* False, and *ret zeroed, when it is no mask; NULL is the one without groups. */
bool mask_read(const char *text, struct mask *ret);
/* Characters of all groups; 0 = no groups. */
int mask_length(const struct mask *mask);
/* The column where the i-th character stands, or would stand. */
int mask_col(const struct mask *mask, int i);
/* With its blanks, newly allocated; what is beyond the groups follows the last. */
char *mask_text(const struct mask *mask, const char *digits);
