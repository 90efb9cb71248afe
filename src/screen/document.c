/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/document.h"

#include "base/text.h"

#define COLUMN_GAP 2
#define FACT_GAP   3
#define AIR        4 /* behind the widest cell of a table's main column */

G_STATIC_ASSERT((int)ROLE_BAD == (int)TONE_BAD);

static void span_clear(gpointer data)
{
    struct span *span = data;
    g_free(span->text);
}

void document_init(struct document *document)
{
    *document = (struct document){.spans = g_array_new(FALSE, FALSE, sizeof(struct span))};
    g_array_set_clear_func(document->spans, span_clear);
}

void document_clear(struct document *document)
{
    g_clear_pointer(&document->spans, g_array_unref);
}

void document_reset(struct document *document, int cols)
{
    g_array_set_size(document->spans, 0);
    document->lines = document->used = 0;
    document->cols = cols;
}

int document_line(struct document *document)
{
    return document->lines++;
}

void document_gap(struct document *document)
{
    if (document->lines > 0 && document->used == document->lines)
        document->lines++;
}

void document_use(struct document *document, int line)
{
    document->used = MAX(document->used, line + 1);
}

void document_span(struct document *document, int line, int x, int cols, enum role role, const char *text)
{
    struct span span = {.line = line, .x = x, .cols = cols, .role = role, .text = g_strdup(text)};
    document_use(document, line);
    g_array_append_val(document->spans, span);
}

void document_rule(struct document *document, int x, int cols)
{
    document_span(document, document_line(document), x, cols, ROLE_RULE, NULL);
}

void document_text(struct document *document, int x, int cols, enum role role, const char *text)
{
    g_autoptr(GPtrArray) lines = text_wrap(text, cols);
    for (guint i = 0; i < lines->len; i++)
        document_span(document, document_line(document), x, cols, role, g_ptr_array_index(lines, i));
}

void document_centred(struct document *document, enum role role, const char *text)
{
    int widest = 0;
    int block = MIN(document->cols, DOCUMENT_BLOCK_COLS);
    g_autoptr(GPtrArray) lines = text_wrap(text, block);
    for (guint i = 0; i < lines->len; i++)
        widest = MAX(widest, text_cols(g_ptr_array_index(lines, i)));
    document_text(document, (document->cols - widest) / 2, widest, role, text);
}

/* ---------------------------------------------------------------- facts */

struct fact_grid {
    int half, label_cols;
};

static int widest_label(const GPtrArray *facts)
{
    int widest = 0;
    for (guint i = 0; i < facts->len; i++) {
        const struct page_fact *fact = g_ptr_array_index(facts, i);
        widest = MAX(widest, text_cols(fact->label));
    }
    return widest;
}

static bool fits_half(const GPtrArray *facts, guint i, const struct fact_grid *grid)
{
    if (i >= facts->len)
        return false;
    const struct page_fact *fact = g_ptr_array_index(facts, i);
    return grid->label_cols + FACT_GAP + text_cols(fact->value) + 2 <= grid->half;
}

static void put_fact(struct document *document, const struct page_fact *fact, int line, int x, int cols, int label_cols)
{
    int room = MAX(1, cols - label_cols - FACT_GAP);
    g_autoptr(GPtrArray) lines = text_wrap(fact->value, room);
    document_span(document, line, x, label_cols, ROLE_QUIET, fact->label);
    for (guint i = 0; i < lines->len; i++) {
        if (i > 0)
            line = document_line(document);
        document_span(document, line, x + label_cols + FACT_GAP, room, role_of_tone(fact->tone),
                      g_ptr_array_index(lines, i));
    }
}

void document_facts(struct document *document, int x, int cols, const GPtrArray *facts, bool pairs)
{
    struct fact_grid grid = {.half = cols / 2, .label_cols = MIN(widest_label(facts), cols / 3)};
    for (guint i = 0; i < facts->len; i++) {
        int line = document_line(document);
        bool pair = pairs && fits_half(facts, i, &grid) && fits_half(facts, i + 1, &grid);
        put_fact(document, g_ptr_array_index(facts, i), line, x, pair ? grid.half : cols, grid.label_cols);
        if (pair)
            put_fact(document, g_ptr_array_index(facts, ++i), line, x + grid.half, cols - grid.half, grid.label_cols);
    }
}

/* ---------------------------------------------------------------- tables */

#define TABLE_COLUMNS_MAX 12

struct grid {
    int n;
    int x[TABLE_COLUMNS_MAX], cols[TABLE_COLUMNS_MAX];
};

static int widest_cell(const struct page_table *table, guint column)
{
    int widest = 0;
    for (guint i = 0; i < table->rows->len; i++) {
        const struct page_row *row = g_ptr_array_index(table->rows, i);
        if (column < row->cells->len)
            widest = MAX(widest, text_cols(g_ptr_array_index(row->cells, column)));
    }
    return widest;
}

/* What a column holds: its title and its widest cell. */
static int need_of(const struct page_table *table, int column)
{
    const struct page_column *head = g_ptr_array_index(table->columns, column);
    return MAX(text_cols(head->title), widest_cell(table, (guint)column));
}

