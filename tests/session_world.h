/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A platform for sessions of session_rig.h: one candidate, the truth about their application, and answers to the calls as
 * the real one gives them (versions, idempotency keys, `allowed` from the transition table).
 *
 *     struct world *world = world_new(rig, LEVEL_BACHELOR);
 *     world_login(world);            … to the home page
 *     world->application->photo->state = PHOTO_ACCEPTED;
 *     world_push(world);             … the long poll wakes
 *
 * Owns: the truth. The rig is the test's.
 */
#pragma once

#include "session_rig.h"

struct world {
    struct srig *rig;
    struct candidate *candidate;
    struct application *application; /* changed freely; world_push() and answers give it a new version */
    struct eligibility *eligibility; /* prejudge of the first major */
    struct plan *plan;               /* its plan: 03708 compulsory, two electives, English for 本科; 9 credits */
    GPtrArray *more;                 /* struct eligibility and struct plan in turn: of further majors; NULL = none */
    struct api_draft *draft;         /* as saved, NULL = none */
    struct policy policy;
    bool apply_closed, pay_closed;
    int degree_failures, photo_failures;
    bool away;                                    /* every call ends UNREACHABLE */
    int submitted, orders, reapplied, registered; /* how often these happened, once for each key */
    GHashTable *answered;                         /* key → "": requests that have had their effect */
};

/* 专科: 行政管理 690206, all passed; 本科: 行政管理 120402 with English to substitute (domain.md 4.6). */
struct world *world_new(struct srig *rig, enum plan_level level);
void world_free(struct world *world);

/* Answers what is open until nothing is but the long poll. */
void world_serve(struct world *world);
/* Answers one call only; the rest stays open. */
void world_serve_one(struct world *world, enum api_call call);
/* The truth has changed: a newer snapshot for who waits for it. */
void world_push(struct world *world);
/* From the start page to what comes after the login. */
void world_login(struct world *world);

/* Sets the truth to this state as the way there leaves it: items, county, photo, order, form … */
void world_set_state(struct world *world, enum application_state state);
/* Fills the form's pages of the session with what passes every check, from `person` to `evaluation`. */
void world_fill_person(struct srig *rig);
void world_fill_resume(struct srig *rig);
/* A second major for a person of 本科: 法学 030101K, English to substitute too. */
void world_add_law(struct world *world);
/* A course of the application, as it stands in the snapshot. */
void world_add_course(struct world *world, const char *code);
/* A long text of `n` characters that count; newly allocated. */
char *world_text(int n);
