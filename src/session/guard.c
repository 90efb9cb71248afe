/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named conditions of forms/: one table, each a question about the snapshot and what has been typed. */
#include "session/state.h"

#include <string.h>

static enum application_state state_of(const struct session *s)
{
    return s->application ? (enum application_state)s->application->state : STATE_NONE;
}

static bool offline(const struct session *s)
{
    return s->offline;
}

static bool may_quit(const struct session *s)
{
    return s->options.may_quit;
}

static bool may_start(const struct session *s)
{
    return s->application && application_allows(s->application, EVENT_START);
}

static bool batch_known(const struct session *s)
{
    return s->application && s->application->window;
}

static bool under_way(const struct session *s)
{
    return state_of(s) != STATE_NONE;
}

static bool is_draft(const struct session *s)
{
    return state_of(s) == STATE_DRAFT;
}

static bool submitted(const struct session *s)
{
    return state_of(s) >= STATE_SUBMITTED;
}

static bool majors_chosen(const struct session *s)
{
    return s->application && s->application->items->len > 0 && s->application->county;
}

static bool bachelor(const struct session *s)
{
    for (guint i = 0; s->application && i < s->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(s->application->items, i);
        if (item->level == LEVEL_BACHELOR)
            return true;
    }
    return false;
}

/* English stands in the plan, is not passed, and something could replace it (domain.md 2.7). */
static bool wants_substitution(const struct session *s)
{
    const struct eligibility *judged = source_eligibility(s);
    for (guint i = 0; judged && i < judged->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(judged->courses, i);
        if (course->state == COURSE_TO_SUBSTITUTE || course->state == COURSE_SUBSTITUTED)
            return bachelor(s);
    }
    return s->application && s->application->english_substitution->len > 0;
}

static bool substitution_done(const struct session *s)
{
    return s->application && (s->application->english_substitution->len > 0 || *answer(s, "substitution.skipped"));
}

static int prior_state(const struct session *s)
{
    return s->application && s->application->prior_degree ? s->application->prior_degree->state : PRIOR_NONE;
}

static bool needs_prior_degree(const struct session *s)
{
    return bachelor(s) && prior_state(s) != PRIOR_NOT_REQUIRED;
}

static bool prior_verified(const struct session *s)
{
    return prior_state(s) == PRIOR_VERIFIED || prior_state(s) == PRIOR_MANUAL_VERIFIED;
}

static bool prior_settled(const struct session *s)
{
    return prior_verified(s) || prior_state(s) == PRIOR_MANUAL_PENDING;
}

static bool prior_failed(const struct session *s)
{
    int state = prior_state(s);
    return state == PRIOR_MISMATCH || state == PRIOR_NOT_FOUND || state == PRIOR_MANUAL_REFUSED;
}

/* The code ran out or the person said no on the phone: a new one may be asked for. */
static bool prior_expired(const struct session *s)
{
    return prior_state(s) == PRIOR_EXPIRED;
}

static bool prior_waiting(const struct session *s)
{
    return !prior_settled(s) && !prior_failed(s) && !prior_expired(s);
}

static int photo_of(const struct session *s)
{
    return s->application && s->application->photo ? s->application->photo->state : PHOTO_NONE;
}

static bool photo_given(const struct session *s)
{
    int state = photo_of(s);
    return state != PHOTO_NONE && state != PHOTO_REJECTED && state != PHOTO_MANUAL_REJECTED;
}

static bool photo_rejected(const struct session *s)
{
    return photo_of(s) == PHOTO_REJECTED || photo_of(s) == PHOTO_MANUAL_REJECTED;
}

static bool photo_accepted(const struct session *s)
{
    return s->application && s->application->photo && photo_ok(s->application->photo);
}

static bool photo_wanted(const struct session *s)
{
    return s->application && application_allows(s->application, EVENT_PUT_PHOTO);
}

static bool have_files(const struct session *s)
{
    return s->files && s->files->files->len > 0;
}

static bool listing_files(const struct session *s)
{
    return s->helper_ticket != 0;
}

