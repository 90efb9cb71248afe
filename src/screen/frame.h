/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frame round every page: title bar, the nine chapters, title, scroll marks, message line, key line.
 *
 * 80×24:  0 bar · 1 chapters · 2 title · 3 rule, ▲ · 4–20 body · 21 ▼ · 22 message · 23 keys.  With 30 rows or more there are
 * blank rows between; with more than FRAME_COLS_MAX columns everything stands in the middle. Where people tap, the keys are buttons of
 * three rows, and a keyboard may stand above them.
 *
 * Owns nothing. Blocks: never.
 */
#pragma once

#include "screen/buttons.h"
#include "screen/paint.h"
#include "session/page.h"

#define FRAME_COLS_MIN  80
#define FRAME_ROWS_MIN  24
#define FRAME_COLS_MAX  120 /* of the body */
#define FRAME_MARK_COLS 16  /* scroll marks stand at the right end */
#define FRAME_BASE      76  /* columns of the body at 80: what the pages' widths are meant for */

struct screen;

struct frame {
    bool too_small;
    struct rect body;
    int left, cols; /* of all text */
    int bar_rows, chapters_y, title_y, rule_y, below_y, message_y, message_rows, keys_y, keys_rows;
    int keyboard_rows; /* of the keyboard on the screen, above the keys; 0 = none */
    struct buttons buttons;
    bool above, below; /* there is more to see */
};

/* Places everything for the page and the size of the terminal. */
void frame_layout(struct screen *screen);
/* All but the body and the buttons. */
void frame_draw(struct screen *screen);
void frame_draw_marks(struct screen *screen);
void frame_draw_message(struct screen *screen);
/* After a key: says what stands before the cursor when the font may lack it. */
void frame_follow_cursor(struct screen *screen);
void frame_draw_too_small(struct screen *screen);

/* `label` with {name} replaced, NULL-terminated pairs. Newly allocated. */
char *frame_fill(const char *label, ...) G_GNUC_NULL_TERMINATED;
/* "4:59"; rounded up, so that 0:00 is the end. */
char *frame_time(int64_t ms);
