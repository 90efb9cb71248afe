/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file under the store: made, checked, and when it is damaged set aside and replaced by a new one that takes
 * over what can still be read. For store.c only. Blocks: a few ms.
 */
#pragma once

#include "storage/store.h"

#include <sqlite3.h>

/* NULL and a STORE_ERROR; a file of a newer program is an error, not damage. */
sqlite3 *store_file_open(const char *path, GError **error);
/* Damage was found later: closes `db`, replaces the file, and opens the new one. */
sqlite3 *store_file_replace(const char *path, sqlite3 *db, GError **error);
bool store_file_is_damage(int code);
/* The STORE_ERROR for what SQLite just said; `kind` unless the disk is full. db may be NULL. */
void store_file_set_error(sqlite3 *db, int code, enum store_error kind, GError **error);
