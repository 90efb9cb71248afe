/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform counts, as Prometheus text. No personal data: calls, statuses, states. Blocks: metrics_text()
   reads local disk, as much for a million applications as for one. */
#pragma once

#include <glib.h>

struct metrics;
struct platform;

struct metrics *metrics_new(void);
void metrics_free(struct metrics *metrics); /* accepts NULL */
/* `call` is a constant text: "GET /v1/me". */
void metrics_count(struct metrics *metrics, const char *call, unsigned status);
GBytes *metrics_text(struct platform *platform);
