/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page with a list: facts and texts above, the list, the running sum, notes. Shared by step_menu and step_choose. */
#pragma once

#include "screen/view.h"

void choices_enter(struct screen *screen);
void choices_draw(struct screen *screen, enum list_marks marks, bool airy);
/* many: Space and a number tick, Enter is the page's primary action; else all of them pick. */
enum step_result choices_key(struct screen *screen, const struct key *key, bool many);
