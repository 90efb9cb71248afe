/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/added_course.h"

#include "base/clock.h"

#define FIRST_EXAM 19830101 /* 山西 began self-taught examinations in that year (domain.md 2.8) */
#define PASS       60       /* V9 */

/* Names of courses are Chinese, whatever else stands in them ("C++程序设计"). */
static bool has_hanzi(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (g_unichar_get_script(g_utf8_get_char(at)) == G_UNICODE_SCRIPT_HAN)
            return true;
    return false;
}

const char *added_course_check(const struct added_course *course, const struct added_course_facts *facts,
                               const char **ret_field)
{
    int day = clock_day_parse(course->passed_on);
    bool exemption = course->reason == ADDED_EXEMPTION, card = course->reason == ADDED_PRACTICE_CARD;
    const struct {
        bool bad;
        const char *field, *key;
    } rules[] = {
        {!course_code_valid(course->code), "code", "added_course.code"},
        {facts->twice, "code", "added_course.twice"},
        {facts->on_record, "code", "added_course.on_record"},
        {!facts->known && exemption, "code", "added_course.unknown"},
        {exemption && !facts->exemptible, "reason", "added_course.not_exemptible"},
        {facts->known && card && !facts->practice, "reason", "added_course.not_practice"},
        {!facts->known && !has_hanzi(course->name), "name", "added_course.name"},
        {day == 0, "passed_on", "added_course.date"},
        {day > facts->today, "passed_on", "added_course.date_future"},
        {day < FIRST_EXAM, "passed_on", "added_course.date_early"},
        {course->score < PASS || course->score > 100, "score", "added_course.score"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        if (!rules[i].bad)
            continue;
        *ret_field = rules[i].field;
        return rules[i].key;
    }
    return NULL;
}
