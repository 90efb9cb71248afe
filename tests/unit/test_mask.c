/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "session/mask.h"

#include <string.h>

#include "screen/view.h"

static void masks_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good, x;
        int n, length;
    } cases[] = {
        {NULL, true, false, 0, 0},   {"6 8 4X", true, true, 3, 18}, {"4 4 4", true, false, 3, 12},
        {"5", true, false, 1, 5},    {"", false, false, 0, 0},      {"4  4", false, false, 0, 0},
        {" 4", false, false, 0, 0},  {"4 ", false, false, 0, 0},    {"0 4", false, false, 0, 0},
        {"4 x", false, false, 0, 0}, {"4X 4", false, false, 0, 0},  {"4-4", false, false, 0, 0},
        {"-4", false, false, 0, 0},  {"21", false, false, 0, 0},    {"1 1 1 1 1 1 1 1 1", false, false, 0, 0},
        {"4XX", false, false, 0, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mask mask;
        if (mask_read(cases[i].text, &mask) != cases[i].good || mask.n != cases[i].n ||
            mask_length(&mask) != cases[i].length || mask.may_end_in_x != cases[i].x)
            fail_msg("\"%s\"", cases[i].text);
    }
}

static void digits_stand_in_groups(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"6 8 4X", "14010519700312002X", "140105 19700312 002X"},
        {"6 8 4X", "140105", "140105"},
        {"6 8 4X", "1401051", "140105 1"},
        {"4 4 4", "010124100001", "0101 2410 0001"},
        {"3 4 4", "13800000000", "138 0000 0000"},
        {"3 4 4", "138000000009", "138 0000 00009"},
        {"3 4 4", "", ""},
        {"5", "00312", "00312"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct mask mask;
        assert_true(mask_read(cases[i][0], &mask));
        g_autofree char *text = mask_text(&mask, cases[i][1]);
        assert_string_equal(text, cases[i][2]);
    }
}

/* ---------------------------------------------------------------- typed */

static struct glass *glass;

static int set_up(void **state)
{
    (void)state;
    glass = glass_new(24, 80, "default");
    struct page *page = page_new("register", PAGE_FIELDS);
    page->title = g_strdup("注册");
    struct page_field *field = page_add_field(page, "id", FIELD_NUMBER, "身份证号", "");
    field->max_chars = 18;
    field->width_cols = 20;
    field->mask = g_strdup("6 8 4X");
    field = page_add_field(page, "mobile", FIELD_NUMBER, "手机号", "");
    field->max_chars = 11;
    field->mask = g_strdup("3 4 4");
    glass_show(glass, page);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    glass_free(glass);
    return 0;
}

static const char *value(int field)
{
    return field_text(screen_field(glass_screen(glass), field));
}

static int cursor_col(void)
{
    int row, col, from;
    assert_true(glass_cursor(glass, &row, &col));
    const struct screen *screen = glass_screen(glass);
    from = screen->frame.body.x + panel_slot(&screen->panel, screen->focus)->x + 1;
    return col - from;
}

static void the_value_stays_bare(void **state)
{
    (void)state;
    glass_press(glass, "140105");
    assert_int_equal(cursor_col(), 7); /* where the next digit will stand */
    glass_press(glass, "19700312002x");
    assert_true(glass_has(glass, "140105 19700312 002X"));
    assert_string_equal(value(0), "14010519700312002X");
    assert_int_equal(cursor_col(), 20);
    assert_non_null(strstr(glass_told(glass), "edit id=14010519700312002X; "));
}

static void keys_know_no_blanks(void **state)
{
    (void)state;
    glass_press(glass, "14010519");
    assert_int_equal(cursor_col(), 9);
    glass_press(glass, "\033[D\033[D");
    assert_int_equal(cursor_col(), 7);
    glass_press(glass, "\033[D");
    assert_int_equal(cursor_col(), 5);
    glass_press(glass, "\177");
    assert_string_equal(value(0), "1401519");
    assert_true(glass_has(glass, "140151 9"));
    glass_press(glass, "0");
    assert_string_equal(value(0), "14010519");
    glass_press(glass, "\032\032");
    assert_true(glass_has(glass, "140105 19"));
}

static void what_is_pasted_may_be_grouped_anyhow(void **state)
{
    (void)state;
    glass_press(glass, "\033[200~ 1401 0519-7003 1200 2X \033[201~");
    assert_string_equal(value(0), "14010519700312002X");
    glass_press(glass, "\t\033[200~138-0000-0000\033[201~");
    assert_string_equal(value(1), "13800000000");
    assert_true(glass_has(glass, "138 0000 0000"));
}

static void only_an_id_ends_in_x(void **state)
{
    (void)state;
    glass_press(glass, "1401051970031200x2x1");
    assert_string_equal(value(0), "14010519700312002X");
    glass_press(glass, "\t1380000000x0x");
    assert_string_equal(value(1), "13800000000");
}

static void a_click_finds_its_digit(void **state)
{
    (void)state;
    glass_press(glass, "140105197003120023");
    const struct screen *screen = glass_screen(glass);
    int row = screen->frame.body.y + panel_slot(&screen->panel, 0)->line;
    int from = screen->frame.body.x + panel_slot(&screen->panel, 0)->x + 1;
    for (int i = 0; i < 18; i++) {
        glass_click(glass, row, from + i + (i >= 6) + (i >= 14));
        assert_int_equal(screen_field(screen, 0)->cursor, i);
        if (i == 0) /* the rows have moved: it is a terminal for fingers now */
            row = screen->frame.body.y + panel_slot(&screen->panel, 0)->line - screen->panel.top;
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masks_are_read), cmocka_unit_test(digits_stand_in_groups),   TEST(the_value_stays_bare),
        TEST(keys_know_no_blanks),        TEST(what_is_pasted_may_be_grouped_anyhow), TEST(only_an_id_ends_in_x),
        TEST(a_click_finds_its_digit),
    };
    return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
