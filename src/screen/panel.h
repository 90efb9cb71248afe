/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A body of text and fields, one under the other, scrolled: what notices, reports, forms and tables of fields are made of.
 *
 * Built anew for each drawing: texts into the document, fields into slots. Only the slot that is typed into is painted
 * for a letter.
 *
 * Owns: the document and the slots. Blocks: never.
 */
#pragma once

#include "screen/document.h"
#include "screen/field_paint.h"

struct screen;

/* What a page's kind made of a key. */
enum step_result {
    STEP_IGNORED, /* not mine */
    STEP_DONE,    /* done, nothing more to draw */
    STEP_REDRAW,  /* done, draw the page */
    STEP_NEXT,    /* leave the body forwards: to the buttons */
    STEP_PREVIOUS,
    STEP_PRIMARY, /* what Enter does */
};

/* Where a field stands; lines and columns within the panel. */
struct slot {
    int field; /* index in page->fields */
    int line;
    int label_x, label_cols; /* label_cols 0 = the label is elsewhere */
    int x, cols;
    int note_line, note_x, note_cols; /* error, else hint of the focused field; note_cols 0 = nowhere */
    bool hint_beside;                 /* the hint has its place: not inside the field while focused */
    int column;                       /* of a table of fields: where ↑ and ↓ go; 0 otherwise */
};

/* Embedded; panel_init() first, panel_clear() last. */
struct panel {
    struct document document;
    GArray *slots; /* struct slot, in the order Tab visits them */
    int top;
    bool roaming; /* scrolled by hand: the focus may be out of sight until the next other key */
};

void panel_init(struct panel *panel);
void panel_clear(struct panel *panel);

/* What most kinds do when their page comes: the top, and the first field. */
void panel_enter(struct screen *screen);

/* Building: begin, then texts (panel.document) and fields in any order. */
void panel_begin(struct screen *screen);
/* Texts of the page: quiet ones are notes and stand last, the others come first. */
void panel_texts(struct screen *screen, bool quiet);
void panel_facts(struct screen *screen);
void panel_tables(struct screen *screen);
/* Fields that stand outside a table; `from` up to `to`. */
void panel_fields(struct screen *screen, int from, int to);
/* Fields of the table, row by row. */
void panel_rows(struct screen *screen, int from, int to);
/* Everything built so far `lines` lower: to stand in the middle. */
void panel_lower(struct screen *screen, int lines);
/* Paints what is in sight, keeps the focus in sight. */
void panel_paint(struct screen *screen);

/* Only the field that is typed into; false when it is not in sight. */
bool panel_paint_focus(struct screen *screen);
/* Slot of a field, or NULL. */
struct slot *panel_slot(const struct panel *panel, int field);

/* panel_key.c: what keys and clicks do in a panel. */
enum step_result panel_key(struct screen *screen, const struct key *key);
/* The first field that may be filled in; -1 when there is none. */
int panel_first_field(const struct screen *screen);
void panel_focus(struct screen *screen, int field);
/* After a field's list was answered: on to the next field, or the buttons. */
void panel_advance(struct screen *screen);
