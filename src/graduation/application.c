/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may happen when (domain.md 1.6). The records of the snapshot are in application_record.c. */
#include "graduation/application.h"

#include "graduation/side_machine.h"

#include <string.h>

#define STAYS          (-1)
#define IN(state)      (1u << (state))
#define UNDER_REVIEW   (IN(STATE_SUBMITTED) | IN(STATE_SYSTEM_CHECKING))
#define APPROVED       (IN(STATE_SYSTEM_APPROVED) | IN(STATE_COUNTY_APPROVED))
#define BEFORE_PAYMENT (UNDER_REVIEW | IN(STATE_COUNTY_PENDING) | APPROVED)
#define PAID_ON                                                                                                        \
    (IN(STATE_PAID) | IN(STATE_FORM_SAVED) | IN(STATE_HANDED_IN) | IN(STATE_JOINT_REVIEW) | IN(STATE_JOINT_REJECTED) | \
     IN(STATE_GRADUATED) | IN(STATE_CERTIFICATE_READY) | IN(STATE_CERTIFICATE_COLLECTED))

bool photo_ok(const struct photo *photo)
{
    return photo && (photo->state == PHOTO_ACCEPTED || photo->state == PHOTO_MANUAL_ACCEPTED);
}

void application_facts_windows(struct application_facts *facts, const struct batch *batch, int64_t now)
{
    facts->apply_open = batch_open(batch, WINDOW_APPLY, now);
    facts->pay_open = batch_open(batch, WINDOW_PAY, now);
    facts->handin_open = batch_open(batch, WINDOW_HANDIN, now);
    facts->apply_over = batch_over(batch, WINDOW_APPLY, now);
    facts->pay_over = batch_over(batch, WINDOW_PAY, now);
    facts->handin_over = batch_over(batch, WINDOW_HANDIN, now);
}

static const struct policy *policy_of(const struct application_facts *facts)
{
    return facts->policy ? facts->policy : &policy_default;
}

/* ---------------------------------------------------------------- guards: NULL = yes, else why not */

/* The first thing that is wrong. */
struct rule {
    bool bad;
    const char *key;
};

static const char *first_wrong(const struct rule *rules, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (rules[i].bad)
            return rules[i].key;
    return NULL;
}

static const char *guard_apply_open(const struct application_facts *facts)
{
    return facts->apply_open ? NULL : "application.apply_closed";
}

static const char *guard_items(const struct application_facts *facts)
{
    if (!facts->apply_open)
        return "application.apply_closed";
    return facts->items > 0 ? NULL : "application.no_major";
}

static const char *guard_bachelor_items(const struct application_facts *facts)
{
    const char *refused = guard_items(facts);
    if (refused)
        return refused;
    return facts->bachelor ? NULL : "application.bachelor_only";
}

/* The way of a 本科 applicant into the review; papers still to be shown count, they force the county (domain.md 3.4). */
static bool prior_degree_submittable(const struct application_facts *facts)
{
    return !facts->bachelor || facts->prior_degree == PRIOR_VERIFIED || facts->prior_degree == PRIOR_MANUAL_PENDING ||
           facts->prior_degree == PRIOR_MANUAL_VERIFIED;
}

/* The register is asked again as long as it has not said yes to papers; while it is being asked one waits. */
static const char *guard_prior_degree(const struct application_facts *facts)
{
    const char *refused = guard_bachelor_items(facts);
    if (refused)
        return refused;
    if (side_machine_next(&prior_degree_machine, DEGREE_CODE_SHOWN, facts->prior_degree) < 0)
        return facts->prior_degree == PRIOR_WAITING ? "prior_degree.asking" : "prior_degree.already_verified";
    return facts->prior_degree_failures >= policy_of(facts)->prior_degree_tries ? "prior_degree.no_tries" : NULL;
}

/* Papers are for what the register could not confirm (R49). */
static const char *guard_prior_degree_manual(const struct application_facts *facts)
{
    static const char *const why_not[] = {
        [PRIOR_NOT_REQUIRED] = "application.bachelor_only",        [PRIOR_WAITING] = "prior_degree.asking",
        [PRIOR_VERIFIED] = "prior_degree.already_verified",        [PRIOR_MANUAL_PENDING] = "prior_degree.at_county",
        [PRIOR_MANUAL_VERIFIED] = "prior_degree.already_verified", [PRIOR_MANUAL_REFUSED] = NULL,
    };
    const char *refused = guard_bachelor_items(facts);
    if (refused)
        return refused;
    if (side_machine_next(&prior_degree_machine, DEGREE_TO_COUNTY, facts->prior_degree) >= 0)
        return NULL;
    return why_not[facts->prior_degree] ? why_not[facts->prior_degree] : "prior_degree.try_first";
}

