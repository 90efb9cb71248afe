/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named conditions: what holds in which state, and how words are put together. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void assert_guard(const struct session *session, const char *words, bool expected)
{
    int state = session->application ? session->application->state : STATE_NONE;
    if (guard_holds(session, words) != expected)
        fail_msg("%s: \"%s\" is %s", application_state_words[state], words, expected ? "false" : "true");
}

/* Exactly the words of `holding`, of all in `asked`, hold. */
static void assert_holding(const struct session *session, const char *asked, const char *holding)
{
    g_auto(GStrv) all = g_strsplit(asked, " ", -1);
    g_auto(GStrv) holds = g_strsplit(holding, " ", -1);
    for (char **word = all; *word; word++)
        assert_guard(session, *word, g_strv_contains((const char *const *)holds, *word));
}

/* ---------------------------------------------------------------- words */

static void words_are_joined_and_negated(void **state)
{
    struct world *world = *state;
    const struct session *session = world->rig->session;
    assert_guard(session, NULL, true);
    assert_guard(session, "under_way", false);
    assert_guard(session, "!under_way", true);
    assert_guard(session, "!under_way !paid", true);
    assert_guard(session, "!under_way paid", false);
    assert_non_null(guard_find("paid"));
    assert_null(guard_find("!paid"));
    assert_null(guard_find(""));
}

/* Before anything is known nearly nothing holds, and nothing crashes. */
static void nothing_is_known_before_the_login(void **state)
{
    static const char asked[] =
        "may_start may_quit under_way draft submitted majors_chosen no_majors several_majors judged "
        "judged_met applied_short ticked_short has_substitution wants_substitution batch_known "
        "prior_settled prior_failed prior_expired needs_prior_degree photo_given photo_wanted "
        "photo_rejected have_files listing_files rejected waiting_review payable pay_closed order_live "
        "order_over paid handed_in lapsed form_open form_saved person_ok resume_ok family_ok awards_ok "
        "print_open printed print_failed print_stoppable print_unknown offline several_items plan_here "
        "plan_groups has_added has_archive added_complete added_asked prior_checking prior_at_county "
        "prior_refused degree_tries may_degree may_degree_manual photo_at_county photo_looked_at "
        "may_photo_manual photo_open photo_tries may_reapply second_round order_paid receipt_here "
        "receipt_due papers_here joint_review joint_rejected graduated certificate_ready collected "
        "substitution_done prior_verified";
    g_auto(GStrv) words = g_strsplit(asked, " ", -1);
    struct world *world = *state;
    for (char **word = words; *word; word++) {
        assert_non_null(guard_find(*word));
        assert_guard(world->rig->session, *word, false);
    }
}

/* ---------------------------------------------------------------- the application's state */

