/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/photo_rules.h"

#include <string.h>

const char *const photo_format_words[] = {
    [PHOTO_UNKNOWN] = "unknown", [PHOTO_JPEG] = "jpeg", [PHOTO_PNG] = "png", NULL};

static const struct record_field photo_facts_fields[] = {
    {"format", RECORD_WORD, offsetof(struct photo_facts, format), .flags = RECORD_REQUIRED,
     .words = photo_format_words},
    {"bytes", RECORD_INTEGER, offsetof(struct photo_facts, bytes), .flags = RECORD_REQUIRED, .max = INT64_MAX},
    {"width", RECORD_INTEGER, offsetof(struct photo_facts, width), .max = INT32_MAX},
    {"height", RECORD_INTEGER, offsetof(struct photo_facts, height), .max = INT32_MAX},
    {"colour", RECORD_BOOLEAN, offsetof(struct photo_facts, colour)},
    {"complete", RECORD_BOOLEAN, offsetof(struct photo_facts, complete)},
};
const struct record_type photo_facts_record = RECORD_TYPE(photo_facts, photo_facts_fields);
