/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layout file + data → PDF of two A3 landscape pages (4|1 and 2|3), drawn with pango and cairo. domain.md 5.3.
 *
 * The layout (forms/sheet.conf) gives boxes in mm, styles, lines, repeated rows; data is never read as markup. Text wraps, then
 * shrinks to its style's least size; what still does not fit is reported and nothing may be printed. The same data and layout
 * give the same bytes.
 * Runs in a helper: drawing takes tens of ms and loads fonts.
 *
 * Problems told: "sheet.layout", "sheet.fonts", "sheet.photo", "sheet.missing", "sheet.overflow", "sheet.disk".
 */
#pragma once

#include "helper/helper_main.h"

struct layout;
/* Every fault as file:line; NULL then. Boxes outside their panel or the printable area are faults. */
struct layout *layout_read(const char *path, GPtrArray *faults);
void layout_free(struct layout *layout);
/* Draws into `output` (mode 0600, written whole or not at all). */
struct sheet_answer *sheet_draw(const struct layout *layout, const struct sheet_data *data, const char *output);
/* The same picture of a side (0, 1) as PNG, for looking and tests. */
bool sheet_preview(const struct layout *layout, const struct sheet_data *data, int side, double dpi, const char *png);
/* A helper job: request is struct sheet_request, answer struct sheet_answer. */
void *sheet_job(const void *request, struct helper_context *context);
