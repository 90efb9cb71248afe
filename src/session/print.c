/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From "print" to "both copies in hand": photo → sheet → printer → the person's word. Each major has a sheet and a job of its own,
 * one after the other; the question at the end is about all of them.
 *
 * The intent is on disk before anything reaches the printer; the job's name is made here, once, and never used twice. "Sent" is
 * not paper: the person is asked. When nobody can know (a helper died, the power went) the run is UNKNOWN, and printing again is the
 * person's explicit act. Only this page prints, so paper never comes out in front of someone else.
 */
#include "session/state.h"

#include <string.h>

enum { PROGRESS_INTENT, PROGRESS_SUBMITTED, PROGRESS_SENT, PROGRESS_ENDED };

void print_clear(struct print_run *print)
{
    g_free(print->job_name);
    g_free(print->sha256);
    g_free(print->job_uuid);
    g_free(print->reason);
    g_clear_pointer(&print->sent, g_ptr_array_unref);
    memset(print, 0, sizeof *print);
}

static void sent_free(gpointer data)
{
    struct effect_print *sent = data;
    g_free(sent->job_name);
    g_free(sent->sha256);
    g_free(sent->job_uuid);
    g_free(sent);
}

static void persist_job(struct session *session, const struct effect_print *job, int progress, const char *outcome)
{
    struct effect *effect = session_effect(session, EFFECT_PERSIST_PRINT);
    effect->print.job_name = g_strdup(job->job_name);
    effect->print.form_version = session->print.form_version;
    effect->print.copies = session->options.copies;
    effect->print.sha256 = g_strdup(job->sha256);
    effect->print.job_uuid = g_strdup(job->job_uuid);
    effect->print.progress = progress;
    effect->print.outcome = g_strdup(outcome);
}

static void persist(struct session *session, int progress, const char *outcome)
{
    const struct effect_print job = {
        .job_name = session->print.job_name, .sha256 = session->print.sha256, .job_uuid = session->print.job_uuid};
    persist_job(session, &job, progress, outcome);
}

/* Something is with the printer, or was. */
static bool has_begun(const struct session *session)
{
    return session->print.job_name || (session->print.sent && session->print.sent->len > 0);
}

static void fail(struct session *session, const char *reason, bool unknown)
{
    session->print.failed_at = session->print.stage;
    session->print.stage = PRINT_FAILED;
    session->print.ticket = 0;
    session->print.unknown = unknown || (session->print.sent && session->print.sent->len > 0);
    g_free(session->print.reason);
    session->print.reason = g_strdup(reason);
    if (session->print.job_name)
        persist(session, PROGRESS_ENDED, unknown ? "unknown" : "not_printed");
    session->activity_ms = session->now_ms; /* it may have taken long: time to read what happened */
    session->show = true;
}

static struct effect *helper(struct session *session, enum helper_job job)
{
    struct effect *effect = session_effect(session, EFFECT_HELPER);
    effect->job = job;
    effect->ticket = session->print.ticket = ++session->ticket;
    effect->record = record_new(helper_jobs[job].request);
    return effect;
}

void print_start(struct session *session)
{
    enum print_stage stage = session->print.stage;
    if (stage == PRINT_FETCHING || stage == PRINT_DRAWING || stage == PRINT_SENDING)
        return;
    print_leave(session); /* what came out of the last run */
    print_clear(&session->print);
    session->print.stage = PRINT_FETCHING;
    session->show = true;
    reply_ask_missing(session); /* had it not come, the next try may have it */
    struct effect *photo = call_new(session, API_GET_PHOTO);
    photo->file = FILE_PHOTO;
    session->print.ticket = photo->ticket;
    call_send(session, photo, true);
}

/* The sheet of the major whose turn it is. */
static void draw_sheet(struct session *session)
{
    const struct application *application = session->application;
    const struct application_item *item = item_at(session, session->print.item);
    struct eligibility *judged = judge_item(session, item);
    if (!judged || !application->registration_form) { /* page 4 must not stand empty */
        record_free(&eligibility_record, judged);
        fail(session, "print.not_drawn", false);
        return;
    }
    session->print.stage = PRINT_DRAWING;
    struct effect *draw = helper(session, JOB_SHEET);
    struct sheet_request *request = draw->record;
    record_free(&sheet_data_record, request->data);
    request->data =
        sheet_data_new(session->me, application, application->registration_form, judged, item, &session->forms->tables);
    record_free(&eligibility_record, judged);
    request->data->created_at = session->time;
    draw->file = session->print.have_photo ? FILE_PHOTO : FILE_NONE;
    session->show = true;
}

void print_photo_ready(struct session *session, guint ticket, bool have_photo)
{
    if (session->print.stage != PRINT_FETCHING || ticket != session->print.ticket)
        return;
    if (guard_holds(session, "form_saved"))
        session->print.form_version = session->application->registration_form->version;
    session->print.have_photo = have_photo;
    draw_sheet(session);
}

