/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"

#include <string.h>
#include <zbar.h>

#include "screen/qr.h"
#include "screen/view.h"

static struct glass *glass;
static struct canvas *canvas;

static int setup(void **state)
{
    (void)state;
    glass = glass_new(24, 80, "default");
    canvas = glass_screen(glass)->canvas;
    paint_erase(canvas);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    glass_free(glass);
    return 0;
}

static const char *row(int y)
{
    glass_flush(glass);
    return glass_row(glass, y);
}

static void text_is_cut_to_its_span(void **state)
{
    (void)state;
    static const struct {
        int x, cols;
        const char *text, *row;
    } cases[] = {
        {0, 10, "abc", "abc"},
        {2, 6, "一二三", "  一二三"},
        {2, 6, "一二三四", "  一二…"},
        {2, 5, "一二三", "  一二…"},
        {2, 4, "一二三", "  一…"},
        {2, 1, "一", "  …"},
        {2, 0, "一", ""},
        {2, -3, "一", ""},
        {78, 2, "一", "                                                                              一"},
        {79, 2, "一", "                                                                               …"},
        {80, 2, "一", ""},
        {0, 200, "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        paint_erase(canvas);
        paint_text(canvas, 3, cases[i].x, cases[i].cols, ROLE_BODY, cases[i].text);
        assert_string_equal(row(3), cases[i].row);
        assert_string_equal(row(4), ""); /* nothing ran over into the next row */
    }
}

static void rows_outside_are_no_harm(void **state)
{
    (void)state;
    struct rect area = {-2, -2, 100, 300};
    paint_text(canvas, -1, 0, 10, ROLE_BODY, "一");
    paint_text(canvas, 24, 0, 10, ROLE_BODY, "一");
    paint_text(canvas, 2, -4, 10, ROLE_BODY, "abcdefghij");
    paint_fill(canvas, &area, ROLE_FIELD);
    paint_box(canvas, &area, ROLE_BOX, "title");
    paint_rule(canvas, 5, 70, 100, ROLE_RULE);
    assert_non_null(row(5));
}

/* Half of a hanzi is never left behind. */
static void painting_over_half_a_hanzi_blanks_the_other(void **state)
{
    (void)state;
    paint_text(canvas, 3, 0, 8, ROLE_BODY, "一二三四");
    paint_text(canvas, 3, 3, 2, ROLE_BODY, "五");
    assert_string_equal(row(3), "一 五 四");
    paint_distrust(canvas);
    assert_string_equal(row(3), "一 五 四");
}

/* Columns never shift, whatever the C library thinks of a character. */
static void odd_characters_keep_the_columns(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"𱍐|", "〓|"}, /* Extension H: a name glibc does not know */
        {"𠮷|", "𠮷|"},   /* Extension B */
        {"·“”—…①|", "·“”—…①|"},
        {"e\xCC\x81|", "e\xCC\x81|"}, /* a letter with its mark */
        {"a\xE2\x80\x8B"
         "b|",
         "ab|"}, /* zero-width space */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        paint_text(canvas, 3, 0, 20, ROLE_BODY, cases[i][0]);
        assert_string_equal(row(3), cases[i][1]);
    }
}

static void aligned_text_stands_at_its_edge(void **state)
{
    (void)state;
    paint_aligned(canvas, 3, 0, 10, ROLE_BODY, ALIGN_RIGHT, "一二");
    assert_string_equal(row(3), "      一二");
    paint_aligned(canvas, 3, 0, 10, ROLE_BODY, ALIGN_CENTRE, "一二");
    assert_string_equal(row(3), "   一二");
    paint_erase(canvas);
    paint_aligned(canvas, 3, 0, 4, ROLE_BODY, ALIGN_CENTRE, "一二三");
    assert_string_equal(row(3), "一…");
}

/* What stands over an edge of a box is blanked in its own colours, left and right. */
static void boxes_leave_no_halves(void **state)
{
    (void)state;
    struct rect area = {2, 5, 6, 10};
    for (int y = 2; y < 8; y++)
        paint_text(canvas, y, 0, 40, y % 2 ? ROLE_BODY : ROLE_TITLE, "一二三四五六七八九十");
    paint_fill(canvas, &(struct rect){20, 0, 1, 5}, ROLE_ITEM_FOCUS); /* some other colour was used last */
    paint_box(canvas, &area, ROLE_BOX, NULL);
    assert_string_equal(row(3), "一二 │        │ 九十");
    assert_string_equal(row(2), "一二 ┌────────┐ 九十");
    for (int y = 2; y < 8; y++) {
        int own_fg, own_bg, fg, bg;
        glass_colours(glass, y, 0, &own_fg, &own_bg);
        glass_colours(glass, y, 4, &fg, &bg);
        assert_int_equal(bg, own_bg);
        glass_colours(glass, y, 15, &fg, &bg);
        assert_int_equal(bg, own_bg);
    }
}

