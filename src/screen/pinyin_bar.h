/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pinyin (input/pinyin.h) on the screen: which keys it gets, and the bar with letters and candidates at the field.
 *
 * The bar stands below the line that is typed into, above it when there is no room. A letter is painted before the engine is
 * asked. Keys that leave the field (Tab, function keys, taps elsewhere) finish the composition with its first candidates; they and all
 * that follow wait until that is done, so what is typed ahead arrives in its order. Only fields of text have it; what is pasted and what is
 * no letter goes straight in, a mark becomes the Chinese one.
 *
 * A page of the same name leaves the composition alone, and its field the focus. Before one of another name is taken, and wherever else the
 * focus is lost, what is composed goes into its field as it stands: hanzi picked, letters as typed. So whoever leaves a page by key
 * or tap has committed the first candidates, whoever is led away by the platform finds the letters again; only Esc drops. While a page asks for
 * any key (it counts down) letters go on, and all other keys leave the composition as it is.
 *
 * The engine starts when such a field is first drawn. While it is unavailable letters go straight in too, and the frame says so.
 *
 * Owns: the engine's process. Blocks: never, except pinyin_bar_clear() (some ms).
 */
#pragma once

#include "input/lookup.h"
#include "input/pinyin.h"
#include "screen/key.h"
#include "screen/paint.h"

#define PINYIN_BAR_CANDIDATES 9

struct screen;

/* Embedded; pinyin_bar_init() first, pinyin_bar_clear() last. */
struct pinyin_bar {
    struct pinyin *pinyin; /* NULL = the terminal has none */
    bool english;          /* letters go straight in */
    char *field;           /* the key of the field that is composed for */
    GString *arrived;      /* from the engine, not in the field yet */
    struct lookup lookup;  /* looks a character up, over the composition or alone */
    GQueue later;          /* struct key *: wait until the composition is finished */
    int first, shown;      /* candidates of the engine's page that are shown, from `first` on */
    int anchor_y;          /* the line that is typed into */
    bool drawn;            /* the bar is on the canvas */
    /* where things were painted last; cols 0 = nowhere */
    struct rect mark, rare, area, cells[PINYIN_BAR_CANDIDATES], previous, next;
};

/* `options` without callbacks; NULL = no pinyin. */
void pinyin_bar_init(struct screen *screen, const struct pinyin_options *options);
void pinyin_bar_clear(struct screen *screen);
/* What is composed goes into its field as it stands. Keys that wait are forgotten: they were meant for what is left now. */
void pinyin_bar_put_down(struct screen *screen);
/* The same when its field has lost the focus. */
void pinyin_bar_settle(struct screen *screen);

/* True when the key was pinyin's, or waits. */
bool pinyin_bar_key(struct screen *screen, const struct key *key);
/* The same for a click: on a candidate, a page, the mark. */
bool pinyin_bar_tap(struct screen *screen, const struct key *key);

/* The focused field takes hanzi; and nothing lies over it. */
bool pinyin_bar_belongs(const struct screen *screen);
bool pinyin_bar_serves(const struct screen *screen);
/* Something is composed or looked up; it stays so while the help lies over it. */
bool pinyin_bar_is_open(const struct screen *screen);
/* What stands before the cursor of the field, newly allocated. */
char *pinyin_bar_before(const struct screen *screen);
/* After everything else of the page: the mark 中/英, and the bar while something is composed. */
void pinyin_bar_draw(struct screen *screen);
/* lookup_bar.c: looking a character up. True when the key was for that; else it is left, and what was typed goes where it belongs. */
bool lookup_bar_key(struct screen *screen, const struct key *key);
bool lookup_bar_opens(struct screen *screen, const struct key *key);
void lookup_bar_leave(struct screen *screen);
void lookup_bar_turn(struct screen *screen, int by);
void lookup_bar_take(struct screen *screen, int i); /* the i-th of those shown */
/* The page of the keyboard that belongs to it. */
void lookup_bar_settle(struct screen *screen);

/* pinyin_paint.c: the bar alone; how many rows it needs now. */
void pinyin_bar_paint(struct screen *screen);
int pinyin_bar_rows(const struct screen *screen);
void pinyin_bar_paint_mark(struct screen *screen);
