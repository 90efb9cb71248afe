/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit.h"

#include <string.h>

#include "golden.h"
#include "phone.h"

#define SLOW_MS 60000 /* passwords, drawing and printing take their time under sanitizers */

static void wait_text(const struct visit *visit, const char *text)
{
    term_wait_text(visit->term, text, SLOW_MS);
}

static void press(const struct visit *visit, VTermKey key)
{
    term_key(visit->term, key);
}

static void enter(const struct visit *visit)
{
    press(visit, VTERM_KEY_ENTER);
}

void visit_at(const struct visit *visit, const char *title, const char *name)
{
    wait_text(visit, title);
    if (visit->screens == NULL || name == NULL)
        return;
    g_autofree char *path = g_strdup_printf("%s/%s", visit->screens, name);
    golden_check(visit->term, path);
}

void visit_pick(const struct visit *visit, const char *text)
{
    term_type(visit->term, text);
    enter(visit);
}

/* ---- 一、登录平台申请 */

void visit_start(const struct visit *visit)
{
    visit_at(visit, "欢迎办理毕业申请", "01-start");
    enter(visit);
    visit_at(visit, "个人信息使用告知", "02-consent");
    term_type(visit->term, " ");
    press(visit, VTERM_KEY_DOWN);
    term_type(visit->term, " ");
    visit_at(visit, "个人信息使用告知", "03-consented");
    press(visit, VTERM_KEY_DOWN);
    enter(visit);
    visit_at(visit, "考生登录", "04-login");
}

void visit_login(const struct visit *visit)
{
    wait_text(visit, "考生登录");
    term_type(visit->term, visit->exam_no);
    press(visit, VTERM_KEY_DOWN);
    term_type(visit->term, VISIT_PASSWORD);
    visit_at(visit, visit->exam_no, "05-login-filled");
    enter(visit);
    term_wait_gone(visit->term, "身份证号或准考证号", SLOW_MS);
}

void visit_prejudge(const struct visit *visit)
{
    wait_text(visit, "系统首页");
    visit_pick(visit, "毕业合格条件查询");
    visit_at(visit, "预判", "07-prejudge");
    press(visit, VTERM_KEY_ESCAPE);
}

void visit_begin(const struct visit *visit)
{
    visit_at(visit, "系统首页", "06-home");
    visit_pick(visit, "毕业申请");
}

/* ---- 四、信息确认 */

void visit_major_and_county(const struct visit *visit)
{
    wait_text(visit, "[✓]"); /* the only one is ticked already */
    visit_at(visit, "毕业申请专业选择", "10-majors");
    enter(visit);
    visit_at(visit, "先选市", "11-city");
    visit_pick(visit, "太原");
    visit_at(visit, "请选择县（市、区）。", "12-county");
    visit_pick(visit, "小店");
    term_wait_gone(visit->term, "请选择县（市、区）。", SLOW_MS);
}

void visit_substitution(const struct visit *visit)
{
    visit_at(visit, "添加顶替 13000", "13-substitution");
    term_type(visit->term, "企业管理概论");
    term_type(visit->term, " ");
    wait_text(visit, "已选 1 门 / 5 学分");
    term_type(visit->term, "中国文化概论");
    term_type(visit->term, " ");
    visit_at(visit, "已选 2 门 / 10 学分", "14-substitution-chosen");
    enter(visit);
    term_wait_gone(visit->term, "添加顶替 13000", SLOW_MS);
}

void visit_nothing_to_add(const struct visit *visit)
{
    visit_at(visit, "有需要添加的课程吗", "14-added-ask");
    visit_pick(visit, "没有");
    term_wait_gone(visit->term, "有需要添加的课程吗", SLOW_MS);
}

void visit_prior_degree(const struct visit *visit)
{
    wait_text(visit, "前置学历授权");
    g_autofree char *address = term_wait_qr(visit->term, SLOW_MS);
    visit_at(visit, "前置学历授权", "15-prior-degree");
    g_autofree char *answer = phone_press(address, "authorise");
    visit_at(visit, "前置学历已通过验证。", "16-prior-degree-verified");
    enter(visit);
}

void visit_submit(const struct visit *visit)
{
    visit_at(visit, "毕业申请信息确认页", "17-confirm");
    enter(visit);
    visit_at(visit, "提交毕业申请", "18-submit");
    term_type(visit->term, visit->id_tail);
    enter(visit);
    term_wait_gone(visit->term, "身份证号最后四位", SLOW_MS);
}

/* ---- 五、上传毕业照片 */

void visit_photo(const struct visit *visit)
{
    visit_at(visit, "上传毕业照片：采集要求", "20-photo-rules");
    enter(visit);
    wait_text(visit, "portrait.jpg");
    visit_at(visit, "上传毕业照片：选择文件", "21-photo");
    visit_pick(visit, "portrait");
    visit_at(visit, "上传毕业照片：确认", "22-photo-send");
    term_type(visit->term, " ");
    press(visit, VTERM_KEY_DOWN);
    enter(visit);
}