static const char *guard_prior_degree_decide(const struct application_facts *facts)
{
    return side_machine_next(&prior_degree_machine, DEGREE_COUNTY_VERIFIED, facts->prior_degree) < 0
               ? "prior_degree.no_papers"
               : NULL;
}

static const char *guard_submit(const struct application_facts *facts)
{
    bool photo_missing = facts->photo != PHOTO_ACCEPTED && facts->photo != PHOTO_MANUAL_ACCEPTED;
    const struct rule rules[] = {
        {!facts->apply_open, "application.apply_closed"},
        {facts->items <= 0, "application.no_major"},
        {!facts->county_chosen, "application.no_county"},
        {!facts->substitution_complete, "substitution.too_few"},
        {facts->added_courses > 0 && !facts->archive, "application.no_archive"}, /* R12, L63 */
        {!prior_degree_submittable(facts), "prior_degree.needed"},
        {policy_of(facts)->photo_before_submit && photo_missing, "application.photo_first"}, /* d2 */
    };
    return first_wrong(rules, G_N_ELEMENTS(rules));
}

/* An accepted photo is final; one at the county or in the check waits for its answer (domain.md 1.5). */
static const char *guard_photo(const struct application_facts *facts)
{
    static const char *const refused[] = {
        [PHOTO_CHECKING] = "photo.checking",
        [PHOTO_ACCEPTED] = "photo.already_accepted",
        [PHOTO_MANUAL_REQUESTED] = "photo.at_county",
        [PHOTO_MANUAL_ACCEPTED] = "photo.already_accepted",
        [PHOTO_MANUAL_REJECTED] = NULL,
    };
    if (!facts->apply_open && !facts->pay_open)
        return "application.apply_closed";
    return refused[facts->photo];
}

/* After the system's last refusal only the county helps; whom the county has sent back may upload again (R20, R23). */
static const char *guard_photo_upload(const struct application_facts *facts)
{
    const char *refused = guard_photo(facts);
    bool spent = facts->photo_failures >= policy_of(facts)->photo_tries && facts->photo != PHOTO_MANUAL_REJECTED;
    return refused || !spent ? refused : "photo.manual_only";
}

/* Before the submission only where the photo comes first (d2). */
static const char *guard_photo_draft(const struct application_facts *facts)
{
    return policy_of(facts)->photo_before_submit ? guard_photo_upload(facts) : "photo.not_now";
}

static const char *guard_photo_draft_manual(const struct application_facts *facts)
{
    return policy_of(facts)->photo_before_submit ? guard_photo(facts) : "photo.not_now";
}

static const char *guard_photo_decide(const struct application_facts *facts)
{
    return side_machine_next(&photo_machine, PHOTO_COUNTY_ACCEPTED, facts->photo) < 0 ? "photo.not_at_county" : NULL;
}

/* Only what needs nobody's eyes is approved by the system (domain.md 1.8 d4). */
static const char *guard_system_approve(const struct application_facts *facts)
{
    bool verified =
        !facts->bachelor || facts->prior_degree == PRIOR_VERIFIED || facts->prior_degree == PRIOR_MANUAL_VERIFIED;
    return facts->needs_county || facts->added_courses > 0 || !verified || !policy_of(facts)->system_review
               ? "application.needs_county"
               : NULL;
}

/* Papers that are not decided yet, or were refused, decide for the whole (domain.md 3.4). */
static const char *guard_county_item(const struct application_facts *facts)
{
    bool open =
        facts->bachelor && facts->prior_degree != PRIOR_VERIFIED && facts->prior_degree != PRIOR_MANUAL_VERIFIED;
    return open ? "application.prior_degree_open" : NULL;
}

/* All rows, not some (R25). */
static const char *guard_county_approve(const struct application_facts *facts)
{
    return facts->items_pending > 0 ? "application.rows_open" : guard_county_item(facts);
}

static const char *guard_reapply(const struct application_facts *facts)
{
    if (facts->round != 1)
        return "application.no_second_chance";
    return guard_apply_open(facts);
}

static const char *guard_order(const struct application_facts *facts)
{
    const struct rule rules[] = {
        {facts->order_paid, "order.already_paid"},
        {facts->order_live, "order.already_open"},
        {!facts->pay_open, "order.pay_closed"},
        {facts->photo != PHOTO_ACCEPTED && facts->photo != PHOTO_MANUAL_ACCEPTED, "order.photo_first"}, /* R19 */
    };
    return first_wrong(rules, G_N_ELEMENTS(rules));
}