static void boxes_have_their_title_in_the_edge(void **state)
{
    (void)state;
    struct rect area = {2, 4, 3, 14};
    paint_text(canvas, 3, 0, 20, ROLE_BODY, "xxxxxxxxxxxxxxxxxxxx");
    paint_box(canvas, &area, ROLE_BOX, "民族");
    assert_string_equal(row(2), "    ┌─ 民族 ─────┐");
    assert_string_equal(row(3), "xxxx│            │xx");
    assert_string_equal(row(4), "    └────────────┘");
}

/* ---------------------------------------------------------------- codes */

#define CELL_W 6
#define CELL_H 12

/* The cells as a phone sees them: a picture of two modules a cell, quiet zone as painted. */
static char *read_code(int y, int x, int rows, int cols)
{
    g_autofree unsigned char *pixels = g_malloc((gsize)(rows * CELL_H * cols * CELL_W));
    for (int r = 0; r < rows; r++) {
        g_autofree gunichar *text = g_utf8_to_ucs4_fast(glass_row(glass, y + r), -1, NULL);
        glong length = 0;
        while (text[length])
            length++;
        for (int c = 0; c < cols; c++) {
            int fg, bg;
            glass_colours(glass, y + r, x + c, &fg, &bg);
            bool half = x + c < length && text[x + c] == 0x2584;
            for (int py = 0; py < CELL_H; py++)
                for (int px = 0; px < CELL_W; px++)
                    pixels[(r * CELL_H + py) * cols * CELL_W + c * CELL_W + px] =
                        (half && py >= CELL_H / 2 ? fg : bg) == 231 ? 255 : 0;
        }
    }
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image, *(const int *)"Y800");
    zbar_image_set_size(image, (unsigned)(cols * CELL_W), (unsigned)(rows * CELL_H));
    zbar_image_set_data(image, pixels, (unsigned long)(rows * CELL_H * cols * CELL_W), NULL);
    char *found = NULL;
    if (zbar_scan_image(scanner, image) > 0)
        found = g_strdup(zbar_symbol_get_data(zbar_image_first_symbol(image)));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return found;
}

static const struct {
    const char *payload;
    int rows, cols, code_cols; /* code_cols 0 = does not fit */
} codes[] = {
    {"weixin://wxpay/bizpayurl?pr=NwY5Mz9", 19, 44, 37},
    {"https://qr.alipay.com/bax03112k12liy7lrysg2004", 19, 44, 37},
    {"HTTP://192.168.100.200:8080/P/K7QW3ZR5M2X4B6N7V8C9L0A1SD", 19, 44, 37},
    {"HTTPS://ZIKAO.EXAMPLE.CN/PHONE/PRIOR-DEGREE/K7QW3ZR5M2X4B6N7V8C9L0A1SDABCDEFGHIJKLM", 19, 44, 37},
    {"https://zikao.example.cn/phone/prior-degree/k7qw3zr5m2x4b6n7v8c9l0a1sdabcdefghijklm", 24, 60, 45},
    {"https://zikao.example.cn/phone/prior-degree/k7qw3zr5m2x4b6n7v8c9l0a1sdabcdefghijklmnopqrstuvw", 19, 44, 0},
    {"", 19, 44, 0},
};

static void codes_can_be_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        struct qr *qr = qr_new(codes[i].payload, codes[i].rows, codes[i].cols);
        if (codes[i].code_cols == 0) {
            assert_null(qr);
            continue;
        }
        assert_non_null(qr);
        assert_int_equal(qr_cols(qr), codes[i].code_cols);
        assert_true(qr_rows(qr) <= codes[i].rows);
        paint_erase(canvas);
        qr_paint(qr, canvas, 0, 7);
        glass_flush(glass);
        g_autofree char *found = read_code(0, 7, qr_rows(qr), qr_cols(qr));
        if (!found)
            fail_msg("code %zu can not be read", i);
        assert_string_equal(found, codes[i].payload);
        qr_free(qr);
    }
    qr_free(NULL);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(text_is_cut_to_its_span),
        TEST(rows_outside_are_no_harm),
        TEST(painting_over_half_a_hanzi_blanks_the_other),
        TEST(odd_characters_keep_the_columns),
        TEST(aligned_text_stands_at_its_edge),
        TEST(boxes_leave_no_halves),
        TEST(boxes_have_their_title_in_the_edge),
        TEST(codes_can_be_read),
    };
    return cmocka_run_group_tests_name("paint", tests, NULL, NULL);
}
