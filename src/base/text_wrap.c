/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Line breaking after GB/T 15834: between any two hanzi, but no stop or closing mark begins a line, no opening mark ends
 * one, and —— and …… are not torn apart. Latin words and numbers break only at spaces.
 */
#include "base/text_decode.h"

enum line_class { CLASS_SPACE, CLASS_OPEN, CLASS_CLOSE, CLASS_OTHER };

/* No line begins with one of these … */
static const char closing[] = "，。、；：？！）》”’】〉」』〕］｝〗．·～〜–％‰℃°，｡､!),.:;?]}%";
/* … and none ends with one of these. */
static const char opening[] = "（《“‘【〈「『〔［｛〖￥＄¥$([{№＃";

static enum line_class class_of(gunichar c)
{
    if (c >= 0x4E00 && c <= 0x9FFF)
        return CLASS_OTHER;
    if (c != 0xA0 && c != 0x202F && g_unichar_isspace(c))
        return CLASS_SPACE;
    if (g_utf8_strchr(closing, -1, c) != NULL)
        return CLASS_CLOSE;
    return g_utf8_strchr(opening, -1, c) != NULL ? CLASS_OPEN : CLASS_OTHER;
}

/* Scripts with words, and ’ as their apostrophe; digits and letters also in their full-width form. */
static bool is_word(gunichar c)
{
    if (c < 0x2000)
        return c != ' ' && c != 0xB7;
    return c == 0x2019 || (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
}

static bool may_break(gunichar before, gunichar after)
{
    enum line_class a = class_of(before), b = class_of(after);
    if (b == CLASS_SPACE || b == CLASS_CLOSE)
        return false;
    if (a == CLASS_SPACE)
        return true;
    if (a == CLASS_OPEN || (is_word(before) && is_word(after)))
        return false;
    return before != after || (after != 0x2014 && after != 0x2026);
}

/* The state of one line while it is filled; positions are in the text. */
struct line {
    const char *ink;       /* after the last character that is no space; NULL before the first */
    const char *shown_end; /* at the last place where it may break: the end of what is shown … */
    const char *next;      /* … and the start of the next line; NULL when there is none */
    int used;              /* columns */
};

/* No place to break: cut at `at`, or where the width is reached, but after one character at least. */
static size_t cut_hard(const char *text, const char *at, int cols)
{
    size_t head = MIN(text_head(text, cols), (size_t)(at - text));
    return head > 0 ? head : (size_t)(text_next(text) - text);
}

size_t text_line(const char *text, int cols, size_t *ret_next)
{
    struct line line = {0};
    gunichar before = 0, c;
    const char *at = text;
    for (const char *after; *at != '\0' && *at != '\n'; at = after, before = c) {
        (void)text_decode(at, NULL, &c);
        after = text_next(at);
        if (line.ink != NULL && may_break(before, c)) {
            line.shown_end = line.ink;
            line.next = at;
        }
        bool is_space = class_of(c) == CLASS_SPACE;
        line.used += MAX(0, text_char_cols(c));
        if (!is_space && line.used > cols && at > text) {
            size_t cut = cut_hard(text, at, cols);
            *ret_next = line.next != NULL ? (size_t)(line.next - text) : cut;
            return line.next != NULL ? (size_t)(line.shown_end - text) : cut;
        }
        if (!is_space)
            line.ink = after;
    }
    *ret_next = (size_t)(at - text) + (*at == '\n');
    size_t ink = line.ink != NULL ? (size_t)(line.ink - text) : 0;
    return line.used > cols ? ink : (size_t)(at - text); /* spaces beyond the width are not shown */
}

GPtrArray *text_wrap(const char *text, int cols)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    while (*text != '\0') {
        size_t next;
        size_t shown = text_line(text, cols, &next);
        g_ptr_array_add(lines, g_strndup(text, shown));
        text += next;
    }
    return lines;
}
