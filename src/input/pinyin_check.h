/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is everything there that pinyin needs? For `kiosk --check`, and for the engine before it gives libpinyin tables that would crash it.
 *
 * Blocks: reads the head of each table; pinyin_check() also starts an engine, waits for it and ends it (some 100 ms).
 */
#pragma once

#include "input/pinyin.h"

/* The first of libpinyin's tables in the folder that is missing, unreadable, or shorter than it says of itself; NULL = all are well. */
const char *pinyin_check_tables(const char *folder);
/*
 * Adds a sentence for each of tables, helper and lexicon that cannot be used, as settings_fault() does; when all can, the engine must start.
 * True when nothing was added.
 */
bool pinyin_check(const struct pinyin_options *options, GPtrArray *faults);
