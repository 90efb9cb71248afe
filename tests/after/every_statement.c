/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs after all other tests: no statement that the platform ran in any of them reads a table from end to end that grows with the
 * number of candidates. What a call costs therefore does not depend on how many there are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sqlite3.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "platformd/database.h"

static const char *const growing[] = {
    "candidates",
    "candidate_majors",
    "results",
    "prior_degrees",
    "versions",
    "logins",
    "login_failures",
    "idempotency",
    "drafts",
    "consumed",
    "applications",
    "application_items",
    "substitutions",
    "added_courses",
    "degree_authorisations",
    "archives",
    "photos",
    "orders",
    "receipts",
    "registration_forms",
    "prints",
    "audit",
    NULL,
};

/* Indexes that hold only what is under way: reading one to its end is reading what is due. */
static const char *const short_indexes[] = {"applications_due",  "photos_due",         "orders_due", "degree_due",
                                            "degree_answer_due", "orders_receipt_due", NULL};

/* What does read a table, and why it may. */
static const struct {
    const char *head, *reason;
} excused[] = {
    {"UPDATE application_items SET note = (SELECT a.reason FROM applications", "from schema 1 to 2, once"},
    {"INSERT INTO application_counts SELECT state", "from schema 1 to 2, once"},
};

struct ran {
    GHashTable *statements;
    char *folder;
    sqlite3 *db;
};

static void read_file(GHashTable *statements, const char *path)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &text, &length, NULL));
    for (const char *at = text; at < text + length; at += strlen(at) + 1)
        (void)g_hash_table_add(statements, g_strdup(at));
}

static void read_statements(GHashTable *statements)
{
    const char *folder = g_getenv("TEST_STATEMENTS");
    GDir *dir = folder ? g_dir_open(folder, 0, NULL) : NULL;
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        read_file(statements, path);
    }
    g_clear_pointer(&dir, g_dir_close);
}

/* An empty database with the platform's tables. */
static int open_tables(void **state)
{
    struct ran *ran = g_new0(struct ran, 1);
    ran->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    read_statements(ran->statements);
    ran->folder = desk_folder_new();
    g_autofree char *path = g_build_filename(ran->folder, "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    database_close(db);
    assert_int_equal(sqlite3_open_v2(path, &ran->db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    *state = ran;
    return 0;
}

static int close_tables(void **state)
{
    struct ran *ran = *state;
    (void)sqlite3_close(ran->db);
    desk_folder_free(ran->folder);
    g_hash_table_unref(ran->statements);
    g_free(ran);
    return 0;
}

/* "SCAN applications", "SCAN a USING INDEX …": the alias is of no help, so the table's name stands beside it in the statement. */
static bool names_growing(const char *sql, const char *alias)
{
    for (size_t i = 0; growing[i]; i++) {
        g_autofree char *pattern = g_strdup_printf("\\b%s( AS)? %s\\b", growing[i], alias);
        if (strcmp(growing[i], alias) == 0 || g_regex_match_simple(pattern, sql, 0, 0))
            return true;
    }
    return false;
}

static bool is_short(const char *detail)
{
    for (size_t i = 0; short_indexes[i]; i++)
        if (strstr(detail, "INDEX ") && g_str_has_suffix(detail, short_indexes[i]))
            return true;
    return false;
}

/* One line of the plan. */
static bool reads_all(const char *sql, const char *detail)
{
    if (!g_str_has_prefix(detail, "SCAN ") || is_short(detail))
        return false;
    g_autofree char *alias = g_strndup(detail + 5, strcspn(detail + 5, " "));
    return names_growing(sql, alias);
}

static bool excuse(const char *sql)
{
    for (size_t i = 0; i < G_N_ELEMENTS(excused); i++)
        if (g_str_has_prefix(sql, excused[i].head))
            return true;
    return false;
}

/* What the statement reads from end to end; "" = nothing. A statement of older tables cannot be explained: it is of a migration. */
static char *explain(sqlite3 *db, const char *sql)
{
    GString *said = g_string_new(NULL);
    sqlite3_stmt *plan = NULL;
    g_autofree char *explained = g_strconcat("EXPLAIN QUERY PLAN ", sql, NULL);
    if (sqlite3_prepare_v2(db, explained, -1, &plan, NULL) == SQLITE_OK)
        while (sqlite3_step(plan) == SQLITE_ROW) {
            const char *detail = (const char *)sqlite3_column_text(plan, 3);
            if (reads_all(sql, detail))
                g_string_append_printf(said, "  %s\n", detail);
        }
    (void)sqlite3_finalize(plan);
    return g_string_free(said, FALSE);
}

static void no_statement_reads_a_whole_table(void **state)
{
    struct ran *ran = *state;
    GHashTableIter iter;
    gpointer sql;
    guint wrong = 0;
    print_message("%u statements ran\n", g_hash_table_size(ran->statements));
    g_hash_table_iter_init(&iter, ran->statements);
    while (g_hash_table_iter_next(&iter, &sql, NULL)) {
        g_autofree char *said = explain(ran->db, sql);
        if (!*said || excuse(sql))
            continue;
        print_error("%s\n%s", (const char *)sql, said);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    assert_true(g_hash_table_size(ran->statements) > 50); /* or nothing was noted */
}

/* The measure itself: it knows one when it sees it. */
static void a_scan_is_noticed(void **state)
{
    static const struct {
        const char *sql;
        bool all;
    } cases[] = {
        {"SELECT count(*) FROM applications", true},
        {"SELECT a.id FROM applications a WHERE a.reason = 'x'", true},
        {"DELETE FROM idempotency WHERE status = 1", true},
        {"SELECT id FROM applications WHERE id = 1", false},
        {"SELECT min(review_due_ms) FROM applications WHERE review_due_ms IS NOT NULL", false},
        {"SELECT * FROM batches", false},
    };
    struct ran *ran = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = explain(ran->db, cases[i].sql);
        if ((*said != '\0') != cases[i].all)
            fail_msg("%s: %s", cases[i].sql, said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scan_is_noticed),
        cmocka_unit_test(no_statement_reads_a_whole_table),
    };
    return cmocka_run_group_tests_name("every statement", tests, open_tables, close_tables);
}
