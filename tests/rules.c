/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include "base/settings.h"
#include "base/tsv.h"

void rules_tables(struct code_tables *tables)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    for (size_t i = 0; i < CODE_TABLES; i++) {
        g_autofree char *path = g_build_filename("forms/tables", code_table_files[i], NULL);
        tables->table[i] = tsv_read_all(&code_entry_record, path, faults);
        if (!tables->table[i])
            g_error("%s", (const char *)g_ptr_array_index(faults, 0));
    }
}

struct messages *rules_messages(void)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct messages *messages = settings_read(&messages_record, "forms/messages.conf", faults);
    if (!messages)
        g_error("%s", (const char *)g_ptr_array_index(faults, 0));
    return messages;
}

static char *replaced(char *old, const char *text)
{
    g_free(old);
    return g_strdup(text);
}

struct plan *rules_plan(enum plan_level level)
{
    struct plan *plan = record_new(&plan_record);
    plan->major_code = replaced(plan->major_code, "120402");
    plan->plan_version = replaced(plan->plan_version, "old");
    plan->major_name = replaced(plan->major_name, "行政管理");
    plan->school = replaced(plan->school, "山西大学");
    plan->level = level;
    return plan;
}

struct plan_course *rules_course(struct plan *plan, const char *code, int64_t credits, enum course_type type)
{
    struct plan_course *course = record_new(&plan_course_record);
    course->course_code = replaced(course->course_code, code);
    g_free(course->course_name);
    course->course_name = g_strdup_printf("课程%s", code);
    course->credits = credits;
    course->type = type;
    course->counts_credit = true;
    g_ptr_array_add(plan->courses, course);
    return course;
}

static void result_free(gpointer result)
{
    record_free(&result_record, result);
}

GPtrArray *rules_results(void)
{
    return g_ptr_array_new_with_free_func(result_free);
}

struct result *rules_result(GPtrArray *results, const char *code, int64_t credits, int64_t score)
{
    struct result *result = record_new(&result_record);
    result->course_code = replaced(result->course_code, code);
    g_free(result->course_name);
    result->course_name = g_strdup_printf("课程%s", code);
    result->credits = credits;
    result->score = score;
    result->passed_on = replaced(result->passed_on, "2023-10-28");
    g_ptr_array_add(results, result);
    return result;
}

GPtrArray *rules_codes(const char *codes)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(codes, " ", -1);
    for (guint i = 0; parts[i] && *parts[i]; i++)
        g_ptr_array_add(list, g_strdup(parts[i]));
    return list;
}

static const struct {
    const char *code;
    int64_t credits;
    enum course_type type;
} seed_courses[] = {
    {"03708", 2, COURSE_REQUIRED}, {"03709", 4, COURSE_REQUIRED}, {"13000", 7, COURSE_REQUIRED},
    {"00034", 6, COURSE_REQUIRED}, {"00261", 5, COURSE_REQUIRED}, {"00315", 6, COURSE_REQUIRED},
    {"00316", 6, COURSE_REQUIRED}, {"00318", 4, COURSE_REQUIRED}, {"00319", 4, COURSE_REQUIRED},
    {"00320", 4, COURSE_REQUIRED}, {"01848", 4, COURSE_REQUIRED}, {"00277", 6, COURSE_ELECTIVE},
    {"00312", 6, COURSE_ELECTIVE}, {"00144", 5, COURSE_ELECTIVE}, {"00321", 5, COURSE_ELECTIVE},
    {"00322", 5, COURSE_ELECTIVE}, {"00341", 6, COURSE_ELECTIVE}, {"10304", 6, COURSE_PRACTICE},
};

struct plan *rules_seed_plan(void)
{
    struct plan *plan = rules_plan(LEVEL_BACHELOR);
    plan->min_credits = 70;
    plan->min_courses = 13;
    for (size_t i = 0; i < G_N_ELEMENTS(seed_courses); i++) {
        struct plan_course *course =
            rules_course(plan, seed_courses[i].code, seed_courses[i].credits, seed_courses[i].type);
        course->counts_credit = seed_courses[i].type != COURSE_PRACTICE;
        if (g_str_equal(course->course_code, "13000"))
            course->substitutable = SUBSTITUTABLE_ENGLISH_BK;
    }
    return plan;
}

GPtrArray *rules_seed_results(void)
{
    GPtrArray *results = rules_results();
    for (size_t i = 0; i < G_N_ELEMENTS(seed_courses); i++)
        if (!g_str_equal(seed_courses[i].code, "13000"))
            rules_result(results, seed_courses[i].code, seed_courses[i].credits, 60 + (int64_t)i);
    return results;
}
