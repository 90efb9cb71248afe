/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of fields, row by row; fields that belong to no row stand above or below it, as the page orders them. */
#include "screen/view.h"

/* The first field from `from` on that is, or is not, in the table. */
static int skip(const struct screen *screen, int from, bool in_table)
{
    int n = (int)screen->page->fields->len;
    while (from < n && (screen_page_field(screen, from)->row >= 0) == in_table)
        from++;
    return from;
}

static void draw(struct screen *screen)
{
    int rows = skip(screen, 0, false), end = skip(screen, rows, true);
    panel_begin(screen);
    panel_facts(screen);
    panel_texts(screen, false);
    panel_fields(screen, 0, rows);
    panel_rows(screen, rows, end);
    panel_fields(screen, end, (int)screen->page->fields->len);
    panel_texts(screen, true);
    panel_paint(screen);
}

const struct step_ops step_rows = {.enter = panel_enter, .draw = draw, .key = panel_key};
