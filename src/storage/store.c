/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/store.h"

#include "base/clock.h"
#include "base/secret.h"
#include "storage/store_file.h"

#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

GQuark store_error_quark(void)
{
    return g_quark_from_static_string("store-error");
}

struct store {
    char *path;
    sqlite3 *db; /* NULL when a damaged file could not be replaced */
};

/* ---------------------------------------------------------------- statements */

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

static int prepare(struct store *store, const char *sql, const struct value *values, size_t n, sqlite3_stmt **ret)
{
    int code = store->db != NULL ? sqlite3_prepare_v2(store->db, sql, -1, ret, NULL) : SQLITE_MISUSE;
    for (size_t i = 0; code == SQLITE_OK && i < n; i++)
        code = values[i].text != NULL ? sqlite3_bind_text(*ret, (int)i + 1, values[i].text, -1, SQLITE_STATIC)
                                      : sqlite3_bind_int64(*ret, (int)i + 1, values[i].number);
    return code;
}

/* Takes a row of the answer; NULL = forget the rows taken so far, they come again. */
typedef void (*row_fn)(sqlite3_stmt *row, gpointer data);

static int run_once(struct store *store, const char *sql, const struct value *values, size_t n, row_fn row,
                    gpointer data)
{
    g_autoptr(sqlite3_stmt) statement = NULL;
    int code = prepare(store, sql, values, n, &statement);
    if (code != SQLITE_OK)
        return code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        row(statement, data);
    return code;
}

/*
 * Runs one statement; what it changes has been committed durably when this returns true. Damage that is met here is
 * dealt with as at the start, and the statement runs again on the new file.
 */
static bool run(struct store *store, GError **error, const char *sql, const struct value *values, size_t n, row_fn row,
                gpointer data)
{
    int code = run_once(store, sql, values, n, row, data);
    if (store_file_is_damage(code)) {
        store->db = store_file_replace(store->path, store->db, error);
        if (store->db == NULL)
            return false;
        if (row != NULL)
            row(NULL, data);
        code = run_once(store, sql, values, n, row, data);
    }
    if (code != SQLITE_DONE)
        store_file_set_error(store->db, code, STORE_ERROR_WRITE, error);
    return code == SQLITE_DONE;
}

static char *column(sqlite3_stmt *row, int i)
{
    return g_strdup((const char *)sqlite3_column_text(row, i));
}

/* Texts that are not known yet are empty in the table. */
static char *column_or_null(sqlite3_stmt *row, int i)
{
    char *text = column(row, i);
    if (*text == '\0')
        g_clear_pointer(&text, g_free);
    return text;
}

/* ---------------------------------------------------------------- life */

struct store *store_open(const char *path, GError **error)
{
    sqlite3 *db = store_file_open(path, error);
    if (db == NULL)
        return NULL;
    struct store *store = g_new0(struct store, 1);
    store->path = g_strdup(path);
    store->db = db;
    return store;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    sqlite3_close(store->db);
    g_free(store->path);
    g_free(store);
}

/* ---------------------------------------------------------------- journal, outbox */

bool store_journal(struct store *store, const char *person, const char *what, const char *detail, GError **error)
{
    struct clock clock;
    clock_init(&clock, 0);
    const struct value values[] = {NUMBER(clock_now(&clock)), TEXT(person), TEXT(what), TEXT(detail)};
    return run(store, error, "INSERT INTO journal (at, person, what, detail) VALUES (?, ?, ?, ?)", values,
               G_N_ELEMENTS(values), NULL, NULL);
}

void outbox_entry_free(struct outbox_entry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->person);
    g_free(entry->call);
    g_free(entry->idempotency_key);
    g_free(entry->body);
    g_free(entry);
}

static void take_id(sqlite3_stmt *row, gpointer data)
{
    if (row != NULL)
        *(gint64 *)data = sqlite3_column_int64(row, 0);
}

bool store_outbox_add(struct store *store, const struct outbox_entry *entry, gint64 *ret_id, GError **error)
{
    const struct value values[] = {TEXT(entry->person),    TEXT(entry->call), TEXT(entry->idempotency_key),
                                   NUMBER(entry->version), TEXT(entry->body), NUMBER(entry->created_at)};
    const struct value key[] = {TEXT(entry->idempotency_key)};
    if (!run(store, error,
             "INSERT INTO outbox (person, call, idempotency_key, version, body, created_at)"
             " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING",
             values, G_N_ELEMENTS(values), NULL, NULL))
        return false;
    return ret_id == NULL ||
           run(store, error, "SELECT id FROM outbox WHERE idempotency_key = ?", key, 1, take_id, ret_id);
}

bool store_outbox_remove(struct store *store, const char *idempotency_key, GError **error)
{
    const struct value values[] = {TEXT(idempotency_key)};
    return run(store, error, "DELETE FROM outbox WHERE idempotency_key = ?", values, G_N_ELEMENTS(values), NULL, NULL);
}

