/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JPEG and PNG from memory, row by row. Every error of the decoders ends the call and never the process. Blocks: decodes.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct image_info {
    int width, height;
    bool colour; /* three components or a palette */
};
/* One row, three bytes a pixel. */
typedef void (*image_row_fn)(const unsigned char *rgb, int y, gpointer data);

bool image_jpeg_info(const unsigned char *bytes, size_t n, struct image_info *ret_info);
bool image_png_info(const unsigned char *bytes, size_t n, struct image_info *ret_info);

/*
 * True when the picture decodes to its last row without a complaint. Rows come while that is not known yet. `row` may be NULL.
 * A JPEG may be shrunk by 1, 2, 4 or 8 for nothing; *ret_info has the size the rows have. CMYK pictures have no rows.
 */
bool image_jpeg_read(const unsigned char *bytes, size_t n, unsigned shrink, struct image_info *ret_info,
                     image_row_fn row, gpointer data);
bool image_png_read(const unsigned char *bytes, size_t n, struct image_info *ret_info, image_row_fn row, gpointer data);

/* NULL when out of memory. */
GBytes *image_jpeg_write(const unsigned char *rgb, int width, int height, int quality);
