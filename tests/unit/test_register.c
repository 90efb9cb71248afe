/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registration: a candidate on file sets a password (R2, domain.md 2.3). */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void at_register(struct world *world)
{
    srig_start(world->rig);
    world_serve(world);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_action(world->rig, "go register");
    assert_screen(world->rig, "register");
}

static const char *const right[][2] = {
    {"register_name", SRIG_NAME},     {"register_id_no", SRIG_ID}, {"register_exam_no", "010124100001"},
    {"register_mobile", SRIG_MOBILE}, {"password", SRIG_PASSWORD}, {"password_again", SRIG_PASSWORD},
};

static void fill(struct world *world)
{
    for (size_t i = 0; i < G_N_ELEMENTS(right); i++)
        srig_edit(world->rig, right[i][0], right[i][1]);
}

static void r02_registered_then_logged_in(void **state)
{
    struct world *world = *state;
    at_register(world);
    fill(world);
    srig_edit(world->rig, "register_id_no", "１４００００１９９００３０７００１５");
    srig_action(world->rig, "register");
    const struct api_registration *body = srig_sent(world->rig, API_REGISTER)->record;
    assert_string_equal(body->name, SRIG_NAME);
    assert_string_equal(body->id_no, SRIG_ID);
    assert_string_equal(body->exam_no, "010124100001");
    assert_string_equal(body->mobile, SRIG_MOBILE);
    assert_string_equal(body->password, SRIG_PASSWORD);
    assert_true(srig_shows(world->rig, "正在注册"));
    world_serve(world);
    assert_screen(world->rig, "login");
    assert_int_equal(world->registered, 1);
    assert_true(srig_shows(world->rig, "注册成功"));
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    srig_action(world->rig, "login"); /* the account stands there already */
    world_serve(world);
    assert_screen(world->rig, "home");
}

/* One field wrong at a time. */
static void r02_each_field_is_checked(void **state)
{
    static const struct {
        const char *key, *wrong, *sentence;
    } cases[] = {
        {"register_name", "", "请填写此项"},
        {"register_id_no", "140000199003070014", "18位身份证号"},
        {"register_id_no", "140000900307001", "18位身份证号"},
        {"register_exam_no", "01012410000", "12位准考证号"},
        {"register_mobile", "12812345678", "11位手机号"},
        {"password", "Zik-26", "8至20个字符"},
        {"password", "Zikao-2026-Zikao-2026", "8至20个字符"},
        {"password", "12345678", "太简单"},
        {"password", "密码密码密码密码", "不能有空格和汉字"},
        {"password_again", "Zikao-2027", "不一样"},
        {"password_again", "", "请填写此项"},
    };
    struct world *world = *state;
    at_register(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        fill(world);
        srig_edit(world->rig, cases[i].key, cases[i].wrong);
        srig_action(world->rig, "register");
        assert_null(srig_sent(world->rig, API_REGISTER));
        struct page *page = session_page(world->rig->session);
        const struct page_field *field = srig_field(page, cases[i].key);
        if (!field->error || !strstr(field->error, cases[i].sentence))
            fail_msg("%s \"%s\": %s", cases[i].key, cases[i].wrong, field->error ? field->error : "nothing is said");
        page_free(page);
    }
}

/* The platform names the field, or tells what to do. */
static void r02_refused(void **state)
{
    struct world *world = *state;
    at_register(world);
    fill(world);
    srig_action(world->rig, "register");
    srig_refuse(world->rig, API_REGISTER, "registration_failed",
                "填写的信息与登记的考生信息不一致，请核对后重新填写。");
    assert_screen(world->rig, "register");
    assert_true(srig_shows(world->rig, "与登记的考生信息不一致"));
    assert_string_equal(answer(world->rig->session, "register_exam_no"), "010124100001");
    srig_action(world->rig, "register"); /* nothing need be typed again */
    assert_non_null(srig_sent(world->rig, API_REGISTER));
}

static void no_password_stays(void **state)
{
    struct world *world = *state;
    struct session *session = world->rig->session;
    at_register(world);
    fill(world);
    assert_string_equal(secret_text(session->password), SRIG_PASSWORD);
    assert_string_equal(secret_text(session->again), SRIG_PASSWORD);
    assert_null(g_hash_table_lookup(session->answers, "password"));
    assert_null(g_hash_table_lookup(session->answers, "password_again"));
    srig_action(world->rig, "go login"); /* what was typed for a new password logs nobody in */
    assert_string_equal(secret_text(session->password), "");
    srig_action(world->rig, "go register");
    assert_string_equal(secret_text(session->again), "");
    fill(world);
    srig_action(world->rig, "register");
    world_serve(world);
    assert_string_equal(secret_text(session->password), "");
    assert_string_equal(secret_text(session->again), "");
    assert_string_equal(answer(session, "register_name"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(r02_registered_then_logged_in, walk_junior),
        WALK(r02_each_field_is_checked, walk_junior),
        WALK(r02_refused, walk_junior),
        WALK(no_password_stays, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
