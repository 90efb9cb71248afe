/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By touch alone: targets three rows high, the keyboard on the screen, everything reached without a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"

#include <string.h>

#include "screen/view.h"

static struct glass *glass;

static int teardown(void **state)
{
    (void)state;
    glass_free(glass);
    return 0;
}

static int setup(void **state)
{
    (void)state;
    glass = glass_new(24, 80, "default");
    return 0;
}

static void show(struct page *page)
{
    glass_show(glass, page);
    (void)glass_told(glass);
}

static void show_touched(struct page *page)
{
    glass_screen(glass)->touch = true;
    show(page);
}

/* `dy`: off the middle, as fingers are. */
static void tap_beside(const char *text, int dy)
{
    int row, col;
    if (!glass_find(glass, text, &row, &col)) {
        for (int i = 0; i < 24; i++)
            print_message("|%s\n", glass_row(glass, i));
        fail_msg("%s is nowhere to be tapped", text);
    }
    glass_click(glass, row + dy, col);
}

static void tap(const char *text)
{
    tap_beside(text, 0);
}

/* A cap of the keyboard: the text alone between two edges, below the form. */
static void tap_cap(const char *text)
{
    const struct rect *board = &glass_screen(glass)->keyboard.area;
    for (int row = board->y + 1; row < board->y + board->rows; row += 3) {
        gunichar *line = g_utf8_to_ucs4_fast(glass_row(glass, row), -1, NULL);
        int col = 0, edge = 0;
        g_autoptr(GString) cap = g_string_new(NULL);
        for (gsize i = 0; line[i]; i++) {
            if (line[i] == 0x2502) {
                if (strcmp(g_strstrip(cap->str), text) == 0) {
                    g_free(line);
                    glass_click(glass, row, (edge + col) / 2);
                    return;
                }
                g_string_truncate(cap, 0);
                edge = col;
            } else {
                g_string_append_unichar(cap, line[i]);
            }
            col += g_unichar_iswide(line[i]) ? 2 : 1;
        }
        g_free(line);
    }
    fail_msg("there is no cap %s", text);
}

static void tap_caps(const char *letters)
{
    for (const char *at = letters; *at; at++) {
        char text[2] = {*at, '\0'};
        tap_cap(text);
    }
}

static const char *value(const char *key)
{
    return glass_value(glass, key);
}

/* ---------------------------------------------------------------- targets */

static void the_first_tap_makes_targets_large(void **state)
{
    (void)state;
    show(pages_sample(PAGE_MENU));
    assert_int_equal(glass_screen(glass)->frame.keys_rows, 1);
    glass_click(glass, 3, 3); /* nothing there */
    assert_int_equal(glass_screen(glass)->frame.keys_rows, 3);
    (void)glass_told(glass);
    tap_beside("下一步", -1);
    assert_string_equal(glass_told(glass), "action next; ");
    tap_beside("上一步", 1);
    assert_string_equal(glass_told(glass), "action back; ");
}

static void items_are_three_rows_high(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_MENU));
    for (int dy = -1; dy <= 1; dy++) {
        tap_beside("（2）", dy);
        assert_string_equal(glass_told(glass), "choose item1; ");
    }
}

static void fields_are_three_rows_high(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_FIELDS));
    tap_cap("收起");
    for (int dy = -1; dy <= 1; dy++) {
        tap_beside("手机号", dy);
        assert_string_equal(screen_field(glass_screen(glass), glass_screen(glass)->focus)->key, "number");
        tap_cap("收起");
    }
}

static void a_tapped_label_goes_behind_what_is_there(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_FIELDS));
    tap_cap("收起");
    tap("手机号");
    tap_cap("8");
    assert_string_equal(value("number"), "13803518");
}

