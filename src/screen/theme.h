/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What things look like: roles → colours and attributes, by theme and by what the terminal can do.
 *
 * Colours are of the fixed cube (16..255): 0..15 mean something else on every terminal. With 8 colours there is one palette on the
 * terminal's own background; "plain" and terminals without colour use attributes only. Direct-colour terminals get the same
 * colours as RGB. With 256 colours curses' pair 0, where it rests between updates, is the field that is typed into.
 *
 * Blocks: never.
 */
#pragma once

#include <stdbool.h>

enum role {
    /* in the order of enum page_tone */
    ROLE_BODY,
    ROLE_STRONG,
    ROLE_QUIET,
    ROLE_GOOD,
    ROLE_WARN,
    ROLE_BAD,

    ROLE_BAR,
    ROLE_BAR_SIDE,
    ROLE_CHAPTER_DONE,
    ROLE_CHAPTER_NOW,
    ROLE_CHAPTER_TODO,
    ROLE_TITLE,
    ROLE_RULE,
    ROLE_MARK, /* ► and the scroll marks */

    ROLE_LABEL,
    ROLE_LABEL_FOCUS,
    ROLE_STAR,
    ROLE_FIELD,
    ROLE_FIELD_FOCUS,
    ROLE_FIELD_BAD,
    ROLE_FIELD_HINT,       /* inside an empty field */
    ROLE_FIELD_HINT_FOCUS, /* the same in the focused one */
    ROLE_TABLE_HEAD,

    ROLE_ITEM,
    ROLE_ITEM_NOTE,
    ROLE_ITEM_CHOSEN,
    ROLE_ITEM_OFF,
    ROLE_ITEM_FOCUS,
    ROLE_ITEM_OFF_FOCUS,

    ROLE_KEYS, /* the key line's ground */
    ROLE_KEY_CAP,
    ROLE_KEY_LABEL,
    ROLE_KEY_PRIMARY,
    ROLE_KEY_PRIMARY_EDGE, /* above and below its line */
    ROLE_KEY_OFF,
    ROLE_KEY_FOCUS,

    ROLE_BOX, /* edge and inside of what lies over a page */
    ROLE_BOX_TITLE,

    ROLE_QR,
    ROLE_QR_DARK,
    ROLE_COUNT
};

struct style {
    unsigned attributes;
    short pair;
};

/* What a terminal may be set to; NULL ends. */
extern const char *const theme_words[];
/* After the terminal is set up. An unknown name is "default". Fills ROLE_COUNT styles. */
void theme_load(struct style *ret_styles, const char *name);
