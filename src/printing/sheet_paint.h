/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paints one side of the sheet on any cairo surface whose unit is the point. Blocks: tens of ms. */
#pragma once

#include "printing/typeset.h"

struct sheet_paint {
    const struct layout *layout;
    const struct sheet_data *data;
    struct typeset *typeset;
    cairo_surface_t *photo; /* NULL = leave the box empty */
    GPtrArray *overflow;    /* new names of boxes whose text did not fit are added */
};
void sheet_paint_side(const struct sheet_paint *paint, cairo_t *cr, int side);

/* The photo as a surface that carries a small JPEG of itself, which the PDF takes unchanged. NULL when it cannot be read. */
cairo_surface_t *sheet_photo_surface(const char *path);