static void by_state(void **state)
{
    static const char asked[] =
        "may_start under_way draft submitted majors_chosen photo_wanted photo_given rejected "
        "waiting_review payable pay_closed paid handed_in lapsed form_open form_saved print_open "
        "photo_open may_photo_manual may_reapply papers_here joint_review joint_rejected graduated certificate_ready "
        "collected order_paid";
    static const struct {
        enum application_state state;
        const char *holding;
    } cases[] = {
        {STATE_NONE, "may_start"},
        {STATE_DRAFT, "under_way draft"},
        {STATE_SUBMITTED, "under_way submitted majors_chosen photo_wanted waiting_review photo_open may_photo_manual"},
        {STATE_SYSTEM_CHECKING,
         "under_way submitted majors_chosen photo_wanted waiting_review photo_open may_photo_manual"},
        {STATE_SYSTEM_APPROVED, "under_way submitted majors_chosen photo_given payable"},
        {STATE_COUNTY_PENDING,
         "under_way submitted majors_chosen photo_wanted waiting_review photo_open may_photo_manual"},
        {STATE_COUNTY_APPROVED, "under_way submitted majors_chosen photo_given payable"},
        {STATE_COUNTY_REJECTED, "under_way submitted majors_chosen rejected may_reapply"},
        {STATE_PAID, "under_way submitted majors_chosen photo_given paid form_open order_paid"},
        {STATE_FORM_SAVED,
         "under_way submitted majors_chosen photo_given paid form_open form_saved print_open order_paid"},
        {STATE_HANDED_IN,
         "under_way submitted majors_chosen photo_given paid handed_in form_saved order_paid papers_here"},
        {STATE_JOINT_REVIEW,
         "under_way submitted majors_chosen photo_given paid handed_in form_saved order_paid joint_review"},
        {STATE_JOINT_REJECTED,
         "under_way submitted majors_chosen photo_given paid handed_in form_saved order_paid joint_rejected"},
        {STATE_GRADUATED,
         "under_way submitted majors_chosen photo_given paid handed_in form_saved order_paid graduated"},
        {STATE_CERTIFICATE_READY,
         "under_way submitted majors_chosen photo_given paid handed_in form_saved order_paid certificate_ready"},
        {STATE_CERTIFICATE_COLLECTED,
         "under_way submitted majors_chosen photo_given paid handed_in form_saved order_paid collected"},
        {STATE_LAPSED, "under_way submitted majors_chosen lapsed"},
    };
    struct world *world = *state;
    assert_int_equal(G_N_ELEMENTS(cases), STATES);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world_set_state(world, cases[i].state);
        srig_restart(world->rig);
        world_login(world);
        assert_holding(world->rig->session, asked, cases[i].holding);
    }
}

static void by_time(void **state)
{
    struct world *world = *state;
    world->apply_closed = world->pay_closed = true;
    world_login(world);
    assert_holding(world->rig->session, "may_start under_way", "");
    assert_true(srig_shows(world->rig, "现在不在毕业申请时间内"));
    world_set_state(world, STATE_SYSTEM_APPROVED);
    srig_restart(world->rig);
    world_login(world);
    assert_holding(world->rig->session, "payable pay_closed waiting_review", "pay_closed");
    assert_true(srig_shows(world->rig, "现在不在缴费时间内"));
}

/* ---------------------------------------------------------------- parts of it */

static void by_prior_degree(void **state)
{
    static const char asked[] =
        "prior_verified prior_settled prior_failed prior_refused prior_expired prior_waiting prior_checking "
        "prior_at_county prior_code_wanted needs_prior_degree";
    static const char *const holding[] = {
        [PRIOR_NOT_REQUIRED] = "prior_waiting",
        [PRIOR_NONE] = "prior_waiting prior_code_wanted needs_prior_degree",
        [PRIOR_QR_SHOWN] = "prior_waiting prior_code_wanted needs_prior_degree",
        [PRIOR_WAITING] = "prior_checking needs_prior_degree",
        [PRIOR_VERIFIED] = "prior_verified prior_settled needs_prior_degree",
        [PRIOR_MISMATCH] = "prior_failed needs_prior_degree",
        [PRIOR_NOT_FOUND] = "prior_failed needs_prior_degree",
        [PRIOR_EXPIRED] = "prior_expired prior_code_wanted needs_prior_degree",
        [PRIOR_MANUAL_PENDING] = "prior_settled prior_at_county needs_prior_degree",
        [PRIOR_MANUAL_VERIFIED] = "prior_verified prior_settled needs_prior_degree",
        [PRIOR_MANUAL_REFUSED] = "prior_failed prior_refused needs_prior_degree",
    };
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    for (size_t i = 0; i < G_N_ELEMENTS(holding); i++) {
        world->rig->session->application->prior_degree->state = (int)i;
        assert_holding(world->rig->session, asked, holding[i]);
    }
}

