/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make bench: calls of the platform per second, with 1, 16 and 256 clients, against a thousand applications and against a million:
 * what a call costs must not grow with what is stored.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "crowd_fill.h"
#include "desk.h"
#include "herd.h"
#include "proc.h"
#include "rig.h"

#define SMALL     1000
#define LARGE     1000000
#define DRAFTS    1000 /* of either; each is submitted once in a run */
#define ROUNDS    5
#define READ_S    0.6
#define SUBMIT_S  2.0
#define READY_MS  60000
#define REVIEW_MS 60000
#define STRIDE    617 /* coprime to DRAFTS: neighbours in time are far apart in the tables */

static const guint client_counts[] = {1, 16, 256};

/* ---------------------------------------------------------------- a platform under load */

struct stage {
    struct crowd_size size;
    char *data, *url;
    struct proc *proc;
    sqlite3 *db;
    int64_t version; /* of every draft */
    guint asked;     /* snapshots */
    guint submitted; /* in this run */
    guint run;
};

static void serve(struct stage *stage)
{
    g_autofree char *program = rig_program("platformd");
    const char *argv[] = {program,   "--listen", "127.0.0.1:0", "--data", stage->data,
                          "--clock", DESK_CLOCK, "--moment",    "0",      NULL};
    stage->proc = proc_start(argv, NULL, "/dev/null");
    g_autofree char *line = proc_wait_line(stage->proc, READY_MS);
    if (!line)
        g_error("platformd does not serve %u applications", stage->size.applications);
    stage->url = g_strdup(line + strlen("ready "));
}

static int64_t ask(const struct stage *stage, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(stage->db, sql, -1, &statement, NULL) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW)
        g_error("%s in %s", sqlite3_errmsg(stage->db), sql);
    int64_t answer = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return answer;
}

