/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list to pick from: menus, choices, and the pop-up of a code field. Long ones stand in several columns, still longer ones scroll.
 *
 * Typing digits goes to the item of that number, typing hanzi or letters to the first item
 * that holds them, or whose pinyin has them as first letters. The list changes nothing but its own
 * cursor; the caller acts on what list_key() says.
 *
 * Owns: nothing (embedded, zeroed at first). Blocks: never.
 */
#pragma once

#include "screen/key.h"
#include "screen/paint.h"
#include "session/page.h"

enum list_marks { MARKS_NONE, MARKS_ONE, MARKS_MANY };
enum list_air {
    LIST_TIGHT, /* a line an item */
    LIST_AIRY,  /* a line between items when there is room */
    LIST_TOUCH, /* three lines an item, the text in the middle one: for fingers */
};
#define LIST_TOUCH_ROWS 3

struct list {
    int n, cursor, top;
    /* how it was laid out last */
    struct rect area;
    int columns, column_cols, rows, pitch; /* pitch: lines from item to item */
    int number_cols, label_cols;
    enum list_marks marks;
    bool plain;     /* no numbers before the items: digits are looked for like letters */
    char typed[48]; /* digits or letters so far */
};

enum list_result { LIST_IGNORED, LIST_MOVED, LIST_PICKED };

/* The items may have become fewer. */
void list_resize(struct list *list, const GPtrArray *items);
/* Finds columns and pitch. Returns the lines it takes. */
int list_layout(struct list *list, const GPtrArray *items, const struct rect *area, enum list_marks marks,
                enum list_air air);
/* Items are struct page_choice. `current` is marked as chosen as well (pop-up); NULL = none. */
void list_paint(const struct list *list, struct canvas *canvas, const GPtrArray *items, const char *current,
                bool focused);
enum list_result list_key(struct list *list, const GPtrArray *items, const struct key *key);
/* Item at that place, or -1. */
int list_at(const struct list *list, int y, int x);
bool list_more_above(const struct list *list);
bool list_more_below(const struct list *list);
/* To the chosen item, else the first that may be chosen. */
void list_seek(struct list *list, const GPtrArray *items, const char *current);
/* Columns the items want in one column. */
int list_wish_cols(const struct list *list, const GPtrArray *items, enum list_marks marks);
/* What was typed may mean this item; a number, or nothing, means any. */
bool list_fits(const struct list *list, const struct page_choice *item);
