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
