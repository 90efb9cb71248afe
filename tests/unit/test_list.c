/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/list.h"

static GPtrArray *items_new(int n, const char *format)
{
    GPtrArray *items = page_choices_new();
    for (int i = 1; i <= n; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        g_autofree char *label = g_strdup_printf("%s%d", format, i);
        page_add_choice(items, key, label, NULL);
    }
    return items;
}

static enum list_result press(struct list *list, const GPtrArray *items, enum press press)
{
    struct key key = {.press = press};
    return list_key(list, items, &key);
}

static enum list_result type(struct list *list, const GPtrArray *items, const char *text)
{
    enum list_result result = LIST_IGNORED;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        struct key key = {.press = PRESS_CHAR, .c = g_utf8_get_char(at)};
        result = list_key(list, items, &key);
    }
    return result;
}

static const struct {
    int n, rows, cols;
    bool airy;
    int columns, list_rows, pitch, lines;
} layouts[] = {
    {5, 17, 74, false, 1, 5, 1, 5},     {5, 17, 74, true, 1, 5, 2, 9}, /* with room between */
    {9, 17, 74, true, 1, 9, 2, 17},     {10, 17, 74, true, 1, 10, 1, 10},   {17, 17, 74, false, 1, 17, 1, 17},
    {20, 17, 74, false, 2, 10, 1, 10}, /* even columns */
    {117, 18, 72, false, 3, 18, 1, 18}, {117, 30, 96, false, 4, 30, 1, 30}, {0, 17, 74, false, 1, 1, 1, 1},
};

static void items_are_laid_out_in_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        struct list list = {0};
        struct rect area = {3, 2, layouts[i].rows, layouts[i].cols};
        g_autoptr(GPtrArray) items = items_new(layouts[i].n, "小店区");
        int lines = list_layout(&list, items, &area, MARKS_NONE, layouts[i].airy ? LIST_AIRY : LIST_TIGHT);
        assert_int_equal(list.columns, layouts[i].columns);
        assert_int_equal(list.rows, layouts[i].list_rows);
        assert_int_equal(list.pitch, layouts[i].pitch);
        assert_int_equal(lines, layouts[i].lines);
        assert_true(list.columns * (list.column_cols + 2) - 2 <= area.cols);
    }
}

/* Every item is found where it stands and nowhere else, whatever was scrolled. */
static void each_item_has_its_place(void **state)
{
    (void)state;
    struct list list = {0};
    struct rect area = {3, 2, 10, 74};
    g_autoptr(GPtrArray) items = items_new(117, "县");
    for (int cursor = 0; cursor < 117; cursor += 13) {
        int found = 0;
        list.cursor = cursor;
        (void)list_layout(&list, items, &area, MARKS_MANY, LIST_TIGHT);
        for (int y = 0; y < 24; y++)
            for (int column = 0, last = -1; column < 80; column++) {
                int at = list_at(&list, y, column);
                assert_true(at < 117);
                found += at >= 0 && at != last;
                last = at;
            }
        assert_int_equal(found, MIN(list.rows * list.columns, 117 - list.top));
        assert_true(cursor >= list.top && cursor < list.top + list.rows * list.columns);
    }
}

static void arrows_move(void **state)
{
    (void)state;
    struct list list = {0};
    struct rect area = {0, 0, 5, 60};
    g_autoptr(GPtrArray) items = items_new(12, "项目");
    (void)list_layout(&list, items, &area, MARKS_NONE, LIST_TIGHT);
    assert_int_equal(list.columns, 3);
    static const struct {
        enum press press;
        int cursor;
        enum list_result result;
    } walk[] = {
        {PRESS_UP, 0, LIST_IGNORED},      {PRESS_DOWN, 1, LIST_MOVED},        {PRESS_RIGHT, 5, LIST_MOVED},
        {PRESS_RIGHT, 9, LIST_MOVED},     {PRESS_RIGHT, 11, LIST_MOVED},      {PRESS_RIGHT, 11, LIST_IGNORED},
        {PRESS_LEFT, 7, LIST_MOVED},      {PRESS_HOME, 0, LIST_MOVED},        {PRESS_END, 11, LIST_MOVED},
        {PRESS_DOWN, 11, LIST_IGNORED},   {PRESS_PAGE_UP, 0, LIST_MOVED},     {PRESS_PAGE_DOWN, 11, LIST_MOVED},
        {PRESS_WHEEL_UP, 10, LIST_MOVED}, {PRESS_WHEEL_DOWN, 11, LIST_MOVED}, {PRESS_TAB, 11, LIST_IGNORED},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(walk); i++) {
        assert_int_equal(press(&list, items, walk[i].press), walk[i].result);
        assert_int_equal(list.cursor, walk[i].cursor);
    }
}

