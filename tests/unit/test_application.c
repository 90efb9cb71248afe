/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/application.h"

#include <string.h>

/* A 专科 application with which nothing is wrong, all windows open. */
static struct application_facts good_facts(void)
{
    return (struct application_facts){
        .round = 1,
        .items = 1,
        .county_chosen = true,
        .prior_degree = PRIOR_NOT_REQUIRED,
        .photo = PHOTO_ACCEPTED,
        .substitution_complete = true,
        .apply_open = true,
        .pay_open = true,
        .handin_open = true,
    };
}

static struct application_facts bachelor_facts(enum prior_degree_state prior)
{
    struct application_facts facts = good_facts();
    facts.bachelor = true;
    facts.prior_degree = prior;
    return facts;
}

static enum actor actor_of(enum application_event event)
{
    for (size_t i = 0; i < application_transition_count; i++)
        if (application_transitions[i].event == event)
            return application_transitions[i].actor;
    fail_msg("no row for event %d", event);
    return ACTOR_SYSTEM;
}

static const char *may(enum application_event event, enum application_state state,
                       const struct application_facts *facts)
{
    return application_may(event, state, actor_of(event), facts, NULL);
}

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
    {EVENT_SUBMIT, ACTOR_CANDIDATE, "draft>submitted"},
    {EVENT_PUT_PHOTO, ACTOR_CANDIDATE, "submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_PHOTO_PHONE, ACTOR_CANDIDATE,
     "submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_PHOTO_MANUAL, ACTOR_CANDIDATE,
     "submitted= system_checking= system_approved= county_pending= county_approved="},
    {EVENT_SYSTEM_CHECK, ACTOR_SYSTEM, "submitted>system_checking"},
    {EVENT_SYSTEM_APPROVE, ACTOR_SYSTEM, "submitted>system_approved system_checking>system_approved"},
    {EVENT_SYSTEM_ROUTE, ACTOR_SYSTEM, "submitted>county_pending system_checking>county_pending"},
    {EVENT_COUNTY_APPROVE, ACTOR_COUNTY, "county_pending>county_approved"},
    {EVENT_COUNTY_REJECT, ACTOR_COUNTY, "county_pending>county_rejected"},
    {EVENT_REAPPLY, ACTOR_CANDIDATE, "county_rejected>draft"},
    {EVENT_CREATE_ORDER, ACTOR_CANDIDATE, "system_approved= county_approved="},
    {EVENT_PAID, ACTOR_SYSTEM, "system_approved>paid county_approved>paid"},
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

/* Facts under which this event's own guards hold. */
static struct application_facts willing_facts(enum application_event event)
{
    struct application_facts facts = good_facts();
    if (event == EVENT_SET_SUBSTITUTION || event == EVENT_PRIOR_DEGREE)
        facts = bachelor_facts(PRIOR_NONE);
    if (event == EVENT_PUT_PHOTO || event == EVENT_PHOTO_PHONE || event == EVENT_PHOTO_MANUAL)
        facts.photo = PHOTO_NONE;
    if (event == EVENT_LAPSE)
        facts.apply_over = facts.pay_over = facts.handin_over = true;
    return facts;
}

/* What the table does in one state: "paid>form_saved", "form_saved=" or "" when it is refused. */
static char *move_of(enum application_event event, enum actor actor, enum application_state state)
{
    struct application_facts facts = willing_facts(event);
    enum application_state next = STATES;
    const char *refused = application_may(event, state, actor, &facts, &next);
    if (refused) {
        assert_int_equal(next, STATES); /* not touched */
        return g_strdup("");
    }
    if (next == state)
        return g_strdup_printf("%s=", application_state_words[state]);
    return g_strdup_printf("%s>%s", application_state_words[state], application_state_words[next]);
}

static void test_every_event_in_every_state(void **state)
{
    (void)state;
    assert_int_equal(G_N_ELEMENTS(expected), APPLICATION_EVENTS);
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        GString *moves = g_string_new(NULL);
        assert_int_equal(expected[i].event, i);
        for (int at = 0; at < STATES; at++) {
            g_autofree char *move = move_of(expected[i].event, expected[i].actor, (enum application_state)at);
            g_string_append_printf(moves, "%s%s", *move && moves->len ? " " : "", move);
        }
        assert_string_equal(moves->str, expected[i].moves);
        g_string_free(moves, TRUE);
    }
}

