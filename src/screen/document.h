/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text laid out in lines before it is painted: paragraphs, facts, tables. May be longer than the screen; painted from any line.
 *
 * Owns: copies of all it shows. Blocks: never.
 */
#pragma once

#include "screen/paint.h"
#include "session/page.h"

#define DOCUMENT_BLOCK_COLS 72

struct span {
    int line, x, cols;
    enum role role;
    char *text; /* NULL = a rule */
};

/* Embedded; document_init() first, document_clear() last. */
struct document {
    GArray *spans; /* struct span, by line */
    int lines;
    int used; /* lines up to the last that holds anything */
    int cols; /* the width it is laid out for */
};

void document_init(struct document *document);
void document_clear(struct document *document);
void document_reset(struct document *document, int cols);

/* One line more, empty. Returns its number. */
int document_line(struct document *document);
/* An empty line, unless it would be the first or there is one already. */
void document_gap(struct document *document);
/* The line holds something that is painted by others. */
void document_use(struct document *document, int line);
/* On line `line`, which must be there. */
void document_span(struct document *document, int line, int x, int cols, enum role role, const char *text);
void document_rule(struct document *document, int x, int cols);
/* Wraps into the columns x … x + cols. */
void document_text(struct document *document, int x, int cols, enum role role, const char *text);
/* A block in the middle, as wide as its widest line and at most DOCUMENT_BLOCK_COLS. */
void document_centred(struct document *document, enum role role, const char *text);
/* Label and value; `pairs`: two beside each other where they are short. */
void document_facts(struct document *document, int x, int cols, const GPtrArray *facts, bool pairs);
void document_table(struct document *document, const struct page_table *table);

/* Without its empty lines: where words would be lost otherwise. */
void document_squeeze(struct document *document);
/* Everything `lines` lower. */
void document_shift(struct document *document, int lines);
/* Lines from `top` on that fall into the area; nothing is cleared. */
void document_paint(const struct document *document, struct canvas *canvas, const struct rect *area, int top);
/* From the first line, where nothing can be scrolled: who watches the canvas hears of the lines below the area as texts without a column. */
void document_paint_fixed(const struct document *document, struct canvas *canvas, const struct rect *area);

static inline enum role role_of_tone(enum page_tone tone)
{
    return (enum role)tone; /* roles begin with the tones */
}
