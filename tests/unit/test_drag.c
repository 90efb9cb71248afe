/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finger that pulls: texts, lists, the help; and what a paste has lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"

#include <string.h>

#include "base/text.h"
#include "screen/view.h"

static struct glass *glass;

static int set_up(void **state)
{
    (void)state;
    glass = glass_new(24, 80, "default");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    glass_free(glass);
    return 0;
}

static void drag(int row, int col, int lines)
{
    g_autofree char *bytes = g_strdup_printf("\033[<0;%d;%dM\033[<32;%d;%dM\033[<0;%d;%dm", col + 1, row + 1, col + 1,
                                             row + lines + 1, col + 1, row + lines + 1);
    glass_press(glass, bytes);
}

static void a_form_follows_the_finger(void **state)
{
    (void)state;
    struct screen *screen = glass_screen(glass);
    screen->touch = true;
    screen->keyboard.hidden = true;
    glass_show(glass, pages_sample(PAGE_FIELDS));
    screen->keyboard.hidden = true;
    drag(15, 20, -5);
    assert_int_equal(screen->panel.top, 5);
    drag(10, 20, 3);
    assert_int_equal(screen->panel.top, 2);
    drag(10, 20, 12);
    assert_int_equal(screen->panel.top, 0);
    int focus = screen->focus;
    drag(12, 30, -2); /* it has begun on a field, and is no tap on it */
    assert_int_equal(screen->focus, focus);
    assert_int_equal(screen->overlay.kind, OVERLAY_NONE);
}

static void a_list_turns_its_pages(void **state)
{
    (void)state;
    struct screen *screen = glass_screen(glass);
    screen->touch = true;
    glass_show(glass, pages_sample(PAGE_FIELDS));
    panel_focus(screen, screen_field_named(screen->page, "code"));
    glass_press(glass, "\r");
    struct list *list = &screen->overlay.picker.list;
    int page = list->rows * list->columns;
    assert_true(list->n > page);
    glass_press(glass, "\033[H");
    drag(12, 40, -6);
    assert_int_equal(list->top, page);
    assert_int_equal(screen->overlay.kind, OVERLAY_PICK);
    drag(12, 40, 6);
    assert_int_equal(list->top, 0);
}

static void a_long_text_follows_too(void **state)
{
    (void)state;
    struct screen *screen = glass_screen(glass);
    struct page *page = pages_sample(PAGE_EDITOR);
    struct page_field *field = g_ptr_array_index(page->fields, 0);
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 60; i++)
        g_string_append_printf(text, "第%d行\n", i);
    g_free(field->value);
    field->value = g_strdup(text->str);
    glass_show(glass, page);
    int last = screen->editor.top, row = screen->editor.area.y + 2, col = screen->editor.area.x + 2;
    assert_true(last > 20);
    gsize cursor = screen_field(screen, 0)->cursor;
    drag(row, col, 4);
    assert_int_equal(screen->editor.top, last - 4);
    assert_true(screen_field(screen, 0)->cursor < cursor); /* it is never out of sight */
    glass_press(glass, "\033[<64;10;12M");
    assert_int_equal(screen->editor.top, last - 6);
    cursor = screen_field(screen, 0)->cursor;
    drag(row, col, -2);
    assert_int_equal(screen->editor.top, last - 4);
    drag(row, col, -9);
    assert_int_equal(screen->editor.top, last);
    glass_click(glass, row, screen->editor.area.x); /* and a tap still puts the cursor there */
    assert_int_equal(screen->touch, true);
}

static void two_taps_are_two_taps(void **state)
{
    (void)state;
    struct screen *screen = glass_screen(glass);
    glass_show(glass, pages_sample(PAGE_FIELDS));
    panel_focus(screen, screen_field_named(screen->page, "address"));
    const struct slot *slot = panel_slot(&screen->panel, screen->focus);
    int row = screen->frame.body.y + slot->line - screen->panel.top, col = screen->frame.body.x + slot->x + 9;
    glass_click(glass, row, col);
    gsize cursor = screen_field(screen, screen->focus)->cursor;
    g_autofree char *text = g_strdup(field_text(screen_field(screen, screen->focus)));
    int focus = screen->focus;
    row = screen->frame.body.y + panel_slot(&screen->panel, focus)->line - screen->panel.top;
    glass_click(glass, row, col);
    glass_click(glass, row, col);
    assert_int_equal(screen->focus, focus);
    assert_int_equal(screen_field(screen, focus)->cursor, cursor);
    assert_string_equal(field_text(screen_field(screen, focus)), text);
}

/* ---------------------------------------------------------------- pastes */

