/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE_EXTENDED 1
#include "screen/paint.h"

#include <curses.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

#define SPAN_MAX 512 /* characters painted at once; no screen is wider */

bool rect_has(const struct rect *area, int y, int x)
{
    return y >= area->y && y < area->y + area->rows && x >= area->x && x < area->x + area->cols;
}

static void use(struct canvas *canvas, enum role role)
{
    if (!canvas->window)
        return;
    const struct style *style = &canvas->styles[role];
    (void)wattr_set(canvas->window, style->attributes, style->pair, NULL);
}

/* Cuts the span to the canvas; false when nothing is left of it. */
static bool clip(const struct canvas *canvas, int y, int *x, int *cols)
{
    if (*x < 0) {
        *cols += *x;
        *x = 0;
    }
    *cols = MIN(*cols, canvas->cols - *x);
    bool inside = y >= 0 && y < canvas->rows;
    return canvas->window && inside && *cols > 0;
}

/* Curses notes in a cell which half of a wide character it is. */
#define RIGHT_HALF 2

static bool is_right_half(const struct canvas *canvas, int y, int x, cchar_t *ret)
{
    return x > 0 && x < canvas->cols && mvwin_wch(canvas->window, y, x, ret) != ERR &&
           (ret->attr & A_CHARTEXT) == RIGHT_HALF;
}

static void blank_like(struct canvas *canvas, int y, int x, const cchar_t *like)
{
    wchar_t text[CCHARW_MAX + 1];
    attr_t attributes;
    short pair;
    cchar_t cell;
    if (getcchar(like, text, &attributes, &pair, NULL) == ERR)
        return;
    (void)setcchar(&cell, L" ", attributes, pair, NULL);
    (void)mvwadd_wch(canvas->window, y, x, &cell);
}

/*
 * The half that is left of a wide character at either end becomes a blank that looks as it did: curses would paint it in pair 0, which
 * is the focused field's.
 */
static void blank(struct canvas *canvas, int y, int x, int cols)
{
    cchar_t before, behind;
    attr_t attributes;
    short pair;
    bool cut_before = is_right_half(canvas, y, x, &before), cut_behind = is_right_half(canvas, y, x + cols, &behind);
    (void)mvwhline(canvas->window, y, x, ' ', cols);
    if (!cut_before && !cut_behind)
        return;
    (void)wattr_get(canvas->window, &attributes, &pair, NULL);
    (void)wattr_set(canvas->window, A_NORMAL, 0, NULL);
    if (cut_before)
        blank_like(canvas, y, x - 1, &before);
    if (cut_behind)
        blank_like(canvas, y, x + cols, &behind);
    (void)wattr_set(canvas->window, attributes, pair, NULL);
}

/* The window's own ground stays pair 0 while cells are painted: cells of that pair would take on any other. */
void paint_erase(struct canvas *canvas)
{
    struct rect all = {0, 0, canvas->rows, canvas->cols};
    paint_fill(canvas, &all, ROLE_BODY);
    canvas->cursor_y = canvas->cursor_x = -1;
}

void paint_fill(struct canvas *canvas, const struct rect *area, enum role role)
{
    use(canvas, role);
    for (int y = area->y; y < area->y + area->rows; y++) {
        int x = area->x, cols = area->cols;
        if (clip(canvas, y, &x, &cols))
            blank(canvas, y, x, cols);
    }
}

/* What the C library would place otherwise than we count is replaced by something of our width. */
static wchar_t shown(gunichar c, int cols)
{
    if (wcwidth((wchar_t)c) == cols)
        return (wchar_t)c;
    return cols == 2 ? 0x3013 : cols == 1 ? L'?' : 0;
}

void paint_clipped(struct canvas *canvas, int y, int x, int cols, enum role role, const char *text)
{
    wchar_t cells[SPAN_MAX];
    int n = 0, used = 0;
    if (!clip(canvas, y, &x, &cols))
        return;
    use(canvas, role);
    blank(canvas, y, x, cols);
    for (const char *at = text; *at && n < SPAN_MAX; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        int wide = text_char_cols(c);
        wchar_t cell = wide < 0 ? 0 : shown(c, wide);
        if (used + MAX(wide, 0) > cols)
            break;
        if (!cell)
            continue;
        cells[n++] = cell;
        used += wide;
    }
    (void)mvwaddnwstr(canvas->window, y, x, cells, n);
}

void paint_text(struct canvas *canvas, int y, int x, int cols, enum role role, const char *text)
{
    cols = MIN(cols, canvas->cols - x);
    if (canvas->watch)
        canvas->watch(y, cols, role, text, canvas->watch_data);
    if (cols <= 0)
        return;
    if (text_head(text, cols) < strlen(text)) {
        g_autofree char *fitted = text_fit(text, cols);
        paint_clipped(canvas, y, x, cols, role, fitted);
        return;
    }
    paint_clipped(canvas, y, x, cols, role, text);
}

