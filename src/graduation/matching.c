/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/matching.h"

#include <string.h>

/* ---------------------------------------------------------------- results */

/* What the candidate adds stands beside what the register has (R9). */
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

static void collect_results(struct matching *m, const struct eligibility_case *judged)
{
    m->results = g_ptr_array_new();
    m->added = g_ptr_array_new();
    for (guint i = 0; judged->results && i < judged->results->len; i++)
        g_ptr_array_add(m->results, judged->results->pdata[i]);
    for (guint i = 0; judged->added && i < judged->added->len; i++) {
        g_ptr_array_add(m->added, result_of_added(judged->added->pdata[i]));
        g_ptr_array_add(m->results, m->added->pdata[i]);
    }
    m->taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; judged->taken && i < judged->taken->len; i++)
        g_hash_table_add(m->taken, judged->taken->pdata[i]);
}

bool matching_used(const struct matching *m, const struct result *result)
{
    return result->used || g_hash_table_contains(m->taken, result->course_code);
}

/* What the register has before what was added (R11), a pass before a failure, more points before fewer. */
static bool is_better(const struct result *result, const struct result *than)
{
    if (!than)
        return true;
    if (result_passed(result) != result_passed(than))
        return result_passed(result);
    bool recorded = result->source == RESULT_RECORDED;
    if (recorded != (than->source == RESULT_RECORDED))
        return recorded;
    return result->score > than->score;
}

static void index_results(struct matching *m)
{
    m->usable = g_hash_table_new(g_str_hash, g_str_equal);
    m->spent = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < m->results->len; i++) {
        struct result *result = g_ptr_array_index(m->results, i);
        bool counts = result_passed(result) && !matching_used(m, result);
        GHashTable *best = counts ? m->usable : m->spent;
        if (is_better(result, g_hash_table_lookup(best, result->course_code)))
            g_hash_table_replace(best, result->course_code, result);
    }
}

/* ---------------------------------------------------------------- rows */

/* 加考 is for those who come from another major (domain.md 4.2/6). */
static bool from_another_major(const struct eligibility_case *judged)
{
    if (!judged->prior_major || !*judged->prior_major)
        return false;
    g_autofree char *prior = g_strstrip(g_strdup(judged->prior_major));
    return strcmp(prior, judged->plan->major_name) != 0;
}

static enum row_need need_of(const struct plan_course *course, bool additional)
{
    if (course->group)
        return NEED_GROUP;
    if (course->type == COURSE_ELECTIVE)
        return NEED_ELECTIVE;
    return course->type == COURSE_ADDITIONAL && !additional ? NEED_NONE : NEED_MUST;
}

static char **codes_of(const struct plan_course *course)
{
    g_autofree char *all =
        g_strjoin(" ", course->course_code, course->old_codes && *course->old_codes ? course->old_codes : NULL, NULL);
    return g_strsplit(all, " ", -1);
}

/* 免考 may be claimed for English of 专科 and for mathematics only (R9, R10). */
static bool fits(const struct result *result, const struct plan_course *course)
{
    return result->source != RESULT_EXEMPTION || course->substitutable == SUBSTITUTABLE_ENGLISH_ZK ||
           course->substitutable == SUBSTITUTABLE_MATHS;
}

static void find_ways(const struct matching *m, struct matching_row *row)
{
    row->ways = g_ptr_array_new();
    for (char **code = row->codes; *code; code++) {
        struct result *result = g_hash_table_lookup(m->usable, *code);
        if (result && fits(result, row->course) && !g_ptr_array_find(row->ways, result, NULL))
            g_ptr_array_add(row->ways, result);
    }
}

static void make_rows(struct matching *m, const struct eligibility_case *judged)
{
    bool additional = from_another_major(judged);
    m->n_rows = judged->plan->courses->len;
    m->rows = g_new0(struct matching_row, m->n_rows + 1);
    for (guint i = 0; i < m->n_rows; i++) {
        struct matching_row *row = &m->rows[i];
        row->course = g_ptr_array_index(judged->plan->courses, i);
        row->need = need_of(row->course, additional);
        row->codes = codes_of(row->course);
        find_ways(m, row);
    }
}

/* ---------------------------------------------------------------- the search */

