/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"

#define DAY_S 86400

static void parse_accepts_rfc3339(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t time;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T08:00:00+08:00", 0},
        {"2026-12-01T08:00:00+08:00", 1796083200},
        {"2026-12-01t00:00:00z", 1796083200},
        {"2026-11-30T23:59:59.999Z", 1796083199},
        {"2026-11-30T18:30:00-05:30", 1796083200},
        {"2024-02-29T00:00:00Z", 1709164800},
        {"0001-01-01T00:00:00Z", -62135596800},
        {"9999-12-31T23:59:59Z", 253402300799},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t time = -1;
        assert_true(clock_parse(cases[i].text, &time));
        assert_int_equal(time, cases[i].time);
    }
}

static void parse_refuses(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026",
        "2026-12-01",
        "2026-12-01T08:00:00",       /* no zone */
        "2026-12-01T08:00+08:00",    /* no seconds */
        "2026-12-01 08:00:00+08:00", /* no T */
        "2026-12-01T08:00:00+0800",
        "2026-12-01T08:00:00+08:00 ",
        " 2026-12-01T08:00:00+08:00",
        "2026-12-01T08:00:00.Z",
        "2026-13-01T08:00:00Z",
        "2026-00-01T08:00:00Z",
        "2026-02-29T08:00:00Z",
        "2026-12-32T08:00:00Z",
        "2026-12-01T24:00:00Z",
        "2026-12-01T08:60:00Z",
        "2026-12-01T08:00:60Z",
        "2026-12-01T08:00:00+24:00",
        "2026-12-01T08:00:00+08:60",
        "0000-12-01T08:00:00Z",
        "12026-12-01T08:00:00Z",
        "-026-12-01T08:00:00Z",
        "2026-+1-01T08:00:00Z",
        "２０２６-12-01T08:00:00Z",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t time = 7;
        if (clock_parse(cases[i], &time))
            fail_msg("accepted: %s", cases[i]);
        assert_int_equal(time, 7);
    }
}

static void format_of_http_is_greenwich(void **state)
{
    (void)state;
    static const struct {
        int64_t time;
        const char *text;
    } cases[] = {
        {1796083200, "Tue, 01 Dec 2026 00:00:00 GMT"},
        {784111777, "Sun, 06 Nov 1994 08:49:37 GMT"}, /* RFC 9110, 5.6.7 */
        {1709251199, "Thu, 29 Feb 2024 23:59:59 GMT"},
        {INT64_MIN, "Mon, 01 Jan 0001 00:00:00 GMT"},
        {INT64_MAX, "Fri, 31 Dec 9999 23:59:59 GMT"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = clock_format_http(cases[i].time);
        assert_string_equal(text, cases[i].text);
    }
}

static void format_is_shanghai(void **state)
{
    (void)state;
    g_autofree char *outside = clock_format(1796083200), *brief = clock_format_short(1796083200 + 65 * 60),
                    *date = clock_format_date(1796083200 - 8 * 3600 - 1);
    assert_string_equal(outside, "2026-12-01T08:00:00+08:00");
    assert_string_equal(brief, "12月1日 09:05");
    assert_string_equal(date, "2026年11月30日");
}

/* The machine's own zone must not matter, and what is written can be read. */
static void format_and_parse_are_inverse(void **state)
{
    (void)state;
    for (int64_t time = -40 * 365 * (int64_t)DAY_S; time < 130 * 365 * (int64_t)DAY_S; time += 97 * DAY_S + 12345) {
        g_autofree char *text = clock_format(time);
        int64_t back;
        assert_true(clock_parse(text, &back));
        assert_int_equal(back, time);
    }
}

static void format_bears_any_number(void **state)
{
    (void)state;
    g_autofree char *early = clock_format(INT64_MIN), *late = clock_format(INT64_MAX);
    assert_string_equal(early, "0001-01-01T00:00:00+08:00");
    assert_string_equal(late, "9999-12-31T23:59:59+08:00");
}

static void day_changes_at_shanghai_midnight(void **state)
{
    (void)state;
    assert_int_equal(clock_day(1796083200 - 8 * 3600), 20261201);
    assert_int_equal(clock_day(1796083200 - 8 * 3600 - 1), 20261130);
}

static void day_valid(void **state)
{
    (void)state;
    static const int good[] = {19000101, 20000229, 20240229, 20261231, 21001231};
    static const int bad[] = {0,        -20240229, 18991231, 21010101, 19000229,  20230229, 20261301,
                              20260001, 20260100,  20260431, 2026121,  INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        assert_true(clock_day_valid(good[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        if (clock_day_valid(bad[i]))
            fail_msg("%d is no day", bad[i]);
}

static void day_parse(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int day;
    } cases[] = {
        {"2012-07-01", 20120701}, {"2024-02-29", 20240229}, {"2023-02-29", 0},  {"1899-12-31", 0}, {"2012-7-1", 0},
        {"2012/07/01", 0},        {"20120701", 0},          {"2012-07-01T", 0}, {"", 0},           {"2012-07-0１", 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(clock_day_parse(cases[i].text), cases[i].day);
}

static void clock_runs_from_its_start(void **state)
{
    (void)state;
    struct clock machine, other;
    clock_init(&machine, 0);
    assert_int_equal(machine.offset_s, 0);
    clock_init(&other, 1796083200);
    assert_in_range(clock_now(&other), 1796083200, 1796083200 + 60);
    assert_in_range(clock_now(&machine), g_get_real_time() / G_USEC_PER_SEC - 60,
                    g_get_real_time() / G_USEC_PER_SEC + 60);
}

static void monotonic_never_goes_back(void **state)
{
    (void)state;
    int64_t before = clock_monotonic_ms(), real = g_get_monotonic_time() / 1000;
    assert_true(real - before >= 0 && real - before < 60000);
    assert_true(clock_monotonic_ms() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_accepts_rfc3339),
        cmocka_unit_test(parse_refuses),
        cmocka_unit_test(format_of_http_is_greenwich),
        cmocka_unit_test(format_is_shanghai),
        cmocka_unit_test(format_and_parse_are_inverse),
        cmocka_unit_test(format_bears_any_number),
        cmocka_unit_test(day_changes_at_shanghai_midnight),
        cmocka_unit_test(day_valid),
        cmocka_unit_test(day_parse),
        cmocka_unit_test(clock_runs_from_its_start),
        cmocka_unit_test(monotonic_never_goes_back),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
