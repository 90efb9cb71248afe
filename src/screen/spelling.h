/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pinyin of hanzi, for typing ahead in lists: "tysxdq", "xiaod", "tai" find 太原市小店区. Read from the order of GB 2312, whose first
 * 3755 hanzi are sorted by pinyin; the few others of the code tables, and those read in two ways, are in a table.
 *
 * Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define SPELLING_MAX 16 /* bytes */

/* Readings with blanks between them, in lower case, "v" for ü; "" when not known; a letter or digit is its own. */
void spelling_of(gunichar c, char ret[SPELLING_MAX]);

enum spelling_match { SPELLING_NOWHERE, SPELLING_INSIDE, SPELLING_AT_START };
/* Are the letters the beginnings, or all, of the syllables of consecutive characters of `label`? Marks are passed over. */
enum spelling_match spelling_match(const char *label, const char *letters);
