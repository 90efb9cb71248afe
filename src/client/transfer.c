/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/transfer.h"

#include "base/log.h"
#include "wire/json.h"

#include <string.h>

#define CONNECT_MS       5000
#define HEADER_BYTES_MAX (64 * 1024)

struct transfer {
    const struct api_entry *entry;
    CURL *easy;
    char *url;
    struct curl_slist *headers;
    struct curl_slist bearer;     /* first of the list, its text is in locked memory */
    struct secret *authorization; /* "Authorization: Bearer …" */
    char *body;                   /* JSON, wiped */
    GBytes *raw;
    GByteArray *answer;
    gsize header_bytes;
    bool sendable, too_big;
    CURLcode result;
};

/* ---------------------------------------------------------------- request */

static char *make_url(const struct client_request *request, const char *base)
{
    const struct api_entry *entry = &api_entries[request->call];
    const char *open = strchr(entry->path, '{');
    GString *url = g_string_new(base);
    g_string_append_len(url, entry->path, open != NULL ? open - entry->path : (gssize)strlen(entry->path));
    if (open != NULL) {
        g_assert(request->argument != NULL && *request->argument != '\0');
        g_string_append_uri_escaped(url, request->argument, NULL, FALSE);
        g_string_append(url, strchr(open, '}') + 1);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(request->query) && request->query[i][0] != NULL; i++) {
        g_string_append_printf(url, "%c%s=", i == 0 ? '?' : '&', request->query[i][0]);
        g_string_append_uri_escaped(url, request->query[i][1], NULL, FALSE);
    }
    return g_string_free(url, FALSE);
}

static void add_header(struct transfer *transfer, const char *name, const char *value)
{
    g_autofree char *line = g_strdup_printf("%s: %s", name, value);
    transfer->headers = curl_slist_append(transfer->headers, line);
}

/* libcurl reads the list when it sends: the line with the token is never copied to where it could be found later. */
static void set_bearer(struct transfer *transfer, const struct secret *token)
{
    static const char format[] = "Authorization: Bearer %s";
    char line[SECRET_MAX + 1];
    transfer->authorization = secret_new();
    g_snprintf(line, sizeof line, format, secret_text(token));
    bool fits = secret_set(transfer->authorization, line);
    g_assert(fits);
    explicit_bzero(line, sizeof line);
    transfer->bearer.data = (char *)secret_text(transfer->authorization);
    transfer->bearer.next = transfer->headers;
}

static void set_headers(struct transfer *transfer, const struct client_request *request, const struct secret *token)
{
    unsigned flags = transfer->entry->flags;
    add_header(transfer, "Accept", flags & API_RAW_ANSWER ? "*/*" : "application/json");
    add_header(transfer, "Expect", ""); /* no waiting for 100-continue */
    if (transfer->entry->request != NULL)
        add_header(transfer, "Content-Type", "application/json");
    if (flags & API_RAW_REQUEST)
        add_header(transfer, "Content-Type", "application/octet-stream");
    if (flags & API_WRITE) {
        g_assert(request->idempotency_key != NULL);
        add_header(transfer, "Idempotency-Key", request->idempotency_key);
    }
    if (flags & API_VERSIONED) {
        g_autofree char *version = g_strdup_printf("%" G_GINT64_FORMAT, request->version);
        add_header(transfer, "If-Match", version);
    }
    bool with_token = flags & API_SESSION && token != NULL && *secret_text(token) != '\0';
    if (with_token)
        set_bearer(transfer, token);
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, with_token ? &transfer->bearer : transfer->headers);
}

/* The body stays ours; libcurl gets its address. */
static void set_body(struct transfer *transfer, const struct client_request *request)
{
    const struct api_entry *entry = transfer->entry;
    const void *bytes = "";
    gsize length = 0;
    if (entry->request != NULL) {
        g_assert(request->body != NULL);
        bytes = transfer->body = wire_write(entry->request, request->body);
        length = strlen(transfer->body);
    } else if (entry->flags & API_RAW_REQUEST && request->raw != NULL) {
        transfer->raw = g_bytes_ref(request->raw);
        bytes = g_bytes_get_data(transfer->raw, &length);
    }
    transfer->sendable = length <= entry->request_max;
    if (strcmp(entry->method, "PUT") == 0 || strcmp(entry->method, "POST") == 0) {
        curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)length);
        curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDS, length > 0 ? bytes : "");
    }
    curl_easy_setopt(transfer->easy, CURLOPT_CUSTOMREQUEST, entry->method);
}

/* ---------------------------------------------------------------- answer, while it arrives */

static size_t take_answer(char *bytes, size_t size, size_t n, void *data)
{
    struct transfer *transfer = data;
    transfer->too_big = n * size > transfer->entry->answer_max - transfer->answer->len;
    if (transfer->too_big)
        return 0;
    g_byte_array_append(transfer->answer, (const guint8 *)bytes, (guint)(n * size));
    return n * size;
}

static size_t take_header(char *bytes, size_t size, size_t n, void *data)
{
    (void)bytes;
    struct transfer *transfer = data;
    transfer->header_bytes += n * size;
    transfer->too_big = transfer->header_bytes > HEADER_BYTES_MAX;
    return transfer->too_big ? 0 : n * size;
}

static void set_answer(struct transfer *transfer)
{
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(transfer->easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->entry->answer_max);
}

/* ---------------------------------------------------------------- life */

