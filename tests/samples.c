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

/* One clause, "p99 ≤ 1" or "≤ 50" (of the median): 1 met, 0 missed, -1 no limit. */
static int judge(const char *clause, const struct samples *samples)
{
    const char *most = strstr(clause, "≤ "), *least = strstr(clause, "≥ ");
    double fraction = strstr(clause, "p99") != NULL ? 0.99 : 0.5;
    if (most == NULL && least == NULL)
        return -1;
    double limit = g_ascii_strtod((most != NULL ? most : least) + strlen("≤ "), NULL);
    double value = samples_at(samples, fraction);
    return most != NULL ? value <= limit : value >= limit;
}

const char *samples_verdict(const struct samples *samples, const char *target)
{
    int worst = -1;
    g_auto(GStrv) clauses = g_strsplit(target, ", ", -1);
    for (char **clause = clauses; *clause != NULL; clause++) {
        int verdict = judge(*clause, samples);
        worst = worst < 0 ? verdict : verdict < 0 ? worst : MIN(worst, verdict);
    }
    return worst < 0 ? "" : worst > 0 ? "met" : "MISSED";
}

void samples_print_head(void)
{
    print_padded("", WHAT_COLS);
    printf("%10s %10s %6s          target\n", "median", "p99", "n");
}

void samples_print_row(const char *what, const char *unit, int decimals, const struct samples *samples,
                       const char *target)
{
    g_autofree char *label = g_strdup_printf("%s, %s", what, unit);
    print_padded(label, WHAT_COLS);
    if (samples->values->len == 0)
        printf("%10s %10s %6d  %-6s  %s\n", "-", "-", 0, samples_verdict(samples, target), target);
    else
        printf("%10.*f %10.*f %6u  %-6s  %s\n", decimals, samples_at(samples, 0.5), decimals, samples_at(samples, 0.99),
               samples->values->len, samples_verdict(samples, target), target);
    fflush(stdout);
}
