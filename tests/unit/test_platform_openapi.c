/* SPDX-License-Identifier: GPL-3.0-or-later */
/* openapi.yaml describes what the table of calls and the records say: neither has a path, a method or a member of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/application.h"
#include "graduation/candidate.h"
#include "graduation/eligibility.h"
#include "rig.h"
#include "wire/api.h"

struct yaml {
    char **lines;
    GHashTable *calls; /* "GET /v1/me" */
};

static int indent_of(const char *line)
{
    return (int)strspn(line, " ");
}

/* "    get:" or "    get: &page" → GET; NULL when it is something else. */
static char *method_of(const char *line)
{
    static const char *const methods[] = {"get:", "post:", "put:", "delete:", "patch:"};
    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++)
        if (g_str_has_prefix(line + indent_of(line), methods[i]))
            return g_ascii_strup(methods[i], (gssize)strlen(methods[i]) - 1);
    return NULL;
}

static void read_calls(struct yaml *yaml)
{
    g_autofree char *path = NULL;
    bool inside = false;
    for (size_t i = 0; yaml->lines[i]; i++) {
        const char *line = yaml->lines[i];
        if (*line && indent_of(line) == 0)
            inside = strcmp(line, "paths:") == 0;
        if (!inside)
            continue;
        if (indent_of(line) == 2 && line[2] == '/') {
            g_free(path);
            path = g_strndup(line + 2, strlen(line) - 3);
        }
        g_autofree char *method = indent_of(line) == 4 ? method_of(line) : NULL;
        if (method)
            assert_true(g_hash_table_add(yaml->calls, g_strconcat(method, " ", path, NULL)));
    }
}

static int read_yaml(void **state)
{
    struct yaml *yaml = g_new0(struct yaml, 1);
    g_autofree char *path = rig_source("src/platformd/openapi.yaml");
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return -1;
    yaml->lines = g_strsplit(text, "\n", -1);
    yaml->calls = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    read_calls(yaml);
    *state = yaml;
    return 0;
}

static int free_yaml(void **state)
{
    struct yaml *yaml = *state;
    g_strfreev(yaml->lines);
    g_hash_table_unref(yaml->calls);
    g_free(yaml);
    return 0;
}

/* Beside the calls of the table: what is for machines and phones. */
static const char *const others[] = {"GET /metrics",          "GET /p/pay/{order}",     "POST /p/pay/{order}",
                                     "GET /p/degree/{token}", "POST /p/degree/{token}", "GET /p/receipt/{token}"};

static void the_same_calls(void **state)
{
    const struct yaml *yaml = *state;
    for (size_t i = 0; i < API_CALLS; i++) {
        g_autofree char *call = g_strconcat(api_entries[i].method, " ", api_entries[i].path, NULL);
        if (!g_hash_table_contains(yaml->calls, call))
            print_error("openapi.yaml lacks %s\n", call);
        assert_true(g_hash_table_contains(yaml->calls, call));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        assert_true(g_hash_table_contains(yaml->calls, others[i]));
    assert_int_equal(g_hash_table_size(yaml->calls), API_CALLS + G_N_ELEMENTS(others));
}

/* The lines of one schema, joined. */
static char *schema(const struct yaml *yaml, const char *name)
{
    g_autofree char *head = g_strdup_printf("    %s:", name);
    GString *all = g_string_new(NULL);
    bool schemas = false, inside = false;
    for (size_t i = 0; yaml->lines[i]; i++) {
        const char *line = yaml->lines[i];
        schemas = schemas || strcmp(line, "  schemas:") == 0;
        if (!schemas)
            continue;
        if (*line && indent_of(line) <= 4)
            inside = g_str_has_prefix(line, head);
        if (inside)
            g_string_append_printf(all, "%s\n", line);
    }
    assert_true(all->len > 0);
    return g_string_free(all, FALSE);
}

static bool has_member(const char *schema, const char *name)
{
    g_autofree char *pattern = g_strdup_printf("[ {]%s:", name);
    return g_regex_match_simple(pattern, schema, 0, 0);
}

static void assert_members(const char *name, const char *schema, const struct record_type *type)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct record_field *field = &type->fields[i];
        if (!has_member(schema, field->name))
            print_error("schema %s lacks %s\n", name, field->name);
        assert_true(has_member(schema, field->name));
    }
}

