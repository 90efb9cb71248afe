/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Named conditions of forms/: one table. Most ask in which state something is, or what the platform allows now; the others are
 * functions about the snapshot and what has been typed.
 */
#include "session/state.h"

#include <string.h>

#define IN(state) (1u << (state))

/* ---------------------------------------------------------------- states */

static enum application_state state_of(const struct session *s)
{
    return s->application ? (enum application_state)s->application->state : STATE_NONE;
}

static int degree_of(const struct session *s)
{
    return s->application && s->application->prior_degree ? s->application->prior_degree->state : PRIOR_NONE;
}

static int photo_of(const struct session *s)
{
    return s->application && s->application->photo ? s->application->photo->state : PHOTO_NONE;
}

/* ---------------------------------------------------------------- the person and the terminal */

static bool offline(const struct session *s)
{
    return s->offline;
}

static bool may_quit(const struct session *s)
{
    return s->options.may_quit;
}

static bool batch_known(const struct session *s)
{
    return s->application && s->application->window;
}

static bool under_way(const struct session *s)
{
    return state_of(s) != STATE_NONE;
}

static bool no_majors(const struct session *s)
{
    return s->me && s->me->majors->len == 0;
}

static bool several_majors(const struct session *s)
{
    return s->me && s->me->majors->len > 1;
}

/* ---------------------------------------------------------------- majors and what is judged */

static bool majors_chosen(const struct session *s)
{
    return s->application && s->application->items->len > 0 && s->application->county;
}

static bool several_items(const struct session *s)
{
    return item_count(s) > 1;
}

static bool bachelor(const struct session *s)
{
    for (guint i = 0; i < item_count(s); i++)
        if (item_at(s, i)->level == LEVEL_BACHELOR)
            return true;
    return false;
}

static bool wants_substitution(const struct session *s)
{
    for (guint i = 0; i < item_count(s); i++)
        if (item_wants_substitution(s, item_at(s, i)))
            return true;
    return false;
}

/* For every major that wants one. */
static bool substitution_done(const struct session *s)
{
    for (guint i = 0; i < item_count(s); i++)
        if (item_wants_substitution(s, item_at(s, i)) && !item_substitution_done(s, item_at(s, i)))
            return false;
    return item_count(s) > 0;
}

static bool has_substitution(const struct session *s)
{
    for (guint i = 0; i < item_count(s); i++)
        if (item_substitution(s, item_at(s, i))->len > 0)
            return true;
    return false;
}

static bool judged(const struct session *s)
{
    return source_judged(s) != NULL;
}

/* Of the major that the prejudge page shows. */
static bool judged_met(const struct session *s)
{
    return judged(s) && source_judged(s)->verdict == VERDICT_MET;
}

static bool plan_here(const struct session *s)
{
    return source_plan(s) != NULL;
}

static bool plan_groups(const struct session *s)
{
    const struct plan *plan = source_plan(s);
    for (guint i = 0; plan && i < plan->courses->len; i++)
        if (((struct plan_course *)g_ptr_array_index(plan->courses, i))->group)
            return true;
    return false;
}

/* With what the application gives for English and adds, some plan is not met. */
static bool applied_short(const struct session *s)
{
    g_autofree char *why = judge_shortfall(s);
    return why != NULL;
}

/* The same for the courses that are ticked, once they are enough (domain.md 2.7). */
static bool ticked_short(const struct session *s)
{
    int64_t courses = 0;
    if (source_credits(s, &courses) < SUBSTITUTION_MIN_CREDITS)
        return false;
    struct eligibility *ticked = judge_ticked(s);
    bool lacking = ticked && ticked->verdict == VERDICT_NOT_MET;
    record_free(&eligibility_record, ticked);
    return lacking;
}

/* ---------------------------------------------------------------- added courses */

static bool has_added(const struct session *s)
{
    return added_count(s) > 0;
}

static bool has_archive(const struct session *s)
{
    return s->application && s->application->archive;
}

/* From the first course on the archive is compulsory (R12). */
static bool added_complete(const struct session *s)
{
    return has_added(s) && has_archive(s);
}

static bool added_asked(const struct session *s)
{
    return *answer(s, "seen.added_ask") != '\0';
}

static bool course_unknown(const struct session *s)
{
    return added_known(s) == COURSE_UNKNOWN;
}

/* ---------------------------------------------------------------- prior degree */

