/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies over a page until it is answered: the list of a code field, the help. */
#include <string.h>

#include "base/text.h"
#include "screen/view.h"

#define PICK_SHORT    14 /* up to so many options open beside their field */
#define PICK_COLS_MIN 24
#define HELP_COLS     64
#define EDGE          2 /* columns of frame and blank at either side */

static const struct page_field *focused(const struct screen *screen)
{
    return screen_page_field(screen, screen->focus);
}

static enum list_air air_of(const struct screen *screen)
{
    return screen->touch ? LIST_TOUCH : LIST_TIGHT;
}

void overlay_open_pick(struct screen *screen, gunichar typed)
{
    struct picker *picker = &screen->overlay.picker;
    if (!picker_serves(focused(screen)))
        return;
    picker_open(picker, screen_field(screen, screen->focus), focused(screen), screen->labels);
    screen->overlay.kind = OVERLAY_PICK;
    if (typed) {
        struct rect area = screen->frame.body;
        struct key key = {.press = PRESS_CHAR, .c = typed};
        (void)list_layout(&picker->list, picker->shown, &area, MARKS_NONE, air_of(screen));
        (void)overlay_key(screen, &key);
    }
}

void overlay_refresh(struct screen *screen)
{
    if (screen->overlay.kind != OVERLAY_PICK)
        return;
    if (screen->focus >= 0 && picker_serves(focused(screen)))
        picker_reload(&screen->overlay.picker, screen_field(screen, screen->focus), focused(screen), screen->labels);
    else
        overlay_close(screen);
}

void overlay_open_help(struct screen *screen)
{
    screen->overlay.kind = OVERLAY_HELP;
    screen->overlay.top = 0;
}

void overlay_call_staff(struct screen *screen)
{
    screen_tell(screen, SCREEN_CALL, "");
    screen->overlay.kind = OVERLAY_CALLED;
    screen->overlay.top = 0;
}

void overlay_close(struct screen *screen)
{
    screen->overlay.kind = OVERLAY_NONE;
}

/* ---------------------------------------------------------------- a field's list */

/* Below the field when it fits there, else above, else wherever there is room. */
static void place_short(const struct screen *screen, const struct picker *picker, int least, struct rect *ret)
{
    const struct rect *body = &screen->frame.body;
    const struct slot *slot = panel_slot(&screen->panel, screen->focus);
    int y = body->y + (slot ? slot->line - screen->panel.top : 0), x = body->x + (slot ? slot->x : 0);
    ret->rows = (int)picker->items->len * (screen->touch ? LIST_TOUCH_ROWS : 1) + 2;
    ret->cols = MIN(MAX(list_wish_cols(&picker->list, picker->items, MARKS_NONE) + 2 * EDGE, least), body->cols);
    ret->y = y + 1 + ret->rows <= screen->frame.keys_y ? y + 1 : y - ret->rows;
    if (ret->y < screen->frame.title_y)
        ret->y = MAX(screen->frame.title_y, screen->frame.keys_y - ret->rows);
    ret->x = CLAMP(x, body->x, body->x + body->cols - ret->cols);
}

static void place_long(const struct screen *screen, const struct picker *picker, int least, struct rect *ret)
{
    const struct frame *frame = &screen->frame;
    int room = frame->keys_y - frame->title_y - 1;
    struct list trial = {.plain = picker->list.plain};
    struct rect area = {0, 0, room - 2, frame->cols - 2 * EDGE};
    int lines = list_layout(&trial, picker->items, &area, MARKS_NONE, air_of(screen));
    ret->rows = lines + 2;
    ret->cols = MIN(MAX(trial.columns * (trial.column_cols + 2) - 2 + 2 * EDGE, least), frame->cols);
    ret->y = frame->title_y + (room - ret->rows) / 2;
    ret->x = frame->left + (frame->cols - ret->cols) / 2;
}

/* In the lower edge: what was typed, and which of how many. */
static void draw_pick_foot(struct screen *screen)
{
    const struct overlay_state *overlay = &screen->overlay;
    const struct picker *picker = &overlay->picker;
    const char *typed = picker->list.typed;
    bool more = overlay->above || overlay->below;
    g_autofree char *place =
        more ? g_strdup_printf(" %d / %u ", picker->list.cursor + 1, picker->shown->len) : g_strdup("");
    g_autofree char *foot = g_strdup_printf("%s%s%s%s", *typed ? " " : "", typed, *typed ? "_ " : "", place);
    int cols = MIN(text_cols(foot), overlay->area.cols - 4);
    paint_text(screen->canvas, overlay->area.y + overlay->area.rows - 1,
               overlay->area.x + overlay->area.cols - 2 - cols, cols, ROLE_BOX_TITLE, foot);
}

