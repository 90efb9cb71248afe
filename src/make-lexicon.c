/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make-lexicon OUTPUT [DATA]: writes the pinyin engine's lexicon (input/lexicon.h) from the tables of the source tree, which it is run at
 * the top of, while building. DATA is the engine's folder when it is not where the build found it.
 */
#include "input/lexicon.h"

#include <stdio.h>

#define DEMO "src/platformd/demo/"

/* What comes first is heavier: the same word is taken once. */
static const struct {
    const char *path, *column; /* column NULL: words with their readings */
    enum lexicon_kind kind;
    int64_t weight;
} sources[] = {
    {"forms/lexicon.tsv", NULL, LEXICON_WORD, 1000},
    {"forms/tables/divisions_shanxi.tsv", "city", LEXICON_PLACE, 2000},
    {"forms/tables/divisions_shanxi.tsv", "name", LEXICON_PLACE, 1000},
    {"forms/tables/ethnic_gb3304.tsv", "name", LEXICON_WORD, 1000},
    {"forms/tables/political_gb4762.tsv", "name", LEXICON_WORD, 1000},
    {"forms/tables/political_gb4762.tsv", "short", LEXICON_WORD, 1000},
    {"forms/tables/education_gb4658_graduates.tsv", "name", LEXICON_WORD, 1000},
    {"forms/tables/health_gb2261_3.tsv", "name", LEXICON_WORD, 1000},
    {"forms/tables/occupation_gb2261_4.tsv", "name", LEXICON_WORD, 1000},
    {DEMO "plans.tsv", "school", LEXICON_WORD, 1000},
    {DEMO "plans.tsv", "major_name", LEXICON_WORD, 1000},
    {DEMO "plan_courses.tsv", "course_name", LEXICON_WORD, 500},
};

/* libpinyin keeps three handles of its database and every word it is asked for: not ours, and this process ends with its file. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libpinyin.so\nleak:libdb-5.3.so\nleak:g_utf8_to_ucs4\n";
}

static bool add_sources(struct lexicon *lexicon, GPtrArray *faults)
{
    bool sound = true;
    for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
        sound &= sources[i].column == NULL ? lexicon_add_words(lexicon, sources[i].path, sources[i].weight, faults)
                                           : lexicon_add_column(lexicon, sources[i].path, sources[i].column,
                                                                sources[i].kind, sources[i].weight, faults);
    lexicon_add_characters(lexicon);
    return sound;
}

static int fail(const char *why)
{
    fprintf(stderr, "make-lexicon: %s\n", why);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3)
        return fail("OUTPUT [DATA]");
    struct pinyin_engine *engine = pinyin_engine_new(argc == 3 ? argv[2] : PINYIN_DATA);
    if (engine == NULL)
        return fail("the engine has no data");
    struct lexicon *lexicon = lexicon_new(engine);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    bool sound = add_sources(lexicon, faults);
    for (guint i = 0; i < faults->len; i++)
        fail(g_ptr_array_index(faults, i));
    g_autofree char *text = lexicon_text(lexicon);
    if (sound && !g_file_set_contents(argv[1], text, -1, &error))
        sound = fail(error->message) == 0;
    lexicon_free(lexicon);
    pinyin_engine_free(engine);
    return !sound;
}
