/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking characters up: which way a letter leads, what is found, and that nothing of the standard table is out of reach. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/lookup.h"

#include <string.h>

static struct lookup lookup;

static int fresh(void **state)
{
    (void)state;
    lookup = (struct lookup){0};
    lookup_set_page(&lookup, 9);
    return 0;
}

static void type(const char *letters)
{
    for (; *letters; letters++)
        if (!lookup_type(&lookup, (gunichar)*letters))
            fail_msg("%c is refused behind %s", *letters, lookup.typed);
}

static void assert_refused(const char *letters)
{
    for (; *letters; letters++) {
        g_autofree char *before = g_strdup(lookup.typed);
        if (lookup_type(&lookup, (gunichar)*letters))
            fail_msg("%c is taken behind %s", *letters, before);
        assert_string_equal(lookup.typed, before);
    }
}

static gunichar nth(int i)
{
    const struct rare_char *found = lookup_at(&lookup, i);
    return found ? found->c : 0;
}

static void assert_at(enum lookup_way way, const char *typed)
{
    assert_true(lookup.open);
    assert_int_equal(lookup.way, way);
    assert_string_equal(lookup.typed, typed);
}

/* ---------------------------------------------------------------- ways */

static void a_code_point_is_typed(void **state)
{
    (void)state;
    static const char *const cases[] = {"+2B386", "2b386", "+2b386", "2B386"};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        lookup_open_by_letter(&lookup, i % 2 ? 'u' : 'U');
        assert_int_equal(lookup.total, 0);
        type(cases[i]);
        assert_int_equal(nth(0), 0x2B386);
        assert_int_equal(lookup.total, 1);
        assert_refused("0gz+ ");
    }
    lookup_open(&lookup, ""); /* the digits alone */
    type("4e00");
    assert_at(LOOKUP_CODE, "4e00");
    assert_int_equal(nth(0), 0x4E00);
    assert_null(lookup_at(&lookup, 1));
    assert_string_equal(lookup_at(&lookup, 0)->reading, "yī");
    lookup_open(&lookup, "");
    type("FA0E");
    assert_int_equal(nth(0), 0xFA0E);
    lookup_open(&lookup, "");
    type("0041");
    assert_int_equal(lookup.total, 0);
}

static void strokes_are_typed(void **state)
{
    (void)state;
    lookup_open(&lookup, "");
    assert_at(LOOKUP_STROKES, "");
    type("PN");
    assert_at(LOOKUP_STROKES, "pn");
    assert_int_equal(nth(1), 0x4EBA); /* 人 */
    lookup_open_by_letter(&lookup, 'u');
    type("pn");
    assert_at(LOOKUP_STROKES, "upn");
    assert_string_equal(lookup_strokes(&lookup), "pn");
    assert_int_equal(nth(1), 0x4EBA);
    assert_refused("ab1+");
    lookup_open_by_letter(&lookup, 'U'); /* a capital is no pinyin: USB */
    assert_refused("SPN");
    assert_refused("spn");
}

static void as_many_strokes_as_fit(void **state)
{
    (void)state;
    lookup_open(&lookup, "");
    for (int i = 0; i < 100; i++)
        (void)lookup_type(&lookup, 'h');
    assert_in_range(strlen(lookup.typed), RARE_CODE_BYTES, LOOKUP_TYPED_MAX);
}

static void a_syllable_is_typed(void **state)
{
    (void)state;
    lookup_open(&lookup, "");
    lookup_other_way(&lookup);
    assert_at(LOOKUP_PINYIN, "");
    type("yan");
    assert_true(lookup.total > 100);
    assert_refused("1+,");
    lookup_other_way(&lookup);
    assert_at(LOOKUP_STROKES, "");
    type("pn");
    type("u"); /* the key for codes begins anew */
    assert_at(LOOKUP_CODE, "u");
    type("4e00");
    type("h"); /* and so do strokes */
    assert_at(LOOKUP_STROKES, "h");
}

