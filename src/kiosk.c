/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kiosk: a candidate's way through the graduation application on a terminal.
 *
 * The map of the house, from the door to the paper:
 *
 *   kiosk.c               builds the parts in order, runs one person, takes all down in reverse, begins afresh
 *   shell.[ch]            what happens → session events; session effects → what is done, PERSIST first
 *   embedded.[ch]         the platform as a child process            kiosk_settings.[ch]  kiosk.conf
 *   forms_fit.[ch]        kiosk --check: every text fits its place (session/specimen.c full pages, screen/fit.c draws them)
 *   session/              session_apply(session, event) → effects: decides everything, touches nothing
 *     forms.[ch]          forms/ read: screens, flow, words           flow.c   which screen, next, back, resume
 *     wording.[ch]        one word for one thing (kiosk --check)
 *     verb.c guard.c      what actions do, named conditions           call.c reply.c   calls, repeats, outbox; answers
 *     apply.c added.c item.c  the application: its steps, courses added with evidence, its majors one by one
 *     answers.c check.c   what was typed, its faults                  judge.c print.c  what it comes to; from print to paper
 *     compose.c source.c source_table.c placeholder.c  the page       key_words.c  keys in its texts, or buttons for who taps
 *   screen/               draws pages on the terminal, reads keys; one file a kind of step (step_*.c); view.h is its own map
 *   input/                pinyin (its engine runs in kiosk-helper), punctuation, rare characters and looking them up
 *   client/               calls to the platform, never waiting        wire/    JSON ↔ records, the table of calls
 *   storage/              journal, outbox, print jobs: what must survive a power cut
 *   helper/               one process for one blocking or dangerous job; kiosk-helper.c is its main
 *   printing/ intake/     the sheet, the printer; the stick, the photo, the archive (run in helpers)
 *   graduation/           the rules of the province, with their numbers
 *   base/                 records, text, settings, time, secrets, log
 *   platformd.c, platformd/   the reference platform
 *   kioskctl.c, ctl/      the office's side of it: review, decide
 *
 * One person, one process: when a session ends the terminal is cleared and the program executes itself, so the next person gets a fresh
 * address space.
 */
#include "embedded.h"
#include "forms_fit.h"
#include "shell.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/secret.h"
#include "input/pinyin_check.h"
#include "printing/profile.h"
#include "printing/sheet.h"
#include "screen/theme.h"
#include "session/wording.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct kiosk {
    struct kiosk_settings *settings;
    struct forms *forms;
    struct screen_labels *labels;
    int log_fd;
    struct store *store;
    GMainLoop *loop;
    struct session *session;
    struct client *client;
    struct shell *shell;
    struct screen *screen;
    struct embedded *embedded;
    char *helper;
    guint tick;
};

/* ---------------------------------------------------------------- command line */

struct command_line {
    char *config;
    char **overrides;
    gboolean check, version;
};

static bool read_command_line(struct command_line *line, int *argc, char ***argv)
{
    const GOptionEntry entries[] = {
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &line->config, "Settings file", "FILE"},
        {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &line->overrides, "Override a setting", "SECTION.KEY=VALUE"},
        {"check", 0, 0, G_OPTION_ARG_NONE, &line->check, "Load settings, forms and printers, list every fault", NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &line->version, "Print the version", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, argc, argv, &error))
        return true;
    fprintf(stderr, "kiosk: %s\n", error->message);
    return false;
}

/* ---------------------------------------------------------------- configuration */

static char *profile_path(const struct kiosk_settings *settings)
{
    return g_strdup_printf("%s/%s.conf", settings->paths->printers, settings->printing->profile);
}

/* Everything that is data: false when anything is wrong with it. */
static bool load_data(struct kiosk *kiosk, const struct command_line *line, GPtrArray *faults)
{
    const char *path = line->config;
    if (!path && g_file_test("/etc/graduation-kiosk/kiosk.conf", G_FILE_TEST_EXISTS))
        path = "/etc/graduation-kiosk/kiosk.conf";
    kiosk->settings = kiosk_settings_read(path, (const char *const *)line->overrides, faults);
    if (!kiosk->settings)
        return false;
    g_autofree char *frame = g_build_filename(kiosk->settings->paths->forms, "frame.conf", NULL);
    kiosk->labels = settings_read(&screen_labels_record, frame, faults);
    kiosk->forms = forms_read(kiosk->settings->paths->forms, faults);
    return kiosk->labels && kiosk->forms && forms_check(kiosk->forms, faults);
}

