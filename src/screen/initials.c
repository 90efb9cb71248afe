/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/initials.h"

#include <string.h>

#define SECOND_LEVEL 0xD7FA /* from here on GB 2312 is sorted by radicals */

/* Where each letter begins; no syllable begins with i, u or v. */
static const struct {
    guint16 from; /* GB 2312 */
    char letter;
} sections[] = {
    {0xB0A1, 'a'}, {0xB0C5, 'b'}, {0xB2C1, 'c'}, {0xB4EE, 'd'}, {0xB6EA, 'e'}, {0xB7A2, 'f'},
    {0xB8C1, 'g'}, {0xB9FE, 'h'}, {0xBBF7, 'j'}, {0xBFA6, 'k'}, {0xC0AC, 'l'}, {0xC2E8, 'm'},
    {0xC4C3, 'n'}, {0xC5B6, 'o'}, {0xC5BE, 'p'}, {0xC6DA, 'q'}, {0xC8BB, 'r'}, {0xC8F6, 's'},
    {0xCBFA, 't'}, {0xCDDA, 'w'}, {0xCEF4, 'x'}, {0xD1B9, 'y'}, {0xD4D1, 'z'},
};

/* By code point. The second half of GB 2312, and readings that names of places and people have besides the sorted one. */
static const struct {
    gunichar c;
    char letters[INITIALS_READINGS_MAX + 1];
} others[] = {
    {0x4E50, "ly"}, /* le, yue */
    {0x4EE1, "g"},  /* ge of Gelao */
    {0x4EEB, "m"},  /* mu of Mulao */
    {0x4F1A, "hk"}, /* hui, kuai in accounting */
    {0x4F20, "cz"}, /* chuan, zhuan */
    {0x4F64, "w"},  /* wa */
    {0x5355, "ds"}, /* dan, the name Shan */
    {0x53A6, "sx"}, /* sha, xia */
    {0x5C9A, "l"},  /* lan of Kelan */
    {0x5CA2, "k"},  /* ke of Kelan */
    {0x5CD9, "zs"}, /* zhi, shi in Fanshi */
    {0x66FE, "cz"}, /* ceng, the name Zeng */
    {0x671D, "cz"}, /* chao, zhao */
    {0x67E5, "cz"}, /* cha, the name Zha */
    {0x6821, "xj"}, /* xiao, jiao */
    {0x6D1E, "dt"}, /* dong, tong in Hongtong */
    {0x7317, "y"},  /* yi of Linyi */
    {0x73DE, "l"},  /* luo of Lhoba */
    {0x7572, "s"},  /* she */
    {0x795C, "h"},  /* hu */
    {0x7A37, "j"},  /* ji of Jishan */
    {0x7EDB, "j"},  /* jiang of Jiangxian */
    {0x82AE, "r"},  /* rui of Ruicheng */
    {0x85CF, "zc"}, /* zang, cang */
    {0x884C, "xh"}, /* xing, hang */
    {0x89E3, "jx"}, /* jie, the name Xie */
    {0x8C03, "dt"}, /* diao, tiao */
    {0x91CD, "zc"}, /* zhong, chong */
    {0x957F, "cz"}, /* chang of Changzhi, zhang of Zhangzi */
    {0x96B0, "x"},  /* xi of Xixian */
};

static char from_section(guint16 code)
{
    char letter = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(sections) && sections[i].from <= code; i++)
        letter = sections[i].letter;
    return code < SECOND_LEVEL ? letter : '\0';
}

/* 0 = not in GB 2312. */
static guint16 gb_code(gunichar c)
{
    char utf8[7] = "";
    gsize n = 0;
    (void)g_unichar_to_utf8(c, utf8);
    g_autofree char *gb = g_convert(utf8, -1, "EUC-CN", "UTF-8", NULL, &n, NULL);
    return gb && n == 2 ? (guint16)((guint)(guchar)gb[0] << 8 | (guchar)gb[1]) : 0;
}

void initials_of(gunichar c, char ret[INITIALS_READINGS_MAX + 1])
{
    memset(ret, 0, INITIALS_READINGS_MAX + 1);
    if (c < 0x80) {
        ret[0] = g_ascii_isalnum((char)c) ? g_ascii_tolower((char)c) : '\0';
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        if (others[i].c == c) {
            (void)g_strlcpy(ret, others[i].letters, INITIALS_READINGS_MAX + 1);
            return;
        }
    ret[0] = from_section(gb_code(c));
}

/* From `at` on: all letters are used up. */
static bool begins_with(const char *at, const char *letters)
{
    char readings[INITIALS_READINGS_MAX + 1];
    for (; *letters && *at; at = g_utf8_next_char(at)) {
        initials_of(g_utf8_get_char(at), readings);
        if (readings[0] && !strchr(readings, *letters))
            return false;
        letters += readings[0] != '\0';
    }
    return *letters == '\0';
}

enum initials_match initials_match(const char *label, const char *letters)
{
    g_autofree char *wanted = g_ascii_strdown(letters, -1);
    for (const char *at = label; *at; at = g_utf8_next_char(at)) {
        char readings[INITIALS_READINGS_MAX + 1];
        initials_of(g_utf8_get_char(at), readings);
        if (readings[0] && begins_with(at, wanted))
            return at == label ? INITIALS_AT_START : INITIALS_INSIDE;
    }
    return INITIALS_NOWHERE;
}
