/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demo people whose name or photo is out of the ordinary (design.md 6.4): 007, 008, 010; two of them up to paper and certificate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "papers.h"
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

static int set_up(void **state)
{
    struct rig *rig = rig_start(&(struct rig_options){0});
    rig_stick_add_portrait(rig, "portrait.jpg");
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    return 0;
}

/* The newest PDF of the folder printer. */
static void check_paper(const struct rig *rig, const char *const texts[])
{
    g_autoptr(GPtrArray) prints = rig_prints(rig);
    assert_true(prints->len > 0);
    papers_check_sheet(prints->pdata[prints->len - 1], texts);
}

/* ---------------------------------------------------------------- 007 */

static void long_name_and_an_id_ending_in_x(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100007", .id_tail = "009x", .education = "普通高中"};
    visit.term = rig_kiosk(visit.rig, 24, 80, NULL);
    visit_start(&visit);
    see(&visit, "考生登录");
    term_type(visit.term, "14000019980421009x");
    press(&visit, VTERM_KEY_DOWN);
    term_type(visit.term, VISIT_PASSWORD);
    press(&visit, VTERM_KEY_ENTER);
    visit_begin(&visit);
    visit_major_and_county(&visit);
    visit_nothing_to_add(&visit);
    visit_look(&visit, "阿卜杜热合曼·买买提江", "007-confirm");
    visit_submit(&visit);
    visit_photo(&visit);
    visit_order(&visit);
    visit_pay(&visit);
    visit_look(&visit, "阿卜杜热合曼·买买提江", "007-person");
    visit_form(&visit);
    visit_look(&visit, "阿卜杜热合曼·买买提江", "007-print");
    visit_print(&visit);
    see(&visit, "现场提交材料");
    check_paper(visit.rig, (const char *const[]){visit.exam_no, "阿卜杜热合曼·买买提江", "14000019980421009X", NULL});
    rig_kiosk_stop(visit.rig, visit.term);
}

/* ---------------------------------------------------------------- 008 */

static void receipt_of_who_has_paid(const struct visit *visit)
{
    press(visit, VTERM_KEY_ESCAPE);
    see(visit, "系统首页");
    visit_pick(visit, "电子票据查验");
    visit_look(visit, "票据代码", "008-receipt");
    press(visit, VTERM_KEY_ESCAPE);
    see(visit, "系统首页");
    visit_pick(visit, "继续办理");
}

static void staff_to_certificate(const struct visit *visit)
{
    staff_does(visit->rig, OFFICE_COUNTY, visit->exam_no, "hand-in", NULL);
    staff_does(visit->rig, OFFICE_PROVINCE, visit->exam_no, "joint start", NULL);
    staff_does(visit->rig, OFFICE_PROVINCE, visit->exam_no, "joint pass", NULL);
    staff_does(visit->rig, OFFICE_PROVINCE, visit->exam_no, "certificate ready", NULL);
}

static void rare_character_up_to_the_certificate(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100008", .id_tail = "0023", .education = "普通高中"};
    visit_come(&visit);
    visit_look(&visit, "毕业登记信息填写", "008-person");
    receipt_of_who_has_paid(&visit);
    visit_form(&visit);
    visit_look(&visit, "打印《毕业生登记表》", "008-print");
    visit_print(&visit);
    visit_look(&visit, "现场提交材料", "008-checklist");
    check_paper(visit.rig, (const char *const[]){visit.exam_no, "王𬎆", "140000200101090023", NULL});
    visit_leave(&visit);
    staff_to_certificate(&visit);
    visit_start(&visit);
    visit_login(&visit);
    visit_look(&visit, "可领取证书", "008-certificate");
    rig_kiosk_stop(visit.rig, visit.term);
}

/* ---------------------------------------------------------------- 010 */

static void photo_refused_three_times(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100010", .id_tail = "0010"};
    visit_come(&visit);
    visit_look(&visit, "上传次数已用完", "010-photo-rules");
    press(&visit, VTERM_KEY_FUNCTION(6));
    visit_look(&visit, "毕业照片去县区人工审核", "010-photo-manual");
    visit_pick(&visit, "确定去县区人工审核");
    visit_look(&visit, "待县（市、区）人工审核", "010-at-county");
    staff_does(visit.rig, OFFICE_COUNTY, visit.exam_no, "photo approve", NULL);
    visit_look(&visit, "审核已通过，请按回车键支付。", "010-payable");
    visit_pay_to_checklist(&visit);
    visit_look(&visit, "身份证原件", "010-checklist");
    rig_kiosk_stop(visit.rig, visit.term);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_name_and_an_id_ending_in_x),
        cmocka_unit_test(rare_character_up_to_the_certificate),
        cmocka_unit_test(photo_refused_three_times),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
