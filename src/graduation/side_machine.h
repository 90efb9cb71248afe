/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The three small machines beside the main axis of an application: photo, prior degree, order. domain.md 1.5, 3.4, 8.
 *
 * Each is one table of steps. The guards of application.c ask them what may happen, platformd which state comes next, the tests
 * walk them whole. Blocks: never.
 */
#pragma once

#include "base/record.h"

enum photo_event {
    PHOTO_UPLOADED,        /* e10 */
    PHOTO_PASSED,          /* e11 */
    PHOTO_FAILED,          /* e12 */
    PHOTO_TO_COUNTY,       /* e13 */
    PHOTO_COUNTY_ACCEPTED, /* e14 */
    PHOTO_COUNTY_REJECTED, /* e14 */
    PHOTO_EVENTS
};

enum prior_degree_event {
    DEGREE_CODE_SHOWN, /* D1 → D2; anew after every answer but the good ones */
    DEGREE_AUTHORISED, /* D2 → D3: the person agreed, the register is being asked */
    DEGREE_FITS,
    DEGREE_DIFFERS,
    DEGREE_NOT_THERE,
    DEGREE_RAN_OUT, /* or the person refused, or the register does not answer */
    DEGREE_TO_COUNTY,
    DEGREE_COUNTY_VERIFIED,
    DEGREE_COUNTY_REFUSED,
    DEGREE_EVENTS
};

enum order_event {
    ORDER_MADE,      /* e20 */
    ORDER_SHOWN,     /* e21 */
    ORDER_SETTLED,   /* e22 */
    ORDER_RAN_OUT,   /* its time is over */
    ORDER_GIVEN_UP,  /* cancelled by the person */
    ORDER_RECEIPTED, /* e23 */
    ORDER_EVENTS
};

struct side_step {
    int event;
    guint32 from; /* bit set of states */
    int next;
    const char *rule; /* "e10, R19" */
};

struct side_machine {
    const char *name;
    const char *const *states; /* words, NULL-terminated */
    int events;
    const struct side_step *steps;
    size_t n_steps;
};
extern const struct side_machine photo_machine, prior_degree_machine, order_machine;

/* The state after `event`, or -1 when it cannot happen in `state`. */
int side_machine_next(const struct side_machine *machine, int event, int state);
