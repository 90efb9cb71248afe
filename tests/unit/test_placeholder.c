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

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(every_word_before_the_login, walk_junior),
        WALK(values, walk_bachelor),
        WALK(money, walk_junior),
        WALK(braces, walk_junior),
        WALK(values_are_not_expanded_again, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
