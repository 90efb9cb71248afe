/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of pages: each a word of forms/ and a function here. */
#include "session/state.h"

#include <string.h>

static char *number(int64_t n)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, n);
}

static const char *state_word(const struct session *session, int state)
{
    g_autofree char *key = g_strdup_printf("course_state.%s", course_state_words[state]);
    return session_message(session, key);
}

/* ---------------------------------------------------------------- courses as they are judged */

static enum page_tone course_tone(int state)
{
    switch (state) {
    case COURSE_NOT_PASSED:
        return TONE_BAD;
    case COURSE_TO_SUBSTITUTE:
        return TONE_WARN;
    case COURSE_SUBSTITUTED:
    case COURSE_ADDED:
        return TONE_GOOD;
    case COURSE_OUTSIDE:
    case COURSE_USED:
    case COURSE_NOT_NEEDED:
        return TONE_QUIET;
    default:
        return TONE_NORMAL;
    }
}

static void courses(const struct session *session, struct page_table *table)
{
    const struct eligibility *eligibility = source_judged(session);
    for (guint i = 0; eligibility && i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        g_autofree char *credits = number(course->credits);
        g_autofree char *score = course->score < 0 ? g_strdup("") : number(course->score);
        page_table_row(table, course_tone(course->state), course->code, course->name, credits,
                       course_type_words[course->type], score, state_word(session, course->state), NULL);
    }
}

/* ---------------------------------------------------------------- the plan of a major (R8) */

const struct plan *source_plan(const struct session *session)
{
    return session->planned ? g_hash_table_lookup(session->plans, session->planned) : NULL;
}

struct eligibility *source_shown(const struct session *session)
{
    bool plan = strcmp(session->screen->name, "plan") == 0;
    struct eligibility *applied = plan ? judge_item(session, item_find(session, session->planned)) : NULL;
    const struct eligibility *judged = source_judged(session);
    return applied ? applied : judged ? record_copy(&eligibility_record, judged) : NULL;
}

static const struct eligibility_course *judged_course(const struct eligibility *judged, const char *code)
{
    for (guint i = 0; judged && i < judged->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(judged->courses, i);
        if (strcmp(course->code, code) == 0)
            return course;
    }
    return NULL;
}

/* What the plan says of a course beside its kind: its group, that it counts no credits, its old codes. */
static char *plan_remark(const struct session *session, const struct plan_course *row)
{
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    if (row->group)
        g_ptr_array_add(parts, message_fill(session->forms->messages, "word.group", "group", row->group, NULL));
    if (!row->counts_credit)
        g_ptr_array_add(parts, g_strdup(session_message(session, "word.no_credit")));
    if (row->old_codes && *row->old_codes)
        g_ptr_array_add(parts, message_fill(session->forms->messages, "word.old_codes", "codes", row->old_codes, NULL));
    g_ptr_array_add(parts, NULL);
    return g_strjoinv(session_message(session, "word.and"), (char **)parts->pdata);
}

static void plan_courses(const struct session *session, struct page_table *table)
{
    const struct plan *plan = source_plan(session);
    struct eligibility *judged = source_shown(session);
    for (guint i = 0; plan && i < plan->courses->len; i++) {
        const struct plan_course *row = g_ptr_array_index(plan->courses, i);
        const struct eligibility_course *course = judged_course(judged, row->course_code);
        g_autofree char *credits = number(row->credits);
        g_autofree char *remark = plan_remark(session, row);
        page_table_row(table, course ? course_tone(course->state) : TONE_NORMAL, row->course_code, row->course_name,
                       credits, course_type_words[row->type], remark, course ? state_word(session, course->state) : "",
                       NULL);
    }
    record_free(&eligibility_record, judged);
}

static bool counts(const struct eligibility_course *course)
{
    return course && (course->state == COURSE_PASSED || course->state == COURSE_EXEMPT ||
                      course->state == COURSE_SUBSTITUTED || course->state == COURSE_ADDED);
}

