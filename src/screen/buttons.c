/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/buttons.h"

#include <string.h>

#include "base/text.h"
#include "screen/view.h"

#define SCROLL_COLS 6

static const char help_key[] = "F1";

static const struct page_action *action_of(const struct screen *screen, int i)
{
    return i >= 0 && i < (int)screen->page->actions->len ? g_ptr_array_index(screen->page->actions, i) : NULL;
}

static bool has_help_button(const struct screen *screen)
{
    for (guint i = 0; i < screen->page->actions->len; i++)
        if (g_strcmp0(action_of(screen, (int)i)->key, help_key) == 0)
            return false;
    return true;
}

/* The page has no use of its own for the key. */
static bool has_pick_button(const struct screen *screen)
{
    for (guint i = 0; i < screen->page->actions->len; i++)
        if (g_strcmp0(action_of(screen, (int)i)->key, key_word(PRESS_PICK)) == 0)
            return false;
    return screen->focus >= 0 && picker_serves(screen_page_field(screen, screen->focus));
}

static const char *button_label(const struct screen *screen, int i)
{
    const struct page_action *action = action_of(screen, i);
    bool pick = i == screen->frame.buttons.pick;
    return action ? action->label : pick ? screen->labels->pick : screen->labels->help_title;
}

static const char *key_of(const struct screen *screen, int i)
{
    const struct page_action *action = action_of(screen, i);
    return action ? action->key : i == screen->frame.buttons.pick ? key_word(PRESS_PICK) : help_key;
}

/* In an editor Enter begins a new line, so its button is reached with Tab. */
static const char *button_key(const struct screen *screen, int i)
{
    const char *key = key_of(screen, i);
    bool taken = screen->page->kind == PAGE_EDITOR && g_strcmp0(key, key_word(PRESS_ENTER)) == 0;
    return taken ? key_word(PRESS_TAB) : key;
}

/* A box has its edges; `tight` leaves out the blanks inside them. */
static int button_cols(const struct screen *screen, int i, bool tight)
{
    const char *key = button_key(screen, i);
    int label = text_cols(button_label(screen, i));
    if (screen->touch)
        return label + (tight ? 2 : 4);
    return label + (tight ? 1 : 2) + (key ? text_cols(key) + 1 : 0);
}

/* Places the buttons row by row, from row 0; false when they need more than one. */
static bool place(struct screen *screen, bool tight)
{
    const struct frame *frame = &screen->frame;
    struct buttons *buttons = &screen->frame.buttons;
    int x = 0, y = 0, gap = tight || screen->touch ? 1 : 2, rows = screen->touch ? BUTTON_TOUCH_ROWS : 1;
    int room = frame->cols - (screen->touch ? 2 * SCROLL_COLS + 1 : 0);
    for (int i = 0; i < buttons->n; i++) {
        int cols = MIN(button_cols(screen, i, tight), room);
        if (x > 0 && x + cols > room) {
            y += rows;
            x = 0;
        }
        buttons->areas[i] = (struct rect){y, frame->left + x, rows, cols};
        x += cols + gap;
    }
    screen->frame.keys_rows = y + rows;
    return y == 0;
}

void buttons_measure(struct screen *screen)
{
    struct buttons *buttons = &screen->frame.buttons;
    int n = MIN((int)screen->page->actions->len + has_help_button(screen), BUTTONS_MAX - 1);
    bool pick = has_pick_button(screen);
    *buttons = (struct buttons){.n = n + pick, .pick = pick ? n : -1};
    if (screen->button >= buttons->n)
        screen->button = -1;
    if (!place(screen, false))
        (void)place(screen, true);
}

/* What Esc does in the overlay. */
static const char *close_label(const struct screen *screen)
{
    bool deep = screen->overlay.kind == OVERLAY_PICK && *screen->overlay.picker.level;
    return deep ? screen->labels->pick_up : screen->labels->close;
}

