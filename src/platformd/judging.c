/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/judging.h"

#include <string.h>

#include "platformd/registry.h"

static struct eligibility *judge(struct platform *platform, const struct standing *standing,
                                 const struct standing_item *item, const struct eligibility_case *brought)
{
    struct eligibility_case judged = *brought;
    struct plan *plan = registry_plan(platform, item->major, item->version);
    g_autoptr(GPtrArray) substitution = standing_substitution(platform, standing->id, item->major);
    judged.plan = plan;
    judged.substitution = substitution;
    struct eligibility *judgement = eligibility_judge(&judged, message_text, platform->messages);
    record_free(&plan_record, plan);
    return judgement;
}

GPtrArray *judging_items(struct platform *platform, const struct standing *standing)
{
    GPtrArray *results = registry_results_for(platform, standing->exam_no, standing->id);
    GPtrArray *added = database_rows(platform->db, &added_course_record,
                                     "SELECT reason, code, name, passed_on, score FROM added_courses"
                                     " WHERE application = ?1 ORDER BY position",
                                     WITH(v_integer(standing->id)));
    struct eligibility_case brought = {
        .results = results,
        .added = added,
        .prior_major = standing->prior_degree->major,
        .policy = standing->facts.policy,
    };
    GPtrArray *judgements = g_ptr_array_new();
    for (guint i = 0; i < standing->items->len; i++)
        g_ptr_array_add(judgements, judge(platform, standing, standing->items->pdata[i], &brought));
    record_list_free(&result_record, results);
    record_list_free(&added_course_record, added);
    return judgements;
}

/* ---------------------------------------------------------------- what a graduation uses up */

static const struct result *usable(const GPtrArray *results, const char *code)
{
    for (guint i = 0; i < results->len; i++) {
        const struct result *result = results->pdata[i];
        if (strcmp(result->course_code, code) == 0 && result_passed(result) && !result->used)
            return result;
    }
    return NULL;
}

/* The code that the register has the result under: the course's own, else an old one of it. */
static const char *recorded_code(const GPtrArray *results, const struct plan *plan, const char *course)
{
    const struct plan_course *row = plan_course_find(plan, course);
    g_auto(GStrv) old = g_strsplit(row && row->old_codes ? row->old_codes : "", " ", -1);
    const struct result *result = usable(results, course);
    for (guint i = 0; old[i] && !result; i++)
        result = usable(results, old[i]);
    return result ? result->course_code : course;
}

static void consume(struct platform *platform, const struct standing *standing, const char *code)
{
    (void)database_run(platform->db,
                       "INSERT INTO consumed (exam_no, course_code, application) VALUES (?1, ?2, ?3)"
                       " ON CONFLICT DO NOTHING",
                       WITH(v_text(standing->exam_no), v_text(code), v_integer(standing->id)));
}

static bool serves(const struct eligibility_course *course)
{
    return course->state == COURSE_PASSED || course->state == COURSE_EXEMPT || course->state == COURSE_ADDED ||
           course->state == COURSE_CONSUMED;
}

void judging_consume(struct platform *platform, const struct standing *standing)
{
    GPtrArray *results = registry_results_for(platform, standing->exam_no, standing->id);
    GPtrArray *judgements = judging_items(platform, standing);
    for (guint i = 0; i < judgements->len; i++) {
        const struct eligibility *judged = judgements->pdata[i];
        struct plan *plan = registry_plan(platform, judged->major_code, judged->plan_version);
        for (guint n = 0; n < judged->courses->len; n++) {
            const struct eligibility_course *course = judged->courses->pdata[n];
            if (serves(course))
                consume(platform, standing, recorded_code(results, plan, course->code));
        }
        record_free(&plan_record, plan);
    }
    record_list_free(&eligibility_record, judgements);
    record_list_free(&result_record, results);
}
