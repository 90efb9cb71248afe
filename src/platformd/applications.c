/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/applications.h"

#include <string.h>

#include "base/log.h"
#include "graduation/candidate.h"
#include "graduation/eligibility.h"
#include "platformd/degree.h"
#include "platformd/registry.h"
#include "platformd/snapshot.h"
#include "platformd/standing.h"

static void answer_snapshot(struct request *request)
{
    request->answer = snapshot_new(request->platform, request->exam_no);
}

/* An application is made by no step of an older one: whoever makes it writes the first line of its audit. */
static void audit_new(struct platform *platform, int64_t id, enum application_event event)
{
    const struct audit_line line = {.detail = application_state_words[STATE_DRAFT]};
    audit_append(platform, id, event, ACTOR_CANDIDATE, &line);
}

/* ---------------------------------------------------------------- e3 */

void applications_start(struct request *request)
{
    struct platform *platform = request->platform;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (!standing->batch) {
        (void)request_refused(request, "application.apply_closed");
        return;
    }
    if (request_refused(request, standing_may(standing, EVENT_START, ACTOR_CANDIDATE)))
        return;
    bool made = database_run(platform->db,
                             "INSERT INTO applications (exam_no, batch, round, state) VALUES (?1, ?2, 1, 'draft')",
                             WITH(v_text(request->exam_no), v_text(standing->batch->batch)));
    if (request_refused(request, made ? NULL : "application.already_started"))
        return;
    audit_new(platform, database_last_id(platform->db), EVENT_START);
    platform_touch(platform, request->exam_no);
    answer_snapshot(request);
}

/* ---------------------------------------------------------------- e4: majors and county */

static bool is_offered(const struct candidate *candidate, const char *code, const char *version)
{
    for (guint i = 0; i < candidate->majors->len; i++) {
        const struct candidate_major *major = candidate->majors->pdata[i];
        if (strcmp(major->code, code) == 0 && strcmp(major->version, version) == 0)
            return true;
    }
    return false;
}

/* Once graduated in a major, always (domain.md 1.6 e4). */
static bool graduated_in(struct platform *platform, const char *exam_no, const char *major)
{
    return database_integer(platform->db,
                            "SELECT count(*) FROM applications a JOIN application_items i ON i.application = a.id"
                            " WHERE a.exam_no = ?1 AND i.major_code = ?2"
                            " AND a.state IN ('graduated', 'certificate_ready', 'certificate_collected')",
                            WITH(v_text(exam_no), v_text(major)), 0) > 0;
}

/* NULL = this candidate may apply for it. */
static const char *major_fault(struct platform *platform, const struct candidate *candidate, const char *code,
                               const char *version)
{
    if (!is_offered(candidate, code, version))
        return "platform.major_unknown";
    return graduated_in(platform, candidate->exam_no, code) ? "platform.major_graduated" : NULL;
}

/* NULL = this row of the list may stand. */
static const char *row_fault(struct platform *platform, const struct candidate *candidate, const GPtrArray *majors,
                             guint at)
{
    const struct api_major *asked = majors->pdata[at];
    for (guint i = 0; i < at; i++)
        if (strcmp(((const struct api_major *)majors->pdata[i])->code, asked->code) == 0)
            return "platform.major_twice";
    return major_fault(platform, candidate, asked->code, asked->version);
}

static bool check_majors(struct request *request, const struct api_majors *asked)
{
    struct candidate *candidate = registry_candidate(request->platform, request->exam_no);
    const char *fault = asked->majors->len == 0 ? "application.no_major" : NULL;
    guint at = 0;
    if (!candidate)
        return false; /* unreadable: the transaction is spoiled */
    for (; !fault && at < asked->majors->len; at++)
        fault = row_fault(request->platform, candidate, asked->majors, at);
    record_free(&candidate_record, candidate);
    if (fault) {
        g_autofree char *field = at > 0 ? g_strdup_printf("majors[%u]", at - 1) : g_strdup("majors");
        request_refuse(request, 422, fault, field);
    } else if (!code_find(&request->platform->tables, CODE_DIVISION, asked->county)) {
        request_refuse(request, 422, "platform.county_unknown", "county");
    }
    return request->refused_status == 0;
}

