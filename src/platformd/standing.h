/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a candidate stands: their application of the batch, its parts, and the facts that the transition table of graduation/
 * looks at. Every call, page and timer that changes an application reads a standing, asks application_may() through
 * standing_move(), and writes in the same transaction.
 *
 * Owns: its texts. Blocks: local disk.
 */
#pragma once

#include "graduation/application.h"
#include "platformd/audit.h"

/* One major of an application, with what its plan says. */
struct standing_item {
    char *major, *version, *name, *school;
    int level;
    bool requires_prior_degree;
    int state;         /* its own, as it is stored: see standing_item_state() */
    char *note;        /* why it was rejected */
    bool needs_county; /* judged while the system reviews: something of this row a human must look at */
};

struct standing {
    char *exam_no;
    int64_t id; /* of the application; 0 = none in this batch */
    int64_t round;
    int state;
    char *county, *reason, *archive;
    char *batch_name;
    struct batch *batch; /* NULL when nothing was imported */
    GPtrArray *items;    /* struct standing_item */
    struct photo *photo;
    struct prior_degree *prior_degree; /* never NULL */
    struct application_facts facts;
    struct audit_line audit; /* what standing_move() writes beside the event; its texts are borrowed */
};

/* The candidate's current application, or their place before it. Never NULL. */
struct standing *standing_of_candidate(struct platform *platform, const char *exam_no);
/* Of one that exists. What cannot be read stands nowhere, so that nothing may be done with it. Never NULL. */
struct standing *standing_of_application(struct platform *platform, int64_t id);
void standing_free(struct standing *standing);
typedef struct standing standing_auto; /* only for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(standing_auto, standing_free)

/* NULL = allowed; else the message key. */
const char *standing_may(const struct standing *standing, enum application_event event, enum actor actor);
/* The same, and takes the step: state in the database and here, candidate touched, a line in the audit. */
const char *standing_move(struct platform *platform, struct standing *standing, enum application_event event,
                          enum actor actor);
/* Rows have a state of their own while they are reviewed and decided; before and after that it is the whole's (R25). */
enum application_state standing_item_state(const struct standing *standing, const struct standing_item *item);
/* True when the county still has to say something about this row. */
bool standing_item_open(const struct standing *standing, const struct standing_item *item);
/* Writes the state and note of one row, here and in the database. */
void standing_set_item(struct platform *platform, struct standing *standing, struct standing_item *item,
                       enum application_state state, const char *note);
/* "太原市小店区" of the chosen county; newly allocated. */
char *standing_county_name(const struct platform *platform, const struct standing *standing);
/* The codes given for English, of one major or (NULL) of all; char *. */
GPtrArray *standing_substitution(struct platform *platform, int64_t application, const char *major);
