/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual ways (R20, R23, R49), the one re-application (R26), a photo before the submission (d2). */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void at_degree(struct world *world, enum prior_degree_state degree, int failures)
{
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world->application->prior_degree->state = degree;
    world->degree_failures = failures;
    g_free(world->application->prior_degree->reason);
    world->application->prior_degree->reason = g_strdup("姓名不一致。");
    srig_restart(world->rig);
    world_login(world);
}

/* ---------------------------------------------------------------- prior degree */

/* Each state in words, and what may be done in it. */
static void every_state_of_the_prior_degree(void **state)
{
    static const struct {
        enum prior_degree_state degree;
        int failures;
        const char *sentence;
        bool next, again, manual;
    } cases[] = {
        {PRIOR_WAITING, 0, "正在查询学历", false, false, false},
        {PRIOR_MISMATCH, 1, "还可以授权 2 次", false, true, true},
        {PRIOR_NOT_FOUND, 2, "还可以授权 1 次", false, true, true},
        {PRIOR_MISMATCH, 3, "授权次数已用完", false, false, true},
        {PRIOR_MANUAL_REFUSED, 1, "没有通过人工核验", false, true, true},
    };
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        at_degree(world, cases[i].degree, cases[i].failures);
        assert_screen(world->rig, "prior_degree");
        assert_true(srig_shows(world->rig, cases[i].sentence));
        assert_null(srig_open(world->rig, API_PRIOR_DEGREE)); /* a result is read first */
        assert_int_equal(srig_offers(world->rig, "next"), cases[i].next);
        assert_int_equal(srig_offers(world->rig, "prior_degree"), cases[i].again);
        assert_int_equal(srig_offers(world->rig, "go degree_manual"), cases[i].manual);
    }
}

static void r49_papers_instead_of_the_register(void **state)
{
    struct world *world = *state;
    at_degree(world, PRIOR_MISMATCH, 1);
    srig_action(world->rig, "go degree_manual");
    assert_true(srig_shows(world->rig, "前置学历毕业证书原件、复印件"));
    assert_true(srig_shows(world->rig, "《教育部学历证书电子注册备案表》《教育部学籍在线验证报告》"));
    assert_true(srig_shows(world->rig, "公安部门出具的有关证明材料"));
    srig_choose(world->rig, "back");
    assert_screen(world->rig, "prior_degree");
    assert_int_equal(world->application->prior_degree->state, PRIOR_MISMATCH);
    srig_action(world->rig, "go degree_manual");
    srig_choose(world->rig, "manual");
    world_serve(world);
    assert_int_equal(world->application->prior_degree->state, PRIOR_MANUAL_PENDING);
    assert_screen(world->rig, "confirm");
    assert_true(srig_shows(world->rig, "待县（市、区）人工核验"));
    walk_submit(world); /* the county decides about the papers */
}

/* Before the submission the phone may be asked again; what is given up for it is said before. */
static void authorised_anew_only_after_a_question(void **state)
{
    struct world *world = *state;
    at_degree(world, PRIOR_MANUAL_PENDING, 1);
    assert_screen(world->rig, "confirm");
    srig_action(world->rig, "back");
    assert_screen(world->rig, "prior_degree");
    assert_null(srig_open(world->rig, API_PRIOR_DEGREE));
    assert_false(srig_offers(world->rig, "prior_degree"));
    srig_action(world->rig, "go degree_again");
    assert_true(srig_shows(world->rig, "不再有效"));
    srig_choose(world->rig, "again");
    assert_int_equal(srig_open_count(world->rig, API_PRIOR_DEGREE), 1);
    world_serve(world);
    assert_screen(world->rig, "prior_degree");
    assert_true(srig_shows(world->rig, "/P/DEGREE/ABC"));
}

/* ---------------------------------------------------------------- photo */

static void r20_r23_the_county_looks_at_the_photo(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_COUNTY_PENDING);
    world->application->photo->state = PHOTO_REJECTED;
    world->application->photo->reason = g_strdup("背景不符合要求。");
    world->photo_failures = 1;
    world_login(world);
    assert_screen(world->rig, "photo_rules");
    assert_true(srig_shows(world->rig, "还可以上传 2 次"));
    srig_action(world->rig, "go photo_manual");
    assert_true(srig_shows(world->rig, "不能再在这里上传照片"));
    assert_true(srig_shows(world->rig, "太原市小店区自考部门"));
    srig_choose(world->rig, "back");
    assert_screen(world->rig, "photo_rules");
    srig_action(world->rig, "go photo_manual");
    srig_choose(world->rig, "manual");
    world_serve(world);
    assert_int_equal(world->application->photo->state, PHOTO_MANUAL_REQUESTED);
    assert_screen(world->rig, "progress");
    assert_true(srig_shows(world->rig, "毕业照片须人工审核"));
    assert_false(srig_offers(world->rig, "go photo_rules"));
}

/* Three times refused: no upload is offered any more, and still there is a way on. */
static void r23_when_the_tries_are_spent(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SYSTEM_APPROVED);
    world->application->photo->state = PHOTO_REJECTED;
    world->photo_failures = 3;
    world_login(world);
    assert_screen(world->rig, "photo_rules");
    assert_true(srig_shows(world->rig, "上传次数已用完"));
    assert_false(srig_offers(world->rig, "next"));
    assert_true(srig_offers(world->rig, "go photo_manual"));
}

