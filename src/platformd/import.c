/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/import.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/log.h"
#include "base/settings.h"
#include "base/tsv.h"
#include "platformd/import_keys.h"
#include "platformd/import_rows.h"

struct import {
    struct platform *platform;
    GPtrArray *faults;
    guint faults_before;
    const struct import_kind *kind; /* table under way */
    const char *shown;
    struct import_keys *keys; /* of the table under way */
    unsigned rows;
    bool begun;
    const char *source; /* "import", "demo": whose last content is known */
    GChecksum *content; /* of all tables so far */
    bool summed;        /* … and of those still to come */
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
    import_keys_add(import->keys, import->kind->type, row, line);
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
    import->keys = import_keys_new();
    import->faults = faults;
    import->faults_before = faults->len;
    import->begun = platform_begin(platform);
    if (!import->begun)
        settings_fault(faults, "platform.db", 0, "the database cannot be written");
    return import;
}

static void add_content(struct import *import, const char *name, const char *text, gsize length)
{
    g_checksum_update(import->content, (const guchar *)name, -1);
    g_checksum_update(import->content, (const guchar *)text, (gssize)length);
}

void import_table(struct import *import, const char *name, const char *shown, const char *text, gsize length)
{
    import->kind = find_kind(name);
    import->shown = shown;
    import->rows = 0;
    if (!import->summed)
        add_content(import, name, text, length);
    if (import->begun)
        (void)tsv_parse(import->kind->type, text, length, shown, import->faults, take_row, import);
    import_keys_check(import->keys, shown, import->faults);
    log_write(LOG_DEBUG, "import", "%s: %u rows", name, import->rows);
}

static int64_t content_of(struct import *import)
{
    g_autofree char *digits = g_strndup(g_checksum_get_string(import->content), 15);
    return g_ascii_strtoll(digits, NULL, 16);
}

static bool is_known(struct import *import)
{
    return database_integer(import->platform->db, "SELECT value FROM facts WHERE name = ?1",
                            WITH(v_text(import->source)), -1) == content_of(import);
}

/* The same tables as last time change nothing, so that a restart is not news for everybody. */
static bool is_news(struct import *import)
{
    int64_t content = content_of(import);
    if (is_known(import))
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
    import_keys_free(import->keys);
    g_free(import);
    return good;
}

/* ---------------------------------------------------------------- a folder */

struct table_file {
    const char *name;
    char *path;
    GMappedFile *map; /* NULL = there is no such file, or a fault */
};

static const char *file_text(const struct table_file *file)
{
    const char *text = g_mapped_file_get_contents(file->map);
    return text ? text : "";
}

static void table_file_free(gpointer data)
{
    struct table_file *file = data;
    g_clear_pointer(&file->map, g_mapped_file_unref);
    g_free(file->path);
    g_free(file);
}

/* False when there is no such file; whatever else is wrong with it is a fault. Never waits for a pipe. */
static bool map_file(struct table_file *file, GPtrArray *faults)
{
    GStatBuf about;
    g_autoptr(GError) error = NULL;
    if (g_stat(file->path, &about) != 0) {
        if (errno == ENOENT)
            return false;
        settings_fault(faults, file->path, 0, "%s", g_strerror(errno));
    } else if (!S_ISREG(about.st_mode)) {
        settings_fault(faults, file->path, 0, "not a file");
    } else if (about.st_size > TSV_FILE_MAX) {
        settings_fault(faults, file->path, 0, "larger than %d bytes", TSV_FILE_MAX);
    } else {
        file->map = g_mapped_file_new(file->path, FALSE, &error);
        if (!file->map)
            settings_fault(faults, file->path, 0, "%s", error->message);
    }
    return true;
}

static GPtrArray *map_folder(const char *folder, GPtrArray *faults)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(table_file_free);
    for (size_t i = 0; import_tables[i]; i++) {
        struct table_file *file = g_new0(struct table_file, 1);
        file->name = import_tables[i];
        file->path = g_build_filename(folder, file->name, NULL);
        if (map_file(file, faults))
            g_ptr_array_add(files, file);
        else
            table_file_free(file);
    }
    if (files->len == 0)
        settings_fault(faults, folder, 0, "none of the tables is here");
    return files;
}

/* All of them are summed up before any is read: a restart with millions of known rows is quick. */
static bool import_files(struct import *import, const GPtrArray *files)
{
    for (guint i = 0; i < files->len; i++) {
        const struct table_file *file = files->pdata[i];
        if (file->map)
            add_content(import, file->name, file_text(file), g_mapped_file_get_length(file->map));
    }
    import->summed = true;
    bool known = import->begun && is_known(import);
    for (guint i = 0; i < files->len && !known; i++) {
        const struct table_file *file = files->pdata[i];
        if (file->map)
            import_table(import, file->name, file->path, file_text(file), g_mapped_file_get_length(file->map));
    }
    return import_end(import);
}

bool import_folder(struct platform *platform, const char *folder, GPtrArray *faults)
{
    struct import *import = import_begin(platform, "import", faults);
    g_autoptr(GPtrArray) files = map_folder(folder, faults);
    return import_files(import, files);
}
