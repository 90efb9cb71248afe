/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pinyin, measured with the phrases of tests/pinyin_phrases.tsv typed key by key: how often the first candidate is the right one, how long
 * a letter and its candidates take, what the engine needs to start and to live. libpinyin alone (no words of ours, no context, in this
 * process) stands beside it.
 *
 * With an argument: also every phrase whose first candidate is wrong.
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

struct score {
    int phrases, first, top;       /* whole phrases */
    int characters, right;         /* of the first candidates */
    struct samples letter, answer; /* ms */
};

static double now_ms(void)
{
    return (double)g_get_monotonic_time() / 1000;
}

static void score_init(struct score *score)
{
    *score = (struct score){0};
    samples_init(&score->letter);
    samples_init(&score->answer);
}

static void score_clear(struct score *score)
{
    samples_clear(&score->letter);
    samples_clear(&score->answer);
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

static void ask_engine(struct way *way, const char *letters, struct score *score)
{
    struct pinyin_question question = {.letters = (char *)letters, .count = 9};
    double begin = now_ms();
    struct pinyin_answer *answer = pinyin_engine_ask(way->engine, &question);
    samples_add(&score->answer, now_ms() - begin);
    record_free(&pinyin_answer_record, way->answer);
    way->answer = answer;
}

static void type_to_engine(struct way *way, const char *letters, struct score *score)
{
    for (size_t n = 1; n <= strlen(letters); n++) {
        g_autofree char *head = g_strndup(letters, n);
        ask_engine(way, head, score);
    }
}

static void type_to_typist(struct typist *typist, const char *letters, struct score *score)
{
    for (; *letters != '\0'; letters++) {
        double begin = now_ms();
        pinyin_feed(typist->pinyin, PINYIN_LETTER, *letters);
        samples_add(&score->letter, now_ms() - begin);
        typist_wait_fresh(typist);
        samples_add(&score->answer, now_ms() - begin);
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
static int type_clause(struct way *way, const char *letters, const char *right, struct score *score)
{
    int rank = 0;
    if (way->typist != NULL)
        type_to_typist(way->typist, letters, score);
    else
        type_to_engine(way, letters, score);
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

static void type_phrase(struct way *way, const struct phrase *phrase, struct score *score, bool tell)
{
    g_auto(GStrv) clauses = g_strsplit(phrase->phrase, "，", -1), readings = g_strsplit(phrase->pinyin, ",", -1);
    int worst = 0;
    if (way->typist != NULL)
        typist_start_afresh(way->typist);
    for (int i = 0; clauses[i] != NULL; i++) {
        g_autofree char *letters = phrase_letters(readings[i]);
        int rank = type_clause(way, letters, clauses[i], score);
        if (rank > 0 && tell)
            printf("    %s: %s\n", clauses[i], candidate(way, 0));
        worst = MAX(worst, rank);
        go_on_behind(way, clauses[i]);
    }
    score->phrases++;
    score->first += worst == 0;
    score->top += worst < TOP;
}

static void print_share(const char *what, int part, int all, const char *target)
{
    struct samples share;
    samples_init(&share);
    samples_add(&share, all > 0 ? 100.0 * part / all : 0);
    samples_print_row(what, "%", 1, &share, target);
    samples_clear(&share);
}

static void print_score(const char *who, const struct score *score, const char *target)
{
    const struct {
        const char *what;
        int part, all;
    } rows[] = {
        {"characters right", score->right, score->characters},
        {"phrase is the first candidate", score->first, score->phrases},
        {"phrase is in the first five", score->top, score->phrases},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *what = g_strdup_printf("pinyin, %s: %s", who, rows[i].what);
        print_share(what, rows[i].part, rows[i].all, target);
    }
    g_autofree char *answer = g_strdup_printf("pinyin, %s: key to candidates", who);
    samples_print_row(answer, "ms", 2, &score->answer, *target == '\0' ? "median ≤ 4, p99 ≤ 15" : target);
    if (score->letter.values->len > 0)
        samples_print_row("pinyin: key to letter taken", "ms", 3, &score->letter, "p99 ≤ 1");
}

static void type_all(const char *who, struct way *way, const GPtrArray *phrases, const char *target, bool tell)
{
    struct score score;
    score_init(&score);
    for (guint i = 0; i < phrases->len; i++)
        type_phrase(way, g_ptr_array_index(phrases, i), &score, tell);
    print_score(who, &score, target);
    score_clear(&score);
}

static void measure_engine_alone(const GPtrArray *phrases)
{
    struct way way = {.engine = pinyin_engine_new(PINYIN_DATA)};
    if (way.engine != NULL)
        type_all("engine alone", &way, phrases, "the yardstick", false);
    record_free(&pinyin_answer_record, way.answer);
    pinyin_engine_free(way.engine);
}

static void print_memory(pid_t pid)
{
    struct samples memory;
    samples_init(&memory);
    samples_add(&memory, (double)proc_status_kib(pid, "VmRSS") / 1024);
    samples_print_row("pinyin: engine resident after all phrases", "MiB", 1, &memory, "");
    samples_clear(&memory);
}

static void measure_ours(const GPtrArray *phrases, bool fuzzy, bool tell)
{
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){.fuzzy = fuzzy});
    struct way way = {.typist = &typist};
    pinyin_wake(typist.pinyin);
    typist_wait_state(&typist, PINYIN_READY);
    type_all(fuzzy ? "fuzzy" : "ours", &way, phrases, "", tell);
    if (!fuzzy)
        print_memory(typist_engine());
    typist_clear(&typist);
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

int main(int argc, char **argv G_GNUC_UNUSED)
{
    GPtrArray *phrases = phrases_read();
    if (phrases == NULL)
        return 1;
    samples_print_head();
    measure_engine_alone(phrases);
    measure_ours(phrases, false, argc > 1);
    measure_ours(phrases, true, false);
    measure_starts();
    record_list_free(&phrase_record, phrases);
    return 0;
}
