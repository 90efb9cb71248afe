/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make-rare STROKES <UNIHAN: writes the tables of input/rare_table.h as C, while building. STROKES is the stroke dictionary of
 * rime-data-stroke, UNIHAN the readings and other mappings of unicode-data, one after the other.
 */
#include "input/rare_table.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    uint32_t c;
    char *bare, *toned;
    guint order; /* as the source has them */
    guint number;
};

struct tables {
    GArray *readings;    /* struct reading */
    GHashTable *known;   /* "c toned" */
    GHashTable *numbers; /* c → number in the table of 8105 */
};

/* "lǜ" → "lv", "zhòu" → "zhou". */
static char *without_tone(const char *toned)
{
    g_autofree char *apart = g_utf8_normalize(toned, -1, G_NORMALIZE_NFD);
    GString *bare = g_string_new(NULL);
    for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == 0x308 && bare->len > 0)
            bare->str[bare->len - 1] = 'v';
        else if (c < 0x80)
            g_string_append_c(bare, (char)c);
    }
    return g_string_free(bare, FALSE);
}

static void add_reading(struct tables *tables, uint32_t c, const char *toned)
{
    g_autofree char *key = g_strdup_printf("%X %s", c, toned);
    if (!g_hash_table_add(tables->known, g_steal_pointer(&key)))
        return;
    struct reading reading = {.c = c, .bare = without_tone(toned), .toned = g_strdup(toned)};
    reading.order = tables->readings->len;
    if (strlen(reading.bare) == 0 || strlen(reading.bare) > 7 || strlen(toned) > 8) {
        fprintf(stderr, "U+%X: reading %s\n", c, toned);
        exit(1);
    }
    g_array_append_val(tables->readings, reading);
}

/* kTGHZ2013 "482.140:zhòu 483.010,484.020:yì", kMandarin "zhòu yì", kTGH "2013:7347". */
static void take_property(struct tables *tables, uint32_t c, const char *name, const char *value)
{
    bool placed = strcmp(name, "kTGHZ2013") == 0;
    if (strcmp(name, "kTGH") == 0 && g_str_has_prefix(value, "2013:"))
        g_hash_table_insert(tables->numbers, GUINT_TO_POINTER(c), GINT_TO_POINTER(atoi(value + 5)));
    if (!placed && strcmp(name, "kMandarin") != 0)
        return;
    g_auto(GStrv) words = g_strsplit(value, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        const char *after = placed ? strchr(*word, ':') : NULL;
        g_auto(GStrv) each = g_strsplit(after != NULL ? after + 1 : *word, ",", -1);
        for (char **toned = each; *toned != NULL; toned++)
            add_reading(tables, c, *toned);
    }
}

static void read_unihan(struct tables *tables)
{
    char line[64 * 1024];
    while (fgets(line, sizeof line, stdin) != NULL) {
        g_auto(GStrv) cells = g_strsplit(g_strchomp(line), "\t", 3);
        if (g_strv_length(cells) == 3 && g_str_has_prefix(cells[0], "U+"))
            take_property(tables, (uint32_t)strtoul(cells[0] + 2, NULL, 16), cells[1], cells[2]);
    }
}

static guint number_of(const struct tables *tables, uint32_t c)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(tables->numbers, GUINT_TO_POINTER(c)));
}

static int by_character(gconstpointer a, gconstpointer b)
{
    const struct reading *one = a, *other = b;
    if (one->c != other->c)
        return one->c < other->c ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

static int by_spoken(gconstpointer a, gconstpointer b)
{
    const struct rare_spoken *one = a, *other = b;
    int bare = strcmp(one->bare, other->bare);
    return bare != 0 ? bare : strcmp(one->toned, other->toned);
}

static int by_bare(gconstpointer a, gconstpointer b, gpointer data)
{
    const GArray *readings = data;
    const struct reading *one = &g_array_index(readings, struct reading, *(const uint32_t *)a);
    const struct reading *other = &g_array_index(readings, struct reading, *(const uint32_t *)b);
    int bare = strcmp(one->bare, other->bare);
    guint number = one->number != 0 ? one->number : G_MAXUINT, other_number = other->number ? other->number : G_MAXUINT;
    if (bare != 0)
        return bare;
    return number != other_number ? (number < other_number ? -1 : 1) : by_character(one, other);
}

/* Each different reading once. */
static GArray *spoken_of(const GArray *readings)
{
    GArray *spoken = g_array_new(FALSE, TRUE, sizeof(struct rare_spoken));
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = &g_array_index(readings, struct reading, i);
        struct rare_spoken one = {0};
        if (!g_hash_table_add(known, reading->toned))
            continue;
        g_strlcpy(one.bare, reading->bare, sizeof one.bare);
        g_strlcpy(one.toned, reading->toned, sizeof one.toned);
        g_array_append_val(spoken, one);
    }
    g_array_sort(spoken, by_spoken);
    return spoken;
}

