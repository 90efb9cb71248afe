/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without a key, on the real programs: an application from the start screen to the paid order, the registration form to its paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "phone.h"
#include "registrant.h"

#define SLOW_MS    60000
#define SLIP_EVERY 200 /* letters; a wrong one among them is taken back */

static int set_up(void **state)
{
    *state = rig_start(&(struct rig_options){0});
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    return 0;
}

static void tap(struct term *term, const char *text)
{
    term_wait_text(term, text, SLOW_MS);
    term_click_text(term, text);
}

/* The first letters of the password are on another page of the keyboard than its digits. */
static void log_in(struct hands *hands, const char *exam_no)
{
    struct term *term = hands->term;
    term_wait_text(term, "考生登录", SLOW_MS);
    g_autofree char *grouped = g_strdup_printf("%.6s %s", exam_no, exam_no + 6);
    hands_type(hands, exam_no);
    term_wait_text(term, grouped, SLOW_MS);
    golden_check(term, "touch/03-digits");
    hands_next(hands);
    hands_type(hands, "Zikao");
    golden_check(term, "touch/04-letters");
    hands_type(hands, "-");
    golden_check(term, "touch/05-signs");
    hands_type(hands, "2026");
    hands_next(hands);
    tap(term, "│ 登录 │");
}

static void log_in_plainly(struct hands *hands, const char *exam_no)
{
    term_wait_text(hands->term, "考生登录", SLOW_MS);
    hands_type(hands, exam_no);
    hands_next(hands);
    hands_type(hands, "Zikao-2026");
    hands_button(hands, "登录", VTERM_KEY_NONE);
}

static struct term *come(struct rig *rig)
{
    static const char *const settings[] = {"terminal.touch=true", NULL};
    struct term *term = rig_kiosk(rig, 24, 80, settings);
    term_wait_text(term, "欢迎办理毕业申请", SLOW_MS);
    golden_check(term, "touch/01-start");
    tap(term, "│ 开始办理 │");
    tap(term, "我同意为办理毕业申请");
    term_wait_text(term, "[✓] 我同意", SLOW_MS);
    tap(term, "我单独同意");
    term_wait_text(term, "[✓] 我单独同意", SLOW_MS);
    golden_check(term, "touch/02-consented");
    tap(term, "│ 同意并继续 │");
    return term;
}

static void leave(struct term *term)
{
    tap(term, "│ 离开 │");
    tap(term, "保存并离开");
    term_wait_text(term, "您的信息已从本机清除", SLOW_MS);
}

static void a_person_comes_and_goes_by_touch(void **state)
{
    struct rig *rig = *state;
    struct hands hands = {.term = come(rig), .touch = true};
    struct term *term = hands.term;
    log_in(&hands, "010124100001");
    term_wait_text(term, "系统首页", SLOW_MS);
    golden_check(term, "touch/06-home");
    tap(term, "│ 帮助 │");
    golden_check(term, "touch/07-help");
    tap(term, "│ 呼叫工作人员 │");
    golden_check(term, "touch/08-called");
    tap(term, "│ 关闭 │");
    leave(term);
    g_autofree char *log = rig_log(rig);
    assert_non_null(strstr(log, "staff are called for"));
}

/* The staff are called and the help is read with the keyboard open, too. */
static void get_help(struct hands *hands)
{
    hands_button(hands, "帮助", VTERM_KEY_NONE);
    term_wait_text(hands->term, "点按要填的一项", SLOW_MS);
    tap(hands->term, "│ 呼叫工作人员 │");
    term_wait_text(hands->term, "已经呼叫工作人员", SLOW_MS);
    tap(hands->term, "│ 关闭 │");
    term_wait_gone(hands->term, "已经呼叫工作人员", SLOW_MS);
}

static void press(struct hands *hands, const char *page, const char *button)
{
    term_wait_text(hands->term, page, SLOW_MS);
    hands_button(hands, button, VTERM_KEY_NONE);
}

static void pick(struct hands *hands, const char *page, const char *item)
{
    term_wait_text(hands->term, page, SLOW_MS);
    hands_item(hands, item);
}

static void apply(struct hands *hands)
{
    pick(hands, "系统首页", "1  毕业申请");
    press(hands, "[✓]", "下一步"); /* the only major is ticked already */
    pick(hands, "先选市", "太原市  ");
    pick(hands, "请选择县（市、区）", "迎泽区");
    pick(hands, "有需要添加的课程吗", "没有，下一步");
    press(hands, "毕业申请信息确认页", "核对无误，去提交");
    term_wait_text(hands->term, "最后四位", SLOW_MS);
    hands_field(hands, "身份证号最后四位");
    hands_type(hands, "0029");
    press(hands, "提交毕业申请", "提交");
}

static void send_photo(struct hands *hands)
{
    press(hands, "采集要求", "选择照片");
    pick(hands, "选择文件", "portrait.jpg");
    pick(hands, "上传毕业照片：确认", "照片是本人近期");
    press(hands, "[✓]", "上传");
}

/* From the choice of a major to the paid order. */
static void the_application_is_made_by_touch(void **state)
{
    rig_stick_add_portrait(*state, "portrait.jpg");
    struct hands hands = {.term = come(*state), .touch = true};
    log_in_plainly(&hands, "010124100001");
    apply(&hands);
    send_photo(&hands);
    press(&hands, "审核已通过", "毕业申请支付");
    pick(&hands, "请选择支付方式", "模拟支付");
    term_wait_text(hands.term, "扫码支付", SLOW_MS);
    g_autofree char *address = term_wait_qr(hands.term, SLOW_MS), *answer = phone_press(address, "pay");
    press(&hands, "订单支付成功", "填写毕业生登记表");
    term_wait_text(hands.term, "毕业登记信息填写", SLOW_MS);
}

/* 010124100008 left off at the registration form. */
static void the_form_is_filled_and_printed_by_touch(void **state)
{
    struct rig *rig = *state;
    struct registrant registrant;
    registrant_init(&registrant, &(struct hands){.term = come(rig), .touch = true, .slip_every = SLIP_EVERY});
    struct hands *hands = &registrant.hands;
    log_in_plainly(hands, "010124100008");
    term_wait_text(hands->term, "毕业登记信息填写", SLOW_MS);
    get_help(hands);
    registrant_fill(&registrant);
    registrant_check(&registrant, rig);
    print_message("%" G_GINT64_FORMAT " characters, %d taps; %d slips, %d words typed again\n", registrant.characters,
                  hands->keys, hands->slips, hands->wrong);
    hands_button(hands, "开始打印", VTERM_KEY_NONE);
    term_wait_text(hands->term, "都拿到了吗", SLOW_MS);
    hands_item(hands, "都拿到了，清晰完整");
    term_wait_text(hands->term, "现场提交材料", SLOW_MS);
    hands_button(hands, "完成并离开", VTERM_KEY_NONE);
    term_wait_text(hands->term, "您的信息已从本机清除", SLOW_MS);
    g_autoptr(GPtrArray) prints = rig_prints(rig);
    assert_int_equal(prints->len, 1);
    registrant_clear(&registrant);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_application_is_made_by_touch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_form_is_filled_and_printed_by_touch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_person_comes_and_goes_by_touch, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("walk_touch", tests, NULL, NULL);
}
