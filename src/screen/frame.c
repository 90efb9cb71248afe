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
#define MARK_COLS    16 /* scroll marks stand at the right end */

static const char help_key[] = "F1";

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

/* ---------------------------------------------------------------- buttons */

static const struct page_action *action_of(const struct screen *screen, int i)
{
    return i >= 0 && i < (int)screen->page->actions->len ? g_ptr_array_index(screen->page->actions, i) : NULL;
}

static bool has_help_button(const struct screen *screen)
{
    for (guint i = 0; i < screen->page->actions->len; i++)
        if (g_strcmp0(action_of(screen, (int)i)->key, help_key) == 0)
            return false;
    return screen->page->help && *screen->page->help;
}

bool frame_button_is_help(const struct screen *screen, int button)
{
    return button == (int)screen->page->actions->len;
}

static const char *button_label(const struct screen *screen, int i)
{
    const struct page_action *action = action_of(screen, i);
    return action ? action->label : screen->labels->help_title;
}

/* In an editor Enter begins a new line, so its button is reached with Tab. */
static const char *button_key(const struct screen *screen, int i)
{
    const struct page_action *action = action_of(screen, i);
    const char *key = action ? action->key : help_key;
    bool taken = screen->page->kind == PAGE_EDITOR && g_strcmp0(key, key_word(PRESS_ENTER)) == 0;
    return taken ? key_word(PRESS_TAB) : key;
}

static int button_cols(const struct screen *screen, int i, bool tight)
{
    const char *key = button_key(screen, i);
    int padding = tight ? 2 : 3;
    return text_cols(button_label(screen, i)) + padding - 1 + (key ? text_cols(key) + 1 : 0);
}

/* Places the buttons from the last row upwards; false when they need more rows than `rows`. */
static bool place_buttons(struct screen *screen, int rows, bool tight)
{
    struct frame *frame = &screen->frame;
    int x = frame->left, y = 0, gap = tight ? 1 : 2;
    for (int i = 0; i < frame->buttons; i++) {
        int cols = MIN(button_cols(screen, i, tight), frame->cols);
        if (x > frame->left && x + cols > frame->left + frame->cols) {
            y++;
            x = frame->left;
        }
        frame->button_areas[i] = (struct rect){y, x, 1, cols};
        x += cols + gap;
    }
    frame->tight = tight;
    frame->keys_rows = y + 1;
    return y < rows;
}

int frame_button_at(const struct screen *screen, int y, int x)
{
    for (int i = 0; i < screen->frame.buttons; i++)
        if (rect_has(&screen->frame.button_areas[i], y, x))
            return i;
    return -1;
}

int frame_button_of(const struct screen *screen, const char *name)
{
    for (int i = 0; name && i < screen->frame.buttons; i++) {
        const struct page_action *action = action_of(screen, i);
        if (g_strcmp0(action ? action->key : help_key, name) == 0)
            return i;
    }
    return -1;
}

/* ---------------------------------------------------------------- layout */

static void lay_rows(struct screen *screen, int rows)
{
    struct frame *frame = &screen->frame;
    bool airy = rows >= AIRY_ROWS;
    frame->bar_rows = rows >= STATELY_ROWS ? 3 : 1;
    frame->chapters_y = frame->bar_rows;
    frame->title_y = frame->chapters_y + (airy ? 2 : 1);
    frame->rule_y = frame->title_y + 1;
    frame->keys_y = rows - frame->keys_rows;
    frame->message_rows = 2;
    frame->message_y = frame->keys_y - frame->message_rows - (airy ? 1 : 0);
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
    frame->buttons = MIN((int)screen->page->actions->len + has_help_button(screen), FRAME_BUTTONS_MAX);
    if (!place_buttons(screen, 1, false))
        (void)place_buttons(screen, 1, true);
    lay_rows(screen, rows);
    for (int i = 0; i < frame->buttons; i++)
        frame->button_areas[i].y += frame->keys_y;
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
    int now = screen->page->chapter, y = screen->frame.chapters_y;
    enum role role = chapter < now ? ROLE_CHAPTER_DONE : chapter == now ? ROLE_CHAPTER_NOW : ROLE_CHAPTER_TODO;
    g_autofree char *number = g_strdup_printf("%d", chapter);
    g_autofree char *text = g_strdup_printf(" %s %s ", chapter < now ? "✓" : number, name);
    paint_text(screen->canvas, y, x - 1, text_cols(text), role, text);
}