static void paste(const char *text, gsize n)
{
    glass_press(glass, "\033[200~");
    for (gsize i = 0; i < n; i += 500) {
        g_autofree char *part = g_strndup(text + i, MIN(500, n - i));
        glass_press(glass, part);
    }
    glass_press(glass, "\033[201~");
}

static void a_megabyte_is_cut_and_said_so(void **state)
{
    (void)state;
    glass_show(glass, pages_sample(PAGE_EDITOR));
    const struct screen *screen = glass_screen(glass);
    glass_press(glass, "\033[1;5H"); /* to the beginning */
    int before = (int)g_utf8_strlen(field_text(screen_field(screen, 0)), -1);
    g_autofree char *text = g_strnfill(1000000, 'a');
    paste(text, 1000000);
    assert_true(glass_has(glass, "粘贴的文字太长"));
    int after = (int)g_utf8_strlen(field_text(screen_field(screen, 0)), -1);
    assert_int_equal(after, MIN(screen_field(screen, 0)->max_chars, before + KEY_PASTE_CHARS));
    glass_press(glass, "\032");
    assert_int_equal(g_utf8_strlen(field_text(screen_field(screen, 0)), -1), before);
}

static void what_is_no_text_is_left_out_and_said_so(void **state)
{
    (void)state;
    glass_show(glass, pages_sample(PAGE_FIELDS));
    paste("山西\377\376省\300", 12);
    assert_string_equal(field_text(screen_field(glass_screen(glass), 0)), "山西省");
    assert_true(glass_has(glass, "认不出的字符"));
    glass_press(glass, "太");
    assert_false(glass_has(glass, "认不出的字符"));
    glass_press(glass, "\025");
    paste("太原市", 9);
    assert_false(glass_has(glass, "粘贴"));
}

static void a_full_field_says_so(void **state)
{
    (void)state;
    glass_show(glass, pages_sample(PAGE_FIELDS));
    struct screen *screen = glass_screen(glass);
    panel_focus(screen, screen_field_named(screen->page, "date"));
    glass_press(glass, "01");
    assert_false(glass_has(glass, "这一项最多"));
    glass_press(glass, "5");
    assert_true(glass_has(glass, "这一项最多"));
    assert_string_equal(field_text(screen_field(screen, screen->focus)), "20120701");
}

/* ---------------------------------------------------------------- one line */

/* Whatever stands in a field, and wherever the cursor is: whole characters from `first` on, as many as fit, the cursor at its place. */
static void no_character_is_ever_cut_in_half(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "1", "中", "（", "𠮷", "é", "·", "。", "W", " "};
    g_autoptr(GRand) random = g_rand_new_with_seed(20261125);
    for (int round = 0; round < 120; round++) {
        struct page *page = page_new(round % 2 ? "one" : "two", PAGE_FIELDS);
        g_autoptr(GString) text = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 1, 40); i > 0; i--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        struct page_field *field =
            page_add_field(page, "text", round % 3 ? FIELD_TEXT : FIELD_REGION, "籍贯", text->str);
        field->width_cols = g_rand_int_range(random, 4, 30);
        field->max_chars = 60;
        glass_show(glass, page);
        const struct screen *screen = glass_screen(glass);
        for (int step = 0; step < 12; step++) {
            static const char *const keys[] = {"\033[D", "\033[C", "\033[H", "\033[F", "\177", "中", "x"};
            glass_press(glass, keys[g_rand_int_range(random, 0, G_N_ELEMENTS(keys))]);
            const struct field *typed = screen_field(screen, 0);
            const struct slot *slot = panel_slot(&screen->panel, 0);
            int from = screen->frame.body.x + slot->x + 1, cols = slot->cols - FIELD_PADDING, row, col;
            const char *first = typed->text->str + typed->first;
            gsize fits = text_head(first, cols);
            g_autofree char *shown = g_strndup(first, fits), *before = g_strndup(first, typed->cursor - typed->first);
            g_autofree char *line = g_strchomp(g_strdup(shown));
            assert_true(typed->cursor >= typed->first);
            assert_true(glass_cursor(glass, &row, &col));
            assert_int_equal(col, from + text_cols(before));
            assert_in_range(col, from, from + cols);
            if (*line && !strstr(glass_row(glass, row), line))
                fail_msg("|%s| shows no |%s|", glass_row(glass, row), line);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_form_follows_the_finger),     TEST(a_list_turns_its_pages),
        TEST(a_long_text_follows_too),       TEST(two_taps_are_two_taps),
        TEST(a_megabyte_is_cut_and_said_so), TEST(what_is_no_text_is_left_out_and_said_so),
        TEST(a_full_field_says_so),          TEST(no_character_is_ever_cut_in_half),
    };
    return cmocka_run_group_tests_name("drag", tests, NULL, NULL);
}