/* One who picks from a composition gets its first syllable. */
static void a_syllable_is_taken_from_what_is_composed(void **state)
{
    (void)state;
    static const struct {
        const char *letters, *syllable;
    } cases[] = {
        {"yan", "yan"},     {"yanhong", "yan"}, {"xian'guo", "xian"}, {"xi'an", "xi"}, {"mingong", "min"},
        {"fangan", "fang"}, {"nver", "nv"},     {"tianx", "tian"},    {"m", "m"},      {"n", "n"},
        {"chua", "chua"},   {"", ""},           {"ia", ""},           {"x", ""},       {"zhuangzhuang", "zhuang"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        lookup_open(&lookup, cases[i].letters);
        if (strcmp(lookup.syllable, cases[i].syllable) != 0)
            fail_msg("%s: %s, not %s", cases[i].letters, lookup.syllable, cases[i].syllable);
        assert_int_equal(lookup.letters, strlen(cases[i].syllable));
        assert_int_equal(lookup.way, lookup.letters > 0 ? LOOKUP_PINYIN : LOOKUP_STROKES);
    }
    lookup_open(&lookup, "yanhong");
    type("g"); /* it was another one after all, in the place of the same letters */
    assert_at(LOOKUP_PINYIN, "yang");
    assert_int_equal(lookup.letters, 3);
    lookup_other_way(&lookup);
    lookup_other_way(&lookup);
    assert_at(LOOKUP_PINYIN, "yan");
}

static void letters_are_taken_back(void **state)
{
    (void)state;
    lookup_open_by_letter(&lookup, 'u');
    type("hs");
    assert_true(lookup_backspace(&lookup));
    assert_true(lookup_backspace(&lookup));
    type("2b");
    assert_at(LOOKUP_CODE, "u2b");
    assert_true(lookup_backspace(&lookup));
    assert_true(lookup_backspace(&lookup));
    assert_false(lookup_backspace(&lookup)); /* the u itself */
    lookup_open(&lookup, "");
    type("h");
    assert_true(lookup_backspace(&lookup));
    assert_true(lookup.open);
    assert_false(lookup_backspace(&lookup));
    lookup_close(&lookup);
    assert_false(lookup.open);
}

/* ---------------------------------------------------------------- pages */

static void pages_join_and_end(void **state)
{
    (void)state;
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    lookup_open(&lookup, "yi");
    lookup_turn(&lookup, -1);
    assert_int_equal(lookup.from, 0);
    for (;;) {
        for (int i = 0; nth(i); i++)
            assert_true(g_hash_table_add(seen, GUINT_TO_POINTER(nth(i))));
        if (!lookup_has_next(&lookup))
            break;
        lookup_turn(&lookup, 1);
    }
    assert_int_equal(g_hash_table_size(seen), lookup.total);
    int from = lookup.from;
    lookup_turn(&lookup, 1);
    assert_int_equal(lookup.from, from);
    lookup_turn(&lookup, -1);
    gunichar first = nth(0);
    lookup_set_page(&lookup, 3);
    assert_int_equal(nth(0), first);
    type("n");
    assert_int_equal(lookup.from, 0);
}

static GHashTable *all_of_syllable(const char *bare)
{
    GHashTable *shown = g_hash_table_new(NULL, NULL);
    lookup_open(&lookup, bare);
    assert_at(LOOKUP_PINYIN, bare);
    for (bool more = true; more; lookup_turn(&lookup, 1)) {
        for (int i = 0; nth(i); i++)
            g_hash_table_add(shown, GUINT_TO_POINTER(nth(i)));
        more = lookup_has_next(&lookup);
    }
    return shown;
}

/* Every character of the table of 8105 comes on some page of each of its readings, opened as a person opens it. */
static void all_of_the_standard_table_by_pinyin(void **state)
{
    (void)state;
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) shown =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_hash_table_unref);
    size_t at = 0;
    gunichar c;
    const char *bare;
    while (rare_next_of_table(&at, &c, &bare)) {
        GHashTable *characters = g_hash_table_lookup(shown, bare);
        if (!characters)
            g_hash_table_insert(shown, (char *)bare, characters = all_of_syllable(bare));
        if (!g_hash_table_contains(characters, GUINT_TO_POINTER(c)))
            fail_msg("U+%X is on no page of %s", c, bare);
        g_hash_table_add(numbers, GINT_TO_POINTER(rare_number(c)));
    }
    assert_int_equal(g_hash_table_size(numbers), RARE_TABLE_SIZE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, fresh)
    const struct CMUnitTest tests[] = {
        TEST(a_code_point_is_typed),
        TEST(strokes_are_typed),
        TEST(as_many_strokes_as_fit),
        TEST(a_syllable_is_typed),
        TEST(a_syllable_is_taken_from_what_is_composed),
        TEST(letters_are_taken_back),
        TEST(pages_join_and_end),
        TEST(all_of_the_standard_table_by_pinyin),
    };
    return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