/* No two targets of a page share a cell: every slot, item, button has its own. */
static void targets_do_not_overlap(void **state)
{
    (void)state;
    for (int kind = 0; kind < PAGE_KINDS; kind++) {
        show_touched(pages_sample(kind));
        const struct screen *screen = glass_screen(glass);
        const struct buttons *buttons = &screen->frame.buttons;
        for (int i = 0; i < buttons->n && screen->frame.keys_rows > 0; i++) {
            assert_true(buttons->areas[i].rows >= 3 && buttons->areas[i].cols >= 6);
            assert_true(buttons->areas[i].y >= screen->frame.message_y + screen->frame.message_rows);
            for (int k = 0; k < i; k++)
                assert_true(buttons->areas[k].y != buttons->areas[i].y ||
                            buttons->areas[k].x + buttons->areas[k].cols <= buttons->areas[i].x);
        }
        for (guint i = 1; i < screen->panel.slots->len; i++) {
            const struct slot *a = &g_array_index(screen->panel.slots, struct slot, i - 1);
            const struct slot *b = &g_array_index(screen->panel.slots, struct slot, i);
            assert_true(b->line == a->line || b->line >= a->line + 3);
        }
    }
}

/* ---------------------------------------------------------------- scrolling */

static void long_pages_scroll_by_their_buttons(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_REPORT));
    assert_false(glass_has(glass, "仅供参考"));
    while (glass_has(glass, "│ ▼"))
        tap("│ ▼");
    assert_true(glass_has(glass, "仅供参考"));
    while (glass_has(glass, "│ ▲"))
        tap("│ ▲");
    assert_true(glass_has(glass, "010124100007"));
}

static void a_mouse_scrolls_by_the_marks(void **state)
{
    (void)state;
    show(pages_sample(PAGE_REPORT));
    tap("▼ 下面还有");
    assert_true(glass_has(glass, "▲ 上面还有"));
    while (glass_has(glass, "▲ 上面还有"))
        tap("▲ 上面还有");
    assert_true(glass_has(glass, "010124100007"));
}

/* ---------------------------------------------------------------- typing */

static void a_form_is_filled_without_a_key(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_FIELDS));
    tap_caps("hello");
    tap_cap("空格");
    tap_cap("大写");
    tap_caps("Ab");
    assert_string_equal(value("text"), "hello Ab");
    tap_cap("，。");
    tap_cap("，");
    assert_string_equal(value("text"), "hello Ab，");
    tap_cap("退格");
    tap_cap("下一项");
    tap_caps("14");
    assert_string_equal(value("number"), "138035114");
    tap_cap("清空");
    tap_caps("12X");
    assert_string_equal(value("number"), "12X");
    tap_cap("下一项");
    tap_cap("#+=");
    tap_caps("@!");
    tap_cap("下一项"); /* the password is done */
    tap_caps("31");
    assert_string_equal(value("date"), "20120731");
    tap_cap("下一项"); /* on a list no keyboard */
    assert_int_equal(glass_screen(glass)->frame.keyboard_rows, 0);
    assert_string_equal(value("password"), "@!");
}

static void lists_are_picked_from_by_tapping(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_FIELDS));
    tap_cap("收起");
    tap_beside("民族", 1);
    assert_int_equal(glass_screen(glass)->overlay.kind, OVERLAY_PICK);
    (void)glass_told(glass);
    tap("│ ▼"); /* the next page of the list */
    tap("24");
    assert_string_equal(value("code"), "24");
    assert_string_equal(glass_told(glass), "activity; edit code=24; ");
    tap_beside("民族", 0);
    tap("关闭");
    assert_int_equal(glass_screen(glass)->overlay.kind, OVERLAY_NONE);
    tap("│ ▼");
    tap("没有参加过工作");
    assert_string_equal(value("tick"), "1");
}

static void the_field_typed_into_is_always_in_sight(void **state)
{
    (void)state;
    static const enum page_kind kinds[] = {PAGE_FIELDS, PAGE_ROWS};
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
        show_touched(pages_sample(kinds[k]));
        const struct screen *screen = glass_screen(glass);
        for (int i = 0; i < (int)screen->fields->len; i++) {
            const struct rect *body = &screen->frame.body;
            const struct slot *slot = panel_slot(&screen->panel, screen->focus);
            int row, col;
            bool typed = keyboard_serves(screen_page_field(screen, screen->focus)->type);
            assert_int_equal(screen->frame.keyboard_rows > 0, typed);
            assert_in_range(slot->line - screen->panel.top, 0, body->rows - 1);
            if (typed) {
                assert_true(glass_cursor(glass, &row, &col));
                assert_in_range(row, body->y, body->y + body->rows - 1);
                assert_true(body->y + body->rows <= screen->keyboard.area.y);
            }
            glass_press(glass, "\t");
        }
    }
}

