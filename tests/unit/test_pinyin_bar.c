/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typing in pinyin on the screen, with the real engine in the real kiosk-helper. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"
#include "typist.h"

#include <string.h>

#include "base/clock.h"
#include "screen/view.h"

static struct glass *glass;

static int teardown(void **state)
{
    (void)state;
    glass_free(glass);
    typist_wait_no_engine();
    return 0;
}

static int start_at(enum page_kind kind, const struct pinyin_options *options)
{
    glass = glass_new_pinyin(24, 80, options);
    assert_int_equal(typist_engine(), 0);
    glass_show(glass, pages_sample(kind));
    (void)glass_told(glass);
    return 0;
}

static int at_fields(void **state)
{
    (void)state;
    return start_at(PAGE_FIELDS, &(struct pinyin_options){0});
}

static int at_editor(void **state)
{
    (void)state;
    return start_at(PAGE_EDITOR, &(struct pinyin_options){0});
}

static int without_data(void **state)
{
    (void)state;
    return start_at(PAGE_FIELDS, &(struct pinyin_options){.data = "/nowhere"});
}

static int without_helper(void **state)
{
    (void)state;
    return start_at(PAGE_FIELDS, &(struct pinyin_options){.program = "/nowhere/kiosk-helper"});
}

/* ---------------------------------------------------------------- waiting */

static struct pinyin_view view(void)
{
    return pinyin_view(glass_screen(glass)->bar.pinyin);
}

static bool is_fresh(void)
{
    return view().fresh && g_queue_is_empty(&glass_screen(glass)->bar.later);
}

static bool is_closed(void)
{
    return !view().open && g_queue_is_empty(&glass_screen(glass)->bar.later);
}

static bool is_awake(void)
{
    return view().state == PINYIN_READY;
}

static bool is_unavailable(void)
{
    return view().state == PINYIN_UNAVAILABLE;
}

static void until(bool (*holds)(void))
{
    glass_until(glass, holds);
}

/* ---------------------------------------------------------------- looking */

static const char *value(const char *key)
{
    return glass_value(glass, key);
}

static const char *focused(void)
{
    return screen_field(glass_screen(glass), glass_screen(glass)->focus)->key;
}

/* Letters, with the candidates they get. */
static void compose(const char *letters)
{
    glass_press(glass, letters);
    until(is_fresh);
}

static void press_to_end(const char *keys)
{
    glass_press(glass, keys);
    until(is_closed);
}

static char *candidate(int i)
{
    const struct pinyin_bar *bar = &glass_screen(glass)->bar;
    const struct pinyin_candidate *found = g_ptr_array_index(view().candidates, (guint)(bar->first + i));
    return g_strdup(found->text);
}

/* ---------------------------------------------------------------- choosing */

static void a_phrase_is_typed_and_taken_with_space(void **state)
{
    (void)state;
    compose("shanxishengtaiyuanshi");
    assert_true(glass_has(glass, "shanxishengtaiyuanshi"));
    assert_true(glass_has(glass, "1 山西省太原市"));
    assert_string_equal(value("text"), "");
    press_to_end(" ");
    assert_string_equal(value("text"), "山西省太原市");
    assert_false(glass_has(glass, "shanxishengtaiyuanshi"));
    assert_non_null(strstr(glass_told(glass), "edit text=山西省太原市; "));
}

static void a_letter_stands_at_once(void **state)
{
    int row, col, field_row, field_col;
    (void)state;
    assert_true(glass_cursor(glass, &field_row, &field_col));
    glass_press(glass, "t");
    assert_true(glass_cursor(glass, &row, &col));
    assert_int_equal(row, field_row + 1);
    assert_int_equal(strncmp(glass_row(glass, row), "   t ", 5), 0);
    assert_int_equal(col, 4);
}

static void what_is_typed_ahead_arrives_in_order(void **state)
{
    (void)state;
    press_to_end("taiyuanshi xiaodianqu \t138");
    assert_string_equal(value("text"), "太原市小店区");
    assert_string_equal(focused(), "number");
    assert_string_equal(value("number"), "1380351138");
}

static void the_third_is_chosen_by_its_number(void **state)
{
    (void)state;
    compose("shi");
    g_autofree char *third = candidate(2);
    press_to_end("3");
    assert_string_equal(value("text"), third);
}

