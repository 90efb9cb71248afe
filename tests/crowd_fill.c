/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd_fill.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "crowd.h"
#include "desk.h"
#include "proc.h"
#include "rig.h"

#define BASE        1000 /* candidates that come by the import */
#define IMPORT_WAIT 60000

/* ---------------------------------------------------------------- the first ones */

static void import_base(const char *data)
{
    char *tables = desk_folder_new();
    g_autofree char *program = rig_program("platformd");
    const char *argv[] = {program,   "--listen", "127.0.0.1:0", "--data", data,
                          "--clock", DESK_CLOCK, "--import",    tables,   NULL};
    crowd_write(tables, BASE);
    struct proc *proc = proc_start(argv, NULL, NULL);
    g_autofree char *line = proc_wait_line(proc, IMPORT_WAIT);
    if (!line)
        g_error("platformd did not take the tables");
    (void)proc_stop(proc);
    desk_folder_free(tables);
}

/* ---------------------------------------------------------------- all the others */

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        g_error("%s in %s", message, sql);
}

/* n from `from` up to and without `to`. */
#define EACH(from, to)                                                                                                 \
    "WITH RECURSIVE each (n) AS (SELECT " from " UNION ALL SELECT n + 1 FROM each WHERE n + 1 < " to ") "
#define EXAM_NO "printf('0101%08d', n)"
#define FIRST   "exam_no = '010100000000'"
/* Where those who are no drafts stand, by n. */
#define STATE                                                                                                          \
    "CASE n % 8 WHEN 0 THEN 'county_pending' WHEN 1 THEN 'county_approved' WHEN 2 THEN 'system_approved'"              \
    " WHEN 3 THEN 'form_saved' WHEN 4 THEN 'handed_in' WHEN 5 THEN 'paid' ELSE 'system_approved' END"

/* ?1 how many, ?2 every which is a draft, ?3 now. Keys ascend, so that every table grows at its end only. */
static const char *const fills[] = {
    EACH("1000", "?1") "INSERT INTO candidates (exam_no, id_no, name, sex, mobile, address, county_code)"
                       " SELECT " EXAM_NO ", printf('14%016d', n), '考生' || n, '男', '13800000000', '山西省太原市',"
                       " '140105' FROM each",
    EACH("1000", "?1") "INSERT INTO candidate_majors SELECT " EXAM_NO ", 0, '690206', 'new' FROM each",
    "INSERT INTO results SELECT c.exam_no, r.course_code, r.course_name, r.credits, r.score, r.passed_on, r.used, "
    "r.exempt"
    " FROM candidates c CROSS JOIN results r WHERE c.exam_no >= '010100001000' AND r." FIRST,
    EACH("0", "?1") "INSERT INTO versions SELECT " EXAM_NO ", 1 FROM each",
    EACH("0", "?1") "INSERT INTO applications (id, exam_no, batch, round, state, county, submitted_at)"
                    " SELECT n + 1, " EXAM_NO ", '2026-2', 1, iif(n % ?2 = 0, 'draft', " STATE "),"
                    " printf('1401%02d', 5 + n % 4), iif(n % ?2 = 0, NULL, ?3) FROM each",
    "INSERT INTO application_items (application, position, major_code, plan_version, state)"
    " SELECT id, 0, '690206', 'new', state FROM applications",
    "INSERT INTO photos (application, state, format, width, height, bytes)"
    " SELECT id, 'accepted', 'jpeg', 480, 640, 30000 FROM applications WHERE state <> 'draft'",
    "INSERT INTO orders (order_no, application, amount_fen, channel, state, created_at, expires_at, paid_at)"
    " SELECT printf('BY%025d', id), id, 4000, 'simulated', 'paid', ?3 - 60, ?3 + 540, ?3 FROM applications"
    " WHERE state IN ('paid', 'form_saved', 'handed_in')",
    "INSERT INTO registration_forms SELECT id, 1, '{\"overseas_relations\":false}', ?3 FROM applications"
    " WHERE state IN ('form_saved', 'handed_in')",
    "INSERT INTO audit (at, application, actor, event, detail) SELECT ?3, id, 'system', 'system_check', state"
    " FROM applications WHERE state <> 'draft'",
    "INSERT INTO idempotency SELECT exam_no, 'earlier', hex(randomblob(32)), 200, '{}', ?3 + 604800 FROM applications",
};

static void fill(sqlite3 *db, const char *sql, const struct crowd_size *size, int64_t now)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        g_error("%s in %s", sqlite3_errmsg(db), sql);
    (void)sqlite3_bind_int64(statement, 1, size->applications);
    int parameters = sqlite3_bind_parameter_count(statement);
    if (parameters >= 2)
        (void)sqlite3_bind_int64(statement, 2, size->applications / size->drafts);
    if (parameters >= 3)
        (void)sqlite3_bind_int64(statement, 3, now);
    if (sqlite3_step(statement) != SQLITE_DONE)
        g_error("%s in %s", sqlite3_errmsg(db), sql);
    (void)sqlite3_finalize(statement);
}

/* ---------------------------------------------------------------- sessions */

void crowd_draft(const struct crowd_size *size, guint n, char exam_no[13], char token[16])
{
    crowd_exam_no(n * (size->applications / size->drafts), exam_no);
    (void)g_snprintf(token, 16, "crowd%08u", n);
}

static void read_key(const char *data, unsigned char key[32])
{
    g_autofree char *path = g_build_filename(data, "server.key", NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(path, &bytes, &n, NULL) || n != 32)
        g_error("%s is no key", path);
    memcpy(key, bytes, 32);
}

/* As platform_hash() makes them: people log in with Argon2id, which is not what is measured here. */
static void add_sessions(sqlite3 *db, const char *data, const struct crowd_size *size, int64_t now)
{
    unsigned char key[32];
    sqlite3_stmt *statement = NULL;
    read_key(data, key);
    if (sqlite3_prepare_v2(db, "INSERT INTO logins VALUES (?1, ?2, ?3)", -1, &statement, NULL) != SQLITE_OK)
        g_error("%s", sqlite3_errmsg(db));
    for (guint n = 0; n < size->drafts; n++) {
        char exam_no[13], token[16], named[32];
        crowd_draft(size, n, exam_no, token);
        (void)g_snprintf(named, sizeof named, "session:%s", token);
        g_autofree char *hash = secret_hash(key, named, 64);
        (void)sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(statement, 2, exam_no, -1, SQLITE_STATIC);
        (void)sqlite3_bind_int64(statement, 3, now);
        if (sqlite3_step(statement) != SQLITE_DONE)
            g_error("%s", sqlite3_errmsg(db));
        (void)sqlite3_reset(statement);
    }
    (void)sqlite3_finalize(statement);
}

void crowd_fill(const char *data, const struct crowd_size *size)
{
    g_autofree char *path = g_build_filename(data, "platform.db", NULL);
    sqlite3 *db = NULL;
    int64_t now = 0;
    import_base(data);
    if (!clock_parse(DESK_CLOCK, &now) || sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        g_error("%s cannot be opened", path);
    /* Nobody reads it meanwhile, and a crash only means to begin again. */
    run(db,
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA temp_store=MEMORY; BEGIN");
    for (size_t i = 0; i < G_N_ELEMENTS(fills); i++)
        fill(db, fills[i], size, now);
    add_sessions(db, data, size, now);
    run(db, "COMMIT");
    (void)sqlite3_close(db);
}
