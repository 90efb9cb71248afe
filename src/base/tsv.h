/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tab-separated UTF-8 tables with a header line, read into records: code tables and imports.
 *
 * Columns go by name in any order; an unknown or missing required column is a fault with file:line.
 * Blocks: tsv_read() reads one local file. Lines are at most 64 KiB.
 */
#pragma once

#include "base/record.h"

typedef bool (*tsv_row_fn)(void *record, unsigned line, gpointer data); /* takes `record`; false stops */

/* Calls `row` for each line. False when there was a fault or `row` stopped. */
bool tsv_parse(const struct record_type *type, const char *text, gsize length, const char *name,
               GPtrArray *faults, tsv_row_fn row, gpointer data);
bool tsv_read(const struct record_type *type, const char *path, GPtrArray *faults, tsv_row_fn row,
              gpointer data);
/* All rows as an array that owns them; NULL after a fault. */
GPtrArray *tsv_parse_all(const struct record_type *type, const char *text, gsize length, const char *name,
                         GPtrArray *faults);
GPtrArray *tsv_read_all(const struct record_type *type, const char *path, GPtrArray *faults);
