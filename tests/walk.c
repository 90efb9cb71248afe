/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

#include <string.h>

#include "golden.h"
#include "phone.h"

#define SLOW_MS 60000 /* passwords, drawing and printing take their time under sanitizers */

static void wait_text(const struct walk *walk, const char *text)
{
    term_wait_text(walk->term, text, SLOW_MS);
}

static void press(const struct walk *walk, VTermKey key)
{
    term_key(walk->term, key);
}

static void enter(const struct walk *walk)
{
    press(walk, VTERM_KEY_ENTER);
}

void walk_at(const struct walk *walk, const char *title, const char *name)
{
    wait_text(walk, title);
    if (walk->screens == NULL || name == NULL)
        return;
    g_autofree char *path = g_strdup_printf("%s/%s", walk->screens, name);
    golden_check(walk->term, path);
}

/* In a list, typing what an item says goes to it; Enter picks it. */
static void pick(const struct walk *walk, const char *text)
{
    term_type(walk->term, text);
    enter(walk);
}

/* ---- 一、登录平台申请 */

void walk_start(const struct walk *walk)
{
    walk_at(walk, "欢迎办理毕业申请", "01-start");
    enter(walk);
    walk_at(walk, "个人信息使用告知", "02-consent");
    term_type(walk->term, " ");
    press(walk, VTERM_KEY_DOWN);
    term_type(walk->term, " ");
    walk_at(walk, "个人信息使用告知", "03-consented");
    press(walk, VTERM_KEY_DOWN);
    enter(walk);
    walk_at(walk, "考生登录", "04-login");
}

void walk_login(const struct walk *walk)
{
    wait_text(walk, "考生登录");
    term_type(walk->term, walk->exam_no);
    press(walk, VTERM_KEY_DOWN);
    term_type(walk->term, WALK_PASSWORD);
    walk_at(walk, walk->exam_no, "05-login-filled");
    enter(walk);
    term_wait_gone(walk->term, "身份证号或准考证号", SLOW_MS);
}

void walk_prejudge(const struct walk *walk)
{
    wait_text(walk, "系统首页");
    pick(walk, "毕业合格条件查询");
    walk_at(walk, "预判", "07-prejudge");
    press(walk, VTERM_KEY_ESCAPE);
}

void walk_begin(const struct walk *walk)
{
    walk_at(walk, "系统首页", "06-home");
    pick(walk, "毕业申请");
}

/* ---- 四、信息确认 */

void walk_major_and_county(const struct walk *walk)
{
    walk_at(walk, "毕业申请专业选择", "10-majors");
    term_type(walk->term, " ");
    enter(walk);
    walk_at(walk, "先选市", "11-city");
    pick(walk, "太原");
    walk_at(walk, "请选择县（市、区）。", "12-county");
    pick(walk, "小店");
    term_wait_gone(walk->term, "请选择县（市、区）。", SLOW_MS);
}

void walk_substitution(const struct walk *walk)
{
    walk_at(walk, "添加顶替 13000", "13-substitution");
    term_type(walk->term, "企业管理概论");
    term_type(walk->term, " ");
    wait_text(walk, "已选 1 门 / 5 学分");
    term_type(walk->term, "中国文化概论");
    term_type(walk->term, " ");
    walk_at(walk, "已选 2 门 / 10 学分", "14-substitution-chosen");
    enter(walk);
    term_wait_gone(walk->term, "添加顶替 13000", SLOW_MS);
}

void walk_prior_degree(const struct walk *walk)
{
    wait_text(walk, "前置学历授权");
    g_autofree char *address = term_wait_qr(walk->term, SLOW_MS);
    walk_at(walk, "前置学历授权", "15-prior-degree");
    g_autofree char *answer = phone_press(address, "authorise");
    walk_at(walk, "前置学历已通过验证。", "16-prior-degree-verified");
    enter(walk);
}

void walk_submit(const struct walk *walk)
{
    walk_at(walk, "毕业申请信息确认页", "17-confirm");
    enter(walk);
    walk_at(walk, "提交毕业申请", "18-submit");
    term_type(walk->term, walk->id_tail);
    enter(walk);
    term_wait_gone(walk->term, "身份证号最后四位", SLOW_MS);
}

/* ---- 五、上传毕业照片 */

