/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form of a field: the checks that everything from outside passes. */
#include "base/record_slot.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

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
    *record_integer_at(field, record) = value;
    return NULL;
}

static const char *set_string(const struct record_field *field, void *record, const char *text)
{
    const char *fault = record_check_text(field, text);
    if (fault != NULL)
        return fault;
    char **at = record_string_at(field, record);
    char *copy = g_strdup(text); /* before the old text goes: it may be the same */
    record_wipe(field, *at);
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
            *record_boolean_at(field, record) = i % 2;
            return NULL;
        }
    return RECORD_FAULT_BOOLEAN;
}

static const char *set_word(const struct record_field *field, void *record, const char *text)
{
    for (int i = 0; field->words[i] != NULL; i++)
        if (strcmp(text, field->words[i]) == 0) {
            *record_word_at(field, record) = i;
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
        return clock_parse(text, record_integer_at(field, record)) ? NULL : RECORD_FAULT_TIME;
    default:
        g_assert_not_reached();
    }
}

char *record_get_text(const struct record_field *field, const void *record)
{
    switch (field->kind) {
    case RECORD_STRING:
        return g_strdup(*record_string_at(field, record));
    case RECORD_INTEGER:
        return g_strdup_printf("%" G_GINT64_FORMAT, *record_integer_at(field, record));
    case RECORD_BOOLEAN:
        return g_strdup(*record_boolean_at(field, record) ? "true" : "false");
    case RECORD_WORD:
        return g_strdup(field->words[*record_word_at(field, record)]);
    case RECORD_TIME:
        return *record_integer_at(field, record) != 0 ? clock_format(*record_integer_at(field, record)) : NULL;
    default:
        g_assert_not_reached();
    }
}

char *record_fault_text(const struct record_field *field, const char *fault)
{
    int64_t max = field->kind == RECORD_STRINGS ? RECORD_STRING_MAX : record_field_max(field);
    if (g_str_equal(fault, RECORD_FAULT_RANGE))
        return g_strdup_printf("%s: %s (%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ")", field->name, fault, field->min,
                               max);
    if (g_str_equal(fault, RECORD_FAULT_LONG))
        return g_strdup_printf("%s: %s (at most %" G_GINT64_FORMAT " characters)", field->name, fault, max);
    if (g_str_equal(fault, RECORD_FAULT_MANY))
        return g_strdup_printf("%s: %s (at most %" G_GINT64_FORMAT ")", field->name, fault, record_field_max(field));
    if (g_str_equal(fault, RECORD_FAULT_SHORT))
        return g_strdup_printf("%s: %s (at least %" G_GINT64_FORMAT " characters)", field->name, fault, field->min);
    if (g_str_equal(fault, RECORD_FAULT_WORD)) {
        g_autofree char *words = g_strjoinv(", ", (char **)field->words);
        return g_strdup_printf("%s: %s (known are: %s)", field->name, fault, words);
    }
    if (g_str_equal(fault, RECORD_FAULT_TIME))
        return g_strdup_printf("%s: %s (as in 2026-12-01T08:00:00+08:00)", field->name, fault);
    return g_strdup_printf("%s: %s", field->name, fault);
}
