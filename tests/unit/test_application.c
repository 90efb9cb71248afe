/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/application.h"
#include "graduation/messages.h"
#include "graduation/side_machine.h"
#include "facts.h"
#include "rules.h"

#include <string.h>

/* ---------------------------------------------------------------- the table against domain.md 1.6 */

/* Written from the document, one line an event: from → to. "=" stays. */
static const struct {
    enum application_event event;
    enum actor actor;
    const char *moves;
} expected[] = {
    {EVENT_START, ACTOR_CANDIDATE, "none>draft"},
    {EVENT_SET_MAJORS, ACTOR_CANDIDATE, "draft="},
    {EVENT_SET_SUBSTITUTION, ACTOR_CANDIDATE, "draft="},
    {EVENT_SET_ADDED_COURSES, ACTOR_CANDIDATE, "draft="},
    {EVENT_SET_ARCHIVE, ACTOR_CANDIDATE, "draft="},
    {EVENT_CLEAR_ARCHIVE, ACTOR_CANDIDATE, "draft="},
    {EVENT_PRIOR_DEGREE, ACTOR_CANDIDATE, "draft="},
    {EVENT_PRIOR_DEGREE_MANUAL, ACTOR_CANDIDATE, "draft="},
    {EVENT_PRIOR_DEGREE_DECIDE, ACTOR_COUNTY, "draft= submitted= system_checking= county_pending="},
    {EVENT_SUBMIT, ACTOR_CANDIDATE, "draft>submitted"},
    {EVENT_PUT_PHOTO, ACTOR_CANDIDATE, "submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_PHOTO_PHONE, ACTOR_CANDIDATE,
     "submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_PHOTO_MANUAL, ACTOR_CANDIDATE,
     "submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_PHOTO_DECIDE, ACTOR_COUNTY,
     "draft= submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_SYSTEM_CHECK, ACTOR_SYSTEM, "submitted>system_checking"},
    {EVENT_SYSTEM_APPROVE, ACTOR_SYSTEM, "submitted>system_approved system_checking>system_approved"},
    {EVENT_SYSTEM_ROUTE, ACTOR_SYSTEM, "submitted>county_pending system_checking>county_pending"},
    {EVENT_COUNTY_APPROVE_ITEM, ACTOR_COUNTY, "county_pending="},
    {EVENT_COUNTY_APPROVE, ACTOR_COUNTY, "county_pending>county_approved"},
    {EVENT_COUNTY_REJECT, ACTOR_COUNTY, "county_pending>county_rejected"},
    {EVENT_REAPPLY, ACTOR_CANDIDATE, "county_rejected>draft"},
    {EVENT_CREATE_ORDER, ACTOR_CANDIDATE, "system_approved= county_approved="},
    {EVENT_PAID, ACTOR_SYSTEM, "system_approved>paid county_approved>paid"},
    {EVENT_RECEIPT, ACTOR_SYSTEM,
     "paid= form_saved= handed_in= joint_review= joint_rejected= graduated= certificate_ready= "
     "certificate_collected= lapsed="},
    {EVENT_SAVE_FORM, ACTOR_CANDIDATE, "paid>form_saved form_saved="},
    {EVENT_RECORD_PRINT, ACTOR_CANDIDATE, "form_saved="},
    {EVENT_HAND_IN, ACTOR_COUNTY, "form_saved>handed_in"},
    {EVENT_JOINT_START, ACTOR_PROVINCE, "handed_in>joint_review"},
    {EVENT_JOINT_PASS, ACTOR_PROVINCE, "joint_review>graduated"},
    {EVENT_JOINT_REJECT, ACTOR_PROVINCE, "joint_review>joint_rejected"},
    {EVENT_CERTIFICATE_READY, ACTOR_PROVINCE, "graduated>certificate_ready"},
    {EVENT_CERTIFICATE_COLLECT, ACTOR_COUNTY, "certificate_ready>certificate_collected"},
    {EVENT_LAPSE, ACTOR_SYSTEM,
     "draft>lapsed submitted>lapsed system_checking>lapsed system_approved>lapsed county_pending>lapsed "
     "county_approved>lapsed county_rejected>lapsed paid>lapsed form_saved>lapsed"},
};

/* What the table does in one state: "paid>form_saved", "form_saved=" or "" when it is refused. */
static char *move_of(enum application_event event, enum actor actor, enum application_state state,
                     const struct policy *policy)
{
    struct application_facts facts = facts_willing(event);
    enum application_state next = STATES;
    facts.policy = policy;
    const char *refused = application_may(event, state, actor, &facts, &next);
    if (refused) {
        assert_int_equal(next, STATES); /* not touched */
        return g_strdup("");
    }
    if (next == state)
        return g_strdup_printf("%s=", application_state_words[state]);
    return g_strdup_printf("%s>%s", application_state_words[state], application_state_words[next]);
}

static void assert_moves(enum application_event event, enum actor actor, const struct policy *policy,
                         const char *expected_moves)
{
    g_autoptr(GString) moves = g_string_new(NULL);
    for (int at = 0; at < STATES; at++) {
        g_autofree char *move = move_of(event, actor, (enum application_state)at, policy);
        g_string_append_printf(moves, "%s%s", *move && moves->len ? " " : "", move);
    }
    assert_string_equal(moves->str, expected_moves);
}

static void test_every_event_in_every_state(void **state)
{
    (void)state;
    assert_int_equal(G_N_ELEMENTS(expected), APPLICATION_EVENTS);
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        assert_int_equal(expected[i].event, i);
        assert_moves(expected[i].event, expected[i].actor, NULL, expected[i].moves);
    }
}

