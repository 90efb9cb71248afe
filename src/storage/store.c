/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/store.h"

#include "base/clock.h"
#include "base/secret.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define SCHEMA_VERSION 1
#define DAMAGED_MAX    100

G_DEFINE_QUARK(store - error - quark, store_error)

struct store {
    sqlite3 *db;
};

static const char schema[] =
    "CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, what TEXT NOT NULL,"
    "  detail TEXT NOT NULL) STRICT;"
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, person TEXT NOT NULL, call TEXT NOT NULL,"
    "  idempotency_key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, body TEXT NOT NULL,"
    "  created_at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE print_job (job_name TEXT PRIMARY KEY, person TEXT NOT NULL, form_version INTEGER NOT NULL,"
    "  copies INTEGER NOT NULL, sha256 TEXT NOT NULL, job_uuid TEXT NOT NULL, progress INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE machine (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL) STRICT;";

/* ---------------------------------------------------------------- statements */

static bool set_error(sqlite3 *db, int code, GError **error)
{
    int kind = code == SQLITE_FULL || code == SQLITE_IOERR ? STORE_ERROR_FULL : STORE_ERROR_WRITE;
    g_set_error(error, STORE_ERROR, kind, "%s", db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    return false;
}

/* One value of a statement: text, or a whole number when text is NULL. */
struct value {
    const char *text;
    gint64 number;
};
#define TEXT(value)                                                                                                    \
    {                                                                                                                  \
        .text = (value) ? (value) : ""                                                                                 \
    }
#define NUMBER(value)                                                                                                  \
    {                                                                                                                  \
        .number = (value)                                                                                              \
    }

static sqlite3_stmt *prepare(struct store *store, const char *sql, const struct value *values, int n, GError **error)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    for (int i = 0; code == SQLITE_OK && i < n; i++)
        code = values[i].text ? sqlite3_bind_text(statement, i + 1, values[i].text, -1, SQLITE_STATIC)
                              : sqlite3_bind_int64(statement, i + 1, values[i].number);
    if (code == SQLITE_OK)
        return statement;
    set_error(store->db, code, error);
    sqlite3_finalize(statement);
    return NULL;
}

/* Runs one statement that returns nothing; it has been committed durably when this returns true. */
static bool execute(struct store *store, const char *sql, const struct value *values, int n, GError **error)
{
    sqlite3_stmt *statement = prepare(store, sql, values, n, error);
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    bool done = code == SQLITE_DONE || set_error(store->db, code, error);
    sqlite3_finalize(statement);
    return done;
}

static char *column(sqlite3_stmt *statement, int i)
{
    return g_strdup((const char *)sqlite3_column_text(statement, i));
}

/* ---------------------------------------------------------------- opening */

static int user_version(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    int version = -1;
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return version;
}

static int set_up(sqlite3 *db)
{
    int code = sqlite3_exec(db,
                            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                            "PRAGMA trusted_schema = OFF;",
                            NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return code;
    int version = user_version(db);
    if (version == SCHEMA_VERSION)
        return SQLITE_OK;
    if (version != 0)
        return SQLITE_NOTADB; /* from another time: set aside like a damaged one */
    g_autofree char *sql = g_strdup_printf("BEGIN; %s PRAGMA user_version = %d; COMMIT;", schema, SCHEMA_VERSION);
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int open_file(const char *path, sqlite3 **ret_db)
{
    int code = sqlite3_open_v2(path, ret_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK)
        sqlite3_busy_timeout(*ret_db, 1000);
    return code == SQLITE_OK ? set_up(*ret_db) : code;
}

/* The file and its companions get a new name and are kept for the technician. */
static bool set_aside(const char *path)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    for (int n = 1; n <= DAMAGED_MAX; n++) {
        g_autofree char *name = g_strdup_printf("%s.damaged-%d", path, n);
        if (g_file_test(name, G_FILE_TEST_EXISTS))
            continue;
        for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
            g_autofree char *from = g_strconcat(path, tails[i], NULL);
            g_autofree char *to = g_strconcat(name, tails[i], NULL);
            if (g_rename(from, to) != 0 && i == 0)
                return false;
        }
        return true;
    }
    return false;
}

static bool is_damage(int code)
{
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

struct store *store_open(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, "%s: %s", folder, g_strerror(errno));
        return NULL;
    }
    struct store *store = g_new0(struct store, 1);
    int code = open_file(path, &store->db);
    if (is_damage(code)) {
        sqlite3_close(store->db);
        store->db = NULL;
        if (set_aside(path))
            code = open_file(path, &store->db);
    }
    if (code == SQLITE_OK && g_chmod(path, 0600) == 0)
        return store;
    g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, "%s: %s", path,
                store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    sqlite3_close(store->db);
    g_free(store);
}

/* ---------------------------------------------------------------- journal, outbox */

bool store_journal(struct store *store, const char *person, const char *what, const char *detail, GError **error)
{
    struct clock clock;
    clock_init(&clock, 0);
    const struct value values[] = {NUMBER(clock_now(&clock)), TEXT(person), TEXT(what), TEXT(detail)};
    return execute(store, "INSERT INTO journal (at, person, what, detail) VALUES (?, ?, ?, ?)", values,
                   G_N_ELEMENTS(values), error);
}

void outbox_entry_free(struct outbox_entry *entry)
{
    if (!entry)
        return;
    g_free(entry->person);
    g_free(entry->call);
    g_free(entry->idempotency_key);
    g_free(entry->body);
    g_free(entry);
}

