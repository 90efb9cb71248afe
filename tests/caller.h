/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the client: a client, a web server that it talks to, and what its last call brought home. */
#pragma once

#include "client/client.h"
#include "web.h"

#define CALLER_KEY      "5d7bb1a2-0000-4000-8000-000000000001"
#define CALLER_PERSON   "{\"exam_no\":\"010124100001\",\"id_no\":\"140000200001010017\",\"name\":\"王𬎆\"}"
#define CALLER_SNAPSHOT "{\"version\":8,\"state\":\"draft\"}"

struct got {
    int n; /* replies so far */
    enum client_outcome outcome;
    int status;
    int64_t date;
    char *code, *message; /* of the failure */
    char *text;           /* what the answer says, by call */
};

struct caller {
    struct web *web;
    struct client *client;
    GMainLoop *loop;
    struct got got;
    guint other; /* a ticket to cancel from inside a callback */
};

/* For cmocka: *state is the caller. */
int caller_set_up(void **state);
int caller_tear_down(void **state);
/* The callback of calls that a test makes itself; data is the caller. Ends caller_wait(). */
void caller_on_reply(struct client_reply *reply, gpointer data);
void caller_wait(struct caller *caller);
/* A call and its reply, which must not come from inside the call. */
void caller_ask(struct caller *caller, const struct client_request *request);
void caller_ask_call(struct caller *caller, enum api_call call);
void caller_assert(const struct caller *caller, enum client_outcome outcome, const char *what);
