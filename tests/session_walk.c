/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session_walk.h"

#include "session/state.h"

#include <string.h>

static int set_up(void **state, enum plan_level level)
{
    *state = world_new(srig_new(), level);
    return 0;
}

int walk_junior(void **state)
{
    return set_up(state, LEVEL_JUNIOR);
}

int walk_bachelor(void **state)
{
    return set_up(state, LEVEL_BACHELOR);
}

int walk_end(void **state)
{
    struct world *world = *state;
    srig_free(world->rig);
    world_free(world);
    return 0;
}

/* ---------------------------------------------------------------- the parts of the walk */

/* From the home page to the county; the platform has answered. */
void walk_choose_major(struct world *world)
{
    srig_choose(world->rig, "start");
    world_serve(world);
    assert_screen(world->rig, "majors");
    assert_true(srig_shows(world->rig, "行政管理"));
    srig_action(world->rig, "majors"); /* the only one is ticked already */
    assert_screen(world->rig, "city");
    srig_choose(world->rig, "140100");
    assert_screen(world->rig, "county");
    assert_true(srig_shows(world->rig, "小店区"));
    assert_false(srig_shows(world->rig, "平城区"));
    srig_choose(world->rig, "140105");
    world_serve(world);
    if (strcmp(session_screen(world->rig->session), "added_ask") == 0)
        walk_nothing_to_add(world);
}

void walk_nothing_to_add(struct world *world)
{
    assert_screen(world->rig, "added_ask");
    srig_choose(world->rig, "none");
}

void walk_submit(struct world *world)
{
    assert_screen(world->rig, "confirm");
    assert_true(srig_shows(world->rig, SRIG_ID)); /* here, and only here, whole: it must be checked */
    assert_true(srig_shows(world->rig, "太原市小店区"));
    srig_action(world->rig, "next");
    assert_screen(world->rig, "submit");
    srig_edit(world->rig, "id_tail", "0015");
    srig_action(world->rig, "submit");
    world_serve(world);
    assert_int_equal(world->application->state, STATE_SYSTEM_CHECKING);
}

const struct photo_facts walk_good_photo = {
    .format = PHOTO_JPEG, .bytes = 40000, .width = 480, .height = 640, .colour = true, .complete = true};

const struct archive_facts walk_good_archive = {.format = ARCHIVE_ZIP, .bytes = 3000000};

void walk_list_photo(struct world *world)
{
    struct files_answer *files = record_new(&files_answer_record);
    struct file_entry *file = record_new(&file_entry_record);
    file->name = g_strdup("portrait.jpg");
    file->bytes = 40000;
    file->modified_at = SRIG_TIME;
    g_ptr_array_add(files->files, file);
    srig_helper(world->rig, JOB_FILES, files);
    record_free(&files_answer_record, files);
}

void walk_send_photo(struct world *world)
{
    assert_screen(world->rig, "photo_rules");
    srig_action(world->rig, "next");
    assert_screen(world->rig, "photo");
    walk_list_photo(world);
    srig_choose(world->rig, "portrait.jpg");
    assert_string_equal(srig_job(world->rig, JOB_PHOTO)->name, "portrait.jpg");
    srig_helper(world->rig, JOB_PHOTO, &walk_good_photo);
    assert_screen(world->rig, "photo_send");
    assert_true(srig_shows(world->rig, "480 × 640"));
    srig_edit(world->rig, "photo_recent", "1");
    srig_action(world->rig, "upload");
    assert_int_equal(srig_sent(world->rig, API_PUT_PHOTO)->file, FILE_UPLOAD);
    world_serve(world);
    assert_screen(world->rig, "progress");
}

void walk_be_approved(struct world *world)
{
    world->application->photo->state = PHOTO_ACCEPTED;
    world->application->state = STATE_SYSTEM_APPROVED;
    world_push(world);
    assert_screen(world->rig, "progress");
    assert_true(srig_offers(world->rig, "go order"));
}

void walk_pay(struct world *world)
{
    srig_action(world->rig, "go order");
    assert_screen(world->rig, "order");
    srig_choose(world->rig, "simulated");
    world_serve(world);
    assert_screen(world->rig, "pay");
    assert_true(srig_shows(world->rig, "/P/PAY/ABC"));
    world->application->order->state = ORDER_PAID;
    world->application->state = STATE_PAID;
    world_push(world);
    assert_screen(world->rig, "paid");
    assert_true(srig_shows(world->rig, "支付成功"));
}

void walk_fill_form(struct world *world)
{
    srig_action(world->rig, "next");
    assert_screen(world->rig, "person");
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    assert_screen(world->rig, "resume");
    world_fill_resume(world->rig);
    srig_action(world->rig, "next");
    assert_screen(world->rig, "family");
    srig_action(world->rig, "next");
    assert_screen(world->rig, "awards");
    srig_action(world->rig, "next");
    assert_screen(world->rig, "evaluation");
    srig_action(world->rig, "save_form");
    world_serve(world);
    assert_screen(world->rig, "print");
}

