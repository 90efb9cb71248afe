/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers: refused, stale, expired, nonsense; form and draft; who has gone elsewhere. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

/* ---------------------------------------------------------------- refused */

static void refused(struct world *world, const struct walk_write *write)
{
    g_autofree char *screen = g_strdup(session_screen(world->rig->session));
    g_autofree char *key = g_strdup(srig_open(world->rig, write->call)->idempotency_key);
    srig_refuse(world->rig, write->call, "other", "现在不能办理：原因。");
    assert_true(srig_shows(world->rig, "现在不能办理：原因。"));
    assert_screen(world->rig, screen);
    assert_int_equal(srig_effect(world->rig, EFFECT_PERSIST_DONE) != NULL, write->kept);
    if (strcmp(screen, "submit") == 0 || strcmp(screen, "reapply") == 0)
        srig_edit(world->rig, "id_tail", "0015");
    walk_again(world, write); /* it may be tried again, as a new request */
    assert_non_null(srig_sent(world->rig, write->call));
    assert_string_not_equal(srig_sent(world->rig, write->call)->idempotency_key, key);
}

static void a_refusal_is_told_and_may_be_tried_again(void **state)
{
    (void)state;
    walk_each_write(refused);
}

static void stale(struct world *world, const struct walk_write *write)
{
    world->application->version += 5; /* something happened elsewhere */
    world_serve_one(world, write->call);
    assert_true(srig_shows(world->rig, "再试一次"));
    assert_non_null(srig_sent(world->rig, API_APPLICATION));
    world_serve(world);
    if (write->call == API_SUBMIT || write->call == API_REAPPLY)
        srig_edit(world->rig, "id_tail", "0015");
    walk_again(world, write);
    assert_non_null(srig_sent(world->rig, write->call));
    assert_int_equal(srig_sent(world->rig, write->call)->version, world->application->version);
}

static void a_stale_write_fetches_what_is_new(void **state)
{
    (void)state;
    walk_each_write(stale);
}

static void a_refusal_without_words_has_ours(void **state)
{
    struct world *world = *state;
    walk_at_start(world);
    srig_refuse(world->rig, API_START, "other", NULL);
    assert_true(srig_shows(world->rig, "现在不能这样办理"));
}

static void hostile_words_are_cleaned(void **state)
{
    struct world *world = *state;
    walk_at_start(world);
    srig_refuse(world->rig, API_START, "other", "坏\x1b[2J\xe2\x80\xae{name}\n行");
    assert_true(srig_shows(world->rig, "坏[2J{name} 行"));
}

static void a_wrong_password_is_asked_for_again(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_edit(world->rig, "account", SRIG_ID);
    srig_edit(world->rig, "password", "wrong");
    srig_action(world->rig, "login");
    assert_string_equal(((struct api_login *)srig_sent(world->rig, API_LOGIN)->record)->password, "wrong");
    srig_refuse(world->rig, API_LOGIN, "login_failed", "账号或密码不正确。");
    struct page *page = session_page(world->rig->session);
    assert_string_equal(page->focus, "password");
    assert_string_equal(page->message, "账号或密码不正确。");
    assert_string_equal(srig_field(page, "account")->value, SRIG_ID);
    page_free(page);
    assert_string_equal(secret_text(world->rig->session->password), "");
    srig_action(world->rig, "login");
    assert_null(srig_sent(world->rig, API_LOGIN)); /* the password is missing */
}

/* ---------------------------------------------------------------- the login is over */

static void an_expired_login_takes_all_with_it(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    srig_refuse(world->rig, API_SUBMIT, API_CODE_EXPIRED, "请重新登录。");
    assert_screen(world->rig, "login");
    assert_true(srig_shows(world->rig, "登录已过期"));
    const struct effect *token = srig_effect(world->rig, EFFECT_TOKEN);
    assert_non_null(token);
    assert_null(token->text);
    assert_null(world->rig->session->me);
    assert_int_equal(g_hash_table_size(world->rig->kept), 1); /* it was confirmed, and not judged */
    srig_edit(world->rig, "account", SRIG_ID);
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    srig_action(world->rig, "login");
    world_serve(world);
    assert_int_equal(world->submitted, 1);
    assert_int_equal(g_hash_table_size(world->rig->kept), 0);
    assert_screen(world->rig, "photo_rules");
}

