/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tab-separated UTF-8 tables with a header line, read into records: code tables and imports.
 *
 * Columns go by name in any order; an unknown, double or missing required column is a fault with file:line. An empty
 * cell leaves the field at its default, and is a fault where the field is required. A STRINGS cell holds words separated
 * by spaces; ONE and MANY have no column. No quoting, no escapes. Empty lines are skipped, CRLF and a byte order mark accepted.
 *
 * Blocks: tsv_read() reads one local file.
 */
#pragma once

#include "base/record.h"

#define TSV_LINE_MAX (64 * 1024)         /* bytes */
#define TSV_FILE_MAX (256 * 1024 * 1024) /* bytes: the results of a whole province */

typedef bool (*tsv_row_fn)(void *record, unsigned line, gpointer data); /* takes `record`; false stops */

/* Calls `row` for each sound line, also after a fault: all are collected. False when there was one or `row` stopped. */
bool tsv_parse(const struct record_type *type, const char *text, gsize length, const char *name, GPtrArray *faults,
               tsv_row_fn row, gpointer data);
bool tsv_read(const struct record_type *type, const char *path, GPtrArray *faults, tsv_row_fn row, gpointer data);
/* All rows, to be freed with record_list_free(); NULL after a fault. */
GPtrArray *tsv_parse_all(const struct record_type *type, const char *text, gsize length, const char *name,
                         GPtrArray *faults);
GPtrArray *tsv_read_all(const struct record_type *type, const char *path, GPtrArray *faults);
