/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/punctuation.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const struct {
    char key;
    bool in_number; /* stays itself after a digit */
    const char *mark, *closing;
} marks[] = {
    {',', true, "，"},  {'.', true, "。"},  {':', true, "："},      {';', false, "；"},      {'?', false, "？"},
    {'!', false, "！"}, {'(', false, "（"}, {')', false, "）"},     {'<', false, "《"},      {'>', false, "》"},
    {'[', false, "【"}, {']', false, "】"}, {'\\', false, "、"},    {'_', false, "——"},      {'^', false, "……"},
    {'$', false, "￥"}, {'`', false, "·"},  {'"', false, "“", "”"}, {'\'', false, "‘", "’"},
};

/* The last one of the pair in the text is the opening one. */
static bool is_open(const char *before, const char *opening, const char *closing)
{
    const char *last = g_strrstr(before, opening);
    return last != NULL && strstr(last, closing) == NULL;
}

const char *punctuation_mark(char key, const char *before)
{
    size_t length = strlen(before);
    bool after_digit = length > 0 && g_ascii_isdigit(before[length - 1]);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (marks[i].key != key)
            continue;
        if (marks[i].in_number && after_digit)
            return NULL;
        bool closes = marks[i].closing != NULL && is_open(before, marks[i].mark, marks[i].closing);
        return closes ? marks[i].closing : marks[i].mark;
    }
    return NULL;
}
