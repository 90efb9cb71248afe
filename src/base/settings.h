/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads libconfig files (kiosk.conf, forms/, printers/) into records and tells every fault as file:line.
 *
 * The only place that includes libconfig.h. Unknown keys, wrong types and values out of bounds are faults; all
 * of a file's faults are collected, not just the first. Files are at most 1 MiB.
 *
 * Blocks: reads one local file. Owns nothing after a call.
 */
#pragma once

#include "base/record.h"

#define SETTINGS_FILE_MAX   (1024 * 1024) /* bytes */
#define SETTINGS_FAULTS_MAX 200           /* sentences of one list; the rest is summed up in one */

/* A list of "file:line: what is wrong" sentences; the caller owns it (g_ptr_array_unref). */
GPtrArray *settings_faults_new(void);
/* Line 0 = the file as a whole: "file: …". Values never go into a sentence: one may be a secret. */
void settings_fault(GPtrArray *faults, const char *file, unsigned line, const char *format, ...) G_GNUC_PRINTF(4, 5);

/*
 * Reads `path` into a new record of `type`. NULL when there was any fault (added to `faults`).
 * A group is a ONE (left out: its `initial` decides), a list of groups is a MANY, a list or array of strings is a STRINGS. Adjacent strings concatenate.
 */
void *settings_read(const struct record_type *type, const char *path, GPtrArray *faults);
/* The same from memory; `name` stands for the file in faults. */
void *settings_parse(const struct record_type *type, const char *text, const char *name, GPtrArray *faults);
/*
 * A whole regular file of at most `max` bytes, with a final zero that is not counted; no zero byte and no byte order mark
 * inside. NULL and a fault otherwise.
 */
char *settings_load(const char *path, gsize max, gsize *ret_length, GPtrArray *faults);
/* Sets "section.key=value" (the command line's --set) on a record read before. False adds a fault. */
bool settings_override(const struct record_type *type, void *record, const char *assignment, GPtrArray *faults);
