/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The algorithm of domain.md 4.2. First every plan course finds the result that passes it (own code before old codes,
 * each result once); then what is given for English is taken out; then rows, groups and totals are judged.
 */
#include "graduation/eligibility.h"

#include "graduation/messages.h"

#include <string.h>

/* Which result passes which course of the plan. */
struct matching {
    const struct plan *plan;
    GPtrArray *results;       /* recorded, then added; borrowed but for `added` */
    GPtrArray *added;         /* struct result, ours */
    const struct result **of; /* per plan course; NULL = none */
    GHashTable *taken;        /* results that stand in `of` */
};

/* ---------------------------------------------------------------- matching */

static const struct plan_course *course_at(const struct plan *plan, guint i)
{
    return g_ptr_array_index(plan->courses, i);
}

static bool usable(const struct matching *m, const struct result *result)
{
    return result_passed(result) && !result->used && !g_hash_table_contains(m->taken, result);
}

/* A usable result of this code; the better one when it was passed twice. */
static const struct result *usable_result(const struct matching *m, const char *code)
{
    const struct result *best = NULL;
    for (guint i = 0; i < m->results->len; i++) {
        const struct result *result = g_ptr_array_index(m->results, i);
        if (strcmp(result->course_code, code) == 0 && usable(m, result) && (!best || result->score > best->score))
            best = result;
    }
    return best;
}

static void take(struct matching *m, guint course, const struct result *result)
{
    if (!result)
        return;
    m->of[course] = result;
    g_hash_table_add(m->taken, (gpointer)result);
}

static void match_old_codes(struct matching *m, guint course)
{
    const char *old_codes = course_at(m->plan, course)->old_codes;
    g_auto(GStrv) codes = g_strsplit(old_codes ? old_codes : "", " ", -1);
    for (guint i = 0; codes[i] && !m->of[course]; i++)
        take(m, course, usable_result(m, codes[i]));
}

/* What the candidate adds stands beside what the register has. */
static struct result *result_of_added(const struct added_course *added)
{
    struct result *result = record_new(&result_record);
    result->course_code = g_strdup(added->code);
    result->course_name = g_strdup(added->name);
    result->passed_on = g_strdup(added->passed_on);
    result->score = added->score;
    result->source = RESULT_EXEMPTION + added->reason;
    return result;
}

static void matching_init(struct matching *m, const struct eligibility_case *judged)
{
    const struct plan *plan = judged->plan;
    m->plan = plan;
    m->results = g_ptr_array_new();
    m->added = g_ptr_array_new();
    for (guint i = 0; judged->results && i < judged->results->len; i++)
        g_ptr_array_add(m->results, judged->results->pdata[i]);
    for (guint i = 0; judged->added && i < judged->added->len; i++) {
        g_ptr_array_add(m->added, result_of_added(judged->added->pdata[i]));
        g_ptr_array_add(m->results, m->added->pdata[i]);
    }
    m->of = g_new0(const struct result *, plan->courses->len + 1);
    m->taken = g_hash_table_new(NULL, NULL);
    /* Own codes first: an old code of one course may be the own code of another. */
    for (guint i = 0; i < plan->courses->len; i++)
        take(m, i, usable_result(m, course_at(plan, i)->course_code));
    for (guint i = 0; i < plan->courses->len; i++)
        if (!m->of[i])
            match_old_codes(m, i);
}

static void matching_clear(struct matching *m)
{
    g_ptr_array_unref(m->results);
    record_list_free(&result_record, m->added);
    g_clear_pointer(&m->of, g_free);
    g_clear_pointer(&m->taken, g_hash_table_unref);
}

/* Position of 英语（专升本）, -1 when the plan has none. */
static int english_of(const struct plan *plan)
{
    for (guint i = 0; plan->level == LEVEL_BACHELOR && i < plan->courses->len; i++)
        if (course_at(plan, i)->substitutable == SUBSTITUTABLE_ENGLISH_BK)
            return (int)i;
    return -1;
}

