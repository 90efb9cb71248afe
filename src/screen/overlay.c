/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies over a page until it is answered: the list of a code field, the help. */
#include <string.h>

#include "base/text.h"
#include "screen/view.h"

#define PICK_SHORT 14 /* up to so many options open beside their field */
#define HELP_COLS  64
#define EDGE       2 /* columns of frame and blank at either side */
#define TITLE_COLS 6 /* of a box besides its title */

static const GPtrArray *options_of(const struct screen *screen)
{
    return screen_page_field(screen, screen->focus)->options;
}

static enum list_air air_of(const struct screen *screen)
{
    return screen->touch ? LIST_TOUCH : LIST_TIGHT;
}

void overlay_open_pick(struct screen *screen, gunichar typed)
{
    const GPtrArray *options = options_of(screen);
    struct list *list = &screen->overlay.list;
    if (!options || options->len == 0)
        return;
    *list = (struct list){0};
    list_seek(list, options, field_text(screen_field(screen, screen->focus)));
    screen->overlay.kind = OVERLAY_PICK;
    if (typed) {
        struct rect area = screen->frame.body;
        struct key key = {.press = PRESS_CHAR, .c = typed};
        (void)list_layout(list, options, &area, MARKS_NONE, air_of(screen));
        (void)overlay_key(screen, &key);
    }
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
static void place_short(const struct screen *screen, const GPtrArray *options, struct rect *ret)
{
    const struct rect *body = &screen->frame.body;
    const struct slot *slot = panel_slot(&screen->panel, screen->focus);
    int y = body->y + (slot ? slot->line - screen->panel.top : 0), x = body->x + (slot ? slot->x : 0);
    ret->rows = (int)options->len * (screen->touch ? LIST_TOUCH_ROWS : 1) + 2;
    int title = text_cols(screen_page_field(screen, screen->focus)->label) + TITLE_COLS;
    ret->cols = MIN(MAX(list_wish_cols(options, MARKS_NONE) + 2 * EDGE, MAX(title, 24)), body->cols);
    ret->y = y + 1 + ret->rows <= screen->frame.keys_y ? y + 1 : y - ret->rows;
    if (ret->y < screen->frame.title_y)
        ret->y = MAX(screen->frame.title_y, screen->frame.keys_y - ret->rows);
    ret->x = CLAMP(x, body->x, body->x + body->cols - ret->cols);
}

static void place_long(const struct screen *screen, const GPtrArray *options, struct rect *ret)
{
    const struct frame *frame = &screen->frame;
    int room = frame->keys_y - frame->title_y - 1;
    struct list trial = {0};
    struct rect area = {0, 0, room - 2, frame->cols - 2 * EDGE};
    int lines = list_layout(&trial, options, &area, MARKS_NONE, air_of(screen));
    ret->rows = lines + 2;
    ret->cols = MIN(trial.columns * (trial.column_cols + 2) - 2 + 2 * EDGE, frame->cols);
    ret->y = frame->title_y + (room - ret->rows) / 2;
    ret->x = frame->left + (frame->cols - ret->cols) / 2;
}

static void draw_pick(struct screen *screen)
{
    const GPtrArray *options = options_of(screen);
    struct overlay_state *overlay = &screen->overlay;
    int short_list = screen->touch ? (screen->frame.keys_y - screen->frame.title_y - 2) / LIST_TOUCH_ROWS : PICK_SHORT;
    if ((int)options->len <= short_list)
        place_short(screen, options, &overlay->area);
    else
        place_long(screen, options, &overlay->area);
    struct rect inside = {overlay->area.y + 1, overlay->area.x + EDGE, overlay->area.rows - 2,
                          overlay->area.cols - 2 * EDGE};
    paint_box(screen->canvas, &overlay->area, ROLE_BOX, screen_page_field(screen, screen->focus)->label);
    (void)list_layout(&overlay->list, options, &inside, MARKS_NONE, air_of(screen));
    list_paint(&overlay->list, screen->canvas, options, field_text(screen_field(screen, screen->focus)), true);
    overlay->above = list_more_above(&overlay->list);
    overlay->below = list_more_below(&overlay->list);
    bool more = overlay->above || overlay->below;
    g_autofree char *place = more ? g_strdup_printf(" %d / %u ", overlay->list.cursor + 1, options->len) : g_strdup("");
    g_autofree char *foot = g_strdup_printf("%s%s%s%s", overlay->list.typed[0] ? " " : "", overlay->list.typed,
                                            overlay->list.typed[0] ? "_ " : "", place);
    int cols = MIN(text_cols(foot), overlay->area.cols - 4);
    paint_text(screen->canvas, overlay->area.y + overlay->area.rows - 1,
               overlay->area.x + overlay->area.cols - 2 - cols, cols, ROLE_BOX_TITLE, foot);
    screen->canvas->cursor_y = -1;
}

static bool take_option(struct screen *screen, int i)
{
    const struct page_choice *option = g_ptr_array_index(options_of(screen), i);
    struct field *field = screen_field(screen, screen->focus);
    if (option->why_not)
        return true;
    if (strcmp(field_text(field), option->key) != 0) {
        field_set(field, option->key);
        screen_edited(screen, screen->focus);
    }
    overlay_close(screen);
    panel_advance(screen);
    return true;
}

static bool pick_key(struct screen *screen, const struct key *key)
{
    struct list *list = &screen->overlay.list;
    switch ((int)key->press) {
    case PRESS_CLICK: {
        int i = list_at(list, key->y, key->x);
        if (i >= 0)
            return take_option(screen, i);
        if (!rect_has(&screen->overlay.area, key->y, key->x))
            overlay_close(screen);
        return true;
    }
    case PRESS_ESC:
    case PRESS_TAB:
    case PRESS_BACKTAB:
        overlay_close(screen);
        return true;
    case PRESS_ENTER:
        return take_option(screen, list->cursor);
    default:
        break;
    }
    enum list_result result = list_key(list, options_of(screen), key);
    if (result == LIST_PICKED)
        return take_option(screen, list->cursor);
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

static void draw_help(struct screen *screen)
{
    const char *help = screen->page->help && *screen->page->help ? screen->page->help : screen->labels->help_general;
    draw_box(screen, screen->labels->help_title, help);
}

static bool help_key(struct screen *screen, const struct key *key)
{
    switch ((int)key->press) {
    case PRESS_UP:
    case PRESS_WHEEL_UP:
        screen->overlay.top--;
        return true;
    case PRESS_DOWN:
    case PRESS_WHEEL_DOWN:
        screen->overlay.top++;
        return true;
    case PRESS_PAGE_UP:
        screen->overlay.top -= screen->overlay.area.rows - 5;
        return true;
    case PRESS_PAGE_DOWN:
        screen->overlay.top += screen->overlay.area.rows - 5;
        return true;
    case PRESS_OTHER:
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
