/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/decisions.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "graduation/side_machine.h"
#include "platformd/judging.h"
#include "platformd/reviews.h"
#include "platformd/staff.h"
#include "platformd/standing.h"

#define REASON_MIN 2 /* characters that say something; the most are bounded by the record */

/* ---------------------------------------------------------------- what all of them do */

/* Takes the step in the name of this member of staff. False = refused. */
static bool decide(struct request *request, struct standing *standing, enum application_event event)
{
    standing->audit.actor = request->staff->staff_no;
    if (request_refused(request, standing_move(request->platform, standing, event, staff_actor(request->staff))))
        return false;
    log_write(LOG_INFO, "decisions", "%s, an application is now %s", application_event_words[event],
              application_state_words[standing->state]);
    return true;
}

static void decide_simply(struct request *request, enum application_event event)
{
    g_autoptr(standing_auto) standing = standing_of_application(request->platform, request->application);
    if (decide(request, standing, event))
        request->answer = reviews_new(request);
}

/* Whoever is rejected is told why (e18). */
static bool reason_given(struct request *request)
{
    const struct api_decision *asked = request->body;
    bool enough = asked->reason && text_count(asked->reason) >= REASON_MIN;
    if (asked->decision == DECISION_APPROVE || enough)
        return true;
    request_refuse(request, 422, "staff.reason_needed", "reason");
    return false;
}

/* Where rows are not told apart, naming one is a mistake of the caller's. */
static bool decision_of_whole(struct request *request)
{
    const struct api_decision *asked = request->body;
    if (asked->major)
        request_refuse(request, 422, "platform.bad_field", "major");
    return !asked->major && reason_given(request);
}

/* ---------------------------------------------------------------- e17, e18: the county's review */

/* The rows a decision is about: the one named, or all that are open. NULL = refused. */
static GPtrArray *rows_meant(struct request *request, const struct standing *standing, const char *major)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    bool known = !major;
    for (guint i = 0; i < standing->items->len; i++) {
        struct standing_item *item = standing->items->pdata[i];
        bool meant = !major || strcmp(item->major, major) == 0;
        known = known || meant;
        if (meant && standing_item_open(standing, item))
            g_ptr_array_add(rows, item);
    }
    if (!known)
        request_refuse(request, 422, "staff.no_such_row", "major");
    else if (major && rows->len == 0 && standing->state == STATE_COUNTY_PENDING)
        request_refuse(request, 409, "staff.row_decided", "major");
    return request->refused_status == 0 ? g_steal_pointer(&rows) : NULL;
}

static void set_rows(struct request *request, struct standing *standing, const GPtrArray *rows,
                     enum application_state state, const char *note)
{
    for (guint i = 0; i < rows->len; i++)
        standing_set_item(request->platform, standing, rows->pdata[i], state, note);
}

/* The last open row decides for the whole (R25). */
static bool approve_rows(struct request *request, struct standing *standing, const GPtrArray *rows)
{
    bool last = standing->facts.items_pending <= (int64_t)rows->len;
    standing->audit.detail = application_state_words[STATE_COUNTY_APPROVED];
    if (last)
        standing->facts.items_pending = 0;
    if (!decide(request, standing, last ? EVENT_COUNTY_APPROVE : EVENT_COUNTY_APPROVE_ITEM))
        return false;
    set_rows(request, standing, rows, STATE_COUNTY_APPROVED, NULL);
    return true;
}

/* One rejected row rejects the whole; the first time it may be applied for once more (R26). */
static bool reject_rows(struct request *request, struct standing *standing, const GPtrArray *rows, const char *reason)
{
    if (!decide(request, standing, EVENT_COUNTY_REJECT))
        return false;
    set_rows(request, standing, rows, STATE_COUNTY_REJECTED, reason);
    (void)database_run(request->platform->db, "UPDATE applications SET reason = ?2 WHERE id = ?1",
                       WITH(v_integer(standing->id), v_text(reason)));
    return true;
}

