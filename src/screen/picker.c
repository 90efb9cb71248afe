/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/picker.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

#define KEY_STOP "." /* the place of the level itself */
#define KEY_TYPE "," /* none of them: the person types */

/* Years that are offered when the page names no bounds. */
#define FIRST_YEAR 1930
#define LAST_YEAR  2050

/* ---------------------------------------------------------------- options */

static void load_options(struct picker *picker, const struct field *field, const struct page_field *page_field,
                         const struct screen_labels *labels)
{
    (void)labels;
    picker->items = g_ptr_array_ref(page_field->options);
    picker->current = g_strdup(field_text(field));
}

static enum picked take_option(struct picker *picker, const struct field *field, const struct page_choice *item,
                               char **ret_value)
{
    (void)picker;
    (void)field;
    *ret_value = g_strdup(item->key);
    return PICKED_VALUE;
}

/* ---------------------------------------------------------------- places */

/* The place right below `level` that `code` is, or lies in; "" when it does not lie there. */
static void place_on_way(const GPtrArray *places, const char *level, const char *code, char ret[REGION_CODE])
{
    char above[REGION_CODE] = "";
    (void)g_strlcpy(ret, code, REGION_CODE);
    for (; *ret; (void)g_strlcpy(ret, above, REGION_CODE)) {
        region_above(places, ret, above);
        if (strcmp(above, level) == 0)
            return;
    }
}

static void load_places(struct picker *picker, const struct field *field, const struct page_field *page_field,
                        const struct screen_labels *labels)
{
    char held[REGION_CODE], on_way[REGION_CODE];
    const GPtrArray *places = picker->places = g_ptr_array_ref(page_field->options);
    g_autoptr(GPtrArray) within = region_within(places, picker->level);
    picker->items = page_choices_new();
    for (guint i = 0; i < within->len; i++) {
        const struct page_choice *place = g_ptr_array_index(within, i);
        page_add_choice(picker->items, place->key, place->label, NULL);
    }
    if (!*picker->level)
        page_add_choice(picker->items, KEY_TYPE, labels->pick_type, NULL);
    else if (region_is_whole(places, picker->level))
        page_add_choice(picker->items, KEY_STOP, labels->pick_stop, NULL);
    (void)region_read(places, field_text(field), held);
    place_on_way(places, picker->level, held, on_way);
    picker->current = g_strdup(*on_way || strcmp(held, picker->level) != 0 || !*held ? on_way : KEY_STOP);
}

/* What the text holds behind the place stays. */
static char *with_place(const struct picker *picker, const struct field *field, const char *code)
{
    char held[REGION_CODE];
    gsize used = region_read(picker->places, field_text(field), held);
    g_autofree char *place = region_text(picker->places, code);
    return g_strconcat(place, field_text(field) + used, NULL);
}

static enum picked take_place(struct picker *picker, const struct field *field, const struct page_choice *item,
                              char **ret_value)
{
    if (strcmp(item->key, KEY_TYPE) == 0)
        return PICKED_NONE;
    bool stop = strcmp(item->key, KEY_STOP) == 0;
    g_autoptr(GPtrArray) within = stop ? NULL : region_within(picker->places, item->key);
    if (within && within->len > 0) {
        (void)g_strlcpy(picker->level, item->key, sizeof picker->level);
        return PICKED_DEEPER;
    }
    *ret_value = with_place(picker, field, stop ? picker->level : item->key);
    return PICKED_VALUE;
}

static void leave_place(struct picker *picker)
{
    char above[REGION_CODE];
    region_above(picker->places, picker->level, above);
    (void)g_strlcpy(picker->level, above, sizeof picker->level);
}

static char *name_place(const struct picker *picker)
{
    return region_text(picker->places, picker->level);
}

/* ---------------------------------------------------------------- days */

static const char marks[] = "年月日";
#define MARK_BYTES 3

/* Digits of a year, a month, a day: of the level's items and of its key. */
static int digits_below(const char *level)
{
    return *level ? 2 : 4;
}

/* Some day with these digits lies within the bounds of the field. */
static bool may_be(const struct page_field *page_field, const char *digits)
{
    int first = page_field->first_day ? page_field->first_day : FIRST_YEAR * 10000;
    int last = page_field->last_day ? page_field->last_day : LAST_YEAR * 10000 + 1231;
    int scale = strlen(digits) == 4 ? 10000 : strlen(digits) == 6 ? 100 : 1, day = atoi(digits) * scale;
    return (scale > 1 || clock_day_valid(day)) && day / scale >= first / scale && day / scale <= last / scale;
}

