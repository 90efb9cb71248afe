/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell.h"

#include "base/clock.h"
#include "base/log.h"
#include "helper/helper.h"
#include "wire/json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* One call or helper under way. */
struct task {
    struct shell *shell;
    guint ticket;
    enum session_file file;
    guint client_ticket;
    struct helper *helper;
};

struct shell {
    struct shell_parts parts;
    struct screen *screen;
    struct clock clock; /* the platform's, once it has said its time */
    char *directory, *layout, *profile;
    char person[16];
    GHashTable *tasks;   /* ticket → struct task */
    GQueue *waiting;     /* effects to send when the platform is there */
    guint outbox_source; /* of tell_outbox() */
    bool ready;
    enum shell_end end;
};

/* ---------------------------------------------------------------- the person's files */

static const char *const files_to_wipe[] = {"upload", "photo", "sheet.pdf", "archive"};

static void wipe_files(const char *directory)
{
    for (size_t i = 0; i < G_N_ELEMENTS(files_to_wipe); i++) {
        g_autofree char *path = g_build_filename(directory, files_to_wipe[i], NULL);
        g_unlink(path);
    }
}

static char *file_path(const struct shell *shell, enum session_file file)
{
    return g_build_filename(shell->directory, session_file_words[file], NULL);
}

static bool keep_file(const struct shell *shell, enum session_file file, GBytes *bytes)
{
    g_autofree char *path = file_path(shell, file);
    return g_file_set_contents_full(path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                                    G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

static GBytes *read_file(const struct shell *shell, enum session_file file)
{
    g_autofree char *path = file_path(shell, file);
    g_autoptr(GMappedFile) file_map = g_mapped_file_new(path, FALSE, NULL); /* an archive may have 20 MiB */
    return file_map ? g_mapped_file_get_bytes(file_map) : NULL;
}

/* ---------------------------------------------------------------- events */

static void run_effects(struct shell *shell, GPtrArray *effects);

static void apply(struct shell *shell, struct session_event *event)
{
    event->now_ms = clock_monotonic_ms();
    event->time = clock_now(&shell->clock);
    g_autoptr(GPtrArray) effects = session_apply(shell->parts.session, event);
    run_effects(shell, effects);
}

void shell_tell(struct shell *shell, enum session_event_kind kind)
{
    if (shell->end != SHELL_RUNNING)
        return;
    struct session_event event = {.kind = kind};
    apply(shell, &event);
}

static const enum session_event_kind kind_of[] = {
    [SCREEN_EDIT] = SESSION_EDIT,         [SCREEN_CHOOSE] = SESSION_CHOOSE,   [SCREEN_ACTION] = SESSION_ACTION,
    [SCREEN_ACTIVITY] = SESSION_ACTIVITY, [SCREEN_EXPIRED] = SESSION_EXPIRED, [SCREEN_CALL] = SESSION_ACTIVITY,
    [SCREEN_TOUCHED] = SESSION_TOUCHED,
};

/* Whoever watches the terminals sees it in the log; the journal keeps how often help was needed. */
static void note_call(struct shell *shell)
{
    g_autoptr(GError) error = NULL;
    log_write(LOG_WARN, "shell", "staff are called for");
    if (!store_journal(shell->parts.store, shell->person, "staff.called", "", &error))
        log_write(LOG_ERROR, "shell", "cannot persist: %s", error->message);
}

static void finish(struct shell *shell, enum shell_end end)
{
    shell->end = end;
    g_main_loop_quit(shell->parts.loop);
}

void shell_screen_event(const struct screen_event *screen_event, gpointer data)
{
    struct shell *shell = data;
    if (screen_event->kind == SCREEN_GONE) {
        finish(shell, SHELL_QUIT);
        return;
    }
    if (shell->end != SHELL_RUNNING)
        return;
    if (screen_event->kind == SCREEN_CALL)
        note_call(shell);
    struct session_event event = {
        .kind = kind_of[screen_event->kind], .key = screen_event->key, .text = screen_event->text};
    apply(shell, &event);
}

/* ---------------------------------------------------------------- calls */

static const enum call_outcome outcome_of[] = {
    [CLIENT_OK] = CALL_OK,         [CLIENT_UNCHANGED] = CALL_UNCHANGED, [CLIENT_REFUSED] = CALL_REFUSED,
    [CLIENT_FAILED] = CALL_BROKEN, [CLIENT_GARBLED] = CALL_BROKEN,      [CLIENT_UNREACHABLE] = CALL_UNREACHABLE,
};

/* Codes and windows end by the platform's clock, whatever this machine's says. Garbage tells no time. */
static void take_time(struct shell *shell, const struct client_reply *reply)
{
    if (reply->date > 0 && reply->outcome <= CLIENT_REFUSED)
        clock_init(&shell->clock, reply->date);
}

static void on_reply(struct client_reply *reply, gpointer data)
{
    struct task *task = data;
    struct shell *shell = task->shell;
    take_time(shell, reply);
    struct session_event event = {.kind = SESSION_REPLY,
                                  .ticket = task->ticket,
                                  .outcome = outcome_of[reply->outcome],
                                  .record = reply->answer,
                                  .failure = reply->failure};
    if (reply->outcome == CLIENT_OK && task->file != FILE_NONE && reply->raw &&
        !keep_file(shell, task->file, reply->raw))
        event.outcome = CALL_BROKEN;
    g_hash_table_remove(shell->tasks, GUINT_TO_POINTER(task->ticket));
    apply(shell, &event);
}

static struct task *task_new(struct shell *shell, const struct effect *effect)
{
    struct task *task = g_new0(struct task, 1);
    task->shell = shell;
    task->ticket = effect->ticket;
    g_hash_table_insert(shell->tasks, GUINT_TO_POINTER(effect->ticket), task);
    return task;
}

static void send(struct shell *shell, const struct effect *effect)
{
    const struct api_entry *entry = &api_entries[effect->call];
    g_autoptr(GBytes) raw = entry->flags & API_RAW_REQUEST ? read_file(shell, effect->file) : NULL;
    struct client_request request = {.call = effect->call,
                                     .argument = effect->argument,
                                     .body = effect->record,
                                     .raw = raw,
                                     .idempotency_key = effect->idempotency_key,
                                     .version = effect->version,
                                     .extra_wait_ms = effect->wait_ms};
    for (size_t i = 0; i < G_N_ELEMENTS(effect->query); i++) {
        request.query[i][0] = effect->query[i][0];
        request.query[i][1] = effect->query[i][1];
    }
    struct task *task = task_new(shell, effect);
    task->file = entry->flags & API_RAW_ANSWER ? effect->file : FILE_NONE;
    task->client_ticket = client_call(shell->parts.client, &request, on_reply, task);
}

void shell_platform_ready(struct shell *shell)
{
    shell->ready = true;
    struct effect *effect;
    while ((effect = g_queue_pop_head(shell->waiting))) {
        send(shell, effect);
        effect_free(effect);
    }
}

/* ---------------------------------------------------------------- helpers */

static void on_progress(const void *progress, gpointer data)
{
    struct task *task = data;
    struct session_event event = {.kind = SESSION_PROGRESS, .ticket = task->ticket, .record = progress};
    apply(task->shell, &event);
}

static void on_done(enum helper_outcome outcome, const void *answer, gpointer data)
{
    struct task *task = data;
    struct shell *shell = task->shell;
    struct session_event event = {
        .kind = SESSION_HELPER, .ticket = task->ticket, .record = outcome == HELPER_DONE ? answer : NULL};
    task->helper = NULL;
    g_hash_table_remove(shell->tasks, GUINT_TO_POINTER(event.ticket));
    apply(shell, &event);
}

/* A name of the list; never a way out of the folder. */
static char *chosen_path(const struct shell *shell, const struct effect *effect)
{
    g_autofree char *name = g_path_get_basename(effect->name);
    return g_build_filename(shell->parts.settings->photo->folder, name, NULL);
}

/* The session names files; only here do they become paths. */
static void fill_paths(const struct shell *shell, const struct effect *effect)
{
    switch (effect->job) {
    case JOB_SHEET: {
        struct sheet_request *request = effect->record;
        request->layout = g_strdup(shell->layout);
        request->output = file_path(shell, FILE_SHEET);
        if (effect->file == FILE_PHOTO)
            request->data->photo = file_path(shell, FILE_PHOTO);
        break;
    }
    case JOB_PRINT: {
        struct print_request *request = effect->record;
        request->pdf = file_path(shell, FILE_SHEET);
        request->profile = g_strdup(shell->profile);
        break;
    }
    case JOB_FILES:
        ((struct files_request *)effect->record)->folder = g_strdup(shell->parts.settings->photo->folder);
        break;
    case JOB_PHOTO: {
        struct photo_request *request = effect->record;
        request->path = chosen_path(shell, effect);
        request->output = file_path(shell, FILE_UPLOAD);
        break;
    }
    case JOB_ARCHIVE: {
        struct archive_request *request = effect->record;
        request->path = chosen_path(shell, effect);
        request->output = file_path(shell, FILE_ARCHIVE);
        break;
    }
    case HELPER_JOBS:
        g_assert_not_reached();
    }
}

static void start_helper(struct shell *shell, const struct effect *effect)
{
    fill_paths(shell, effect);
    struct task *task = task_new(shell, effect);
    task->helper = helper_start(shell->parts.helper, effect->job, effect->record, helper_jobs[effect->job].deadline_ms,
                                on_progress, on_done, task);
}

static void task_free(struct task *task)
{
    helper_cancel(task->helper);
    g_free(task);
}

static void cancel(struct shell *shell, guint ticket)
{
    for (GList *link = shell->waiting->head; link; link = link->next)
        if (((struct effect *)link->data)->ticket == ticket) {
            effect_free(link->data);
            g_queue_delete_link(shell->waiting, link);
            return;
        }
    struct task *task = g_hash_table_lookup(shell->tasks, GUINT_TO_POINTER(ticket));
    if (!task)
        return;
    client_cancel(shell->parts.client, task->client_ticket);
    g_hash_table_remove(shell->tasks, GUINT_TO_POINTER(ticket));
}

/* ---------------------------------------------------------------- what must not be forgotten */

static bool keep_outbox(struct shell *shell, const struct effect *effect, GError **error)
{
    g_autofree char *body =
        effect->record ? wire_write(api_entries[effect->call].request, effect->record) : g_strdup("");
    const struct api_entry *kept = &api_entries[effect->call];
    g_autofree char *call = g_strconcat(kept->method, " ", kept->path, NULL); /* means the same to a newer program */
    struct outbox_entry entry = {.person = shell->person,
                                 .call = call,
                                 .idempotency_key = effect->idempotency_key,
                                 .version = effect->version,
                                 .body = body,
                                 .created_at = clock_now(&shell->clock)};
    return store_outbox_add(shell->parts.store, &entry, NULL, error);
}

static bool keep_print(struct shell *shell, const struct effect *effect, GError **error)
{
    struct print_job job = {.job_name = effect->print.job_name,
                            .person = shell->person,
                            .form_version = effect->print.form_version,
                            .copies = effect->print.copies,
                            .sha256 = effect->print.sha256,
                            .job_uuid = effect->print.job_uuid,
                            .progress = effect->print.progress,
                            .outcome = effect->print.outcome,
                            .created_at = clock_now(&shell->clock)};
    return store_print_put(shell->parts.store, &job, error);
}

/* NULL when the row says nothing to this program: better not sent than sent as something else. */
static struct outbox_item *outbox_item_new(const struct outbox_entry *row)
{
    g_auto(GStrv) call = g_strsplit(row->call, " ", 2);
    g_autofree char *argument = NULL;
    bool known = false;
    const struct api_entry *entry = g_strv_length(call) == 2 ? api_match(call[0], call[1], &argument, &known) : NULL;
    if (!entry)
        return NULL;
    void *body = NULL;
    if (entry->request)
        body = wire_read(entry->request, row->body, strlen(row->body), WIRE_STRICT, NULL, NULL);
    if (entry->request && !body)
        return NULL;
    struct outbox_item *item = g_new0(struct outbox_item, 1);
    item->call = entry->call;
    item->idempotency_key = g_strdup(row->idempotency_key);
    item->version = row->version;
    item->body = body;
    return item;
}

/* Prints that a lost process left open: nobody will ever know, so they end as unknown. True when there were any. */
static bool end_open_prints(struct shell *shell)
{
    g_autoptr(GPtrArray) jobs = store_print_open(shell->parts.store, shell->person, NULL);
    for (guint i = 0; jobs && i < jobs->len; i++) {
        struct print_job *job = g_ptr_array_index(jobs, i);
        job->progress = PRINT_ENDED;
        g_free(job->outcome);
        job->outcome = g_strdup("unknown");
        store_print_put(shell->parts.store, job, NULL);
    }
    return jobs && jobs->len > 0;
}

static gboolean tell_outbox(gpointer data)
{
    struct shell *shell = data;
    shell->outbox_source = 0;
    g_autoptr(GPtrArray) entries = store_outbox_list(shell->parts.store, shell->person, NULL);
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_item_free);
    for (guint i = 0; entries && i < entries->len; i++) {
        struct outbox_item *item = outbox_item_new(g_ptr_array_index(entries, i));
        if (item)
            g_ptr_array_add(items, item);
    }
    struct session_event event = {.kind = SESSION_OUTBOX, .outbox = items, .print_open = end_open_prints(shell)};
    if ((items->len > 0 || event.print_open) && shell->end == SHELL_RUNNING)
        apply(shell, &event);
    return G_SOURCE_REMOVE;
}

static bool persist(struct shell *shell, const struct effect *effect)
{
    g_autoptr(GError) error = NULL;
    bool kept = true;
    if (effect->kind == EFFECT_PERSIST_OUTBOX)
        kept = keep_outbox(shell, effect, &error);
    else if (effect->kind == EFFECT_PERSIST_DONE)
        kept = store_outbox_remove(shell->parts.store, effect->idempotency_key, &error);
    else if (effect->kind == EFFECT_PERSIST_PRINT)
        kept = keep_print(shell, effect, &error);
    else if (effect->kind == EFFECT_JOURNAL)
        kept = store_journal(shell->parts.store, shell->person, effect->text, effect->detail, &error);
    if (!kept)
        log_write(LOG_ERROR, "shell", "cannot persist: %s", error->message);
    return kept;
}

/* ---------------------------------------------------------------- effects */

static void run_effect(struct shell *shell, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_PERSIST_OUTBOX:
    case EFFECT_PERSIST_DONE:
    case EFFECT_PERSIST_PRINT:
    case EFFECT_JOURNAL:
        break; /* run_effects() has done these */
    case EFFECT_PERSON:
        log_person(effect->text, shell->person);
        if (!shell->outbox_source)
            shell->outbox_source = g_idle_add(tell_outbox, shell);
        break;
    case EFFECT_TOKEN:
        client_set_token(shell->parts.client, effect->text);
        break;
    case EFFECT_SEND:
        if (shell->ready)
            send(shell, effect);
        else
            g_queue_push_tail(shell->waiting, effect_copy(effect));
        break;
    case EFFECT_CANCEL:
        cancel(shell, effect->ticket);
        break;
    case EFFECT_HELPER:
        start_helper(shell, effect);
        break;
    case EFFECT_SHOW:
        if (shell->screen)
            screen_show(shell->screen, session_page(shell->parts.session));
        break;
    case EFFECT_END:
        finish(shell, SHELL_NEXT_PERSON);
        break;
    case EFFECT_QUIT:
        finish(shell, SHELL_QUIT);
        break;
    }
}

