/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/routes.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "platformd/accounts.h"
#include "platformd/added_courses.h"
#include "platformd/applications.h"
#include "platformd/courses.h"
#include "platformd/decisions.h"
#include "platformd/degree.h"
#include "platformd/drafts.h"
#include "platformd/idempotency.h"
#include "platformd/logins.h"
#include "platformd/metrics.h"
#include "platformd/orders.h"
#include "platformd/people.h"
#include "platformd/phone_pages.h"
#include "platformd/photos.h"
#include "platformd/queries.h"
#include "platformd/receipts.h"
#include "platformd/registration.h"
#include "platformd/reviews.h"
#include "platformd/server.h"
#include "platformd/staff.h"
#include "wire/json.h"

#define JSON      "application/json; charset=utf-8"
#define PHONE_MAX 4096 /* bytes of a form of the phone pages */
/* Bytes of a body that are read of anybody; more only of who has a session. */
#define LARGE_MAX (64 * 1024)

static const request_fn handlers[API_CALLS] = {
    [API_REGISTER] = accounts_register,
    [API_LOGIN] = people_login,
    [API_LOGOUT] = people_logout,
    [API_ME] = queries_me,
    [API_PLAN] = queries_plan,
    [API_COURSE] = courses_get,
    [API_ELIGIBILITY] = queries_eligibility,
    [API_APPLICATION] = queries_application,
    [API_START] = applications_start,
    [API_MAJORS] = applications_majors,
    [API_SUBSTITUTION] = applications_substitution,
    [API_ADDED_COURSES] = added_courses_put,
    [API_PUT_ARCHIVE] = added_courses_put_archive,
    [API_CLEAR_ARCHIVE] = added_courses_clear,
    [API_PRIOR_DEGREE] = degree_start,
    [API_PRIOR_DEGREE_MANUAL] = degree_to_county,
    [API_SUBMIT] = applications_submit,
    [API_REAPPLY] = applications_reapply,
    [API_PUT_PHOTO] = photos_put,
    [API_GET_PHOTO] = photos_get,
    [API_PHOTO_MANUAL] = photos_to_county,
    [API_CREATE_ORDER] = orders_create,
    [API_ORDER] = orders_get,
    [API_RECEIPT] = receipts_get,
    [API_PUT_FORM] = registration_put,
    [API_PRINTS] = registration_record_print,
    [API_GET_DRAFT] = drafts_get,
    [API_PUT_DRAFT] = drafts_put,
    [API_DELETE_DRAFT] = drafts_delete,
    [API_STAFF_LOGIN] = staff_login,
    [API_STAFF_LOGOUT] = staff_logout,
    [API_STAFF_ME] = staff_me,
    [API_REVIEWS] = reviews_list,
    [API_REVIEW] = reviews_get,
    [API_REVIEW_DECISION] = decisions_review,
    [API_STAFF_ARCHIVE] = reviews_archive,
    [API_STAFF_PHOTO] = reviews_photo,
    [API_PHOTO_DECISION] = decisions_photo,
    [API_PRIOR_DEGREE_DECISION] = decisions_prior_degree,
    [API_HAND_IN] = decisions_hand_in,
    [API_JOINT_START] = decisions_joint_start,
    [API_JOINT_DECISION] = decisions_joint,
    [API_CERTIFICATE_READY] = decisions_certificate_ready,
    [API_CERTIFICATE_COLLECTED] = decisions_certificate_collected,
    [API_HEALTH] = queries_health,
};

/* ---------------------------------------------------------------- answers */

/* "GET /v1/me": how metrics and logs name a call; constant per entry, never what a client sent. */
static void count(struct platform *platform, const char *label, unsigned status)
{
    metrics_count(platform->metrics, label, status);
}

static void label_of(const struct api_entry *entry, char label[128])
{
    (void)g_snprintf(label, 128, "%s %s", entry->method, entry->path);
}

static void send_text(struct platform *platform, struct exchange *exchange, const char *label, unsigned status,
                      const char *json)
{
    g_autoptr(GBytes) body = json ? g_bytes_new(json, strlen(json)) : NULL;
    count(platform, label, status);
    exchange_add_header(exchange, "Cache-Control", "no-store");
    exchange_add_header(exchange, "X-Content-Type-Options", "nosniff");
    exchange_reply(exchange, status, json ? JSON : NULL, body);
}

