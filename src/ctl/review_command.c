/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/review_command.h"

#include "ctl/review_text.h"
#include "wire/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_MAX 100000

/* Options that a command takes; bits of struct review_options. */
enum option {
    OPTION_STATE = 1 << 0,
    OPTION_PHOTO = 1 << 1,
    OPTION_DEGREE = 1 << 2,
    OPTION_EXAM_NO = 1 << 3,
    OPTION_LIMIT = 1 << 4,
    OPTION_REASON = 1 << 5,
    OPTION_MAJOR = 1 << 6,
    OPTION_OUTPUT = 1 << 7,
};
#define OPTION_FILTERS (OPTION_STATE | OPTION_PHOTO | OPTION_DEGREE | OPTION_EXAM_NO | OPTION_LIMIT)

static const struct {
    enum option option;
    const char *name, *usage;
} option_names[] = {
    {OPTION_STATE, "--state", "STATE"},
    {OPTION_PHOTO, "--photo", "STATE"},
    {OPTION_DEGREE, "--prior-degree", "STATE"},
    {OPTION_EXAM_NO, "--exam-no", "NO"},
    {OPTION_LIMIT, "--limit", "N"},
    {OPTION_REASON, "--reason", "TEXT"},
    {OPTION_MAJOR, "--major", "CODE"},
    {OPTION_OUTPUT, "--output", "FILE"},
};

/* One run of a command. */
struct run {
    const struct review_command *command;
    const struct review_context *context;
    const struct review_options *options;
    const char *id; /* NULL for the list */
    char *problem;
};

struct review_command {
    const char *verb;
    bool with_id;
    const char *word; /* after the id; NULL = none */
    unsigned takes, needs;
    bool (*run)(struct run *run);
    enum api_call call;
    int decision; /* enum decision; -1 = a step without a body */
};

static bool run_list(struct run *run);
static bool run_show(struct run *run);
static bool run_decision(struct run *run);
static bool run_file(struct run *run);

/* clang-format off */
static const struct review_command commands[] = {
    {"list", false, NULL, OPTION_FILTERS, 0, run_list, API_REVIEWS, -1},
    {"show", true, NULL, 0, 0, run_show, API_REVIEW, -1},
    {"approve", true, NULL, OPTION_MAJOR, 0, run_decision, API_REVIEW_DECISION, DECISION_APPROVE},
    {"reject", true, NULL, OPTION_MAJOR | OPTION_REASON, OPTION_REASON, run_decision, API_REVIEW_DECISION, DECISION_REJECT},
    {"photo", true, "approve", 0, 0, run_decision, API_PHOTO_DECISION, DECISION_APPROVE},
    {"photo", true, "reject", OPTION_REASON, OPTION_REASON, run_decision, API_PHOTO_DECISION, DECISION_REJECT},
    {"degree", true, "approve", 0, 0, run_decision, API_PRIOR_DEGREE_DECISION, DECISION_APPROVE},
    {"degree", true, "reject", OPTION_REASON, OPTION_REASON, run_decision, API_PRIOR_DEGREE_DECISION, DECISION_REJECT},
    {"hand-in", true, NULL, 0, 0, run_decision, API_HAND_IN, -1},
    {"joint", true, "start", 0, 0, run_decision, API_JOINT_START, -1},
    {"joint", true, "pass", 0, 0, run_decision, API_JOINT_DECISION, DECISION_APPROVE},
    {"joint", true, "reject", OPTION_REASON, OPTION_REASON, run_decision, API_JOINT_DECISION, DECISION_REJECT},
    {"certificate", true, "ready", 0, 0, run_decision, API_CERTIFICATE_READY, -1},
    {"certificate", true, "collected", 0, 0, run_decision, API_CERTIFICATE_COLLECTED, -1},
    {"archive", true, NULL, OPTION_OUTPUT, OPTION_OUTPUT, run_file, API_STAFF_ARCHIVE, -1},
    {"photo-file", true, NULL, OPTION_OUTPUT, OPTION_OUTPUT, run_file, API_STAFF_PHOTO, -1},
};
/* clang-format on */

/* ---------------------------------------------------------------- usage */

static unsigned given_options(const struct review_options *options)
{
    const struct {
        const void *value;
        enum option option;
    } all[] = {
        {options->state, OPTION_STATE},     {options->photo, OPTION_PHOTO},   {options->prior_degree, OPTION_DEGREE},
        {options->exam_no, OPTION_EXAM_NO}, {options->reason, OPTION_REASON}, {options->major, OPTION_MAJOR},
        {options->output, OPTION_OUTPUT},
    };
    unsigned given = options->limit != 0 ? OPTION_LIMIT : 0;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        given |= all[i].value ? (unsigned)all[i].option : 0;
    return given;
}

