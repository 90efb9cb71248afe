/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 添加顶替课程 (R9–R15): asked once, looked up by code, checked beside the fields, sent whole, cleared together. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void at_question(struct world *world)
{
    world_login(world);
    srig_choose(world->rig, "start");
    world_serve(world);
    srig_action(world->rig, "majors");
    srig_choose(world->rig, "140100");
    srig_choose(world->rig, "140105");
    world_serve(world);
    assert_screen(world->rig, "added_ask");
}

static void type(struct world *world, const char *reason, const char *code, const char *day, const char *score)
{
    srig_edit(world->rig, "added_reason", reason);
    srig_edit(world->rig, "added_code", code);
    srig_edit(world->rig, "added_passed_on", day);
    srig_edit(world->rig, "added_score", score);
    world_serve(world);
}

static void at_new(struct world *world)
{
    at_question(world);
    srig_choose(world->rig, "add");
    assert_screen(world->rig, "added_new");
}

static void add_one(struct world *world)
{
    at_new(world);
    type(world, "old_plan", "00312", "19991024", "66");
    srig_action(world->rig, "add_course");
    world_serve(world);
    assert_screen(world->rig, "added");
}

static char *error_of(const struct srig *rig, const char *key)
{
    struct page *page = session_page(rig->session);
    const struct page_field *field = srig_field(page, key);
    char *error = g_strdup(field ? field->error : NULL);
    page_free(page);
    return error;
}

static void assert_error(const struct world *world, const char *key, const char *sentence)
{
    g_autofree char *error = error_of(world->rig, key);
    if (!error || !strstr(error, sentence))
        fail_msg("%s says \"%s\", not \"%s\"", key, error ? error : "", sentence);
}

/* ---------------------------------------------------------------- the question */

static void most_people_have_nothing_to_add(void **state)
{
    struct world *world = *state;
    at_question(world);
    assert_true(srig_shows(world->rig, "没有，下一步"));
    srig_choose(world->rig, "none");
    assert_screen(world->rig, "confirm");
    assert_false(srig_shows(world->rig, "扫描件压缩包"));
    srig_action(world->rig, "logout"); /* not offered here */
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    world_serve(world);
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, "confirm"); /* what was answered is in the draft */
}

static void r09_r10_r11_r12_the_notices_stand_where_it_is_asked(void **state)
{
    struct world *world = *state;
    at_question(world);
    assert_true(srig_shows(world->rig, "符合英语（专）、公共基础课中的数学类科目的免考条件"));
    assert_true(srig_shows(world->rig, "添加相应课程并上传成绩截图压缩包"));
    assert_true(srig_shows(world->rig, "持有旧计划课程合格证（红卡/绿卡）或实践课考核卡，但该成绩系统上无法查询"));
    assert_true(srig_shows(world->rig, "未按要求上传、未按时提交原件、伪造材料的，毕业申请无效"));
    srig_choose(world->rig, "add");
    type(world, "old_plan", "00312", "19991024", "66");
    srig_action(world->rig, "add_course");
    world_serve(world);
    assert_true(srig_shows(world->rig, "未按要求上传、未按时提交原件、伪造材料的，毕业申请无效")); /* twice: L63, L71 */
}

/* ---------------------------------------------------------------- one course */

static void r09_a_course_has_one_of_three_reasons(void **state)
{
    struct world *world = *state;
    at_new(world);
    struct page *page = session_page(world->rig->session);
    const GPtrArray *options = srig_field(page, "added_reason")->options;
    assert_int_equal(options->len, 3);
    page_free(page);
    type(world, "", "00312", "19991024", "66");
    srig_action(world->rig, "add_course");
    assert_null(srig_sent(world->rig, API_ADDED_COURSES));
    assert_error(world, "added_reason", "请填写此项");
}

