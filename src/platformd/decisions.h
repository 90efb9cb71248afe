/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What staff decide: the county's review row by row (R24–R27), photos and prior degrees that the system could not settle (R20, R49),
 * what is handed in (R32), the joint review, certificates (R50). Whether and who: the transition table. Each answers with
 * the review as it is then.
 *
 * Blocks: local disk.
 */
#pragma once

#include "platformd/routes.h"

void decisions_review(struct request *request);
void decisions_photo(struct request *request);
void decisions_prior_degree(struct request *request);
void decisions_hand_in(struct request *request);
void decisions_joint_start(struct request *request);
void decisions_joint(struct request *request);
void decisions_certificate_ready(struct request *request);
void decisions_certificate_collected(struct request *request);
