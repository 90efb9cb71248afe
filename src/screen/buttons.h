/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key line: the page's actions, then help, the one that opens the list of the focused field, and at the right end how to call for staff. Where people tap it is a row of boxes three rows high, with two more at the right
 * end that scroll; what lies over a page has buttons of its own there.
 *
 * Owns nothing. Blocks: never.
 */
#pragma once

#include "screen/key.h"
#include "screen/paint.h"

#define BUTTONS_MAX       12
#define BUTTON_TOUCH_ROWS 3

struct screen;

struct buttons {
    int n;
    int pick; /* the one that opens the focused field's list, -1 = none */
    struct rect areas[BUTTONS_MAX];
    struct rect scroll[2]; /* up, down; where people tap */
    struct rect over[2];   /* of what lies over the page: close, call; cols 0 = none */
    struct rect call;      /* calls for staff; cols 0 = no room: then only by its key and in the help */
    const char *call_label;
};

/* How many there are and how many rows they take; then where they stand. */
void buttons_measure(struct screen *screen);
void buttons_settle(struct screen *screen);
/* After body and overlay: both tell what there is to scroll. */
void buttons_draw(struct screen *screen);

/* -1 = none. */
int buttons_at(const struct screen *screen, int y, int x);
int buttons_of(const struct screen *screen, const char *key_word);
/* The key that a tap on a scroll button or on a button of the overlay stands for; PRESS_OTHER = none is there. */
enum press buttons_tap(const struct screen *screen, int y, int x);
