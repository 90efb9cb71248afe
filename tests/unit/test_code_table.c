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
        [CODE_DIVISION] = 117, [CODE_ETHNIC] = 58,     [CODE_POLITICAL] = 13, [CODE_EDUCATION] = 13,
        [CODE_HEALTH] = 22,    [CODE_OCCUPATION] = 13, [CODE_REGION] = 474,
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

/* By the first two digits: prefectures, and what stands right below a province. Those of Shanxi are in the other table. */
static void test_regions_are_counted(void **state)
{
    static const struct {
        const char *code, *name;
        int prefectures, counties;
    } provinces[] = {
        {"11", "北京市", 0, 16},
        {"12", "天津市", 0, 16},
        {"13", "河北省", 11, 0},
        {"14", "山西省", 0, 0},
        {"15", "内蒙古自治区", 12, 0},
        {"21", "辽宁省", 14, 0},
        {"22", "吉林省", 9, 0},
        {"23", "黑龙江省", 13, 0},
        {"31", "上海市", 0, 16},
        {"32", "江苏省", 13, 0},
        {"33", "浙江省", 11, 0},
        {"34", "安徽省", 16, 0},
        {"35", "福建省", 9, 0},
        {"36", "江西省", 11, 0},
        {"37", "山东省", 16, 0},
        {"41", "河南省", 17, 1},
        {"42", "湖北省", 13, 4},
        {"43", "湖南省", 14, 0},
        {"44", "广东省", 21, 0},
        {"45", "广西壮族自治区", 14, 0},
        {"46", "海南省", 4, 15},
        {"50", "重庆市", 0, 38},
        {"51", "四川省", 21, 0},
        {"52", "贵州省", 9, 0},
        {"53", "云南省", 16, 0},
        {"54", "西藏自治区", 7, 0},
        {"61", "陕西省", 10, 0},
        {"62", "甘肃省", 14, 0},
        {"63", "青海省", 8, 0},
        {"64", "宁夏回族自治区", 5, 0},
        {"65", "新疆维吾尔自治区", 14, 12},
        {"71", "台湾省", 0, 0},
        {"81", "香港特别行政区", 0, 0},
        {"82", "澳门特别行政区", 0, 0},
    };
    const struct code_tables *tables = *state;
    const GPtrArray *regions = tables->table[CODE_REGION];
    guint seen = 0;
    assert_int_equal(G_N_ELEMENTS(provinces), 34);
    for (size_t i = 0; i < G_N_ELEMENTS(provinces); i++) {
        int prefectures = 0, counties = 0;
        g_autofree char *code = g_strconcat(provinces[i].code, "0000", NULL);
        assert_string_equal(code_name(tables, CODE_REGION, code), provinces[i].name);
        for (guint k = 0; k < regions->len; k++) {
            const struct code_entry *entry = g_ptr_array_index(regions, k);
            assert_int_equal(strlen(entry->code), 6);
            if (!g_str_has_prefix(entry->code, provinces[i].code))
                continue;
            bool prefecture = g_str_has_suffix(entry->code, "00");
            prefectures += prefecture && strcmp(entry->code, code) != 0;
            counties += !prefecture;
            seen++;
        }
        assert_int_equal(prefectures, provinces[i].prefectures);
        assert_int_equal(counties, provinces[i].counties);
    }
    assert_int_equal(seen, regions->len);
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
        cmocka_unit_test(test_regions_are_counted),
        cmocka_unit_test(test_words_name_every_table),
        cmocka_unit_test(test_empty_tables),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