bool substitution_wanted(const struct plan *plan, const GPtrArray *results)
{
    int english = english_of(plan);
    if (english < 0)
        return false;
    struct matching m;
    matching_init(&m, &(struct eligibility_case){.plan = plan, .results = results});
    bool wanted = !m.of[english];
    matching_clear(&m);
    return wanted;
}

/* ---------------------------------------------------------------- what is given for English (R5–R7) */

static bool is_code_of(const struct plan_course *course, const char *code)
{
    g_auto(GStrv) old = g_strsplit(course->old_codes ? course->old_codes : "", " ", -1);
    return strcmp(course->course_code, code) == 0 || (*code && g_strv_contains((const char *const *)old, code));
}

/* People tick what the judgement lists: a plan's code stands for the result that passed it, also under an old code. */
static const struct result *given_result(const struct matching *m, const char *code)
{
    const struct result *any = NULL;
    for (guint i = 0; i < m->plan->courses->len; i++)
        if (m->of[i] && strcmp(course_at(m->plan, i)->course_code, code) == 0)
            return m->of[i];
    for (guint i = 0; i < m->results->len; i++) {
        const struct result *result = g_ptr_array_index(m->results, i);
        bool better = !any || (result_passed(result) && !result->used);
        if (strcmp(result->course_code, code) == 0 && better)
            any = result;
    }
    return any;
}

/* The plan's figure for what is in the plan, as the candidate sees it behind the name (R7). */
static int64_t credits_of(const struct matching *m, const struct result *result)
{
    for (guint i = 0; i < m->plan->courses->len; i++)
        if (m->of[i] == result)
            return course_at(m->plan, i)->credits;
    return result->credits;
}

static enum substitution_fault give(const struct matching *m, int english, const char *code, GHashTable *given)
{
    if (is_code_of(course_at(m->plan, (guint)english), code))
        return SUBSTITUTION_IS_ENGLISH;
    const struct result *result = given_result(m, code);
    if (!result || !result_passed(result))
        return SUBSTITUTION_NOT_PASSED;
    if (result->used)
        return SUBSTITUTION_USED;
    return g_hash_table_add(given, (gpointer)result) ? SUBSTITUTION_OK : SUBSTITUTION_DUPLICATE;
}

/* Fills `given` with the results behind the codes; meaningful only with SUBSTITUTION_OK. */
static enum substitution_fault give_all(const struct matching *m, const GPtrArray *codes, GHashTable *given)
{
    int english = english_of(m->plan);
    int64_t credits = 0;
    if (!codes || codes->len == 0)
        return SUBSTITUTION_OK;
    if (english < 0 || m->of[english])
        return SUBSTITUTION_NOT_NEEDED;
    for (guint i = 0; i < codes->len; i++) {
        const char *code = g_ptr_array_index(codes, i);
        enum substitution_fault fault = give(m, english, code, given);
        if (fault != SUBSTITUTION_OK)
            return fault;
        credits += credits_of(m, given_result(m, code));
    }
    return credits >= SUBSTITUTION_MIN_CREDITS ? SUBSTITUTION_OK : SUBSTITUTION_TOO_FEW;
}

enum substitution_fault substitution_check(const struct eligibility_case *judged)
{
    struct matching m;
    matching_init(&m, judged);
    g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
    enum substitution_fault fault = give_all(&m, judged->substitution, given);
    matching_clear(&m);
    return fault;
}

/* ---------------------------------------------------------------- courses and their states */

