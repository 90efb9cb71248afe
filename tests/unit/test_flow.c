/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person stands, and how they get there from anywhere. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

/* ---------------------------------------------------------------- resume */

static void at_the_right_screen_in_every_state(void **state)
{
    static const struct {
        enum application_state state;
        const char *screen;
    } cases[] = {
        {STATE_NONE, "home"},
        {STATE_DRAFT, "majors"},
        {STATE_SUBMITTED, "photo_rules"},
        {STATE_SYSTEM_CHECKING, "photo_rules"},
        {STATE_SYSTEM_APPROVED, "progress"},
        {STATE_COUNTY_PENDING, "photo_rules"},
        {STATE_COUNTY_APPROVED, "progress"},
        {STATE_COUNTY_REJECTED, "progress"},
        {STATE_PAID, "person"},
        {STATE_FORM_SAVED, "print"},
        {STATE_HANDED_IN, "result"},
        {STATE_JOINT_REVIEW, "result"},
        {STATE_JOINT_REJECTED, "result"},
        {STATE_GRADUATED, "result"},
        {STATE_CERTIFICATE_READY, "result"},
        {STATE_CERTIFICATE_COLLECTED, "result"},
        {STATE_LAPSED, "progress"},
    };
    struct world *world = *state;
    assert_int_equal(G_N_ELEMENTS(cases), STATES);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world_set_state(world, cases[i].state);
        srig_restart(world->rig);
        world_login(world);
        if (strcmp(session_screen(world->rig->session), cases[i].screen) != 0)
            fail_msg("%s: %s instead of %s", application_state_words[cases[i].state],
                     session_screen(world->rig->session), cases[i].screen);
    }
}

static void resume_at(struct world *world, const char *screen)
{
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, screen);
}

/* A draft of the application, seen by a 本科 person: each thing done moves one step on. */
static void through_the_draft_step_by_step(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    struct application *application = world->application;
    application->state = STATE_DRAFT;
    application->prior_degree->state = PRIOR_NONE;
    g_ptr_array_set_size(application->english_substitution, 0);
    resume_at(world, "substitution");
    g_ptr_array_add(application->english_substitution, g_strdup("00144"));
    resume_at(world, "prior_degree");
    application->prior_degree->state = PRIOR_MANUAL_PENDING;
    resume_at(world, "confirm");
    assert_true(srig_shows(world->rig, "人工核验"));
    application->prior_degree->state = PRIOR_MISMATCH;
    resume_at(world, "prior_degree");
    assert_true(srig_shows(world->rig, "没有通过验证"));
    application->prior_degree->state = PRIOR_VERIFIED;
    resume_at(world, "confirm");
    g_clear_pointer(&application->county, g_free);
    resume_at(world, "majors");
}

static void after_payment_step_by_step(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    struct print_record *print = record_new(&print_record_record);
    print->form_version = 1;
    print->outcome = PRINT_NOT_PRINTED;
    g_ptr_array_add(world->application->prints, print);
    resume_at(world, "print");
    print->outcome = PRINT_IN_HAND;
    resume_at(world, "checklist");
    world->application->registration_form->version = 2; /* changed since: the paper is of the old one (d3) */
    resume_at(world, "print");
}

static void a_rejected_photo_first(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SYSTEM_APPROVED);
    world->application->photo->state = PHOTO_REJECTED;
    world->application->photo->reason = g_strdup("背景不符合要求");
    resume_at(world, "photo_rules");
    assert_true(srig_shows(world->rig, "背景不符合要求"));
    world->application->photo->state = PHOTO_MANUAL_REQUESTED;
    resume_at(world, "progress");
    world->apply_closed = world->pay_closed = true; /* too late for a photo: not sent to where it would be refused */
    world->application->photo->state = PHOTO_NONE;
    resume_at(world, "progress");
}

/* ---------------------------------------------------------------- back */

/* From every page that lets one leave one comes back to it, by key and by list. */
static void leave_and_return(struct srig *rig, const char *screen)
{
    srig_action(rig, "go leave");
    assert_screen(rig, "leave");
    srig_action(rig, "return");
    assert_screen(rig, screen);
    srig_action(rig, "go leave");
    srig_choose(rig, "return");
    assert_screen(rig, screen);
}

static void press(struct srig *rig, const char *action, const char *screen)
{
    srig_action(rig, action);
    assert_screen(rig, screen);
    if (srig_offers(rig, "go leave"))
        leave_and_return(rig, screen);
}

static void back_through_the_draft(void **state)
{
    struct world *world = *state;
    struct srig *rig = world->rig;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world_login(world);
    assert_screen(rig, "confirm");
    press(rig, "next", "submit");
    press(rig, "back", "confirm");
    press(rig, "back", "prior_degree");
    press(rig, "back", "added_ask");
    press(rig, "back", "substitution");
    press(rig, "back", "county");
    assert_true(srig_shows(rig, "太原市")); /* the one chosen before */
    press(rig, "back", "city");
    press(rig, "back", "majors");
    press(rig, "go home", "home");
}

static void what_is_done_has_no_way_back(void **state)
{
    static const struct {
        enum application_state state;
        const char *first, *second; /* pages of this state */
    } cases[] = {
        {STATE_SUBMITTED, "photo_rules", "photo"},
        {STATE_SYSTEM_APPROVED, "progress", "order"},
        {STATE_PAID, "paid", "person"},
    };
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world_set_state(world, cases[i].state);
        srig_restart(world->rig);
        world_login(world);
        struct session *session = world->rig->session;
        session->screen = forms_screen(session->forms, cases[i].second);
        assert_true(flow_can_back(session));
        session->screen = forms_screen(session->forms, cases[i].first);
        assert_false(flow_can_back(session));
    }
}

