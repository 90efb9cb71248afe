/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/added_courses.h"

#include <string.h>

#include "graduation/added_course.h"
#include "graduation/archive_rules.h"
#include "platformd/courses.h"
#include "platformd/registry.h"
#include "platformd/server.h"
#include "platformd/snapshot.h"
#include "platformd/standing.h"

/* A list under check. */
struct list_check {
    struct request *request;
    GPtrArray *results;    /* struct result of the candidate */
    GHashTable *seen;      /* codes of all families so far */
    GPtrArray *catalogued; /* struct api_course, or NULL, for each row */
};

/* ---------------------------------------------------------------- checking */

static bool passed_on_record(const GPtrArray *results, const char *code)
{
    for (guint i = 0; i < results->len; i++) {
        const struct result *result = results->pdata[i];
        if (strcmp(result->course_code, code) == 0 && result_passed(result))
            return true;
    }
    return false;
}

/* Also under another code of the same course (R11, domain.md 9.24). */
static void look_at_family(struct list_check *check, const char *code, struct added_course_facts *facts)
{
    g_autoptr(GPtrArray) family = courses_family(check->request->platform, code);
    facts->twice = g_hash_table_contains(check->seen, code);
    for (guint i = 0; i < family->len; i++) {
        facts->on_record = facts->on_record || passed_on_record(check->results, family->pdata[i]);
        g_hash_table_add(check->seen, g_strdup(family->pdata[i]));
    }
}

static bool check_row(struct list_check *check, const struct added_course *course, guint at)
{
    struct platform *platform = check->request->platform;
    struct api_course *known = courses_find(platform, course->code);
    struct added_course_facts facts = {.known = known != NULL, .today = clock_day(platform_now(platform))};
    const char *field = NULL;
    if (known) {
        facts.exemptible = known->exemptible;
        facts.practice = known->practice;
    }
    look_at_family(check, course->code, &facts);
    g_ptr_array_add(check->catalogued, known);
    const char *fault = added_course_check(course, &facts, &field);
    g_autofree char *path = fault ? g_strdup_printf("courses[%u].%s", at, field) : NULL;
    if (fault)
        request_refuse(check->request, 422, fault, path);
    return !fault;
}

static void list_check_init(struct list_check *check, struct request *request)
{
    check->request = request;
    check->results = registry_results(request->platform, request->exam_no);
    check->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    check->catalogued = g_ptr_array_new();
}

static void list_check_clear(struct list_check *check)
{
    record_list_free(&result_record, check->results);
    g_hash_table_unref(check->seen);
    for (guint i = 0; i < check->catalogued->len; i++)
        record_free(&api_course_record, check->catalogued->pdata[i]);
    g_ptr_array_unref(check->catalogued);
}

/* ---------------------------------------------------------------- e6: the list */

static void delete_courses(struct platform *platform, int64_t id)
{
    (void)database_run(platform->db, "DELETE FROM added_courses WHERE application = ?1", WITH(v_integer(id)));
}

static void delete_archive(struct platform *platform, int64_t id)
{
    (void)database_run(platform->db, "DELETE FROM archives WHERE application = ?1", WITH(v_integer(id)));
    (void)database_run(platform->db, "UPDATE applications SET archive = NULL WHERE id = ?1", WITH(v_integer(id)));
}

/* The catalogue's name stands, where it has one. */
static void insert_course(struct platform *platform, int64_t id, guint at, const struct added_course *course,
                          const struct api_course *known)
{
    (void)database_run(platform->db,
                       "INSERT INTO added_courses (application, position, reason, code, name, passed_on, score)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       WITH(v_integer(id), v_integer(at), v_text(added_course_reason_words[course->reason]),
                            v_text(course->code), v_text(known ? known->name : course->name), v_text(course->passed_on),
                            v_integer(course->score)));
}

static void replace_courses(const struct list_check *check, int64_t id, const GPtrArray *courses)
{
    struct platform *platform = check->request->platform;
    delete_courses(platform, id);
    for (guint i = 0; i < courses->len; i++)
        insert_course(platform, id, i, courses->pdata[i], check->catalogued->pdata[i]);
    if (courses->len == 0) /* an archive without a course proves nothing (R15) */
        delete_archive(platform, id);
}

void added_courses_put(struct request *request)
{
    struct platform *platform = request->platform;
    const GPtrArray *courses = ((const struct api_added_courses *)request->body)->courses;
    struct list_check check = {0};
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_SET_ADDED_COURSES, ACTOR_CANDIDATE)))
        return;
    list_check_init(&check, request);
    bool good = true;
    for (guint i = 0; good && i < courses->len; i++)
        good = check_row(&check, courses->pdata[i], i);
    if (good) {
        replace_courses(&check, standing->id, courses);
        request->answer = snapshot_new(platform, request->exam_no);
    }
    list_check_clear(&check);
}

/* ---------------------------------------------------------------- e7: the archive (R14) */

static bool check_archive(struct request *request, struct archive_facts *facts)
{
    gsize n = 0;
    const unsigned char *bytes = g_bytes_get_data(exchange_body(request->exchange), &n);
    *facts = archive_look(bytes, n);
    const char *fault = archive_check(facts);
    if (fault)
        request_refuse(request, 422, fault, NULL);
    return !fault;
}

/* May come before the first course; compulsory from the first on (R12). The name that a person gave it is not kept. */
void added_courses_put_archive(struct request *request)
{
    struct platform *platform = request->platform;
    struct archive_facts facts;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_SET_ARCHIVE, ACTOR_CANDIDATE)) ||
        !check_archive(request, &facts))
        return;
    const char *format = archive_format_words[facts.format];
    g_autofree char *name = g_strconcat("archive.", format, NULL);
    (void)database_run(platform->db,
                       "INSERT INTO archives (application, format, data) VALUES (?1, ?2, ?3)"
                       " ON CONFLICT (application) DO UPDATE SET format = ?2, data = ?3",
                       WITH(v_integer(standing->id), v_text(format), v_bytes(exchange_body(request->exchange))));
    (void)database_run(platform->db, "UPDATE applications SET archive = ?2 WHERE id = ?1",
                       WITH(v_integer(standing->id), v_text(name)));
    request->answer = snapshot_new(platform, request->exam_no);
}

/* 清空已添加课程及文件 (R15). */
void added_courses_clear(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_CLEAR_ARCHIVE, ACTOR_CANDIDATE)))
        return;
    delete_courses(platform, standing->id);
    delete_archive(platform, standing->id);
    request->answer = snapshot_new(platform, request->exam_no);
}