static void by_photo(void **state)
{
    static const char asked[] = "photo_given photo_rejected payable waiting_review";
    static const char *const holding[] = {
        [PHOTO_NONE] = "",
        [PHOTO_CHECKING] = "photo_given waiting_review",
        [PHOTO_ACCEPTED] = "photo_given payable",
        [PHOTO_REJECTED] = "photo_rejected",
        [PHOTO_MANUAL_REQUESTED] = "photo_given waiting_review",
        [PHOTO_MANUAL_ACCEPTED] = "photo_given payable",
        [PHOTO_MANUAL_REJECTED] = "photo_rejected",
    };
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(holding); i++) {
        world_set_state(world, STATE_SYSTEM_APPROVED);
        world->application->photo->state = (int)i;
        srig_restart(world->rig);
        world_login(world);
        assert_holding(world->rig->session, asked, holding[i]);
    }
}

static void by_order(void **state)
{
    static const char *const holding[] = {
        [ORDER_NONE] = "payable", [ORDER_CREATED] = "order_live",         [ORDER_PAYING] = "order_live",
        [ORDER_PAID] = "payable", [ORDER_EXPIRED] = "payable order_over", [ORDER_CLOSED] = "payable order_over",
    };
    struct world *world = *state;
    world_set_state(world, STATE_SYSTEM_APPROVED);
    world_login(world);
    struct order *order = record_new(&order_record);
    world->rig->session->application->order = order;
    for (size_t i = 0; i < G_N_ELEMENTS(holding); i++) {
        order->state = (int)i; /* `allowed` still says that one may be made: it is older than the order */
        assert_holding(world->rig->session, "payable order_live order_over", holding[i]);
    }
}

static void by_substitution(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    struct session *session = world->rig->session;
    assert_guard(session, "wants_substitution substitution_done has_substitution", true);
    g_ptr_array_set_size(session->application->english_substitution, 0);
    assert_guard(session, "wants_substitution !substitution_done !has_substitution", true);
    answer_choose(session, "skipped", "120402", true);
    assert_guard(session, "substitution_done", true);
    g_hash_table_remove_all(session->eligibility); /* nobody knows: nothing is asked */
    assert_guard(session, "wants_substitution", false);
}

static void by_majors(void **state)
{
    struct world *world = *state;
    world_login(world);
    struct candidate *me = world->rig->session->me;
    assert_guard(world->rig->session, "!no_majors !several_majors", true);
    g_ptr_array_add(me->majors, record_copy(&candidate_major_record, g_ptr_array_index(me->majors, 0)));
    assert_guard(world->rig->session, "several_majors", true);
    for (guint i = 0; i < me->majors->len; i++)
        record_free(&candidate_major_record, g_ptr_array_index(me->majors, i));
    g_ptr_array_set_size(me->majors, 0);
    assert_guard(world->rig->session, "no_majors", true);
}

/* ---------------------------------------------------------------- the form's parts */

static void parts_of_the_form(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    const struct session *session = world->rig->session;
    assert_holding(session, "person_ok resume_ok family_ok awards_ok", "");
    world_fill_person(world->rig);
    assert_holding(session, "person_ok resume_ok family_ok awards_ok", "person_ok");
    srig_edit(world->rig, "mobile", "1");
    assert_guard(session, "person_ok", false);
    srig_edit(world->rig, "mobile", SRIG_MOBILE);
    srig_action(world->rig, "next");
    world_fill_resume(world->rig);
    assert_guard(session, "person_ok resume_ok !family_ok", true); /* may stay empty, but must have been seen */
    srig_action(world->rig, "next");
    srig_action(world->rig, "next");
    assert_guard(session, "family_ok !awards_ok", true);
    srig_action(world->rig, "back");
    srig_edit(world->rig, "family.2.name", "王芳"); /* begun and not finished */
    assert_guard(session, "family_ok", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(words_are_joined_and_negated, walk_junior),
        WALK(nothing_is_known_before_the_login, walk_junior),
        WALK(by_state, walk_junior),
        WALK(by_time, walk_junior),
        WALK(by_prior_degree, walk_bachelor),
        WALK(by_photo, walk_junior),
        WALK(by_order, walk_junior),
        WALK(by_substitution, walk_bachelor),
        WALK(by_majors, walk_junior),
        WALK(parts_of_the_form, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
