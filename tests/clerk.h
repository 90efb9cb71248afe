/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Staff who speak HTTP to the platform of a desk: the guests of the other side.
 *
 *     struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
 *     clerk_find(clerk, "010124100009");
 *     clerk_decide(clerk, "reviews", "reject", "合格证不清晰", NULL, 200);
 *     clerk_free(clerk);
 *
 * A clerk sends the token, a fresh Idempotency-Key and the version of the review they have open.
 */
#pragma once

#include "desk.h"
#include "wire/api.h"

/* Of the demo people. 太原市小店区, 阳泉市城区; the province. */
#define CLERK_COUNTY   "140105001"
#define CLERK_OTHER    "140302001"
#define CLERK_PROVINCE "140000001"

struct clerk {
    struct desk *desk;
    char *token;
    guint keys;
    struct api_review *now; /* the review that is open */
};
struct clerk *clerk_new(struct desk *desk, const char *staff_no);
void clerk_free(struct clerk *clerk);
struct reply *clerk_login(const struct desk *desk, const char *staff_no, const char *password);

/* One call; a review among the answers is remembered. `version` -1 = no If-Match, `key` NULL = none. */
struct reply *clerk_send(struct clerk *clerk, const char *method, const char *path, const char *key, int64_t version,
                         const char *body);
struct reply *clerk_call(struct clerk *clerk, const char *method, const char *path, const char *body);
void clerk_must(struct clerk *clerk, const char *method, const char *path, const char *body, int status);
void clerk_refused(struct clerk *clerk, const char *method, const char *path, const char *body, int status,
                   const char *code);
/* The list for this query ("" or "state=county_pending"); freed with record_free(&api_reviews_record, …). */
struct api_reviews *clerk_list(struct clerk *clerk, const char *query);
/* Opens the newest application of this candidate, which must be on this clerk's list. */
void clerk_find(struct clerk *clerk, const char *exam_no);
/* Reads the open review anew. */
void clerk_look(struct clerk *clerk);
/* POST /v1/staff/KIND/ID/decision on the open review; `reason`, `major` may be NULL. */
struct reply *clerk_try(struct clerk *clerk, const char *kind, const char *decision, const char *reason,
                        const char *major);
void clerk_decide(struct clerk *clerk, const char *kind, const char *decision, const char *reason, const char *major);
void clerk_cannot_decide(struct clerk *clerk, const char *kind, const char *decision, const char *reason,
                         const char *major, int status, const char *code);
/* POST to the open review's own path: "handins/%d", "certificates/%d/ready". */
void clerk_step(struct clerk *clerk, const char *path, int status);
bool clerk_may(const struct clerk *clerk, enum application_event event);

/* Statements on the platform's own database, while it serves: for what no call makes. */
void clerk_sql(const struct desk *desk, const char *const statements[]);
/* A major of this code that asks for one course nobody has passed, and one that asks for nothing; candidates may apply for both. */
void clerk_add_majors(const struct desk *desk, const char *exam_no);
#define CLERK_HARD_MAJOR  "990001"
#define CLERK_HARD_SECOND "990002"
#define CLERK_EASY_MAJOR  "990003"
/* Submits an application with these majors (NULL-terminated, version "new") and waits until the review is done. */
void clerk_submit(struct guest *guest, const char *const majors[], const char *county, enum application_state state);