/* ---- 六、系统审核与缴费 */

void visit_order(const struct visit *visit)
{
    wait_text(visit, "审核已通过，请按回车键支付。");
    visit_at(visit, "毕业申请信息详情", "23-progress");
    enter(visit);
    visit_at(visit, "请选择支付方式", "24-order");
    visit_pick(visit, "模拟支付");
    wait_text(visit, "扫码支付");
}

void visit_resume_paying(const struct visit *visit)
{
    wait_text(visit, "有一笔订单等待支付");
    enter(visit);
    wait_text(visit, "扫码支付");
}

char *visit_pay_address(const struct visit *visit)
{
    return term_wait_qr(visit->term, SLOW_MS);
}

void visit_pay(const struct visit *visit)
{
    g_autofree char *address = visit_pay_address(visit);
    visit_at(visit, "扫码支付", "25-pay");
    g_autofree char *answer = phone_press(address, "pay");
    visit_at(visit, "订单支付成功", "26-paid");
    enter(visit);
}

/* ---- 七、填写档案信息 */

void visit_choose(const struct visit *visit, const char *text)
{
    enter(visit);
    visit_pick(visit, text);
}

void visit_type(const struct visit *visit, const char *text)
{
    term_type(visit->term, text);
    enter(visit);
}

/* Level by level, by the beginnings of the names in pinyin. */
static void pick_place(const struct visit *visit)
{
    enter(visit);
    wait_text(visit, "内蒙古自治区");
    term_type(visit->term, "shanxi");
    enter(visit);
    wait_text(visit, "籍贯　山西省");
    term_type(visit->term, "taiy");
    enter(visit);
    wait_text(visit, "籍贯　山西省太原市");
    visit_at(visit, "到此为止", "31-person-place");
    term_type(visit->term, "daoci");
    enter(visit);
    enter(visit); /* to the next field */
}

static void fill_person(const struct visit *visit)
{
    visit_at(visit, "毕业登记信息填写", "30-person");
    visit_choose(visit, "汉族");
    visit_choose(visit, "职员");
    visit_choose(visit, "群众");
    visit_type(visit, "13800000000");
    visit_choose(visit, visit->education);
    visit_choose(visit, "健康");
    visit_type(visit, "20180701");
    enter(visit); /* not ticked: has worked */
    visit_choose(visit, "否");
    pick_place(visit);
    visit_type(visit, "太原市某某有限公司");
    term_type(visit->term, "山西省太原市小店区某某街1号"); /* Enter in the last field would go on */
    visit_at(visit, "某某街1号", "31-person-filled");
    press(visit, VTERM_KEY_FUNCTION(10));
}

static void fill_rows(const struct visit *visit)
{
    visit_at(visit, "毕业申请个人简历填写", "32-resume");
    visit_type(visit, "20150901");
    visit_type(visit, "20180630");
    visit_type(visit, "太原市第一中学 高中");
    visit_type(visit, "20180701");
    visit_type(visit, "20231231");
    visit_type(visit, "太原市某某有限公司 职员");
    visit_at(visit, "有限公司 职员", "33-resume-filled");
    press(visit, VTERM_KEY_FUNCTION(10));
    visit_at(visit, "家庭主要成员", "34-family");
    visit_type(visit, "张建国");
    visit_type(visit, "太原市某某厂");
    visit_type(visit, "工人");
    visit_at(visit, "某某厂", "35-family-filled");
    press(visit, VTERM_KEY_FUNCTION(10));
}

void visit_form_to_evaluation(const struct visit *visit)
{
    fill_person(visit);
    fill_rows(visit);
    visit_at(visit, "何种奖励或处分", "36-awards");
    press(visit, VTERM_KEY_FUNCTION(10));
    visit_at(visit, "不得少于400字", "37-evaluation");
}

void visit_form(const struct visit *visit)
{
    visit_form_to_evaluation(visit);
    if (visit->essay != NULL) {
        term_type(visit->term, visit->essay);
        g_autofree char *count = g_strdup_printf("已输入 %ld 字", g_utf8_strlen(visit->essay, -1));
        visit_at(visit, count, "38-evaluation-filled");
    }
    press(visit, VTERM_KEY_FUNCTION(10));
}

void visit_print(const struct visit *visit)
{
    visit_at(visit, "打印《毕业生登记表》", "40-print");
    enter(visit);
    visit_at(visit, "都拿到了吗", "42-print-check");
    visit_pick(visit, "都拿到了");
}

/* ---- 八、现场提交材料 */

void visit_leave(const struct visit *visit)
{
    visit_at(visit, "现场提交材料", "50-checklist");
    enter(visit);
    visit_at(visit, "您的信息已从本机清除。", "51-goodbye");
    enter(visit);
    visit_at(visit, "欢迎办理毕业申请", NULL);
}