/* A list has one button, the help also the one that calls for staff. */
static void place_over(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const struct screen_labels *labels = screen->labels;
    struct rect *over = screen->frame.buttons.over;
    over[0] = (struct rect){frame->keys_y, frame->left, BUTTON_TOUCH_ROWS, text_cols(close_label(screen)) + 4};
    if (screen->overlay.kind == OVERLAY_HELP)
        over[1] = (struct rect){frame->keys_y, frame->left + over[0].cols + 1, BUTTON_TOUCH_ROWS,
                                text_cols(labels->call_staff) + 4};
}

static int end_of_first_row(const struct buttons *buttons)
{
    int end = 0;
    for (int i = 0; i < buttons->n; i++)
        if (buttons->areas[i].y == buttons->areas[0].y)
            end = MAX(end, buttons->areas[i].x + buttons->areas[i].cols);
    return end;
}

/* Where the page's own buttons leave room, in many words or in few. */
static void place_call(struct screen *screen, int right)
{
    const struct frame *frame = &screen->frame;
    struct buttons *buttons = &screen->frame.buttons;
    const char *const labels[] = {screen->labels->call_staff, screen->labels->call_short};
    int key = screen->touch ? 2 : text_cols(key_word(PRESS_CALL)) + 1; /* edges, or the key's name */
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        int cols = text_cols(labels[i]) + key + 2, from = end_of_first_row(buttons) + 1;
        if (from + cols > right)
            continue;
        buttons->call_label = labels[i];
        buttons->call = (struct rect){frame->keys_y, right - cols, screen->touch ? BUTTON_TOUCH_ROWS : 1, cols};
        return;
    }
}

void buttons_settle(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    struct buttons *buttons = &screen->frame.buttons;
    int right = frame->left + frame->cols;
    if (frame->keys_rows == 0) /* the keyboard covers them: keys still work */
        memset(buttons->areas, 0, sizeof buttons->areas);
    for (int i = 0; i < buttons->n; i++)
        buttons->areas[i].y += frame->keys_y;
    if (frame->keys_rows > 0 && screen->overlay.kind == OVERLAY_NONE && buttons_of(screen, key_word(PRESS_CALL)) < 0)
        place_call(screen, right - (screen->touch ? 2 * SCROLL_COLS + 1 : 0));
    if (!screen->touch || frame->keys_rows == 0)
        return;
    buttons->scroll[0] = (struct rect){frame->keys_y, right - 2 * SCROLL_COLS, BUTTON_TOUCH_ROWS, SCROLL_COLS};
    buttons->scroll[1] = (struct rect){frame->keys_y, right - SCROLL_COLS, BUTTON_TOUCH_ROWS, SCROLL_COLS};
    if (screen->overlay.kind != OVERLAY_NONE)
        place_over(screen);
}

/* ---------------------------------------------------------------- finding */

int buttons_at(const struct screen *screen, int y, int x)
{
    for (int i = 0; i < screen->frame.buttons.n; i++)
        if (rect_has(&screen->frame.buttons.areas[i], y, x))
            return i;
    return -1;
}

int buttons_of(const struct screen *screen, const char *name)
{
    for (int i = 0; name && i < screen->frame.buttons.n; i++)
        if (g_strcmp0(key_of(screen, i), name) == 0)
            return i;
    return -1;
}

/* Up and down of what is on top: the overlay, else the page. */
static bool can_scroll(const struct screen *screen, bool down)
{
    if (screen->overlay.kind != OVERLAY_NONE)
        return down ? screen->overlay.below : screen->overlay.above;
    return down ? screen->frame.below : screen->frame.above;
}

/* The page's own scroll marks, for who has a mouse. */
static bool is_mark(const struct screen *screen, bool down, int y, int x)
{
    const struct frame *frame = &screen->frame;
    int right = frame->left + frame->cols;
    return screen->overlay.kind == OVERLAY_NONE && (down ? frame->below : frame->above) &&
           y == (down ? frame->below_y : frame->rule_y) && x >= right - FRAME_MARK_COLS && x < right;
}

