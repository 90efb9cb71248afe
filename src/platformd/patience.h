/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long the server waits for somebody: for the first request, for the rest of one, for the next. Whoever trickles is cut
 * off, however many bytes he still sends. Only server.c needs it.
 *
 * Owns: a note for each connection. Blocks: never.
 */
#pragma once

#include <glib.h>
#include <microhttpd.h>

struct patience {
    GQueue waiting; /* struct peer of whom we wait for something; longest first */
    unsigned ms;
    guint sweep; /* timer */
};

void patience_init(struct patience *patience, unsigned ms);
void patience_clear(struct patience *patience); /* no connection is left by then */
/* MHD_NotifyConnectionCallback; `data` is the patience. */
void patience_connection(void *data, struct MHD_Connection *connection, void **ret_peer,
                         enum MHD_ConnectionNotificationCode code);
/* From now on we wait for this connection, or we do not. */
void patience_start(struct patience *patience, struct MHD_Connection *connection);
void patience_stop(struct patience *patience, struct MHD_Connection *connection);