/* What is narrowed keeps the place of the whole. */
static void draw_pick(struct screen *screen)
{
    struct overlay_state *overlay = &screen->overlay;
    struct picker *picker = &overlay->picker;
    int short_list = screen->touch ? (screen->frame.keys_y - screen->frame.title_y - 2) / LIST_TOUCH_ROWS : PICK_SHORT;
    g_autofree char *place = picker_place(picker, focused(screen));
    g_autofree char *title = g_strjoin(*place ? "　" : NULL, focused(screen)->label, *place ? place : NULL, NULL);
    int least = MAX(PICK_COLS_MIN, text_cols(title) + 3 * EDGE);
    if ((int)picker->items->len <= short_list)
        place_short(screen, picker, least, &overlay->area);
    else
        place_long(screen, picker, least, &overlay->area);
    struct rect inside = {overlay->area.y + 1, overlay->area.x + EDGE, overlay->area.rows - 2,
                          overlay->area.cols - 2 * EDGE};
    paint_box(screen->canvas, &overlay->area, ROLE_BOX, title);
    (void)list_layout(&picker->list, picker->shown, &inside, MARKS_NONE, air_of(screen));
    list_paint(&picker->list, screen->canvas, picker->shown, picker->current, true);
    overlay->above = list_more_above(&picker->list);
    overlay->below = list_more_below(&picker->list);
    draw_pick_foot(screen);
    screen->canvas->cursor_y = -1;
}

static bool take_item(struct screen *screen)
{
    struct field *field = screen_field(screen, screen->focus);
    g_autofree char *value = NULL;
    enum picked picked = picker_take(&screen->overlay.picker, field, focused(screen), screen->labels, &value);
    if (picked == PICKED_DEEPER)
        return true;
    if (value && strcmp(field_text(field), value) != 0) {
        field_replace(field, value);
        screen_edited(screen, screen->focus);
    }
    overlay_close(screen);
    if (focused(screen)->type != FIELD_REGION) /* there one may go on typing */
        panel_advance(screen);
    return true;
}

static bool up_or_out(struct screen *screen)
{
    if (!picker_up(&screen->overlay.picker, screen_field(screen, screen->focus), focused(screen), screen->labels))
        overlay_close(screen);
    return true;
}

static bool click_pick(struct screen *screen, const struct key *key)
{
    struct list *list = &screen->overlay.picker.list;
    int i = list_at(list, key->y, key->x);
    if (i >= 0) {
        list->cursor = i;
        return take_item(screen);
    }
    if (!rect_has(&screen->overlay.area, key->y, key->x))
        overlay_close(screen);
    return true;
}

static bool pick_key(struct screen *screen, const struct key *key)
{
    struct picker *picker = &screen->overlay.picker;
    switch ((int)key->press) {
    case PRESS_CLICK:
        return click_pick(screen, key);
    case PRESS_ESC:
        return up_or_out(screen);
    case PRESS_TAB:
    case PRESS_BACKTAB:
    case PRESS_PICK:
        overlay_close(screen);
        return true;
    case PRESS_ENTER:
        return take_item(screen);
    default:
        break;
    }
    enum list_result result = picker_key(picker, key);
    if (result == LIST_PICKED)
        return take_item(screen);
    if (result == LIST_IGNORED && key->press == PRESS_BACKSPACE && *picker->level)
        return up_or_out(screen);
    return result == LIST_MOVED;
}

/* ---------------------------------------------------------------- help */

static void draw_scroll_marks(struct screen *screen, const struct rect *inside)
{
    struct overlay_state *overlay = &screen->overlay;
    overlay->above = overlay->top > 0;
    overlay->below = overlay->top + inside->rows < overlay->document.lines;
    if (overlay->above)
        paint_text(screen->canvas, inside->y - 1, inside->x, inside->cols, ROLE_MARK, screen->labels->more_above);
    if (overlay->below)
        paint_text(screen->canvas, inside->y + inside->rows, inside->x, inside->cols, ROLE_MARK,
                   screen->labels->more_below);
}

