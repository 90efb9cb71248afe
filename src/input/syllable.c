/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/syllable.h"

#include <glib.h>
#include <string.h>

#include "input/pinyin_record.h"
#include "input/rare.h"

#define SYLLABLE_MAX 6 /* "zhuang" */

static int letters_ahead(const char *letters)
{
    return (int)MIN(strspn(letters, "abcdefghijklmnopqrstuvwxyz"), SYLLABLE_MAX);
}

static bool is_syllable(const char *letters, int n)
{
    char bare[SYLLABLE_MAX + 1] = "";
    memcpy(bare, letters, (size_t)n);
    return rare_is_syllable(bare);
}

/* Those without a vowel (m, n, ng) are none inside a row: mingong is no ming-o-ng. */
static bool is_common(const char *letters, int n)
{
    return strcspn(letters, "aeiouv") < (size_t)n && is_syllable(letters, n);
}

/* ret[i]: from letter i on there are whole syllables to the end. */
static void find_whole(const char *letters, int n, bool ret[PINYIN_LETTERS_MAX + 1])
{
    ret[n] = true;
    for (int i = n - 1; i >= 0; i--) {
        ret[i] = letters[i] == '\'' && ret[i + 1];
        for (int length = letters_ahead(letters + i); length > 0 && !ret[i]; length--)
            ret[i] = ret[i + length] && is_common(letters + i, length);
    }
}

/* `whole`: of these letters. */
static int length_of(const char *letters, const bool *whole)
{
    int longest = 0;
    for (int n = letters_ahead(letters); n > 0; n--) {
        if (!is_syllable(letters, n))
            continue;
        if (whole[n])
            return n;
        longest = MAX(longest, n);
    }
    return longest;
}

int syllable_length(const char *letters)
{
    bool whole[PINYIN_LETTERS_MAX + 1] = {false};
    g_assert(strlen(letters) <= PINYIN_LETTERS_MAX);
    find_whole(letters, (int)strlen(letters), whole);
    return length_of(letters, whole);
}

int syllable_start(const char *letters, int cursor)
{
    bool whole[PINYIN_LETTERS_MAX + 1] = {false};
    g_assert(strlen(letters) <= PINYIN_LETTERS_MAX);
    find_whole(letters, (int)strlen(letters), whole);
    for (int at = 0;;) {
        at += letters[at] == '\'';
        int end = at + MAX(1, length_of(letters + at, whole + at));
        if (end > cursor || letters[at] == '\0')
            return at;
        at = end;
    }
}
