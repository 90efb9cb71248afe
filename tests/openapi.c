/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "openapi.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "rig.h"

/* ---------------------------------------------------------------- YAML to JSON */

static json_t *convert(yaml_document_t *document, yaml_node_t *node);

/* As YAML's core schema reads a word without quotes. */
static json_t *plain_scalar(const char *text)
{
    char *end = NULL;
    long long number = strtoll(text, &end, 10);
    if (*text && *end == '\0')
        return json_integer(number);
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0)
        return json_boolean(*text == 't');
    return strcmp(text, "null") == 0 ? json_null() : json_string(text);
}

static json_t *scalar(const yaml_node_t *node)
{
    const char *text = (const char *)node->data.scalar.value;
    return node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? plain_scalar(text) : json_string(text);
}

static json_t *sequence(yaml_document_t *document, yaml_node_t *node)
{
    json_t *array = json_array();
    yaml_node_item_t *end = node->data.sequence.items.top;
    for (yaml_node_item_t *item = node->data.sequence.items.start; item < end; item++)
        json_array_append_new(array, convert(document, yaml_document_get_node(document, *item)));
    return array;
}

/* "<<: *base" brings what the mapping does not have itself. */
static json_t *mapping(yaml_document_t *document, yaml_node_t *node)
{
    json_t *object = json_object(), *merged = NULL;
    yaml_node_pair_t *end = node->data.mapping.pairs.top;
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < end; pair++) {
        const char *key = (const char *)yaml_document_get_node(document, pair->key)->data.scalar.value;
        json_t *value = convert(document, yaml_document_get_node(document, pair->value));
        if (strcmp(key, "<<") == 0)
            merged = value;
        else if (json_object_get(object, key))
            g_error("openapi.yaml:%zu: \"%s\" stands there twice", node->start_mark.line + 1, key);
        else
            json_object_set_new(object, key, value);
    }
    if (merged)
        json_object_update_missing(object, merged);
    json_decref(merged);
    return object;
}

static json_t *convert(yaml_document_t *document, yaml_node_t *node)
{
    switch (node->type) {
    case YAML_MAPPING_NODE:
        return mapping(document, node);
    case YAML_SEQUENCE_NODE:
        return sequence(document, node);
    default:
        return scalar(node);
    }
}

static json_t *load(void)
{
    g_autofree char *path = rig_source("src/platformd/openapi.yaml");
    g_autofree char *text = NULL;
    gsize length = 0;
    yaml_parser_t parser;
    yaml_document_t document;
    if (!g_file_get_contents(path, &text, &length, NULL) || !yaml_parser_initialize(&parser))
        g_error("%s cannot be read", path);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    if (!yaml_parser_load(&parser, &document))
        g_error("%s:%zu: %s", path, parser.problem_mark.line + 1, parser.problem);
    json_t *json = convert(&document, yaml_document_get_root_node(&document));
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return json;
}

const json_t *openapi_document(void)
{
    static json_t *document;
    if (!document)
        document = load();
    return document;
}

const json_t *openapi_resolve(const json_t *node)
{
    const char *reference = json_string_value(json_object_get(node, "$ref"));
    if (!reference)
        return node;
    const json_t *found = openapi_document();
    g_auto(GStrv) parts = g_strsplit(reference, "/", -1);
    for (guint i = 1; parts[i]; i++)
        found = json_object_get(found, parts[i]);
    if (!found)
        g_error("openapi.yaml: %s leads nowhere", reference);
    return openapi_resolve(found);
}

/* ---------------------------------------------------------------- finding */

/* Segment by segment; {…} stands for any one. Pages for phones are found in any letter case. */
static bool fits(const char *template, const char *path)
{
    g_auto(GStrv) wanted = g_strsplit(template, "/", -1), given = g_strsplit(path, "/", -1);
    bool same = g_strv_length(wanted) == g_strv_length(given);
    bool any_case = g_str_has_prefix(template, "/p/");
    for (guint i = 0; same && wanted[i]; i++)
        same =
            *wanted[i] == '{' ? *given[i] != '\0' : (any_case ? g_ascii_strcasecmp : strcmp)(wanted[i], given[i]) == 0;
    return same;
}

static bool is_method(const char *key)
{
    static const char *const methods[] = {"get", "post", "put", "delete", "patch", "head", "options", NULL};
    return g_strv_contains(methods, key);
}

const json_t *openapi_operation(const char *method, const char *path, const char **ret_path)
{
    g_autofree char *key = g_ascii_strdown(method, -1);
    json_t *paths = json_object_get(openapi_document(), "paths"), *item;
    const char *template, *best = NULL;
    json_object_foreach(paths, template, item)
        /* What is spelt out goes before what stands for anything. */
        if (fits(template, path) && (!best || !strchr(template, '{'))) best = template;
    *ret_path = best;
    return best ? json_object_get(json_object_get(paths, best), key) : NULL;
}

const json_t *openapi_response(const json_t *operation, int status)
{
    char key[12];
    (void)g_snprintf(key, sizeof key, "%d", status);
    const json_t *response = json_object_get(json_object_get(operation, "responses"), key);
    return response ? openapi_resolve(response) : NULL;
}

const json_t *openapi_schema(const json_t *response_or_body, const char *type)
{
    json_t *content = json_object_get(openapi_resolve(response_or_body), "content");
    g_autofree char *bare = g_strndup(type, strcspn(type, "; "));
    const json_t *media = json_object_get(content, bare);
    return media ? openapi_resolve(json_object_get(media, "schema")) : NULL;
}

void openapi_answers(openapi_answer_fn answer, gpointer data)
{
    json_t *paths = json_object_get(openapi_document(), "paths"), *item, *operation, *response;
    const char *path, *method, *status;
    json_object_foreach(paths, path, item) json_object_foreach(item, method, operation)
    {
        g_autofree char *upper = g_ascii_strup(method, -1);
        if (!is_method(method))
            continue;
        json_object_foreach(json_object_get(operation, "responses"), status, response)
            answer(upper, path, atoi(status), data);
    }
}
