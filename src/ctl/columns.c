/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/columns.h"

#include "base/text.h"

#define GAP 2

struct columns {
    guint n;
    int *widths;
    GPtrArray *cells; /* char *, row after row */
};

struct columns *columns_new(guint n)
{
    struct columns *columns = g_new0(struct columns, 1);
    columns->n = n;
    columns->widths = g_new0(int, n);
    columns->cells = g_ptr_array_new_with_free_func(g_free);
    return columns;
}

void columns_free(struct columns *columns)
{
    if (!columns)
        return;
    g_ptr_array_unref(columns->cells);
    g_free(columns->widths);
    g_free(columns);
}

void columns_add(struct columns *columns, const char *const *cells)
{
    for (guint i = 0; i < columns->n; i++) {
        char *clean = text_clean(cells[i] ? cells[i] : "", -1, 600, TEXT_LINE, NULL);
        columns->widths[i] = MAX(columns->widths[i], text_cols(clean));
        g_ptr_array_add(columns->cells, clean);
    }
}

guint columns_rows(const struct columns *columns)
{
    return columns->cells->len / columns->n;
}

static void write_row(const struct columns *columns, guint row, GString *out)
{
    for (guint i = 0; i < columns->n; i++) {
        const char *cell = columns->cells->pdata[row * columns->n + i];
        g_string_append(out, cell);
        for (int blank = text_cols(cell); i + 1 < columns->n && blank < columns->widths[i] + GAP; blank++)
            g_string_append_c(out, ' ');
    }
}

void columns_write(const struct columns *columns, int indent, GString *out)
{
    for (guint row = 0; row < columns_rows(columns); row++) {
        for (int i = 0; i < indent; i++)
            g_string_append_c(out, ' ');
        write_row(columns, row, out);
        while (out->str[out->len - 1] == ' ')
            g_string_truncate(out, out->len - 1);
        g_string_append_c(out, '\n');
    }
}