static void take_entry(sqlite3_stmt *row, gpointer data)
{
    if (row == NULL) {
        g_ptr_array_set_size(data, 0);
        return;
    }
    struct outbox_entry *entry = g_new0(struct outbox_entry, 1);
    entry->id = sqlite3_column_int64(row, 0);
    entry->person = column(row, 1);
    entry->call = column(row, 2);
    entry->idempotency_key = column(row, 3);
    entry->version = sqlite3_column_int64(row, 4);
    entry->body = column(row, 5);
    entry->created_at = sqlite3_column_int64(row, 6);
    g_ptr_array_add(data, entry);
}

GPtrArray *store_outbox_list(struct store *store, const char *person, GError **error)
{
    const struct value values[] = {TEXT(person), NUMBER(person == NULL)};
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_entry_free);
    bool read = run(store, error,
                    "SELECT id, person, call, idempotency_key, version, body, created_at FROM outbox"
                    " WHERE person = ?1 OR ?2 ORDER BY id",
                    values, G_N_ELEMENTS(values), take_entry, list);
    return read ? g_steal_pointer(&list) : NULL;
}

/* ---------------------------------------------------------------- prints */

void print_job_free(struct print_job *job)
{
    if (job == NULL)
        return;
    g_free(job->job_name);
    g_free(job->person);
    g_free(job->sha256);
    g_free(job->job_uuid);
    g_free(job->outcome);
    g_free(job);
}

/* A print goes on and never back, and what is known of it is not forgotten. */
bool store_print_put(struct store *store, const struct print_job *job, GError **error)
{
    const struct value values[] = {TEXT(job->job_name),   TEXT(job->person),  NUMBER(job->form_version),
                                   NUMBER(job->copies),   TEXT(job->sha256),  TEXT(job->job_uuid),
                                   NUMBER(job->progress), TEXT(job->outcome), NUMBER(job->created_at)};
    return run(store, error,
               "INSERT INTO print_job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_name) DO UPDATE SET"
               " job_uuid = COALESCE(NULLIF(excluded.job_uuid, ''), job_uuid),"
               " outcome = COALESCE(NULLIF(excluded.outcome, ''), outcome),"
               " progress = MAX(progress, excluded.progress)",
               values, G_N_ELEMENTS(values), NULL, NULL);
}

static void take_job(sqlite3_stmt *row, gpointer data)
{
    if (row == NULL) {
        g_ptr_array_set_size(data, 0);
        return;
    }
    struct print_job *job = g_new0(struct print_job, 1);
    job->job_name = column(row, 0);
    job->person = column(row, 1);
    job->form_version = sqlite3_column_int64(row, 2);
    job->copies = sqlite3_column_int64(row, 3);
    job->sha256 = column_or_null(row, 4);
    job->job_uuid = column_or_null(row, 5);
    job->progress = sqlite3_column_int(row, 6);
    job->outcome = column_or_null(row, 7);
    job->created_at = sqlite3_column_int64(row, 8);
    g_ptr_array_add(data, job);
}

GPtrArray *store_print_open(struct store *store, const char *person, GError **error)
{
    const struct value values[] = {TEXT(person), NUMBER(PRINT_ENDED)};
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)print_job_free);
    bool read = run(store, error,
                    "SELECT job_name, person, form_version, copies, sha256, job_uuid, progress, outcome, created_at"
                    " FROM print_job WHERE person = ? AND progress < ? ORDER BY created_at, rowid",
                    values, G_N_ELEMENTS(values), take_job, list);
    return read ? g_steal_pointer(&list) : NULL;
}

/* ---------------------------------------------------------------- the machine's key */

#define KEY_BYTES 32

static void take_key(sqlite3_stmt *row, gpointer data)
{
    g_byte_array_set_size(data, 0);
    if (row != NULL)
        g_byte_array_append(data, sqlite3_column_blob(row, 0), (guint)sqlite3_column_bytes(row, 0));
}

static bool make_key(struct store *store, GError **error)
{
    unsigned char key[KEY_BYTES];
    GString *sql = g_string_new("INSERT OR IGNORE INTO machine (id, key) VALUES (1, x'");
    secret_random(key, sizeof key);
    for (size_t i = 0; i < sizeof key; i++)
        g_string_append_printf(sql, "%02x", key[i]);
    g_string_append(sql, "')");
    bool made = run(store, error, sql->str, NULL, 0, NULL, NULL);
    g_string_free(sql, TRUE);
    return made;
}

/* Read back after it was made: when two processes start at once, both get the same. */
bool store_machine_key(struct store *store, unsigned char ret[KEY_BYTES], GError **error)
{
    static const char select[] = "SELECT key FROM machine WHERE id = 1 AND length(key) = 32";
    g_autoptr(GByteArray) key = g_byte_array_new();
    if (!run(store, error, select, NULL, 0, take_key, key))
        return false;
    if (key->len == 0 && (!make_key(store, error) || !run(store, error, select, NULL, 0, take_key, key)))
        return false;
    if (key->len != KEY_BYTES) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_WRITE, "the machine's key is not a key");
        return false;
    }
    memcpy(ret, key->data, KEY_BYTES);
    return true;
}