void paint_aligned(struct canvas *canvas, int y, int x, int cols, enum role role, enum align align, const char *text)
{
    int room = MAX(0, cols - text_cols(text));
    int before = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? room : room / 2;
    struct rect span = {y, x, 1, cols};
    if (before > 0)
        paint_fill(canvas, &span, role);
    paint_text(canvas, y, x + before, cols - before, role, text);
}

static void repeat(struct canvas *canvas, int y, int x, int cols, wchar_t c)
{
    cchar_t cell;
    if (!clip(canvas, y, &x, &cols))
        return;
    attr_t attributes;
    short pair;
    (void)wattr_get(canvas->window, &attributes, &pair, NULL);
    wchar_t text[2] = {c, 0};
    (void)setcchar(&cell, text, attributes, pair, NULL);
    (void)mvwhline_set(canvas->window, y, x, &cell, cols);
}

void paint_rule(struct canvas *canvas, int y, int x, int cols, enum role role)
{
    use(canvas, role);
    repeat(canvas, y, x, cols, L'─');
}

/* A wide character over the edge between x - 1 and x gives way to blanks of its own colour: half of it would stand in another. */
static void part(struct canvas *canvas, int y, int x)
{
    cchar_t cell;
    wchar_t text[CCHARW_MAX] = L"";
    attr_t attributes;
    short pair;
    int cols = 1;
    bool halved = clip(canvas, y, &x, &cols) && x > 0 && mvwin_wch(canvas->window, y, x, &cell) == OK &&
                  (cell.attr & A_CHARTEXT) > 1; /* its second half */
    if (!halved || getcchar(&cell, text, &attributes, &pair, NULL) != OK)
        return;
    (void)wattr_set(canvas->window, attributes, pair, NULL);
    (void)setcchar(&cell, L" ", attributes, pair, NULL);
    (void)mvwadd_wch(canvas->window, y, x, &cell); /* curses blanks the first half, in any colour */
    (void)mvwadd_wch(canvas->window, y, x - 1, &cell);
}

void paint_box(struct canvas *canvas, const struct rect *area, enum role role, const char *title)
{
    int bottom = area->y + area->rows - 1, right = area->x + area->cols - 1;
    for (int y = area->y; y <= bottom; y++) {
        part(canvas, y, area->x);
        part(canvas, y, right + 1);
    }
    paint_fill(canvas, area, role);
    repeat(canvas, area->y, area->x + 1, area->cols - 2, L'─');
    repeat(canvas, bottom, area->x + 1, area->cols - 2, L'─');
    for (int y = area->y + 1; y < bottom; y++) {
        repeat(canvas, y, area->x, 1, L'│');
        repeat(canvas, y, right, 1, L'│');
    }
    repeat(canvas, area->y, area->x, 1, L'┌');
    repeat(canvas, area->y, right, 1, L'┐');
    repeat(canvas, bottom, area->x, 1, L'└');
    repeat(canvas, bottom, right, 1, L'┘');
    if (title) {
        g_autofree char *padded = g_strdup_printf(" %s ", title);
        int cols = MIN(text_cols(padded), area->cols - 4);
        paint_text(canvas, area->y, area->x + 2, cols, ROLE_BOX_TITLE, padded);
    }
}

void paint_cursor(struct canvas *canvas, int y, int x)
{
    canvas->cursor_y = y;
    canvas->cursor_x = x;
}

/* What the terminal is cleared with. */
static void set_ground(struct canvas *canvas, const struct style *style)
{
    cchar_t ground;
    (void)setcchar(&ground, L" ", style->attributes, style->pair, NULL);
    (void)wbkgrndset(canvas->window, &ground);
}

void paint_flush(struct canvas *canvas)
{
    static const struct style plain;
    bool visible = canvas->cursor_y >= 0 && canvas->cursor_y < canvas->rows && canvas->cursor_x >= 0 &&
                   canvas->cursor_x < canvas->cols;
    if (!canvas->window)
        return;
    (void)curs_set(visible ? 1 : 0);
    (void)wmove(canvas->window, visible ? canvas->cursor_y : 0, visible ? canvas->cursor_x : 0);
    set_ground(canvas, &canvas->styles[ROLE_BODY]);
    (void)wnoutrefresh(canvas->window);
    set_ground(canvas, &plain);
    (void)doupdate();
}

void paint_distrust(struct canvas *canvas)
{
    (void)clearok(canvas->window, TRUE);
}
