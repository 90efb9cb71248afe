/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "embedded.h"

#include "base/log.h"
#include "kiosk_settings.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define HAND_OVER  "KIOSK_EMBEDDED" /* "PID URL" */
#define RESTART_MS 500
#define READY_MAX  200
#define END_STEPS  300 /* of 10 ms */

struct embedded {
    char *data_dir, *config;
    bool demo;
    embedded_ready_fn ready;
    gpointer data;
    GPid pid;
    char *url; /* NULL until it serves; its port is asked for again after a restart */
    int out;
    guint out_source, child_source, restart_source;
    GString *line;
};

static gboolean start(gpointer data);

static void on_exit_child(GPid pid, gint status, gpointer data)
{
    struct embedded *embedded = data;
    (void)pid;
    embedded->child_source = 0;
    embedded->pid = 0;
    log_write(LOG_WARN, "embedded", "the platform ended (status %d), starting it again", status);
    embedded->restart_source = g_timeout_add(RESTART_MS, start, embedded);
}

static gboolean on_ready_later(gpointer data)
{
    struct embedded *embedded = data;
    embedded->restart_source = 0;
    embedded->ready(embedded->url, embedded->data);
    return G_SOURCE_REMOVE;
}

static gboolean on_output(gint fd, GIOCondition condition, gpointer data)
{
    struct embedded *embedded = data;
    (void)condition;
    char buffer[READY_MAX];
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n <= 0 || embedded->line->len > READY_MAX) {
        close(fd);
        embedded->out_source = 0;
        return G_SOURCE_REMOVE;
    }
    g_string_append_len(embedded->line, buffer, n);
    char *end = strchr(embedded->line->str, '\n');
    if (!end || !g_str_has_prefix(embedded->line->str, "ready "))
        return G_SOURCE_CONTINUE;
    *end = '\0';
    g_free(embedded->url);
    embedded->url = g_strdup(embedded->line->str + strlen("ready "));
    g_string_truncate(embedded->line, 0);
    log_write(LOG_INFO, "embedded", "the platform serves at %s", embedded->url);
    embedded->ready(embedded->url, embedded->data);
    return G_SOURCE_CONTINUE;
}

/* Between fork and exec: nothing but a system call. */
static void die_with_parent(gpointer data)
{
    (void)data;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* The port of the last run, so that codes on people's phones stay good. */
static const char *port_of(const struct embedded *embedded)
{
    const char *colon = embedded->url ? strrchr(embedded->url, ':') : NULL;
    return colon ? colon + 1 : "0";
}

static gboolean start(gpointer data)
{
    struct embedded *embedded = data;
    embedded->restart_source = 0;
    g_autofree char *program = kiosk_program_path("platformd");
    g_autofree char *listen = g_strdup_printf("127.0.0.1:%s", port_of(embedded));
    char *argv[9] = {program, "--listen", listen, "--data", embedded->data_dir};
    int n = 5;
    if (embedded->demo)
        argv[n++] = "--demo";
    if (embedded->config) {
        argv[n++] = "--config";
        argv[n++] = embedded->config;
    }
    g_autoptr(GError) error = NULL;
    g_mkdir_with_parents(embedded->data_dir, 0700);
    g_string_truncate(embedded->line, 0);
    if (!g_spawn_async_with_pipes(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                  die_with_parent, NULL, &embedded->pid, NULL, &embedded->out, NULL, &error)) {
        log_write(LOG_ERROR, "embedded", "cannot start the platform: %s", error->message);
        embedded->restart_source = g_timeout_add(RESTART_MS * 4, start, embedded);
        return G_SOURCE_REMOVE;
    }
    embedded->out_source = g_unix_fd_add(embedded->out, G_IO_IN | G_IO_HUP, on_output, embedded);
    embedded->child_source = g_child_watch_add(embedded->pid, on_exit_child, embedded);
    return G_SOURCE_REMOVE;
}

/* The image before this one started it: it is still our child. */
static bool take_over(struct embedded *embedded)
{
    const char *state = g_getenv(HAND_OVER);
    const char *space = state ? strchr(state, ' ') : NULL;
    int pid = space ? (int)strtol(state, NULL, 10) : 0;
    bool alive = pid > 1 && waitpid(pid, NULL, WNOHANG) == 0;
    if (alive) {
        embedded->pid = pid;
        embedded->url = g_strdup(space + 1);
        embedded->child_source = g_child_watch_add(embedded->pid, on_exit_child, embedded);
        embedded->restart_source = g_idle_add(on_ready_later, embedded);
    }
    g_unsetenv(HAND_OVER);
    return alive;
}

struct embedded *embedded_new(const char *data_dir, const char *config, bool demo, embedded_ready_fn ready,
                              gpointer data)
{
    struct embedded *embedded = g_new0(struct embedded, 1);
    embedded->data_dir = g_strdup(data_dir);
    embedded->config = config && *config ? g_strdup(config) : NULL;
    embedded->demo = demo;
    embedded->ready = ready;
    embedded->data = data;
    embedded->line = g_string_new(NULL);
    if (!take_over(embedded))
        start(embedded);
    return embedded;
}

void embedded_hand_over(const struct embedded *embedded)
{
    if (!embedded || !embedded->pid || !embedded->url)
        return;
    g_autofree char *state = g_strdup_printf("%d %s", (int)embedded->pid, embedded->url);
    g_setenv(HAND_OVER, state, TRUE);
}

static void end_child(GPid pid)
{
    kill(pid, SIGTERM);
    for (int i = 0; i < END_STEPS; i++) {
        if (waitpid(pid, NULL, WNOHANG) != 0)
            return;
        g_usleep(10000);
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

void embedded_free(struct embedded *embedded)
{
    if (!embedded)
        return;
    guint sources[] = {embedded->out_source, embedded->child_source, embedded->restart_source};
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
        if (sources[i])
            g_source_remove(sources[i]);
    if (embedded->pid)
        end_child(embedded->pid);
    g_string_free(embedded->line, TRUE);
    g_free(embedded->data_dir);
    g_free(embedded->config);
    g_free(embedded->url);
    g_free(embedded);
}
