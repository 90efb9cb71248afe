/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules say a candidate must be told or asked, in the chapter of the screens where it belongs (domain.md 1.7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/settings.h"
#include "session/forms.h"

#include <string.h>

static int set_up(void **state)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    *state = forms_read("forms", faults);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    forms_free(*state);
    return 0;
}

/* ---------------------------------------------------------------- the words of the screens */

/* Line breaks and spaces are the layout's. */
static char *without_space(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *at = text ? text : ""; *at; at = g_utf8_next_char(at))
        if (!g_unichar_isspace(g_utf8_get_char(at)))
            g_string_append_unichar(out, g_utf8_get_char(at));
    return g_string_free(out, FALSE);
}

static void add(GString *words, const char *text)
{
    g_autofree char *plain = without_space(text);
    g_string_append_printf(words, "%s\n", plain);
}

static void add_screen(GString *words, const struct form_screen *screen)
{
    add(words, screen->title);
    for (guint i = 0; i < screen->texts->len; i++)
        add(words, ((const struct form_text *)g_ptr_array_index(screen->texts, i))->text);
    for (guint i = 0; i < screen->fields->len; i++)
        add(words, ((const struct form_field *)g_ptr_array_index(screen->fields, i))->label);
    for (guint i = 0; i < screen->items->len; i++)
        add(words, ((const struct form_item *)g_ptr_array_index(screen->items, i))->label);
    for (guint i = 0; i < screen->facts->len; i++)
        add(words, ((const struct form_fact *)g_ptr_array_index(screen->facts, i))->label);
    for (guint i = 0; i < screen->actions->len; i++)
        add(words, ((const struct form_action *)g_ptr_array_index(screen->actions, i))->label);
}

/* Some page of this chapter says it; help that must be asked for does not count. */
static void assert_said(const struct forms *forms, int chapter, const char *sentence)
{
    g_autoptr(GString) words = g_string_new(NULL);
    g_autofree char *plain = without_space(sentence);
    for (guint i = 0; i < forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(forms->screens, i);
        if (screen->chapter == chapter)
            add_screen(words, screen);
    }
    if (!strstr(words->str, plain))
        fail_msg("no page of chapter %d says: %s", chapter, sentence);
}

/* The fields of a page: "ethnicity* occupation* …", an asterisk where something must be filled in. */
static char *fields_of(const struct forms *forms, const char *name)
{
    const struct form_screen *screen = forms_screen(forms, name);
    GString *list = g_string_new(NULL);
    assert_non_null(screen);
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        g_string_append_printf(list, "%s%s%s", i ? " " : "", field->key, field->required ? "*" : "");
    }
    return g_string_free(list, FALSE);
}

static void assert_fields(const struct forms *forms, const char *screen, const char *expected)
{
    g_autofree char *fields = fields_of(forms, screen);
    assert_string_equal(fields, expected);
}

/* A page where one of these is pressed leads to that page. */
static void assert_leads(const struct forms *forms, const char *from, const char *label, const char *to)
{
    const struct form_screen *screen = forms_screen(forms, from);
    assert_non_null(screen);
    for (guint i = 0; i < screen->actions->len; i++) {
        const struct form_action *action = g_ptr_array_index(screen->actions, i);
        if (strstr(action->label, label) && g_strcmp0(action->to, to) == 0)
            return;
    }
    fail_msg("%s: nothing called %s leads to %s", from, label, to);
}

/* ---------------------------------------------------------------- 一 to 三 */

static void r01_candidates_enter_by_logging_in(void **state)
{
    assert_said(*state, 1, "考生登录");
    assert_non_null(forms_screen(*state, "login"));
}

static void r02_either_number_and_a_password(void **state)
{
    assert_said(*state, 1, "身份证号或准考证号");
    assert_fields(*state, "login", "account* password*");
    assert_said(*state, 1, "没有注册的考生");
}

static void r03_the_prejudge_is_a_query_of_its_own(void **state)
{
    assert_said(*state, 0, "毕业合格条件查询");
    assert_said(*state, 2, "毕业合格条件查询");
}

static void r04_the_prejudge_says_what_it_is(void **state)
{
    assert_said(
        *state, 2,
        "该程序依据考生历次合格课程，仅协助考生对所选专业是否符合毕业条件进行预判，特殊课程的顶替或添加等操作须在"
        "毕业申请系统中主动完成。");
}

/* ---------------------------------------------------------------- 四 */

