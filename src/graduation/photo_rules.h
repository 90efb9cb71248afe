/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 毕业照片: what a program can check of R22 without knowing faces (domain.md 7). Pure: facts in, fault out.
 */
#pragma once

#include "base/record.h"

enum photo_format { PHOTO_UNKNOWN, PHOTO_JPEG, PHOTO_PNG };
extern const char *const photo_format_words[];

struct photo_facts {
    int format; /* by its first bytes, not its name */
    int64_t bytes, width, height;
    bool colour;   /* three components or palette; grey and CMYK are false */
    bool complete; /* decodes to its last row */
};
extern const struct record_type photo_facts_record;

#define PHOTO_MAX_BYTES (2 * 1024 * 1024) /* "小于 2M": equal is refused */

enum photo_format photo_format_of(const unsigned char *bytes, size_t n);
/* NULL = fine, else a message key ("photo.too_big"). */
const char *photo_check(const struct photo_facts *facts);
