/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/registration_form.h"
#include "rules.h"

#include <string.h>

#define TODAY 20261130
#define BIRTH 19900307

static int set_up(void **state)
{
    struct code_tables *tables = g_new0(struct code_tables, 1);
    rules_tables(tables);
    *state = tables;
    return 0;
}

static int tear_down(void **state)
{
    code_tables_clear(*state);
    g_free(*state);
    return 0;
}

/* Sets "employer" or "resume.2.to" (rows count from 1 and are added as needed); NULL = absent. */
static void set(struct registration_form *form, const char *name, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(name, ".", 3);
    const struct record_field *field = record_field_find(&registration_form_record, parts[0]);
    void *record = form;
    assert_non_null(field);
    if (parts[1]) {
        GPtrArray *rows = G_STRUCT_MEMBER(GPtrArray *, form, field->offset);
        guint row = (guint)g_ascii_strtoull(parts[1], NULL, 10);
        while (rows->len < row)
            g_ptr_array_add(rows, record_new(field->type));
        record = g_ptr_array_index(rows, row - 1);
        field = record_field_find(field->type, parts[2]);
        assert_non_null(field);
    }
    char **place = G_STRUCT_MEMBER_P(record, field->offset);
    g_free(*place);
    *place = g_strdup(text);
}

static struct registration_form *good_form(void)
{
    static const char *const values[][2] = {
        {"ethnicity", "01"},
        {"occupation", "教师"},
        {"political_status", "13"},
        {"mobile", "13812345678"},
        {"education", "31"},
        {"health", "10"},
        {"work_since", "2012-07-01"},
        {"native_place", "山西省太原市"},
        {"employer", "无"},
        {"address", "山西省太原市小店区平阳路1号"},
        {"resume.1.from", "2002-09-01"},
        {"resume.1.to", "2005-07-01"},
        {"resume.1.where", "太原市第五中学"},
        {"resume.2.from", "2005-09-01"},
        {"resume.2.to", "2012-07-01"},
        {"resume.2.where", "太原市实验中学"},
        {"family.1.name", "王芳"},
        {"family.1.employer", "无"},
        {"family.1.position", "无"},
        {"self_evaluation", ""},
    };
    struct registration_form *form = record_new(&registration_form_record);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        set(form, values[i][0], values[i][1]);
    return form;
}

/* "field=key field=key", in the order of the form. */
static char *faults_of(const struct registration_form *form, const struct code_tables *tables, bool bachelor)
{
    const struct form_context context = {.tables = tables, .today = TODAY, .birth = BIRTH, .bachelor = bachelor};
    g_autoptr(GPtrArray) faults = registration_form_check(form, &context);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < faults->len; i++) {
        const struct form_fault *fault = g_ptr_array_index(faults, i);
        g_string_append_printf(text, "%s%s=%s", i ? " " : "", fault->field, fault->key);
    }
    return g_string_free(text, FALSE);
}

static void test_good_form(void **state)
{
    struct registration_form *form = good_form();
    g_autofree char *faults = faults_of(form, *state, true);
    assert_string_equal(faults, "");
    record_free(&registration_form_record, form);
}

static void r35_r36_r40_nothing_filled_in(void **state)
{
    struct registration_form *form = record_new(&registration_form_record);
    g_autofree char *faults = faults_of(form, *state, true);
    assert_string_equal(faults, "ethnicity=form.choose occupation=form.required political_status=form.choose "
                                "mobile=form.required education=form.choose health=form.choose "
                                "native_place=form.required employer=form.required address=form.required "
                                "resume=form.resume_empty");
    record_free(&registration_form_record, form);
}