void routes_reply_error(struct platform *platform, struct exchange *exchange, const char *label, unsigned status,
                        const char *key, const char *field)
{
    const char *short_key = g_str_has_prefix(key, "platform.") ? key + strlen("platform.") : key;
    g_autofree char *code = g_strdelimit(g_strdup(short_key), ".", '_');
    struct api_failure failure = {.code = code, .message = (char *)platform_say(platform, key), .field = (char *)field};
    struct api_error error = {.error = &failure};
    g_autofree char *json = wire_write(&api_error_record, &error);
    if (status == 401)
        exchange_add_header(exchange, "WWW-Authenticate", "Bearer");
    send_text(platform, exchange, label, status, json);
}

void routes_reply(struct platform *platform, struct exchange *exchange, enum api_call call, unsigned status,
                  const void *answer)
{
    char label[128];
    label_of(&api_entries[call], label);
    g_autofree char *json = answer ? wire_write(api_entries[call].answer, answer) : NULL;
    send_text(platform, exchange, label, status, json);
}

void request_refuse(struct request *request, unsigned status, const char *key, const char *field)
{
    if (request->refused_status != 0)
        return;
    request->refused_status = status;
    request->refused_key = key;
    request->refused_field = g_strdup(field);
}

bool request_refused(struct request *request, const char *key)
{
    if (key)
        request_refuse(request, 409, key, NULL);
    return key != NULL;
}

/* Nothing that was read of a broken disk is an answer, whatever the rules made of it; nor is it a refusal. */
static void refuse_spoiled(struct request *request)
{
    if (request->later || request->refused_status >= 500 || !database_spoiled(request->platform->db))
        return;
    request->refused_status = 0;
    g_clear_pointer(&request->refused_field, g_free);
    request_refuse(request, 500, "platform.storage", NULL);
}

/* ---------------------------------------------------------------- before the handler */

/* A candidate's token is nothing at the calls of staff, and the other way round. */
static bool find_session(struct request *request)
{
    const char *token = logins_token(request->exchange);
    if (token && request->entry->flags & API_STAFF)
        request->staff = staff_of_token(request->platform, token);
    else if (token)
        request->exam_no = people_of_token(request->platform, token);
    if (request->staff || request->exam_no)
        return true;
    request_refuse(request, 401, "platform.session_missing", NULL);
    return false;
}

/* {id} of staff's calls. An application of another county is to them as one that does not exist. */
static bool find_application(struct request *request)
{
    guint64 id = 0;
    if (!(request->entry->flags & API_STAFF) || !request->argument)
        return true;
    if (g_ascii_string_to_unsigned(request->argument, 10, 1, G_MAXINT64, &id, NULL))
        request->exam_no = staff_sees(request->platform, request->staff, (int64_t)id);
    if (!request->exam_no)
        request_refuse(request, 404, "staff.no_application", NULL);
    request->application = (int64_t)id;
    return request->exam_no != NULL;
}

/* Under whose name an answer is kept: numbers of staff are apart from those of candidates. */
static char *actor_of(const struct request *request)
{
    return request->staff ? g_strconcat("staff:", request->staff->staff_no, NULL) : g_strdup(request->exam_no);
}

static bool read_body(struct request *request)
{
    const struct record_type *type = request->entry->request;
    g_autofree char *field = NULL;
    g_autoptr(GError) error = NULL;
    if (!type)
        return true;
    gsize n = 0;
    const char *json = g_bytes_get_data(exchange_body(request->exchange), &n);
    request->body = wire_read(type, json ? json : "", n, WIRE_STRICT, &field, &error);
    if (request->body)
        return true;
    if (g_error_matches(error, WIRE_ERROR, WIRE_ERROR_FIELD))
        request_refuse(request, 422, "platform.bad_field", field);
    else
        request_refuse(request, 400, "platform.bad_json", NULL);
    return false;
}

