/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/print_photo.h"
#include "intake/image.h"
#include "intake/picture.h"

#define JPEG_QUALITY 85

/* Sums source pixels into the pixels they fall on: each target pixel is the mean of what it covers. */
struct shrinker {
    int from_width, from_height, width, height;
    guint32 *sums; /* three a pixel */
    guint32 *counts;
};

static void add_row(const unsigned char *rgb, int y, gpointer data)
{
    struct shrinker *shrinker = data;
    gint64 to_y = (gint64)y * shrinker->height / shrinker->from_height;
    for (int x = 0; x < shrinker->from_width; x++) {
        gint64 at = to_y * shrinker->width + (gint64)x * shrinker->width / shrinker->from_width;
        shrinker->counts[at]++;
        for (int k = 0; k < 3; k++)
            shrinker->sums[at * 3 + k] += rgb[x * 3 + k];
    }
}

static unsigned char *means(const struct shrinker *shrinker)
{
    gsize n = (gsize)shrinker->width * (gsize)shrinker->height;
    unsigned char *rgb = g_malloc(n * 3);
    for (gsize i = 0; i < n * 3; i++) {
        guint32 count = MAX(shrinker->counts[i / 3], 1);
        rgb[i] = (unsigned char)((shrinker->sums[i] + count / 2) / count);
    }
    return rgb;
}

/* The size that just covers width × height; never larger than the picture. */
static void choose_size(const struct image_info *info, int width, int height, int *ret_width, int *ret_height)
{
    double scale = MAX((double)width / info->width, (double)height / info->height);
    scale = MIN(scale, 1);
    *ret_width = MAX((int)(info->width * scale + 0.5), 1);
    *ret_height = MAX((int)(info->height * scale + 0.5), 1);
}

/* A JPEG can be decoded at a half, a quarter or an eighth; as small as possible without losing wanted pixels. */
static unsigned choose_shrink(const struct image_info *info, int width, int height)
{
    unsigned shrink = 8;
    while (shrink > 1 && (info->width / (int)shrink < width || info->height / (int)shrink < height))
        shrink /= 2;
    return shrink;
}

static unsigned char *read_shrunk(const unsigned char *bytes, size_t n, const struct photo_facts *facts, int width,
                                  int height)
{
    const struct image_info info = {(int)facts->width, (int)facts->height, facts->colour};
    bool jpeg = facts->format == PHOTO_JPEG;
    unsigned shrink = jpeg ? choose_shrink(&info, width, height) : 1;
    int factor = (int)shrink;
    struct image_info decoded;
    struct shrinker shrinker = {
        .from_width = (info.width + factor - 1) / factor, /* as the decoder rounds */
        .from_height = (info.height + factor - 1) / factor,
        .width = width,
        .height = height,
        .sums = g_new0(guint32, (gsize)width * (gsize)height * 3),
        .counts = g_new0(guint32, (gsize)width * (gsize)height),
    };
    bool ok = jpeg ? image_jpeg_read(bytes, n, shrink, &decoded, add_row, &shrinker)
                   : image_png_read(bytes, n, &decoded, add_row, &shrinker);
    unsigned char *rgb = ok ? means(&shrinker) : NULL;
    g_free(shrinker.sums);
    g_free(shrinker.counts);
    return rgb;
}

static struct print_photo *make(const unsigned char *bytes, size_t n, const struct photo_facts *facts, int width,
                                int height)
{
    struct print_photo *photo = g_new0(struct print_photo, 1);
    const struct image_info info = {(int)facts->width, (int)facts->height, facts->colour};
    choose_size(&info, width, height, &photo->width, &photo->height);
    photo->rgb = read_shrunk(bytes, n, facts, photo->width, photo->height);
    photo->jpeg = photo->rgb ? image_jpeg_write(photo->rgb, photo->width, photo->height, JPEG_QUALITY) : NULL;
    if (photo->jpeg)
        return photo;
    print_photo_free(photo);
    return NULL;
}

struct print_photo *print_photo_read(const char *path, int width, int height)
{
    g_autoptr(GBytes) bytes = picture_load(path);
    if (!bytes)
        return NULL;
    gsize n;
    const unsigned char *data = g_bytes_get_data(bytes, &n);
    struct photo_facts *facts = picture_measure_bytes(data, n, false);
    bool usable = facts->width > 0 && facts->colour && facts->width * facts->height <= PICTURE_MAX_PIXELS;
    struct print_photo *photo = usable ? make(data, n, facts, width, height) : NULL;
    record_free(&photo_facts_record, facts);
    return photo;
}

void print_photo_free(struct print_photo *photo)
{
    if (!photo)
        return;
    g_free(photo->rgb);
    if (photo->jpeg)
        g_bytes_unref(photo->jpeg);
    g_free(photo);
}
