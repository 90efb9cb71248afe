/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libcurl's multi interface on the main loop. libcurl tells through two callbacks which sockets and which deadline
 * matter to it; they only make GSources of them, for libcurl must not be called from inside. The sources call
 * libcurl. A call that has ended is delivered from an idle source of its own, so that who is called back may do
 * anything: make a call, cancel one, free the client.
 */
#include "client/client.h"

#include "base/secret.h"
#include "client/transfer.h"

#include <curl/curl.h>
#include <glib-unix.h>

const char *const client_outcome_words[] = {
    [CLIENT_OK] = "ok",
    [CLIENT_UNCHANGED] = "unchanged",
    [CLIENT_REFUSED] = "refused",
    [CLIENT_UNREACHABLE] = "unreachable",
    [CLIENT_FAILED] = "failed",
    [CLIENT_GARBLED] = "garbled",
    NULL,
};

struct client {
    CURLM *multi; /* NULL until the first call: the first screen does not wait for TLS to set itself up */
    char *url, *pins, *ca_file;
    struct secret *token;
    GHashTable *calls;   /* ticket → struct call */
    GHashTable *sockets; /* fd → source id */
    guint timer, last_ticket;
};

struct call {
    struct client *client;
    guint ticket;
    guint delivery; /* source id once it has ended and left the multi handle */
    struct transfer *transfer;
    client_reply_fn fn;
    gpointer data;
};

/* ---------------------------------------------------------------- the end of a call */

static gboolean deliver(gpointer data)
{
    struct call *call = data;
    struct client_reply reply;
    g_hash_table_steal(call->client->calls, GUINT_TO_POINTER(call->ticket));
    transfer_judge(call->transfer, &reply);
    transfer_free(call->transfer);
    call->fn(&reply, call->data); /* the client may be gone after this */
    transfer_reply_clear(&reply);
    g_free(call);
    return G_SOURCE_REMOVE;
}

static void call_end(struct call *call, CURLcode result)
{
    transfer_end(call->transfer, result);
    call->delivery = g_idle_add_full(G_PRIORITY_DEFAULT, deliver, call, NULL);
}

/* Only for calls that will not be delivered. */
static void call_free(gpointer data)
{
    struct call *call = data;
    if (call->delivery != 0)
        g_source_remove(call->delivery);
    else
        curl_multi_remove_handle(call->client->multi, transfer_easy(call->transfer));
    transfer_free(call->transfer);
    g_free(call);
}

static void collect_ended(struct client *client)
{
    const CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
        struct call *call = NULL;
        CURLcode result = message->data.result; /* the message dies with the handle's removal */
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&call);
        curl_multi_remove_handle(client->multi, transfer_easy(call->transfer));
        call_end(call, result);
    }
}

/* ---------------------------------------------------------------- libcurl on the main loop */

static gboolean on_socket(gint fd, GIOCondition condition, gpointer data)
{
    struct client *client = data;
    int running, events = 0;
    events |= condition & (G_IO_IN | G_IO_HUP) ? CURL_CSELECT_IN : 0;
    events |= condition & G_IO_OUT ? CURL_CSELECT_OUT : 0;
    events |= condition & (G_IO_ERR | G_IO_NVAL) ? CURL_CSELECT_ERR : 0;
    curl_multi_socket_action(client->multi, fd, events, &running);
    collect_ended(client);
    return G_SOURCE_CONTINUE; /* or gone already: note_socket() removes */
}

static gboolean on_timer(gpointer data)
{
    struct client *client = data;
    int running;
    client->timer = 0;
    curl_multi_socket_action(client->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    collect_ended(client);
    return G_SOURCE_REMOVE;
}

static void remove_source(gpointer id)
{
    g_source_remove(GPOINTER_TO_UINT(id));
}

static int note_socket(CURL *easy, curl_socket_t fd, int what, void *data, void *socket_data)
{
    (void)easy;
    (void)socket_data;
    struct client *client = data;
    g_hash_table_remove(client->sockets, GINT_TO_POINTER(fd));
    if (what == CURL_POLL_REMOVE)
        return 0;
    GIOCondition condition = (what & CURL_POLL_IN ? G_IO_IN : 0) | (what & CURL_POLL_OUT ? G_IO_OUT : 0);
    guint id = g_unix_fd_add(fd, condition | G_IO_HUP | G_IO_ERR, on_socket, client);
    g_hash_table_insert(client->sockets, GINT_TO_POINTER(fd), GUINT_TO_POINTER(id));
    return 0;
}

static int note_timer(CURLM *multi, long wait_ms, void *data)
{
    (void)multi;
    struct client *client = data;
    g_clear_handle_id(&client->timer, g_source_remove);
    if (wait_ms >= 0)
        client->timer = g_timeout_add((guint)MIN(wait_ms, G_MAXINT), on_timer, client);
    return 0;
}

static void need_multi(struct client *client)
{
    if (client->multi != NULL)
        return;
    CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    g_assert(ready == CURLE_OK);
    client->multi = curl_multi_init();
    g_assert(client->multi != NULL);
    curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, note_socket);
    curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
    curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, note_timer);
    curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
}

/* ---------------------------------------------------------------- interface */

struct client *client_new(const struct client_options *options)
{
    struct client *client = g_new0(struct client, 1);
    client->url = g_strdup(options->url);
    client->pins = g_strdup(options->pins);
    client->ca_file = g_strdup(options->ca_file);
    client->token = secret_new();
    client->calls = g_hash_table_new_full(NULL, NULL, NULL, call_free);
    client->sockets = g_hash_table_new_full(NULL, NULL, NULL, remove_source);
    return client;
}

void client_free(struct client *client)
{
    if (client == NULL)
        return;
    g_hash_table_unref(client->calls);
    if (client->multi != NULL) {
        curl_multi_cleanup(client->multi); /* closes kept connections, which takes their sources away */
        curl_global_cleanup();
    }
    g_hash_table_unref(client->sockets);
    g_clear_handle_id(&client->timer, g_source_remove);
    secret_free(client->token);
    g_free(client->url);
    g_free(client->pins);
    g_free(client->ca_file);
    g_free(client);
}

void client_set_url(struct client *client, const char *url)
{
    g_free(client->url);
    client->url = g_strdup(url);
}

void client_set_token(struct client *client, const char *token)
{
    bool fits = secret_set(client->token, token != NULL ? token : "");
    g_assert(fits); /* wire/api bounds it */
}

guint client_call(struct client *client, const struct client_request *request, client_reply_fn fn, gpointer data)
{
    need_multi(client);
    const struct client_options options = {client->url, client->pins, client->ca_file};
    struct call *call = g_new0(struct call, 1);
    call->client = client;
    call->ticket = ++client->last_ticket;
    call->transfer = transfer_new(request, &options, client->token);
    call->fn = fn;
    call->data = data;
    g_hash_table_insert(client->calls, GUINT_TO_POINTER(call->ticket), call);
    curl_easy_setopt(transfer_easy(call->transfer), CURLOPT_PRIVATE, call);
    if (!transfer_is_sendable(call->transfer))
        call_end(call, CURLE_OK);
    else if (curl_multi_add_handle(client->multi, transfer_easy(call->transfer)) != CURLM_OK)
        call_end(call, CURLE_FAILED_INIT);
    return call->ticket;
}

void client_cancel(struct client *client, guint ticket)
{
    g_hash_table_remove(client->calls, GUINT_TO_POINTER(ticket));
}
