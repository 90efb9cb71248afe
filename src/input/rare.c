/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/rare.h"

#include "base/text.h"
#include "input/rare_table.h"

#include <string.h>

/* Unified ideographs of Unicode 15.1, and 〇. */
static const struct {
    gunichar first, last;
} blocks[] = {
    {0x3007, 0x3007},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xFA0E, 0xFA0F},   {0xFA11, 0xFA11},
    {0xFA13, 0xFA14},   {0xFA1F, 0xFA1F},   {0xFA21, 0xFA21},   {0xFA23, 0xFA24},   {0xFA27, 0xFA29},
    {0x20000, 0x2A6DF}, {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0},
    {0x2EBF0, 0x2EE5D}, {0x30000, 0x3134A}, {0x31350, 0x323AF},
};

bool rare_is_ideograph(gunichar c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(blocks); i++)
        if (c >= blocks[i].first && c <= blocks[i].last)
            return true;
    return false;
}

bool rare_needs_code(gunichar c)
{
    return c != 0x3007 && !(c >= 0x4E00 && c <= 0x9FA5) && rare_is_ideograph(c);
}

gunichar rare_from_code(const char *text)
{
    g_autofree char *half = text_half_width(text);
    const char *digits = half;
    if (*digits == 'U' && digits[1] == '+')
        digits += 2;
    else if (*digits == 'U')
        digits++;
    size_t n = strlen(digits);
    if (n < 4 || n > 6 || strspn(digits, "0123456789ABCDEF") != n)
        return 0;
    gunichar c = (gunichar)g_ascii_strtoull(digits, NULL, 16);
    return rare_is_ideograph(c) ? c : 0;
}

const char *rare_code(gunichar c, char ret[RARE_CODE_BYTES])
{
    g_snprintf(ret, RARE_CODE_BYTES, "U+%04X", c);
    return ret;
}

/* ---------------------------------------------------------------- readings */

/* The first row of a character or of the next greater one. */
static size_t first_row(gunichar c)
{
    size_t low = 0, high = rare_n_rows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rare_rows[middle].c < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const char *rare_reading(gunichar c, int n)
{
    size_t at = first_row(c) + (size_t)n;
    if (n < 0 || at >= rare_n_rows || rare_rows[at].c != c)
        return NULL;
    return rare_spoken[rare_rows[at].spoken].toned;
}

int rare_number(gunichar c)
{
    size_t at = first_row(c);
    return at < rare_n_rows && rare_rows[at].c == c ? rare_rows[at].number : 0;
}

bool rare_next_of_table(size_t *at, gunichar *ret_c, const char **ret_bare)
{
    while (*at < rare_n_rows && rare_rows[*at].number == 0)
        ++*at;
    if (*at >= rare_n_rows)
        return false;
    *ret_c = rare_rows[*at].c;
    *ret_bare = rare_spoken[rare_rows[*at].spoken].bare;
    ++*at;
    return true;
}

static const struct rare_row *row_by_bare(size_t i)
{
    return &rare_rows[rare_by_bare[i]];
}

/* The first of rare_by_bare that is not before `bare`. */
static size_t first_by_bare(const char *bare)
{
    size_t low = 0, high = rare_n_rows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(rare_spoken[row_by_bare(middle)->spoken].bare, bare) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool rare_is_syllable(const char *pinyin)
{
    size_t first = first_by_bare(pinyin);
    return first < rare_n_rows && strcmp(rare_spoken[row_by_bare(first)->spoken].bare, pinyin) == 0;
}

/* A character that has the same reading in two tones comes once, with the first of them. */
static bool is_repeated(size_t first, size_t i)
{
    return i > first && row_by_bare(i - 1)->c == row_by_bare(i)->c;
}

int rare_by_pinyin(const char *pinyin, int from, struct rare_char *found, int n)
{
    size_t first = first_by_bare(pinyin);
    int total = 0;
    for (size_t i = first; i < rare_n_rows; i++) {
        const struct rare_row *row = row_by_bare(i);
        if (strcmp(rare_spoken[row->spoken].bare, pinyin) != 0)
            break;
        if (is_repeated(first, i))
            continue;
        if (total >= from && total - from < n)
            found[total - from] = (struct rare_char){row->c, rare_spoken[row->spoken].toned};
        total++;
    }
    return total;
}

/* ---------------------------------------------------------------- strokes */

static size_t first_drawn(uint64_t strokes)
{
    size_t low = 0, high = rare_n_drawn;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rare_drawn[middle].strokes < strokes)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * Characters in their order, each once: those of the table of 8105 by number, then the others by code point. One stroke begins 22,000
 * drawings, and a person waits for none of them: no sorting.
 */
#define CODES 0x32400 /* behind the last ideograph */
struct drawn_set {
    uint32_t of_number[RARE_TABLE_SIZE + 1]; /* the character of that number; 0 = not in the set */
    uint64_t codes[CODES / 64];
};

static void set_add(struct drawn_set *set, const struct rare_drawn *drawn)
{
    if (drawn->number != 0)
        set->of_number[drawn->number] = drawn->c;
    else if (drawn->c < CODES)
        set->codes[drawn->c / 64] |= UINT64_C(1) << drawn->c % 64;
}

static void set_remove(struct drawn_set *set, const struct rare_drawn *drawn)
{
    set->of_number[drawn->number] = 0;
    if (drawn->c < CODES)
        set->codes[drawn->c / 64] &= ~(UINT64_C(1) << drawn->c % 64);
}

/* A stretch of what is found, and how many there are in all. */
struct stretch {
    int from, n, total;
    struct rare_char *found;
};

static void put(struct stretch *stretch, gunichar c)
{
    int i = stretch->total++ - stretch->from;
    if (i < 0 || i >= stretch->n)
        return;
    const char *reading = rare_reading(c, 0);
    stretch->found[i] = (struct rare_char){c, reading != NULL ? reading : ""};
}

static void put_set(struct stretch *stretch, const struct drawn_set *set)
{
    for (int number = 1; number <= RARE_TABLE_SIZE; number++)
        if (set->of_number[number] != 0)
            put(stretch, set->of_number[number]);
    for (gunichar word = 0; word < CODES / 64; word++)
        for (uint64_t left = set->codes[word]; left != 0; left &= left - 1)
            put(stretch, word * 64 + (gunichar)__builtin_ctzll(left));
}

int rare_by_strokes(const char *strokes, int from, struct rare_char *found, int n)
{
    uint64_t packed = rare_pack_strokes(strokes);
    if (packed == 0)
        return 0;
    uint64_t end = packed + (UINT64_C(1) << 3 * MAX(0, RARE_STROKES_MAX - (int)strlen(strokes)));
    g_autofree struct drawn_set *whole = g_new0(struct drawn_set, 1), *longer = g_new0(struct drawn_set, 1);
    size_t first = first_drawn(packed), behind = first_drawn(end);
    for (size_t i = first; i < behind; i++)
        set_add(rare_drawn[i].strokes == packed ? whole : longer, &rare_drawn[i]);
    for (size_t i = first; i < behind && rare_drawn[i].strokes == packed; i++)
        set_remove(longer, &rare_drawn[i]); /* several ways to draw it */
    struct stretch stretch = {.from = from, .n = n, .found = found};
    put_set(&stretch, whole);
    put_set(&stretch, longer);
    return stretch.total;
}
