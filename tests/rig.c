/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "proc.h"

#define DEMO_CLOCK "2026-12-02T09:30:00+08:00"

struct rig {
    char *dir, *url, *port, *clock;
    struct proc *platform;
    GPtrArray *terms;
    GArray *before; /* children that were there before: not ours to judge */
};

/* ---- where things are */

/* The object folder of this build: everything before "/tests/" in the path of the running test. */
static char *object_dir(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    const char *tests = g_strrstr(self, "/tests/");
    g_assert(tests != NULL);
    return g_strndup(self, (gsize)(tests - self));
}

char *rig_program(const char *name)
{
    g_autofree char *objects = object_dir();
    g_autofree char *sanitized = g_build_filename(objects, "bin", name, NULL);
    if (g_file_test(sanitized, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&sanitized);
    g_autofree char *beside = g_path_get_dirname(objects);
    return g_build_filename(beside, name, NULL);
}

char *rig_test_program(const char *name)
{
    g_autofree char *objects = object_dir();
    return g_build_filename(objects, "tests", name, NULL);
}

char *rig_source(const char *path)
{
    g_autofree char *here = g_get_current_dir();
    return g_build_filename(here, path, NULL);
}

static char *inside(const struct rig *rig, const char *name)
{
    return g_build_filename(rig->dir, name, NULL);
}

/* ---- the directory */

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static void write_text(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
        g_error("%s", error->message);
}

static void make_folders(const struct rig *rig)
{
    static const char *const names[] = {"platform", "storage", "runtime", "stick", "printers", "printed"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = inside(rig, names[i]);
        mkdir(path, 0700);
    }
}

static void write_profile(const struct rig *rig, const char *profile)
{
    g_autofree char *path = inside(rig, "printers/test.conf");
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (profile == NULL)
        text = g_strdup_printf("kind = \"folder\";\nfolder = \"%s/printed\";\nlabel = \"测试打印机\";\n", rig->dir);
    else if (!g_file_get_contents(profile, &text, NULL, &error))
        g_error("%s", error->message);
    write_text(path, text);
}

static void write_config(const struct rig *rig)
{
    g_autofree char *path = inside(rig, "kiosk.conf");
    g_autofree char *forms = rig_source("forms");
    g_autofree char *text =
        g_strdup_printf("terminal: { office = \"太原市小店区招生考试中心\"; };\n"
                        "photo: { folder = \"%s/stick\"; label = \"U盘\"; };\n"
                        "printing: { profile = \"test\"; copies = 2; };\n"
                        "paths: { forms = \"%s\"; printers = \"%s/printers\"; storage = \"%s/storage\";\n"
                        "         runtime = \"%s/runtime\"; log = \"%s/kiosk.log\"; };\n",
                        rig->dir, forms, rig->dir, rig->dir, rig->dir, rig->dir);
    write_text(path, text);
}

/* ---- the platform */

/* "NAME=value" of the variables that send a sanitizer's report to a file, since the screen owns the terminal. */
static GPtrArray *sanitizer_env(const struct rig *rig)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(list,
                    g_strdup_printf("ASAN_OPTIONS=log_path=%s/sanitizer:%s", rig->dir, g_getenv("ASAN_OPTIONS") ?: ""));
    g_autofree char *suppressed = rig_source("tests/lsan.supp");
    g_ptr_array_add(list, g_strdup_printf("LSAN_OPTIONS=print_suppressions=0:suppressions=%s", suppressed));
    g_ptr_array_add(list, g_strdup_printf("UBSAN_OPTIONS=log_path=%s/sanitizer:print_stacktrace=1", rig->dir));
    return list;
}

static void show_file(const struct rig *rig, const char *name)
{
    g_autofree char *path = inside(rig, name);
    g_autofree char *text = NULL;
    if (g_file_get_contents(path, &text, NULL, NULL) && *text != '\0')
        fprintf(stderr, "%s:\n%s\n", name, text); /* print_error() cuts at 1,023 bytes */
}

