/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The algorithm of domain.md 4.2. First every plan course finds the result that passes it (matching.h); then what is given
 * for English is taken out; then rows, groups and totals are judged.
 */
#include "graduation/eligibility.h"

#include "graduation/matching.h"
#include "graduation/messages.h"

#include <string.h>

bool substitution_wanted(const struct plan *plan, const GPtrArray *results)
{
    struct matching m;
    matching_init(&m, &(struct eligibility_case){.plan = plan, .results = results});
    const struct matching_row *english = matching_english(&m);
    bool wanted = english && !english->by;
    matching_clear(&m);
    return wanted;
}

/* ---------------------------------------------------------------- what is given for English (R5–R7) */

/* The plan's figure for what is in the plan, as the candidate sees it behind the name (R7). */
static int64_t credits_of(const struct matching *m, const struct result *result)
{
    const struct matching_row *row = matching_owner(m, result);
    return row ? row->course->credits : result->credits;
}

static bool is_practice(const struct matching *m, const struct result *result)
{
    const struct matching_row *row = matching_owner(m, result);
    return result->source == RESULT_PRACTICE_CARD || (row && row->course->type == COURSE_PRACTICE);
}

static enum substitution_fault give(const struct matching *m, const char *code, GHashTable *given)
{
    const struct policy *policy = m->judged->policy ? m->judged->policy : &policy_default;
    if (matching_row_has_code(matching_english(m), code))
        return SUBSTITUTION_IS_ENGLISH;
    const struct result *result = matching_meant(m, code);
    if (!result || !result_passed(result))
        return SUBSTITUTION_NOT_PASSED;
    if (matching_used(m, result))
        return SUBSTITUTION_USED;
    if (!policy->practice_may_substitute && is_practice(m, result))
        return SUBSTITUTION_PRACTICE;
    return g_hash_table_add(given, (gpointer)result) ? SUBSTITUTION_OK : SUBSTITUTION_DUPLICATE;
}

static enum substitution_fault give_each(const struct matching *m, const GPtrArray *codes, GHashTable *given)
{
    const struct matching_row *english = matching_english(m);
    int64_t credits = 0;
    if (!codes || codes->len == 0)
        return SUBSTITUTION_OK;
    if (!english || english->by)
        return SUBSTITUTION_NOT_NEEDED;
    for (guint i = 0; i < codes->len; i++) {
        const char *code = g_ptr_array_index(codes, i);
        enum substitution_fault fault = give(m, code, given);
        if (fault != SUBSTITUTION_OK)
            return fault;
        credits += credits_of(m, matching_meant(m, code));
    }
    return credits < SUBSTITUTION_MIN_CREDITS ? SUBSTITUTION_TOO_FEW : SUBSTITUTION_OK;
}

/* Fills `given` with the results behind the codes. What is not in order takes nothing away. */
static enum substitution_fault give_all(const struct matching *m, GHashTable *given)
{
    enum substitution_fault fault = give_each(m, m->judged->substitution, given);
    if (fault != SUBSTITUTION_OK)
        g_hash_table_remove_all(given);
    return fault;
}

enum substitution_fault substitution_check(const struct eligibility_case *judged)
{
    struct matching m;
    g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
    matching_init(&m, judged);
    enum substitution_fault fault = give_all(&m, given);
    matching_clear(&m);
    return fault;
}

/* ---------------------------------------------------------------- what a judgement uses up */

GPtrArray *eligibility_consumed(const struct eligibility_case *judged)
{
    struct matching m;
    g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
    GPtrArray *codes = g_ptr_array_new_with_free_func(g_free);
    matching_init(&m, judged);
    (void)give_all(&m, given);
    for (guint i = 0; i < m.results->len; i++) {
        const struct result *result = g_ptr_array_index(m.results, i);
        if (matching_owner(&m, result) || g_hash_table_contains(given, result))
            g_ptr_array_add(codes, g_strdup(result->course_code));
    }
    matching_clear(&m);
    return codes;
}

/* ---------------------------------------------------------------- courses and their states */