static void nothing_of_one_login_goes_out_under_the_next(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    srig_edit(world->rig, "address", "山西省太原市迎泽区");
    srig_wait(world->rig, 3000);
    srig_answer(world->rig, API_PUT_DRAFT, CALL_UNREACHABLE, NULL); /* would be repeated */
    srig_refuse(world->rig, API_APPLICATION, API_CODE_EXPIRED, "请重新登录。");
    assert_screen(world->rig, "login");
    for (int i = 0; i < 20; i++) {
        srig_wait(world->rig, 3000);
        assert_null(srig_effect(world->rig, EFFECT_SEND));
    }
}

/* ---------------------------------------------------------------- nonsense for an answer */

static void nonsense_is_asked_a_few_times(void **state)
{
    struct world *world = *state;
    walk_at_start(world);
    for (int i = 0; i < 3; i++) {
        srig_answer(world->rig, API_START, CALL_BROKEN, NULL);
        srig_wait(world->rig, 16000);
        srig_tell(world->rig, SESSION_ACTIVITY);
        assert_non_null(srig_open(world->rig, API_START));
    }
    srig_answer(world->rig, API_START, CALL_BROKEN, NULL);
    assert_true(srig_shows(world->rig, "服务平台暂时出错"));
    srig_wait(world->rig, 60000);
    assert_null(srig_open(world->rig, API_START));
    srig_choose(world->rig, "start");
    srig_choose(world->rig, "start"); /* the first may have woken an idle page */
    assert_non_null(srig_open(world->rig, API_START));
}

static void what_was_confirmed_is_never_given_up(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    for (int i = 0; i < 20; i++) {
        srig_answer(world->rig, API_SUBMIT, CALL_BROKEN, NULL);
        srig_wait(world->rig, 16000);
        srig_tell(world->rig, SESSION_ACTIVITY);
    }
    world_serve_one(world, API_SUBMIT);
    assert_int_equal(world->submitted, 1);
}

static void break_one(struct world *world, enum api_call call)
{
    for (int i = 0; i < 4; i++) {
        srig_answer(world->rig, call, CALL_BROKEN, NULL);
        srig_wait(world->rig, 16000);
    }
    srig_tell(world->rig, SESSION_ACTIVITY);
}

static void log_in_without(struct world *world, enum api_call broken)
{
    static const enum api_call calls[] = {API_ME, API_APPLICATION, API_GET_DRAFT, API_ELIGIBILITY};
    srig_start(world->rig);
    world_serve_one(world, API_HEALTH);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_edit(world->rig, "account", "010124100001");
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    srig_action(world->rig, "login");
    world_serve_one(world, API_LOGIN);
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
        if (calls[i] == broken)
            break_one(world, calls[i]);
        else
            world_serve_one(world, calls[i]);
}

static void a_broken_draft_keeps_nobody_out(void **state)
{
    log_in_without(*state, API_GET_DRAFT);
    assert_screen(((struct world *)*state)->rig, "home");
}

static void a_broken_judgement_keeps_nobody_out(void **state)
{
    struct world *world = *state;
    log_in_without(world, API_ELIGIBILITY);
    assert_screen(world->rig, "home");
    srig_choose(world->rig, "prejudge");
    assert_true(srig_shows(world->rig, "暂时查询不到"));
    assert_false(srig_shows(world->rig, "暂不符合")); /* nobody said so */
}

static void an_empty_answer_is_none(void **state)
{
    struct world *world = *state;
    walk_at_start(world);
    srig_ok(world->rig, API_START, NULL);
    assert_screen(world->rig, "home");
    srig_wait(world->rig, 1000);
    world_serve(world);
    assert_screen(world->rig, "majors");
}

/* ---------------------------------------------------------------- form and draft */

static struct api_draft *draft_of(const char *form, const char *address)
{
    const char *const entries[][2] = {
        {"form", form}, {"address", address}, {"password", "x"}, {"consent_general", "1"}};
    struct api_draft *draft = record_new(&api_draft_record);
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        struct api_draft_entry *entry = record_new(&api_draft_entry_record);
        entry->key = g_strdup(entries[i][0]);
        entry->value = g_strdup(entries[i][1]);
        g_ptr_array_add(draft->entries, entry);
    }
    return draft;
}

