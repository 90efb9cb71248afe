/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/choices.h"

#include "base/text.h"

#define LIST_ROWS_MIN 5
#define STATELY_ROWS  24 /* from so many on items are as high as those that are tapped */
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

/* ---------------------------------------------------------------- where all stands */

/* Lines, from the top of the body down; what does not fit the list gives up first, then the notes, then what stands above. */
struct plan {
    int intro, list, foot, notes; /* with the empty line between it and its neighbour */
};

static bool has_foot(const struct screen *screen, enum list_marks marks)
{
    const GPtrArray *choices = screen->page->choices;
    bool foot = screen->page->sum || list_least_cols(&screen->list, choices, marks) > screen->frame.body.cols - INDENT;
    for (guint i = 0; i < choices->len && !foot; i++)
        foot = ((const struct page_choice *)g_ptr_array_index(choices, i))->why_not != NULL;
    return foot;
}

static int least_lines(const struct screen *screen, int rows)
{
    int n = (int)screen->page->choices->len;
    if (!screen->touch)
        return MIN(LIST_ROWS_MIN, n);
    return LIST_TOUCH_ROWS * MIN(n, rows >= 2 * LIST_TOUCH_ROWS ? 2 : 1);
}

static struct plan plan_page(const struct screen *screen, int intro, int notes, bool foot)
{
    struct plan plan = {.foot = foot ? 2 : 0};
    int rows = screen->frame.body.rows - plan.foot, above = intro > 0 ? intro + 1 : 0,
        below = notes > 0 ? notes + 1 : 0;
    int least = least_lines(screen, rows - above - below);
    plan.notes = rows - above - below >= least ? below : 0;
    plan.intro = MIN(above, MAX(0, rows - plan.notes - least_lines(screen, rows - above)));
    plan.list = rows - plan.intro - plan.notes;
    return plan;
}

static int note_lines(struct screen *screen)
{
    panel_begin(screen);
    panel_texts(screen, true);
    return screen->panel.document.lines;
}

static enum list_air air_of(const struct screen *screen, int rows, bool airy)
{
    bool stately = airy && rows >= STATELY_ROWS && (int)screen->page->choices->len * LIST_TOUCH_ROWS <= rows;
    return screen->touch || stately ? LIST_TOUCH : airy ? LIST_AIRY : LIST_TIGHT;
}

static void paint_document(struct screen *screen, int y, int rows)
{
    struct rect area = screen->frame.body;
    area.y = y;
    area.rows = rows;
    document_paint(&screen->panel.document, screen->canvas, &area, 0);
}

void choices_draw(struct screen *screen, enum list_marks marks, bool airy)
{
    const struct rect *body = &screen->frame.body;
    bool foot = has_foot(screen, marks);
    int notes = note_lines(screen);
    panel_begin(screen);
    panel_facts(screen);
    panel_texts(screen, false);
    panel_tables(screen);
    if (screen->panel.document.lines == 0 && screen->list.n == 0 && screen->page->busy) /* nothing else to look at */
        document_text(&screen->panel.document, 0, body->cols, ROLE_STRONG, screen->page->busy);
    struct plan plan = plan_page(screen, screen->panel.document.lines, notes, foot);
    paint_document(screen, body->y, MAX(0, plan.intro - 1));
    struct rect area = {body->y + plan.intro, body->x + INDENT, plan.list, body->cols - INDENT};
    int lines = list_layout(&screen->list, screen->page->choices, &area, marks, air_of(screen, plan.list, airy));
    list_paint(&screen->list, screen->canvas, screen->page->choices, NULL, screen->button < 0);
    int end = area.y + (screen->list.n > 0 ? lines : 0);
    struct rect below = {end + 1, body->x + INDENT + 2, 1, body->cols - INDENT - 2};
    if (foot)
        draw_foot(screen, &below);
    (void)note_lines(screen);
    paint_document(screen, end + plan.foot + (end > body->y), MAX(0, plan.notes - 1));
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