/* If-Match: 7 or "7". */
static bool check_version(struct request *request)
{
    const char *header = exchange_header(request->exchange, "If-Match");
    if (!(request->entry->flags & API_VERSIONED))
        return true;
    if (!header) {
        request_refuse(request, 428, "platform.version_missing", NULL);
        return false;
    }
    bool quoted = header[0] == '"' && g_str_has_suffix(header, "\"") && strlen(header) > 2;
    g_autofree char *number = quoted ? g_strndup(header + 1, strlen(header) - 2) : g_strdup(header);
    gint64 version = 0;
    if (g_ascii_string_to_signed(number, 10, 0, G_MAXINT64, &version, NULL) &&
        version == platform_version(request->platform, request->exam_no))
        return true;
    request_refuse(request, 412, "platform.version_stale", NULL);
    return false;
}

/* ---------------------------------------------------------------- the answer of a handler */

static void send_request(struct request *request, const char *label, unsigned status, const char *json)
{
    struct platform *platform = request->platform;
    if (request->refused_status != 0) {
        routes_reply_error(platform, request->exchange, label, request->refused_status, request->refused_key,
                           request->refused_field);
    } else if (request->raw) {
        count(platform, label, 200);
        exchange_add_header(request->exchange, "Cache-Control", "no-store");
        exchange_add_header(request->exchange, "X-Content-Type-Options", "nosniff");
        exchange_reply(request->exchange, 200, request->raw_type, request->raw);
    } else {
        send_text(platform, request->exchange, label, status, json);
    }
}

static unsigned encode(const struct request *request, char **ret_json)
{
    *ret_json = request->answer ? wire_write(request->entry->answer, request->answer) : NULL;
    return request->answer ? 200 : 204;
}

/* What could not be read is not told as if it were not there. */
static void read_in_transaction(struct request *request)
{
    struct database *db = request->platform->db;
    bool reading = database_begin_reading(db);
    if (reading)
        handlers[request->entry->call](request);
    if ((!reading || !database_commit(db)) && !request->later)
        request_refuse(request, 500, "platform.storage", NULL);
}

static void run_read(struct request *request, const char *label)
{
    g_autofree char *json = NULL;
    if (strcmp(request->entry->method, "GET") == 0)
        read_in_transaction(request);
    else
        handlers[request->entry->call](request);
    if (request->later)
        return;
    refuse_spoiled(request);
    unsigned status = encode(request, &json);
    send_request(request, label, status, json);
}

/* Same key: the first answer again, or 409 when it now stands for something else. True when that is the end of it. */
static bool repeated(struct request *request, const char *actor, const char *key, const char *hash,
                     unsigned *ret_status, char **ret_json)
{
    switch (idempotency_find(request->platform, actor, key, hash, ret_status, ret_json)) {
    case IDEMPOTENCY_SAME:
        return true;
    case IDEMPOTENCY_OTHER:
        request_refuse(request, 409, "platform.key_reused", NULL);
        return true;
    case IDEMPOTENCY_NEW:
        break;
    }
    return false;
}

/* Everything between BEGIN and COMMIT. */
static unsigned write_in_transaction(struct request *request, const char *key, char **ret_json)
{
    unsigned status = 0;
    g_autofree char *hash = idempotency_request(request->platform, request->exchange);
    g_autofree char *actor = actor_of(request);
    if (!find_application(request) || repeated(request, actor, key, hash, &status, ret_json) || !read_body(request) ||
        !check_version(request))
        return status;
    handlers[request->entry->call](request);
    if (request->refused_status != 0)
        return 0;
    status = encode(request, ret_json);
    idempotency_keep(request->platform, actor, key, hash, status, *ret_json,
                     request->staff ? IDEMPOTENCY_STAFF_KEEP_S : IDEMPOTENCY_KEEP_S);
    return status;
}

static void run_write(struct request *request, const char *label)
{
    struct platform *platform = request->platform;
    g_autofree char *json = NULL;
    unsigned status = 0;
    const char *key = exchange_header(request->exchange, "Idempotency-Key");
    if (!key || !*key || strlen(key) > IDEMPOTENCY_KEY_MAX || !text_is_clean(key, IDEMPOTENCY_KEY_MAX, TEXT_LINE)) {
        request_refuse(request, 400, "platform.key_missing", NULL);
    } else if (!platform_begin(platform)) {
        request_refuse(request, 503, "platform.busy", NULL);
    } else {
        status = write_in_transaction(request, key, &json);
        refuse_spoiled(request);
        if (request->refused_status != 0)
            platform_rollback(platform);
        else if (!platform_commit(platform))
            request_refuse(request, 500, "platform.storage", NULL);
    }
    send_request(request, label, status, json);
}

