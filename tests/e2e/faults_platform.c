/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The platform dies, is away, or answers nonsense, and the network loses its answers: one application, one payment, nothing typed is
 * lost, and always a sentence and a way on.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "faults.h"
#include "keeper.h"
#include "phone.h"
#include "relay.h"

#define OFFLINE "网络暂时不通，正在自动重试。您填写的内容不会丢失，请稍候。"
#define BROKEN  "服务平台暂时出错，请稍后再试，或咨询工作人员。"
#define STATE   "SELECT state FROM applications WHERE exam_no = '010124100001'"

struct fixture {
    struct rig *rig;
    struct relay *relay;
    struct visit visit;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    *state = fixture;
    fixture->rig = rig_start(&(struct rig_options){0});
    rig_stick_add_portrait(fixture->rig, "portrait.jpg");
    fixture->relay = relay_new(rig_url(fixture->rig));
    fixture->visit =
        (struct visit){.rig = fixture->rig, .exam_no = "010124100001", .id_tail = "0029", .education = "普通高中"};
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    rig_free(fixture->rig);
    relay_free(fixture->relay);
    g_free(fixture);
    return 0;
}

/* ---- small steps */

static void come_to_submit(struct fixture *fixture)
{
    struct visit *visit = &fixture->visit;
    faults_come(visit, relay_url(fixture->relay));
    visit_begin(visit);
    visit_major_and_county(visit);
    faults_nothing_to_add(visit);
    visit_at(visit, "毕业申请信息确认页", NULL);
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "身份证号最后四位", NULL);
}

static void confirm_submit(const struct visit *visit)
{
    term_type(visit->term, visit->id_tail);
    term_key(visit->term, VTERM_KEY_ENTER);
}

static bool has_lost(struct term *term, gpointer data)
{
    (void)term;
    const struct fixture *fixture = data;
    return relay_lost(fixture->relay) > 0;
}

static char *outbox(const struct rig *rig)
{
    g_autofree char *path = g_build_filename(rig_dir(rig), "storage", "kiosk.db", NULL);
    return keeper_ask_file(path, "SELECT count(*) || coalesce(max(call), '') FROM outbox");
}

struct outbox_question {
    const struct rig *rig;
    const char *wanted;
};

static bool outbox_is(struct term *term, gpointer data)
{
    const struct outbox_question *question = data;
    (void)term;
    g_autofree char *text = outbox(question->rig);
    return g_strcmp0(text, question->wanted) == 0;
}

static void wait_outbox(const struct visit *visit, const char *wanted)
{
    struct outbox_question question = {visit->rig, wanted};
    term_wait(visit->term, outbox_is, &question, wanted, TERM_WAIT_MS);
}

/* ---- answers that never arrive */

/* The platform has done it, nobody hears of it: the same request again, and the same answer. */
static void answers_are_lost(void **state)
{
    struct fixture *fixture = *state;
    const struct visit *visit = &fixture->visit;
    come_to_submit(fixture);
    relay_lose(fixture->relay);
    confirm_submit(visit);
    faults_wait(visit, STATE, "system_approved");
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    relay_pass(fixture->relay);
    term_wait_gone(visit->term, OFFLINE, TERM_WAIT_MS);
    visit_photo(visit);
    visit_at(visit, "审核已通过，请按回车键支付。", NULL);
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "请选择支付方式", NULL);
    int lost = relay_lost(fixture->relay);
    relay_lose(fixture->relay);
    term_key(visit->term, VTERM_KEY_ENTER);
    faults_wait(visit, "SELECT count(*) FROM orders WHERE state = 'paying' AND created_at > 0", "1");
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    assert_true(relay_lost(fixture->relay) > lost);
    relay_pass(fixture->relay);
    visit_pay(visit);
    visit_at(visit, "毕业登记信息填写", NULL);
    faults_wait_has(visit, "applications 1 paid, orders 1 paid");
}

/* The platform alone dies with the submission in its hands. */
static void killed_under_the_submission(void **state)
{
    struct fixture *fixture = *state;
    const struct visit *visit = &fixture->visit;
    come_to_submit(fixture);
    kill(rig_platform_pid(fixture->rig), SIGSTOP);
    confirm_submit(visit);
    wait_outbox(visit, "1POST /v1/application/submit");
    rig_platform_stop(fixture->rig, true);
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    rig_platform_start(fixture->rig);
    visit_at(visit, "上传毕业照片：采集要求", NULL);
    wait_outbox(visit, "0");
    faults_wait_has(visit, "applications 1 system_approved");
}

/* Both sides die between the person's Enter and the answer: what was confirmed is sent at the next login, once. */
static void killed_before_any_answer(void **state)
{
    struct fixture *fixture = *state;
    struct visit *visit = &fixture->visit;
    come_to_submit(fixture);
    kill(rig_platform_pid(fixture->rig), SIGSTOP);
    confirm_submit(visit);
    wait_outbox(visit, "1POST /v1/application/submit");
    faults_kill_kiosk(visit);
    rig_platform_stop(fixture->rig, true);
    rig_platform_start(fixture->rig);
    faults_wait_has(visit, "applications 1 draft");
    faults_come(visit, relay_url(fixture->relay));
    visit_at(visit, "上传毕业照片：采集要求", NULL);
    wait_outbox(visit, "0");
    faults_wait_has(visit, "applications 1 system_approved");
}

