/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pinyin, measured with the phrases of tests/pinyin_phrases.tsv typed key by key: how often the first candidate is the right one, how long
 * a letter and its candidates take, what the engine needs to start and to live. libpinyin alone (no words of ours, no context, in this
 * process) stands beside it.
 *
 * With an argument: also every phrase whose first candidate is wrong, but for those held back.
 */
#include "input/pinyin_engine.h"
#include "proc.h"
#include "rig.h"
#include "samples.h"
#include "typist.h"

#include <stdio.h>
#include <string.h>

#define TOP    5
#define STARTS 20

enum part { TUNED, HELD, PARTS };
static const char *const part_words[] = {"tuned", "held"};

struct score {
    int phrases, first, top; /* whole phrases */
    int characters, right;   /* of the first candidates */
};

/* What one way of typing came to. */
struct result {
    struct score parts[PARTS];
    struct samples letter, answer; /* ms */
};

static double now_ms(void)
{
    return (double)g_get_monotonic_time() / 1000;
}

static void result_init(struct result *result)
{
    *result = (struct result){0};
    samples_init(&result->letter);
    samples_init(&result->answer);
}

static void result_clear(struct result *result)
{
    samples_clear(&result->letter);
    samples_clear(&result->answer);
}

/* Characters that are the same at the same place. */
static int same_characters(const char *a, const char *b)
{
    int same = 0;
    for (; *a != '\0' && *b != '\0'; a = g_utf8_next_char(a), b = g_utf8_next_char(b))
        same += g_utf8_get_char(a) == g_utf8_get_char(b);
    return same;
}

/* A way to get the first candidates of some letters. */
struct way {
    struct typist *typist; /* ours, or … */
    struct pinyin_engine *engine;
    struct pinyin_answer *answer;
};

static void ask_engine(struct way *way, const char *letters, struct result *result)
{
    struct pinyin_question question = {.letters = (char *)letters, .count = 9};
    double begin = now_ms();
    struct pinyin_answer *answer = pinyin_engine_ask(way->engine, &question);
    samples_add(&result->answer, now_ms() - begin);
    record_free(&pinyin_answer_record, way->answer);
    way->answer = answer;
}

static void type_to_engine(struct way *way, const char *letters, struct result *result)
{
    for (size_t n = 1; n <= strlen(letters); n++) {
        g_autofree char *head = g_strndup(letters, n);
        ask_engine(way, head, result);
    }
}

static void type_to_typist(struct typist *typist, const char *letters, struct result *result)
{
    for (; *letters != '\0'; letters++) {
        double begin = now_ms();
        pinyin_feed(typist->pinyin, PINYIN_LETTER, *letters);
        samples_add(&result->letter, now_ms() - begin);
        typist_wait_fresh(typist);
        samples_add(&result->answer, now_ms() - begin);
    }
}

static const char *candidate(const struct way *way, guint i)
{
    if (way->typist != NULL)
        return typist_candidate(way->typist, (int)i);
    if (i >= way->answer->candidates->len)
        return "";
    return ((const struct pinyin_candidate *)g_ptr_array_index(way->answer->candidates, i))->text;
}

/* The rank of the right one among the first TOP, or TOP. */
static int type_clause(struct way *way, const char *letters, const char *right, struct result *result,
                       struct score *score)
{
    int rank = 0;
    if (way->typist != NULL)
        type_to_typist(way->typist, letters, result);
    else
        type_to_engine(way, letters, result);
    score->characters += (int)g_utf8_strlen(right, -1);
    score->right += same_characters(candidate(way, 0), right);
    while (rank < TOP && strcmp(candidate(way, (guint)rank), right) != 0)
        rank++;
    return rank;
}

/* The rest of a phrase is typed behind the right text, whatever was found. */
static void go_on_behind(struct way *way, const char *right)
{
    if (way->typist == NULL)
        return;
    pinyin_feed(way->typist->pinyin, PINYIN_DROP, 0);
    pinyin_before(way->typist->pinyin, right);
}

static void type_phrase(struct way *way, const struct phrase *phrase, struct result *result, bool tell)
{
    g_auto(GStrv) clauses = g_strsplit(phrase->phrase, "，", -1), readings = g_strsplit(phrase->pinyin, ",", -1);
    bool held = strcmp(phrase->part, part_words[HELD]) == 0;
    struct score *score = &result->parts[held ? HELD : TUNED];
    int worst = 0;
    if (way->typist != NULL)
        typist_start_afresh(way->typist);
    for (int i = 0; clauses[i] != NULL; i++) {
        g_autofree char *letters = phrase_letters(readings[i]);
        int rank = type_clause(way, letters, clauses[i], result, score);
        if (rank > 0 && tell && !held)
            printf("    %s: %s\n", clauses[i], candidate(way, 0));
        worst = MAX(worst, rank);
        go_on_behind(way, clauses[i]);
    }
    score->phrases++;
    score->first += worst == 0;
    score->top += worst < TOP;
}

