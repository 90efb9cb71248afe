/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/queue.h"
#include "printing/printer_state.h"

#include <string.h>

#include <cups/cups.h>

#define RESOURCE    "/"
#define IPP_PORT    631
#define CANCEL_LATE 60 /* seconds after our own limit CUPS gives a job up, should we be gone by then */

struct queue {
    const struct profile *profile;
    http_t *http; /* NULL = not connected */
    char *uri;
};

/* No password is ever asked for: a terminal has nobody who knows one. */
static const char *no_password(const char *prompt, http_t *http, const char *method, const char *resource, void *data)
{
    (void)prompt;
    (void)http;
    (void)method;
    (void)resource;
    (void)data;
    return NULL;
}

struct queue *queue_new(const struct profile *profile)
{
    struct queue *queue = g_new0(struct queue, 1);
    queue->profile = profile;
    queue->uri = g_strdup_printf("ipp://localhost/printers/%s", profile->queue);
    cupsSetPasswordCB2(no_password, NULL);
    return queue;
}

static void disconnect(struct queue *queue)
{
    httpClose(queue->http);
    queue->http = NULL;
}

void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    disconnect(queue);
    g_free(queue->uri);
    g_free(queue);
}

static int give_up(http_t *http, void *data)
{
    (void)http;
    (void)data;
    return 0;
}

static http_t *connect_to(const struct profile *profile, const char *host, int port)
{
    http_t *http =
        httpConnect2(host, port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, (int)profile->connect_ms, NULL);
    if (http)
        httpSetTimeout(http, (double)profile->answer_ms / 1000, give_up, NULL);
    return http;
}

/* "host:port", "[v6]:port" or the path of a socket. */
static bool connect_server(struct queue *queue)
{
    const char *server = queue->profile->server;
    if (!server) {
        queue->http = connect_to(queue->profile, cupsServer(), ippPort());
        return queue->http != NULL;
    }
    const char *colon = server[0] == '/' ? NULL : strrchr(server, ':');
    g_autofree char *host = colon ? g_strndup(server, (gsize)(colon - server)) : g_strdup(server);
    int port = colon ? (int)g_ascii_strtoll(colon + 1, NULL, 10) : IPP_PORT;
    queue->http = connect_to(queue->profile, host, port);
    return queue->http != NULL;
}

/* Takes `request`. NULL = no answer; the connection is then closed, since libcups would try to mend it for half a minute. */
static ipp_t *ask(struct queue *queue, ipp_t *request, const char *file)
{
    if (!queue->http && !connect_server(queue)) {
        ippDelete(request);
        return NULL;
    }
    ipp_t *answer =
        file ? cupsDoFileRequest(queue->http, request, RESOURCE, file) : cupsDoRequest(queue->http, request, RESOURCE);
    if (!answer)
        disconnect(queue);
    return answer;
}

static enum queue_outcome outcome_of(ipp_t *answer)
{
    if (!answer)
        return QUEUE_NO_ANSWER;
    switch (ippGetStatusCode(answer)) {
    case IPP_STATUS_ERROR_NOT_FOUND:
        return QUEUE_NO_QUEUE;
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
        return QUEUE_NOT_ACCEPTING;
    default:
        return ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE ? QUEUE_OK : QUEUE_REFUSED;
    }
}

static ipp_t *new_request(const struct queue *queue, ipp_op_t operation, const struct queue_job *job)
{
    ipp_t *request = ippNewRequest(operation);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, queue->uri);
    if (job)
        ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job->id);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
    return request;
}

static void want(ipp_t *request, const char *const *names, int n)
{
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n, NULL, names);
}

static bool has_value(ipp_t *answer, const char *name, const char *value)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    return attribute && ippContainsString(attribute, value);
}

static const char *string_of(ipp_attribute_t *attribute)
{
    const char *text = attribute ? ippGetString(attribute, 0, NULL) : NULL;
    return text ? text : "";
}

static const char *text_of(ipp_t *answer, const char *name)
{
    return string_of(ippFindAttribute(answer, name, IPP_TAG_ZERO));
}

static int number_of(ipp_t *answer, const char *name)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    return attribute ? ippGetInteger(attribute, 0) : 0;
}

/* ---------------------------------------------------------------- before */

/* While a queue is idle what it says of trays is old; a network printer is asked itself. Silence is no reason to refuse. */
static bool is_loaded(const struct profile *profile, const char *device_uri)
{
    char scheme[32], user[32], host[256], resource[256];
    int port;
    if (httpSeparateURI(HTTP_URI_CODING_ALL, device_uri, scheme, sizeof(scheme), user, sizeof(user), host, sizeof(host),
                        &port, resource, sizeof(resource)) < HTTP_URI_STATUS_OK ||
        strcmp(scheme, "ipp") != 0)
        return true;
    http_t *http = connect_to(profile, host, port);
    if (!http)
        return true;
    static const char *const names[] = {"media-ready"};
    ipp_t *request = ippNewRequest(IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, device_uri);
    want(request, names, G_N_ELEMENTS(names));
    ipp_t *answer = cupsDoRequest(http, request, resource);
    bool loaded =
        !ippFindAttribute(answer, "media-ready", IPP_TAG_ZERO) || has_value(answer, "media-ready", profile->media);
    ippDelete(answer);
    httpClose(http);
    return loaded;
}