static char *option_fault(const struct review_command *command, const struct review_options *options)
{
    unsigned given = given_options(options);
    for (size_t i = 0; i < G_N_ELEMENTS(option_names); i++) {
        if (given & option_names[i].option & ~command->takes)
            return g_strdup_printf("%s does not belong to review %s", option_names[i].name, command->verb);
        if (command->needs & option_names[i].option & ~given)
            return g_strdup_printf("review %s needs %s", command->verb, option_names[i].name);
    }
    bool limit_good = options->limit >= 0 && options->limit <= LIMIT_MAX;
    return limit_good ? NULL : g_strdup_printf("--limit is 1 to %d", LIMIT_MAX);
}

static bool id_good(const char *id)
{
    guint64 number;
    return g_ascii_string_to_unsigned(id, 10, 1, G_MAXINT64, &number, NULL);
}

static bool words_fit(const struct review_command *command, const char *const *words)
{
    guint n = g_strv_length((char **)words), wanted = 1u + command->with_id + (command->word != NULL);
    return n == wanted && strcmp(words[0], command->verb) == 0 &&
           (!command->word || strcmp(words[2], command->word) == 0);
}

const struct review_command *review_command_find(const char *const *words, const struct review_options *options,
                                                 char **ret_fault)
{
    *ret_fault = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (!words_fit(&commands[i], words))
            continue;
        if (commands[i].with_id && !id_good(words[1]))
            *ret_fault = g_strdup_printf("%s is not the number of an application", words[1]);
        else
            *ret_fault = option_fault(&commands[i], options);
        return *ret_fault ? NULL : &commands[i];
    }
    *ret_fault = g_strdup("there is no such command");
    return NULL;
}

char *review_command_help(void)
{
    GString *help = g_string_new("Commands:\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        const struct review_command *command = &commands[i];
        g_string_append_printf(help, "  review %s%s%s%s", command->verb, command->with_id ? " ID" : "",
                               command->word ? " " : "", command->word ? command->word : "");
        for (size_t n = 0; n < G_N_ELEMENTS(option_names); n++) {
            bool needed = command->needs & option_names[n].option;
            if (command->takes & option_names[n].option)
                g_string_append_printf(help, needed ? " %s %s" : " [%s %s]", option_names[n].name,
                                       option_names[n].usage);
        }
        g_string_append_c(help, '\n');
    }
    return g_string_free(help, FALSE);
}

/* ---------------------------------------------------------------- what all do */

static struct review_words words_of(const struct run *run)
{
    return (struct review_words){run->context->messages, run->context->tables};
}

static void print_text(char *text)
{
    (void)fputs(text, stdout);
    g_free(text);
}

static void print_json(const struct record_type *type, const void *record)
{
    g_autofree char *json = wire_write(type, record);
    (void)printf("%s\n", json);
}

/* The answer's record, or NULL and the problem. */
static void *call(struct run *run, const struct client_request *request)
{
    struct office_answer answer;
    (void)office_call(run->context->office, request, &answer);
    run->problem = answer.problem;
    return answer.record;
}

/* ---------------------------------------------------------------- list, show */

static struct api_reviews *read_page(struct run *run, int64_t after)
{
    const struct review_options *options = run->options;
    g_autofree char *from = g_strdup_printf("%" G_GINT64_FORMAT, after);
    const char *pairs[][2] = {{"after", from},
                              {"state", options->state},
                              {"photo", options->photo},
                              {"prior_degree", options->prior_degree},
                              {"exam_no", options->exam_no}};
    struct client_request request = {.call = API_REVIEWS};
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (!pairs[i][1])
            continue;
        request.query[n][0] = pairs[i][0];
        request.query[n++][1] = pairs[i][1];
    }
    return call(run, &request);
}

/* Takes what fits below the limit; where it was cut, the next list goes on. */
static void take_page(struct api_reviews *all, struct api_reviews *page, guint limit)
{
    guint taken = MIN(limit - all->reviews->len, page->reviews->len);
    bool cut = taken < page->reviews->len;
    for (guint i = 0; i < taken; i++)
        g_ptr_array_add(all->reviews, page->reviews->pdata[i]);
    const struct api_review_line *last = taken > 0 ? page->reviews->pdata[taken - 1] : NULL;
    all->next = cut && last ? last->id : page->next;
    g_ptr_array_remove_range(page->reviews, 0, taken);
}