/* A schema may hold several records, one inside the other. */
static const struct {
    const char *name;
    const struct record_type *type;
} schemas[] = {
    {"Registration", &api_registration_record},
    {"Course", &api_course_record},
    {"AddedCourses", &api_added_courses_record},
    {"AddedCourse", &added_course_record},
    {"Receipt", &api_receipt_record},
    {"Login", &api_login_record},
    {"Token", &api_token_record},
    {"Candidate", &candidate_record},
    {"Candidate", &candidate_major_record},
    {"Plan", &plan_record},
    {"Plan", &plan_course_record},
    {"Eligibility", &eligibility_record},
    {"Eligibility", &eligibility_course_record},
    {"Eligibility", &eligibility_totals_record},
    {"Eligibility", &eligibility_reason_record},
    {"Majors", &api_majors_record},
    {"Majors", &api_major_record},
    {"Substitution", &api_substitution_record},
    {"Qr", &api_qr_record},
    {"OrderRequest", &api_order_request_record},
    {"Order", &order_record},
    {"RegistrationForm", &registration_form_record},
    {"RegistrationForm", &resume_row_record},
    {"RegistrationForm", &family_row_record},
    {"PrintRequest", &api_print_record},
    {"Draft", &api_draft_record},
    {"Draft", &api_draft_entry_record},
    {"Error", &api_error_record},
    {"Error", &api_failure_record},
    {"Application", &application_record},
    {"Application", &application_item_record},
    {"Application", &added_course_record},
    {"Application", &prior_degree_record},
    {"Application", &photo_record},
    {"Application", &print_record_record},
    {"Application", &checklist_item_record},
    {"Application", &candidate_masked_record},
    {"Application", &batch_record},
    {"StaffLogin", &api_staff_login_record},
    {"Staff", &api_staff_record},
    {"Reviews", &api_reviews_record},
    {"Reviews", &api_review_line_record},
    {"Review", &api_review_record},
    {"Review", &api_audit_record},
    {"Decision", &api_decision_record},
};

static void the_same_members(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schemas); i++) {
        g_autofree char *text = schema(*state, schemas[i].name);
        assert_members(schemas[i].name, text, schemas[i].type);
    }
}

/* ---------------------------------------------------------------- no member of its own */

/* Everything that is a key, without texts that only look like one. */
static GMatchInfo *keys_of(const char *schema, char **ret_bare)
{
    g_autoptr(GRegex) quoted = g_regex_new("\"[^\"\\n]*\"|description: [^,}\"\\n]*", 0, 0, NULL);
    g_autoptr(GRegex) key = g_regex_new("[ {]([A-Za-z_]+):(?=[ \\n])", 0, 0, NULL);
    GMatchInfo *keys = NULL;
    *ret_bare = g_regex_replace_literal(quoted, schema, -1, 0, "", 0, NULL);
    (void)g_regex_match(key, *ret_bare, 0, &keys);
    return keys;
}

static bool is_member(const char *schema, const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schemas); i++)
        if (strcmp(schemas[i].name, schema) == 0 && record_field_find(schemas[i].type, name))
            return true;
    return false;
}

static void no_other_members(void **state)
{
    static const char *const vocabulary[] = {
        "type",    "properties", "required",  "items",    "enum",     "description", "format",  "minimum",
        "maximum", "minLength",  "maxLength", "minItems", "maxItems", "example",     "pattern", "additionalProperties",
        NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(schemas); i++) {
        const char *name = schemas[i].name;
        g_autofree char *text = schema(*state, name);
        g_autofree char *bare = NULL;
        g_autoptr(GMatchInfo) keys = keys_of(strchr(text, '\n'), &bare);
        assert_true(g_match_info_matches(keys));
        for (; g_match_info_matches(keys); g_match_info_next(keys, NULL)) {
            g_autofree char *key = g_match_info_fetch(keys, 1);
            if (!g_strv_contains(vocabulary, key) && !is_member(name, key))
                fail_msg("schema %s has a member of its own: %s", name, key);
        }
    }
}

/* ---------------------------------------------------------------- bounds */

/* What must stand in the member's braces, as a pattern for each half. */
static bool bounds_stand(const char *text, const struct record_field *field)
{
    bool string = field->kind == RECORD_STRING;
    gint64 most = record_field_max(field);
    g_autofree char *least =
        g_strdup_printf("%s: %" G_GINT64_FORMAT "(,|$)", string ? "minLength" : "minimum", (gint64)field->min);
    g_autofree char *greatest =
        g_strdup_printf("%s: %" G_GINT64_FORMAT "(,|$)", string ? "maxLength" : "maximum", most);
    bool has_least = g_regex_match_simple(least, text, 0, 0) || (string && field->min == 0);
    return has_least && (most == RECORD_INTEGER_MAX || g_regex_match_simple(greatest, text, 0, 0));
}