static void load_days(struct picker *picker, const struct field *field, const struct page_field *page_field,
                      const struct screen_labels *labels)
{
    gsize at = strlen(picker->level);
    const char *mark = marks + MARK_BYTES * (at == 0 ? 0 : at == 4 ? 1 : 2);
    int from = at ? 1 : FIRST_YEAR, to = at == 4 ? 12 : at == 6 ? 31 : LAST_YEAR;
    (void)labels;
    if (!at && page_field->first_day)
        from = page_field->first_day / 10000;
    if (!at && page_field->last_day)
        to = page_field->last_day / 10000;
    picker->items = page_choices_new();
    for (int n = from; n <= to; n++) {
        g_autofree char *key = g_strdup_printf("%0*d", digits_below(picker->level), n);
        g_autofree char *digits = g_strconcat(picker->level, key, NULL);
        g_autofree char *label = g_strdup_printf("%d%.*s", n, MARK_BYTES, mark);
        if (may_be(page_field, digits))
            page_add_choice(picker->items, key, label, NULL);
    }
    const char *held = field_text(field);
    if (g_str_has_prefix(held, picker->level) && strlen(held) >= at + (gsize)digits_below(picker->level))
        picker->current = g_strndup(held + at, (gsize)digits_below(picker->level));
}

static enum picked take_day(struct picker *picker, const struct field *field, const struct page_choice *item,
                            char **ret_value)
{
    (void)field;
    if (strlen(picker->level) == 6) {
        *ret_value = g_strconcat(picker->level, item->key, NULL);
        return PICKED_VALUE;
    }
    (void)g_strlcat(picker->level, item->key, sizeof picker->level);
    return PICKED_DEEPER;
}

static void leave_day(struct picker *picker)
{
    picker->level[strlen(picker->level) == 6 ? 4 : 0] = '\0';
}

static char *name_day(const struct picker *picker)
{
    const char *level = picker->level;
    gsize n = strlen(level);
    if (n == 0)
        return g_strdup("");
    return n == 4
               ? g_strdup_printf("%s%.*s", level, MARK_BYTES, marks)
               : g_strdup_printf("%.4s%.*s%s%.*s", level, MARK_BYTES, marks, level + 4, MARK_BYTES, marks + MARK_BYTES);
}

/* ---------------------------------------------------------------- all of them */

static const struct {
    void (*load)(struct picker *picker, const struct field *field, const struct page_field *page_field,
                 const struct screen_labels *labels);
    enum picked (*take)(struct picker *picker, const struct field *field, const struct page_choice *item,
                        char **ret_value);
    void (*leave)(struct picker *picker); /* NULL: there is one level only */
    char *(*name)(const struct picker *picker);
} kinds[] = {
    [FIELD_CODE] = {load_options, take_option, NULL, NULL},
    [FIELD_REGION] = {load_places, take_place, leave_place, name_place},
    [FIELD_DATE] = {load_days, take_day, leave_day, name_day},
};

bool picker_serves(const struct page_field *page_field)
{
    bool has_kind = page_field->type < G_N_ELEMENTS(kinds) && kinds[page_field->type].load;
    return has_kind && (page_field->type == FIELD_DATE || (page_field->options && page_field->options->len > 0));
}

static void unload(struct picker *picker)
{
    g_clear_pointer(&picker->places, g_ptr_array_unref);
    g_clear_pointer(&picker->items, g_ptr_array_unref);
    g_clear_pointer(&picker->shown, g_ptr_array_unref);
    g_clear_pointer(&picker->current, g_free);
}

void picker_clear(struct picker *picker)
{
    unload(picker);
    *picker = (struct picker){0};
}

/* Those that fit what was typed, all of them when nothing was; the cursor stays on its item, else on the best. */
static void narrow(struct picker *picker)
{
    const struct page_choice *under =
        picker->list.cursor < (int)picker->items->len ? g_ptr_array_index(picker->items, picker->list.cursor) : NULL;
    g_clear_pointer(&picker->shown, g_ptr_array_unref);
    picker->shown = g_ptr_array_new();
    picker->list.cursor = 0;
    for (guint i = 0; i < picker->items->len; i++) {
        struct page_choice *item = g_ptr_array_index(picker->items, i);
        if (!list_fits(&picker->list, item))
            continue;
        if (item == under)
            picker->list.cursor = (int)picker->shown->len;
        g_ptr_array_add(picker->shown, item);
    }
    picker->list.n = (int)picker->shown->len;
}

