/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/picture.h"
#include "intake/file.h"
#include "intake/image.h"
#include "intake/sandbox.h"

#include <string.h>

GBytes *picture_load(const char *path)
{
    return file_load(path, PICTURE_MAX_BYTES);
}

struct photo_facts *picture_measure_bytes(const unsigned char *bytes, size_t n, bool whole)
{
    struct photo_facts *facts = record_new(&photo_facts_record);
    struct image_info info = {0}, decoded;
    facts->bytes = (int64_t)n;
    facts->format = photo_format_of(bytes, n);
    bool jpeg = facts->format == PHOTO_JPEG;
    if (facts->format == PHOTO_UNKNOWN)
        return facts;
    if (!(jpeg ? image_jpeg_info(bytes, n, &info) : image_png_info(bytes, n, &info)))
        return facts;
    facts->width = info.width;
    facts->height = info.height;
    facts->colour = info.colour;
    if (whole && (int64_t)info.width * info.height <= PICTURE_MAX_PIXELS)
        facts->complete =
            jpeg ? image_jpeg_read(bytes, n, 8, &decoded, NULL, NULL) : image_png_read(bytes, n, &decoded, NULL, NULL);
    return facts;
}

/* A file that is too large to be read still has a size to be told. */
static struct photo_facts *measure_size(const char *path)
{
    struct photo_facts *facts = record_new(&photo_facts_record);
    facts->bytes = file_size(path);
    return facts;
}

static struct photo_facts *measure(GBytes *bytes, const char *path)
{
    gsize n;
    const unsigned char *data = bytes ? g_bytes_get_data(bytes, &n) : NULL;
    return data ? picture_measure_bytes(data, n, true) : measure_size(path);
}

struct photo_facts *picture_measure(const char *path)
{
    g_autoptr(GBytes) bytes = picture_load(path);
    return measure(bytes, path);
}

/* What is uploaded later is what was measured now, whatever happens to the stick. */
static bool copy_of_ours(GBytes *bytes, const char *output)
{
    gsize n;
    const unsigned char *data = g_bytes_get_data(bytes, &n);
    if (photo_format_of(data, n) == PHOTO_UNKNOWN)
        return true;
    return g_file_set_contents_full(output, (const char *)data, (gssize)n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

void *picture_job(const void *request, struct helper_context *context)
{
    const struct photo_request *wanted = request;
    g_autoptr(GBytes) bytes = picture_load(wanted->path);
    bool copied = !bytes || !wanted->output || copy_of_ours(bytes, wanted->output);
    (void)context;
    if (!bytes)
        return measure_size(wanted->path);
    sandbox_enter();
    struct photo_facts *facts = measure(bytes, wanted->path);
    facts->complete = facts->complete && copied;
    return facts;
}
