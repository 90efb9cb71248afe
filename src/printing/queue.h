/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One CUPS queue, asked by plain IPP over a connection of our own. The only header behind which cups.h stands.
 *
 * Why plain IPP: libcups' destination calls open second connections with waits of a minute that no timeout of ours reaches. Here a
 * call never lasts longer than the profile's connect_ms + answer_ms + 1 s.
 *
 * Owns: the connection. Blocks: every call; runs in a helper.
 */
#pragma once

#include "printing/profile.h"
#include "session/job.h"

struct queue;
struct queue *queue_new(const struct profile *profile); /* keeps `profile`; connects at the first call */
void queue_free(struct queue *queue);

enum queue_outcome {
    QUEUE_OK,
    QUEUE_NO_ANSWER, /* not reached, or reached and silent: what was asked may have happened */
    QUEUE_NO_QUEUE,
    QUEUE_NOT_ACCEPTING,
    QUEUE_REFUSED, /* any other no */
};

/* What the queue says it can do; for a network printer also what the printer itself says. */
struct queue_facts {
    bool media;            /* takes the profile's paper at all */
    bool sides;            /* can print both sides the profile's way */
    bool accepting;        /* takes jobs */
    bool loaded;           /* the paper is in a tray, as far as the printer tells; true when it tells nothing */
    bool history_was_lost; /* an old note, see queue_status.history_lost */
};
enum queue_outcome queue_examine(struct queue *queue, struct queue_facts *ret_facts);

enum job_phase {
    PHASE_HELD,
    PHASE_WAITING,
    PHASE_RUNNING,
    PHASE_COMPLETED,
    PHASE_CANCELLED,
    PHASE_ABORTED,
    PHASE_GONE
};
struct queue_job {
    int id;
    char uuid[64];
    enum job_phase phase;
    int documents;
};
/* The job of this name whatever became of it; id 0 = there is none. Only jobs of this user have names. */
enum queue_outcome queue_find(struct queue *queue, const char *name, struct queue_job *ret_job);
/* A job without a document, held until released. */
enum queue_outcome queue_create(struct queue *queue, const char *name, int copies, struct queue_job *ret_job);
enum queue_outcome queue_send(struct queue *queue, const struct queue_job *job, const char *pdf);
enum queue_outcome queue_release(struct queue *queue, const struct queue_job *job);
enum queue_outcome queue_cancel(struct queue *queue, const struct queue_job *job);

struct queue_status {
    enum job_phase phase;
    enum print_state state; /* what the person should know */
    bool reached;           /* the printer has taken something of it */
    bool unprintable;       /* the printer said beforehand that it cannot do this */
    bool history_lost;      /* the printer was switched off meanwhile and knows nothing of it */
};
/* PHASE_GONE when there is no such job any more, or the number now belongs to another one. */
enum queue_outcome queue_watch(struct queue *queue, const struct queue_job *job, struct queue_status *ret_status);
