/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The child's side: reads the request frame from fd 3, runs the job's function, writes the answer frame.
 * Used by src/kiosk-helper.c only.
 */
#pragma once

#include "session/job.h"

/* Sends progress to the parent; false when the parent is gone. `context` is the one given to the job. */
struct helper_context;
bool helper_progress(struct helper_context *context, const void *progress);
/* Returns a new answer record; never NULL. May block: that is what it is for. */
typedef void *(*helper_job_fn)(const void *request, struct helper_context *context);
/* Runs `job`; returns the exit code of the process. */
int helper_serve(enum helper_job job, helper_job_fn fn);
