/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photo, prior degree and order: every event in every state, written from domain.md 1.5, 3.4 and 8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/application.h"
#include "graduation/side_machine.h"

#include <string.h>

/* One line an event: "from>to …", in the order of the states. */
static const char *const photo_moves[] = {
    [PHOTO_UPLOADED] = "none>checking rejected>checking manual_rejected>checking",
    [PHOTO_PASSED] = "checking>accepted",
    [PHOTO_FAILED] = "checking>rejected",
    [PHOTO_TO_COUNTY] = "none>manual_requested rejected>manual_requested manual_rejected>manual_requested",
    [PHOTO_COUNTY_ACCEPTED] = "manual_requested>manual_accepted",
    [PHOTO_COUNTY_REJECTED] = "manual_requested>manual_rejected",
};

static const char *const degree_moves[] = {
    [DEGREE_CODE_SHOWN] = "none>qr_shown qr_shown>qr_shown verified>qr_shown mismatch>qr_shown not_found>qr_shown "
                          "expired>qr_shown manual_pending>qr_shown manual_refused>qr_shown",
    [DEGREE_AUTHORISED] = "qr_shown>authorised_waiting",
    [DEGREE_FITS] = "authorised_waiting>verified",
    [DEGREE_DIFFERS] = "authorised_waiting>mismatch",
    [DEGREE_NOT_THERE] = "authorised_waiting>not_found",
    [DEGREE_RAN_OUT] = "qr_shown>expired authorised_waiting>expired",
    [DEGREE_TO_COUNTY] = "mismatch>manual_pending not_found>manual_pending manual_refused>manual_pending",
    [DEGREE_COUNTY_VERIFIED] = "manual_pending>manual_verified",
    [DEGREE_COUNTY_REFUSED] = "manual_pending>manual_refused",
};

static const char *const order_moves[] = {
    [ORDER_MADE] = "none>created",
    [ORDER_SHOWN] = "created>paying",
    [ORDER_SETTLED] = "created>paid paying>paid expired>paid closed>paid",
    [ORDER_RAN_OUT] = "created>expired paying>expired",
    [ORDER_GIVEN_UP] = "created>closed paying>closed",
    [ORDER_RECEIPTED] = "paid>receipt_issued",
};

static void assert_machine(const struct side_machine *machine, const char *const *moves, int n_events)
{
    assert_int_equal(machine->events, n_events);
    for (int event = 0; event < n_events; event++) {
        g_autoptr(GString) is = g_string_new(NULL);
        for (int at = 0; machine->states[at]; at++) {
            int next = side_machine_next(machine, event, at);
            if (next >= 0)
                g_string_append_printf(is, "%s%s>%s", is->len ? " " : "", machine->states[at], machine->states[next]);
        }
        assert_string_equal(is->str, moves[event]);
    }
}

static void r19_r20_r23_photo(void **state)
{
    (void)state;
    assert_machine(&photo_machine, photo_moves, G_N_ELEMENTS(photo_moves));
}

static void r49_prior_degree(void **state)
{
    (void)state;
    assert_machine(&prior_degree_machine, degree_moves, G_N_ELEMENTS(degree_moves));
}

static void r29_r30_r33_order(void **state)
{
    (void)state;
    assert_machine(&order_machine, order_moves, G_N_ELEMENTS(order_moves));
}

static void steps_are_whole(void **state)
{
    (void)state;
    static const struct side_machine *const machines[] = {&photo_machine, &prior_degree_machine, &order_machine};
    for (size_t m = 0; m < G_N_ELEMENTS(machines); m++) {
        guint states = g_strv_length((char **)machines[m]->states);
        for (size_t i = 0; i < machines[m]->n_steps; i++) {
            const struct side_step *step = &machines[m]->steps[i];
            assert_true(step->event >= 0 && step->event < machines[m]->events);
            assert_true(step->from != 0 && step->from < 1u << states);
            assert_true(step->next >= 0 && step->next < (int)states);
            assert_non_null(step->rule);
        }
    }
}

/* An end is what is meant to be one, and everything can be reached from the first state. */
static void assert_ends(const struct side_machine *machine, int first, const char *expected)
{
    g_autoptr(GString) ends = g_string_new(NULL);
    guint32 reached = 1u << first;
    for (int round = 0; round < 32; round++)
        for (int at = 0; machine->states[at]; at++)
            for (int event = 0; event < machine->events && reached & 1u << at; event++)
                if (side_machine_next(machine, event, at) >= 0)
                    reached |= 1u << side_machine_next(machine, event, at);
    for (int at = 0; machine->states[at]; at++) {
        bool moves = false;
        for (int event = 0; event < machine->events; event++)
            moves |= side_machine_next(machine, event, at) >= 0;
        if (reached & 1u << at && !moves)
            g_string_append_printf(ends, "%s%s", ends->len ? " " : "", machine->states[at]);
        if (!(reached & 1u << at))
            g_string_append_printf(ends, "%s!%s", ends->len ? " " : "", machine->states[at]);
    }
    assert_string_equal(ends->str, expected);
}

static void nobody_is_trapped(void **state)
{
    (void)state;
    assert_ends(&photo_machine, PHOTO_NONE, "accepted manual_accepted");
    assert_ends(&prior_degree_machine, PRIOR_NONE, "!not_required manual_verified");
    assert_ends(&order_machine, ORDER_NONE, "receipt_issued");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r19_r20_r23_photo), cmocka_unit_test(r49_prior_degree),  cmocka_unit_test(r29_r30_r33_order),
        cmocka_unit_test(steps_are_whole),   cmocka_unit_test(nobody_is_trapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
