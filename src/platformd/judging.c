/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/judging.h"

#include "platformd/registry.h"

/* What is done with one row: its case, judged. */
typedef void (*row_fn)(struct platform *platform, struct standing *standing, struct standing_item *item,
                       const struct eligibility_case *judged, gpointer data);

static GPtrArray *added_courses(struct platform *platform, int64_t application)
{
    return database_rows(platform->db, &added_course_record,
                         "SELECT reason, code, name, passed_on, score FROM added_courses WHERE application = ?1"
                         " ORDER BY position",
                         WITH(v_integer(application)));
}

/* Known for certain, or not at all (加考, domain.md 4.2). */
static const char *known_prior_major(const struct standing *standing)
{
    return standing->facts.prior_degree == PRIOR_VERIFIED ? standing->prior_degree->major : NULL;
}

/* The rows in their order: what one uses does not count for the next (domain.md 9.23). */
static void each_row(struct platform *platform, struct standing *standing, const GPtrArray *added, row_fn fn,
                     gpointer data)
{
    GPtrArray *results = registry_results_for(platform, standing->exam_no, standing->id);
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < standing->items->len; i++) {
        struct standing_item *item = standing->items->pdata[i];
        struct plan *plan = registry_plan(platform, item->major, item->version);
        if (!plan)
            continue; /* unreadable: whoever asked is told */
        g_autoptr(GPtrArray) substitution = standing_substitution(platform, standing->id, item->major);
        struct eligibility_case judged = {
            .plan = plan,
            .results = results,
            .added = added,
            .substitution = substitution,
            .taken = taken,
            .prior_major = known_prior_major(standing),
            .policy = platform->policy,
        };
        fn(platform, standing, item, &judged, data);
        g_ptr_array_extend_and_steal(taken, eligibility_consumed(&judged));
        record_free(&plan_record, plan);
    }
    record_list_free(&result_record, results);
}

/* ---------------------------------------------------------------- what the system may decide (d4) */

/* Beside its courses: papers of the prior degree, and evidence for a course of this plan. */
static bool is_touched(const struct standing *standing, const struct standing_item *item,
                       const struct eligibility_case *judged, const GPtrArray *added)
{
    int degree = standing->facts.prior_degree;
    if (item->requires_prior_degree && degree != PRIOR_VERIFIED && degree != PRIOR_MANUAL_VERIFIED)
        return true;
    for (guint i = 0; i < added->len; i++)
        if (plan_course_find(judged->plan, ((const struct added_course *)added->pdata[i])->code))
            return true;
    return false;
}

/* Recorded results and what is given for English alone; `data`: what was added, which somebody must look at. */
static void note_row(struct platform *platform, struct standing *standing, struct standing_item *item,
                     const struct eligibility_case *judged, gpointer data)
{
    struct eligibility *answer = eligibility_judge(judged, message_text, platform->messages);
    enum substitution_fault given = substitution_check(judged);
    if (given != SUBSTITUTION_OK && given != SUBSTITUTION_NOT_NEEDED)
        standing->facts.substitution_complete = false;
    item->needs_county = answer->verdict != VERDICT_MET || eligibility_undecided(judged, answer) ||
                         is_touched(standing, item, judged, data);
    standing->facts.needs_county = standing->facts.needs_county || item->needs_county;
    record_free(&eligibility_record, answer);
}

void judging_facts(struct platform *platform, struct standing *standing)
{
    GPtrArray *added = added_courses(platform, standing->id);
    each_row(platform, standing, NULL, note_row, added);
    record_list_free(&added_course_record, added);
}

/* ---------------------------------------------------------------- what the county looks at, what a graduation uses up */

static void keep_row(struct platform *platform, struct standing *standing, struct standing_item *item,
                     const struct eligibility_case *judged, gpointer data)
{
    (void)standing;
    (void)item;
    g_ptr_array_add(data, eligibility_judge(judged, message_text, platform->messages));
}

GPtrArray *judging_items(struct platform *platform, struct standing *standing)
{
    GPtrArray *judgements = g_ptr_array_new(), *added = added_courses(platform, standing->id);
    each_row(platform, standing, added, keep_row, judgements);
    record_list_free(&added_course_record, added);
    return judgements;
}

static void consume_row(struct platform *platform, struct standing *standing, struct standing_item *item,
                        const struct eligibility_case *judged, gpointer data)
{
    g_autoptr(GPtrArray) codes = eligibility_consumed(judged);
    (void)item;
    (void)data;
    for (guint i = 0; i < codes->len; i++)
        (void)database_run(platform->db,
                           "INSERT INTO consumed (exam_no, course_code, application) VALUES (?1, ?2, ?3)"
                           " ON CONFLICT DO NOTHING",
                           WITH(v_text(standing->exam_no), v_text(codes->pdata[i]), v_integer(standing->id)));
}

void judging_consume(struct platform *platform, struct standing *standing)
{
    GPtrArray *added = added_courses(platform, standing->id);
    each_row(platform, standing, added, consume_row, NULL);
    record_list_free(&added_course_record, added);
}
