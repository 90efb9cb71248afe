/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * First letters of the pinyin of hanzi, for typing ahead in lists: "tyszf" finds 太原市. Read from the order of GB 2312, whose first 3755
 * hanzi are sorted by pinyin; the few others of the code tables, and those read in two ways, are in a table.
 *
 * Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define INITIALS_READINGS_MAX 2

/* Letters in lower case, "" when not known; a letter or digit is its own. */
void initials_of(gunichar c, char ret[INITIALS_READINGS_MAX + 1]);

enum initials_match { INITIALS_NOWHERE, INITIALS_INSIDE, INITIALS_AT_START };
/* Do consecutive characters of `label` begin with `letters`, in any of their readings? Marks are passed over. */
enum initials_match initials_match(const char *label, const char *letters);