/* Money that was taken is booked whatever the windows say by then, but once. */
static const char *guard_paid(const struct application_facts *facts)
{
    return facts->order_paid ? "order.already_paid" : NULL;
}

static const char *guard_receipt(const struct application_facts *facts)
{
    return facts->receipt_due ? NULL : "order.receipt_later";
}

/* Until it is handed in, or (d3) only once. */
static const char *guard_save_again(const struct application_facts *facts)
{
    return policy_of(facts)->form_final_when_saved ? "form.final" : NULL;
}

static const char *guard_hand_in(const struct application_facts *facts)
{
    return facts->handin_open ? NULL : "application.handin_closed";
}

static const char *guard_apply_over(const struct application_facts *facts)
{
    return facts->apply_over ? NULL : "application.window_not_over";
}

/* The second rejection is an end of its own (A8): it stays what it is. */
static const char *guard_rejected_over(const struct application_facts *facts)
{
    return facts->round == 1 ? guard_apply_over(facts) : "application.cannot_lapse";
}

/* Money under way decides first: a payment begun before 18:00 may be reported after it (domain.md 9.21). */
static const char *guard_pay_over(const struct application_facts *facts)
{
    return facts->pay_over && !facts->order_live && !facts->order_paid ? NULL : "application.window_not_over";
}

static const char *guard_handin_over(const struct application_facts *facts)
{
    return facts->handin_over ? NULL : "application.window_not_over";
}

/* ---------------------------------------------------------------- the table */

