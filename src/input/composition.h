/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is being typed in pinyin: the hanzi already picked, and the letters that remain, with a cursor among them.
 *
 *     山西省 shengtai|yuan      picked "山西省", letters "shengtaiyuan", cursor 8
 *
 * Moving the cursor points at a word: what is chosen next stands for letters from its syllable on, and those before it are picked as they
 * read. Correcting a letter does not: then all are meant again.
 *
 * Pure: this is what a letter is painted from at once, whatever the engine is doing. A pick can be taken back: its letters return.
 * Letters are a–z and ', never ' at the start or twice; at most PINYIN_LETTERS_MAX in all. Wiped when cleared.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct composition {
    GString *picked;  /* hanzi */
    GString *letters; /* not picked yet */
    int cursor;       /* bytes of letters before it */
    int start;        /* letters before the word that is pointed at, a ' behind them included; 0 = all are meant */
    GArray *picks;    /* struct composition_pick, oldest first */
    GString *spent;   /* the letters of the picks, one after the other */
};
struct composition_pick {
    guint hanzi_bytes, letters;
};

void composition_init(struct composition *composition);
void composition_clear(struct composition *composition);
/* Empty again. */
void composition_reset(struct composition *composition);
bool composition_is_empty(const struct composition *composition);

/* Each is false when it changed nothing. */
bool composition_type(struct composition *composition, char letter);
/* At the start of the letters it takes the last pick back. */
bool composition_backspace(struct composition *composition);
bool composition_delete(struct composition *composition);
/* By letters; to before the first letter and behind the last at most. */
bool composition_move(struct composition *composition, int by);
/* `text` stands for the first n letters. */
bool composition_pick(struct composition *composition, const char *text, int n_letters);
