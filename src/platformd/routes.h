/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From an HTTP exchange to a handler and back: one table, indexed like api_entries of wire/api.h.
 *
 * Before a handler runs, this has checked what the entry's flags ask for (session, Idempotency-Key, If-Match), read the
 * body into its record, and for writes begun the transaction. After it, the answer is encoded, recorded under
 * its key and committed, in this order; only then it leaves. A handler therefore only reads, asks the rules, writes rows.
 *
 * Blocks: local disk.
 */
#pragma once

#include "platformd/platform.h"
#include "wire/api.h"

/* One call under way. */
struct request {
    struct platform *platform;
    const struct api_entry *entry;
    struct exchange *exchange;
    char *exam_no;           /* whose session it is, or whose application staff ask for; NULL without */
    struct api_staff *staff; /* the member of staff whose session it is; NULL = a candidate's, or none */
    int64_t application;     /* for staff: {id}, one they may see */
    char *argument;          /* of {…} */
    const void *body;        /* record of entry->request */

    /* The answer: a record of entry->answer (owned), or raw bytes, or a refusal. Nothing = 204. */
    void *answer;
    GBytes *raw;
    const char *raw_type;
    unsigned refused_status; /* 0 = not refused */
    const char *refused_key; /* message key; the code is the key without "platform.", _ for . */
    char *refused_field;
    bool later; /* the handler has taken the exchange over and answers with routes_reply() */
};

typedef void (*request_fn)(struct request *request);

/* Refuses; `field` may be NULL. The first refusal stays. */
void request_refuse(struct request *request, unsigned status, const char *key, const char *field);
/* A refusal by the rules (409), when `key` is not NULL. True when refused. */
bool request_refused(struct request *request, const char *key);

/* For the server. */
gsize routes_limit(const struct exchange *exchange, gpointer platform);
void routes_handle(struct exchange *exchange, gpointer platform);

/* Answers an exchange that was taken over: a record of the entry's answer, or (NULL) status alone. */
void routes_reply(struct platform *platform, struct exchange *exchange, enum api_call call, unsigned status,
                  const void *answer);
void routes_reply_error(struct platform *platform, struct exchange *exchange, const char *label, unsigned status,
                        const char *key, const char *field);
