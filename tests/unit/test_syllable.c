/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/pinyin_record.h"
#include "input/syllable.h"

#include <string.h>

static void the_first_of_a_row(void **state)
{
    (void)state;
    static const struct {
        const char *letters;
        int length;
    } cases[] = {{"yan", 3},  {"yanhong", 3}, {"xian'guo", 4}, {"xi'an", 2}, {"mingong", 3},     {"fangan", 4},
                 {"nver", 2}, {"tianx", 4},   {"m", 1},        {"n", 1},     {"chua", 4},        {"", 0},
                 {"ia", 0},   {"x", 0},       {"'an", 0},      {"lve", 3},   {"zhuangzhuang", 6}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (syllable_length(cases[i].letters) != cases[i].length)
            fail_msg("%s: %d, not %d", cases[i].letters, syllable_length(cases[i].letters), cases[i].length);
}

static void the_one_a_cursor_is_in(void **state)
{
    (void)state;
    static const struct {
        const char *letters;
        int cursor, start;
    } cases[] = {{"taiyuan", 0, 0}, {"taiyuan", 2, 0}, {"taiyuan", 3, 3}, {"taiyuan", 6, 3},
                 {"xi'an", 2, 3},   {"xi'an", 1, 0},   {"xi'an", 4, 3},   {"tyszf", 1, 1},
                 {"tyszf", 4, 4},   {"taiyuan", 7, 7}, {"iiii", 2, 2},    {"", 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(syllable_start(cases[i].letters, cases[i].cursor), cases[i].start);
}

/* The rows with most readings of all: no longer than a blink. */
static void many_readings_cost_nothing(void **state)
{
    (void)state;
    char letters[PINYIN_LETTERS_MAX + 1] = "";
    for (int i = 0; i < PINYIN_LETTERS_MAX; i++)
        letters[i] = "anan"[i % 4];
    letters[PINYIN_LETTERS_MAX - 1] = 'x';
    gint64 begin = g_get_monotonic_time();
    assert_in_range(syllable_start(letters, PINYIN_LETTERS_MAX - 2), 50, PINYIN_LETTERS_MAX);
    assert_in_range(g_get_monotonic_time() - begin, 0, 500000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_of_a_row),
        cmocka_unit_test(the_one_a_cursor_is_in),
        cmocka_unit_test(many_readings_cost_nothing),
    };
    return cmocka_run_group_tests_name("syllable", tests, NULL, NULL);
}
