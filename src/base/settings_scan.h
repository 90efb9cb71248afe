/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libconfig 1.5 would let pass in silence, found before it reads the text. Only for settings. Blocks: never. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Adds a fault for each @include, number that would be cut to 32 bits, zero byte in a text, and text or comment without
 * an end. True when there is none. */
bool settings_scan(const char *text, const char *name, GPtrArray *faults);
