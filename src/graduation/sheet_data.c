/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/sheet_data.h"

#include <string.h>

static const struct record_field sheet_value_fields[] = {
    {"name", RECORD_STRING, offsetof(struct sheet_value, name), .flags = RECORD_REQUIRED, .min = 1, .max = 60},
    {"text", RECORD_STRING, offsetof(struct sheet_value, text), .flags = RECORD_SECRET | RECORD_MULTILINE, .max = 1300},
};
const struct record_type sheet_value_record = RECORD_TYPE(sheet_value, sheet_value_fields);

static const struct record_field sheet_data_fields[] = {
    {"values", RECORD_MANY, offsetof(struct sheet_data, values), .max = 500, .type = &sheet_value_record},
    {"photo", RECORD_STRING, offsetof(struct sheet_data, photo), .max = 1000},
    {"form_version", RECORD_INTEGER, offsetof(struct sheet_data, form_version), .max = INT32_MAX},
    {"created_at", RECORD_TIME, offsetof(struct sheet_data, created_at)},
};
const struct record_type sheet_data_record = RECORD_TYPE(sheet_data, sheet_data_fields);
