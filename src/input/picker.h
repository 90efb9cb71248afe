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

#define PICKER_PAGE_MAX  9
#define PICKER_TYPED_MAX 22

enum picker_way { PICKER_PINYIN, PICKER_STROKES, PICKER_CODE };

struct picker {
    bool open;
    enum picker_way way;
    bool by_letter;                   /* opened by a u: what is typed may turn out to be a word */
    char typed[PICKER_TYPED_MAX + 1]; /* as typed: "yan", "hspnz", "u+2b386" */
    char syllable[8];                 /* of the composition, "" = there is none */
    int letters;                      /* of the composition that a character stands for */
    /* what is found: a page of it */
    int from, total, page_size;
    struct rare_char page[PICKER_PAGE_MAX];
};

/* `letters`: what is composed, "" = nothing; without a syllable at its start one looks by strokes. */
void picker_open(struct picker *picker, const char *letters);
void picker_open_by_letter(struct picker *picker, char u);
void picker_close(struct picker *picker);

/* False when it does not belong there; nothing has changed then. */
bool picker_type(struct picker *picker, gunichar c);
/* False when there was nothing left to take back. */
bool picker_backspace(struct picker *picker);
/* From pinyin to strokes and back, from a code to strokes. */
void picker_other_way(struct picker *picker);

/* At most PICKER_PAGE_MAX; the page begins with a multiple of it. */
void picker_set_page(struct picker *picker, int page_size);
void picker_turn(struct picker *picker, int by_pages);
bool picker_has_next(const struct picker *picker);
/* The i-th of the page; NULL = none. */
const struct rare_char *picker_at(const struct picker *picker, int i);
/* The strokes among what is typed, "hspnz"; "" by another way. */
const char *picker_strokes(const struct picker *picker);
