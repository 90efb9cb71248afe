/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only file that includes pinyin.h: it defines objects, so two could not be linked together.
 *
 * What a person has chosen already is not left in libpinyin (its offsets into a half chosen sentence have failed assertions): only the
 * letters that remain are asked, with the hanzi before them as context.
 */
#include "input/pinyin_engine.h"

#include "base/text.h"
#include "input/pinyin_check.h"

#include <fcntl.h>
#include <pinyin.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NO_USER_FOLDER "/nonexistent/pinyin" /* libpinyin unlinks stale files there */
#define ADDED_FACTOR   3                     /* a word that libpinyin adds counts so often */
#define SHORT_LETTERS  8                     /* abbreviations with z = zh cost exponential time: 25 of them 8 s */

enum {
    WHOLE = PINYIN_CORRECT_ALL | USE_DIVIDED_TABLE | USE_RESPLIT_TABLE | DYNAMIC_ADJUST,
    HISSING = PINYIN_AMB_Z_ZH | PINYIN_AMB_C_CH | PINYIN_AMB_S_SH,
    FUZZY = HISSING | PINYIN_AMB_L_N | PINYIN_AMB_IN_ING | PINYIN_AMB_EN_ENG,
    /* Longer candidates would train the model when they are chosen. */
    ORDER = SORT_WITHOUT_LONGER_CANDIDATE | SORT_BY_PHRASE_LENGTH | SORT_BY_PINYIN_LENGTH | SORT_BY_FREQUENCY,
};

struct pinyin_engine {
    pinyin_context_t *context;
    pinyin_instance_t *instance;
    import_iterator_t *adding[2]; /* open while words come: closing one costs 2 ms */
    /* What libpinyin's list of candidates now answers. */
    struct pinyin_question *asked;
    size_t parsed;
    GPtrArray *found; /* struct pinyin_candidate *: its list so far, without doubles */
    GHashTable *seen; /* their texts, borrowed */
    guint looked_at, length;
};

/* ---------------------------------------------------------------- start */

static void candidate_free(gpointer candidate)
{
    record_free(&pinyin_candidate_record, candidate);
}

/* Tables that are whole but not libpinyin's give an engine without a word. */
static bool speaks(struct pinyin_engine *engine)
{
    struct pinyin_question question = {.letters = (char *)"shanxi", .count = 1};
    struct pinyin_answer *answer = pinyin_engine_ask(engine, &question);
    bool any = answer->candidates->len > 0;
    record_free(&pinyin_answer_record, answer);
    return any;
}

/* libpinyin tells standard error that there is no user folder, which is as it should be. Only this call is silenced. */
static pinyin_context_t *init_quietly(const char *data)
{
    int told = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (told >= 0 && nowhere >= 0)
        (void)dup2(nowhere, STDERR_FILENO);
    pinyin_context_t *context = pinyin_init(data, NO_USER_FOLDER);
    (void)fflush(stderr);
    if (told >= 0)
        (void)dup2(told, STDERR_FILENO);
    if (told >= 0)
        (void)close(told);
    if (nowhere >= 0)
        (void)close(nowhere);
    return context;
}

struct pinyin_engine *pinyin_engine_new(const char *data)
{
    pinyin_context_t *context = pinyin_check_tables(data) == NULL ? init_quietly(data) : NULL;
    if (context == NULL)
        return NULL;
    struct pinyin_engine *engine = g_new0(struct pinyin_engine, 1);
    engine->context = context;
    engine->instance = pinyin_alloc_instance(context);
    engine->found = g_ptr_array_new_with_free_func(candidate_free);
    engine->seen = g_hash_table_new(g_str_hash, g_str_equal);
    if (speaks(engine))
        return engine;
    pinyin_engine_free(engine);
    return NULL;
}

static void stop_adding(struct pinyin_engine *engine)
{
    for (size_t i = 0; i < G_N_ELEMENTS(engine->adding); i++)
        if (engine->adding[i] != NULL)
            pinyin_end_add_phrases(g_steal_pointer(&engine->adding[i]));
}

void pinyin_engine_free(struct pinyin_engine *engine)
{
    if (engine == NULL)
        return;
    stop_adding(engine);
    record_free(&pinyin_question_record, engine->asked);
    g_hash_table_unref(engine->seen);
    g_ptr_array_unref(engine->found);
    pinyin_free_instance(engine->instance);
    pinyin_fini(engine->context);
    g_free(engine);
}

/* ---------------------------------------------------------------- words and readings */

