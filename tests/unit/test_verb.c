/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the actions do, and that they do nothing where they must not. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static const char *const all_verbs[] = {
    "go",
    "next",
    "back",
    "resume",
    "return",
    "health",
    "accept",
    "login",
    "logout",
    "end",
    "quit",
    "start",
    "judge",
    "majors",
    "load_majors",
    "city",
    "county",
    "substitution",
    "load_substitution",
    "skip_substitution",
    "prior_degree",
    "enter_degree",
    "submit",
    "list_files",
    "pick_file",
    "upload",
    "order",
    "check_order",
    "enter_pay",
    "save_form",
    "print",
    "print_yes",
    "print_no",
    "register",
    "enter_plan",
    "add_course",
    "remove_course",
    "clear_courses",
    "added_done",
    "degree_again",
    "degree_manual",
    "reapply",
    "list_archives",
    "pick_archive",
    "photo_manual",
    "receipt",
    "enter_receipt",
};

static void words(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(all_verbs); i++)
        assert_true(verb_exists(all_verbs[i]));
    assert_false(verb_exists("GO"));
    assert_false(verb_exists(""));
    assert_false(verb_exists("submit "));
}

/* Whatever a form says: without a person logged in nothing of a person is done. */
static void nothing_of_a_person_without_one(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    world_serve(world);
    struct session *session = world->rig->session;
    for (size_t i = 0; i < G_N_ELEMENTS(all_verbs); i++) {
        const char *moves[] = {"go",     "end",  "logout", "login",  "health",
                               "accept", "next", "back",   "return", "register"};
        bool moving = false;
        for (size_t k = 0; k < G_N_ELEMENTS(moves); k++)
            moving = moving || strcmp(moves[k], all_verbs[i]) == 0;
        if (moving)
            continue;
        session->effects = g_ptr_array_new_with_free_func((GDestroyNotify)effect_free);
        verb_run(session, all_verbs[i], "140105");
        assert_int_equal(session->effects->len, 0);
        g_ptr_array_unref(g_steal_pointer(&session->effects));
        assert_screen(world->rig, "start");
    }
}

/* ---------------------------------------------------------------- coming */

static void both_ticks_before_the_login(void **state)
{
    struct srig *rig = ((struct world *)*state)->rig;
    srig_start(rig);
    srig_action(rig, "go consent");
    srig_action(rig, "accept");
    assert_screen(rig, "consent");
    assert_true(srig_shows(rig, "请按空格键打勾"));
    srig_edit(rig, "consent_general", "1");
    srig_action(rig, "accept");
    assert_screen(rig, "consent"); /* the second is asked for separately (domain.md 9.1) */
    srig_edit(rig, "consent_sensitive", "1");
    srig_action(rig, "accept");
    assert_screen(rig, "login");
}

