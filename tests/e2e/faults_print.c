/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The helper or the kiosk dies while the printer has the job, or there is no printer: nobody prints twice without a person's word, and
 * the person is told that paper may have come out.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "faults.h"
#include "rig_cups.h"

struct fixture {
    struct rig_cups *cups;
    struct rig *rig;
    struct visit visit;
};

/* Once for all: up to the saved form, which each test then finds. */
static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    *state = fixture;
    fixture->cups = rig_cups_start();
    if (fixture->cups == NULL)
        return -1;
    g_autofree char *profile = rig_cups_profile(fixture->cups, "a3", "");
    fixture->rig = rig_start(&(struct rig_options){.profile = profile});
    rig_stick_add_portrait(fixture->rig, "portrait.jpg");
    fixture->visit =
        (struct visit){.rig = fixture->rig, .exam_no = "010124100001", .id_tail = "0029", .education = "普通高中"};
    struct visit *visit = &fixture->visit;
    faults_come(visit, NULL);
    visit_begin(visit);
    visit_major_and_county(visit);
    visit_nothing_to_add(visit);
    visit_submit(visit);
    visit_photo(visit);
    visit_order(visit);
    visit_pay(visit);
    visit_form(visit);
    visit_at(visit, "打印《毕业生登记表》", NULL);
    rig_kiosk_stop(fixture->rig, visit->term);
    rig_data_save(fixture->rig);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    rig_free(fixture->rig);
    rig_cups_stop(fixture->cups);
    g_free(fixture);
    return 0;
}

static int come(void **state)
{
    struct fixture *fixture = *state;
    rig_cups_trouble(fixture->cups, NULL); /* whatever became of the test before */
    rig_data_restore(fixture->rig);
    faults_come(&fixture->visit, NULL);
    visit_at(&fixture->visit, "打印《毕业生登记表》", NULL);
    return 0;
}

static int go(void **state)
{
    struct fixture *fixture = *state;
    if (fixture->visit.term)
        rig_kiosk_stop(fixture->rig, fixture->visit.term);
    fixture->visit.term = NULL;
    return 0;
}

/* The printer has the document and says it has no paper. */
static void print_into_trouble(struct fixture *fixture)
{
    rig_cups_trouble(fixture->cups, "media-empty");
    term_key(fixture->visit.term, VTERM_KEY_ENTER);
    term_wait_text(fixture->visit.term, "打印机缺 A3 纸", TERM_WAIT_MS);
}

static void the_helper_dies(void **state)
{
    struct fixture *fixture = *state;
    const struct visit *visit = &fixture->visit;
    int documents = rig_cups_documents(fixture->cups);
    print_into_trouble(fixture);
    pid_t helper = faults_child(term_pid(visit->term), "kiosk-helper");
    assert_true(helper > 0);
    kill(helper, SIGKILL);
    term_wait_text(visit->term, "不能确定是否已经打印出来。", TERM_WAIT_MS);
    term_wait_text(visit->term, "可能已经打印出来，请先看看出纸口。确认没有再重新打印。", TERM_WAIT_MS);
    rig_cups_trouble(fixture->cups, NULL); /* and out it comes */
    assert_true(rig_cups_wait_documents(fixture->cups, documents + 1));
    term_key(visit->term, VTERM_KEY_FUNCTION(6));
    visit_at(visit, "都拿到了吗", NULL);
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "现场提交材料", NULL);
    faults_wait_has(visit, "applications 1 form_saved, orders 1 paid, prints 1 in_hand");
    assert_int_equal(rig_cups_documents(fixture->cups), documents + 1);
}

static void the_kiosk_dies(void **state)
{
    struct fixture *fixture = *state;
    struct visit *visit = &fixture->visit;
    int documents = rig_cups_documents(fixture->cups);
    print_into_trouble(fixture);
    faults_kill_kiosk(visit);
    rig_cups_trouble(fixture->cups, NULL);
    assert_true(rig_cups_wait_documents(fixture->cups, documents + 1));
    faults_come(visit, NULL);
    visit_at(visit, "上次打印时中断了，可能已经出纸。", NULL);
    visit_print(visit); /* there was nothing in the tray, says the person */
    visit_at(visit, "现场提交材料", NULL);
    assert_int_equal(rig_cups_documents(fixture->cups), documents + 2);
}

static void no_printer(void **state)
{
    struct fixture *fixture = *state;
    const struct visit *visit = &fixture->visit;
    int documents = rig_cups_documents(fixture->cups);
    assert_true(rig_cups_admin(fixture->cups, "cupsreject", "a3", NULL));
    term_key(visit->term, VTERM_KEY_ENTER);
    term_wait_text(visit->term, "没有打印成功，没有出纸。", TERM_WAIT_MS);
    term_wait_text(visit->term, "打印机现在不接受打印，请告诉工作人员。", TERM_WAIT_MS);
    assert_true(rig_cups_admin(fixture->cups, "cupsaccept", "a3", NULL));
    term_key(visit->term, VTERM_KEY_FUNCTION(5));
    visit_at(visit, "都拿到了吗", NULL);
    term_key(visit->term, VTERM_KEY_ENTER);
    visit_at(visit, "现场提交材料", NULL);
    assert_int_equal(rig_cups_documents(fixture->cups), documents + 1);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, come, go)
    const struct CMUnitTest tests[] = {
        TEST(the_helper_dies),
        TEST(the_kiosk_dies),
        TEST(no_printer),
    };
    return cmocka_run_group_tests_name("faults_print", tests, set_up, tear_down);
}