/* ---------------------------------------------------------------- the exchange */

static void request_clear(struct request *request)
{
    record_free(request->entry->request, (void *)request->body);
    record_free(request->entry->answer, request->answer);
    g_clear_pointer(&request->raw, g_bytes_unref);
    g_free(request->refused_field);
    record_free(&api_staff_record, request->staff);
    g_free(request->exam_no);
    g_free(request->argument);
}

static bool is_large(const struct api_entry *entry)
{
    return entry->flags & API_SESSION && entry->request_max > LARGE_MAX;
}

/* Of a stranger's photo or archive nothing was kept: what is wrong with it is first that nobody knows who sends it. */
static bool let_in(struct request *request)
{
    bool too_large = exchange_too_large(request->exchange);
    if (too_large && !is_large(request->entry))
        request_refuse(request, 413, "platform.too_large", NULL);
    else if (request->entry->flags & API_SESSION && !find_session(request))
        return false;
    else if (too_large)
        request_refuse(request, 413, "platform.too_large", NULL);
    return !too_large;
}

static void run(struct request *request)
{
    char label[128];
    label_of(request->entry, label);
    database_forget_faults(request->platform->db);
    if (let_in(request)) {
        database_forget_faults(request->platform->db); /* that a session was used is only a note */
        if (request->entry->flags & API_WRITE) {
            run_write(request, label);
            return;
        }
        if (find_application(request) && read_body(request)) {
            run_read(request, label);
            return;
        }
    }
    refuse_spoiled(request);
    send_request(request, label, 0, NULL);
}

static void handle_metrics(struct platform *platform, struct exchange *exchange)
{
    g_autoptr(GBytes) text = metrics_text(platform);
    count(platform, "GET /metrics", 200);
    exchange_reply(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", text);
}

/* "GET, PUT": what the path answers to. */
static void refuse_unknown(struct platform *platform, struct exchange *exchange, bool path_known)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "DELETE"};
    g_autoptr(GString) allowed = g_string_new(NULL);
    for (size_t i = 0; path_known && i < G_N_ELEMENTS(methods); i++) {
        g_autofree char *argument = NULL;
        bool ignored;
        if (api_match(methods[i], exchange_path(exchange), &argument, &ignored))
            g_string_append_printf(allowed, "%s%s", allowed->len ? ", " : "", methods[i]);
    }
    if (path_known)
        exchange_add_header(exchange, "Allow", allowed->str);
    routes_reply_error(platform, exchange, "other", path_known ? 405 : 404,
                       path_known ? "platform.method_unknown" : "platform.path_unknown", NULL);
}

static bool is_stranger(struct platform *platform, const struct api_entry *entry, const struct exchange *exchange)
{
    struct request asked = {.platform = platform, .entry = entry, .exchange = (struct exchange *)exchange};
    bool known = find_session(&asked);
    record_free(&api_staff_record, asked.staff);
    g_free(asked.exam_no);
    return !known;
}

gsize routes_limit(const struct exchange *exchange, gpointer platform)
{
    g_autofree char *argument = NULL;
    bool known;
    const char *path = exchange_path(exchange);
    const struct api_entry *entry = api_match(exchange_method(exchange), path, &argument, &known);
    if (!entry)
        return phone_pages_own(path) ? PHONE_MAX : 0;
    return is_large(entry) && is_stranger(platform, entry, exchange) ? LARGE_MAX : entry->request_max;
}

void routes_handle(struct exchange *exchange, gpointer data)
{
    struct platform *platform = data;
    struct request request = {.platform = platform, .exchange = exchange};
    bool path_known = false;
    const char *path = exchange_path(exchange), *method = exchange_method(exchange);
    request.entry = api_match(method, path, &request.argument, &path_known);
    if (platform->closing) {
        routes_reply_error(platform, exchange, "other", 503, "platform.closing", NULL);
        g_free(request.argument);
    } else if (request.entry) {
        run(&request);
        request_clear(&request);
    } else if (phone_pages_own(path)) {
        phone_pages_handle(platform, exchange);
    } else if (strcmp(path, "/metrics") == 0 && strcmp(method, "GET") == 0) {
        handle_metrics(platform, exchange);
    } else {
        refuse_unknown(platform, exchange, path_known);
    }
}
