/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON ↔ records, strict both ways. The only place that includes jansson.h.
 *
 * Reading refuses: duplicate keys, unknown keys, wrong types, numbers that are not whole, texts too long or with
 * characters that must not be shown (base/text), lists too long, missing required fields. The fault names the field
 * as a path: "resume[2].to".
 *
 * Blocks: never. Owns nothing after a call.
 */
#pragma once

#include "base/record.h"

#define WIRE_ERROR (wire_error_quark())
GQuark wire_error_quark(void);
enum wire_error { WIRE_ERROR_SYNTAX, WIRE_ERROR_FIELD };

enum wire_flag {
    WIRE_STRICT = 0,
    WIRE_LENIENT = 1 << 0, /* answers of another platform: unknown keys are ignored, RECORD_PROSE too long is cut */
};

/*
 * A new record; NULL and an error otherwise. *ret_field (may be NULL) = newly allocated path of the bad field, for
 * WIRE_ERROR_FIELD.
 */
void *wire_read(const struct record_type *type, const char *json, gsize length, enum wire_flag flags, char **ret_field,
                GError **error);
/* Compact JSON; absent (NULL, 0 time) members are left out, lists never. */
char *wire_write(const struct record_type *type, const void *record);
