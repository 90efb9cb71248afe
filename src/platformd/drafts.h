/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate has typed and not yet saved: kept as it came, at most 64 KiB, no part of the snapshot. */
#pragma once

#include "platformd/routes.h"

void drafts_get(struct request *request);
void drafts_put(struct request *request);
void drafts_delete(struct request *request);
