/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole expected screens, tests/screens/NAME.screen. `make screens` writes them anew; every other run compares.
 *
 * What changes from run to run is masked on both sides, cell for cell: order numbers, ports, times of day, countdowns, and the inside of
 * a QR code (golden.c has the table). The first line of a file says the size and where the cursor stands.
 *
 * A comparison waits until the screen is the expected one, and fails at its deadline with the rows that differ.
 */
#pragma once

#include "term.h"

#define golden_check(term, name) golden_check_at(__FILE__, __LINE__, term, name)
void golden_check_at(const char *file, int line, struct term *term, const char *name);
/* A row of text, what changes from run to run masked. Newly allocated. */
char *golden_mask(const char *text);
/* The masked screen with its first line, newly allocated. */
char *golden_text(const struct term *term);
