/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking a character up (input/picker.h) in the bar: which keys it gets, and what is taken from it. */
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
    struct picker *picker = &screen->bar.picker;
    g_autofree char *typed = g_strdup(picker->by_letter ? picker->typed : "");
    bool compose = is_word(typed) && !screen->bar.english;
    picker_close(picker);
    for (const char *at = typed; *at; at++)
        if (!compose || !pinyin_feed(screen->bar.pinyin, PINYIN_LETTER, *at))
            arrive(screen, (char[]){*at, '\0'});
}

void picker_bar_take(struct screen *screen, int i)
{
    struct pinyin_bar *bar = &screen->bar;
    const struct rare_char *found = picker_at(&bar->picker, i);
    char text[7] = "";
    if (!found)
        return;
    (void)g_unichar_to_utf8(found->c, text);
    int letters = bar->picker.letters;
    picker_close(&bar->picker);
    if (letters > 0)
        pinyin_pick(bar->pinyin, text, letters);
    else
        arrive(screen, text);
}

/* A whole code is what it says, also when the next key is for something else. */
void picker_bar_leave(struct screen *screen)
{
    if (screen->bar.picker.way == PICKER_CODE && picker_at(&screen->bar.picker, 0))
        picker_bar_take(screen, 0);
    else
        give_back(screen);
}

/* ---------------------------------------------------------------- keys */

void picker_bar_turn(struct screen *screen, int by)
{
    picker_turn(&screen->bar.picker, by);
}

static bool chooses(const struct picker *picker, gunichar c)
{
    return c == ' ' || (c >= '1' && c <= '9' && picker->way != PICKER_CODE && picker->total > 0);
}

/* False: the key is for what comes after. */
static bool take_char(struct screen *screen, gunichar c)
{
    struct picker *picker = &screen->bar.picker;
    if (chooses(picker, c) && (picker->total > 0 || !picker->by_letter))
        picker_bar_take(screen, c == ' ' ? 0 : (int)c - '1');
    else if (c == '-' || c == '=')
        picker_bar_turn(screen, c == '-' ? -1 : 1);
    else if (!picker_type(picker, c) && picker->by_letter) {
        picker_bar_leave(screen);
        return false;
    }
    return true;
}

static void take_enter(struct screen *screen)
{
    struct picker *picker = &screen->bar.picker;
    if (picker->total > 0)
        return picker_bar_take(screen, 0);
    if (!picker->by_letter)
        return;
    arrive(screen, picker->typed);
    picker_close(picker);
}

static bool is_rare_key(const struct key *key)
{
    return key->press == PRESS_RARE || key->press == RARE_KEY;
}

bool picker_bar_key(struct screen *screen, const struct key *key)
{
    struct picker *picker = &screen->bar.picker;
    if (is_rare_key(key)) {
        picker_other_way(picker);
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
        picker_close(picker);
        return true;
    case PRESS_BACKSPACE:
        if (!picker_backspace(picker))
            picker_close(picker);
        return true;
    case PRESS_UP:
    case PRESS_PAGE_UP:
    case PRESS_WHEEL_UP:
        picker_bar_turn(screen, -1);
        return true;
    case PRESS_DOWN:
    case PRESS_PAGE_DOWN:
    case PRESS_WHEEL_DOWN:
        picker_bar_turn(screen, 1);
        return true;
    case PRESS_LEFT:
    case PRESS_RIGHT:
    case PRESS_HOME:
    case PRESS_END:
    case PRESS_DELETE:
    case PRESS_OTHER:
        return true;
    default:
        picker_bar_leave(screen);
        return false;
    }
}

bool picker_bar_opens(struct screen *screen, const struct key *key)
{
    struct pinyin_bar *bar = &screen->bar;
    struct pinyin_view view = pinyin_view(bar->pinyin);
    bool u = key->press == PRESS_CHAR && (key->c == 'u' || key->c == 'U');
    if (is_rare_key(key))
        picker_open(&bar->picker, view.letters + view.start);
    else if (u && !view.open && !bar->english)
        picker_open_by_letter(&bar->picker, (char)key->c);
    else
        return false;
    return true;
}

void picker_bar_settle(struct screen *screen)
{
    static const enum keyboard_page pages[] = {
        [PICKER_PINYIN] = KEYBOARD_LETTERS, [PICKER_STROKES] = KEYBOARD_STROKES, [PICKER_CODE] = KEYBOARD_CODE};
    const struct picker *picker = &screen->bar.picker;
    enum keyboard_page *page = &screen->keyboard.page, before = *page;
    if (picker->open && !picker->by_letter)
        *page = pages[picker->way];
    else if (*page == KEYBOARD_STROKES || *page == KEYBOARD_CODE)
        *page = KEYBOARD_LETTERS;
    if (*page != before)
        screen_draw(screen);
}