/* The other readings (policy.h) change one thing each. */
static const char *moves_under(const struct policy *policy, enum application_event event)
{
    bool photo = event == EVENT_PUT_PHOTO || event == EVENT_PHOTO_PHONE || event == EVENT_PHOTO_MANUAL;
    if (photo && policy->photo_before_submit)
        return "draft= submitted= system_checking= system_approved= county_pending= county_approved=";
    if (event == EVENT_SAVE_FORM && policy->form_final_when_saved)
        return "paid>form_saved";
    if (event == EVENT_SYSTEM_APPROVE && !policy->system_review)
        return "";
    return expected[event].moves;
}

static void d2_d3_d4_every_event_under_every_policy(void **state)
{
    (void)state;
    for (int bits = 0; bits < 8; bits++) {
        struct policy policy = policy_default;
        policy.photo_before_submit = bits & 1;
        policy.form_final_when_saved = bits & 2;
        policy.system_review = !(bits & 4);
        for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
            assert_moves(expected[i].event, expected[i].actor, &policy, moves_under(&policy, expected[i].event));
    }
}

/* e1 and e2 are the login and the prejudge, outside of an application; all others stand in a table. */
static void every_event_of_the_document_is_in_a_table(void **state)
{
    (void)state;
    const struct side_machine *const machines[] = {&photo_machine, &prior_degree_machine, &order_machine};
    g_autoptr(GString) rules = g_string_new(" ");
    for (size_t i = 0; i < application_transition_count; i++)
        g_string_append_printf(rules, "%s, ", application_transitions[i].rule);
    for (size_t m = 0; m < G_N_ELEMENTS(machines); m++)
        for (size_t i = 0; i < machines[m]->n_steps; i++)
            g_string_append_printf(rules, "%s, ", machines[m]->steps[i].rule);
    for (int e = 3; e <= 30; e++) {
        g_autofree char *word = g_strdup_printf(" e%d, ", e);
        if (!strstr(rules->str, word))
            fail_msg("no row for%s", word);
    }
}

static void test_only_the_right_actor(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        for (int actor = ACTOR_CANDIDATE; actor <= ACTOR_PROVINCE; actor++)
            for (int at = 0; at < STATES && actor != (int)expected[i].actor; at++) {
                struct application_facts facts = facts_willing(expected[i].event);
                assert_string_equal(
                    application_may(expected[i].event, (enum application_state)at, (enum actor)actor, &facts, NULL),
                    "application.not_yours");
            }
}

static void test_rows_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < application_transition_count; i++) {
        const struct application_transition *row = &application_transitions[i];
        assert_true(row->from != 0 && row->from < 1u << STATES);
        assert_true(row->next >= -1 && row->next < STATES);
        assert_non_null(row->refused);
        assert_non_null(row->rule);
    }
}

