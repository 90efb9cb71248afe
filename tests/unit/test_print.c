/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From "print" to both copies in hand, and every way in which that can fail. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void at_print(struct world *world)
{
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    assert_screen(world->rig, "print");
}

static void printed(struct world *world, enum print_result result, const char *reason)
{
    struct print_answer answer = {.result = (int)result, .reason = (char *)reason};
    srig_helper(world->rig, JOB_PRINT, &answer);
}

static const struct effect_print *kept(const struct srig *rig)
{
    const struct effect *effect = srig_effect(rig, EFFECT_PERSIST_PRINT);
    assert_non_null(effect);
    return &effect->print;
}

static enum task_step_state step(const struct srig *rig, guint i)
{
    struct page *page = session_page(rig->session);
    enum task_step_state state = ((struct page_task_step *)g_ptr_array_index(page->task, i))->state;
    page_free(page);
    return state;
}

/* ---------------------------------------------------------------- it works */

static void intent_then_submitted_then_sent_then_in_hand(void **state)
{
    struct world *world = *state;
    at_print(world);
    srig_action(world->rig, "print");
    assert_int_equal(step(world->rig, 0), TASK_NOW);
    world_serve_one(world, API_GET_PHOTO);
    assert_int_equal(srig_job(world->rig, JOB_SHEET)->file, FILE_PHOTO);
    assert_int_equal(((struct sheet_request *)srig_job(world->rig, JOB_SHEET)->record)->data->created_at, SRIG_TIME);
    assert_int_equal(step(world->rig, 0), TASK_DONE);
    assert_int_equal(step(world->rig, 1), TASK_NOW);
    struct sheet_answer *sheet = record_new(&sheet_answer_record);
    sheet->sha256 = g_strdup("abc");
    srig_helper(world->rig, JOB_SHEET, sheet);
    record_free(&sheet_answer_record, sheet);
    g_autofree char *name = g_strdup(kept(world->rig)->job_name);
    assert_int_equal(kept(world->rig)->progress, 0); /* intent, before the printer hears of it */
    assert_string_equal(kept(world->rig)->sha256, "abc");
    struct print_progress_report report = {.state = PRINTING_NO_PAPER, .job_uuid = (char *)"urn:uuid:1"};
    struct session_event event = {
        .kind = SESSION_PROGRESS, .ticket = srig_job(world->rig, JOB_PRINT)->ticket, .record = &report};
    srig_apply(world->rig, &event);
    assert_int_equal(kept(world->rig)->progress, 1);
    assert_true(srig_shows(world->rig, "缺 A3 纸"));
    srig_apply(world->rig, &event);
    assert_int_equal(world->rig->effects->len, 0); /* nothing new */
    printed(world, PRINT_RESULT_SENT, NULL);
    assert_int_equal(kept(world->rig)->progress, 2);
    assert_screen(world->rig, "print_check");
    srig_choose(world->rig, "yes");
    assert_int_equal(kept(world->rig)->progress, 3);
    assert_string_equal(kept(world->rig)->outcome, "in_hand");
    assert_string_equal(kept(world->rig)->job_name, name);
    assert_int_equal(kept(world->rig)->form_version, 1);
    world_serve(world);
    assert_screen(world->rig, "checklist");
}

static void no_two_jobs_of_one_name(void **state)
{
    struct world *world = *state;
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    at_print(world);
    for (int i = 0; i < 3; i++) {
        walk_draw_and_send(world);
        assert_true(g_hash_table_add(names, g_strdup(kept(world->rig)->job_name)));
        printed(world, PRINT_RESULT_SENT, NULL);
        srig_choose(world->rig, "no");
        assert_screen(world->rig, "print");
        assert_string_equal(kept(world->rig)->outcome, "not_printed");
        world_serve(world);
        assert_screen(world->rig, "print"); /* the answer does not take the person anywhere */
    }
    assert_int_equal(world->application->prints->len, 3);
}

/* Printed well once; a second print that fails must not end at the checklist. */
static void a_bad_second_print_is_not_in_hand(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_print(world);
    srig_action(world->rig, "go print");
    assert_true(srig_shows(world->rig, "这一版已经打印过"));
    walk_draw_and_send(world);
    printed(world, PRINT_RESULT_SENT, NULL);
    srig_choose(world->rig, "no");
    world_serve(world);
    assert_screen(world->rig, "print");
}

static void no_photo_at_the_platform_leaves_the_box_empty(void **state)
{
    struct world *world = *state;
    at_print(world);
    srig_action(world->rig, "print");
    srig_refuse(world->rig, API_GET_PHOTO, "platform_not_found", "没有照片。");
    assert_int_equal(srig_job(world->rig, JOB_SHEET)->file, FILE_NONE);
    assert_false(srig_shows(world->rig, "没有照片。"));
}

/* ---------------------------------------------------------------- it does not */

