/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking a character up that does not come by typing: all of a syllable with their tones, by strokes, by code point (input/rare.h).
 *
 *     F7, yan       拼音 yan        1 言 yán  2 研 yán …
 *     F7, nphnps    笔画 丶丿一丶丿丨
 *     U+2B386       编码 U+2B386    1 𫎆
 *
 * It opens by a key, over letters that are being composed (a character then stands for the first syllable of them) or alone; or by
 * a u or U that is typed: no syllable begins with it. What follows shows what was meant: a code, strokes (uhspn), or after all a word.
 *
 * Pure; embedded, zeroed at first. Needs no engine.
 */
#pragma once

#include "input/rare.h"

#define LOOKUP_PAGE_MAX  9
#define LOOKUP_TYPED_MAX 22

enum lookup_way { LOOKUP_PINYIN, LOOKUP_STROKES, LOOKUP_CODE };

struct lookup {
    bool open;
    enum lookup_way way;
    bool by_letter;                   /* opened by a u: what is typed may turn out to be a word */
    char typed[LOOKUP_TYPED_MAX + 1]; /* as typed: "yan", "hspnz", "u+2b386" */
    char syllable[8];                 /* of the composition, "" = there is none */
    int letters;                      /* of the composition that a character stands for */
    /* what is found: a page of it */
    int from, total, page_size;
    struct rare_char page[LOOKUP_PAGE_MAX];
};

/* `letters`: what is composed, "" = nothing; without a syllable at its start one looks by strokes. */
void lookup_open(struct lookup *lookup, const char *letters);
void lookup_open_by_letter(struct lookup *lookup, char u);
void lookup_close(struct lookup *lookup);

/* False when it does not belong there; nothing has changed then. */
bool lookup_type(struct lookup *lookup, gunichar c);
/* False when there was nothing left to take back. */
bool lookup_backspace(struct lookup *lookup);
/* From pinyin to strokes and back, from a code to strokes. */
void lookup_other_way(struct lookup *lookup);

/* At most LOOKUP_PAGE_MAX; the page begins with a multiple of it. */
void lookup_set_page(struct lookup *lookup, int page_size);
void lookup_turn(struct lookup *lookup, int by_pages);
bool lookup_has_next(const struct lookup *lookup);
/* The i-th of the page; NULL = none. */
const struct rare_char *lookup_at(const struct lookup *lookup, int i);
/* The strokes among what is typed, "hspnz"; "" by another way. */
const char *lookup_strokes(const struct lookup *lookup);

/* The first syllable of a row of letters, in bytes: the longest one behind which syllables follow; 0 = none. */
int lookup_syllable(const char *letters);
