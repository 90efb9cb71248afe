/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "input/rare.h"
#include "input/rare_table.h"

#include <string.h>

static void code_points_become_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gunichar c;
    } cases[] = {
        {"U+2B386", 0x2B386},
        {"u+2b386", 0x2B386},
        {"2B386", 0x2B386},
        {"u2b386", 0x2B386},
        {"4e00", 0x4E00},
        {"Ｕ+４Ｅ００", 0x4E00},
        {" U+2C386 ", 0x2C386},
        {"3007", 0x3007},
        {"323AF", 0x323AF},
        {"04E00", 0x4E00},
        {"", 0},
        {"U+", 0},
        {"0041", 0},
        {"D800", 0},
        {"E000", 0},
        {"FFFF", 0},
        {"202E", 0},
        {"110000", 0},
        {"FFFFFFFF", 0},
        {"4E0", 0},
        {"4E00 5E00", 0},
        {"U+U+4E00", 0},
        {"4E0G", 0},
        {"-4E00", 0},
        {"F900", 0},
        {"FA0E", 0xFA0E},
        {"2A6E0", 0},
        {"中", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (rare_from_code(cases[i].text) != cases[i].c)
            fail_msg("\"%s\": U+%X", cases[i].text, rare_from_code(cases[i].text));
}

/* What can be typed by its code can be shown: base/text lets every ideograph pass, two columns wide. */
static void every_ideograph_may_be_shown(void **state)
{
    (void)state;
    char code[RARE_CODE_BYTES];
    int n = 0;
    for (gunichar c = 0x80; c < 0x40000; c++) {
        if (!rare_is_ideograph(c))
            continue;
        n++;
        if (text_char_cols(c) != 2)
            fail_msg("U+%X is %d columns wide", c, text_char_cols(c));
        assert_int_equal(rare_from_code(rare_code(c, code)), c);
    }
    assert_int_equal(n, 97680 + 1); /* Unicode 15.1, and 〇 */
}

static const char *first(const char *pinyin)
{
    static const char none[] = "";
    struct rare_char found = {0};
    return rare_by_pinyin(pinyin, 0, &found, 1) > 0 ? found.reading : none;
}

static bool finds(const char *pinyin, gunichar c, const char *reading)
{
    struct rare_char found[2000];
    int n = rare_by_pinyin(pinyin, 0, found, G_N_ELEMENTS(found));
    for (int i = 0; i < MIN(n, (int)G_N_ELEMENTS(found)); i++)
        if (found[i].c == c)
            return strcmp(found[i].reading, reading) == 0;
    return false;
}

static void characters_by_pinyin(void **state)
{
    (void)state;
    assert_true(finds("lv", 0x7EFF, "lǜ"));
    assert_true(finds("jie", 0x36C3, "jié")); /* 㛃 */
    assert_true(finds("kun", 0x5803, "kūn")); /* 堃 */
    assert_true(finds("zhe", 0x5586, "zhé")); /* 喆 */
    assert_true(finds("m", 0x5452, "ḿ"));     /* 呒, no syllable that the engine takes */
    assert_true(finds("fu", 0x2B5AF, "fǔ"));  /* 𫖯, beyond the first plane */
    assert_string_equal(first("nosuch"), "");
    assert_string_equal(first(""), "");
    assert_int_equal(rare_by_pinyin("zh", 0, NULL, 0), 0); /* a beginning is no syllable */
}

/* Pages join without a gap, each character comes once, the table's common ones first. */
static void pages_of_a_syllable(void **state)
{
    (void)state;
    struct rare_char page[9];
    int total = rare_by_pinyin("yi", 0, page, 9), seen = 0, last = 0;
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    assert_in_range(total, 300, 3000);
    for (int from = 0; from < total; from += 9) {
        assert_int_equal(rare_by_pinyin("yi", from, page, 9), total);
        for (int i = 0; i < MIN(9, total - from); i++, seen++) {
            int number = rare_number(page[i].c);
            assert_true(g_hash_table_add(known, GUINT_TO_POINTER(page[i].c)));
            assert_true(number == 0 || (last >= 0 && number > last));
            last = number == 0 ? -1 : number;
        }
    }
    assert_int_equal(seen, total);
    assert_int_equal(rare_by_pinyin("yi", total + 5, page, 9), total);
}

/* The promise of the table: each of the 8105 has a reading, and is found under each of them. */
static void all_of_the_standard_table_are_there(void **state)
{
    (void)state;
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    size_t at = 0;
    gunichar c;
    const char *bare;
    while (rare_next_of_table(&at, &c, &bare)) {
        g_hash_table_add(numbers, GINT_TO_POINTER(rare_number(c)));
        assert_true(rare_is_ideograph(c));
        assert_int_equal(strspn(bare, "abcdefghijklmnopqrstuvwxyz"), strlen(bare));
        struct rare_char found[1000];
        int n = rare_by_pinyin(bare, 0, found, G_N_ELEMENTS(found)), i = 0;
        while (i < MIN(n, (int)G_N_ELEMENTS(found)) && found[i].c != c)
            i++;
        if (i == MIN(n, (int)G_N_ELEMENTS(found)))
            fail_msg("U+%X is not under %s", c, bare);
    }
    assert_int_equal(g_hash_table_size(numbers), RARE_TABLE_SIZE);
    assert_true(g_hash_table_contains(numbers, GINT_TO_POINTER(1)));
    assert_true(g_hash_table_contains(numbers, GINT_TO_POINTER(RARE_TABLE_SIZE)));
}

static void readings_of_a_character(void **state)
{
    (void)state;
    assert_string_equal(rare_reading(0x957F, 0), "zhǎng"); /* 长 */
    assert_string_equal(rare_reading(0x957F, 1), "cháng");
    assert_null(rare_reading(0x957F, 2));
    assert_null(rare_reading(0x957F, -1));
    assert_null(rare_reading('a', 0));
    assert_null(rare_reading(0x10FFFF, 0));
    assert_int_equal(rare_number(0x4E00), 1);  /* 一 */
    assert_int_equal(rare_number(0x2C386), 0); /* 𬎆 is in people's names, not in the table */
}

static gunichar nth_drawn(const char *strokes, int n)
{
    struct rare_char found[10] = {0};
    rare_by_strokes(strokes, 0, found, 10);
    return found[n].c;
}

static void characters_by_strokes(void **state)
{
    (void)state;
    assert_int_equal(nth_drawn("hhhszpzph", 0), 0x36C3); /* 㛃 as the package draws it */
    assert_int_equal(nth_drawn("1", 0), 0x4E00);         /* complete with one stroke: before all longer ones */
    assert_int_equal(nth_drawn("34", 0), 0x516B);        /* 八 */
    assert_int_equal(nth_drawn("pn", 1), 0x4EBA);        /* 人 */
    assert_int_equal(nth_drawn("3x", 0), 0);
    assert_int_equal(nth_drawn("", 0), 0);
    assert_int_equal(nth_drawn("555555555555555555555555555555555555555555", 0), 0);
    assert_int_equal(nth_drawn("12a", 0), 0);
}

/* Longer beginnings find fewer, and what they find was there before. */
static void more_strokes_find_fewer(void **state)
{
    (void)state;
    static const char strokes[] = "4134115341"; /* any row of strokes that begins characters */
    int last = G_MAXINT;
    for (size_t n = 1; n < sizeof strokes; n++) {
        g_autofree char *head = g_strndup(strokes, n);
        int total = rare_by_strokes(head, 0, NULL, 0);
        assert_true(total <= last);
        last = total;
    }
    assert_in_range(rare_by_strokes("h", 0, NULL, 0), 10000, 60000);
}

/* All but a few of the standard table can be drawn. */
static void the_standard_table_by_strokes(void **state)
{
    (void)state;
    g_autoptr(GHashTable) drawn = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < rare_n_drawn; i++) {
        assert_true(i == 0 || rare_drawn[i - 1].strokes <= rare_drawn[i].strokes);
        if (rare_drawn[i].number > 0)
            g_hash_table_add(drawn, GINT_TO_POINTER(rare_drawn[i].number));
    }
    assert_in_range(g_hash_table_size(drawn), 7990, RARE_TABLE_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_become_characters),
        cmocka_unit_test(every_ideograph_may_be_shown),
        cmocka_unit_test(characters_by_pinyin),
        cmocka_unit_test(pages_of_a_syllable),
        cmocka_unit_test(all_of_the_standard_table_are_there),
        cmocka_unit_test(readings_of_a_character),
        cmocka_unit_test(characters_by_strokes),
        cmocka_unit_test(more_strokes_find_fewer),
        cmocka_unit_test(the_standard_table_by_strokes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
