/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Long polls: suspended exchanges that are answered when their candidate's snapshot changes, or with 304 when their time is
 * up. One costs a connection, a timer and some bytes; no thread.
 *
 * Owns: its timers. Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

struct exchange;
struct platform;
struct waiting;

#define WAITING_MAX_S      30
#define WAITING_PER_PERSON 8 /* the longest waiting one is answered early */

enum waiting_end { WAITING_CHANGED, WAITING_UNCHANGED, WAITING_CLOSING };
typedef void (*waiting_fn)(struct platform *platform, struct exchange *exchange, const char *exam_no,
                           enum waiting_end why);

struct waiting *waiting_new(void);
void waiting_free(struct waiting *waiting); /* accepts NULL */
/* `fn` is called once, later, and must answer. */
void waiting_add(struct platform *platform, struct exchange *exchange, const char *exam_no, unsigned wait_ms,
                 waiting_fn fn);
/* Those who wait for one of these people (a set of exam_no). */
void waiting_wake(struct platform *platform, GHashTable *people);
void waiting_wake_all(struct platform *platform);
/* The server ends: everybody is told. */
void waiting_end(struct platform *platform);
guint waiting_count(const struct waiting *waiting);
