/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The platform's SQLite: one connection, WAL, synchronous FULL, STRICT tables. The only file here that includes sqlite3.h.
 *
 * Statements are written where they are used, as string literals, prepared at first use and kept. Rows become records by
 * column name, so a table, the JSON and the import share the field lists of graduation/.
 *
 * A statement that fails (disk full, broken file) spoils the transaction, or the reading, it belongs to: what follows reads as
 * empty, and database_commit() rolls back and says false. Callers therefore check once, at the end; whoever only reads asks
 * database_spoiled() before the answer leaves.
 *
 * Owns: the connection. Blocks: local disk, milliseconds. Only the main thread may call.
 */
#pragma once

#include "base/record.h"

struct database;

#define DATABASE_ERROR (database_error_quark())
GQuark database_error_quark(void);

/* Opens or creates; the schema comes with it. ":memory:" is allowed. */
struct database *database_open(const char *path, GError **error);
void database_close(struct database *db); /* accepts NULL */

struct value {
    enum { VALUE_END, VALUE_NULL, VALUE_TEXT, VALUE_INTEGER, VALUE_BYTES } kind;
    const char *text;
    int64_t integer;
    GBytes *bytes;
};
static inline struct value v_text(const char *text)
{
    return (struct value){.kind = text ? VALUE_TEXT : VALUE_NULL, .text = text};
}
static inline struct value v_integer(int64_t integer)
{
    return (struct value){.kind = VALUE_INTEGER, .integer = integer};
}
static inline struct value v_bytes(GBytes *bytes)
{
    return (struct value){.kind = bytes ? VALUE_BYTES : VALUE_NULL, .bytes = bytes};
}
/* The values of ?1, ?2 …: WITH(v_text(exam_no), v_integer(now)). */
#define WITH(...) ((const struct value[]){__VA_ARGS__, {.kind = VALUE_END}})
#define WITHOUT   ((const struct value[]){{.kind = VALUE_END}})

/* A change. False when a constraint refused it (expected) or the statement failed (the transaction is spoiled). */
bool database_run(struct database *db, const char *sql, const struct value *values);
int database_changes(const struct database *db); /* rows of the last change */
int64_t database_last_id(const struct database *db);

/* First column of the first row; newly allocated; NULL = no row or NULL. */
char *database_text(struct database *db, const char *sql, const struct value *values);
GBytes *database_bytes(struct database *db, const char *sql, const struct value *values);
int64_t database_integer(struct database *db, const char *sql, const struct value *values, int64_t otherwise);
/* The first row as a new record, columns to fields by name; NULL = no row. A column without a field is a bug. */
void *database_row(struct database *db, const struct record_type *type, const char *sql, const struct value *values);
/* All rows; freed with record_list_free(), or by the record whose list they become. */
GPtrArray *database_rows(struct database *db, const struct record_type *type, const char *sql,
                         const struct value *values);
/* First column of all rows: char *. */
GPtrArray *database_texts(struct database *db, const char *sql, const struct value *values);
/* Binds a whole record: the scalar fields of `type` in their order become ?1, ?2 …; `more` (may be NULL) follows. */
bool database_run_record(struct database *db, const char *sql, const struct record_type *type, const void *record,
                         const struct value *more);

bool database_begin(struct database *db); /* false: busy or broken, nothing was begun */
/* For many reads in a row, which then are of one moment and lock once; ended like the other. */
bool database_begin_reading(struct database *db);
bool database_commit(struct database *db);
void database_rollback(struct database *db);
/* What is read from here on is judged by itself: database_spoiled() forgets what failed before. Not within a transaction. */
void database_forget_faults(struct database *db);
/* True when a statement failed since: what was read then is not what is stored. */
bool database_spoiled(const struct database *db);
