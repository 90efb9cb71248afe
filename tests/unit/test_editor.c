/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/editor.h"

#include <string.h>

#include "base/text.h"

struct world {
    struct page *page;
    struct field *field;
    struct editor editor;
    struct rect area;
};

/* Ten columns of text and the hanging mark, three rows. */
static int setup(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->page = page_new("p", PAGE_EDITOR);
    world->field = field_new(page_add_field(world->page, "k", FIELD_LONG, "l", ""));
    world->area = (struct rect){5, 3, 3, 10 + EDITOR_HANG};
    editor_init(&world->editor);
    *state = world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;
    field_free(world->field);
    editor_clear(&world->editor);
    page_free(world->page);
    g_free(world);
    return 0;
}

static void write_text(struct world *world, const char *text)
{
    field_set(world->field, text);
    editor_layout(&world->editor, world->field, &world->area);
}

static void press(struct world *world, enum press press)
{
    struct key key = {.press = press};
    (void)editor_key(&world->editor, world->field, &key);
    editor_layout(&world->editor, world->field, &world->area);
}

/* The lines joined with "|". */
static char *lines_of(const struct world *world)
{
    GString *lines = g_string_new(NULL);
    const GArray *starts = world->editor.starts;
    for (guint i = 0; i < starts->len; i++) {
        gsize from = g_array_index(starts, gsize, i);
        gsize to = i + 1 < starts->len ? g_array_index(starts, gsize, i + 1) : world->field->text->len;
        g_string_append_len(lines, world->field->text->str + from, (gssize)(to - from));
        if (i + 1 < starts->len)
            g_string_append_c(lines, '|');
    }
    return g_string_free(lines, FALSE);
}

