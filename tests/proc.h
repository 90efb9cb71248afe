/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs that run beside a test: started without a shell, ended by their process id, and never left behind: they get SIGTERM when
 * the test itself dies.
 *
 * Nothing sleeps; waits end at their deadline. Owns: the process and the pipe to its standard output.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct proc;
/* argv[0] is a path or found by PATH. `env`: whole environment, NULL = this one's. Standard output is read by
 * proc_wait_line(); standard error goes to the file `errors` (appended), NULL = the test's own. */
struct proc *proc_start(const char *const argv[], char **env, const char *errors);
/* The next line of its standard output, without the newline, newly allocated; NULL at the deadline or its end. */
char *proc_wait_line(struct proc *proc, int deadline_ms);
pid_t proc_pid(const struct proc *proc);
/* True once it has ended, with the wait status. */
bool proc_wait_end(struct proc *proc, int deadline_ms, int *ret_status);
void proc_signal(struct proc *proc, int signal);
/* TERM, then KILL; returns the wait status. Frees it. Accepts NULL (returns 0). */
int proc_stop(struct proc *proc);

/* Runs argv to its end and returns what it wrote to standard output (at most 16 MiB), newly allocated. NULL and a message on
 * standard error unless it ended with exit code 0 in time. */
char *proc_output(const char *const argv[], int deadline_ms);

/* A figure of /proc/PID/status in KiB ("VmRSS", "VmHWM"); -1 when there is none. */
long proc_status_kib(pid_t pid, const char *name);
/* Its share of the memory it uses together with others; -1 when the kernel does not tell. */
long proc_pss_kib(pid_t pid);
/* Children of this process, as pid_t. */
GArray *proc_children(void);
/* What a process is called, for messages: its arguments with blanks between. Newly allocated. */
char *proc_name(pid_t pid);
