/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/person_name.h"

#include <glib.h>
#include <string.h>

static bool is_dot(gunichar c)
{
    static const gunichar dots[] = {0xB7, 0x2022, 0x2027, 0x30FB, 0xFF0E, 0x387, '.'};
    for (size_t i = 0; i < G_N_ELEMENTS(dots); i++)
        if (dots[i] == c)
            return true;
    return false;
}

static char *comparable(const char *name)
{
    GString *out = g_string_new(NULL);
    for (const char *at = name; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isspace(c))
            g_string_append_unichar(out, is_dot(c) ? 0xB7 : c);
    }
    return g_string_free(out, FALSE);
}

bool person_name_equal(const char *a, const char *b)
{
    g_autofree char *left = comparable(a);
    g_autofree char *right = comparable(b);
    return strcmp(left, right) == 0;
}

/* Hanzi, also rare and old ones; letters, because names kept as pinyin exist; dots between the parts of a name. */
const char *person_name_fault(const char *name)
{
    glong characters = 0;
    for (const char *at = name; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool script = g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN || g_ascii_isalpha((char)(c < 128 ? c : 0));
        if (!script && !is_dot(c) && !g_unichar_isspace(c))
            return "registration.name";
        characters += script;
    }
    return characters > 0 ? NULL : "registration.name";
}