/* Gives the row a result, asking the rows that hold one to move over; each is asked once. */
static bool serve(struct matching *m, struct matching_row *row, guint mark)
{
    row->asked = mark;
    for (guint i = 0; i < row->ways->len; i++) {
        struct result *way = g_ptr_array_index(row->ways, i);
        struct matching_row *holder = g_hash_table_lookup(m->owner, way);
        if (holder && (holder->asked == mark || !serve(m, holder, mark)))
            continue;
        row->by = way;
        g_hash_table_insert(m->owner, way, row);
        return true;
    }
    return false;
}

static gint by_need(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    const struct matching_row *one = *(struct matching_row *const *)a, *other = *(struct matching_row *const *)b;
    if (one->need != other->need)
        return one->need < other->need ? -1 : 1;
    int64_t credits = one->course->counts_credit ? one->course->credits : 0;
    int64_t others = other->course->counts_credit ? other->course->credits : 0;
    return one->need == NEED_MUST || credits == others ? 0 : credits > others ? -1 : 1;
}

static void serve_all(struct matching *m)
{
    g_autofree struct matching_row **order = g_new(struct matching_row *, m->n_rows + 1);
    for (guint i = 0; i < m->n_rows; i++)
        order[i] = &m->rows[i];
    g_qsort_with_data(order, (gint)m->n_rows, sizeof(struct matching_row *), by_need, NULL); /* stable */
    m->owner = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < m->n_rows; i++)
        (void)serve(m, order[i], i + 1);
}

void matching_init(struct matching *m, const struct eligibility_case *judged)
{
    *m = (struct matching){.judged = judged};
    collect_results(m, judged);
    index_results(m);
    make_rows(m, judged);
    serve_all(m);
}

void matching_clear(struct matching *m)
{
    for (guint i = 0; i < m->n_rows; i++) {
        g_strfreev(m->rows[i].codes);
        g_ptr_array_unref(m->rows[i].ways);
    }
    g_clear_pointer(&m->rows, g_free);
    g_clear_pointer(&m->results, g_ptr_array_unref);
    record_list_free(&result_record, g_steal_pointer(&m->added));
    g_clear_pointer(&m->taken, g_hash_table_unref);
    g_clear_pointer(&m->usable, g_hash_table_unref);
    g_clear_pointer(&m->spent, g_hash_table_unref);
    g_clear_pointer(&m->owner, g_hash_table_unref);
}

/* ---------------------------------------------------------------- questions */

const struct matching_row *matching_owner(const struct matching *m, const struct result *result)
{
    return g_hash_table_lookup(m->owner, result);
}

/* A row with a way that is free is passed by another way: else it would have taken this one. */
const struct matching_row *matching_twin(const struct matching *m, const struct result *result)
{
    if (matching_owner(m, result))
        return NULL;
    for (guint i = 0; i < m->n_rows; i++)
        if (g_ptr_array_find(m->rows[i].ways, result, NULL))
            return &m->rows[i];
    return NULL;
}

const struct result *matching_attempt(const struct matching *m, const struct matching_row *row)
{
    const struct result *best = NULL;
    for (char **code = row->codes; *code; code++) {
        const struct result *result = g_hash_table_lookup(m->spent, *code);
        if (result && is_better(result, best))
            best = result;
    }
    return best;
}

const struct result *matching_meant(const struct matching *m, const char *code)
{
    for (guint i = 0; i < m->n_rows; i++)
        if (m->rows[i].by && strcmp(m->rows[i].course->course_code, code) == 0)
            return m->rows[i].by;
    const struct result *result = g_hash_table_lookup(m->usable, code);
    if (!result)
        return g_hash_table_lookup(m->spent, code);
    const struct matching_row *twin = matching_twin(m, result);
    return twin ? twin->by : result;
}

const struct matching_row *matching_english(const struct matching *m)
{
    for (guint i = 0; m->judged->plan->level == LEVEL_BACHELOR && i < m->n_rows; i++)
        if (m->rows[i].course->substitutable == SUBSTITUTABLE_ENGLISH_BK)
            return &m->rows[i];
    return NULL;
}

bool matching_row_has_code(const struct matching_row *row, const char *code)
{
    return *code && g_strv_contains((const char *const *)row->codes, code);
}