const struct application_transition application_transitions[] = {
    {EVENT_START, IN(STATE_NONE), ACTOR_CANDIDATE, guard_apply_open, STATE_DRAFT, false, "application.already_started",
     "e3"},
    {EVENT_SET_MAJORS, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_apply_open, STAYS, false,
     "application.already_submitted", "e4, R17"},
    {EVENT_SET_SUBSTITUTION, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_bachelor_items, STAYS, false,
     "application.already_submitted", "e5, R5–R7, R17"},
    {EVENT_SET_ADDED_COURSES, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_items, STAYS, false,
     "application.already_submitted", "e6, R9, R17"},
    {EVENT_SET_ARCHIVE, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_items, STAYS, false, "application.already_submitted",
     "e7, R14, R17"},
    {EVENT_CLEAR_ARCHIVE, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_apply_open, STAYS, false,
     "application.already_submitted", "e6, R15, R17"},
    {EVENT_PRIOR_DEGREE, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_prior_degree, STAYS, false,
     "application.already_submitted", "e8"},
    {EVENT_PRIOR_DEGREE_MANUAL, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_prior_degree_manual, STAYS, false,
     "application.already_submitted", "e8, R49"},
    {EVENT_PRIOR_DEGREE_DECIDE, IN(STATE_DRAFT) | UNDER_REVIEW | IN(STATE_COUNTY_PENDING), ACTOR_COUNTY,
     guard_prior_degree_decide, STAYS, false, "application.not_at_county", "e8, R49"},
    {EVENT_SUBMIT, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_submit, STATE_SUBMITTED, true,
     "application.already_submitted", "e9, R17"},
    {EVENT_PUT_PHOTO, BEFORE_PAYMENT, ACTOR_CANDIDATE, guard_photo_upload, STAYS, false, "photo.not_now", "e10, R19"},
    {EVENT_PUT_PHOTO, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_photo_draft, STAYS, false, "photo.not_now", "e10, d2"},
    {EVENT_PHOTO_PHONE, BEFORE_PAYMENT, ACTOR_CANDIDATE, guard_photo_upload, STAYS, false, "photo.not_now", "e10, R19"},
    {EVENT_PHOTO_PHONE, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_photo_draft, STAYS, false, "photo.not_now", "e10, d2"},
    {EVENT_PHOTO_MANUAL, BEFORE_PAYMENT, ACTOR_CANDIDATE, guard_photo, STAYS, false, "photo.not_now", "e13, R20, R23"},
    {EVENT_PHOTO_MANUAL, IN(STATE_DRAFT), ACTOR_CANDIDATE, guard_photo_draft_manual, STAYS, false, "photo.not_now",
     "e13, d2"},
    {EVENT_PHOTO_DECIDE, IN(STATE_DRAFT) | BEFORE_PAYMENT, ACTOR_COUNTY, guard_photo_decide, STAYS, false,
     "photo.not_at_county", "e14, R20, R23"},
    {EVENT_SYSTEM_CHECK, IN(STATE_SUBMITTED), ACTOR_SYSTEM, NULL, STATE_SYSTEM_CHECKING, false,
     "application.not_under_review", "e15"},
    {EVENT_SYSTEM_APPROVE, UNDER_REVIEW, ACTOR_SYSTEM, guard_system_approve, STATE_SYSTEM_APPROVED, true,
     "application.not_under_review", "e15, R27"},
    {EVENT_SYSTEM_ROUTE, UNDER_REVIEW, ACTOR_SYSTEM, NULL, STATE_COUNTY_PENDING, false, "application.not_under_review",
     "e16"},
    {EVENT_COUNTY_APPROVE_ITEM, IN(STATE_COUNTY_PENDING), ACTOR_COUNTY, guard_county_item, STAYS, false,
     "application.not_at_county", "e17, R25"},
    {EVENT_COUNTY_APPROVE, IN(STATE_COUNTY_PENDING), ACTOR_COUNTY, guard_county_approve, STATE_COUNTY_APPROVED, true,
     "application.not_at_county", "e17, R25, R27"},
    {EVENT_COUNTY_REJECT, IN(STATE_COUNTY_PENDING), ACTOR_COUNTY, NULL, STATE_COUNTY_REJECTED, false,
     "application.not_at_county", "e18, R26"},
    {EVENT_REAPPLY, IN(STATE_COUNTY_REJECTED), ACTOR_CANDIDATE, guard_reapply, STATE_DRAFT, true,
     "application.not_rejected", "e19, R26"},
    {EVENT_CREATE_ORDER, APPROVED, ACTOR_CANDIDATE, guard_order, STAYS, false, "order.not_approved", "e20, R24, R25"},
    {EVENT_PAID, APPROVED, ACTOR_SYSTEM, guard_paid, STATE_PAID, true, "order.not_approved", "e22"},
    {EVENT_RECEIPT, PAID_ON | IN(STATE_LAPSED), ACTOR_SYSTEM, guard_receipt, STAYS, false, "order.not_paid",
     "e23, R33"},
    {EVENT_SAVE_FORM, IN(STATE_PAID), ACTOR_CANDIDATE, NULL, STATE_FORM_SAVED, false, "form.not_now", "e24, R28"},
    {EVENT_SAVE_FORM, IN(STATE_FORM_SAVED), ACTOR_CANDIDATE, guard_save_again, STAYS, false, "form.not_now",
     "e24, R32, d3"},
    {EVENT_RECORD_PRINT, IN(STATE_FORM_SAVED), ACTOR_CANDIDATE, NULL, STAYS, false, "form.print_not_now", "e25, R44"},
    {EVENT_HAND_IN, IN(STATE_FORM_SAVED), ACTOR_COUNTY, guard_hand_in, STATE_HANDED_IN, true, "application.no_form_yet",
     "e26, R32"},
    {EVENT_JOINT_START, IN(STATE_HANDED_IN), ACTOR_PROVINCE, NULL, STATE_JOINT_REVIEW, false,
     "application.not_handed_in", "e27, R24"},
    {EVENT_JOINT_PASS, IN(STATE_JOINT_REVIEW), ACTOR_PROVINCE, NULL, STATE_GRADUATED, true,
     "application.not_in_joint_review", "e27"},
    {EVENT_JOINT_REJECT, IN(STATE_JOINT_REVIEW), ACTOR_PROVINCE, NULL, STATE_JOINT_REJECTED, true,
     "application.not_in_joint_review", "e27, R24"},
    {EVENT_CERTIFICATE_READY, IN(STATE_GRADUATED), ACTOR_PROVINCE, NULL, STATE_CERTIFICATE_READY, false,
     "application.not_graduated", "e28, R50"},
    {EVENT_CERTIFICATE_COLLECT, IN(STATE_CERTIFICATE_READY), ACTOR_COUNTY, NULL, STATE_CERTIFICATE_COLLECTED, true,
     "application.certificate_not_ready", "e29, R50"},
    /* Each stage lapses with its own window: who submitted in time may still pay (domain.md 1.2, e30). */
    {EVENT_LAPSE, IN(STATE_DRAFT), ACTOR_SYSTEM, guard_apply_over, STATE_LAPSED, true, "application.cannot_lapse",
     "e30"},
    {EVENT_LAPSE, IN(STATE_COUNTY_REJECTED), ACTOR_SYSTEM, guard_rejected_over, STATE_LAPSED, true,
     "application.cannot_lapse", "e30, R26"},
    {EVENT_LAPSE, BEFORE_PAYMENT, ACTOR_SYSTEM, guard_pay_over, STATE_LAPSED, true, "application.cannot_lapse", "e30"},
    {EVENT_LAPSE, IN(STATE_PAID) | IN(STATE_FORM_SAVED), ACTOR_SYSTEM, guard_handin_over, STATE_LAPSED, true,
     "application.cannot_lapse", "e30"},
};
const size_t application_transition_count = G_N_ELEMENTS(application_transitions);