static void d2_the_photo_first(void **state)
{
    struct world *world = *state;
    world->policy.photo_before_submit = true;
    world_login(world);
    walk_choose_major(world);
    assert_screen(world->rig, "photo_rules");
    assert_true(srig_shows(world->rig, "认证通过后才能提交申请"));
    assert_false(srig_shows(world->rig, "申请已提交"));
    srig_action(world->rig, "next");
    assert_screen(world->rig, "photo");
    walk_list_photo(world);
    srig_choose(world->rig, "portrait.jpg");
    srig_helper(world->rig, JOB_PHOTO, &walk_good_photo);
    srig_edit(world->rig, "photo_recent", "1");
    srig_action(world->rig, "upload");
    world_serve(world);
    assert_screen(world->rig, "confirm");
    assert_true(srig_shows(world->rig, "毕业照片还在审核"));
    world->application->photo->state = PHOTO_ACCEPTED;
    world_push(world); /* the page waits for it */
    assert_false(srig_shows(world->rig, "毕业照片还在审核"));
    srig_action(world->rig, "back");
    assert_screen(world->rig, "added_ask"); /* an accepted photo is behind them for good */
    srig_choose(world->rig, "none");
    walk_submit(world);
    assert_screen(world->rig, "progress"); /* and is not asked for again */
}

/* ---------------------------------------------------------------- the one re-application */

static void at_rejection(struct world *world, int64_t round)
{
    world_set_state(world, STATE_COUNTY_REJECTED);
    world->application->round = round;
    world->application->reason = g_strdup("合格证扫描件不清楚。");
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, "progress");
    assert_true(srig_shows(world->rig, "合格证扫描件不清楚。"));
}

static void r26_the_only_chance_is_said_before_it_is_used(void **state)
{
    struct world *world = *state;
    at_rejection(world, 1);
    assert_true(srig_shows(world->rig, "重新申请，仅限1次机会"));
    srig_action(world->rig, "go reapply");
    assert_true(srig_shows(world->rig, "不能撤回"));
    srig_action(world->rig, "reapply");
    assert_null(srig_sent(world->rig, API_REAPPLY)); /* the last four characters are missing */
    srig_edit(world->rig, "id_tail", "0016");
    srig_action(world->rig, "reapply");
    assert_null(srig_sent(world->rig, API_REAPPLY));
    srig_action(world->rig, "go progress");
    assert_screen(world->rig, "progress");
    assert_int_equal(world->reapplied, 0);
}

static void r26_everything_is_prefilled_and_walked_through(void **state)
{
    struct world *world = *state;
    at_rejection(world, 1);
    srig_action(world->rig, "go reapply");
    srig_edit(world->rig, "id_tail", "0015");
    srig_action(world->rig, "reapply");
    assert_int_equal(srig_effect(world->rig, EFFECT_PERSIST_OUTBOX)->call, API_REAPPLY);
    srig_action(world->rig, "reapply");
    assert_int_equal(srig_open_count(world->rig, API_REAPPLY), 1);
    world_serve(world);
    assert_screen(world->rig, "majors");
    assert_int_equal(world->reapplied, 1);
    assert_true(answer_chosen(world->rig->session, "major", "120402/new"));
    srig_action(world->rig, "majors");
    srig_choose(world->rig, "140100");
    srig_choose(world->rig, "140105");
    world_serve(world);
    assert_screen(world->rig, "substitution");
    assert_true(srig_shows(world->rig, "已选 2 门 / 10 学分"));
    srig_action(world->rig, "substitution");
    world_serve(world);
    walk_nothing_to_add(world);
    srig_action(world->rig, "next");
    walk_submit(world);
    assert_int_equal(world->submitted, 1);
}

/* The power went before the answer came: the same request again, one re-application. */
static void r26_once_whatever_happens_on_the_way(void **state)
{
    struct world *world = *state;
    walk_at_reapply(world);
    g_autofree char *key = g_strdup(srig_open(world->rig, API_REAPPLY)->idempotency_key);
    srig_restart(world->rig);
    world_login(world);
    assert_int_equal(world->reapplied, 1);
    assert_int_equal(g_hash_table_size(world->rig->kept), 0);
    assert_true(g_hash_table_contains(world->answered, key));
    assert_int_equal(world->application->round, 2);
    assert_int_equal(world->application->state, STATE_DRAFT);
    assert_false(srig_offers(world->rig, "go reapply"));
}

static void r26_the_second_rejection_is_the_last(void **state)
{
    struct world *world = *state;
    at_rejection(world, 2);
    assert_true(srig_shows(world->rig, "重新申请的机会已用完"));
    assert_true(srig_shows(world->rig, "太原市小店区自考部门咨询"));
    assert_false(srig_offers(world->rig, "go reapply"));
    srig_action(world->rig, "reapply"); /* whatever is pressed */
    assert_null(srig_sent(world->rig, API_REAPPLY));
}

static void too_late_to_apply_again(void **state)
{
    struct world *world = *state;
    world->apply_closed = true;
    at_rejection(world, 1);
    assert_true(srig_shows(world->rig, "现在不在毕业申请时间内"));
    assert_false(srig_offers(world->rig, "go reapply"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(every_state_of_the_prior_degree, walk_bachelor),
        WALK(r49_papers_instead_of_the_register, walk_bachelor),
        WALK(authorised_anew_only_after_a_question, walk_bachelor),
        WALK(r20_r23_the_county_looks_at_the_photo, walk_junior),
        WALK(r23_when_the_tries_are_spent, walk_junior),
        WALK(d2_the_photo_first, walk_junior),
        WALK(r26_the_only_chance_is_said_before_it_is_used, walk_junior),
        WALK(r26_everything_is_prefilled_and_walked_through, walk_bachelor),
        WALK(r26_once_whatever_happens_on_the_way, walk_junior),
        WALK(r26_the_second_rejection_is_the_last, walk_junior),
        WALK(too_late_to_apply_again, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