enum press buttons_tap(const struct screen *screen, int y, int x)
{
    const struct buttons *buttons = &screen->frame.buttons;
    if (rect_has(&buttons->scroll[0], y, x) || is_mark(screen, false, y, x))
        return PRESS_PAGE_UP;
    if (rect_has(&buttons->scroll[1], y, x) || is_mark(screen, true, y, x))
        return PRESS_PAGE_DOWN;
    if (rect_has(&buttons->over[0], y, x))
        return PRESS_ESC;
    if (rect_has(&buttons->over[1], y, x) || rect_has(&buttons->call, y, x))
        return PRESS_CALL;
    return PRESS_OTHER;
}

/* ---------------------------------------------------------------- drawing */

static enum role button_role(const struct screen *screen, int i)
{
    const struct page_action *action = action_of(screen, i);
    if (i == screen->button)
        return ROLE_KEY_FOCUS;
    if (action && (action->why_not || (action->primary && screen->page->busy)))
        return ROLE_KEY_OFF;
    return action && action->primary ? ROLE_KEY_PRIMARY : ROLE_KEY_LABEL;
}

static void draw_box(struct screen *screen, const struct rect *area, enum role role, const char *label)
{
    paint_box(screen->canvas, area, role, NULL);
    paint_aligned(screen->canvas, area->y + area->rows / 2, area->x + 1, area->cols - 2, role, ALIGN_CENTRE, label);
}

static void draw_button(struct screen *screen, int i)
{
    const struct rect *area = &screen->frame.buttons.areas[i];
    enum role role = button_role(screen, i);
    const char *key = button_key(screen, i);
    int x = area->x + 1;
    if (screen->touch) {
        draw_box(screen, area, role, button_label(screen, i));
        return;
    }
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

static void draw_call(struct screen *screen)
{
    const struct buttons *buttons = &screen->frame.buttons;
    const struct rect *area = &buttons->call;
    if (area->cols == 0)
        return;
    if (screen->touch) {
        draw_box(screen, area, ROLE_KEY_LABEL, buttons->call_label);
        return;
    }
    const char *key = key_word(PRESS_CALL);
    int cols = text_cols(key);
    paint_text(screen->canvas, area->y, area->x + 1, cols, ROLE_KEY_CAP, key);
    paint_text(screen->canvas, area->y, area->x + cols + 2, area->cols - cols - 3, ROLE_KEY_LABEL, buttons->call_label);
}

static void draw_scroll(struct screen *screen)
{
    static const char *const marks[] = {"▲", "▼"};
    for (int i = 0; i < 2; i++)
        if (can_scroll(screen, i == 1))
            draw_box(screen, &screen->frame.buttons.scroll[i], ROLE_KEY_LABEL, marks[i]);
}

/* Keys of what lies over the page. */
static void draw_over(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const char *const labels[] = {close_label(screen), screen->labels->call_staff};
    if (!screen->touch && screen->overlay.kind == OVERLAY_PICK)
        paint_text(screen->canvas, frame->keys_y, frame->left, frame->cols, ROLE_KEY_LABEL, screen->labels->pick_hint);
    for (int i = 0; screen->touch && i < 2; i++)
        if (frame->buttons.over[i].cols > 0)
            draw_box(screen, &frame->buttons.over[i], ROLE_KEY_LABEL, labels[i]);
}

void buttons_draw(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    struct rect strip = {frame->keys_y, 0, frame->keys_rows, screen->canvas->cols};
    bool covered = screen->overlay.kind == OVERLAY_PICK || (screen->touch && screen->overlay.kind != OVERLAY_NONE);
    paint_fill(screen->canvas, &strip, ROLE_KEYS);
    if (covered)
        draw_over(screen);
    for (int i = 0; i < frame->buttons.n && !covered && frame->keys_rows > 0; i++)
        draw_button(screen, i);
    draw_call(screen);
    if (screen->touch && frame->keys_rows > 0)
        draw_scroll(screen);
}
