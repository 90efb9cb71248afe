/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The platform as staff at a desk use it: one call after the other, each waited for.
 *
 * A call whose answer was lost is sent again with the same idempotency key, a few times; then the sentence says whether something may
 * have happened. Owns: the client with its token. Blocks: each call, up to its deadline and tries (half a minute and
 * more when the platform is away).
 */
#pragma once

#include "client/client.h"
#include "graduation/messages.h"

struct office;
/* Options and messages are borrowed. */
struct office *office_new(const struct client_options *options, const struct messages *messages);
void office_free(struct office *office); /* ends the session first; accepts NULL */

struct office_answer {
    void *record;  /* of the call's type; the caller's */
    GBytes *raw;   /* the caller's */
    char *problem; /* NULL = done; else one sentence for people; the caller's */
};
/* False = `problem` says why. A write gets a key of its own. */
bool office_call(struct office *office, const struct client_request *request, struct office_answer *ret);
/* Starts a session. NULL = in; else a sentence; newly allocated. */
char *office_login(struct office *office, const char *staff_no, const char *password);
