/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/password_rules.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

const char *password_check(const char *password)
{
    bool letter = false, digit = false, other = false;
    size_t n = strlen(password);
    for (size_t i = 0; i < n; i++) {
        if (!g_ascii_isgraph(password[i]))
            return "password.characters"; /* what no keyboard of another terminal may be able to type */
        letter = letter || g_ascii_isalpha(password[i]);
        digit = digit || g_ascii_isdigit(password[i]);
        other = other || g_ascii_ispunct(password[i]);
    }
    if (n < PASSWORD_MIN || n > PASSWORD_MAX)
        return "password.length";
    return letter + digit + other >= 2 ? NULL : "password.too_simple";
}