/* The platform had done it before it died. */
static void killed_before_the_answer_arrived(void **state)
{
    struct fixture *fixture = *state;
    struct visit *visit = &fixture->visit;
    come_to_submit(fixture);
    relay_lose(fixture->relay);
    confirm_submit(visit);
    term_wait(visit->term, has_lost, fixture, "a lost answer", TERM_WAIT_MS);
    faults_kill_kiosk(visit);
    rig_platform_stop(fixture->rig, true);
    rig_platform_start(fixture->rig);
    relay_pass(fixture->relay);
    faults_come(visit, relay_url(fixture->relay));
    visit_at(visit, "上传毕业照片：采集要求", NULL);
    wait_outbox(visit, "0");
    faults_wait_has(visit, "applications 1 system_approved");
}

/* ---- money, and a platform that is away or talks nonsense */

/* The code stays good, and who pays twice has paid once. */
static void pay_twice_after_a_crash(struct fixture *fixture)
{
    const struct visit *visit = &fixture->visit;
    visit_order(visit);
    g_autofree char *address = visit_pay_address(visit);
    rig_platform_stop(fixture->rig, true);
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    rig_platform_start(fixture->rig);
    assert_int_equal(phone_request(address, "action=pay", NULL), 200);
    g_autofree char *again = NULL;
    assert_int_not_equal(phone_request(address, "action=pay", &again), 0);
    assert_non_null(strstr(again, "支付时间"));
    visit_at(visit, "订单支付成功", NULL);
    faults_wait_has(visit, "applications 1 paid, orders 1 paid");
    term_key(visit->term, VTERM_KEY_ENTER);
}

/* What is typed while nobody is there stays, and arrives. */
static void type_while_away(struct fixture *fixture)
{
    const struct visit *visit = &fixture->visit;
    visit_at(visit, "毕业登记信息填写", NULL);
    rig_platform_stop(fixture->rig, false);
    term_keys(visit->term, VTERM_KEY_DOWN, 3);
    term_type(visit->term, "13811112222");
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    term_wait_text(visit->term, "138 1111 2222", TERM_WAIT_MS);
    rig_platform_start(fixture->rig);
    faults_wait(visit, "SELECT count(*) FROM drafts WHERE body LIKE '%13811112222%'", "1");
    term_wait_gone(visit->term, OFFLINE, TERM_WAIT_MS);
    term_keys(visit->term, VTERM_KEY_BACKSPACE, 11);
    term_keys(visit->term, VTERM_KEY_UP, 3);
}

/* Saving is answered with what no platform says; then it is one again, and F10 goes on. */
static void save_into_nonsense(struct fixture *fixture, const char *text, gsize flood)
{
    const struct visit *visit = &fixture->visit;
    relay_say(fixture->relay, text, flood);
    term_key(visit->term, VTERM_KEY_FUNCTION(10));
    term_wait_text(visit->term, BROKEN, TERM_WAIT_MS);
    assert_true(term_has(visit->term, "自我鉴定"));
    relay_pass(fixture->relay);
}

static void away_and_nonsense(void **state)
{
    struct fixture *fixture = *state;
    struct visit *visit = &fixture->visit;
    come_to_submit(fixture);
    confirm_submit(visit);
    visit_photo(visit);
    pay_twice_after_a_crash(fixture);
    type_while_away(fixture);
    visit_form_to_evaluation(visit);
    save_into_nonsense(fixture, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>Wi-Fi login!  ", 0);
    save_into_nonsense(fixture, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", 50000000);
    term_key(visit->term, VTERM_KEY_FUNCTION(10));
    visit_print(visit);
    visit_at(visit, "现场提交材料", NULL);
    faults_wait_has(visit, "applications 1 form_saved, orders 1 paid, prints 1 in_hand");
}

/* Nobody there when the day begins. */
static void away_at_the_start(void **state)
{
    struct fixture *fixture = *state;
    struct visit *visit = &fixture->visit;
    g_autofree char *url = g_strdup_printf("platform.url=%s", relay_url(fixture->relay));
    rig_platform_stop(fixture->rig, false);
    visit->term = rig_kiosk(fixture->rig, 24, 80, (const char *const[]){url, NULL});
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    visit_start(visit);
    term_type(visit->term, visit->exam_no);
    term_key(visit->term, VTERM_KEY_DOWN);
    term_type(visit->term, VISIT_PASSWORD);
    term_key(visit->term, VTERM_KEY_ENTER);
    term_wait_text(visit->term, OFFLINE, TERM_WAIT_MS);
    rig_platform_start(fixture->rig);
    visit_at(visit, "系统首页", NULL);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(answers_are_lost),         TEST(killed_under_the_submission),
        TEST(killed_before_any_answer), TEST(killed_before_the_answer_arrived),
        TEST(away_and_nonsense),        TEST(away_at_the_start),
    };
    return cmocka_run_group_tests_name("faults_platform", tests, NULL, NULL);
}
