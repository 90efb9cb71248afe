/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Somebody's hands at the terminal: by keys alone, or by taps alone on the keyboard on the screen. They do what a person does: read the bar, take
 * the longest word that is right, page on when there is none, and take letters back when one was wrong.
 *
 *     struct hands hands = {.term = term, .touch = true, .slip_every = 60};
 *     hands_field(&hands, "籍贯");
 *     hands_write(&hands, "山西省太原市", "shan xi sheng tai yuan shi");
 *
 * A page is at 80×24. Whatever does not come within its time fails the test. Owns nothing.
 */
#pragma once

#include "term.h"

struct hands {
    struct term *term;
    bool touch;
    int slip_every; /* a wrong letter among so many, taken back; 0 = none */
    /* so far */
    int keys; /* pressed or tapped */
    int letters;
    int slips;
    int wrong; /* words that came out as others and were typed again */
};

/* By its label, with the keyboard on the screen put away first; or by its key. */
void hands_button(struct hands *hands, const char *label, VTermKey key);
void hands_item(struct hands *hands, const char *words); /* of a menu */
/* A cap of the keyboard on the screen. */
void hands_cap(struct hands *hands, const char *label);

/* Goes to the field with this label, scrolling when it is out of sight. */
void hands_field(struct hands *hands, const char *label);
void hands_next(struct hands *hands);       /* to the next field */
void hands_row(struct hands *hands, int n); /* to a table's row, counted from 1; by keys one is there already */
void hands_box(struct hands *hands);        /* into the box of a long text, in the same way */
/* The field's list: opens it, takes the option. */
void hands_choose(struct hands *hands, const char *label, const char *option);
/* To a field of a place, to type there: by touch its list comes first and is declined. */
void hands_place(struct hands *hands, const char *label);
/* Into the field that has the focus. */
void hands_date(struct hands *hands, const char *digits);
void hands_type(struct hands *hands, const char *ascii);
void hands_take_back(struct hands *hands); /* the last character */
/* Hanzi by their pinyin; its "," parts the runs of hanzi between marks and digits, which are typed as they are. */
void hands_write(struct hands *hands, const char *text, const char *pinyin);
