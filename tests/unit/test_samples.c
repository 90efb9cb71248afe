/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "samples.h"

static void ranks_are_of_the_sorted_values(void **state)
{
    struct samples samples;
    (void)state;
    samples_init(&samples);
    for (int i = 100; i >= 1; i--)
        samples_add(&samples, i);
    assert_true(samples_at(&samples, 0.5) == 50);
    assert_true(samples_at(&samples, 0.99) == 99);
    assert_true(samples_at(&samples, 1) == 100);
    assert_true(samples_at(&samples, 0) == 1);
    samples_clear(&samples);
}

static void one_value_is_its_own_median(void **state)
{
    struct samples samples;
    (void)state;
    samples_init(&samples);
    assert_true(isnan(samples_at(&samples, 0.5)));
    samples_add(&samples, 7.5);
    assert_true(samples_at(&samples, 0.5) == 7.5);
    assert_true(samples_at(&samples, 0.99) == 7.5);
    samples_clear(&samples);
}

static void targets_are_met_or_missed(void **state)
{
    struct samples samples;
    (void)state;
    samples_init(&samples);
    assert_string_equal(samples_verdict(&samples, "≤ 5"), "MISSED"); /* nothing was measured */
    for (int i = 1; i <= 100; i++)
        samples_add(&samples, i);
    assert_string_equal(samples_verdict(&samples, ""), "");
    assert_string_equal(samples_verdict(&samples, "the yardstick"), "");
    assert_string_equal(samples_verdict(&samples, "≤ 50"), "met");
    assert_string_equal(samples_verdict(&samples, "≤ 49.5"), "MISSED");
    assert_string_equal(samples_verdict(&samples, "median ≤ 50 (dialog), p99 ≤ 99"), "met");
    assert_string_equal(samples_verdict(&samples, "median ≤ 50, p99 ≤ 98"), "MISSED");
    assert_string_equal(samples_verdict(&samples, "median ≤ 4, p99 ≤ 100"), "MISSED");
    assert_string_equal(samples_verdict(&samples, "≥ 50"), "met");
    assert_string_equal(samples_verdict(&samples, "≥ 51"), "MISSED");
    samples_clear(&samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_of_the_sorted_values),
        cmocka_unit_test(one_value_is_its_own_median),
        cmocka_unit_test(targets_are_met_or_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