static void which_accounts_are_sent(void **state)
{
    static const struct {
        const char *typed, *sent; /* NULL = not sent */
    } cases[] = {
        {SRIG_ID, SRIG_ID},
        {"010124100001", "010124100001"},
        {"１４００００１９９００３０７００１５", SRIG_ID},
        {"11010519491231002x", "11010519491231002X"},
        {"140000199003070014", NULL}, /* wrong check character */
        {"140000900307001", NULL},    /* fifteen digits */
        {"01012410000", NULL},
        {"", NULL},
        {"zhangsan", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct srig *rig = srig_new();
        srig_start(rig);
        srig_action(rig, "go consent");
        srig_edit(rig, "consent_general", "1");
        srig_edit(rig, "consent_sensitive", "1");
        srig_action(rig, "accept");
        srig_edit(rig, "account", cases[i].typed);
        srig_edit(rig, "password", SRIG_PASSWORD);
        srig_action(rig, "login");
        const struct effect *sent = srig_sent(rig, API_LOGIN);
        assert_int_equal(sent != NULL, cases[i].sent != NULL);
        if (sent)
            assert_string_equal(((struct api_login *)sent->record)->account, cases[i].sent);
        srig_free(rig);
    }
    (void)state;
}

static void the_way_back_out(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    srig_action(world->rig, "end");
    assert_true(world->rig->ended);
}

/* ---------------------------------------------------------------- choosing */

static void several_majors_are_asked_for_and_told_apart(void **state)
{
    struct world *world = *state;
    struct srig *rig = world->rig;
    struct candidate_major *old = record_copy(&candidate_major_record, g_ptr_array_index(world->candidate->majors, 0));
    g_free(old->version);
    old->version = g_strdup("old");
    g_ptr_array_add(world->candidate->majors, old);
    world_login(world);
    srig_choose(rig, "judge");
    assert_screen(rig, "judge");
    assert_true(srig_shows(rig, "新计划"));
    assert_true(srig_shows(rig, "旧计划"));
    srig_choose(rig, "690206/old");
    assert_screen(rig, "prejudge");
    assert_true(srig_shows(rig, "690206 行政管理（专科，旧计划）"));
    assert_false(srig_shows(rig, "00144")); /* of the other plan */
    srig_action(rig, "go home");
    srig_choose(rig, "judge");
    srig_choose(rig, "690206/new");
    assert_true(srig_shows(rig, "00144"));
    srig_action(rig, "start");
    world_serve(world);
    assert_screen(rig, "majors");
    srig_action(rig, "majors");
    assert_screen(rig, "majors"); /* two: neither is ticked for the person */
    srig_choose(rig, "690206/old");
    srig_choose(rig, "690206/new");
    srig_choose(rig, "690206/old"); /* and taken back */
    srig_action(rig, "majors");
    srig_choose(rig, "140100");
    srig_choose(rig, "140106");
    const struct api_majors *body = srig_sent(rig, API_MAJORS)->record;
    assert_int_equal(body->majors->len, 1);
    assert_string_equal(((struct api_major *)g_ptr_array_index(body->majors, 0))->version, "new");
}

static void only_what_is_offered_can_be_chosen(void **state)
{
    struct world *world = *state;
    world_login(world);
    srig_choose(world->rig, "start");
    world_serve(world);
    srig_choose(world->rig, "999999/new");
    g_autoptr(GPtrArray) chosen = answers_chosen(world->rig->session, "major");
    assert_int_equal(chosen->len, 1);
    srig_action(world->rig, "majors");
    srig_choose(world->rig, "110000");
    assert_screen(world->rig, "city");
    srig_choose(world->rig, "140100");
    srig_choose(world->rig, "140212"); /* of another city */
    assert_null(srig_sent(world->rig, API_MAJORS));
}

static void substitutes_are_kept_and_may_be_taken_back(void **state)
{
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    srig_choose(world->rig, "00144");
    srig_choose(world->rig, "00321");
    srig_action(world->rig, "substitution");
    const struct api_substitution *body = srig_sent(world->rig, API_SUBSTITUTION)->record;
    assert_string_equal(body->major, "120402");
    assert_int_equal(body->courses->len, 2);
    world_serve(world);
    assert_screen(world->rig, "added_ask");
    srig_action(world->rig, "back");
    assert_true(srig_shows(world->rig, "已选 2 门 / 10 学分"));
    srig_choose(world->rig, "00144");
    srig_choose(world->rig, "00321");
    srig_action(world->rig, "substitution"); /* none: the ones at the platform must go */
    assert_int_equal(((struct api_substitution *)srig_sent(world->rig, API_SUBSTITUTION)->record)->courses->len, 0);
    world_serve(world);
    walk_nothing_to_add(world);
    assert_screen(world->rig, "prior_degree");
}

/* ---------------------------------------------------------------- prior degree */

static void at_degree(struct world *world)
{
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world->application->prior_degree->state = PRIOR_NONE;
    world_login(world);
    assert_screen(world->rig, "prior_degree");
}

static void a_code_is_asked_for_once_and_anew_on_demand(void **state)
{
    struct world *world = *state;
    at_degree(world);
    assert_true(srig_shows(world->rig, "/P/DEGREE/ABC"));
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "return");
    assert_screen(world->rig, "prior_degree");
    assert_null(srig_open(world->rig, API_PRIOR_DEGREE)); /* the code is still good */
    srig_action(world->rig, "prior_degree");
    assert_non_null(srig_open(world->rig, API_PRIOR_DEGREE));
    assert_false(srig_shows(world->rig, "/P/DEGREE/ABC")); /* the old one ends with that */
    srig_action(world->rig, "prior_degree");
    assert_int_equal(srig_open_count(world->rig, API_PRIOR_DEGREE), 1);
}