static void pages_are_turned_and_turned_back(void **state)
{
    (void)state;
    compose("shi");
    g_autofree char *first = candidate(0);
    for (int i = 0; i < 3; i++) {
        compose(i == 1 ? "\033[6~" : "=");
        g_autofree char *there = candidate(0);
        assert_string_not_equal(there, first);
    }
    for (int i = 0; i < 6; i++)
        compose(i == 1 ? "\033[5~" : "-");
    g_autofree char *again = candidate(0);
    assert_string_equal(again, first);
}

static void every_candidate_of_a_page_is_shown(void **state)
{
    (void)state;
    const struct pinyin_bar *bar = &glass_screen(glass)->bar;
    compose("shanxishengtaiyuanshixiaodianqu");
    guint n = view().candidates->len;
    int shown = bar->shown;
    assert_true(shown < (int)n); /* a long one leaves no room for all nine */
    compose("=");
    assert_int_equal(bar->first, shown);
    assert_true(bar->shown > 0);
}

static void letters_are_taken_back_dropped_or_kept(void **state)
{
    (void)state;
    compose("nihao");
    compose("\177\177");
    assert_string_equal(view().letters, "nih");
    glass_press(glass, "\033");
    if (view().open) /* a lone Esc is one after a while */
        glass_wait(glass);
    assert_false(view().open);
    assert_string_equal(value("text"), "");
    assert_string_equal(focused(), "text");
    press_to_end("wifi\r");
    assert_string_equal(value("text"), "wifi");
    assert_string_equal(focused(), "text");
    glass_press(glass, "\177");
    assert_string_equal(value("text"), "wif");
}

/* A mistake in a long sentence: the cursor goes there, by letters for a letter, by words for a word. */
static void a_mistake_in_the_middle_is_put_right(void **state)
{
    int row, col, other_row, other_col;
    (void)state;
    compose("shanxishengtaiyunshixiaodianqu");
    for (int i = 0; i < 14; i++)
        compose("\033[D");
    assert_true(glass_has(glass, "山西省"));
    assert_true(glass_cursor(glass, &row, &col));
    compose("a"); /* yun → yuan */
    assert_true(glass_cursor(glass, &other_row, &other_col));
    assert_int_equal(other_col, col + 1);
    assert_true(glass_has(glass, "1 山西省太原市小店区"));
    glass_press(glass, "\033[H");
    assert_true(glass_cursor(glass, &other_row, &other_col));
    assert_true(other_col < col);
    compose("\033[F");
    press_to_end(" ");
    assert_string_equal(value("text"), "山西省太原市小店区");
}

static void marks_are_chinese_ones(void **state)
{
    (void)state;
    press_to_end("nihao,shijie.");
    assert_string_equal(value("text"), "你好，世界。");
    glass_press(glass, "(\"a");
    press_to_end("\r");
    assert_string_equal(value("text"), "你好，世界。（“a");
}

/* ---------------------------------------------------------------- beside it */

static void english_is_a_key_away(void **state)
{
    (void)state;
    assert_true(glass_has(glass, "中"));
    glass_press(glass, "\033OQ"); /* F2 */
    glass_press(glass, "Gate 3, a.");
    assert_string_equal(value("text"), "Gate 3, a.");
    assert_true(glass_has(glass, "英"));
    assert_false(view().open);
    glass_press(glass, "\033OQ");
    glass_press(glass, "ni");
    assert_true(view().open);
    glass_press(glass, "\033OQ"); /* letters stay when they were English after all */
    assert_string_equal(value("text"), "Gate 3, a.ni");
}

static void hanzi_and_digits_go_straight_in(void **state)
{
    (void)state;
    glass_press(glass, "平阳路1号 A座");
    assert_string_equal(value("text"), "平阳路1号 A座");
    assert_false(view().open);
}

static void a_paste_goes_straight_in(void **state)
{
    (void)state;
    glass_press(glass, "ab");
    glass_press(glass, "\033[200~cd, e\033[201~");
    assert_string_equal(value("text"), "abcd, e");
    assert_false(view().open);
}

static void other_fields_have_none_of_it(void **state)
{
    (void)state;
    glass_press(glass, "\t");
    assert_string_equal(focused(), "number");
    assert_false(glass_has(glass, "中  F2"));
    glass_press(glass, "9a,");
    assert_string_equal(value("number"), "13803519");
    glass_press(glass, "\tabc,");
    assert_string_equal(value("password"), "abc,");
    assert_false(view().open);
}

