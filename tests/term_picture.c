/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as pixels, and the QR code in it as a phone reads it. */
#include "term.h"

#include <zbar.h>

/* Which quarters of a cell a block character fills: upper left, upper right, lower left, lower right. */
enum { UL = 1, UR = 2, LL = 4, LR = 8 };

static int quarters(uint32_t c)
{
    static const struct {
        uint32_t c;
        int filled;
    } blocks[] = {
        {' ', 0},
        {0, 0},
        {0x2580, UL | UR},           /* ▀ */
        {0x2584, LL | LR},           /* ▄ */
        {0x2588, UL | UR | LL | LR}, /* █ */
        {0x258c, UL | LL},           /* ▌ */
        {0x2590, UR | LR},           /* ▐ */
        {0x2596, LL},
        {0x2597, LR},
        {0x2598, UL},
        {0x2599, UL | LL | LR},
        {0x259a, UL | LR},
        {0x259b, UL | UR | LL},
        {0x259c, UL | UR | LR},
        {0x259d, UR},
        {0x259e, UR | LL},
        {0x259f, UR | LL | LR},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
        if (blocks[i].c == c)
            return blocks[i].filled;
    return -1;
}

static unsigned char grey(uint32_t rgb)
{
    return (unsigned char)(((rgb >> 16) * 299 + (rgb >> 8 & 255) * 587 + (rgb & 255) * 114) / 1000);
}

/* Letters are a checkered patch in the middle of their cell: as busy as print, and never a module. */
static bool letter_ink(int x, int y)
{
    return x >= 1 && x < TERM_CELL_WIDTH - 1 && y >= 3 && y < TERM_CELL_HEIGHT - 3 && ((x + y) & 1) == 0;
}

static void draw_cell(const struct term *term, int row, int col, unsigned char *pixels, int stride)
{
    VTermScreenCell cell;
    uint32_t fg, bg;
    term_cell(term, row, col, &cell);
    term_cell_colors(term, row, col, &fg, &bg);
    int filled = quarters(cell.chars[0]);
    for (int y = 0; y < TERM_CELL_HEIGHT; y++) {
        for (int x = 0; x < TERM_CELL_WIDTH; x++) {
            int quarter = 1 << ((x >= TERM_CELL_WIDTH / 2) + 2 * (y >= TERM_CELL_HEIGHT / 2));
            bool ink = filled < 0 ? letter_ink(x, y) : (filled & quarter) != 0;
            pixels[y * stride + x] = grey(ink ? fg : bg);
        }
    }
}

unsigned char *term_raster(const struct term *term, int *ret_width, int *ret_height)
{
    int rows = term_rows(term), cols = term_cols(term);
    int width = cols * TERM_CELL_WIDTH, height = rows * TERM_CELL_HEIGHT;
    unsigned char *pixels = g_malloc((gsize)width * (gsize)height);
    for (int row = 0; row < rows; row++)
        for (int col = 0; col < cols; col++)
            draw_cell(term, row, col, pixels + row * TERM_CELL_HEIGHT * width + col * TERM_CELL_WIDTH, width);
    *ret_width = width;
    *ret_height = height;
    return pixels;
}

static char *scan(zbar_image_scanner_t *scanner, zbar_image_t *image)
{
    if (zbar_scan_image(scanner, image) <= 0)
        return NULL;
    const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
    return symbol == NULL ? NULL : g_strndup(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
}

char *term_pixels_decode(const unsigned char *pixels, int width, int height)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)width, (unsigned)height);
    zbar_image_set_data(image, pixels, (unsigned long)width * (unsigned long)height, NULL);
    char *text = scan(scanner, image);
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    return text;
}

char *term_qr_decode(const struct term *term)
{
    int width, height;
    g_autofree unsigned char *pixels = term_raster(term, &width, &height);
    return term_pixels_decode(pixels, width, height);
}
