/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sentences for people, by key: forms/messages.conf ({key, text} pairs). Code holds keys only. Blocks: never.
 */
#pragma once

#include "base/record.h"

struct message {
    char *key, *text;
};
extern const struct record_type message_record;

struct messages {
    GPtrArray *messages; /* struct message */
};
extern const struct record_type messages_record;

/* The sentence, or the key itself when it is missing (kiosk --check finds those). Borrowed. Fits message_fn. */
const char *message_text(const char *key, gpointer messages);
/* The sentence with {name} replaced by values from NULL-terminated name, value pairs. Newly allocated. */
char *message_fill(const struct messages *messages, const char *key, ...) G_GNUC_NULL_TERMINATED;
/* The same for a sentence already found. Newly allocated; unknown {names} stay as they are. */
char *message_expand(const char *sentence, ...) G_GNUC_NULL_TERMINATED;
