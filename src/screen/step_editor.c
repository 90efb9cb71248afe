/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One long text in a box, with its count below. */
#include "base/text.h"
#include "screen/view.h"

#define BOX_ROWS_MIN 5

static int long_field(const struct screen *screen)
{
    for (int i = 0; i < (int)screen->page->fields->len; i++)
        if (screen_page_field(screen, i)->type == FIELD_LONG)
            return i;
    return -1;
}

static void enter(struct screen *screen)
{
    screen->editor.top = 0;
    screen->editor.wish_x = -1;
    panel_focus(screen, long_field(screen));
}

static enum role box_role(const struct screen *screen)
{
    return screen->button < 0 ? ROLE_BOX : ROLE_RULE;
}

/* The count in the lower edge of the box, what is wrong below it. */
static void draw_count(struct screen *screen)
{
    const struct page_field *page_field = screen_page_field(screen, screen->focus);
    const struct rect *text = &screen->editor.area, *body = &screen->frame.body;
    int n = text_count(field_text(screen_field(screen, screen->focus)));
    g_autofree char *count = g_strdup_printf("%d", n);
    g_autofree char *least = g_strdup_printf("%d", page_field->min_count);
    g_autofree char *words = frame_fill(screen->labels->count, "n", count, "min", least, NULL);
    g_autofree char *padded = g_strdup_printf(" %s ", words);
    int y = text->y + text->rows, cols = text_cols(padded);
    paint_rule(screen->canvas, y, body->x + 1, body->cols - 2, box_role(screen));
    paint_text(screen->canvas, y, body->x + body->cols - 2 - cols, cols,
               n == 0                       ? ROLE_QUIET
               : n >= page_field->min_count ? ROLE_GOOD
                                            : ROLE_WARN,
               padded);
    g_autofree char *error = g_strconcat(page_field->error ? "✗ " : "", page_field->error, NULL);
    paint_text(screen->canvas, y + 1, body->x, body->cols, ROLE_BAD, error);
}

static void draw_text(struct screen *screen, const struct rect *area)
{
    const struct field *field = screen_field(screen, screen->focus);
    struct rect inside = *area;
    editor_layout(&screen->editor, field, &inside);
    editor_paint(&screen->editor, screen->canvas, field, screen->button < 0);
    screen->frame.above = screen->editor.top > 0;
    screen->frame.below = screen->editor.top + area->rows < (int)screen->editor.starts->len;
    draw_count(screen);
}

static void draw(struct screen *screen)
{
    const struct rect *body = &screen->frame.body;
    panel_begin(screen);
    panel_facts(screen);
    panel_texts(screen, false);
    panel_texts(screen, true);
    document_gap(&screen->panel.document);
    bool crowded = screen->frame.keyboard_rows > 0;
    int intro = crowded ? 0 : MIN(screen->panel.document.lines, body->rows - BOX_ROWS_MIN);
    struct rect head = {body->y, body->x, intro, body->cols};
    if (!crowded)
        document_paint_fixed(&screen->panel.document, screen->canvas, &head);
    if (screen->focus < 0)
        return;
    struct rect box = {body->y + intro, body->x, body->rows - intro - 1, body->cols};
    struct rect inside = {box.y + 1, box.x + 2, box.rows - 2, box.cols - 4 + EDITOR_HANG - 1};
    paint_box(screen->canvas, &box, box_role(screen), screen_page_field(screen, screen->focus)->label);
    draw_text(screen, &inside);
}

static enum step_result after_edit(struct screen *screen, enum edit edit)
{
    struct rect area = screen->editor.area;
    bool above = screen->frame.above, below = screen->frame.below;
    if (edit == EDIT_CHANGED)
        screen_edited(screen, screen->focus);
    screen->editor.stale = screen->keys.paste;
    if (screen->editor.stale)
        return STEP_DONE;
    draw_text(screen, &area); /* only the box: no other part has changed */
    if (above != screen->frame.above || below != screen->frame.below)
        return STEP_REDRAW;
    return STEP_DONE;
}

static enum step_result take(struct screen *screen, const struct key *key)
{
    if (key->press == PRESS_TAB || key->press == PRESS_BACKTAB || screen->focus < 0)
        return key->press == PRESS_BACKTAB ? STEP_PREVIOUS : key->press == PRESS_TAB ? STEP_NEXT : STEP_IGNORED;
    struct field *field = screen_field(screen, screen->focus);
    if (screen->editor.stale && key->press != PRESS_CHAR) { /* what moves goes by the lines as they are */
        struct rect area = screen->editor.area;
        editor_layout(&screen->editor, field, &area);
    }
    if (key->press == PRESS_CLICK) {
        if (!rect_has(&screen->editor.area, key->y, key->x))
            return STEP_IGNORED;
        screen->button = -1;
        screen->keyboard.hidden = false;
        editor_click(&screen->editor, field, key->y, key->x);
        return STEP_REDRAW;
    }
    enum edit edit = editor_key(&screen->editor, field, key);
    if (edit == EDIT_FULL)
        return screen_full(screen) ? STEP_REDRAW : STEP_DONE;
    return edit == EDIT_CHANGED || edit == EDIT_MOVED ? after_edit(screen, edit) : STEP_IGNORED;
}

const struct step_ops step_editor = {.enter = enter, .draw = draw, .key = take};
