/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with a layout beyond its syntax: numbers, names, places outside the paper. Blocks: never. */
#pragma once

#include "printing/layout.h"

/* Fills the numbers and pointers of `layout`; adds every fault as file:line, `source` being the file's text. */
void layout_resolve(struct layout *layout, const char *file, const char *source, GPtrArray *faults);
