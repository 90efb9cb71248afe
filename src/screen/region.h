/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places in levels, by the six digits of GB/T 2260: 140000 a province, 140100 within it, 140105 within that. What has no place of the
 * middle level above it, such as 110101 or 469001, stands right below its province.
 *
 * Places are struct page_choice, key = code, in any order. The names of a place and all above it make its text: 山西省太原市小店区.
 *
 * Owns: nothing. Blocks: never.
 */
#pragma once

#include "session/page.h"

#define REGION_CODE 7 /* bytes of a code with its end */

/* Places right below that one, "" = the provinces: borrowed, in the order of `places`. */
GPtrArray *region_within(const GPtrArray *places, const char *code);
/* What it lies in; "" for a province. */
void region_above(const GPtrArray *places, const char *code, char ret[REGION_CODE]);
/* Newly allocated; "" for no code. */
char *region_text(const GPtrArray *places, const char *code);
/* A place one may come from: a province that has cities is none. */
bool region_is_whole(const GPtrArray *places, const char *code);
/* The smallest place that the text begins with; "" when it is none. Returns the bytes of its text. */
gsize region_read(const GPtrArray *places, const char *text, char ret[REGION_CODE]);