/* kiosk --check: also what the kiosk itself leaves to its helper, and the words. */
static bool check_more(const struct kiosk *kiosk, GPtrArray *faults)
{
    g_autofree char *profile = profile_path(kiosk->settings);
    profile_free(profile_read(profile, faults));
    g_autofree char *layout = g_build_filename(kiosk->settings->paths->forms, "sheet.conf", NULL);
    layout_free(layout_read(layout, faults));
    (void)wording_check(kiosk->settings->paths->forms, faults);
    return faults->len == 0;
}

static struct pinyin_options pinyin_options(const struct kiosk *kiosk, const char *helper, const char *lexicon)
{
    const struct kiosk_input *input = kiosk->settings->input;
    return (struct pinyin_options){.program = helper, .data = input->data, .lexicon = lexicon, .fuzzy = input->fuzzy};
}

static bool check_pinyin(const struct kiosk *kiosk, GPtrArray *faults)
{
    g_autofree char *helper = kiosk_program_path("kiosk-helper");
    g_autofree char *lexicon = kiosk_lexicon_path();
    struct pinyin_options options = pinyin_options(kiosk, helper, lexicon);
    return !kiosk->settings->input->pinyin || pinyin_check(&options, faults);
}

/* Of forms without a fault: only those can be drawn. */
static bool check_fit(const struct kiosk *kiosk, GPtrArray *faults)
{
    return forms_fit(kiosk->forms, kiosk->labels, kiosk->settings->terminal->office, faults);
}

static void print_faults(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++)
        fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(faults, i));
}

/* ---------------------------------------------------------------- building the parts */

static bool fail(const char *what, const GError *error)
{
    fprintf(stderr, "kiosk: %s: %s\n", what, error ? error->message : "unknown");
    return false;
}

