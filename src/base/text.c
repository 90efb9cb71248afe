/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every function decodes through text_decode(), which never reads past the final zero, so that even a string that was
 * not cleaned cannot do harm: an invalid byte counts as one character that is not shown.
 */
#include "base/text_decode.h"

#include <string.h>

/* Characters that Unicode counts as letters, marks or symbols but that show nothing, or turn a sign into an emoji. */
static bool is_invisible(gunichar c)
{
    static const gunichar ranges[][2] = {{0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
                                         {0x2800, 0x2800}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0}};
    for (size_t i = 0; i < G_N_ELEMENTS(ranges) && c >= ranges[i][0]; i++)
        if (c <= ranges[i][1])
            return true;
    return false;
}

/* Extension I: hanzi of Chinese personal names, younger than the Unicode version of GLib in Debian 12. */
static bool is_young_hanzi(gunichar c)
{
    return c >= 0x2EBF0 && c <= 0x2EE5D;
}

/* Numbers on black squares and hexagrams: Unicode does not call them wide, the C library and the terminals do. */
static bool is_wide(gunichar c)
{
    return g_unichar_iswide(c) || (c >= 0x3248 && c <= 0x324F) || (c >= 0x4DC0 && c <= 0x4DFF);
}

static int cols_by_type(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: /* bidi, zero-width space and joiners, soft hyphen */
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return -1;
    case G_UNICODE_UNASSIGNED:
        return is_young_hanzi(c) ? 2 : -1;
    default:
        break;
    }
    if (is_invisible(c))
        return -1;
    if (g_unichar_iszerowidth(c))
        return 0;
    return is_wide(c) ? 2 : 1;
}

int text_char_cols(gunichar c)
{
    if (c >= 0x20 && c < 0x7F)
        return 1;
    if (c >= 0x4E00 && c <= 0x9FFF) /* nearly all that is painted */
        return 2;
    return c < 0x110000 ? cols_by_type(c) : -1;
}

int text_cols(const char *text)
{
    int cols = 0;
    gunichar c;
    for (const char *at = text; *at != '\0';) {
        at = text_decode(at, NULL, &c);
        cols += MAX(0, text_char_cols(c));
    }
    return cols;
}

int text_count(const char *text)
{
    int n = 0;
    gunichar c;
    for (const char *at = text; *at != '\0';) {
        at = text_decode(at, NULL, &c);
        n += c != TEXT_INVALID && !g_unichar_isspace(c);
    }
    return n;
}

static bool is_break(gunichar c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* What a run of breaks and tabs at `at` becomes; moves past it. NULL when there is none. */
static const char *take_blank(const char **at, const char *end, enum text_flag flags)
{
    gunichar c;
    const char *after = text_decode(*at, end, &c);
    if (c != '\t' && !is_break(c))
        return NULL;
    if (flags & TEXT_LINES) {
        if (c == '\r' && after < end && *after == '\n')
            after++;
        *at = after;
        return c == '\t' ? " " : "\n";
    }
    while (c == '\t' || is_break(c)) {
        *at = after;
        if (after == end)
            break;
        after = text_decode(after, end, &c);
    }
    return " ";
}

char *text_clean(const char *text, gssize bytes, int max_chars, enum text_flag flags, int *ret_dropped)
{
    const char *end = text + (bytes < 0 ? strlen(text) : (size_t)bytes);
    GString *clean = g_string_sized_new((gsize)(end - text));
    int kept = 0, dropped = 0;
    for (const char *at = text; at < end;) {
        gunichar c;
        const char *start = at;
        const char *blank = take_blank(&at, end, flags);
        if (blank == NULL)
            at = text_decode(at, end, &c);
        if ((blank == NULL && text_char_cols(c) < 0) || kept >= max_chars) {
            dropped++;
            continue;
        }
        kept++;
        if (blank != NULL)
            g_string_append(clean, blank);
        else
            g_string_append_len(clean, start, at - start);
    }
    if (ret_dropped != NULL)
        *ret_dropped = dropped;
    return g_string_free(clean, FALSE);
}

bool text_is_clean(const char *text, int max_chars, enum text_flag flags)
{
    gunichar c;
    int n = 0;
    for (const char *at = text; *at != '\0';) {
        at = text_decode(at, NULL, &c);
        bool line_end = c == '\n' && (flags & TEXT_LINES);
        if ((text_char_cols(c) < 0 && !line_end) || ++n > max_chars)
            return false;
    }
    return true;
}

size_t text_head(const char *text, int cols)
{
    const char *at = text;
    gunichar c;
    for (int used = 0; *at != '\0';) {
        const char *after = text_decode(at, NULL, &c);
        used += MAX(0, text_char_cols(c));
        if (used > cols)
            break;
        at = after;
    }
    return (size_t)(at - text);
}

char *text_fit(const char *text, int cols)
{
    if (cols <= 0)
        return g_strdup("");
    if (text[text_head(text, cols)] == '\0')
        return g_strdup(text);
    g_autofree char *head = g_strndup(text, text_head(text, cols - 1));
    return g_strconcat(head, "…", NULL);
}

const char *text_next(const char *at)
{
    gunichar c;
    if (*at == '\0')
        return at;
    at = text_decode(at, NULL, &c);
    while (*at != '\0') {
        const char *after = text_decode(at, NULL, &c);
        if (text_char_cols(c) != 0)
            break;
        at = after;
    }
    return at;
}

const char *text_prev(const char *start, const char *at)
{
    gunichar c = 0;
    while (at > start) {
        const char *before = g_utf8_find_prev_char(start, at);
        at = before != NULL && text_decode(before, NULL, &c) == at ? before : at - 1;
        (void)text_decode(at, NULL, &c);
        if (text_char_cols(c) != 0)
            break;
    }
    return at;
}

char *text_half_width(const char *text)
{
    GString *half = g_string_new(NULL);
    gunichar c;
    for (const char *at = text; *at != '\0';) {
        at = text_decode(at, NULL, &c);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        if (c == TEXT_INVALID || g_unichar_isspace(c))
            continue;
        g_string_append_unichar(half, c < 0x80 ? (gunichar)g_ascii_toupper((char)c) : c);
    }
    return g_string_free(half, FALSE);
}

static bool is_digits(const char *text, size_t n)
{
    return strspn(text, "0123456789") >= n;
}

char *text_mask_id(const char *id_no)
{
    if (id_no == NULL || strlen(id_no) != 18 || !is_digits(id_no, 17) || strchr("0123456789Xx", id_no[17]) == NULL)
        return g_strdup("***");
    return g_strdup_printf("%.6s********%s", id_no, id_no + 14);
}

char *text_mask_mobile(const char *mobile)
{
    if (mobile == NULL || strlen(mobile) != 11 || mobile[0] != '1' || !is_digits(mobile, 11))
        return g_strdup("***");
    return g_strdup_printf("%.3s****%s", mobile, mobile + 7);
}

char *text_mask_name(const char *name)
{
    if (name == NULL || *name == '\0')
        return g_strdup("***");
    return g_strdup_printf("%.*s*", (int)(text_next(name) - name), name);
}
