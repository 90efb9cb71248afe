/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is being typed into one field: the text, the cursor, what may enter. No drawing here (field_paint.h), no curses.
 *
 * The cursor moves by graphemes; what was typed can be undone. What a field of its type can not hold is refused letter by letter; more than max_chars is not taken.
 * A password lies in locked memory and its cursor is always at the end: nothing tells its length.
 *
 * Owns: the text. Blocks: never.
 */
#pragma once

#include "base/secret.h"
#include "screen/history.h"
#include "screen/key.h"
#include "session/page.h"

#define FIELD_CHARS_MAX 4000 /* when the page gives no limit */

struct field {
    char *key;
    enum field_type type;
    int max_chars;
    GString *text;         /* unused in a password */
    struct secret *secret; /* passwords only */
    gsize cursor;          /* bytes */
    gsize first;           /* bytes: the first that is shown */
    struct history history;
};

enum edit { EDIT_IGNORED, EDIT_MOVED, EDIT_CHANGED, EDIT_FULL /* no room for more */ };

struct field *field_new(const struct page_field *page_field);
void field_free(struct field *field);
/* Takes the page's value where it is another than what stands here; true when that changed anything. */
bool field_take(struct field *field, const struct page_field *page_field);
/* "" when empty; borrowed until the next change. Dates are digits. */
const char *field_text(const struct field *field);
bool field_is_empty(const struct field *field);
enum edit field_key(struct field *field, const struct key *key);
void field_set(struct field *field, const char *text);
/* The same, as a step that can be undone. */
void field_replace(struct field *field, const char *text);
