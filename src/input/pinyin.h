/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pinyin for the fields of the terminal: keys go in, hanzi come out.
 *
 * The engine runs in a process of its own (input/pinyin_helper.h). A letter is in the view as soon as pinyin_feed() returns; its
 * candidates follow, told by changed(). Keys that need them (choosing, paging, a mark behind the sentence) wait their turn with all that
 * are typed after them, so nobody who types ahead gets another word than the one that would have stood first.
 *
 *     struct pinyin *pinyin = pinyin_new(&options);                 starts nothing
 *     pinyin_wake(pinyin);                                          at the first field that takes hanzi
 *     pinyin_feed(pinyin, PINYIN_LETTER, 'n'), … PINYIN_CHOOSE, 0   → committed("你")
 *     pinyin_free(pinyin);                                          the person leaves: the engine is gone when it returns
 *
 * An engine that does not answer within PINYIN_PATIENCE_MS (a new one's first answer may take longer), dies or talks nonsense is killed
 * and replaced; the letters stay and are asked again, in a simpler way. When even that fails they have no candidates until they change;
 * when it happens too often, or the engine's data is missing, the state is PINYIN_UNAVAILABLE: letters are then not taken, fields take
 * what is typed.
 *
 * Nothing is learnt and nothing is written. Blocks: never, except pinyin_free() (some ms).
 */
#pragma once

#include "input/pinyin_record.h"

#define PINYIN_PATIENCE_MS 300

enum pinyin_state {
    PINYIN_ASLEEP,   /* not asked for yet */
    PINYIN_STARTING, /* letters are taken already */
    PINYIN_READY,
    PINYIN_UNAVAILABLE,
};
enum pinyin_problem {
    PINYIN_FINE,
    PINYIN_NO_DATA,   /* the engine's tables are missing */
    PINYIN_NO_HELPER, /* kiosk-helper cannot be started */
    PINYIN_FAILING,   /* it fails again and again; pinyin_wake() tries again after a minute */
};

enum pinyin_key {
    PINYIN_LETTER, /* argument: a–z or ' */
    PINYIN_BACKSPACE,
    PINYIN_DELETE,
    PINYIN_LEFT,
    PINYIN_RIGHT,
    PINYIN_HOME,
    PINYIN_END,
    PINYIN_PAGE_UP,
    PINYIN_PAGE_DOWN,
    PINYIN_CHOOSE, /* argument: 0 = first candidate of the page */
    PINYIN_FINISH, /* first candidates for all that is left */
    PINYIN_RAW,    /* the letters themselves */
    PINYIN_DROP,   /* everything, also keys that wait */
};

struct pinyin;

struct pinyin_options {
    const char *program; /* path of kiosk-helper */
    const char *data;    /* folder of the engine's tables; NULL = where the build found them */
    const char *lexicon; /* file of our own words; NULL = none */
    bool fuzzy;          /* for people who say s for sh, n for l, in for ing */
    int page;            /* candidates a page, at most PINYIN_PAGE_MAX */
    /* From the main loop, when the view is another without a key: candidates came, the state changed. */
    void (*changed)(gpointer user);
    /*
     * Text for the field; from inside pinyin_feed() or from the main loop. May call pinyin_before(),
     * not pinyin_feed().
     */
    void (*committed)(const char *text, gpointer user);
    gpointer user;
};

struct pinyin *pinyin_new(const struct pinyin_options *options);
void pinyin_free(struct pinyin *pinyin); /* accepts NULL; not from inside the callbacks */
void pinyin_wake(struct pinyin *pinyin);

/* False when the key means nothing here and is the field's: no composition is open, or it is a letter that opens none. */
bool pinyin_feed(struct pinyin *pinyin, enum pinyin_key key, int argument);
/* A character found elsewhere (input/lookup.h) takes the place of the first `letters` letters; without any it is committed at once. */
void pinyin_pick(struct pinyin *pinyin, const char *text, int letters);
/* Text that follows the composition, which is finished first: a mark, a digit. Committed at once when none is open. */
void pinyin_feed_text(struct pinyin *pinyin, const char *text);
/* What stands before the cursor in the field: context for the next word. The last few hanzi are used. */
void pinyin_before(struct pinyin *pinyin, const char *text);

struct pinyin_view {
    enum pinyin_state state;
    enum pinyin_problem problem;
    bool open;                   /* a composition is open, or keys wait */
    bool waiting;                /* keys wait */
    const char *picked;          /* hanzi chosen so far */
    const char *letters;         /* the rest, as typed */
    int cursor;                  /* in letters */
    bool fresh;                  /* the candidates are those of these letters; else older ones, or none */
    const GPtrArray *candidates; /* struct pinyin_candidate *; may be empty, never NULL */
    bool has_previous, has_next; /* pages */
};
/* Valid until the next call or callback. */
struct pinyin_view pinyin_view(const struct pinyin *pinyin);
