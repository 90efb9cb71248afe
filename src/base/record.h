/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One description of a struct, used wherever data crosses a border.
 *
 * A `record_type` lists the fields of a C struct: name, kind, bounds, default. JSON (wire/json), libconfig files
 * (base/settings) and tab-separated tables (base/tsv) are all read and written through it, so a field is
 * named, bounded and documented in one place. Structs described this way are plain C and used directly.
 *
 * Storage in the struct, by kind:
 *   STRING   char *            owned, never NULL after decoding of a required field; NULL = absent
 *   INTEGER  int64_t           within min..max
 *   BOOLEAN  bool
 *   WORD     int               index into `words`
 *   TIME     int64_t           seconds since 1970 UTC, 0 = absent; outside as RFC 3339 with +08:00
 *   ONE      struct x *        owned, NULL = absent; with any `initial` record_new() makes it with its own defaults
 *   MANY     GPtrArray *       of struct x *, owned; never NULL after record_new(). The array has no free function:
 *                              its members go with the record, or with record_list_free()
 *   STRINGS  GPtrArray *       of char *, owned; never NULL after record_new()
 *
 * Blocks: never. Errors: none; out of memory ends the process.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_kind {
    RECORD_STRING,
    RECORD_INTEGER,
    RECORD_BOOLEAN,
    RECORD_WORD,
    RECORD_TIME,
    RECORD_ONE,
    RECORD_MANY,
    RECORD_STRINGS,
};

enum record_flag {
    RECORD_REQUIRED = 1 << 0,  /* must be there when read from outside */
    RECORD_SECRET = 1 << 1,    /* wiped before it is freed, never logged */
    RECORD_MULTILINE = 1 << 2, /* newline is allowed in the text */
    RECORD_KEY = 1 << 3,       /* part of the key when tables are updated by key */
    RECORD_PROSE = 1 << 4,     /* sentences for people: a lenient reader cuts what is too long, with "…" */
};

struct record_type;

struct record_field {
    const char *name; /* as it stands in JSON, .conf and .tsv */
    enum record_kind kind;
    size_t offset; /* offsetof() in the struct */
    unsigned flags;
    int64_t min;                    /* INTEGER: least value; STRING: least characters */
    int64_t max;                    /* INTEGER: greatest value; STRING: most characters (code points);
                                       MANY, STRINGS: most members. 0 = the kind's default limit */
    const struct record_type *type; /* ONE, MANY: what is inside */
    const char *const *words;       /* WORD: NULL-terminated list, value = index */
    const char *initial;            /* default, as text; NULL = zero */
    const char *help;               /* one sentence, English; settings show it */
};

struct record_type {
    const char *name; /* for messages: "plan", "registration_form" */
    size_t size;      /* sizeof the struct */
    const struct record_field *fields;
    size_t n_fields;
};

#define RECORD_TYPE(struct_name, table)                                                                                \
    {                                                                                                                  \
        .name = #struct_name, .size = sizeof(struct struct_name), .fields = (table), .n_fields = G_N_ELEMENTS(table)   \
    }

/* Limits used where a field's `max` is 0. */
#define RECORD_STRING_MAX  200
#define RECORD_LIST_MAX    200
#define RECORD_INTEGER_MAX INT64_C(9007199254740991) /* 2^53 - 1: whole in every JSON reader */

/* record_fault: all that can be wrong with a value. Compare with g_str_equal(). */
#define RECORD_FAULT_NUMBER  "not a number"         /* INTEGER: no whole decimal number */
#define RECORD_FAULT_RANGE   "out of range"         /* INTEGER: not within min..max */
#define RECORD_FAULT_SHORT   "too short"            /* STRING: fewer than min characters */
#define RECORD_FAULT_LONG    "too long"             /* STRING: more than max characters */
#define RECORD_FAULT_CHARS   "forbidden characters" /* STRING: what text_clean() would drop or change */
#define RECORD_FAULT_WORD    "unknown word"         /* WORD */
#define RECORD_FAULT_TIME    "not a time"           /* TIME: not RFC 3339 with a zone */
#define RECORD_FAULT_MANY    "too many members"     /* STRINGS, MANY: more than max */
#define RECORD_FAULT_BOOLEAN "not true or false"    /* BOOLEAN: not true, false, 1 or 0 */

/* A new struct with its defaults; lists are empty arrays. Freed with record_free(). */
void *record_new(const struct record_type *type);
void record_free(const struct record_type *type, void *record);
/* Frees what the fields own and leaves the struct zeroed. Accepts a zeroed struct. */
void record_clear(const struct record_type *type, void *record);
/* A list of records of its own (tsv_read_all()), with its members. Accepts NULL. */
void record_list_free(const struct record_type *type, GPtrArray *list);
void *record_copy(const struct record_type *type, const void *record);
bool record_equal(const struct record_type *type, const void *a, const void *b);

/* NULL when there is no such field. */
const struct record_field *record_field_find(const struct record_type *type, const char *name);
/* The known field name most like `name` (edit distance at most 3), or NULL. For "did you mean". */
const char *record_nearest(const struct record_type *type, const char *name);

/* The greatest value, most characters or most members, with the default limits filled in. */
int64_t record_field_max(const struct record_field *field);

/*
 * Sets a field from its text form ("120", "true" or "1", a word, RFC 3339). Checks bounds and characters.
 * Returns NULL when it was set, else what is wrong as a constant word of `record_fault`:
 * the field is then unchanged. Only for the scalar kinds.
 */
const char *record_set_text(const struct record_field *field, void *record, const char *text);
/* The same for an INTEGER that is a number already. */
const char *record_set_integer(const struct record_field *field, void *record, int64_t value);
/* Checks one text as a STRING field or as one member of a STRINGS field (at most RECORD_STRING_MAX). NULL = fine. */
const char *record_check_text(const struct record_field *field, const char *text);
/* The fault with the field's name and bounds, for people who write files: "copies: out of range (1 to 5)". */
char *record_fault_text(const struct record_field *field, const char *fault);
/* The text form of a scalar field, newly allocated; NULL for an absent string or time. */
char *record_get_text(const struct record_field *field, const void *record);