static bool needs_prior_degree(const struct session *s)
{
    return bachelor(s) && degree_of(s) != PRIOR_NOT_REQUIRED;
}

/* ---------------------------------------------------------------- photo and files */

/* Before the submission only where the platform wants the photo first (d2). */
static bool photo_open(const struct session *s)
{
    return s->application && (application_allows(s->application, EVENT_PUT_PHOTO) ||
                              application_allows(s->application, EVENT_PHOTO_MANUAL));
}

static bool photo_tries(const struct session *s)
{
    return s->application && s->application->photo && s->application->photo->tries_left > 0;
}

static bool degree_tries(const struct session *s)
{
    return s->application && s->application->prior_degree && s->application->prior_degree->tries_left > 0;
}

static bool have_files(const struct session *s)
{
    return s->files && s->files->files->len > 0;
}

static bool listing_files(const struct session *s)
{
    return s->helper_ticket != 0;
}

/* ---------------------------------------------------------------- review and payment */

static bool second_round(const struct session *s)
{
    return s->application && s->application->round > 1;
}

static bool order_live(const struct session *s)
{
    const struct order *order = s->application ? s->application->order : NULL;
    return order && (order->state == ORDER_CREATED || order->state == ORDER_PAYING);
}

/* An order just made is here before the snapshot that no longer allows another. */
static bool payable(const struct session *s)
{
    return s->application && application_allows(s->application, EVENT_CREATE_ORDER) && !order_live(s);
}

static bool order_over(const struct session *s)
{
    const struct order *order = s->application ? s->application->order : NULL;
    return order && (order->state == ORDER_EXPIRED || order->state == ORDER_CLOSED);
}

static bool approved(const struct session *s)
{
    return state_of(s) == STATE_SYSTEM_APPROVED || state_of(s) == STATE_COUNTY_APPROVED;
}

/* Somebody looks at the application or the photo. */
static bool waiting_review(const struct session *s)
{
    const guint32 reviewed = IN(STATE_SUBMITTED) | IN(STATE_SYSTEM_CHECKING) | IN(STATE_COUNTY_PENDING);
    const guint32 looked_at = IN(PHOTO_CHECKING) | IN(PHOTO_MANUAL_REQUESTED);
    return IN(state_of(s)) & reviewed || (approved(s) && IN(photo_of(s)) & looked_at);
}

/* Nothing is missing but the time. */
static bool pay_closed(const struct session *s)
{
    return approved(s) && photo_ok(s->application->photo) && !payable(s) && !order_live(s);
}

static bool order_paid(const struct session *s)
{
    const struct order *order = s->application ? s->application->order : NULL;
    return order && order->paid_at > 0;
}

static bool receipt_here(const struct session *s)
{
    return s->receipt != NULL;
}

/* R33. The platform's word counts; by this terminal's clock it is asked no earlier than is of use. */
static bool receipt_due(const struct session *s)
{
    if (!order_paid(s))
        return false;
    const struct order *order = s->application->order;
    return order->state == ORDER_RECEIPT_ISSUED || s->time >= order->paid_at + policy_default.receipt_after_min * 60;
}

/* ---------------------------------------------------------------- the form and its paper */

static bool form_saved(const struct session *s)
{
    return s->application && s->application->registration_form;
}

static bool printed(const struct session *s)
{
    for (guint i = 0; form_saved(s) && i < s->application->prints->len; i++) {
        const struct print_record *print = g_ptr_array_index(s->application->prints, i);
        if (print->outcome == PRINT_IN_HAND && print->form_version == s->application->registration_form->version)
            return true;
    }
    return false;
}

/* Saved once, or no fault on this page of the form. */
static bool form_part_ok(const struct session *s, const char *screen_name)
{
    const struct form_screen *screen = forms_screen(s->forms, screen_name);
    return form_saved(s) || (screen && check_part(s, screen));
}

static bool person_ok(const struct session *s)
{
    return form_part_ok(s, "person");
}

static bool resume_ok(const struct session *s)
{
    return form_part_ok(s, "resume");
}

/* What may stay empty must have been seen. */
static bool family_ok(const struct session *s)
{
    return form_part_ok(s, "family") && (form_saved(s) || *answer(s, "seen.family"));
}

static bool awards_ok(const struct session *s)
{
    return form_part_ok(s, "awards") && (form_saved(s) || *answer(s, "seen.awards"));
}