static bool open_storage(struct kiosk *kiosk)
{
    g_autoptr(GError) error = NULL;
    const struct kiosk_paths *paths = kiosk->settings->paths;
    kiosk->log_fd =
        *(paths->log ? paths->log : "") ? open(paths->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    log_init(kiosk->log_fd, LOG_INFO);
    g_autofree char *database = g_build_filename(paths->storage, "kiosk.db", NULL);
    kiosk->store = store_open(database, &error);
    if (!kiosk->store)
        return fail("storage", error);
    unsigned char key[32];
    if (!store_machine_key(kiosk->store, key, &error))
        return fail("storage", error);
    log_set_key(key);
    explicit_bzero(key, sizeof key);
    return true;
}

static void make_session(struct kiosk *kiosk)
{
    struct clock clock;
    clock_init(&clock, 0);
    struct session_options options = {
        .forms = kiosk->forms,
        .office = kiosk->settings->terminal->office,
        .idle_ms = kiosk->settings->session->idle_s * 1000,
        .warn_ms = kiosk->settings->session->warn_s * 1000,
        .today = clock_day(clock_now(&clock)),
        .photo_source = kiosk->settings->photo->label,
        .copies = kiosk->settings->printing->copies,
        .touch = kiosk->settings->terminal->touch,
        .may_quit = kiosk->settings->terminal->may_quit,
    };
    secret_random(options.seed, sizeof options.seed);
    kiosk->session = session_new(&options);
}

static void on_embedded_ready(const char *url, gpointer data)
{
    struct kiosk *kiosk = data;
    client_set_url(kiosk->client, url);
    shell_platform_ready(kiosk->shell);
}

static gboolean on_tick(gpointer data)
{
    struct kiosk *kiosk = data;
    shell_tell(kiosk->shell, SESSION_TICK);
    return G_SOURCE_CONTINUE;
}

static gboolean on_signal(gpointer data)
{
    struct kiosk *kiosk = data;
    g_main_loop_quit(kiosk->loop);
    return G_SOURCE_CONTINUE;
}

static bool make_parts(struct kiosk *kiosk)
{
    g_autoptr(GError) error = NULL;
    if (!open_storage(kiosk))
        return false;
    const struct kiosk_platform *platform = kiosk->settings->platform;
    bool embedded = g_strcmp0(platform->url, "embedded") == 0;
    struct client_options client = {
        .url = embedded ? NULL : platform->url, .pins = platform->pins, .ca_file = platform->ca_file};
    kiosk->loop = g_main_loop_new(NULL, FALSE);
    kiosk->client = client_new(&client);
    make_session(kiosk);
    kiosk->helper = kiosk_program_path("kiosk-helper");
    struct shell_parts parts = {.settings = kiosk->settings,
                                .forms = kiosk->forms,
                                .store = kiosk->store,
                                .session = kiosk->session,
                                .client = kiosk->client,
                                .helper = kiosk->helper,
                                .loop = kiosk->loop};
    kiosk->shell = shell_new(&parts, &error);
    if (!kiosk->shell)
        return fail("private directory", error);
    const struct kiosk_terminal *terminal = kiosk->settings->terminal;
    g_autofree char *lexicon = kiosk_lexicon_path();
    struct pinyin_options pinyin = pinyin_options(kiosk, kiosk->helper, lexicon);
    struct screen_options screen = {.pinyin = kiosk->settings->input->pinyin ? &pinyin : NULL,
                                    .labels = kiosk->labels,
                                    .theme = theme_words[terminal->theme],
                                    .touch = terminal->touch};
    kiosk->screen = screen_new(&screen, shell_screen_event, kiosk->shell, &error);
    if (!kiosk->screen)
        return fail("terminal", error);
    shell_set_screen(kiosk->shell, kiosk->screen);
    shell_tell(kiosk->shell, SESSION_STARTED); /* the first page is on the screen before anything slow begins */
    if (embedded)
        kiosk->embedded = embedded_new(platform->data, platform->config, platform->demo, on_embedded_ready, kiosk);
    else
        shell_platform_ready(kiosk->shell);
    return true;
}

static void free_parts(struct kiosk *kiosk)
{
    if (kiosk->tick)
        g_source_remove(kiosk->tick);
    screen_free(kiosk->screen);
    shell_free(kiosk->shell);
    g_free(kiosk->helper);
    client_free(kiosk->client);
    session_free(kiosk->session);
    store_close(kiosk->store);
    g_clear_pointer(&kiosk->loop, g_main_loop_unref);
    forms_free(kiosk->forms);
    record_free(&screen_labels_record, kiosk->labels);
    record_free(&kiosk_settings_record, kiosk->settings);
    if (kiosk->log_fd > 0)
        close(kiosk->log_fd);
}

/* Runs until the person or the program ends. */
static enum shell_end run(struct kiosk *kiosk)
{
    g_unix_signal_add(SIGTERM, on_signal, kiosk);
    g_unix_signal_add(SIGHUP, on_signal, kiosk);
    kiosk->tick = g_timeout_add(1000, on_tick, kiosk);
    g_main_loop_run(kiosk->loop);
    return shell_ended(kiosk->shell);
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    secret_harden_process();
    char **arguments = g_strdupv(argv);
    struct command_line line = {0};
    if (!read_command_line(&line, &argc, &argv))
        return 2;
    if (line.version) {
        printf("kiosk %s\n", KIOSK_VERSION);
        return 0;
    }
    struct kiosk kiosk = {.log_fd = -1};
    g_autoptr(GPtrArray) faults = settings_faults_new();
    bool good = load_data(&kiosk, &line, faults);
    if (line.check && kiosk.settings) {
        good = good && check_fit(&kiosk, faults);
        good = check_pinyin(&kiosk, faults) && good;
        good = check_more(&kiosk, faults) && good;
    }
    print_faults(faults);
    int status = good ? 0 : 1;
    enum shell_end end = SHELL_QUIT;
    if (good && !line.check) {
        if (make_parts(&kiosk))
            end = run(&kiosk);
        else
            status = 1;
    }
    struct embedded *embedded = kiosk.embedded;
    free_parts(&kiosk);
    if (end == SHELL_NEXT_PERSON) {
        embedded_hand_over(embedded);
        execv("/proc/self/exe", arguments);
    }
    embedded_free(embedded);
    g_strfreev(arguments);
    g_strfreev(line.overrides);
    g_free(line.config);
    return status;
}