static void text_breaks_into_lines(void **state)
{
    struct world *world = *state;
    static const char *const cases[][2] = {
        {"", ""},
        {"一二三四五", "一二三四五"},
        {"一二三四五六", "一二三四五|六"},
        {"a一二三四五", "a一二三四|五"},
        {"一二三四五，六", "一二三四五，|六"},     /* the mark hangs */
        {"一二三四五。”六", "一二三四|五。”六"},   /* only one of them: with what it closes to the next line */
        {"一二三四（五）六", "一二三四|（五）六"}, /* an opening mark goes with what it opens */
        {"一二三“《五》”", "一二三|“《五》”"},
        {"，，，，，，，", "，，，，，，|，"}, /* nowhere else to break */
        {"一二\n三四", "一二\n|三四"},
        {"一二三四五\n六", "一二三四五\n|六"},
        {"一二\n", "一二\n|"},
        {"\n\n", "\n|\n|"},
        {"abcdefghijklm", "abcdefghij|klm"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        write_text(world, cases[i][0]);
        g_autofree char *lines = lines_of(world);
        assert_string_equal(lines, cases[i][1]);
    }
}

static const char *at_cursor(const struct world *world)
{
    return world->field->text->str + world->field->cursor;
}

static void up_and_down_keep_the_column(void **state)
{
    struct world *world = *state;
    write_text(world, "一二三四五六七八九十\n甲\n子丑寅卯");
    assert_string_equal(at_cursor(world), "");
    press(world, PRESS_UP);
    assert_true(g_str_has_prefix(at_cursor(world), "\n子"));
    press(world, PRESS_UP);
    assert_true(g_str_has_prefix(at_cursor(world), "十"));
    press(world, PRESS_UP);
    assert_true(g_str_has_prefix(at_cursor(world), "五"));
    press(world, PRESS_UP);
    assert_true(g_str_has_prefix(at_cursor(world), "五"));
    press(world, PRESS_DOWN);
    press(world, PRESS_DOWN);
    press(world, PRESS_DOWN);
    assert_string_equal(at_cursor(world), "");
}

static void home_and_end_stay_on_the_line(void **state)
{
    struct world *world = *state;
    write_text(world, "一二三四五六七\n八九");
    press(world, PRESS_UP);
    press(world, PRESS_HOME);
    assert_true(g_str_has_prefix(at_cursor(world), "六七"));
    press(world, PRESS_END);
    assert_true(g_str_has_prefix(at_cursor(world), "\n八"));
    press(world, PRESS_UP);
    press(world, PRESS_END); /* before the last: behind it would be the next line */
    assert_true(g_str_has_prefix(at_cursor(world), "五六"));
}

static void enter_is_a_new_line(void **state)
{
    struct world *world = *state;
    write_text(world, "一二");
    press(world, PRESS_LEFT);
    press(world, PRESS_ENTER);
    assert_string_equal(world->field->text->str, "一\n二");
    press(world, PRESS_BACKSPACE);
    assert_string_equal(world->field->text->str, "一二");
}

static void one_key_does_not_empty_it(void **state)
{
    struct world *world = *state;
    write_text(world, "一二");
    press(world, PRESS_CLEAR);
    assert_string_equal(world->field->text->str, "一二");
}

static void the_cursor_s_line_stays_in_sight(void **state)
{
    struct world *world = *state;
    write_text(world, "1\n2\n3\n4\n5\n6\n7");
    assert_int_equal(world->editor.top, 4);
    press(world, PRESS_PAGE_UP);
    press(world, PRESS_PAGE_UP);
    assert_int_equal(world->editor.top, 2);
    press(world, PRESS_PAGE_UP);
    assert_int_equal(world->editor.top, 0);
    press(world, PRESS_PAGE_DOWN);
    press(world, PRESS_PAGE_DOWN);
    press(world, PRESS_PAGE_DOWN);
    assert_int_equal(world->editor.top, 4);
}

static void what_was_written_can_be_taken_back(void **state)
{
    struct world *world = *state;
    static const char *const typed[] = {"一", "二", "\n", "三"};
    for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
        struct key key = {.press = PRESS_CHAR, .c = g_utf8_get_char(typed[i])};
        (void)editor_key(&world->editor, world->field, &key);
    }
    press(world, PRESS_FIRST);
    assert_string_equal(at_cursor(world), "一二\n三");
    press(world, PRESS_LAST);
    press(world, PRESS_BACKSPACE);
    press(world, PRESS_BACKSPACE);
    assert_string_equal(world->field->text->str, "一二");
    static const char *const back[] = {"一二\n三", "一二\n", "一二", "", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(back); i++) {
        press(world, PRESS_UNDO);
        assert_string_equal(world->field->text->str, back[i]);
    }
    static const char *const again[] = {"一二", "一二\n", "一二\n三", "一二", "一二"};
    for (gsize i = 0; i < G_N_ELEMENTS(again); i++) {
        press(world, PRESS_REDO);
        assert_string_equal(world->field->text->str, again[i]);
    }
    assert_string_equal(at_cursor(world), "");
}

static void a_click_places_the_cursor(void **state)
{
    struct world *world = *state;
    write_text(world, "一二三四五六\n七");
    editor_click(&world->editor, world->field, 5, 3 + 4);
    assert_true(g_str_has_prefix(at_cursor(world), "三"));
    editor_click(&world->editor, world->field, 6, 70);
    assert_true(g_str_has_prefix(at_cursor(world), "\n七"));
    editor_click(&world->editor, world->field, 20, 3);
    assert_string_equal(at_cursor(world), "七");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_breaks_into_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(up_and_down_keep_the_column, setup, teardown),
        cmocka_unit_test_setup_teardown(home_and_end_stay_on_the_line, setup, teardown),
        cmocka_unit_test_setup_teardown(enter_is_a_new_line, setup, teardown),
        cmocka_unit_test_setup_teardown(one_key_does_not_empty_it, setup, teardown),
        cmocka_unit_test_setup_teardown(the_cursor_s_line_stays_in_sight, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_written_can_be_taken_back, setup, teardown),
        cmocka_unit_test_setup_teardown(a_click_places_the_cursor, setup, teardown),
    };
    return cmocka_run_group_tests_name("editor", tests, NULL, NULL);
}