static void test_only_the_right_actor(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        for (int actor = ACTOR_CANDIDATE; actor <= ACTOR_PROVINCE; actor++)
            for (int at = 0; at < STATES && actor != (int)expected[i].actor; at++) {
                struct application_facts facts = willing_facts(expected[i].event);
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
static void test_irreversible_events(void **state)
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
        struct application_facts facts = willing_facts((enum application_event)event);
        facts.round = at.round;
        if (event == EVENT_LAPSE || application_may((enum application_event)event, at.state,
                                                    actor_of((enum application_event)event), &facts, &next))
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

/* ---------------------------------------------------------------- guards */

#define REFUSES(key, event, state, change)                                                                             \
    do {                                                                                                               \
        struct application_facts facts = willing_facts(event);                                                         \
        change;                                                                                                        \
        const char *refused = may(event, state, &facts);                                                               \
        if (g_strcmp0(refused, key) != 0)                                                                              \
            fail_msg("%s: %s instead of %s", #change, refused, (const char *)key);                                     \
    } while (0)

static void test_outside_the_application_window(void **state)
{
    (void)state;
    static const enum application_event draft_events[] = {
        EVENT_SET_MAJORS,   EVENT_SET_SUBSTITUTION, EVENT_SET_ADDED_COURSES, EVENT_SET_ARCHIVE, EVENT_CLEAR_ARCHIVE,
        EVENT_PRIOR_DEGREE, EVENT_SUBMIT,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(draft_events); i++)
        REFUSES("application.apply_closed", draft_events[i], STATE_DRAFT, facts.apply_open = false);
    REFUSES("application.apply_closed", EVENT_START, STATE_NONE, facts.apply_open = false);
    REFUSES("application.apply_closed", EVENT_REAPPLY, STATE_COUNTY_REJECTED, facts.apply_open = false);
}

static void test_drafting(void **state)
{
    (void)state;
    REFUSES("application.no_major", EVENT_SET_ADDED_COURSES, STATE_DRAFT, facts.items = 0);
    REFUSES("application.no_major", EVENT_SET_SUBSTITUTION, STATE_DRAFT, facts.items = 0);
    REFUSES("application.bachelor_only", EVENT_SET_SUBSTITUTION, STATE_DRAFT, facts.bachelor = false);
    REFUSES("application.bachelor_only", EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.bachelor = false);
    REFUSES(NULL, EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.prior_degree = PRIOR_VERIFIED); /* again before submitting */
    REFUSES("prior_degree.already_verified", EVENT_PRIOR_DEGREE, STATE_DRAFT,
            facts.prior_degree = PRIOR_MANUAL_VERIFIED);
}

static void test_submitting(void **state)
{
    (void)state;
    REFUSES("application.no_major", EVENT_SUBMIT, STATE_DRAFT, facts.items = 0);
    REFUSES("application.no_county", EVENT_SUBMIT, STATE_DRAFT, facts.county_chosen = false);
    REFUSES("substitution.too_few", EVENT_SUBMIT, STATE_DRAFT, facts.substitution_complete = false);
    REFUSES("application.no_archive", EVENT_SUBMIT, STATE_DRAFT, facts.added_courses = 1);
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, (facts.added_courses = 1, facts.archive = true));
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, facts.photo = PHOTO_NONE); /* the photo comes after (R19) */
}

/* 专科 never sees chapter three, 本科 cannot skip it (domain.md 9.32). */
static void test_prior_degree_opens_the_submission(void **state)
{
    (void)state;
    static const bool opens[] = {
        [PRIOR_NOT_REQUIRED] = false,   [PRIOR_NONE] = false,           [PRIOR_QR_SHOWN] = false,
        [PRIOR_WAITING] = false,        [PRIOR_VERIFIED] = true,        [PRIOR_MISMATCH] = false,
        [PRIOR_NOT_FOUND] = false,      [PRIOR_EXPIRED] = false,        [PRIOR_MANUAL_PENDING] = true,
        [PRIOR_MANUAL_VERIFIED] = true, [PRIOR_MANUAL_REFUSED] = false,
    };
    for (size_t prior = 0; prior < G_N_ELEMENTS(opens); prior++) {
        struct application_facts facts = bachelor_facts((enum prior_degree_state)prior);
        assert_string_equal(may(EVENT_SUBMIT, STATE_DRAFT, &facts) ? "no" : "yes", opens[prior] ? "yes" : "no");
        facts.bachelor = false;
        assert_null(may(EVENT_SUBMIT, STATE_DRAFT, &facts));
    }
}

static void test_photo(void **state)
{
    (void)state;
    static const char *const answers[] = {
        [PHOTO_NONE] = NULL,
        [PHOTO_CHECKING] = "photo.checking",
        [PHOTO_ACCEPTED] = "photo.already_accepted",
        [PHOTO_REJECTED] = NULL,
        [PHOTO_MANUAL_REQUESTED] = "photo.at_county",
        [PHOTO_MANUAL_ACCEPTED] = "photo.already_accepted",
        [PHOTO_MANUAL_REJECTED] = NULL,
    };
    for (int photo = 0; photo < (int)G_N_ELEMENTS(answers); photo++) {
        REFUSES(answers[photo], EVENT_PUT_PHOTO, STATE_SUBMITTED, facts.photo = photo);
        REFUSES(answers[photo], EVENT_PHOTO_PHONE, STATE_COUNTY_APPROVED, facts.photo = photo);
        REFUSES(answers[photo], EVENT_PHOTO_MANUAL, STATE_COUNTY_PENDING, facts.photo = photo);
        struct photo record = {.state = photo};
        assert_int_equal(photo_ok(&record), photo == PHOTO_ACCEPTED || photo == PHOTO_MANUAL_ACCEPTED);
    }
    assert_false(photo_ok(NULL));
    REFUSES(NULL, EVENT_PUT_PHOTO, STATE_SUBMITTED, facts.apply_open = false); /* while one may pay */
    REFUSES("application.apply_closed", EVENT_PUT_PHOTO, STATE_SUBMITTED, facts.apply_open = facts.pay_open = false);
    REFUSES("photo.not_now", EVENT_PUT_PHOTO, STATE_DRAFT, (void)facts);
    REFUSES("photo.not_now", EVENT_PUT_PHOTO, STATE_PAID, (void)facts);
}

/* The system approves only what needs nobody's eyes (domain.md 1.8 d4). */
static void test_system_approval(void **state)
{
    (void)state;
    REFUSES("application.needs_county", EVENT_SYSTEM_APPROVE, STATE_SUBMITTED, facts.needs_county = true);
    REFUSES("application.needs_county", EVENT_SYSTEM_APPROVE, STATE_SUBMITTED, facts.added_courses = 1);
    REFUSES("application.needs_county", EVENT_SYSTEM_APPROVE, STATE_SUBMITTED,
            facts = bachelor_facts(PRIOR_MANUAL_PENDING));
    REFUSES(NULL, EVENT_SYSTEM_APPROVE, STATE_SUBMITTED, facts = bachelor_facts(PRIOR_VERIFIED));
}

static void test_one_second_chance(void **state)
{
    (void)state;
    REFUSES(NULL, EVENT_REAPPLY, STATE_COUNTY_REJECTED, facts.round = 1);
    REFUSES("application.no_second_chance", EVENT_REAPPLY, STATE_COUNTY_REJECTED, facts.round = 2);
    REFUSES("application.not_rejected", EVENT_REAPPLY, STATE_COUNTY_APPROVED, facts.round = 1); /* R27 */
}

static void test_paying(void **state)
{
    (void)state;
    REFUSES("order.photo_first", EVENT_CREATE_ORDER, STATE_SYSTEM_APPROVED, facts.photo = PHOTO_CHECKING);
    REFUSES(NULL, EVENT_CREATE_ORDER, STATE_SYSTEM_APPROVED, facts.photo = PHOTO_MANUAL_ACCEPTED);
    REFUSES("order.pay_closed", EVENT_CREATE_ORDER, STATE_COUNTY_APPROVED, facts.pay_open = false);
    REFUSES("order.already_open", EVENT_CREATE_ORDER, STATE_COUNTY_APPROVED, facts.order_live = true);
    REFUSES("order.already_paid", EVENT_CREATE_ORDER, STATE_COUNTY_APPROVED, facts.order_paid = true);
    REFUSES("order.not_approved", EVENT_CREATE_ORDER, STATE_COUNTY_PENDING, (void)facts); /* R25 */
    REFUSES(NULL, EVENT_PAID, STATE_COUNTY_APPROVED, facts.pay_open = false); /* begun in time, reported late */
}

static void test_lapsing(void **state)
{
    (void)state;
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_DRAFT, facts.apply_over = false);
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_COUNTY_APPROVED, facts.pay_over = false);
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_COUNTY_APPROVED, facts.order_live = true);
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_FORM_SAVED, facts.handin_over = false);
    REFUSES(NULL, EVENT_LAPSE, STATE_DRAFT, (facts.pay_over = facts.handin_over = false));
    REFUSES(NULL, EVENT_LAPSE, STATE_SUBMITTED, facts.handin_over = false);
    REFUSES("application.cannot_lapse", EVENT_LAPSE, STATE_HANDED_IN, (void)facts);
    REFUSES("application.handin_closed", EVENT_HAND_IN, STATE_FORM_SAVED, facts.handin_open = false);
}