static void set_connection(struct transfer *transfer, const struct client_options *options,
                           const struct client_request *request)
{
    CURL *easy = transfer->easy;
    unsigned deadline_ms = request->deadline_ms != 0 ? request->deadline_ms : transfer->entry->deadline_ms;
    curl_easy_setopt(easy, CURLOPT_URL, transfer->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* not even from the environment */
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "graduation-kiosk/" KIOSK_VERSION);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)deadline_ms + (long)request->extra_wait_ms);
    if (options->pins != NULL)
        curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, options->pins);
    if (options->ca_file != NULL)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
}

struct transfer *transfer_new(const struct client_request *request, const struct client_options *options,
                              const struct secret *token)
{
    struct transfer *transfer = g_new0(struct transfer, 1);
    transfer->entry = &api_entries[request->call];
    transfer->easy = curl_easy_init();
    if (transfer->easy == NULL)
        g_error("out of memory for a call");
    transfer->answer = g_byte_array_new();
    transfer->url = make_url(request, options->url);
    set_connection(transfer, options, request);
    set_headers(transfer, request, token);
    set_body(transfer, request);
    set_answer(transfer);
    return transfer;
}

void transfer_free(struct transfer *transfer)
{
    if (transfer == NULL)
        return;
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    secret_free(transfer->authorization);
    if (transfer->body != NULL)
        explicit_bzero(transfer->body, strlen(transfer->body));
    if (transfer->answer->len > 0)
        explicit_bzero(transfer->answer->data, transfer->answer->len);
    g_byte_array_unref(transfer->answer);
    g_clear_pointer(&transfer->raw, g_bytes_unref);
    g_free(transfer->body);
    g_free(transfer->url);
    g_free(transfer);
}

CURL *transfer_easy(const struct transfer *transfer)
{
    return transfer->easy;
}

bool transfer_is_sendable(const struct transfer *transfer)
{
    return transfer->sendable;
}

void transfer_end(struct transfer *transfer, CURLcode result)
{
    transfer->result = result;
}

/* ---------------------------------------------------------------- what the answer means */

/* Their reason when they gave one we can read, else `code`. */
static struct api_failure *make_failure(const struct transfer *transfer, const char *code)
{
    struct api_error *error = wire_read(&api_error_record, (const char *)transfer->answer->data, transfer->answer->len,
                                        WIRE_LENIENT, NULL, NULL);
    struct api_failure *failure = error != NULL ? g_steal_pointer(&error->error) : record_new(&api_failure_record);
    record_free(&api_error_record, error);
    if (failure->code == NULL)
        failure->code = g_strdup(code);
    return failure;
}

/* False when it is not what the interface says. */
static bool read_answer(struct transfer *transfer, struct client_reply *reply)
{
    const struct api_entry *entry = transfer->entry;
    GByteArray *answer = transfer->answer;
    g_autoptr(GError) error = NULL;
    if (entry->flags & API_RAW_ANSWER) {
        reply->raw = g_bytes_new(answer->data, answer->len);
        return true;
    }
    if (entry->answer == NULL)
        return answer->len == 0;
    reply->answer = wire_read(entry->answer, (const char *)answer->data, answer->len, WIRE_LENIENT, NULL, &error);
    if (error != NULL)
        log_write(LOG_WARN, "client", "%s %s: %s", entry->method, entry->path, error->message);
    return reply->answer != NULL;
}

static enum client_outcome judge_status(struct transfer *transfer, struct client_reply *reply)
{
    if (reply->status >= 200 && reply->status < 300)
        return read_answer(transfer, reply) ? CLIENT_OK : CLIENT_GARBLED;
    if (reply->status == 304 && reply->call == API_APPLICATION)
        return CLIENT_UNCHANGED;
    if (reply->status < 400 || reply->status > 599)
        return CLIENT_GARBLED;
    reply->failure = make_failure(transfer, "unknown");
    return reply->status < 500 ? CLIENT_REFUSED : CLIENT_FAILED;
}

/*
 * Codes of libcurl that mean: somebody answered, but not our platform. All others: no answer. OUT_OF_MEMORY is what
 * it says to a header line beyond its own limit.
 */
static bool is_garbled(const struct transfer *transfer)
{
    static const CURLcode codes[] = {CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_FILESIZE_EXCEEDED,
                                     CURLE_BAD_CONTENT_ENCODING, CURLE_OUT_OF_MEMORY};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (transfer->result == codes[i])
            return true;
    return transfer->too_big;
}

/* Their Date, seconds since 1970; 0 when there is none, or nonsense. */
static int64_t read_date(const struct transfer *transfer)
{
    struct curl_header *header = NULL;
    if (curl_easy_header(transfer->easy, "Date", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return 0;
    return MAX(curl_getdate(header->value, NULL), 0);
}

void transfer_judge(struct transfer *transfer, struct client_reply *ret)
{
    long status = 0;
    *ret = (struct client_reply){.call = transfer->entry->call};
    if (!transfer->sendable) {
        ret->failure = make_failure(transfer, "too_large");
        ret->outcome = CLIENT_REFUSED;
        return;
    }
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    ret->status = (int)status;
    if (transfer->result == CURLE_OK) {
        ret->outcome = judge_status(transfer, ret);
        ret->date = read_date(transfer);
    } else {
        ret->outcome = is_garbled(transfer) ? CLIENT_GARBLED : CLIENT_UNREACHABLE;
    }
    if (ret->outcome > CLIENT_UNCHANGED)
        log_write(LOG_INFO, "client", "%s %s: %s (%s, status %d)", transfer->entry->method, transfer->entry->path,
                  client_outcome_words[ret->outcome], curl_easy_strerror(transfer->result), ret->status);
}

void transfer_reply_clear(struct client_reply *reply)
{
    record_free(api_entries[reply->call].answer, reply->answer);
    record_free(&api_failure_record, (struct api_failure *)reply->failure);
    g_clear_pointer(&reply->raw, g_bytes_unref);
}
