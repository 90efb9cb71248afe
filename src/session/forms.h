/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forms/: the screens, the way through them, the words and the code tables, read once at start.
 *
 *   flow.conf            the path: which screen when, and until when
 *   screens/NN-*.conf    the screens, one file a chapter
 *   messages.conf        sentences by key        frame.conf  the words of the frame
 *   tables/NAME.tsv      code tables             sheet.conf  the printed form (read by the helper)
 *   glossary.tsv         terms (wording.h)
 *
 * A screen names things that exist in C by words: its kind, sources of choices and tables, verbs, guards, checks, placeholders.
 * forms_check() finds every word that nothing answers to, so a county's edit fails at `kiosk --check` and not before a candidate.
 *
 * Owns: all of it until forms_free(). Blocks: reads local files.
 */
#pragma once

#include "graduation/code_table.h"
#include "graduation/messages.h"
#include "session/page.h"

struct form_text {
    char *text; /* may hold {placeholders} */
    int tone;
    char *when; /* guard, NULL = always; "!x" negates */
};

struct form_field {
    char *key; /* in PAGE_ROWS the column's name: the field is PREFIX.ROW.key */
    char *label, *hint;
    int type;
    bool required, readonly;
    bool fresh; /* empty each time the page is entered: a confirmation that must be given anew */
    int64_t max, min_count, width;
    int64_t age;   /* of FIELD_DATE: how old one is on such a day, 0 = it lies near today */
    char *check;   /* word of a check, NULL = none */
    char *table;   /* code table of FIELD_CODE */
    char *value;   /* template of a readonly field */
    char *initial; /* what stands there at first, NULL = nothing */
    char *when;
};

struct form_item {
    char *key, *label, *note;
    char *verb, *to; /* what picking it does when the screen has no `choose`: a verb, to = the screen of verb "go" */
    char *when;      /* offered only then */
};

struct form_fact {
    char *label, *value;
    int tone;
    char *when;
};

struct form_column {
    char *title;
    int64_t width;
};
struct form_table {
    char *source, *title;
    GPtrArray *columns; /* struct form_column */
    char *when;
};

struct form_action {
    char *label, *key; /* key: "Enter", "Esc", "F1" … */
    char *verb, *to;   /* to: the screen of verb "go" */
    bool primary;
    char *when; /* shown only then */
};

struct form_screen {
    char *name;
    int kind; /* enum page_kind */
    int64_t chapter;
    char *title;
    GPtrArray *texts, *fields, *items, *facts, *tables, *actions;
    char *choices; /* word of a source; NULL = items */
    bool many;
    char *sum;    /* template under the choices */
    char *choose; /* verb when a choice is picked (one) */
    char *prefix; /* PAGE_ROWS: "resume" */
    int64_t rows;
    char *qr;       /* word of a source */
    char *enter;    /* verb run when the screen is entered */
    bool watch;     /* wait for a newer snapshot while it is shown */
    int64_t idle_s; /* 0 = the setting */
    int64_t ends_s; /* the page ends by itself after this */
    char *back_why; /* what the action "back" says where there is no way back */
    char *help;
};

struct form_step {
    char *screen;
    char *when, *until; /* guards: is it on this person's way; is it behind them */
};

struct form_place {
    char *file;
    unsigned line;
};

struct forms {
    GPtrArray *screens; /* struct form_screen */
    GPtrArray *places;  /* struct form_place of each screen: where its faults are */
    GPtrArray *steps;   /* struct form_step, in order */
    struct messages *messages;
    struct code_tables tables;
    GPtrArray *regions; /* struct page_choice: the places of China by code, with the counties of Shanxi */
    char *directory;
};

/* NULL when there were faults. */
struct forms *forms_read(const char *directory, GPtrArray *faults);
void forms_free(struct forms *forms);
const struct form_screen *forms_screen(const struct forms *forms, const char *name);
const struct form_place *forms_place(const struct forms *forms, const char *screen); /* NULL when there is none */
/* Words that nothing answers to, sentences missing, screens without a way on or that nobody comes to; adds to `faults`. */
bool forms_check(const struct forms *forms, GPtrArray *faults);