static void write_items(struct platform *platform, int64_t id, const GPtrArray *majors)
{
    (void)database_run(platform->db, "DELETE FROM application_items WHERE application = ?1", WITH(v_integer(id)));
    for (guint i = 0; i < majors->len; i++) {
        const struct api_major *major = majors->pdata[i];
        (void)database_run(platform->db,
                           "INSERT INTO application_items (application, position, major_code, plan_version)"
                           " VALUES (?1, ?2, ?3, ?4)",
                           WITH(v_integer(id), v_integer(i), v_text(major->code), v_text(major->version)));
    }
}

/* What was given for English in a major that is no longer chosen counts no more. */
void applications_majors(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_majors *asked = request->body;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_SET_MAJORS, ACTOR_CANDIDATE)) ||
        !check_majors(request, asked))
        return;
    write_items(platform, standing->id, asked->majors);
    (void)database_run(platform->db,
                       "DELETE FROM substitutions WHERE application = ?1 AND major_code NOT IN"
                       " (SELECT major_code FROM application_items WHERE application = ?1)",
                       WITH(v_integer(standing->id)));
    (void)database_run(platform->db, "UPDATE applications SET county = ?2 WHERE id = ?1",
                       WITH(v_integer(standing->id), v_text(asked->county)));
    degree_majors_changed(platform, standing->id);
    answer_snapshot(request);
}

/* ---------------------------------------------------------------- e5: substitution for English (R5–R7) */

static const struct standing_item *find_item(const struct standing *standing, const char *major)
{
    for (guint i = 0; i < standing->items->len; i++) {
        const struct standing_item *item = standing->items->pdata[i];
        if (strcmp(item->major, major) == 0)
            return item;
    }
    return NULL;
}

/* A course serves one major only (domain.md 9.23). */
static bool given_elsewhere(struct platform *platform, int64_t id, const char *major, const GPtrArray *courses)
{
    for (guint i = 0; i < courses->len; i++)
        if (database_integer(platform->db,
                             "SELECT count(*) FROM substitutions WHERE application = ?1 AND major_code <> ?2"
                             " AND course_code = ?3",
                             WITH(v_integer(id), v_text(major), v_text(courses->pdata[i])), 0) > 0)
            return true;
    return false;
}

static bool check_substitution(struct request *request, const struct standing *standing)
{
    const struct api_substitution *asked = request->body;
    const struct standing_item *item = find_item(standing, asked->major);
    if (!item) {
        request_refuse(request, 422, "platform.major_not_chosen", "major");
        return false;
    }
    if (asked->courses->len == 0) /* takes it back */
        return true;
    struct plan *plan = registry_plan(request->platform, item->major, item->version);
    if (!plan)
        return false;
    GPtrArray *results = registry_results(request->platform, request->exam_no);
    enum substitution_fault fault = substitution_check(&(struct eligibility_case){
        .plan = plan, .results = results, .substitution = asked->courses, .policy = request->platform->policy});
    record_list_free(&result_record, results);
    record_free(&plan_record, plan);
    if (fault == SUBSTITUTION_OK && given_elsewhere(request->platform, standing->id, asked->major, asked->courses))
        fault = SUBSTITUTION_USED;
    if (fault != SUBSTITUTION_OK) {
        g_autofree char *key = g_strconcat("substitution.", substitution_fault_words[fault], NULL);
        request_refuse(request, 422, g_intern_string(key), "courses");
    }
    return fault == SUBSTITUTION_OK;
}

void applications_substitution(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_substitution *asked = request->body;
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_SET_SUBSTITUTION, ACTOR_CANDIDATE)) ||
        !check_substitution(request, standing))
        return;
    (void)database_run(platform->db, "DELETE FROM substitutions WHERE application = ?1 AND major_code = ?2",
                       WITH(v_integer(standing->id), v_text(asked->major)));
    for (guint i = 0; i < asked->courses->len; i++)
        (void)database_run(
            platform->db,
            "INSERT INTO substitutions (application, major_code, position, course_code)"
            " VALUES (?1, ?2, ?3, ?4)",
            WITH(v_integer(standing->id), v_text(asked->major), v_integer(i), v_text(asked->courses->pdata[i])));
    answer_snapshot(request);
}

/* ---------------------------------------------------------------- e9: submit (R17) */

