/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 毕业照片 (R19–R23, domain.md 7): what a program can see is checked at once, the comparison with the person takes a moment
 * and is outside; here it accepts. After as many refusals as the policy
 * allows only the county can decide.
 */
#pragma once

#include "platformd/routes.h"

void photos_put(struct request *request);
void photos_to_county(struct request *request);
void photos_get(struct request *request);
/* Photos whose check is due, each in a transaction of its own. */
void photos_decide(struct platform *platform);