static void the_draft_goes_on_from_the_saved_form(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world->draft = draft_of("1", "山西省大同市平城区迎宾街2号");
    world_login(world);
    assert_string_equal(answer(world->rig->session, "address"), "山西省大同市平城区迎宾街2号");
    assert_string_equal(answer(world->rig->session, "employer"), "无"); /* of the form */
    assert_string_equal(answer(world->rig->session, "password"), "");
    assert_string_equal(answer(world->rig->session, "consent_general"), "");
}

static void a_draft_of_an_older_form_is_a_leftover(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world->draft = draft_of("0", "山西省大同市平城区迎宾街2号");
    world_login(world);
    assert_string_equal(answer(world->rig->session, "address"), SRIG_ADDRESS);
}

static void draft_and_form_come_in_any_order(void **state)
{
    static const enum api_call calls[] = {API_GET_DRAFT, API_APPLICATION, API_ME, API_ELIGIBILITY};
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world->draft = draft_of("1", "山西省大同市平城区迎宾街2号");
    world->away = true;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_edit(world->rig, "account", SRIG_ID);
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    srig_action(world->rig, "login");
    world->away = false;
    world_serve_one(world, API_LOGIN);
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
        world_serve_one(world, calls[i]);
    assert_string_equal(answer(world->rig->session, "address"), "山西省大同市平城区迎宾街2号");
}

static void a_saved_form_takes_its_draft_away(void **state)
{
    struct world *world = *state;
    walk_at_save(world);
    srig_wait(world->rig, 3000); /* a draft is on its way too */
    world_serve_one(world, API_PUT_FORM);
    assert_null(srig_open(world->rig, API_PUT_DRAFT));
    assert_non_null(srig_open(world->rig, API_DELETE_DRAFT));
    world_serve(world);
    assert_null(world->draft);
}

/* ---------------------------------------------------------------- moved on meanwhile */

static void an_answer_moves_nobody_who_has_gone_elsewhere(void **state)
{
    struct world *world = *state;
    walk_at_county(world);
    srig_action(world->rig, "back");
    assert_screen(world->rig, "city");
    world_serve(world);
    assert_screen(world->rig, "city");
    assert_string_equal(world->rig->session->application->county, "140105"); /* but it is done */
}

static void a_submission_is_found_done(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    srig_answer(world->rig, API_SUBMIT, CALL_UNREACHABLE, NULL);
    srig_action(world->rig, "go leave");
    srig_wait(world->rig, 2000);
    world_serve(world);
    assert_screen(world->rig, "leave");
    srig_choose(world->rig, "return");
    assert_screen(world->rig, "photo_rules"); /* not back to where it could be submitted again */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_is_told_and_may_be_tried_again),
        cmocka_unit_test(a_stale_write_fetches_what_is_new),
        WALK(a_refusal_without_words_has_ours, walk_junior),
        WALK(hostile_words_are_cleaned, walk_junior),
        WALK(a_wrong_password_is_asked_for_again, walk_junior),
        WALK(an_expired_login_takes_all_with_it, walk_junior),
        WALK(nothing_of_one_login_goes_out_under_the_next, walk_junior),
        WALK(nonsense_is_asked_a_few_times, walk_junior),
        WALK(what_was_confirmed_is_never_given_up, walk_junior),
        WALK(a_broken_draft_keeps_nobody_out, walk_junior),
        WALK(a_broken_judgement_keeps_nobody_out, walk_junior),
        WALK(an_empty_answer_is_none, walk_junior),
        WALK(the_draft_goes_on_from_the_saved_form, walk_junior),
        WALK(a_draft_of_an_older_form_is_a_leftover, walk_junior),
        WALK(draft_and_form_come_in_any_order, walk_junior),
        WALK(a_saved_form_takes_its_draft_away, walk_junior),
        WALK(an_answer_moves_nobody_who_has_gone_elsewhere, walk_junior),
        WALK(a_submission_is_found_done, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
