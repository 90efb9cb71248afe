/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on the printed 《毕业生登记表》, as named texts that a layout file places (forms/sheet.conf). domain.md 5.3.
 *
 * Names: "name", "id_no", …, "resume.1.from" … "resume.7.where", "course.1.code" … "course.24.remark",
 * "total.courses", "total.credits". Missing names print as empty. Blocks: never.
 */
#pragma once

#include "graduation/application.h"
#include "graduation/candidate.h"
#include "graduation/eligibility.h"

struct sheet_value {
    char *name, *text;
};
extern const struct record_type sheet_value_record;

struct sheet_data {
    GPtrArray *values; /* struct sheet_value */
    char *photo;       /* path of a JPEG or PNG, NULL = leave the box empty */
    int64_t form_version;
    int64_t created_at; /* stands in the PDF's metadata: same data, same bytes */
};
extern const struct record_type sheet_data_record;

#define SHEET_COURSES 24

struct sheet_data *sheet_data_new(const struct candidate *candidate, const struct application *application,
                                  const struct registration_form *form, const struct eligibility *eligibility,
                                  const struct application_item *item, const struct code_tables *tables);
const char *sheet_data_text(const struct sheet_data *data, const char *name); /* "" when missing */