struct group_sum {
    int64_t courses, credits, need_courses, need_credits;
    bool seen_before; /* an earlier row has brought it up */
};

static struct group_sum sum_group(const struct plan *plan, guint first, const struct eligibility *judged)
{
    const char *group = ((struct plan_course *)g_ptr_array_index(plan->courses, first))->group;
    struct group_sum sum = {0};
    for (guint i = 0; i < plan->courses->len; i++) {
        const struct plan_course *row = g_ptr_array_index(plan->courses, i);
        if (g_strcmp0(row->group, group) != 0)
            continue;
        sum.seen_before = sum.seen_before || i < first;
        sum.need_courses = MAX(sum.need_courses, row->group_min_courses);
        sum.need_credits = MAX(sum.need_credits, row->group_min_credits);
        if (counts(judged_course(judged, row->course_code))) {
            sum.courses++;
            sum.credits += row->credits;
        }
    }
    return sum;
}

static char *amount_of(const struct session *session, int64_t courses, int64_t credits)
{
    g_autofree char *course_text = number(courses);
    g_autofree char *credit_text = number(credits);
    const char *key = credits > 0 && courses > 0 ? "word.courses_credits"
                      : credits > 0              ? "word.credits"
                                                 : "word.courses";
    return message_fill(session->forms->messages, key, "courses", course_text, "credits", credit_text, NULL);
}

/* 选考 groups: what each asks for, and how much of it is there. */
static void groups(const struct session *session, struct page_table *table)
{
    const struct plan *plan = source_plan(session);
    struct eligibility *judged = source_shown(session);
    for (guint i = 0; plan && i < plan->courses->len; i++) {
        const struct plan_course *row = g_ptr_array_index(plan->courses, i);
        struct group_sum sum = row->group ? sum_group(plan, i, judged) : (struct group_sum){.seen_before = true};
        if (sum.seen_before)
            continue;
        bool met = sum.courses >= sum.need_courses && sum.credits >= sum.need_credits;
        g_autofree char *name = message_fill(session->forms->messages, "word.group", "group", row->group, NULL);
        g_autofree char *need = amount_of(session, sum.need_courses, sum.need_credits);
        g_autofree char *have = amount_of(session, sum.courses, sum.credits);
        page_table_row(table, met ? TONE_NORMAL : TONE_BAD, name, need, have, NULL);
    }
    record_free(&eligibility_record, judged);
}

/* ---------------------------------------------------------------- the application */

static void reasons(const struct session *session, struct page_table *table)
{
    const struct eligibility *eligibility = source_judged(session);
    for (guint i = 0; eligibility && i < eligibility->reasons->len; i++) {
        const struct eligibility_reason *reason = g_ptr_array_index(eligibility->reasons, i);
        g_autofree char *place = number(i + 1);
        page_table_row(table, TONE_NORMAL, place, reason->text, NULL);
    }
}

static char *item_name(const struct session *session, const struct application_item *item)
{
    return message_fill(session->forms->messages, "word.major", "name", item->name, "level",
                        plan_level_words[item->level], NULL);
}

static void items(const struct session *session, struct page_table *table)
{
    for (guint i = 0; session->application && i < session->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(session->application->items, i);
        g_autofree char *place = number(i + 1);
        g_autofree char *name = item_name(session, item);
        page_table_row(table, TONE_NORMAL, place, item->school, name, NULL);
    }
}

/* The reason of the whole stands below the table, where there is room for it. */
static const char *row_note(const struct session *session, const struct application_item *item)
{
    bool told_below = item_count(session) == 1 && g_strcmp0(item->note, session->application->reason) == 0;
    return item->note && !told_below ? item->note : "";
}

static void item_progress(const struct session *session, struct page_table *table)
{
    for (guint i = 0; session->application && i < session->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(session->application->items, i);
        g_autofree char *place = number(i + 1);
        g_autofree char *name = item_name(session, item);
        page_table_row(table, TONE_NORMAL, place, item->school, name, item->progress ? item->progress : "",
                       row_note(session, item), NULL);
    }
}

