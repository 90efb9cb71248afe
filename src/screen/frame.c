/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/frame.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "screen/view.h"

#define MARGIN       2
#define AIRY_ROWS    30
#define STATELY_ROWS 36
#define BOTH_ROWS    20 /* above them there is room for buttons below the keyboard */

char *frame_fill(const char *label, ...)
{
    GString *filled = g_string_new(label);
    va_list pairs;
    va_start(pairs, label);
    for (const char *name; (name = va_arg(pairs, const char *));) {
        g_autofree char *token = g_strdup_printf("{%s}", name);
        g_string_replace(filled, token, va_arg(pairs, const char *), 0);
    }
    va_end(pairs);
    return g_string_free(filled, FALSE);
}

char *frame_time(int64_t ms)
{
    int64_t seconds = ms > 0 ? (ms + 999) / 1000 : 0;
    return g_strdup_printf("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/* ---------------------------------------------------------------- layout */

static void lay_rows(struct screen *screen, int rows)
{
    struct frame *frame = &screen->frame;
    int bottom = frame->keys_rows + frame->keyboard_rows;
    int free_rows = rows - MAX(0, bottom - 2);
    bool airy = free_rows >= AIRY_ROWS, crowded = rows - bottom < FRAME_ROWS_MIN - 3;
    frame->bar_rows = free_rows >= STATELY_ROWS ? 3 : 1;
    frame->chapters_y = frame->bar_rows;
    frame->title_y = frame->chapters_y + (airy ? 2 : 1);
    frame->rule_y = frame->title_y + 1;
    frame->keys_y = rows - frame->keys_rows;
    frame->message_rows = crowded ? 1 : 2;
    frame->message_y = rows - bottom - frame->message_rows - (airy ? 1 : 0);
    frame->below_y = airy ? frame->message_y - 2 : frame->message_y;
    frame->body.y = frame->rule_y + (airy ? 2 : 1);
    frame->body.rows = frame->below_y - frame->body.y;
    if (screen->step->tall && !airy) {
        frame->body.y = frame->rule_y;
        frame->body.rows = frame->message_y + 1 - frame->body.y;
    }
}

void frame_layout(struct screen *screen)
{
    struct frame *frame = &screen->frame;
    int rows = screen->canvas->rows, cols = screen->canvas->cols;
    *frame = (struct frame){.too_small = rows < FRAME_ROWS_MIN || cols < FRAME_COLS_MIN};
    if (frame->too_small)
        return;
    frame->cols = MIN(cols - 2 * MARGIN, FRAME_COLS_MAX);
    frame->left = (cols - frame->cols) / 2;
    frame->body.x = frame->left;
    frame->body.cols = frame->cols;
    buttons_measure(screen);
    frame->keyboard_rows = screen_wants_keyboard(screen) ? KEYBOARD_ROWS : 0;
    if (frame->keyboard_rows > 0 && rows < KEYBOARD_ROWS + frame->keys_rows + BOTH_ROWS)
        frame->keys_rows = 0; /* the keyboard's own last row leads back to them */
    lay_rows(screen, rows);
    buttons_settle(screen);
    screen->keyboard.area = (struct rect){frame->keys_y - frame->keyboard_rows, frame->left, frame->keyboard_rows,
                                          MIN(frame->cols, KEYBOARD_COLS_MAX)};
    screen->keyboard.area.x += (frame->cols - screen->keyboard.area.cols) / 2;
}

/* ---------------------------------------------------------------- drawing */

static void draw_bar(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const char *office = screen->page->office ? screen->page->office : "";
    struct rect bar = {0, 0, frame->bar_rows, screen->canvas->cols};
    int office_cols = MIN(text_cols(office), frame->cols / 2), y = frame->bar_rows / 2;
    paint_fill(screen->canvas, &bar, ROLE_BAR);
    paint_text(screen->canvas, y, frame->left, frame->cols - office_cols - 2, ROLE_BAR, screen->labels->title);
    paint_aligned(screen->canvas, y, frame->left + frame->cols - office_cols, office_cols, ROLE_BAR_SIDE, ALIGN_RIGHT,
                  office);
}

static void draw_chapter(struct screen *screen, int chapter, int x, const char *name)
{
    static const enum role roles[] = {
        [CHAPTER_TODO] = ROLE_CHAPTER_TODO, [CHAPTER_NOW] = ROLE_CHAPTER_NOW, [CHAPTER_DONE] = ROLE_CHAPTER_DONE};
    enum chapter_state state = screen->page->chapters[chapter - 1];
    g_autofree char *number = g_strdup_printf("%d", chapter);
    g_autofree char *text = g_strdup_printf(" %s %s ", state == CHAPTER_DONE ? "✓" : number, name);
    paint_text(screen->canvas, screen->frame.chapters_y, x - 1, text_cols(text), roles[state], text);
}

/* "✓ 登录  ✓ 预判   3 前置学历   …", as wide as there is room for. */
static void draw_chapters(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const GPtrArray *names = screen->labels->chapters;
    struct rect strip = {frame->chapters_y, 0, 1, screen->canvas->cols};
    const enum chapter_state *states = screen->page->chapters;
    int used = 0, n = MIN((int)names->len, PAGE_CHAPTERS), x = frame->left;
    paint_fill(screen->canvas, &strip, ROLE_CHAPTER_TODO);
    for (int i = 0; i < n; i++)
        used += text_cols(g_ptr_array_index(names, i)) + 2;
    int gap = n > 1 ? CLAMP((frame->cols - used) / (n - 1), 2, 6) : 0;
    for (int i = 0; i < n && screen->page->chapter > 0; i++) {
        if (states[i] == CHAPTER_ABSENT)
            continue;
        draw_chapter(screen, i + 1, x, g_ptr_array_index(names, i));
        x += text_cols(g_ptr_array_index(names, i)) + 2 + gap;
    }
}

void frame_draw_marks(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    int x = frame->left + frame->cols - FRAME_MARK_COLS;
    if (screen->step->tall && frame->body.y == frame->rule_y)
        return;
    paint_rule(screen->canvas, frame->rule_y, frame->left, frame->cols, ROLE_RULE);
    if (frame->above) {
        g_autofree char *mark = g_strdup_printf(" %s", screen->labels->more_above);
        int cols = text_cols(mark);
        paint_text(screen->canvas, frame->rule_y, frame->left + frame->cols - cols, cols, ROLE_MARK, mark);
    }
    if (frame->below_y != frame->message_y || frame->below)
        paint_aligned(screen->canvas, frame->below_y, x, FRAME_MARK_COLS, ROLE_MARK, ALIGN_RIGHT,
                      frame->below ? screen->labels->more_below : "");
}

static const char *message_of(const struct screen *screen, enum role *ret_role)
{
    const struct page *page = screen->page;
    *ret_role = ROLE_WARN;
    if (screen->notice)
        return screen->notice;
    *ret_role = ROLE_MARK;
    if (page->busy)
        return page->busy;
    *ret_role = role_of_tone(page->message_tone);
    return page->message ? page->message : "";
}

static char *countdown(const struct screen *screen)
{
    if (screen->page->deadline_ms <= 0)
        return NULL;
    int64_t left = MAX(0, screen->page->deadline_ms - clock_monotonic_ms());
    g_autofree char *seconds = g_strdup_printf("%d", (int)((left + 999) / 1000));
    return frame_fill(screen->touch ? screen->labels->ending_touch : screen->labels->ending, "seconds", seconds, NULL);
}

/* The character before the cursor when it is one to be told of, else 0. */
static gunichar rare_at_cursor(const struct screen *screen)
{
    const struct field *field = screen_field(screen, screen->focus);
    if (!field || field->secret || field->cursor == 0 || !field->text->len)
        return 0;
    gunichar c = g_utf8_get_char(g_utf8_prev_char(field->text->str + field->cursor));
    return rare_needs_code(c) ? c : 0;
}

static char *rare_message(const struct screen *screen)
{
    char hanzi[7] = "", code[RARE_CODE_BYTES];
    const char *reading = rare_reading(screen->rare, 0);
    (void)g_unichar_to_utf8(screen->rare, hanzi);
    return frame_fill(reading ? screen->labels->rare_here : screen->labels->rare_here_unread, "char", hanzi, "reading",
                      reading ? reading : "", "code", rare_code(screen->rare, code), NULL);
}

void frame_follow_cursor(struct screen *screen)
{
    if (screen->frame.too_small || screen->overlay.kind != OVERLAY_NONE || rare_at_cursor(screen) == screen->rare)
        return;
    frame_draw_message(screen);
    if (screen->bar.drawn)
        pinyin_bar_paint(screen);
    screen->damaged = true;
}

/* One line stands in the last row; a longer message takes the row above as well. */
void frame_draw_message(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    bool shared = screen->step->tall && frame->body.y == frame->rule_y;
    int rows = shared ? 1 : frame->message_rows, last = frame->message_y + frame->message_rows - 1;
    enum role role;
    screen->rare = rare_at_cursor(screen);
    g_autofree char *rare = screen->rare && !screen->notice && !screen->page->busy ? rare_message(screen) : NULL;
    const char *message = message_of(screen, &role);
    if (rare) {
        message = rare;
        role = ROLE_MARK;
    }
    g_autofree char *counting = countdown(screen);
    int side = counting ? text_cols(counting) + 2 : 0;
    if (frame->below && frame->below_y == frame->message_y && text_cols(message) > frame->cols - side)
        side = MAX(side, FRAME_MARK_COLS + 1); /* the mark stands beside the first line */
    int cols = frame->cols - side;
    g_autoptr(GPtrArray) lines = text_wrap(message, cols);
    struct rect area = {last - rows + 1, frame->left, rows, frame->cols};
    paint_fill(screen->canvas, &area, ROLE_BODY);
    int shown = MIN((int)lines->len, rows);
    for (int i = 0; i < shown; i++) {
        bool cut = i == shown - 1 && (int)lines->len > shown;
        g_autofree char *line = g_strconcat(g_ptr_array_index(lines, i), cut ? "…" : "", NULL);
        paint_text(screen->canvas, last - shown + 1 + i, frame->left, cols, role, line);
    }
    if (counting)
        paint_aligned(screen->canvas, last, frame->left + frame->cols - side, side, ROLE_WARN, ALIGN_RIGHT, counting);
    frame_draw_marks(screen);
}

void frame_draw(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    draw_bar(screen);
    draw_chapters(screen);
    paint_text(screen->canvas, frame->title_y, frame->left, frame->cols, ROLE_TITLE,
               screen->page->title ? screen->page->title : "");
    frame_draw_message(screen);
}

void frame_draw_too_small(struct screen *screen)
{
    struct canvas *canvas = screen->canvas;
    g_autofree char *cols = g_strdup_printf("%d", FRAME_COLS_MIN);
    g_autofree char *rows = g_strdup_printf("%d", FRAME_ROWS_MIN);
    g_autofree char *text = frame_fill(screen->labels->too_small, "cols", cols, "rows", rows, NULL);
    g_autoptr(GPtrArray) lines = text_wrap(text, MAX(2, canvas->cols - 2));
    int y = MAX(0, (canvas->rows - (int)lines->len) / 2);
    for (guint i = 0; i < lines->len; i++)
        paint_aligned(canvas, y + (int)i, 0, canvas->cols, ROLE_STRONG, ALIGN_CENTRE, g_ptr_array_index(lines, i));
}
