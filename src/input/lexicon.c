/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/lexicon.h"

#include "base/tsv.h"
#include "input/rare.h"

#include <string.h>

#define WORD_CHARS_MAX 15 /* libpinyin's words are shorter than 16 */

struct lexicon {
    struct pinyin_engine *engine;
    GPtrArray *words;  /* struct pinyin_word * */
    GHashTable *known; /* "word reading" */
};

/* A line of forms/lexicon.tsv. */
struct given {
    char *word, *reading;
    int64_t weight;
};
static const struct record_field given_fields[] = {
    {"word", RECORD_STRING, offsetof(struct given, word), .flags = RECORD_REQUIRED, .min = 1, .max = WORD_CHARS_MAX},
    {"reading", RECORD_STRING, offsetof(struct given, reading)},
    {"weight", RECORD_INTEGER, offsetof(struct given, weight), .max = 1000000},
};
static const struct record_type given_record = RECORD_TYPE(given, given_fields);

static void word_free(gpointer word)
{
    record_free(&pinyin_word_record, word);
}

struct lexicon *lexicon_new(struct pinyin_engine *engine)
{
    struct lexicon *lexicon = g_new0(struct lexicon, 1);
    lexicon->engine = engine;
    lexicon->words = g_ptr_array_new_with_free_func(word_free);
    lexicon->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    g_ptr_array_unref(lexicon->words);
    g_hash_table_unref(lexicon->known);
    g_free(lexicon);
}

/* False when the engine cannot take it. */
static bool add(struct lexicon *lexicon, const char *text, const char *reading, int64_t weight)
{
    struct pinyin_word word = {(char *)text, (char *)reading, weight};
    if (!g_hash_table_add(lexicon->known, g_strdup_printf("%s %s", text, reading)))
        return true;
    if (!pinyin_engine_add(lexicon->engine, &word))
        return false;
    g_ptr_array_add(lexicon->words, record_copy(&pinyin_word_record, &word));
    return true;
}

/* ---------------------------------------------------------------- words */

/* False when its reading is none, or the engine has none for it. */
static bool add_given(struct lexicon *lexicon, const struct given *given, int64_t weight)
{
    g_autofree char *reading =
        given->reading != NULL ? g_strdup(given->reading) : pinyin_engine_read(lexicon->engine, given->word);
    return reading != NULL && add(lexicon, given->word, reading, given->weight > 0 ? given->weight : weight);
}

bool lexicon_add_words(struct lexicon *lexicon, const char *path, int64_t weight, GPtrArray *faults)
{
    GPtrArray *all = tsv_read_all(&given_record, path, faults);
    bool sound = all != NULL;
    for (guint i = 0; sound && i < all->len; i++) {
        const struct given *given = g_ptr_array_index(all, i);
        if (!add_given(lexicon, given, weight)) {
            g_ptr_array_add(faults, g_strdup_printf("%s: %s: no reading", path, given->word));
            sound = false;
        }
    }
    record_list_free(&given_record, all);
    return sound;
}

/* What the engine cannot read is left out: it could not be typed. */
static void add_read(struct lexicon *lexicon, const char *word, int64_t weight)
{
    g_autofree char *reading = pinyin_engine_read(lexicon->engine, word);
    if (reading != NULL)
        add(lexicon, word, reading, weight);
}

static void add_place(struct lexicon *lexicon, const char *word, int64_t weight)
{
    static const char *const ends[] = {"省", "市", "县", "区"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (!g_str_has_suffix(word, ends[i]) || g_utf8_strlen(word, -1) < 3)
            continue;
        g_autofree char *name = g_strndup(word, strlen(word) - strlen(ends[i]));
        add_read(lexicon, name, weight);
    }
}

static void add_run(struct lexicon *lexicon, const char *word, enum lexicon_kind kind, int64_t weight)
{
    glong n = g_utf8_strlen(word, -1);
    if (n < 2 || n > WORD_CHARS_MAX)
        return;
    add_read(lexicon, word, weight);
    if (kind == LEXICON_PLACE)
        add_place(lexicon, word, weight);
}

static void add_cell(struct lexicon *lexicon, const char *cell, enum lexicon_kind kind, int64_t weight)
{
    g_autoptr(GString) run = g_string_new(NULL);
    for (const char *at = cell; *at != '\0'; at = g_utf8_next_char(at)) {
        if (rare_is_ideograph(g_utf8_get_char(at))) {
            g_string_append_len(run, at, g_utf8_next_char(at) - at);
            continue;
        }
        add_run(lexicon, run->str, kind, weight);
        g_string_truncate(run, 0);
    }
    add_run(lexicon, run->str, kind, weight);
}

/* -1 when there is no such column. */
static int column_index(const char *head, const char *column)
{
    g_auto(GStrv) names = g_strsplit(head, "\t", -1);
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], column) == 0)
            return i;
    return -1;
}

bool lexicon_add_column(struct lexicon *lexicon, const char *path, const char *column, enum lexicon_kind kind,
                        int64_t weight, GPtrArray *faults)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error) || !g_utf8_validate(text, -1, NULL)) {
        g_ptr_array_add(faults, g_strdup_printf("%s: %s", path, error != NULL ? error->message : "not UTF-8"));
        return false;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    int index = column_index(lines[0] != NULL ? lines[0] : "", column);
    if (index < 0) {
        g_ptr_array_add(faults, g_strdup_printf("%s: no column %s", path, column));
        return false;
    }
    for (char **line = lines + 1; *line != NULL; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "\t", -1);
        if ((int)g_strv_length(cells) > index)
            add_cell(lexicon, cells[index], kind, weight);
    }
    return true;
}

/* ---------------------------------------------------------------- characters */

void lexicon_add_characters(struct lexicon *lexicon)
{
    size_t at = 0;
    gunichar c;
    const char *bare;
    while (rare_next_of_table(&at, &c, &bare)) {
        char text[8] = "";
        g_unichar_to_utf8(c, text);
        if (!pinyin_engine_knows(lexicon->engine, text, bare))
            add(lexicon, text, bare, 1); /* refused: no syllable of pinyin, as 呒 m */
    }
}

/* ---------------------------------------------------------------- the file */

int lexicon_size(const struct lexicon *lexicon)
{
    return (int)lexicon->words->len;
}

char *lexicon_text(const struct lexicon *lexicon)
{
    GString *text = g_string_new("word\treading\tweight\n");
    for (guint i = 0; i < lexicon->words->len; i++) {
        const struct pinyin_word *word = g_ptr_array_index(lexicon->words, i);
        g_string_append_printf(text, "%s\t%s\t%" G_GINT64_FORMAT "\n", word->word, word->reading, word->weight);
    }
    return g_string_free(text, FALSE);
}
