/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named conditions of forms/: one table, each a question about the snapshot and what has been typed. */
#include "session/state.h"

#include <string.h>

static enum application_state state_of(const struct session *s)
{
    return s->application ? (enum application_state)s->application->state : STATE_NONE;
}

static bool logged_in(const struct session *s)
{
    return s->loaded;
}

static bool never(const struct session *s)
{
    (void)s;
    return false;
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

static bool majors_ticked(const struct session *s)
{
    g_autoptr(GPtrArray) chosen = answers_chosen(s, "major");
    return majors_chosen(s) || chosen->len > 0;
}

static bool city_picked(const struct session *s)
{
    return majors_chosen(s) || *answer(s, "city");
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
    return state == PRIOR_MISMATCH || state == PRIOR_NOT_FOUND || state == PRIOR_EXPIRED ||
           state == PRIOR_MANUAL_REFUSED;
}

static bool prior_waiting(const struct session *s)
{
    return !prior_settled(s) && !prior_failed(s);
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

static bool payable(const struct session *s)
{
    return s->application && application_allows(s->application, EVENT_CREATE_ORDER);
}

static bool order_live(const struct session *s)
{
    const struct order *order = s->application ? s->application->order : NULL;
    return order && (order->state == ORDER_CREATED || order->state == ORDER_PAYING);
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

static bool waiting_review(const struct session *s)
{
    return submitted(s) && !paid(s) && !payable(s) && !order_live(s) && !rejected(s) && state_of(s) != STATE_LAPSED;
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

/* No fault in the fields that a screen of the form shows. */
static bool form_part_ok(const struct session *s, const char *screen_name)
{
    if (form_saved(s))
        return true;
    const struct form_screen *screen = forms_screen(s->forms, screen_name);
    g_autoptr(GHashTable) faults = answers_form_faults(s);
    for (guint i = 0; screen && i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        if (g_hash_table_contains(faults, field->key))
            return false;
    }
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, faults);
    while (screen && screen->prefix && g_hash_table_iter_next(&iter, &key, NULL))
        if (g_str_has_prefix(key, screen->prefix))
            return false;
    return true;
}

static bool person_ok(const struct session *s)
{
    return form_part_ok(s, "person");
}

static bool resume_ok(const struct session *s)
{
    return form_part_ok(s, "resume");
}

static bool family_ok(const struct session *s)
{
    return form_saved(s) || *answer(s, "seen.family");
}

static bool print_failed(const struct session *s)
{
    return s->print.stage == PRINT_FAILED;
}

static bool print_unknown(const struct session *s)
{
    return s->print.unknown;
}

static bool can_back(const struct session *s)
{
    return flow_can_back(s);
}

static bool several_majors(const struct session *s)
{
    return s->me && s->me->majors->len > 1;
}

/* Of the major that the prejudge page shows. */
static bool judged_met(const struct session *s)
{
    const struct eligibility *judged = source_judged(s);
    return judged && judged->verdict == VERDICT_MET;
}

static bool has_substitution(const struct session *s)
{
    return s->application && s->application->english_substitution->len > 0;
}

static bool awards_ok(const struct session *s)
{
    return form_saved(s) || *answer(s, "seen.awards");
}

static const struct {
    const char *word;
    guard_fn fn;
} guards[] = {
    {"logged_in", logged_in},
    {"never", never},
    {"offline", offline},
    {"may_start", may_start},
    {"may_quit", may_quit},
    {"under_way", under_way},
    {"draft", is_draft},
    {"submitted", submitted},
    {"majors_chosen", majors_chosen},
    {"majors_ticked", majors_ticked},
    {"city_picked", city_picked},
    {"several_majors", several_majors},
    {"bachelor", bachelor},
    {"judged_met", judged_met},
    {"has_substitution", has_substitution},
    {"wants_substitution", wants_substitution},
    {"substitution_done", substitution_done},
    {"needs_prior_degree", needs_prior_degree},
    {"prior_verified", prior_verified},
    {"prior_settled", prior_settled},
    {"prior_failed", prior_failed},
    {"prior_waiting", prior_waiting},
    {"photo_given", photo_given},
    {"photo_rejected", photo_rejected},
    {"photo_accepted", photo_accepted},
    {"photo_wanted", photo_wanted},
    {"have_files", have_files},
    {"listing_files", listing_files},
    {"rejected", rejected},
    {"waiting_review", waiting_review},
    {"payable", payable},
    {"order_live", order_live},
    {"order_over", order_over},
    {"paid", paid},
    {"form_open", form_open},
    {"form_saved", form_saved},
    {"person_ok", person_ok},
    {"resume_ok", resume_ok},
    {"family_ok", family_ok},
    {"awards_ok", awards_ok},
    {"printed", printed},
    {"print_failed", print_failed},
    {"print_unknown", print_unknown},
    {"can_back", can_back},
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
        if (!fn || fn(session) == negate)
            return false;
    }
    return true;
}
