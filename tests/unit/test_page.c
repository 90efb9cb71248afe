/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/page.h"

static void a_new_page_is_empty(void **state)
{
    (void)state;
    struct page *page = page_new("login", PAGE_FIELDS);
    assert_string_equal(page->name, "login");
    assert_int_equal(page->kind, PAGE_FIELDS);
    const GPtrArray *const lists[] = {page->texts,  page->fields, page->choices, page->facts,
                                      page->tables, page->task,   page->actions};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        assert_int_equal(lists[i]->len, 0);
    assert_null(page->title);
    assert_null(page->qr);
    page_free(page);
    page_free(NULL);
}

/* Adders copy: what they were given may go away at once. */
static void adders_copy_and_the_page_frees(void **state)
{
    (void)state;
    char word[] = "word";
    struct page *page = page_new("all", PAGE_REPORT);
    page_add_text(page, word, TONE_WARN);
    page_add_fact(page, word, word, TONE_GOOD);
    struct page_field *field = page_add_field(page, word, FIELD_CODE, word, NULL);
    field->options = page_choices_new();
    page_add_choice(field->options, word, word, NULL);
    page_add_choice(page->choices, word, word, word)->why_not = g_strdup(word);
    struct page_table *table = page_add_table(page, NULL);
    page_table_column(table, word, 4);
    page_table_column(table, word, 0);
    page_table_row(table, TONE_BAD, word, "2", NULL);
    page_add_action(page, word, word, NULL)->primary = true;
    page_add_task(page, word, TASK_NOW);
    page->qr = g_new0(struct page_qr, 1);
    page->qr->payload = g_strdup(word);
    word[0] = 'X';

    assert_string_equal(((struct page_text *)page->texts->pdata[0])->text, "word");
    assert_int_equal(((struct page_text *)page->texts->pdata[0])->tone, TONE_WARN);
    assert_string_equal(((struct page_fact *)page->facts->pdata[0])->value, "word");
    assert_string_equal(field->key, "word");
    assert_null(field->value);
    assert_int_equal(field->row, -1);
    assert_null(((struct page_choice *)field->options->pdata[0])->note);
    const struct page_row *row = table->rows->pdata[0];
    assert_int_equal(row->cells->len, 2);
    assert_string_equal(row->cells->pdata[1], "2");
    assert_int_equal(row->tone, TONE_BAD);
    assert_int_equal(((struct page_column *)table->columns->pdata[0])->width_cols, 4);
    assert_null(((struct page_action *)page->actions->pdata[0])->key);
    assert_int_equal(((struct page_task_step *)page->task->pdata[0])->state, TASK_NOW);
    page_free(page);
}

/* forms/ name kinds, tones and types by these words: each value has one, and they end with NULL. */
static void words_match_their_numbers(void **state)
{
    (void)state;
    assert_string_equal(page_kind_words[PAGE_NOTICE], "notice");
    assert_string_equal(page_kind_words[PAGE_CHOOSE], "choose");
    assert_string_equal(page_kind_words[PAGE_QR], "qr");
    assert_string_equal(page_kind_words[PAGE_TASK], "task");
    assert_null(page_kind_words[PAGE_KINDS]);
    assert_string_equal(page_tone_words[TONE_NORMAL], "normal");
    assert_string_equal(page_tone_words[TONE_BAD], "bad");
    assert_null(page_tone_words[TONE_BAD + 1]);
    assert_string_equal(field_type_words[FIELD_TEXT], "text");
    assert_string_equal(field_type_words[FIELD_CODE], "code");
    assert_string_equal(field_type_words[FIELD_LONG], "long");
    assert_null(field_type_words[FIELD_LONG + 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_page_is_empty),
        cmocka_unit_test(adders_copy_and_the_page_frees),
        cmocka_unit_test(words_match_their_numbers),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
