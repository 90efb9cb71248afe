/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/application.h"
#include "graduation/photo_rules.h"
#include "wire/api.h"
#include "wire/json.h"

/* ---------------------------------------------------------------- the table */

static void rows_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_CALLS; i++) {
        const struct api_entry *entry = &api_entries[i];
        assert_int_equal(entry->call, i);
        assert_true(entry->path[0] == '/');
        assert_in_range(entry->deadline_ms, 1000, 60000);
        assert_in_range(entry->answer_max, 1024, API_ARCHIVE_MAX);
        bool has_body = entry->request || entry->flags & API_RAW_REQUEST;
        assert_true(has_body == (entry->request_max > 0));
        assert_false(entry->request && entry->flags & API_RAW_REQUEST);
        assert_false(entry->answer && entry->flags & API_RAW_ANSWER);
    }
}

static void writes_carry_what_makes_them_safe(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_CALLS; i++) {
        const struct api_entry *entry = &api_entries[i];
        bool changes = strcmp(entry->method, "GET") != 0;
        bool of_session = g_str_has_prefix(entry->path, "/v1/sessions") ||
                          g_str_has_prefix(entry->path, "/v1/staff/sessions") || i == API_REGISTER;
        bool of_staff = g_str_has_prefix(entry->path, "/v1/staff/");
        bool of_application = changes && !of_session && (of_staff || g_str_has_prefix(entry->path, "/v1/application"));
        assert_true((changes && !of_session) == ((entry->flags & API_WRITE) != 0));
        assert_true(of_application == ((entry->flags & API_VERSIONED) != 0));
        if (of_application && i != API_PRIOR_DEGREE && i != API_CREATE_ORDER)
            assert_ptr_equal(entry->answer, of_staff ? &api_review_record : &application_record);
        assert_true(of_staff == (i == API_STAFF_LOGIN || (entry->flags & API_STAFF) != 0));
    }
}

/* Everything but logging in and being alive is for people who have logged in. */
static void what_is_open_to_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_CALLS; i++)
        assert_true((i == API_LOGIN || i == API_HEALTH || i == API_REGISTER || i == API_STAFF_LOGIN) ==
                    !(api_entries[i].flags & API_SESSION));
}

/* ---------------------------------------------------------------- matching */

static void paths_match(void **state)
{
    (void)state;
    static const struct {
        const char *method, *path;
        int call; /* -1 = none */
        const char *argument;
        bool known;
    } cases[] = {
        {"POST", "/v1/sessions", API_LOGIN, NULL, true},
        {"DELETE", "/v1/sessions/current", API_LOGOUT, NULL, true},
        {"GET", "/v1/application", API_APPLICATION, NULL, true},
        {"POST", "/v1/application", API_START, NULL, true},
        {"GET", "/v1/application/order", API_ORDER, NULL, true},
        {"POST", "/v1/application/order", API_CREATE_ORDER, NULL, true},
        {"PUT", "/v1/application/registration-form", API_PUT_FORM, NULL, true},
        {"POST", "/v1/application/registration-form/prints", API_PRINTS, NULL, true},
        {"GET", "/v1/plans/120203K", API_PLAN, "120203K", true},
        {"GET", "/v1/plans/新 a", API_PLAN, "新 a", true},
        {"GET", "/v1/plans/", -1, NULL, false},
        {"GET", "/v1/plans", -1, NULL, false},
        {"GET", "/v1/plans/a/b", -1, NULL, false},
        {"GET", "/v1/plans/a\033[2J", -1, NULL, false},
        {"GET", "/v1/plans/\xff", -1, NULL, false},
        {"GET", "/v1/plans/0123456789012345678901234567890123456789012345678901234567890123456789", -1, NULL, false},
        {"DELETE", "/v1/plans/120203K", -1, NULL, true},
        {"PATCH", "/v1/application", -1, NULL, true},
        {"get", "/v1/application", -1, NULL, true},
        {"", "/v1/me", -1, NULL, true},
        {"GET", "/v1/application/", -1, NULL, false},
        {"GET", "/v1/Application", -1, NULL, false},
        {"GET", "/v1/applications", -1, NULL, false},
        {"GET", "/v1//application", -1, NULL, false},
        {"GET", "/", -1, NULL, false},
        {"GET", "", -1, NULL, false},
        {"GET", "/v1/plans/{major}x/../../me", -1, NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool known = !cases[i].known;
        char *argument = (char *)"unset";
        const struct api_entry *entry = api_match(cases[i].method, cases[i].path, &argument, &known);
        if ((entry ? (int)entry->call : -1) != cases[i].call || known != cases[i].known ||
            g_strcmp0(argument, cases[i].argument) != 0)
            fail_msg("%s %s", cases[i].method, cases[i].path);
        g_free(argument);
    }
}

static void every_row_is_found_by_its_own_path(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_CALLS; i++) {
        bool known = false;
        g_autofree char *argument = NULL;
        assert_ptr_equal(api_match(api_entries[i].method, api_entries[i].path, &argument, &known), &api_entries[i]);
        assert_true((strchr(api_entries[i].path, '{') != NULL) == (argument != NULL));
    }
}

