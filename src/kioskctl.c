/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For staff at an office, over SSH or in scripts (design 6.1):
 *
 *   kioskctl review COMMAND … --staff NO [--platform URL | --config FILE] [--password-file FILE|-] [--json]
 *
 *   ctl/review_command.c   the commands, one table     ctl/review_text.c   what people read   ctl/columns.c
 *   ctl/office.c           calls, waited for, sent again with the same key
 *   ctl/ask.c              the password, never on the command line
 *
 * Exit code: 0 all is well, 1 refused or failed (one sentence on standard error), 2 not to be understood. Logs nothing.
 */
#include "kiosk_settings.h"

#include "base/log.h"
#include "base/settings.h"
#include "base/tsv.h"
#include "ctl/ask.h"
#include "ctl/review_command.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#define CONFIG "/etc/graduation-kiosk/kiosk.conf"

enum status { STATUS_DONE, STATUS_FAILED, STATUS_USAGE };

struct command_line {
    char *config, *platform, *staff, *password_file;
    gboolean json, version;
    struct review_options review;
    char **words;
};

struct tool {
    struct command_line line;
    struct kiosk_settings *settings;
    struct messages *messages;
    struct code_tables tables;
    struct office *office;
    struct secret *password;
};

/* ---------------------------------------------------------------- saying what is wrong */

static enum status usage(const char *fault)
{
    fprintf(stderr, "kioskctl: %s; see --help\n", fault);
    return STATUS_USAGE;
}

static enum status fail(const char *sentence)
{
    fprintf(stderr, "%s\n", sentence);
    return STATUS_FAILED;
}

static enum status fail_with(const struct tool *tool, const char *key)
{
    return fail(message_text(key, tool->messages));
}

/* ---------------------------------------------------------------- command line */

static bool read_command_line(struct command_line *line, int *argc, char ***argv)
{
    struct review_options *review = &line->review;
    const GOptionEntry entries[] = {
        {"staff", 0, 0, G_OPTION_ARG_STRING, &line->staff, "Number of the member of staff", "NO"},
        {"platform", 0, 0, G_OPTION_ARG_STRING, &line->platform, "Address of the platform; else kiosk.conf's", "URL"},
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &line->config, "Settings file instead of " CONFIG, "FILE"},
        {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &line->password_file,
         "Read the password from its first line, - = standard input; else it is asked for", "FILE|-"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &line->json, "Print one JSON document", NULL},
        {"state", 0, 0, G_OPTION_ARG_STRING, &review->state, "Only applications in this state", "STATE"},
        {"photo", 0, 0, G_OPTION_ARG_STRING, &review->photo, "Only those whose photo is in this state", "STATE"},
        {"prior-degree", 0, 0, G_OPTION_ARG_STRING, &review->prior_degree, "The same for the prior degree", "STATE"},
        {"exam-no", 0, 0, G_OPTION_ARG_STRING, &review->exam_no, "Only this candidate's", "NO"},
        {"limit", 0, 0, G_OPTION_ARG_INT, &review->limit, "List at most N (200)", "N"},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &review->reason, "Why not; the candidate reads it", "TEXT"},
        {"major", 0, 0, G_OPTION_ARG_STRING, &review->major, "Only this major of several", "CODE"},
        {"output", 0, 0, G_OPTION_ARG_FILENAME, &review->output, "New file to write", "FILE"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &line->version, "Print the version", NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &line->words, NULL, "review COMMAND …"},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *commands = review_command_help();
    g_option_context_set_description(context, commands);
    g_option_context_add_main_entries(context, entries, NULL);
    if (g_option_context_parse(context, argc, argv, &error))
        return true;
    (void)usage(error->message);
    return false;
}

static void command_line_clear(struct command_line *line)
{
    char *texts[] = {line->config,
                     line->platform,
                     line->staff,
                     line->password_file,
                     line->review.state,
                     line->review.photo,
                     line->review.prior_degree,
                     line->review.exam_no,
                     line->review.reason,
                     line->review.major,
                     line->review.output};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_strfreev(line->words);
}

/* ---------------------------------------------------------------- what it needs */

static const char *config_path(const struct command_line *line)
{
    return line->config ? line->config : g_file_test(CONFIG, G_FILE_TEST_EXISTS) ? CONFIG : NULL;
}

