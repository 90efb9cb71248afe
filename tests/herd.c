/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "herd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_MAX (1024 * 1024)
#define EVENTS     64
#define STUCK_MS   20000

struct client {
    int fd;
    GString *request, *answer;
    gint64 sent_at;
};

struct herd {
    const struct herd_options *options;
    struct herd_result *result;
    int epoll;
    guint busy;
    gint64 begin, end;
};

/* ---------------------------------------------------------------- a connection */

static int connect_to(const char *url)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_port = htons((uint16_t)atoi(strrchr(url, ':') + 1));
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        g_error("%s: %s", url, g_strerror(errno));
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

/* Requests are small: they fit into the socket's buffer. */
static void send_next(struct herd *herd, struct client *client)
{
    gint64 now = g_get_monotonic_time();
    g_string_truncate(client->request, 0);
    g_string_truncate(client->answer, 0);
    if (now >= herd->end || !herd->options->next(client->request, herd->options->data)) {
        herd->busy--;
        return;
    }
    client->sent_at = now;
    if (send(client->fd, client->request->str, client->request->len, MSG_NOSIGNAL) != (ssize_t)client->request->len)
        g_error("a request could not be sent: %s", g_strerror(errno));
}

/* Bytes of the whole answer, or 0 while its end is not there. */
static gsize answer_length(const GString *answer)
{
    const char *end = strstr(answer->str, "\r\n\r\n");
    const char *length = end ? strcasestr(answer->str, "\r\nContent-Length:") : NULL;
    if (!end)
        return 0;
    gsize whole = (gsize)(end + 4 - answer->str);
    if (length && length < end)
        whole += (gsize)strtoul(length + strlen("\r\nContent-Length:"), NULL, 10);
    return answer->len >= whole ? whole : 0;
}

static void count(struct herd *herd, const struct client *client)
{
    struct herd_result *result = herd->result;
    int status = client->answer->len > 12 ? atoi(client->answer->str + 9) : 0;
    if (status == herd->options->status) {
        result->answers++;
        samples_add(&result->latency, (double)(g_get_monotonic_time() - client->sent_at) / 1000);
        return;
    }
    result->wrong++;
    if (!result->wrong_answer)
        result->wrong_answer = g_strdup(client->answer->str);
}

/* The connection broke: whoever is served may have closed it; the client is out. */
static void lose(struct herd *herd, struct client *client)
{
    count(herd, client);
    herd->busy--;
    (void)epoll_ctl(herd->epoll, EPOLL_CTL_DEL, client->fd, NULL);
}

static void receive(struct herd *herd, struct client *client)
{
    char bytes[16384];
    ssize_t n = recv(client->fd, bytes, sizeof bytes, 0);
    if (n <= 0 || client->answer->len > ANSWER_MAX) {
        lose(herd, client);
        return;
    }
    g_string_append_len(client->answer, bytes, n);
    if (answer_length(client->answer) == 0)
        return;
    count(herd, client);
    send_next(herd, client);
}

/* ---------------------------------------------------------------- all of them */

static struct client *clients_new(struct herd *herd)
{
    struct client *clients = g_new0(struct client, herd->options->clients);
    for (guint i = 0; i < herd->options->clients; i++) {
        struct client *client = &clients[i];
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        client->fd = connect_to(herd->options->url);
        client->request = g_string_new(NULL);
        client->answer = g_string_new(NULL);
        if (epoll_ctl(herd->epoll, EPOLL_CTL_ADD, client->fd, &event) != 0)
            g_error("epoll: %s", g_strerror(errno));
    }
    return clients;
}

static void clients_free(struct client *clients, guint n)
{
    for (guint i = 0; i < n; i++) {
        (void)close(clients[i].fd);
        (void)g_string_free(clients[i].request, TRUE);
        (void)g_string_free(clients[i].answer, TRUE);
    }
    g_free(clients);
}

static void work(struct herd *herd)
{
    struct epoll_event events[EVENTS];
    while (herd->busy > 0) {
        int n = epoll_wait(herd->epoll, events, EVENTS, STUCK_MS);
        if (n == 0)
            g_error("no answer within %d ms", STUCK_MS);
        for (int i = 0; i < n; i++)
            receive(herd, events[i].data.ptr);
    }
}

void herd_run(const struct herd_options *options, struct herd_result *result)
{
    struct herd herd = {.options = options, .result = result, .busy = options->clients};
    *result = (struct herd_result){0};
    samples_init(&result->latency);
    herd.epoll = epoll_create1(EPOLL_CLOEXEC);
    struct client *clients = clients_new(&herd);
    herd.begin = g_get_monotonic_time();
    herd.end = herd.begin + (gint64)(options->seconds * 1e6);
    for (guint i = 0; i < options->clients; i++)
        send_next(&herd, &clients[i]);
    work(&herd);
    result->seconds = (double)(g_get_monotonic_time() - herd.begin) / 1e6;
    clients_free(clients, options->clients);
    (void)close(herd.epoll);
}
