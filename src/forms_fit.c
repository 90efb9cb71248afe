/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms_fit.h"

#include "base/clock.h"
#include "base/settings.h"
#include "base/text.h"
#include "screen/fit.h"
#include "screen/keyboard.h"
#include "session/specimen.h"

#include <string.h>

#define SHOWN_COLS 40 /* of a text in a fault */

struct fitting {
    const struct forms *forms;
    const struct screen_labels *labels;
    struct specimen *specimen;
    const char *screen;
    bool touch;
    GPtrArray *faults;
    GHashTable *told;  /* faults that stand in the list */
    GHashTable *texts; /* path → its text */
};

/* ---------------------------------------------------------------- where a text stands in the files */

static const char *text_of(struct fitting *fitting, const char *path)
{
    gsize length = 0;
    char *text = g_hash_table_lookup(fitting->texts, path);
    if (text)
        return text;
    text = settings_load(path, SETTINGS_FILE_MAX, &length, fitting->faults);
    g_hash_table_insert(fitting->texts, g_strdup(path), text ? text : g_strdup(""));
    return text ? text : "";
}

/* The string that begins behind the quotation mark at `at`, as libconfig reads it; *ret_end is behind it. */
static char *read_string(const char *at, const char **ret_end)
{
    GString *string = g_string_new(NULL);
    for (; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1])
            at++;
        g_string_append_c(string, at[0] == 'n' && at[-1] == '\\' ? '\n' : *at);
    }
    *ret_end = *at ? at + 1 : at;
    return g_string_free(string, FALSE);
}

/* A painted text is a line of the string, or has it inside ("F2 注册"). Returns how much they have in common. */
static size_t likeness(const char *string, const char *painted)
{
    if (strstr(string, painted))
        return strlen(painted);
    return strlen(string) > 3 && strstr(painted, string) ? strlen(string) : 0;
}

static size_t likeness_in_lines(const struct fitting *fitting, const char *string, const char *painted)
{
    size_t best = 0;
    g_autofree char *full = specimen_text(fitting->specimen, string);
    g_auto(GStrv) lines = g_strsplit(full, "\n", -1);
    for (char **line = lines; *line; line++)
        best = MAX(best, likeness(*line, painted));
    return best;
}

/* The line of the most alike string in lines from … to of the file, and how alike it is. */
static unsigned find_line(struct fitting *fitting, const char *path, unsigned from, unsigned to, const char *painted,
                          size_t *ret_best)
{
    unsigned found = 0, line = 1;
    for (const char *at = text_of(fitting, path); *at && line < to;) {
        if (*at == '#')
            at += strcspn(at, "\n");
        if (*at != '"') {
            line += *at == '\n';
            at += *at != '\0';
            continue;
        }
        const char *end;
        g_autofree char *string = read_string(at + 1, &end);
        size_t like = line >= from ? likeness_in_lines(fitting, string, painted) : 0;
        if (like > *ret_best) {
            *ret_best = like;
            found = line;
        }
        at = end;
    }
    return found;
}

/* The line of the next screen in the same file. */
static unsigned end_of_screen(const struct fitting *fitting, const struct form_place *place)
{
    unsigned end = G_MAXUINT;
    for (guint i = 0; i < fitting->forms->places->len; i++) {
        const struct form_place *other = g_ptr_array_index(fitting->forms->places, i);
        if (strcmp(other->file, place->file) == 0 && other->line > place->line)
            end = MIN(end, other->line);
    }
    return end;
}

/* In the screen itself, the sentences, the frame; else the screen as a whole. The file is the caller's. */
static void find_place(struct fitting *fitting, const char *painted, struct form_place *ret)
{
    const struct form_place *place = forms_place(fitting->forms, fitting->screen);
    g_autofree char *messages = g_build_filename(fitting->forms->directory, "messages.conf", NULL);
    g_autofree char *frame = g_build_filename(fitting->forms->directory, "frame.conf", NULL);
    const struct {
        const char *file;
        unsigned from, to;
    } places[] = {
        {place->file, place->line, end_of_screen(fitting, place)}, {messages, 0, G_MAXUINT}, {frame, 0, G_MAXUINT}};
    size_t best = 0;
    *ret = *place;
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        size_t like = 0;
        unsigned line = find_line(fitting, places[i].file, places[i].from, places[i].to, painted, &like);
        if (like > best)
            *ret = (struct form_place){.file = (char *)places[i].file, .line = line};
        best = MAX(best, like);
    }
    ret->file = g_strdup(ret->file);
}

