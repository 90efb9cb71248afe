/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a field lies in its struct, by kind: for the two halves of record and for settings and tsv. Blocks: never. */
#pragma once

#include "base/record.h"

#include <string.h>

/* The member of the struct that a field describes. */
static inline void *record_slot(const struct record_field *field, const void *record)
{
    return (char *)record + field->offset;
}

static inline char **record_string_at(const struct record_field *field, const void *record)
{
    return record_slot(field, record);
}

static inline int64_t *record_integer_at(const struct record_field *field, const void *record)
{
    return record_slot(field, record);
}

static inline bool *record_boolean_at(const struct record_field *field, const void *record)
{
    return record_slot(field, record);
}

static inline int *record_word_at(const struct record_field *field, const void *record)
{
    return record_slot(field, record);
}

static inline void **record_one_at(const struct record_field *field, const void *record)
{
    return record_slot(field, record);
}

static inline GPtrArray **record_list_at(const struct record_field *field, const void *record)
{
    return record_slot(field, record);
}

/* Before a text of this field is freed. */
static inline void record_wipe(const struct record_field *field, char *text)
{
    if (text != NULL && field->flags & RECORD_SECRET)
        explicit_bzero(text, strlen(text));
}