static void r07_the_hint_stands_above_the_list(void **state)
{
    assert_said(*state, 4, "提示：请选择需要顶替英语（专升本）的课程，顶替课程总学分不能小于7分，括号内为该课程学分");
    const struct form_screen *screen = forms_screen(*state, "substitution");
    assert_non_null(strstr(screen->sum, "{sum_credits}"));
}

static void r08_the_plan_is_at_hand(void **state)
{
    assert_said(*state, 4, "查看本专业开考计划");
    assert_leads(*state, "substitution", "查看本专业开考计划", "plan");
}

/* What the register has is shown, not asked for. */
static void r16_personal_data_is_read_only(void **state)
{
    static const char *const facts[] = {"姓名", "身份证号", "性别", "准考证号", "报名区县", "移动电话", "地址"};
    const struct form_screen *screen = forms_screen(*state, "confirm");
    assert_int_equal(screen->fields->len, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        assert_string_equal(((const struct form_fact *)g_ptr_array_index(screen->facts, i))->label, facts[i]);
    assert_said(*state, 4,
                "如有错误请勿提交，在网上毕业申请期间尽快到县（市、区）自考部门进行信息修改，修改后再登录系统申请。");
}

static void r17_what_cannot_be_undone_is_said(void **state)
{
    assert_said(*state, 4, "提交后不可再次进行网上毕业申请");
}

static void r18_check_with_care(void **state)
{
    assert_said(*state, 4, "以上内容涉及考生毕业证书及档案资料，请务必认真核对。");
}

/* ---------------------------------------------------------------- 五 */

static void r21_r23_photo_notices(void **state)
{
    assert_said(*state, 5,
                "毕业生图像是自学考试毕业证书电子注册信息的关键组成部分，请考生严肃对待，务必按照采集要求上传。");
    assert_said(*state, 5,
                "若照片无法提交或提交后系统审核不通过，请毕业申请期间尽快到县（市、区）自考部门进行人工审核。");
}

static void r22_photo_rules_are_all_shown(void **state)
{
    static const char *const rules[] = {
        "(1) "
        "考生须上传本人近期（一般为毕业前一年内）正面免冠彩色头像的电子图像文件。使用浅蓝色、白色或浅灰色背景，一寸、"
        "两寸大小均可。",
        "(2) "
        "图像应真实表达考生本人相貌。禁止对图像整体或局部进行镜像、旋转等变换操作。不得对人像特征（如伤疤、痣、发型等）"
        "进行技术处理。",
        "(3) 图像应对焦准确、层次清晰、色彩真实、无明显畸变。",
        "(4) 除头像外，不得添加边框、文字、图案等其他内容。",
        "(5) 电子图像文件格式为 png、jpg、jpeg，文件小于 2M。",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        assert_said(*state, 5, rules[i]);
}

/* ---------------------------------------------------------------- 六 */

static void r24_nothing_is_given_back(void **state)
{
    assert_said(*state, 6, "毕业审定工作组集体会审，因考生自身原因审核不通过的，审核费用不予退还");
}

/* The seed's four hints, with the chosen county in place of its own (d5). */
static void r25_r26_r27_r28_hints_of_the_review(void **state)
{
    assert_said(*state, 6,
                "①考生毕业申请信息在系统审核通过或{county}招办全部预审通过后才可进行支付，请考生及时关注审批进度。");
    assert_said(*state, 6,
                "②若县区招办预审不通过，考生可在规定时间内重新申请，重新申请仅限1次机会，请考生务必仔细填报。");
    assert_said(*state, 6, "③系统审核通过或县区招办预审通过后，申请信息不可修改，不可重新申请。");
    assert_said(*state, 6, "④支付成功后，考生须填报《毕业生登记表》相关信息");
}

static void r29_r30_order_and_success(void **state)
{
    static const char *const said[] = {"商户订单号", "订单金额", "请选择支付方式", "订单支付成功",
                                       "您本次毕业申请支付成功！"};
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
        assert_said(*state, 6, said[i]);
}

static void r32_r33_notices_after_paying(void **state)
{
    assert_said(*state, 6, "《毕业生登记表》一旦签字确认后（交回县区自考部门）将不得修改。");
    assert_said(*state, 6, "考生缴费成功20分钟后可通过网上查验及打印功能进行电子票据查验");
}

static void d5_no_county_is_written_down(void **state)
{
    const struct forms *forms = *state;
    for (int chapter = 0; chapter <= 9; chapter++) {
        g_autoptr(GString) words = g_string_new(NULL);
        for (guint i = 0; i < forms->screens->len; i++)
            if (((const struct form_screen *)g_ptr_array_index(forms->screens, i))->chapter == chapter)
                add_screen(words, g_ptr_array_index(forms->screens, i));
        assert_null(strstr(words->str, "小店区"));
    }
}

/* ---------------------------------------------------------------- 七 to 九 */

static void r34_the_form_asks_for_the_truth(void **state)
{
    assert_said(*state, 7, "请考生如实填写个人基本信息");
}

/* An asterisk where the seed has one; 参加工作时间 may be answered with never (d7). */
static void r35_r36_what_must_be_filled_in(void **state)
{
    assert_fields(*state, "person",
                  "ethnicity* occupation* political_status* mobile* education* health* work_since never_worked "
                  "overseas_relations* native_place* employer* address*");
}

static void r37_saved_and_exported(void **state)
{
    assert_said(*state, 7, "保存并导出PDF");
}

static void r38_r43_self_evaluation_by_hand_or_of_400(void **state)
{
    assert_said(*state, 7, "政治思想、工作、学习等方面的总结，不得少于400字");
    assert_said(*state, 7, "打印后手写完成");
}

static void r39_r40_seven_rows_one_at_least(void **state)
{
    assert_int_equal(forms_screen(*state, "resume")->rows, 7);
    assert_fields(*state, "resume", "from to where");
    assert_said(*state, 7, "学习或工作经历至少填写一栏");
}

static void r41_r42_family_awards_and_penalties(void **state)
{
    assert_fields(*state, "family", "name employer position");
    assert_fields(*state, "awards", "awards penalties");
}

static void r44_seal_and_signature(void **state)
{
    assert_said(
        *state, 7,
        "经考生所在单位（学校）或乡镇（街道办事处）鉴定考生思想品德合格并加盖公章。请认真核对《毕业生登记表》有关"
        "信息，无误后须本人亲笔签名，否则后果自负。");
}

static void r31_r50_where_it_goes_and_where_one_collects(void **state)
{
    assert_said(*state, 8, "在规定的时间内将《毕业生登记表》交到自考部门，毕业申请完成。");
    for (int chapter = 8; chapter <= 9; chapter++)
        assert_said(*state, chapter,
                    "考生可到平台上选择的县区自考部门领取毕业证书及《毕业生登记表》，领取时间另行通知。");
}

static void r45_r46_r47_r48_r49_what_the_list_says(void **state)
{
    static const char *const said[][2] = {
        {"checklist.registration_form", "《毕业生登记表》一式两份（A3双面打印"},
        {"checklist.originals", "原件（合格证、实践课考核卡"},
        {"checklist.changed_data", "身份证原件、复印件，户口簿，户籍信息变更证明"},
        {"checklist.prior_degree_papers",
         "《教育部学历证书电子注册备案表》《教育部学籍在线验证报告》或《中国高等教育学历"
         "认证报告》，以及公安部门出具的有关证明材料"},
    };
    const struct forms *forms = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++)
        assert_non_null(strstr(message_text(said[i][0], forms->messages), said[i][1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r01_candidates_enter_by_logging_in),
        cmocka_unit_test(r02_either_number_and_a_password),
        cmocka_unit_test(r03_the_prejudge_is_a_query_of_its_own),
        cmocka_unit_test(r04_the_prejudge_says_what_it_is),
        cmocka_unit_test(r07_the_hint_stands_above_the_list),
        cmocka_unit_test(r08_the_plan_is_at_hand),
        cmocka_unit_test(r16_personal_data_is_read_only),
        cmocka_unit_test(r17_what_cannot_be_undone_is_said),
        cmocka_unit_test(r18_check_with_care),
        cmocka_unit_test(r21_r23_photo_notices),
        cmocka_unit_test(r22_photo_rules_are_all_shown),
        cmocka_unit_test(r24_nothing_is_given_back),
        cmocka_unit_test(r25_r26_r27_r28_hints_of_the_review),
        cmocka_unit_test(r29_r30_order_and_success),
        cmocka_unit_test(r32_r33_notices_after_paying),
        cmocka_unit_test(d5_no_county_is_written_down),
        cmocka_unit_test(r34_the_form_asks_for_the_truth),
        cmocka_unit_test(r35_r36_what_must_be_filled_in),
        cmocka_unit_test(r37_saved_and_exported),
        cmocka_unit_test(r38_r43_self_evaluation_by_hand_or_of_400),
        cmocka_unit_test(r39_r40_seven_rows_one_at_least),
        cmocka_unit_test(r41_r42_family_awards_and_penalties),
        cmocka_unit_test(r44_seal_and_signature),
        cmocka_unit_test(r31_r50_where_it_goes_and_where_one_collects),
        cmocka_unit_test(r45_r46_r47_r48_r49_what_the_list_says),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