/* The register may have changed since they were chosen. */
static bool majors_stand(struct request *request, const struct standing *standing)
{
    struct candidate *candidate = registry_candidate(request->platform, request->exam_no);
    for (guint i = 0; candidate && i < standing->items->len; i++) {
        const struct standing_item *item = standing->items->pdata[i];
        const char *fault = major_fault(request->platform, candidate, item->major, item->version);
        g_autofree char *field = fault ? g_strdup_printf("majors[%u]", i) : NULL;
        if (fault)
            request_refuse(request, 409, fault, field);
    }
    record_free(&candidate_record, candidate);
    return request->refused_status == 0;
}

void applications_submit(struct request *request)
{
    struct platform *platform = request->platform;
    char person[16];
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_move(platform, standing, EVENT_SUBMIT, ACTOR_CANDIDATE)) ||
        !majors_stand(request, standing))
        return;
    (void)database_run(platform->db, "UPDATE applications SET review_due_ms = ?2, submitted_at = ?3 WHERE id = ?1",
                       WITH(v_integer(standing->id),
                            v_integer(platform_now_ms(platform) + platform->options.moment_ms / 2),
                            v_integer(platform_now(platform))));
    log_write(LOG_INFO, "applications", "%s submitted", log_person(request->exam_no, person));
    answer_snapshot(request);
}

/* ---------------------------------------------------------------- e19: re-apply, once (R26) */

/*
 * Round 2 begins as what was rejected, to be corrected; round 1 stays for the audit. What the register and the camera have
 * counted goes on being counted. An answer that was still awaited is asked for anew.
 */
static void copy_round(struct platform *platform, int64_t from, int64_t to)
{
    const struct value *both = WITH(v_integer(from), v_integer(to));
    (void)database_run(platform->db,
                       "INSERT INTO application_items (application, position, major_code, plan_version)"
                       " SELECT ?2, position, major_code, plan_version FROM application_items WHERE application = ?1",
                       both);
    (void)database_run(platform->db,
                       "INSERT INTO substitutions (application, major_code, position, course_code)"
                       " SELECT ?2, major_code, position, course_code FROM substitutions WHERE application = ?1",
                       both);
    (void)database_run(platform->db,
                       "INSERT INTO added_courses (application, position, reason, code, name, passed_on, score)"
                       " SELECT ?2, position, reason, code, name, passed_on, score FROM added_courses"
                       " WHERE application = ?1",
                       both);
    (void)database_run(platform->db,
                       "INSERT INTO archives (application, format, data)"
                       " SELECT ?2, format, data FROM archives WHERE application = ?1",
                       both);
    (void)database_run(platform->db,
                       "INSERT INTO degree_authorisations (application, state, expires_at, name, school, level, major,"
                       " certificate_no, reason, failures) SELECT ?2, CASE WHEN state IN ('qr_shown',"
                       " 'authorised_waiting') THEN 'expired' ELSE state END, expires_at, name, school, level, major,"
                       " certificate_no, reason, failures FROM degree_authorisations WHERE application = ?1",
                       both);
    (void)database_run(platform->db,
                       "INSERT INTO photos (application, state, reason, format, width, height, bytes, data, rejections,"
                       " due_ms) SELECT ?2, state, reason, format, width, height, bytes, data, rejections, due_ms"
                       " FROM photos WHERE application = ?1",
                       both);
}

/* The unique (candidate, batch, round) makes it one chance whatever arrives side by side. */
void applications_reapply(struct request *request)
{
    struct platform *platform = request->platform;
    char person[16];
    g_autoptr(standing_auto) standing = standing_of_candidate(platform, request->exam_no);
    if (request_refused(request, standing_may(standing, EVENT_REAPPLY, ACTOR_CANDIDATE)))
        return;
    bool made = database_run(platform->db,
                             "INSERT INTO applications (exam_no, batch, round, state, county, archive)"
                             " SELECT exam_no, batch, round + 1, 'draft', county, archive FROM applications"
                             " WHERE id = ?1",
                             WITH(v_integer(standing->id)));
    if (request_refused(request, made ? NULL : "application.no_second_chance"))
        return;
    int64_t id = database_last_id(platform->db);
    copy_round(platform, standing->id, id);
    audit_new(platform, id, EVENT_REAPPLY);
    platform_touch(platform, request->exam_no);
    log_write(LOG_INFO, "applications", "%s applies again", log_person(request->exam_no, person));
    request->answer = snapshot_new(platform, request->exam_no);
}
