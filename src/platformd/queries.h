/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that only read: the person, plans, the prejudge, the snapshot with its long poll, liveness. */
#pragma once

#include "platformd/routes.h"

void queries_me(struct request *request);
void queries_plan(struct request *request);
void queries_eligibility(struct request *request);
void queries_application(struct request *request);
void queries_health(struct request *request);