/* The event's row for this state, or its first row. */
static const struct application_transition *row_of(enum application_event event, enum application_state state)
{
    const struct application_transition *first = NULL;
    for (size_t i = 0; i < application_transition_count; i++) {
        const struct application_transition *row = &application_transitions[i];
        if (row->event != event)
            continue;
        if (row->from & IN(state))
            return row;
        first = first ? first : row;
    }
    g_assert(first); /* every event has a row */
    return first;
}

/* States in which nearly everything is refused for one reason, which says more than the event's own. */
static const char *refused_by_state(enum application_state state, const struct application_transition *row)
{
    if (state == STATE_NONE)
        return "application.not_started";
    return state == STATE_LAPSED ? "application.lapsed" : row->refused;
}

const char *application_may(enum application_event event, enum application_state state, enum actor actor,
                            const struct application_facts *facts, enum application_state *ret_next)
{
    const struct application_transition *row = row_of(event, state);
    if (row->actor != actor)
        return "application.not_yours";
    if (!(row->from & IN(state)))
        return refused_by_state(state, row);
    const char *refused = row->guard ? row->guard(facts) : NULL;
    if (!refused && ret_next)
        *ret_next = row->next == STAYS ? state : (enum application_state)row->next;
    return refused;
}

GPtrArray *application_allowed(enum application_state state, const struct application_facts *facts)
{
    GPtrArray *allowed = g_ptr_array_new_with_free_func(g_free);
    for (int event = 0; event < APPLICATION_EVENTS; event++)
        if (!application_may((enum application_event)event, state, ACTOR_CANDIDATE, facts, NULL))
            g_ptr_array_add(allowed, g_strdup(application_event_words[event]));
    return allowed;
}

bool application_allows(const struct application *application, enum application_event event)
{
    for (guint i = 0; i < application->allowed->len; i++)
        if (strcmp(g_ptr_array_index(application->allowed, i), application_event_words[event]) == 0)
            return true;
    return false;
}

/* ---------------------------------------------------------------- what people are told */

const char *application_progress_key(enum application_state state, int64_t round)
{
    static const char *const keys[STATES] = {
        [STATE_NONE] = "progress.none",
        [STATE_DRAFT] = "progress.draft",
        [STATE_SUBMITTED] = "progress.submitted",
        [STATE_SYSTEM_CHECKING] = "progress.system_checking",
        [STATE_SYSTEM_APPROVED] = "progress.system_approved",
        [STATE_COUNTY_PENDING] = "progress.county_pending",
        [STATE_COUNTY_APPROVED] = "progress.county_approved",
        [STATE_COUNTY_REJECTED] = "progress.county_rejected",
        [STATE_PAID] = "progress.paid",
        [STATE_FORM_SAVED] = "progress.form_saved",
        [STATE_HANDED_IN] = "progress.handed_in",
        [STATE_JOINT_REVIEW] = "progress.joint_review",
        [STATE_JOINT_REJECTED] = "progress.joint_rejected",
        [STATE_GRADUATED] = "progress.graduated",
        [STATE_CERTIFICATE_READY] = "progress.certificate_ready",
        [STATE_CERTIFICATE_COLLECTED] = "progress.certificate_collected",
        [STATE_LAPSED] = "progress.lapsed",
    };
    if (state == STATE_COUNTY_REJECTED && round > 1)
        return "progress.county_rejected_final"; /* R26: the second chance was the last */
    return keys[state];
}

void application_checklist_keys(const struct application_facts *facts, const char *ret[8])
{
    bool manual = facts->bachelor &&
                  (facts->prior_degree == PRIOR_MANUAL_PENDING || facts->prior_degree == PRIOR_MANUAL_VERIFIED);
    const struct {
        bool needed;
        const char *key;
    } items[] = {
        {true, "checklist.registration_form"},             /* R46 */
        {true, "checklist.id_card"},                       /* 2022 H2, domain.md 1.7 */
        {facts->added_courses > 0, "checklist.originals"}, /* R45, R47 */
        {manual, "checklist.prior_degree_papers"},         /* R49 */
        {true, "checklist.changed_data"},                  /* R48: says itself whom it concerns */
    };
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
        if (items[i].needed)
            ret[n++] = items[i].key;
    ret[n] = NULL;
}
