/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Import of the tables of design 6.2: all or nothing in one transaction, by key, every fault as file:line.
 *
 * A table that is not in the folder is left as it is. Rows that are no longer in a file stay in the database. The same tables
 * again as the last time of the same source ("import", "demo") change nothing, also no password that was upgraded.
 * Blocks: as long as it takes; before the server serves.
 */
#pragma once

#include "platformd/platform.h"

/* False: nothing was changed and `faults` says why. */
bool import_folder(struct platform *platform, const char *folder, GPtrArray *faults);

/* The same from memory, table by table: import_begin(), import_table() …, import_end(). */
struct import;
struct import *import_begin(struct platform *platform, const char *source, GPtrArray *faults);
/* `name` of the table, "plans.tsv"; `shown` stands for the file in faults. */
void import_table(struct import *import, const char *name, const char *shown, const char *text, gsize length);
bool import_end(struct import *import);
/* Names of the tables in the order in which they must come, NULL-terminated. */
extern const char *const import_tables[];
