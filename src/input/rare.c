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

/* What comes first: complete ones, then by the number in the table, then by code point. */
static uint64_t stroke_rank(const struct rare_drawn *drawn, uint64_t strokes)
{
    uint64_t number = drawn->number != 0 ? drawn->number : UINT16_MAX;
    return (uint64_t)(drawn->strokes != strokes) << 48 | number << 24 | drawn->c;
}

static int by_rank(gconstpointer a, gconstpointer b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

/* Ranks of the characters that begin so, in order, each once. */
static GArray *ranks(uint64_t strokes, int n_strokes)
{
    uint64_t end = strokes + (UINT64_C(1) << 3 * MAX(0, RARE_STROKES_MAX - n_strokes));
    GArray *all = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (size_t i = first_drawn(strokes); i < rare_n_drawn && rare_drawn[i].strokes < end; i++) {
        uint64_t rank = stroke_rank(&rare_drawn[i], strokes);
        g_array_append_val(all, rank);
    }
    g_array_sort(all, by_rank);
    return all;
}

int rare_by_strokes(const char *strokes, int from, struct rare_char *found, int n)
{
    uint64_t packed = rare_pack_strokes(strokes);
    if (packed == 0)
        return 0;
    g_autoptr(GArray) all = ranks(packed, (int)strlen(strokes));
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    int total = 0;
    for (guint i = 0; i < all->len; i++) {
        gunichar c = (gunichar)(g_array_index(all, uint64_t, i) & 0xFFFFFF);
        if (!g_hash_table_add(seen, GUINT_TO_POINTER(c))) /* several ways to draw it */
            continue;
        if (total >= from && total - from < n) {
            const char *reading = rare_reading(c, 0);
            found[total - from] = (struct rare_char){c, reading != NULL ? reading : ""};
        }
        total++;
    }
    return total;
}
