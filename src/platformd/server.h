/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTP for the platform: libmicrohttpd on the GLib main loop, no thread of its own. The only place with microhttpd.h.
 *
 * A request that is complete goes to the handler as a struct exchange. The handler answers with exchange_reply(), at once or
 * later: until then the connection is suspended and costs some kilobytes and no thread. What comes in is bounded
 * before it is kept: bodies by the limit function and all of them together by a number, header and URL by a memory limit
 * per connection, connections by number. A request that is not complete in time is cut off, and so is one for whose body
 * there is no room: it may be sent again.
 *
 * Owns: connections and exchanges. Blocks: never. Errors: only at the start.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct server;
struct exchange;

struct server_options {
    const char *listen; /* "127.0.0.1:0", "[::1]:8080" */
    /* Most bytes of this exchange's body, asked before any of it is kept: method, path and headers are there. */
    gsize (*limit)(const struct exchange *exchange, gpointer data);
    /* Every complete request; `exchange` lives until it was answered. */
    void (*handle)(struct exchange *exchange, gpointer data);
    gpointer data;
    const struct clock *clock; /* what Date says: terminals count down by it; NULL = the machine's */
    unsigned request_ms;       /* to send a whole request; 0 = 30 s */
    unsigned connections;      /* at most; 0 = 1000 */
    gsize bodies;              /* most bytes of all bodies under way together; 0 = 512 MiB */
};

struct server *server_new(const struct server_options *options, GError **error);
/* "http://127.0.0.1:43211" */
const char *server_url(const struct server *server);
/* Accepts nothing more; what is suspended must have been answered by then. Accepts NULL. */
void server_free(struct server *server);
unsigned server_connections(const struct server *server);
gsize server_held(const struct server *server); /* bytes of bodies under way */

/* What was asked. Borrowed until the answer. */
const char *exchange_method(const struct exchange *exchange); /* HEAD shows as GET */
const char *exchange_path(const struct exchange *exchange);   /* decoded */
const char *exchange_header(const struct exchange *exchange, const char *name);
const char *exchange_query(const struct exchange *exchange, const char *name);
GBytes *exchange_body(const struct exchange *exchange);   /* never NULL */
bool exchange_too_large(const struct exchange *exchange); /* the body was over the limit and thrown away */

/* The answer, once. `name`, `value` pairs of headers may be added before. Takes no ownership. */
void exchange_add_header(struct exchange *exchange, const char *name, const char *value);
void exchange_reply(struct exchange *exchange, unsigned status, const char *content_type, GBytes *body);
/* Where the handler keeps what it needs for a later answer; `free` is called with the exchange. */
void exchange_set_data(struct exchange *exchange, gpointer data, GDestroyNotify free_data);
gpointer exchange_data(const struct exchange *exchange);
