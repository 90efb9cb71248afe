/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demo people whose applications go to the county (design.md 6.4): 003, 004, 005, 006, 009. The county decides with kioskctl. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "staff.h"
#include "visit.h"

#define SLOW_MS 60000

static void see(const struct visit *visit, const char *text)
{
    term_wait_text(visit->term, text, SLOW_MS);
}

static void press(const struct visit *visit, VTermKey key)
{
    term_key(visit->term, key);
}

/* A file of the demo stick under the name a candidate would give it. */
static void add_to_stick(struct rig *rig, const char *file, const char *name)
{
    g_autofree char *inside = g_build_filename("src/platformd/demo/stick", file, NULL);
    g_autofree char *path = rig_source(inside);
    g_autofree char *bytes = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    rig_stick_add(rig, name, bytes, n);
}

static int set_up(void **state)
{
    struct rig *rig = rig_start(&(struct rig_options){0});
    rig_stick_add_portrait(rig, "portrait.jpg");
    add_to_stick(rig, "scores.zip", "成绩截图.zip");
    add_to_stick(rig, "cards.zip", "旧计划合格证.zip");
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    return 0;
}

/* ---------------------------------------------------------------- steps that several of them take */

static void begin(struct visit *visit)
{
    visit_come(visit);
    visit_begin(visit);
    visit_major_and_county(visit);
}

/* `courses`: one after the other, the first from the question; NULL name ends. */
static void add_courses(const struct visit *visit, const struct visit_course *courses, const char *filled)
{
    see(visit, "有需要添加的课程吗");
    visit_pick(visit, "添加顶替课程");
    for (int i = 0; courses[i].name; i++) {
        if (i > 0)
            press(visit, VTERM_KEY_FUNCTION(2));
        visit_add_course(visit, &courses[i]);
        if (i == 0)
            visit_look(visit, courses[i].name, filled);
        press(visit, VTERM_KEY_FUNCTION(10));
        see(visit, "扫描件压缩包");
        see(visit, courses[i].name);
    }
}

static void degree_by_phone(const struct visit *visit)
{
    see(visit, "前置学历授权");
    visit_authorise(visit);
    see(visit, "前置学历已通过验证。");
    press(visit, VTERM_KEY_ENTER);
}

static void wait_at_county(const struct visit *visit)
{
    see(visit, "认证通过");
    see(visit, "待太原市小店区招办预审");
}

/* ---------------------------------------------------------------- 003 */

static void r47_maths_exemption_with_scores(void **state)
{
    static const struct visit_course courses[] = {
        {"英语（专）", "04183", "概率论与数理统计（经管类）", "20191020", "85"},
        {"英语（专）", "04184", "线性代数（经管类）", "20200815", "78"},
        {0},
    };
    struct visit visit = {.rig = *state, .exam_no = "010124100003", .id_tail = "0025"};
    begin(&visit);
    add_courses(&visit, courses, "003-added-new");
    visit_look(&visit, "上传后才能进行下一步", "003-added");
    visit_archive(&visit, "成绩截图", "003-archive");
    visit_look(&visit, "添加完成", "003-added-archive");
    press(&visit, VTERM_KEY_ENTER);
    degree_by_phone(&visit);
    visit_look(&visit, "毕业申请信息确认页", "003-confirm");
    visit_submit(&visit);
    visit_photo(&visit);
    wait_at_county(&visit);
    visit_look(&visit, "正在审核", "003-at-county");
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "approve", NULL);
    visit_pay_to_checklist(&visit);
    visit_look(&visit, "所上传材料的原件", "003-checklist");
    assert_false(term_has(visit.term, "前置学历毕业证书"));
    rig_kiosk_stop(visit.rig, visit.term);
}

/* ---------------------------------------------------------------- 004 */

static void r49_prior_degree_under_another_name(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100004", .id_tail = "0046"};
    begin(&visit);
    visit_nothing_to_add(&visit);
    see(&visit, "前置学历授权");
    visit_authorise(&visit);
    visit_look(&visit, "还可以授权 2 次", "004-mismatch");
    press(&visit, VTERM_KEY_FUNCTION(5));
    visit_authorise(&visit);
    see(&visit, "还可以授权 1 次");
    press(&visit, VTERM_KEY_FUNCTION(5));
    visit_authorise(&visit);
    visit_look(&visit, "授权次数已用完", "004-no-tries");
    press(&visit, VTERM_KEY_FUNCTION(6));
    visit_look(&visit, "前置学历改为人工核验", "004-manual");
    visit_pick(&visit, "改为人工核验");
    visit_look(&visit, "待县（市、区）人工核验", "004-confirm");
    visit_submit(&visit);
    visit_photo(&visit);
    wait_at_county(&visit);
    visit_look(&visit, "正在审核", "004-progress");
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "degree approve", NULL);
    see(&visit, "人工核验通过");
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "approve", NULL);
    visit_pay_to_checklist(&visit);
    visit_look(&visit, "前置学历毕业证书原件", "004-checklist");
    assert_false(term_has(visit.term, "所上传材料的原件"));
    rig_kiosk_stop(visit.rig, visit.term);
}

