/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include "base/record_slot.h"

#include <string.h>

#define NAME_MAX_NEAREST 64 /* longer names are like nothing */
#define NEAREST_DISTANCE 3

/* ---------------------------------------------------------------- life */

static void init_field(const struct record_field *field, void *record)
{
    switch (field->kind) {
    case RECORD_MANY:
        *record_list_at(field, record) = g_ptr_array_new();
        return;
    case RECORD_STRINGS:
        *record_list_at(field, record) = g_ptr_array_new_with_free_func(g_free);
        return;
    case RECORD_ONE:
        if (field->initial != NULL)
            *record_one_at(field, record) = record_new(field->type);
        return;
    default:
        if (field->initial != NULL) {
            const char *fault = record_set_text(field, record, field->initial);
            g_assert(fault == NULL); /* or the table contradicts itself */
        }
    }
}

void *record_new(const struct record_type *type)
{
    void *record = g_malloc0(type->size);
    for (size_t i = 0; i < type->n_fields; i++)
        init_field(&type->fields[i], record);
    return record;
}

static void clear_list(const struct record_field *field, GPtrArray *list)
{
    for (guint i = 0; list != NULL && i < list->len; i++) {
        if (field->kind == RECORD_MANY)
            record_free(field->type, list->pdata[i]);
        else
            record_wipe(field, list->pdata[i]);
    }
    g_clear_pointer(&list, g_ptr_array_unref);
}

static void clear_field(const struct record_field *field, void *record)
{
    switch (field->kind) {
    case RECORD_STRING:
        record_wipe(field, *record_string_at(field, record));
        g_free(*record_string_at(field, record));
        return;
    case RECORD_ONE:
        record_free(field->type, *record_one_at(field, record));
        return;
    case RECORD_MANY:
    case RECORD_STRINGS:
        clear_list(field, *record_list_at(field, record));
        return;
    default:
        return;
    }
}

void record_clear(const struct record_type *type, void *record)
{
    for (size_t i = 0; i < type->n_fields; i++)
        clear_field(&type->fields[i], record);
    explicit_bzero(record, type->size);
}

void record_free(const struct record_type *type, void *record)
{
    if (record == NULL)
        return;
    record_clear(type, record);
    g_free(record);
}

void record_list_free(const struct record_type *type, GPtrArray *list)
{
    const struct record_field members = {.kind = RECORD_MANY, .type = type};
    clear_list(&members, list);
}

/* ---------------------------------------------------------------- copy, compare */

static void *copy_or_null(const struct record_type *type, const void *record)
{
    return record != NULL ? record_copy(type, record) : NULL;
}

static GPtrArray *copy_list(const struct record_field *field, const GPtrArray *list)
{
    GPtrArray *copy = field->kind == RECORD_STRINGS ? g_ptr_array_new_with_free_func(g_free) : g_ptr_array_new();
    for (guint i = 0; list != NULL && i < list->len; i++)
        g_ptr_array_add(copy, field->kind == RECORD_STRINGS ? g_strdup(list->pdata[i])
                                                            : copy_or_null(field->type, list->pdata[i]));
    return copy;
}

void *record_copy(const struct record_type *type, const void *record)
{
    void *copy = g_memdup2(record, type->size);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct record_field *field = &type->fields[i];
        if (field->kind == RECORD_STRING)
            *record_string_at(field, copy) = g_strdup(*record_string_at(field, record));
        else if (field->kind == RECORD_ONE)
            *record_one_at(field, copy) = copy_or_null(field->type, *record_one_at(field, record));
        else if (field->kind == RECORD_MANY || field->kind == RECORD_STRINGS)
            *record_list_at(field, copy) = copy_list(field, *record_list_at(field, record));
    }
    return copy;
}

static bool equal_or_null(const struct record_type *type, const void *a, const void *b)
{
    return a == b || (a != NULL && b != NULL && record_equal(type, a, b));
}

/* An array that was never made equals an empty one. */
static bool list_equal(const struct record_field *field, const GPtrArray *a, const GPtrArray *b)
{
    guint n = a != NULL ? a->len : 0;
    if (n != (b != NULL ? b->len : 0))
        return false;
    for (guint i = 0; i < n; i++)
        if (field->kind == RECORD_STRINGS ? g_strcmp0(a->pdata[i], b->pdata[i]) != 0
                                          : !equal_or_null(field->type, a->pdata[i], b->pdata[i]))
            return false;
    return true;
}

static bool field_equal(const struct record_field *field, const void *a, const void *b)
{
    switch (field->kind) {
    case RECORD_STRING:
        return g_strcmp0(*record_string_at(field, a), *record_string_at(field, b)) == 0;
    case RECORD_INTEGER:
    case RECORD_TIME:
        return *record_integer_at(field, a) == *record_integer_at(field, b);
    case RECORD_BOOLEAN:
        return *record_boolean_at(field, a) == *record_boolean_at(field, b);
    case RECORD_WORD:
        return *record_word_at(field, a) == *record_word_at(field, b);
    case RECORD_ONE:
        return equal_or_null(field->type, *record_one_at(field, a), *record_one_at(field, b));
    case RECORD_MANY:
    case RECORD_STRINGS:
        return list_equal(field, *record_list_at(field, a), *record_list_at(field, b));
    }
    g_assert_not_reached();
}

bool record_equal(const struct record_type *type, const void *a, const void *b)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (!field_equal(&type->fields[i], a, b))
            return false;
    return true;
}

/* ---------------------------------------------------------------- names */

const struct record_field *record_field_find(const struct record_type *type, const char *name)
{
    for (size_t i = 0; i < type->n_fields; i++)
        if (strcmp(type->fields[i].name, name) == 0)
            return &type->fields[i];
    return NULL;
}

/* Letters to insert, drop, change or swap with a neighbour to make one name of the other. */
static int edit_distance(const char *a, const char *b)
{
    int row[3][NAME_MAX_NEAREST + 1];
    int n = (int)strlen(b);
    for (int j = 0; j <= n; j++)
        row[0][j] = j;
    for (int i = 1; a[i - 1] != '\0'; i++) {
        int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= n; j++) {
            int change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = MIN(change, MIN(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = MIN(now[j], before[j - 2] + 1);
        }
    }
    return row[strlen(a) % 3][n];
}

const char *record_nearest(const struct record_type *type, const char *name)
{
    const char *nearest = NULL;
    int length = (int)strnlen(name, NAME_MAX_NEAREST + 1);
    /* A name that shares no letter is not meant, however short both are. */
    int least = MIN(NEAREST_DISTANCE + 1, length);
    for (size_t i = 0; i < type->n_fields && length <= NAME_MAX_NEAREST; i++) {
        const char *known = type->fields[i].name;
        int distance = strlen(known) <= NAME_MAX_NEAREST ? edit_distance(name, known) : NAME_MAX_NEAREST;
        if (distance < least) {
            least = distance;
            nearest = known;
        }
    }
    return nearest;
}
