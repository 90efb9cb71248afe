/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formats: PKWARE APPNOTE 4.3.7 (local file header), 4.3.16 (end of the directory); RAR 4 and 5 technical notes. */
#include "graduation/archive_rules.h"

#include <glib.h>
#include <string.h>

const char *const archive_format_words[] = {
    [ARCHIVE_UNKNOWN] = "unknown", [ARCHIVE_ZIP] = "zip", [ARCHIVE_RAR] = "rar", NULL};

#define ZIP_ENTRY_BYTES     30 /* of a local header before the name */
#define ZIP_FLAGS_AT        6
#define ZIP_ENCRYPTED       0x2041u /* the entry, strong encryption, a masked header */
#define RAR4_MAIN_AT        7
#define RAR4_MAIN_BYTES     13
#define RAR4_LIST_ENCRYPTED 0x80u
#define RAR4_FILE           0x74
#define RAR4_FILE_ENCRYPTED 0x04u
#define RAR5_HEAD_AT        8
#define RAR5_CRC_BYTES      4
#define RAR5_ENCRYPTION     4 /* type of a header that stands before an encrypted list */

static bool starts(const unsigned char *bytes, size_t n, const char *magic, size_t length)
{
    return n >= length && memcmp(bytes, magic, length) == 0;
}

static unsigned word_at(const unsigned char *bytes, size_t at)
{
    return (unsigned)bytes[at] | (unsigned)bytes[at + 1] << 8;
}

static void look_into_zip(const unsigned char *bytes, size_t n, struct archive_facts *facts)
{
    facts->broken = n < ZIP_ENTRY_BYTES;
    facts->encrypted = !facts->broken && (word_at(bytes, ZIP_FLAGS_AT) & ZIP_ENCRYPTED) != 0;
}

/* Main header: crc 2, type 1, flags 2, size 2, reserved 6; the first file's header follows. */
static void look_into_rar4(const unsigned char *bytes, size_t n, struct archive_facts *facts)
{
    size_t file = RAR4_MAIN_AT + RAR4_MAIN_BYTES;
    facts->broken = n < file + 5;
    if (facts->broken)
        return;
    bool list = (word_at(bytes, RAR4_MAIN_AT + 3) & RAR4_LIST_ENCRYPTED) != 0;
    bool first = bytes[file + 2] == RAR4_FILE && (word_at(bytes, file + 3) & RAR4_FILE_ENCRYPTED) != 0;
    facts->encrypted = list || first;
}

/* Header: crc 4, size and type as numbers of seven bits a byte. */
static void look_into_rar5(const unsigned char *bytes, size_t n, struct archive_facts *facts)
{
    size_t at = RAR5_HEAD_AT + RAR5_CRC_BYTES;
    while (at < n && bytes[at] & 0x80)
        at++;
    facts->broken = at + 1 >= n;
    facts->encrypted = !facts->broken && bytes[at + 1] == RAR5_ENCRYPTION;
}

struct archive_facts archive_look(const unsigned char *bytes, size_t n)
{
    struct archive_facts facts = {.format = ARCHIVE_UNKNOWN, .bytes = (int64_t)n};
    if (starts(bytes, n, "PK\x03\x04", 4)) {
        facts.format = ARCHIVE_ZIP;
        look_into_zip(bytes, n, &facts);
    } else if (starts(bytes, n, "PK\x05\x06", 4)) {
        facts.format = ARCHIVE_ZIP;
        facts.empty = true;
    } else if (starts(bytes, n, "Rar!\x1a\x07\x00", 7)) {
        facts.format = ARCHIVE_RAR;
        look_into_rar4(bytes, n, &facts);
    } else if (starts(bytes, n, "Rar!\x1a\x07\x01\x00", 8)) {
        facts.format = ARCHIVE_RAR;
        look_into_rar5(bytes, n, &facts);
    }
    return facts;
}

const char *archive_check(const struct archive_facts *facts)
{
    const struct {
        bool bad;
        const char *key;
    } rules[] = {
        {facts->bytes <= 0 || facts->empty, "archive.empty"},
        {facts->bytes > ARCHIVE_MAX_BYTES, "archive.too_big"},
        {facts->format == ARCHIVE_UNKNOWN, "archive.format"},
        {facts->broken, "archive.broken"},
        {facts->encrypted, "archive.encrypted"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (rules[i].bad)
            return rules[i].key;
    return NULL;
}
