/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/json.h"

#include "base/record_slot.h"

#include <jansson.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

GQuark wire_error_quark(void)
{
    return g_quark_from_static_string("wire-error");
}

#define FAULT_TYPE    "wrong type"
#define FAULT_UNKNOWN "unknown field"
#define FAULT_MISSING "missing"
#define FAULT_MEMBERS "too many members"

/* ---------------------------------------------------------------- memory */

/* Passwords and people's data pass through the tree that jansson builds: nothing of it stays in freed memory. */
static void wiping_free(void *memory)
{
    if (memory != NULL)
        explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

static void *sure_malloc(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL)
        g_error("out of memory for JSON");
    return memory;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* ---------------------------------------------------------------- reading */

struct reader {
    enum wire_flag flags;
    GString *path;     /* where we are: "resume[2].to" */
    const char *fault; /* the first one; the path then stays where it happened */
};

static bool read_object(struct reader *reader, const struct record_type *type, json_t *object, void *record);

static bool fault(struct reader *reader, const char *what)
{
    reader->fault = what;
    return false;
}

/* A long-winded sentence must not make the answer unreadable that it stands in. */
static const char *set_cut(const struct record_field *field, void *record, const char *text)
{
    g_autofree char *head = g_utf8_substring(text, 0, (glong)record_field_max(field) - 1);
    g_autofree char *cut = g_strconcat(head, "…", NULL);
    return record_set_text(field, record, cut);
}

/* Scalars that are texts in JSON. */
static bool read_text(struct reader *reader, const struct record_field *field, json_t *value, void *record)
{
    if (!json_is_string(value))
        return fault(reader, FAULT_TYPE);
    const char *text = json_string_value(value), *what = record_set_text(field, record, text);
    if (what != NULL && (reader->flags & WIRE_LENIENT) && (field->flags & RECORD_PROSE) &&
        strcmp(what, RECORD_FAULT_LONG) == 0)
        what = set_cut(field, record, text);
    return what == NULL || fault(reader, what);
}

static bool read_integer(struct reader *reader, const struct record_field *field, json_t *value, void *record)
{
    if (!json_is_integer(value))
        return fault(reader, FAULT_TYPE);
    const char *what = record_set_integer(field, record, json_integer_value(value));
    return what == NULL || fault(reader, what);
}

static bool read_boolean(struct reader *reader, const struct record_field *field, json_t *value, void *record)
{
    if (!json_is_boolean(value))
        return fault(reader, FAULT_TYPE);
    *record_boolean_at(field, record) = json_is_true(value);
    return true;
}

/* A new record of the object, or NULL. */
static void *read_member(struct reader *reader, const struct record_type *type, json_t *object)
{
    void *record = record_new(type);
    if (read_object(reader, type, object, record))
        return record;
    record_free(type, record);
    return NULL;
}

static bool read_one(struct reader *reader, const struct record_field *field, json_t *value, void *record)
{
    void **at = record_one_at(field, record);
    record_free(field->type, *at); /* a default of the type */
    *at = read_member(reader, field->type, value);
    return *at != NULL;
}

static bool read_list_member(struct reader *reader, const struct record_field *field, json_t *value, GPtrArray *list)
{
    if (field->kind == RECORD_MANY) {
        void *member = read_member(reader, field->type, value);
        if (member != NULL)
            g_ptr_array_add(list, member);
        return member != NULL;
    }
    if (!json_is_string(value))
        return fault(reader, FAULT_TYPE);
    const char *what = record_check_text(field, json_string_value(value));
    if (what != NULL)
        return fault(reader, what);
    g_ptr_array_add(list, g_strdup(json_string_value(value)));
    return true;
}

static bool read_list(struct reader *reader, const struct record_field *field, json_t *value, void *record)
{
    if (!json_is_array(value))
        return fault(reader, FAULT_TYPE);
    if ((int64_t)json_array_size(value) > record_field_max(field))
        return fault(reader, FAULT_MEMBERS);
    gsize length = reader->path->len;
    for (size_t i = 0; i < json_array_size(value); i++) {
        g_string_append_printf(reader->path, "[%zu]", i);
        if (!read_list_member(reader, field, json_array_get(value, i), *record_list_at(field, record)))
            return false;
        g_string_truncate(reader->path, length);
    }
    return true;
}

/* null stands for an absent value where there may be none. */
static bool may_be_null(const struct record_field *field)
{
    return !(field->flags & RECORD_REQUIRED) &&
           (field->kind == RECORD_STRING || field->kind == RECORD_TIME || field->kind == RECORD_ONE);
}

static bool read_value(struct reader *reader, const struct record_field *field, json_t *value, void *record)
{
    static bool (*const readers[])(struct reader *, const struct record_field *, json_t *, void *) = {
        [RECORD_STRING] = read_text, [RECORD_INTEGER] = read_integer, [RECORD_BOOLEAN] = read_boolean,
        [RECORD_WORD] = read_text,   [RECORD_TIME] = read_text,       [RECORD_ONE] = read_one,
        [RECORD_MANY] = read_list,   [RECORD_STRINGS] = read_list,
    };
    if (json_is_null(value) && may_be_null(field))
        return true;
    return readers[field->kind](reader, field, value, record);
}

static void path_append(struct reader *reader, const char *name)
{
    if (reader->path->len > 0)
        g_string_append_c(reader->path, '.');
    g_string_append(reader->path, name);
}

static bool check_required(struct reader *reader, const struct record_type *type, const json_t *object)
{
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct record_field *field = &type->fields[i];
        if (!(field->flags & RECORD_REQUIRED) || json_object_get(object, field->name) != NULL)
            continue;
        path_append(reader, field->name);
        return fault(reader, FAULT_MISSING);
    }
    return true;
}

