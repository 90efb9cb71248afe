/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/photo_rules.h"

#include <string.h>

static void r22_format_by_first_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        enum photo_format format;
    } cases[] = {
        {"\x89PNG\r\n\x1a\n....", 12, PHOTO_PNG}, {"\x89PNG\r\n\x1a", 7, PHOTO_UNKNOWN},
        {"\xff\xd8\xff\xe0", 4, PHOTO_JPEG},      {"\xff\xd8", 2, PHOTO_UNKNOWN},
        {"GIF89a..", 8, PHOTO_UNKNOWN},           {"BM......", 8, PHOTO_UNKNOWN},
        {"PK\x03\x04....", 8, PHOTO_UNKNOWN},     {"", 0, PHOTO_UNKNOWN},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(photo_format_of((const unsigned char *)cases[i].bytes, cases[i].n), cases[i].format);
}

/* R22; the photo of all cases is good but for what the case says. */
static void r22_what_a_program_can_check(void **state)
{
    (void)state;
    static const struct {
        struct photo_facts facts;
        const char *key;
    } cases[] = {
        {{PHOTO_JPEG, 30000, 480, 640, true, true}, NULL},
        {{PHOTO_PNG, 2 * 1024 * 1024 - 1, 480, 640, true, true}, NULL},
        {{PHOTO_JPEG, 2 * 1024 * 1024, 480, 640, true, true}, "photo.too_big"}, /* 小于 2M: equal is refused */
        {{PHOTO_JPEG, 0, 0, 0, false, false}, "photo.empty"},
        {{PHOTO_UNKNOWN, 30000, 480, 640, true, true}, "photo.format"},
        {{PHOTO_JPEG, 30000, 480, 640, true, false}, "photo.broken"},
        {{PHOTO_JPEG, 30000, 0, 640, true, true}, "photo.broken"},
        {{PHOTO_JPEG, 30000, 295, 413, true, true}, NULL}, /* one inch at 300 dpi */
        {{PHOTO_JPEG, 30000, 294, 413, true, true}, "photo.too_few_pixels"},
        {{PHOTO_JPEG, 30000, 295, 412, true, true}, "photo.too_few_pixels"},
        {{PHOTO_JPEG, 30000, 6000, 6000, true, true}, NULL},
        {{PHOTO_JPEG, 30000, 6001, 6000, true, true}, "photo.too_many_pixels"},
        {{PHOTO_JPEG, 30000, 480, 640, false, true}, "photo.not_colour"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *key = photo_check(&cases[i].facts);
        if (g_strcmp0(key, cases[i].key) != 0)
            fail_msg("case %zu: %s", i, key ? key : "fine");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r22_format_by_first_bytes),
        cmocka_unit_test(r22_what_a_program_can_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
