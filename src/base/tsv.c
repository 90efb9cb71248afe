/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tsv.h"

#include "base/record_slot.h"
#include "base/settings.h"

/* One table being read. */
struct table {
    const struct record_type *type;
    const char *name;
    GPtrArray *faults;
    GPtrArray *columns; /* const struct record_field *, in the order of the header */
    bool failed;
};

static void fault_at(struct table *table, unsigned line, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void fault_at(struct table *table, unsigned line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    settings_fault(table->faults, table->name, line, "%s", what);
    table->failed = true;
}

/* Records inside a record have no column. */
static bool may_be_column(const struct record_field *field)
{
    return field->kind != RECORD_ONE && field->kind != RECORD_MANY;
}

/* ---------------------------------------------------------------- header */

static void read_column(struct table *table, const char *name)
{
    const struct record_field *field = record_field_find(table->type, name);
    const char *nearest = field == NULL ? record_nearest(table->type, name) : NULL;
    if (nearest != NULL)
        fault_at(table, 1, "unknown column \"%s\", did you mean \"%s\"?", name, nearest);
    else if (field == NULL || !may_be_column(field))
        fault_at(table, 1, "unknown column \"%s\"", name);
    else if (g_ptr_array_find(table->columns, field, NULL))
        fault_at(table, 1, "column \"%s\" stands there twice", name);
    else
        g_ptr_array_add(table->columns, (gpointer)field);
}

static void read_header(struct table *table, const char *line)
{
    g_auto(GStrv) names = g_strsplit(line, "\t", -1);
    for (char **name = names; *name != NULL; name++)
        read_column(table, *name);
    for (size_t i = 0; i < table->type->n_fields; i++) {
        const struct record_field *field = &table->type->fields[i];
        if (field->flags & RECORD_REQUIRED && may_be_column(field) && !g_ptr_array_find(table->columns, field, NULL))
            fault_at(table, 1, "missing column \"%s\"", field->name);
    }
}

/* ---------------------------------------------------------------- rows */

/* Members are separated by spaces. */
static const char *set_strings(const struct record_field *field, void *record, const char *cell)
{
    GPtrArray *list = *record_list_at(field, record);
    g_auto(GStrv) members = g_strsplit(cell, " ", -1);
    for (char **member = members; *member != NULL; member++) {
        const char *fault = record_check_text(field, *member);
        if (fault != NULL || list->len >= record_field_max(field))
            return fault != NULL ? fault : RECORD_FAULT_MANY;
        if (**member != '\0')
            g_ptr_array_add(list, g_strdup(*member));
    }
    return NULL;
}

/* An empty cell is a value only for a kind of word that has an empty one. */
static bool is_absent(const struct record_field *field, const char *cell)
{
    return *cell == '\0' && !(field->kind == RECORD_WORD && g_strv_contains(field->words, ""));
}

static void read_cell(struct table *table, const struct record_field *field, void *record, unsigned line,
                      const char *cell)
{
    if (is_absent(field, cell)) {
        if (field->flags & RECORD_REQUIRED)
            fault_at(table, line, "%s: must not be empty", field->name);
        return;
    }
    const char *fault =
        field->kind == RECORD_STRINGS ? set_strings(field, record, cell) : record_set_text(field, record, cell);
    if (fault == NULL)
        return;
    g_autofree char *what = record_fault_text(field, fault);
    fault_at(table, line, "%s", what);
}

/* A new record, or NULL when the line is faulty. */
static void *read_row(struct table *table, const char *text, unsigned line)
{
    g_auto(GStrv) cells = g_strsplit(text, "\t", (gint)table->columns->len + 1);
    if (g_strv_length(cells) != table->columns->len) {
        fault_at(table, line, "%s cells than the header has columns",
                 g_strv_length(cells) < table->columns->len ? "fewer" : "more");
        return NULL;
    }
    bool before = table->failed;
    table->failed = false;
    void *record = record_new(table->type);
    for (guint i = 0; i < table->columns->len; i++)
        read_cell(table, table->columns->pdata[i], record, line, cells[i]);
    if (table->failed) {
        record_free(table->type, record);
        record = NULL;
    }
    table->failed |= before;
    return record;
}

/* ---------------------------------------------------------------- lines */

/* The line at *at without its end, newly allocated, and *at on the next; NULL and a fault when it is no good. */
static char *take_line(struct table *table, const char **at, const char *end, unsigned line)
{
    const char *start = *at, *stop = memchr(start, '\n', (gsize)(end - start));
    *at = stop != NULL ? stop + 1 : end;
    if (stop == NULL)
        stop = end;
    if (stop > start && stop[-1] == '\r')
        stop--;
    if (stop - start > TSV_LINE_MAX)
        fault_at(table, line, "the line is longer than %d bytes", TSV_LINE_MAX);
    else if (memchr(start, '\0', (gsize)(stop - start)) != NULL)
        fault_at(table, line, "the line holds a zero byte");
    else
        return g_strndup(start, (gsize)(stop - start));
    return NULL;
}

static bool read_rows(struct table *table, const char *at, const char *end, tsv_row_fn row, gpointer data)
{
    for (unsigned line = 2; at < end; line++) {
        g_autofree char *text = take_line(table, &at, end, line);
        void *record = text != NULL && *text != '\0' ? read_row(table, text, line) : NULL;
        if (record != NULL && !row(record, line, data))
            return false;
    }
    return !table->failed;
}

bool tsv_parse(const struct record_type *type, const char *text, gsize length, const char *name, GPtrArray *faults,
               tsv_row_fn row, gpointer data)
{
    struct table table = {.type = type, .name = name, .faults = faults};
    const char *at = text, *end = text + length;
    if (length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) /* as spreadsheets write it */
        at += 3;
    if (at == end) {
        fault_at(&table, 1, "there is no header line");
        return false;
    }
    g_autofree char *header = take_line(&table, &at, end, 1);
    g_autoptr(GPtrArray) columns = table.columns = g_ptr_array_new();
    if (header != NULL)
        read_header(&table, header);
    /* Without a sound header every row would be a fault of its own. */
    return !table.failed && read_rows(&table, at, end, row, data);
}

bool tsv_read(const struct record_type *type, const char *path, GPtrArray *faults, tsv_row_fn row, gpointer data)
{
    gsize length;
    g_autofree char *text = settings_load(path, TSV_FILE_MAX, &length, faults);
    return text != NULL && tsv_parse(type, text, length, path, faults, row, data);
}

/* ---------------------------------------------------------------- all at once */

static bool collect(void *record, unsigned line G_GNUC_UNUSED, gpointer list)
{
    g_ptr_array_add(list, record);
    return true;
}

static GPtrArray *list_or_free(const struct record_type *type, GPtrArray *list, bool good)
{
    if (good)
        return list;
    record_list_free(type, list);
    return NULL;
}

GPtrArray *tsv_parse_all(const struct record_type *type, const char *text, gsize length, const char *name,
                         GPtrArray *faults)
{
    GPtrArray *list = g_ptr_array_new();
    return list_or_free(type, list, tsv_parse(type, text, length, name, faults, collect, list));
}

GPtrArray *tsv_read_all(const struct record_type *type, const char *path, GPtrArray *faults)
{
    GPtrArray *list = g_ptr_array_new();
    return list_or_free(type, list, tsv_read(type, path, faults, collect, list));
}
