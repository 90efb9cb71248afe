/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "samples.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define WHAT_COLS 44

void samples_init(struct samples *samples)
{
    samples->values = g_array_new(FALSE, FALSE, sizeof(double));
}

void samples_clear(struct samples *samples)
{
    g_clear_pointer(&samples->values, g_array_unref);
}

void samples_add(struct samples *samples, double value)
{
    g_array_append_val(samples->values, value);
}

static gint by_value(gconstpointer a, gconstpointer b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

double samples_at(const struct samples *samples, double fraction)
{
    guint n = samples->values->len;
    if (n == 0)
        return NAN;
    g_array_sort(samples->values, by_value);
    guint rank = (guint)ceil(fraction * n);
    return g_array_index(samples->values, double, rank == 0 ? 0 : MIN(rank, n) - 1);
}

/* printf counts bytes, people columns. */
static void print_padded(const char *text, int cols)
{
    printf("%s%*s", text, MAX(cols - text_cols(text), 0), "");
}

void samples_print_head(void)
{
    print_padded("", WHAT_COLS);
    printf("%10s %10s %6s  target\n", "median", "p99", "n");
}

void samples_print_row(const char *what, const char *unit, int decimals, const struct samples *samples,
                       const char *target)
{
    g_autofree char *label = g_strdup_printf("%s, %s", what, unit);
    print_padded(label, WHAT_COLS);
    if (samples->values->len == 0)
        printf("%10s %10s %6d  %s\n", "-", "-", 0, target);
    else
        printf("%10.*f %10.*f %6u  %s\n", decimals, samples_at(samples, 0.5), decimals, samples_at(samples, 0.99),
               samples->values->len, target);
    fflush(stdout);
}