/* One field of the good form changed, for 专科. */
static void r35_r36_each_field_is_checked(void **state)
{
    static const struct {
        const char *field, *text, *faults;
    } cases[] = {
        {"ethnicity", "57", "ethnicity=form.choose"},
        {"ethnicity", "", "ethnicity=form.choose"},
        {"occupation", "  ", "occupation=form.required"},
        {"occupation", "一二三四五六七八九十一二三四五六七八九十", ""},
        {"occupation", "一二三四五六七八九十一二三四五六七八九十一", "occupation=form.too_long"},
        {"political_status", "14", "political_status=form.choose"},
        {"mobile", "12812345678", "mobile=form.mobile"},
        {"education", "61", ""},
        {"education", "32", "education=form.choose"},
        {"health", NULL, "health=form.choose"},
        {"work_since", NULL, ""}, /* never worked (d7) */
        {"work_since", "", "work_since=form.required"},
        {"work_since", "2012-02-30", "work_since=form.date"},
        {"work_since", "2026-12-01", "work_since=form.date_future"},
        {"work_since", "1990-03-06", "work_since=form.before_birth"},
        {"native_place", "太原", "native_place=form.native_place"},
        {"employer", "", "employer=form.required"},
        {"address", "太原市", "address=form.too_short"},
        {"awards", "2021年优秀学员", ""},
        {"self_evaluation", " \n　", ""},
        {"self_evaluation", "好", "self_evaluation=form.self_evaluation_short"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct registration_form *form = good_form();
        set(form, cases[i].field, cases[i].text);
        g_autofree char *faults = faults_of(form, *state, false);
        if (strcmp(faults, cases[i].faults) != 0)
            fail_msg("%s = %s: %s", cases[i].field, cases[i].text, faults);
        record_free(&registration_form_record, form);
    }
}

/* The record holds more than the sheet: the check, not the reader, tells that it is too long. */
static void test_lengths(void **state)
{
    static const struct {
        const char *field;
        int most;
    } cases[] = {
        {"employer", 40},          {"address", 60},           {"resume.1.where", 40}, {"family.1.name", 50},
        {"family.1.employer", 40}, {"family.1.position", 20}, {"awards", 60},         {"penalties", 60},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (int over = 0; over <= 1; over++) {
            GString *text = g_string_new(NULL);
            struct registration_form *form = good_form();
            for (int n = 0; n < cases[i].most + over; n++)
                g_string_append(text, "长");
            set(form, cases[i].field, text->str);
            g_autofree char *faults = faults_of(form, *state, false);
            g_autofree char *expected = over ? g_strconcat(cases[i].field, "=form.too_long", NULL) : g_strdup("");
            assert_string_equal(faults, expected);
            record_free(&registration_form_record, form);
            g_string_free(text, TRUE);
        }
}

/* 本科 wants 专科 or more; every code of the table (domain.md 6.3). */
static void r35_education_of_bachelors(void **state)
{
    const struct code_tables *tables = *state;
    const char *enough = " 11 14 17 21 28 31 ";
    for (guint i = 0; i < tables->table[CODE_EDUCATION]->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(tables->table[CODE_EDUCATION], i);
        struct registration_form *form = good_form();
        set(form, "education", entry->code);
        g_autofree char *junior = faults_of(form, tables, false);
        g_autofree char *bachelor = faults_of(form, tables, true);
        g_autofree char *spaced = g_strdup_printf(" %s ", entry->code);
        assert_string_equal(junior, "");
        assert_string_equal(bachelor, strstr(enough, spaced) ? "" : "education=form.education_level");
        record_free(&registration_form_record, form);
    }
}

/* ---------------------------------------------------------------- rows */

static void r39_r40_rows_are_whole_and_in_order(void **state)
{
    static const struct {
        const char *changes[4][2];
        const char *faults;
    } cases[] = {
        {{{"resume.2.from", ""}, {"resume.2.to", NULL}, {"resume.2.where", " "}}, ""}, /* empty is fine */
        {{{"resume.2.to", ""}}, "resume.2.to=form.resume_incomplete"},
        {{{"resume.2.from", NULL}}, "resume.2.from=form.resume_incomplete"},
        {{{"resume.2.where", " "}}, "resume.2.where=form.resume_incomplete"},
        {{{"resume.3.where", "太原"}}, "resume.3.from=form.resume_incomplete resume.3.to=form.resume_incomplete"},
        {{{"resume.2.to", "2005-08-31"}}, "resume.2.to=form.date_order"},
        {{{"resume.2.to", "2005-09-01"}}, ""}, /* one day */
        {{{"resume.2.to", "2026-11-30"}}, ""}, /* until today */
        {{{"resume.2.to", "2026-12-01"}}, "resume.2.to=form.date_future"},
        {{{"resume.2.to", "至今"}}, "resume.2.to=form.date"},
        {{{"resume.1.from", "2003-02-29"}}, "resume.1.from=form.date"},
        {{{"resume.1.from", "1990-03-06"}}, "resume.1.from=form.before_birth"},
        {{{"resume.1.from", "1990-03-07"}}, ""},
        {{{"resume.2.from", "2002-08-31"}}, "resume.2.from=form.resume_order"},
        {{{"resume.1.from", ""}, {"resume.1.to", ""}, {"resume.1.where", ""}}, ""}, /* a gap above */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct registration_form *form = good_form();
        for (size_t c = 0; c < 4 && cases[i].changes[c][0]; c++)
            set(form, cases[i].changes[c][0], cases[i].changes[c][1]);
        g_autofree char *faults = faults_of(form, *state, false);
        if (strcmp(faults, cases[i].faults) != 0)
            fail_msg("case %zu: %s", i, faults);
        record_free(&registration_form_record, form);
    }
}

static void r39_seven_rows_at_most(void **state)
{
    struct registration_form *form = good_form();
    for (int row = 3; row <= RESUME_ROWS + 1; row++) {
        g_autofree char *from = g_strdup_printf("resume.%d.from", row);
        g_autofree char *to = g_strdup_printf("resume.%d.to", row);
        g_autofree char *where = g_strdup_printf("resume.%d.where", row);
        set(form, from, "2012-08-01");
        set(form, to, "2012-09-01");
        set(form, where, "太原");
        g_autofree char *faults = faults_of(form, *state, false);
        assert_string_equal(faults, row <= RESUME_ROWS ? "" : "resume=form.resume_too_many");
    }
    set(form, "family.7.name", "");
    g_autofree char *faults = faults_of(form, *state, false);
    assert_string_equal(faults, "resume=form.resume_too_many family=form.family_too_many");
    record_free(&registration_form_record, form);
}

static void r41_three_parts_each(void **state)
{
    struct registration_form *form = good_form();
    set(form, "family.1.position", "");
    set(form, "family.2.employer", "太原市第一医院");
    g_autofree char *partly = faults_of(form, *state, false);
    assert_string_equal(partly, "family.1.position=form.family_incomplete family.2.name=form.family_incomplete "
                                "family.2.position=form.family_incomplete");
    g_ptr_array_set_size(form->family, 2);
    set(form, "family.1.name", NULL);
    set(form, "family.1.employer", NULL);
    set(form, "family.2.employer", NULL);
    g_autofree char *none = faults_of(form, *state, false);
    assert_string_equal(none, "");
    record_free(&registration_form_record, form);
}

/* ---------------------------------------------------------------- single fields */

static void test_mobile(void **state)
{
    (void)state;
    static const char *const good[] = {"13812345678", "19912345678", "16600000000"};
    static const char *const bad[] = {"12812345678", "1381234567",  "138123456789", "23812345678",
                                      "1381234567x", "１３８12345", "+8613812345",  "138 1234567"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        assert_null(form_check_mobile(good[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_string_equal(form_check_mobile(bad[i]), "form.mobile");
    assert_string_equal(form_check_mobile(""), "form.required");
    assert_string_equal(form_check_mobile(NULL), "form.required");
}

static void r35_d8_native_place(void **state)
{
    (void)state;
    static const char *const good[] = {
        "山西省太原市",
        "山西省太原市小店区",
        "北京市",
        "上海市浦东新区",
        "内蒙古自治区兴安盟",
        "新疆维吾尔自治区喀什地区",
        "广西壮族自治区南宁市",
        "香港特别行政区",
        "内蒙古自治区兴安盟科尔沁右翼前旗",
        "贵州省黔东南苗族侗族自治州凯里市",
        "海南省文昌市",
        "重庆市云阳县",
        "台湾省",
        "海南省白沙黎族自治县",
        "湖北省神农架林区",
    };
    static const char *const bad[] = {"太原市",        "山西太原",       "山西省",  "xxx省xxx市",
                                      "山西省 太原市", "山西省太原市，", "中国山西"};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        if (form_check_native_place(good[i]))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        if (g_strcmp0(form_check_native_place(bad[i]), "form.native_place") != 0)
            fail_msg("%s", bad[i]);
    assert_string_equal(form_check_native_place(""), "form.required");
}

/* Empty, or 400 to 880 characters that are not white space (R38, R43). */
static void r38_r43_self_evaluation(void **state)
{
    (void)state;
    static const struct {
        int characters;
        const char *key;
    } cases[] = {
        {0, NULL},   {1, "form.self_evaluation_short"},  {399, "form.self_evaluation_short"}, {400, NULL},
        {880, NULL}, {881, "form.self_evaluation_long"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GString *text = g_string_new("　　\n");
        for (int n = 0; n < cases[i].characters; n++)
            g_string_append(text, n % 10 == 9 ? "。 " : "学"); /* the spaces do not count */
        const char *key = form_check_self_evaluation(text->str);
        if (g_strcmp0(key, cases[i].key) != 0)
            fail_msg("%d: %s", cases[i].characters, key);
        g_string_free(text, TRUE);
    }
    assert_null(form_check_self_evaluation(NULL));
}

static void d6_whole_dates_that_exist(void **state)
{
    (void)state;
    assert_null(form_check_date("2026-11-30", TODAY));
    assert_null(form_check_date("2000-02-29", TODAY));
    assert_string_equal(form_check_date("1900-02-29", TODAY), "form.date");
    assert_string_equal(form_check_date("2011-04-31", TODAY), "form.date");
    assert_string_equal(form_check_date("2011-4-3", TODAY), "form.date");
    assert_string_equal(form_check_date("20110403", TODAY), "form.date");
    assert_string_equal(form_check_date("2026-12-01", TODAY), "form.date_future");
    assert_string_equal(form_check_date("", TODAY), "form.required");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_form),
        cmocka_unit_test(r35_r36_r40_nothing_filled_in),
        cmocka_unit_test(r35_r36_each_field_is_checked),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(r35_education_of_bachelors),
        cmocka_unit_test(r39_r40_rows_are_whole_and_in_order),
        cmocka_unit_test(r39_seven_rows_at_most),
        cmocka_unit_test(r41_three_parts_each),
        cmocka_unit_test(test_mobile),
        cmocka_unit_test(r35_d8_native_place),
        cmocka_unit_test(r38_r43_self_evaluation),
        cmocka_unit_test(d6_whole_dates_that_exist),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
