/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platformd/database.h"
#include "wire/json.h"

struct reply *clerk_login(const struct desk *desk, const char *staff_no, const char *password)
{
    struct api_staff_login login = {(char *)staff_no, (char *)password};
    g_autofree char *body = wire_write(&api_staff_login_record, &login);
    return desk_call(desk, "POST", "/v1/staff/sessions", NULL, body, strlen(body));
}

struct clerk *clerk_new(struct desk *desk, const char *staff_no)
{
    struct clerk *clerk = g_new0(struct clerk, 1);
    struct reply *reply = clerk_login(desk, staff_no, DESK_PASSWORD);
    assert_int_equal(reply->status, 200);
    struct api_token *token = wire_read(&api_token_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(token);
    clerk->desk = desk;
    clerk->token = g_strdup(token->token);
    record_free(&api_token_record, token);
    reply_free(reply);
    return clerk;
}

void clerk_free(struct clerk *clerk)
{
    g_free(clerk->token);
    record_free(&api_review_record, clerk->now);
    g_free(clerk);
}

/* ---------------------------------------------------------------- calls */

static void remember(struct clerk *clerk, const struct reply *reply)
{
    g_autoptr(GError) error = NULL;
    if (reply->status != 200 || !g_str_has_prefix(reply->body, "{\"id\":"))
        return;
    struct api_review *review = wire_read(&api_review_record, reply->body, reply->length, WIRE_STRICT, NULL, &error);
    if (!review)
        fail_msg("not a review: %s", error->message);
    record_free(&api_review_record, clerk->now);
    clerk->now = review;
}

struct reply *clerk_send(struct clerk *clerk, const char *method, const char *path, const char *key, int64_t version,
                         const char *body)
{
    g_autofree char *bearer = g_strconcat("Authorization: Bearer ", clerk->token, NULL);
    g_autofree char *idempotency = key ? g_strconcat("Idempotency-Key: ", key, NULL) : NULL;
    g_autofree char *match = g_strdup_printf("If-Match: %" G_GINT64_FORMAT, version);
    const char *headers[4] = {bearer, NULL, NULL, NULL};
    size_t n = 1;
    if (version >= 0)
        headers[n++] = match;
    if (idempotency)
        headers[n++] = idempotency;
    struct reply *reply = desk_call(clerk->desk, method, path, headers, body, body ? strlen(body) : 0);
    remember(clerk, reply);
    return reply;
}

struct reply *clerk_call(struct clerk *clerk, const char *method, const char *path, const char *body)
{
    g_autofree char *key = g_strdup_printf("key-%u-%.8s", clerk->keys++, clerk->token);
    return clerk_send(clerk, method, path, key, clerk->now ? clerk->now->application->version : -1, body);
}

static void assert_status(const struct reply *reply, const char *method, const char *path, int status)
{
    if (reply->status != status)
        print_error("%s %s: %d %s\n", method, path, reply->status, reply->body);
    assert_int_equal(reply->status, status);
}

void clerk_must(struct clerk *clerk, const char *method, const char *path, const char *body, int status)
{
    struct reply *reply = clerk_call(clerk, method, path, body);
    assert_status(reply, method, path, status);
    reply_free(reply);
}

void clerk_refused(struct clerk *clerk, const char *method, const char *path, const char *body, int status,
                   const char *code)
{
    struct reply *reply = clerk_call(clerk, method, path, body);
    reply_assert(reply, status, code);
    reply_free(reply);
}

struct api_reviews *clerk_list(struct clerk *clerk, const char *query)
{
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews%s%s", *query ? "?" : "", query);
    struct reply *reply = clerk_call(clerk, "GET", path, NULL);
    assert_status(reply, "GET", path, 200);
    struct api_reviews *list = wire_read(&api_reviews_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(list);
    reply_free(reply);
    return list;
}

void clerk_find(struct clerk *clerk, const char *exam_no)
{
    g_autofree char *query = g_strconcat("exam_no=", exam_no, NULL);
    struct api_reviews *list = clerk_list(clerk, query);
    assert_true(list->reviews->len > 0);
    const struct api_review_line *newest = list->reviews->pdata[list->reviews->len - 1];
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT, newest->id);
    clerk_must(clerk, "GET", path, NULL, 200);
    record_free(&api_reviews_record, list);
}

void clerk_look(struct clerk *clerk)
{
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT, clerk->now->id);
    clerk_must(clerk, "GET", path, NULL, 200);
}

/* ---------------------------------------------------------------- decisions */

