/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts.h"

struct application_facts facts_good(void)
{
    return (struct application_facts){
        .round = 1,
        .items = 1,
        .county_chosen = true,
        .prior_degree = PRIOR_NOT_REQUIRED,
        .photo = PHOTO_ACCEPTED,
        .substitution_complete = true,
        .apply_open = true,
        .pay_open = true,
        .handin_open = true,
    };
}

struct application_facts facts_bachelor(enum prior_degree_state prior)
{
    struct application_facts facts = facts_good();
    facts.bachelor = true;
    facts.prior_degree = prior;
    return facts;
}

enum actor facts_actor(enum application_event event)
{
    for (size_t i = 0; i < application_transition_count; i++)
        if (application_transitions[i].event == event)
            return application_transitions[i].actor;
    fail_msg("no row for event %d", event);
    return ACTOR_SYSTEM;
}

const char *facts_may(enum application_event event, enum application_state state, const struct application_facts *facts)
{
    return application_may(event, state, facts_actor(event), facts, NULL);
}

struct application_facts facts_willing(enum application_event event)
{
    struct application_facts facts = facts_good();
    if (event == EVENT_SET_SUBSTITUTION || event == EVENT_PRIOR_DEGREE)
        facts = facts_bachelor(PRIOR_NONE);
    if (event == EVENT_PRIOR_DEGREE_MANUAL)
        facts = facts_bachelor(PRIOR_MISMATCH);
    if (event == EVENT_PRIOR_DEGREE_DECIDE)
        facts = facts_bachelor(PRIOR_MANUAL_PENDING);
    if (event == EVENT_PUT_PHOTO || event == EVENT_PHOTO_PHONE || event == EVENT_PHOTO_MANUAL)
        facts.photo = PHOTO_NONE;
    if (event == EVENT_PHOTO_DECIDE)
        facts.photo = PHOTO_MANUAL_REQUESTED;
    facts.receipt_due = event == EVENT_RECEIPT;
    if (event == EVENT_LAPSE)
        facts.apply_over = facts.pay_over = facts.handin_over = true;
    return facts;
}
