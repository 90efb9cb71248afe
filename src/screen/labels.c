/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame's own words as a record: read from forms/frame.conf. */
#include "screen/screen.h"

#define TEXT(member, help_)                                                                                            \
    {                                                                                                                  \
        .name = #member, .kind = RECORD_STRING, .offset = offsetof(struct screen_labels, member),                      \
        .flags = RECORD_REQUIRED, .min = 1, .max = 100, .help = help_                                                  \
    }

static const struct record_field fields[] = {
    TEXT(title, "left in the title bar"),
    {.name = "chapters",
     .kind = RECORD_STRINGS,
     .offset = offsetof(struct screen_labels, chapters),
     .flags = RECORD_REQUIRED,
     .min = 9,
     .max = 9,
     .help = "short names of the nine chapters"},
    TEXT(too_small, "when the terminal is too small: {cols}, {rows}"),
    TEXT(remaining, "how long a code is valid: {time}"),
    TEXT(ending, "countdown of a page that ends by itself: {seconds}"),
    TEXT(count, "below a long text: {n}, {min}"),
    TEXT(more_above, "scroll mark"),
    TEXT(more_below, "scroll mark"),
    TEXT(pick_hint, "key line while a list is open"),
    TEXT(password_hidden, "instead of a password that was typed"),
    TEXT(help_title, "button and title of the help"),
    TEXT(close, "how to leave the help"),
};

const struct record_type screen_labels_record = RECORD_TYPE(screen_labels, fields);