static void a_real_keyboard_puts_the_other_away(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_FIELDS));
    assert_int_equal(glass_screen(glass)->frame.keyboard_rows, KEYBOARD_ROWS);
    glass_press(glass, "a");
    assert_int_equal(glass_screen(glass)->frame.keyboard_rows, 0);
    assert_string_equal(value("text"), "a");
    glass_press(glass, "\t");
    assert_int_equal(glass_screen(glass)->frame.keyboard_rows, 0);
    tap("籍贯");
    assert_int_equal(glass_screen(glass)->frame.keyboard_rows, KEYBOARD_ROWS);
}

/* Keys of the page work while the keyboard stands over its buttons. */
static void commands_work_below_the_keyboard(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_FIELDS));
    glass_press(glass, "\033[21~");
    assert_string_equal(glass_told(glass), "action next; ");
}

static void the_editor_has_room_beside_the_keyboard(void **state)
{
    (void)state;
    show_touched(pages_sample(PAGE_EDITOR));
    tap_caps("ab");
    tap_cap("换行");
    tap_caps("c");
    assert_string_equal(value("text"), "ab\nc");
    tap_cap("撤销");
    tap_cap("撤销");
    assert_string_equal(value("text"), "ab");
    assert_true(glass_screen(glass)->editor.area.rows >= 3);
    tap_cap("收起");
    tap("下一步");
    assert_non_null(strstr(glass_told(glass), "action next; "));
}

/* ---------------------------------------------------------------- help and staff */

static void staff_are_called_by_key_and_by_touch(void **state)
{
    (void)state;
    for (int kind = 0; kind < PAGE_KINDS; kind++) {
        show(pages_sample(kind));
        glass_press(glass, "\033[20~");
        assert_string_equal(glass_told(glass), "call; ");
        assert_true(glass_has(glass, "已经呼叫工作人员"));
        glass_press(glass, "\r");
        assert_false(glass_has(glass, "已经呼叫工作人员"));
        (void)glass_told(glass);
    }
    show_touched(pages_sample(PAGE_MENU));
    tap_beside("│ 呼叫工作人员", 1);
    assert_string_equal(glass_told(glass), "call; ");
    tap("关闭");
    tap("帮助");
    (void)glass_told(glass);
    tap("│ 呼叫工作人员");
    assert_string_equal(glass_told(glass), "call; ");
    tap("关闭");
    assert_int_equal(glass_screen(glass)->overlay.kind, OVERLAY_NONE);
}

static void every_page_has_help(void **state)
{
    (void)state;
    struct page *page = page_new("bare", PAGE_NOTICE);
    show(page);
    assert_true(glass_has(glass, "F1 帮助"));
    assert_true(glass_has(glass, "F9 呼叫工作人员"));
    glass_press(glass, "\033OP");
    int row, col;
    assert_true(glass_find(glass, "F9 呼叫工作人员", &row, &col));
    (void)glass_told(glass);
    glass_click(glass, row, col + 3);
    assert_string_equal(glass_told(glass), "call; touched; ");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_first_tap_makes_targets_large),
        TEST(items_are_three_rows_high),
        TEST(fields_are_three_rows_high),
        TEST(a_tapped_label_goes_behind_what_is_there),
        TEST(targets_do_not_overlap),
        TEST(long_pages_scroll_by_their_buttons),
        TEST(a_mouse_scrolls_by_the_marks),
        TEST(a_form_is_filled_without_a_key),
        TEST(lists_are_picked_from_by_tapping),
        TEST(the_field_typed_into_is_always_in_sight),
        TEST(a_real_keyboard_puts_the_other_away),
        TEST(commands_work_below_the_keyboard),
        TEST(the_editor_has_room_beside_the_keyboard),
        TEST(staff_are_called_by_key_and_by_touch),
        TEST(every_page_has_help),
    };
    return cmocka_run_group_tests_name("touch", tests, NULL, NULL);
}
