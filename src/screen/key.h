/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys: bytes of a terminal → what was pressed, and the names of keys in forms ("Enter", "F1").
 *
 * Its own decoder instead of curses': a sequence nobody knows (modified keys, focus, answers to queries, whole control strings) is
 * swallowed whole, where curses would hand its tail on as letters. Pasted text comes as letters, never as commands; what is beyond
 * KEY_PASTE_CHARS is dropped.
 *
 * Owns nothing. Blocks: never. A sequence longer than KEY_SEQUENCE_MAX is swallowed to its end.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define KEY_SEQUENCE_MAX 32
#define KEY_PASTE_CHARS  4000 /* of a paste; no field takes more */
#define KEY_ESCAPE_MS    25   /* a lone Esc is told after this */
#define KEY_PASTE_MS     1000 /* a paste that is not ended is over after this */
#define KEY_SEQUENCE_MS  100  /* an unfinished sequence is given up after this */

enum press {
    PRESS_OTHER, /* something was pressed that means nothing here */
    PRESS_CHAR,  /* `c`; in a paste also '\n' */
    PRESS_ENTER,
    PRESS_ESC,
    PRESS_TAB,
    PRESS_BACKTAB,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_FIRST,  /* Ctrl-Home: the very beginning of a text */
    PRESS_LAST,   /* Ctrl-End */
    PRESS_CLEAR,  /* Ctrl-U: empties the field */
    PRESS_UNDO,   /* Ctrl-Z */
    PRESS_REDO,   /* Ctrl-Y */
    PRESS_REDRAW, /* Ctrl-L */
    PRESS_SWITCH, /* Ctrl-Space: the other language */
    PRESS_RARE,   /* looks a character up; only the keyboard on the screen has it */
    PRESS_CLICK,  /* at y, x */
    PRESS_WHEEL_UP,
    PRESS_WHEEL_DOWN,
    PRESS_F1,
    PRESS_F12 = PRESS_F1 + 11,
    PRESS_PICK = PRESS_F1 + 3, /* F4 opens the list of a field, where the page has no use of its own for it */
    PRESS_CALL = PRESS_F1 + 8, /* F9 calls for staff on every page */
};

struct key {
    enum press press;
    gunichar c;
    int y, x;
};
typedef void (*key_fn)(const struct key *key, gpointer data);

/* Embedded, zeroed at first. */
struct key_reader {
    int state;
    char bytes[KEY_SEQUENCE_MAX]; /* of the sequence or character under way */
    gsize n;
    bool overlong, paste, string_escape;
    guint pasted; /* characters of this paste */
};

void key_reader_feed(struct key_reader *reader, const char *bytes, gsize n, key_fn fn, gpointer data);
/* Milliseconds after which key_reader_give_up() is to be called; 0 = nothing is under way. */
guint key_reader_wait_ms(const struct key_reader *reader);
/* No more bytes came: a lone Esc is an Esc, anything else unfinished is dropped, a paste is over. */
void key_reader_give_up(struct key_reader *reader, key_fn fn, gpointer data);

/* "Enter", "Esc", "F1"…: the key, or PRESS_OTHER when there is none of that name. */
enum press key_named(const char *name);
/* NULL when it has no name. */
const char *key_word(enum press press);