/* Members of one line; one of the name must have the record's bounds. A pattern says more than a length. */
static bool scalar_bounded(const char *schema, const struct record_field *field)
{
    g_autofree char *pattern = g_strdup_printf("[ {]%s: \\{(type: (?:string|integer)[^{}]*)\\}", field->name);
    g_autoptr(GRegex) member = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) found = NULL;
    (void)g_regex_match(member, schema, 0, &found);
    bool bounded = !g_match_info_matches(found);
    for (; g_match_info_matches(found) && !bounded; g_match_info_next(found, NULL)) {
        g_autofree char *text = g_match_info_fetch(found, 1);
        bounded = strstr(text, "pattern:") || bounds_stand(text, field);
    }
    return bounded;
}

static bool list_bounded(const char *schema, const struct record_field *field)
{
    g_autofree char *pattern = g_strdup_printf(
        "[ {]%s:[ {\\n]*type: array[, \\n]+(minItems: [0-9]+[, \\n]+)?maxItems: %" G_GINT64_FORMAT "[,\\n]",
        field->name, (gint64)record_field_max(field));
    return g_regex_match_simple(pattern, schema, 0, 0);
}

static bool bounded(const char *schema, const struct record_field *field)
{
    switch (field->kind) {
    case RECORD_STRING:
    case RECORD_INTEGER:
        return scalar_bounded(schema, field);
    case RECORD_MANY:
    case RECORD_STRINGS:
        return list_bounded(schema, field);
    case RECORD_BOOLEAN:
    case RECORD_WORD:
    case RECORD_TIME:
    case RECORD_ONE:
        break;
    }
    return true;
}

/* Amounts refer to one schema of their own: its braces in their place. */
static char *schema_with_amounts(const struct yaml *yaml, const char *name)
{
    g_autofree char *text = schema(yaml, name), *fen = schema(yaml, "Fen");
    g_auto(GStrv) pieces = g_strsplit(text, "{$ref: \"#/components/schemas/Fen\"}", -1);
    return g_strjoinv(g_strchomp(strchr(fen, '{')), pieces);
}

static void the_same_bounds(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(schemas); i++) {
        g_autofree char *text = schema_with_amounts(*state, schemas[i].name);
        for (size_t n = 0; n < schemas[i].type->n_fields; n++)
            if (!bounded(text, &schemas[i].type->fields[n]))
                fail_msg("schema %s: other bounds of %s", schemas[i].name, schemas[i].type->fields[n].name);
    }
}

/* ---------------------------------------------------------------- words */

static bool has_word(const char *schema, const char *word)
{
    g_autofree char *pattern = g_strdup_printf("[\\[ ]%s[,\\]]", word);
    return !*word || g_regex_match_simple(pattern, schema, 0, 0);
}

static void the_same_words(void **state)
{
    static const struct {
        const char *name;
        const char *const *words;
    } lists[] = {
        {"Application", application_state_words},
        {"State", application_state_words},
        {"AddedCourse", added_course_reason_words},
        {"Application", prior_degree_state_words},
        {"Application", photo_state_words},
        {"Application", added_course_reason_words},
        {"Order", order_state_words},
        {"Eligibility", course_state_words},
        {"Eligibility", verdict_words},
        {"Plan", substitutable_words},
        {"Staff", staff_role_words},
        {"Reviews", application_state_words},
        {"Reviews", photo_state_words},
        {"Reviews", prior_degree_state_words},
        {"Event", application_event_words},
        {"Decision", decision_words},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autofree char *text = schema(*state, lists[i].name);
        for (size_t n = 0; lists[i].words[n]; n++) {
            if (!has_word(text, lists[i].words[n]))
                print_error("schema %s lacks the word %s\n", lists[i].name, lists[i].words[n]);
            assert_true(has_word(text, lists[i].words[n]));
        }
    }
    g_autofree char *text = schema(*state, "Application");
    for (size_t i = 0; i < application_transition_count; i++)
        if (application_transitions[i].actor == ACTOR_CANDIDATE)
            assert_true(has_word(text, application_event_words[application_transitions[i].event]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_calls),  cmocka_unit_test(the_same_members), cmocka_unit_test(no_other_members),
        cmocka_unit_test(the_same_bounds), cmocka_unit_test(the_same_words),
    };
    return cmocka_run_group_tests(tests, read_yaml, free_yaml);
}
