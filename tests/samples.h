/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a measurement and the one table that `make bench` prints. */
#pragma once

#include <glib.h>

struct samples {
    GArray *values; /* double */
};

void samples_init(struct samples *samples);
void samples_clear(struct samples *samples);
void samples_add(struct samples *samples, double value);
/* By rank; NAN when there are none. fraction 0.5 = median. */
double samples_at(const struct samples *samples, double fraction);

/* "met" or "MISSED": `target` is clauses as "median ≤ 4, p99 ≤ 15", "≤ 50" or "≥ 90" of the median; "" when it sets no limit. */
const char *samples_verdict(const struct samples *samples, const char *target);
/* One row, with the verdict. decimals: digits after the point. */
void samples_print_head(void);
void samples_print_row(const char *what, const char *unit, int decimals, const struct samples *samples,
                       const char *target);
