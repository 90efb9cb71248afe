/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/fit.h"

#include "base/text.h"
#include "screen/view.h"

struct fit {
    struct canvas canvas;
    struct screen *screen;
    fit_fn fn;
    gpointer data;
};

static const char *const places_by_role[ROLE_COUNT] = {
    [ROLE_LABEL] = "label",
    [ROLE_LABEL_FOCUS] = "label",
    [ROLE_FIELD_HINT] = "hint in the field",
    [ROLE_FIELD_HINT_FOCUS] = "hint in the field",
    [ROLE_QUIET] = "note",
    [ROLE_BAD] = "error",
    [ROLE_TABLE_HEAD] = "column title",
    [ROLE_ITEM] = "item",
    [ROLE_ITEM_OFF] = "item",
    [ROLE_ITEM_FOCUS] = "item",
    [ROLE_ITEM_CHOSEN] = "item",
    [ROLE_ITEM_NOTE] = "note of an item",
};

static const char *place_of(const struct screen *screen, int y, int cols, enum role role)
{
    const struct frame *frame = &screen->frame;
    if (cols <= 0 && y >= frame->body.y)
        return "body";
    if (screen->overlay.kind != OVERLAY_NONE && y > frame->chapters_y)
        return screen->overlay.kind == OVERLAY_PICK ? "list of a field" : "help box";
    if (y < frame->chapters_y)
        return "title bar";
    if (y == frame->chapters_y)
        return "chapters";
    if (y == frame->title_y)
        return "title";
    if (frame->keys_rows > 0 && y >= frame->keys_y)
        return "key line";
    if (y >= frame->keys_y - frame->keyboard_rows)
        return "keyboard";
    if (y >= frame->message_y && y < frame->message_y + frame->message_rows && y >= frame->body.y + frame->body.rows)
        return "message line";
    return places_by_role[role] ? places_by_role[role] : "body";
}

static void tell(const struct fit *fit, const char *place, const char *text, int has, int needs)
{
    fit->fn(&(struct fit_fault){place, text, "columns", has, needs}, fit->data);
}

static void on_text(int y, int cols, enum role role, const char *text, gpointer data)
{
    const struct fit *fit = data;
    int needs = text_cols(text);
    if (needs > MAX(0, cols))
        tell(fit, place_of(fit->screen, y, cols, role), text, MAX(0, cols), needs);
}

/* ---------------------------------------------------------------- what cuts nothing and is too much all the same */

/* The page's own buttons, without the tools that come and go. */
static void check_keys(const struct fit *fit)
{
    const struct frame *frame = &fit->screen->frame;
    const struct buttons *buttons = &frame->buttons;
    int lines = fit->screen->touch ? 2 : 1, needs = -1, last = buttons->tools - 1;
    for (int i = 0; i <= last; i++)
        needs += buttons->areas[i].cols + 1;
    if (last < 0 || buttons->areas[last].y < buttons->areas[0].y + lines * frame->button_rows)
        return;
    const struct page_action *action =
        g_ptr_array_index(fit->screen->page->actions, fit->screen->page->actions->len - 1);
    tell(fit, "key line", action->label, frame->cols * lines, needs);
}

/* The mark of the language stands at the right end of the title. */
static void check_mark(const struct fit *fit)
{
    struct screen *screen = fit->screen;
    const char *title = screen->page->title ? screen->page->title : "";
    const struct field *field = screen_field(screen, screen->focus);
    if (!field || (field->type != FIELD_TEXT && field->type != FIELD_REGION && field->type != FIELD_LONG))
        return;
    int room = screen->frame.cols - pinyin_bar_measure(screen) - 1;
    if (text_cols(title) > room)
        tell(fit, "title beside the mark of the language", title, room, text_cols(title));
}

static void check_length(const struct fit *fit)
{
    const struct screen *screen = fit->screen;
    int rows = screen->frame.body.rows, lines = screen->panel.document.lines;
    if (!screen->touch && screen->frame.below && lines > FIT_SCREENS_MAX * rows)
        fit->fn(&(struct fit_fault){"body", screen->page->title, "lines", FIT_SCREENS_MAX * rows, lines}, fit->data);
}

/* ---------------------------------------------------------------- the walk */

static void scroll_body(struct fit *fit)
{
    struct panel *panel = &fit->screen->panel;
    panel->roaming = true;
    for (int top = 0; top < panel->document.lines; top += fit->screen->frame.body.rows) {
        panel->top = top;
        screen_draw(fit->screen);
    }
    panel->roaming = false;
}

static void scroll_list(struct fit *fit)
{
    for (int i = 0; i < fit->screen->list.n; i++) {
        fit->screen->list.cursor = i;
        screen_draw(fit->screen);
    }
}

static void open_list(struct fit *fit)
{
    struct screen *screen = fit->screen;
    overlay_open_pick(screen, 0);
    for (int i = 0; i < (int)screen->overlay.picker.shown->len; i++) {
        screen->overlay.picker.list.cursor = i;
        screen_draw(screen);
    }
    overlay_close(screen);
}

static void turn_keyboard(struct fit *fit)
{
    for (int page = 0; page < KEYBOARD_PAGES; page++) {
        fit->screen->keyboard.page = (enum keyboard_page)page;
        screen_draw(fit->screen);
    }
}

static void visit_fields(struct fit *fit)
{
    struct screen *screen = fit->screen;
    for (int i = 0; i < (int)screen->page->fields->len; i++) {
        const struct page_field *field = screen_page_field(screen, i);
        if (field->readonly)
            continue;
        panel_focus(screen, i);
        screen_draw(screen);
        check_mark(fit);
        if (picker_serves(field))
            open_list(fit);
        if (screen->frame.keyboard_rows > 0)
            turn_keyboard(fit);
    }
}

static void open_boxes(struct fit *fit)
{
    struct screen *screen = fit->screen;
    overlay_open_help(screen);
    do {
        screen_draw(screen);
        screen->overlay.top += screen->overlay.area.rows;
    } while (screen->overlay.below);
    screen->overlay.kind = OVERLAY_CALLED;
    screen->overlay.top = 0;
    screen_draw(screen);
    overlay_close(screen);
}

static void look(struct fit *fit, const struct screen_labels *labels, struct page *page, bool touch, bool walk)
{
    struct screen_options options = {.labels = labels, .touch = touch};
    fit->canvas = (struct canvas){.rows = FRAME_ROWS_MIN, .cols = FRAME_COLS_MIN};
    fit->screen = screen_new_blind(&options, &fit->canvas);
    fit->canvas.watch_data = fit;
    fit->canvas.watch = on_text;
    screen_show(fit->screen, page);
    if (walk) {
        check_keys(fit);
        check_length(fit);
        scroll_list(fit);
        visit_fields(fit);
        fit->screen->button = 0; /* no keyboard: all of the body */
        screen_draw(fit->screen);
        scroll_body(fit);
        open_boxes(fit);
    }
    screen_free(fit->screen);
}

void fit_page(const struct screen_labels *labels, struct page *page, bool touch, fit_fn fn, gpointer data)
{
    struct fit fit = {.fn = fn, .data = data};
    look(&fit, labels, page, touch, true);
}

void fit_glance(const struct screen_labels *labels, struct page *page, bool touch, fit_fn fn, gpointer data)
{
    struct fit fit = {.fn = fn, .data = data};
    look(&fit, labels, page, touch, false);
}