/* ---------------------------------------------------------------- 005 */

static void practice_cards_and_red_card(void **state)
{
    static const struct visit_course courses[] = {
        {"实践课考核卡", "02332", "数据结构（实践）", "20080420", "82"},
        {"实践课考核卡", "02327", "操作系统（实践）", "20080421", "75"},
        {"实践课考核卡", "04748", "Java语言程序设计（一）（实践）", "20091018", "80"},
        {"旧计划", "02331", "数据结构", "20081026", "66"},
        {0},
    };
    struct visit visit = {.rig = *state, .exam_no = "010124100005", .id_tail = "0014"};
    begin(&visit);
    add_courses(&visit, courses, "005-added-new");
    visit_archive(&visit, "旧计划合格证", NULL);
    visit_look(&visit, "添加完成", "005-added");
    press(&visit, VTERM_KEY_ENTER);
    degree_by_phone(&visit);
    see(&visit, "毕业申请信息确认页");
    press(&visit, VTERM_KEY_PAGEDOWN);
    visit_look(&visit, "改后再登录系统申请", "005-confirm-end"); /* met with what was added: no warning above it */
    visit_submit(&visit);
    visit_photo(&visit);
    wait_at_county(&visit);
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "approve", NULL);
    see(&visit, "审核已通过，请按回车键支付。");
    rig_kiosk_stop(visit.rig, visit.term);
}

/* ---------------------------------------------------------------- 006 */

static void the_one_reapplication(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100006", .id_tail = "0011"};
    visit_come(&visit);
    visit_look(&visit, "毕业申请信息详情", "006-rejected");
    press(&visit, VTERM_KEY_ENTER);
    visit_look(&visit, "这次机会即已使用", "006-reapply");
    visit_type(&visit, visit.id_tail);
    visit_look(&visit, "[✓]", "006-majors");
    press(&visit, VTERM_KEY_ENTER);
    visit_look(&visit, "先选市", "006-city");
    press(&visit, VTERM_KEY_ENTER);
    visit_look(&visit, "请选择县（市、区）。", "006-county");
    press(&visit, VTERM_KEY_ENTER);
    visit_look(&visit, "市政学", "006-added");
    visit_archive(&visit, "旧计划合格证", NULL);
    press(&visit, VTERM_KEY_ENTER);
    visit_submit(&visit);
    visit_photo(&visit);
    wait_at_county(&visit);
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "reject", "合格证与考籍档案不符，请到本办核对原件。");
    visit_look(&visit, "重新申请的机会已用完", "006-final");
    assert_false(term_has(visit.term, "重新申请（仅限1次）"));
    press(&visit, VTERM_KEY_ENTER); /* there is nothing behind it */
    press(&visit, VTERM_KEY_ESCAPE);
    visit_look(&visit, "系统首页", "006-home");
    assert_false(term_has(visit.term, "继续办理"));
    rig_kiosk_stop(visit.rig, visit.term);
}

/* ---------------------------------------------------------------- 009 */

static void r4_not_eligible_may_apply(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100009", .id_tail = "0029"};
    visit_come(&visit);
    see(&visit, "系统首页");
    visit_pick(&visit, "毕业合格条件查询");
    visit_look(&visit, "暂不符合", "009-prejudge");
    press(&visit, VTERM_KEY_FUNCTION(3));
    visit_look(&visit, "本专业开考计划", "009-plan");
    press(&visit, VTERM_KEY_ESCAPE);
    see(&visit, "毕业合格条件查询");
    press(&visit, VTERM_KEY_ESCAPE);
    visit_begin(&visit);
    visit_major_and_county(&visit);
    visit_look(&visit, "添加顶替 13000", "009-substitution");
    press(&visit, VTERM_KEY_ENTER);
    visit_look(&visit, "没有选择顶替课程", "009-substitution-none");
    visit_pick(&visit, "不顶替");
    visit_nothing_to_add(&visit);
    degree_by_phone(&visit);
    visit_look(&visit, "暂不符合毕业条件", "009-confirm");
    visit_submit(&visit);
    visit_photo(&visit);
    wait_at_county(&visit);
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "reject", "古代汉语没有合格成绩，合格后再申请。");
    visit_look(&visit, "预审不通过：古代汉语没有合格成绩", "009-rejected");
    rig_kiosk_stop(visit.rig, visit.term);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r47_maths_exemption_with_scores), cmocka_unit_test(r49_prior_degree_under_another_name),
        cmocka_unit_test(practice_cards_and_red_card),     cmocka_unit_test(the_one_reapplication),
        cmocka_unit_test(r4_not_eligible_may_apply),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
