/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen (screen/screen.h) on a pseudo-terminal inside the test itself: show a page, press keys, look at the cells, read what was told.
 *
 *     struct glass *glass = glass_new(24, 80, "default");
 *     glass_show(glass, page);
 *     glass_press(glass, "abc\r");
 *     assert_string_equal(glass_told(glass), "edit name=abc; action next; ");
 *     glass_free(glass);
 *
 * Nothing sleeps: every batch of keys ends in something told, which glass_press() waits for. Cells are those that curses has sent.
 * Rows and columns count from 0. Labels are those of forms/frame.conf; tests run from the top of the source tree.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "screen/screen.h"

struct glass;

struct glass *glass_new(int rows, int cols, const char *theme);
/* On a terminal of that name instead of xterm-256color. */
struct glass *glass_new_on(const char *term, int rows, int cols, const char *theme);
/* With pinyin: `pinyin` without callbacks, missing options are those of the build; lexicon "" = none. */
struct glass *glass_new_pinyin(int rows, int cols, const struct pinyin_options *pinyin);
void glass_free(struct glass *glass);

/* Takes the page. */
void glass_show(struct glass *glass, struct page *page);
/* Sends what a test has painted into the screen's canvas itself. */
void glass_flush(struct glass *glass);
/* Called for everything told, after it was noted; NULL = nobody. */
void glass_listen(struct glass *glass, screen_event_fn fn, gpointer data);
struct screen *glass_screen(struct glass *glass);
const struct screen_labels *glass_labels(const struct glass *glass);

/* Bytes as a terminal sends them; waits until they were dealt with. At most some hundred at once. */
void glass_press(struct glass *glass, const char *bytes);
/* Sends as many of the bytes as the terminal takes now, and returns how many; does not run the main loop. */
gsize glass_send(struct glass *glass, const char *bytes, gsize n);
/* Runs until something else was told (a lone Esc, a countdown); fails after some seconds. */
void glass_wait(struct glass *glass);
/* Runs until it is so; fails after some seconds. */
void glass_until(struct glass *glass, bool (*holds)(void));
void glass_click(struct glass *glass, int row, int col);
void glass_resize(struct glass *glass, int rows, int cols);
void glass_hang_up(struct glass *glass);

/* What was told since the last call: "edit KEY=TEXT; choose KEY; action NAME; activity; expired; gone; call; touched; ". */
const char *glass_told(struct glass *glass);
/* Waits until all that was sent has come through the pseudo-terminal. */
void glass_settle(struct glass *glass);
/* Bytes sent to the terminal since the last call. */
gsize glass_sent(struct glass *glass);
/* All of what was sent since the start; borrowed until the next call. */
const char *glass_output(struct glass *glass, gsize *ret_n);
/* All of what was sent since the start holds this sequence. */
bool glass_has_sent(struct glass *glass, const char *sequence);

/* What stands in a field of the page, borrowed; NULL = there is none of that key. */
const char *glass_value(struct glass *glass, const char *key);
/* Text of a row, trailing blanks cut; borrowed until the next call. */
const char *glass_row(struct glass *glass, int row);
/* First place of a text; false when it is nowhere. */
bool glass_find(struct glass *glass, const char *text, int *ret_row, int *ret_col);
bool glass_has(struct glass *glass, const char *text);
/* The text on which the cursor stands begins here; false when it is hidden. */
bool glass_cursor(struct glass *glass, int *ret_row, int *ret_col);
/* Colours of a cell as numbers of the terminal; -1 = its own. */
void glass_colours(struct glass *glass, int row, int col, int *ret_fg, int *ret_bg);
