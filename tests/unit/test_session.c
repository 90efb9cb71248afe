/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole walk, and what a session does when things go wrong on the way. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void walk_of_a_junior(void **state)
{
    struct world *world = *state;
    world_login(world);
    assert_screen(world->rig, "home");
    walk_choose_major(world);
    walk_submit(world);
    walk_send_photo(world);
    walk_be_approved(world);
    walk_pay(world);
    walk_fill_form(world);
    walk_print(world);
    walk_leave(world);
    assert_int_equal(world->submitted, 1);
    assert_int_equal(world->orders, 1);
    assert_int_equal(g_hash_table_size(world->rig->kept), 0);
}

static void walk_of_a_bachelor(void **state)
{
    struct world *world = *state;
    struct srig *rig = world->rig;
    world_login(world);
    srig_choose(rig, "prejudge");
    assert_screen(rig, "prejudge");
    assert_true(srig_shows(rig, "尚无合格成绩"));
    srig_action(rig, "go home");
    walk_choose_major(world);
    assert_screen(rig, "substitution");
    assert_false(srig_offers(rig, "00034")); /* used by an earlier graduation */
    srig_choose(rig, "00144");
    srig_action(rig, "substitution");
    assert_screen(rig, "substitution"); /* five credits are not seven */
    assert_true(srig_shows(rig, "不能小于7分"));
    srig_choose(rig, "00321");
    assert_true(srig_shows(rig, "已选 2 门 / 10 学分"));
    srig_action(rig, "substitution");
    world_serve(world);
    walk_nothing_to_add(world);
    world_serve(world);
    assert_screen(rig, "prior_degree");
    assert_true(srig_shows(rig, "/P/DEGREE/ABC"));
    assert_false(srig_offers(rig, "next"));
    world->application->prior_degree->state = PRIOR_VERIFIED;
    world_push(world);
    assert_screen(rig, "prior_degree"); /* the result is read first */
    srig_action(rig, "next");
    assert_true(srig_shows(rig, "中国文化概论"));
    walk_submit(world);
    walk_send_photo(world);
    walk_be_approved(world);
    walk_pay(world);
    walk_fill_form(world);
    walk_print(world);
    walk_leave(world);
    assert_int_equal(world->submitted, 1);
    assert_int_equal(world->orders, 1);
}

/* A 专科 person never sees chapter three (domain.md 9.32); walk_of_a_junior() went past it. */
static void no_way_back_to_what_is_done(void **state)
{
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    walk_submit(world);
    srig_action(world->rig, "back");
    assert_screen(world->rig, "photo_rules");
    srig_action(world->rig, "go home");
    assert_false(srig_offers(world->rig, "start"));
}

/* ---------------------------------------------------------------- a person goes */

static void assert_forgotten(const struct session *session)
{
    assert_int_equal(g_hash_table_size(session->answers), 0);
    assert_int_equal(g_hash_table_size(session->errors), 0);
    assert_int_equal(g_hash_table_size(session->eligibility), 0);
    assert_null(session->me);
    assert_null(session->application);
    assert_null(session->draft);
    assert_null(session->degree_qr);
    assert_null(session->files);
    assert_null(session->photo);
    assert_null(session->picked);
    assert_null(session->judged);
    assert_null(session->print.job_name);
    assert_string_equal(secret_text(session->password), "");
    assert_false(session->loaded);
}

/* On the second page of the form, with something typed that is not saved yet. */
static void type_something(struct world *world)
{
    world_set_state(world, STATE_PAID);
    world_login(world);
    assert_screen(world->rig, "person");
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    srig_edit(world->rig, "resume.1.where", "太原市第五中学");
}

static void leaving_saves_then_logs_out(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    assert_screen(world->rig, "goodbye");
    assert_non_null(srig_sent(world->rig, API_PUT_DRAFT));
    assert_null(srig_open(world->rig, API_LOGOUT)); /* not before the draft is there */
    world_serve_one(world, API_PUT_DRAFT);
    assert_non_null(srig_sent(world->rig, API_LOGOUT));
    assert_forgotten(world->rig->session);
    srig_ok(world->rig, API_LOGOUT, NULL);
    assert_false(world->rig->ended);
    assert_int_equal(world->rig->open->len, 0);
}

/* A draft still on its way may not overtake the last one. */
static void only_the_newest_draft_arrives(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_wait(world->rig, 2500);
    guint older = srig_open(world->rig, API_PUT_DRAFT)->ticket;
    srig_edit(world->rig, "resume.1.where", "山西大学");
    srig_wait(world->rig, 2500);
    assert_null(srig_sent(world->rig, API_PUT_DRAFT)); /* one at a time */
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    bool cancelled = false;
    for (guint i = 0; i < world->rig->effects->len; i++) {
        const struct effect *effect = g_ptr_array_index(world->rig->effects, i);
        cancelled = cancelled || (effect->kind == EFFECT_CANCEL && effect->ticket == older);
    }
    assert_true(cancelled);
    assert_int_equal(srig_open_count(world->rig, API_PUT_DRAFT), 1);
    world_serve(world);
    srig_restart(world->rig);
    world_login(world);
    assert_string_equal(answer(world->rig->session, "resume.1.where"), "山西大学");
}

