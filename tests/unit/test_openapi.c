/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tests' own measure: what openapi.yaml says is found, and JSON that is not what a schema says is noticed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "openapi.h"

static json_t *json(const char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    if (!value)
        fail_msg("not JSON: %s", text);
    return value;
}

#define OBJECT                                                                                                         \
    "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"integer\"},"                          \
    "\"b\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":2}}}}"

static void faults_are_noticed(void **state)
{
    (void)state;
    static const struct {
        const char *schema, *value, *fault; /* NULL = sound */
    } cases[] = {
        {"{\"type\":\"integer\",\"minimum\":0,\"maximum\":2}", "2", NULL},
        {"{\"type\":\"integer\",\"minimum\":0}", "-1", "(all): below 0"},
        {"{\"type\":\"integer\",\"maximum\":2}", "3", "(all): above 2"},
        {"{\"type\":\"integer\"}", "\"3\"", "(all): is no integer"},
        {"{\"type\":\"integer\"}", "3.5", "(all): is no integer"},
        {"{\"type\":\"string\"}", "null", "(all): is no string"},
        {"{\"type\":\"string\",\"maxLength\":2}", "\"王𬎆\"", NULL}, /* characters, not bytes */
        {"{\"type\":\"string\",\"minLength\":1}", "\"\"", "(all): below 1"},
        {"{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}", "\"b\"", NULL},
        {"{\"type\":\"string\",\"enum\":[\"a\",\"b\"]}", "\"c\"", "(all): is none of the words"},
        {"{\"type\":\"string\",\"pattern\":\"^[0-9]{5}$\"}", "\"0014\"", "(all): is not like ^[0-9]{5}$"},
        {"{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-12-01T08:00:00+08:00\"", NULL},
        {"{\"type\":\"string\",\"format\":\"date-time\"}", "\"2026-12-01T00:00:00Z\"", "(all): is no such time"},
        {"{\"type\":\"array\",\"maxItems\":1,\"items\":{\"type\":\"boolean\"}}", "[true,false]", "(all): above 1"},
        {OBJECT, "{\"a\":1,\"b\":[\"xy\"]}", NULL},
        {OBJECT, "{\"b\":[]}", "(all): lacks a"},
        {OBJECT, "{\"a\":1,\"b\":[\"x\",\"xyz\"]}", "b[1]: above 2"},
        {OBJECT, "{\"a\":1,\"c\":1}", "c: is not documented"},
        {OBJECT, "{\"a\":1,\"b\":null}", "b: is no array"},
        {OBJECT, "[]", "(all): is no object"},
        {"{\"type\":\"string\",\"uniqueItems\":true}", "\"\"", "(all): the schema's \"uniqueItems\" is unknown here"},
        {"{\"$ref\":\"#/components/schemas/Level\"}", "\"本科\"", NULL},
        {"{\"$ref\":\"#/components/schemas/Level\"}", "\"硕士\"", "(all): is none of the words"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        json_t *schema = json(cases[i].schema), *value = json(cases[i].value);
        g_autofree char *fault = openapi_fault(schema, value, false);
        if (g_strcmp0(fault, cases[i].fault) != 0)
            fail_msg("%s with %s: %s", cases[i].schema, cases[i].value, fault ? fault : "sound");
        json_decref(schema);
        json_decref(value);
    }
}

static void null_stands_for_absent_in_requests(void **state)
{
    (void)state;
    json_t *schema = json(OBJECT), *value = json("{\"a\":1,\"b\":null}");
    assert_null(openapi_fault(schema, value, true));
    json_decref(schema);
    json_decref(value);
}

static void calls_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *method, *path, *template; /* NULL = no such path */
        bool known;
    } cases[] = {
        {"GET", "/v1/me", "/v1/me", true},
        {"PATCH", "/v1/me", "/v1/me", false},
        {"GET", "/v1/plans/120402", "/v1/plans/{major}", true},
        {"GET", "/v1/plans/", NULL, false},
        {"GET", "/v1/plans/a/b", NULL, false},
        {"GET", "/V1/ME", NULL, false},
        {"POST", "/P/PAY/BY123", "/p/pay/{order}", true},
        {"GET", "/nowhere", NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *template;
        const json_t *operation = openapi_operation(cases[i].method, cases[i].path, &template);
        assert_int_equal(operation != NULL, cases[i].known);
        if (g_strcmp0(template, cases[i].template) != 0)
            fail_msg("%s is %s", cases[i].path, template ? template : "unknown");
    }
}

/* One answer that stands there itself, one that comes by "<<", and one that does not exist. */
static void answers_are_found(void **state)
{
    (void)state;
    const char *template;
    const json_t *order = openapi_operation("POST", "/v1/application/order", &template);
    const json_t *taken = openapi_response(order, 200), *stale = openapi_response(order, 412);
    assert_non_null(taken);
    assert_non_null(stale);
    assert_null(openapi_response(order, 418));
    json_t *amount = json_object_get(openapi_schema(taken, "application/json; charset=utf-8"), "properties");
    assert_non_null(json_object_get(amount, "amount_fen"));
    assert_null(openapi_schema(taken, "text/html"));
    assert_non_null(openapi_schema(stale, "application/json"));
}

static void count(const char *method, const char *path, int status, gpointer data)
{
    assert_true(*method >= 'A' && *method <= 'Z' && *path == '/' && status >= 200 && status < 600);
    ++*(int *)data;
}

static void all_answers_are_listed(void **state)
{
    (void)state;
    int n = 0;
    openapi_answers(count, &n);
    assert_true(n > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_noticed),     cmocka_unit_test(null_stands_for_absent_in_requests),
        cmocka_unit_test(calls_are_found),        cmocka_unit_test(answers_are_found),
        cmocka_unit_test(all_answers_are_listed),
    };
    return cmocka_run_group_tests_name("openapi", tests, NULL, NULL);
}
