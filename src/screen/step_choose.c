/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One or many of a list. */
#include "screen/choices.h"

#define AIRY_ROWS 24 /* on a small screen it is better to see more of them at once */

static void draw(struct screen *screen)
{
    bool airy = screen->frame.body.rows >= AIRY_ROWS;
    choices_draw(screen, screen->page->choose_many ? MARKS_MANY : MARKS_ONE, airy);
}

static enum step_result take(struct screen *screen, const struct key *key)
{
    return choices_key(screen, key, screen->page->choose_many);
}

const struct step_ops step_choose = {.enter = choices_enter, .draw = draw, .key = take};
