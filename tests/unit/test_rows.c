/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole rows of a table of fields: emptied, moved up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"

#include <string.h>

#include "screen/view.h"

#define F6 "\033[17~"
#define F8 "\033[19~"

static struct glass *glass;
static GHashTable *answers;

/* As the session does: every edit brings the page again. */
static struct page *answered(void)
{
    struct page *page = pages_sample(PAGE_ROWS);
    for (guint i = 0; i < page->fields->len; i++) {
        struct page_field *field = g_ptr_array_index(page->fields, i);
        const char *text = g_hash_table_lookup(answers, field->key);
        g_free(field->value);
        field->value = g_strdup(text ? text : "");
    }
    return page;
}

static void on_told(const struct screen_event *event, gpointer data)
{
    (void)data;
    if (event->kind != SCREEN_EDIT)
        return;
    g_hash_table_insert(answers, g_strdup(event->key), g_strdup(event->text));
    glass_show(glass, answered());
}

static int set_up(void **state)
{
    (void)state;
    answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    glass = glass_new(24, 80, "default");
    glass_show(glass, answered());
    glass_listen(glass, on_told, NULL);
    glass_press(glass, "20090901\t20120701\t一中\t20120901\t20150701\t大学\t20150801\t20200101\t单位\t");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    glass_free(glass);
    g_hash_table_unref(answers);
    return 0;
}

/* What the rows hold, as the session knows it and as the screen has it. */
static void assert_rows(const char *const wanted[])
{
    const struct screen *screen = glass_screen(glass);
    for (int row = 0; row < 4; row++) {
        g_autoptr(GString) known = g_string_new(NULL), shown = g_string_new(NULL);
        static const char *const columns[] = {"from", "to", "where"};
        for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
            g_autofree char *key = g_strdup_printf("resume.%d.%s", row, columns[i]);
            const char *text = g_hash_table_lookup(answers, key);
            g_string_append_printf(known, "%s ", text ? text : "");
            g_string_append_printf(shown, "%s ", field_text(screen_field(screen, row * 3 + (int)i)));
        }
        assert_string_equal(known->str, wanted[row]);
        assert_string_equal(shown->str, wanted[row]);
    }
}

#define ONE   "20090901 20120701 一中 "
#define TWO   "20120901 20150701 大学 "
#define THREE "20150801 20200101 单位 "
#define NONE  "   "

static void a_row_is_emptied_then_goes(void **state)
{
    (void)state;
    assert_rows((const char *const[]){ONE, TWO, THREE, NONE});
    glass_press(glass, "\033[A\033[A");
    assert_true(glass_has(glass, "F6 清空此行"));
    glass_press(glass, F6);
    assert_rows((const char *const[]){ONE, NONE, THREE, NONE});
    glass_press(glass, F6);
    assert_rows((const char *const[]){ONE, THREE, NONE, NONE});
    assert_int_equal(glass_screen(glass)->focus, 3);
    glass_press(glass, "\033[B");
    assert_false(glass_has(glass, "F6 清空此行")); /* nothing there nor below */
    glass_press(glass, F6);
    assert_rows((const char *const[]){ONE, THREE, NONE, NONE});
}

static void a_row_changes_places_with_the_one_above(void **state)
{
    (void)state;
    glass_press(glass, "\033[Z"); /* 单位 */
    glass_press(glass, F8);
    assert_rows((const char *const[]){ONE, THREE, TWO, NONE});
    assert_int_equal(glass_screen(glass)->focus, 5); /* it went along */
    glass_press(glass, F8);
    assert_rows((const char *const[]){THREE, ONE, TWO, NONE});
    assert_false(glass_has(glass, "F8 上移"));
    glass_press(glass, F8);
    assert_rows((const char *const[]){THREE, ONE, TWO, NONE});
}

static void tap(const char *text)
{
    int row, col;
    if (!glass_find(glass, text, &row, &col))
        fail_msg("%s is nowhere", text);
    glass_click(glass, row, col);
}

static void both_have_buttons(void **state)
{
    (void)state;
    glass_screen(glass)->touch = true;
    glass_screen(glass)->keyboard.hidden = true;
    glass_press(glass, "\033[A");
    tap("上移");
    assert_rows((const char *const[]){ONE, THREE, TWO, NONE});
    tap("清空此行");
    assert_rows((const char *const[]){ONE, NONE, TWO, NONE});
}

static void one_sees_which_row_it_is(void **state)
{
    (void)state;
    int row, col, here, there, bg;
    glass_press(glass, "\033[A");
    assert_true(glass_find(glass, "3  2015年", &row, &col));
    glass_colours(glass, row, col, &here, &bg);
    assert_true(glass_find(glass, "2  2012年", &row, &col));
    glass_colours(glass, row, col, &there, &bg);
    assert_int_not_equal(here, there);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_row_is_emptied_then_goes),
        TEST(a_row_changes_places_with_the_one_above),
        TEST(both_have_buttons),
        TEST(one_sees_which_row_it_is),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
