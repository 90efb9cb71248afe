/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work under way: what is done, what is being done, what is still to come. */
#include "screen/view.h"

#define INDENT    4
#define MARK_COLS 4

static const struct {
    const char *mark;
    enum role role;
} looks[] = {
    [TASK_TODO] = {"·", ROLE_QUIET},
    [TASK_NOW] = {"►", ROLE_STRONG},
    [TASK_DONE] = {"✓", ROLE_GOOD},
    [TASK_TROUBLE] = {"✗", ROLE_BAD},
};

static void put_step(struct document *document, const struct page_task_step *step, bool airy)
{
    int line = document_line(document);
    document_span(document, line, INDENT, 1, step->state == TASK_NOW ? ROLE_MARK : looks[step->state].role,
                  looks[step->state].mark);
    document_span(document, line, INDENT + MARK_COLS, document->cols - INDENT - MARK_COLS,
                  step->state == TASK_DONE ? ROLE_BODY : looks[step->state].role, step->text);
    if (airy)
        (void)document_line(document);
}

static void draw(struct screen *screen)
{
    const GPtrArray *task = screen->page->task;
    struct document *document = &screen->panel.document;
    panel_begin(screen);
    panel_facts(screen);
    document_gap(document);
    bool airy = document->lines + 2 * (int)task->len + 4 <= screen->frame.body.rows;
    for (guint i = 0; i < task->len; i++)
        put_step(document, g_ptr_array_index(task, i), airy);
    panel_texts(screen, false);
    panel_tables(screen);
    panel_texts(screen, true);
    panel_paint(screen);
}

const struct step_ops step_task = {.enter = panel_enter, .draw = draw, .key = panel_key};
