/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calls into libraries that the build does not name: pango brings fontconfig and pangoft2 into the process by itself, and
 * HarfBuzz's subsetter is installed with HarfBuzz. Each function below hands its call on to the library's own one.
 *
 * When the build names them (pkg-config pangofc fontconfig harfbuzz-subset), this file is to be deleted; nothing else changes.
 */
#include <dlfcn.h>
#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <hb-subset.h>
#include <pango/pangofc-fontmap.h>

static void *subsetter(void)
{
    return dlopen("libharfbuzz-subset.so.0", RTLD_NOW);
}

/* Looks a function up and gives it the type of the one being defined. NULL when the library is not installed. */
#define FIND(function, library)                                                                                        \
    void *library_ = (library);                                                                                        \
    __typeof__(function) *real = NULL;                                                                                 \
    *(void **)&real = library_ ? dlsym(library_, #function) : NULL

FcConfig *FcConfigCreate(void)
{
    FIND(FcConfigCreate, RTLD_NEXT);
    return real();
}

void FcConfigDestroy(FcConfig *config)
{
    FIND(FcConfigDestroy, RTLD_NEXT);
    real(config);
}

FcBool FcConfigAppFontAddFile(FcConfig *config, const FcChar8 *file)
{
    FIND(FcConfigAppFontAddFile, RTLD_NEXT);
    return real(config, file);
}

void pango_fc_font_map_set_config(PangoFcFontMap *map, FcConfig *config)
{
    FIND(pango_fc_font_map_set_config, RTLD_NEXT);
    real(map, config);
}

/* The only one that may find no library; without an input nothing else of the subsetter is called. */
hb_subset_input_t *hb_subset_input_create_or_fail(void)
{
    FIND(hb_subset_input_create_or_fail, subsetter());
    return real ? real() : NULL;
}

void hb_subset_input_destroy(hb_subset_input_t *input)
{
    FIND(hb_subset_input_destroy, subsetter());
    real(input);
}

hb_set_t *hb_subset_input_unicode_set(hb_subset_input_t *input)
{
    FIND(hb_subset_input_unicode_set, subsetter());
    return real(input);
}

hb_set_t *hb_subset_input_set(hb_subset_input_t *input, hb_subset_sets_t set)
{
    FIND(hb_subset_input_set, subsetter());
    return real(input, set);
}

void hb_subset_input_set_flags(hb_subset_input_t *input, unsigned flags)
{
    FIND(hb_subset_input_set_flags, subsetter());
    real(input, flags);
}

hb_face_t *hb_subset_or_fail(hb_face_t *face, const hb_subset_input_t *input)
{
    FIND(hb_subset_or_fail, subsetter());
    return real(face, input);
}
