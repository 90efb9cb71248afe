/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a judgement takes at its largest: 100 courses in the plan, 200 results, each course with old codes, English replaced. */
#pragma once

#include "samples.h"

#define BENCH_ELIGIBILITY_TARGET "≤ 1 ms"

/* Adds `rounds` times in milliseconds. */
void bench_eligibility(struct samples *samples, int rounds);
