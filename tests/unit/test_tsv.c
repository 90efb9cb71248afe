/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/tsv.h"

#include "base/settings.h"

#include <glib/gstdio.h>
#include <string.h>

struct row {
    char *code, *name;
    int64_t credits;
    bool used;
    int kind;
    GPtrArray *tags, *parts;
};

static const char *const kinds[] = {"", "english", "maths", NULL};
static const struct record_field part_fields[] = {{"x", RECORD_INTEGER, 0}};
static const struct record_type part_record = {"part", sizeof(int64_t), part_fields, 1};
static const struct record_field row_fields[] = {
    {"code", RECORD_STRING, offsetof(struct row, code), RECORD_REQUIRED | RECORD_KEY, .max = 5},
    {"name", RECORD_STRING, offsetof(struct row, name)},
    {"credits", RECORD_INTEGER, offsetof(struct row, credits), .min = 0, .max = 20, .initial = "4"},
    {"used", RECORD_BOOLEAN, offsetof(struct row, used)},
    {"kind", RECORD_WORD, offsetof(struct row, kind), .words = kinds, .initial = "maths"},
    {"tags", RECORD_STRINGS, offsetof(struct row, tags), .max = 3},
    {"parts", RECORD_MANY, offsetof(struct row, parts), RECORD_REQUIRED, .type = &part_record},
};
static const struct record_type row_record = RECORD_TYPE(row, row_fields);

static char *joined(GPtrArray *faults)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < faults->len; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "\n" : "", (char *)faults->pdata[i]);
    return g_string_free(all, FALSE);
}

static GPtrArray *parse(const char *text, char **ret_said)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    GPtrArray *rows = tsv_parse_all(&row_record, text, strlen(text), "t.tsv", faults);
    *ret_said = joined(faults);
    return rows;
}

static void reads_columns_in_any_order(void **state)
{
    (void)state;
    g_autofree char *said = NULL;
    GPtrArray *rows = parse("\xEF\xBB\xBFname\tcode\tkind\tused\ttags\tcredits\r\n"
                            "英语\t00015\tenglish\t1\ta b\t7\r\n"
                            "\r\n"
                            "\t13000\t\t\t\t\r\n"
                            "末行 \t00020\tmaths\t0\tx\t0",
                            &said);
    assert_string_equal(said, "");
    assert_int_equal(rows->len, 3);
    struct row *first = rows->pdata[0], *second = rows->pdata[1], *third = rows->pdata[2];
    assert_string_equal(first->name, "英语");
    assert_string_equal(first->code, "00015");
    assert_int_equal(first->kind, 1);
    assert_true(first->used);
    assert_int_equal(first->tags->len, 2);
    assert_string_equal(first->tags->pdata[1], "b");
    assert_int_equal(first->credits, 7);
    assert_null(second->name);            /* an empty cell: absent … */
    assert_int_equal(second->credits, 4); /* … or the default … */
    assert_int_equal(second->kind, 0);    /* … but the empty word is a word */
    assert_int_equal(second->tags->len, 0);
    assert_string_equal(third->name, "末行 ");
    assert_int_equal(third->credits, 0);
    record_list_free(&row_record, rows);
}

static void a_table_may_have_no_rows(void **state)
{
    (void)state;
    static const char *const cases[] = {"code", "code\n", "code\tname\r\n\n\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = NULL;
        GPtrArray *rows = parse(cases[i], &said);
        assert_non_null(rows);
        assert_int_equal(rows->len, 0);
        record_list_free(&row_record, rows);
    }
}

static void faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"", "t.tsv:1: there is no header line"},
        {"\xEF\xBB\xBF", "t.tsv:1: there is no header line"},
        {"name\nx", "t.tsv:1: missing column \"code\""},
        {"code\tnmae\n1\tx", "t.tsv:1: unknown column \"nmae\", did you mean \"name\"?"},
        {"code\tzzzzzzz\n", "t.tsv:1: unknown column \"zzzzzzz\""},
        {"code\tcode\n", "t.tsv:1: column \"code\" stands there twice"},
        {"code\t\n", "t.tsv:1: unknown column \"\""},
        {"code\tparts\n", "t.tsv:1: unknown column \"parts\""},
        {"code\tname\n1\n", "t.tsv:2: fewer cells than the header has columns"},
        {"code\tname\n1\t2\t3\n", "t.tsv:2: more cells than the header has columns"},
        {"code\tname\n\n\tx\n", "t.tsv:3: code: must not be empty"},
        {"code\n123456\n", "t.tsv:2: code: too long (at most 5 characters)"},
        {"code\na\x1B\n", "t.tsv:2: code: forbidden characters"},
        {"code\n\xFF\n", "t.tsv:2: code: forbidden characters"},
        {"code\na\rb\n", "t.tsv:2: code: forbidden characters"},
        {"code\tcredits\n1\t21\n2\tx\n3\t3\n4\t-1\n",
         "t.tsv:2: credits: out of range (0 to 20)\nt.tsv:3: credits: not a number\n"
         "t.tsv:5: credits: out of range (0 to 20)"},
        {"code\tcredits\n\tx\n", "t.tsv:2: code: must not be empty\nt.tsv:2: credits: not a number"},
        {"code\tused\n1\tyes\n", "t.tsv:2: used: not true or false"},
        {"code\tkind\n1\tEnglish\n", "t.tsv:2: kind: unknown word (known are: , english, maths)"},
        {"code\ttags\n1\ta b c d\n", "t.tsv:2: tags: too many members (at most 3)"},
        {"code\ttags\n1\ta \x07\n", "t.tsv:2: tags: forbidden characters"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = NULL;
        assert_null(parse(cases[i].text, &said));
        assert_string_equal(said, cases[i].said);
    }
}

