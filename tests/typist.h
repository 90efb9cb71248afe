/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Somebody who types pinyin: the terminal's side of the engine with the real kiosk-helper behind it, and the field that the text goes to.
 * Also the phrases of tests/pinyin_phrases.tsv.
 */
#pragma once

#include "input/pinyin.h"

#include <sys/types.h>

struct typist {
    struct pinyin *pinyin;
    GString *field; /* what was committed */
    int n_changed;
};

/* Missing options are those of the build: program, data, lexicon beside it, page 9. lexicon "" = none. */
void typist_init(struct typist *typist, const struct pinyin_options *options);
void typist_clear(struct typist *typist);
/* Letters, one key each. */
void typist_type(struct typist *typist, const char *letters);
/* Runs the main loop until it is so; fails the test after 20 s. */
void typist_wait_state(struct typist *typist, enum pinyin_state state);
void typist_wait_fresh(struct typist *typist);
void typist_wait_closed(struct typist *typist);
/* The i-th candidate of the page, "" when there is none. */
const char *typist_candidate(const struct typist *typist, int i);
/* Types and waits for candidates. */
void typist_ask(struct typist *typist, const char *letters);
/* Closes the composition and empties the field. */
void typist_start_afresh(struct typist *typist);
/* Of this process's kiosk-helper children the one that runs the engine; 0 = none. */
pid_t typist_engine(void);
void typist_wait_no_engine(void); /* one that was told to end needs a moment; fails the test after 20 s */
/* The same of another process's children. */
pid_t typist_engine_of(pid_t parent);

/* part: "tuned" phrases may be looked at when the lexicon is worked on, "held" ones are kept back to see what that is worth. */
struct phrase {
    char *part, *kind, *phrase, *pinyin; /* 人，人 and "ren,ren": clauses apart */
};
extern const struct record_type phrase_record;
/* All of tests/pinyin_phrases.tsv; freed with record_list_free(). */
GPtrArray *phrases_read(void);
/* The letters of a clause as they are typed, without spaces; newly allocated. */
char *phrase_letters(const char *pinyin);
