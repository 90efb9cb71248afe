/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about an application for tests of its transition table. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/application.h"

/* A 专科 application with which nothing is wrong, all windows open. */
struct application_facts facts_good(void);
/* The same of a 本科 applicant. */
struct application_facts facts_bachelor(enum prior_degree_state prior);
/* Facts under which this event's own guards hold. */
struct application_facts facts_willing(enum application_event event);
enum actor facts_actor(enum application_event event);
/* application_may() by whoever may. */
const char *facts_may(enum application_event event, enum application_state state,
                      const struct application_facts *facts);

/* With willing facts and one `change` to them, the event is refused with this key; NULL = it is not. */
#define REFUSES(key, event, state, change)                                                                             \
    do {                                                                                                               \
        struct application_facts facts = facts_willing(event);                                                         \
        change;                                                                                                        \
        const char *refused = facts_may(event, state, &facts);                                                         \
        if (g_strcmp0(refused, key) != 0)                                                                              \
            fail_msg("%s: %s instead of %s", #change, refused, (const char *)(key));                                   \
    } while (0)
