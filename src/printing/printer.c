/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/printer.h"
#include "base/settings.h"
#include "printing/folder_printer.h"
#include "printing/queue.h"

#define POLL_FIRST_MS 250
#define POLL_MAX_MS   1000

/* One job on its way. */
struct run {
    const struct print_request *request;
    struct helper_context *context;
    const struct profile *profile;
    struct queue *queue;
    struct queue_job job;
    int told;              /* last state reported, -1 = none */
    bool released;         /* CUPS has answered our Release-Job */
    bool reached;          /* the printer has taken something: from now on nobody knows what is on paper */
    bool history_was_lost; /* before this job */
    int64_t deadline_us;
};

static struct print_answer *answer_new(const struct run *run, enum print_result result, const char *reason)
{
    struct print_answer *answer = record_new(&print_answer_record);
    answer->result = result;
    answer->reason = g_strdup(reason);
    answer->job_uuid = *run->job.uuid ? g_strdup(run->job.uuid) : NULL;
    return answer;
}

static bool tell(struct run *run, enum print_state state)
{
    if (run->told == (int)state)
        return true;
    struct print_progress_report report = {.state = (int)state, .job_uuid = *run->job.uuid ? run->job.uuid : NULL};
    run->told = (int)state;
    return helper_progress(run->context, &report);
}

static const char *reason_of(enum queue_outcome outcome)
{
    static const char *const reasons[] = {
        [QUEUE_OK] = NULL,
        [QUEUE_NO_ANSWER] = "print.no_server",
        [QUEUE_NO_QUEUE] = "print.no_queue",
        [QUEUE_NOT_ACCEPTING] = "print.not_accepting",
        [QUEUE_REFUSED] = "print.refused",
    };
    return reasons[outcome];
}

/* ---------------------------------------------------------------- up to the release */