struct judgement {
    struct matching m;
    GHashTable *given; /* results given for English; empty unless that was in order */
    bool substituted;
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

static bool is_better(const struct result *result, const struct result *than)
{
    if (!than || result_passed(result) != result_passed(than))
        return !than || result_passed(result);
    return result->score > than->score;
}

/* Any attempt at a course, to show its score: one that passed (it was used) before one that failed. */
static const struct result *attempt_at(const struct matching *m, const char *code)
{
    const struct result *best = NULL;
    for (guint i = 0; i < m->results->len; i++) {
        const struct result *result = g_ptr_array_index(m->results, i);
        if (strcmp(result->course_code, code) == 0 && is_better(result, best))
            best = result;
    }
    return best;
}

static enum course_state state_of_result(const struct judgement *j, const struct result *result)
{
    if (g_hash_table_contains(j->given, result))
        return COURSE_CONSUMED;
    if (result->source != RESULT_RECORDED)
        return COURSE_ADDED;
    return result->exempt ? COURSE_EXEMPT : COURSE_PASSED;
}

static enum course_state state_of_course(const struct judgement *j, guint i, const struct result *attempt)
{
    if (j->m.of[i])
        return state_of_result(j, j->m.of[i]);
    if ((int)i == english_of(j->m.plan))
        return j->substituted ? COURSE_SUBSTITUTED : COURSE_TO_SUBSTITUTE;
    return attempt && result_passed(attempt) ? COURSE_USED : COURSE_NOT_PASSED;
}

static struct eligibility_course *course_new(const char *code, const char *name, int64_t credits,
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
    return course;
}

static void list_plan_courses(struct judgement *j)
{
    for (guint i = 0; i < j->m.plan->courses->len; i++) {
        const struct plan_course *row = course_at(j->m.plan, i);
        const struct result *attempt = j->m.of[i] ? j->m.of[i] : attempt_at(&j->m, row->course_code);
        enum course_state state = state_of_course(j, i, attempt);
        const struct result *shown = state == COURSE_SUBSTITUTED ? NULL : attempt;
        struct eligibility_course *course = course_new(row->course_code, row->course_name, row->credits, shown);
        course->type = row->type;
        course->state = state;
        g_ptr_array_add(j->out->courses, course);
    }
}

/* Passed, but not what passes a course of the plan. */
static void list_other_courses(struct judgement *j)
{
    for (guint i = 0; i < j->m.results->len; i++) {
        const struct result *result = g_ptr_array_index(j->m.results, i);
        bool listed = g_hash_table_contains(j->m.taken, result) || plan_course_find(j->m.plan, result->course_code);
        if (listed || !result_passed(result))
            continue;
        struct eligibility_course *course =
            course_new(result->course_code, result->course_name, result->credits, result);
        course->type = COURSE_ELECTIVE;
        course->state = result->used ? COURSE_USED : COURSE_OUTSIDE;
        if (g_hash_table_contains(j->given, result))
            course->state = COURSE_CONSUMED;
        g_ptr_array_add(j->out->courses, course);
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

static void judge_course(struct judgement *j, const struct plan_course *row, const struct eligibility_course *course)
{
    static const struct {
        const char *rule, *key;
    } reasons[] = {
        [COURSE_NOT_PASSED] = {"4.2/3", "eligibility.course_missing"},
        [COURSE_TO_SUBSTITUTE] = {"4.2/4, R5", "eligibility.english_missing"},
        [COURSE_CONSUMED] = {"4.2/4", "eligibility.course_given"},
        [COURSE_USED] = {"4.2/2", "eligibility.course_used"},
    };
    bool must = !row->group && (row->type == COURSE_REQUIRED || row->type == COURSE_PRACTICE);
    if (!must || satisfied(course))
        return;
    if (row->type == COURSE_PRACTICE && course->state == COURSE_NOT_PASSED)
        add_reason(j, "4.2/7", "eligibility.practice_missing", course, 0, 0);
    else
        add_reason(j, reasons[course->state].rule, reasons[course->state].key, course, 0, 0);
}

struct group_sum {
    int64_t courses, credits;
    int64_t need_courses, need_credits;
    bool seen_before; /* an earlier row already brought this group up */
};

static struct group_sum sum_group(const struct judgement *j, guint first)
{
    const struct plan *plan = j->m.plan;
    const char *group = course_at(plan, first)->group;
    struct group_sum sum = {0};
    for (guint i = 0; i < plan->courses->len; i++) {
        const struct plan_course *row = course_at(plan, i);
        if (g_strcmp0(row->group, group) != 0)
            continue;
        sum.seen_before |= i < first;
        sum.need_courses = MAX(sum.need_courses, row->group_min_courses);
        sum.need_credits = MAX(sum.need_credits, row->group_min_credits);
        if (satisfied(g_ptr_array_index(j->out->courses, i))) {
            sum.courses++;
            sum.credits += row->credits;
        }
    }
    return sum;
}

static void judge_group(struct judgement *j, guint first)
{
    if (!course_at(j->m.plan, first)->group)
        return;
    struct group_sum sum = sum_group(j, first);
    if (sum.seen_before)
        return;
    const struct eligibility_course *course = g_ptr_array_index(j->out->courses, first);
    if (sum.courses < sum.need_courses)
        add_reason(j, "4.2/5", "eligibility.group_courses", course, sum.courses, sum.need_courses);
    if (sum.credits < sum.need_credits)
        add_reason(j, "4.2/5", "eligibility.group_credits", course, sum.credits, sum.need_credits);
}

/* The thesis is required but is no course and no credit of the totals (domain.md 4.1). */
static void judge_totals(struct judgement *j)
{
    const struct plan *plan = j->m.plan;
    struct eligibility_totals *totals = j->out->totals;
    int64_t elective_credits = 0;
    for (guint i = 0; i < plan->courses->len; i++) {
        const struct plan_course *row = course_at(plan, i);
        if (!row->counts_credit || !satisfied(g_ptr_array_index(j->out->courses, i)))
            continue;
        totals->courses++;
        totals->credits += row->credits;
        elective_credits += row->type == COURSE_ELECTIVE ? row->credits : 0;
    }
    if (elective_credits < plan->elective_min_credits)
        add_reason(j, "4.2/5", "eligibility.elective_credits", NULL, elective_credits, plan->elective_min_credits);
    if (totals->courses < plan->min_courses)
        add_reason(j, "4.2/8", "eligibility.total_courses", NULL, totals->courses, plan->min_courses);
    if (totals->credits < plan->min_credits)
        add_reason(j, "4.2/8", "eligibility.total_credits", NULL, totals->credits, plan->min_credits);
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
    const struct plan *plan = judged->plan;
    const GPtrArray *substitution = judged->substitution;
    struct judgement j = {
        .out = eligibility_start(plan), .given = g_hash_table_new(NULL, NULL), .say = say, .data = data};
    matching_init(&j.m, judged);
    j.fault = give_all(&j.m, substitution, j.given);
    j.substituted = j.fault == SUBSTITUTION_OK && substitution && substitution->len > 0;
    if (!j.substituted)
        g_hash_table_remove_all(j.given); /* what is not in order takes nothing away */
    list_plan_courses(&j);
    list_other_courses(&j);
    if (substitution_key(j.fault))
        add_reason(&j, "R7", substitution_key(j.fault), NULL, 0, SUBSTITUTION_MIN_CREDITS);
    for (guint i = 0; i < plan->courses->len; i++) {
        judge_course(&j, course_at(plan, i), g_ptr_array_index(j.out->courses, i));
        judge_group(&j, i);
    }
    judge_totals(&j);
    j.out->verdict = j.out->reasons->len == 0 ? VERDICT_MET : VERDICT_NOT_MET;
    g_hash_table_unref(j.given);
    matching_clear(&j.m);
    return j.out;
}

/* ---------------------------------------------------------------- the next major */

void eligibility_use_up(const struct eligibility_case *judged, GPtrArray *results)
{
    struct matching m;
    g_autoptr(GHashTable) given = g_hash_table_new(NULL, NULL);
    matching_init(&m, judged);
    if (give_all(&m, judged->substitution, given) != SUBSTITUTION_OK)
        g_hash_table_remove_all(given);
    for (guint i = 0; i < results->len; i++) {
        struct result *result = g_ptr_array_index(results, i);
        result->used = result->used || g_hash_table_contains(m.taken, result) || g_hash_table_contains(given, result);
    }
    matching_clear(&m);
}
