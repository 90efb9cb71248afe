/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill -9 of the kiosk after each page of the walk: whoever logs in again stands at the right page, nothing is lost, and the platform that
 * the kiosk had started is gone with it (rig_free() finds whatever is left running).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "faults.h"

static int set_up(void **state)
{
    struct rig *rig = rig_start(&(struct rig_options){.no_platform = true});
    rig_stick_add_portrait(rig, "portrait.jpg");
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    return 0;
}

/* ---- what a person does between two crashes */

static void nothing(const struct visit *visit)
{
    (void)visit;
}

static void look_at_submit(const struct visit *visit)
{
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "身份证号最后四位", NULL);
}

static void look_at_code(const struct visit *visit)
{
    visit_order(visit);
    g_free(visit_pay_address(visit));
}

static void resume_and_pay(const struct visit *visit)
{
    visit_resume_paying(visit);
    visit_pay(visit);
}

/* Down to 手机号 and some digits, until they are safe. */
static void type_mobile(const struct visit *visit)
{
    term_keys(visit->term, VTERM_KEY_DOWN, 3);
    term_type(visit->term, "13811112222");
    faults_wait(visit, "SELECT count(*) FROM drafts WHERE body LIKE '%13811112222%'", "1");
}

/* They are taken out again, since visit_form() types into empty fields. */
static void fill_form(const struct visit *visit)
{
    term_keys(visit->term, VTERM_KEY_DOWN, 3);
    term_keys(visit->term, VTERM_KEY_BACKSPACE, 11);
    term_wait_gone(visit->term, "138 1111 2222", TERM_WAIT_MS);
    term_keys(visit->term, VTERM_KEY_UP, 3);
    visit_form(visit);
}

static const struct stage {
    void (*act)(const struct visit *visit);
    const char *reached; /* seen before the kiosk is killed */
    const char *resumed; /* seen after the next login */
    bool bachelor;       /* only they have it */
} stages[] = {
    {nothing, "系统首页", "系统首页"},
    {visit_begin, "毕业申请专业选择", "毕业申请专业选择"},
    {visit_major_and_county, NULL, NULL},
    {visit_substitution, "有需要添加的课程吗", "有需要添加的课程吗", true},
    {faults_nothing_to_add, NULL, NULL},
    {nothing, "前置学历授权", "前置学历授权", true},
    {visit_prior_degree, NULL, NULL, true},
    {nothing, "毕业申请信息确认页", "毕业申请信息确认页"},
    {look_at_submit, "提交毕业申请", "毕业申请信息确认页"},
    {visit_submit, "上传毕业照片", "上传毕业照片：采集要求"},
    {visit_photo, "审核已通过", "审核已通过，请按回车键支付。"},
    {look_at_code, "扫码支付", "有一笔订单等待支付"},
    {resume_and_pay, "毕业登记信息填写", "毕业登记信息填写"},
    {type_mobile, "138 1111 2222", "138 1111 2222"},
    {fill_form, "打印《毕业生登记表》", "打印《毕业生登记表》"},
    {visit_print, "现场提交材料", "现场提交材料"},
};

static void killed_after_each_page(struct visit *visit, bool bachelor)
{
    faults_come(visit, "embedded");
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
        const struct stage *stage = &stages[i];
        if (stage->bachelor && !bachelor)
            continue;
        stage->act(visit);
        if (!stage->reached)
            continue;
        visit_at(visit, stage->reached, NULL);
        faults_kill_kiosk(visit);
        faults_come(visit, "embedded");
        visit_at(visit, stage->resumed, NULL);
    }
    faults_wait_has(visit, "applications 1 form_saved, orders 1 paid, prints 1 in_hand");
    g_autoptr(GPtrArray) sheets = rig_prints(visit->rig);
    assert_int_equal(sheets->len, 1);
    visit_leave(visit);
}

static void a_junior_killed_after_each_page(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100001", .id_tail = "0029", .education = "普通高中"};
    killed_after_each_page(&visit, false);
}

static void a_bachelor_killed_after_each_page(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100002", .id_tail = "0015", .education = "大学专科"};
    killed_after_each_page(&visit, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_junior_killed_after_each_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bachelor_killed_after_each_page, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("faults_kiosk", tests, NULL, NULL);
}
