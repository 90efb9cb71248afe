/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make bench: one judgement of the largest plan there may be, for somebody who has passed nearly everything. */
#include "rules.h"
#include "samples.h"

#define COURSES   100
#define RESULTS   200
#define JUDGMENTS 2000

/* Required and free courses, two choice groups, practice, English that is replaced; every other course has two older codes. */
static struct plan *largest_plan(void)
{
    struct plan *plan = rules_plan(LEVEL_BACHELOR);
    plan->min_credits = 300;
    plan->min_courses = 80;
    plan->elective_min_credits = 40;
    for (int i = 0; i < COURSES; i++) {
        g_autofree char *code = g_strdup_printf("%05d", 1000 + i);
        struct plan_course *course = rules_course(plan, code, 4,
                                                  i < 60   ? COURSE_REQUIRED
                                                  : i < 90 ? COURSE_ELECTIVE
                                                           : COURSE_PRACTICE);
        if (i % 2)
            course->old_codes = g_strdup_printf("%05d %05d", 3000 + i, 5000 + i);
        if (i >= 60 && i < 80) {
            course->group = g_strdup(i < 70 ? "A" : "B");
            course->group_min_courses = i < 70 ? 4 : 0;
            course->group_min_credits = i < 70 ? 0 : 20;
        }
    }
    rules_course(plan, "13000", 7, COURSE_REQUIRED)->substitutable = SUBSTITUTABLE_ENGLISH_BK;
    return plan;
}

/* Half by the new codes, half by older ones, then courses of other plans. */
static GPtrArray *many_results(void)
{
    GPtrArray *results = rules_results();
    for (int i = 0; i < RESULTS; i++) {
        g_autofree char *code = g_strdup_printf("%05d", i < 50    ? 1000 + 2 * i
                                                        : i < 100 ? 3000 + 2 * (i - 50) + 1
                                                                  : 7000 + i);
        rules_result(results, code, 4, 55 + i % 45);
    }
    return results;
}

int main(void)
{
    struct samples took;
    struct plan *plan = largest_plan();
    struct messages *messages = rules_messages();
    g_autoptr(GPtrArray) results = many_results();
    g_autoptr(GPtrArray) given = rules_codes("07106 07107");
    const struct eligibility_case judged = {.plan = plan, .results = results, .substitution = given};
    samples_init(&took);
    for (int i = 0; i < JUDGMENTS; i++) {
        gint64 begin = g_get_monotonic_time();
        record_free(&eligibility_record, eligibility_judge(&judged, message_text, messages));
        samples_add(&took, (double)(g_get_monotonic_time() - begin) / 1000);
    }
    samples_print_row("prejudge: 100 courses, 200 results", "ms", 3, &took, "≤ 1");
    samples_clear(&took);
    record_free(&plan_record, plan);
    record_free(&messages_record, messages);
    return 0;
}