static void fails_before_the_printer(struct world *world, const char *sentence)
{
    assert_screen(world->rig, "printing");
    assert_true(srig_shows(world->rig, sentence));
    assert_true(srig_shows(world->rig, "没有出纸"));
    assert_null(srig_job(world->rig, JOB_PRINT));
    assert_null(srig_effect(world->rig, EFFECT_PERSIST_PRINT)); /* there never was an intent */
    assert_false(srig_offers(world->rig, "go print_check"));
    assert_true(srig_offers(world->rig, "print"));
    srig_action(world->rig, "go print");
    assert_screen(world->rig, "print");
}

static void the_sheet_cannot_be_drawn(void **state)
{
    static const struct {
        const char *overflow, *missing, *problem, *sentence;
    } cases[] = {
        {"employer", NULL, NULL, "有的内容太长"},
        {NULL, "U+2CB4E", NULL, "有个别字"},
        {NULL, NULL, "sheet.layout", "登记表没有生成"},
        {"employer", "U+2CB4E", NULL, "有的内容太长"},
    };
    struct world *world = *state;
    at_print(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct sheet_answer *sheet = record_new(&sheet_answer_record);
        sheet->problem = g_strdup(cases[i].problem);
        if (cases[i].overflow)
            g_ptr_array_add(sheet->overflow, g_strdup(cases[i].overflow));
        if (cases[i].missing)
            g_ptr_array_add(sheet->missing, g_strdup(cases[i].missing));
        srig_action(world->rig, "print");
        world_serve_one(world, API_GET_PHOTO);
        srig_helper(world->rig, JOB_SHEET, sheet);
        record_free(&sheet_answer_record, sheet);
        assert_int_equal(step(world->rig, 0), TASK_DONE);
        assert_int_equal(step(world->rig, 1), TASK_TROUBLE);
        assert_int_equal(step(world->rig, 2), TASK_TODO);
        fails_before_the_printer(world, cases[i].sentence);
    }
    srig_action(world->rig, "print");
    world_serve_one(world, API_GET_PHOTO);
    srig_helper(world->rig, JOB_SHEET, NULL); /* the helper died: nothing has reached a printer */
    fails_before_the_printer(world, "登记表没有生成");
}

static void the_photo_does_not_come(void **state)
{
    struct world *world = *state;
    at_print(world);
    srig_action(world->rig, "print");
    for (int i = 0; i < 4; i++) {
        srig_answer(world->rig, API_GET_PHOTO, CALL_BROKEN, NULL);
        if (i < 3)
            srig_wait(world->rig, 16000);
    }
    fails_before_the_printer(world, "服务平台暂时出错");
}

static void how_a_printer_may_end(void **state)
{
    static const struct {
        bool died;
        enum print_result result;
        const char *reason, *sentence;
        bool unknown;
    } cases[] = {
        {false, PRINT_RESULT_REFUSED, "print.no_queue", "没有找到打印机", false},
        {false, PRINT_RESULT_REFUSED, NULL, "打印机现在不能打印", false},
        {false, PRINT_RESULT_REFUSED, "no.such.key", "打印机现在不能打印", false},
        {false, PRINT_RESULT_CANCELLED, "print.cancelled", "打印被取消", false},
        {false, PRINT_RESULT_UNKNOWN, "print.lost", "与打印机失去联系", true},
        {false, PRINT_RESULT_UNKNOWN, NULL, "不能确定", true},
        {true, PRINT_RESULT_SENT, NULL, "不能确定", true},
    };
    struct world *world = *state;
    at_print(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        walk_draw_and_send(world);
        if (cases[i].died)
            srig_helper(world->rig, JOB_PRINT, NULL);
        else
            printed(world, cases[i].result, cases[i].reason);
        assert_true(srig_shows(world->rig, cases[i].sentence));
        assert_string_equal(kept(world->rig)->outcome, cases[i].unknown ? "unknown" : "not_printed");
        assert_int_equal(srig_shows(world->rig, "可能已经打印出来"), cases[i].unknown);
        assert_int_equal(srig_shows(world->rig, "没有出纸"), !cases[i].unknown);
        assert_int_equal(srig_offers(world->rig, "go print_check"), cases[i].unknown);
        assert_int_equal(step(world->rig, 2), TASK_TROUBLE);
        srig_action(world->rig, "go print");
        world_serve(world);
    }
}

static void unknown_may_turn_out_to_be_in_hand(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    srig_helper(world->rig, JOB_PRINT, NULL);
    srig_action(world->rig, "go print_check");
    srig_choose(world->rig, "yes");
    world_serve(world);
    assert_screen(world->rig, "checklist");
    assert_int_equal(world->application->prints->len, 1);
}

static void printing_again_reports_the_unknown(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    srig_helper(world->rig, JOB_PRINT, NULL);
    srig_action(world->rig, "print"); /* the person's explicit act */
    assert_int_equal(((struct api_print *)srig_sent(world->rig, API_PRINTS)->record)->outcome, PRINT_UNKNOWN);
    assert_non_null(srig_open(world->rig, API_GET_PHOTO));
}

/* ---------------------------------------------------------------- leaving it */