void walk_draw_and_send(struct world *world)
{
    struct sheet_answer *sheet = record_new(&sheet_answer_record);
    srig_action(world->rig, "print");
    assert_screen(world->rig, "printing");
    world_serve_one(world, API_GET_PHOTO);
    const struct sheet_request *request = srig_job(world->rig, JOB_SHEET)->record;
    assert_string_equal(sheet_data_text(request->data, "name"), SRIG_NAME);
    srig_helper(world->rig, JOB_SHEET, sheet);
    record_free(&sheet_answer_record, sheet);
}

void walk_print(struct world *world)
{
    struct print_answer sent = {.result = PRINT_RESULT_SENT};
    walk_draw_and_send(world);
    const struct print_request *request = srig_job(world->rig, JOB_PRINT)->record;
    assert_int_equal(request->copies, 2);
    assert_string_equal(request->job_name, srig_effect(world->rig, EFFECT_PERSIST_PRINT)->print.job_name);
    srig_helper(world->rig, JOB_PRINT, &sent);
    assert_screen(world->rig, "print_check");
    srig_choose(world->rig, "yes");
    world_serve(world);
    assert_screen(world->rig, "checklist");
}

void walk_leave(struct world *world)
{
    srig_action(world->rig, "logout");
    assert_screen(world->rig, "goodbye");
    world_serve(world);
    assert_false(world->rig->ended);
    srig_action(world->rig, "end");
    assert_true(world->rig->ended);
}

/* ---------------------------------------------------------------- a write under way */

void walk_at_start(struct world *world)
{
    world_login(world);
    srig_choose(world->rig, "start");
}

void walk_at_county(struct world *world)
{
    walk_at_start(world);
    world_serve(world);
    srig_action(world->rig, "majors");
    srig_choose(world->rig, "140100");
    srig_choose(world->rig, "140105");
}

void walk_at_submit(struct world *world)
{
    world_login(world);
    walk_choose_major(world);
    srig_action(world->rig, "next");
    srig_edit(world->rig, "id_tail", "0015");
    srig_action(world->rig, "submit");
}

void walk_at_reapply(struct world *world)
{
    world_set_state(world, STATE_COUNTY_REJECTED);
    world_login(world);
    srig_action(world->rig, "go reapply");
    srig_edit(world->rig, "id_tail", "0015");
    srig_action(world->rig, "reapply");
}

void walk_at_order(struct world *world)
{
    world_set_state(world, STATE_SYSTEM_APPROVED);
    world_login(world);
    srig_action(world->rig, "go order");
    srig_choose(world->rig, "simulated");
}

void walk_at_save(struct world *world)
{
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    srig_action(world->rig, "go person");
    for (int i = 0; i < 4; i++)
        srig_action(world->rig, "next");
    srig_action(world->rig, "save_form");
}

void walk_at_prints(struct world *world)
{
    static const struct print_answer sent = {.result = PRINT_RESULT_SENT};
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    walk_draw_and_send(world);
    srig_helper(world->rig, JOB_PRINT, &sent);
    srig_choose(world->rig, "yes");
}

const struct walk_write walk_writes[WALK_WRITES] = {
    {API_START, walk_at_start, false, "!start"},
    {API_MAJORS, walk_at_county, false, "!140105"},
    {API_SUBMIT, walk_at_submit, true, "submit"},
    {API_REAPPLY, walk_at_reapply, true, "reapply"},
    {API_CREATE_ORDER, walk_at_order, true, "!simulated"},
    {API_PUT_FORM, walk_at_save, false, "save_form"},
    {API_PRINTS, walk_at_prints, true, "!yes"},
};

void walk_again(struct world *world, const struct walk_write *write)
{
    if (*write->again == '!')
        srig_choose(world->rig, write->again + 1);
    else
        srig_action(world->rig, write->again);
}

/* Each write in a world of its own. */
void walk_each_write(void (*test)(struct world *world, const struct walk_write *write))
{
    for (size_t i = 0; i < WALK_WRITES; i++) {
        void *state = NULL;
        walk_junior(&state);
        walk_writes[i].begin(state);
        test(state, &walk_writes[i]);
        walk_end(&state);
    }
}

void walk_assert_listed(const struct srig *rig, const struct page_field *shown)
{
    const struct form_screen *screen = forms_screen(rig->forms, session_screen(rig->session));
    const char *dot = strrchr(shown->key, '.');
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        if (strcmp(field->key, dot ? dot + 1 : shown->key) != 0)
            continue;
        g_autoptr(GPtrArray) keys = check_sentences(screen, field);
        for (guint k = 0; k < keys->len; k++)
            if (strcmp(message_text(g_ptr_array_index(keys, k), rig->forms->messages), shown->error) == 0)
                return;
    }
    fail_msg("\"%s\" beside %s is not in the list of check.c", shown->error, shown->key);
}