struct judgement {
    struct matching m;
    GHashTable *given; /* results given for English; empty unless that was in order */
    GHashTable *shown; /* results that stand at a row */
    enum substitution_fault fault;
    struct eligibility *out;
    message_fn say;
    gpointer data;
};

static bool satisfied(const struct eligibility_course *course)
{
    return course->state == COURSE_PASSED || course->state == COURSE_EXEMPT || course->state == COURSE_SUBSTITUTED ||
           course->state == COURSE_ADDED;
}

static enum course_state state_of_result(const struct judgement *j, const struct result *result)
{
    if (g_hash_table_contains(j->given, result))
        return COURSE_CONSUMED;
    if (result->source != RESULT_RECORDED)
        return COURSE_ADDED;
    return result->exempt ? COURSE_EXEMPT : COURSE_PASSED;
}

static bool not_needed(const struct judgement *j, const struct matching_row *row)
{
    return row->need == NEED_NONE && j->m.judged->prior_major && *j->m.judged->prior_major;
}

static enum course_state state_of_row(const struct judgement *j, const struct matching_row *row,
                                      const struct result *attempt)
{
    if (row->by)
        return state_of_result(j, row->by);
    if (row == matching_english(&j->m))
        return g_hash_table_size(j->given) > 0 ? COURSE_SUBSTITUTED : COURSE_TO_SUBSTITUTE;
    if (not_needed(j, row))
        return COURSE_NOT_NEEDED;
    return attempt && result_passed(attempt) ? COURSE_USED : COURSE_NOT_PASSED;
}

static struct eligibility_course *list_course(struct judgement *j, const char *code, const char *name, int64_t credits,
                                              const struct result *result)
{
    struct eligibility_course *course = record_new(&eligibility_course_record);
    course->code = g_strdup(code);
    course->name = g_strdup(name);
    course->credits = credits;
    course->score = result && !result->exempt ? result->score : -1;
    course->source = result ? result->source : RESULT_RECORDED;
    if (result && result_passed(result))
        course->passed_on = g_strdup(result->passed_on);
    if (result && strcmp(result->course_code, code) != 0)
        course->passed_as = g_strdup(result->course_code);
    g_ptr_array_add(j->out->courses, course);
    return course;
}

static void list_plan_courses(struct judgement *j)
{
    for (guint i = 0; i < j->m.n_rows; i++) {
        const struct matching_row *row = &j->m.rows[i];
        const struct result *attempt = row->by ? row->by : matching_attempt(&j->m, row);
        enum course_state state = state_of_row(j, row, attempt);
        const struct result *shown = state == COURSE_SUBSTITUTED ? NULL : attempt;
        struct eligibility_course *course =
            list_course(j, row->course->course_code, row->course->course_name, row->course->credits, shown);
        course->type = row->course->type;
        course->state = (int)state;
        g_hash_table_add(j->shown, (gpointer)attempt);
    }
}

/* Of several tries at one course the one that matters is listed, and what was passed under two codes only once. */
static bool stands_alone(const struct judgement *j, const struct result *result)
{
    const struct matching *m = &j->m;
    const struct result *usable = g_hash_table_lookup(m->usable, result->course_code);
    if (plan_course_find(m->judged->plan, result->course_code) || g_hash_table_contains(j->shown, result))
        return false;
    if (usable)
        return usable == result && !matching_twin(m, result);
    return g_hash_table_lookup(m->spent, result->course_code) == result && result_passed(result);
}

/* Passed, but not what passes a course of the plan. */
static void list_other_courses(struct judgement *j)
{
    for (guint i = 0; i < j->m.results->len; i++) {
        const struct result *result = g_ptr_array_index(j->m.results, i);
        if (!stands_alone(j, result))
            continue;
        struct eligibility_course *course =
            list_course(j, result->course_code, result->course_name, result->credits, result);
        course->type = COURSE_ELECTIVE;
        course->state = matching_used(&j->m, result) ? COURSE_USED : COURSE_OUTSIDE;
        if (g_hash_table_contains(j->given, result))
            course->state = COURSE_CONSUMED;
    }
}

/* ---------------------------------------------------------------- reasons */

