/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 010124100008, who left off at the registration form: the whole of it typed in pinyin, key by key, on the real programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "registrant.h"
#include "visit.h"

#define SLIP_EVERY 50 /* letters; a wrong one among them is taken back */

static int set_up(void **state)
{
    *state = rig_start(&(struct rig_options){0});
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    return 0;
}

static void the_form_is_filled_in_pinyin(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100008"};
    visit.term = rig_kiosk(visit.rig, 24, 80, NULL);
    visit_start(&visit);
    visit_login(&visit);
    struct registrant registrant;
    registrant_init(&registrant, &(struct hands){.term = visit.term, .slip_every = SLIP_EVERY});
    registrant_fill(&registrant);
    registrant_check(&registrant, visit.rig);
    const struct hands *hands = &registrant.hands;
    print_message("%" G_GINT64_FORMAT " characters, %d keys: %.2f a character; %d slips, %d words typed again\n",
                  registrant.characters, hands->keys, (double)hands->keys / (double)registrant.characters, hands->slips,
                  hands->wrong);
    assert_true(hands->slips > 0);
    registrant_clear(&registrant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_form_is_filled_in_pinyin, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("walk_pinyin", tests, NULL, NULL);
}
