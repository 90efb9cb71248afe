/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/import.h"

#include <gio/gio.h>

#include "base/log.h"
#include "base/settings.h"
#include "base/tsv.h"
#include "platformd/import_rows.h"

struct import {
    struct platform *platform;
    GPtrArray *faults;
    guint faults_before;
    const struct import_kind *kind; /* table under way */
    const char *shown;
    unsigned rows;
    bool begun;
    const char *source; /* "import", "demo": whose last content is known */
    GChecksum *content; /* of all tables so far */
};

const char *const import_tables[] = {"plans.tsv",         "plan_courses.tsv", "candidates.tsv", "results.tsv",
                                     "prior_degrees.tsv", "batches.tsv",      "staff.tsv",      NULL};

static const struct import_kind *find_kind(const char *name)
{
    for (size_t i = 0; i < IMPORT_KINDS; i++)
        if (g_str_equal(import_kinds[i].file, name))
            return &import_kinds[i];
    g_assert_not_reached();
}

/* ---------------------------------------------------------------- rows */

static const char *store(struct import *import, void *row, unsigned line)
{
    const struct import_kind *kind = import->kind;
    const char *wrong = kind->check ? kind->check(import->platform, row) : NULL;
    if (wrong)
        return wrong;
    if (!database_run_record(import->platform->db, kind->sql, kind->type, row,
                             kind->positioned ? WITH(v_integer(line)) : NULL))
        return kind->refused;
    if (kind->more && !kind->more(import->platform, row))
        return "majors: not major_code/plan_version of a known plan";
    return NULL;
}

/* Goes on after a fault: all of them are told at once. */
static bool take_row(void *row, unsigned line, gpointer data)
{
    struct import *import = data;
    const char *wrong = store(import, row, line);
    if (wrong)
        settings_fault(import->faults, import->shown, line, "%s", wrong);
    import->rows++;
    record_free(import->kind->type, row);
    return !database_spoiled(import->platform->db);
}

/* ---------------------------------------------------------------- the transaction */

struct import *import_begin(struct platform *platform, const char *source, GPtrArray *faults)
{
    struct import *import = g_new0(struct import, 1);
    import->platform = platform;
    import->source = source;
    import->content = g_checksum_new(G_CHECKSUM_SHA256);
    import->faults = faults;
    import->faults_before = faults->len;
    import->begun = platform_begin(platform);
    if (!import->begun)
        settings_fault(faults, "platform.db", 0, "the database cannot be written");
    return import;
}

void import_table(struct import *import, const char *name, const char *shown, const char *text, gsize length)
{
    import->kind = find_kind(name);
    import->shown = shown;
    import->rows = 0;
    g_checksum_update(import->content, (const guchar *)name, -1);
    g_checksum_update(import->content, (const guchar *)text, (gssize)length);
    if (import->begun)
        (void)tsv_parse(import->kind->type, text, length, shown, import->faults, take_row, import);
    log_write(LOG_DEBUG, "import", "%s: %u rows", name, import->rows);
}

/* The same tables as last time change nothing, so that a restart is not news for everybody. */
static bool is_news(struct import *import)
{
    g_autofree char *digits = g_strndup(g_checksum_get_string(import->content), 15);
    int64_t content = g_ascii_strtoll(digits, NULL, 16);
    if (database_integer(import->platform->db, "SELECT value FROM facts WHERE name = ?1", WITH(v_text(import->source)),
                         -1) == content)
        return false;
    (void)database_run(import->platform->db,
                       "INSERT INTO facts (name, value) VALUES (?1, ?2)"
                       " ON CONFLICT (name) DO UPDATE SET value = ?2",
                       WITH(v_text(import->source), v_integer(content)));
    (void)database_run(import->platform->db,
                       "INSERT INTO facts (name, value) VALUES ('epoch', 1)"
                       " ON CONFLICT (name) DO UPDATE SET value = value + 1",
                       WITHOUT);
    /* A window may have moved: the agenda looks at all of them again. */
    (void)database_run(import->platform->db, "DELETE FROM facts WHERE name = 'edges_seen'", WITHOUT);
    return true;
}

bool import_end(struct import *import)
{
    bool good = import->begun && import->faults->len == import->faults_before;
    if (good && is_news(import)) {
        good = platform_commit(import->platform);
        if (!good)
            settings_fault(import->faults, "platform.db", 0, "the import could not be stored");
    } else if (import->begun) {
        platform_rollback(import->platform);
    }
    g_checksum_free(import->content);
    g_free(import);
    return good;
}

/* ---------------------------------------------------------------- a folder */

/* False when there is no such file; whatever else is wrong with it is a fault. */
static bool import_file(struct import *import, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &error);
    if (!file) {
        if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return false;
        settings_fault(import->faults, path, 0, "%s", error->message);
    } else if (g_mapped_file_get_length(file) > TSV_FILE_MAX) {
        settings_fault(import->faults, path, 0, "larger than %d bytes", TSV_FILE_MAX);
    } else {
        const char *text = g_mapped_file_get_contents(file);
        import_table(import, name, path, text ? text : "", g_mapped_file_get_length(file));
    }
    return true;
}

bool import_folder(struct platform *platform, const char *folder, GPtrArray *faults)
{
    struct import *import = import_begin(platform, "import", faults);
    bool any = false;
    for (size_t i = 0; import_tables[i]; i++)
        any = import_file(import, folder, import_tables[i]) || any;
    if (!any)
        settings_fault(faults, folder, 0, "none of the tables is here");
    return import_end(import);
}