static void r13_four_fields_and_the_name_comes_by_itself(void **state)
{
    struct world *world = *state;
    at_new(world);
    srig_edit(world->rig, "added_code", "0031");
    assert_null(srig_open(world->rig, API_COURSE));
    srig_edit(world->rig, "added_code", "００３１２");
    assert_string_equal(srig_open(world->rig, API_COURSE)->argument, "00312");
    world_serve(world);
    assert_true(srig_shows(world->rig, "政治学概论"));
    type(world, "old_plan", "００３１２", "19991024", "６６");
    srig_action(world->rig, "add_course");
    const struct api_added_courses *body = srig_sent(world->rig, API_ADDED_COURSES)->record;
    const struct added_course *course = g_ptr_array_index(body->courses, 0);
    assert_int_equal(body->courses->len, 1);
    assert_string_equal(course->code, "00312");
    assert_string_equal(course->name, "政治学概论");
    assert_string_equal(course->passed_on, "1999-10-24");
    assert_int_equal(course->score, 66);
    assert_int_equal(course->reason, ADDED_OLD_PLAN);
    world_serve(world);
    assert_screen(world->rig, "added");
    assert_true(srig_shows(world->rig, "1999-10-24"));
    srig_action(world->rig, "go added_new");
    assert_string_equal(answer(world->rig->session, "added_code"), ""); /* the next one is another */
}

static void only_an_old_course_has_a_name_of_ones_own(void **state)
{
    struct world *world = *state;
    at_new(world);
    type(world, "old_plan", "00006", "19991024", "66");
    struct page *page = session_page(world->rig->session);
    assert_non_null(srig_field(page, "added_name"));
    assert_null(srig_field(page, "added_title"));
    page_free(page);
    srig_action(world->rig, "add_course");
    assert_null(srig_sent(world->rig, API_ADDED_COURSES));
    srig_edit(world->rig, "added_name", "政治经济学（财经类）");
    srig_edit(world->rig, "added_reason", "exemption");
    srig_action(world->rig, "add_course");
    assert_error(world, "added_code", "没有这个课程代码");
    srig_edit(world->rig, "added_reason", "old_plan");
    srig_action(world->rig, "add_course");
    assert_non_null(srig_sent(world->rig, API_ADDED_COURSES));
}

static void every_fault_stands_beside_its_field(void **state)
{
    static const struct {
        const char *reason, *code, *day, *score, *field, *sentence;
    } cases[] = {
        {"old_plan", "312", "19991024", "66", "added_code", "5位数字"},
        {"old_plan", "00312", "19990230", "66", "added_passed_on", "没有这个日期"},
        {"old_plan", "00312", "20991024", "66", "added_passed_on", "不能晚于今天"},
        {"old_plan", "00312", "19791024", "66", "added_passed_on", "1983"},
        {"old_plan", "00312", "19991024", "59", "added_score", "60至100"},
        {"old_plan", "00312", "19991024", "101", "added_score", "60至100"},
        {"old_plan", "00312", "19991024", "良好", "added_score", "60至100"},
        {"exemption", "00312", "19991024", "66", "added_reason", "免考"},
        {"practice_card", "00312", "19991024", "66", "added_reason", "实践课"},
    };
    struct world *world = *state;
    at_new(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        type(world, cases[i].reason, cases[i].code, cases[i].day, cases[i].score);
        srig_action(world->rig, "add_course");
        assert_null(srig_sent(world->rig, API_ADDED_COURSES));
        assert_error(world, cases[i].field, cases[i].sentence);
        struct page *page = session_page(world->rig->session);
        walk_assert_listed(world->rig, srig_field(page, cases[i].field));
        page_free(page);
    }
}

static void r11_what_is_on_record_is_not_added(void **state)
{
    struct world *world = *state;
    at_new(world);
    type(world, "old_plan", "00144", "19991024", "66"); /* passed, says the prejudge */
    srig_edit(world->rig, "added_name", "企业管理概论");
    srig_action(world->rig, "add_course");
    assert_null(srig_sent(world->rig, API_ADDED_COURSES));
    assert_error(world, "added_code", "已有合格成绩");
}

