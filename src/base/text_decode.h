/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over UTF-8 that may be damaged. Only for text and text_wrap. Blocks: never. */
#pragma once

#include "base/text.h"

#define TEXT_INVALID ((gunichar)0xFFFFFFFF)

/* Decodes one character; a byte that is no UTF-8 is one character of its own. `end` NULL: up to the final zero. */
static inline const char *text_decode(const char *at, const char *end, gunichar *ret)
{
    if ((guchar)*at < 0x80) {
        *ret = (guchar)*at;
        return at + 1;
    }
    *ret = g_utf8_get_char_validated(at, end != NULL ? end - at : -1);
    if (*ret < 0x110000)
        return g_utf8_next_char(at);
    *ret = TEXT_INVALID;
    return at + 1;
}
