/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the terminal and its pinyin engine say to each other, as records in the frames of helper/packet.h.
 *
 * The engine remembers nothing that matters: every question has all the letters in it, and an answer says for every candidate how many
 * of them it stands for. So choosing needs no question, and an engine that was killed is replaced by asking a new one the same.
 */
#pragma once

#include "base/record.h"

#define PINYIN_LETTERS_MAX 64 /* of one composition: the engine's worst case grows with them */
#define PINYIN_BEFORE_MAX  16 /* characters of context */
#define PINYIN_PAGE_MAX    20

/* First frame: where its data is. */
struct pinyin_setup {
    char *data;    /* folder of libpinyin's tables */
    char *lexicon; /* file of our own words; NULL = none */
};
enum pinyin_setup_result { PINYIN_SETUP_READY, PINYIN_SETUP_NO_DATA };
struct pinyin_report {
    int result;
    int64_t words; /* taken from the lexicon */
};

struct pinyin_question {
    int64_t number;      /* comes back in the answer */
    char *letters;       /* a–z and ', not at the start; v = ü */
    char *before;        /* hanzi before them, for the choice of words; may be NULL */
    int64_t start;       /* letters before those that candidates are wanted for, a ' behind them included */
    int64_t from, count; /* candidates wanted */
    bool fuzzy;          /* z/zh, c/ch, s/sh, n/l, in/ing, en/eng count as the same */
    bool plain;          /* whole syllables only: cannot be slow */
};

struct pinyin_candidate {
    char *text;
    int64_t letters; /* how many of the letters, from `start` on, it stands for */
};
struct pinyin_answer {
    int64_t number, from;
    bool more; /* after these */
    char *
        head; /* what the letters before `start` read; NULL when nothing: the candidates are then those of all letters */
    GPtrArray *candidates;
};

extern const struct record_type pinyin_setup_record, pinyin_report_record, pinyin_question_record,
    pinyin_candidate_record, pinyin_answer_record;

/* One word of our own lexicon. */
struct pinyin_word {
    char *word;
    char *reading;  /* "xiao'dian'qu" */
    int64_t weight; /* how common, as libpinyin counts; 1 = hardly ever: only there to be found */
};
extern const struct record_type pinyin_word_record;

/* True for letters the engine may be asked: at least one, at most PINYIN_LETTERS_MAX, no ' at the start or twice. */
bool pinyin_letters_fit(const char *letters);
