/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to do next: a list with room to breathe. */
#include "screen/choices.h"

static void draw(struct screen *screen)
{
    choices_draw(screen, MARKS_NONE, true);
}

static enum step_result take(struct screen *screen, const struct key *key)
{
    return choices_key(screen, key, false);
}

const struct step_ops step_menu = {.enter = choices_enter, .draw = draw, .key = take};
