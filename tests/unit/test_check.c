/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults beside the fields: every page of the form, the first fault in focus, gone when it is mended. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void at_person(struct world *world)
{
    world_set_state(world, STATE_PAID);
    world_login(world);
    assert_screen(world->rig, "person");
}

/* Number of faults on the page; *ret_focus = the field in focus, newly allocated. */
static int faults(const struct srig *rig, char **ret_focus)
{
    struct page *page = session_page(rig->session);
    int n = 0;
    for (guint i = 0; i < page->fields->len; i++)
        n += ((struct page_field *)g_ptr_array_index(page->fields, i))->error != NULL;
    *ret_focus = g_strdup(page->focus);
    page_free(page);
    return n;
}

static void words(void **state)
{
    (void)state;
    assert_true(check_exists("account"));
    assert_true(check_exists("id_tail"));
    assert_true(check_exists("ticked"));
    assert_true(check_exists("person_name") && check_exists("id_no") && check_exists("exam_no"));
    assert_true(check_exists("mobile") && check_exists("new_password") && check_exists("same_password"));
    assert_false(check_exists("Account"));
    assert_false(check_exists(""));
}

static void an_empty_person(void **state)
{
    struct world *world = *state;
    g_autofree char *focus = NULL;
    at_person(world);
    srig_action(world->rig, "next");
    assert_screen(world->rig, "person");
    assert_int_equal(faults(world->rig, &focus), 11); /* all but the tick */
    assert_string_equal(focus, "ethnicity");
    assert_true(srig_shows(world->rig, "有的内容需要修改"));
}

/* One field wrong at a time, everything else right. */
static void each_field_of_the_person(void **state)
{
    static const struct {
        const char *key, *wrong, *sentence;
    } cases[] = {
        {"ethnicity", "", "请从列表中选择"},
        {"occupation", " ", "请填写此项"},
        {"political_status", "77", "请从列表中选择"},
        {"mobile", "12812345678", "11位手机号"},
        {"education", "", "请从列表中选择"},
        {"health", "", "请从列表中选择"},
        {"work_since", "20120230", "没有这个日期"},
        {"never_worked", "1", "请取消这里的打勾"},
        {"overseas_relations", "", "请填写此项"},
        {"native_place", "太原", "山西省太原市"},
        {"employer", "  ", "请填写此项"},
        {"address", "太原", "内容太短"},
    };
    struct world *world = *state;
    at_person(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *focus = NULL, *none = NULL;
        world_fill_person(world->rig);
        srig_edit(world->rig, cases[i].key, cases[i].wrong);
        srig_action(world->rig, "next");
        assert_screen(world->rig, "person");
        assert_int_equal(faults(world->rig, &focus), 1);
        assert_string_equal(focus, cases[i].key);
        assert_true(srig_shows(world->rig, cases[i].sentence));
        srig_edit(world->rig, cases[i].key,
                  ""); /* typing there takes the mark away and leaves the focus to the person */
        assert_int_equal(faults(world->rig, &none), 0);
        assert_null(none);
    }
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    assert_screen(world->rig, "resume");
}

static void the_resume(void **state)
{
    static const struct {
        const char *from, *to, *where, *focus, *sentence;
    } cases[] = {
        {"20090901", "20120630", "", "resume.2.where", "这一栏没有填完"},
        {"", "20120630", "太原", "resume.2.from", "这一栏没有填完"},
        {"20120901", "20120630", "太原", "resume.2.to", "结束时间不能早于"},
        {"20120901", "20991231", "太原", "resume.2.to", "不能晚于今天"},
        {"19800101", "20120630", "太原", "resume.2.from", "不能早于出生日期"},
        {"20010901", "20020630", "太原", "resume.2.from", "按时间先后"},
        {"2012093", "20120930", "太原", "resume.2.from", "没有这个日期"},
    };
    struct world *world = *state;
    at_person(world);
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    srig_action(world->rig, "next");
    assert_screen(world->rig, "resume");
    assert_true(srig_shows(world->rig, "至少填写一栏")); /* R40 */
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *focus = NULL;
        world_fill_resume(world->rig);
        srig_edit(world->rig, "resume.2.from", cases[i].from);
        srig_edit(world->rig, "resume.2.to", cases[i].to);
        srig_edit(world->rig, "resume.2.where", cases[i].where);
        srig_action(world->rig, "next");
        assert_screen(world->rig, "resume");
        assert_true(faults(world->rig, &focus) >= 1);
        assert_string_equal(focus, cases[i].focus);
        assert_true(srig_shows(world->rig, cases[i].sentence));
    }
}

static void the_family_and_the_evaluation(void **state)
{
    struct world *world = *state;
    g_autofree char *focus = NULL, *too_short = world_text(399), *enough = world_text(400);
    at_person(world);
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    world_fill_resume(world->rig);
    srig_action(world->rig, "next");
    srig_edit(world->rig, "family.6.position", "教师");
    srig_action(world->rig, "next");
    assert_screen(world->rig, "family");
    assert_int_equal(faults(world->rig, &focus), 2);
    assert_string_equal(focus, "family.6.name");
    srig_edit(world->rig, "family.6.position", "");
    srig_action(world->rig, "next");
    srig_action(world->rig, "next");
    assert_screen(world->rig, "evaluation");
    srig_edit(world->rig, "self_evaluation", too_short);
    srig_action(world->rig, "save_form");
    assert_screen(world->rig, "evaluation");
    assert_true(srig_shows(world->rig, "不得少于400字"));
    assert_null(srig_sent(world->rig, API_PUT_FORM));
    srig_edit(world->rig, "self_evaluation", " \n \n"); /* nothing but white space: written by hand (R38) */
    srig_action(world->rig, "save_form");
    assert_non_null(srig_sent(world->rig, API_PUT_FORM));
    world_serve(world);
    assert_screen(world->rig, "print");
    srig_action(world->rig, "go person");
    for (int i = 0; i < 4; i++)
        srig_action(world->rig, "next");
    srig_edit(world->rig, "self_evaluation", enough);
    srig_action(world->rig, "save_form");
    assert_non_null(srig_sent(world->rig, API_PUT_FORM));
}

/* The focus is asked for once; the next page that is drawn leaves it to the person. */
static void the_focus_is_news_only_once(void **state)
{
    struct world *world = *state;
    g_autofree char *first = NULL, *later = NULL;
    at_person(world);
    srig_action(world->rig, "next");
    (void)faults(world->rig, &first);
    assert_string_equal(first, "ethnicity");
    srig_edit(world->rig, "address", SRIG_ADDRESS);
    assert_int_equal(faults(world->rig, &later), 10);
    assert_null(later);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        WALK(an_empty_person, walk_junior),
        WALK(each_field_of_the_person, walk_junior),
        WALK(the_resume, walk_junior),
        WALK(the_family_and_the_evaluation, walk_junior),
        WALK(the_focus_is_news_only_once, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
