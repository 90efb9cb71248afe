/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who decided what, when: appended to, never changed, never deleted (triggers of the schema see to that). standing_move() writes it for
 * every change of state and every decision of staff, in the same transaction; what makes an application (the start, a second
 * round) appends its own line.
 *
 * Blocks: local disk.
 */
#pragma once

#include "graduation/application.h"
#include "platformd/platform.h"

#define AUDIT_SHOWN 200 /* newest lines that a review shows; wire/api.c takes no more */

struct audit_line {
    const char *actor; /* number of staff; NULL = the word of the role */
    const char *major;
    const char *detail; /* what it is now: a word of the state */
    const char *reason;
};

/* "candidate", "system"; staff have numbers. */
extern const char *const audit_actor_words[];

void audit_append(struct platform *platform, int64_t application, enum application_event event, enum actor actor,
                  const struct audit_line *line);
/* struct api_audit, oldest first; at most AUDIT_SHOWN. */
GPtrArray *audit_read(struct platform *platform, int64_t application);