static void load(struct picker *picker, const struct field *field, const struct page_field *page_field,
                 const struct screen_labels *labels)
{
    unload(picker);
    kinds[page_field->type].load(picker, field, page_field, labels);
}

/* Where the year begins that the person most likely looks for. */
static char *likely(const struct picker *picker, const struct page_field *page_field)
{
    if (picker->current || page_field->type != FIELD_DATE || *picker->level || !page_field->near_day)
        return g_strdup(picker->current);
    return g_strdup_printf("%d", page_field->near_day / 10000);
}

static void enter(struct picker *picker, const struct field *field, const struct page_field *page_field,
                  const struct screen_labels *labels)
{
    load(picker, field, page_field, labels);
    g_autofree char *wanted = likely(picker, page_field);
    picker->list = (struct list){.plain = page_field->type == FIELD_DATE};
    list_seek(&picker->list, picker->items, wanted);
    narrow(picker);
}

void picker_open(struct picker *picker, const struct field *field, const struct page_field *page_field,
                 const struct screen_labels *labels)
{
    char held[REGION_CODE] = "";
    picker_clear(picker);
    if (page_field->type == FIELD_REGION && *field_text(field)) {
        (void)region_read(page_field->options, field_text(field), held);
        region_above(page_field->options, held, picker->level); /* what it holds stands among its neighbours */
    }
    enter(picker, field, page_field, labels);
}

void picker_reload(struct picker *picker, const struct field *field, const struct page_field *page_field,
                   const struct screen_labels *labels)
{
    int cursor = picker->list.cursor;
    load(picker, field, page_field, labels);
    narrow(picker);
    picker->list.cursor = CLAMP(cursor, 0, MAX(0, picker->list.n - 1));
}

char *picker_place(const struct picker *picker, const struct page_field *page_field)
{
    return kinds[page_field->type].name ? kinds[page_field->type].name(picker) : g_strdup("");
}

bool picker_up(struct picker *picker, const struct field *field, const struct page_field *page_field,
               const struct screen_labels *labels)
{
    if (!*picker->level)
        return false;
    g_autofree char *left = g_strdup(picker->level);
    kinds[page_field->type].leave(picker);
    enter(picker, field, page_field, labels);
    const char *key = page_field->type == FIELD_DATE ? left + strlen(picker->level) : left;
    list_seek(&picker->list, picker->shown, key); /* on what one came from */
    return true;
}

enum picked picker_take(struct picker *picker, const struct field *field, const struct page_field *page_field,
                        const struct screen_labels *labels, char **ret_value)
{
    const struct page_choice *item =
        picker->list.cursor < (int)picker->shown->len ? g_ptr_array_index(picker->shown, picker->list.cursor) : NULL;
    if (!item || item->why_not)
        return PICKED_DEEPER; /* nothing happens */
    enum picked picked = kinds[page_field->type].take(picker, field, item, ret_value);
    if (picked == PICKED_DEEPER)
        enter(picker, field, page_field, labels);
    return picked;
}

/* Takes the last character back. */
static enum list_result take_back(struct picker *picker)
{
    char *typed = picker->list.typed;
    bool narrowed = picker->shown->len < picker->items->len;
    if (!*typed && !narrowed)
        return LIST_IGNORED;
    if (*typed)
        *g_utf8_prev_char(typed + strlen(typed)) = '\0';
    narrow(picker);
    return LIST_MOVED;
}

/* Also behind letters: the numbers are those of what is shown. */
static bool begins_number(const struct picker *picker, const struct key *key)
{
    return !picker->list.plain && g_unichar_isdigit(key->c) && !g_ascii_isdigit(picker->list.typed[0]);
}

/* A digit of a number picks among those shown; whatever else is typed looks among all of them. */
enum list_result picker_key(struct picker *picker, const struct key *key)
{
    if (key->press == PRESS_BACKSPACE)
        return take_back(picker);
    if (key->press == PRESS_CHAR && begins_number(picker, key))
        picker->list.typed[0] = '\0';
    if (key->press != PRESS_CHAR || key->c == ' ' || (!picker->list.plain && g_unichar_isdigit(key->c)))
        return list_key(&picker->list, picker->shown, key);
    picker->list.n = (int)picker->items->len;
    enum list_result result = list_key(&picker->list, picker->items, key);
    narrow(picker);
    return picker->list.plain && picker->list.typed[0] && picker->shown->len == 1 ? LIST_PICKED : result;
}
