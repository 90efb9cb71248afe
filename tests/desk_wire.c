/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes on a connection to the platform, for what no decent client would send. */
#include "desk.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int wire_connect(const struct desk *desk)
{
    const char *port = strrchr(desk_url(desk), ':') + 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

void wire_send(int fd, const char *text)
{
    size_t n = strlen(text);
    while (n > 0) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        text += sent;
        n -= (size_t)sent;
    }
}

char *wire_receive(int fd, const char *until, int deadline_ms)
{
    GString *all = g_string_new(NULL);
    gint64 end = g_get_monotonic_time() + deadline_ms * G_TIME_SPAN_MILLISECOND;
    char part[4096];
    while (!until || !strstr(all->str, until)) {
        gint64 left = (end - g_get_monotonic_time()) / G_TIME_SPAN_MILLISECOND;
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (left <= 0 || poll(&wait, 1, (int)left) <= 0)
            break;
        ssize_t n = recv(fd, part, sizeof part, 0);
        if (n <= 0)
            break;
        g_string_append_len(all, part, n);
    }
    return g_string_free(all, FALSE);
}