void rig_platform_start(struct rig *rig)
{
    g_autofree char *program = rig_program("platformd");
    g_autofree char *data = inside(rig, "platform");
    g_autofree char *errors = inside(rig, "platformd.log");
    g_autofree char *listen = g_strdup_printf("127.0.0.1:%s", rig->port == NULL ? "0" : rig->port);
    const char *argv[] = {program, "--listen", listen, "--data", data, "--demo", "--clock", rig->clock, NULL};
    g_autoptr(GPtrArray) sanitizer = sanitizer_env(rig);
    g_auto(GStrv) env = g_get_environ();
    for (guint i = 0; i < sanitizer->len; i++) {
        g_auto(GStrv) pair = g_strsplit(sanitizer->pdata[i], "=", 2);
        env = g_environ_setenv(env, pair[0], pair[1], TRUE);
    }
    g_assert(rig->platform == NULL);
    rig->platform = proc_start(argv, env, errors);
    g_autofree char *line = proc_wait_line(rig->platform, TERM_WAIT_MS);
    if (line == NULL || !g_str_has_prefix(line, "ready http://127.0.0.1:")) {
        print_error("platformd said \"%s\" instead of ready\n", line == NULL ? "" : line);
        show_file(rig, "platformd.log");
        fail();
    }
    g_free(rig->url);
    g_free(rig->port);
    rig->url = g_strdup(line + strlen("ready "));
    rig->port = g_strdup(strrchr(rig->url, ':') + 1);
}

void rig_platform_stop(struct rig *rig, bool kill)
{
    if (rig->platform == NULL)
        return;
    if (kill)
        proc_signal(rig->platform, SIGKILL);
    int status = proc_stop(g_steal_pointer(&rig->platform));
    if (!kill && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
        print_error("platformd did not end cleanly after SIGTERM (wait status %d)\n", status);
        show_file(rig, "platformd.log");
        fail();
    }
}

