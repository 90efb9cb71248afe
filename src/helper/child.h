/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One kiosk-helper process as its parent and as itself sees it: started with a socket on fd 3, known by a pidfd, killed, reaped.
 *
 * helper.h runs one job in one child; input/pinyin.h keeps one for as long as a person types. Both speak the frames of packet.h over
 * child.fd (SOCK_SEQPACKET).
 *
 * The child is known by its pidfd only: a number may be given to another process, a pidfd never is.
 */
#pragma once

#include <stdbool.h>

struct child {
    int fd, pidfd; /* -1 = none */
};
#define CHILD_NONE ((struct child){-1, -1})

/* `program` = path of kiosk-helper, `job` its argument. False (and none) when it cannot be started; a log line says why. */
bool child_start(struct child *child, const char *program, const char *job);
/* Kills it; a source of the main loop reaps it. Accepts none. */
void child_end(struct child *child);
/* Kills it and waits until it is gone: a few ms. */
void child_end_now(struct child *child);

/* The child's side, first thing: dies with its parent, hands fd 3 to nobody. False when the parent is gone already. */
bool child_bind(void);
