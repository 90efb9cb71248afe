/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking a character up (input/lookup.h) in the bar: which keys it gets, and what is taken from it. */
#include <string.h>

#include "screen/view.h"

#define RARE_KEY (PRESS_F1 + 6)

/* ---------------------------------------------------------------- leaving */

static void arrive(struct screen *screen, const char *text)
{
    g_string_append(screen->bar.arrived, text);
}

static bool is_word(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz") == strlen(text);
}

/* What began like a code was none: letters are composed as if they had been from the start, anything else goes into the field. */
static void give_back(struct screen *screen)
{
    struct lookup *lookup = &screen->bar.lookup;
    g_autofree char *typed = g_strdup(lookup->by_letter ? lookup->typed : "");
    bool compose = is_word(typed) && !screen->bar.english;
    lookup_close(lookup);
    for (const char *at = typed; *at; at++)
        if (!compose || !pinyin_feed(screen->bar.pinyin, PINYIN_LETTER, *at))
            arrive(screen, (char[]){*at, '\0'});
}

void lookup_bar_take(struct screen *screen, int i)
{
    struct pinyin_bar *bar = &screen->bar;
    const struct rare_char *found = lookup_at(&bar->lookup, i);
    char text[7] = "";
    if (!found)
        return;
    (void)g_unichar_to_utf8(found->c, text);
    int letters = bar->lookup.letters;
    lookup_close(&bar->lookup);
    if (letters > 0)
        pinyin_pick(bar->pinyin, text, letters);
    else
        arrive(screen, text);
}

/* A whole code is what it says, also when the next key is for something else. */
void lookup_bar_leave(struct screen *screen)
{
    if (screen->bar.lookup.way == LOOKUP_CODE && lookup_at(&screen->bar.lookup, 0))
        lookup_bar_take(screen, 0);
    else
        give_back(screen);
}

/* ---------------------------------------------------------------- keys */

void lookup_bar_turn(struct screen *screen, int by)
{
    lookup_turn(&screen->bar.lookup, by);
}

static bool chooses(const struct lookup *lookup, gunichar c)
{
    return c == ' ' || (c >= '1' && c <= '9' && lookup->way != LOOKUP_CODE && lookup->total > 0);
}

/* False: the key is for what comes after. */
static bool take_char(struct screen *screen, gunichar c)
{
    struct lookup *lookup = &screen->bar.lookup;
    if (chooses(lookup, c) && (lookup->total > 0 || !lookup->by_letter))
        lookup_bar_take(screen, c == ' ' ? 0 : (int)c - '1');
    else if (c == '-' || c == '=')
        lookup_bar_turn(screen, c == '-' ? -1 : 1);
    else if (!lookup_type(lookup, c) && lookup->by_letter) {
        lookup_bar_leave(screen);
        return false;
    }
    return true;
}

static void take_enter(struct screen *screen)
{
    struct lookup *lookup = &screen->bar.lookup;
    if (lookup->total > 0)
        return lookup_bar_take(screen, 0);
    if (!lookup->by_letter)
        return;
    arrive(screen, lookup->typed);
    lookup_close(lookup);
}

static bool is_rare_key(const struct key *key)
{
    return key->press == PRESS_RARE || key->press == RARE_KEY;
}

bool lookup_bar_key(struct screen *screen, const struct key *key)
{
    struct lookup *lookup = &screen->bar.lookup;
    if (is_rare_key(key)) {
        lookup_other_way(lookup);
        return true;
    }
    switch ((int)key->press) {
    case PRESS_CHAR:
        return take_char(screen, key->c);
    case PRESS_ENTER:
        take_enter(screen);
        return true;
    case PRESS_ESC:
    case PRESS_CLEAR:
        lookup_close(lookup);
        return true;
    case PRESS_BACKSPACE:
        if (!lookup_backspace(lookup))
            lookup_close(lookup);
        return true;
    case PRESS_UP:
    case PRESS_PAGE_UP:
    case PRESS_WHEEL_UP:
        lookup_bar_turn(screen, -1);
        return true;
    case PRESS_DOWN:
    case PRESS_PAGE_DOWN:
    case PRESS_WHEEL_DOWN:
        lookup_bar_turn(screen, 1);
        return true;
    case PRESS_LEFT:
    case PRESS_RIGHT:
    case PRESS_HOME:
    case PRESS_END:
    case PRESS_DELETE:
    case PRESS_OTHER:
        return true;
    default:
        lookup_bar_leave(screen);
        return false;
    }
}

bool lookup_bar_opens(struct screen *screen, const struct key *key)
{
    struct pinyin_bar *bar = &screen->bar;
    struct pinyin_view view = pinyin_view(bar->pinyin);
    bool u = key->press == PRESS_CHAR && (key->c == 'u' || key->c == 'U');
    if (is_rare_key(key))
        lookup_open(&bar->lookup, view.letters);
    else if (u && !view.open && !bar->english)
        lookup_open_by_letter(&bar->lookup, (char)key->c);
    else
        return false;
    return true;
}

void lookup_bar_settle(struct screen *screen)
{
    static const enum keyboard_page pages[] = {
        [LOOKUP_PINYIN] = KEYBOARD_LETTERS, [LOOKUP_STROKES] = KEYBOARD_STROKES, [LOOKUP_CODE] = KEYBOARD_CODE};
    const struct lookup *lookup = &screen->bar.lookup;
    enum keyboard_page *page = &screen->keyboard.page, before = *page;
    if (lookup->open && !lookup->by_letter)
        *page = pages[lookup->way];
    else if (*page == KEYBOARD_STROKES || *page == KEYBOARD_CODE)
        *page = KEYBOARD_LETTERS;
    if (*page != before)
        screen_draw(screen);
}
