/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SWEEP=long: the kiosk is killed at many moments after the person's Enter where something irreversible begins, told by how much it has
 * written to the terminal since. However it was, after the next login there is one application, one order, one payment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "faults.h"

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

struct moment {
    guint64 mark;
    guint64 bytes;
};

static bool has_come(struct term *term, gpointer data)
{
    const struct moment *moment = data;
    return term_bytes_since(term, moment->mark) >= moment->bytes;
}

/* Enter; dead as soon as so much was written, or when nothing more comes. */
static void enter_and_die(struct visit *visit, guint64 bytes)
{
    struct moment moment = {term_bytes_since(visit->term, 0), bytes};
    term_key(visit->term, VTERM_KEY_ENTER);
    (void)term_poll(visit->term, has_come, &moment, 1000);
    faults_kill_kiosk(visit);
}

static void come_to_submit(struct visit *visit)
{
    faults_come(visit, NULL);
    visit_at(visit, "毕业申请信息确认页", NULL);
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "身份证号最后四位", NULL);
    term_type(visit->term, visit->id_tail);
    term_wait_text(visit->term, visit->id_tail, TERM_WAIT_MS);
}

static bool is_submitted(const struct visit *visit)
{
    g_autofree char *state = faults_ask(visit->rig, "SELECT state FROM applications WHERE exam_no = '010124100001'");
    return g_strcmp0(state, "draft") != 0;
}

/* Killed before anything was on disk: then it was not submitted, the person sees that, and does it again. */
static void submit_if_need_be(struct visit *visit)
{
    faults_come(visit, NULL);
    term_settle(visit->term, 300, TERM_WAIT_MS);
    if (!is_submitted(visit)) {
        visit_at(visit, "毕业申请信息确认页", NULL);
        visit_submit(visit);
    }
    visit_at(visit, "上传毕业照片：采集要求", NULL);
    faults_wait_has(visit, "applications 1 system_approved");
}

static void come_to_order(struct visit *visit)
{
    faults_come(visit, NULL);
    visit_at(visit, "审核已通过，请按回车键支付。", NULL);
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "请选择支付方式", NULL);
}

static bool has_order(struct term *term, gpointer data)
{
    (void)data;
    return term_has(term, "有一笔订单等待支付");
}

static void pay_whatever_there_is(struct visit *visit)
{
    faults_come(visit, NULL);
    visit_at(visit, "毕业申请信息详情", NULL);
    if (term_poll(visit->term, has_order, NULL, 1000))
        visit_resume_paying(visit);
    else
        visit_order(visit);
    visit_pay(visit);
    faults_wait_has(visit, "applications 1 paid, orders 1 paid");
}

static const guint64 moments[] = {0, 1, 50, 150, 300, 600, 1000, 1500, 2000, 3000};

static void sweep(struct visit *visit, void (*come)(struct visit *visit), void (*go_on)(struct visit *visit))
{
    rig_data_save(visit->rig);
    for (size_t i = 0; i < G_N_ELEMENTS(moments); i++) {
        rig_data_restore(visit->rig);
        come(visit);
        enter_and_die(visit, moments[i]);
        go_on(visit);
        rig_kiosk_stop(visit->rig, visit->term);
    }
}

static void killed_at_many_moments(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100001", .id_tail = "0029", .education = "普通高中"};
    if (g_strcmp0(g_getenv("SWEEP"), "long") != 0)
        skip();
    faults_come(&visit, NULL);
    visit_begin(&visit);
    visit_major_and_county(&visit);
    faults_nothing_to_add(&visit);
    visit_at(&visit, "毕业申请信息确认页", NULL);
    rig_kiosk_stop(visit.rig, visit.term);
    sweep(&visit, come_to_submit, submit_if_need_be);
    faults_come(&visit, NULL);
    visit_photo(&visit);
    visit_at(&visit, "审核已通过，请按回车键支付。", NULL);
    rig_kiosk_stop(visit.rig, visit.term);
    sweep(&visit, come_to_order, pay_whatever_there_is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_many_moments, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("faults_sweep", tests, NULL, NULL);
}
