/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/sheet_fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include <pango/pangofc-fontmap.h>

/* One face of the layout's list. */
struct cut_face {
    const struct layout_font *font;
    hb_face_t *whole;   /* NULL: not readable */
    hb_font_t *letters; /* to ask which letters it has */
    hb_set_t *needed;
    char *family;
    int weight;
    char *file; /* the cut face; NULL = not needed */
};

struct sheet_fonts {
    const struct layout *layout;
    char *directory; /* NULL until a face is cut */
    char *beside;
    GPtrArray *faces; /* struct cut_face, as in layout->fonts */
    hb_set_t *missing;
    FcConfig *config;
    PangoFontMap *map;
};

static char *family_of(hb_face_t *face)
{
    char name[128];
    unsigned n = sizeof(name);
    hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FONT_FAMILY, hb_language_from_string("en", -1), &n, name);
    return g_strndup(name, n);
}

static struct cut_face *cut_face_new(const struct layout_font *font)
{
    struct cut_face *face = g_new0(struct cut_face, 1);
    face->font = font;
    face->needed = hb_set_create();
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(font->file); /* mapped, not read */
    if (!blob)
        return face;
    if ((int64_t)hb_face_count(blob) > font->face) {
        face->whole = hb_face_create(blob, (unsigned)font->face);
        face->letters = hb_font_create(face->whole);
        face->family = family_of(face->whole);
        face->weight = (int)hb_style_get_value(face->letters, HB_STYLE_TAG_WEIGHT);
    }
    hb_blob_destroy(blob);
    return face;
}

static void cut_face_free(gpointer data)
{
    struct cut_face *face = data;
    hb_set_destroy(face->needed);
    hb_font_destroy(face->letters);
    hb_face_destroy(face->whole);
    if (face->file)
        g_unlink(face->file);
    g_free(face->file);
    g_free(face->family);
    g_free(face);
}

struct sheet_fonts *sheet_fonts_new(const struct layout *layout, const char *directory)
{
    struct sheet_fonts *fonts = g_new0(struct sheet_fonts, 1);
    fonts->layout = layout;
    fonts->beside = g_strdup(directory);
    fonts->missing = hb_set_create();
    fonts->faces = g_ptr_array_new_with_free_func(cut_face_free);
    for (guint i = 0; i < layout->fonts->len; i++)
        g_ptr_array_add(fonts->faces, cut_face_new(layout->fonts->pdata[i]));
    return fonts;
}

void sheet_fonts_free(struct sheet_fonts *fonts)
{
    if (!fonts)
        return;
    if (fonts->map)
        pango_fc_font_map_set_config((PangoFcFontMap *)fonts->map, NULL); /* it would keep its reference for ever */
    g_clear_object(&fonts->map);
    if (fonts->config)
        FcConfigDestroy(fonts->config);
    g_ptr_array_unref(fonts->faces);
    hb_set_destroy(fonts->missing);
    if (fonts->directory)
        g_rmdir(fonts->directory);
    g_free(fonts->directory);
    g_free(fonts->beside);
    g_free(fonts);
}

static struct cut_face *face_of(const struct sheet_fonts *fonts, const struct layout_font *font)
{
    for (guint i = 0; i < fonts->faces->len; i++) {
        struct cut_face *face = fonts->faces->pdata[i];
        if (face->font == font)
            return face;
    }
    g_assert_not_reached(); /* styles point into the layout's list */
}

static bool has_letter(const struct cut_face *face, gunichar c)
{
    hb_codepoint_t glyph;
    return face->letters && hb_font_get_nominal_glyph(face->letters, c, &glyph);
}

/* Own glyphs of police systems, and what moves other letters around, must never be drawn whatever a font says. */
static bool is_drawable(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return false;
    default:
        return true;
    }
}

/* The first face of the chain that has the letter; NULL when none has. */
static struct cut_face *face_for(const struct sheet_fonts *fonts, const struct layout_style *style, gunichar c)
{
    struct cut_face *own = face_of(fonts, style->face);
    if (has_letter(own, c))
        return own;
    const GPtrArray *chain = fonts->layout->fallback;
    for (guint i = 0; i < chain->len; i++) {
        struct cut_face *face = face_of(fonts, layout_font(fonts->layout, chain->pdata[i]));
        if (has_letter(face, c))
            return face;
    }
    return NULL;
}