/* "✓ 登录  ✓ 预判   3 前置学历   …", as wide as there is room for. */
static void draw_chapters(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const GPtrArray *names = screen->labels->chapters;
    struct rect strip = {frame->chapters_y, 0, 1, screen->canvas->cols};
    int used = 0, n = (int)names->len, x = frame->left;
    paint_fill(screen->canvas, &strip, ROLE_CHAPTER_TODO);
    for (int i = 0; i < n; i++)
        used += text_cols(g_ptr_array_index(names, i)) + 2;
    int gap = n > 1 ? CLAMP((frame->cols - used) / (n - 1), 2, 6) : 0;
    for (int i = 0; i < n && screen->page->chapter > 0; i++) {
        draw_chapter(screen, i + 1, x, g_ptr_array_index(names, i));
        x += text_cols(g_ptr_array_index(names, i)) + 2 + gap;
    }
}

void frame_draw_marks(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    int x = frame->left + frame->cols - MARK_COLS;
    if (screen->step->tall && frame->body.y == frame->rule_y)
        return;
    paint_rule(screen->canvas, frame->rule_y, frame->left, frame->cols, ROLE_RULE);
    if (frame->above) {
        g_autofree char *mark = g_strdup_printf(" %s", screen->labels->more_above);
        int cols = text_cols(mark);
        paint_text(screen->canvas, frame->rule_y, frame->left + frame->cols - cols, cols, ROLE_MARK, mark);
    }
    if (frame->below_y != frame->message_y || frame->below)
        paint_aligned(screen->canvas, frame->below_y, x, MARK_COLS, ROLE_MARK, ALIGN_RIGHT,
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
    return frame_fill(screen->labels->ending, "seconds", seconds, NULL);
}

/* One line stands in the last row; a longer message takes the row above as well. */
void frame_draw_message(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    bool shared = screen->step->tall && frame->body.y == frame->rule_y;
    int rows = shared ? 1 : frame->message_rows, last = frame->message_y + frame->message_rows - 1;
    enum role role;
    const char *message = message_of(screen, &role);
    g_autofree char *counting = countdown(screen);
    int side = counting ? text_cols(counting) + 2 : 0;
    if (frame->below && frame->below_y == frame->message_y && text_cols(message) > frame->cols - side)
        side = MAX(side, MARK_COLS + 1); /* the mark stands beside the first line */
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

static enum role button_role(const struct screen *screen, int i)
{
    const struct page_action *action = action_of(screen, i);
    if (i == screen->button)
        return ROLE_KEY_FOCUS;
    if (action && (action->why_not || (action->primary && screen->page->busy)))
        return ROLE_KEY_OFF;
    return action && action->primary ? ROLE_KEY_PRIMARY : ROLE_KEY_LABEL;
}

static void draw_button(struct screen *screen, int i)
{
    const struct rect *area = &screen->frame.button_areas[i];
    enum role role = button_role(screen, i);
    const char *key = button_key(screen, i);
    int x = area->x + 1;
    paint_fill(screen->canvas, area, role);
    if (i == screen->button)
        paint_text(screen->canvas, area->y, area->x, 1, role, "►");
    if (key) {
        int cols = text_cols(key);
        paint_text(screen->canvas, area->y, x, cols, role == ROLE_KEY_LABEL ? ROLE_KEY_CAP : role, key);
        x += cols + 1;
    }
    paint_text(screen->canvas, area->y, x, area->x + area->cols - x, role, button_label(screen, i));
}

static void draw_keys(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    struct rect strip = {frame->keys_y, 0, frame->keys_rows, screen->canvas->cols};
    paint_fill(screen->canvas, &strip, ROLE_KEYS);
    if (screen->overlay.kind == OVERLAY_PICK) {
        paint_text(screen->canvas, frame->keys_y, frame->left, frame->cols, ROLE_KEY_LABEL, screen->labels->pick_hint);
        return;
    }
    for (int i = 0; i < frame->buttons; i++)
        draw_button(screen, i);
}

void frame_draw(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    draw_bar(screen);
    draw_chapters(screen);
    paint_text(screen->canvas, frame->title_y, frame->left, frame->cols, ROLE_TITLE,
               screen->page->title ? screen->page->title : "");
    frame_draw_message(screen);
    draw_keys(screen);
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