/* "'"-separated syllables of one pronunciation of a token; NULL when it has none such. */
static char *token_reading(struct pinyin_engine *engine, phrase_token_t token, guint nth)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(guint16)); /* ChewingKey, whose size is not told */
    g_autoptr(GString) reading = g_string_new(NULL);
    if (!pinyin_token_get_nth_pronunciation(engine->instance, token, nth, keys))
        return NULL;
    for (guint i = 0; i < keys->len; i++) {
        g_autofree char *syllable = NULL;
        if (!pinyin_get_pinyin_string(engine->instance, (ChewingKey *)(void *)&g_array_index(keys, guint16, i),
                                      &syllable))
            return NULL;
        g_string_append_printf(reading, "%s%s", i > 0 ? "'" : "", syllable);
    }
    return g_strdup(reading->str);
}

static bool token_is_read(struct pinyin_engine *engine, phrase_token_t token, const char *reading)
{
    guint n = 0;
    pinyin_token_get_n_pronunciation(engine->instance, token, &n);
    for (guint i = 0; i < n; i++) {
        g_autofree char *other = token_reading(engine, token, i);
        if (g_strcmp0(other, reading) == 0)
            return true;
    }
    return false;
}

static GArray *tokens_of(struct pinyin_engine *engine, const char *word)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(phrase_token_t));
    pinyin_lookup_tokens(engine->instance, word, tokens);
    return tokens;
}

/* 0 when the word is not known with this reading. */
static phrase_token_t find_token(struct pinyin_engine *engine, const char *word, const char *reading)
{
    g_autoptr(GArray) tokens = tokens_of(engine, word);
    for (guint i = 0; i < tokens->len; i++) {
        phrase_token_t token = g_array_index(tokens, phrase_token_t, i);
        if (token_is_read(engine, token, reading))
            return token;
    }
    return 0;
}

bool pinyin_engine_knows(struct pinyin_engine *engine, const char *word, const char *reading)
{
    return find_token(engine, word, reading) != 0;
}

/* What was found is no answer to another question, nor after a word has come. */
static void forget(struct pinyin_engine *engine)
{
    record_free(&pinyin_question_record, engine->asked);
    engine->asked = NULL;
    g_hash_table_remove_all(engine->seen);
    g_ptr_array_set_size(engine->found, 0);
    engine->looked_at = engine->length = 0;
}

static const guint8 libraries[] = {NETWORK_DICTIONARY, USER_DICTIONARY};

/* The index of a library that lacks the word: a second reading in the same would never be found. */
static int library_for(struct pinyin_engine *engine, const char *word)
{
    g_autoptr(GArray) tokens = tokens_of(engine, word);
    for (guint i = 0; i < tokens->len; i++)
        if (PHRASE_INDEX_LIBRARY_INDEX(g_array_index(tokens, phrase_token_t, i)) == libraries[0])
            return 1;
    return 0;
}

bool pinyin_engine_add(struct pinyin_engine *engine, const struct pinyin_word *word)
{
    phrase_token_t token = find_token(engine, word->word, word->reading);
    forget(engine);
    if (token != 0)
        return pinyin_token_add_unigram_frequency(engine->instance, token, ADDED_FACTOR * (guint)word->weight);
    int i = library_for(engine, word->word);
    if (engine->adding[i] == NULL)
        engine->adding[i] = pinyin_begin_add_phrases(engine->context, libraries[i]);
    return pinyin_iterator_add_phrase(engine->adding[i], word->word, word->reading, (gint)word->weight);
}

char *pinyin_engine_read(struct pinyin_engine *engine, const char *phrase)
{
    guint n = 0;
    g_autoptr(GString) reading = g_string_new(NULL);
    if (!pinyin_phrase_segment(engine->instance, phrase) || !pinyin_get_n_phrase(engine->instance, &n))
        return NULL;
    for (guint i = 0; i < n; i++) {
        phrase_token_t token = 0;
        if (!pinyin_get_phrase_token(engine->instance, i, &token))
            return NULL;
        if (token == 0) /* the place of a character inside a word */
            continue;
        g_autofree char *part = token_reading(engine, token, 0);
        if (part == NULL)
            return NULL;
        g_string_append_printf(reading, "%s%s", reading->len > 0 ? "'" : "", part);
    }
    return reading->len > 0 ? g_strdup(reading->str) : NULL;
}

/* ---------------------------------------------------------------- candidates */

static size_t parse(struct pinyin_engine *engine, guint options, const char *letters)
{
    pinyin_set_options(engine->context, options);
    return pinyin_parse_more_full_pinyins(engine->instance, letters);
}

/*
 * Whole syllables are asked as such: quick, and what sounds alike may then be fuzzy however long they are. Only what is no row of whole
 * syllables is taken for an abbreviation, and only while it is short may its z be a zh.
 */
static void parse_question(struct pinyin_engine *engine, const struct pinyin_question *question)
{
    size_t length = strlen(question->letters);
    guint fuzzy = question->fuzzy ? FUZZY : 0;
    engine->parsed = parse(engine, WHOLE | fuzzy, question->letters);
    if (engine->parsed < length && !question->plain)
        engine->parsed = parse(engine, WHOLE | PINYIN_INCOMPLETE | (length <= SHORT_LETTERS ? HISSING | fuzzy : 0),
                               question->letters);
}

