/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/document.h"

#include <string.h>

#include "base/text.h"

static struct document document;
static struct page *page;

static int setup(void **state)
{
    (void)state;
    document_init(&document);
    document_reset(&document, 40);
    page = page_new("p", PAGE_REPORT);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    document_clear(&document);
    page_free(page);
    return 0;
}

/* "line:x text" of each span, "-" for a rule; nothing may reach beyond the width. */
static char *dump(void)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < document.spans->len; i++) {
        const struct span *span = &g_array_index(document.spans, struct span, i);
        assert_true(span->line < document.lines);
        assert_true(span->x >= 0 && span->x + span->cols <= document.cols);
        assert_true(!span->text || text_cols(span->text) <= span->cols);
        g_string_append_printf(all, "%d:%d %s; ", span->line, span->x, span->text ? span->text : "-");
    }
    return g_string_free(all, FALSE);
}

static void texts_wrap_and_gaps_do_not_pile_up(void **state)
{
    (void)state;
    document_gap(&document); /* none at the top */
    document_text(&document, 0, 10, ROLE_BODY, "一二三四五六\n七");
    document_gap(&document);
    document_gap(&document);
    document_text(&document, 0, 10, ROLE_BODY, "八");
    g_autofree char *all = dump();
    assert_string_equal(all, "0:0 一二三四五; 1:0 六; 2:0 七; 4:0 八; ");
    assert_int_equal(document.lines, 5);
}

static void a_gap_follows_what_others_paint(void **state)
{
    (void)state;
    document_use(&document, document_line(&document));
    document_gap(&document);
    assert_int_equal(document.lines, 2);
}

static void a_centred_block_stands_in_the_middle(void **state)
{
    (void)state;
    document_centred(&document, ROLE_BODY, "一二三四五");
    g_autofree char *all = dump();
    assert_string_equal(all, "0:15 一二三四五; ");
}

static void short_facts_stand_in_pairs(void **state)
{
    (void)state;
    page_add_fact(page, "姓名", "张三", TONE_NORMAL);
    page_add_fact(page, "性别", "男", TONE_NORMAL);
    page_add_fact(page, "地址", "太原市小店区坞城路92号", TONE_NORMAL);
    page_add_fact(page, "电话", "138", TONE_NORMAL);
    document_facts(&document, 0, 40, page->facts, true);
    g_autofree char *all = dump();
    assert_string_equal(all, "0:0 姓名; 0:7 张三; 0:20 性别; 0:27 男; 1:0 地址; 1:7 太原市小店区坞城路92号; 2:0 电话; "
                             "2:7 138; ");
}

static void a_long_fact_wraps_beside_its_label(void **state)
{
    (void)state;
    page_add_fact(page, "地址", "山西省太原市小店区坞城路九十二号山西大学家属院", TONE_NORMAL);
    document_facts(&document, 0, 40, page->facts, false);
    g_autofree char *all = dump();
    assert_string_equal(all, "0:0 地址; 0:7 山西省太原市小店区坞城路九十二号; 1:7 山西大学家属院; ");
}

static void the_free_column_takes_what_it_needs(void **state)
{
    (void)state;
    struct page_table *table = page_add_table(page, "课程");
    page_table_column(table, "代码", 6);
    page_table_column(table, "名称", 0);
    page_table_column(table, "学分", 4);
    page_table_row(table, TONE_NORMAL, "00034", "社会学概论", "6", NULL);
    document_table(&document, table);
    g_autofree char *all = dump();
    assert_string_equal(all, "0:0 课程; 1:0 代码; 1:8 名称; 1:24 学分; 2:0 -; 3:0 00034; 3:8 社会学概论; 3:24 6; ");
}

static void cells_wrap_and_the_row_grows(void **state)
{
    (void)state;
    struct page_table *table = page_add_table(page, NULL);
    page_table_column(table, "", 2);
    page_table_column(table, "", 0);
    page_table_row(table, TONE_NORMAL, "□", "毕业生登记表一式两份，须本人签名，并加盖所在单位公章，不得涂改", NULL);
    page_table_row(table, TONE_NORMAL, "□", "身份证", NULL);
    document_table(&document, table);
    g_autofree char *all = dump();
    assert_non_null(strstr(all, "1:0 □; 1:3 毕业生登记表一式两份，须本人签名，并;"));
    assert_non_null(strstr(all, "2:3 加盖所在单位公章，不得涂改"));
    assert_non_null(strstr(all, "3:0 □; 3:3 身份证"));
}

static void too_wide_tables_shrink(void **state)
{
    (void)state;
    struct page_table *table = page_add_table(page, NULL);
    page_table_column(table, "甲", 30);
    page_table_column(table, "乙", 30);
    page_table_column(table, "丙", 10);
    page_table_row(table, TONE_NORMAL, "a", "b", "c", "too many", NULL);
    page_table_row(table, TONE_NORMAL, "only one", NULL);
    document_table(&document, table);
    g_autofree char *all = dump(); /* checks the width */
    assert_null(strstr(all, "too many"));
    assert_non_null(strstr(all, "only one"));
}

static void shifting_moves_everything(void **state)
{
    (void)state;
    document_text(&document, 0, 10, ROLE_BODY, "一");
    document_shift(&document, 3);
    document_gap(&document);
    document_text(&document, 0, 10, ROLE_BODY, "二");
    g_autofree char *all = dump();
    assert_string_equal(all, "3:0 一; 5:0 二; ");
}

static void squeezing_takes_only_what_is_empty(void **state)
{
    (void)state;
    document_text(&document, 0, 10, ROLE_BODY, "一\n二");
    document_gap(&document);
    document_text(&document, 0, 10, ROLE_BODY, "三");
    document_rule(&document, 0, 10);
    document_squeeze(&document);
    g_autofree char *all = dump();
    assert_string_equal(all, "0:0 一; 1:0 二; 2:0 三; 3:0 -; ");
    assert_int_equal(document.lines, 4);
    document_gap(&document);
    document_text(&document, 0, 10, ROLE_BODY, "四");
    assert_int_equal(document.lines, 6);
}

static void note_text(int y, int cols, enum role role, const char *text, gpointer data)
{
    g_string_append_printf(data, "%d:%d %s%s; ", y, cols, role == ROLE_WARN ? "!" : "", text);
}

/* Without a terminal a canvas tells what it is given; of what cannot be scrolled also the lines that have no place. */
static void what_has_no_place_is_told(void **state)
{
    (void)state;
    g_autoptr(GString) told = g_string_new(NULL);
    struct canvas canvas = {.rows = 24, .cols = 80, .watch = note_text, .watch_data = told};
    struct rect area = {5, 2, 2, 40};
    document_text(&document, 0, 10, ROLE_WARN, "一\n二\n三");
    document_paint(&document, &canvas, &area, 0);
    assert_string_equal(told->str, "5:10 !一; 6:10 !二; ");
    g_string_truncate(told, 0);
    document_paint_fixed(&document, &canvas, &area);
    assert_string_equal(told->str, "5:10 !一; 6:10 !二; 7:0 !三; ");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(texts_wrap_and_gaps_do_not_pile_up),
        TEST(a_gap_follows_what_others_paint),
        TEST(a_centred_block_stands_in_the_middle),
        TEST(short_facts_stand_in_pairs),
        TEST(a_long_fact_wraps_beside_its_label),
        TEST(the_free_column_takes_what_it_needs),
        TEST(cells_wrap_and_the_row_grows),
        TEST(too_wide_tables_shrink),
        TEST(shifting_moves_everything),
        TEST(squeezing_takes_only_what_is_empty),
        TEST(what_has_no_place_is_told),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
