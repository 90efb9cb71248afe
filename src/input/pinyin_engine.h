/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libpinyin, for the engine's own process (input/pinyin_helper.h) and for the tool that makes the lexicon at build time. Another engine
 * takes its place behind these functions.
 *
 * Nothing is learnt and nothing is written to disk: no user folder, no training, no choice that changes the model (choosing a word of the
 * list does not). Words of our own are added in memory at the start.
 *
 * Blocks: yes, some ms a question; with hostile letters up to a second. May crash on damaged data: libpinyin asserts.
 * One at a time: it may be called by one thread only.
 */
#pragma once

#include "input/pinyin_record.h"

struct pinyin_engine;

/* `data`: its folder of tables. NULL when it has none, or when they give no candidates. */
struct pinyin_engine *pinyin_engine_new(const char *data);
void pinyin_engine_free(struct pinyin_engine *engine);

/* A word that is known with this reading becomes more common, another is added. False when its reading is none or does not fit. */
bool pinyin_engine_add(struct pinyin_engine *engine, const struct pinyin_word *word);

/* A new answer; without candidates when the letters do not fit or mean nothing. */
struct pinyin_answer *pinyin_engine_ask(struct pinyin_engine *engine, const struct pinyin_question *question);

/* How libpinyin reads a phrase of hanzi, "chang'zhi'shi"; NULL when it does not know a character. Newly allocated. */
char *pinyin_engine_read(struct pinyin_engine *engine, const char *phrase);
/* True when the phrase is one word of its tables with this reading. */
bool pinyin_engine_knows(struct pinyin_engine *engine, const char *word, const char *reading);
