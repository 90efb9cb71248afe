/* SPDX-License-Identifier: GPL-3.0-or-later */
/* {words} in texts. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static void assert_expands(const struct session *session, const char *text, const char *expected)
{
    g_autofree char *expanded = placeholder_expand(session, text);
    assert_string_equal(expanded, expected);
}

static const char *const words[] = {
    "name",          "name_masked",   "id_no",         "id_masked",      "exam_no",
    "sex",           "mobile_masked", "address",       "county",         "city",
    "office",        "school",        "major",         "progress",       "judged_major",
    "fee",           "order_no",      "order_amount",  "apply_window",   "pay_window",
    "handin_window", "degree",        "degree_reason", "photo_reason",   "photo_state",
    "reason",        "file",          "photo_size",    "photo_source",   "sum_courses",
    "sum_credits",   "totals",        "substitutes",   "applied_reason", "ticked_reason",
    "form_version",  "copies",        "print_reason",  "next_step",      "item_major",
    "plan_needs",    "degree_tries",  "degree_state",  "photo_tries",    "course_name",
    "archive",       "receipt_from",  "print_major",   "receipt.number", "receipt.amount_fen",
};

/* Before the login nothing is known: every word gives something harmless, and nothing crashes. */
static void every_word_before_the_login(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *text = g_strdup_printf("{%s}", words[i]);
        assert_true(placeholder_exists(words[i]));
        g_autofree char *expanded = placeholder_expand(world->rig->session, text);
        assert_null(strchr(expanded, '{'));
    }
    assert_expands(world->rig->session, "{name}{id_no}{address}{fee}{totals}{degree}", "");
    assert_expands(world->rig->session, "{office}", "太原市小店区招生考试中心");
    assert_expands(world->rig->session, "{county}招办", "县（市、区）招办"); /* d5: until one is chosen */
    assert_expands(world->rig->session, "{next_step}", "系统首页");
}

static void values(void **state)
{
    static const char *const cases[][2] = {
        {"{name}", SRIG_NAME},
        {"{name_masked}", "王*"},
        {"{id_no}", SRIG_ID},
        {"{id_masked}", "140000********0015"},
        {"{exam_no}", "010124100001"},
        {"{sex}", "男"},
        {"{mobile_masked}", "138****5678"},
        {"{address}", SRIG_ADDRESS},
        {"{county}", "太原市小店区"},
        {"{city}", "太原市"},
        {"{school}", "山西大学"},
        {"{major}", "行政管理（本科）"},
        {"{judged_major}", "120402 行政管理（本科，新计划）　山西大学"},
        {"{fee} 元", "40 元"},
        {"{substitutes}", "00144 企业管理概论（5）、00321 中国文化概论（5）"},
        {"{order_no}", "BY202612031000000001000001"},
        {"{order_amount}", "40"},
        {"{apply_window}", "12月2日 10:00 至 12月4日 10:00"},
        {"{form_version}", "1"},
        {"{copies}", "2"},
        {"{photo_source}", "U盘"},
        {"{photo_state}", "认证通过"},
        {"{totals}", "合格 13 门（要求 13 门），学分 70（要求 70）"},
        {"{next_step}", "打印《毕业生登记表》"},
    };
    struct world *world = *state;
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_expands(world->rig->session, cases[i][0], cases[i][1]);
}

static void money(void **state)
{
    static const struct {
        int64_t fen;
        const char *yuan;
    } cases[] = {{0, "0"}, {1, "0.01"}, {10, "0.10"}, {4000, "40"}, {4050, "40.50"}, {100000000, "1000000"}};
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world->rig->session->application->fee_fen = cases[i].fen;
        assert_expands(world->rig->session, "{fee}", cases[i].yuan);
    }
}

