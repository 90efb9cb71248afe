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
    TEXT(ending_touch, "the same where people tap"),
    TEXT(count, "below a long text: {n}, {min}"),
    TEXT(more_above, "scroll mark"),
    TEXT(more_below, "scroll mark"),
    TEXT(pick_hint, "key line while a list is open"),
    TEXT(field_full, "a field takes no more: {max}"),
    TEXT(password_hidden, "instead of a password that was typed"),
    TEXT(help_title, "button and title of the help"),
    TEXT(close, "how to leave the help"),
    {.name = "help_general",
     .kind = RECORD_STRING,
     .offset = offsetof(struct screen_labels, help_general),
     .flags = RECORD_REQUIRED | RECORD_MULTILINE,
     .min = 1,
     .max = 400,
     .help = "the help of a page that has none of its own"},
    TEXT(call_staff, "button that calls for staff"),
    TEXT(call_short, "the same in one word"),
    TEXT(staff_called, "when staff were called"),
    TEXT(cap_backspace, "key: takes the last character back"),
    TEXT(cap_clear, "key: empties the field"),
    TEXT(cap_next, "key: to the next field"),
    TEXT(cap_hide, "key: puts the keyboard away"),
    TEXT(cap_space, "key: a blank"),
    TEXT(cap_newline, "key: a new line"),
    TEXT(cap_shift, "key: capital letters"),
    TEXT(cap_undo, "key: takes the last step back"),
    TEXT(cap_digits, "key: to the digits"),
    TEXT(cap_letters, "key: to the letters"),
    TEXT(cap_signs, "key: to the signs"),
    TEXT(cap_chinese_signs, "key: to the Chinese signs"),
    {.name = "chinese_signs",
     .kind = RECORD_STRINGS,
     .offset = offsetof(struct screen_labels, chinese_signs),
     .flags = RECORD_REQUIRED,
     .min = 3,
     .max = 3,
     .help = "three rows of Chinese signs"},
    TEXT(pinyin_chinese, "mark of a field: pinyin"),
    TEXT(pinyin_english, "mark of a field: letters go straight in"),
    TEXT(pinyin_switch, "the key that switches"),
    TEXT(pinyin_switch_ctrl, "the same where F2 is the page's"),
    TEXT(pinyin_switch_touch, "the same where people tap"),
    TEXT(pinyin_keys, "keys while something is composed"),
    TEXT(pinyin_none, "letters without candidates"),
    TEXT(pinyin_unavailable, "when the engine cannot be used"),
};

const struct record_type screen_labels_record = RECORD_TYPE(screen_labels, fields);
