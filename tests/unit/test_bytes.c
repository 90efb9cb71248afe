/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent to the terminal: little, and such that the terminal shows what curses believes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"

#include <vterm.h>

static struct glass *show(const char *term, const char *theme, enum page_kind kind)
{
    struct glass *glass = glass_new_on(term, 24, 80, theme);
    glass_show(glass, pages_sample(kind));
    return glass;
}

/* Two keys first: what was left over from the page before is sent then. */
static gsize bytes_of_letter(const char *term, const char *theme, const char *letter)
{
    struct glass *glass = show(term, theme, PAGE_FIELDS);
    glass_press(glass, letter);
    glass_press(glass, letter);
    (void)glass_sent(glass);
    glass_press(glass, letter);
    gsize n = glass_sent(glass);
    glass_free(glass);
    return n;
}

static void a_letter_is_sent_as_itself(void **state)
{
    (void)state;
    static const char *const themes[] = {"default", "dark", "contrast"};
    static const char *const terms[] = {"xterm-256color", "tmux-256color", "screen-256color"};
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(terms); k++) {
            assert_in_range(bytes_of_letter(terms[k], themes[i], "a"), 1, 8);
            assert_in_range(bytes_of_letter(terms[k], themes[i], "中"), 3, 8);
        }
}

/* No colours to keep there: what curses sends around a letter. */
static void poor_terminals_get_no_more_than_dialog_sends(void **state)
{
    (void)state;
    assert_in_range(bytes_of_letter("xterm", "default", "a"), 1, 34);
    assert_in_range(bytes_of_letter("xterm-256color", "plain", "a"), 1, 34);
}

/* Whoever stands by, or records the line, learns nothing of a password: not even how many keys it has. */
static void a_password_sends_nothing(void **state)
{
    (void)state;
    struct glass *glass = show("xterm-256color", "default", PAGE_FIELDS);
    glass_press(glass, "\t\t1");
    (void)glass_sent(glass);
    glass_press(glass, "2");
    glass_press(glass, "中\b3456\033[D\033[H");
    assert_int_equal(glass_sent(glass), 0);
    glass_free(glass);
}

/* ---------------------------------------------------------------- the terminal shows what curses believes */

static int index_of(const VTermColor *colour)
{
    return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -1;
}

static void compare_with_terminal(struct glass *glass)
{
    gsize n;
    const char *bytes = glass_output(glass, &n);
    VTerm *terminal = vterm_new(24, 80);
    VTermScreen *cells = vterm_obtain_screen(terminal);
    vterm_set_utf8(terminal, 1);
    vterm_screen_enable_altscreen(cells, 1);
    vterm_screen_reset(cells, 1);
    vterm_input_write(terminal, bytes, n);
    for (int row = 0; row < 24; row++)
        for (int col = 0; col < 80; col++) {
            VTermScreenCell cell;
            int fg, bg;
            vterm_screen_get_cell(cells, (VTermPos){row, col}, &cell);
            glass_colours(glass, row, col, &fg, &bg);
            if (cell.chars[0] == UINT32_MAX)
                continue;
            if (cell.chars[0] && cell.chars[0] != ' ' && index_of(&cell.fg) != fg)
                fail_msg("ink %d, not %d, at %d,%d", index_of(&cell.fg), fg, row, col);
            if (index_of(&cell.bg) != bg)
                fail_msg("ground %d, not %d, at %d,%d", index_of(&cell.bg), bg, row, col);
        }
    vterm_free(terminal);
}

static void the_terminal_has_the_colours_curses_believes(void **state)
{
    (void)state;
    static const char *const themes[] = {"default", "dark", "contrast"};
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++)
        for (int kind = 0; kind < PAGE_KINDS; kind++) {
            struct glass *glass = show("xterm-256color", themes[i], kind);
            compare_with_terminal(glass);
            glass_press(glass, "太原ab\b\t1\033OP");
            compare_with_terminal(glass);
            glass_press(glass, "\033OP\t\t\t\r\014");
            compare_with_terminal(glass);
            glass_show(glass, pages_sample((kind + 1) % PAGE_KINDS));
            compare_with_terminal(glass);
            glass_free(glass);
        }
}

/* What the field's look is, is also what pair 0 is. */
static void the_field_typed_into_has_its_colours(void **state)
{
    (void)state;
    struct glass *glass = show("xterm-256color", "default", PAGE_FIELDS);
    int row, col, fg, bg;
    assert_true(glass_cursor(glass, &row, &col));
    glass_press(glass, "a");
    glass_colours(glass, row, col, &fg, &bg);
    assert_int_equal(fg, 16);
    assert_int_equal(bg, 153);
    glass_free(glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_is_sent_as_itself),
        cmocka_unit_test(poor_terminals_get_no_more_than_dialog_sends),
        cmocka_unit_test(a_password_sends_nothing),
        cmocka_unit_test(the_terminal_has_the_colours_curses_believes),
        cmocka_unit_test(the_field_typed_into_has_its_colours),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
