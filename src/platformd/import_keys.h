/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A key stands in a file once: of two rows with the same one nobody knows which is meant. Remembers 16 bytes for each row, so a
 * file of a whole province fits, and no text of it. Only import.c needs it.
 */
#pragma once

#include "base/record.h"

struct import_keys;
struct import_keys *import_keys_new(void);
void import_keys_free(struct import_keys *keys); /* accepts NULL */
void import_keys_add(struct import_keys *keys, const struct record_type *type, const void *row, unsigned line);
/* Tells each row whose key stood there before, and forgets all of them. */
void import_keys_check(struct import_keys *keys, const char *shown, GPtrArray *faults);
