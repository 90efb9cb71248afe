/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many lines of text: where the lines begin, and the keys that move between them. Letters go through field_key().
 *
 * A line breaks between any two characters, but no closing mark (，。；…) begins one and no opening mark (（《“) ends one: a closing mark
 * hangs at the end of the line before, so the area is EDITOR_HANG columns wider than its lines.
 *
 * Owns: the starts of the lines. Blocks: never.
 */
#pragma once

#include "screen/field.h"
#include "screen/paint.h"

#define EDITOR_HANG 2

/* Embedded; editor_init() first, editor_clear() last. */
struct editor {
    GArray *starts; /* gsize: byte where each line begins; always one at least */
    int top;
    bool stale; /* in a paste: to be laid out and drawn when all that is there was taken */
    int wish_x; /* column that ↑ and ↓ try to keep, -1 = the cursor's */
    struct rect area;
};

void editor_init(struct editor *editor);
void editor_clear(struct editor *editor);
/* Lays out the field's text for the area and keeps the cursor in sight. */
void editor_layout(struct editor *editor, const struct field *field, const struct rect *area);
void editor_paint(const struct editor *editor, struct canvas *canvas, const struct field *field, bool focused);
/* After editor_layout(); Enter is a new line. */
enum edit editor_key(struct editor *editor, struct field *field, const struct key *key);
void editor_click(struct editor *editor, struct field *field, int y, int x);