struct reply *clerk_try(struct clerk *clerk, const char *kind, const char *decision, const char *reason,
                        const char *major)
{
    struct api_decision asked = {
        .decision = strcmp(decision, "approve") == 0 ? DECISION_APPROVE : DECISION_REJECT,
        .reason = (char *)reason,
        .major = (char *)major,
    };
    g_autofree char *body = wire_write(&api_decision_record, &asked);
    g_autofree char *path = g_strdup_printf("/v1/staff/%s/%" G_GINT64_FORMAT "/decision", kind, clerk->now->id);
    return clerk_call(clerk, "POST", path, body);
}

void clerk_decide(struct clerk *clerk, const char *kind, const char *decision, const char *reason, const char *major)
{
    struct reply *reply = clerk_try(clerk, kind, decision, reason, major);
    assert_status(reply, kind, decision, 200);
    reply_free(reply);
}

void clerk_cannot_decide(struct clerk *clerk, const char *kind, const char *decision, const char *reason,
                         const char *major, int status, const char *code)
{
    struct reply *reply = clerk_try(clerk, kind, decision, reason, major);
    reply_assert(reply, status, code);
    reply_free(reply);
}

void clerk_step(struct clerk *clerk, const char *path, int status)
{
    g_auto(GStrv) parts = g_strsplit(path, "%d", 2);
    g_autofree char *full =
        g_strdup_printf("/v1/staff/%s%" G_GINT64_FORMAT "%s", parts[0], clerk->now->id, parts[1] ? parts[1] : "");
    clerk_must(clerk, "POST", full, NULL, status);
}

bool clerk_may(const struct clerk *clerk, enum application_event event)
{
    for (guint i = 0; i < clerk->now->may->len; i++)
        if (strcmp(clerk->now->may->pdata[i], application_event_words[event]) == 0)
            return true;
    return false;
}

/* ---------------------------------------------------------------- people for whom no call is needed */

void clerk_sql(const struct desk *desk, const char *const statements[])
{
    g_autofree char *path = g_build_filename(desk_folder(desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    assert_true(database_begin(db));
    for (size_t i = 0; statements[i]; i++)
        if (!database_run(db, statements[i], WITHOUT))
            fail_msg("refused: %s", statements[i]);
    assert_true(database_commit(db));
    database_close(db);
}

#define HARD_PLAN(code, name)                                                                                                  \
    "INSERT INTO plans VALUES ('" code "', 'new', '" name "', '专科', '山西大学', 0, 0, 0, 0)",                                \
        "INSERT INTO plan_courses VALUES ('" code "', 'new', '99999', '没有人合格的课程', 4, '必考', NULL, 0, 0, 1," \
        " '', NULL, 0)"

void clerk_add_majors(const struct desk *desk, const char *exam_no)
{
    static const char *const plans[] = {
        HARD_PLAN(CLERK_HARD_MAJOR, "法律"), HARD_PLAN(CLERK_HARD_SECOND, "会计"),
        "INSERT INTO plans VALUES ('" CLERK_EASY_MAJOR "', 'new', '文秘', '专科', '山西大学', 0, 0, 0, 0)", NULL};
    static const char *const majors[] = {CLERK_HARD_MAJOR, CLERK_HARD_SECOND, CLERK_EASY_MAJOR};
    clerk_sql(desk, plans);
    for (int i = 0; i < (int)G_N_ELEMENTS(majors); i++) {
        g_autofree char *sql =
            g_strdup_printf("INSERT INTO candidate_majors VALUES ('%s', %d, '%s', 'new')", exam_no, 10 + i, majors[i]);
        const char *const one[] = {sql, NULL};
        clerk_sql(desk, one);
    }
}

void clerk_submit(struct guest *guest, const char *const majors[], const char *county, enum application_state state)
{
    g_autoptr(GString) body = g_string_new("{\"majors\":[");
    for (size_t i = 0; majors[i]; i++)
        g_string_append_printf(body, "%s{\"code\":\"%s\",\"version\":\"new\"}", i ? "," : "", majors[i]);
    g_string_append_printf(body, "],\"county\":\"%s\"}", county);
    if (guest->now->state == STATE_NONE)
        guest_must(guest, "POST", "/v1/application", NULL, 200);
    guest_must(guest, "PUT", "/v1/application/majors", body->str, 200);
    if (guest->now->prior_degree->state != PRIOR_NOT_REQUIRED) {
        g_autofree char *address = guest_start_degree(guest);
        reply_free(desk_phone(address, "action=authorise"));
        guest_look(guest);
    }
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, state);
}