static guint spoken_index(const GArray *spoken, const struct reading *reading)
{
    struct rare_spoken key = {0};
    guint at = 0;
    g_strlcpy(key.bare, reading->bare, sizeof key.bare);
    g_strlcpy(key.toned, reading->toned, sizeof key.toned);
    g_assert(g_array_binary_search((GArray *)spoken, &key, by_spoken, &at));
    return at;
}

static void write_readings(struct tables *tables)
{
    GArray *readings = tables->readings;
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_sort(readings, by_character);
    for (uint32_t i = 0; i < readings->len; i++) {
        struct reading *reading = &g_array_index(readings, struct reading, i);
        reading->number = number_of(tables, reading->c);
        g_array_append_val(order, i);
    }
    g_array_sort_with_data(order, by_bare, readings);
    g_autoptr(GArray) spoken = spoken_of(readings);
    printf("const struct rare_spoken rare_spoken[] = {\n");
    for (guint i = 0; i < spoken->len; i++) {
        const struct rare_spoken *one = &g_array_index(spoken, struct rare_spoken, i);
        printf("{\"%s\", \"%s\"},\n", one->bare, one->toned);
    }
    printf("};\nconst size_t rare_n_spoken = %u;\nconst struct rare_row rare_rows[] = {\n", spoken->len);
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = &g_array_index(readings, struct reading, i);
        printf("{0x%X, %u, %u},\n", reading->c, spoken_index(spoken, reading), reading->number);
    }
    printf("};\nconst size_t rare_n_rows = %u;\nconst uint32_t rare_by_bare[] = {\n", readings->len);
    for (guint i = 0; i < order->len; i++)
        printf("%u,\n", g_array_index(order, uint32_t, i));
    printf("};\n");
}

static int by_strokes(gconstpointer a, gconstpointer b)
{
    const struct rare_drawn *one = a, *other = b;
    if (one->strokes != other->strokes)
        return one->strokes < other->strokes ? -1 : 1;
    return (one->c > other->c) - (one->c < other->c);
}

/* "㐃 TAB zns": lines before and between are comments. */
static GArray *read_strokes(const struct tables *tables, const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    GArray *drawn = g_array_new(FALSE, TRUE, sizeof(struct rare_drawn));
    if (!g_file_get_contents(path, &text, NULL, &error)) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        const char *tab = strchr(*line, '\t');
        struct rare_drawn one = {.c = g_utf8_get_char_validated(*line, -1)};
        if (tab == NULL || g_utf8_next_char(*line) != tab || (one.strokes = rare_pack_strokes(tab + 1)) == 0)
            continue;
        one.number = (uint16_t)number_of(tables, one.c);
        g_array_append_val(drawn, one);
    }
    g_array_sort(drawn, by_strokes);
    return drawn;
}

static void write_strokes(const struct tables *tables, const char *path)
{
    g_autoptr(GArray) drawn = read_strokes(tables, path);
    printf("const struct rare_drawn rare_drawn[] = {\n");
    for (guint i = 0; i < drawn->len; i++) {
        const struct rare_drawn *one = &g_array_index(drawn, struct rare_drawn, i);
        printf("{0%" G_GINT64_MODIFIER "o, 0x%X, %u},\n", one->strokes, one->c, one->number);
    }
    printf("};\nconst size_t rare_n_drawn = %u;\n", drawn->len);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "make-rare STROKES <UNIHAN\n");
        return 2;
    }
    struct tables tables = {
        .readings = g_array_new(FALSE, FALSE, sizeof(struct reading)),
        .known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .numbers = g_hash_table_new(NULL, NULL),
    };
    read_unihan(&tables);
    printf("#include \"input/rare_table.h\"\n");
    write_readings(&tables);
    write_strokes(&tables, argv[1]);
    for (guint i = 0; i < tables.readings->len; i++) {
        g_free(g_array_index(tables.readings, struct reading, i).bare);
        g_free(g_array_index(tables.readings, struct reading, i).toned);
    }
    g_array_unref(tables.readings);
    g_hash_table_unref(tables.known);
    g_hash_table_unref(tables.numbers);
    return ferror(stdout) || fflush(stdout) != 0;
}
