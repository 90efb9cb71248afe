/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The candidate's own steps before the review: start, majors and county, substitution, submit (domain.md 1.6 e3–e9); and the one
   re-application after a rejection (e19). */
#pragma once

#include "platformd/routes.h"

void applications_start(struct request *request);
void applications_majors(struct request *request);
void applications_substitution(struct request *request);
void applications_submit(struct request *request);
void applications_reapply(struct request *request);
