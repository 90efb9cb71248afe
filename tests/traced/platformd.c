/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same platformd, which notes each statement it runs in a file of $TEST_STATEMENTS (when set), ended by a zero byte: for
 * tests/after/every_statement.c. The tests' desks start this one.
 */
#include <sqlite3.h>

int platformd_main(int argc, char **argv);
#define main platformd_main
#include "../../src/platformd.c"
#undef main

#include <errno.h>

struct trace {
    FILE *file;
    GHashTable *seen;
};

static int note(unsigned event, void *data, void *statement, void *text)
{
    struct trace *trace = data;
    const char *sql = sqlite3_sql(statement);
    (void)event;
    (void)text;
    if (sql && g_hash_table_add(trace->seen, g_strdup(sql)))
        (void)fwrite(sql, strlen(sql) + 1, 1, trace->file);
    (void)fflush(trace->file); /* it may be killed */
    return 0;
}

/* SQLite calls this for each connection. */
static int trace_connection(sqlite3 *db, char **error, const void *api)
{
    static struct trace trace; /* of the process */
    (void)error;
    (void)api;
    if (!trace.file) {
        g_autofree char *path = g_strdup_printf("%s/%d.statements", g_getenv("TEST_STATEMENTS"), getpid());
        trace.file = fopen(path, "ae");
        trace.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    if (trace.file)
        (void)sqlite3_trace_v2(db, SQLITE_TRACE_STMT, note, &trace);
    return SQLITE_OK;
}

int main(int argc, char **argv)
{
    if (g_getenv("TEST_STATEMENTS"))
        (void)sqlite3_auto_extension((void (*)(void))trace_connection);
    return platformd_main(argc, argv);
}
