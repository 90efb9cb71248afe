/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the sources contradict each other or leave a choice (domain.md 1.8, 3.4, 4.3, 7, 8), the choice is one setting here; the
 * default is the reading that domain.md proposes. platformd reads them from --config (platformd.conf, which documents
 * itself from the same table). What the law fixes (7 credits, one re-application, two windows' ends) is no setting.
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
