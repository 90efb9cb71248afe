/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo made fit for paper: decoded, at most as large as asked, and again as a small JPEG. Blocks: decodes. Runs in a helper.
 */
#pragma once

#include <glib.h>

struct print_photo {
    int width, height;
    unsigned char *rgb; /* three bytes a pixel */
    GBytes *jpeg;       /* the same picture */
};
/* Covers width × height as nearly as the picture's pixels allow. NULL when it cannot be read to its end or has no colour. */
struct print_photo *print_photo_read(const char *path, int width, int height);
void print_photo_free(struct print_photo *photo);