enum queue_outcome queue_examine(struct queue *queue, struct queue_facts *ret_facts)
{
    static const char *const names[] = {"media-supported", "sides-supported", "printer-is-accepting-jobs", "device-uri",
                                        "printer-state-reasons"};
    ipp_t *request = new_request(queue, IPP_OP_GET_PRINTER_ATTRIBUTES, NULL);
    want(request, names, G_N_ELEMENTS(names));
    ipp_t *answer = ask(queue, request, NULL);
    enum queue_outcome outcome = outcome_of(answer);
    if (outcome == QUEUE_OK) {
        ipp_attribute_t *accepting = ippFindAttribute(answer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
        *ret_facts = (struct queue_facts){
            .media = has_value(answer, "media-supported", queue->profile->media),
            .sides = has_value(answer, "sides-supported", queue->profile->sides),
            .accepting = !accepting || ippGetBoolean(accepting, 0),
            .loaded = is_loaded(queue->profile, text_of(answer, "device-uri")),
            .history_was_lost = has_value(answer, "printer-state-reasons", PRINTER_HISTORY_LOST),
        };
    }
    ippDelete(answer);
    return outcome;
}

/* ---------------------------------------------------------------- jobs */

static enum job_phase phase_of(int job_state)
{
    switch (job_state) {
    case IPP_JSTATE_HELD:
        return PHASE_HELD;
    case IPP_JSTATE_PENDING:
        return PHASE_WAITING;
    case IPP_JSTATE_CANCELED:
        return PHASE_CANCELLED;
    case IPP_JSTATE_ABORTED:
        return PHASE_ABORTED;
    case IPP_JSTATE_COMPLETED:
        return PHASE_COMPLETED;
    default:
        return PHASE_RUNNING;
    }
}

/* One job of a list of jobs: attributes up to the next group. */
static ipp_attribute_t *take_job(ipp_t *answer, ipp_attribute_t *at, char **ret_name, struct queue_job *ret_job)
{
    for (; at && ippGetGroupTag(at) == IPP_TAG_JOB; at = ippNextAttribute(answer)) {
        const char *name = ippGetName(at);
        if (g_strcmp0(name, "job-id") == 0)
            ret_job->id = ippGetInteger(at, 0);
        else if (g_strcmp0(name, "job-state") == 0)
            ret_job->phase = phase_of(ippGetInteger(at, 0));
        else if (g_strcmp0(name, "number-of-documents") == 0)
            ret_job->documents = ippGetInteger(at, 0);
        else if (g_strcmp0(name, "job-uuid") == 0)
            g_strlcpy(ret_job->uuid, string_of(at), sizeof(ret_job->uuid));
        else if (g_strcmp0(name, "job-name") == 0)
            *ret_name = g_strdup(string_of(at));
    }
    return at;
}

static void pick_job(ipp_t *answer, const char *name, struct queue_job *ret_job)
{
    for (ipp_attribute_t *at = ippFirstAttribute(answer); at;) {
        if (ippGetGroupTag(at) != IPP_TAG_JOB) {
            at = ippNextAttribute(answer);
            continue;
        }
        struct queue_job job = {0};
        g_autofree char *job_name = NULL;
        at = take_job(answer, at, &job_name, &job);
        if (g_strcmp0(job_name, name) == 0)
            *ret_job = job;
    }
}

enum queue_outcome queue_find(struct queue *queue, const char *name, struct queue_job *ret_job)
{
    static const char *const names[] = {"job-id", "job-name", "job-uuid", "job-state", "number-of-documents"};
    ipp_t *request = new_request(queue, IPP_OP_GET_JOBS, NULL);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
    ippAddBoolean(request, IPP_TAG_OPERATION, "my-jobs", 1);
    want(request, names, G_N_ELEMENTS(names));
    ipp_t *answer = ask(queue, request, NULL);
    enum queue_outcome outcome = outcome_of(answer);
    *ret_job = (struct queue_job){0};
    if (outcome == QUEUE_OK)
        pick_job(answer, name, ret_job);
    ippDelete(answer);
    return outcome;
}

static void add_ticket(const struct profile *profile, ipp_t *request, int copies)
{
    int limit = (int)(profile->job_ms / 1000) + CANCEL_LATE;
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "job-hold-until", NULL, "indefinite");
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", copies);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL, profile->media);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", NULL, profile->sides);
    ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none"); /* else shrunk to the margins */
    ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-cancel-after", limit);
}

