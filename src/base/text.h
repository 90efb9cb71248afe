/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text as it is shown: what may pass, how wide it is, where it may be cut.
 *
 * Everything from outside goes through text_clean() where it enters. Widths are decided here and
 * nowhere else: a hanzi or full-width form is 2 columns, everything else that prints is 1, also the
 * "ambiguous" ones (· “ ” — … ①), marks are 0. ncurses and the terminal must agree; tests compare. Characters
 * younger than the C library (wcwidth() -1; in Debian 12 the hanzi of extensions H and I, which stand in people's names)
 * are allowed and have their width here: a screen must paint a stand-in such as 〓 for them.
 *
 * Strings are UTF-8. What is not clean does no harm here: it is counted as 0 columns wide. Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Columns of one code point: 0, 1 or 2; -1 when it must never be shown (controls, bidi, unassigned). */
int text_char_cols(gunichar c);
/* Columns of a clean string. */
int text_cols(const char *text);
/* Code points of a clean string that are not white space (the count of the 400-character rule, R43). */
int text_count(const char *text);

enum text_flag {
    TEXT_LINE = 0,      /* newlines and tabs become one space */
    TEXT_LINES = 1 << 0 /* "\n" stays; "\r\n" and "\r" become "\n" */
};
/*
 * A clean copy: invalid UTF-8, controls, bidi and zero-width characters, private use and noncharacters are dropped;
 * at most `max_chars` code points are kept. Never NULL. *ret_dropped (may be NULL) = characters lost.
 */
char *text_clean(const char *text, gssize bytes, int max_chars, enum text_flag flags, int *ret_dropped);
/* True when text_clean() would change nothing. */
bool text_is_clean(const char *text, int max_chars, enum text_flag flags);

/* Bytes of the longest head of `text` that is at most `cols` wide and does not split a grapheme. */
size_t text_head(const char *text, int cols);
/* A copy cut to `cols`, with "…" at the end when something was cut. */
char *text_fit(const char *text, int cols);
/* Step to the next / previous grapheme boundary (a base character with its marks). */
const char *text_next(const char *at);
const char *text_prev(const char *start, const char *at);

/*
 * Wraps to `cols` by Chinese line rules: no closing mark (，。、；：？！）》”) at the start of a line, no opening one
 * at its end, Latin words and numbers kept whole when they fit. "\n" ends a paragraph; "" has no lines. Spaces at a wrap
 * are dropped. Returns char * lines, owned.
 */
GPtrArray *text_wrap(const char *text, int cols);
/*
 * The first line of the same wrapping, in bytes: the result is what the line shows, *ret_next where the next line starts.
 * For editors, which must know where the lines lie in the text.
 */
size_t text_line(const char *text, int cols, size_t *ret_next);

/* Full-width digits and letters to half-width, spaces dropped, upper case: for numbers people type. */
char *text_half_width(const char *text);

/* Masks for the screen: 140105********0012 · 138****1234 · 张* . Newly allocated; unknown shapes become "***". */
char *text_mask_id(const char *id_no);
char *text_mask_mobile(const char *mobile);
char *text_mask_name(const char *name);
