/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drawing by columns: every call clears the span it is given, clips to it and never trusts the terminal to wrap or cut.
 *
 * A canvas is the whole screen in memory; paint_flush() sends what changed. Texts are clean (base/text); a character whose width the
 * C library sees otherwise than we do is drawn as 〓, so that columns never shift.
 *
 * Owns: nothing; the terminal owns the canvas. Blocks: paint_flush() writes to the terminal.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "screen/theme.h"

struct rect {
    int y, x, rows, cols;
};

/* Told of every text and the columns it was given: how kiosk --check measures. */
typedef void (*paint_watch_fn)(int y, int cols, enum role role, const char *text, gpointer data);

struct canvas {
    struct _win_st *window; /* NULL: nothing is painted, only watched */
    int rows, cols;
    struct style styles[ROLE_COUNT];
    int cursor_y, cursor_x; /* -1: hidden */
    paint_watch_fn watch;   /* NULL = nobody */
    gpointer watch_data;
};

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

void paint_erase(struct canvas *canvas); /* everything, in ROLE_BODY; no cursor */
void paint_fill(struct canvas *canvas, const struct rect *area, enum role role);
/* `text` in a span of `cols`; longer text is cut with "…". */
void paint_text(struct canvas *canvas, int y, int x, int cols, enum role role, const char *text);
void paint_aligned(struct canvas *canvas, int y, int x, int cols, enum role role, enum align align, const char *text);
/* Text that may be longer than its span is cut without "…": what a field shows of its value. */
void paint_clipped(struct canvas *canvas, int y, int x, int cols, enum role role, const char *text);
void paint_rule(struct canvas *canvas, int y, int x, int cols, enum role role);
/* A frame with a cleared inside; the title stands in its upper edge and may be NULL. */
void paint_box(struct canvas *canvas, const struct rect *area, enum role role, const char *title);
void paint_cursor(struct canvas *canvas, int y, int x);
void paint_flush(struct canvas *canvas);
/* Everything is sent again: the terminal may hold something else. */
void paint_distrust(struct canvas *canvas);
bool rect_has(const struct rect *area, int y, int x);
