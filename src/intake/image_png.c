/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/image.h"

#include <string.h>

#include <png.h>

#define MAX_CHUNK (8 * 1024 * 1024) /* bytes one compressed chunk of text or profile may grow to */

/* Everything one call owns, so that a jump out of the library loses nothing. */
struct reader {
    png_structp png;
    png_infop info;
    const unsigned char *at;
    size_t left;
    unsigned char *pixels;
    png_bytep *rows;
};

static void take_bytes(png_structp png, png_bytep to, size_t n)
{
    struct reader *reader = png_get_io_ptr(png);
    if (n > reader->left)
        png_error(png, "truncated");
    memcpy(to, reader->at, n);
    reader->at += n;
    reader->left -= n;
}

static void leave(png_structp png, png_const_charp why)
{
    (void)why;
    png_longjmp(png, 1);
}

static void say_nothing(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
}

static struct reader *reader_new(const unsigned char *bytes, size_t n)
{
    struct reader *reader = g_new0(struct reader, 1);
    reader->at = bytes;
    reader->left = n;
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, leave, say_nothing);
    reader->info = png_create_info_struct(reader->png);
    png_set_read_fn(reader->png, reader, take_bytes);
    png_set_chunk_malloc_max(reader->png, MAX_CHUNK);
    return reader;
}

static void reader_free(struct reader *reader)
{
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
    g_free(reader->pixels);
    g_free(reader->rows);
    g_free(reader);
}

static void read_info(struct reader *reader, struct image_info *ret_info)
{
    png_read_info(reader->png, reader->info);
    *ret_info = (struct image_info){
        .width = (int)png_get_image_width(reader->png, reader->info),
        .height = (int)png_get_image_height(reader->png, reader->info),
        .colour = png_get_color_type(reader->png, reader->info) & PNG_COLOR_MASK_COLOR,
    };
}

bool image_png_info(const unsigned char *bytes, size_t n, struct image_info *ret_info)
{
    struct reader *reader = reader_new(bytes, n);
    bool ok = !setjmp(png_jmpbuf(reader->png));
    if (ok)
        read_info(reader, ret_info);
    reader_free(reader);
    return ok;
}

/* Whatever the file holds becomes three bytes a pixel; what is transparent becomes white paper. */
static void want_rgb(struct reader *reader)
{
    png_color_16 white = {.red = 255, .green = 255, .blue = 255, .gray = 255};
    png_set_expand(reader->png);
    png_set_scale_16(reader->png);
    png_set_gray_to_rgb(reader->png);
    png_set_background(reader->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    png_set_interlace_handling(reader->png);
    png_read_update_info(reader->png, reader->info);
}

static void read_rows(struct reader *reader, const struct image_info *info)
{
    size_t stride = png_get_rowbytes(reader->png, reader->info);
    reader->pixels = g_malloc(stride * (size_t)info->height);
    reader->rows = g_new(png_bytep, (gsize)info->height);
    for (int y = 0; y < info->height; y++)
        reader->rows[y] = reader->pixels + stride * (size_t)y;
    png_read_image(reader->png, reader->rows);
    png_read_end(reader->png, NULL);
}

bool image_png_read(const unsigned char *bytes, size_t n, struct image_info *ret_info, image_row_fn row, gpointer data)
{
    struct reader *reader = reader_new(bytes, n);
    if (setjmp(png_jmpbuf(reader->png))) {
        reader_free(reader);
        return false;
    }
    read_info(reader, ret_info);
    want_rgb(reader);
    read_rows(reader, ret_info);
    for (int y = 0; row && y < ret_info->height; y++)
        row(reader->rows[y], y, data);
    reader_free(reader);
    return true;
}
