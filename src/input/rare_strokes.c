/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Apart from rare.c, so that the program which makes the tables can be linked without them. */
#include "input/rare_table.h"

#include <string.h>

uint64_t rare_pack_strokes(const char *strokes)
{
    static const char digits[] = "12345", letters[] = "hspnz";
    uint64_t packed = 0;
    size_t n = 0;
    for (; strokes[n] != '\0'; n++) {
        const char *digit = strchr(digits, strokes[n]), *letter = strchr(letters, strokes[n]);
        if (digit == NULL && letter == NULL)
            return 0;
        if (n < RARE_STROKES_MAX)
            packed = packed << 3 | (uint64_t)(1 + (digit != NULL ? digit - digits : letter - letters));
    }
    return n == 0 || n >= RARE_STROKES_MAX ? packed : packed << 3 * (RARE_STROKES_MAX - n);
}
