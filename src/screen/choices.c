/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/choices.h"

#include "base/text.h"

#define LIST_ROWS_MIN 5
#define INDENT        2

void choices_enter(struct screen *screen)
{
    screen->list = (struct list){0};
    list_seek(&screen->list, screen->page->choices, NULL);
}

/* The full name of an item that had to be cut, or why it may not be chosen. */
static const char *detail(const struct screen *screen)
{
    const struct list *list = &screen->list;
    if (list->n == 0)
        return NULL;
    const struct page_choice *item = g_ptr_array_index(screen->page->choices, list->cursor);
    if (item->why_not)
        return item->why_not;
    return text_cols(item->label) > list->label_cols ? item->label : NULL;
}

static void draw_foot(struct screen *screen, const struct rect *foot)
{
    const char *detailed = detail(screen), *sum = screen->page->sum;
    int sum_cols = sum ? MIN(text_cols(sum), foot->cols) : 0;
    if (sum)
        paint_text(screen->canvas, foot->y, foot->x, sum_cols, ROLE_MARK, sum);
    if (detailed)
        paint_aligned(screen->canvas, foot->y, foot->x + sum_cols, foot->cols - sum_cols, ROLE_QUIET,
                      sum ? ALIGN_RIGHT : ALIGN_LEFT, detailed);
}

/* Notes stand below the list where there is room for all of them; else they are left out before the list is. */
static void draw_notes(struct screen *screen, int y)
{
    struct rect area = screen->frame.body;
    int used = y + 1 - area.y;
    panel_begin(screen);
    panel_texts(screen, true);
    area.y += used;
    area.rows -= used;
    if (area.rows >= screen->panel.document.lines)
        document_paint(&screen->panel.document, screen->canvas, &area, 0);
}

void choices_draw(struct screen *screen, enum list_marks marks, bool airy)
{
    const struct rect *body = &screen->frame.body;
    panel_begin(screen);
    panel_facts(screen);
    panel_texts(screen, false);
    panel_tables(screen);
    bool foot = screen->page->sum != NULL;
    for (guint i = 0; i < screen->page->choices->len; i++)
        foot = foot || ((struct page_choice *)g_ptr_array_index(screen->page->choices, i))->why_not;
    int n = (int)screen->page->choices->len;
    int least = (screen->touch ? LIST_TOUCH_ROWS * MIN(2, n) : MIN(LIST_ROWS_MIN, n)) + (foot ? 2 : 0) + 1;
    int room = MAX(0, body->rows - least);
    if (screen->panel.document.lines > room)
        document_squeeze(&screen->panel.document);
    struct rect head = {body->y, body->x, MIN(screen->panel.document.lines, room), body->cols};
    document_paint_fixed(&screen->panel.document, screen->canvas, &head);
    int above = head.rows > 0 ? head.rows + 1 : 0;
    struct rect area = {body->y + above, body->x + INDENT, body->rows - above - (foot ? 2 : 0), body->cols - INDENT};
    int lines = list_layout(&screen->list, screen->page->choices, &area, marks,
                            screen->touch ? LIST_TOUCH
                            : airy        ? LIST_AIRY
                                          : LIST_TIGHT);
    list_paint(&screen->list, screen->canvas, screen->page->choices, NULL, screen->button < 0);
    struct rect below = {area.y + lines + 1, body->x + INDENT + 2, 1, body->cols - INDENT - 2};
    if (foot)
        draw_foot(screen, &below);
    draw_notes(screen, foot ? below.y : area.y + lines - 1);
    screen->frame.above = list_more_above(&screen->list);
    screen->frame.below = list_more_below(&screen->list);
}

static enum step_result pick(struct screen *screen)
{
    const struct page_choice *item = g_ptr_array_index(screen->page->choices, screen->list.cursor);
    if (item->why_not)
        screen_notice(screen, item->why_not);
    else if (!screen->page->busy)
        screen_tell(screen, SCREEN_CHOOSE, item->key);
    return STEP_REDRAW;
}

enum step_result choices_key(struct screen *screen, const struct key *key, bool many)
{
    struct list *list = &screen->list;
    if (key->press == PRESS_TAB || key->press == PRESS_BACKTAB)
        return key->press == PRESS_TAB ? STEP_NEXT : STEP_PREVIOUS;
    if (key->press == PRESS_ENTER)
        return many || list->n == 0 ? STEP_PRIMARY : pick(screen);
    if (key->press == PRESS_CLICK) {
        int i = list_at(list, key->y, key->x);
        if (i < 0)
            return STEP_IGNORED;
        list->cursor = i;
        screen->button = -1;
        return pick(screen);
    }
    switch (list_key(list, screen->page->choices, key)) {
    case LIST_PICKED:
        return pick(screen);
    case LIST_MOVED:
        return STEP_REDRAW;
    case LIST_IGNORED:
        break;
    }
    return STEP_IGNORED;
}
