/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/forms.h"

#include "base/settings.h"
#include "base/tsv.h"

#include <string.h>

#define FIELD(struct_name, member, kind_, ...)                                                                         \
    {                                                                                                                  \
        .name = #member, .kind = kind_, .offset = offsetof(struct struct_name, member), __VA_ARGS__                    \
    }
#define REQUIRED   .flags = RECORD_REQUIRED
#define WORD_MAX   40
#define GUARDS_MAX 100 /* several words */
#define TEXT_MAX   2000

static const struct record_field text_fields[] = {
    FIELD(form_text, text, RECORD_STRING, .flags = RECORD_REQUIRED | RECORD_MULTILINE, .max = TEXT_MAX),
    FIELD(form_text, tone, RECORD_WORD, .words = page_tone_words),
    FIELD(form_text, when, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type text_record = RECORD_TYPE(form_text, text_fields);

static const struct record_field field_fields[] = {
    FIELD(form_field, key, RECORD_STRING, REQUIRED, .max = WORD_MAX),
    FIELD(form_field, label, RECORD_STRING, REQUIRED),
    FIELD(form_field, hint, RECORD_STRING),
    FIELD(form_field, type, RECORD_WORD, .words = field_type_words),
    FIELD(form_field, required, RECORD_BOOLEAN),
    FIELD(form_field, readonly, RECORD_BOOLEAN),
    FIELD(form_field, fresh, RECORD_BOOLEAN),
    FIELD(form_field, max, RECORD_INTEGER, .min = 0, .max = 2000),
    FIELD(form_field, min_count, RECORD_INTEGER, .min = 0, .max = 2000),
    FIELD(form_field, width, RECORD_INTEGER, .min = 0, .max = 200),
    FIELD(form_field, age, RECORD_INTEGER, .min = 0, .max = 99),
    FIELD(form_field, check, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_field, table, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_field, value, RECORD_STRING),
    FIELD(form_field, initial, RECORD_STRING),
    FIELD(form_field, when, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type field_record = RECORD_TYPE(form_field, field_fields);

static const struct record_field item_fields[] = {
    FIELD(form_item, key, RECORD_STRING, REQUIRED, .max = WORD_MAX),
    FIELD(form_item, label, RECORD_STRING, REQUIRED),
    FIELD(form_item, note, RECORD_STRING),
    FIELD(form_item, verb, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_item, to, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_item, when, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type item_record = RECORD_TYPE(form_item, item_fields);

static const struct record_field fact_fields[] = {
    FIELD(form_fact, label, RECORD_STRING, REQUIRED),
    FIELD(form_fact, value, RECORD_STRING, REQUIRED),
    FIELD(form_fact, tone, RECORD_WORD, .words = page_tone_words),
    FIELD(form_fact, when, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type fact_record = RECORD_TYPE(form_fact, fact_fields);

static const struct record_field column_fields[] = {
    FIELD(form_column, title, RECORD_STRING, REQUIRED),
    FIELD(form_column, width, RECORD_INTEGER, .min = 0, .max = 200),
};
static const struct record_type column_record = RECORD_TYPE(form_column, column_fields);

static const struct record_field table_fields[] = {
    FIELD(form_table, source, RECORD_STRING, REQUIRED, .max = WORD_MAX),
    FIELD(form_table, title, RECORD_STRING),
    FIELD(form_table, columns, RECORD_MANY, REQUIRED, .type = &column_record),
    FIELD(form_table, when, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type table_record = RECORD_TYPE(form_table, table_fields);

static const struct record_field action_fields[] = {
    FIELD(form_action, label, RECORD_STRING, REQUIRED),
    FIELD(form_action, key, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_action, verb, RECORD_STRING, REQUIRED, .max = WORD_MAX),
    FIELD(form_action, to, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_action, primary, RECORD_BOOLEAN),
    FIELD(form_action, when, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type action_record = RECORD_TYPE(form_action, action_fields);

static const struct record_field screen_fields[] = {
    FIELD(form_screen, name, RECORD_STRING, REQUIRED, .max = WORD_MAX),
    FIELD(form_screen, kind, RECORD_WORD, REQUIRED, .words = page_kind_words),
    FIELD(form_screen, chapter, RECORD_INTEGER, .min = 0, .max = 9),
    FIELD(form_screen, title, RECORD_STRING, REQUIRED),
    FIELD(form_screen, texts, RECORD_MANY, .type = &text_record),
    FIELD(form_screen, fields, RECORD_MANY, .type = &field_record),
    FIELD(form_screen, items, RECORD_MANY, .type = &item_record),
    FIELD(form_screen, facts, RECORD_MANY, .type = &fact_record),
    FIELD(form_screen, tables, RECORD_MANY, .type = &table_record),
    FIELD(form_screen, actions, RECORD_MANY, .type = &action_record),
    FIELD(form_screen, choices, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_screen, many, RECORD_BOOLEAN),
    FIELD(form_screen, sum, RECORD_STRING),
    FIELD(form_screen, choose, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_screen, prefix, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_screen, rows, RECORD_INTEGER, .min = 0, .max = 20),
    FIELD(form_screen, qr, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_screen, enter, RECORD_STRING, .max = WORD_MAX),
    FIELD(form_screen, watch, RECORD_BOOLEAN),
    FIELD(form_screen, idle_s, RECORD_INTEGER, .min = 0, .max = 3600),
    FIELD(form_screen, ends_s, RECORD_INTEGER, .min = 0, .max = 600),
    FIELD(form_screen, back_why, RECORD_STRING),
    FIELD(form_screen, help, RECORD_STRING, .flags = RECORD_MULTILINE, .max = TEXT_MAX),
};
static const struct record_type screen_record = RECORD_TYPE(form_screen, screen_fields);

static const struct record_field step_fields[] = {
    FIELD(form_step, screen, RECORD_STRING, REQUIRED, .max = WORD_MAX),
    FIELD(form_step, when, RECORD_STRING, .max = GUARDS_MAX),
    FIELD(form_step, until, RECORD_STRING, .max = GUARDS_MAX),
};
static const struct record_type step_record = RECORD_TYPE(form_step, step_fields);

/* One file of screens; the flow. */
struct screens_file {
    GPtrArray *screens;
};
static const struct record_field screens_fields[] = {
    FIELD(screens_file, screens, RECORD_MANY, REQUIRED, .type = &screen_record),
};
static const struct record_type screens_record = RECORD_TYPE(screens_file, screens_fields);

struct flow_file {
    GPtrArray *steps;
};
static const struct record_field flow_fields[] = {
    FIELD(flow_file, steps, RECORD_MANY, REQUIRED, .type = &step_record),
};
static const struct record_type flow_record = RECORD_TYPE(flow_file, flow_fields);

/* ---------------------------------------------------------------- reading */

static gboolean is_conf(const char *name)
{
    return g_str_has_suffix(name, ".conf") && *name != '.';
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *screen_files(const char *directory, GPtrArray *faults)
{
    g_autofree char *folder = g_build_filename(directory, "screens", NULL);
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    if (!dir)
        settings_fault(faults, folder, 0, "the folder cannot be opened");
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        if (is_conf(name))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, by_name);
    return paths;
}

/* The line on which the screen says its name; 0 = not found, the file as a whole. */
static unsigned line_of(const char *text, const char *name)
{
    g_autofree char *escaped = g_regex_escape_string(name, -1);
    g_autofree char *pattern = g_strdup_printf("^\\s*name\\s*=\\s*\"%s\"", escaped);
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    gint at = 0;
    unsigned line = 1;
    if (!regex || !g_regex_match(regex, text, 0, &match) || !g_match_info_fetch_pos(match, 0, &at, NULL))
        return 0;
    for (at += (gint)strspn(text + at, " \t\r\n"); at > 0; at--)
        line += text[at - 1] == '\n';
    return line;
}

static void keep_screen(struct forms *forms, const struct form_screen *screen, const char *path, const char *text,
                        GPtrArray *faults)
{
    struct form_place *place = g_new0(struct form_place, 1);
    place->file = g_strdup(path);
    place->line = text ? line_of(text, screen->name) : 0;
    if (forms_screen(forms, screen->name))
        settings_fault(faults, path, place->line, "screen \"%s\" stands twice", screen->name);
    g_ptr_array_add(forms->screens, record_copy(&screen_record, screen));
    g_ptr_array_add(forms->places, place);
}

static void read_screens(struct forms *forms, GPtrArray *faults)
{
    g_autoptr(GPtrArray) paths = screen_files(forms->directory, faults);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        gsize length = 0;
        struct screens_file *file = settings_read(&screens_record, path, faults);
        g_autofree char *text = file ? settings_load(path, SETTINGS_FILE_MAX, &length, faults) : NULL;
        for (guint k = 0; file && k < file->screens->len; k++)
            keep_screen(forms, g_ptr_array_index(file->screens, k), path, text, faults);
        record_free(&screens_record, file);
    }
}

static void read_flow(struct forms *forms, GPtrArray *faults)
{
    g_autofree char *path = g_build_filename(forms->directory, "flow.conf", NULL);
    struct flow_file *file = settings_read(&flow_record, path, faults);
    for (guint i = 0; file && i < file->steps->len; i++)
        g_ptr_array_add(forms->steps, record_copy(&step_record, g_ptr_array_index(file->steps, i)));
    record_free(&flow_record, file);
}

static void read_tables(struct forms *forms, GPtrArray *faults)
{
    for (int id = 0; id < CODE_TABLES; id++) {
        g_autofree char *path = g_build_filename(forms->directory, "tables", code_table_files[id], NULL);
        forms->tables.table[id] = tsv_read_all(&code_entry_record, path, faults);
    }
}

/* Those of Shanxi, which stand there by county. */
static void add_counties(GPtrArray *places, const GPtrArray *divisions)
{
    const char *city = "";
    for (guint i = 0; i < divisions->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(divisions, i);
        if (strcmp(entry->city_code, city) != 0)
            page_add_choice(places, city = entry->city_code, entry->city, NULL);
        page_add_choice(places, entry->code, entry->name, NULL);
    }
}

static void collect_places(struct forms *forms)
{
    const GPtrArray *regions = forms->tables.table[CODE_REGION], *divisions = forms->tables.table[CODE_DIVISION];
    forms->regions = page_choices_new();
    for (guint i = 0; regions && i < regions->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(regions, i);
        page_add_choice(forms->regions, entry->code, entry->name, NULL);
    }
    if (divisions)
        add_counties(forms->regions, divisions);
}

static void screen_free_record(gpointer screen)
{
    record_free(&screen_record, screen);
}

static void place_free(gpointer data)
{
    struct form_place *place = data;
    g_free(place->file);
    g_free(place);
}

static void step_free_record(gpointer step)
{
    record_free(&step_record, step);
}

struct forms *forms_read(const char *directory, GPtrArray *faults)
{
    guint before = faults->len;
    struct forms *forms = g_new0(struct forms, 1);
    forms->directory = g_strdup(directory);
    forms->screens = g_ptr_array_new_with_free_func(screen_free_record);
    forms->places = g_ptr_array_new_with_free_func(place_free);
    forms->steps = g_ptr_array_new_with_free_func(step_free_record);
    g_autofree char *messages = g_build_filename(directory, "messages.conf", NULL);
    forms->messages = settings_read(&messages_record, messages, faults);
    read_screens(forms, faults);
    read_flow(forms, faults);
    read_tables(forms, faults);
    collect_places(forms);
    if (faults->len > before)
        g_clear_pointer(&forms, forms_free);
    return forms;
}

void forms_free(struct forms *forms)
{
    if (!forms)
        return;
    g_ptr_array_unref(forms->screens);
    g_ptr_array_unref(forms->places);
    g_ptr_array_unref(forms->steps);
    record_free(&messages_record, forms->messages);
    code_tables_clear(&forms->tables);
    g_clear_pointer(&forms->regions, g_ptr_array_unref);
    g_free(forms->directory);
    g_free(forms);
}

static int screen_index(const struct forms *forms, const char *name)
{
    for (guint i = 0; i < forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(forms->screens, i);
        if (strcmp(screen->name, name) == 0)
            return (int)i;
    }
    return -1;
}

const struct form_screen *forms_screen(const struct forms *forms, const char *name)
{
    int i = screen_index(forms, name);
    return i >= 0 ? g_ptr_array_index(forms->screens, (guint)i) : NULL;
}

const struct form_place *forms_place(const struct forms *forms, const char *screen)
{
    int i = screen_index(forms, screen);
    return i >= 0 ? g_ptr_array_index(forms->places, (guint)i) : NULL;
}
