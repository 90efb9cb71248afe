/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/photo_rules.h"

#include <string.h>

const char *const photo_format_words[] = {
    [PHOTO_UNKNOWN] = "unknown", [PHOTO_JPEG] = "jpeg", [PHOTO_PNG] = "png", NULL};

static const struct record_field photo_facts_fields[] = {
    {"format", RECORD_WORD, offsetof(struct photo_facts, format), .flags = RECORD_REQUIRED,
     .words = photo_format_words},
    {"bytes", RECORD_INTEGER, offsetof(struct photo_facts, bytes), .flags = RECORD_REQUIRED, .max = RECORD_INTEGER_MAX},
    {"width", RECORD_INTEGER, offsetof(struct photo_facts, width), .max = INT32_MAX},
    {"height", RECORD_INTEGER, offsetof(struct photo_facts, height), .max = INT32_MAX},
    {"colour", RECORD_BOOLEAN, offsetof(struct photo_facts, colour)},
    {"complete", RECORD_BOOLEAN, offsetof(struct photo_facts, complete)},
};
const struct record_type photo_facts_record = RECORD_TYPE(photo_facts, photo_facts_fields);

/* One inch at 300 dpi is the least that prints well; beyond the most it is no portrait from a camera (domain.md 7). */
#define PHOTO_MIN_WIDTH  295
#define PHOTO_MIN_HEIGHT 413
#define PHOTO_MAX_SIDE   6000

enum photo_format photo_format_of(const unsigned char *bytes, size_t n)
{
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const unsigned char jpeg[] = {0xff, 0xd8, 0xff};
    if (n >= sizeof(png) && memcmp(bytes, png, sizeof(png)) == 0)
        return PHOTO_PNG;
    if (n >= sizeof(jpeg) && memcmp(bytes, jpeg, sizeof(jpeg)) == 0)
        return PHOTO_JPEG;
    return PHOTO_UNKNOWN;
}

const char *photo_check(const struct photo_facts *facts)
{
    const struct {
        bool bad;
        const char *key;
    } rules[] = {
        {facts->bytes <= 0, "photo.empty"},
        {facts->bytes >= PHOTO_MAX_BYTES, "photo.too_big"},
        {facts->format == PHOTO_UNKNOWN, "photo.format"},
        {facts->width <= 0 || facts->height <= 0 || !facts->complete, "photo.broken"},
        {facts->width < PHOTO_MIN_WIDTH || facts->height < PHOTO_MIN_HEIGHT, "photo.too_few_pixels"},
        {facts->width > PHOTO_MAX_SIDE || facts->height > PHOTO_MAX_SIDE, "photo.too_many_pixels"},
        {!facts->colour, "photo.not_colour"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (rules[i].bad)
            return rules[i].key;
    return NULL;
}