/* ---------------------------------------------------------------- pages come while something is composed */

static void the_same_page_leaves_the_composition_alone(void **state)
{
    (void)state;
    compose("nihao");
    struct page *page = pages_sample(PAGE_FIELDS);
    page->focus = g_strdup("number"); /* where there is an error: not in the middle of a word */
    page->busy = g_strdup("正在保存，请稍候…");
    glass_show(glass, page);
    assert_string_equal(focused(), "text");
    assert_true(glass_has(glass, "1 你好"));
    assert_string_equal(glass_told(glass), "activity; ");
    press_to_end(" ");
    assert_string_equal(value("text"), "你好");
}

static void another_page_puts_the_letters_down(void **state)
{
    (void)state;
    press_to_end("shanxisheng ");
    compose("taiyuanshi");
    (void)glass_told(glass);
    glass_show(glass, pages_sample(PAGE_ROWS));
    assert_string_equal(glass_told(glass), "edit text=山西省taiyuanshi; ");
    assert_false(view().open);
    assert_false(glass_has(glass, "taiyuanshi"));
}

static void a_page_without_the_field_ends_the_composition(void **state)
{
    (void)state;
    compose("nihao");
    struct page *page = pages_sample(PAGE_FIELDS);
    ((struct page_field *)g_ptr_array_index(page->fields, 0))->readonly = true;
    glass_show(glass, page);
    assert_false(view().open);
    assert_string_equal(focused(), "number");
    assert_string_equal(value("number"), "1380351");
}

static void a_page_that_asks_for_any_key_keeps_the_letters(void **state)
{
    static const char *const any[] = {"\r", " ", "2", "=", "\177", "\t", "\033OP", "\033[D"};
    (void)state;
    compose("niha");
    struct page *page = pages_sample(PAGE_FIELDS);
    page->deadline_ms = clock_monotonic_ms() + 60000;
    glass_show(glass, page);
    (void)glass_told(glass);
    for (gsize i = 0; i < G_N_ELEMENTS(any); i++) {
        glass_press(glass, any[i]);
        assert_string_equal(glass_told(glass), "activity; ");
    }
    glass_press(glass, "\033");
    glass_wait(glass); /* a lone Esc is one after a while */
    compose("o");
    assert_true(glass_has(glass, "1 你好"));
    assert_string_equal(value("text"), "");
    glass_show(glass, pages_sample(PAGE_FIELDS));
    press_to_end(" ");
    assert_string_equal(value("text"), "你好");
}

static void a_terminal_made_too_small_loses_nothing(void **state)
{
    (void)state;
    until(is_awake);
    (void)kill(typist_engine(), SIGSTOP);
    glass_press(glass, "nihao "); /* waits for candidates */
    glass_resize(glass, 20, 70);
    (void)kill(typist_engine(), SIGCONT);
    until(is_closed);
    glass_resize(glass, 24, 80);
    assert_string_equal(value("text"), "你好");
    assert_true(glass_has(glass, "你好"));
}

/* ---------------------------------------------------------------- touch */

static void a_candidate_is_tapped(void **state)
{
    int row, col;
    (void)state;
    compose("shi");
    g_autofree char *second = candidate(1), *label = g_strdup_printf("2 %s", second);
    assert_true(glass_find(glass, label, &row, &col));
    glass_click(glass, row, col);
    until(is_closed);
    assert_string_equal(value("text"), second);
}

static void by_touch_cells_are_three_rows_high(void **state)
{
    (void)state;
    const struct pinyin_bar *bar = &glass_screen(glass)->bar;
    glass_click(glass, 0, 0); /* somebody taps */
    compose("shi");
    assert_int_equal(bar->cells[0].rows, 3);
    assert_true(bar->area.y + bar->area.rows <= glass_screen(glass)->keyboard.area.y);
    g_autofree char *third = candidate(2);
    glass_click(glass, bar->cells[2].y + 2, bar->cells[2].x + 1);
    until(is_closed);
    assert_string_equal(value("text"), third);
    compose("shi");
    int before = bar->first;
    glass_click(glass, bar->next.y, bar->next.x + 1);
    until(is_fresh);
    assert_true(bar->first > before || view().has_previous);
    glass_click(glass, bar->mark.y + 1, bar->mark.x);
    assert_true(bar->english);
}

