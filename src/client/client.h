/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Client of the platform: calls and the long poll, on the default GLib main context, without ever waiting.
 *
 * The only place of the kiosk that includes curl.h. Answers are capped while they arrive (wire/api), checked field by
 * field (fields we do not know are a newer platform's), and become one of the outcomes below; a CURLcode never leaves
 * this folder. A call that could not be delivered is not tried again here: whoever made it decides, with the same
 * idempotency key.
 *
 * Owns: its connections and the session token (locked memory). Blocks: never; the name look-up is libcurl's thread.
 */
#pragma once

#include "wire/api.h"

enum client_outcome {
    CLIENT_OK,          /* 2xx */
    CLIENT_UNCHANGED,   /* 304 of a long poll */
    CLIENT_REFUSED,     /* 4xx: `failure` says why */
    CLIENT_UNREACHABLE, /* no connection, or lost before the answer: the effect is unknown */
    CLIENT_FAILED,      /* 5xx */
    CLIENT_GARBLED,     /* an answer that is not ours: too big, not JSON, wrong fields */
};
extern const char *const client_outcome_words[];

struct client_request {
    enum api_call call;
    const char *argument;        /* for {…} in the path */
    const char *query[6][2];     /* name, value; NULL name ends */
    const void *body;            /* record of the entry's request type */
    GBytes *raw;                 /* for API_RAW_REQUEST */
    const char *idempotency_key; /* for API_WRITE */
    int64_t version;             /* for API_VERSIONED */
    unsigned deadline_ms;        /* 0 = the table's */
    unsigned extra_wait_ms;      /* long poll: added to the deadline */
};

struct client_reply {
    enum api_call call;
    enum client_outcome outcome;
    int status;                        /* HTTP, 0 = none; says something for OK, REFUSED and FAILED only */
    int64_t date;                      /* of the platform's clock, 0 = it did not say */
    void *answer;                      /* record, or NULL; the client frees it after the callback */
    GBytes *raw;                       /* for API_RAW_ANSWER */
    const struct api_failure *failure; /* for REFUSED and FAILED; never NULL then; code "unknown" and no message
                                          when they gave no reason we can read */
};
typedef void (*client_reply_fn)(struct client_reply *reply, gpointer data);

struct client;
struct client_options {
    const char *url;     /* "https://…", no slash at the end */
    const char *pins;    /* "sha256//…;sha256//…" or NULL */
    const char *ca_file; /* NULL = the system's */
};
struct client *client_new(const struct client_options *options);
void client_free(struct client *client); /* drops calls under way without a callback */
void client_set_url(struct client *client, const char *url);
/* Copies into locked memory; NULL forgets. */
void client_set_token(struct client *client, const char *token);
/*
 * The callback comes later, never from inside, and may do anything, also free the client. Returns a ticket for
 * client_cancel().
 */
guint client_call(struct client *client, const struct client_request *request, client_reply_fn fn, gpointer data);
void client_cancel(struct client *client, guint ticket);