static void who_hurries_away_is_saved_as_well(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    srig_action(world->rig, "end");
    assert_false(world->rig->ended);
    assert_true(srig_shows(world->rig, "正在保存"));
    world_serve(world);
    assert_true(world->rig->ended);
    assert_non_null(world->draft);
}

static void nobody_waits_for_a_dead_network(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    world->away = true;
    world_serve_one(world, API_PUT_DRAFT);
    srig_action(world->rig, "end");
    assert_true(world->rig->ended);
}

static void goodbye_ends_by_itself(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    struct page *page = session_page(world->rig->session);
    assert_true(page->deadline_ms > world->rig->now_ms);
    page_free(page);
    srig_tell(world->rig, SESSION_EXPIRED); /* even with the draft still on its way */
    assert_true(world->rig->ended);
}

static void the_next_login_goes_on(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_wait(world->rig, 2500); /* saved by itself, without leaving */
    world_serve(world);
    srig_restart(world->rig);
    world_login(world);
    assert_screen(world->rig, "resume");
    assert_true(srig_shows(world->rig, "太原市第五中学"));
    srig_action(world->rig, "back");
    assert_true(srig_shows(world->rig, SRIG_ADDRESS));
}

static void a_draft_waits_for_a_pause_in_typing(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_wait(world->rig, 1000);
    assert_null(srig_sent(world->rig, API_PUT_DRAFT));
    srig_edit(world->rig, "resume.1.where", "太原市第五中");
    srig_wait(world->rig, 1500);
    assert_null(srig_sent(world->rig, API_PUT_DRAFT));
    srig_wait(world->rig, 1000);
    assert_non_null(srig_sent(world->rig, API_PUT_DRAFT));
    world_serve(world);
    srig_wait(world->rig, 5000);
    assert_null(srig_sent(world->rig, API_PUT_DRAFT)); /* nothing new */
}

/* The platform led the person away in the middle of a word. */
static void what_was_typed_on_the_page_before_is_kept(void **state)
{
    struct world *world = *state;
    const struct session *session = world->rig->session;
    type_something(world);
    srig_action(world->rig, "go leave");
    srig_edit(world->rig, "resume.1.where", "太原市第五中xue");
    assert_null(srig_effect(world->rig, EFFECT_SHOW));
    assert_string_equal(answer(session, "resume.1.where"), "太原市第五中xue");
    srig_wait(world->rig, 2500);
    assert_non_null(srig_sent(world->rig, API_PUT_DRAFT));
    srig_edit(world->rig, "native_place", "太原"); /* two pages back */
    srig_edit(world->rig, "resume.8.where", "太原");
    assert_string_not_equal(answer(session, "native_place"), "太原");
    assert_string_equal(answer(session, "resume.8.where"), "");
    srig_choose(world->rig, "logout");
    srig_edit(world->rig, "resume.1.where", "太原");
    assert_forgotten(session);
    assert_string_equal(answer(session, "resume.1.where"), "");
}

/* ---------------------------------------------------------------- nobody is there */

static void idle_asks_and_a_key_answers(void **state)
{
    struct world *world = *state;
    world_login(world);
    srig_wait(world->rig, 89000);
    assert_false(srig_shows(world->rig, "您还在吗"));
    srig_wait(world->rig, 2000);
    assert_true(srig_shows(world->rig, "您还在吗"));
    srig_choose(world->rig, "leave"); /* only wakes: who presses a key now answers the question */
    assert_screen(world->rig, "home");
    assert_false(srig_shows(world->rig, "您还在吗"));
    srig_wait(world->rig, 89000);
    assert_false(srig_shows(world->rig, "您还在吗"));
}

static void idle_ends(void **state)
{
    struct world *world = *state;
    type_something(world);
    srig_wait(world->rig, 91000);
    world_serve(world);
    srig_edit(world->rig, "resume.1.where", "太原市"); /* typing wakes and counts */
    assert_false(srig_shows(world->rig, "您还在吗"));
    srig_wait(world->rig, 91000);
    srig_tell(world->rig, SESSION_EXPIRED);
    assert_screen(world->rig, "goodbye");
    assert_forgotten(world->rig->session);
    world_serve(world);
    assert_non_null(world->draft);
}

