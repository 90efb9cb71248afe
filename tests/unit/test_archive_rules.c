/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/archive_rules.h"

#include <glib.h>

#define ZIP(flags)   "PK\x03\x04\x14\x00" flags "\x08\x00______________________"
#define RAR4         "Rar!\x1a\x07\x00"
#define MAIN(flags)  "\xcf\x90\x73" flags "\x00\x0d\x00______"
#define FILE_(flags) "\x00\x00\x74" flags "\x80_"
#define RAR5         "Rar!\x1a\x07\x01\x00\x33\x92\xb5\xe5"
#define BYTES(text)  (text), sizeof(text) - 1

/* What each first entry says; a name plays no part. */
static void r14_two_kinds_of_archive(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *key;
    } cases[] = {
        {BYTES(ZIP("\x00\x00")), NULL},
        {BYTES(ZIP("\x00\x08")), NULL}, /* names in UTF-8 */
        {BYTES(ZIP("\x01\x00")), "archive.encrypted"},
        {BYTES(ZIP("\x41\x00")), "archive.encrypted"},
        {BYTES(ZIP("\x00\x20")), "archive.encrypted"},
        {BYTES("PK\x03\x04\x14\x00\x00"), "archive.broken"},
        {BYTES("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), "archive.empty"},
        {BYTES(RAR4 MAIN("\x00") FILE_("\x00")), NULL},
        {BYTES(RAR4 MAIN("\x80") FILE_("\x00")), "archive.encrypted"},
        {BYTES(RAR4 MAIN("\x00") FILE_("\x04")), "archive.encrypted"},
        {BYTES(RAR4 MAIN("\x00")), "archive.broken"},
        {BYTES(RAR5 "\x0a\x01\x05\x06\x00"), NULL},
        {BYTES(RAR5 "\x8a\x01\x01\x05\x06\x00"), NULL}, /* a size of two bytes */
        {BYTES(RAR5 "\x21\x04\x00\x00\x01"), "archive.encrypted"},
        {BYTES(RAR5 "\x8a\x8a\x8a"), "archive.broken"},
        {BYTES(RAR5), "archive.broken"},
        {BYTES("Rar!\x1a\x07\x02\x00____"), "archive.format"},
        {BYTES("PK\x07\x08____________________________"), "archive.format"},
        {BYTES("7z\xbc\xaf\x27\x1c____________________"), "archive.format"},
        {BYTES("\xff\xd8\xff\xe0"), "archive.format"},
        {BYTES("%PDF-1.7"), "archive.format"},
        {BYTES("MZ"), "archive.format"},
        {BYTES("P"), "archive.format"},
        {BYTES(""), "archive.empty"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct archive_facts facts = archive_look((const unsigned char *)cases[i].bytes, cases[i].n);
        const char *key = archive_check(&facts);
        if (g_strcmp0(key, cases[i].key) != 0)
            fail_msg("case %zu: %s", i, key ? key : "fine");
    }
}

static void twenty_mebibytes_are_the_most(void **state)
{
    struct archive_facts facts = {.format = ARCHIVE_ZIP, .bytes = ARCHIVE_MAX_BYTES};
    (void)state;
    assert_null(archive_check(&facts));
    facts.bytes++;
    assert_string_equal(archive_check(&facts), "archive.too_big");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r14_two_kinds_of_archive),
        cmocka_unit_test(twenty_mebibytes_are_the_most),
    };
    return cmocka_run_group_tests_name("archive_rules", tests, NULL, NULL);
}