static void open_stage(struct stage *stage, guint applications)
{
    *stage = (struct stage){.size = {applications, DRAFTS}};
    stage->data = desk_folder_new();
    crowd_fill(stage->data, &stage->size);
    serve(stage);
    g_autofree char *path = g_build_filename(stage->data, "platform.db", NULL);
    if (sqlite3_open_v2(path, &stage->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        g_error("%s cannot be opened", path);
    (void)sqlite3_busy_timeout(stage->db, READY_MS);
    stage->version = 1 + ask(stage, "SELECT value FROM facts WHERE name = 'epoch'");
}

static void close_stage(struct stage *stage)
{
    (void)sqlite3_close(stage->db);
    (void)proc_stop(stage->proc);
    desk_folder_free(stage->data);
    g_free(stage->url);
}

/* What was submitted has been reviewed. */
static void wait_for_reviews(const struct stage *stage)
{
    gint64 deadline = g_get_monotonic_time() + REVIEW_MS * 1000;
    while (ask(stage, "SELECT EXISTS (SELECT 1 FROM applications WHERE review_due_ms IS NOT NULL)")) {
        if (g_get_monotonic_time() > deadline)
            g_error("the reviews do not come to an end");
        (void)poll(NULL, 0, 5);
    }
}

/* All drafts are drafts again. */
static void take_back(struct stage *stage)
{
    g_autofree char *sql = g_strdup_printf(
        "BEGIN IMMEDIATE;"
        "UPDATE applications SET state = 'draft', submitted_at = NULL WHERE id IN"
        " (WITH RECURSIVE each (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM each WHERE n + 1 < %d) SELECT n * %u + 1"
        " FROM each);"
        "UPDATE versions SET version = 1 WHERE exam_no IN (SELECT exam_no FROM logins);"
        "COMMIT;",
        DRAFTS, stage->size.applications / DRAFTS);
    wait_for_reviews(stage);
    if (sqlite3_exec(stage->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        g_error("%s", sqlite3_errmsg(stage->db));
    stage->submitted = 0;
    stage->run++;
}

/* ---------------------------------------------------------------- requests */

static void write_head(GString *request, const struct stage *stage, const char *call, guint n)
{
    char exam_no[13], token[16];
    crowd_draft(&stage->size, n * STRIDE % DRAFTS, exam_no, token);
    g_string_append_printf(request, "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n", call, token);
}

static bool next_snapshot(GString *request, gpointer data)
{
    struct stage *stage = data;
    write_head(request, stage, "GET /v1/application", stage->asked++);
    g_string_append(request, "\r\n");
    return true;
}

static bool next_submit(GString *request, gpointer data)
{
    struct stage *stage = data;
    if (stage->submitted == DRAFTS)
        return false;
    write_head(request, stage, "POST /v1/application/submit", stage->submitted);
    g_string_append_printf(request,
                           "Idempotency-Key: run-%u-%u\r\nIf-Match: %" G_GINT64_FORMAT "\r\nContent-Length: 0\r\n\r\n",
                           stage->run, stage->submitted++, stage->version);
    return true;
}

/* ---------------------------------------------------------------- measuring */

static const struct call {
    const char *name;
    bool (*next)(GString *request, gpointer data);
    double seconds;
    bool changes;
} calls[] = {
    {"snapshot", next_snapshot, READ_S, false},
    {"submit", next_submit, SUBMIT_S, true},
};

/* Of one call with one number of clients against one platform. */
struct figures {
    struct samples latency; /* ms of each answer */
    struct samples time;    /* ms for a call, of each round */
    struct samples work;    /* the same of the platform's own processor time */
};

/* What its main thread, which does all of this, has had of a processor; ms. */
static double processor_ms(const struct stage *stage)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/schedstat", proc_pid(stage->proc));
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        g_error("%s cannot be read", path);
    return (double)g_ascii_strtoull(text, NULL, 10) / 1e6;
}

static void measure(struct stage *stage, const struct call *call, guint clients, struct figures *figures)
{
    struct herd_result result;
    if (call->changes)
        take_back(stage);
    double before = processor_ms(stage);
    herd_run(&(struct herd_options){.url = stage->url,
                                    .clients = clients,
                                    .seconds = call->seconds,
                                    .status = 200,
                                    .next = call->next,
                                    .data = stage},
             &result);
    if (result.wrong > 0)
        g_error("%s: %u of %u answers are wrong: %s", call->name, result.wrong, result.wrong + result.answers,
                result.wrong_answer);
    for (guint i = 0; i < result.latency.values->len; i++)
        samples_add(&figures->latency, g_array_index(result.latency.values, double, i));
    samples_add(&figures->time, 1000 * result.seconds / result.answers);
    samples_add(&figures->work, (processor_ms(stage) - before) / result.answers);
    samples_clear(&result.latency);
}

static void print_figures(const struct stage *stage, const struct call *call, guint clients, struct figures *figures)
{
    g_autofree char *what = g_strdup_printf("%s: %u client%s, %u stored", call->name, clients, clients > 1 ? "s" : "",
                                            stage->size.applications);
    g_autofree char *rate = g_strdup_printf("%.0f/s, %.0f µs of processor each", 1000 / samples_at(&figures->time, 0),
                                            1000 * samples_at(&figures->work, 0.5));
    samples_print_row(what, "ms", 2, &figures->latency, rate);
}

/* In processor time: clients, other programs and the disk's moods do not count. */
static void print_growth(const struct call *call, guint clients, struct figures *small, struct figures *large)
{
    struct samples growth;
    g_autofree char *what =
        g_strdup_printf("%s: %u client%s, × when × 1000", call->name, clients, clients > 1 ? "s" : "");
    samples_init(&growth);
    samples_add(&growth, samples_at(&large->work, 0.5) / samples_at(&small->work, 0.5));
    samples_print_row(what, "times", 2, &growth, "≤ 1.25");
    samples_clear(&growth);
}

static void figures_init(struct figures *figures)
{
    samples_init(&figures->latency);
    samples_init(&figures->time);
    samples_init(&figures->work);
}

static void figures_clear(struct figures *figures)
{
    samples_clear(&figures->latency);
    samples_clear(&figures->time);
    samples_clear(&figures->work);
}

/* The two take turns, so that whatever else the machine does meets both. */
static void compare(struct stage *small, struct stage *large, const struct call *call, guint clients)
{
    struct figures figures[2];
    struct stage *stages[] = {small, large};
    for (size_t i = 0; i < 2; i++)
        figures_init(&figures[i]);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < 2; i++)
            measure(stages[i], call, clients, &figures[i]);
    for (size_t i = 0; i < 2; i++)
        print_figures(stages[i], call, clients, &figures[i]);
    print_growth(call, clients, &figures[0], &figures[1]);
    for (size_t i = 0; i < 2; i++)
        figures_clear(&figures[i]);
}

int main(void)
{
    struct stage small, large;
    open_stage(&small, SMALL);
    open_stage(&large, LARGE);
    for (size_t call = 0; call < G_N_ELEMENTS(calls); call++)
        for (size_t i = 0; i < G_N_ELEMENTS(client_counts); i++)
            compare(&small, &large, &calls[call], client_counts[i]);
    close_stage(&small);
    close_stage(&large);
    return 0;
}