static bool rejected(const struct session *s)
{
    return state_of(s) == STATE_COUNTY_REJECTED;
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

static bool paid(const struct session *s)
{
    return state_of(s) >= STATE_PAID && state_of(s) != STATE_LAPSED;
}

static bool handed_in(const struct session *s)
{
    return paid(s) && state_of(s) >= STATE_HANDED_IN;
}

static bool lapsed(const struct session *s)
{
    return state_of(s) == STATE_LAPSED;
}

static bool approved(const struct session *s)
{
    return state_of(s) == STATE_SYSTEM_APPROVED || state_of(s) == STATE_COUNTY_APPROVED;
}

/* Somebody looks at the application or the photo. */
static bool waiting_review(const struct session *s)
{
    enum application_state state = state_of(s);
    bool photo_waits = photo_of(s) == PHOTO_CHECKING || photo_of(s) == PHOTO_MANUAL_REQUESTED;
    return state == STATE_SUBMITTED || state == STATE_SYSTEM_CHECKING || state == STATE_COUNTY_PENDING ||
           (approved(s) && photo_waits);
}

/* Nothing is missing but the time. */
static bool pay_closed(const struct session *s)
{
    return approved(s) && photo_accepted(s) && !payable(s) && !order_live(s);
}

static bool form_saved(const struct session *s)
{
    return s->application && s->application->registration_form;
}

static bool form_open(const struct session *s)
{
    return s->application && application_allows(s->application, EVENT_SAVE_FORM);
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

static bool no_majors(const struct session *s)
{
    return s->me && s->me->majors->len == 0;
}

static bool several_majors(const struct session *s)
{
    return s->me && s->me->majors->len > 1;
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

/* Frees `judged`; nothing is short as long as nobody can tell. */
static bool is_short(struct eligibility *judged)
{
    bool lacking = judged && judged->verdict == VERDICT_NOT_MET;
    record_free(&eligibility_record, judged);
    return lacking;
}

/* With the courses the application gives for English the plan is not met. */
static bool applied_short(const struct session *s)
{
    return is_short(judge_applied(s));
}

/* The same for those that are ticked, once they are enough (domain.md 2.7). */
static bool ticked_short(const struct session *s)
{
    int64_t courses = 0;
    return source_credits(s, &courses) >= SUBSTITUTION_MIN_CREDITS && is_short(judge_ticked(s));
}

static bool has_substitution(const struct session *s)
{
    return s->application && s->application->english_substitution->len > 0;
}

static const struct {
    const char *word;
    guard_fn fn;
} guards[] = {
    {"may_start", may_start},
    {"may_quit", may_quit},
    {"bachelor", bachelor},
    {"batch_known", batch_known},
    {"under_way", under_way},
    {"draft", is_draft},
    {"submitted", submitted},
    {"majors_chosen", majors_chosen},
    {"no_majors", no_majors},
    {"several_majors", several_majors},
    {"judged", judged},
    {"judged_met", judged_met},
    {"has_substitution", has_substitution},
    {"applied_short", applied_short},
    {"ticked_short", ticked_short},
    {"wants_substitution", wants_substitution},
    {"substitution_done", substitution_done},
    {"needs_prior_degree", needs_prior_degree},
    {"prior_verified", prior_verified},
    {"prior_settled", prior_settled},
    {"prior_failed", prior_failed},
    {"prior_expired", prior_expired},
    {"prior_waiting", prior_waiting},
    {"photo_given", photo_given},
    {"photo_rejected", photo_rejected},
    {"photo_wanted", photo_wanted},
    {"have_files", have_files},
    {"listing_files", listing_files},
    {"rejected", rejected},
    {"waiting_review", waiting_review},
    {"payable", payable},
    {"pay_closed", pay_closed},
    {"order_live", order_live},
    {"order_over", order_over},
    {"paid", paid},
    {"handed_in", handed_in},
    {"lapsed", lapsed},
    {"form_open", form_open},
    {"form_saved", form_saved},
    {"person_ok", person_ok},
    {"resume_ok", resume_ok},
    {"family_ok", family_ok},
    {"awards_ok", awards_ok},
    {"print_open", print_open},
    {"printed", printed},
    {"print_failed", print_failed},
    {"print_stoppable", print_stoppable},
    {"print_unknown", print_unknown},
    {"offline", offline},
};

guard_fn guard_find(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(guards); i++)
        if (strcmp(guards[i].word, word) == 0)
            return guards[i].fn;
    return NULL;
}

bool guard_holds(const struct session *session, const char *words)
{
    if (!words)
        return true;
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    for (char **word = list; *word; word++) {
        bool negate = **word == '!';
        guard_fn fn = guard_find(*word + negate);
        g_assert(fn); /* forms_check() has seen every word */
        if (fn(session) == negate)
            return false;
    }
    return true;
}