void walk_photo(const struct walk *walk)
{
    walk_at(walk, "上传毕业照片：采集要求", "20-photo-rules");
    enter(walk);
    wait_text(walk, "portrait.jpg");
    walk_at(walk, "上传毕业照片：选择文件", "21-photo");
    pick(walk, "portrait");
    walk_at(walk, "上传毕业照片：确认", "22-photo-send");
    term_type(walk->term, " ");
    press(walk, VTERM_KEY_DOWN);
    enter(walk);
}

/* ---- 六、系统审核与缴费 */

void walk_order(const struct walk *walk)
{
    wait_text(walk, "审核已通过，请按回车键支付。");
    walk_at(walk, "毕业申请信息详情", "23-progress");
    enter(walk);
    walk_at(walk, "请选择支付方式", "24-order");
    pick(walk, "模拟支付");
    wait_text(walk, "扫码支付");
}

void walk_resume_paying(const struct walk *walk)
{
    wait_text(walk, "系统首页");
    pick(walk, "继续办理");
    wait_text(walk, "扫码支付");
}

char *walk_pay_address(const struct walk *walk)
{
    return term_wait_qr(walk->term, SLOW_MS);
}

void walk_pay(const struct walk *walk)
{
    g_autofree char *address = walk_pay_address(walk);
    walk_at(walk, "扫码支付", "25-pay");
    g_autofree char *answer = phone_press(address, "pay");
    walk_at(walk, "订单支付成功", "26-paid");
    enter(walk);
}

/* ---- 七、填写档案信息 */

/* A field that is picked from a list: typing opens it. */
static void choose_code(const struct walk *walk, const char *text)
{
    enter(walk);
    pick(walk, text);
}

static void type_field(const struct walk *walk, const char *text)
{
    term_type(walk->term, text);
    enter(walk);
}

static void fill_person(const struct walk *walk)
{
    walk_at(walk, "毕业登记信息填写", "30-person");
    choose_code(walk, "汉族");
    choose_code(walk, "办事人员");
    choose_code(walk, "群众");
    type_field(walk, "13800000000");
    choose_code(walk, "高中");
    choose_code(walk, "健康");
    type_field(walk, "20120701");
    enter(walk); /* not ticked: has worked */
    choose_code(walk, "否");
    type_field(walk, "山西省太原市");
    type_field(walk, "太原市某某有限公司");
    type_field(walk, "山西省太原市小店区某某街1号");
    walk_at(walk, "某某街1号", "31-person-filled");
    press(walk, VTERM_KEY_FUNCTION(10));
}

static void fill_rows(const struct walk *walk)
{
    walk_at(walk, "毕业申请个人简历填写", "32-resume");
    type_field(walk, "20090901");
    type_field(walk, "20120630");
    type_field(walk, "太原市第一中学 高中");
    type_field(walk, "20120701");
    type_field(walk, "20260630");
    type_field(walk, "太原市某某有限公司 职员");
    walk_at(walk, "有限公司 职员", "33-resume-filled");
    press(walk, VTERM_KEY_FUNCTION(10));
    walk_at(walk, "家庭主要成员", "34-family");
    type_field(walk, "张建国");
    type_field(walk, "太原市某某厂");
    type_field(walk, "工人");
    walk_at(walk, "某某厂", "35-family-filled");
    press(walk, VTERM_KEY_FUNCTION(10));
}

void walk_form(const struct walk *walk)
{
    fill_person(walk);
    fill_rows(walk);
    walk_at(walk, "何种奖励或处分", "36-awards");
    press(walk, VTERM_KEY_FUNCTION(10));
    walk_at(walk, "不得少于400字", "37-evaluation");
    if (walk->essay != NULL) {
        term_type(walk->term, walk->essay);
        g_autofree char *count = g_strdup_printf("已输入 %ld 字", g_utf8_strlen(walk->essay, -1));
        walk_at(walk, count, "38-evaluation-filled");
    }
    press(walk, VTERM_KEY_FUNCTION(10));
}

void walk_print(const struct walk *walk)
{
    walk_at(walk, "打印《毕业生登记表》", "40-print");
    enter(walk);
    walk_at(walk, "都拿到了吗", "42-print-check");
    pick(walk, "都拿到了");
}

/* ---- 八、现场提交材料 */

void walk_leave(const struct walk *walk)
{
    walk_at(walk, "现场提交材料", "50-checklist");
    enter(walk);
    walk_at(walk, "您的信息已从本机清除。", "51-goodbye");
    enter(walk);
    walk_at(walk, "欢迎办理毕业申请", NULL);
}
