/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrast of every role in every theme, by the formula of WCAG 2.1 (1.4.3, 1.4.6, 1.4.11). */
#define _XOPEN_SOURCE_EXTENDED 1
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"

#include <math.h>

#include "screen/view.h"

#include <curses.h> /* last: its macros are plain words */

#define TEXT_RATIO     4.5
#define CONTRAST_RATIO 10.0
#define FIELD_RATIO    1.25
#define LINE_RATIO     3.0 /* rules and frames: nobody reads them */

/* 0xRRGGBB of a colour by number: the eight of the VGA console, the cube, the greys. */
static unsigned rgb_of(int index)
{
    static const unsigned eight[] = {0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA};
    static const unsigned levels[] = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF};
    if (index < 16) {
        assert_in_range(index, 0, 7); /* 8 to 15 look different everywhere */
        return eight[index & 7];
    }
    if (index >= 232)
        return (unsigned)(8 + (index - 232) * 10) * 0x010101;
    int cube = index - 16;
    return levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6];
}

static double channel(unsigned byte)
{
    double value = byte / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(int index)
{
    unsigned rgb = rgb_of(index);
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8 & 0xFF) + 0.0722 * channel(rgb & 0xFF);
}

static double ratio_of(int ink, int ground)
{
    double a = luminance(ink), b = luminance(ground);
    return (MAX(a, b) + 0.05) / (MIN(a, b) + 0.05);
}

/* The formula itself, on pairs whose ratio is known. */
static void the_formula_is_the_known_one(void **state)
{
    (void)state;
    assert_true(fabs(ratio_of(16, 231) - 21.0) < 0.001);
    assert_true(fabs(ratio_of(231, 231) - 1.0) < 0.001);
    assert_true(fabs(ratio_of(243, 231) - 4.54) < 0.01); /* #767676: the lightest grey that passes on white */
}

static double least_of(const char *theme, enum role role)
{
    bool line = role == ROLE_RULE;
    return g_str_equal(theme, "contrast") ? CONTRAST_RATIO : line ? LINE_RATIO : TEXT_RATIO;
}

/* Roles that share a ground with the terminal (-1) have the user's own contrast. Returns how many were looked at. */
static int check_roles(const char *term, const char *theme)
{
    int looked = 0;
    struct glass *glass = glass_new_on(term, 24, 80, theme);
    const struct canvas *canvas = glass_screen(glass)->canvas;
    for (int role = 0; role < ROLE_COUNT; role++) {
        int ink = -1, ground = -1;
        assert_int_equal(extended_pair_content(canvas->styles[role].pair, &ink, &ground), OK);
        if (ink < 0 || ground < 0)
            continue;
        double ratio = ratio_of(ink, ground), least = least_of(theme, role);
        if (ratio < least)
            fail_msg("%s on %s: role %d has %d on %d, %.2f : 1, less than %.1f", theme, term, role, ink, ground, ratio,
                     least);
        looked++;
    }
    glass_free(glass);
    return looked;
}

static void every_role_can_be_read(void **state)
{
    (void)state;
    static const char *const themes[] = {"default", "dark", "contrast"};
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++)
        assert_int_equal(check_roles("xterm-256color", themes[i]), ROLE_COUNT);
}

static void with_eight_colours_as_well(void **state)
{
    (void)state;
    assert_in_range(check_roles("xterm", "default"), 5, ROLE_COUNT);
    assert_in_range(check_roles("xterm", "plain"), 2, ROLE_COUNT); /* the code for phones keeps its colours */
}

/* Where two roles have the same colours they differ in an attribute or in a mark; focus never looks like rest. */
static void the_focus_stands_out(void **state)
{
    (void)state;
    static const enum role pairs[][2] = {{ROLE_FIELD, ROLE_FIELD_FOCUS},
                                         {ROLE_ITEM, ROLE_ITEM_FOCUS},
                                         {ROLE_ITEM_OFF, ROLE_ITEM_OFF_FOCUS},
                                         {ROLE_KEY_LABEL, ROLE_KEY_FOCUS},
                                         {ROLE_KEY_PRIMARY, ROLE_KEY_FOCUS}};
    for (int k = 0; theme_words[k]; k++) {
        struct glass *glass = glass_new(24, 80, theme_words[k]);
        const struct canvas *canvas = glass_screen(glass)->canvas;
        for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
            const struct style *a = &canvas->styles[pairs[i][0]], *b = &canvas->styles[pairs[i][1]];
            int ink[2], ground[2];
            (void)extended_pair_content(a->pair, &ink[0], &ground[0]);
            (void)extended_pair_content(b->pair, &ink[1], &ground[1]);
            assert_true(ground[0] != ground[1] || (a->attributes & A_REVERSE) != (b->attributes & A_REVERSE));
        }
        glass_free(glass);
    }
}

/* An empty field is seen: by its ground, or by a line. */
static void a_field_stands_out_from_the_page(void **state)
{
    (void)state;
    static const enum role fields[] = {ROLE_FIELD, ROLE_FIELD_BAD, ROLE_FIELD_HINT};
    for (int k = 0; theme_words[k]; k++) {
        struct glass *glass = glass_new(24, 80, theme_words[k]);
        const struct canvas *canvas = glass_screen(glass)->canvas;
        for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
            const struct style *field = &canvas->styles[fields[i]], *page = &canvas->styles[ROLE_BODY];
            int ink, ground, page_ground;
            (void)extended_pair_content(field->pair, &ink, &ground);
            (void)extended_pair_content(page->pair, &ink, &page_ground);
            if (!(field->attributes & A_UNDERLINE) && ratio_of(ground, page_ground) < FIELD_RATIO)
                fail_msg("%s: role %d is hardly to be seen", theme_words[k], fields[i]);
        }
        glass_free(glass);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula_is_the_known_one),     cmocka_unit_test(every_role_can_be_read),
        cmocka_unit_test(with_eight_colours_as_well),       cmocka_unit_test(the_focus_stands_out),
        cmocka_unit_test(a_field_stands_out_from_the_page),
    };
    return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
