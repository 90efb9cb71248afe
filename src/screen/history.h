/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stood in a field before: undo and redo. A run of letters is one step, so is a run of erasing; a new line begins another.
 *
 * Owns: copies of the text, wiped when they go. Never used for passwords. Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define HISTORY_STEPS_MAX 100

enum history_edit { HISTORY_NONE, HISTORY_INSERT, HISTORY_ERASE, HISTORY_REPLACE };

/* Embedded, zeroed at first; history_clear() last. */
struct history {
    GQueue past, future; /* struct moment, the latest first */
    enum history_edit last;
    gsize cursor; /* where the last edit left it: elsewhere a new step begins */
};

void history_clear(struct history *history);
/* Before the text changes. */
void history_note(struct history *history, enum history_edit edit, const char *text, gsize cursor);
/* After it has changed. */
void history_noted(struct history *history, gsize cursor);
/* Puts an earlier (later) text into `text` and *cursor; false when there is none. */
bool history_undo(struct history *history, GString *text, gsize *cursor);
bool history_redo(struct history *history, GString *text, gsize *cursor);