static void add_reason(struct judgement *j, const char *rule, const char *key, const struct eligibility_course *course,
                       int64_t have, int64_t need)
{
    struct eligibility_reason *reason = record_new(&eligibility_reason_record);
    g_autofree char *have_text = g_strdup_printf("%" G_GINT64_FORMAT, have);
    g_autofree char *need_text = g_strdup_printf("%" G_GINT64_FORMAT, need);
    reason->rule = g_strdup(rule);
    reason->text = message_expand(j->say ? j->say(key, j->data) : key, "code", course ? course->code : "", "name",
                                  course ? course->name : "", "have", have_text, "need", need_text, NULL);
    reason->course = course ? g_strdup(course->code) : NULL;
    g_ptr_array_add(j->out->reasons, reason);
}

struct why {
    const char *rule, *key;
};

/* Nobody is left without a way on: what may be claimed or substituted says so (R4, R9, R10, domain.md 9.22). */
static struct why why_not_passed(const struct plan_course *course)
{
    if (course->type == COURSE_PRACTICE)
        return (struct why){"4.2/7", "eligibility.practice_missing"};
    if (course->type == COURSE_ADDITIONAL)
        return (struct why){"4.2/6", "eligibility.additional_missing"};
    if (course->substitutable == SUBSTITUTABLE_ENGLISH_ZK || course->substitutable == SUBSTITUTABLE_MATHS)
        return (struct why){"4.2/3, R10", "eligibility.exemptible_missing"};
    return (struct why){"4.2/3", "eligibility.course_missing"};
}

static struct why why_missing(const struct judgement *j, const struct matching_row *row, int state)
{
    const struct result *attempt = matching_attempt(&j->m, row);
    switch (state) {
    case COURSE_TO_SUBSTITUTE:
        return (struct why){"4.2/4, R5", "eligibility.english_missing"};
    case COURSE_CONSUMED:
        return (struct why){"4.2/4", "eligibility.course_given"};
    case COURSE_USED:
        return (struct why){"4.2/2", attempt->used ? "eligibility.course_used" : "eligibility.course_taken"};
    default:
        return why_not_passed(row->course);
    }
}

static void judge_course(struct judgement *j, const struct matching_row *row, const struct eligibility_course *course)
{
    if (row->need != NEED_MUST || satisfied(course))
        return;
    struct why why = why_missing(j, row, course->state);
    add_reason(j, why.rule, why.key, course, 0, 0);
}

/* What some rows bring, and what they would have brought had it not been given for English. */
struct sum {
    int64_t courses, credits;
    int64_t given_courses, given_credits;
};

static void add_to_sum(struct sum *sum, const struct plan_course *row, const struct eligibility_course *course)
{
    if (satisfied(course)) {
        sum->courses++;
        sum->credits += row->credits;
    } else if (course->state == COURSE_CONSUMED) {
        sum->given_courses++;
        sum->given_credits += row->credits;
    }
}

/* A figure that is not reached; when only what was given for English is lacking, the sentence says so (R5). */
struct figure {
    int64_t have, given, need;
    const char *rule, *key, *key_given;
};

static void judge_figure(struct judgement *j, const struct figure *figure, const struct eligibility_course *course)
{
    if (figure->have >= figure->need)
        return;
    bool because = figure->have + figure->given >= figure->need;
    add_reason(j, figure->rule, because ? figure->key_given : figure->key, course, figure->have, figure->need);
}

