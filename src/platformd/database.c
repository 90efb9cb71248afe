/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/database.h"

#include <sqlite3.h>

#include "base/log.h"
#include "base/record_slot.h"
#include "platformd/schema.h"

#define BUSY_MS 250 /* everybody waits meanwhile; longer is told (503), and the same may be sent again */

struct database {
    sqlite3 *connection;
    GHashTable *statements; /* SQL literal (its address) → sqlite3_stmt */
    GHashTable *columns;    /* the same → struct columns, for those that give records */
    bool spoiled;
};

/* Which field each column of a statement is: looked up once, not for every row. */
struct columns {
    const struct record_type *type;
    int n;
    const struct record_field *fields[];
};

G_DEFINE_QUARK(database - error, database_error)

static void statement_free(gpointer statement)
{
    (void)sqlite3_finalize(statement);
}

/* ---------------------------------------------------------------- open and close */

static bool execute(struct database *db, const char *sql, GError **error)
{
    char *message = NULL;
    if (sqlite3_exec(db->connection, sql, NULL, NULL, &message) == SQLITE_OK)
        return true;
    g_set_error(error, DATABASE_ERROR, 0, "database: %s", message ? message : sqlite3_errmsg(db->connection));
    sqlite3_free(message);
    return false;
}

static bool prepare_schema(struct database *db, GError **error)
{
    int64_t version = database_integer(db, "PRAGMA user_version", WITHOUT, -1);
    if (version == 0)
        return execute(db, platform_schema, error);
    for (; version > 0 && version < PLATFORM_SCHEMA_VERSION && platform_migrations[version]; version++)
        if (!execute(db, platform_migrations[version], error))
            return false;
    if (version != PLATFORM_SCHEMA_VERSION)
        g_set_error(error, DATABASE_ERROR, 0,
                    "database: schema %" G_GINT64_FORMAT " is not %d: made by another version", version,
                    PLATFORM_SCHEMA_VERSION);
    return version == PLATFORM_SCHEMA_VERSION;
}

struct database *database_open(const char *path, GError **error)
{
    static const char settings[] = "PRAGMA journal_mode=WAL;"
                                   "PRAGMA synchronous=FULL;"
                                   "PRAGMA foreign_keys=ON;"
                                   "PRAGMA trusted_schema=OFF;"
                                   "PRAGMA secure_delete=FAST;"
                                   "PRAGMA cache_size=-4096;"
                                   "PRAGMA mmap_size=2147418112;"; /* what is read of millions is copied once less */
    struct database *db = g_new0(struct database, 1);
    db->statements = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, statement_free);
    db->columns = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db->connection, flags, NULL) != SQLITE_OK) {
        g_set_error(error, DATABASE_ERROR, 0, "database: %s", sqlite3_errmsg(db->connection));
        database_close(db);
        return NULL;
    }
    (void)sqlite3_busy_timeout(db->connection, BUSY_MS);
    if (!execute(db, settings, error) || !prepare_schema(db, error)) {
        database_close(db);
        return NULL;
    }
    return db;
}

void database_close(struct database *db)
{
    if (!db)
        return;
    g_hash_table_unref(db->statements);
    g_hash_table_unref(db->columns);
    (void)sqlite3_close(db->connection);
    g_free(db);
}

/* ---------------------------------------------------------------- statements */

static void spoil(struct database *db, const char *sql)
{
    db->spoiled = true;
    log_write(LOG_ERROR, "database", "%s in %.60s", sqlite3_errmsg(db->connection), sql);
}

static void bind_value(sqlite3_stmt *statement, int at, const struct value *value)
{
    int result = SQLITE_OK;
    gsize n = 0;
    gconstpointer data = NULL;
    switch (value->kind) {
    case VALUE_TEXT:
        result = sqlite3_bind_text(statement, at, value->text, -1, SQLITE_TRANSIENT);
        break;
    case VALUE_INTEGER:
        result = sqlite3_bind_int64(statement, at, value->integer);
        break;
    case VALUE_BYTES:
        data = g_bytes_get_data(value->bytes, &n);
        result = sqlite3_bind_blob64(statement, at, data ? data : "", n, SQLITE_TRANSIENT);
        break;
    case VALUE_NULL:
    case VALUE_END:
        result = sqlite3_bind_null(statement, at);
        break;
    }
    g_assert(result == SQLITE_OK); /* anything else is a wrong statement */
}