static void before_the_printer_it_can_be_stopped(void **state)
{
    struct world *world = *state;
    at_print(world);
    srig_action(world->rig, "print");
    srig_action(world->rig, "go print");
    assert_screen(world->rig, "print");
    assert_null(srig_open(world->rig, API_GET_PHOTO));
    srig_action(world->rig, "print");
    world_serve_one(world, API_GET_PHOTO);
    srig_action(world->rig, "go print");
    assert_null(srig_job(world->rig, JOB_SHEET)); /* cancelled: paper never comes out behind someone's back */
    assert_int_equal(world->rig->session->print.stage, PRINT_IDLE);
}

/* Whatever a form may offer: one run at a time. */
static void one_run_at_a_time(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    g_autofree char *name = g_strdup(world->rig->session->print.job_name);
    struct session *session = world->rig->session;
    session->effects = g_ptr_array_new_with_free_func((GDestroyNotify)effect_free);
    verb_run(session, "print", NULL);
    assert_int_equal(session->effects->len, 0);
    g_ptr_array_unref(g_steal_pointer(&session->effects));
    assert_string_equal(session->print.job_name, name);
}

static void at_the_printer_it_can_not(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    struct page *page = session_page(world->rig->session);
    assert_non_null(srig_find_action(page, "back")->why_not);
    page_free(page);
    srig_action(world->rig, "back");
    assert_screen(world->rig, "printing");
    srig_action(world->rig, "print");
    assert_null(srig_effect(world->rig, EFFECT_SEND));
    for (int i = 0; i < 10; i++)
        srig_wait(world->rig, 60000);
    assert_false(srig_shows(world->rig, "您还在吗")); /* it may take its time */
    srig_helper(world->rig, JOB_PRINT, NULL);
    srig_wait(world->rig, 1000);
    assert_false(srig_shows(world->rig, "您还在吗")); /* and so may the person */
}

static void who_goes_without_a_word_leaves_an_unknown(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    printed(world, PRINT_RESULT_SENT, NULL);
    srig_wait(world->rig, 91000);
    srig_tell(world->rig, SESSION_EXPIRED);
    assert_screen(world->rig, "goodbye");
    assert_string_equal(kept(world->rig)->outcome, "unknown");
    world_serve(world);
    assert_int_equal(world->application->prints->len, 1);
    assert_int_equal(((struct print_record *)g_ptr_array_index(world->application->prints, 0))->outcome, PRINT_UNKNOWN);
}

static void what_was_said_is_said_once(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_print(world);
    srig_action(world->rig, "logout");
    assert_null(srig_effect(world->rig, EFFECT_PERSIST_PRINT));
    world_serve(world);
    assert_int_equal(world->application->prints->len, 1);
}

static void a_lost_print_is_told_at_the_next_login(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    srig_restart(world->rig);
    world_login(world);
    assert_false(srig_shows(world->rig, "上次打印时中断了"));
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    struct session_event event = {.kind = SESSION_OUTBOX, .outbox = none, .print_open = true};
    srig_apply(world->rig, &event);
    assert_true(srig_shows(world->rig, "上次打印时中断了"));
    walk_print(world);
    srig_action(world->rig, "go print");
    assert_false(srig_shows(world->rig, "上次打印时中断了"));
}

/* ---------------------------------------------------------------- the form changes under it */

static void the_paper_keeps_its_version(void **state)
{
    struct world *world = *state;
    at_print(world);
    walk_draw_and_send(world);
    world->application->registration_form->version = 2; /* saved at another terminal */
    world_push(world);
    printed(world, PRINT_RESULT_SENT, NULL);
    srig_choose(world->rig, "yes");
    assert_int_equal(((struct api_print *)srig_sent(world->rig, API_PRINTS)->record)->form_version, 1);
}

static void a_form_that_vanishes_is_not_printed(void **state)
{
    struct world *world = *state;
    at_print(world);
    srig_action(world->rig, "print");
    record_free(&registration_form_record, g_steal_pointer(&world->application->registration_form));
    world_push(world);
    world_serve_one(world, API_GET_PHOTO);
    assert_null(srig_job(world->rig, JOB_SHEET));
    assert_true(srig_shows(world->rig, "登记表没有生成"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(intent_then_submitted_then_sent_then_in_hand, walk_junior),
        WALK(no_two_jobs_of_one_name, walk_junior),
        WALK(a_bad_second_print_is_not_in_hand, walk_junior),
        WALK(no_photo_at_the_platform_leaves_the_box_empty, walk_junior),
        WALK(the_sheet_cannot_be_drawn, walk_junior),
        WALK(the_photo_does_not_come, walk_junior),
        WALK(how_a_printer_may_end, walk_junior),
        WALK(unknown_may_turn_out_to_be_in_hand, walk_junior),
        WALK(printing_again_reports_the_unknown, walk_junior),
        WALK(before_the_printer_it_can_be_stopped, walk_junior),
        WALK(one_run_at_a_time, walk_junior),
        WALK(at_the_printer_it_can_not, walk_junior),
        WALK(who_goes_without_a_word_leaves_an_unknown, walk_junior),
        WALK(what_was_said_is_said_once, walk_junior),
        WALK(a_lost_print_is_told_at_the_next_login, walk_junior),
        WALK(the_paper_keeps_its_version, walk_junior),
        WALK(a_form_that_vanishes_is_not_printed, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
