/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/patience.h"

#include <stdbool.h>
#include <sys/socket.h>

#include "base/clock.h"

#define SWEEPS 4 /* in the time of one request */

/* One connection. */
struct peer {
    struct MHD_Connection *connection;
    int64_t since_ms; /* we wait for it */
    bool waited_for;
    GList link;
};

static struct peer *peer_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void stop(struct patience *patience, struct peer *peer)
{
    if (peer->waited_for)
        g_queue_unlink(&patience->waiting, &peer->link);
    peer->waited_for = false;
}

static void start(struct patience *patience, struct peer *peer)
{
    stop(patience, peer);
    peer->since_ms = clock_monotonic_ms();
    peer->waited_for = true;
    g_queue_push_tail_link(&patience->waiting, &peer->link);
}

void patience_start(struct patience *patience, struct MHD_Connection *connection)
{
    start(patience, peer_of(connection));
}

void patience_stop(struct patience *patience, struct MHD_Connection *connection)
{
    stop(patience, peer_of(connection));
}

void patience_connection(void *data, struct MHD_Connection *connection, void **ret_peer,
                         enum MHD_ConnectionNotificationCode code)
{
    struct patience *patience = data;
    struct peer *peer = *ret_peer;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *ret_peer = peer = g_new0(struct peer, 1);
        peer->connection = connection;
        peer->link.data = peer;
        start(patience, peer);
    } else {
        stop(patience, peer);
        g_free(peer);
    }
}

/* Shutting the socket down is what ends a connection from outside the library. */
static gboolean sweep(gpointer data)
{
    struct patience *patience = data;
    int64_t now = clock_monotonic_ms();
    for (GList *at = patience->waiting.head; at; at = at->next) {
        struct peer *slow = at->data;
        if (now - slow->since_ms < patience->ms)
            break;
        (void)shutdown(MHD_get_connection_info(slow->connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
                       SHUT_RDWR);
    }
    return G_SOURCE_CONTINUE;
}

void patience_init(struct patience *patience, unsigned ms)
{
    g_queue_init(&patience->waiting);
    patience->ms = ms;
    patience->sweep = g_timeout_add(MAX(ms / SWEEPS, 1), sweep, patience);
}

void patience_clear(struct patience *patience)
{
    g_assert(g_queue_is_empty(&patience->waiting));
    g_clear_handle_id(&patience->sweep, g_source_remove);
}
