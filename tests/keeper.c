/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

struct store *keeper_open(const struct keeper *keeper)
{
    g_autoptr(GError) error = NULL;
    struct store *store = store_open(keeper->path, &error);
    if (!store)
        fail_msg("%s", error->message);
    return store;
}

int keeper_set_up(void **state)
{
    struct keeper *keeper = g_new0(struct keeper, 1);
    keeper->folder = g_dir_make_tmp("store-XXXXXX", NULL);
    keeper->path = g_build_filename(keeper->folder, "state", "kiosk.db", NULL);
    keeper->store = keeper_open(keeper);
    *state = keeper;
    return 0;
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            remove_folder(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}

int keeper_tear_down(void **state)
{
    struct keeper *keeper = *state;
    store_close(keeper->store);
    remove_folder(keeper->folder);
    g_free(keeper->path);
    g_free(keeper->folder);
    g_free(keeper);
    return 0;
}

void keeper_reopen(struct keeper *keeper)
{
    store_close(keeper->store);
    keeper->store = keeper_open(keeper);
}

bool keeper_add(struct store *store, const char *person, const char *key, GError **error)
{
    const struct outbox_entry entry = {.person = (char *)person,
                                       .call = (char *)"submit",
                                       .idempotency_key = (char *)key,
                                       .version = 7,
                                       .body = (char *)"{\"copies\":2}",
                                       .created_at = 1796083200};
    return store_outbox_add(store, &entry, NULL, error);
}

static char *keys(struct store *store, const char *person)
{
    g_autoptr(GPtrArray) list = store_outbox_list(store, person, NULL);
    GString *text = g_string_new(NULL);
    assert_non_null(list);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%s ", ((struct outbox_entry *)list->pdata[i])->idempotency_key);
    return g_string_free(text, FALSE);
}

void keeper_assert_keys(const struct keeper *keeper, const char *person, const char *wanted)
{
    g_autofree char *found = keys(keeper->store, person);
    assert_string_equal(found, wanted);
}

char *keeper_ask_file(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000); /* its owner may be at work */
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    char *text =
        sqlite3_step(statement) == SQLITE_ROW ? g_strdup((const char *)sqlite3_column_text(statement, 0)) : NULL;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

void keeper_assert_file(const struct keeper *keeper, const char *sql, const char *wanted)
{
    g_autofree char *text = keeper_ask_file(keeper->path, sql);
    assert_string_equal(text, wanted);
}

bool keeper_has_damaged(const struct keeper *keeper, int n)
{
    g_autofree char *aside = g_strdup_printf("%s.damaged-%d", keeper->path, n);
    return g_file_test(aside, G_FILE_TEST_EXISTS);
}

void keeper_put_print(struct keeper *keeper, const char *name, int progress, const char *uuid, const char *outcome)
{
    const struct print_job job = {.job_name = (char *)name,
                                  .person = (char *)"p1",
                                  .form_version = 3,
                                  .copies = 2,
                                  .sha256 = (char *)"ab",
                                  .job_uuid = (char *)uuid,
                                  .progress = progress,
                                  .outcome = (char *)outcome,
                                  .created_at = 1796083200};
    assert_true(store_print_put(keeper->store, &job, NULL));
}
