/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A web server for tests of the client: it answers what it was told and remembers what it was asked. Real HTTP
 * through libmicrohttpd, or raw bytes for what no decent server would say. Runs in a thread of its own; set it up
 * before a call, look at it after the reply.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct web_answer {
    unsigned status;
    const char *body; /* NULL = empty */
    gsize length;     /* 0 = strlen(body) */
    gsize flood;      /* > 0: so many spaces instead of a body */
    bool chunked;     /* a flood without Content-Length */
    const char *location;
};

struct web_request {
    char *line;                                                      /* "GET /v1/me?after=3" */
    char *authorization, *idempotency_key, *if_match, *content_type; /* NULL = not sent */
    GByteArray *body;
};

struct web;
struct web *web_new(void);
void web_free(struct web *web);
const char *web_url(const struct web *web); /* "http://127.0.0.1:PORT" */
void web_answer(struct web *web, const struct web_answer *answer);
const struct web_request *web_request(const struct web *web); /* the last one */
int web_requests(const struct web *web);
int web_connections(const struct web *web);
gsize web_flooded(const struct web *web); /* bytes of the flood that were asked for */

/* A server that reads a request's head, writes these bytes whatever was asked, and hangs up (or holds the line). */
struct raw_web;
struct raw_web *raw_web_new(const char *bytes, gsize length, bool hold);
void raw_web_free(struct raw_web *raw);
const char *raw_web_url(const struct raw_web *raw);
