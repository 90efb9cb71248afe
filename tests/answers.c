/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "openapi.h"

struct answer {
    const char *method;
    char *path;           /* without address and query */
    const char *template; /* "/v1/plans/{major}"; NULL = not documented */
    const json_t *operation;
    const struct reply *reply;
};

/* ---------------------------------------------------------------- noting */

static void note(const struct answer *answer)
{
    const char *folder = g_getenv("TEST_ANSWERS");
    if (!folder)
        return;
    g_autofree char *path = g_strdup_printf("%s/%s.answers", folder, program_invocation_short_name);
    FILE *file = fopen(path, "ae");
    if (!file)
        fail_msg("%s cannot be written", path);
    (void)fprintf(file, "%s %s %d\n", answer->method, answer->template, answer->reply->status);
    (void)fclose(file);
}

/* ---------------------------------------------------------------- the parts of an answer */

/* The value of a header, or NULL; newly allocated. The last head counts: 100 Continue has one too. */
static char *header(const struct reply *reply, const char *name)
{
    g_autofree char *pattern = g_strdup_printf("(?i)^%s: *([^\r\n]*)", name);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(regex, reply->headers, 0, &match) ? g_match_info_fetch(match, 1) : NULL;
}

static void fail_answer(const struct answer *answer, const char *what)
{
    fail_msg("%s %s %d: not as openapi.yaml says: %s\n%.300s", answer->method, answer->path, answer->reply->status,
             what, answer->reply->body);
}

static void check_json(const struct answer *answer, const json_t *schema, const char *text, gsize length, bool request)
{
    json_error_t error;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    g_autofree char *wrong = json ? openapi_fault(schema, json, request) : g_strdup(error.text);
    json_decref(json);
    if (wrong)
        fail_answer(answer, wrong);
}

static void check_headers(const struct answer *answer, const json_t *response)
{
    const char *name;
    json_t *described;
    json_object_foreach(json_object_get(response, "headers"), name, described)
    {
        g_autofree char *value = header(answer->reply, name);
        if (!value)
            fail_answer(answer, name);
    }
}

static void check_body(const struct answer *answer, const json_t *response)
{
    const struct reply *reply = answer->reply;
    g_autofree char *type = header(reply, "Content-Type");
    if (!json_object_get(response, "content")) {
        if (reply->length > 0)
            fail_answer(answer, "a body");
        return;
    }
    const json_t *schema = openapi_schema(response, type ? type : "");
    if (!schema)
        fail_answer(answer, type ? type : "no media type");
    if (g_str_has_prefix(type, "application/json"))
        check_json(answer, schema, reply->body, reply->length, false);
}

/* What was taken must be what may be sent. */
static void check_request(const struct answer *answer, const void *sent, gsize length)
{
    const json_t *body = json_object_get(answer->operation, "requestBody");
    const json_t *schema = body ? openapi_schema(body, "application/json") : NULL;
    if (answer->reply->status / 100 == 2 && schema)
        check_json(answer, schema, sent, length, true);
}

/* ---------------------------------------------------------------- what may come on every path */

/* HTTP that is none, or too much of it, is refused before anybody knows which call it is, and not in JSON. */
static bool beneath(int status)
{
    return status == 400 || status == 414 || status == 431;
}

static bool everywhere(const struct answer *answer)
{
    int status = answer->reply->status;
    /* Too large, the platform is ending; what cannot be read. */
    if (status == 413 || status == 503 || (status == 500 && strcmp(answer->method, "GET") == 0))
        return true;
    return answer->template ? !answer->operation && status == 405 : status == 404;
}

static void check_undocumented(const struct answer *answer)
{
    const json_t *components = json_object_get(openapi_document(), "components");
    const json_t *error = json_object_get(json_object_get(components, "responses"), "Error");
    if (beneath(answer->reply->status) && !strstr(answer->reply->headers, "application/json"))
        return;
    if (!everywhere(answer))
        fail_answer(answer, answer->operation ? "the status" : "the call");
    if (g_ascii_strncasecmp(answer->path, "/p/", 3) != 0) /* a phone is told in HTML */
        check_body(answer, error);
}

static char *path_of(const char *address)
{
    const char *host = strstr(address, "://");
    const char *path = host ? strchr(host + 3, '/') : address;
    return g_strndup(path ? path : "/", strcspn(path ? path : "/", "?"));
}

static void check(const struct answer *answer, const void *sent, gsize length)
{
    const json_t *response = openapi_response(answer->operation, answer->reply->status);
    if (!response) {
        check_undocumented(answer);
        return;
    }
    check_headers(answer, response);
    check_body(answer, response);
    check_request(answer, sent, length);
    note(answer);
}

void answers_check(const char *method, const char *address, const void *sent, gsize length, const struct reply *reply)
{
    if (reply->status == 0) /* no answer at all: the test says whether that may be */
        return;
    g_autofree char *path = path_of(address);
    struct answer answer = {.method = method, .path = path, .reply = reply};
    answer.operation = openapi_operation(method, path, &answer.template);
    check(&answer, sent, length);
}
