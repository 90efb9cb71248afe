/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One word for one thing: forms/glossary.tsv holds the terms, and the words that are not used for them. The sentences of screens/,
 * messages.conf and frame.conf may use none of those, and no Latin words but those that are terms themselves (PDF, zip);
 * a single letter is a key or a part of a number.
 *
 * The province's own notices stand verbatim: a word they use is never in the list. What staff reads at kioskctl ("ctl.…") may name its
 * options. Only for `kiosk --check`: it reads the files again, to tell the line. Owns nothing. Blocks: reads local files.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* `directory`: forms/. Adds what it finds to `faults`; true when there was none. */
bool wording_check(const char *directory, GPtrArray *faults);
