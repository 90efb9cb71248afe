/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "proc.h"

#define WAIT_MS 20000

static struct proc *shell(const char *script)
{
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    return proc_start(argv, NULL, "/dev/null");
}

static void lines_come_one_by_one(void **state)
{
    (void)state;
    struct proc *proc = shell("printf 'ready http://127.0.0.1:1\\nzw'; printf 'ei\\nlast'");
    g_autofree char *one = proc_wait_line(proc, WAIT_MS);
    g_autofree char *two = proc_wait_line(proc, WAIT_MS);
    assert_string_equal(one, "ready http://127.0.0.1:1");
    assert_string_equal(two, "zwei");
    assert_null(proc_wait_line(proc, WAIT_MS)); /* no newline, and nothing more will come */
    assert_int_equal(proc_stop(proc), 0);
}

static void deadline_ends_a_wait(void **state)
{
    (void)state;
    int status;
    struct proc *proc = shell("read -r never");
    proc_stop(proc); /* its input is empty: ended at once, which is fine */
    proc = shell("while :; do :; done");
    assert_null(proc_wait_line(proc, 20));
    assert_false(proc_wait_end(proc, 20, &status));
    status = proc_stop(proc);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void stubborn_program_is_killed(void **state)
{
    (void)state;
    struct proc *proc = shell("trap '' TERM; echo on; while :; do :; done");
    g_autofree char *line = proc_wait_line(proc, WAIT_MS);
    assert_string_equal(line, "on");
    proc_signal(proc, SIGTERM);
    int status;
    assert_false(proc_wait_end(proc, 50, &status));
    proc_signal(proc, SIGKILL);
    assert_true(proc_wait_end(proc, WAIT_MS, &status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
    proc_stop(proc);
}

static void output_of_a_command(void **state)
{
    const char *good[] = {"/bin/sh", "-c", "printf '两行\\n二'", NULL};
    const char *bad[] = {"/bin/sh", "-c", "echo half; exit 3", NULL};
    (void)state;
    g_autofree char *text = proc_output(good, WAIT_MS);
    assert_string_equal(text, "两行\n二");
    assert_null(proc_output(bad, WAIT_MS));
}

static void memory_and_children_are_seen(void **state)
{
    (void)state;
    struct proc *proc = shell("echo on; while :; do :; done");
    g_autofree char *line = proc_wait_line(proc, WAIT_MS);
    g_autoptr(GArray) children = proc_children();
    assert_int_equal(children->len, 1);
    assert_int_equal(g_array_index(children, pid_t, 0), proc_pid(proc));
    g_autofree char *name = proc_name(proc_pid(proc));
    assert_true(g_str_has_prefix(name, "/bin/sh -c echo on"));
    assert_true(proc_status_kib(proc_pid(proc), "VmRSS") > 100);
    assert_int_equal(proc_status_kib(proc_pid(proc), "VmNone"), -1);
    assert_true(proc_pss_kib(proc_pid(proc)) <= proc_status_kib(proc_pid(proc), "VmRSS"));
    proc_stop(proc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_one_by_one),        cmocka_unit_test(deadline_ends_a_wait),
        cmocka_unit_test(stubborn_program_is_killed),   cmocka_unit_test(output_of_a_command),
        cmocka_unit_test(memory_and_children_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
