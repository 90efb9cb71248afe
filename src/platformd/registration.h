/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 《毕业生登记表》: every save is a new version, kept (domain.md 1.8 d3); and what came out of the printer. */
#pragma once

#include "platformd/routes.h"

void registration_put(struct request *request);
void registration_record_print(struct request *request);
