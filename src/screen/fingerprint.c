/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/fingerprint.h"

/* FNV-1a, 64 bits. */
#define BASIS 0xCBF29CE484222325u
#define PRIME 0x100000001B3u

static void add_byte(guint64 *hash, guint8 byte)
{
    *hash = (*hash ^ byte) * PRIME;
}

static void add_number(guint64 *hash, int64_t number)
{
    for (int i = 0; i < 8; i++)
        add_byte(hash, (guint8)((guint64)number >> (8 * i)));
}

/* Absent and empty are different; the final zero keeps neighbours apart. */
static void add_text(guint64 *hash, const char *text)
{
    add_byte(hash, text != NULL);
    for (const char *at = text ? text : ""; *at; at++)
        add_byte(hash, (guint8)*at);
    add_byte(hash, 0);
}

static void add_text_item(guint64 *hash, const void *data)
{
    const struct page_text *text = data;
    add_text(hash, text->text);
    add_number(hash, text->tone);
}

static void add_fact(guint64 *hash, const void *data)
{
    const struct page_fact *fact = data;
    add_text(hash, fact->label);
    add_text(hash, fact->value);
    add_number(hash, fact->tone);
}

static void add_choice(guint64 *hash, const void *data)
{
    const struct page_choice *choice = data;
    add_text(hash, choice->key);
    add_text(hash, choice->label);
    add_text(hash, choice->note);
    add_text(hash, choice->why_not);
    add_number(hash, choice->chosen);
}

static void add_list(guint64 *hash, const GPtrArray *list, void (*add)(guint64 *hash, const void *data))
{
    add_number(hash, list ? (int64_t)list->len : -1);
    for (guint i = 0; list && i < list->len; i++)
        add(hash, g_ptr_array_index(list, i));
}

static void add_field(guint64 *hash, const void *data)
{
    const struct page_field *field = data;
    add_text(hash, field->key);
    add_text(hash, field->label);
    add_text(hash, field->hint);
    add_text(hash, field->error);
    add_text(hash, field->readonly ? field->value : NULL);
    add_number(hash, field->type | field->required << 8 | field->readonly << 9);
    add_number(hash, field->max_chars);
    add_number(hash, field->min_count);
    add_number(hash, field->row);
    add_number(hash, field->width_cols);
    if (field->type != FIELD_REGION) /* the same on all pages */
        add_list(hash, field->options, add_choice);
}

static void add_cell(guint64 *hash, const void *data)
{
    add_text(hash, data);
}

static void add_column(guint64 *hash, const void *data)
{
    const struct page_column *column = data;
    add_text(hash, column->title);
    add_number(hash, column->width_cols);
}

static void add_row(guint64 *hash, const void *data)
{
    const struct page_row *row = data;
    add_list(hash, row->cells, add_cell);
    add_number(hash, row->tone);
}

static void add_table(guint64 *hash, const void *data)
{
    const struct page_table *table = data;
    add_text(hash, table->title);
    add_list(hash, table->columns, add_column);
    add_list(hash, table->rows, add_row);
}

static void add_task(guint64 *hash, const void *data)
{
    const struct page_task_step *step = data;
    add_text(hash, step->text);
    add_number(hash, step->state);
}

static void add_action(guint64 *hash, const void *data)
{
    const struct page_action *action = data;
    add_text(hash, action->name);
    add_text(hash, action->label);
    add_text(hash, action->key);
    add_text(hash, action->why_not);
    add_number(hash, action->primary);
}

guint64 fingerprint_page(const struct page *page)
{
    guint64 hash = BASIS;
    const char *const texts[] = {page->name, page->title,   page->office, page->sum,
                                 page->busy, page->message, page->help};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        add_text(&hash, texts[i]);
    add_number(&hash, page->kind);
    add_number(&hash, page->chapter);
    for (int n = 0; n < PAGE_CHAPTERS; n++)
        add_number(&hash, page->chapters[n]);
    add_number(&hash, page->choose_many);
    add_number(&hash, page->message_tone);
    add_number(&hash, page->deadline_ms);
    add_text(&hash, page->qr ? page->qr->payload : NULL);
    add_text(&hash, page->qr ? page->qr->fallback : NULL);
    add_number(&hash, page->qr ? page->qr->expires_ms : -1);
    add_list(&hash, page->texts, add_text_item);
    add_list(&hash, page->fields, add_field);
    add_list(&hash, page->choices, add_choice);
    add_list(&hash, page->facts, add_fact);
    add_list(&hash, page->tables, add_table);
    add_list(&hash, page->task, add_task);
    add_list(&hash, page->actions, add_action);
    return hash;
}
