/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the actions do after submitting: photo, payment, form. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

/* ---------------------------------------------------------------- photo */

static void at_photo(struct world *world)
{
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    srig_action(world->rig, "next");
    assert_screen(world->rig, "photo");
}

static void a_photo_that_will_not_do_says_why(void **state)
{
    static const struct {
        struct photo_facts facts;
        const char *sentence;
    } cases[] = {
        {{.bytes = 0}, "照片文件是空的"},
        {{.bytes = PHOTO_MAX_BYTES}, "须小于2M"},
        {{.bytes = 10, .width = 480, .height = 640}, "png、jpg 或 jpeg"},
        {{.bytes = 10, .format = PHOTO_JPEG, .width = 100, .height = 100, .complete = true}, "照片太小"},
        {{.bytes = 10, .format = PHOTO_JPEG, .width = 480, .height = 640, .complete = true}, "须为彩色"},
    };
    struct world *world = *state;
    at_photo(world);
    walk_list_photo(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        srig_choose(world->rig, "portrait.jpg");
        srig_helper(world->rig, JOB_PHOTO, &cases[i].facts);
        assert_screen(world->rig, "photo");
        assert_true(srig_shows(world->rig, cases[i].sentence));
    }
    srig_choose(world->rig, "portrait.jpg");
    srig_helper(world->rig, JOB_PHOTO, NULL); /* the helper died of it */
    assert_true(srig_shows(world->rig, "这个文件读不出来"));
}

static void no_stick(void **state)
{
    struct world *world = *state;
    struct files_answer *files = record_new(&files_answer_record);
    files->problem = g_strdup("media.no_folder");
    at_photo(world);
    assert_true(srig_shows(world->rig, "正在读取照片"));
    srig_action(world->rig, "list_files");
    assert_null(srig_effect(world->rig, EFFECT_HELPER)); /* one look at a time */
    srig_helper(world->rig, JOB_FILES, files);
    record_free(&files_answer_record, files);
    assert_true(srig_shows(world->rig, "没有找到U盘"));
    srig_action(world->rig, "list_files");
    assert_non_null(srig_effect(world->rig, EFFECT_HELPER));
    srig_helper(world->rig, JOB_FILES, NULL);
    assert_true(srig_shows(world->rig, "没有找到U盘"));
}

/* Two pictures are never measured into one file at a time. */
static void the_picture_that_is_sent_is_the_one_last_chosen(void **state)
{
    struct world *world = *state;
    at_photo(world);
    walk_list_photo(world);
    srig_choose(world->rig, "portrait.jpg");
    guint first = srig_job(world->rig, JOB_PHOTO)->ticket;
    srig_choose(world->rig, "portrait.jpg");
    assert_int_equal(srig_effect(world->rig, EFFECT_CANCEL)->ticket, first);
    srig_action(world->rig, "back");
    assert_null(srig_job(world->rig, JOB_PHOTO)); /* nor behind a page that was left */
}

static void the_promise_is_made_for_each_photo(void **state)
{
    struct world *world = *state;
    at_photo(world);
    walk_list_photo(world);
    for (int i = 0; i < 2; i++) {
        srig_choose(world->rig, "portrait.jpg");
        srig_helper(world->rig, JOB_PHOTO, &walk_good_photo);
        srig_action(world->rig, "upload");
        assert_null(srig_sent(world->rig, API_PUT_PHOTO));
        srig_edit(world->rig, "photo_recent", "1");
        srig_action(world->rig, "go photo");
        walk_list_photo(world);
    }
}

/* ---------------------------------------------------------------- payment */

static void an_order_that_ran_out_is_asked_about(void **state)
{
    struct world *world = *state;
    walk_at_order(world);
    world_serve(world);
    assert_screen(world->rig, "pay");
    world->rig->now_ms += 601000;
    world->rig->time += 601;
    srig_tell(world->rig, SESSION_EXPIRED);
    assert_non_null(srig_open(world->rig, API_ORDER)); /* paid in the last second? */
    world->application->order->state = ORDER_EXPIRED;
    world_serve(world);
    assert_true(srig_shows(world->rig, "重新下单"));
    srig_action(world->rig, "go order");
    srig_choose(world->rig, "simulated");
    world_serve(world);
    assert_screen(world->rig, "pay");
    assert_int_equal(world->orders, 2); /* a new one only after the first is over */
}

static void paid_in_the_last_second(void **state)
{
    struct world *world = *state;
    walk_at_order(world);
    world_serve(world);
    world->rig->now_ms += 601000;
    world->rig->time += 601;
    srig_tell(world->rig, SESSION_EXPIRED);
    world->application->order->state = ORDER_PAID;
    world->application->state = STATE_PAID;
    world->application->version++;
    world_serve(world);
    assert_screen(world->rig, "paid");
}

static void back_at_an_order_under_way(void **state)
{
    struct world *world = *state;
    walk_at_order(world);
    world_serve(world);
    srig_action(world->rig, "go progress");
    srig_action(world->rig, "go pay");
    assert_true(srig_shows(world->rig, "/P/PAY/ABC"));
    srig_action(world->rig, "go progress");
    world->rig->now_ms += 601000;
    world->rig->time += 601;
    srig_action(world->rig, "go pay");
    assert_non_null(srig_open(world->rig, API_ORDER)); /* it ran out while nobody looked */
}

/* ---------------------------------------------------------------- the form */

static void saving_goes_to_the_page_with_the_fault(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    walk_fill_form(world);
    srig_action(world->rig, "go person");
    for (int i = 0; i < 4; i++)
        srig_action(world->rig, "next");
    assert_screen(world->rig, "evaluation");
    answer_set(world->rig->session, "resume.1.to", "20010101"); /* a draft may bring that */
    srig_action(world->rig, "save_form");
    assert_null(srig_sent(world->rig, API_PUT_FORM));
    assert_screen(world->rig, "resume");
    struct page *page = session_page(world->rig->session);
    assert_string_equal(page->focus, "resume.1.to");
    assert_non_null(srig_field(page, "resume.1.to")->error);
    page_free(page);
}

static void saving_again_makes_the_next_version(void **state)
{
    struct world *world = *state;
    walk_at_save(world);
    world_serve(world);
    assert_screen(world->rig, "print");
    assert_int_equal(world->application->registration_form->version, 2);
    assert_true(srig_shows(world->rig, "第 2 版"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(a_photo_that_will_not_do_says_why, walk_junior),
        WALK(no_stick, walk_junior),
        WALK(the_picture_that_is_sent_is_the_one_last_chosen, walk_junior),
        WALK(the_promise_is_made_for_each_photo, walk_junior),
        WALK(an_order_that_ran_out_is_asked_about, walk_junior),
        WALK(paid_in_the_last_second, walk_junior),
        WALK(back_at_an_order_under_way, walk_junior),
        WALK(saving_goes_to_the_page_with_the_fault, walk_junior),
        WALK(saving_again_makes_the_next_version, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
