/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads after paying: the receipt, the joint review, the certificate; and before it all, the prejudge. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

/* ---------------------------------------------------------------- prejudge and plan */

static void r04_negative_prejudge_does_not_block(void **state)
{
    struct world *world = *state;
    world_login(world);
    srig_choose(world->rig, "prejudge");
    assert_true(srig_shows(world->rig, "暂不符合"));
    assert_true(srig_shows(world->rig, "尚无合格成绩"));
    assert_true(srig_shows(world->rig, "不符合也可以申请"));
    assert_true(srig_shows(world->rig, "该程序依据考生历次合格课程，仅协助考生对所选专业是否符合毕业条件进行预判"));
    srig_action(world->rig, "start"); /* never a dead end */
    world_serve(world);
    assert_screen(world->rig, "majors");
    srig_action(world->rig, "go home");
    srig_choose(world->rig, "prejudge");
    assert_true(srig_offers(world->rig, "resume")); /* under way already: it goes on from there */
}

static void add_group(struct world *world)
{
    for (guint i = 0; i < 2; i++) {
        struct plan_course *course = g_ptr_array_index(world->plan->courses, i);
        course->group = g_strdup("G1");
        course->group_min_courses = 1;
        course->group_min_credits = 12;
        course->old_codes = i ? NULL : g_strdup("00009");
    }
    world->plan->elective_min_credits = 10;
    ((struct plan_course *)world->plan->courses->pdata[2])->counts_credit = false;
}

static void r08_the_plan_stands_beside_the_prejudge(void **state)
{
    struct world *world = *state;
    add_group(world);
    world_login(world);
    srig_choose(world->rig, "prejudge");
    srig_action(world->rig, "go plan");
    world_serve(world);
    assert_true(srig_shows(world->rig, "至少 2 门，9 学分，其中选考 10 学分"));
    assert_true(srig_shows(world->rig, "1 门，12 学分")); /* what the group asks for */
    assert_true(srig_shows(world->rig, "2 门，10 学分")); /* and what is there */
    assert_true(srig_shows(world->rig, "G1组、原00009"));
    assert_true(srig_shows(world->rig, "不计学分"));
    assert_true(srig_shows(world->rig, "待顶替"));
    srig_action(world->rig, "return");
    assert_screen(world->rig, "prejudge");
}

/* In the application the same page counts what is given and added. */
static void the_plan_with_what_the_application_adds(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world_add_course(world, "00009");
    struct plan_course *course = g_ptr_array_index(world->plan->courses, 2);
    g_free(course->course_code);
    course->course_code = g_strdup("00009");
    world_login(world);
    assert_screen(world->rig, "added");
    srig_action(world->rig, "back");
    assert_screen(world->rig, "substitution");
    srig_action(world->rig, "go plan");
    assert_true(srig_shows(world->rig, "已添加"));
    assert_true(srig_shows(world->rig, "用于顶替"));
    assert_true(srig_shows(world->rig, "已顶替"));
}

/* ---------------------------------------------------------------- receipt */

static void r33_the_receipt_twenty_minutes_after_paying(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    srig_action(world->rig, "go home");
    srig_choose(world->rig, "receipt");
    assert_screen(world->rig, "receipt");
    assert_null(srig_open(world->rig, API_RECEIPT));
    assert_true(srig_shows(world->rig, "请在 12月3日 10:20 以后再来查看"));
    assert_false(srig_offers(world->rig, "receipt"));
    srig_action(world->rig, "return");
    world->rig->time = world->application->order->paid_at + 1199;
    srig_choose(world->rig, "receipt");
    assert_null(srig_open(world->rig, API_RECEIPT));
    srig_action(world->rig, "return");
    world->rig->time = world->application->order->paid_at + 1200;
    srig_choose(world->rig, "receipt");
    world_serve(world);
    static const char *const facts[] = {"14010126", "0000000042", "7f3a9c", "40 元", "2026年12月3日", "/P/RECEIPT/ABC"};
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        assert_true(srig_shows(world->rig, facts[i]));
    srig_tell(world->rig, SESSION_EXPIRED);
    assert_true(srig_shows(world->rig, "/P/RECEIPT/ABC")); /* this code lasts */
    assert_false(srig_shows(world->rig, "二维码已过期"));
}

