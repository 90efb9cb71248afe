/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 顶替课程扫描件压缩包: what can be said of it without unpacking anything (R14, domain.md 2.8, 9.6). Pure: bytes in, facts out,
 * facts in, fault out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum archive_format { ARCHIVE_UNKNOWN, ARCHIVE_ZIP, ARCHIVE_RAR };
extern const char *const archive_format_words[]; /* unknown zip rar */

struct archive_facts {
    int format; /* by its first bytes, not its name */
    int64_t bytes;
    bool broken;    /* too short to hold a first entry */
    bool empty;     /* a whole archive with nothing in it */
    bool encrypted; /* its first entry, or its list, needs a password */
};

#define ARCHIVE_MAX_BYTES (20 * 1024 * 1024)

struct archive_facts archive_look(const unsigned char *bytes, size_t n);
/* NULL = fine, else a message key ("archive.format"). */
const char *archive_check(const struct archive_facts *facts);
