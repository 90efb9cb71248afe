/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules.h"

#include <string.h>

static int set_up(void **state)
{
    struct code_tables *tables = g_new0(struct code_tables, 1);
    rules_tables(tables);
    *state = tables;
    return 0;
}

static int tear_down(void **state)
{
    code_tables_clear(*state);
    g_free(*state);
    return 0;
}

static void test_names(void **state)
{
    static const struct {
        enum code_table_id id;
        const char *code, *name;
    } cases[] = {
        {CODE_DIVISION, "140105", "小店区"},
        {CODE_ETHNIC, "01", "汉族"},
        {CODE_ETHNIC, "56", "基诺族"},
        {CODE_POLITICAL, "13", "群众"},
        {CODE_EDUCATION, "31", "大学专科毕业"},
        {CODE_HEALTH, "10", "健康或良好"},
        {CODE_OCCUPATION, "24", "工人"},
        {CODE_ETHNIC, "57", "57"},
        {CODE_OCCUPATION, "教师", "教师"},
        {CODE_HEALTH, NULL, ""},
        {CODE_EDUCATION, "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_string_equal(code_name(*state, cases[i].id, cases[i].code), cases[i].name);
    assert_null(code_find(*state, CODE_ETHNIC, "57"));
    assert_null(code_find(*state, CODE_ETHNIC, NULL));
}

/* 城区 exists in 阳泉 and in 晋城. */
static void test_county_comes_with_its_city(void **state)
{
    static const char *const cases[][2] = {
        {"140105", "太原市小店区"},
        {"140302", "阳泉市城区"},
        {"140502", "晋城市城区"},
        {"999999", "999999"},
        {NULL, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = code_county_name(*state, cases[i][0]);
        assert_string_equal(name, cases[i][1]);
    }
}

/* What the standards hold (domain.md 6): a line lost from a file is found here. */
static void test_tables_are_whole(void **state)
{
    static const guint sizes[CODE_TABLES] = {
        [CODE_DIVISION] = 117, [CODE_ETHNIC] = 58, [CODE_POLITICAL] = 13,
        [CODE_EDUCATION] = 13, [CODE_HEALTH] = 22, [CODE_OCCUPATION] = 13,
    };
    const struct code_tables *tables = *state;
    for (size_t i = 0; i < CODE_TABLES; i++) {
        g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
        assert_int_equal(tables->table[i]->len, sizes[i]);
        for (guint row = 0; row < tables->table[i]->len; row++) {
            const struct code_entry *entry = g_ptr_array_index(tables->table[i], row);
            assert_true(g_hash_table_add(seen, entry->code));
        }
    }
}

static void test_words_name_every_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < CODE_TABLES; i++) {
        assert_non_null(code_table_words[i]);
        assert_non_null(code_table_files[i]);
    }
    assert_null(code_table_words[CODE_TABLES]);
}

static void test_empty_tables(void **state)
{
    (void)state;
    struct code_tables none = {0};
    assert_null(code_find(&none, CODE_ETHNIC, "01"));
    assert_string_equal(code_name(&none, CODE_ETHNIC, "01"), "01");
    code_tables_clear(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_county_comes_with_its_city),
        cmocka_unit_test(test_tables_are_whole),
        cmocka_unit_test(test_words_name_every_table),
        cmocka_unit_test(test_empty_tables),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