/* Up to the wish, as far as there is room. Returns what is left. */
static int grow(struct grid *grid, int column, int wish, int spare)
{
    int more = CLAMP(wish - grid->cols[column], 0, MAX(0, spare));
    grid->cols[column] += more;
    return spare - more;
}

static void shrink(struct grid *grid, int over)
{
    for (; over > 0; over--) {
        int widest = 0;
        for (int i = 1; i < grid->n; i++)
            if (grid->cols[i] > grid->cols[widest])
                widest = i;
        if (grid->cols[widest] <= 2)
            return;
        grid->cols[widest]--;
    }
}

/*
 * Every column has what it holds; then, from the first on, what it was meant to have, and air stands behind the first that was meant to
 * have the rest. Too much is taken from the widest, which folds.
 */
static void plan_table(const struct page_table *table, int cols, struct grid *ret)
{
    int x = 0, spare = cols;
    ret->n = (int)MIN(table->columns->len, TABLE_COLUMNS_MAX);
    for (int i = 0; i < ret->n; i++) {
        ret->cols[i] = need_of(table, i);
        spare -= ret->cols[i] + (i ? COLUMN_GAP : 0);
    }
    shrink(ret, -spare);
    bool aired = false;
    for (int i = 0; i < ret->n; i++) {
        const struct page_column *column = g_ptr_array_index(table->columns, i);
        bool rest = column->width_cols == 0 && !aired;
        spare = grow(ret, i, rest ? ret->cols[i] + AIR : (int)column->width_cols, spare);
        aired = aired || rest;
    }
    for (int i = 0; i < ret->n; i++) {
        ret->x[i] = x;
        x += ret->cols[i] + COLUMN_GAP;
    }
}

/* A row is as high as its highest cell. */
static void put_row(struct document *document, const struct grid *grid, const struct page_row *row)
{
    int first = document->lines;
    for (int i = 0; i < grid->n && i < (int)row->cells->len; i++) {
        g_autoptr(GPtrArray) lines = text_wrap(g_ptr_array_index(row->cells, i), grid->cols[i]);
        for (guint k = 0; k < lines->len; k++) {
            if (first + (int)k >= document->lines)
                document_line(document);
            document_span(document, first + (int)k, grid->x[i], grid->cols[i], role_of_tone(row->tone),
                          g_ptr_array_index(lines, k));
        }
    }
    if (document->lines == first)
        document_line(document);
}

void document_table(struct document *document, const struct page_table *table)
{
    struct grid grid;
    bool titled = false;
    plan_table(table, document->cols, &grid);
    if (table->title && *table->title)
        document_text(document, 0, document->cols, ROLE_STRONG, table->title);
    for (int i = 0; i < grid.n; i++) {
        const struct page_column *column = g_ptr_array_index(table->columns, i);
        titled = titled || *column->title;
    }
    int line = titled ? document_line(document) : 0;
    for (int i = 0; titled && i < grid.n; i++) {
        const struct page_column *column = g_ptr_array_index(table->columns, i);
        document_span(document, line, grid.x[i], grid.cols[i], ROLE_TABLE_HEAD, column->title);
    }
    document_rule(document, 0, document->cols);
    for (guint i = 0; i < table->rows->len; i++)
        put_row(document, &grid, g_ptr_array_index(table->rows, i));
}

void document_squeeze(struct document *document)
{
    g_autofree int *place = g_new0(int, document->lines + 1);
    int lines = 0;
    for (guint i = 0; i < document->spans->len; i++)
        place[g_array_index(document->spans, struct span, i).line] = 1;
    for (int line = 0; line < document->lines; line++) {
        bool used = place[line];
        place[line] = lines;
        lines += used;
    }
    for (guint i = 0; i < document->spans->len; i++) {
        struct span *span = &g_array_index(document->spans, struct span, i);
        span->line = place[span->line];
    }
    document->lines = document->used = lines;
}

void document_shift(struct document *document, int lines)
{
    for (guint i = 0; i < document->spans->len; i++)
        g_array_index(document->spans, struct span, i).line += lines;
    document->lines += lines;
    document->used += lines;
}

/* ---------------------------------------------------------------- painting */

void document_paint(const struct document *document, struct canvas *canvas, const struct rect *area, int top)
{
    for (guint i = 0; i < document->spans->len; i++) {
        const struct span *span = &g_array_index(document->spans, struct span, i);
        int y = area->y + span->line - top;
        if (span->line < top || span->line >= top + area->rows)
            continue;
        if (span->text)
            paint_text(canvas, y, area->x + span->x, MIN(span->cols, area->cols - span->x), span->role, span->text);
        else
            paint_rule(canvas, y, area->x + span->x, MIN(span->cols, area->cols - span->x), span->role);
    }
}

void document_paint_fixed(const struct document *document, struct canvas *canvas, const struct rect *area)
{
    document_paint(document, canvas, area, 0);
    for (guint i = 0; i < document->spans->len; i++) {
        const struct span *span = &g_array_index(document->spans, struct span, i);
        if (span->line >= area->rows && span->text)
            paint_text(canvas, area->y + span->line, area->x + span->x, 0, span->role, span->text);
    }
}
