/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 010124100001, 专科 行政管理: from the start screen to two printed sheets on real CUPS. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "papers.h"
#include "rig_cups.h"
#include "visit.h"

struct fixture {
    struct rig_cups *cups;
    struct rig *rig;
};

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

static void from_login_to_two_sheets(void **state)
{
    struct fixture *fixture = *state;
    struct visit visit = {.rig = fixture->rig,
                          .screens = "straight",
                          .exam_no = "010124100001",
                          .id_tail = "0029",
                          .education = "普通高中"};
    visit.term = rig_kiosk(fixture->rig, 24, 80, NULL);
    visit_start(&visit);
    visit_login(&visit);
    visit_prejudge(&visit);
    visit_begin(&visit);
    visit_major_and_county(&visit);
    visit_nothing_to_add(&visit);
    visit_submit(&visit);
    visit_photo(&visit);
    visit_order(&visit);
    visit_pay(&visit);
    visit_form(&visit);
    visit_print(&visit);
    visit_leave(&visit);
    assert_int_equal(rig_cups_documents(fixture->cups), 1);
    g_autofree char *document = rig_cups_document(fixture->cups, 1);
    g_autofree char *attributes = rig_cups_attributes(fixture->cups, 1);
    papers_check_attributes(attributes);
    papers_check_sheet(document,
                       (const char *const[]){visit.exam_no, "行政管理", "太原市某某有限公司", "张建国", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_login_to_two_sheets, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
