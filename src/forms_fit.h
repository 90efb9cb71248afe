/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kiosk --check: every text of forms/ fits its place at 80×24, with keys and with fingers, told as file:line.
 *
 * Draws pages as full as they can come (session/specimen.h) with the terminal's own drawing (screen/fit.h); no terminal is needed.
 * Blocks: reads the forms' files, about a second.
 */
#pragma once

#include "screen/screen.h"
#include "session/forms.h"

/* Forms that passed forms_check(). Adds to `faults`; true when there were none. `office` is the terminal's. */
bool forms_fit(const struct forms *forms, const struct screen_labels *labels, const char *office, GPtrArray *faults);
