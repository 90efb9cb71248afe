/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/candidate.h"
#include "graduation/id_number.h"

static const struct record_field *field_of(const char *name)
{
    const struct record_field *field = record_field_find(&candidate_record, name);
    assert_non_null(field);
    return field;
}

/* 25 hanzi with a middle dot and hanzi of four bytes must fit (domain.md V7). */
static void test_names_fit(void **state)
{
    (void)state;
    static const char *const good[] = {
        "王𬎆",
        "阿卜杜热合曼·买买提江",
        "阿卜杜热合曼·买买提江阿卜杜热合曼·买买提江阿卜杜",
    };
    struct candidate *candidate = record_new(&candidate_record);
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        assert_null(record_set_text(field_of("name"), candidate, good[i]));
        assert_string_equal(candidate->name, good[i]);
    }
    g_autofree char *long_name = g_strnfill(51, 'a');
    assert_string_equal(record_set_text(field_of("name"), candidate, long_name), RECORD_FAULT_LONG);
    assert_string_equal(record_set_text(field_of("name"), candidate, "王\u202e明"), RECORD_FAULT_CHARS);
    assert_string_equal(candidate->name, good[2]);
    record_free(&candidate_record, candidate);
}

static void test_sex_is_a_word(void **state)
{
    (void)state;
    struct candidate *candidate = record_new(&candidate_record);
    assert_null(record_set_text(field_of("sex"), candidate, "女"));
    assert_int_equal(candidate->sex, SEX_FEMALE);
    assert_string_equal(record_set_text(field_of("sex"), candidate, "F"), RECORD_FAULT_WORD);
    record_free(&candidate_record, candidate);
}

/* What says who it is leaves no trace in memory. */
static void test_numbers_are_wiped(void **state)
{
    (void)state;
    static const char *const secret[] = {"exam_no", "id_no", "name", "mobile", "address"};
    for (size_t i = 0; i < G_N_ELEMENTS(secret); i++)
        assert_true(field_of(secret[i])->flags & RECORD_SECRET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_fit),
        cmocka_unit_test(test_sex_is_a_word),
        cmocka_unit_test(test_numbers_are_wiped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
