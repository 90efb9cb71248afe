/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "relay.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINKS_MAX   64
#define CHUNK_BYTES 65536
#define STUCK_S     10 /* nobody reads what is said */

enum mode { MODE_PASS, MODE_LOSE, MODE_SAY };
enum side { KIOSK, PLATFORM };

struct link {
    int fd[2];
    bool said; /* what still comes is only read away, so that the answer is not lost with a reset */
};

struct relay {
    GThread *thread;
    int listener, stop[2];
    struct sockaddr_in platform;
    char *url;
    GArray *links; /* struct link; the thread's */
    int mode, lost, said;
    GMutex lock; /* of the two below */
    char *text;
    gsize flood;
};

static void limit(int fd)
{
    struct timeval patience = {.tv_sec = STUCK_S};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

static bool send_all(int fd, const char *bytes, gsize n)
{
    while (n > 0) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        n -= (gsize)sent;
    }
    return true;
}

/* ---- one connection */

static void link_drop(struct relay *relay, guint i)
{
    const struct link *link = &g_array_index(relay->links, struct link, i);
    for (int side = KIOSK; side <= PLATFORM; side++)
        if (link->fd[side] >= 0)
            close(link->fd[side]);
    g_array_remove_index_fast(relay->links, i);
}

static void link_accept(struct relay *relay)
{
    struct link link = {.fd = {accept4(relay->listener, NULL, NULL, SOCK_CLOEXEC), -1}};
    if (link.fd[KIOSK] < 0)
        return;
    limit(link.fd[KIOSK]);
    link.fd[PLATFORM] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr *platform = (const struct sockaddr *)&relay->platform;
    if (connect(link.fd[PLATFORM], platform, sizeof relay->platform) != 0) {
        close(link.fd[PLATFORM]);
        link.fd[PLATFORM] = -1;
    }
    g_array_append_val(relay->links, link);
    bool alone = link.fd[PLATFORM] < 0 && g_atomic_int_get(&relay->mode) != MODE_SAY;
    if (alone || relay->links->len > LINKS_MAX)
        link_drop(relay, relay->links->len - 1);
}

static void link_say(struct relay *relay, struct link *link)
{
    static const char blanks[CHUNK_BYTES] = {[0 ... CHUNK_BYTES - 1] = ' '};
    g_mutex_lock(&relay->lock);
    bool open = send_all(link->fd[KIOSK], relay->text, strlen(relay->text));
    gsize left = relay->flood;
    g_mutex_unlock(&relay->lock);
    for (; open && left > 0; left -= MIN(left, CHUNK_BYTES))
        open = send_all(link->fd[KIOSK], blanks, MIN(left, CHUNK_BYTES));
    shutdown(link->fd[KIOSK], SHUT_WR);
    if (link->fd[PLATFORM] >= 0)
        close(link->fd[PLATFORM]);
    link->fd[PLATFORM] = -1;
    link->said = true;
    g_atomic_int_inc(&relay->said);
}

/* Bytes or the end came from one side. False: the connection is over. */
static bool link_move(struct relay *relay, struct link *link, enum side side)
{
    char bytes[CHUNK_BYTES];
    ssize_t n = recv(link->fd[side], bytes, sizeof bytes, 0);
    enum mode mode = (enum mode)g_atomic_int_get(&relay->mode);
    if (n <= 0)
        return false;
    if (link->said)
        return true;
    if (side == KIOSK && mode == MODE_SAY) {
        link_say(relay, link);
        return true;
    }
    if (side == PLATFORM && mode == MODE_LOSE) {
        g_atomic_int_inc(&relay->lost);
        return false;
    }
    return send_all(link->fd[!side], bytes, (gsize)n);
}

/* ---- the thread */

static void move_all(struct relay *relay, const struct pollfd *fds, guint n)
{
    for (guint i = n; i-- > 0;) { /* from the end: dropping puts the last one into the gap */
        struct link *link = &g_array_index(relay->links, struct link, i);
        bool open = true;
        for (int side = PLATFORM; open && side >= KIOSK; side--)
            if (link->fd[side] >= 0 && fds[2 * i + (guint)side].revents)
                open = link_move(relay, link, (enum side)side);
        if (!open)
            link_drop(relay, i);
    }
}

static gpointer work(gpointer data)
{
    struct relay *relay = data;
    struct pollfd fds[2 + 2 * LINKS_MAX + 2] = {{.fd = relay->stop[0], .events = POLLIN},
                                                {.fd = relay->listener, .events = POLLIN}};
    while (poll(fds, 2 + 2 * relay->links->len, -1) >= 0 && !fds[0].revents) {
        move_all(relay, fds + 2, relay->links->len);
        if (fds[1].revents)
            link_accept(relay);
        for (guint i = 0; i < relay->links->len; i++)
            for (int side = KIOSK; side <= PLATFORM; side++)
                fds[2 + 2 * i + (guint)side] =
                    (struct pollfd){.fd = g_array_index(relay->links, struct link, i).fd[side], .events = POLLIN};
    }
    return NULL;
}

/* ---- for the test */

struct relay *relay_new(const char *url)
{
    struct relay *relay = g_new0(struct relay, 1);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    relay->platform = address;
    relay->platform.sin_port = htons((uint16_t)g_ascii_strtoull(strrchr(url, ':') + 1, NULL, 10));
    relay->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(relay->listener, (struct sockaddr *)&address, length) != 0 || listen(relay->listener, 16) != 0 ||
        getsockname(relay->listener, (struct sockaddr *)&address, &length) != 0 ||
        !g_unix_open_pipe(relay->stop, FD_CLOEXEC, NULL))
        g_error("no relay");
    relay->url = g_strdup_printf("http://127.0.0.1:%d", ntohs(address.sin_port));
    relay->links = g_array_new(FALSE, FALSE, sizeof(struct link));
    g_mutex_init(&relay->lock);
    relay->thread = g_thread_new("relay", work, relay);
    return relay;
}

void relay_free(struct relay *relay)
{
    if (!relay)
        return;
    close(relay->stop[1]);
    g_thread_join(relay->thread);
    while (relay->links->len > 0)
        link_drop(relay, 0);
    g_array_unref(relay->links);
    close(relay->stop[0]);
    close(relay->listener);
    g_mutex_clear(&relay->lock);
    g_free(relay->text);
    g_free(relay->url);
    g_free(relay);
}

const char *relay_url(const struct relay *relay)
{
    return relay->url;
}

void relay_pass(struct relay *relay)
{
    g_atomic_int_set(&relay->mode, MODE_PASS);
}

void relay_lose(struct relay *relay)
{
    g_atomic_int_set(&relay->mode, MODE_LOSE);
}

void relay_say(struct relay *relay, const char *text, gsize flood)
{
    g_mutex_lock(&relay->lock);
    g_free(relay->text);
    relay->text = g_strdup(text);
    relay->flood = flood;
    g_mutex_unlock(&relay->lock);
    g_atomic_int_set(&relay->mode, MODE_SAY);
}

int relay_lost(const struct relay *relay)
{
    return g_atomic_int_get(&relay->lost);
}

int relay_said(const struct relay *relay)
{
    return g_atomic_int_get(&relay->said);
}
