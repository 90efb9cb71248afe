/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list to tick with its running sum: by keys alone, by touch alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"

#include <stdlib.h>
#include <string.h>

#include "screen/view.h"

#define COURSES 7

static struct glass *glass;
static bool ticked[COURSES];

/* As the session makes it, after every tick. */
static struct page *made(void)
{
    static const char *const names[COURSES] = {"政治学概论",     "企业管理概论", "中国文化概论", "中国行政史",
                                               "公文写作与处理", "法学概论",     "现代管理学"};
    struct page *page = page_new("substitution", PAGE_CHOOSE);
    int courses = 0;
    page->title = g_strdup("英语（专升本）课程顶替");
    page->choose_many = true;
    for (int i = 0; i < COURSES; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        struct page_choice *choice = page_add_choice(page->choices, key, names[i], "选考");
        choice->chosen = ticked[i];
        courses += ticked[i];
    }
    page->sum = g_strdup_printf("已选 %d 门 / %d 学分", courses, courses * 6);
    page_add_action(page, "next", "下一步", "F10")->primary = true;
    return page;
}

static void on_told(const struct screen_event *event, gpointer data)
{
    (void)data;
    if (event->kind != SCREEN_CHOOSE)
        return;
    ticked[atoi(event->key)] ^= true;
    glass_show(glass, made());
}

static int set_up(void **state)
{
    (void)state;
    memset(ticked, 0, sizeof ticked);
    glass = glass_new(24, 80, "default");
    glass_show(glass, made());
    glass_listen(glass, on_told, NULL);
    (void)glass_told(glass);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    glass_free(glass);
    return 0;
}

static void assert_ticked(const char *wanted, const char *sum)
{
    char seen[COURSES + 1] = "";
    for (int i = 0; i < COURSES; i++)
        seen[i] = ticked[i] ? 'x' : '.';
    assert_string_equal(seen, wanted);
    assert_true(glass_has(glass, sum));
}

static void keys_tick_and_the_sum_runs(void **state)
{
    (void)state;
    assert_ticked(".......", "已选 0 门 / 0 学分");
    glass_press(glass, " ");
    assert_ticked("x......", "已选 1 门 / 6 学分");
    glass_press(glass, "\033[B\033[B ");
    assert_ticked("x.x....", "已选 2 门 / 12 学分"); /* the cursor stayed where it was */
    glass_press(glass, "5");
    assert_ticked("x.x.x..", "已选 3 门 / 18 学分");
    glass_press(glass, "faxue ");
    assert_ticked("x.x.xx.", "已选 4 门 / 24 学分");
    glass_press(glass, "xdgl ");
    assert_ticked("x.x.xxx", "已选 5 门 / 30 学分");
    glass_press(glass, "1");
    assert_ticked("..x.xxx", "已选 4 门 / 24 学分");
    (void)glass_told(glass);
    glass_press(glass, "\r"); /* goes on */
    assert_string_equal(glass_told(glass), "action next; ");
}

static void fingers_tick_as_well(void **state)
{
    (void)state;
    glass_screen(glass)->touch = true;
    glass_press(glass, "\033[B");      /* draws it for fingers */
    for (int dy = -1; dy <= 1; dy++) { /* three rows high */
        int row, col;
        assert_true(glass_find(glass, "企业管理概论", &row, &col));
        glass_click(glass, row + dy, col);
        assert_ticked(dy == 0 ? "......." : ".x.....", dy == 0 ? "已选 0 门" : "已选 1 门 / 6 学分");
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(keys_tick_and_the_sum_runs),
        TEST(fingers_tick_as_well),
    };
    return cmocka_run_group_tests_name("choices", tests, NULL, NULL);
}
