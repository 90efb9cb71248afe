/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/fingerprint.h"

static struct page *sample(void)
{
    struct page *page = page_new("name", PAGE_FIELDS);
    page->title = g_strdup("title");
    page_add_text(page, "text", TONE_NORMAL);
    page_add_fact(page, "label", "value", TONE_NORMAL);
    struct page_field *field = page_add_field(page, "key", FIELD_CODE, "label", "1");
    field->options = page_choices_new();
    page_add_choice(field->options, "1", "one", NULL);
    page_add_choice(page->choices, "a", "b", NULL);
    struct page_table *table = page_add_table(page, NULL);
    page_table_column(table, "column", 3);
    page_table_row(table, TONE_NORMAL, "cell", NULL);
    page_add_action(page, "next", "下一步", "Enter");
    page_add_task(page, "step", TASK_TODO);
    page->qr = g_new0(struct page_qr, 1);
    page->qr->payload = g_strdup("HTTP://");
    return page;
}

static struct page_field *field_of(struct page *page)
{
    return page->fields->pdata[0];
}

static void set(char **text)
{
    g_free(*text);
    *text = g_strdup("another");
}

static void title(struct page *page)
{
    set(&page->title);
}
static void message_added(struct page *page)
{
    set(&page->message);
}
static void empty_message(struct page *page)
{
    page->message = g_strdup("");
}
static void busy(struct page *page)
{
    set(&page->busy);
}
static void text_tone(struct page *page)
{
    ((struct page_text *)page->texts->pdata[0])->tone = TONE_BAD;
}
static void fact_value(struct page *page)
{
    set(&((struct page_fact *)page->facts->pdata[0])->value);
}
static void field_error(struct page *page)
{
    set(&field_of(page)->error);
}
static void field_required(struct page *page)
{
    field_of(page)->required = true;
}
static void field_option(struct page *page)
{
    set(&((struct page_choice *)field_of(page)->options->pdata[0])->label);
}
static void choice_chosen(struct page *page)
{
    ((struct page_choice *)page->choices->pdata[0])->chosen = true;
}
static void table_cell(struct page *page)
{
    const struct page_table *table = page->tables->pdata[0];
    const struct page_row *row = table->rows->pdata[0];
    set((char **)&row->cells->pdata[0]);
}
static void action_why_not(struct page *page)
{
    set(&((struct page_action *)page->actions->pdata[0])->why_not);
}
static void task_state(struct page *page)
{
    ((struct page_task_step *)page->task->pdata[0])->state = TASK_DONE;
}
static void qr_payload(struct page *page)
{
    set(&page->qr->payload);
}
static void qr_expiry(struct page *page)
{
    page->qr->expires_ms = 5;
}
static void deadline(struct page *page)
{
    page->deadline_ms = 5;
}
static void chapter(struct page *page)
{
    page->chapter = 3;
}
static void one_text_more(struct page *page)
{
    page_add_text(page, "", TONE_NORMAL);
}

static void what_is_shown_counts(void **state)
{
    (void)state;
    static void (*const changes[])(struct page * page) = {
        title,       message_added,  empty_message, busy,          text_tone,  fact_value,
        field_error, field_required, field_option,  choice_chosen, table_cell, action_why_not,
        task_state,  qr_payload,     qr_expiry,     deadline,      chapter,    one_text_more,
    };
    struct page *before = sample();
    guint64 prints[G_N_ELEMENTS(changes) + 1];
    prints[G_N_ELEMENTS(changes)] = fingerprint_page(before);
    for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
        struct page *after = sample();
        changes[i](after);
        prints[i] = fingerprint_page(after);
        page_free(after);
    }
    for (size_t i = 0; i <= G_N_ELEMENTS(changes); i++)
        for (size_t k = 0; k < i; k++)
            if (prints[i] == prints[k])
                fail_msg("changes %zu and %zu look the same", k, i);
    page_free(before);
}

static void values_are_compared_elsewhere(void **state)
{
    (void)state;
    struct page *before = sample(), *after = sample();
    set(&field_of(after)->value);
    assert_true(fingerprint_page(before) == fingerprint_page(after));
    field_of(before)->readonly = field_of(after)->readonly = true; /* these are shown as they come */
    assert_false(fingerprint_page(before) == fingerprint_page(after));
    page_free(before);
    page_free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_shown_counts),
        cmocka_unit_test(values_are_compared_elsewhere),
    };
    return cmocka_run_group_tests_name("fingerprint", tests, NULL, NULL);
}