static void run_effects(struct shell *shell, GPtrArray *effects)
{
    for (guint i = 0; i < effects->len && shell->end == SHELL_RUNNING; i++) {
        const struct effect *effect = g_ptr_array_index(effects, i);
        if (effect->kind <= EFFECT_JOURNAL && !persist(shell, effect)) {
            shell_tell(shell, SESSION_STOPPED);
            return;
        }
        run_effect(shell, effect);
    }
}

/* ---------------------------------------------------------------- life */

struct shell *shell_new(const struct shell_parts *parts, GError **error)
{
    g_autofree char *storage = g_compute_checksum_for_string(G_CHECKSUM_SHA256, parts->settings->paths->storage, -1);
    g_autofree char *name = g_strdup_printf("graduation-kiosk-%.8s", storage);
    g_autofree char *directory = g_build_filename(parts->settings->paths->runtime, name, NULL);
    if (g_mkdir_with_parents(directory, 0700) != 0) {
        int code = errno;
        g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(code), "%s: %s", directory, g_strerror(code));
        return NULL;
    }
    wipe_files(directory); /* what a lost process left behind */
    struct shell *shell = g_new0(struct shell, 1);
    shell->parts = *parts;
    shell->directory = g_steal_pointer(&directory);
    shell->layout = g_build_filename(parts->settings->paths->forms, "sheet.conf", NULL);
    shell->profile =
        g_strdup_printf("%s/%s.conf", parts->settings->paths->printers, parts->settings->printing->profile);
    shell->tasks = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)task_free);
    shell->waiting = g_queue_new();
    clock_init(&shell->clock, 0);
    return shell;
}

void shell_free(struct shell *shell)
{
    if (!shell)
        return;
    g_clear_handle_id(&shell->outbox_source, g_source_remove);
    g_hash_table_unref(shell->tasks);
    g_queue_free_full(shell->waiting, (GDestroyNotify)effect_free);
    wipe_files(shell->directory);
    g_rmdir(shell->directory);
    g_free(shell->directory);
    g_free(shell->layout);
    g_free(shell->profile);
    explicit_bzero(shell->person, sizeof shell->person);
    g_free(shell);
}

void shell_set_screen(struct shell *shell, struct screen *screen)
{
    shell->screen = screen;
}

enum shell_end shell_ended(const struct shell *shell)
{
    return shell->end;
}
