/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Characters that are hard to type: by pinyin with their tones, by strokes, by code point. For names of people and places.
 *
 * Every character of the table of general standard characters (通用规范汉字表, 8105 of them, those of names included) has its readings here,
 * and some 33,000 others; strokes are known of 75,000; a code point reaches every ideograph. Whether the terminal's font has it is another
 * matter: show rare_code() beside it.
 *
 * Pure: tables in the program (rare_table.h). Lists are ordered by the number in the table of 8105 (common ones first), then by code point.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define RARE_TABLE_SIZE 8105
#define RARE_CODE_BYTES 9 /* "U+2CE93" */

struct rare_char {
    gunichar c;
    const char *reading; /* "lǜ"; "" when none is known */
};

/*
 * Each puts at most n characters into `found`, from the `from`-th on, and returns how many there are in all. `pinyin`: a whole
 * syllable, v = ü. `strokes`: how the character begins, "12345" or "hspnz" for 横竖撇点折 (捺 is 点, 提 is 横); a character that is
 * complete with them stands before longer ones.
 */
int rare_by_pinyin(const char *pinyin, int from, struct rare_char *found, int n);
int rare_by_strokes(const char *strokes, int from, struct rare_char *found, int n);

/* "U+2B386", "u2b386" or "2B386", also with full-width letters and digits → 𫎆; 0 when that is no ideograph. */
gunichar rare_from_code(const char *text);
/* "U+2B386" */
const char *rare_code(gunichar c, char ret[RARE_CODE_BYTES]);
bool rare_is_ideograph(gunichar c);
/*
 * The one rule for what a terminal's font may not have: every ideograph but 〇 and the 20,902 of Unicode 1.1, which all fonts for Chinese
 * have. Such a character is shown with its code beside it.
 */
bool rare_needs_code(gunichar c);

/* The n-th reading, the usual one first; NULL when it has no more. */
const char *rare_reading(gunichar c, int n);
/* Its number in the table of 8105 (1–3500 common, to 6500 less so, then names and terms); 0 = not in it. */
int rare_number(gunichar c);
/*
 * Walks the table of 8105 with all its readings, as typed ("lv"): *at starts at 0. False at the end. For making the engine's lexicon.
 */
bool rare_next_of_table(size_t *at, gunichar *ret_c, const char **ret_bare);