/* ---------------------------------------------------------------- telling */

/* Somebody's data alone may be cut: lists show it whole below, fields when they are entered. */
static bool is_data(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (g_utf8_get_char(at) != SPECIMEN_WIDE && *at != '0' && *at != ' ')
            return false;
    return true;
}

static void on_fault(const struct fit_fault *fault, gpointer data)
{
    struct fitting *fitting = data;
    const char *text = fault->text;
    if (is_data(text))
        return;
    for (gunichar c; (c = g_utf8_get_char(text)) && (c == ' ' || c == 0x2717 || c == 0x2713);) /* ✗ ✓ */
        text = g_utf8_next_char(text);
    g_autofree char *key = g_strdup_printf("%s/%d/%s", fitting->screen, fault->has, text);
    if (!g_hash_table_add(fitting->told, g_steal_pointer(&key)))
        return;
    struct form_place place;
    find_place(fitting, text, &place);
    g_autofree char *shown = text_fit(text, SHOWN_COLS);
    const char *how = fitting->touch ? ", touched" : "";
    if (fault->has > 0)
        settings_fault(fitting->faults, place.file, place.line, "screen \"%s\": the %s%s has %d %s and needs %d: %s",
                       fitting->screen, fault->place, how, fault->has, fault->unit, fault->needs, shown);
    else
        settings_fault(fitting->faults, place.file, place.line, "screen \"%s\": no room for this part of the %s%s: %s",
                       fitting->screen, fault->place, how, shown);
    g_free(place.file);
}

static void on_page(struct page *page, gpointer data)
{
    struct fitting *fitting = data;
    int64_t now_ms = clock_monotonic_ms();
    page->deadline_ms += page->deadline_ms ? now_ms : 0;
    if (page->qr)
        page->qr->expires_ms += now_ms;
    fit_page(fitting->labels, page, fitting->touch, on_fault, fitting);
}

static void on_message(struct page *page, gpointer data)
{
    struct fitting *fitting = data;
    fit_glance(fitting->labels, page, fitting->touch, on_fault, fitting);
}

static bool has_keyboard(const struct form_screen *screen)
{
    const struct form_field *first = screen->fields->len > 0 ? g_ptr_array_index(screen->fields, 0) : NULL;
    return first && screen->kind == PAGE_FIELDS && keyboard_serves((enum field_type)first->type);
}

/* The message line is smallest where the keyboard may stand. */
static void check_messages(struct fitting *fitting)
{
    for (guint i = 0; i < fitting->forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(fitting->forms->screens, i);
        if (!has_keyboard(screen))
            continue;
        fitting->screen = screen->name;
        specimen_messages(fitting->specimen, screen, on_message, fitting);
        return;
    }
}

bool forms_fit(const struct forms *forms, const struct screen_labels *labels, const char *office, GPtrArray *faults)
{
    guint before = faults->len;
    struct fitting fitting = {.forms = forms, .labels = labels, .faults = faults};
    fitting.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    fitting.texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (int touch = 0; touch < 2; touch++) {
        fitting.touch = touch;
        fitting.specimen = specimen_new(forms, office, touch);
        for (guint i = 0; i < forms->screens->len; i++) {
            const struct form_screen *screen = g_ptr_array_index(forms->screens, i);
            fitting.screen = screen->name;
            specimen_pages(fitting.specimen, screen, on_page, &fitting);
        }
        check_messages(&fitting);
        specimen_free(fitting.specimen);
    }
    g_hash_table_unref(fitting.told);
    g_hash_table_unref(fitting.texts);
    return faults->len == before;
}
