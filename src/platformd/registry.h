/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was imported, as the records of graduation/: plans, candidates, results, batches. Blocks: local disk reads. */
#pragma once

#include "graduation/batch.h"
#include "graduation/candidate.h"
#include "platformd/platform.h"

/* All may be NULL, also of those that exist (the disk may not give them); freed with record_free() and their type. */
struct plan *registry_plan(struct platform *platform, const char *major, const char *version);
struct candidate *registry_candidate(struct platform *platform, const char *exam_no);
/* The batch whose turn it is: the last one whose application window has begun, else the next one. */
struct batch *registry_batch_now(struct platform *platform, int64_t now);
struct batch *registry_batch(struct platform *platform, const char *name);
/* struct result, of all attempts that count; freed with record_list_free(). Never NULL. */
GPtrArray *registry_results(struct platform *platform, const char *exam_no);
/* The same as they stood for this application: what it took itself when it was passed is not used by another. */
GPtrArray *registry_results_for(struct platform *platform, const char *exam_no, int64_t application);
/* The newest plan version of a major that this candidate may apply for, else of the plans; newly allocated, may be NULL. */
char *registry_plan_version(struct platform *platform, const char *exam_no, const char *major);