void decisions_review(struct request *request)
{
    const struct api_decision *asked = request->body;
    g_autoptr(standing_auto) standing = standing_of_application(request->platform, request->application);
    if (!reason_given(request))
        return;
    g_autoptr(GPtrArray) rows = rows_meant(request, standing, asked->major);
    if (!rows)
        return;
    standing->audit.major = asked->major;
    standing->audit.reason = asked->reason;
    bool done = asked->decision == DECISION_APPROVE ? approve_rows(request, standing, rows)
                                                    : reject_rows(request, standing, rows, asked->reason);
    if (done)
        request->answer = reviews_new(request);
}

/* ---------------------------------------------------------------- e14: the photo; R49: the prior degree */

/* One small machine beside the application: where its state stands and which of its events the two decisions are. */
struct side {
    const struct side_machine *machine;
    enum application_event event;
    int approve, reject;
    const char *update; /* ?1 application, ?2 state, ?3 reason */
};

static void decide_side(struct request *request, const struct side *side, struct standing *standing, int state)
{
    const struct api_decision *asked = request->body;
    bool approve = asked->decision == DECISION_APPROVE;
    int next = side_machine_next(side->machine, approve ? side->approve : side->reject, state);
    standing->audit.reason = asked->reason;
    standing->audit.detail = next < 0 ? NULL : side->machine->states[next];
    if (!decision_of_whole(request) || !decide(request, standing, side->event))
        return;
    g_assert(next >= 0); /* the guard of the event asks the same machine */
    (void)database_run(
        request->platform->db, side->update,
        WITH(v_integer(standing->id), v_text(side->machine->states[next]), v_text(approve ? NULL : asked->reason)));
    request->answer = reviews_new(request);
}

void decisions_photo(struct request *request)
{
    static const struct side side = {
        .machine = &photo_machine,
        .event = EVENT_PHOTO_DECIDE,
        .approve = PHOTO_COUNTY_ACCEPTED,
        .reject = PHOTO_COUNTY_REJECTED,
        .update = "UPDATE photos SET state = ?2, reason = ?3, due_ms = NULL WHERE application = ?1",
    };
    g_autoptr(standing_auto) standing = standing_of_application(request->platform, request->application);
    decide_side(request, &side, standing, standing->facts.photo);
}

void decisions_prior_degree(struct request *request)
{
    static const struct side side = {
        .machine = &prior_degree_machine,
        .event = EVENT_PRIOR_DEGREE_DECIDE,
        .approve = DEGREE_COUNTY_VERIFIED,
        .reject = DEGREE_COUNTY_REFUSED,
        .update = "UPDATE degree_authorisations SET state = ?2, reason = ?3 WHERE application = ?1",
    };
    g_autoptr(standing_auto) standing = standing_of_application(request->platform, request->application);
    decide_side(request, &side, standing, standing->facts.prior_degree);
}

/* ---------------------------------------------------------------- e26–e29 */

void decisions_hand_in(struct request *request)
{
    decide_simply(request, EVENT_HAND_IN);
}

void decisions_joint_start(struct request *request)
{
    decide_simply(request, EVENT_JOINT_START);
}

/* Who is passed has used up what the plans took; who is not gets no money back and is told why (R24). */
void decisions_joint(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_decision *asked = request->body;
    bool pass = asked->decision == DECISION_APPROVE;
    g_autoptr(standing_auto) standing = standing_of_application(platform, request->application);
    standing->audit.reason = asked->reason;
    if (!decision_of_whole(request) || !decide(request, standing, pass ? EVENT_JOINT_PASS : EVENT_JOINT_REJECT))
        return;
    if (pass)
        judging_consume(platform, standing);
    else
        (void)database_run(platform->db, "UPDATE applications SET reason = ?2 WHERE id = ?1",
                           WITH(v_integer(standing->id), v_text(asked->reason)));
    request->answer = reviews_new(request);
}

void decisions_certificate_ready(struct request *request)
{
    decide_simply(request, EVENT_CERTIFICATE_READY);
}

void decisions_certificate_collected(struct request *request)
{
    decide_simply(request, EVENT_CERTIFICATE_COLLECT);
}
