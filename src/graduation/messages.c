/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/messages.h"

#include <stdarg.h>
#include <string.h>

static const struct record_field message_fields[] = {
    {"key", RECORD_STRING, offsetof(struct message, key), .flags = RECORD_REQUIRED | RECORD_KEY, .min = 1, .max = 60},
    {"text", RECORD_STRING, offsetof(struct message, text), .flags = RECORD_REQUIRED | RECORD_MULTILINE, .min = 1,
     .max = 600},
};
const struct record_type message_record = RECORD_TYPE(message, message_fields);

static const struct record_field messages_fields[] = {
    {"messages", RECORD_MANY, offsetof(struct messages, messages), .max = 2000, .type = &message_record},
};
const struct record_type messages_record = RECORD_TYPE(messages, messages_fields);

const char *message_text(const char *key, gpointer messages)
{
    const struct messages *all = messages;
    for (guint i = 0; all && i < all->messages->len; i++) {
        const struct message *message = g_ptr_array_index(all->messages, i);
        if (strcmp(message->key, key) == 0)
            return message->text;
    }
    return key;
}

/* The value of the `n` bytes long name in the name, value pairs; NULL when it is not among them. */
static const char *pair_value(const char *name, size_t n, va_list pairs)
{
    const char *value = NULL;
    va_list walk;
    va_copy(walk, pairs);
    for (const char *at = va_arg(walk, const char *); at && !value; at = va_arg(walk, const char *)) {
        const char *candidate = va_arg(walk, const char *);
        if (strlen(at) == n && strncmp(at, name, n) == 0)
            value = candidate ? candidate : "";
    }
    va_end(walk);
    return value;
}

/* Values go in as they are: a "{" inside of one is not looked at again. */
static char *expand(const char *sentence, va_list pairs)
{
    GString *out = g_string_new(NULL);
    for (const char *at = sentence; *at;) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        const char *value = end ? pair_value(at + 1, (size_t)(end - at - 1), pairs) : NULL;
        if (value) {
            g_string_append(out, value);
            at = end + 1;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return g_string_free(out, FALSE);
}

char *message_fill(const struct messages *messages, const char *key, ...)
{
    va_list pairs;
    va_start(pairs, key);
    char *sentence = expand(message_text(key, (gpointer)messages), pairs);
    va_end(pairs);
    return sentence;
}

char *message_expand(const char *sentence, ...)
{
    va_list pairs;
    va_start(pairs, sentence);
    char *expanded = expand(sentence, pairs);
    va_end(pairs);
    return expanded;
}