static bool print_open(const struct session *s)
{
    return form_saved(s) && application_allows(s->application, EVENT_RECORD_PRINT);
}

static bool print_failed(const struct session *s)
{
    return s->print.stage == PRINT_FAILED;
}

/* Nothing has reached the printer yet. */
static bool print_stoppable(const struct session *s)
{
    return s->print.stage == PRINT_FETCHING || s->print.stage == PRINT_DRAWING;
}

static bool print_unknown(const struct session *s)
{
    return s->print.unknown;
}

/* ---------------------------------------------------------------- the table */

/* All that stands in a row must hold. */
struct guard {
    const char *word;
    bool (*fn)(const struct session *session);
    guint32 states, degrees, photos; /* bit sets; 0 = any */
    int allows;                      /* an event the platform allows now, counted from 1 */
};

#define WHEN(word_, fn_)                                                                                               \
    {                                                                                                                  \
        .word = (word_), .fn = (fn_)                                                                                   \
    }
#define WHILE(word_, states_)                                                                                          \
    {                                                                                                                  \
        .word = (word_), .states = (states_)                                                                           \
    }
#define DEGREE(word_, degrees_)                                                                                        \
    {                                                                                                                  \
        .word = (word_), .degrees = (degrees_)                                                                         \
    }
#define PHOTO(word_, photos_)                                                                                          \
    {                                                                                                                  \
        .word = (word_), .photos = (photos_)                                                                           \
    }
#define ALLOWED(word_, event_)                                                                                         \
    {                                                                                                                  \
        .word = (word_), .allows = (event_) + 1                                                                        \
    }
#define UP_TO(state)    (IN((state) + 1) - 1)
#define SUBMITTED       (UP_TO(STATES - 1) & ~UP_TO(STATE_DRAFT))
#define PAID            (UP_TO(STATE_CERTIFICATE_COLLECTED) & ~UP_TO(STATE_PAID - 1))
#define HANDED_IN       (PAID & ~UP_TO(STATE_HANDED_IN - 1))
#define DEGREE_VERIFIED (IN(PRIOR_VERIFIED) | IN(PRIOR_MANUAL_VERIFIED))
#define DEGREE_FAILED   (IN(PRIOR_MISMATCH) | IN(PRIOR_NOT_FOUND) | IN(PRIOR_MANUAL_REFUSED))
#define PHOTO_FAILED    (IN(PHOTO_REJECTED) | IN(PHOTO_MANUAL_REJECTED))
#define ANY_PHOTO       UP_TO(PHOTO_MANUAL_REJECTED)

