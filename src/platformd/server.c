/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libmicrohttpd polls with its own epoll descriptor. That descriptor is watched by one GSource; MHD_get_timeout() gives the
 * source's deadline. A handler that does not answer at once has its connection suspended; exchange_reply() resumes it,
 * the library then calls access_handler() again and the answer is queued.
 */
#include "platformd/server.h"

#include <gio/gio.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "platformd/listen_address.h"
#include "platformd/patience.h"

#define CONNECTION_MEMORY   (32 * 1024)        /* request line, headers and the read buffer */
#define STUCK_S             75                 /* nothing moves on a connection, also not our answer */
#define DISCARD_MAX         (64 * 1024 * 1024) /* of a body over its limit: read and thrown away, so that 413 arrives */
#define DEFAULT_REQUEST_MS  60000
#define DEFAULT_CONNECTIONS 1000
#define DEFAULT_BODIES      (512 * 1024 * 1024)

struct server {
    struct server_options options;
    struct MHD_Daemon *daemon;
    GSource *source;
    bool resumed; /* a connection was: the library acts on it only when it is run, its descriptor does not tell */
    char *url;
    struct patience patience;
    gsize held; /* bytes of bodies under way */
};

struct exchange {
    struct server *server;
    struct MHD_Connection *connection;
    char *method, *path;
    GByteArray *received;
    GBytes *body;
    gsize limit, seen, held; /* bytes of the body: at most, so far, kept */
    bool routed, too_large, complete, suspended;
    struct MHD_Response *response;
    unsigned status;
    GPtrArray *headers; /* name, value, name, value … */
    gpointer data;
    GDestroyNotify free_data;
};

/* ---------------------------------------------------------------- one exchange */

static struct exchange *exchange_new(struct server *server, struct MHD_Connection *connection)
{
    struct exchange *exchange = g_new0(struct exchange, 1);
    exchange->server = server;
    exchange->connection = connection;
    exchange->received = g_byte_array_new();
    exchange->headers = g_ptr_array_new_with_free_func(g_free);
    return exchange;
}

static void exchange_free(struct exchange *exchange)
{
    if (exchange->free_data)
        exchange->free_data(exchange->data);
    if (exchange->response)
        MHD_destroy_response(exchange->response);
    exchange->server->held -= exchange->held;
    g_clear_pointer(&exchange->body, g_bytes_unref);
    g_byte_array_unref(exchange->received);
    g_ptr_array_unref(exchange->headers);
    g_free(exchange->method);
    g_free(exchange->path);
    g_free(exchange);
}

const char *exchange_method(const struct exchange *exchange)
{
    return strcmp(exchange->method, "HEAD") == 0 ? "GET" : exchange->method;
}

const char *exchange_path(const struct exchange *exchange)
{
    return exchange->path;
}

