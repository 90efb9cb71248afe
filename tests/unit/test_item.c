/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several majors in one application: one after the other where each needs something, all of them where they are shown. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static int two_majors(void **state)
{
    walk_bachelor(state);
    world_add_law(*state);
    return 0;
}

static void choose_both(struct world *world)
{
    world_login(world);
    srig_choose(world->rig, "start");
    world_serve(world);
    srig_choose(world->rig, "120402/new");
    srig_choose(world->rig, "030101K/new");
    srig_action(world->rig, "majors");
    srig_choose(world->rig, "140100");
    srig_choose(world->rig, "140105");
    world_serve(world);
    assert_screen(world->rig, "substitution");
}

static void give(struct world *world)
{
    srig_choose(world->rig, "00144");
    srig_choose(world->rig, "00321");
    srig_action(world->rig, "substitution");
}

static const char *major_sent(const struct world *world)
{
    return ((struct api_substitution *)srig_sent(world->rig, API_SUBSTITUTION)->record)->major;
}

/* ---------------------------------------------------------------- substitution */

static void r05_r07_each_major_in_its_turn(void **state)
{
    struct world *world = *state;
    choose_both(world);
    assert_true(srig_shows(world->rig, "申请专业：行政管理（本科）"));
    give(world);
    assert_string_equal(major_sent(world), "120402");
    world_serve(world);
    assert_screen(world->rig, "substitution");
    assert_true(srig_shows(world->rig, "申请专业：法学（本科）"));
    assert_true(srig_shows(world->rig, "已选 0 门")); /* the ticks were of the other major */
    srig_choose(world->rig, "00144");
    srig_action(world->rig, "substitution");
    assert_true(srig_shows(world->rig, "不能小于7分"));
    srig_choose(world->rig, "00321");
    srig_action(world->rig, "substitution");
    assert_string_equal(major_sent(world), "030101K");
    world_serve(world);
    walk_nothing_to_add(world);
    world_serve(world);
    world->application->prior_degree->state = PRIOR_VERIFIED;
    world_push(world);
    srig_action(world->rig, "next");
    assert_screen(world->rig, "confirm");
    assert_true(srig_shows(world->rig, "行政管理：00144"));
    assert_true(srig_shows(world->rig, "法学：00144"));
    srig_action(world->rig, "next");
    assert_true(srig_shows(world->rig, "申请专业：行政管理（本科）、法学（本科）　主考学校：山西大学"));
}

static void resumed_at_the_major_that_is_open(void **state)
{
    struct world *world = *state;
    choose_both(world);
    give(world);
    world_serve(world);
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, "substitution");
    assert_true(srig_shows(world->rig, "申请专业：法学（本科）"));
    srig_action(world->rig, "substitution"); /* nothing for this one */
    assert_screen(world->rig, "substitution_none");
    srig_action(world->rig, "go substitution");
    assert_true(srig_shows(world->rig, "申请专业：法学（本科）"));
    srig_action(world->rig, "go plan");
    world_serve(world);
    assert_true(srig_shows(world->rig, "030101K 法学"));
    srig_action(world->rig, "return");
    assert_true(srig_shows(world->rig, "申请专业：法学（本科）"));
    srig_action(world->rig, "substitution");
    srig_choose(world->rig, "skip");
    assert_screen(world->rig, "added_ask");
    srig_action(world->rig, "back"); /* from the first again, with what it has */
    assert_true(srig_shows(world->rig, "申请专业：行政管理（本科）"));
    assert_true(srig_shows(world->rig, "已选 2 门 / 10 学分"));
}

/* ---------------------------------------------------------------- judging, paying */

static void warned_about_the_major_that_falls_short(void **state)
{
    struct world *world = *state;
    ((struct plan *)world->more->pdata[1])->min_credits = 90;
    choose_both(world);
    give(world);
    world_serve(world);
    give(world);
    world_serve(world);
    g_autofree char *why = judge_shortfall(world->rig->session);
    assert_true(g_str_has_prefix(why, "法学："));
    assert_non_null(strstr(why, "90"));
}

