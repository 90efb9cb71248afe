/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets a text into a rectangle: as large as its style wants, on one line if that goes, else broken into lines, smaller and
 * smaller down to the style's least size. Lines sit on a grid of the style's own, so that a letter from a fallback font does not
 * move its line. Text is never read as markup. Lengths are points.
 *
 * Blocks: some ms for a long text.
 */
#pragma once

#include "printing/sheet_fonts.h"

struct typeset;
struct typeset *typeset_new(const struct sheet_fonts *fonts); /* keeps `fonts` */
void typeset_free(struct typeset *typeset);

struct typeset_box {
    double x, y, w, h;
};
/* False when the text does not fit even at its least size; it is then drawn as far as the box goes. */
bool typeset_draw(struct typeset *typeset, cairo_t *cr, const struct layout_style *style, const char *text,
                  const struct typeset_box *box);
/* The size it would be drawn at; 0 when it does not fit. */
double typeset_size(struct typeset *typeset, const struct layout_style *style, const char *text, double w, double h);