/* The platform knows more: its word comes beside the field it names. */
static void the_platforms_fault_stands_beside_the_field(void **state)
{
    struct world *world = *state;
    at_new(world);
    type(world, "old_plan", "00312", "19991024", "66");
    srig_action(world->rig, "add_course");
    const struct effect *sent = srig_open(world->rig, API_ADDED_COURSES);
    struct api_failure failure = {.code = (char *)"added_course.on_record",
                                  .message = (char *)"这门课程已有合格成绩，无需添加。",
                                  .field = (char *)"courses[0].code"};
    struct session_event event = {
        .kind = SESSION_REPLY, .ticket = sent->ticket, .outcome = CALL_REFUSED, .failure = &failure};
    g_ptr_array_set_size(world->rig->open, 0);
    srig_apply(world->rig, &event);
    assert_screen(world->rig, "added_new");
    assert_error(world, "added_code", "已有合格成绩");
    assert_string_equal(answer(world->rig->session, "added_code"), "00312"); /* still there, to be mended */
}

static void a_name_that_is_still_asked_for(void **state)
{
    struct world *world = *state;
    at_new(world);
    srig_edit(world->rig, "added_reason", "exemption");
    srig_edit(world->rig, "added_code", "13124");
    srig_edit(world->rig, "added_passed_on", "19991024");
    srig_edit(world->rig, "added_score", "66");
    srig_action(world->rig, "add_course");
    assert_null(srig_sent(world->rig, API_ADDED_COURSES));
    assert_true(srig_shows(world->rig, "正在查询课程名称"));
    srig_edit(world->rig, "added_code", "00023"); /* changed meanwhile: the older answer is of no use */
    assert_int_equal(srig_open_count(world->rig, API_COURSE), 1);
    world_serve(world);
    assert_true(srig_shows(world->rig, "高等数学（工本）"));
    srig_action(world->rig, "add_course");
    assert_non_null(srig_sent(world->rig, API_ADDED_COURSES));
}

static void a_course_being_typed_is_in_the_draft(void **state)
{
    struct world *world = *state;
    at_new(world);
    type(world, "old_plan", "00312", "19991024", "66");
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    world_serve(world);
    srig_restart(world->rig);
    world_login(world);
    assert_string_equal(answer(world->rig->session, "added_code"), "00312");
    assert_string_equal(answer(world->rig->session, "added_score"), "66");
}

/* ---------------------------------------------------------------- the archive */

static void send_archive(struct world *world)
{
    srig_action(world->rig, "go archive");
    const struct files_request *request = srig_job(world->rig, JOB_FILES)->record;
    assert_int_equal(request->kind, FILES_ARCHIVES);
    walk_list_photo(world);
    srig_choose(world->rig, "portrait.jpg");
    assert_string_equal(srig_job(world->rig, JOB_ARCHIVE)->name, "portrait.jpg");
    srig_helper(world->rig, JOB_ARCHIVE, &walk_good_archive);
    assert_int_equal(srig_sent(world->rig, API_PUT_ARCHIVE)->file, FILE_ARCHIVE);
    world_serve(world);
    assert_screen(world->rig, "added");
}

static void r12_r14_no_way_on_without_the_archive(void **state)
{
    struct world *world = *state;
    add_one(world);
    srig_action(world->rig, "added_done");
    assert_screen(world->rig, "added");
    assert_true(srig_shows(world->rig, "请上传扫描件压缩包（zip或rar）"));
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, "added"); /* resumed where it is missing */
    send_archive(world);
    assert_true(srig_shows(world->rig, "已上传（zip）"));
    srig_action(world->rig, "added_done");
    assert_screen(world->rig, "confirm");
    assert_true(srig_shows(world->rig, "添加的顶替课程"));
    assert_true(srig_shows(world->rig, "政治学概论"));
    assert_true(srig_shows(world->rig, "已上传（zip）"));
    assert_true(srig_shows(world->rig, "请将原件与《毕业生登记表》在规定时间内一并交至"));
    walk_submit(world);
    assert_int_equal(world->submitted, 1);
}