void sheet_fonts_need(struct sheet_fonts *fonts, const struct layout_style *style, const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '\n')
            continue;
        struct cut_face *face = is_drawable(c) ? face_for(fonts, style, c) : NULL;
        hb_set_add(face ? face->needed : fonts->missing, c);
    }
}

/* Layout features are for shaping other scripts; hanzi and digits need none, and without them the face is smaller. */
static hb_face_t *cut(const struct cut_face *face)
{
    static const char *const dropped[] = {"GSUB", "GPOS", "BASE", "VORG", "vhea", "vmtx", "DSIG"};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_union(hb_subset_input_unicode_set(input), face->needed);
    for (size_t i = 0; i < G_N_ELEMENTS(dropped); i++)
        hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), hb_tag_from_string(dropped[i], 4));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *small = hb_subset_or_fail(face->whole, input);
    hb_subset_input_destroy(input);
    return small;
}

static bool write_face(struct cut_face *face, hb_face_t *small, const char *directory)
{
    unsigned n = 0;
    hb_blob_t *blob = hb_face_reference_blob(small);
    const char *bytes = hb_blob_get_data(blob, &n);
    face->file = g_build_filename(directory, face->font->name, NULL);
    bool ok = g_file_set_contents_full(face->file, bytes, n, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    hb_blob_destroy(blob);
    return ok;
}

/* HarfBuzz 6 cannot cut some hundred letters at once from HanaMin; then the face is taken whole: slower and larger, but right. */
static const char *load_face(struct sheet_fonts *fonts, struct cut_face *face)
{
    if (hb_set_is_empty(face->needed))
        return NULL;
    hb_face_t *small = cut(face);
    bool written = !small || write_face(face, small, fonts->directory);
    hb_face_destroy(small);
    if (!written)
        return "sheet.disk";
    const char *file = face->file ? face->file : face->font->file;
    return FcConfigAppFontAddFile(fonts->config, (const FcChar8 *)file) ? NULL : "sheet.fonts";
}

/* A face that is not there would be replaced by another one in silence. */
static bool all_readable(const struct sheet_fonts *fonts)
{
    for (guint i = 0; i < fonts->faces->len; i++) {
        const struct cut_face *face = fonts->faces->pdata[i];
        if (!face->whole)
            return false;
    }
    return true;
}

const char *sheet_fonts_load(struct sheet_fonts *fonts)
{
    if (!all_readable(fonts))
        return "sheet.fonts";
    fonts->directory = g_build_filename(fonts->beside, ".fonts-XXXXXX", NULL);
    if (!g_mkdtemp_full(fonts->directory, 0700)) {
        g_clear_pointer(&fonts->directory, g_free);
        return "sheet.disk";
    }
    fonts->config = FcConfigCreate();
    for (guint i = 0; i < fonts->faces->len; i++) {
        const char *problem = load_face(fonts, fonts->faces->pdata[i]);
        if (problem)
            return problem;
    }
    fonts->map = pango_cairo_font_map_new();
    pango_fc_font_map_set_config((PangoFcFontMap *)fonts->map, fonts->config);
    return NULL;
}

void sheet_fonts_missing(const struct sheet_fonts *fonts, GPtrArray *ret_missing)
{
    hb_codepoint_t c = HB_SET_VALUE_INVALID;
    while (hb_set_next(fonts->missing, &c))
        g_ptr_array_add(ret_missing, g_strdup_printf("U+%04X", c));
}

PangoFontMap *sheet_fonts_map(const struct sheet_fonts *fonts)
{
    return fonts->map;
}

PangoFontDescription *sheet_fonts_describe(const struct sheet_fonts *fonts, const struct layout_style *style)
{
    const struct cut_face *own = face_of(fonts, style->face);
    g_autoptr(GString) families = g_string_new(own->family);
    const GPtrArray *chain = fonts->layout->fallback;
    for (guint i = 0; i < chain->len; i++) {
        const struct cut_face *face = face_of(fonts, layout_font(fonts->layout, chain->pdata[i]));
        if (face->family)
            g_string_append_printf(families, ",%s", face->family);
    }
    PangoFontDescription *description = pango_font_description_new();
    pango_font_description_set_family(description, families->str);
    pango_font_description_set_weight(description, (PangoWeight)own->weight);
    return description;
}
