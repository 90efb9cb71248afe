/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The candidate as the platform knows them (GET /v1/me): whole numbers, for the confirmation page and the sheet. Nothing here is
 * changed by an application: corrections are the county's (R16). Blocks: never.
 */
#pragma once

#include "graduation/plan.h"

struct candidate_major {
    char *code, *version, *name, *school;
    int level;
    bool requires_prior_degree;
};
extern const struct record_type candidate_major_record;

struct candidate {
    char *exam_no, *id_no, *name;
    int sex; /* enum sex */
    char *mobile, *address, *county_code;
    GPtrArray *majors; /* struct candidate_major: those they may apply for */
};
extern const struct record_type candidate_record;