void print_photo_failed(struct session *session, guint ticket)
{
    if (session->print.stage == PRINT_FETCHING && ticket == session->print.ticket)
        fail(session, "platform.broken", false);
}

void print_sheet_done(struct session *session, const struct sheet_answer *answer)
{
    session->print.ticket = 0;
    if (!answer || answer->problem || answer->overflow->len > 0 || answer->missing->len > 0) {
        fail(session,
             answer && answer->overflow->len > 0  ? "print.overflow"
             : answer && answer->missing->len > 0 ? "print.missing"
                                                  : "print.not_drawn",
             false);
        return;
    }
    session->print.stage = PRINT_SENDING;
    session->print.sha256 = g_strdup(answer->sha256);
    session->print.job_name = secret_nth_uuid(session->options.seed, session->key_count++);
    persist(session, PROGRESS_INTENT, NULL);
    struct effect *print = helper(session, JOB_PRINT);
    struct print_request *request = print->record;
    g_free(request->job_name);
    request->job_name = g_strdup(session->print.job_name);
    request->copies = session->options.copies;
    session->show = true;
}

void print_progress(struct session *session, const struct session_event *event)
{
    const struct print_progress_report *report = event->record;
    if (event->ticket != session->print.ticket || session->print.stage != PRINT_SENDING || !report)
        return;
    if (report->job_uuid && !session->print.job_uuid) {
        session->print.job_uuid = g_strdup(report->job_uuid);
        persist(session, PROGRESS_SUBMITTED, NULL);
    }
    if (session->print.state != report->state)
        session->show = true;
    session->print.state = report->state;
}

/* The form may have changed meanwhile at another terminal: then the sheets would not be of one version. */
static void next_sheet(struct session *session)
{
    struct print_run *print = &session->print;
    struct effect_print *sent = g_new0(struct effect_print, 1);
    sent->job_name = g_steal_pointer(&print->job_name);
    sent->sha256 = g_steal_pointer(&print->sha256);
    sent->job_uuid = g_steal_pointer(&print->job_uuid);
    if (!print->sent)
        print->sent = g_ptr_array_new_with_free_func(sent_free);
    g_ptr_array_add(print->sent, sent);
    print->item++;
    const struct registration_form *form = session->application->registration_form;
    if (form && form->version == print->form_version)
        draw_sheet(session);
    else
        fail(session, "print.not_drawn", true);
}

void print_job_done(struct session *session, const struct print_answer *answer)
{
    bool unknown = !answer || answer->result == PRINT_RESULT_UNKNOWN;
    if (unknown || answer->result != PRINT_RESULT_SENT) {
        const char *reason = answer && answer->reason ? answer->reason : "";
        bool known = session_knows(session, reason);
        fail(session, known ? reason : unknown ? "print.unknown" : "print.refused", unknown);
        return;
    }
    session->print.ticket = 0;
    persist(session, PROGRESS_SENT, NULL);
    if (session->print.item + 1 < item_count(session)) {
        next_sheet(session);
    } else {
        session->print.stage = PRINT_ASKING;
        flow_go(session, "print_check");
    }
}

static void report(struct session *session, enum print_outcome outcome, bool background)
{
    for (guint i = 0; session->print.sent && i < session->print.sent->len; i++)
        persist_job(session, g_ptr_array_index(session->print.sent, i), PROGRESS_ENDED, print_outcome_words[outcome]);
    if (session->print.job_name)
        persist(session, PROGRESS_ENDED, print_outcome_words[outcome]);
    struct effect *send = call_new(session, API_PRINTS);
    struct api_print *body = send->record = record_new(&api_print_record);
    body->form_version = session->print.form_version;
    body->copies = session->options.copies;
    body->outcome = (int)outcome;
    call_send(session, send, background);
}

void print_outcome(struct session *session, enum print_outcome outcome)
{
    if (!has_begun(session))
        return;
    report(session, outcome, false);
    session->print.stage = PRINT_IDLE; /* the name stays: a refused report can be made again */
    session->print.unknown = false;
}

void print_stop(struct session *session)
{
    enum print_stage stage = session->print.stage;
    if (stage != PRINT_FETCHING && stage != PRINT_DRAWING)
        return;
    call_cancel(session, session->print.ticket);
    if (!session->ending) /* else that has been done */
        print_leave(session);
    print_clear(&session->print);
}

void print_leave(struct session *session)
{
    bool unknown = session->print.stage == PRINT_FAILED && session->print.unknown;
    bool between = session->print.stage == PRINT_DRAWING && session->print.sent; /* one major is out, the next is not */
    if (has_begun(session) && (session->print.stage == PRINT_ASKING || unknown || between))
        report(session, PRINT_UNKNOWN, true);
}
