/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the courses given for English change: on the pages, and on the sheet's fourth page. */
#include "session/state.h"
#include "rules.h"
#include "session_walk.h"

#include <string.h>

/* ---------------------------------------------------------------- the same as from the results themselves */

static void assert_same_judgement(const struct eligibility *here, const struct eligibility *there)
{
    assert_int_equal(here->verdict, there->verdict);
    assert_true(record_equal(&eligibility_totals_record, here->totals, there->totals));
    assert_int_equal(here->courses->len, there->courses->len);
    for (guint i = 0; i < here->courses->len; i++)
        assert_true(record_equal(&eligibility_course_record, g_ptr_array_index(here->courses, i),
                                 g_ptr_array_index(there->courses, i)));
    assert_int_equal(here->reasons->len, there->reasons->len);
}

/* The seed's candidate (L43–L47), with one failed, one used and one exempt result. */
static void as_the_platform_would(void **state)
{
    static const char *const given[] = {
        "", "00144 00321", "03708 00315", "00144", "00034 99999", "00315 00144", "00316 00321"};
    struct world *world = *state;
    struct plan *plan = rules_seed_plan();
    GPtrArray *results = rules_seed_results();
    struct messages *messages = rules_messages();
    (void)rules_result(results, "13000", 7, 41);
    (void)rules_result(results, "00009", 6, 70); /* outside the plan */
    ((struct plan_course *)plan_course_find(plan, "00341"))->old_codes = g_strdup("00011");
    struct result *old = g_ptr_array_index(results, 15);
    g_free(old->course_code);
    old->course_code = g_strdup("00011");
    ((struct result *)g_ptr_array_index(results, 3))->used = true;
    ((struct result *)g_ptr_array_index(results, 1))->exempt = true;
    struct candidate_major *major = g_ptr_array_index(world->candidate->majors, 0);
    g_free(major->code);
    major->code = g_strdup(plan->major_code);
    g_free(major->version);
    major->version = g_strdup(plan->plan_version);
    record_free(&eligibility_record, world->eligibility);
    world->eligibility = eligibility_judge(
        &(struct eligibility_case){.plan = plan, .results = results, .substitution = NULL}, message_text, messages);
    record_free(&plan_record, world->plan);
    world->plan = plan; /* the world's from now on */
    world_set_state(world, STATE_FORM_SAVED);
    for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
        GPtrArray *codes = rules_codes(given[i]);
        g_ptr_array_unref(world->application->english_substitution);
        world->application->english_substitution = codes;
        srig_restart(world->rig);
        world_login(world);
        struct eligibility *here = judge_applied(world->rig->session);
        struct eligibility *there =
            eligibility_judge(&(struct eligibility_case){.plan = plan, .results = results, .substitution = codes},
                              message_text, messages);
        assert_same_judgement(here, there);
        record_free(&eligibility_record, here);
        record_free(&eligibility_record, there);
    }
    g_ptr_array_unref(results);
    record_free(&messages_record, messages);
}

/* ---------------------------------------------------------------- on the pages */

static void ticking_a_compulsory_course_warns(void **state)
{
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    srig_choose(world->rig, "00144");
    assert_false(srig_shows(world->rig, "还不符合毕业条件")); /* not enough yet: that is said when one goes on */
    srig_choose(world->rig, "03708");
    assert_true(srig_shows(world->rig, "还不符合毕业条件"));
    assert_true(srig_shows(world->rig, "03708 中国近现代史纲要：必考课程，已用于顶替英语"));
    srig_choose(world->rig, "03708");
    srig_choose(world->rig, "00321");
    assert_false(srig_shows(world->rig, "还不符合毕业条件"));
}

static void the_confirmation_warns_of_what_is_missing(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world_login(world);
    assert_screen(world->rig, "confirm");
    assert_false(srig_shows(world->rig, "暂不符合毕业条件")); /* the prejudge alone would say so */
    world->plan->min_credits = 70;
    srig_restart(world->rig);
    world_login(world);
    assert_true(srig_shows(world->rig, "暂不符合毕业条件"));
    assert_true(srig_shows(world->rig, "总学分：至少70学分，现有9学分"));
    srig_action(world->rig, "next");
    assert_screen(world->rig, "submit"); /* R4: a warning, never a wall */
}

/* ---------------------------------------------------------------- on the sheet */

static const char *sheet_text(const struct srig *rig, const char *name)
{
    const struct sheet_request *request = srig_job(rig, JOB_SHEET)->record;
    return sheet_data_text(request->data, name);
}

static void page_four_has_the_substitution(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    srig_action(world->rig, "print");
    world_serve_one(world, API_GET_PHOTO);
    assert_string_equal(sheet_text(world->rig, "course.1.code"), "00144");
    assert_string_equal(sheet_text(world->rig, "course.1.remark"), "顶替13000");
    assert_string_equal(sheet_text(world->rig, "course.4.code"), "13000");
    assert_string_equal(sheet_text(world->rig, "course.4.remark"), "课程顶替");
    assert_string_equal(sheet_text(world->rig, "total.credits"), "9");
}

static void without_a_plan_nothing_wrong_is_printed(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    g_hash_table_remove_all(world->rig->session->plans);
    srig_action(world->rig, "print");
    assert_non_null(srig_sent(world->rig, API_PLAN)); /* for the next try */
    world_serve_one(world, API_GET_PHOTO);
    assert_null(srig_job(world->rig, JOB_SHEET));
    assert_true(srig_shows(world->rig, "登记表没有生成"));
    world_serve(world);
    srig_action(world->rig, "print");
    world_serve_one(world, API_GET_PHOTO);
    assert_non_null(srig_job(world->rig, JOB_SHEET));
}

static void a_plan_of_another_version_is_none(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    g_free(world->plan->plan_version);
    world->plan->plan_version = g_strdup("old");
    world_login(world);
    assert_true(judge_needs_plan(world->rig->session));
    assert_null(judge_applied(world->rig->session));
    assert_null(judge_ticked(world->rig->session));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(as_the_platform_would, walk_bachelor),
        WALK(ticking_a_compulsory_course_warns, walk_bachelor),
        WALK(the_confirmation_warns_of_what_is_missing, walk_bachelor),
        WALK(page_four_has_the_substitution, walk_bachelor),
        WALK(without_a_plan_nothing_wrong_is_printed, walk_junior),
        WALK(a_plan_of_another_version_is_none, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