static void copy_files(const struct rig *rig, const char *from, const char *to)
{
    g_autofree char *source = inside(rig, from);
    g_autofree char *target = inside(rig, to);
    nftw(target, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    mkdir(target, 0700);
    g_autoptr(GDir) dir = g_dir_open(source, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(source, name, NULL);
        g_autofree char *copy = g_build_filename(target, name, NULL);
        g_autofree char *bytes = NULL;
        gsize n;
        if (g_file_get_contents(path, &bytes, &n, NULL))
            g_file_set_contents_full(copy, bytes, (gssize)n, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }
}

void rig_data_save(struct rig *rig)
{
    rig_platform_stop(rig, false);
    copy_files(rig, "platform", "platform.saved");
    rig_platform_start(rig);
}

void rig_data_restore(struct rig *rig)
{
    rig_platform_stop(rig, false);
    copy_files(rig, "platform.saved", "platform");
    rig_platform_start(rig);
}

const char *rig_dir(const struct rig *rig)
{
    return rig->dir;
}

const char *rig_url(const struct rig *rig)
{
    return rig->url;
}

pid_t rig_platform_pid(const struct rig *rig)
{
    return proc_pid(rig->platform);
}

/* ---- start and end */

struct rig *rig_start(const struct rig_options *options)
{
    g_autoptr(GError) error = NULL;
    struct rig *rig = g_new0(struct rig, 1);
    rig->before = proc_children();
    rig->terms = g_ptr_array_new_with_free_func((GDestroyNotify)term_free);
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* what a kiosk leaves behind becomes our child, and is seen */
    rig->dir = g_dir_make_tmp("kiosk-rig-XXXXXX", &error);
    if (rig->dir == NULL)
        g_error("%s", error->message);
    rig->clock = g_strdup(options->clock != NULL ? options->clock : DEMO_CLOCK);
    make_folders(rig);
    write_profile(rig, options->profile);
    write_config(rig);
    if (!options->no_platform)
        rig_platform_start(rig);
    return rig;
}

static bool was_before(const struct rig *rig, pid_t pid)
{
    for (guint i = 0; i < rig->before->len; i++)
        if (g_array_index(rig->before, pid_t, i) == pid)
            return true;
    return false;
}

/* Children that are not the test's own; the dead among them are reaped. Returns how many live; kills them if asked. */
static int strays(const struct rig *rig, bool kill_them)
{
    int alive = 0;
    g_autoptr(GArray) pids = proc_children();
    for (guint i = 0; i < pids->len; i++) {
        pid_t pid = g_array_index(pids, pid_t, i);
        if (was_before(rig, pid) || waitpid(pid, NULL, WNOHANG) == pid)
            continue;
        alive++;
        if (!kill_them)
            continue;
        g_autofree char *name = proc_name(pid);
        print_error("Left running: %s\n", name);
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    return alive;
}

static int wait_strays(const struct rig *rig)
{
    gint64 end = g_get_monotonic_time() + 5 * G_USEC_PER_SEC;
    while (strays(rig, false) > 0 && g_get_monotonic_time() < end)
        poll(NULL, 0, 5);
    return strays(rig, true);
}

/* A program that was killed while it looked for its own leaks: that says nothing about the program. */
static bool is_killed_search(const struct rig *rig, const char *name)
{
    g_autofree char *path = inside(rig, name);
    g_autofree char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) &&
           (strstr(text, "Unable to get registers from thread") || strstr(text, "was not suspended")) &&
           !strstr(text, "ERROR:") && !strstr(text, "runtime error");
}

/* Prints what sanitizers wrote; returns the number of reports. */
static int sanitizer_reports(const struct rig *rig)
{
    int reports = 0;
    g_autoptr(GDir) dir = g_dir_open(rig->dir, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_prefix(name, "sanitizer.") && !is_killed_search(rig, name)) {
            show_file(rig, name);
            reports++;
        }
    return reports;
}

void rig_free(struct rig *rig)
{
    if (rig == NULL)
        return;
    g_ptr_array_unref(rig->terms);
    rig_platform_stop(rig, false);
    int left = wait_strays(rig);
    int reports = sanitizer_reports(rig);
    if (g_getenv("KEEP_RIG") == NULL)
        nftw(rig->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    else
        print_message("Kept %s\n", rig->dir);
    g_array_unref(rig->before);
    g_free(rig->dir);
    g_free(rig->url);
    g_free(rig->port);
    g_free(rig->clock);
    g_free(rig);
    assert_int_equal(left, 0);
    assert_int_equal(reports, 0);
}

/* ---- kiosks, stick, paper */

struct term *rig_kiosk_with(struct rig *rig, int rows, int cols, const char *const settings[], const char *const env[],
                            const char *config)
{
    g_autofree char *program = rig_program("kiosk");
    g_autofree char *usual = inside(rig, "kiosk.conf");
    g_autofree char *url = g_strdup_printf("platform.url=%s", rig->url == NULL ? "http://127.0.0.1:9" : rig->url);
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    g_ptr_array_add(argv, program);
    g_ptr_array_add(argv, (gpointer) "--config");
    g_ptr_array_add(argv, config != NULL ? (gpointer)config : usual);
    g_ptr_array_add(argv, (gpointer) "--set");
    g_ptr_array_add(argv, url);
    for (int i = 0; settings != NULL && settings[i] != NULL; i++) {
        g_ptr_array_add(argv, (gpointer) "--set");
        g_ptr_array_add(argv, (gpointer)settings[i]);
    }
    g_ptr_array_add(argv, NULL);
    g_autoptr(GPtrArray) variables = sanitizer_env(rig);
    for (int i = 0; env != NULL && env[i] != NULL; i++)
        g_ptr_array_add(variables, g_strdup(env[i]));
    g_ptr_array_add(variables, NULL);
    struct term *term = term_start((const char *const *)argv->pdata, (const char *const *)variables->pdata, rows, cols);
    g_ptr_array_add(rig->terms, term);
    return term;
}

void rig_kiosk_stop(struct rig *rig, struct term *term)
{
    g_ptr_array_remove_fast(rig->terms, term);
}

struct term *rig_kiosk(struct rig *rig, int rows, int cols, const char *const settings[])
{
    return rig_kiosk_with(rig, rows, cols, settings, NULL, NULL);
}

char *rig_log(const struct rig *rig)
{
    g_autofree char *path = inside(rig, "kiosk.log");
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

void rig_stick_add(struct rig *rig, const char *name, const void *bytes, gsize n)
{
    g_autofree char *path = g_build_filename(rig->dir, "stick", name, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_file_set_contents(path, bytes, (gssize)n, &error))
        g_error("%s", error->message);
    /* A date of its own: the list of files on the screen tells it. 2026-12-01 10:00 +08:00 */
    utimensat(AT_FDCWD, path, (struct timespec[]){{.tv_sec = 1796090400}, {.tv_sec = 1796090400}}, 0);
}

void rig_stick_add_portrait(struct rig *rig, const char *name)
{
    g_autofree char *path = rig_source("src/platformd/demo/stick/portrait.jpg");
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize n;
    if (!g_file_get_contents(path, &bytes, &n, &error))
        g_error("%s", error->message);
    rig_stick_add(rig, name, bytes, n);
}

static gint by_age(gconstpointer a, gconstpointer b)
{
    const char *const *path_a = a, *const *path_b = b;
    struct stat st_a = {0}, st_b = {0};
    stat(*path_a, &st_a);
    stat(*path_b, &st_b);
    if (st_a.st_mtim.tv_sec != st_b.st_mtim.tv_sec)
        return st_a.st_mtim.tv_sec < st_b.st_mtim.tv_sec ? -1 : 1;
    return (st_a.st_mtim.tv_nsec > st_b.st_mtim.tv_nsec) - (st_a.st_mtim.tv_nsec < st_b.st_mtim.tv_nsec);
}

GPtrArray *rig_prints(const struct rig *rig)
{
    g_autofree char *path = inside(rig, "printed");
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ".pdf"))
            g_ptr_array_add(files, g_build_filename(path, name, NULL));
    g_ptr_array_sort(files, by_age);
    return files;
}