/* Settings, sentences, names of counties; every fault with its line. */
static bool load(struct tool *tool)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    tool->settings = kiosk_settings_read(config_path(&tool->line), NULL, faults);
    if (tool->settings) {
        const char *forms = tool->settings->paths->forms;
        g_autofree char *messages = g_build_filename(forms, "messages.conf", NULL);
        g_autofree char *divisions = g_build_filename(forms, "tables", code_table_files[CODE_DIVISION], NULL);
        tool->messages = settings_read(&messages_record, messages, faults);
        tool->tables.table[CODE_DIVISION] = tsv_read_all(&code_entry_record, divisions, faults);
    }
    for (guint i = 0; i < faults->len; i++)
        fprintf(stderr, "%s\n", (const char *)faults->pdata[i]);
    return faults->len == 0;
}

static enum status ask_password(struct tool *tool)
{
    static const char *const problems[] = {
        [ASK_NO_TERMINAL] = "ctl.no_terminal",
        [ASK_NO_FILE] = "ctl.no_password_file",
        [ASK_TOO_LONG] = "ctl.bad_password",
    };
    tool->password = secret_new();
    const char *file = tool->line.password_file;
    enum ask asked = file ? ask_file(file, tool->password)
                          : ask_terminal(message_text("ctl.password", tool->messages), tool->password);
    return asked == ASK_OK ? STATUS_DONE : fail_with(tool, problems[asked]);
}

/* The address without a slash at its end; NULL when there is none, or only one that another program starts for itself. */
static char *platform_url(const struct tool *tool)
{
    const char *given = tool->line.platform ? tool->line.platform : tool->settings->platform->url;
    if (!given || strcmp(given, "embedded") == 0 || !*given)
        return NULL;
    char *url = g_strdup(given);
    if (g_str_has_suffix(url, "/"))
        url[strlen(url) - 1] = '\0';
    return url;
}

static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

/* ---------------------------------------------------------------- the work */

static enum status work(struct tool *tool, const struct review_command *command, const char *url)
{
    const struct kiosk_platform *platform = tool->settings->platform;
    struct client_options options = {
        .url = url, .pins = or_null(platform->pins), .ca_file = or_null(platform->ca_file)};
    struct review_context context = {.messages = tool->messages, .tables = &tool->tables, .json = tool->line.json};
    g_autofree char *problem = NULL;
    enum status asked = ask_password(tool);
    if (asked != STATUS_DONE)
        return asked;
    context.office = tool->office = office_new(&options, tool->messages);
    problem = office_login(tool->office, tool->line.staff, secret_text(tool->password));
    if (!problem)
        (void)review_command_run(command, &context, (const char *const *)tool->line.words + 1, &tool->line.review,
                                 &problem);
    return problem ? fail(problem) : STATUS_DONE;
}

static enum status run(struct tool *tool)
{
    const struct command_line *line = &tool->line;
    g_autofree char *fault = NULL;
    if (!line->words || strcmp(line->words[0], "review") != 0 || !line->words[1])
        return usage("which command");
    const struct review_command *command =
        review_command_find((const char *const *)line->words + 1, &line->review, &fault);
    if (!command)
        return usage(fault);
    if (!line->staff || !*line->staff)
        return usage("--staff NO is needed");
    if (!load(tool))
        return STATUS_FAILED;
    g_autofree char *url = platform_url(tool);
    if (!url) {
        (void)fail_with(tool, "ctl.no_platform");
        return STATUS_USAGE;
    }
    enum status status = work(tool, command, url);
    if (fflush(stdout) != 0 || ferror(stdout))
        return STATUS_FAILED;
    return status;
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    secret_harden_process();
    log_init(-1, LOG_ERROR);
    struct tool tool = {0};
    if (!read_command_line(&tool.line, &argc, &argv))
        return STATUS_USAGE;
    enum status status = STATUS_DONE;
    if (tool.line.version)
        printf("kioskctl %s\n", KIOSK_VERSION);
    else
        status = run(&tool);
    office_free(tool.office);
    secret_free(tool.password);
    code_tables_clear(&tool.tables);
    record_free(&messages_record, tool.messages);
    record_free(&kiosk_settings_record, tool.settings);
    command_line_clear(&tool.line);
    return (int)status;
}
