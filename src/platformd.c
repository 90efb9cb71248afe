/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reference platform (design 6.1):
 *
 *   platformd --listen ADDR:PORT --data DIR [--import DIR] [--demo] [--clock RFC3339] [--public-url URL]
 *
 * The map, from the socket to the disk:
 *
 *   server.c         HTTP on the main loop; suspended connections     listen_address.c patience.c
 *   routes.c         session, keys, versions, transaction, answer; the table call → handler
 *   people.c         login, sessions (passwords.c: Argon2id in threads)
 *   queries.c        reading calls; the long poll (waiting.c)         metrics.c
 *   applications.c degree.c photos.c orders.c registration.c drafts.c   one step of the process each
 *   standing.c       where a candidate stands, asked by all of them   snapshot.c  what the terminal is told
 *   agenda.c         what happens by itself: review, expiry, windows
 *   phone_pages.c    pages for a phone (pages.c: templates)
 *   import.c demo.c  tables in                                        registry.c  the same tables out
 *   idempotency.c    answers kept for those who ask again
 *   database.c       SQLite; schema.c
 *   platform.c       all of it as one object
 */
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "intake/picture.h"
#include "platformd/platform.h"

struct command_line {
    char *listen, *data, *import, *clock, *public_url;
    gboolean demo, version;
    int moment_ms;
};

static bool fault(const char *what)
{
    fprintf(stderr, "platformd: %s\n", what);
    return false;
}

static bool read_command_line(struct command_line *line, int *argc, char ***argv)
{
    const GOptionEntry entries[] = {
        {"listen", 0, 0, G_OPTION_ARG_STRING, &line->listen, "Where to serve; port 0 picks one", "ADDR:PORT"},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &line->data, "Folder of the database, made when missing", "DIR"},
        {"import", 0, 0, G_OPTION_ARG_FILENAME, &line->import, "Read tables (*.tsv) before serving", "DIR"},
        {"demo", 0, 0, G_OPTION_ARG_NONE, &line->demo, "With the demo people and an open batch", NULL},
        {"clock", 0, 0, G_OPTION_ARG_STRING, &line->clock, "Show this time at the start", "RFC3339"},
        {"public-url", 0, 0, G_OPTION_ARG_STRING, &line->public_url, "What phones reach, for QR codes", "URL"},
        {"moment", 0, 0, G_OPTION_ARG_INT, &line->moment_ms, "How long automatic checks take", "MS"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &line->version, "Print the version", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    g_option_context_set_summary(context, "Reference platform for the graduation application.");
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, &error))
        return fault(error->message);
    if (line->version)
        return true;
    if (*argc > 1)
        return fault("there is a word too many on the command line");
    if (!line->listen || !line->data)
        return fault("--listen ADDR:PORT and --data DIR are needed; see --help");
    return line->moment_ms >= 0 || fault("--moment cannot be negative");
}

static void command_line_clear(struct command_line *line)
{
    g_free(line->listen);
    g_free(line->data);
    g_free(line->import);
    g_free(line->clock);
    g_free(line->public_url);
}

static gboolean quit(gpointer loop)
{
    g_main_loop_quit(loop);
    return G_SOURCE_CONTINUE;
}

/* Who reads that we are ready may end us at once: by then a signal ends us cleanly. */
static void run(const char *url)
{
    GMainLoop *loop = g_main_loop_new(NULL, FALSE);
    guint on_term = g_unix_signal_add(SIGTERM, quit, loop);
    guint on_int = g_unix_signal_add(SIGINT, quit, loop);
    printf("ready %s\n", url);
    (void)fflush(stdout);
    g_main_loop_run(loop);
    g_source_remove(on_term);
    g_source_remove(on_int);
    g_main_loop_unref(loop);
}

static bool serve(const struct command_line *line)
{
    struct platform_options options = {
        .listen = line->listen,
        .data = line->data,
        .import = line->import,
        .demo = line->demo,
        .public_url = line->public_url,
        .moment_ms = (unsigned)line->moment_ms,
        .photo_measure = picture_measure_bytes,
    };
    g_autoptr(GPtrArray) faults = settings_faults_new();
    g_autoptr(GError) error = NULL;
    if (line->clock && !clock_parse(line->clock, &options.clock))
        return fault("--clock is not a time like 2026-12-01T08:00:00+08:00");
    struct platform *platform = platform_new(&options, faults, &error);
    for (guint i = 0; i < faults->len; i++)
        fprintf(stderr, "%s\n", (const char *)faults->pdata[i]);
    if (!platform)
        return fault(error ? error->message : "nothing was imported");
    run(platform_url(platform));
    platform_free(platform);
    return true;
}

int main(int argc, char **argv)
{
    struct command_line line = {.moment_ms = PLATFORM_MOMENT_MS};
    secret_harden_process();
    (void)signal(SIGPIPE, SIG_IGN);
    log_init(STDERR_FILENO, LOG_INFO);
    bool good = read_command_line(&line, &argc, &argv);
    if (good && line.version)
        printf("platformd %s\n", KIOSK_VERSION);
    else
        good = good && serve(&line);
    command_line_clear(&line);
    return good ? 0 : 1;
}