static void type_all(struct way *way, const GPtrArray *phrases, struct result *result, bool tell)
{
    for (guint i = 0; i < phrases->len; i++)
        type_phrase(way, g_ptr_array_index(phrases, i), result, tell);
}

/* ---------------------------------------------------------------- who types */

static void measure_engine_alone(const GPtrArray *phrases, struct result *result)
{
    struct way way = {.engine = pinyin_engine_new(PINYIN_DATA)};
    if (way.engine != NULL)
        type_all(&way, phrases, result, false);
    record_free(&pinyin_answer_record, way.answer);
    pinyin_engine_free(way.engine);
}

static void measure_ours(const GPtrArray *phrases, bool fuzzy, bool tell, struct result *result)
{
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){.fuzzy = fuzzy});
    struct way way = {.typist = &typist};
    pinyin_wake(typist.pinyin);
    typist_wait_state(&typist, PINYIN_READY);
    type_all(&way, phrases, result, tell);
    typist_clear(&typist);
}

/* ---------------------------------------------------------------- how right it was */

static double share(int part, int all)
{
    return all > 0 ? 100.0 * part / all : 0;
}

static void print_accuracy(const char *who, const struct result *result)
{
    printf("%-20s", who);
    for (int part = 0; part < PARTS; part++) {
        const struct score *score = &result->parts[part];
        printf("    %11.1f %6.1f %7.1f", share(score->right, score->characters), share(score->first, score->phrases),
               share(score->top, score->phrases));
    }
    printf("\n");
}

static void print_accuracy_head(const struct result *result)
{
    printf("\n%-20s    %6d phrases, tuned for    %6d phrases, held back\n", "right, %", result->parts[TUNED].phrases,
           result->parts[HELD].phrases);
    printf("%-20s", "");
    for (int part = 0; part < PARTS; part++)
        printf("    %11s %6s %7s", "characters", "first", "in five");
    printf("\n");
}

static void measure_starts(void)
{
    struct samples ready, first;
    samples_init(&ready);
    samples_init(&first);
    for (int i = 0; i < STARTS; i++) {
        struct typist typist;
        typist_init(&typist, &(struct pinyin_options){0});
        double begin = now_ms();
        pinyin_wake(typist.pinyin);
        typist_wait_state(&typist, PINYIN_READY);
        samples_add(&ready, now_ms() - begin);
        typist_ask(&typist, "shanxi");
        samples_add(&first, now_ms() - begin);
        typist_clear(&typist);
    }
    samples_print_row("pinyin: field entered to engine ready", "ms", 1, &ready, "≤ 60");
    samples_print_row("pinyin: field entered to first candidates", "ms", 1, &first, "");
    samples_clear(&ready);
    samples_clear(&first);
}

static void measure_phrases(const GPtrArray *phrases, bool tell)
{
    struct result alone, ours, fuzzy;
    struct result *all[] = {&alone, &ours, &fuzzy};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        result_init(all[i]);
    measure_engine_alone(phrases, &alone);
    measure_ours(phrases, false, tell, &ours);
    measure_ours(phrases, true, false, &fuzzy);
    samples_print_row("libpinyin alone: key to candidates", "ms", 2, &alone.answer, "");
    samples_print_row("pinyin: key to candidates", "ms", 2, &ours.answer, "median ≤ 4, p99 ≤ 15");
    samples_print_row("pinyin, fuzzy: key to candidates", "ms", 2, &fuzzy.answer, "median ≤ 4, p99 ≤ 15");
    samples_print_row("pinyin: key to letter taken", "ms", 3, &ours.letter, "p99 ≤ 1");
    print_accuracy_head(&ours);
    print_accuracy("kiosk", &ours);
    print_accuracy("kiosk, fuzzy sounds", &fuzzy);
    print_accuracy("libpinyin alone", &alone);
    printf("\n");
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        result_clear(all[i]);
}

int main(int argc, char **argv G_GNUC_UNUSED)
{
    GPtrArray *phrases = phrases_read();
    if (phrases == NULL)
        return 1;
    samples_print_head();
    measure_starts();
    measure_phrases(phrases, argc > 1);
    record_list_free(&phrase_record, phrases);
    return 0;
}
