/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/store_file.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA_VERSION 1
#define BUSY_MS        500 /* kioskctl may be writing */
#define DAMAGED_MAX    1000

static const char schema[] =
    "CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, what TEXT NOT NULL,"
    "  detail TEXT NOT NULL) STRICT;"
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY, person TEXT NOT NULL, call TEXT NOT NULL,"
    "  idempotency_key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, body TEXT NOT NULL,"
    "  created_at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE print_job (job_name TEXT PRIMARY KEY, person TEXT NOT NULL, form_version INTEGER NOT NULL,"
    "  copies INTEGER NOT NULL, sha256 TEXT NOT NULL, job_uuid TEXT NOT NULL, progress INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX print_job_open ON print_job (person) WHERE progress < 3;"
    "CREATE TABLE machine (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL) STRICT;";

/*
 * Looked through at every start, and taken over from a damaged file. The journal may be long: its damage shows when
 * it is met.
 */
static const char *const vital_tables[] = {"machine", "outbox", "print_job"};

/* ---------------------------------------------------------------- errors */

bool store_file_is_damage(int code)
{
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

void store_file_set_error(sqlite3 *db, int code, enum store_error kind, GError **error)
{
    bool full = code == SQLITE_FULL || (db != NULL && sqlite3_extended_errcode(db) == SQLITE_IOERR_SHMSIZE);
    g_set_error(error, STORE_ERROR, (gint)(full ? STORE_ERROR_FULL : kind), "%s",
                db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

/* ---------------------------------------------------------------- opening */

/* Runs a PRAGMA and compares its first row; SQLITE_OK when it is `wanted`, `otherwise` when it is something else. */
static int expect(sqlite3 *db, const char *sql, const char *wanted, int otherwise)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        code = strcmp((const char *)sqlite3_column_text(statement, 0), wanted) == 0 ? SQLITE_OK : otherwise;
    sqlite3_finalize(statement);
    return code;
}

static int read_schema_version(sqlite3 *db, int *ret)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
        *ret = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

static int create_tables(sqlite3 *db)
{
    g_autofree char *sql =
        g_strdup_printf("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;", schema, SCHEMA_VERSION);
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int check_tables(sqlite3 *db)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < G_N_ELEMENTS(vital_tables) && code == SQLITE_OK; i++) {
        g_autofree char *sql = g_strdup_printf("PRAGMA quick_check(%s)", vital_tables[i]);
        code = expect(db, sql, "ok", SQLITE_CORRUPT);
    }
    return code;
}

static int set_up(sqlite3 *db)
{
    int version = 0;
    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_extended_result_codes(db, 0);
    int code = expect(db, "PRAGMA journal_mode = WAL", "wal", SQLITE_CANTOPEN);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF",
                            NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = read_schema_version(db, &version);
    if (code != SQLITE_OK)
        return code;
    if (version > SCHEMA_VERSION)
        return SQLITE_MISMATCH;
    return version == 0 ? create_tables(db) : check_tables(db);
}

/* SQLite would make the file readable for the group; its -wal and -shm then have the same rights. */
static bool make_private_file(const char *path, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool made = fd >= 0 && fchmod(fd, 0600) == 0;
    if (!made)
        g_set_error(error, STORE_ERROR, errno == ENOSPC ? STORE_ERROR_FULL : STORE_ERROR_OPEN, "%s: %s", path,
                    g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return made;
}

/* *ret_code says whether it is damage. */
static sqlite3 *open_once(const char *path, int *ret_code, GError **error)
{
    sqlite3 *db = NULL;
    *ret_code = SQLITE_CANTOPEN;
    if (!make_private_file(path, error))
        return NULL;
    *ret_code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (*ret_code == SQLITE_OK)
        *ret_code = set_up(db);
    if (*ret_code == SQLITE_OK)
        return db;
    if (*ret_code == SQLITE_MISMATCH)
        g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, "%s: made by a newer program", path);
    else
        store_file_set_error(db, *ret_code, STORE_ERROR_OPEN, error);
    sqlite3_close(db);
    return NULL;
}

/* ---------------------------------------------------------------- damage */

/* The file and its companions get a new name and are kept for the technician. NULL when that is not possible. */
static char *set_aside(const char *path)
{
    static const char *const tails[] = {"-wal", "-shm", ""}; /* the file last: it decides whether it was done */
    for (int n = 1; n <= DAMAGED_MAX; n++) {
        g_autofree char *name = g_strdup_printf("%s.damaged-%d", path, n);
        int failed = 0;
        if (g_file_test(name, G_FILE_TEST_EXISTS))
            continue;
        for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
            g_autofree char *from = g_strconcat(path, tails[i], NULL);
            g_autofree char *to = g_strconcat(name, tails[i], NULL);
            failed = g_rename(from, to);
        }
        return failed ? NULL : g_steal_pointer(&name);
    }
    return NULL;
}

/* Whatever of these tables can still be read. */
static void take_over(sqlite3 *db, const char *damaged)
{
    char *attach = sqlite3_mprintf("ATTACH %Q AS damaged", damaged);
    int code = sqlite3_exec(db, attach, NULL, NULL, NULL);
    sqlite3_free(attach);
    for (size_t i = 0; i < G_N_ELEMENTS(vital_tables) && code == SQLITE_OK; i++) {
        g_autofree char *copy =
            g_strdup_printf("INSERT OR IGNORE INTO main.%s SELECT * FROM damaged.%s", vital_tables[i], vital_tables[i]);
        int copied = sqlite3_exec(db, copy, NULL, NULL, NULL);
        log_write(LOG_WARN, "store", "%s: %s", vital_tables[i],
                  copied == SQLITE_OK ? "taken over from the damaged file" : "lost with the damaged file");
    }
    sqlite3_exec(db, "DETACH damaged", NULL, NULL, NULL);
}

static sqlite3 *replace(const char *path, GError **error)
{
    int code;
    g_autofree char *damaged = set_aside(path);
    if (damaged == NULL) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, "%s: damaged, and cannot be set aside", path);
        return NULL;
    }
    log_write(LOG_ERROR, "store", "damaged, set aside as %s", damaged);
    sqlite3 *db = open_once(path, &code, error);
    if (db != NULL)
        take_over(db, damaged);
    return db;
}

sqlite3 *store_file_replace(const char *path, sqlite3 *db, GError **error)
{
    sqlite3_close(db);
    return replace(path, error);
}

sqlite3 *store_file_open(const char *path, GError **error)
{
    int code;
    g_autofree char *folder = g_path_get_dirname(path);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, "%s: %s", folder, g_strerror(errno));
        return NULL;
    }
    g_autoptr(GError) fault = NULL;
    sqlite3 *db = open_once(path, &code, &fault);
    if (db == NULL && store_file_is_damage(code))
        return replace(path, error);
    if (db == NULL)
        g_propagate_error(error, g_steal_pointer(&fault));
    return db;
}