static void test_refusals_name_the_state(void **state)
{
    (void)state;
    REFUSES("application.not_started", EVENT_SUBMIT, STATE_NONE, (void)facts);
    REFUSES("application.lapsed", EVENT_SUBMIT, STATE_LAPSED, (void)facts);
    REFUSES("application.lapsed", EVENT_START, STATE_LAPSED, (void)facts);
    REFUSES("application.already_submitted", EVENT_SET_MAJORS, STATE_PAID, (void)facts);
    REFUSES("application.already_started", EVENT_START, STATE_DRAFT, (void)facts);
    REFUSES("form.not_now", EVENT_SAVE_FORM, STATE_HANDED_IN, (void)facts); /* R32 */
}

static void test_windows_of_the_facts(void **state)
{
    (void)state;
    const struct batch batch = {
        .apply_from = 10, .apply_to = 20, .pay_from = 15, .pay_to = 30, .handin_from = 40, .handin_to = 50};
    struct application_facts facts = {0};
    application_facts_windows(&facts, &batch, 25);
    assert_true(!facts.apply_open && facts.apply_over);
    assert_true(facts.pay_open && !facts.pay_over);
    assert_true(!facts.handin_open && !facts.handin_over);
    application_facts_windows(&facts, &batch, 50);
    assert_true(facts.apply_over && facts.pay_over && facts.handin_over);
    assert_true(!facts.apply_open && !facts.pay_open && !facts.handin_open);
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
    struct application_facts junior = good_facts(), bachelor = bachelor_facts(PRIOR_VERIFIED), fresh = good_facts();
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

static char *checklist(struct application_facts facts)
{
    const char *keys[8];
    application_checklist_keys(&facts, keys);
    return g_strjoinv(" ", (char **)keys);
}

static void test_checklist(void **state)
{
    (void)state;
    struct application_facts added = good_facts(), everything = bachelor_facts(PRIOR_MANUAL_PENDING);
    added.added_courses = 2;
    everything.added_courses = 1;
    const struct {
        struct application_facts facts;
        const char *keys;
    } cases[] = {
        {good_facts(), "checklist.registration_form checklist.id_card checklist.changed_data"},
        {added, "checklist.registration_form checklist.id_card checklist.originals checklist.changed_data"},
        {bachelor_facts(PRIOR_VERIFIED), "checklist.registration_form checklist.id_card checklist.changed_data"},
        {everything, "checklist.registration_form checklist.id_card checklist.originals checklist.prior_degree_papers "
                     "checklist.changed_data"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *keys = checklist(cases[i].facts);
        assert_string_equal(keys, cases[i].keys);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_event_in_every_state),
        cmocka_unit_test(test_only_the_right_actor),
        cmocka_unit_test(test_rows_are_whole),
        cmocka_unit_test(test_irreversible_events),
        cmocka_unit_test(test_every_state_is_reached_and_none_is_a_trap),
        cmocka_unit_test(test_outside_the_application_window),
        cmocka_unit_test(test_drafting),
        cmocka_unit_test(test_submitting),
        cmocka_unit_test(test_prior_degree_opens_the_submission),
        cmocka_unit_test(test_photo),
        cmocka_unit_test(test_system_approval),
        cmocka_unit_test(test_one_second_chance),
        cmocka_unit_test(test_paying),
        cmocka_unit_test(test_lapsing),
        cmocka_unit_test(test_refusals_name_the_state),
        cmocka_unit_test(test_windows_of_the_facts),
        cmocka_unit_test(test_allowed),
        cmocka_unit_test(test_checklist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
