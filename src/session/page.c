/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/page.h"

#include <stdarg.h>

const char *const page_kind_words[] = {"notice", "menu",   "fields", "choose", "rows",
                                       "editor", "report", "qr",     "task",   NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(page_kind_words) == PAGE_KINDS + 1);

const char *const page_tone_words[] = {"normal", "strong", "quiet", "good", "warn", "bad", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(page_tone_words) == TONE_BAD + 2);

const char *const field_type_words[] = {"text", "number", "password", "date", "region", "code", "check", "long", NULL};
G_STATIC_ASSERT(G_N_ELEMENTS(field_type_words) == FIELD_LONG + 2);

static void text_free(gpointer data)
{
    struct page_text *text = data;
    g_free(text->text);
    g_free(text);
}

static void choice_free(gpointer data)
{
    struct page_choice *choice = data;
    g_free(choice->key);
    g_free(choice->label);
    g_free(choice->note);
    g_free(choice->why_not);
    g_free(choice);
}

static void field_free(gpointer data)
{
    struct page_field *field = data;
    g_free(field->key);
    g_free(field->label);
    g_free(field->hint);
    g_free(field->error);
    g_free(field->value);
    g_clear_pointer(&field->options, g_ptr_array_unref);
    g_free(field);
}

static void fact_free(gpointer data)
{
    struct page_fact *fact = data;
    g_free(fact->label);
    g_free(fact->value);
    g_free(fact);
}

static void column_free(gpointer data)
{
    struct page_column *column = data;
    g_free(column->title);
    g_free(column);
}

static void row_free(gpointer data)
{
    struct page_row *row = data;
    g_ptr_array_unref(row->cells);
    g_free(row);
}

static void table_free(gpointer data)
{
    struct page_table *table = data;
    g_free(table->title);
    g_ptr_array_unref(table->columns);
    g_ptr_array_unref(table->rows);
    g_free(table);
}

static void task_free(gpointer data)
{
    struct page_task_step *step = data;
    g_free(step->text);
    g_free(step);
}

static void action_free(gpointer data)
{
    struct page_action *action = data;
    g_free(action->name);
    g_free(action->label);
    g_free(action->key);
    g_free(action->why_not);
    g_free(action);
}

static void qr_free(struct page_qr *qr)
{
    if (!qr)
        return;
    g_free(qr->payload);
    g_free(qr->fallback);
    g_free(qr);
}

struct page *page_new(const char *name, enum page_kind kind)
{
    struct page *page = g_new0(struct page, 1);
    page->name = g_strdup(name);
    page->kind = kind;
    page->texts = g_ptr_array_new_with_free_func(text_free);
    page->fields = g_ptr_array_new_with_free_func(field_free);
    page->choices = page_choices_new();
    page->facts = g_ptr_array_new_with_free_func(fact_free);
    page->tables = g_ptr_array_new_with_free_func(table_free);
    page->task = g_ptr_array_new_with_free_func(task_free);
    page->actions = g_ptr_array_new_with_free_func(action_free);
    return page;
}

void page_set_chapter(struct page *page, int chapter)
{
    page->chapter = chapter;
    for (int n = 1; n <= PAGE_CHAPTERS; n++)
        page->chapters[n - 1] = n < chapter ? CHAPTER_DONE : n == chapter ? CHAPTER_NOW : CHAPTER_TODO;
}

void page_free(struct page *page)
{
    if (!page)
        return;
    GPtrArray *lists[] = {page->texts,  page->fields, page->choices, page->facts,
                          page->tables, page->task,   page->actions};
    char *texts[] = {page->name,    page->title, page->office, page->sum,
                     page->message, page->busy,  page->help,   page->focus};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        g_ptr_array_unref(lists[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    qr_free(page->qr);
    g_free(page);
}

void page_add_text(struct page *page, const char *text, enum page_tone tone)
{
    struct page_text *added = g_new0(struct page_text, 1);
    added->text = g_strdup(text);
    added->tone = tone;
    g_ptr_array_add(page->texts, added);
}

void page_add_fact(struct page *page, const char *label, const char *value, enum page_tone tone)
{
    struct page_fact *fact = g_new0(struct page_fact, 1);
    fact->label = g_strdup(label);
    fact->value = g_strdup(value);
    fact->tone = tone;
    g_ptr_array_add(page->facts, fact);
}

struct page_field *page_add_field(struct page *page, const char *key, enum field_type type, const char *label,
                                  const char *value)
{
    struct page_field *field = g_new0(struct page_field, 1);
    field->key = g_strdup(key);
    field->type = type;
    field->label = g_strdup(label);
    field->value = g_strdup(value);
    field->row = -1;
    g_ptr_array_add(page->fields, field);
    return field;
}

struct page_choice *page_add_choice(GPtrArray *choices, const char *key, const char *label, const char *note)
{
    struct page_choice *choice = g_new0(struct page_choice, 1);
    choice->key = g_strdup(key);
    choice->label = g_strdup(label);
    choice->note = g_strdup(note);
    g_ptr_array_add(choices, choice);
    return choice;
}

GPtrArray *page_choices_new(void)
{
    return g_ptr_array_new_with_free_func(choice_free);
}

struct page_table *page_add_table(struct page *page, const char *title)
{
    struct page_table *table = g_new0(struct page_table, 1);
    table->title = g_strdup(title);
    table->columns = g_ptr_array_new_with_free_func(column_free);
    table->rows = g_ptr_array_new_with_free_func(row_free);
    g_ptr_array_add(page->tables, table);
    return table;
}

void page_table_column(struct page_table *table, const char *title, int width_cols)
{
    struct page_column *column = g_new0(struct page_column, 1);
    column->title = g_strdup(title);
    column->width_cols = width_cols;
    g_ptr_array_add(table->columns, column);
}

void page_table_row(struct page_table *table, enum page_tone tone, ...)
{
    struct page_row *row = g_new0(struct page_row, 1);
    row->cells = g_ptr_array_new_with_free_func(g_free);
    row->tone = tone;
    va_list cells;
    va_start(cells, tone);
    for (const char *cell; (cell = va_arg(cells, const char *));)
        g_ptr_array_add(row->cells, g_strdup(cell));
    va_end(cells);
    g_ptr_array_add(table->rows, row);
}

struct page_action *page_add_action(struct page *page, const char *name, const char *label, const char *key)
{
    struct page_action *action = g_new0(struct page_action, 1);
    action->name = g_strdup(name);
    action->label = g_strdup(label);
    action->key = g_strdup(key);
    g_ptr_array_add(page->actions, action);
    return action;
}

void page_add_task(struct page *page, const char *text, enum task_step_state state)
{
    struct page_task_step *step = g_new0(struct page_task_step, 1);
    step->text = g_strdup(text);
    step->state = state;
    g_ptr_array_add(page->task, step);
}