/* ---------------------------------------------------------------- bodies, as others build them (design 6.3) */

static void published_bodies_are_read(void **state)
{
    (void)state;
    static const struct {
        enum api_call call;
        const char *body;
        const char *fault; /* NULL = fine */
    } cases[] = {
        {API_LOGIN, "{\"account\":\"010124100001\",\"password\":\"Zikao-2026\"}", NULL},
        {API_LOGIN, "{\"account\":\"010124100001\",\"password\":\"\"}", "password"},
        {API_LOGIN, "{\"account\":\"010124100001\"}", "password"},
        {API_MAJORS, "{\"majors\":[{\"code\":\"120402\",\"version\":\"new\"}],\"county\":\"140105\"}", NULL},
        {API_MAJORS, "{\"majors\":[{\"code\":\"120402\"}],\"county\":\"140105\"}", "majors[0].version"},
        {API_MAJORS, "{\"majors\":[]}", "county"},
        {API_SUBSTITUTION, "{\"major\":\"120402\",\"courses\":[\"00144\",\"00321\"]}", NULL},
        {API_SUBSTITUTION, "{\"major\":\"120402\",\"courses\":[]}", NULL},
        {API_SUBSTITUTION, "{\"major\":\"120402\",\"courses\":[144]}", "courses[0]"},
        {API_CREATE_ORDER, "{\"channel\":\"simulated\"}", NULL},
        {API_CREATE_ORDER, "{\"channel\":\"cash\"}", "channel"},
        {API_CREATE_ORDER, "{\"channel\":\"simulated\",\"amount_fen\":1}", "?"},
        {API_PRINTS, "{\"form_version\":1,\"copies\":2,\"outcome\":\"in_hand\"}", NULL},
        {API_PRINTS, "{\"form_version\":1,\"copies\":-2,\"outcome\":\"in_hand\"}", "copies"},
        {API_PRINTS, "{\"form_version\":1,\"copies\":2,\"outcome\":\"eaten\"}", "outcome"},
        {API_PUT_FORM,
         "{\"ethnicity\":\"01\",\"occupation\":\"职员\",\"political_status\":\"13\",\"mobile\":\"13800001234\","
         "\"education\":\"31\",\"health\":\"10\",\"work_since\":\"2012-07-01\",\"overseas_relations\":false,"
         "\"native_place\":\"山西省太原市\",\"employer\":\"无\",\"address\":\"山西省太原市小店区某街1号\","
         "\"resume\":[{\"from\":\"2009-09-01\",\"to\":\"2012-07-01\",\"where\":\"太原市第一中学\"}],"
         "\"family\":[{\"name\":\"王某\",\"employer\":\"无\",\"position\":\"无\"}],\"awards\":\"无\","
         "\"penalties\":\"无\",\"self_evaluation\":\"\"}",
         NULL},
        {API_PUT_FORM, "{\"work_since\":null,\"overseas_relations\":true}", NULL},
        {API_PUT_FORM, "{\"work_since\":null}", "overseas_relations"},
        {API_PUT_DRAFT, "{\"entries\":[{\"key\":\"self_evaluation\",\"value\":\"一\\n二\"}]}", NULL},
        {API_PUT_DRAFT, "{\"entries\":[{\"key\":\"self_evaluation\",\"value\":\"\\u001b[31m\"}]}", "entries[0].value"},
        {API_PUT_DRAFT, "{\"entries\":[{\"key\":\"\",\"value\":\"\"}]}", "entries[0].key"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *field = NULL;
        const struct record_type *type = api_entries[cases[i].call].request;
        void *body = wire_read(type, cases[i].body, strlen(cases[i].body), WIRE_STRICT, &field, NULL);
        if ((body != NULL) != (cases[i].fault == NULL) || g_strcmp0(field, cases[i].fault) != 0)
            fail_msg("%s: %s", cases[i].body, field ? field : "accepted");
        record_free(type, body);
    }
}

/* The largest body of its kind fits the bytes that the table allows for it. */
static void fill(const struct record_type *type, void *record);

static void fill_list(const struct record_field *field, GPtrArray *list)
{
    for (int64_t n = record_field_max(field); n > 0; n--) {
        void *member = field->kind == RECORD_MANY ? record_new(field->type) : NULL;
        if (member)
            fill(field->type, member);
        g_ptr_array_add(list, member ? member : g_strnfill(6, '0'));
    }
}

static void fill_field(const struct record_field *field, char *at)
{
    switch (field->kind) {
    case RECORD_STRING: {
        GString *text = g_string_new(NULL);
        for (int64_t n = record_field_max(field); n > 0; n--)
            g_string_append_unichar(text, 0x738B);
        *(char **)at = g_string_free(text, FALSE);
        return;
    }
    case RECORD_INTEGER:
        *(int64_t *)at = record_field_max(field);
        return;
    case RECORD_TIME:
        *(int64_t *)at = 1796083200;
        return;
    case RECORD_ONE:
        *(void **)at = record_new(field->type);
        fill(field->type, *(void **)at);
        return;
    case RECORD_MANY:
    case RECORD_STRINGS:
        fill_list(field, *(GPtrArray **)at);
        return;
    default:
        return;
    }
}

static void fill(const struct record_type *type, void *record)
{
    for (size_t i = 0; i < type->n_fields; i++)
        fill_field(&type->fields[i], (char *)record + type->fields[i].offset);
}

static void assert_fits(const struct record_type *type, gsize max)
{
    void *record = record_new(type);
    fill(type, record);
    g_autofree char *json = wire_write(type, record);
    if (strlen(json) > max)
        fail_msg("%s: %zu bytes, %zu allowed", type->name, strlen(json), max);
    record_free(type, record);
}

static void the_longest_bodies_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_CALLS; i++) {
        if (api_entries[i].request && i != API_PUT_DRAFT) /* bounded as a whole, not by its entries */
            assert_fits(api_entries[i].request, api_entries[i].request_max);
        if (api_entries[i].answer && i != API_GET_DRAFT)
            assert_fits(api_entries[i].answer, api_entries[i].answer_max);
    }
    assert_fits(&api_error_record, 16 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(writes_carry_what_makes_them_safe),
        cmocka_unit_test(what_is_open_to_all),
        cmocka_unit_test(paths_match),
        cmocka_unit_test(every_row_is_found_by_its_own_path),
        cmocka_unit_test(published_bodies_are_read),
        cmocka_unit_test(the_longest_bodies_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