static const char *examine(struct run *run)
{
    struct queue_facts facts;
    enum queue_outcome outcome = queue_examine(run->queue, &facts);
    if (outcome != QUEUE_OK)
        return reason_of(outcome);
    run->history_was_lost = facts.history_was_lost;
    const struct {
        bool ok;
        const char *reason;
    } rules[] = {
        {facts.accepting, "print.not_accepting"},
        {facts.media, "print.no_media"},
        {facts.sides, "print.no_duplex"},
        {facts.loaded, "print.no_paper"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
        if (!rules[i].ok)
            return rules[i].reason;
    return NULL;
}

/* NULL, or why not. A held job that stays behind prints nothing; CUPS drops it in time. */
static const char *submit(struct run *run)
{
    int copies = run->request->copies > 0 ? (int)run->request->copies : (int)run->profile->copies;
    enum queue_outcome outcome = QUEUE_OK;
    if (!run->job.id)
        outcome = queue_create(run->queue, run->request->job_name, copies, &run->job);
    if (outcome == QUEUE_OK && !run->job.id)
        return "print.refused";
    if (outcome == QUEUE_OK)
        outcome = queue_send(run->queue, &run->job, run->request->pdf);
    if (outcome != QUEUE_OK && run->job.id)
        queue_cancel(run->queue, &run->job);
    return reason_of(outcome);
}

/* ---------------------------------------------------------------- watching */

static struct print_answer *ended(const struct run *run, const struct queue_status *status)
{
    bool lost = status->history_lost && !run->history_was_lost;
    bool in_doubt = run->reached && !status->unprintable;
    switch (status->phase) {
    case PHASE_COMPLETED:
        return answer_new(run, lost ? PRINT_RESULT_UNKNOWN : PRINT_RESULT_SENT, lost ? "print.lost" : NULL);
    case PHASE_CANCELLED:
        if (status->unprintable)
            return answer_new(run, PRINT_RESULT_REFUSED, "print.unprintable");
        return answer_new(run, in_doubt ? PRINT_RESULT_UNKNOWN : PRINT_RESULT_CANCELLED, "print.cancelled");
    case PHASE_ABORTED:
        return answer_new(run, in_doubt ? PRINT_RESULT_UNKNOWN : PRINT_RESULT_CANCELLED, "print.aborted");
    default:
        return answer_new(run, PRINT_RESULT_UNKNOWN, "print.lost");
    }
}

static bool has_ended(enum job_phase phase)
{
    return phase != PHASE_HELD && phase != PHASE_WAITING && phase != PHASE_RUNNING;
}

/* Nobody waits for it any more: it must not come out in front of someone else. */
static struct print_answer *give_up(struct run *run)
{
    struct queue_status status;
    enum queue_outcome outcome = queue_cancel(run->queue, &run->job);
    if (queue_watch(run->queue, &run->job, &status) == QUEUE_OK && status.phase == PHASE_COMPLETED)
        return ended(run, &status);
    bool sure = outcome == QUEUE_OK && !run->reached;
    return answer_new(run, sure ? PRINT_RESULT_CANCELLED : PRINT_RESULT_UNKNOWN,
                      outcome == QUEUE_NO_ANSWER ? "print.no_server" : "print.timeout");
}

/* A job is released once: releasing one that an operator holds would print it all again. */
static void release(struct run *run, enum job_phase phase)
{
    if (phase != PHASE_HELD)
        run->released = true;
    else if (!run->released)
        run->released = queue_release(run->queue, &run->job) == QUEUE_OK;
}

static struct print_answer *watch(struct run *run)
{
    unsigned pause_ms = POLL_FIRST_MS;
    while (g_get_monotonic_time() < run->deadline_us) {
        struct queue_status status;
        if (queue_watch(run->queue, &run->job, &status) == QUEUE_OK) {
            run->reached = run->reached || status.reached;
            if (has_ended(status.phase))
                return ended(run, &status);
            release(run, status.phase);
            tell(run, status.state);
        }
        g_usleep(pause_ms * 1000);
        pause_ms = MIN(pause_ms * 5 / 4, POLL_MAX_MS);
    }
    return give_up(run);
}

/* ---------------------------------------------------------------- */

/* After a crash: what became of the job of this name? */
static struct print_answer *recover(struct run *run)
{
    enum queue_outcome outcome = queue_find(run->queue, run->request->job_name, &run->job);
    if (outcome != QUEUE_OK || !run->job.id)
        return answer_new(run, PRINT_RESULT_UNKNOWN, outcome == QUEUE_OK ? "print.lost" : reason_of(outcome));
    run->reached = run->job.phase != PHASE_HELD && run->job.documents > 0;
    if (has_ended(run->job.phase)) {
        const struct queue_status status = {.phase = run->job.phase};
        return ended(run, &status);
    }
    const char *reason = run->job.documents == 0 ? submit(run) : NULL;
    if (reason)
        return answer_new(run, PRINT_RESULT_REFUSED, reason);
    tell(run, PRINTING_QUEUED);
    return watch(run);
}

static struct print_answer *print_new(struct run *run)
{
    const char *reason = examine(run);
    if (!reason)
        reason = submit(run);
    if (reason)
        return answer_new(run, PRINT_RESULT_REFUSED, reason);
    if (tell(run, PRINTING_QUEUED)) /* the uuid is known outside before anything can come out */
        return watch(run);
    queue_cancel(run->queue, &run->job);
    return answer_new(run, PRINT_RESULT_REFUSED, "print.cancelled");
}

static struct print_answer *print_on_queue(struct run *run)
{
    run->queue = queue_new(run->profile);
    run->deadline_us = g_get_monotonic_time() + run->profile->job_ms * 1000;
    struct print_answer *answer = run->request->recover ? recover(run) : print_new(run);
    queue_free(run->queue);
    return answer;
}

void *printer_job(const void *request, struct helper_context *context)
{
    struct run run = {.request = request, .context = context, .told = -1};
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct profile *profile = profile_read(run.request->profile, faults);
    if (!profile)
        return answer_new(&run, PRINT_RESULT_REFUSED, "print.profile");
    run.profile = profile;
    struct print_answer *answer;
    if (profile->kind == PROFILE_FOLDER) {
        bool ok = folder_print(profile->folder, run.request->job_name, run.request->pdf);
        answer = answer_new(&run, ok ? PRINT_RESULT_SENT : PRINT_RESULT_REFUSED, ok ? NULL : "print.folder");
    } else {
        answer = print_on_queue(&run);
    }
    profile_free(profile);
    return answer;
}
