/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the screen, shared by the files of this folder and by nobody else. From the bottom up:
 *
 *   theme.c  roles → colours             key.c    bytes → keys               terminal.c  the terminal itself
 *   paint.c  spans, boxes, cursor        document.c  text laid out in lines
 *   field.c field_paint.c  one field     list.c spelling.c  things to pick from        editor.c    many lines of text      qr.c  codes
 *   picker.c region.c  what is picked for a field: options, places, days
 *   panel.c panel_key.c  fields and text, scrolled   choices.c  lists of pages   overlay.c  what lies over a page: a field's list, the help
 *   pinyin_bar.c pinyin_paint.c  typing in pinyin
 *   buttons.c  the key line     keyboard.c  the keyboard on the screen     frame.c  bar, chapters, title, message line; where all stands
 *   step_*.c the kinds of pages, one table of operations each
 *   screen_key.c  what a key does            screen_page.c  taking a page            screen.c  life, input, telling, countdowns
 *
 * Curses is known to theme.c, paint.c and terminal.c only.
 */
#pragma once

#include "screen/editor.h"
#include "screen/field_paint.h"
#include "screen/frame.h"
#include "screen/keyboard.h"
#include "screen/list.h"
#include "screen/panel.h"
#include "screen/picker.h"
#include "screen/pinyin_bar.h"
#include "screen/terminal.h"

struct step_ops {
    bool tall; /* may use the rows of rule and message */
    /* A page of another name came: set up what belongs to it. Fields exist already. */
    void (*enter)(struct screen *screen);
    /* Lays out and paints frame.body. */
    void (*draw)(struct screen *screen);
    /* Also clicks (PRESS_CLICK) into the body. */
    enum step_result (*key)(struct screen *screen, const struct key *key);
    /* Once a second while something counts down; may be NULL. */
    void (*tick)(struct screen *screen);
};
extern const struct step_ops step_notice, step_menu, step_fields, step_choose, step_rows, step_editor, step_report,
    step_qr, step_task;

enum overlay { OVERLAY_NONE, OVERLAY_PICK, OVERLAY_HELP, OVERLAY_CALLED };

struct overlay_state {
    enum overlay kind;
    struct rect area, close, call; /* as drawn last */
    struct picker picker;          /* PICK: of the focused field */
    struct document document;
    int top;
    bool above, below; /* there is more to see */
};

struct screen {
    const struct screen_labels *labels;
    screen_event_fn fn;
    gpointer data;
    struct terminal *terminal;
    struct canvas *canvas; /* the terminal's */
    int in_fd;
    guint input_source, resize_source, escape_source, tick_source;
    struct key_reader keys;
    bool gone;

    struct page *page; /* NULL before the first */
    guint64 fingerprint;
    const struct step_ops *step;
    struct frame frame;
    bool touch; /* somebody taps: large targets */
    struct keyboard keyboard;
    GPtrArray *fields; /* struct field, one for each of page->fields */
    int focus;         /* the field typed into, -1 = none */
    int button;        /* the button that has the focus, -1 = the body has it */
    struct pinyin_bar bar;
    char *notice;  /* why something is not allowed; until the next key */
    gunichar rare; /* before the cursor, told in the message line; 0 = nothing to tell */

    /* of the page's kind; used by some */
    struct panel panel;
    struct list list;
    struct editor editor;
    struct rect remaining; /* QR: where the time stands */
    struct overlay_state overlay;

    /* to be told after the key is dealt with */
    int edited; /* field whose text changed, -1 = none */
    enum screen_event_kind telling;
    char *telling_key; /* NULL = nothing */
    bool acted;        /* an action was told and no edit since: page->focus is news */
    bool told;         /* anything in this batch of keys */
    bool damaged;      /* something was painted and not sent yet */
    int64_t told_deadline_ms, told_qr_ms;
};

/* On two descriptors instead of 0 and 1. For tests. */
struct screen *screen_new_on(int in_fd, int out_fd, const struct screen_options *options, screen_event_fn fn,
                             gpointer data, GError **error);

/* Told once the key is dealt with; `key` is copied. */
void screen_tell(struct screen *screen, enum screen_event_kind kind, const char *key);
/* The field's text has changed. */
void screen_edited(struct screen *screen, int field);
/* Presses a button of the key line: says why not, waits while busy, or tells. */
void screen_press(struct screen *screen, int button);
int screen_primary_button(const struct screen *screen); /* -1 = none */
/* Says something in the message line until the next key. */
void screen_notice(struct screen *screen, const char *text);
/* The same, that the field takes no more; not of a password. */
void screen_notice_full(struct screen *screen, const struct field *field);
/* Everything, into the canvas. */
void screen_draw(struct screen *screen);
/* What was painted goes to the terminal. */
void screen_flush(struct screen *screen);
/* A key_fn; data = the screen. */
void screen_key(const struct key *key, gpointer data);
/* The same for a key that taps have become already. */
void screen_press_key(struct screen *screen, const struct key *key);
/* The edit first, so that an action sees it. */
void screen_tell_pending(struct screen *screen);
void screen_tell_edit(struct screen *screen);
void screen_tell_touched(struct screen *screen);
void screen_watch_time(struct screen *screen);
/* Somebody taps, and the focus is where something is typed. */
bool screen_wants_keyboard(const struct screen *screen);
GPtrArray *screen_fields_new(void);
/* Number of a field that can be typed into, or -1. */
int screen_field_named(const struct page *page, const char *key);
struct field *screen_field(const struct screen *screen, int i);
const struct page_field *screen_page_field(const struct screen *screen, int i);

/* overlay.c */
void overlay_open_pick(struct screen *screen, gunichar typed); /* of the focused field; typed 0 = nothing yet */
void overlay_open_help(struct screen *screen);
void overlay_call_staff(struct screen *screen); /* tells, and says so */
/* The page is another, with the same field in the focus. */
void overlay_refresh(struct screen *screen);
void overlay_close(struct screen *screen);
void overlay_draw(struct screen *screen);
/* True when the page below must be drawn again. */
bool overlay_key(struct screen *screen, const struct key *key);
