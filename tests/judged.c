/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judged.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "rules.h"

static void added_free(gpointer added)
{
    record_free(&added_course_record, added);
}

static struct judged_case of(struct plan *plan, GPtrArray *results)
{
    return (struct judged_case){.plan = plan, .results = results, .added = g_ptr_array_new_with_free_func(added_free)};
}

struct judged_case judged_seed(void)
{
    return of(rules_seed_plan(), rules_seed_results());
}

struct judged_case judged_empty(enum plan_level level)
{
    return of(rules_plan(level), rules_results());
}

void judged_clear(struct judged_case *judged)
{
    record_free(&plan_record, judged->plan);
    g_ptr_array_unref(judged->results);
    g_ptr_array_unref(judged->added);
    record_free(&eligibility_record, judged->answer);
}

struct added_course *judged_add(struct judged_case *judged, int reason, const char *code, int64_t score)
{
    struct added_course *added = record_new(&added_course_record);
    added->reason = reason;
    added->code = g_strdup(code);
    added->name = g_strdup_printf("课程%s", code);
    added->passed_on = g_strdup("1999-10-24");
    added->score = score;
    g_ptr_array_add(judged->added, added);
    return added;
}

struct plan_course *judged_old(struct plan_course *row, const char *old_codes)
{
    g_free(row->old_codes);
    row->old_codes = g_strdup(old_codes);
    return row;
}

/* ---------------------------------------------------------------- judging */

/* The case with its lists of codes; the lists are freed by brought_clear(). */
struct brought {
    GPtrArray *substitution, *taken;
    struct eligibility_case judged;
};

static struct brought bring(const struct judged_case *judged, const char *substitution)
{
    struct brought brought = {.substitution = rules_codes(substitution),
                              .taken = rules_codes(judged->taken ? judged->taken : "")};
    brought.judged = (struct eligibility_case){.plan = judged->plan,
                                               .results = judged->results,
                                               .added = judged->added,
                                               .substitution = brought.substitution,
                                               .taken = brought.taken,
                                               .prior_major = judged->prior_major,
                                               .policy = judged->policy};
    return brought;
}

static void brought_clear(struct brought *brought)
{
    g_ptr_array_unref(brought->substitution);
    g_ptr_array_unref(brought->taken);
}

static const char *say_key(const char *key, gpointer data)
{
    GHashTable *sentences = data;
    if (!g_hash_table_contains(sentences, key))
        g_hash_table_insert(sentences, g_strdup(key), g_strdup_printf("%s {code} {have}/{need}", key));
    return g_hash_table_lookup(sentences, key);
}

void judged_run(struct judged_case *judged, const char *substitution)
{
    g_autoptr(GHashTable) sentences = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct brought brought = bring(judged, substitution);
    record_free(&eligibility_record, judged->answer);
    judged->answer = eligibility_judge(&brought.judged, say_key, sentences);
    brought_clear(&brought);
}

enum substitution_fault judged_check(const struct judged_case *judged, const char *substitution)
{
    struct brought brought = bring(judged, substitution);
    enum substitution_fault fault = substitution_check(&brought.judged);
    brought_clear(&brought);
    return fault;
}

char *judged_consumed(const struct judged_case *judged, const char *substitution)
{
    struct brought brought = bring(judged, substitution);
    g_autoptr(GPtrArray) codes = eligibility_consumed(&brought.judged);
    g_ptr_array_add(codes, NULL);
    brought_clear(&brought);
    return g_strjoinv(" ", (char **)codes->pdata);
}

bool judged_undecided(const struct judged_case *judged)
{
    struct brought brought = bring(judged, "");
    bool undecided = eligibility_undecided(&brought.judged, judged->answer);
    brought_clear(&brought);
    return undecided;
}

/* ---------------------------------------------------------------- what came of it */

const struct eligibility_course *judged_course(const struct judged_case *judged, const char *code)
{
    for (guint i = 0; i < judged->answer->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(judged->answer->courses, i);
        if (strcmp(course->code, code) == 0)
            return course;
    }
    fail_msg("no course %s", code);
    return NULL;
}

void assert_course(const struct judged_case *judged, const char *code, enum course_state state)
{
    const char *is = course_state_words[judged_course(judged, code)->state];
    if (strcmp(is, course_state_words[state]) != 0)
        fail_msg("%s is %s", code, is);
}

void assert_reasons(const struct judged_case *judged, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < judged->answer->reasons->len; i++) {
        const struct eligibility_reason *reason = g_ptr_array_index(judged->answer->reasons, i);
        g_string_append_printf(text, "%s%s: %s", i ? "; " : "", reason->rule, reason->text);
    }
    assert_string_equal(text->str, expected);
    assert_int_equal(judged->answer->verdict, *expected ? VERDICT_NOT_MET : VERDICT_MET);
}

void assert_totals(const struct judged_case *judged, int64_t courses, int64_t credits)
{
    assert_int_equal(judged->answer->totals->courses, courses);
    assert_int_equal(judged->answer->totals->credits, credits);
}