/* ---------------------------------------------------------------- row by row */

struct seen {
    GString *codes;
    guint stop_after;
};

static bool see(void *record, unsigned line, gpointer data)
{
    struct seen *seen = data;
    struct row *row = record;
    g_string_append_printf(seen->codes, "%s@%u ", row->code, line);
    record_free(&row_record, record);
    return --seen->stop_after > 0;
}

static void rows_come_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        guint stop_after;
        bool good;
        const char *codes;
    } cases[] = {
        {"code\na\n\nb\nc\n", 9, true, "a@2 b@4 c@5 "},
        {"code\na\nb\nc\n", 2, false, "a@2 b@3 "},
        {"code\na\ntoo-long\nc\n", 9, false, "a@2 c@4 "}, /* sound lines go on after a fault */
        {"code\nzz\n", 1, false, "zz@2 "},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = settings_faults_new();
        struct seen seen = {g_string_new(NULL), cases[i].stop_after};
        assert_int_equal(tsv_parse(&row_record, cases[i].text, strlen(cases[i].text), "t.tsv", faults, see, &seen),
                         cases[i].good);
        assert_string_equal(seen.codes->str, cases[i].codes);
        g_string_free(seen.codes, TRUE);
    }
}

/* ---------------------------------------------------------------- hostile tables */

static void reads_no_further_than_its_length(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    char *bytes = g_memdup2("code\n12", 7); /* on the heap without a final zero: the sanitizer sees the end */
    GPtrArray *rows = tsv_parse_all(&row_record, bytes, 7, "t.tsv", faults);
    assert_int_equal(rows->len, 1);
    record_list_free(&row_record, rows);
    g_free(bytes);
    assert_null(tsv_parse_all(&row_record, "code\n1\0002\n", 9, "t.tsv", faults));
    assert_string_equal(faults->pdata[0], "t.tsv:2: the line holds a zero byte");
}

static void long_lines_are_refused(void **state)
{
    (void)state;
    static const char *const parts[] = {"x", "\t", "\xFF", " ", "\r"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        for (int in_header = 0; in_header < 2; in_header++) {
            g_autoptr(GString) text = g_string_new(in_header ? "" : "code\n");
            for (int n = 0; n < 1 << 20; n++)
                g_string_append(text, parts[i]);
            g_autofree char *said = NULL;
            assert_null(parse(text->str, &said));
            g_autofree char *wanted = g_strdup_printf("t.tsv:%d: the line is longer than 65536 bytes", 2 - in_header);
            assert_string_equal(said, wanted);
        }
}

static void many_tabs_are_one_fault(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("code\n");
    for (int i = 0; i < TSV_LINE_MAX; i++)
        g_string_append_c(text, '\t');
    g_autofree char *said = NULL;
    assert_null(parse(text->str, &said));
    assert_string_equal(said, "t.tsv:2: more cells than the header has columns");
}

static void many_faults_are_summed_up(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("code\n");
    for (int i = 0; i < 5000; i++)
        g_string_append(text, "too-long\n");
    g_autofree char *said = NULL;
    assert_null(parse(text->str, &said));
    assert_true(g_str_has_suffix(said, "\nthere are more faults"));
}

static void reads_a_file(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("tsv-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "t.tsv", NULL);
    g_autoptr(GPtrArray) faults = settings_faults_new();
    assert_null(tsv_read_all(&row_record, path, faults));
    assert_int_equal(faults->len, 1);
    assert_true(g_file_set_contents(path, "code\n1\n2\n", -1, NULL));
    GPtrArray *rows = tsv_read_all(&row_record, path, faults);
    assert_non_null(rows);
    assert_int_equal(rows->len, 2);
    record_list_free(&row_record, rows);
    assert_true(g_file_set_contents(path, "code\n123456\n", -1, NULL));
    assert_null(tsv_read_all(&row_record, path, faults));
    assert_non_null(strstr(faults->pdata[1], "t.tsv:2: code: too long"));
    (void)g_unlink(path);
    (void)g_rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_columns_in_any_order),
        cmocka_unit_test(a_table_may_have_no_rows),
        cmocka_unit_test(faults_name_file_and_line),
        cmocka_unit_test(rows_come_with_their_line),
        cmocka_unit_test(reads_no_further_than_its_length),
        cmocka_unit_test(long_lines_are_refused),
        cmocka_unit_test(many_tabs_are_one_fault),
        cmocka_unit_test(many_faults_are_summed_up),
        cmocka_unit_test(reads_a_file),
    };
    return cmocka_run_group_tests_name("tsv", tests, NULL, NULL);
}
