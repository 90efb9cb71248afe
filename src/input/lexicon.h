/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of this domain that the pinyin engine is given at its start: places, courses, schools, terms of the form, and the characters of
 * the table of 8105 that its own tables lack. Made once, when the project is built (src/make-lexicon.c), since it takes the engine to
 * know how a word is read; the engine's process reads the file.
 *
 * Blocks: yes, it reads files. Owns: the words; the engine is borrowed, and learns each word as it comes, so that the readings given
 * first hold inside longer words.
 */
#pragma once

#include "input/pinyin_engine.h"

enum lexicon_kind {
    LEXICON_WORD,  /* the hanzi of a cell */
    LEXICON_PLACE, /* also without 省, 市, 县, 区 at its end */
};

struct lexicon;
struct lexicon *lexicon_new(struct pinyin_engine *engine);
void lexicon_free(struct lexicon *lexicon);

/*
 * Words with a reading of their own: columns word, reading (empty = as the engine reads it), weight (empty = `weight`). False when there was
 * a fault.
 */
bool lexicon_add_words(struct lexicon *lexicon, const char *path, int64_t weight, GPtrArray *faults);
/* One column of a table with a header line; each run of hanzi in a cell is a word. */
bool lexicon_add_column(struct lexicon *lexicon, const char *path, const char *column, enum lexicon_kind kind,
                        int64_t weight, GPtrArray *faults);
/* What of the table of 8105 the engine does not find under each of its readings. */
void lexicon_add_characters(struct lexicon *lexicon);

int lexicon_size(const struct lexicon *lexicon);
/* The file for the engine, newly allocated. */
char *lexicon_text(const struct lexicon *lexicon);
