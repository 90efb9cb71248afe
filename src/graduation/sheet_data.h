/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on the printed 《毕业生登记表》, as named texts that a layout file places (forms/sheet.conf). domain.md 5.3.
 *
 * Names, all present unless said otherwise (missing names print as empty):
 *   candidate  name sex id_no exam_no
 *   item       major ("行政管理（专科）") school county ("太原市小店区") batch
 *   form       form_version ethnicity occupation political_status mobile education health work_since ("2012年07月01日", 无)
 *              overseas_relations (是, 否) native_place employer address
 *              resume.1.from resume.1.to resume.1.where … resume.7.where
 *              family (one line per person, R41) awards ("奖励:…、处分:…", R42) self_evaluation ("" = ruled lines)
 *   courses    course.1.no course.1.code course.1.name course.1.credits course.1.score course.1.passed_on course.1.remark
 *              … course.24.remark; total.courses total.credits
 *              courses.left_out: only when there are more than SHEET_COURSES; then nothing may be printed
 *
 * Blocks: never.
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

/*
 * Never NULL; freed with record_free(&sheet_data_record, …). The caller sets `photo` and `created_at`. Without an item (a
 * snapshot without majors) or a judgement their names are missing.
 */
struct sheet_data *sheet_data_new(const struct candidate *candidate, const struct application *application,
                                  const struct registration_form *form, const struct eligibility *eligibility,
                                  const struct application_item *item, const struct code_tables *tables);
const char *sheet_data_text(const struct sheet_data *data, const char *name); /* "" when missing */
