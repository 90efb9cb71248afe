/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/helper_main.h"

#include "helper/child.h"
#include "helper/packet.h"

#include <string.h>

struct helper_context {
    const struct helper_job_entry *entry;
};

bool helper_progress(struct helper_context *context, const void *progress)
{
    g_assert(context->entry->progress != NULL);
    return packet_send(PACKET_FD, PACKET_PROGRESS, context->entry->progress, progress, 0);
}

static void *read_request(const struct helper_job_entry *entry)
{
    char *frame = g_malloc0(PACKET_MAX + 1);
    void *request = NULL;
    if (packet_receive(PACKET_FD, frame, 0) == PACKET_GOT)
        request = packet_record(frame, PACKET_REQUEST, entry->request);
    explicit_bzero(frame, PACKET_MAX + 1);
    g_free(frame);
    return request;
}

int helper_serve(enum helper_job job, helper_job_fn fn)
{
    struct helper_context context = {.entry = &helper_jobs[job]};
    if (!child_bind())
        return 1;
    void *request = read_request(context.entry);
    if (request == NULL)
        return 1;
    void *answer = fn(request, &context);
    g_assert(answer != NULL);
    bool sent = packet_send(PACKET_FD, PACKET_ANSWER, context.entry->answer, answer, 0);
    record_free(context.entry->answer, answer);
    record_free(context.entry->request, request);
    return sent ? 0 : 1;
}
