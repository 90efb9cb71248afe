/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_eligibility.h"

#include "graduation/eligibility.h"
#include "rules.h"

enum { COURSES = 100, RESULTS = 200 };

/* Course n is passed by its own code or by those of its two neighbours: the search has to move many rows over. */
static struct plan *largest_plan(void)
{
    struct plan *plan = rules_plan(LEVEL_BACHELOR);
    for (int i = 0; i < COURSES; i++) {
        g_autofree char *code = g_strdup_printf("%05d", 10000 + i);
        struct plan_course *course = rules_course(plan, code, 4, i % 3 ? COURSE_ELECTIVE : COURSE_REQUIRED);
        course->old_codes = g_strdup_printf("%05d %05d %05d", i, i + 1, i + 2);
        course->group = i % 3 == 1 ? g_strdup_printf("G%d", i / 10) : NULL;
        course->group_min_courses = 2;
    }
    struct plan_course *english = g_ptr_array_index(plan->courses, COURSES - 1);
    english->substitutable = SUBSTITUTABLE_ENGLISH_BK;
    g_free(english->old_codes);
    english->old_codes = NULL;
    return plan;
}

/* Half of them under old codes of the plan, the rest outside of it. */
static GPtrArray *most_results(void)
{
    GPtrArray *results = rules_results();
    for (int i = 0; i < RESULTS; i++) {
        g_autofree char *code = g_strdup_printf("%05d", i < COURSES ? COURSES - i : 20000 + i);
        rules_result(results, code, 4, 60 + i % 40);
    }
    return results;
}

void bench_eligibility(struct samples *samples, int rounds)
{
    struct plan *plan = largest_plan();
    GPtrArray *results = most_results();
    struct messages *messages = rules_messages();
    g_autoptr(GPtrArray) substitution = rules_codes("20150 20151");
    const struct eligibility_case judged = {.plan = plan, .results = results, .substitution = substitution};
    for (int i = 0; i < rounds; i++) {
        gint64 start = g_get_monotonic_time();
        struct eligibility *answer = eligibility_judge(&judged, message_text, messages);
        samples_add(samples, (double)(g_get_monotonic_time() - start) / 1000);
        record_free(&eligibility_record, answer);
    }
    record_free(&messages_record, messages);
    g_ptr_array_unref(results);
    record_free(&plan_record, plan);
}
