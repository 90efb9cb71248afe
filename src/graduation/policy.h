/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the sources contradict each other or leave a choice (domain.md 1.8, 3.4, 4.3, 7, 8), the choice is one setting here; the
 * default is the reading that domain.md proposes. platformd reads them from --config (platformd.conf, which documents
 * itself from the same table). What the law fixes (7 credits, one re-application, two windows' ends) is no setting.
 *
 * How the nine contradictions of domain.md 1.8 are decided:
 *   d1 "提交后不可再次申请" against one re-application: submitting locks, only a county's rejection opens again, once
 *      (application.c: EVENT_SUBMIT, EVENT_REAPPLY)                    no setting: both are the seed's own words
 *   d2 photo before or after the submission                           photo_before_submit
 *   d3 may a saved form be saved again                                form_final_when_saved
 *   d4 what the system approves                                       system_review
 *   d5 the seed's 小店区招办 is the chosen county: {county} in forms/   no setting
 *   d6 "何年何月" asks for whole dates (registration_form.c)            no setting: the form's own hint says so
 *   d7 who has never worked                                           never_worked; 无 is an employer always
 *   d8 籍贯 without 省 or 市 (registration_form.c)                      no setting: people were born there
 *   d9 the address of the confirmation page is the register's; the registration form has its own, which may be changed
 *                                                                     no setting: key data changes at the county (R16)
 *
 * Blocks: never.
 */
#pragma once

#include "base/record.h"

struct policy {
    bool photo_before_submit;     /* d2 */
    bool form_final_when_saved;   /* d3 */
    bool system_review;           /* d4 */
    bool never_worked;            /* d7 */
    bool practice_may_substitute; /* 4.3 */
    int64_t prior_degree_tries;   /* 3.4 */
    int64_t photo_tries;          /* R20, R23 */
    int64_t order_life_min;       /* 8 */
    int64_t receipt_after_min;    /* R33 */
};
extern const struct record_type policy_record;
extern const struct policy policy_default;
