/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a whole row of a table of fields: the one that has the focus. */
#pragma once

#include <stdbool.h>

struct screen;

/* Something can be done: the row holds something, or a row below it does. */
bool rows_may_clear(const struct screen *screen);
/* Empties the row; one that is empty goes, those below it move up. */
void rows_clear(struct screen *screen);
/* There is a row above, and one of the two holds something. */
bool rows_may_lift(const struct screen *screen);
/* Changes places with the row above; the focus goes along. */
void rows_lift(struct screen *screen);
