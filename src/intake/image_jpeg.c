/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/image.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define MAX_SCANS 100 /* a progressive file of some kB can ask for thousands, each as slow as the picture */

/* Everything one call owns, so that a jump out of the library loses nothing. */
struct reader {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    unsigned char *row;
};

static void leave(j_common_ptr jpeg)
{
    struct reader *reader = jpeg->client_data;
    longjmp(reader->out, 1);
}

static void say_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void watch_scans(j_common_ptr jpeg)
{
    if (((j_decompress_ptr)jpeg)->input_scan_number > MAX_SCANS)
        leave(jpeg);
}

static void reader_init(struct reader *reader, const unsigned char *bytes, size_t n)
{
    reader->jpeg.err = jpeg_std_error(&reader->errors);
    reader->errors.error_exit = leave;
    reader->errors.output_message = say_nothing;
    jpeg_create_decompress(&reader->jpeg);
    reader->jpeg.client_data = reader;
    reader->progress.progress_monitor = watch_scans;
    reader->jpeg.progress = &reader->progress;
    jpeg_mem_src(&reader->jpeg, bytes, (unsigned long)n);
    jpeg_read_header(&reader->jpeg, TRUE);
}

static void reader_free(struct reader *reader)
{
    jpeg_destroy_decompress(&reader->jpeg);
    g_free(reader->row);
    g_free(reader);
}

bool image_jpeg_info(const unsigned char *bytes, size_t n, struct image_info *ret_info)
{
    struct reader *reader = g_new0(struct reader, 1);
    reader->jpeg.client_data = reader;
    if (setjmp(reader->out)) {
        reader_free(reader);
        return false;
    }
    reader_init(reader, bytes, n);
    *ret_info = (struct image_info){
        .width = (int)reader->jpeg.image_width,
        .height = (int)reader->jpeg.image_height,
        .colour = reader->jpeg.num_components == 3,
    };
    reader_free(reader);
    return true;
}

static void read_rows(struct reader *reader, image_row_fn row, gpointer data)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    bool rgb = jpeg->out_color_space == JCS_RGB;
    reader->row = g_malloc((gsize)jpeg->output_width * (gsize)jpeg->output_components);
    while (jpeg->output_scanline < jpeg->output_height) {
        int y = (int)jpeg->output_scanline;
        JSAMPROW rows[] = {reader->row};
        jpeg_read_scanlines(jpeg, rows, 1);
        if (row && rgb)
            row(reader->row, y, data);
    }
    jpeg_finish_decompress(jpeg);
}

bool image_jpeg_read(const unsigned char *bytes, size_t n, unsigned shrink, struct image_info *ret_info,
                     image_row_fn row, gpointer data)
{
    struct reader *reader = g_new0(struct reader, 1);
    reader->jpeg.client_data = reader;
    if (setjmp(reader->out)) {
        reader_free(reader);
        return false;
    }
    reader_init(reader, bytes, n);
    if (reader->jpeg.num_components != 4)
        reader->jpeg.out_color_space = JCS_RGB;
    reader->jpeg.scale_num = 1;
    reader->jpeg.scale_denom = shrink;
    jpeg_start_decompress(&reader->jpeg);
    *ret_info = (struct image_info){
        .width = (int)reader->jpeg.output_width,
        .height = (int)reader->jpeg.output_height,
        .colour = reader->jpeg.num_components == 3,
    };
    read_rows(reader, row, data);
    bool whole = reader->errors.num_warnings == 0;
    reader_free(reader);
    return whole;
}

struct writer {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jmp_buf out;
    unsigned char *bytes;
    unsigned long n;
};

static void leave_writer(j_common_ptr jpeg)
{
    struct writer *writer = jpeg->client_data;
    longjmp(writer->out, 1);
}

static void write_rows(struct writer *writer, const unsigned char *rgb, int width, int height, int quality)
{
    struct jpeg_compress_struct *jpeg = &writer->jpeg;
    jpeg->err = jpeg_std_error(&writer->errors);
    writer->errors.error_exit = leave_writer;
    writer->errors.output_message = say_nothing;
    jpeg_create_compress(jpeg);
    jpeg->client_data = writer;
    jpeg_mem_dest(jpeg, &writer->bytes, &writer->n);
    jpeg->image_width = (JDIMENSION)width;
    jpeg->image_height = (JDIMENSION)height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg->optimize_coding = TRUE;
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW rows[] = {(JSAMPROW)(rgb + (size_t)jpeg->next_scanline * (size_t)width * 3)};
        jpeg_write_scanlines(jpeg, rows, 1);
    }
    jpeg_finish_compress(jpeg);
}

GBytes *image_jpeg_write(const unsigned char *rgb, int width, int height, int quality)
{
    struct writer *writer = g_new0(struct writer, 1);
    writer->jpeg.client_data = writer;
    bool ok = !setjmp(writer->out);
    if (ok)
        write_rows(writer, rgb, width, height, quality);
    jpeg_destroy_compress(&writer->jpeg);
    GBytes *bytes = ok ? g_bytes_new(writer->bytes, writer->n) : NULL;
    free(writer->bytes); /* jpeg_mem_dest() took it from malloc() */
    g_free(writer);
    return bytes;
}
