/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/candidate.h"

#include "graduation/id_number.h"

static const struct record_field candidate_major_fields[] = {
    {"code", RECORD_STRING, offsetof(struct candidate_major, code), .flags = RECORD_REQUIRED, .min = 1, .max = 12},
    {"version", RECORD_STRING, offsetof(struct candidate_major, version), .flags = RECORD_REQUIRED, .min = 1,
     .max = 20},
    {"name", RECORD_STRING, offsetof(struct candidate_major, name), .flags = RECORD_REQUIRED, .max = 50},
    {"school", RECORD_STRING, offsetof(struct candidate_major, school), .flags = RECORD_REQUIRED, .max = 50},
    {"level", RECORD_WORD, offsetof(struct candidate_major, level), .flags = RECORD_REQUIRED,
     .words = plan_level_words},
    {"requires_prior_degree", RECORD_BOOLEAN, offsetof(struct candidate_major, requires_prior_degree)},
};
const struct record_type candidate_major_record = RECORD_TYPE(candidate_major, candidate_major_fields);

static const struct record_field candidate_fields[] = {
    {"exam_no", RECORD_STRING, offsetof(struct candidate, exam_no),
     .flags = RECORD_REQUIRED | RECORD_KEY | RECORD_SECRET, .min = 1, .max = 12},
    {"id_no", RECORD_STRING, offsetof(struct candidate, id_no), .flags = RECORD_REQUIRED | RECORD_SECRET, .max = 18},
    {"name", RECORD_STRING, offsetof(struct candidate, name), .flags = RECORD_REQUIRED | RECORD_SECRET, .min = 1,
     .max = 50},
    {"sex", RECORD_WORD, offsetof(struct candidate, sex), .words = sex_words},
    {"mobile", RECORD_STRING, offsetof(struct candidate, mobile), .flags = RECORD_SECRET, .max = 20},
    {"address", RECORD_STRING, offsetof(struct candidate, address), .flags = RECORD_SECRET, .max = 60},
    {"county_code", RECORD_STRING, offsetof(struct candidate, county_code), .max = 12},
    {"majors", RECORD_MANY, offsetof(struct candidate, majors), .max = 20, .type = &candidate_major_record},
};
const struct record_type candidate_record = RECORD_TYPE(candidate, candidate_fields);
