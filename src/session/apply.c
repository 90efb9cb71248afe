/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What actions do with the application, from the choice of a major to its submission: functions of verb.c's table. */
#include "session/state.h"

#include <string.h>

/* ---------------------------------------------------------------- majors and county */

void apply_majors(struct session *session, const char *argument)
{
    (void)argument;
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    if (chosen->len == 0)
        session_say(session, TONE_BAD, "majors.none");
    else
        flow_next(session);
}

/* On entering: tick what the draft of the application already has, or the only one there is. */
void apply_load_majors(struct session *session, const char *argument)
{
    (void)argument;
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    for (guint i = 0; chosen->len == 0 && i < session->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(session->application->items, i);
        g_autofree char *key = item_key(item->major, item->version);
        answer_choose(session, "major", key, true);
    }
    if (chosen->len == 0 && session->application->items->len == 0 && session->me->majors->len == 1) {
        const struct candidate_major *major = g_ptr_array_index(session->me->majors, 0);
        g_autofree char *key = item_key(major->code, major->version);
        answer_choose(session, "major", key, true);
    }
}

void apply_city(struct session *session, const char *key)
{
    answer_set(session, "city", key);
    flow_next(session);
}

void apply_county(struct session *session, const char *key)
{
    apply_load_majors(session, NULL); /* resumed here, the ticks have not been seen */
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "major");
    struct api_majors *body = record_new(&api_majors_record);
    body->county = g_strdup(key);
    for (guint i = 0; i < chosen->len; i++) {
        struct api_major *major = record_new(&api_major_record);
        g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(chosen, i), "/", 2);
        major->code = g_strdup(parts[0]);
        major->version = g_strdup(parts[1]);
        g_ptr_array_add(body->majors, major);
    }
    call_write(session, API_MAJORS, body);
}

void apply_substitution(struct session *session, const char *argument)
{
    (void)argument;
    const struct application_item *item = item_in_hand(session);
    int64_t courses = 0, credits = source_credits(session, &courses);
    if (courses > 0 && credits < SUBSTITUTION_MIN_CREDITS) {
        session_say(session, TONE_BAD, "substitution.too_few");
        return;
    }
    if (!item)
        return;
    if (courses == 0 && item_substitution(session, item)->len == 0) {
        flow_go(session, "substitution_none"); /* R4: not a dead end, but said before */
        return;
    }
    struct api_substitution *body = record_new(&api_substitution_record);
    body->major = g_strdup(item->major);
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "substitute");
    for (guint i = 0; i < chosen->len; i++)
        g_ptr_array_add(body->courses, g_strdup(g_ptr_array_index(chosen, i)));
    answer_choose(session, "skipped", item->major, courses == 0);
    call_write(session, API_SUBSTITUTION, body);
}

void apply_skip_substitution(struct session *session, const char *argument)
{
    (void)argument;
    const struct application_item *item = item_in_hand(session);
    if (item)
        answer_choose(session, "skipped", item->major, true);
    flow_go(session, item_next(session) ? "substitution" : flow_resume(session));
}

/* On entering: the major whose turn it is, with what the draft of the application already has ticked. */
void apply_load_substitution(struct session *session, const char *argument)
{
    (void)argument;
    item_enter(session);
}

/* ---------------------------------------------------------------- added courses (R9–R15) */

void apply_add_course(struct session *session, const char *argument)
{
    (void)argument;
    added_send_new(session);
}

/* With the last row the archive goes too, so that is asked first (R15). */
void apply_remove_course(struct session *session, const char *row)
{
    guint64 at = 0;
    if (added_count(session) <= 1)
        flow_go(session, "added_clear");
    else if (g_ascii_string_to_unsigned(row, 10, 0, added_count(session) - 1, &at, NULL))
        added_send_without(session, (guint)at);
}

void apply_clear_courses(struct session *session, const char *argument)
{
    (void)argument;
    call_write(session, API_CLEAR_ARCHIVE, NULL);
}

/* The archive is compulsory from the first row on (R12). */
void apply_added_done(struct session *session, const char *argument)
{
    (void)argument;
    if (guard_holds(session, "added_complete"))
        flow_next(session);
    else
        session_say(session, TONE_BAD, "application.no_archive");
}

/* ---------------------------------------------------------------- prior degree (R49, domain.md 3) */

/* The code of before ends with the new one; the watch may tell of that before the answer brings the new one. */
void apply_prior_degree(struct session *session, const char *argument)
{
    (void)argument;
    if (!guard_holds(session, "may_degree"))
        return;
    record_free(&api_qr_record, g_steal_pointer(&session->degree_qr));
    session->qr_expires_ms = 0;
    call_write(session, API_PRIOR_DEGREE, NULL);
}

/* On entering: a code is asked for where none has been given, unless one is still good. */
void apply_enter_degree(struct session *session, const char *argument)
{
    bool live =
        session->degree_qr && session->qr_expires_ms > session->now_ms && !guard_holds(session, "prior_expired");
    if (!live && guard_holds(session, "prior_code_wanted") && !call_pending(session, API_PRIOR_DEGREE))
        apply_prior_degree(session, argument);
}

/* What was verified before is given up for the new code. */
void apply_degree_again(struct session *session, const char *argument)
{
    flow_go(session, "prior_degree");
    if (!call_pending(session, API_PRIOR_DEGREE))
        apply_prior_degree(session, argument);
}

void apply_degree_manual(struct session *session, const char *argument)
{
    (void)argument;
    call_write(session, API_PRIOR_DEGREE_MANUAL, NULL);
}

/* ---------------------------------------------------------------- submitting */

void apply_submit(struct session *session, const char *argument)
{
    (void)argument;
    if (!call_pending(session, API_SUBMIT) && check_page(session))
        call_write(session, API_SUBMIT, NULL);
}

/* The only second chance (R26): confirmed as a submission is. */
void apply_reapply(struct session *session, const char *argument)
{
    (void)argument;
    if (!call_pending(session, API_REAPPLY) && guard_holds(session, "may_reapply") && check_page(session))
        call_write(session, API_REAPPLY, NULL);
}