/* What the province calls irreversible (domain.md 1.6): nothing leads back to before it, but for the second chance. */
static void r17_r27_irreversible_events(void **state)
{
    (void)state;
    static const enum application_event final[] = {
        EVENT_SUBMIT,     EVENT_SYSTEM_APPROVE, EVENT_COUNTY_APPROVE,      EVENT_REAPPLY, EVENT_PAID, EVENT_HAND_IN,
        EVENT_JOINT_PASS, EVENT_JOINT_REJECT,   EVENT_CERTIFICATE_COLLECT, EVENT_LAPSE,
    };
    for (size_t i = 0; i < application_transition_count; i++) {
        bool is_final = false;
        for (size_t f = 0; f < G_N_ELEMENTS(final); f++)
            is_final |= final[f] == application_transitions[i].event;
        assert_int_equal(application_transitions[i].irreversible, is_final);
    }
}

/* ---------------------------------------------------------------- walking the graph */

struct place {
    enum application_state state;
    int64_t round;
    int submissions;
};

static bool is_end(enum application_state state, int64_t round)
{
    return state == STATE_JOINT_REJECTED || state == STATE_CERTIFICATE_COLLECTED || state == STATE_LAPSED ||
           (state == STATE_COUNTY_REJECTED && round == 2);
}

/* All that can follow one place, whoever acts; facts are such that every guard holds but the one of the round. */
static void walk(struct place at, bool *reached)
{
    bool moved = false;
    reached[at.state] = true;
    assert_true(at.submissions <= 2); /* R17, R26 */
    for (int event = 0; event < APPLICATION_EVENTS; event++) {
        enum application_state next = at.state;
        struct application_facts facts = facts_willing((enum application_event)event);
        facts.round = at.round;
        if (event == EVENT_LAPSE || application_may((enum application_event)event, at.state,
                                                    facts_actor((enum application_event)event), &facts, &next))
            continue;
        if (next == at.state)
            continue;
        moved = true;
        walk((struct place){next, at.round + (event == EVENT_REAPPLY), at.submissions + (event == EVENT_SUBMIT)},
             reached);
    }
    assert_int_equal(moved, !is_end(at.state, at.round)); /* neither a dead end nor a way out of an end */
}

static void test_every_state_is_reached_and_none_is_a_trap(void **state)
{
    (void)state;
    bool reached[STATES] = {false};
    walk((struct place){STATE_NONE, 1, 0}, reached);
    for (int at = 0; at < STATES; at++)
        assert_int_equal(reached[at], at != STATE_LAPSED);
}

/* ---------------------------------------------------------------- what people are shown */

static char *allowed_in(enum application_state state, const struct application_facts *facts)
{
    g_autoptr(GPtrArray) allowed = application_allowed(state, facts);
    g_ptr_array_add(allowed, NULL);
    return g_strjoinv(" ", (char **)allowed->pdata);
}

