/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON against a schema of openapi.yaml: the keywords that stand there, and no others, so that none is silently without effect. */
#include <string.h>

#include "openapi.h"

struct check {
    bool null_is_absent;
    GString *at; /* where in the value */
};

static char *value_fault(struct check *check, const json_t *schema, const json_t *value);

static char *fault(const struct check *check, const char *format, ...) G_GNUC_PRINTF(2, 3);
static char *fault(const struct check *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    return g_strdup_printf("%s: %s", check->at->len ? check->at->str : "(all)", what);
}

/* ---------------------------------------------------------------- keywords */

typedef char *(*keyword_fn)(struct check *check, const json_t *rule, const json_t *value);

static char *of_type(struct check *check, const json_t *rule, const json_t *value)
{
    const char *type = json_string_value(rule);
    bool good = strcmp(type, "object") == 0    ? json_is_object(value)
                : strcmp(type, "array") == 0   ? json_is_array(value)
                : strcmp(type, "string") == 0  ? json_is_string(value)
                : strcmp(type, "integer") == 0 ? json_is_integer(value)
                : strcmp(type, "boolean") == 0 ? json_is_boolean(value)
                                               : false;
    return good ? NULL : fault(check, "is no %s", type);
}

static char *of_enum(struct check *check, const json_t *rule, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(rule); i++)
        if (json_equal(json_array_get(rule, i), value))
            return NULL;
    return fault(check, "is none of the words");
}

static json_int_t size_of(const json_t *value)
{
    if (json_is_string(value))
        return g_utf8_strlen(json_string_value(value), -1);
    return json_is_array(value) ? (json_int_t)json_array_size(value) : json_integer_value(value);
}

static char *at_least(struct check *check, const json_t *rule, const json_t *value)
{
    return size_of(value) >= json_integer_value(rule)
               ? NULL
               : fault(check, "below %" JSON_INTEGER_FORMAT, json_integer_value(rule));
}

static char *at_most(struct check *check, const json_t *rule, const json_t *value)
{
    return size_of(value) <= json_integer_value(rule)
               ? NULL
               : fault(check, "above %" JSON_INTEGER_FORMAT, json_integer_value(rule));
}

static char *of_pattern(struct check *check, const json_t *rule, const json_t *value)
{
    return g_regex_match_simple(json_string_value(rule), json_string_value(value), 0, 0)
               ? NULL
               : fault(check, "is not like %s", json_string_value(rule));
}

/* "Times are RFC 3339 with +08:00"; other formats say how wide a number is. */
static char *of_format(struct check *check, const json_t *rule, const json_t *value)
{
    static const char time[] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\+08:00$";
    bool is_time = strcmp(json_string_value(rule), "date-time") == 0;
    return !is_time || g_regex_match_simple(time, json_string_value(value), 0, 0) ? NULL
                                                                                  : fault(check, "is no such time");
}

static char *of_items(struct check *check, const json_t *rule, const json_t *value)
{
    char *wrong = NULL;
    for (size_t i = 0; !wrong && i < json_array_size(value); i++) {
        gsize before = check->at->len;
        g_string_append_printf(check->at, "[%zu]", i);
        wrong = value_fault(check, rule, json_array_get(value, i));
        (void)g_string_truncate(check->at, before);
    }
    return wrong;
}

static char *of_properties(struct check *check, const json_t *rule, const json_t *value)
{
    const char *name;
    json_t *member;
    char *wrong = NULL;
    json_object_foreach((json_t *)value, name, member)
    {
        const json_t *schema = json_object_get(rule, name);
        gsize before = check->at->len;
        if (wrong || (json_is_null(member) && check->null_is_absent))
            continue;
        g_string_append_printf(check->at, "%s%s", before ? "." : "", name);
        wrong = schema ? value_fault(check, schema, member) : fault(check, "is not documented");
        (void)g_string_truncate(check->at, before);
    }
    return wrong;
}

static char *of_required(struct check *check, const json_t *rule, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(rule); i++) {
        const char *name = json_string_value(json_array_get(rule, i));
        if (!json_object_get(value, name))
            return fault(check, "lacks %s", name);
    }
    return NULL;
}

/* A NULL function: for people only, or done by another. */
static const struct {
    const char *name;
    keyword_fn check;
} keywords[] = {
    {"type", of_type},
    {"enum", of_enum},
    {"minimum", at_least},
    {"maximum", at_most},
    {"minLength", at_least},
    {"maxLength", at_most},
    {"minItems", at_least},
    {"maxItems", at_most},
    {"pattern", of_pattern},
    {"format", of_format},
    {"items", of_items},
    {"required", of_required},
    {"properties", of_properties},
    {"additionalProperties", NULL},
    {"description", NULL},
    {"example", NULL},
    {"default", NULL},
};

/* ---------------------------------------------------------------- a value */

static keyword_fn find_keyword(const struct check *check, const char *name, char **ret_fault)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++)
        if (strcmp(keywords[i].name, name) == 0)
            return keywords[i].check;
    *ret_fault = fault(check, "the schema's \"%s\" is unknown here", name);
    return NULL;
}

static char *value_fault(struct check *check, const json_t *schema, const json_t *value)
{
    const char *name;
    json_t *rule;
    const json_t *resolved = openapi_resolve(schema);
    char *wrong = of_type(check, json_object_get(resolved, "type"), value);
    json_object_foreach((json_t *)resolved, name, rule)
    {
        keyword_fn keyword = wrong ? NULL : find_keyword(check, name, &wrong);
        if (keyword)
            wrong = keyword(check, rule, value);
    }
    return wrong;
}

char *openapi_fault(const json_t *schema, const json_t *value, bool null_is_absent)
{
    struct check check = {.null_is_absent = null_is_absent, .at = g_string_new(NULL)};
    char *wrong = value_fault(&check, schema, value);
    (void)g_string_free(check.at, TRUE);
    return wrong;
}
