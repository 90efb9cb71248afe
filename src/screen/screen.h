/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal: draws pages (session/page.h), reads keys, tells what the person did. The only folder that includes curses.h.
 *
 * One frame for all pages: title bar, the nine chapters, body, message line, key line. Kinds draw the body (step_*.c, one table of
 * operations each). Fields are edited here; every change is told at once as SCREEN_EDIT, so the session always has what was typed.
 *
 * Runs on the default GLib main context: the terminal's fd, SIGWINCH, a one-second tick while something counts down. A key
 * repaints only the cells that changed. From the first tap on, what is tapped is three rows high, and a keyboard stands on the screen while
 * something is typed. Smaller than 80×24 it shows one sentence and waits for a resize.
 *
 * Owns: the terminal until screen_free(), and the page it was given. Blocks: never over 5 ms.
 */
#pragma once

#include "base/record.h"
#include "input/pinyin.h"
#include "session/page.h"

#define SCREEN_ERROR (screen_error_quark())
GQuark screen_error_quark(void);
enum screen_error {
    SCREEN_ERROR_NO_TERMINAL, /* stdin or stdout is no terminal */
    SCREEN_ERROR_LOCALE,      /* not a UTF-8 locale */
    SCREEN_ERROR_TERM,        /* TERM unknown, dumb, or the Linux console (no hanzi there) */
};

enum screen_event_kind {
    SCREEN_EDIT,     /* field `key` now holds `text` (passwords too: borrowed, wiped after the call) */
    SCREEN_CHOOSE,   /* choice `key` was picked or toggled; in a MENU: picked */
    SCREEN_ACTION,   /* action `key` (its name) was asked for and is allowed */
    SCREEN_ACTIVITY, /* some other key: the person is there */
    SCREEN_EXPIRED,  /* the page's deadline_ms or its QR's has passed; told once a page */
    SCREEN_GONE,     /* the terminal hung up */
    SCREEN_CALL,     /* the person asks for staff */
    SCREEN_TOUCHED,  /* somebody taps, for the first time: there may be no keyboard */
};
struct screen_event {
    enum screen_event_kind kind;
    const char *key, *text;
};
typedef void (*screen_event_fn)(const struct screen_event *event, gpointer data);

struct screen_labels {           /* the frame's own words, from forms/frame.conf */
    char *title;                 /* 山西省高等教育自学考试毕业网上申请 · 自助终端 */
    GPtrArray *chapters;         /* nine short names, char * */
    char *too_small;             /* with {cols} and {rows} */
    char *remaining;             /* "剩余 {time}" */
    char *ending, *ending_touch; /* "{seconds} 秒后结束，按任意键继续"; where people tap */
    char *waited, *waited_esc;   /* behind what is under way: "（已等待 {seconds} 秒）"; where Esc leads away */
    char *list_keys, *tick_keys; /* where nothing is to be said: the keys of a page to pick from */
    char *field_keys, *code_keys, *check_keys; /* the keys of the focused field; {next} is what Enter does */
    char *count;                               /* "已输入 {n} 字，至少 {min} 字" */
    char *whole;                               /* what the focused field has no room for: {text} */
    char *more_above, *more_below;             /* scroll marks */
    char *pick_hint;                           /* key line while a list is open */
    char *pick, *pick_up;           /* the button that opens a field's list; the one that goes back a level in it */
    char *pick_stop, *pick_type;    /* items of a list of places: this one and no smaller one; none, I type */
    char *full;                     /* a field takes no more: {max} */
    char *paste_cut, *paste_broken; /* a paste was too long; held what is no text */
    char *row_clear, *row_lift;     /* buttons for the row of a table: empty it, move it up */
    char *password_hidden;          /* shown in a password field that is not empty */
    char *help_title, *close;
    char *help_general; /* the help of a page that has none of its own */
    char *call_staff, *call_short,
        *staff_called; /* the button; where there is little room; what is shown when they were called */
    /* keys of the keyboard on the screen */
    char *cap_backspace, *cap_clear, *cap_next, *cap_hide, *cap_space, *cap_newline, *cap_shift, *cap_undo;
    char *cap_digits, *cap_letters, *cap_signs, *cap_chinese_signs;
    GPtrArray *chinese_signs; /* three rows of them, char * */
    /* typing in pinyin */
    char *pinyin_chinese, *pinyin_english; /* which language, in one character */
    /* the key for the other one; where F2 is the page's; where people tap */
    char *pinyin_switch, *pinyin_switch_ctrl, *pinyin_switch_touch;
    char *pinyin_keys, *pinyin_none; /* in the bar: its keys; there are no candidates */
    char *pinyin_unavailable;
    char *pinyin_help,
        *pinyin_help_touch; /* how to type hanzi: on its own while something is composed, else below the page's help */
    /* looking a character up */
    char *rare_switch, *cap_rare;                          /* its key; the same on the keyboard on the screen */
    char *rare_last, *rare_last_tap;                       /* behind the last candidate: the key that leads there */
    char *rare_by_pinyin, *rare_by_strokes, *rare_by_code; /* the ways, before what is typed */
    char *rare_keys_pinyin, *rare_keys_strokes, *rare_keys_code;
    char *rare_taps_pinyin, *rare_taps_strokes, *rare_taps_code; /* the same for those who tap */
    char *rare_ask_pinyin, *rare_ask_strokes, *rare_ask_code;    /* nothing is typed yet */
    char *rare_none;
    char *rare_page;                    /* behind what is typed: {page} of {pages} */
    char *rare_here, *rare_here_unread; /* message: {char}, {reading}, {code} before the cursor; no reading is known */
    char *cap_by_pinyin, *cap_by_strokes, *cap_by_code, *cap_back;
    GPtrArray *strokes; /* the keys h s p n z, char *: the stroke first, then its name */
};
extern const struct record_type screen_labels_record;

struct screen_options {
    const struct screen_labels *labels;  /* borrowed for the screen's life */
    const char *theme;                   /* "default", "contrast", "dark", "plain" */
    const struct pinyin_options *pinyin; /* program, data, lexicon, fuzzy; NULL = no pinyin */
    bool touch; /* there is no keyboard: large targets and a keyboard on the screen from the start */
};
struct screen *screen_new(const struct screen_options *options, screen_event_fn fn, gpointer data, GError **error);
/* Restores the terminal: clears the alternate screen and the scrollback. Accepts NULL. */
void screen_free(struct screen *screen);
/* Takes the page. Same name as before: focus, cursor and scroll stay. Draws before it returns. */
void screen_show(struct screen *screen, struct page *page);
