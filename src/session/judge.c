/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The platform's prejudge is made of recorded results alone (R3, R4). What the courses given for English change (R5–R7) is judged here,
 * by the same rules: the prejudge lists every result, the plan says what it needs.
 */
#include "session/state.h"

#include <string.h>

static struct result *result_of(const struct eligibility_course *course)
{
    struct result *result = record_new(&result_record);
    result->course_code = g_strdup(course->passed_as ? course->passed_as : course->code);
    result->course_name = g_strdup(course->name);
    result->credits = course->credits;
    result->score = MAX(course->score, 0);
    result->passed_on = g_strdup(course->passed_on);
    result->used = course->state == COURSE_USED;
    result->exempt = course->score < 0;
    return result;
}

/* Courses nobody has tried have no result; one that was passed without a score was exempt. */
static bool has_result(const struct eligibility_course *course)
{
    bool open = course->state == COURSE_NOT_PASSED || course->state == COURSE_TO_SUBSTITUTE ||
                course->state == COURSE_NOT_NEEDED;
    return course->score >= 0 || !open;
}

static GPtrArray *results_of(const struct eligibility *prejudge)
{
    GPtrArray *results = g_ptr_array_new();
    for (guint i = 0; i < prejudge->courses->len; i++)
        if (has_result(g_ptr_array_index(prejudge->courses, i)))
            g_ptr_array_add(results, result_of(g_ptr_array_index(prejudge->courses, i)));
    return results;
}

static bool is_plan_of(const struct plan *plan, const struct eligibility *prejudge)
{
    return strcmp(plan->major_code, prejudge->major_code) == 0 &&
           strcmp(plan->plan_version, prejudge->plan_version) == 0;
}

static struct eligibility *judge_with(const struct session *session, const GPtrArray *substitution)
{
    const struct eligibility *prejudge = source_eligibility(session);
    if (!session->plan || !prejudge || !is_plan_of(session->plan, prejudge))
        return NULL;
    GPtrArray *results = results_of(prejudge);
    struct eligibility *judged = eligibility_judge(
        &(struct eligibility_case){.plan = session->plan, .results = results, .substitution = substitution},
        message_text, session->forms->messages);
    record_list_free(&result_record, results);
    return judged;
}

struct eligibility *judge_applied(const struct session *session)
{
    return session->application ? judge_with(session, session->application->english_substitution) : NULL;
}

struct eligibility *judge_ticked(const struct session *session)
{
    g_autoptr(GPtrArray) ticked = answers_chosen(session, "substitute");
    return judge_with(session, ticked);
}

bool judge_needs_plan(const struct session *session)
{
    const struct eligibility *prejudge = source_eligibility(session);
    return !session->plan || !prejudge || !is_plan_of(session->plan, prejudge);
}