static int bind_values(sqlite3_stmt *statement, int at, const struct value *values)
{
    for (; values && values->kind != VALUE_END; values++)
        bind_value(statement, at++, values);
    return at;
}

static sqlite3_stmt *prepared(struct database *db, const char *sql)
{
    sqlite3_stmt *statement = g_hash_table_lookup(db->statements, sql);
    if (statement) {
        (void)sqlite3_reset(statement);
        (void)sqlite3_clear_bindings(statement);
        return statement;
    }
    if (sqlite3_prepare_v3(db->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        spoil(db, sql);
        return NULL;
    }
    g_hash_table_insert(db->statements, (gpointer)sql, statement);
    return statement;
}

static sqlite3_stmt *start(struct database *db, const char *sql, const struct value *values)
{
    sqlite3_stmt *statement = prepared(db, sql);
    if (statement)
        (void)bind_values(statement, 1, values);
    return statement;
}

/* True while there is a row. */
static bool step(struct database *db, sqlite3_stmt *statement, const char *sql)
{
    int result = statement ? sqlite3_step(statement) : SQLITE_DONE;
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        spoil(db, sql);
    return false;
}

static void finish(sqlite3_stmt *statement)
{
    if (statement) {
        (void)sqlite3_reset(statement);
        (void)sqlite3_clear_bindings(statement); /* lets go of people's data */
    }
}

static bool change(struct database *db, sqlite3_stmt *statement, const char *sql)
{
    int result = statement ? sqlite3_step(statement) : SQLITE_ERROR;
    if (statement && result != SQLITE_DONE && result != SQLITE_ROW && (result & 0xff) != SQLITE_CONSTRAINT)
        spoil(db, sql);
    finish(statement);
    return result == SQLITE_DONE || result == SQLITE_ROW;
}

bool database_run(struct database *db, const char *sql, const struct value *values)
{
    return change(db, start(db, sql, values), sql);
}

int database_changes(const struct database *db)
{
    return sqlite3_changes(db->connection);
}

int64_t database_last_id(const struct database *db)
{
    return sqlite3_last_insert_rowid(db->connection);
}

/* ---------------------------------------------------------------- reading */

char *database_text(struct database *db, const char *sql, const struct value *values)
{
    sqlite3_stmt *statement = start(db, sql, values);
    char *found = step(db, statement, sql) ? g_strdup((const char *)sqlite3_column_text(statement, 0)) : NULL;
    finish(statement);
    return found;
}

GBytes *database_bytes(struct database *db, const char *sql, const struct value *values)
{
    sqlite3_stmt *statement = start(db, sql, values);
    GBytes *found = NULL;
    if (step(db, statement, sql) && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        gconstpointer data = sqlite3_column_blob(statement, 0);
        found = g_bytes_new(data, (gsize)sqlite3_column_bytes(statement, 0));
    }
    finish(statement);
    return found;
}

int64_t database_integer(struct database *db, const char *sql, const struct value *values, int64_t otherwise)
{
    sqlite3_stmt *statement = start(db, sql, values);
    bool found = step(db, statement, sql) && sqlite3_column_type(statement, 0) != SQLITE_NULL;
    int64_t number = found ? sqlite3_column_int64(statement, 0) : otherwise;
    finish(statement);
    return number;
}

static int word_index(const struct record_field *field, const char *word)
{
    for (int i = 0; word && field->words[i]; i++)
        if (strcmp(field->words[i], word) == 0)
            return i;
    return 0;
}

static void read_column(sqlite3_stmt *statement, int column, const struct record_field *field, void *record)
{
    const char *string = NULL;
    switch (field->kind) {
    case RECORD_STRING:
        string = (const char *)sqlite3_column_text(statement, column);
        g_free(*record_string_at(field, record));
        *record_string_at(field, record) = g_strdup(string);
        break;
    case RECORD_INTEGER:
    case RECORD_TIME:
        *record_integer_at(field, record) = sqlite3_column_int64(statement, column);
        break;
    case RECORD_BOOLEAN:
        *record_boolean_at(field, record) = sqlite3_column_int64(statement, column) != 0;
        break;
    case RECORD_WORD:
        *record_word_at(field, record) = word_index(field, (const char *)sqlite3_column_text(statement, column));
        break;
    case RECORD_ONE:
    case RECORD_MANY:
    case RECORD_STRINGS:
        g_assert_not_reached();
    }
}

static const struct columns *find_columns(struct database *db, const struct record_type *type, const char *sql,
                                          sqlite3_stmt *statement)
{
    struct columns *columns = g_hash_table_lookup(db->columns, sql);
    if (columns) {
        g_assert(columns->type == type);
        return columns;
    }
    int n = sqlite3_column_count(statement);
    columns = g_malloc0(sizeof *columns + (size_t)n * sizeof columns->fields[0]);
    columns->type = type;
    columns->n = n;
    for (int i = 0; i < n; i++) {
        columns->fields[i] = record_field_find(type, sqlite3_column_name(statement, i));
        g_assert(columns->fields[i]);
    }
    g_hash_table_insert(db->columns, (gpointer)sql, columns);
    return columns;
}

static void *read_record(sqlite3_stmt *statement, const struct columns *columns)
{
    void *record = record_new(columns->type);
    for (int i = 0; i < columns->n; i++)
        read_column(statement, i, columns->fields[i], record);
    return record;
}

void *database_row(struct database *db, const struct record_type *type, const char *sql, const struct value *values)
{
    sqlite3_stmt *statement = start(db, sql, values);
    void *record = NULL;
    if (step(db, statement, sql))
        record = read_record(statement, find_columns(db, type, sql, statement));
    finish(statement);
    return record;
}

GPtrArray *database_rows(struct database *db, const struct record_type *type, const char *sql,
                         const struct value *values)
{
    GPtrArray *rows = g_ptr_array_new();
    sqlite3_stmt *statement = start(db, sql, values);
    while (step(db, statement, sql))
        g_ptr_array_add(rows, read_record(statement, find_columns(db, type, sql, statement)));
    finish(statement);
    return rows;
}

GPtrArray *database_texts(struct database *db, const char *sql, const struct value *values)
{
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *statement = start(db, sql, values);
    while (step(db, statement, sql))
        g_ptr_array_add(texts, g_strdup((const char *)sqlite3_column_text(statement, 0)));
    finish(statement);
    return texts;
}

/* ---------------------------------------------------------------- records in */

/* False for what has no place in one column. */
static bool field_value(const struct record_field *field, const void *record, struct value *ret_value)
{
    switch (field->kind) {
    case RECORD_STRING:
        *ret_value = v_text(*record_string_at(field, record));
        return true;
    case RECORD_INTEGER:
    case RECORD_TIME:
        *ret_value = v_integer(*record_integer_at(field, record));
        return true;
    case RECORD_BOOLEAN:
        *ret_value = v_integer(*record_boolean_at(field, record));
        return true;
    case RECORD_WORD:
        *ret_value = v_text(field->words[*record_word_at(field, record)]);
        return true;
    case RECORD_ONE:
    case RECORD_MANY:
    case RECORD_STRINGS:
        break;
    }
    return false;
}

bool database_run_record(struct database *db, const char *sql, const struct record_type *type, const void *record,
                         const struct value *more)
{
    sqlite3_stmt *statement = prepared(db, sql);
    int at = 1;
    for (size_t i = 0; statement && i < type->n_fields; i++) {
        struct value value;
        if (field_value(&type->fields[i], record, &value))
            bind_value(statement, at++, &value);
    }
    if (statement)
        (void)bind_values(statement, at, more);
    return change(db, statement, sql);
}

/* ---------------------------------------------------------------- transactions */

bool database_begin(struct database *db)
{
    db->spoiled = false;
    bool begun = database_run(db, "BEGIN IMMEDIATE", WITHOUT);
    return begun && !db->spoiled;
}

bool database_begin_reading(struct database *db)
{
    db->spoiled = false;
    return database_run(db, "BEGIN", WITHOUT);
}

bool database_commit(struct database *db)
{
    if (!db->spoiled && database_run(db, "COMMIT", WITHOUT) && !db->spoiled)
        return true;
    database_rollback(db);
    return false;
}

void database_rollback(struct database *db)
{
    /* SQLite may have rolled back by itself after an I/O error. */
    if (!sqlite3_get_autocommit(db->connection))
        (void)database_run(db, "ROLLBACK", WITHOUT);
}

void database_forget_faults(struct database *db)
{
    db->spoiled = false;
}

bool database_spoiled(const struct database *db)
{
    return db->spoiled;
}
