/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/registration_form.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

static const struct record_field resume_row_fields[] = {
    {"from", RECORD_STRING, offsetof(struct resume_row, from), .flags = RECORD_SECRET, .max = 10},
    {"to", RECORD_STRING, offsetof(struct resume_row, to), .flags = RECORD_SECRET, .max = 10},
    {"where", RECORD_STRING, offsetof(struct resume_row, where), .flags = RECORD_SECRET, .max = 60},
};
const struct record_type resume_row_record = RECORD_TYPE(resume_row, resume_row_fields);

static const struct record_field family_row_fields[] = {
    {"name", RECORD_STRING, offsetof(struct family_row, name), .flags = RECORD_SECRET, .max = 50},
    {"employer", RECORD_STRING, offsetof(struct family_row, employer), .flags = RECORD_SECRET, .max = 60},
    {"position", RECORD_STRING, offsetof(struct family_row, position), .flags = RECORD_SECRET, .max = 40},
};
const struct record_type family_row_record = RECORD_TYPE(family_row, family_row_fields);

/* Wider than registration_form_check() allows, so that it can tell what is wrong instead of the reader of the record. */
static const struct record_field registration_form_fields[] = {
    {"version", RECORD_INTEGER, offsetof(struct registration_form, version), .max = INT32_MAX},
    {"ethnicity", RECORD_STRING, offsetof(struct registration_form, ethnicity), .flags = RECORD_SECRET, .max = 12},
    {"occupation", RECORD_STRING, offsetof(struct registration_form, occupation), .flags = RECORD_SECRET, .max = 40},
    {"political_status", RECORD_STRING, offsetof(struct registration_form, political_status), .flags = RECORD_SECRET,
     .max = 12},
    {"mobile", RECORD_STRING, offsetof(struct registration_form, mobile), .flags = RECORD_SECRET, .max = 20},
    {"education", RECORD_STRING, offsetof(struct registration_form, education), .flags = RECORD_SECRET, .max = 12},
    {"health", RECORD_STRING, offsetof(struct registration_form, health), .flags = RECORD_SECRET, .max = 12},
    {"work_since", RECORD_STRING, offsetof(struct registration_form, work_since), .flags = RECORD_SECRET, .max = 10},
    /* Yes or no has no default (domain.md 2.14): who leaves it out is told so. */
    {"overseas_relations", RECORD_BOOLEAN, offsetof(struct registration_form, overseas_relations),
     .flags = RECORD_REQUIRED},
    {"native_place", RECORD_STRING, offsetof(struct registration_form, native_place), .flags = RECORD_SECRET,
     .max = 40},
    {"employer", RECORD_STRING, offsetof(struct registration_form, employer), .flags = RECORD_SECRET, .max = 60},
    {"address", RECORD_STRING, offsetof(struct registration_form, address), .flags = RECORD_SECRET, .max = 60},
    {"resume", RECORD_MANY, offsetof(struct registration_form, resume), .max = RESUME_ROWS, .type = &resume_row_record},
    {"family", RECORD_MANY, offsetof(struct registration_form, family), .max = FAMILY_ROWS, .type = &family_row_record},
    {"awards", RECORD_STRING, offsetof(struct registration_form, awards), .flags = RECORD_SECRET, .max = 100},
    {"penalties", RECORD_STRING, offsetof(struct registration_form, penalties), .flags = RECORD_SECRET, .max = 100},
    {"self_evaluation", RECORD_STRING, offsetof(struct registration_form, self_evaluation),
     .flags = RECORD_SECRET | RECORD_MULTILINE, .max = 1200},
};
const struct record_type registration_form_record = RECORD_TYPE(registration_form, registration_form_fields);
