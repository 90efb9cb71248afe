/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starts kiosk-helper for one job, gives it a deadline, and brings its answer home.
 *
 * Whatever can block over 5 ms, crash, or touch untrusted bytes runs there: drawing the sheet, libcups, pictures, a
 * stick's folder. One process per job. The two sides speak frames over a SOCK_SEQPACKET pair on the child's fd 3:
 * one byte kind ('R' request, 'P' progress, 'A' answer), then JSON of a record; at most 64 KiB; files go as paths.
 * No answer by the deadline, a crash or a garbled frame: the child is killed and the outcome is UNKNOWN — a value of
 * the domain, never something to repeat blindly.
 *
 * Owns: the child. Blocks: never (parent side).
 */
#pragma once

#include "session/job.h"

enum helper_outcome { HELPER_DONE, HELPER_UNKNOWN };

struct helper;
/* progress and answer are records of the job's types, freed after the callback. answer is NULL for UNKNOWN. */
typedef void (*helper_progress_fn)(const void *progress, gpointer data);
typedef void (*helper_done_fn)(enum helper_outcome outcome, const void *answer, gpointer data);

/*
 * `program` = path of kiosk-helper. The callbacks come from the main loop, never from inside; `done` exactly once
 * unless cancelled. `progress` may be NULL. The handle is gone when `done` has returned.
 */
struct helper *helper_start(const char *program, enum helper_job job, const void *request, guint deadline_ms,
                            helper_progress_fn progress, helper_done_fn done, gpointer data);
/* Kills it and frees the handle; no callback follows. Accepts NULL; may be called from inside the callbacks. */
void helper_cancel(struct helper *helper);