static bool read_object(struct reader *reader, const struct record_type *type, json_t *object, void *record)
{
    const char *name;
    json_t *value;
    gsize length = reader->path->len;
    if (!json_is_object(object))
        return fault(reader, FAULT_TYPE);
    json_object_foreach(object, name, value)
    {
        const struct record_field *field = record_field_find(type, name);
        if (field == NULL && reader->flags & WIRE_LENIENT)
            continue;
        /* A name that nobody knows comes from outside and is not repeated. */
        path_append(reader, field != NULL ? field->name : "?");
        if (field == NULL)
            return fault(reader, FAULT_UNKNOWN);
        if (!read_value(reader, field, value, record))
            return false;
        g_string_truncate(reader->path, length);
    }
    return check_required(reader, type, object);
}

void *wire_read(const struct record_type *type, const char *json, gsize length, enum wire_flag flags, char **ret_field,
                GError **error)
{
    json_error_t where;
    json_set_alloc_funcs(sure_malloc, wiping_free);
    g_autoptr(json_t) tree = json_loadb(json, length, JSON_REJECT_DUPLICATES, &where);
    if (tree == NULL) {
        /* jansson's own sentence quotes the text: it may be a person's. */
        g_set_error(error, WIRE_ERROR, WIRE_ERROR_SYNTAX, "%s: not JSON at byte %d (%d)", type->name, where.position,
                    (int)json_error_code(&where));
        return NULL;
    }
    g_autoptr(GString) path = g_string_new(NULL);
    struct reader reader = {.flags = flags, .path = path};
    void *record = read_member(&reader, type, tree);
    if (record != NULL)
        return record;
    g_set_error(error, WIRE_ERROR, WIRE_ERROR_FIELD, "%s: %s: %s", type->name, path->str, reader.fault);
    if (ret_field != NULL)
        *ret_field = g_strdup(path->str);
    return NULL;
}

/* ---------------------------------------------------------------- writing */

static json_t *write_object(const struct record_type *type, const void *record);

static json_t *write_text(const char *text)
{
    if (text == NULL)
        return NULL;
    json_t *value = json_string(text);
    g_assert(value != NULL); /* texts are UTF-8 since they entered */
    return value;
}

static json_t *write_list(const struct record_field *field, const GPtrArray *list)
{
    json_t *array = json_array();
    for (guint i = 0; list != NULL && i < list->len; i++)
        json_array_append_new(array, field->kind == RECORD_MANY ? write_object(field->type, list->pdata[i])
                                                                : write_text(list->pdata[i]));
    return array;
}

static json_t *write_time(const struct record_field *field, const void *record)
{
    g_autofree char *text = record_get_text(field, record);
    return write_text(text);
}

/* NULL when the member is absent. */
static json_t *write_value(const struct record_field *field, const void *record)
{
    switch (field->kind) {
    case RECORD_STRING:
        return write_text(*record_string_at(field, record));
    case RECORD_INTEGER:
        return json_integer(*record_integer_at(field, record));
    case RECORD_BOOLEAN:
        return json_boolean(*record_boolean_at(field, record));
    case RECORD_WORD:
        return write_text(field->words[*record_word_at(field, record)]);
    case RECORD_TIME:
        return write_time(field, record);
    case RECORD_ONE:
        return *record_one_at(field, record) != NULL ? write_object(field->type, *record_one_at(field, record)) : NULL;
    case RECORD_MANY:
    case RECORD_STRINGS:
        return write_list(field, *record_list_at(field, record));
    }
    g_assert_not_reached();
}

static json_t *write_object(const struct record_type *type, const void *record)
{
    json_t *object = json_object();
    for (size_t i = 0; i < type->n_fields; i++) {
        json_t *value = write_value(&type->fields[i], record);
        if (value != NULL)
            json_object_set_new_nocheck(object, type->fields[i].name, value);
    }
    return object;
}

char *wire_write(const struct record_type *type, const void *record)
{
    json_set_alloc_funcs(sure_malloc, wiping_free);
    g_autoptr(json_t) tree = write_object(type, record);
    char *text = json_dumps(tree, JSON_COMPACT);
    g_assert(text != NULL);
    char *copy = g_strdup(text);
    wiping_free(text);
    return copy;
}
