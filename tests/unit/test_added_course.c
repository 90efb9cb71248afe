/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/added_course.h"

#define TODAY 20261202

#define COURSE(reason_, code_, name_, day_, score_)                                                                    \
    {                                                                                                                  \
        .reason = (reason_), .code = (char *)(code_), .name = (char *)(name_), .passed_on = (char *)(day_),            \
        .score = (score_)                                                                                              \
    }
#define OLD(code, day, score) COURSE(ADDED_OLD_PLAN, code, "市政学", day, score)
#define KNOWN                                                                                                          \
    {                                                                                                                  \
        .known = true, .today = TODAY                                                                                  \
    }
#define UNKNOWN                                                                                                        \
    {                                                                                                                  \
        .today = TODAY                                                                                                 \
    }

struct added_case {
    struct added_course course;
    struct added_course_facts facts;
    const char *field, *key; /* NULL = fine */
};

static void check_all(const struct added_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *field = NULL;
        const char *key = added_course_check(&cases[i].course, &cases[i].facts, &field);
        if (g_strcmp0(key, cases[i].key) != 0 || g_strcmp0(field, cases[i].field) != 0)
            fail_msg("case %zu: %s of %s", i, key ? key : "fine", field ? field : "nothing");
    }
}

static void r13_four_fields(void **state)
{
    static const struct added_case cases[] = {
        {OLD("00292", "2019-10-20", 72), KNOWN, NULL, NULL},
        {OLD("00292", "2026-12-02", 60), KNOWN, NULL, NULL},
        {OLD("00292", "1983-01-01", 100), KNOWN, NULL, NULL},
        {OLD("0029a", "2019-10-20", 72), UNKNOWN, "code", "added_course.code"},
        {OLD("292", "2019-10-20", 72), UNKNOWN, "code", "added_course.code"},
        {OLD("００２９２", "2019-10-20", 72), UNKNOWN, "code", "added_course.code"},
        {OLD("00292", "2026-12-03", 72), KNOWN, "passed_on", "added_course.date_future"},
        {OLD("00292", "1982-12-31", 72), KNOWN, "passed_on", "added_course.date_early"},
        {OLD("00292", "2019-02-29", 72), KNOWN, "passed_on", "added_course.date"},
        {OLD("00292", "2019-4-01x", 72), KNOWN, "passed_on", "added_course.date"},
        {OLD("00292", "2019/10/20", 72), KNOWN, "passed_on", "added_course.date"},
        {OLD("00292", "2019-10-20", 59), KNOWN, "score", "added_course.score"},
        {OLD("00292", "2019-10-20", 101), KNOWN, "score", "added_course.score"},
        {OLD("00292", "2019-10-20", -1), KNOWN, "score", "added_course.score"},
    };
    (void)state;
    check_all(cases, G_N_ELEMENTS(cases));
}

/* The three reasons, and what each of them covers. */
static void r09_three_reasons(void **state)
{
    static const struct added_case cases[] = {
        {COURSE(ADDED_EXEMPTION, "04183", "概率论", "2019-10-20", 80),
         {.known = true, .exemptible = true, .today = TODAY},
         NULL,
         NULL},
        {COURSE(ADDED_EXEMPTION, "00277", "行政管理学", "2019-10-20", 80), KNOWN, "reason",
         "added_course.not_exemptible"},
        {COURSE(ADDED_EXEMPTION, "99999", "高等数学", "2019-10-20", 80), UNKNOWN, "code", "added_course.unknown"},
        {COURSE(ADDED_PRACTICE_CARD, "02327", "操作系统（实践）", "2019-10-20", 80),
         {.known = true, .practice = true, .today = TODAY},
         NULL,
         NULL},
        {COURSE(ADDED_PRACTICE_CARD, "02326", "操作系统", "2019-10-20", 80), KNOWN, "reason",
         "added_course.not_practice"},
        {COURSE(ADDED_PRACTICE_CARD, "99999", "旧实践课", "2019-10-20", 80), UNKNOWN, NULL, NULL},
        {COURSE(ADDED_OLD_PLAN, "99999", "C++程序设计", "2019-10-20", 80), UNKNOWN, NULL, NULL},
        {COURSE(ADDED_OLD_PLAN, "99999", "course", "2019-10-20", 80), UNKNOWN, "name", "added_course.name"},
        {COURSE(ADDED_OLD_PLAN, "99999", "курс", "2019-10-20", 80), UNKNOWN, "name", "added_course.name"},
        {COURSE(ADDED_OLD_PLAN, "99999", " ", "2019-10-20", 80), UNKNOWN, "name", "added_course.name"},
        {COURSE(ADDED_OLD_PLAN, "00292", "x", "2019-10-20", 80), KNOWN, NULL, NULL}, /* the catalogue's name stands */
    };
    (void)state;
    check_all(cases, G_N_ELEMENTS(cases));
}

static void r11_only_what_is_not_on_record(void **state)
{
    static const struct added_case cases[] = {
        {OLD("00292", "2019-10-20", 72),
         {.known = true, .on_record = true, .today = TODAY},
         "code",
         "added_course.on_record"},
        {OLD("00292", "2019-10-20", 72), {.known = true, .twice = true, .today = TODAY}, "code", "added_course.twice"},
    };
    (void)state;
    check_all(cases, G_N_ELEMENTS(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r13_four_fields),
        cmocka_unit_test(r09_three_reasons),
        cmocka_unit_test(r11_only_what_is_not_on_record),
    };
    return cmocka_run_group_tests_name("added_course", tests, NULL, NULL);
}