static void test_allowed(void **state)
{
    (void)state;
    struct application_facts junior = facts_good(), bachelor = facts_bachelor(PRIOR_VERIFIED), fresh = facts_good();
    fresh.photo = PHOTO_NONE;
    const struct {
        enum application_state state;
        const struct application_facts *facts;
        const char *words;
    } cases[] = {
        {STATE_NONE, &junior, "start"},
        {STATE_DRAFT, &junior, "majors added_courses archive clear_archive submit"},
        {STATE_DRAFT, &bachelor, "majors english_substitution added_courses archive clear_archive prior_degree submit"},
        {STATE_SUBMITTED, &fresh, "photo photo_phone photo_manual"},
        {STATE_COUNTY_PENDING, &junior, ""},
        {STATE_COUNTY_REJECTED, &junior, "reapply"},
        {STATE_SYSTEM_APPROVED, &junior, "order"},
        {STATE_PAID, &junior, "registration_form"},
        {STATE_FORM_SAVED, &junior, "registration_form prints"},
        {STATE_HANDED_IN, &junior, ""},
        {STATE_CERTIFICATE_COLLECTED, &junior, ""},
        {STATE_LAPSED, &junior, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words = allowed_in(cases[i].state, cases[i].facts);
        assert_string_equal(words, cases[i].words);
    }
}

/* Any facts at all: what is allowed is the candidate's to do, and every refusal has a sentence of its own. */
static struct application_facts random_facts(GRand *dice, const struct policy *policy)
{
    struct application_facts facts = {
        .round = g_rand_int_range(dice, 1, 3),
        .items = g_rand_int_range(dice, 0, 3),
        .prior_degree = g_rand_int_range(dice, 0, PRIOR_MANUAL_REFUSED + 1),
        .photo = g_rand_int_range(dice, 0, PHOTO_MANUAL_REJECTED + 1),
        .added_courses = g_rand_int_range(dice, 0, 2),
        .items_pending = g_rand_int_range(dice, 0, 2),
        .prior_degree_failures = g_rand_int_range(dice, 0, 5),
        .photo_failures = g_rand_int_range(dice, 0, 5),
        .policy = policy,
    };
    bool *const flags[] = {
        &facts.bachelor,   &facts.county_chosen, &facts.substitution_complete, &facts.archive,    &facts.order_live,
        &facts.order_paid, &facts.needs_county,  &facts.receipt_due,           &facts.pay_open,   &facts.handin_open,
        &facts.apply_over, &facts.pay_over,      &facts.handin_over,           &facts.apply_open,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        *flags[i] = g_rand_int_range(dice, 0, 4) > 0;
    return facts;
}

static void every_refusal_has_a_sentence(void **state)
{
    (void)state;
    struct messages *messages = rules_messages();
    g_autoptr(GRand) dice = g_rand_new_with_seed(30);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (int round = 0; round < 60000; round++) {
        struct policy policy = policy_default;
        policy.photo_before_submit = g_rand_boolean(dice);
        policy.form_final_when_saved = g_rand_boolean(dice);
        policy.system_review = g_rand_boolean(dice);
        struct application_facts facts = random_facts(dice, &policy);
        enum application_event event = (enum application_event)g_rand_int_range(dice, 0, APPLICATION_EVENTS);
        const char *refused = application_may(event, (enum application_state)g_rand_int_range(dice, 0, STATES),
                                              (enum actor)g_rand_int_range(dice, 0, ACTOR_PROVINCE + 1), &facts, NULL);
        if (refused && g_hash_table_add(seen, (gpointer)refused) && message_text(refused, messages) == refused)
            fail_msg("no sentence %s", refused);
    }
    for (size_t i = 0; i < application_transition_count; i++)
        assert_ptr_not_equal(message_text(application_transitions[i].refused, messages),
                             application_transitions[i].refused);
    assert_true(g_hash_table_size(seen) > 45); /* nearly all there are */
    record_free(&messages_record, messages);
}

static void only_the_candidates_events_are_allowed(void **state)
{
    (void)state;
    g_autoptr(GRand) dice = g_rand_new_with_seed(31);
    for (int round = 0; round < 5000; round++) {
        struct application_facts facts = random_facts(dice, &policy_default);
        enum application_state at = (enum application_state)g_rand_int_range(dice, 0, STATES);
        g_autoptr(GPtrArray) allowed = application_allowed(at, &facts);
        for (guint i = 0; i < allowed->len; i++) {
            int event = 0;
            while (strcmp(application_event_words[event], g_ptr_array_index(allowed, i)) != 0)
                event++;
            assert_int_equal(expected[event].actor, ACTOR_CANDIDATE);
            assert_null(application_may((enum application_event)event, at, ACTOR_CANDIDATE, &facts, NULL));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_event_in_every_state),
        cmocka_unit_test(d2_d3_d4_every_event_under_every_policy),
        cmocka_unit_test(every_event_of_the_document_is_in_a_table),
        cmocka_unit_test(every_refusal_has_a_sentence),
        cmocka_unit_test(only_the_candidates_events_are_allowed),
        cmocka_unit_test(test_only_the_right_actor),
        cmocka_unit_test(test_rows_are_whole),
        cmocka_unit_test(r17_r27_irreversible_events),
        cmocka_unit_test(test_every_state_is_reached_and_none_is_a_trap),
        cmocka_unit_test(test_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
