/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What nobody types and no platform should send: broken bytes, a megabyte pasted, lines of ten thousand characters, a terminal that vanishes
 * in the middle of a word.
 *
 * "Nothing blocks" is measured in processor time of one turn of the main loop: other programs on the machine do not count. The bound is
 * that of sanitizers; the longest turn is printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"
#include "typist.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "screen/view.h"

#define TURN_US    150000 /* under sanitizers, where a new engine's fork alone takes 50 ms */
#define LAY_US     500000
#define PASTE      (1024 * 1024)
#define FLOOD      (128 * 1024) /* without brackets every byte is a key; SWEEP=long: a megabyte of them too */
#define LINE       10000
#define PATIENCE_S 110

static struct glass *glass;

static int start_at(enum page_kind kind)
{
    glass = glass_new_pinyin(24, 80, &(struct pinyin_options){0});
    glass_show(glass, pages_sample(kind));
    (void)glass_told(glass);
    return 0;
}

static int at_fields(void **state)
{
    (void)state;
    return start_at(PAGE_FIELDS);
}

static int at_editor(void **state)
{
    (void)state;
    return start_at(PAGE_EDITOR);
}

static int teardown(void **state)
{
    (void)state;
    glass_free(glass);
    assert_int_equal(typist_engine(), 0);
    return 0;
}

static const char *text(void)
{
    return field_text(screen_field(glass_screen(glass), glass_screen(glass)->focus));
}

static int64_t cpu_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* One turn of the main loop; returns what it cost. */
static int64_t turn(void)
{
    int64_t from_us = cpu_us();
    (void)g_main_context_iteration(NULL, FALSE);
    return cpu_us() - from_us;
}

/* Sends it all while the screen is at work, and lets it finish. Returns the longest turn. */
static int64_t pour(const char *bytes, gsize n)
{
    int64_t longest_us = 0, end_us = g_get_monotonic_time() + (int64_t)PATIENCE_S * 1000000;
    gsize sent = 0;
    while (sent < n || g_main_context_pending(NULL)) {
        gsize some = glass_send(glass, bytes + sent, MIN(n - sent, (gsize)2048));
        sent += some;
        int64_t took_us = turn();
        longest_us = MAX(longest_us, took_us);
        if (g_get_monotonic_time() > end_us)
            fail_msg("%zu of %zu bytes taken after %d s", sent, n, PATIENCE_S);
    }
    return longest_us;
}

/* ---------------------------------------------------------------- bytes */

static void broken_bytes_are_dropped(void **state)
{
    static const char broken[] = "a\377b\300\257\355\240\200\364\220\200\200"
                                 "太\345\244"
                                 "原\200\302\205\342\200\256c";
    (void)state;
    g_autofree char *paste = g_strdup_printf("\033[200~%s\033[201~", broken);
    glass_press(glass, paste);
    assert_true(g_utf8_validate(text(), -1, NULL));
    assert_string_equal(text(), "ab太原c");
    glass_press(glass, "\025");
    glass_press(glass, "太\345\244原\377");
    assert_string_equal(text(), "太原");
}

static GString *megabyte(bool bracketed, const char *of)
{
    GString *bytes = g_string_new(bracketed ? "\033[200~" : "");
    gsize n = bracketed || g_strcmp0(g_getenv("SWEEP"), "long") == 0 ? PASTE : FLOOD;
    while (bytes->len < n)
        g_string_append(bytes, of);
    if (bracketed)
        g_string_append(bytes, "\033[201~");
    return bytes;
}

static void check_megabyte(bool bracketed, const char *of)
{
    const struct screen *screen = glass_screen(glass);
    g_autoptr(GString) bytes = megabyte(bracketed, of);
    int64_t longest_us = pour(bytes->str, bytes->len);
    print_message("%s of \"%.6s\": longest turn %.1f ms\n", bracketed ? "paste" : "flood", of,
                  (double)longest_us / 1000);
    assert_true(longest_us < TURN_US);
    assert_true(g_utf8_strlen(text(), -1) <= screen_field(screen, screen->focus)->max_chars);
    assert_true(g_utf8_validate(text(), -1, NULL));
}

