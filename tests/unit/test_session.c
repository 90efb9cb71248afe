/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole walk, and what a session does when things go wrong on the way. */
#include "session_world.h"

#include <string.h>

struct walk {
    struct srig *rig;
    struct world *world;
};

static int set_up_level(void **state, enum plan_level level)
{
    struct walk *walk = g_new0(struct walk, 1);
    walk->rig = srig_new();
    walk->world = world_new(walk->rig, level);
    *state = walk;
    return 0;
}

static int junior(void **state)
{
    return set_up_level(state, LEVEL_JUNIOR);
}

static int bachelor(void **state)
{
    return set_up_level(state, LEVEL_BACHELOR);
}

static int tear_down(void **state)
{
    struct walk *walk = *state;
    world_free(walk->world);
    srig_free(walk->rig);
    g_free(walk);
    return 0;
}

/* ---------------------------------------------------------------- the parts of the walk */

/* From the home page to the county; the platform has answered. */
static void choose_major(struct walk *walk)
{
    srig_choose(walk->rig, "start");
    world_serve(walk->world);
    assert_screen(walk->rig, "majors");
    assert_true(srig_shows(walk->rig, "行政管理"));
    srig_action(walk->rig, "majors"); /* the only one is ticked already */
    assert_screen(walk->rig, "city");
    srig_choose(walk->rig, "140100");
    assert_screen(walk->rig, "county");
    assert_true(srig_shows(walk->rig, "小店区"));
    assert_false(srig_shows(walk->rig, "平城区"));
    srig_choose(walk->rig, "140105");
    world_serve(walk->world);
}

static void submit(struct walk *walk)
{
    assert_screen(walk->rig, "confirm");
    assert_true(srig_shows(walk->rig, SRIG_ID)); /* here, and only here, whole: it must be checked */
    assert_true(srig_shows(walk->rig, "太原市小店区"));
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "submit");
    srig_edit(walk->rig, "id_tail", "0015");
    srig_action(walk->rig, "submit");
    world_serve(walk->world);
    assert_int_equal(walk->world->application->state, STATE_SYSTEM_CHECKING);
}

static const struct photo_facts good_photo = {
    .format = PHOTO_JPEG, .bytes = 40000, .width = 480, .height = 640, .colour = true, .complete = true};

static void list_photo(struct srig *rig)
{
    struct files_answer *files = record_new(&files_answer_record);
    struct file_entry *file = record_new(&file_entry_record);
    file->name = g_strdup("portrait.jpg");
    file->bytes = 40000;
    file->modified_at = SRIG_TIME;
    g_ptr_array_add(files->files, file);
    srig_helper(rig, JOB_FILES, files);
    record_free(&files_answer_record, files);
}

static void send_photo(struct walk *walk)
{
    assert_screen(walk->rig, "photo_rules");
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "photo");
    list_photo(walk->rig);
    srig_choose(walk->rig, "portrait.jpg");
    assert_string_equal(srig_job(walk->rig, JOB_PHOTO)->name, "portrait.jpg");
    srig_helper(walk->rig, JOB_PHOTO, &good_photo);
    assert_screen(walk->rig, "photo_send");
    assert_true(srig_shows(walk->rig, "480 × 640"));
    srig_edit(walk->rig, "photo_recent", "1");
    srig_action(walk->rig, "upload");
    assert_int_equal(srig_sent(walk->rig, API_PUT_PHOTO)->file, FILE_UPLOAD);
    world_serve(walk->world);
    assert_screen(walk->rig, "progress");
}

static void be_approved(struct walk *walk)
{
    walk->world->application->photo->state = PHOTO_ACCEPTED;
    walk->world->application->state = STATE_SYSTEM_APPROVED;
    world_push(walk->world);
    assert_screen(walk->rig, "progress");
    assert_true(srig_offers(walk->rig, "go order"));
}

static void pay(struct walk *walk)
{
    srig_action(walk->rig, "go order");
    assert_screen(walk->rig, "order");
    srig_choose(walk->rig, "simulated");
    world_serve(walk->world);
    assert_screen(walk->rig, "pay");
    assert_true(srig_shows(walk->rig, "/P/PAY/ABC"));
    walk->world->application->order->state = ORDER_PAID;
    walk->world->application->state = STATE_PAID;
    world_push(walk->world);
    assert_screen(walk->rig, "paid");
    assert_true(srig_shows(walk->rig, "支付成功"));
}

static void fill_form(struct walk *walk)
{
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "person");
    world_fill_person(walk->rig);
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "resume");
    world_fill_resume(walk->rig);
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "family");
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "awards");
    srig_action(walk->rig, "next");
    assert_screen(walk->rig, "evaluation");
    srig_action(walk->rig, "save_form");
    world_serve(walk->world);
    assert_screen(walk->rig, "print");
}

static void draw_and_send(struct walk *walk)
{
    struct sheet_answer *sheet = record_new(&sheet_answer_record);
    srig_action(walk->rig, "print");
    assert_screen(walk->rig, "printing");
    world_serve_one(walk->world, API_GET_PHOTO);
    const struct sheet_request *request = srig_job(walk->rig, JOB_SHEET)->record;
    assert_string_equal(sheet_data_text(request->data, "name"), SRIG_NAME);
    srig_helper(walk->rig, JOB_SHEET, sheet);
    record_free(&sheet_answer_record, sheet);
}

static void print(struct walk *walk)
{
    struct print_answer sent = {.result = PRINT_RESULT_SENT};
    draw_and_send(walk);
    const struct print_request *request = srig_job(walk->rig, JOB_PRINT)->record;
    assert_int_equal(request->copies, 2);
    assert_string_equal(request->job_name, srig_effect(walk->rig, EFFECT_PERSIST_PRINT)->print.job_name);
    srig_helper(walk->rig, JOB_PRINT, &sent);
    assert_screen(walk->rig, "print_check");
    srig_choose(walk->rig, "yes");
    world_serve(walk->world);
    assert_screen(walk->rig, "checklist");
}

static void leave(struct walk *walk)
{
    srig_action(walk->rig, "logout");
    assert_screen(walk->rig, "goodbye");
    world_serve(walk->world);
    assert_false(walk->rig->ended);
    srig_action(walk->rig, "end");
    assert_true(walk->rig->ended);
}

static void walk_of_a_junior(void **state)
{
    struct walk *walk = *state;
    world_login(walk->world);
    assert_screen(walk->rig, "home");
    choose_major(walk);
    submit(walk);
    send_photo(walk);
    be_approved(walk);
    pay(walk);
    fill_form(walk);
    print(walk);
    leave(walk);
    assert_int_equal(walk->world->submitted, 1);
    assert_int_equal(walk->world->orders, 1);
    assert_int_equal(g_hash_table_size(walk->rig->kept), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(walk_of_a_junior, junior, tear_down),
    };
    (void)bachelor;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