static void judge_group(struct judgement *j, guint first)
{
    const char *group = j->m.rows[first].course->group;
    int64_t need_courses = 0, need_credits = 0;
    struct sum sum = {0};
    for (guint i = 0; group && i < j->m.n_rows; i++) {
        const struct plan_course *row = j->m.rows[i].course;
        if (g_strcmp0(row->group, group) != 0)
            continue;
        if (i < first)
            return; /* judged where it began */
        need_courses = MAX(need_courses, row->group_min_courses);
        need_credits = MAX(need_credits, row->group_min_credits);
        add_to_sum(&sum, row, g_ptr_array_index(j->out->courses, i));
    }
    const struct figure figures[] = {
        {sum.courses, sum.given_courses, need_courses, "4.2/5", "eligibility.group_courses",
         "eligibility.group_courses_given"},
        {sum.credits, sum.given_credits, need_credits, "4.2/5", "eligibility.group_credits",
         "eligibility.group_credits_given"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(figures); i++)
        judge_figure(j, &figures[i], g_ptr_array_index(j->out->courses, first));
}

/* The thesis is required but is no course and no credit of the totals (domain.md 4.1). */
static void judge_totals(struct judgement *j)
{
    const struct plan *plan = j->m.judged->plan;
    struct sum all = {0}, electives = {0};
    for (guint i = 0; i < j->m.n_rows; i++) {
        const struct plan_course *row = j->m.rows[i].course;
        const struct eligibility_course *course = g_ptr_array_index(j->out->courses, i);
        if (row->counts_credit)
            add_to_sum(&all, row, course);
        if (row->counts_credit && row->type == COURSE_ELECTIVE)
            add_to_sum(&electives, row, course);
    }
    j->out->totals->courses = all.courses;
    j->out->totals->credits = all.credits;
    const struct figure figures[] = {
        {electives.credits, electives.given_credits, plan->elective_min_credits, "4.2/5",
         "eligibility.elective_credits", "eligibility.elective_credits_given"},
        {all.courses, all.given_courses, plan->min_courses, "4.2/8", "eligibility.total_courses",
         "eligibility.total_courses_given"},
        {all.credits, all.given_credits, plan->min_credits, "4.2/8", "eligibility.total_credits",
         "eligibility.total_credits_given"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(figures); i++)
        judge_figure(j, &figures[i], NULL);
}

static const char *substitution_key(enum substitution_fault fault)
{
    static const char *const keys[] = {
        [SUBSTITUTION_TOO_FEW] = "substitution.too_few",
        [SUBSTITUTION_NOT_PASSED] = "substitution.not_passed",
        [SUBSTITUTION_USED] = "substitution.used",
        [SUBSTITUTION_DUPLICATE] = "substitution.duplicate",
        [SUBSTITUTION_IS_ENGLISH] = "substitution.is_english",
        [SUBSTITUTION_NOT_NEEDED] = NULL,
        [SUBSTITUTION_PRACTICE] = "substitution.practice",
    };
    return keys[fault];
}

static struct eligibility *eligibility_start(const struct plan *plan)
{
    struct eligibility *out = record_new(&eligibility_record);
    out->major_code = g_strdup(plan->major_code);
    out->plan_version = g_strdup(plan->plan_version);
    out->totals = record_new(&eligibility_totals_record);
    out->totals->required_courses = plan->min_courses;
    out->totals->required_credits = plan->min_credits;
    return out;
}

struct eligibility *eligibility_judge(const struct eligibility_case *judged, message_fn say, gpointer data)
{
    struct judgement j = {.out = eligibility_start(judged->plan), .say = say, .data = data};
    j.given = g_hash_table_new(NULL, NULL);
    j.shown = g_hash_table_new(NULL, NULL);
    matching_init(&j.m, judged);
    j.fault = give_all(&j.m, j.given);
    list_plan_courses(&j);
    list_other_courses(&j);
    if (substitution_key(j.fault))
        add_reason(&j, "R7", substitution_key(j.fault), NULL, 0, SUBSTITUTION_MIN_CREDITS);
    for (guint i = 0; i < j.m.n_rows; i++) {
        judge_course(&j, &j.m.rows[i], g_ptr_array_index(j.out->courses, i));
        judge_group(&j, i);
    }
    judge_totals(&j);
    j.out->verdict = j.out->reasons->len == 0 ? VERDICT_MET : VERDICT_NOT_MET;
    g_hash_table_unref(j.shown);
    g_hash_table_unref(j.given);
    matching_clear(&j.m);
    return j.out;
}

bool eligibility_undecided(const struct eligibility_case *judged, const struct eligibility *answer)
{
    if (judged->prior_major && *judged->prior_major)
        return false;
    for (guint i = 0; i < judged->plan->courses->len; i++) {
        const struct plan_course *row = g_ptr_array_index(judged->plan->courses, i);
        if (row->type == COURSE_ADDITIONAL && !row->group && !satisfied(g_ptr_array_index(answer->courses, i)))
            return true;
    }
    return false;
}