static void a_megabyte_is_capped_and_said(void **state)
{
    (void)state;
    check_megabyte(true, "山西省太原市");
    assert_int_equal(g_utf8_strlen(text(), -1), 30);
    assert_true(glass_has(glass, "粘贴的文字太长"));
    glass_press(glass, "\177");
    assert_int_equal(g_utf8_strlen(text(), -1), 29);
    assert_false(glass_has(glass, "粘贴的文字太长"));
}

static void a_megabyte_into_the_editor(void **state)
{
    (void)state;
    check_megabyte(true, "学习，a b\r");
    assert_int_equal(g_utf8_strlen(text(), -1), 1000);
    assert_true(glass_has(glass, "粘贴的文字太长"));
}

static void a_flood_without_brackets(void **state)
{
    (void)state;
    check_megabyte(false, "山西省太原市");
    assert_int_equal(g_utf8_strlen(text(), -1), 1000);
}

static void a_flood_of_letters(void **state)
{
    (void)state;
    check_megabyte(false, "taiyuan");
}

/* ---------------------------------------------------------------- from the platform */

static char *long_line(const char *of)
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = 0; i < LINE; i++)
        g_string_append(line, of);
    return g_strdup(line->str);
}

static void lengthen(char **member, const char *line)
{
    g_free(*member);
    *member = g_strdup(line);
}

/* Everything a page can say, that long. */
static struct page *long_winded(enum page_kind kind, const char *line)
{
    struct page *page = pages_sample(kind);
    page_add_text(page, line, TONE_WARN);
    page_add_fact(page, line, line, TONE_NORMAL);
    struct page_table *table = page_add_table(page, line);
    page_table_column(table, line, 0);
    page_table_column(table, line, 10);
    page_table_row(table, TONE_NORMAL, line, line, NULL);
    for (guint i = 0; i < page->choices->len; i++) {
        lengthen(&((struct page_choice *)g_ptr_array_index(page->choices, i))->label, line);
        lengthen(&((struct page_choice *)g_ptr_array_index(page->choices, i))->note, line);
    }
    for (guint i = 0; i < page->fields->len; i++)
        lengthen(&((struct page_field *)g_ptr_array_index(page->fields, i))->error, line);
    char **members[] = {&page->title, &page->office, &page->sum, &page->message, &page->busy, &page->help};
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
        lengthen(members[i], line);
    return page;
}

static void lines_of_ten_thousand_are_laid_out(void **state)
{
    static const char *const of[] = {"长", "a", "—"};
    (void)state;
    int64_t longest_us = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(of) * PAGE_KINDS; i++) {
        g_autofree char *line = long_line(of[i % G_N_ELEMENTS(of)]);
        struct page *page = long_winded((enum page_kind)(i / G_N_ELEMENTS(of)), line);
        int64_t from_us = cpu_us();
        glass_show(glass, page);
        longest_us = MAX(longest_us, cpu_us() - from_us);
        glass_press(glass, "\033[6~\033OP\033[6~\t");
    }
    print_message("lines of %d characters: longest layout %.1f ms\n", LINE, (double)longest_us / 1000);
    assert_true(longest_us < LAY_US);
}

/* ---------------------------------------------------------------- the other end */

static void a_terminal_that_vanishes_takes_the_engine_along(void **state)
{
    (void)state;
    glass_press(glass, "taiyuan");
    assert_true(typist_engine() > 0);
    (void)glass_told(glass);
    glass_hang_up(glass);
    glass_wait(glass);
    assert_string_equal(glass_told(glass), "gone; ");
    assert_string_equal(text(), ""); /* teardown: the engine is gone with the screen */
}

int main(void)
{
#define TEST(name, setup) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(broken_bytes_are_dropped, at_fields),
        TEST(a_megabyte_is_capped_and_said, at_fields),
        TEST(a_megabyte_into_the_editor, at_editor),
        TEST(a_flood_without_brackets, at_editor),
        TEST(a_flood_of_letters, at_fields),
        TEST(lines_of_ten_thousand_are_laid_out, at_fields),
        TEST(a_terminal_that_vanishes_takes_the_engine_along, at_fields),
    };
    return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
