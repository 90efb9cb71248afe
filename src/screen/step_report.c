/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts, tables and then texts, to be read and scrolled. */
#include "screen/view.h"

static void draw(struct screen *screen)
{
    panel_begin(screen);
    panel_facts(screen);
    panel_tables(screen);
    panel_texts(screen, false);
    panel_fields(screen, 0, (int)screen->page->fields->len);
    panel_texts(screen, true);
    panel_paint(screen);
}

const struct step_ops step_report = {.enter = panel_enter, .draw = draw, .key = panel_key};
