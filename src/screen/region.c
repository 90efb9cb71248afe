/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/region.h"

#include <string.h>

static const struct page_choice *place_at(const GPtrArray *places, guint i)
{
    return g_ptr_array_index(places, i);
}

static const struct page_choice *find(const GPtrArray *places, const char *code)
{
    for (guint i = 0; i < places->len; i++)
        if (strcmp(place_at(places, i)->key, code) == 0)
            return place_at(places, i);
    return NULL;
}

static bool is_province(const char *code)
{
    return strcmp(code + 2, "0000") == 0;
}

void region_above(const GPtrArray *places, const char *code, char ret[REGION_CODE])
{
    char above[REGION_CODE] = "";
    ret[0] = '\0';
    if (strlen(code) != REGION_CODE - 1 || is_province(code))
        return;
    memcpy(above, code, REGION_CODE);
    if (strcmp(code + 4, "00") != 0) {
        memcpy(above + 4, "00", 2);
        if (!find(places, above))
            memcpy(above + 2, "00", 2);
    } else {
        memcpy(above + 2, "00", 2);
    }
    memcpy(ret, above, REGION_CODE);
}

GPtrArray *region_within(const GPtrArray *places, const char *code)
{
    GPtrArray *within = g_ptr_array_new();
    char above[REGION_CODE];
    for (guint i = 0; i < places->len; i++) {
        const struct page_choice *place = place_at(places, i);
        if (strncmp(place->key, code, *code ? 2 : 0) != 0) /* saves looking for most of them */
            continue;
        region_above(places, place->key, above);
        if (strcmp(above, code) == 0)
            g_ptr_array_add(within, (gpointer)place);
    }
    return within;
}

char *region_text(const GPtrArray *places, const char *code)
{
    const struct page_choice *place = find(places, code);
    char above[REGION_CODE];
    if (!place)
        return g_strdup("");
    region_above(places, code, above);
    g_autofree char *before = region_text(places, above);
    return g_strconcat(before, place->label, NULL);
}

bool region_is_whole(const GPtrArray *places, const char *code)
{
    if (!*code || !is_province(code))
        return *code != '\0';
    g_autoptr(GPtrArray) within = region_within(places, code);
    for (guint i = 0; i < within->len; i++)
        if (g_str_has_suffix(place_at(within, i)->key, "00"))
            return false;
    return true;
}

gsize region_read(const GPtrArray *places, const char *text, char ret[REGION_CODE])
{
    gsize used = 0;
    bool deeper = true;
    ret[0] = '\0';
    while (deeper) {
        g_autoptr(GPtrArray) within = region_within(places, ret);
        deeper = false;
        for (guint i = 0; i < within->len && !deeper; i++) {
            const struct page_choice *place = place_at(within, i);
            deeper = g_str_has_prefix(text + used, place->label);
            if (deeper) {
                used += strlen(place->label);
                (void)g_strlcpy(ret, place->key, REGION_CODE);
            }
        }
    }
    return used;
}
