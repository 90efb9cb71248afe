/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 《毕业生登记表》: what the candidate fills in (domain.md 2.14, 2.15), its checks, and what is printed.
 *
 * Field names are those of the interface (design 6.3). Blocks: never.
 */
#pragma once

#include "graduation/code_table.h"

struct resume_row {
    char *from; /* "2009-09-01" */
    char *to;
    char *where;
};
extern const struct record_type resume_row_record;

struct family_row {
    char *name;
    char *employer;
    char *position;
};
extern const struct record_type family_row_record;

#define RESUME_ROWS         7 /* R39 */
#define FAMILY_ROWS         6
#define SELF_EVALUATION_MIN 400 /* R43: empty, or at least this */
#define SELF_EVALUATION_MAX 880 /* what the printed box holds, domain.md 5.3 */

struct registration_form {
    int64_t version; /* counts saves; 0 = never saved. The server sets it. */
    char *ethnicity, *occupation, *political_status, *mobile, *education,
        *health;              /* occupation is text, the rest codes */
    char *work_since;         /* "2012-07-01", NULL = never worked (d7) */
    bool overseas_relations;  /* 是否华侨、港澳、台属 */
    char *native_place;       /* 山西省太原市 */
    char *employer, *address; /* 无 is allowed for the employer */
    GPtrArray *resume;        /* struct resume_row */
    GPtrArray *family;        /* struct family_row */
    char *awards, *penalties;
    char *self_evaluation; /* "" = written by hand on paper (R38) */
};
extern const struct record_type registration_form_record;

/* One fault: the field ("resume.2.to", rows count from 1) and a message key ("form.date_order"). */
struct form_fault {
    char *field;
    char *key;
};
void form_fault_free(struct form_fault *fault);

struct form_context {
    const struct code_tables *tables;
    int today;          /* yyyymmdd */
    int birth;          /* yyyymmdd, 0 = unknown */
    bool bachelor;      /* 本科: education must be 专科 or higher */
    bool work_required; /* never having worked is no answer (d7) */
};
/* All faults in the order of the form; an empty array when it may be saved. Owned by the caller. */
GPtrArray *registration_form_check(const struct registration_form *form, const struct form_context *context);

/* Single fields, for checks while typing. NULL = fine, else a message key. */
const char *form_check_mobile(const char *mobile);            /* V3 */
const char *form_check_native_place(const char *place);       /* V6 */
const char *form_check_self_evaluation(const char *text);     /* V11, R43 */
const char *form_check_date(const char *iso_date, int today); /* exists, not in the future */