static void an_expired_code_says_so(void **state)
{
    struct world *world = *state;
    at_degree(world);
    world->rig->now_ms += 301000;
    world->rig->time += 301;
    srig_tell(world->rig, SESSION_EXPIRED);
    assert_true(srig_shows(world->rig, "二维码已过期"));
    assert_false(srig_shows(world->rig, "/P/DEGREE/ABC"));
    srig_action(world->rig, "prior_degree");
    world_serve(world);
    assert_true(srig_shows(world->rig, "/P/DEGREE/ABC"));
}

static void a_refusal_is_read_before_the_next_try(void **state)
{
    struct world *world = *state;
    at_degree(world);
    world->application->prior_degree->state = PRIOR_NOT_FOUND;
    world->application->prior_degree->reason = g_strdup("学信网没有查到您的学历。");
    srig_restart(world->rig);
    world_login(world);
    assert_null(srig_open(world->rig, API_PRIOR_DEGREE));
    assert_int_equal(world->application->prior_degree->state, PRIOR_NOT_FOUND);
    assert_true(srig_shows(world->rig, "学信网没有查到您的学历。"));
    assert_false(srig_offers(world->rig, "next"));
    world->application->prior_degree->state = PRIOR_EXPIRED;
    srig_restart(world->rig);
    world_login(world); /* a code that ran out is no news: a new one comes by itself */
    assert_true(srig_shows(world->rig, "/P/DEGREE/ABC"));
}

/* ---------------------------------------------------------------- submit */

static void the_tail_must_be_right(void **state)
{
    static const char *const wrong[] = {"", "0016", "001", "00155", "x", "１２３４"};
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    srig_action(world->rig, "next");
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        srig_edit(world->rig, "id_tail", wrong[i]);
        srig_action(world->rig, "submit");
        if (strcmp(wrong[i], "00155") != 0) { /* cut to four characters, and then right */
            assert_null(srig_sent(world->rig, API_SUBMIT));
            struct page *page = session_page(world->rig->session);
            assert_non_null(srig_field(page, "id_tail")->error);
            assert_string_equal(page->focus, "id_tail");
            page_free(page);
        } else {
            assert_non_null(srig_sent(world->rig, API_SUBMIT));
            srig_refuse(world->rig, API_SUBMIT, "other", "不行。");
        }
    }
    srig_edit(world->rig, "id_tail", "００１５");
    srig_action(world->rig, "submit");
    assert_non_null(srig_sent(world->rig, API_SUBMIT));
}

static void an_x_at_the_end_in_any_form(void **state)
{
    static const char *const tails[] = {"002X", "002x", "００２Ｘ"};
    for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
        void *each = NULL;
        walk_junior(&each);
        struct world *world = each;
        g_free(world->candidate->id_no);
        world->candidate->id_no = g_strdup("11010519491231002X");
        world_login(world);
        walk_choose_major(world);
        srig_action(world->rig, "next");
        srig_edit(world->rig, "id_tail", tails[i]);
        srig_action(world->rig, "submit");
        assert_non_null(srig_sent(world->rig, API_SUBMIT));
        walk_end(&each);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        WALK(nothing_of_a_person_without_one, walk_junior),
        WALK(both_ticks_before_the_login, walk_junior),
        cmocka_unit_test(which_accounts_are_sent),
        WALK(the_way_back_out, walk_junior),
        WALK(several_majors_are_asked_for_and_told_apart, walk_junior),
        WALK(only_what_is_offered_can_be_chosen, walk_junior),
        WALK(substitutes_are_kept_and_may_be_taken_back, walk_bachelor),
        WALK(a_code_is_asked_for_once_and_anew_on_demand, walk_bachelor),
        WALK(an_expired_code_says_so, walk_bachelor),
        WALK(a_refusal_is_read_before_the_next_try, walk_bachelor),
        WALK(the_tail_must_be_right, walk_junior),
        cmocka_unit_test(an_x_at_the_end_in_any_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
