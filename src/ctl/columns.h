/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain aligned tables on standard output: every column as wide as its widest cell, hanzi two columns each (base/text). The last
 * column is not padded. Blocks: never.
 */
#pragma once

#include <glib.h>

struct columns;
struct columns *columns_new(guint n);
void columns_free(struct columns *columns);
/* One row of n cells; NULL = empty. Copies. */
void columns_add(struct columns *columns, const char *const *cells);
guint columns_rows(const struct columns *columns);
/* Appends the lines, each after `indent` blanks. */
void columns_write(const struct columns *columns, int indent, GString *out);