/* Resumed at the county, nobody has seen the list of majors; the ones of the draft are meant. */
static void another_county_keeps_the_majors(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world_login(world);
    srig_action(world->rig, "back");
    assert_screen(world->rig, "added_ask");
    srig_action(world->rig, "back");
    assert_screen(world->rig, "county");
    srig_choose(world->rig, "140106");
    const struct api_majors *body = srig_sent(world->rig, API_MAJORS)->record;
    assert_int_equal(body->majors->len, 1);
    assert_string_equal(body->county, "140106");
    world_serve(world);
    walk_nothing_to_add(world);
    assert_screen(world->rig, "confirm");
    assert_true(srig_shows(world->rig, "迎泽区"));
}

static void back_through_the_form_but_not_past_the_payment(void **state)
{
    struct world *world = *state;
    struct srig *rig = world->rig;
    world_set_state(world, STATE_PAID);
    world_login(world);
    world_fill_person(rig);
    press(rig, "next", "resume");
    world_fill_resume(rig);
    press(rig, "next", "family");
    press(rig, "next", "awards");
    press(rig, "next", "evaluation");
    press(rig, "back", "awards");
    press(rig, "back", "family");
    press(rig, "back", "resume");
    press(rig, "back", "person");
    assert_false(srig_offers(rig, "back"));
    press(rig, "go home", "home");
}

static void questions_between_return_to_their_page(void **state)
{
    struct world *world = *state;
    struct srig *rig = world->rig;
    world_login(world);
    walk_choose_major(world);
    press(rig, "go plan", "plan");
    assert_true(srig_shows(rig, "13000"));
    press(rig, "return", "substitution");
    press(rig, "substitution", "substitution_none"); /* nothing ticked */
    press(rig, "go substitution", "substitution");
    press(rig, "substitution", "substitution_none");
    srig_choose(rig, "substitution");
    assert_screen(rig, "substitution");
    press(rig, "substitution", "substitution_none");
    srig_choose(rig, "skip");
    walk_nothing_to_add(world);
    assert_screen(rig, "prior_degree");
}

/* ---------------------------------------------------------------- things happen elsewhere */

static void on_when_the_step_is_no_longer_on_the_way(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world->application->prior_degree->state = PRIOR_NONE;
    world_login(world);
    assert_screen(world->rig, "prior_degree");
    world->application->state = STATE_SYSTEM_CHECKING; /* submitted at another terminal */
    world->application->prior_degree->state = PRIOR_VERIFIED;
    world_push(world);
    assert_screen(world->rig, "photo_rules");
    world->application->photo->state = PHOTO_CHECKING; /* and the photo from a phone */
    world_push(world);
    assert_screen(world->rig, "progress");
    world->application->state = STATE_LAPSED;
    world_push(world);
    assert_screen(world->rig, "progress");
    assert_true(srig_shows(world->rig, "已超过规定时间"));
}

static void paid_elsewhere(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SYSTEM_APPROVED);
    world_login(world);
    press(world->rig, "go order", "order");
    world_set_state(world, STATE_PAID);
    world_push(world);
    assert_screen(world->rig, "paid");
}

static void handed_in_while_at_the_form(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    press(world->rig, "go person", "person");
    world->application->state = STATE_HANDED_IN;
    world_push(world);
    assert_screen(world->rig, "checklist");
    assert_false(srig_offers(world->rig, "go print")); /* R32: nothing changes any more */
    press(world->rig, "go home", "home");
    assert_false(srig_offers(world->rig, "person"));
    assert_false(srig_offers(world->rig, "print"));
    srig_choose(world->rig, "result");
    assert_screen(world->rig, "result");
}

/* ---------------------------------------------------------------- fields of a page that is entered */

static void what_must_be_given_anew_is_empty_each_time(void **state)
{
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    press(world->rig, "next", "submit");
    srig_edit(world->rig, "id_tail", "0015");
    press(world->rig, "back", "confirm");
    press(world->rig, "next", "submit");
    assert_string_equal(answer(world->rig->session, "id_tail"), "");
    srig_action(world->rig, "submit");
    assert_null(srig_sent(world->rig, API_SUBMIT));
}

static void what_stands_there_at_first_counts(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    walk_fill_form(world);
    assert_string_equal(world->application->registration_form->awards, "无");
    assert_string_equal(world->application->registration_form->penalties, "无");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(at_the_right_screen_in_every_state, walk_junior),
        WALK(at_the_right_screen_in_every_state, walk_bachelor),
        WALK(through_the_draft_step_by_step, walk_bachelor),
        WALK(after_payment_step_by_step, walk_junior),
        WALK(a_rejected_photo_first, walk_junior),
        WALK(back_through_the_draft, walk_bachelor),
        WALK(what_is_done_has_no_way_back, walk_junior),
        WALK(another_county_keeps_the_majors, walk_junior),
        WALK(back_through_the_form_but_not_past_the_payment, walk_junior),
        WALK(questions_between_return_to_their_page, walk_bachelor),
        WALK(on_when_the_step_is_no_longer_on_the_way, walk_bachelor),
        WALK(paid_elsewhere, walk_junior),
        WALK(handed_in_while_at_the_form, walk_junior),
        WALK(what_must_be_given_anew_is_empty_each_time, walk_junior),
        WALK(what_stands_there_at_first_counts, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
