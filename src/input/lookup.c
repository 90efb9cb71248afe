/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/lookup.h"

#include <string.h>

#define SYLLABLE_MAX 6 /* "zhuang" */
#define HEX_MAX      5
#define STROKES      "hspnz"

/* ---------------------------------------------------------------- syllables */

static bool is_syllable(const char *letters, int n)
{
    char bare[SYLLABLE_MAX + 1] = "";
    memcpy(bare, letters, (size_t)n);
    return rare_by_pinyin(bare, 0, NULL, 0) > 0;
}

static int letters_ahead(const char *letters)
{
    return (int)MIN(strspn(letters, "abcdefghijklmnopqrstuvwxyz"), SYLLABLE_MAX);
}

static bool is_common(const char *letters, int n)
{
    return strcspn(letters, "aeiouv") < (size_t)n && is_syllable(letters, n); /* no m, n, ng: o-ng is none */
}

/* All of them are whole syllables. */
static bool are_syllables(const char *letters)
{
    if (*letters == '\'')
        letters++;
    if (*letters == '\0')
        return true;
    for (int n = letters_ahead(letters); n > 0; n--)
        if (is_common(letters, n) && are_syllables(letters + n))
            return true;
    return false;
}

int lookup_syllable(const char *letters)
{
    int longest = 0;
    for (int n = letters_ahead(letters); n > 0; n--) {
        if (!is_syllable(letters, n))
            continue;
        if (are_syllables(letters + n))
            return n;
        longest = MAX(longest, n);
    }
    return longest;
}

/* ---------------------------------------------------------------- what is found */

const char *lookup_strokes(const struct lookup *lookup)
{
    return lookup->way != LOOKUP_STROKES ? "" : lookup->typed + (lookup->typed[0] == 'u');
}

static int find_code(struct lookup *lookup)
{
    gunichar c = rare_from_code(lookup->typed);
    const char *reading = c != 0 ? rare_reading(c, 0) : NULL;
    lookup->page[0] = (struct rare_char){c, reading != NULL ? reading : ""};
    return c != 0;
}

static void find(struct lookup *lookup)
{
    int from = lookup->from, n = lookup->page_size;
    memset(lookup->page, 0, sizeof lookup->page);
    if (lookup->way == LOOKUP_CODE)
        lookup->total = find_code(lookup);
    else if (lookup->way == LOOKUP_STROKES)
        lookup->total = rare_by_strokes(lookup_strokes(lookup), from, lookup->page, n);
    else
        lookup->total = lookup->typed[0] != '\0' ? rare_by_pinyin(lookup->typed, from, lookup->page, n) : 0;
}

static void find_first(struct lookup *lookup)
{
    lookup->from = 0;
    find(lookup);
}

void lookup_set_page(struct lookup *lookup, int page_size)
{
    page_size = CLAMP(page_size, 1, LOOKUP_PAGE_MAX);
    if (page_size == lookup->page_size)
        return;
    lookup->page_size = page_size;
    lookup->from -= lookup->from % page_size;
    find(lookup);
}

bool lookup_has_next(const struct lookup *lookup)
{
    return lookup->from + lookup->page_size < lookup->total;
}

void lookup_turn(struct lookup *lookup, int by_pages)
{
    int from = lookup->from + by_pages * lookup->page_size;
    if (from < 0 || from >= lookup->total)
        return;
    lookup->from = from;
    find(lookup);
}

const struct rare_char *lookup_at(const struct lookup *lookup, int i)
{
    return i >= 0 && i < lookup->page_size && lookup->from + i < lookup->total ? &lookup->page[i] : NULL;
}

/* ---------------------------------------------------------------- opening */

static void start(struct lookup *lookup, enum lookup_way way, const char *typed)
{
    lookup->way = way;
    (void)g_strlcpy(lookup->typed, typed, sizeof lookup->typed);
    find_first(lookup);
}

void lookup_open(struct lookup *lookup, const char *letters)
{
    lookup_close(lookup);
    int n = lookup_syllable(letters);
    lookup->open = true;
    lookup->letters = n;
    memcpy(lookup->syllable, letters, (size_t)n);
    start(lookup, n > 0 ? LOOKUP_PINYIN : LOOKUP_STROKES, lookup->syllable);
}

void lookup_open_by_letter(struct lookup *lookup, char u)
{
    lookup_close(lookup);
    lookup->open = lookup->by_letter = true;
    start(lookup, LOOKUP_CODE, (char[]){u, '\0'});
}

void lookup_close(struct lookup *lookup)
{
    int page_size = lookup->page_size > 0 ? lookup->page_size : LOOKUP_PAGE_MAX;
    explicit_bzero(lookup, sizeof *lookup);
    lookup->page_size = page_size;
}

void lookup_other_way(struct lookup *lookup)
{
    lookup->by_letter = false;
    if (lookup->way == LOOKUP_STROKES)
        start(lookup, LOOKUP_PINYIN, lookup->syllable);
    else
        start(lookup, LOOKUP_STROKES, "");
}

/* ---------------------------------------------------------------- typing */

static bool is_u(char c)
{
    return c == 'u' || c == 'U';
}

/* Nothing that tells the way is typed yet. */
static bool is_fresh(const struct lookup *lookup)
{
    return lookup->typed[0] == '\0' || (is_u(lookup->typed[0]) && lookup->typed[1] == '\0');
}

static bool is_stroke(char c)
{
    return c != '\0' && strchr(STROKES, c) != NULL;
}

/* The way that a letter leads, from where one is. Opened by a u it can be one only; else another way begins anew. */
static enum lookup_way way_of(const struct lookup *lookup, char c)
{
    enum lookup_way way = lookup->way;
    bool fresh = is_fresh(lookup);
    if (way == LOOKUP_PINYIN)
        return fresh && (g_ascii_isdigit(c) || is_u(c)) ? LOOKUP_CODE : way;
    if (!fresh && (lookup->by_letter || (way == LOOKUP_STROKES && !is_u(c))))
        return way;
    return is_stroke(c) && lookup->typed[0] != 'U' ? LOOKUP_STROKES : LOOKUP_CODE;
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

static bool fits(enum lookup_way way, const char *typed, char c)
{
    size_t n = strlen(typed);
    switch (way) {
    case LOOKUP_PINYIN:
        return g_ascii_islower(c) && n < SYLLABLE_MAX;
    case LOOKUP_STROKES:
        return is_stroke(c) && n < LOOKUP_TYPED_MAX;
    case LOOKUP_CODE:
        return fits_code(typed, c);
    }
    return false;
}

bool lookup_type(struct lookup *lookup, gunichar c)
{
    char letter = c >= 0x80 ? '\0' : lookup->by_letter ? (char)c : g_ascii_tolower((char)c);
    enum lookup_way way = way_of(lookup, letter);
    const char *kept = way == lookup->way || is_fresh(lookup) ? lookup->typed : "";
    if (!fits(way, kept, letter))
        return false;
    g_autofree char *typed = g_strdup_printf("%s%c", kept, letter);
    start(lookup, way, typed);
    return true;
}

bool lookup_backspace(struct lookup *lookup)
{
    size_t n = strlen(lookup->typed);
    if (n == 0)
        return false;
    lookup->typed[n - 1] = '\0';
    if (is_u(lookup->typed[0]) && n == 2)
        lookup->way = LOOKUP_CODE;
    find_first(lookup);
    return n > 1 || !lookup->by_letter;
}