static bool outbox_row(struct store *store, const char *key, gint64 *ret_id, GError **error)
{
    const struct value values[] = {TEXT(key)};
    sqlite3_stmt *statement = prepare(store, "SELECT id FROM outbox WHERE idempotency_key = ?", values, 1, error);
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *ret_id = sqlite3_column_int64(statement, 0);
    else
        set_error(store->db, code, error);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW;
}

bool store_outbox_add(struct store *store, const struct outbox_entry *entry, gint64 *ret_id, GError **error)
{
    const struct value values[] = {TEXT(entry->person),    TEXT(entry->call), TEXT(entry->idempotency_key),
                                   NUMBER(entry->version), TEXT(entry->body), NUMBER(entry->created_at)};
    if (!execute(store,
                 "INSERT INTO outbox (person, call, idempotency_key, version, body, created_at)"
                 " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING",
                 values, G_N_ELEMENTS(values), error))
        return false;
    return !ret_id || outbox_row(store, entry->idempotency_key, ret_id, error);
}

bool store_outbox_remove(struct store *store, const char *idempotency_key, GError **error)
{
    const struct value values[] = {TEXT(idempotency_key)};
    return execute(store, "DELETE FROM outbox WHERE idempotency_key = ?", values, 1, error);
}

GPtrArray *store_outbox_list(struct store *store, const char *person, GError **error)
{
    const struct value values[] = {TEXT(person), NUMBER(person == NULL)};
    sqlite3_stmt *statement = prepare(store,
                                      "SELECT id, person, call, idempotency_key, version, body, created_at FROM outbox"
                                      " WHERE person = ?1 OR ?2 ORDER BY id",
                                      values, 2, error);
    if (!statement)
        return NULL;
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_entry_free);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        struct outbox_entry *entry = g_new0(struct outbox_entry, 1);
        entry->id = sqlite3_column_int64(statement, 0);
        entry->person = column(statement, 1);
        entry->call = column(statement, 2);
        entry->idempotency_key = column(statement, 3);
        entry->version = sqlite3_column_int64(statement, 4);
        entry->body = column(statement, 5);
        entry->created_at = sqlite3_column_int64(statement, 6);
        g_ptr_array_add(list, entry);
    }
    sqlite3_finalize(statement);
    return list;
}

/* ---------------------------------------------------------------- prints, the machine's key */

void print_job_free(struct print_job *job)
{
    if (!job)
        return;
    g_free(job->job_name);
    g_free(job->person);
    g_free(job->sha256);
    g_free(job->job_uuid);
    g_free(job->outcome);
    g_free(job);
}

bool store_print_put(struct store *store, const struct print_job *job, GError **error)
{
    const struct value values[] = {TEXT(job->job_name),   TEXT(job->person),  NUMBER(job->form_version),
                                   NUMBER(job->copies),   TEXT(job->sha256),  TEXT(job->job_uuid),
                                   NUMBER(job->progress), TEXT(job->outcome), NUMBER(job->created_at)};
    return execute(store,
                   "INSERT INTO print_job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_name) DO UPDATE SET"
                   " job_uuid = excluded.job_uuid, progress = excluded.progress, outcome = excluded.outcome",
                   values, G_N_ELEMENTS(values), error);
}

GPtrArray *store_print_open(struct store *store, const char *person, GError **error)
{
    const struct value values[] = {TEXT(person), NUMBER(PRINT_ENDED)};
    sqlite3_stmt *statement = prepare(store,
                                      "SELECT job_name, person, form_version, copies, sha256, job_uuid, progress,"
                                      " outcome, created_at FROM print_job WHERE person = ? AND progress < ?"
                                      " ORDER BY created_at, rowid",
                                      values, 2, error);
    if (!statement)
        return NULL;
    GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)print_job_free);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        struct print_job *job = g_new0(struct print_job, 1);
        job->job_name = column(statement, 0);
        job->person = column(statement, 1);
        job->form_version = sqlite3_column_int64(statement, 2);
        job->copies = sqlite3_column_int64(statement, 3);
        job->sha256 = column(statement, 4);
        job->job_uuid = column(statement, 5);
        job->progress = sqlite3_column_int(statement, 6);
        job->outcome = column(statement, 7);
        job->created_at = sqlite3_column_int64(statement, 8);
        g_ptr_array_add(list, job);
    }
    sqlite3_finalize(statement);
    return list;
}

static bool read_key(struct store *store, unsigned char ret[32])
{
    sqlite3_stmt *statement = prepare(store, "SELECT key FROM machine WHERE id = 1", NULL, 0, NULL);
    bool found = statement && sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_bytes(statement, 0) == 32;
    if (found)
        memcpy(ret, sqlite3_column_blob(statement, 0), 32);
    sqlite3_finalize(statement);
    return found;
}

bool store_machine_key(struct store *store, unsigned char ret[32], GError **error)
{
    if (read_key(store, ret))
        return true;
    sqlite3_stmt *statement = prepare(store, "INSERT OR REPLACE INTO machine (id, key) VALUES (1, ?)", NULL, 0, error);
    if (!statement)
        return false;
    secret_random(ret, 32);
    sqlite3_bind_blob(statement, 1, ret, 32, SQLITE_STATIC);
    int code = sqlite3_step(statement);
    bool done = code == SQLITE_DONE || set_error(store->db, code, error);
    sqlite3_finalize(statement);
    return done;
}
