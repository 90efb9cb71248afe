/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is picked for a field from a list: one of its options; a place, level by level; a day: year, month, day.
 *
 * What is typed narrows the list to what fits it (screen/list.h says how). No drawing here: overlay.c.
 *
 * Owns: its lists; the items of options are borrowed from the page's list, which it keeps. Blocks: never.
 */
#pragma once

#include "screen/field.h"
#include "screen/list.h"
#include "screen/region.h"
#include "screen/screen.h"

#define PICKER_LEVEL 16 /* bytes */

/* Embedded, zeroed at first; picker_clear() last. */
struct picker {
    char level[PICKER_LEVEL]; /* "" = the first; a place's code; digits of a date */
    GPtrArray *places;        /* of a region */
    GPtrArray *items, *shown; /* struct page_choice: of the level; those that fit what was typed */
    char *current;            /* key of the item that the field holds, NULL = none */
    struct list list;         /* of what is shown */
};

/* Something can be picked for such a field; all but a code can be typed as well. */
bool picker_serves(const struct page_field *page_field);
void picker_open(struct picker *picker, const struct field *field, const struct page_field *page_field,
                 const struct screen_labels *labels);
/* The page is another: the same level of the same field. */
void picker_reload(struct picker *picker, const struct field *field, const struct page_field *page_field,
                   const struct screen_labels *labels);
void picker_clear(struct picker *picker);

/* Where one is: "山西省太原市", "2012年"; newly allocated, "" at the first level. */
char *picker_place(const struct picker *picker, const struct page_field *page_field);
/* LIST_PICKED: picker_take() is to be called. Backspace that is ignored has nothing more to take back: a level up. */
enum list_result picker_key(struct picker *picker, const struct key *key);

enum picked {
    PICKED_DEEPER, /* a level down: to be drawn */
    PICKED_VALUE,  /* *ret_value is what the field holds now */
    PICKED_NONE,   /* nothing to pick, or the person wants to type */
};
/* The item under the cursor. *ret_value is newly allocated. */
enum picked picker_take(struct picker *picker, const struct field *field, const struct page_field *page_field,
                        const struct screen_labels *labels, char **ret_value);
/* A level up; false at the first. */
bool picker_up(struct picker *picker, const struct field *field, const struct page_field *page_field,
               const struct screen_labels *labels);