static void r14_what_is_no_archive_is_not_sent(void **state)
{
    static const struct {
        struct archive_facts facts;
        const char *sentence;
    } cases[] = {
        {{.format = ARCHIVE_UNKNOWN, .bytes = 10}, "须为 zip 或 rar"},
        {{.format = ARCHIVE_ZIP, .bytes = 22, .empty = true}, "是空的"},
        {{.format = ARCHIVE_RAR, .bytes = 100, .encrypted = true}, "设有密码"},
        {{.format = ARCHIVE_ZIP, .bytes = ARCHIVE_MAX_BYTES + 1}, "不能超过20M"},
        {{.format = ARCHIVE_ZIP, .bytes = 20, .broken = true}, "不完整"},
    };
    struct world *world = *state;
    add_one(world);
    srig_action(world->rig, "go archive");
    walk_list_photo(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        srig_choose(world->rig, "portrait.jpg");
        srig_helper(world->rig, JOB_ARCHIVE, &cases[i].facts);
        assert_screen(world->rig, "archive");
        assert_null(srig_open(world->rig, API_PUT_ARCHIVE));
        assert_true(srig_shows(world->rig, cases[i].sentence));
    }
    srig_choose(world->rig, "portrait.jpg");
    srig_helper(world->rig, JOB_ARCHIVE, NULL); /* the helper died of it */
    assert_true(srig_shows(world->rig, "不完整或已损坏"));
}

/* ---------------------------------------------------------------- taking away */

static void r15_clears_both(void **state)
{
    struct world *world = *state;
    add_one(world);
    send_archive(world);
    srig_action(world->rig, "go added_delete");
    srig_action(world->rig, "go added_clear");
    assert_true(srig_shows(world->rig, "会一起清空，不能恢复"));
    srig_choose(world->rig, "back");
    assert_screen(world->rig, "added");
    assert_int_equal(world->application->added_courses->len, 1);
    srig_action(world->rig, "go added_delete");
    srig_action(world->rig, "go added_clear");
    srig_choose(world->rig, "clear");
    world_serve(world);
    assert_screen(world->rig, "added_ask");
    assert_int_equal(world->application->added_courses->len, 0);
    assert_null(world->application->archive);
}

static void one_row_goes_and_the_last_is_asked_about(void **state)
{
    struct world *world = *state;
    add_one(world);
    srig_action(world->rig, "go added_new");
    type(world, "exemption", "13124", "20051015", "72");
    srig_action(world->rig, "add_course");
    world_serve(world);
    assert_int_equal(world->application->added_courses->len, 2);
    srig_action(world->rig, "go added_delete");
    srig_choose(world->rig, "0");
    world_serve(world);
    assert_screen(world->rig, "added");
    assert_int_equal(world->application->added_courses->len, 1);
    assert_string_equal(((struct added_course *)world->application->added_courses->pdata[0])->code, "13124");
    srig_action(world->rig, "go added_delete");
    srig_choose(world->rig, "0");
    assert_screen(world->rig, "added_clear");
}

static void no_more_than_twenty(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    for (int i = 0; i < ADDED_COURSES_MAX; i++) {
        g_autofree char *code = g_strdup_printf("%05d", i + 1);
        world_add_course(world, code);
    }
    world_login(world);
    srig_action(world->rig, "go added_new");
    type(world, "old_plan", "00312", "19991024", "66");
    srig_action(world->rig, "add_course");
    assert_null(srig_sent(world->rig, API_ADDED_COURSES));
    assert_true(srig_shows(world->rig, "最多添加20门"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(most_people_have_nothing_to_add, walk_junior),
        WALK(r09_r10_r11_r12_the_notices_stand_where_it_is_asked, walk_junior),
        WALK(r09_a_course_has_one_of_three_reasons, walk_junior),
        WALK(r13_four_fields_and_the_name_comes_by_itself, walk_junior),
        WALK(only_an_old_course_has_a_name_of_ones_own, walk_junior),
        WALK(every_fault_stands_beside_its_field, walk_junior),
        WALK(r11_what_is_on_record_is_not_added, walk_junior),
        WALK(the_platforms_fault_stands_beside_the_field, walk_junior),
        WALK(a_name_that_is_still_asked_for, walk_junior),
        WALK(a_course_being_typed_is_in_the_draft, walk_junior),
        WALK(r12_r14_no_way_on_without_the_archive, walk_junior),
        WALK(r14_what_is_no_archive_is_not_sent, walk_junior),
        WALK(r15_clears_both, walk_junior),
        WALK(one_row_goes_and_the_last_is_asked_about, walk_junior),
        WALK(no_more_than_twenty, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