/* Each course with its credits, in one line. */
static void append_given(const struct session *session, const struct application_item *item, GString *list)
{
    const GPtrArray *given = item_substitution(session, item);
    const struct eligibility *judged = item_eligibility(session, item);
    for (guint i = 0; i < given->len; i++) {
        const char *code = g_ptr_array_index(given, i);
        const struct eligibility_course *course = judged_course(judged, code);
        g_autofree char *credits = number(course ? course->credits : 0);
        g_autofree char *text = course ? message_fill(session->forms->messages, "word.substitute", "code", code, "name",
                                                      course->name, "credits", credits, NULL)
                                       : g_strdup(code);
        g_string_append_printf(list, "%s%s", i > 0 ? session_message(session, "word.and") : "", text);
    }
}

char *source_substitutes(const struct session *session)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < item_count(session); i++) {
        const struct application_item *item = item_at(session, i);
        if (item_substitution(session, item)->len == 0)
            continue;
        g_autoptr(GString) given = g_string_new(NULL);
        append_given(session, item, given);
        g_autofree char *text = item_count(session) > 1 ? message_fill(session->forms->messages, "word.of_major",
                                                                       "major", item->name, "text", given->str, NULL)
                                                        : g_strdup(given->str);
        g_string_append_printf(list, "%s%s", list->len > 0 ? " " : "", text);
    }
    return g_string_free(list, FALSE);
}

static void added(const struct session *session, struct page_table *table)
{
    for (guint i = 0; i < added_count(session); i++) {
        const struct added_course *course = g_ptr_array_index(session->application->added_courses, i);
        g_autofree char *place = number(i + 1);
        g_autofree char *score = number(course->score);
        g_autofree char *key = g_strdup_printf("added_short.%s", added_course_reason_words[course->reason]);
        page_table_row(table, TONE_NORMAL, place, course->code, course->name, course->passed_on, score,
                       session_message(session, key), NULL);
    }
}

static void checklist(const struct session *session, struct page_table *table)
{
    for (guint i = 0; session->application && i < session->application->checklist->len; i++) {
        const struct checklist_item *item = g_ptr_array_index(session->application->checklist, i);
        page_table_row(table, TONE_NORMAL, "□", item->text, NULL);
    }
}

static void order_line(const struct session *session, struct page_table *table)
{
    const struct order *order = session->application ? session->application->order : NULL;
    if (!order)
        return;
    g_autofree char *name = placeholder_expand(session, "{name_masked}");
    g_autofree char *id_no = placeholder_expand(session, "{id_masked}");
    g_autofree char *amount = placeholder_expand(session, session_message(session, "word.amount"));
    g_autofree char *state_key = g_strdup_printf("order_state.%s", order_state_words[order->state]);
    page_table_row(table, TONE_NORMAL, order->order_no, name, id_no, amount, session_message(session, state_key), NULL);
}

static const struct {
    const char *word;
    void (*fn)(const struct session *session, struct page_table *table);
} table_sources[] = {
    {"courses", courses}, {"reasons", reasons},     {"plan", plan_courses},
    {"groups", groups},   {"items", items},         {"progress", item_progress},
    {"added", added},     {"checklist", checklist}, {"order", order_line},
};

bool source_table_exists(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table_sources); i++)
        if (strcmp(table_sources[i].word, word) == 0)
            return true;
    return false;
}

void source_table(const struct session *session, const struct form_table *form, struct page *page)
{
    struct page_table *table = page_add_table(page, form->title);
    for (guint i = 0; i < form->columns->len; i++) {
        const struct form_column *column = g_ptr_array_index(form->columns, i);
        page_table_column(table, column->title, (int)column->width);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(table_sources); i++)
        if (strcmp(table_sources[i].word, form->source) == 0)
            table_sources[i].fn(session, table);
}