const char *exchange_header(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

const char *exchange_query(const struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value(exchange->connection, MHD_GET_ARGUMENT_KIND, name);
}

GBytes *exchange_body(const struct exchange *exchange)
{
    return exchange->body;
}

bool exchange_too_large(const struct exchange *exchange)
{
    return exchange->too_large;
}

void exchange_set_data(struct exchange *exchange, gpointer data, GDestroyNotify free_data)
{
    exchange->data = data;
    exchange->free_data = free_data;
}

gpointer exchange_data(const struct exchange *exchange)
{
    return exchange->data;
}

void exchange_add_header(struct exchange *exchange, const char *name, const char *value)
{
    g_ptr_array_add(exchange->headers, g_strdup(name));
    g_ptr_array_add(exchange->headers, g_strdup(value));
}

static struct MHD_Response *response_new(GBytes *body)
{
    gsize n = 0;
    gconstpointer data = body ? g_bytes_get_data(body, &n) : NULL;
    struct MHD_Response *response = MHD_create_response_from_buffer(n, (void *)data, MHD_RESPMEM_MUST_COPY);
    if (!response)
        g_error("out of memory for an answer");
    return response;
}

/* The library would tell the machine's time. */
static void add_date(const struct exchange *exchange)
{
    const struct clock *clock = exchange->server->options.clock;
    if (!clock)
        return;
    g_autofree char *date = clock_format_http(clock_now(clock));
    (void)MHD_add_response_header(exchange->response, MHD_HTTP_HEADER_DATE, date);
}

void exchange_reply(struct exchange *exchange, unsigned status, const char *content_type, GBytes *body)
{
    g_assert(!exchange->response);
    exchange->status = status;
    exchange->response = response_new(body);
    add_date(exchange);
    if (content_type)
        (void)MHD_add_response_header(exchange->response, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
    for (guint i = 0; i + 1 < exchange->headers->len; i += 2)
        (void)MHD_add_response_header(exchange->response, exchange->headers->pdata[i], exchange->headers->pdata[i + 1]);
    if (exchange->suspended) {
        exchange->suspended = false;
        MHD_resume_connection(exchange->connection);
        exchange->server->resumed = true;
    }
}

/* ---------------------------------------------------------------- what the library calls */

static enum MHD_Result queue_response(struct exchange *exchange)
{
    struct MHD_Response *response = g_steal_pointer(&exchange->response);
    enum MHD_Result result = MHD_queue_response(exchange->connection, exchange->status, response);
    MHD_destroy_response(response);
    return result;
}

/* The head is there: how much may follow? A body that says it is enormous is not even read. */
static enum MHD_Result route(struct exchange *exchange, const char *method, const char *path)
{
    exchange->routed = true;
    exchange->method = g_strdup(method);
    exchange->path = g_utf8_make_valid(path, -1);
    exchange->limit = exchange->server->options.limit(exchange, exchange->server->options.data);
    const char *length = exchange_header(exchange, MHD_HTTP_HEADER_CONTENT_LENGTH);
    guint64 announced = length ? g_ascii_strtoull(length, NULL, 10) : 0;
    exchange->too_large = announced > exchange->limit;
    return announced > DISCARD_MAX ? MHD_NO : MHD_YES;
}

static void discard(struct exchange *exchange)
{
    exchange->server->held -= exchange->held;
    exchange->held = 0;
    g_byte_array_unref(exchange->received);
    exchange->received = g_byte_array_new();
}

/* False when there is no room for it. */
static bool keep(struct exchange *exchange, const char *data, size_t size)
{
    struct server *server = exchange->server;
    if (server->held + size > server->options.bodies)
        return false;
    server->held += size;
    exchange->held += size;
    g_byte_array_append(exchange->received, (const guint8 *)data, (guint)size);
    return true;
}

static enum MHD_Result receive(struct exchange *exchange, const char *data, size_t *size)
{
    exchange->seen += *size;
    if (exchange->seen > exchange->limit && !exchange->too_large) {
        exchange->too_large = true;
        discard(exchange);
    }
    if (!exchange->too_large && !keep(exchange, data, *size))
        return MHD_NO;
    *size = 0;
    return exchange->seen > DISCARD_MAX ? MHD_NO : MHD_YES;
}

static enum MHD_Result answer(struct exchange *exchange)
{
    if (!exchange->complete) {
        exchange->complete = true;
        patience_stop(&exchange->server->patience, exchange->connection);
        exchange->body = g_byte_array_free_to_bytes(exchange->received);
        exchange->received = g_byte_array_new();
        exchange->server->options.handle(exchange, exchange->server->options.data);
    }
    if (exchange->response)
        return queue_response(exchange);
    exchange->suspended = true;
    MHD_suspend_connection(exchange->connection);
    return MHD_YES;
}

static enum MHD_Result access_handler(void *data, struct MHD_Connection *connection, const char *path,
                                      const char *method, const char *version, const char *upload, size_t *upload_size,
                                      void **ret_exchange)
{
    struct exchange *exchange = *ret_exchange;
    (void)data;
    (void)connection;
    (void)version;
    if (!exchange->routed)
        return route(exchange, method, path);
    return *upload_size > 0 ? receive(exchange, upload, upload_size) : answer(exchange);
}

/* The first line of a request has arrived. Its text is not kept: it may name a person. */
static void *request_started(void *data, const char *uri, struct MHD_Connection *connection)
{
    (void)uri;
    patience_start(&((struct server *)data)->patience, connection);
    return exchange_new(data, connection);
}

static void request_completed(void *data, struct MHD_Connection *connection, void **exchange,
                              enum MHD_RequestTerminationCode code)
{
    (void)code;
    patience_start(&((struct server *)data)->patience, connection);
    g_clear_pointer((struct exchange **)exchange, exchange_free);
}

static void log_library(void *data, const char *format, va_list arguments) G_GNUC_PRINTF(2, 0);
static void log_library(void *data, const char *format, va_list arguments)
{
    char line[200];
    (void)data;
    (void)g_vsnprintf(line, sizeof line, format, arguments);
    log_write(LOG_DEBUG, "http", "%s", g_strchomp(line));
}

/* ---------------------------------------------------------------- the main loop */

struct server_source {
    GSource source;
    struct server *server;
};

/* When the wait is over, the next turn finds nothing left to wait for. (A ready time set here would wake the loop at once.) */
static gboolean source_prepare(GSource *source, gint *timeout)
{
    struct server *server = ((struct server_source *)source)->server;
    MHD_UNSIGNED_LONG_LONG wait = 0;
    *timeout = -1;
    if (server->resumed)
        *timeout = 0;
    else if (MHD_get_timeout(server->daemon, &wait) == MHD_YES)
        *timeout = (gint)MIN(wait, 60000);
    return *timeout == 0;
}

static gboolean source_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    struct server *server = ((struct server_source *)source)->server;
    (void)callback;
    (void)data;
    server->resumed = false;
    unsigned before = server_connections(server);
    (void)MHD_run(server->daemon);
    if (server_connections(server) < before) /* whoever waits outside is let in only by another run */
        (void)MHD_run(server->daemon);
    return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_functions = {.prepare = source_prepare, .dispatch = source_dispatch};

static void attach(struct server *server)
{
    int epoll = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    server->source = g_source_new(&source_functions, sizeof(struct server_source));
    ((struct server_source *)server->source)->server = server;
    (void)g_source_add_unix_fd(server->source, epoll, G_IO_IN);
    (void)g_source_attach(server->source, NULL);
}

/* ---------------------------------------------------------------- start and end */

static struct MHD_Daemon *start_daemon(struct server *server, GSocketAddress *address)
{
    struct sockaddr_storage native = {0};
    (void)g_socket_address_to_native(address, &native, sizeof native, NULL);
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (native.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)log_library, NULL},
        {MHD_OPTION_SOCK_ADDR, 0, &native},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, server->options.connections, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, STUCK_S, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)request_started, server},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)request_completed, server},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)patience_connection, &server->patience},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(flags, 0, NULL, NULL, access_handler, server, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

struct server *server_new(const struct server_options *options, GError **error)
{
    g_autoptr(GSocketAddress) address = listen_address_parse(options->listen, error);
    if (!address)
        return NULL;
    struct server *server = g_new0(struct server, 1);
    server->options = *options;
    if (!server->options.request_ms)
        server->options.request_ms = DEFAULT_REQUEST_MS;
    if (!server->options.connections)
        server->options.connections = DEFAULT_CONNECTIONS;
    if (!server->options.bodies)
        server->options.bodies = DEFAULT_BODIES;
    patience_init(&server->patience, server->options.request_ms);
    server->daemon = start_daemon(server, address);
    if (!server->daemon) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot listen on %s: %s", options->listen,
                    g_strerror(errno));
        patience_clear(&server->patience);
        g_free(server);
        return NULL;
    }
    server->url = listen_address_url(address, MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    attach(server);
    return server;
}

const char *server_url(const struct server *server)
{
    return server->url;
}

unsigned server_connections(const struct server *server)
{
    return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS)->num_connections;
}

gsize server_held(const struct server *server)
{
    return server->held;
}

void server_free(struct server *server)
{
    if (!server)
        return;
    /* Those who were answered last still get their answer out. */
    for (int i = 0; i < 3; i++)
        (void)MHD_run(server->daemon);
    g_source_destroy(server->source);
    g_source_unref(server->source);
    MHD_stop_daemon(server->daemon);
    patience_clear(&server->patience);
    g_free(server->url);
    g_free(server);
}