enum queue_outcome queue_create(struct queue *queue, const char *name, int copies, struct queue_job *ret_job)
{
    ipp_t *request = new_request(queue, IPP_OP_CREATE_JOB, NULL);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
    add_ticket(queue->profile, request, copies);
    ipp_t *answer = ask(queue, request, NULL);
    enum queue_outcome outcome = outcome_of(answer);
    *ret_job = (struct queue_job){0};
    if (outcome == QUEUE_OK)
        ret_job->id = number_of(answer, "job-id");
    ippDelete(answer);
    return outcome == QUEUE_OK && ret_job->id ? queue_find(queue, name, ret_job) : outcome;
}

enum queue_outcome queue_send(struct queue *queue, const struct queue_job *job, const char *pdf)
{
    ipp_t *request = new_request(queue, IPP_OP_SEND_DOCUMENT, job);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
    ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
    ipp_t *answer = ask(queue, request, pdf);
    enum queue_outcome outcome = outcome_of(answer);
    ippDelete(answer);
    return outcome;
}

static enum queue_outcome tell(struct queue *queue, ipp_op_t operation, const struct queue_job *job)
{
    ipp_t *answer = ask(queue, new_request(queue, operation, job), NULL);
    enum queue_outcome outcome = outcome_of(answer);
    ippDelete(answer);
    return outcome;
}

enum queue_outcome queue_release(struct queue *queue, const struct queue_job *job)
{
    return tell(queue, IPP_OP_RELEASE_JOB, job);
}

enum queue_outcome queue_cancel(struct queue *queue, const struct queue_job *job)
{
    return tell(queue, IPP_OP_CANCEL_JOB, job);
}

/* ---------------------------------------------------------------- watching */

static enum queue_outcome job_attributes(struct queue *queue, const struct queue_job *job, ipp_t **ret_answer)
{
    static const char *const names[] = {"job-state", "job-uuid", "job-printer-state-message"};
    ipp_t *request = new_request(queue, IPP_OP_GET_JOB_ATTRIBUTES, job);
    want(request, names, G_N_ELEMENTS(names));
    *ret_answer = ask(queue, request, NULL);
    return outcome_of(*ret_answer);
}

static enum queue_outcome printer_attributes(struct queue *queue, ipp_t **ret_answer)
{
    static const char *const names[] = {"printer-state", "printer-state-reasons"};
    ipp_t *request = new_request(queue, IPP_OP_GET_PRINTER_ATTRIBUTES, NULL);
    want(request, names, G_N_ELEMENTS(names));
    *ret_answer = ask(queue, request, NULL);
    return outcome_of(*ret_answer);
}

static void judge(ipp_t *job, ipp_t *printer, struct queue_status *ret_status)
{
    const char *message = text_of(job, "job-printer-state-message");
    bool running = ret_status->phase == PHASE_RUNNING;
    ret_status->state = running                                                     ? printer_state_of_message(message)
                        : number_of(printer, "printer-state") == IPP_PSTATE_STOPPED ? PRINTING_PAUSED
                                                                                    : PRINTING_QUEUED;
    ret_status->reached = running && ret_status->state == PRINTING_RUNNING;
    ret_status->unprintable = printer_state_is_unprintable(message);
    ret_status->history_lost = has_value(printer, "printer-state-reasons", PRINTER_HISTORY_LOST);
    ipp_attribute_t *reasons = ippFindAttribute(printer, "printer-state-reasons", IPP_TAG_ZERO);
    for (int i = 0; ret_status->reached && reasons && i < ippGetCount(reasons); i++)
        ret_status->state =
            printer_state_worse(ret_status->state, printer_state_of_reason(ippGetString(reasons, i, NULL)));
}

enum queue_outcome queue_watch(struct queue *queue, const struct queue_job *job, struct queue_status *ret_status)
{
    ipp_t *job_answer = NULL, *printer_answer = NULL;
    enum queue_outcome outcome = job_attributes(queue, job, &job_answer);
    *ret_status = (struct queue_status){.phase = PHASE_GONE};
    if (outcome == QUEUE_NO_QUEUE) {
        outcome = QUEUE_OK;
    } else if (outcome == QUEUE_OK && strcmp(text_of(job_answer, "job-uuid"), job->uuid) == 0) {
        ret_status->phase = phase_of(number_of(job_answer, "job-state"));
        outcome = printer_attributes(queue, &printer_answer);
        if (outcome == QUEUE_OK)
            judge(job_answer, printer_answer, ret_status);
    }
    ippDelete(job_answer);
    ippDelete(printer_answer);
    return outcome;
}
