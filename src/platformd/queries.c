/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/queries.h"

#include "graduation/application.h"
#include "graduation/eligibility.h"
#include "platformd/registry.h"
#include "platformd/server.h"
#include "platformd/snapshot.h"
#include "platformd/waiting.h"

void queries_me(struct request *request)
{
    request->answer = registry_candidate(request->platform, request->exam_no);
}

/* The version asked for, or the one that this candidate would apply with. */
static struct plan *plan_asked(struct request *request, const char *major)
{
    const char *asked = exchange_query(request->exchange, "version");
    g_autofree char *version =
        asked ? g_strdup(asked) : registry_plan_version(request->platform, request->exam_no, major);
    struct plan *plan = version ? registry_plan(request->platform, major, version) : NULL;
    if (!plan)
        request_refuse(request, 404, "platform.plan_unknown", "major");
    return plan;
}

void queries_plan(struct request *request)
{
    request->answer = plan_asked(request, request->argument);
}

/* From recorded results alone: advice, never a condition (R3, R4). */
void queries_eligibility(struct request *request)
{
    const char *major = exchange_query(request->exchange, "major");
    if (!major) {
        request_refuse(request, 422, "platform.bad_field", "major");
        return;
    }
    struct plan *plan = plan_asked(request, major);
    if (!plan)
        return;
    GPtrArray *results = registry_results(request->platform, request->exam_no);
    request->answer = eligibility_judge(
        &(struct eligibility_case){.plan = plan, .results = results, .policy = request->platform->policy}, message_text,
        request->platform->messages);
    record_list_free(&result_record, results);
    record_free(&plan_record, plan);
}

/* ---------------------------------------------------------------- the snapshot */

static void answer_waiter(struct platform *platform, struct exchange *exchange, const char *exam_no,
                          enum waiting_end why)
{
    struct application *snapshot = NULL;
    switch (why) {
    case WAITING_CHANGED:
        database_forget_faults(platform->db);
        snapshot = snapshot_new(platform, exam_no);
        if (database_spoiled(platform->db))
            routes_reply_error(platform, exchange, "GET /v1/application", 500, "platform.storage", NULL);
        else
            routes_reply(platform, exchange, API_APPLICATION, 200, snapshot);
        record_free(&application_record, snapshot);
        break;
    case WAITING_UNCHANGED:
        routes_reply(platform, exchange, API_APPLICATION, 304, NULL);
        break;
    case WAITING_CLOSING:
        routes_reply_error(platform, exchange, "GET /v1/application", 503, "platform.closing", NULL);
        break;
    }
}

/* A whole number of the query within 0..most; `otherwise` when absent. False refuses. */
static bool query_number(struct request *request, const char *name, gint64 most, gint64 *ret_number, gint64 otherwise)
{
    const char *given = exchange_query(request->exchange, name);
    *ret_number = otherwise;
    if (!given || g_ascii_string_to_signed(given, 10, 0, most, ret_number, NULL))
        return true;
    request_refuse(request, 422, "platform.bad_field", name);
    return false;
}

void queries_application(struct request *request)
{
    struct platform *platform = request->platform;
    gint64 after = -1, wait = 0;
    if (!query_number(request, "after", G_MAXINT64, &after, -1) ||
        !query_number(request, "wait", WAITING_MAX_S, &wait, 0))
        return;
    if (after < 0 || platform_version(platform, request->exam_no) != after) {
        request->answer = snapshot_new(platform, request->exam_no);
        return;
    }
    request->later = true;
    if (wait == 0)
        routes_reply(platform, request->exchange, API_APPLICATION, 304, NULL);
    else
        waiting_add(platform, request->exchange, request->exam_no, (unsigned)wait * 1000, answer_waiter);
}

/* ---------------------------------------------------------------- liveness */

void queries_health(struct request *request)
{
    static const char ok[] = "{\"status\":\"ok\"}";
    if (database_integer(request->platform->db, "SELECT count(*) FROM facts", WITHOUT, -1) < 0) {
        request_refuse(request, 503, "platform.storage", NULL);
        return;
    }
    request->raw = g_bytes_new_static(ok, sizeof ok - 1);
    request->raw_type = "application/json; charset=utf-8";
}
