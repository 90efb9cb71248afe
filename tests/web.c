/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct web {
    struct MHD_Daemon *daemon;
    char *url;
    struct web_answer answer;
    struct web_request request;
    int n_requests, n_connections;
    gsize flooded;
};

/* ---------------------------------------------------------------- HTTP */

static void request_clear(struct web_request *request)
{
    g_free(request->line);
    g_free(request->authorization);
    g_free(request->idempotency_key);
    g_free(request->if_match);
    g_free(request->content_type);
    g_byte_array_set_size(request->body, 0);
}

static char *header(struct MHD_Connection *connection, const char *name)
{
    return g_strdup(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static enum MHD_Result add_argument(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    GString *arguments = data;
    g_string_append_printf(arguments, "%c%s=%s", arguments->len > 0 ? '&' : '?', name, value ? value : "");
    return MHD_YES;
}

static void note_request(struct web *web, struct MHD_Connection *connection, const char *method, const char *path)
{
    struct web_request *request = &web->request;
    request_clear(request);
    g_autoptr(GString) arguments = g_string_new(NULL);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_argument, arguments);
    request->line = g_strdup_printf("%s %s%s", method, path, arguments->str);
    request->authorization = header(connection, "Authorization");
    request->idempotency_key = header(connection, "Idempotency-Key");
    request->if_match = header(connection, "If-Match");
    request->content_type = header(connection, "Content-Type");
    web->n_requests++;
}

static ssize_t make_flood(void *data, uint64_t position, char *buffer, size_t max)
{
    struct web *web = data;
    if (position >= web->answer.flood)
        return MHD_CONTENT_READER_END_OF_STREAM;
    gsize n = MIN(max, web->answer.flood - position);
    memset(buffer, ' ', n);
    web->flooded += n;
    return (ssize_t)n;
}

static struct MHD_Response *make_response(struct web *web)
{
    const struct web_answer *answer = &web->answer;
    if (answer->flood > 0)
        return MHD_create_response_from_callback(answer->chunked ? MHD_SIZE_UNKNOWN : answer->flood, 65536, make_flood,
                                                 web, NULL);
    const char *body = answer->body ? answer->body : "";
    gsize length = answer->length > 0 ? answer->length : strlen(body);
    return MHD_create_response_from_buffer(length, (void *)body, MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result respond(struct web *web, struct MHD_Connection *connection)
{
    struct MHD_Response *response = make_response(web);
    if (web->answer.location)
        MHD_add_response_header(response, "Location", web->answer.location);
    enum MHD_Result queued = MHD_queue_response(connection, web->answer.status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *upload, size_t *upload_length, void **state)
{
    (void)version;
    struct web *web = data;
    if (!*state) {
        note_request(web, connection, method, path);
        *state = web;
        return MHD_YES;
    }
    if (*upload_length == 0)
        return respond(web, connection);
    g_byte_array_append(web->request.body, (const guint8 *)upload, (guint)*upload_length);
    *upload_length = 0;
    return MHD_YES;
}

static void on_connection(void *data, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode code)
{
    (void)connection;
    (void)state;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        ((struct web *)data)->n_connections++;
}

static struct sockaddr_in loopback(void)
{
    return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

struct web *web_new(void)
{
    struct sockaddr_in address = loopback();
    struct web *web = g_new0(struct web, 1);
    web->request.body = g_byte_array_new();
    web->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, NULL, NULL, on_request, web,
                                   MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_NOTIFY_CONNECTION, on_connection, web,
                                   MHD_OPTION_END);
    g_assert(web->daemon);
    web->url =
        g_strdup_printf("http://127.0.0.1:%d", MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    return web;
}

void web_free(struct web *web)
{
    MHD_stop_daemon(web->daemon);
    request_clear(&web->request);
    g_byte_array_unref(web->request.body);
    g_free(web->url);
    g_free(web);
}

const char *web_url(const struct web *web)
{
    return web->url;
}

void web_answer(struct web *web, const struct web_answer *answer)
{
    web->answer = *answer;
}

const struct web_request *web_request(const struct web *web)
{
    return &web->request;
}

int web_requests(const struct web *web)
{
    return web->n_requests;
}

int web_connections(const struct web *web)
{
    return web->n_connections;
}

gsize web_flooded(const struct web *web)
{
    return web->flooded;
}

/* ---------------------------------------------------------------- raw bytes */

struct raw_web {
    int fd;
    char *url, *bytes;
    gsize length;
    bool hold;
    GThread *thread;
};

static void read_head(int fd)
{
    char head[4096];
    gsize n = 0;
    ssize_t got;
    while (n < sizeof head - 1 && (got = read(fd, head + n, sizeof head - 1 - n)) > 0) {
        n += (gsize)got;
        head[n] = '\0';
        if (strstr(head, "\r\n\r\n"))
            return;
    }
}

/* One connection after the other, until the listening socket is shut down. */
static gpointer serve_raw(gpointer data)
{
    struct raw_web *raw = data;
    int fd;
    while ((fd = accept(raw->fd, NULL, NULL)) >= 0) {
        char byte;
        ssize_t sent = 1;
        read_head(fd);
        for (gsize at = 0; at < raw->length && sent > 0; at += (gsize)sent)
            sent = send(fd, raw->bytes + at, raw->length - at, MSG_NOSIGNAL);
        if (raw->hold)
            (void)!read(fd, &byte, 1); /* until the client hangs up */
        close(fd);
    }
    return NULL;
}

struct raw_web *raw_web_new(const char *bytes, gsize length, bool hold)
{
    struct sockaddr_in address = loopback();
    socklen_t size = sizeof address;
    struct raw_web *raw = g_new0(struct raw_web, 1);
    raw->bytes = g_memdup2(bytes, length);
    raw->length = length;
    raw->hold = hold;
    raw->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool listening = bind(raw->fd, (struct sockaddr *)&address, size) == 0 && listen(raw->fd, 8) == 0 &&
                     getsockname(raw->fd, (struct sockaddr *)&address, &size) == 0;
    g_assert(listening);
    raw->url = g_strdup_printf("http://127.0.0.1:%d", ntohs(address.sin_port));
    raw->thread = g_thread_new("raw web", serve_raw, raw);
    return raw;
}

void raw_web_free(struct raw_web *raw)
{
    shutdown(raw->fd, SHUT_RDWR);
    g_thread_join(raw->thread);
    close(raw->fd);
    g_free(raw->bytes);
    g_free(raw->url);
    g_free(raw);
}

const char *raw_web_url(const struct raw_web *raw)
{
    return raw->url;
}
