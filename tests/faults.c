/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "keeper.h"
#include "proc.h"

void faults_come(struct visit *visit, const char *url)
{
    g_autofree char *address = g_strdup_printf("platform.url=%s", url ? url : rig_url(visit->rig));
    g_autofree char *data = g_strdup_printf("platform.data=%s/platform", rig_dir(visit->rig));
    const char *settings[] = {address, data, "platform.demo=true", NULL};
    visit->term = rig_kiosk(visit->rig, 24, 80, settings);
    visit_start(visit);
    visit_login(visit);
}

void faults_nothing_to_add(const struct visit *visit)
{
    visit_nothing_to_add(visit);
    faults_wait(visit, "SELECT count(*) FROM drafts WHERE body LIKE '%seen.added_ask%'", "1");
}

void faults_kill_kiosk(struct visit *visit)
{
    term_signal(visit->term, SIGKILL);
    int status = term_wait_exit(visit->term, TERM_WAIT_MS);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    rig_kiosk_stop(visit->rig, visit->term);
    visit->term = NULL;
}

char *faults_ask(const struct rig *rig, const char *sql)
{
    g_autofree char *path = g_build_filename(rig_dir(rig), "platform", "platform.db", NULL);
    return keeper_ask_file(path, sql);
}

struct question {
    const struct rig *rig;
    const char *sql, *wanted;
};

static bool is_so(struct term *term, gpointer data)
{
    const struct question *question = data;
    (void)term;
    g_autofree char *text = faults_ask(question->rig, question->sql);
    return g_strcmp0(text, question->wanted) == 0;
}

void faults_wait_at(const char *file, int line, const struct visit *visit, const char *sql, const char *wanted)
{
    struct question question = {visit->rig, sql, wanted};
    if (!visit->term) {
        assert_true(is_so(NULL, &question));
        return;
    }
    term_wait_at(file, line, visit->term, is_so, &question, sql, TERM_WAIT_MS);
}

void faults_wait_has(const struct visit *visit, const char *wanted)
{
    g_autofree char *sql = g_strdup_printf(
        "WITH mine AS (SELECT * FROM applications WHERE exam_no = '%s'), "
        "paid AS (SELECT * FROM orders WHERE application IN (SELECT id FROM mine)), "
        "printed AS (SELECT * FROM prints WHERE application IN (SELECT id FROM mine)) "
        "SELECT 'applications ' || (SELECT count(*) || ' ' || max(state) FROM mine) || coalesce(', orders ' || "
        "(SELECT count(*) || ' ' || max(state) FROM paid), '') || coalesce(', prints ' || "
        "(SELECT count(*) || ' ' || max(outcome) FROM printed), '')",
        visit->exam_no);
    faults_wait(visit, sql, wanted);
}

static bool has_parent(pid_t pid, pid_t parent)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)pid);
    g_autofree char *stat = NULL;
    const char *end = g_file_get_contents(path, &stat, NULL, NULL) ? strrchr(stat, ')') : NULL;
    return end && strlen(end) > 4 && (pid_t)g_ascii_strtoll(end + 4, NULL, 10) == parent; /* ") S PPID" */
}

pid_t faults_child(pid_t parent, const char *program)
{
    pid_t found = 0;
    g_autoptr(GDir) proc = g_dir_open("/proc", 0, NULL);
    for (const char *name; !found && (name = g_dir_read_name(proc));) {
        pid_t pid = (pid_t)g_ascii_strtoll(name, NULL, 10);
        if (pid <= 0 || !has_parent(pid, parent))
            continue;
        g_autofree char *called = proc_name(pid);
        if (called && strstr(called, program))
            found = pid;
    }
    return found;
}
