/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 010124100002, 本科 行政管理: prior degree by phone, English substitution, and everything up to two printed sheets. */
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

/* 自我鉴定 of at least 400 characters (R43). */
static char *essay(void)
{
    GString *text = g_string_new(NULL);
    while (g_utf8_strlen(text->str, -1) < 410)
        g_string_append(text, "本人拥护党的领导，遵守国家法律法规，工作认真负责，学习刻苦努力，");
    g_string_append(text, "今后将继续努力。");
    return g_string_free(text, FALSE);
}

static void from_login_to_two_sheets(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *words = essay();
    struct visit visit = {.rig = fixture->rig,
                          .screens = "bachelor",
                          .exam_no = "010124100002",
                          .id_tail = "0015",
                          .education = "大学专科",
                          .essay = words};
    visit.term = rig_kiosk(fixture->rig, 24, 80, NULL);
    visit_start(&visit);
    visit_login(&visit);
    visit_prejudge(&visit);
    visit_begin(&visit);
    visit_major_and_county(&visit);
    visit_substitution(&visit);
    visit_nothing_to_add(&visit);
    visit_prior_degree(&visit);
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
    papers_check_sheet(document, (const char *const[]){visit.exam_no, "张晓明", "行政管理", "今后将继续努力。", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_login_to_two_sheets, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
