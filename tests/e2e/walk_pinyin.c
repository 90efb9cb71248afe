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

/* No tables: the field takes letters and hanzi as they come, and a quiet word says why. */
static void without_the_tables_fields_take_what_is_typed(void **state)
{
    static const char *const settings[] = {"input.data=/nowhere", NULL};
    struct visit visit = {.rig = *state};
    struct term *term = visit.term = rig_kiosk(visit.rig, 24, 80, settings);
    visit_start(&visit);
    term_key(term, VTERM_KEY_FUNCTION(2));
    term_wait_text(term, "考生注册", TERM_WAIT_MS);
    term_wait_text(term, "拼音暂时不能用", TERM_WAIT_MS);
    term_type(term, "wang王");
    term_wait_text(term, "wang王", TERM_WAIT_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_form_is_filled_in_pinyin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_the_tables_fields_take_what_is_typed, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("walk_pinyin", tests, NULL, NULL);
}
