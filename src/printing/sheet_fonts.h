/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fonts of one sheet: for each face of the layout a small font with just the letters this sheet needs from it.
 *
 * Why not the whole fonts: cairo embeds Noto's subroutines with every subset (270–670 kB a sheet), and fontconfig needs its cache
 * of them. A face cut down by HarfBuzz takes 5 ms, makes a PDF of a third, and no font of the machine can slip in: pango sees
 * the cut faces and nothing else.
 *
 * Owns: a private directory beside the output, removed with the set. Blocks: reads font files.
 */
#pragma once

#include "printing/layout.h"

#include <pango/pangocairo.h>

struct sheet_fonts;

/* `directory` may be written. Never NULL. */
struct sheet_fonts *sheet_fonts_new(const struct layout *layout, const char *directory);
void sheet_fonts_free(struct sheet_fonts *fonts);

/* Every text has to be announced with its style first. */
void sheet_fonts_need(struct sheet_fonts *fonts, const struct layout_style *style, const char *text);
/* Cuts the faces. NULL, or what is wrong: "sheet.fonts" (a font file), "sheet.disk" (the directory). */
const char *sheet_fonts_load(struct sheet_fonts *fonts);
/* Letters no font has, as new "U+2CB4E" texts, each once. Also private use and what only steers text (bidi): never drawn. */
void sheet_fonts_missing(const struct sheet_fonts *fonts, GPtrArray *ret_missing);

/* After loading. The map knows the cut faces only. Borrowed. */
PangoFontMap *sheet_fonts_map(const struct sheet_fonts *fonts);
/* The style's own face and then the fallbacks; without size. Owned by the caller. */
PangoFontDescription *sheet_fonts_describe(const struct sheet_fonts *fonts, const struct layout_style *style);
