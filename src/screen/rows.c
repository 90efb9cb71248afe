/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/rows.h"

#include <string.h>

#include "screen/view.h"

/* The row that has the focus; -1 = none. */
static int row_here(const struct screen *screen)
{
    bool typing = screen->focus >= 0 && screen->page->kind == PAGE_ROWS;
    return typing ? screen_page_field(screen, screen->focus)->row : -1;
}

/* First field of a row, -1 = there is no such row; and how many it has. */
static int find_row(const struct screen *screen, int row, int *ret_n)
{
    int first = -1;
    *ret_n = 0;
    for (int i = 0; i < (int)screen->page->fields->len; i++) {
        if (screen_page_field(screen, i)->row != row || row < 0)
            continue;
        first = first < 0 ? i : first;
        (*ret_n)++;
    }
    return first;
}

static bool is_empty(const struct screen *screen, int row)
{
    int n, first = find_row(screen, row, &n);
    for (int i = first; i < first + n; i++)
        if (!field_is_empty(screen_field(screen, i)))
            return false;
    return true;
}

static bool is_last(const struct screen *screen, int row)
{
    int n;
    return find_row(screen, row + 1, &n) < 0;
}

/* Each edit is told before the next is made: the page that comes of it knows those before. */
static void put(struct screen *screen, int i, const char *text)
{
    if (strcmp(field_text(screen_field(screen, i)), text) == 0)
        return;
    field_replace(screen_field(screen, i), text);
    screen_edited(screen, i);
}

static void exchange(struct screen *screen, int a, int b)
{
    int n, m, first = find_row(screen, a, &n), other = find_row(screen, b, &m);
    for (int i = 0; i < MIN(n, m); i++) {
        g_autofree char *text = g_strdup(field_text(screen_field(screen, first + i)));
        g_autofree char *there = g_strdup(field_text(screen_field(screen, other + i)));
        put(screen, first + i, there);
        put(screen, other + i, text);
    }
}

bool rows_may_clear(const struct screen *screen)
{
    int row = row_here(screen);
    for (int below = row; row >= 0; below++) {
        if (!is_empty(screen, below))
            return true;
        if (is_last(screen, below))
            return false;
    }
    return false;
}

void rows_clear(struct screen *screen)
{
    int row = row_here(screen), n, first = find_row(screen, row, &n);
    bool empty = is_empty(screen, row);
    for (int i = first; !empty && i < first + n; i++)
        put(screen, i, "");
    for (; empty && !is_last(screen, row); row++)
        exchange(screen, row, row + 1);
}

bool rows_may_lift(const struct screen *screen)
{
    int row = row_here(screen);
    return row > 0 && !(is_empty(screen, row) && is_empty(screen, row - 1));
}

void rows_lift(struct screen *screen)
{
    int row = row_here(screen), n, here = find_row(screen, row, &n), above = find_row(screen, row - 1, &n);
    int focus = above + screen->focus - here;
    exchange(screen, row, row - 1);
    panel_focus(screen, focus);
}