static void braces(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"没有", "没有"},
        {"{copies}{copies}", "22"},
        {"{", "{"},
        {"}", "}"},
        {"{}", "{}"},
        {"{copies", "{copies"},
        {"{unknown} {copies}", "{unknown} 2"}, /* what nobody knows stays, the rest goes on */
        {"{{copies}}", "{2}"},
        {"{copies }", "{copies }"},
    };
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_expands(world->rig->session, cases[i][0], cases[i][1]);
    assert_expands(world->rig->session, NULL, "");
    assert_false(placeholder_exists(""));
    assert_false(placeholder_exists("copie"));
    assert_false(placeholder_exists("copiess"));
}

/* A name that looks like a placeholder is a name. */
static void values_are_not_expanded_again(void **state)
{
    struct world *world = *state;
    g_free(world->candidate->name);
    world->candidate->name = g_strdup("{id_no}");
    world_set_state(world, STATE_PAID);
    world_login(world);
    assert_expands(world->rig->session, "{name}", "{id_no}");
}

/* ---------------------------------------------------------------- keys and buttons */

static void keys_have_names_and_buttons_labels(void **state)
{
    struct world *world = *state;
    struct session *session = world->rig->session;
    world_login(world);
    session->screen = forms_screen(world->rig->forms, "resume");
    assert_expands(session, "填好后{F10|到下一步}。", "填好后按 F10 键到下一步。");
    assert_expands(session, "请{Enter|继续}，{Space}打勾，{any}", "请按回车键继续，按空格键打勾，按任意键");
    assert_expands(session, "{list|选择市|要选的市}{arrows|移动}{keys|甲|乙}", "用上下键选择市用上下键移动甲");
    srig_tell(world->rig, SESSION_TOUCHED);
    assert_non_null(srig_effect(world->rig, EFFECT_SHOW));
    assert_expands(session, "填好后{F10|到下一步}。", "填好后点按“下一步”。");
    assert_expands(session, "请{Enter|继续}，{Space}打勾，{any}", "请点按，点按打勾，点按屏幕");
    assert_expands(session, "{list|选择市|要选的市}{arrows|移动}{keys|甲|乙}", "点按要选的市乙");
    assert_expands(session, "{F13|甲}{F|甲}", "{F13|甲}{F|甲}");
}

static void check_words(const struct session *session, const char *text, bool touch)
{
    static const char *const of_keys[] = {"回车", "空格", "上下键", "翻页", " 键", "Esc", "F1", "F2", "任意键"};
    g_autofree char *expanded = placeholder_expand(session, text);
    for (size_t i = 0; touch && i < G_N_ELEMENTS(of_keys); i++)
        if (strstr(expanded, of_keys[i]))
            fail_msg("%s: %s", session->screen->name, expanded);
    if (!touch && strstr(expanded, "点按"))
        fail_msg("%s: %s", session->screen->name, expanded);
}

/* No page speaks of keys to who has none, or of tapping to who types. */
static void every_text_is_for_the_hands_that_are_there(void **state)
{
    struct world *world = *state;
    struct session *session = world->rig->session;
    const struct forms *forms = world->rig->forms;
    world_login(world);
    for (guint i = 0; i < 2 * forms->screens->len; i++) {
        session->screen = g_ptr_array_index(forms->screens, i / 2);
        session->options.touch = i % 2 == 1;
        check_words(session, session->screen->help, i % 2 == 1);
        for (guint k = 0; k < session->screen->texts->len; k++)
            check_words(session, ((struct form_text *)g_ptr_array_index(session->screen->texts, k))->text, i % 2 == 1);
    }
    session->options.touch = true;
    for (guint i = 0; i < forms->messages->messages->len; i++) {
        const struct message *message = g_ptr_array_index(forms->messages->messages, i);
        if (!g_str_has_prefix(message->key, "key.") && !g_str_has_prefix(message->key, "password."))
            check_words(session, message->text, true);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(every_word_before_the_login, walk_junior),
        WALK(values, walk_bachelor),
        WALK(money, walk_junior),
        WALK(braces, walk_junior),
        WALK(values_are_not_expanded_again, walk_junior),
        WALK(keys_have_names_and_buttons_labels, walk_junior),
        WALK(every_text_is_for_the_hands_that_are_there, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