static const struct guard guards[] = {
    WHEN("offline", offline),
    WHEN("may_quit", may_quit),
    WHEN("batch_known", batch_known),
    WHEN("under_way", under_way),
    WHEN("no_majors", no_majors),
    WHEN("several_majors", several_majors),
    ALLOWED("may_start", EVENT_START),
    WHILE("draft", IN(STATE_DRAFT)),
    WHILE("submitted", SUBMITTED),
    WHEN("majors_chosen", majors_chosen),
    WHEN("several_items", several_items),
    WHEN("bachelor", bachelor),
    WHEN("judged", judged),
    WHEN("judged_met", judged_met),
    WHEN("plan_here", plan_here),
    WHEN("plan_groups", plan_groups),
    WHEN("has_substitution", has_substitution),
    WHEN("wants_substitution", wants_substitution),
    WHEN("substitution_done", substitution_done),
    WHEN("applied_short", applied_short),
    WHEN("ticked_short", ticked_short),
    WHEN("has_added", has_added),
    WHEN("has_archive", has_archive),
    WHEN("added_complete", added_complete),
    WHEN("added_asked", added_asked),
    WHEN("course_unknown", course_unknown),
    WHEN("needs_prior_degree", needs_prior_degree),
    DEGREE("prior_verified", DEGREE_VERIFIED),
    DEGREE("prior_settled", DEGREE_VERIFIED | IN(PRIOR_MANUAL_PENDING)),
    DEGREE("prior_failed", DEGREE_FAILED),
    DEGREE("prior_refused", IN(PRIOR_MANUAL_REFUSED)),
    DEGREE("prior_expired", IN(PRIOR_EXPIRED)), /* or the person said no on the phone */
    DEGREE("prior_at_county", IN(PRIOR_MANUAL_PENDING)),
    DEGREE("prior_checking", IN(PRIOR_WAITING)),
    DEGREE("prior_waiting", IN(PRIOR_NOT_REQUIRED) | IN(PRIOR_NONE) | IN(PRIOR_QR_SHOWN)),
    DEGREE("prior_code_wanted", IN(PRIOR_NONE) | IN(PRIOR_QR_SHOWN) | IN(PRIOR_EXPIRED)),
    WHEN("degree_tries", degree_tries),
    ALLOWED("may_degree", EVENT_PRIOR_DEGREE),
    ALLOWED("may_degree_manual", EVENT_PRIOR_DEGREE_MANUAL),
    PHOTO("photo_given", ANY_PHOTO & ~(PHOTO_FAILED | IN(PHOTO_NONE))),
    PHOTO("photo_rejected", PHOTO_FAILED),
    PHOTO("photo_at_county", IN(PHOTO_MANUAL_REQUESTED)),
    PHOTO("photo_looked_at", IN(PHOTO_CHECKING) | IN(PHOTO_MANUAL_REQUESTED)),
    ALLOWED("photo_wanted", EVENT_PUT_PHOTO),
    ALLOWED("may_photo_manual", EVENT_PHOTO_MANUAL),
    WHEN("photo_open", photo_open),
    WHEN("photo_tries", photo_tries),
    WHEN("have_files", have_files),
    WHEN("listing_files", listing_files),
    WHILE("rejected", IN(STATE_COUNTY_REJECTED)),
    ALLOWED("may_reapply", EVENT_REAPPLY),
    WHEN("second_round", second_round),
    WHEN("waiting_review", waiting_review),
    WHEN("payable", payable),
    WHEN("pay_closed", pay_closed),
    WHEN("order_live", order_live),
    WHEN("order_over", order_over),
    WHILE("paid", PAID),
    WHEN("order_paid", order_paid),
    WHEN("receipt_here", receipt_here),
    WHEN("receipt_due", receipt_due),
    WHILE("handed_in", HANDED_IN),
    WHILE("papers_here", IN(STATE_HANDED_IN)),
    WHILE("joint_review", IN(STATE_JOINT_REVIEW)),
    WHILE("joint_rejected", IN(STATE_JOINT_REJECTED)),
    WHILE("graduated", IN(STATE_GRADUATED)),
    WHILE("certificate_ready", IN(STATE_CERTIFICATE_READY)),
    WHILE("collected", IN(STATE_CERTIFICATE_COLLECTED)),
    WHILE("lapsed", IN(STATE_LAPSED)),
    ALLOWED("form_open", EVENT_SAVE_FORM),
    WHEN("form_saved", form_saved),
    WHEN("person_ok", person_ok),
    WHEN("resume_ok", resume_ok),
    WHEN("family_ok", family_ok),
    WHEN("awards_ok", awards_ok),
    WHEN("print_open", print_open),
    WHEN("printed", printed),
    WHEN("print_failed", print_failed),
    WHEN("print_stoppable", print_stoppable),
    WHEN("print_unknown", print_unknown),
};

const struct guard *guard_find(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(guards); i++)
        if (strcmp(guards[i].word, word) == 0)
            return &guards[i];
    return NULL;
}

bool guard_is_of_state(const struct guard *guard)
{
    return guard->states || guard->degrees || guard->photos;
}

static bool is_in(guint32 set, int state)
{
    return set == 0 || set & IN(state);
}

bool guard_fits_state(const struct guard *guard, const int state[GUARD_SIDES])
{
    return is_in(guard->states, state[0]) && is_in(guard->degrees, state[1]) && is_in(guard->photos, state[2]);
}

static bool is_allowed(const struct session *session, const struct guard *guard)
{
    return guard->allows == 0 ||
           (session->application &&
            application_allows(session->application, (enum application_event)(guard->allows - 1)));
}

static bool holds(const struct session *session, const struct guard *guard)
{
    return is_in(guard->states, (int)state_of(session)) && is_in(guard->degrees, degree_of(session)) &&
           is_in(guard->photos, photo_of(session)) && is_allowed(session, guard) && (!guard->fn || guard->fn(session));
}

bool guard_holds(const struct session *session, const char *words)
{
    if (!words)
        return true;
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    for (char **word = list; *word; word++) {
        bool negate = **word == '!';
        const struct guard *guard = guard_find(*word + negate);
        g_assert(guard); /* forms_check() has seen every word */
        if (holds(session, guard) == negate)
            return false;
    }
    return true;
}