static void a_receipt_that_is_not_there_yet(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    world->rig->time += 1300;
    srig_action(world->rig, "go paid");
    srig_action(world->rig, "go home");
    srig_choose(world->rig, "receipt");
    srig_refuse(world->rig, API_RECEIPT, "other", "缴费成功20分钟后才能查验电子票据，请稍后再来。");
    assert_true(srig_shows(world->rig, "请稍后再来"));
    assert_true(srig_shows(world->rig, "请按 F5 键再试"));
    srig_action(world->rig, "receipt");
    assert_int_equal(srig_open_count(world->rig, API_RECEIPT), 1);
}

/* The terminal's clock may be wrong: an order that says it has a receipt has one. */
static void the_platforms_word_about_the_time(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world->application->order->state = ORDER_RECEIPT_ISSUED;
    world_login(world);
    srig_action(world->rig, "go home");
    srig_choose(world->rig, "receipt");
    assert_non_null(srig_open(world->rig, API_RECEIPT));
}

/* ---------------------------------------------------------------- review of the province, certificate */

static void r24_r50_what_each_state_means(void **state)
{
    static const struct {
        enum application_state state;
        const char *said, *not_said;
    } cases[] = {
        {STATE_HANDED_IN, "等待毕业审定工作组会审", "可以领取了"},
        {STATE_JOINT_REVIEW, "正在集体会审", "可以领取了"},
        {STATE_JOINT_REJECTED, "审核费用不予退还", "领取时间另行通知"},
        {STATE_GRADUATED, "领取时间另行通知", "可以领取了"},
        {STATE_CERTIFICATE_READY, "请本人带身份证原件，到太原市小店区自考部门领取", "另行通知"},
        {STATE_CERTIFICATE_COLLECTED, "您已领取毕业证书", "另行通知"},
    };
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world_set_state(world, cases[i].state);
        srig_restart(world->rig);
        world_login(world);
        assert_screen(world->rig, "result");
        if (!srig_shows(world->rig, cases[i].said) || srig_shows(world->rig, cases[i].not_said))
            fail_msg("%s: not \"%s\", or \"%s\"", application_state_words[cases[i].state], cases[i].said,
                     cases[i].not_said);
    }
}

static void lapsed_means_the_next_batch(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_LAPSED);
    world_login(world);
    assert_screen(world->rig, "progress");
    assert_true(srig_shows(world->rig, "下一批次开始后，请重新提出申请"));
    assert_true(srig_shows(world->rig, "合格成绩仍然有效"));
}

/* ---------------------------------------------------------------- d3 */

static void d3_final_when_saved(void **state)
{
    struct world *world = *state;
    world->policy.form_final_when_saved = true;
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    assert_screen(world->rig, "print");
    assert_true(srig_shows(world->rig, "登记表保存后不能再修改"));
    assert_false(srig_offers(world->rig, "go person"));
    assert_true(srig_offers(world->rig, "print"));
    srig_action(world->rig, "go home");
    assert_false(srig_offers(world->rig, "person"));
    srig_choose(world->rig, "paid");
    assert_true(srig_shows(world->rig, "已保存，不能再修改"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(r04_negative_prejudge_does_not_block, walk_bachelor),
        WALK(r08_the_plan_stands_beside_the_prejudge, walk_bachelor),
        WALK(the_plan_with_what_the_application_adds, walk_bachelor),
        WALK(r33_the_receipt_twenty_minutes_after_paying, walk_junior),
        WALK(a_receipt_that_is_not_there_yet, walk_junior),
        WALK(the_platforms_word_about_the_time, walk_junior),
        WALK(r24_r50_what_each_state_means, walk_junior),
        WALK(lapsed_means_the_next_batch, walk_junior),
        WALK(d3_final_when_saved, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