static void r25_one_row_for_each_major(void **state)
{
    struct world *world = *state;
    choose_both(world);
    world->application->state = STATE_COUNTY_PENDING;
    struct application_item *first = world->application->items->pdata[0], *second = world->application->items->pdata[1];
    first->progress = g_strdup("太原市小店区招办已预审通过");
    second->progress = g_strdup("待太原市小店区招办预审");
    srig_restart(world->rig);
    world_login(world);
    srig_action(world->rig, "go home");
    srig_choose(world->rig, "progress");
    assert_true(srig_shows(world->rig, "太原市小店区招办已预审通过"));
    assert_true(srig_shows(world->rig, "待太原市小店区招办预审"));
    assert_false(srig_offers(world->rig, "go order")); /* not before all of them */
}

/* ---------------------------------------------------------------- paper */

static void at_two_sheets(struct world *world)
{
    choose_both(world);
    GPtrArray *items = g_steal_pointer(&world->application->items);
    world_set_state(world, STATE_FORM_SAVED);
    record_list_free(&application_item_record, world->application->items);
    world->application->items = items;
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, "print");
    assert_true(srig_shows(world->rig, "每个专业打印一式 2 份"));
}

static void draw(struct world *world, const char *major)
{
    struct sheet_answer *sheet = record_new(&sheet_answer_record);
    const struct sheet_request *request = srig_job(world->rig, JOB_SHEET)->record;
    assert_non_null(strstr(sheet_data_text(request->data, "major"), major));
    srig_helper(world->rig, JOB_SHEET, sheet);
    record_free(&sheet_answer_record, sheet);
}

static void a_sheet_for_each_major(void **state)
{
    static const struct print_answer sent = {.result = PRINT_RESULT_SENT};
    struct world *world = *state;
    at_two_sheets(world);
    srig_action(world->rig, "print");
    world_serve_one(world, API_GET_PHOTO);
    draw(world, "行政管理");
    g_autofree char *first = g_strdup(((struct print_request *)srig_job(world->rig, JOB_PRINT)->record)->job_name);
    srig_helper(world->rig, JOB_PRINT, &sent);
    assert_screen(world->rig, "printing");
    assert_true(srig_shows(world->rig, "法学"));
    draw(world, "法学");
    assert_string_not_equal(((struct print_request *)srig_job(world->rig, JOB_PRINT)->record)->job_name, first);
    srig_helper(world->rig, JOB_PRINT, &sent);
    assert_screen(world->rig, "print_check");
    srig_choose(world->rig, "yes");
    int ended = 0;
    for (guint i = 0; i < world->rig->effects->len; i++)
        ended += ((struct effect *)world->rig->effects->pdata[i])->kind == EFFECT_PERSIST_PRINT;
    assert_int_equal(ended, 2); /* both are known to have come out */
    assert_int_equal(srig_open_count(world->rig, API_PRINTS), 1);
    world_serve(world);
    assert_screen(world->rig, "checklist");
}

/* The first is out, the second is not: what came out is looked for before anything is printed again. */
static void half_of_the_paper(void **state)
{
    static const struct print_answer sent = {.result = PRINT_RESULT_SENT}, refused = {.result = PRINT_RESULT_REFUSED};
    struct world *world = *state;
    at_two_sheets(world);
    srig_action(world->rig, "print");
    world_serve_one(world, API_GET_PHOTO);
    draw(world, "行政管理");
    srig_helper(world->rig, JOB_PRINT, &sent);
    draw(world, "法学");
    srig_helper(world->rig, JOB_PRINT, &refused);
    assert_screen(world->rig, "printing");
    assert_true(srig_shows(world->rig, "可能已经打印出来"));
    srig_action(world->rig, "print"); /* again: what came out of the first run is reported as unknown */
    assert_non_null(srig_sent(world->rig, API_PRINTS));
    assert_int_equal(((struct api_print *)srig_sent(world->rig, API_PRINTS)->record)->outcome, PRINT_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(r05_r07_each_major_in_its_turn, two_majors),
        WALK(resumed_at_the_major_that_is_open, two_majors),
        WALK(warned_about_the_major_that_falls_short, two_majors),
        WALK(r25_one_row_for_each_major, two_majors),
        WALK(a_sheet_for_each_major, two_majors),
        WALK(half_of_the_paper, two_majors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
