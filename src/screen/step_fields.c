/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form: facts and texts, then one field a line, notes below. */
#include "screen/view.h"

static void draw(struct screen *screen)
{
    panel_begin(screen);
    panel_facts(screen);
    panel_texts(screen, false);
    panel_tables(screen);
    panel_fields(screen, 0, (int)screen->page->fields->len);
    panel_texts(screen, true);
    panel_paint(screen);
}

const struct step_ops step_fields = {.enter = panel_enter, .draw = draw, .key = panel_key};
