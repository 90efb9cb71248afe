/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/id_number.h"

#include <glib.h>
#include <string.h>

#define TODAY 20261130

static void test_vectors(void **state)
{
    (void)state;
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents("tests/unit/id_vectors.tsv", &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int checked = 0;
    for (guint i = 1; lines[i] && *lines[i]; i++, checked++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], "\t", 3);
        bool valid = id_number_check(cells[0], TODAY) == ID_OK;
        if (valid != (*cells[1] == '1'))
            fail_msg("%s: %s", cells[0], cells[2]);
    }
    assert_int_equal(checked, 11);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *number;
        enum id_fault fault;
    } cases[] = {
        {NULL, ID_EMPTY},
        {"", ID_EMPTY},
        {"14010519900307001", ID_LENGTH},
        {"1401051990030700122", ID_LENGTH},
        {"142224790315123", ID_OLD},
        {"14222479031512X", ID_LENGTH},
        {"1401051990030700A2", ID_CHARACTERS},
        {"14010519900307001A", ID_CHARACTERS},
        {"X40105199003070012", ID_CHARACTERS},
        {"140105198902290015", ID_DATE}, /* no leap year */
        {"140105189912310010", ID_DATE}, /* before 1900 */
        {"140105202612010017", ID_DATE}, /* tomorrow */
        {"140105199003070011", ID_CHECK},
        {"14010519900307001X", ID_CHECK},
        {"140105199003070012", ID_OK},
        {"14010520000229006x", ID_OK},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (id_number_check(cases[i].number, TODAY) != cases[i].fault)
            fail_msg("%s: %d", cases[i].number, id_number_check(cases[i].number, TODAY));
}

static void test_today_is_the_last_day(void **state)
{
    (void)state;
    assert_int_equal(id_number_check("140105199003070012", 19900307), ID_OK);
    assert_int_equal(id_number_check("140105199003070012", 19900306), ID_DATE);
}

static void test_one_wrong_digit_is_always_found(void **state)
{
    (void)state;
    const char *good = "140105199003070012";
    for (size_t place = 0; place < strlen(good); place++)
        for (char digit = '0'; digit <= '9'; digit++) {
            g_autofree char *number = g_strdup(good);
            number[place] = digit;
            if (digit != good[place] && id_number_check(number, TODAY) == ID_OK)
                fail_msg("%s", number);
        }
}

static void test_sex_and_birth(void **state)
{
    (void)state;
    assert_int_equal(id_number_sex("140105199003070012"), SEX_MALE);
    assert_int_equal(id_number_sex("140105199003070020"), SEX_FEMALE);
    assert_int_equal(id_number_sex("142224790315123"), SEX_MALE);
    assert_int_equal(id_number_sex("14222479031512"), SEX_UNKNOWN);
    assert_int_equal(id_number_sex(NULL), SEX_UNKNOWN);
    assert_string_equal(sex_words[SEX_FEMALE], "女");
    assert_int_equal(id_number_birth("14010520000229006X"), 20000229);
    assert_int_equal(id_number_birth("142224790315123"), 19790315);
    assert_int_equal(id_number_birth("1401052000022900"), 0);
    assert_int_equal(id_number_birth(NULL), 0);
}

static void test_upgrade(void **state)
{
    (void)state;
    g_autofree char *number = id_number_upgrade("142224790315123");
    assert_string_equal(number, "142224197903151237");
    assert_int_equal(id_number_check(number, TODAY), ID_OK);
    assert_null(id_number_upgrade("142224197903151237"));
    assert_null(id_number_upgrade("14222479031512X"));
    assert_null(id_number_upgrade(NULL));
}

static void test_equal(void **state)
{
    (void)state;
    assert_true(id_number_equal("14010520000229006X", "14010520000229006x"));
    assert_true(id_number_equal("142224790315123", "142224197903151237"));
    assert_true(id_number_equal("142224197903151237", "142224790315123"));
    assert_false(id_number_equal("142224790315123", "142224790315124"));
    assert_false(id_number_equal("140105199003070012", NULL));
    assert_false(id_number_equal(NULL, NULL));
}

static void r02_either_number_logs_in(void **state)
{
    (void)state;
    assert_int_equal(account_kind("010124100001", TODAY), ACCOUNT_EXAM_NO);
    assert_int_equal(account_kind("140105199003070012", TODAY), ACCOUNT_ID);
    assert_int_equal(account_kind("140105199003070013", TODAY), ACCOUNT_INVALID);
    assert_int_equal(account_kind("01012410000", TODAY), ACCOUNT_INVALID);
    assert_int_equal(account_kind("01012410000X", TODAY), ACCOUNT_INVALID);
    assert_int_equal(account_kind("", TODAY), ACCOUNT_INVALID);
    assert_false(exam_no_valid(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_today_is_the_last_day),
        cmocka_unit_test(test_one_wrong_digit_is_always_found),
        cmocka_unit_test(test_sex_and_birth),
        cmocka_unit_test(test_upgrade),
        cmocka_unit_test(test_equal),
        cmocka_unit_test(r02_either_number_logs_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
