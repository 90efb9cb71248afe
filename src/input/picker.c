/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/picker.h"

#include <string.h>

#include "input/syllable.h"

#define SYLLABLE_MAX 6 /* "zhuang" */
#define HEX_MAX      5
#define STROKES      "hspnz"

/* ---------------------------------------------------------------- what is found */

const char *picker_strokes(const struct picker *picker)
{
    return picker->way != PICKER_STROKES ? "" : picker->typed + (picker->typed[0] == 'u');
}

static int find_code(struct picker *picker)
{
    gunichar c = rare_from_code(picker->typed);
    const char *reading = c != 0 ? rare_reading(c, 0) : NULL;
    picker->page[0] = (struct rare_char){c, reading != NULL ? reading : ""};
    return c != 0;
}

static void find(struct picker *picker)
{
    int from = picker->from, n = picker->page_size;
    memset(picker->page, 0, sizeof picker->page);
    if (picker->way == PICKER_CODE)
        picker->total = find_code(picker);
    else if (picker->way == PICKER_STROKES)
        picker->total = rare_by_strokes(picker_strokes(picker), from, picker->page, n);
    else
        picker->total = picker->typed[0] != '\0' ? rare_by_pinyin(picker->typed, from, picker->page, n) : 0;
}

static void find_first(struct picker *picker)
{
    picker->from = 0;
    find(picker);
}

void picker_set_page(struct picker *picker, int page_size)
{
    page_size = CLAMP(page_size, 1, PICKER_PAGE_MAX);
    if (page_size == picker->page_size)
        return;
    picker->page_size = page_size;
    picker->from -= picker->from % page_size;
    find(picker);
}

bool picker_has_next(const struct picker *picker)
{
    return picker->from + picker->page_size < picker->total;
}

void picker_turn(struct picker *picker, int by_pages)
{
    int from = picker->from + by_pages * picker->page_size;
    if (from < 0 || from >= picker->total)
        return;
    picker->from = from;
    find(picker);
}

const struct rare_char *picker_at(const struct picker *picker, int i)
{
    return i >= 0 && i < picker->page_size && picker->from + i < picker->total ? &picker->page[i] : NULL;
}

/* ---------------------------------------------------------------- opening */

static void start(struct picker *picker, enum picker_way way, const char *typed)
{
    picker->way = way;
    (void)g_strlcpy(picker->typed, typed, sizeof picker->typed);
    find_first(picker);
}

void picker_open(struct picker *picker, const char *letters)
{
    picker_close(picker);
    int n = syllable_length(letters);
    picker->open = true;
    picker->letters = n;
    memcpy(picker->syllable, letters, (size_t)n);
    start(picker, n > 0 ? PICKER_PINYIN : PICKER_STROKES, picker->syllable);
}

void picker_open_by_letter(struct picker *picker, char u)
{
    picker_close(picker);
    picker->open = picker->by_letter = true;
    start(picker, PICKER_CODE, (char[]){u, '\0'});
}

void picker_close(struct picker *picker)
{
    int page_size = picker->page_size > 0 ? picker->page_size : PICKER_PAGE_MAX;
    explicit_bzero(picker, sizeof *picker);
    picker->page_size = page_size;
}

void picker_other_way(struct picker *picker)
{
    picker->by_letter = false;
    if (picker->way == PICKER_STROKES)
        start(picker, PICKER_PINYIN, picker->syllable);
    else
        start(picker, PICKER_STROKES, "");
}

/* ---------------------------------------------------------------- typing */

static bool is_u(char c)
{
    return c == 'u' || c == 'U';
}

/* Nothing that tells the way is typed yet. */
static bool is_fresh(const struct picker *picker)
{
    return picker->typed[0] == '\0' || (is_u(picker->typed[0]) && picker->typed[1] == '\0');
}

static bool is_stroke(char c)
{
    return c != '\0' && strchr(STROKES, c) != NULL;
}

/* The way that a letter leads, from where one is. Opened by a u it can be one only; else another way begins anew. */
static enum picker_way way_of(const struct picker *picker, char c)
{
    enum picker_way way = picker->way;
    bool fresh = is_fresh(picker);
    if (way == PICKER_PINYIN)
        return fresh && (g_ascii_isdigit(c) || is_u(c)) ? PICKER_CODE : way;
    if (!fresh && (picker->by_letter || (way == PICKER_STROKES && !is_u(c))))
        return way;
    return is_stroke(c) && picker->typed[0] != 'U' ? PICKER_STROKES : PICKER_CODE;
}

static bool fits_code(const char *typed, char c)
{
    size_t head = is_u(typed[0]) ? 1 : 0;
    head += typed[head] == '+';
    if (*typed == '\0' && is_u(c))
        return true;
    if (c == '+')
        return head == 1 && typed[1] == '\0';
    return g_ascii_isxdigit(c) && strlen(typed) - head < HEX_MAX;
}

static bool fits(enum picker_way way, const char *typed, char c)
{
    size_t n = strlen(typed);
    switch (way) {
    case PICKER_PINYIN:
        return g_ascii_islower(c) && n < SYLLABLE_MAX;
    case PICKER_STROKES:
        return is_stroke(c) && n < PICKER_TYPED_MAX;
    case PICKER_CODE:
        return fits_code(typed, c);
    }
    return false;
}

bool picker_type(struct picker *picker, gunichar c)
{
    char letter = c >= 0x80 ? '\0' : picker->by_letter ? (char)c : g_ascii_tolower((char)c);
    enum picker_way way = way_of(picker, letter);
    const char *kept = way == picker->way || is_fresh(picker) ? picker->typed : "";
    if (!fits(way, kept, letter))
        return false;
    g_autofree char *typed = g_strdup_printf("%s%c", kept, letter);
    start(picker, way, typed);
    return true;
}

bool picker_backspace(struct picker *picker)
{
    size_t n = strlen(picker->typed);
    if (n == 0)
        return false;
    picker->typed[n - 1] = '\0';
    if (is_u(picker->typed[0]) && n == 2)
        picker->way = PICKER_CODE;
    find_first(picker);
    return n > 1 || !picker->by_letter;
}
