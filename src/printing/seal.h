/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The mark on paper by which the county sees that a print is stale or altered: it changes with any text of the sheet and says nothing
 * about the person. Blocks: never.
 */
#pragma once

#include "graduation/sheet_data.h"

/* "EDSYS-8AGZV": 50 bits of SHA-256 over all names, texts and the form's version, in Crockford's letters. Newly allocated. */
char *seal_of(const struct sheet_data *data);
