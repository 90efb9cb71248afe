/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal shows of a glass: its bytes as libvterm takes them, cell by cell with colours.
 *
 * Owns: the terminal. The glass is the test's.
 */
#pragma once

#include "glass.h"

/* Colours by number, -1 = the terminal's own; what is reversed is told as it is seen. */
struct eye_style {
    int ink, ground;
    bool bold, underlined;
};

struct eye_cell {
    gunichar c; /* 0 = the right half of a wide one; blanks are ' ' */
    struct eye_style style;
};

struct eye_view {
    int rows, cols;
    int cursor_y, cursor_x; /* -1 = hidden */
    struct eye_cell cells[];
};

struct eye;
struct eye *eye_new(struct glass *glass, int rows, int cols);
void eye_free(struct eye *eye);
void eye_resize(struct eye *eye, int rows, int cols);
/* All that was sent until now; g_free(). */
struct eye_view *eye_look(struct eye *eye);

const struct eye_cell *eye_cell(const struct eye_view *view, int row, int col);
bool eye_same_style(const struct eye_style *a, const struct eye_style *b);
