/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit.h"

#include <string.h>

#include "phone.h"

#define SLOW_MS 60000

void visit_look(const struct visit *visit, const char *title, const char *name)
{
    struct visit seen = *visit;
    seen.screens = "people";
    visit_at(&seen, title, name);
}

void visit_come(struct visit *visit)
{
    visit->term = rig_kiosk(visit->rig, 24, 80, NULL);
    visit_start(visit);
    visit_login(visit);
}

/* ---- 添加顶替课程 */

void visit_add_course(const struct visit *visit, const struct visit_course *course)
{
    term_wait_text(visit->term, "一次添加一门", SLOW_MS);
    visit_choose(visit, course->reason);
    /* In one go, as a fast typist's keys come: the name arrives while the rest is typed, and nothing of it gets lost. */
    g_autofree char *typed = g_strdup_printf("%s\r%s\r%s", course->code, course->passed_on, course->score);
    term_bytes(visit->term, typed, strlen(typed));
    g_autofree char *shown = g_strdup_printf("课程名称   %s", course->name);
    term_wait_text(visit->term, shown, SLOW_MS);
}

void visit_archive(const struct visit *visit, const char *file, const char *name)
{
    term_wait_text(visit->term, "添加顶替课程", SLOW_MS);
    term_key(visit->term, VTERM_KEY_FUNCTION(4));
    visit_look(visit, file, name);
    visit_pick(visit, file);
    term_wait_text(visit->term, "添加完成，请按回车键进行下一步。", SLOW_MS);
}

/* ---- 前置学历 */

void visit_authorise(const struct visit *visit)
{
    g_autofree char *address = term_wait_qr(visit->term, SLOW_MS);
    g_autofree char *answer = phone_press(address, "authorise");
}

/* ---- 六、系统审核与缴费 */

void visit_pay_to_checklist(const struct visit *visit)
{
    visit_order(visit);
    visit_pay(visit);
    term_wait_text(visit->term, "毕业登记信息填写", SLOW_MS);
    term_key(visit->term, VTERM_KEY_ESCAPE);
    term_wait_text(visit->term, "系统首页", SLOW_MS);
    visit_pick(visit, "现场提交材料");
    term_wait_text(visit->term, "请携带", SLOW_MS);
}