/* ---------------------------------------------------------------- the editor */

static void a_long_text_takes_it_too(void **state)
{
    (void)state;
    const struct screen *screen = glass_screen(glass);
    size_t before = strlen(field_text(screen_field(screen, screen->focus)));
    compose("women");
    assert_int_equal(screen->bar.area.y, screen->bar.anchor_y + 1);
    press_to_end(" ,");
    const char *text = field_text(screen_field(screen, screen->focus));
    assert_int_equal(strlen(text), before + strlen("我们，"));
    assert_non_null(strstr(text, "我们，"));
}

/* ---------------------------------------------------------------- trouble */

static void a_killed_engine_leaves_the_letters(void **state)
{
    (void)state;
    compose("nihao");
    assert_int_equal(kill(typist_engine(), SIGKILL), 0);
    compose("shijie");
    assert_true(glass_has(glass, "nihaoshijie"));
    press_to_end(" ");
    assert_string_equal(value("text"), "你好世界");
}

static void a_stuck_engine_leaves_them_too(void **state)
{
    (void)state;
    compose("nihao");
    pid_t stuck = typist_engine();
    assert_int_equal(kill(stuck, SIGSTOP), 0);
    compose("shijie");
    assert_int_not_equal(typist_engine(), stuck);
    assert_true(glass_has(glass, "nihaoshijie"));
    press_to_end(" ");
    assert_string_equal(value("text"), "你好世界");
}

static void an_engine_that_dies_again_and_again_gives_the_letters_back(void **state)
{
    (void)state;
    compose("nihao");
    while (!is_unavailable()) {
        pid_t engine = typist_engine();
        if (engine > 0)
            (void)kill(engine, SIGKILL);
        (void)g_main_context_iteration(NULL, FALSE);
    }
    until(is_closed);
    assert_string_equal(value("text"), "nihao");
    glass_press(glass, "ma");
    assert_string_equal(value("text"), "nihaoma");
}

/* Letters, hanzi as they come: the field takes them as without pinyin. */
static void without_its_engine_letters_go_in_and_it_says_so(void **state)
{
    (void)state;
    until(is_unavailable);
    glass_press(glass, "abc");
    assert_string_equal(value("text"), "abc");
    assert_true(glass_has(glass, glass_labels(glass)->pinyin_unavailable));
    glass_press(glass, "太原");
    assert_string_equal(value("text"), "abc太原");
}

int main(void)
{
#define TEST(name, setup) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_phrase_is_typed_and_taken_with_space, at_fields),
        TEST(a_letter_stands_at_once, at_fields),
        TEST(what_is_typed_ahead_arrives_in_order, at_fields),
        TEST(the_third_is_chosen_by_its_number, at_fields),
        TEST(pages_are_turned_and_turned_back, at_fields),
        TEST(every_candidate_of_a_page_is_shown, at_fields),
        TEST(letters_are_taken_back_dropped_or_kept, at_fields),
        TEST(a_mistake_in_the_middle_is_put_right, at_fields),
        TEST(marks_are_chinese_ones, at_fields),
        TEST(english_is_a_key_away, at_fields),
        TEST(hanzi_and_digits_go_straight_in, at_fields),
        TEST(a_paste_goes_straight_in, at_fields),
        TEST(other_fields_have_none_of_it, at_fields),
        TEST(the_same_page_leaves_the_composition_alone, at_fields),
        TEST(another_page_puts_the_letters_down, at_fields),
        TEST(a_page_without_the_field_ends_the_composition, at_fields),
        TEST(a_page_that_asks_for_any_key_keeps_the_letters, at_fields),
        TEST(a_terminal_made_too_small_loses_nothing, at_fields),
        TEST(a_candidate_is_tapped, at_fields),
        TEST(by_touch_cells_are_three_rows_high, at_fields),
        TEST(a_long_text_takes_it_too, at_editor),
        TEST(a_killed_engine_leaves_the_letters, at_fields),
        TEST(a_stuck_engine_leaves_them_too, at_fields),
        TEST(an_engine_that_dies_again_and_again_gives_the_letters_back, at_fields),
        TEST(without_its_engine_letters_go_in_and_it_says_so, without_data),
        TEST(without_its_engine_letters_go_in_and_it_says_so, without_helper),
    };
    return cmocka_run_group_tests_name("pinyin_bar", tests, NULL, NULL);
}
