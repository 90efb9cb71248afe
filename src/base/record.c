/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define NAME_MAX_NEAREST 64 /* longer names are like nothing */
#define NEAREST_DISTANCE 3

/* The member of the struct that a field describes. */
static void *slot(const struct record_field *field, const void *record)
{
    return (char *)record + field->offset;
}

static char **string_at(const struct record_field *field, const void *record)
{
    return slot(field, record);
}

static int64_t *integer_at(const struct record_field *field, const void *record)
{
    return slot(field, record);
}

static bool *boolean_at(const struct record_field *field, const void *record)
{
    return slot(field, record);
}

static int *word_at(const struct record_field *field, const void *record)
{
    return slot(field, record);
}

static void **one_at(const struct record_field *field, const void *record)
{
    return slot(field, record);
}

static GPtrArray **list_at(const struct record_field *field, const void *record)
{
    return slot(field, record);
}

/* ---------------------------------------------------------------- life */

static void init_field(const struct record_field *field, void *record)
{
    switch (field->kind) {
    case RECORD_MANY:
        *list_at(field, record) = g_ptr_array_new();
        return;
    case RECORD_STRINGS:
        *list_at(field, record) = g_ptr_array_new_with_free_func(g_free);
        return;
    case RECORD_ONE:
        if (field->initial != NULL)
            *one_at(field, record) = record_new(field->type);
        return;
    default:
        if (field->initial != NULL) {
            const char *fault = record_set_text(field, record, field->initial);
            g_assert_cmpstr(fault, ==, NULL); /* the table contradicts itself */
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

static void wipe(const struct record_field *field, char *text)
{
    if (text != NULL && field->flags & RECORD_SECRET)
        explicit_bzero(text, strlen(text));
}

static void clear_list(const struct record_field *field, GPtrArray *list)
{
    for (guint i = 0; list != NULL && i < list->len; i++) {
        if (field->kind == RECORD_MANY)
            record_free(field->type, list->pdata[i]);
        else
            wipe(field, list->pdata[i]);
    }
    g_clear_pointer(&list, g_ptr_array_unref);
}

static void clear_field(const struct record_field *field, void *record)
{
    switch (field->kind) {
    case RECORD_STRING:
        wipe(field, *string_at(field, record));
        g_free(*string_at(field, record));
        return;
    case RECORD_ONE:
        record_free(field->type, *one_at(field, record));
        return;
    case RECORD_MANY:
    case RECORD_STRINGS:
        clear_list(field, *list_at(field, record));
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
            *string_at(field, copy) = g_strdup(*string_at(field, record));
        else if (field->kind == RECORD_ONE)
            *one_at(field, copy) = copy_or_null(field->type, *one_at(field, record));
        else if (field->kind == RECORD_MANY || field->kind == RECORD_STRINGS)
            *list_at(field, copy) = copy_list(field, *list_at(field, record));
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
        return g_strcmp0(*string_at(field, a), *string_at(field, b)) == 0;
    case RECORD_INTEGER:
    case RECORD_TIME:
        return *integer_at(field, a) == *integer_at(field, b);
    case RECORD_BOOLEAN:
        return *boolean_at(field, a) == *boolean_at(field, b);
    case RECORD_WORD:
        return *word_at(field, a) == *word_at(field, b);
    case RECORD_ONE:
        return equal_or_null(field->type, *one_at(field, a), *one_at(field, b));
    case RECORD_MANY:
    case RECORD_STRINGS:
        return list_equal(field, *list_at(field, a), *list_at(field, b));
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

/* ---------------------------------------------------------------- text form */

int64_t record_field_max(const struct record_field *field)
{
    if (field->max != 0)
        return field->max;
    switch (field->kind) {
    case RECORD_STRING:
        return RECORD_STRING_MAX;
    case RECORD_MANY:
    case RECORD_STRINGS:
        return RECORD_LIST_MAX;
    default:
        return RECORD_INTEGER_MAX;
    }
}

const char *record_check_text(const struct record_field *field, const char *text)
{
    bool member = field->kind == RECORD_STRINGS;
    int64_t max = member ? RECORD_STRING_MAX : record_field_max(field);
    enum text_flag lines = field->flags & RECORD_MULTILINE ? TEXT_LINES : TEXT_LINE;
    if (strlen(text) > (size_t)max * 4 + 4) /* no need to look at a megabyte */
        return RECORD_FAULT_LONG;
    if (!text_is_clean(text, G_MAXINT, lines))
        return RECORD_FAULT_CHARS;
    int64_t chars = g_utf8_strlen(text, -1);
    if (chars > max)
        return RECORD_FAULT_LONG;
    return !member && chars < field->min ? RECORD_FAULT_SHORT : NULL;
}

const char *record_set_integer(const struct record_field *field, void *record, int64_t value)
{
    if (value < field->min || value > record_field_max(field))
        return RECORD_FAULT_RANGE;
    *integer_at(field, record) = value;
    return NULL;
}

static const char *set_string(const struct record_field *field, void *record, const char *text)
{
    const char *fault = record_check_text(field, text);
    if (fault != NULL)
        return fault;
    char **at = string_at(field, record);
    char *copy = g_strdup(text); /* before the old text goes: it may be the same */
    wipe(field, *at);
    g_free(*at);
    *at = copy;
    return NULL;
}

static const char *set_number(const struct record_field *field, void *record, const char *text)
{
    gint64 value;
    g_autoptr(GError) error = NULL;
    if (g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &value, &error) && *text != '+')
        return record_set_integer(field, record, value);
    bool out = g_error_matches(error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS);
    return out ? RECORD_FAULT_RANGE : RECORD_FAULT_NUMBER;
}

static const char *set_boolean(const struct record_field *field, void *record, const char *text)
{
    static const char *const words[] = {"false", "true", "0", "1"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(text, words[i]) == 0) {
            *boolean_at(field, record) = i % 2;
            return NULL;
        }
    return RECORD_FAULT_BOOLEAN;
}

static const char *set_word(const struct record_field *field, void *record, const char *text)
{
    for (int i = 0; field->words[i] != NULL; i++)
        if (strcmp(text, field->words[i]) == 0) {
            *word_at(field, record) = i;
            return NULL;
        }
    return RECORD_FAULT_WORD;
}

const char *record_set_text(const struct record_field *field, void *record, const char *text)
{
    switch (field->kind) {
    case RECORD_STRING:
        return set_string(field, record, text);
    case RECORD_INTEGER:
        return set_number(field, record, text);
    case RECORD_BOOLEAN:
        return set_boolean(field, record, text);
    case RECORD_WORD:
        return set_word(field, record, text);
    case RECORD_TIME:
        return clock_parse(text, integer_at(field, record)) ? NULL : RECORD_FAULT_TIME;
    default:
        g_assert_not_reached();
    }
}

char *record_get_text(const struct record_field *field, const void *record)
{
    switch (field->kind) {
    case RECORD_STRING:
        return g_strdup(*string_at(field, record));
    case RECORD_INTEGER:
        return g_strdup_printf("%" G_GINT64_FORMAT, *integer_at(field, record));
    case RECORD_BOOLEAN:
        return g_strdup(*boolean_at(field, record) ? "true" : "false");
    case RECORD_WORD:
        return g_strdup(field->words[*word_at(field, record)]);
    case RECORD_TIME:
        return *integer_at(field, record) != 0 ? clock_format(*integer_at(field, record)) : NULL;
    default:
        g_assert_not_reached();
    }
}