/* A number picks as soon as no other can be meant. */
static void numbers_pick(void **state)
{
    (void)state;
    static const struct {
        int n;
        const char *typed;
        int cursor;
        enum list_result result;
    } cases[] = {
        {5, "3", 2, LIST_PICKED},       {5, "9", 0, LIST_IGNORED},    {5, "0", 0, LIST_IGNORED},
        {9, "1", 0, LIST_PICKED},       {17, "1", 0, LIST_MOVED},     {17, "12", 11, LIST_PICKED},
        {17, "2", 1, LIST_PICKED},      {17, "19", 8, LIST_PICKED},   {58, "5", 4, LIST_MOVED},
        {58, "57", 56, LIST_PICKED},    {58, "59", 8, LIST_PICKED},   {117, "11", 10, LIST_MOVED},
        {117, "117", 116, LIST_PICKED}, {117, "12", 11, LIST_PICKED}, {117, "１２", 11, LIST_PICKED},
        {17, " ", 0, LIST_PICKED},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct list list = {0};
        struct rect area = {0, 0, 17, 74};
        g_autoptr(GPtrArray) items = items_new(cases[i].n, "民族");
        (void)list_layout(&list, items, &area, MARKS_NONE, LIST_TIGHT);
        enum list_result result = type(&list, items, cases[i].typed);
        if (result != cases[i].result || list.cursor != cases[i].cursor)
            fail_msg("%d items, \"%s\": %d at %d", cases[i].n, cases[i].typed, result, list.cursor);
    }
}

static void letters_find(void **state)
{
    (void)state;
    static const char *const names[] = {"汉族", "蒙古族", "回族", "藏族", "维吾尔族", "IMG_0001.JPG", "img_0002.jpg"};
    static const struct {
        const char *typed;
        int cursor;
    } cases[] = {{"蒙", 1},  {"维吾", 4}, {"族", 0},  {"img_0002", 6}, {"藏汉", 0}, {"龘", 0},
                 {"mgz", 1}, {"m", 1},    {"wwe", 4}, {"_", 5},        {"gz", 1},   {"zm", 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct list list = {0};
        struct rect area = {0, 0, 17, 74};
        g_autoptr(GPtrArray) items = page_choices_new();
        for (size_t k = 0; k < G_N_ELEMENTS(names); k++)
            page_add_choice(items, names[k], names[k], NULL);
        (void)list_layout(&list, items, &area, MARKS_NONE, LIST_TIGHT);
        (void)type(&list, items, cases[i].typed);
        assert_int_equal(list.cursor, cases[i].cursor);
    }
}

static void seeking_goes_to_what_is_chosen(void **state)
{
    (void)state;
    struct list list = {0};
    g_autoptr(GPtrArray) items = items_new(6, "x");
    struct page_choice *const *choices = (struct page_choice *const *)items->pdata;
    choices[0]->why_not = g_strdup("no");
    list_seek(&list, items, NULL);
    assert_int_equal(list.cursor, 1); /* the first that may be chosen */
    list_seek(&list, items, "5");
    assert_int_equal(list.cursor, 4);
    choices[2]->chosen = true;
    list_seek(&list, items, NULL);
    assert_int_equal(list.cursor, 2);
}

static void fewer_items_keep_the_cursor_inside(void **state)
{
    (void)state;
    struct list list = {0};
    struct rect area = {0, 0, 4, 20};
    g_autoptr(GPtrArray) many = items_new(30, "x"), few = items_new(2, "x"), none = page_choices_new();
    (void)list_layout(&list, many, &area, MARKS_ONE, LIST_TIGHT);
    (void)press(&list, many, PRESS_END);
    (void)list_layout(&list, few, &area, MARKS_ONE, LIST_TIGHT);
    assert_int_equal(list.cursor, 1);
    assert_int_equal(list.top, 0);
    (void)list_layout(&list, none, &area, MARKS_ONE, LIST_TIGHT);
    assert_int_equal(press(&list, none, PRESS_DOWN), LIST_IGNORED);
    assert_int_equal(type(&list, none, "1"), LIST_IGNORED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_laid_out_in_columns),
        cmocka_unit_test(each_item_has_its_place),
        cmocka_unit_test(arrows_move),
        cmocka_unit_test(numbers_pick),
        cmocka_unit_test(letters_find),
        cmocka_unit_test(seeking_goes_to_what_is_chosen),
        cmocka_unit_test(fewer_items_keep_the_cursor_inside),
    };
    return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
