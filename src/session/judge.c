/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The platform's prejudge is made of recorded results alone (R3, R4). What the courses given for English (R5–R7) and the courses added
 * with evidence (R9) change is judged here, by the same rules: the prejudge lists every result, the plan says what it needs.
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

/* Known for certain only once the register has told it. */
static const char *prior_major(const struct session *session)
{
    const struct prior_degree *degree = session->application->prior_degree;
    return degree && degree->state == PRIOR_VERIFIED ? degree->major : NULL;
}

static struct eligibility *judge_with(const struct session *session, const struct application_item *item,
                                      const GPtrArray *substitution)
{
    const struct eligibility *prejudge = item ? item_eligibility(session, item) : NULL;
    const struct plan *plan = item ? item_plan(session, item) : NULL;
    if (!plan || !prejudge)
        return NULL;
    GPtrArray *results = results_of(prejudge);
    struct eligibility *judged =
        eligibility_judge(&(struct eligibility_case){.plan = plan,
                                                     .results = results,
                                                     .added = session->application->added_courses,
                                                     .substitution = substitution,
                                                     .prior_major = prior_major(session)},
                          message_text, session->forms->messages);
    record_list_free(&result_record, results);
    return judged;
}

struct eligibility *judge_item(const struct session *session, const struct application_item *item)
{
    return item ? judge_with(session, item, item_substitution(session, item)) : NULL;
}

struct eligibility *judge_applied(const struct session *session)
{
    return judge_item(session, item_in_hand(session));
}

struct eligibility *judge_ticked(const struct session *session)
{
    g_autoptr(GPtrArray) ticked = answers_chosen(session, "substitute");
    return judge_with(session, item_in_hand(session), ticked);
}

bool judge_needs_plan(const struct session *session)
{
    const struct application_item *item = item_in_hand(session);
    return !item || !item_plan(session, item) || !item_eligibility(session, item);
}

/* The first major that falls short, as its first reason says; NULL when none does, or nobody can tell. */
char *judge_shortfall(const struct session *session)
{
    char *text = NULL;
    for (guint i = 0; !text && i < item_count(session); i++) {
        const struct application_item *item = item_at(session, i);
        struct eligibility *judged = judge_item(session, item);
        if (judged && judged->verdict == VERDICT_NOT_MET && judged->reasons->len > 0) {
            const struct eligibility_reason *why = g_ptr_array_index(judged->reasons, 0);
            text = item_count(session) > 1 ? message_fill(session->forms->messages, "word.of_major", "major",
                                                          item->name, "text", why->text, NULL)
                                           : g_strdup(why->text);
        }
        record_free(&eligibility_record, judged);
    }
    return text;
}
