/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/composition.h"

#include "input/pinyin_record.h"
#include "input/syllable.h"

#include <string.h>

void composition_init(struct composition *composition)
{
    *composition = (struct composition){
        .picked = g_string_new(NULL),
        .letters = g_string_new(NULL),
        .picks = g_array_new(FALSE, FALSE, sizeof(struct composition_pick)),
        .spent = g_string_new(NULL),
    };
}

static void wipe(GString *text)
{
    explicit_bzero(text->str, text->allocated_len);
    g_string_truncate(text, 0);
}

void composition_reset(struct composition *composition)
{
    wipe(composition->picked);
    wipe(composition->letters);
    wipe(composition->spent);
    g_array_set_size(composition->picks, 0);
    composition->cursor = 0;
    composition->start = 0;
}

void composition_clear(struct composition *composition)
{
    if (composition->picked == NULL)
        return;
    composition_reset(composition);
    g_string_free(composition->picked, TRUE);
    g_string_free(composition->letters, TRUE);
    g_string_free(composition->spent, TRUE);
    g_array_unref(composition->picks);
    *composition = (struct composition){0};
}

bool composition_is_empty(const struct composition *composition)
{
    return composition->picked->len == 0 && composition->letters->len == 0;
}

bool composition_type(struct composition *composition, char letter)
{
    const char *letters = composition->letters->str;
    int cursor = composition->cursor;
    bool beside_mark = cursor == 0 || letters[cursor - 1] == '\'' || letters[cursor] == '\'';
    if (!g_ascii_islower(letter) && letter != '\'')
        return false;
    if ((letter == '\'' && beside_mark) || composition->letters->len + composition->spent->len >= PINYIN_LETTERS_MAX)
        return false;
    g_string_insert_c(composition->letters, cursor, letter);
    composition->cursor++;
    composition->start = 0;
    return true;
}

/* Takes away the ' that a change left at the start or beside another. */
static void tidy_marks(struct composition *composition)
{
    GString *letters = composition->letters;
    for (gsize i = 0; i < letters->len;) {
        if (letters->str[i] != '\'' || (i > 0 && letters->str[i - 1] != '\'')) {
            i++;
            continue;
        }
        g_string_erase(letters, (gssize)i, 1);
        if ((gsize)composition->cursor > i)
            composition->cursor--;
    }
}

static void erase_at(struct composition *composition, int at)
{
    composition->start = 0;
    g_string_erase(composition->letters, at, 1);
    if (composition->cursor > at)
        composition->cursor--;
    tidy_marks(composition);
}

static bool take_back(struct composition *composition)
{
    GString *spent = composition->spent;
    if (composition->picks->len == 0)
        return false;
    struct composition_pick pick =
        g_array_index(composition->picks, struct composition_pick, composition->picks->len - 1);
    gsize from = spent->len - pick.letters;
    g_string_prepend_len(composition->letters, spent->str + from, (gssize)pick.letters);
    composition->cursor = (int)pick.letters;
    composition->start = 0;
    g_string_truncate(spent, from);
    g_string_truncate(composition->picked, composition->picked->len - pick.hanzi_bytes);
    g_array_set_size(composition->picks, composition->picks->len - 1);
    tidy_marks(composition);
    return true;
}

bool composition_backspace(struct composition *composition)
{
    if (composition->cursor == 0)
        return take_back(composition);
    erase_at(composition, composition->cursor - 1);
    return true;
}

bool composition_delete(struct composition *composition)
{
    if ((gsize)composition->cursor >= composition->letters->len)
        return false;
    erase_at(composition, composition->cursor);
    return true;
}

bool composition_move(struct composition *composition, int by)
{
    int to = (int)CLAMP((gint64)composition->cursor + by, 0, (gint64)composition->letters->len);
    bool moved = to != composition->cursor, inside = to > 0 && (gsize)to < composition->letters->len;
    composition->cursor = to;
    if (moved)
        composition->start = inside ? syllable_start(composition->letters->str, to) : 0;
    return moved;
}

bool composition_pick(struct composition *composition, const char *text, int n_letters)
{
    GString *letters = composition->letters;
    if (n_letters <= 0 || (gsize)n_letters > letters->len)
        return false;
    if (letters->str[n_letters] == '\'') /* it parted this pick from the next */
        n_letters++;
    struct composition_pick pick = {(guint)strlen(text), (guint)n_letters};
    g_array_append_val(composition->picks, pick);
    g_string_append(composition->picked, text);
    g_string_append_len(composition->spent, letters->str, n_letters);
    g_string_erase(letters, 0, n_letters);
    composition->cursor = (int)letters->len;
    composition->start = 0;
    return true;
}
