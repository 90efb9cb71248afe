/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The demo people of design 6.4: embedded tables, a batch whose windows are always open, and, for those who are to be met in the
 * middle of the process, the application that brought them there. Loading again changes nothing they have done since.
 */
#pragma once

#include "platformd/platform.h"

bool demo_load(struct platform *platform, GPtrArray *faults);
