/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/mask.h"

#include <glib.h>
#include <string.h>

#define GROUP_MAX 20

bool mask_read(const char *text, struct mask *ret)
{
    *ret = (struct mask){0};
    if (!text)
        return true;
    const char *at = text;
    struct mask mask = {0};
    do {
        char *end;
        guint64 group = g_ascii_isdigit(*at) ? g_ascii_strtoull(at, &end, 10) : 0;
        if (group < 1 || group > GROUP_MAX || mask.n == MASK_GROUPS_MAX)
            return false;
        mask.groups[mask.n++] = (int)group;
        at = end;
    } while (*at++ == ' ');
    at--;
    mask.may_end_in_x = *at == 'X';
    if (at[mask.may_end_in_x] != '\0')
        return false;
    *ret = mask;
    return true;
}

int mask_length(const struct mask *mask)
{
    int length = 0;
    for (int i = 0; i < mask->n; i++)
        length += mask->groups[i];
    return length;
}

int mask_col(const struct mask *mask, int i)
{
    int col = i;
    for (int group = 0, end = 0; group + 1 < mask->n; group++) {
        end += mask->groups[group];
        col += end <= i;
    }
    return col;
}

char *mask_text(const struct mask *mask, const char *digits)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; digits[i]; i++) {
        if (i > 0 && mask_col(mask, i) > mask_col(mask, i - 1) + 1)
            g_string_append_c(text, ' ');
        g_string_append_c(text, digits[i]);
    }
    return g_string_free(text, FALSE);
}