static void idle_before_the_login_ends_at_once(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_wait(world->rig, 1000000);
    assert_false(srig_shows(world->rig, "您还在吗")); /* the start page waits for ever */
    srig_action(world->rig, "go consent");
    srig_wait(world->rig, 91000);
    srig_tell(world->rig, SESSION_EXPIRED);
    assert_true(world->rig->ended);
}

/* ---------------------------------------------------------------- the terminal breaks */

/* Esc on the login page while everything is still being read: there is a login to end. */
static void who_turns_round_at_the_door_is_logged_out(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_edit(world->rig, "account", SRIG_ID);
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    srig_action(world->rig, "login");
    world_serve_one(world, API_LOGIN);
    srig_action(world->rig, "end");
    assert_non_null(srig_sent(world->rig, API_LOGOUT));
    assert_screen(world->rig, "goodbye");
}

static void out_of_service_when_the_disk_fails(void **state)
{
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    srig_action(world->rig, "next");
    srig_edit(world->rig, "id_tail", "0015");
    srig_action(world->rig, "submit");
    srig_tell(world->rig, SESSION_STOPPED); /* its PERSIST failed: the shell has sent nothing */
    assert_screen(world->rig, "out_of_service");
    assert_forgotten(world->rig->session);
    for (int i = 0; i < 60; i++)
        srig_wait(world->rig, 1000);
    assert_null(srig_sent(world->rig, API_SUBMIT));
    srig_ok(world->rig, API_LOGOUT, NULL);
    srig_action(world->rig, "end"); /* nobody waits for what was never sent */
    assert_true(world->rig->ended);
}

static void quitting_only_where_it_is_allowed(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    assert_false(srig_offers(world->rig, "quit"));
    srig_action(world->rig, "quit");
    assert_null(srig_effect(world->rig, EFFECT_QUIT));
}

/* ---------------------------------------------------------------- what is typed */

static void only_fields_of_the_page_take_text(void **state)
{
    static const char *const keys[] = {"resume.0.from",   "resume.8.from",  "resume.1.evil",
                                       "resume.1.from.x", "resumee.1.from", "from",
                                       "resume..from",    "family.1.name",  "",
                                       "resume.1.",       "resume.01x.from"};
    struct world *world = *state;
    type_something(world);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *before = g_strdup(answer(world->rig->session, keys[i]));
        srig_edit(world->rig, keys[i], "X");
        assert_string_equal(answer(world->rig->session, keys[i]), before);
    }
    srig_edit(world->rig, "resume.7.where", "山西大学");
    assert_string_equal(answer(world->rig->session, "resume.7.where"), "山西大学");
}

static void text_is_cleaned_and_cut(void **state)
{
    struct world *world = *state;
    type_something(world);
    g_autofree char *longest = world_text(500);
    srig_edit(world->rig, "resume.1.where", longest);
    assert_int_equal(g_utf8_strlen(answer(world->rig->session, "resume.1.where"), -1), 40);
    srig_edit(world->rig, "resume.1.where", "山西\x1b[31m大学\xe2\x80\xae\n\xff");
    assert_string_equal(answer(world->rig->session, "resume.1.where"), "山西[31m大学 ");
}

static void the_password_is_nowhere_but_in_its_place(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    assert_string_equal(answer(world->rig->session, "password"), "");
    assert_string_equal(secret_text(world->rig->session->password), SRIG_PASSWORD);
    assert_false(srig_shows(world->rig, SRIG_PASSWORD));
    g_autofree char *huge = world_text(300);
    srig_edit(world->rig, "password", huge);
    assert_string_equal(secret_text(world->rig->session->password), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(walk_of_a_junior, walk_junior),
        WALK(walk_of_a_bachelor, walk_bachelor),
        WALK(no_way_back_to_what_is_done, walk_junior),
        WALK(leaving_saves_then_logs_out, walk_junior),
        WALK(only_the_newest_draft_arrives, walk_junior),
        WALK(who_hurries_away_is_saved_as_well, walk_junior),
        WALK(nobody_waits_for_a_dead_network, walk_junior),
        WALK(goodbye_ends_by_itself, walk_junior),
        WALK(the_next_login_goes_on, walk_junior),
        WALK(a_draft_waits_for_a_pause_in_typing, walk_junior),
        WALK(what_was_typed_on_the_page_before_is_kept, walk_junior),
        WALK(idle_asks_and_a_key_answers, walk_junior),
        WALK(idle_ends, walk_junior),
        WALK(idle_before_the_login_ends_at_once, walk_junior),
        WALK(who_turns_round_at_the_door_is_logged_out, walk_junior),
        WALK(out_of_service_when_the_disk_fails, walk_junior),
        WALK(quitting_only_where_it_is_allowed, walk_junior),
        WALK(only_fields_of_the_page_take_text, walk_junior),
        WALK(text_is_cleaned_and_cut, walk_junior),
        WALK(the_password_is_nowhere_but_in_its_place, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
