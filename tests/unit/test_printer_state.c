/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/printer_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_reasons(void **state)
{
    static const struct {
        const char *reason;
        enum print_state state;
    } cases[] = {
        {"media-empty-warning", PRINTING_NO_PAPER},
        {"media-empty", PRINTING_NO_PAPER},
        {"media-needed-error", PRINTING_NO_PAPER},
        {"input-tray-missing-report", PRINTING_NO_PAPER},
        {"media-jam-error", PRINTING_JAM},
        {"cover-open-warning", PRINTING_COVER_OPEN},
        {"door-open-error", PRINTING_COVER_OPEN},
        {"toner-empty-error", PRINTING_NO_TONER},
        {"marker-supply-empty-warning", PRINTING_NO_TONER},
        {"paused", PRINTING_PAUSED},
        {"timed-out-error", PRINTING_OFFLINE},
        {"none", PRINTING_RUNNING},
        {"media-low-warning", PRINTING_RUNNING}, /* it still prints */
        {"toner-low-report", PRINTING_RUNNING},
        {"media-empty-ish", PRINTING_RUNNING},
        {"", PRINTING_RUNNING},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_string_equal(print_state_words[printer_state_of_reason(cases[i].reason)],
                            print_state_words[cases[i].state]);
}

static void test_messages(void **state)
{
    static const struct {
        const char *message;
        enum print_state state;
    } cases[] = {
        {"", PRINTING_CONNECTING},
        {"Connecting to printer.", PRINTING_CONNECTING},
        {"Connected to printer.", PRINTING_RUNNING},
        {"Printing.", PRINTING_RUNNING},
        {"The printer may not exist or is unavailable at this time.", PRINTING_OFFLINE},
        {"The printer is not responding.", PRINTING_OFFLINE},
        {"The printer is in use.", PRINTING_BUSY},
        {"something new", PRINTING_RUNNING}, /* in doubt it has taken something */
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_string_equal(print_state_words[printer_state_of_message(cases[i].message)],
                            print_state_words[cases[i].state]);
    assert_true(printer_state_is_unprintable("Printer cannot print with supplied options."));
    assert_false(printer_state_is_unprintable("Printing."));
}

static void test_worst_is_told(void **state)
{
    (void)state;
    assert_int_equal(printer_state_worse(PRINTING_NO_PAPER, PRINTING_JAM), PRINTING_JAM);
    assert_int_equal(printer_state_worse(PRINTING_RUNNING, PRINTING_NO_PAPER), PRINTING_NO_PAPER);
    for (int i = 0; print_state_words[i]; i++) /* every state has its place */
        assert_int_equal(printer_state_worse((enum print_state)i, PRINTING_RUNNING), i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_worst_is_told),
    };
    return cmocka_run_group_tests_name("printer_state", tests, NULL, NULL);
}