static bool same_question(const struct pinyin_question *a, const struct pinyin_question *b)
{
    return a != NULL && g_strcmp0(a->letters, b->letters) == 0 && g_strcmp0(a->before, b->before) == 0 &&
           a->fuzzy == b->fuzzy && a->plain == b->plain;
}

static void guess(struct pinyin_engine *engine, const struct pinyin_question *question)
{
    forget(engine);
    engine->asked = record_copy(&pinyin_question_record, question);
    pinyin_reset(engine->instance);
    parse_question(engine, question);
    if (engine->parsed == 0)
        return;
    pinyin_guess_sentence_with_prefix(engine->instance, question->before != NULL ? question->before : "");
    pinyin_guess_candidates(engine->instance, 0, ORDER);
    pinyin_get_n_candidate(engine->instance, &engine->length);
}

/* The letters a candidate stands for; choosing it says so, and is taken back. */
static size_t candidate_letters(struct pinyin_engine *engine, lookup_candidate_t *candidate)
{
    lookup_candidate_type_t type;
    pinyin_get_candidate_type(engine->instance, candidate, &type);
    if (type == NBEST_MATCH_CANDIDATE)
        return engine->parsed;
    if (type != NORMAL_CANDIDATE)
        return 0;
    int end = pinyin_choose_candidate(engine->instance, 0, candidate);
    pinyin_clear_constraint(engine->instance, 0);
    return end > 0 && (size_t)end <= engine->parsed ? (size_t)end : 0;
}

static void look_at_next(struct pinyin_engine *engine)
{
    lookup_candidate_t *candidate = NULL;
    const char *text = NULL;
    pinyin_get_candidate(engine->instance, engine->looked_at++, &candidate);
    pinyin_get_candidate_string(engine->instance, candidate, &text);
    if (text == NULL || *text == '\0' || g_hash_table_contains(engine->seen, text) ||
        !text_is_clean(text, PINYIN_LETTERS_MAX, TEXT_LINE))
        return;
    struct pinyin_candidate found = {.text = (char *)text, .letters = (int64_t)candidate_letters(engine, candidate)};
    if (found.letters == 0)
        return;
    struct pinyin_candidate *kept = record_copy(&pinyin_candidate_record, &found);
    g_ptr_array_add(engine->found, kept);
    g_hash_table_add(engine->seen, kept->text);
}

/* Candidates up to the end-th. */
static void look(struct pinyin_engine *engine, const struct pinyin_question *question, guint end)
{
    if (!same_question(engine->asked, question))
        guess(engine, question);
    while (engine->found->len <= end && engine->looked_at < engine->length)
        look_at_next(engine);
}

/* What the letters before the start read, newly allocated; NULL when not all of them read anything. */
static char *read_head(struct pinyin_engine *engine, const struct pinyin_question *question)
{
    size_t n = (size_t)question->start;
    if (n >= strlen(question->letters) || !pinyin_letters_fit(question->letters + n))
        return NULL;
    while (n > 0 && question->letters[n - 1] == '\'')
        n--;
    g_autofree char *letters = g_strndup(question->letters, n);
    struct pinyin_question head = *question;
    head.letters = letters;
    look(engine, &head, 1);
    const struct pinyin_candidate *first = engine->found->len > 0 ? g_ptr_array_index(engine->found, 0) : NULL;
    return first != NULL && (size_t)first->letters == n ? g_strdup(first->text) : NULL;
}

/* Fills in from the letters after the head, which is context for them. */
static void answer_rest(struct pinyin_engine *engine, const struct pinyin_question *question,
                        struct pinyin_answer *answer)
{
    const char *head = answer->head != NULL ? answer->head : "";
    g_autofree char *before = g_strconcat(question->before != NULL ? question->before : "", head, NULL);
    struct pinyin_question rest = *question;
    rest.letters += answer->head != NULL ? question->start : 0;
    rest.before = before;
    guint end = (guint)(question->from + question->count);
    look(engine, &rest, end);
    for (guint i = (guint)question->from; i < MIN(end, engine->found->len); i++)
        g_ptr_array_add(answer->candidates, record_copy(&pinyin_candidate_record, g_ptr_array_index(engine->found, i)));
    answer->more = engine->found->len > end;
}

struct pinyin_answer *pinyin_engine_ask(struct pinyin_engine *engine, const struct pinyin_question *question)
{
    struct pinyin_answer *answer = record_new(&pinyin_answer_record);
    answer->number = question->number;
    answer->from = question->from;
    if (!pinyin_letters_fit(question->letters))
        return answer;
    stop_adding(engine);
    if (question->start > 0)
        answer->head = read_head(engine, question);
    answer_rest(engine, question, answer);
    return answer;
}