/* In the lower edge: how to call for staff, how to close. Where people tap, the key line has buttons for both. */
static void draw_foot(struct screen *screen)
{
    struct overlay_state *overlay = &screen->overlay;
    const struct rect *area = &overlay->area;
    overlay->close = overlay->call = (struct rect){0};
    if (screen->touch)
        return;
    g_autofree char *close = g_strdup_printf(" %s %s ", key_word(PRESS_ESC), screen->labels->close);
    g_autofree char *call = g_strdup_printf(" %s %s ", key_word(PRESS_CALL), screen->labels->call_staff);
    int y = area->y + area->rows - 1, close_cols = text_cols(close), call_cols = text_cols(call);
    overlay->close = (struct rect){y, area->x + area->cols - 2 - close_cols, 1, close_cols};
    overlay->call = (struct rect){y, area->x + 2, 1, overlay->kind == OVERLAY_HELP ? call_cols : 0};
    paint_text(screen->canvas, y, overlay->close.x, close_cols, ROLE_BOX_TITLE, close);
    if (overlay->call.cols > 0)
        paint_text(screen->canvas, y, overlay->call.x, overlay->call.cols, ROLE_BOX_TITLE, call);
}

/* A box of text in the middle: the help, or that staff were called. */
static void draw_box(struct screen *screen, const char *title, const char *text)
{
    struct overlay_state *overlay = &screen->overlay;
    const struct frame *frame = &screen->frame;
    struct document *document = &overlay->document;
    int cols = MIN(HELP_COLS, frame->cols), room = frame->keys_y - frame->title_y - 1;
    document_reset(document, cols - 2 * EDGE - 2);
    document_text(document, 0, document->cols, ROLE_BODY, text);
    int rows = MIN(document->lines + 4, room);
    overlay->area =
        (struct rect){frame->title_y + (room - rows) / 2, frame->left + (frame->cols - cols) / 2, rows, cols};
    overlay->top = CLAMP(overlay->top, 0, MAX(0, document->lines - (rows - 4)));
    struct rect inside = {overlay->area.y + 2, overlay->area.x + EDGE + 1, rows - 4, document->cols};
    paint_box(screen->canvas, &overlay->area, ROLE_BOX, title);
    document_paint(document, screen->canvas, &inside, overlay->top);
    draw_scroll_marks(screen, &inside);
    draw_foot(screen);
    screen->canvas->cursor_y = -1;
}

/* Of the page; where hanzi are typed also how that is done, and nothing else while one is at it. */
static void draw_help(struct screen *screen)
{
    const struct screen_labels *labels = screen->labels;
    const char *help = screen_help(screen);
    const char *pinyin = screen->touch ? labels->pinyin_help_touch : labels->pinyin_help;
    bool typing = pinyin_bar_is_open(screen), hanzi = pinyin_bar_belongs(screen);
    g_autofree char *both =
        g_strdup_printf("%s%s%s", typing ? "" : help, hanzi && !typing ? "\n\n" : "", hanzi || typing ? pinyin : "");
    draw_box(screen, labels->help_title, both);
}

static bool help_key(struct screen *screen, const struct key *key)
{
    switch ((int)key->press) {
    case PRESS_UP:
    case PRESS_WHEEL_UP:
    case PRESS_DRAG_DOWN:
        screen->overlay.top--;
        return true;
    case PRESS_DOWN:
    case PRESS_WHEEL_DOWN:
    case PRESS_DRAG_UP:
        screen->overlay.top++;
        return true;
    case PRESS_PAGE_UP:
        screen->overlay.top -= screen->overlay.area.rows - 5;
        return true;
    case PRESS_PAGE_DOWN:
        screen->overlay.top += screen->overlay.area.rows - 5;
        return true;
    case PRESS_OTHER:
    case PRESS_PASTED:
        return false;
    case PRESS_CLICK:
        if (rect_has(&screen->overlay.call, key->y, key->x))
            overlay_call_staff(screen);
        else
            overlay_close(screen);
        return true;
    default: /* any key that means something closes it */
        overlay_close(screen);
        return true;
    }
}

/* ---------------------------------------------------------------- both */

void overlay_draw(struct screen *screen)
{
    if (screen->overlay.kind == OVERLAY_PICK)
        draw_pick(screen);
    else if (screen->overlay.kind == OVERLAY_HELP)
        draw_help(screen);
    else if (screen->overlay.kind == OVERLAY_CALLED)
        draw_box(screen, screen->labels->call_staff, screen->labels->staff_called);
}

bool overlay_key(struct screen *screen, const struct key *key)
{
    return screen->overlay.kind == OVERLAY_PICK ? pick_key(screen, key) : help_key(screen, key);
}
