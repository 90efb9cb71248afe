/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever ends a job — answer, deadline, closed or garbled pipe, cancel — kills the child. */
#include "helper/helper.h"

#include "base/log.h"
#include "helper/child.h"
#include "helper/packet.h"

#include <glib-unix.h>
#include <sys/socket.h>

#define PROGRESS_MAX 2000 /* frames of one job: more is a child gone wild */

struct helper {
    const struct helper_job_entry *entry;
    helper_progress_fn progress;
    helper_done_fn done;
    gpointer data;
    struct child child;
    guint readable, deadline;
    int n_progress;
    bool in_callback, cancelled;
    char frame[PACKET_MAX + 1];
};

static void end_child(struct helper *helper)
{
    g_clear_handle_id(&helper->readable, g_source_remove);
    g_clear_handle_id(&helper->deadline, g_source_remove);
    child_end(&helper->child);
}

static void finish(struct helper *helper, void *answer)
{
    end_child(helper);
    helper->in_callback = true;
    helper->done(answer != NULL ? HELPER_DONE : HELPER_UNKNOWN, answer, helper->data);
    record_free(helper->entry->answer, answer);
    g_free(helper);
}

static void finish_unknown(struct helper *helper, const char *why)
{
    log_write(LOG_WARN, "helper", "%s: %s", helper->entry->name, why);
    finish(helper, NULL);
}

/* ---------------------------------------------------------------- what the child says */

/* False when the helper is gone. */
static bool take_progress(struct helper *helper)
{
    void *progress = packet_record(helper->frame, PACKET_PROGRESS, helper->entry->progress);
    if (progress == NULL || ++helper->n_progress > PROGRESS_MAX) {
        record_free(helper->entry->progress, progress);
        finish_unknown(helper, "garbled");
        return false;
    }
    helper->in_callback = true;
    if (helper->progress != NULL)
        helper->progress(progress, helper->data);
    helper->in_callback = false;
    record_free(helper->entry->progress, progress);
    if (!helper->cancelled)
        return true;
    g_free(helper);
    return false;
}

static gboolean on_readable(gint fd, GIOCondition condition, gpointer data)
{
    (void)condition;
    struct helper *helper = data;
    enum packet_end end = packet_receive(fd, helper->frame, MSG_DONTWAIT);
    if (end == PACKET_LATER)
        return G_SOURCE_CONTINUE;
    if (end != PACKET_GOT) {
        finish_unknown(helper, end == PACKET_GONE ? "ended without an answer" : "garbled");
        return G_SOURCE_REMOVE;
    }
    if (helper->frame[0] == PACKET_PROGRESS)
        return take_progress(helper) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
    void *answer = packet_record(helper->frame, PACKET_ANSWER, helper->entry->answer);
    if (answer != NULL)
        finish(helper, answer);
    else
        finish_unknown(helper, "garbled");
    return G_SOURCE_REMOVE;
}

static gboolean on_deadline(gpointer data)
{
    struct helper *helper = data;
    finish_unknown(helper, helper->readable != 0 ? "deadline" : "could not be started");
    return G_SOURCE_REMOVE;
}

/* ---------------------------------------------------------------- start */

static bool start_child(struct helper *helper, const char *program, const void *request)
{
    return child_start(&helper->child, program, helper->entry->name) &&
           packet_send(helper->child.fd, PACKET_REQUEST, helper->entry->request, request, MSG_DONTWAIT);
}

struct helper *helper_start(const char *program, enum helper_job job, const void *request, guint deadline_ms,
                            helper_progress_fn progress, helper_done_fn done, gpointer data)
{
    struct helper *helper = g_new0(struct helper, 1);
    helper->entry = &helper_jobs[job];
    helper->progress = progress;
    helper->done = done;
    helper->data = data;
    bool started = start_child(helper, program, request);
    if (started)
        helper->readable = g_unix_fd_add(helper->child.fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, helper);
    helper->deadline = g_timeout_add(started ? deadline_ms : 0, on_deadline, helper);
    return helper;
}

void helper_cancel(struct helper *helper)
{
    if (helper == NULL)
        return;
    end_child(helper);
    helper->cancelled = true;
    if (!helper->in_callback) /* else the one who called back frees it */
        g_free(helper);
}
