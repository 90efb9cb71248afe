/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_MAX (16 * 1024 * 1024)

struct proc {
    pid_t pid;
    int out; /* its standard output; -1 once it was closed */
    GString *text;
    bool ended;
    int status;
};

static int64_t now_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

static void become(const char *const argv[], char **env, int out, int err)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    if (err >= 0)
        dup2(err, STDERR_FILENO);
    execvpe(argv[0], (char *const *)argv, env);
    dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

struct proc *proc_start(const char *const argv[], char **env, const char *errors)
{
    int ends[2];
    int err = errors == NULL ? -1 : open(errors, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (pipe2(ends, O_CLOEXEC) != 0)
        g_error("pipe: %s", g_strerror(errno));
    struct proc *proc = g_new0(struct proc, 1);
    proc->text = g_string_new(NULL);
    proc->out = ends[0];
    proc->pid = fork();
    if (proc->pid < 0)
        g_error("fork: %s", g_strerror(errno));
    if (proc->pid == 0)
        become(argv, env == NULL ? environ : env, ends[1], err);
    close(ends[1]);
    if (err >= 0)
        close(err);
    return proc;
}

pid_t proc_pid(const struct proc *proc)
{
    return proc->pid;
}

static bool reaped(struct proc *proc)
{
    if (!proc->ended && waitpid(proc->pid, &proc->status, WNOHANG) == proc->pid)
        proc->ended = true;
    return proc->ended;
}

/* One read of at most `timeout_ms`; false when nothing more will come. */
static bool read_some(struct proc *proc, int timeout_ms)
{
    char bytes[4096];
    struct pollfd watch = {.fd = proc->out, .events = POLLIN};
    if (proc->out < 0)
        return false;
    if (poll(&watch, 1, timeout_ms) <= 0)
        return true;
    ssize_t n = read(proc->out, bytes, sizeof bytes);
    if (n > 0 && proc->text->len < OUTPUT_MAX)
        g_string_append_len(proc->text, bytes, n);
    if (n > 0 || (n < 0 && errno == EINTR))
        return true;
    close(proc->out);
    proc->out = -1;
    return false;
}

char *proc_wait_line(struct proc *proc, int deadline_ms)
{
    int64_t end = now_ms() + deadline_ms;
    for (;;) {
        char *newline = memchr(proc->text->str, '\n', proc->text->len);
        if (newline != NULL) {
            char *line = g_strndup(proc->text->str, (gsize)(newline - proc->text->str));
            g_string_erase(proc->text, 0, newline - proc->text->str + 1);
            return line;
        }
        int64_t left = end - now_ms();
        if (left <= 0 || !read_some(proc, (int)left))
            return NULL;
    }
}

bool proc_wait_end(struct proc *proc, int deadline_ms, int *ret_status)
{
    int64_t end = now_ms() + deadline_ms;
    while (!reaped(proc)) {
        if (now_ms() >= end)
            return false;
        if (!read_some(proc, 10)) /* its output is closed, so its end is near */
            poll(NULL, 0, 2);
    }
    *ret_status = proc->status;
    return true;
}

void proc_signal(struct proc *proc, int signal)
{
    if (!reaped(proc))
        kill(proc->pid, signal);
}

int proc_stop(struct proc *proc)
{
    int status = 0;
    if (proc == NULL)
        return 0;
    proc_signal(proc, SIGTERM);
    if (!proc_wait_end(proc, 10000, &status)) {
        proc_signal(proc, SIGKILL);
        proc_wait_end(proc, 10000, &status);
    }
    if (proc->out >= 0)
        close(proc->out);
    g_string_free(proc->text, TRUE);
    g_free(proc);
    return status;
}

char *proc_output(const char *const argv[], int deadline_ms)
{
    int status = -1;
    struct proc *proc = proc_start(argv, NULL, NULL);
    bool ended = proc_wait_end(proc, deadline_ms, &status);
    for (gsize before = G_MAXSIZE; ended && before != proc->text->len;) {
        before = proc->text->len;
        read_some(proc, 0);
    }
    char *text = ended && status == 0 ? g_strndup(proc->text->str, proc->text->len) : NULL;
    if (text == NULL)
        fprintf(stderr, "%s: %s, wait status %d\n", argv[0], ended ? "failed" : "did not end", status);
    proc_stop(proc);
    return text;
}

static long figure_kib(pid_t pid, const char *file, const char *name)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/%s", (int)pid, file);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return -1;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++)
        if (g_str_has_prefix(lines[i], name) && lines[i][strlen(name)] == ':')
            return strtol(lines[i] + strlen(name) + 1, NULL, 10);
    return -1;
}

long proc_status_kib(pid_t pid, const char *name)
{
    return figure_kib(pid, "status", name);
}

long proc_pss_kib(pid_t pid)
{
    return figure_kib(pid, "smaps_rollup", "Pss");
}

GArray *proc_children(void)
{
    g_autofree char *path = g_strdup_printf("/proc/self/task/%d/children", (int)getpid());
    g_autofree char *text = NULL;
    GArray *pids = g_array_new(FALSE, FALSE, sizeof(pid_t));
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return pids;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (int i = 0; words[i] != NULL; i++) {
        pid_t pid = (pid_t)strtol(words[i], NULL, 10);
        if (pid > 0)
            g_array_append_val(pids, pid);
    }
    return pids;
}

char *proc_name(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/cmdline", (int)pid);
    char *text = NULL;
    gsize n = 0;
    if (!g_file_get_contents(path, &text, &n, NULL) || n == 0) {
        g_free(text);
        return g_strdup_printf("process %d", (int)pid);
    }
    for (gsize i = 0; i + 1 < n; i++)
        if (text[i] == '\0')
            text[i] = ' ';
    return text;
}
