/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keyboard on the screen, for terminals without one: digits, letters, signs; every key is three rows high.
 *
 * A tap becomes a struct key like one from a real keyboard, so whatever reads keys (fields, the editor, pinyin) needs to know nothing
 * of it. Which page shows first is the field's: digits for numbers and dates, letters for the rest.
 *
 * Owns nothing (embedded, zeroed at first). Blocks: never.
 */
#pragma once

#include "screen/key.h"
#include "screen/paint.h"
#include "screen/screen.h"
#include "session/page.h"

#define KEYBOARD_ROWS     12
#define KEYBOARD_COLS_MAX 100

enum keyboard_page {
    KEYBOARD_DIGITS,
    KEYBOARD_LETTERS,
    KEYBOARD_SIGNS,
    KEYBOARD_CHINESE_SIGNS,
    KEYBOARD_STROKES, /* only while a character is looked up: these two */
    KEYBOARD_CODE,
    KEYBOARD_PAGES
};

struct keyboard {
    enum keyboard_page page;
    bool shift;
    bool hidden;      /* put away by the person, until a field is tapped */
    struct rect area; /* where it stands; rows 0 = it does not */
};

/* Nothing to type there, or a list to pick from: no keyboard. */
bool keyboard_serves(enum field_type type);
void keyboard_turn_to(struct keyboard *keyboard, enum field_type type);
void keyboard_paint(const struct keyboard *keyboard, struct canvas *canvas, const struct screen_labels *labels);
/* False when the tap fell on no key. Else *ret is what was pressed; PRESS_OTHER when only the keyboard itself changed. */
bool keyboard_tap(struct keyboard *keyboard, const struct screen_labels *labels, int y, int x, struct key *ret);