static bool run_list(struct run *run)
{
    guint limit = run->options->limit > 0 ? (guint)run->options->limit : REVIEW_LIMIT;
    struct api_reviews *all = record_new(&api_reviews_record);
    do {
        struct api_reviews *page = read_page(run, all->next);
        if (!page)
            break;
        take_page(all, page, limit);
        record_free(&api_reviews_record, page);
    } while (all->next != 0 && all->reviews->len < limit);
    struct review_words words = words_of(run);
    if (!run->problem && run->context->json)
        print_json(&api_reviews_record, all);
    else if (!run->problem)
        print_text(review_text_list(&words, all));
    record_free(&api_reviews_record, all);
    return !run->problem;
}

static struct api_review *read_review(struct run *run)
{
    return call(run, &(struct client_request){.call = API_REVIEW, .argument = run->id});
}

static bool run_show(struct run *run)
{
    struct api_review *review = read_review(run);
    struct review_words words = words_of(run);
    if (review && run->context->json)
        print_json(&api_review_record, review);
    else if (review)
        print_text(review_text_whole(&words, review));
    record_free(&api_review_record, review);
    return !run->problem;
}

/* ---------------------------------------------------------------- decisions */

static void print_done(const struct run *run, const struct api_review *before, const struct api_review *after)
{
    struct review_words words = words_of(run);
    if (run->context->json) {
        print_json(&api_review_record, after);
        return;
    }
    print_text(review_text_head(&words, before));
    (void)printf("\n%s\n", message_text("ctl.done", (gpointer)run->context->messages));
    print_text(review_text_head(&words, after));
}

static bool run_decision(struct run *run)
{
    const struct review_command *command = run->command;
    struct api_decision decision = {
        .decision = command->decision, .reason = run->options->reason, .major = run->options->major};
    struct api_review *before = read_review(run);
    if (!before)
        return false;
    struct api_review *after = call(run, &(struct client_request){
                                             .call = command->call,
                                             .argument = run->id,
                                             .body = command->decision < 0 ? NULL : &decision,
                                             .version = before->application->version,
                                         });
    if (after)
        print_done(run, before, after);
    record_free(&api_review_record, before);
    record_free(&api_review_record, after);
    return !run->problem;
}

/* ---------------------------------------------------------------- files */

/* A new file that only this user reads; never over an old one. */
static bool save(const char *path, GBytes *bytes)
{
    gsize n = 0, done = 0;
    const char *data = g_bytes_get_data(bytes, &n);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    while (done < n) {
        ssize_t written = write(fd, data + done, n - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        done += (gsize)written;
    }
    bool good = done == n && fsync(fd) == 0;
    good = close(fd) == 0 && good;
    if (!good)
        (void)unlink(path);
    return good;
}

struct saved {
    char *file;
    int64_t bytes;
};
static const struct record_field saved_fields[] = {
    {"file", RECORD_STRING, offsetof(struct saved, file)},
    {"bytes", RECORD_INTEGER, offsetof(struct saved, bytes)},
};
static const struct record_type saved_record = RECORD_TYPE(saved, saved_fields);

static bool run_file(struct run *run)
{
    struct office_answer answer;
    const char *path = run->options->output;
    const struct messages *messages = run->context->messages;
    if (!office_call(run->context->office, &(struct client_request){.call = run->command->call, .argument = run->id},
                     &answer)) {
        run->problem = answer.problem;
        return false;
    }
    g_autoptr(GBytes) bytes = answer.raw;
    struct saved saved = {(char *)path, (int64_t)g_bytes_get_size(bytes)};
    g_autofree char *size = g_strdup_printf("%" G_GINT64_FORMAT, saved.bytes);
    if (!save(path, bytes)) {
        run->problem = message_fill(messages, "ctl.not_saved", "file", path, NULL);
    } else if (run->context->json) {
        print_json(&saved_record, &saved);
    } else {
        g_autofree char *said = message_fill(messages, "ctl.saved", "file", path, "bytes", size, NULL);
        (void)printf("%s\n", said);
    }
    return !run->problem;
}

/* ---------------------------------------------------------------- running one */

bool review_command_run(const struct review_command *command, const struct review_context *context,
                        const char *const *words, const struct review_options *options, char **ret_problem)
{
    struct run run = {
        .command = command, .context = context, .options = options, .id = command->with_id ? words[1] : NULL};
    bool done = command->run(&run);
    *ret_problem = run.problem;
    return done;
}
