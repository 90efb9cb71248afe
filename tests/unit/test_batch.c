/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "graduation/batch.h"

static struct batch *batch_of_2025(void)
{
    static const char *const times[][2] = {
        {"apply_from", "2025-12-01T08:00:00+08:00"},  {"apply_to", "2025-12-09T18:00:00+08:00"},
        {"pay_from", "2025-12-02T08:00:00+08:00"},    {"pay_to", "2025-12-10T18:00:00+08:00"},
        {"handin_from", "2025-12-03T08:00:00+08:00"}, {"handin_to", "2025-12-15T18:00:00+08:00"},
    };
    struct batch *batch = record_new(&batch_record);
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
        assert_null(record_set_text(record_field_find(&batch_record, times[i][0]), batch, times[i][1]));
    return batch;
}

static int64_t at(const char *text)
{
    int64_t time;
    assert_true(clock_parse(text, &time));
    return time;
}

/* 18:00 means that 17:59:59 is in (domain.md 9.21). */
static void test_windows(void **state)
{
    (void)state;
    static const struct {
        enum window window;
        const char *time;
        bool open, over;
    } cases[] = {
        {WINDOW_APPLY, "2025-12-01T07:59:59+08:00", false, false},
        {WINDOW_APPLY, "2025-12-01T08:00:00+08:00", true, false},
        {WINDOW_APPLY, "2025-12-01T00:00:00Z", true, false},
        {WINDOW_APPLY, "2025-12-09T17:59:59+08:00", true, false},
        {WINDOW_APPLY, "2025-12-09T18:00:00+08:00", false, true},
        {WINDOW_PAY, "2025-12-01T08:00:00+08:00", false, false},
        {WINDOW_PAY, "2025-12-09T18:00:00+08:00", true, false},
        {WINDOW_PAY, "2025-12-10T18:00:00+08:00", false, true},
        {WINDOW_HANDIN, "2025-12-02T23:00:00+08:00", false, false},
        {WINDOW_HANDIN, "2025-12-15T17:59:59+08:00", true, false},
        {WINDOW_HANDIN, "2025-12-15T18:00:00+08:00", false, true},
    };
    struct batch *batch = batch_of_2025();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_int_equal(batch_open(batch, cases[i].window, at(cases[i].time)), cases[i].open);
        assert_int_equal(batch_over(batch, cases[i].window, at(cases[i].time)), cases[i].over);
    }
    record_free(&batch_record, batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_windows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
