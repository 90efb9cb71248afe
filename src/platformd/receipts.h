/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 电子票据 (R33, domain.md 8): issued some minutes after the payment, for whoever wants to have it checked; and its page for a
 * phone. Stands for the finance department's own service.
 */
#pragma once

#include "platformd/routes.h"

void receipts_get(struct request *request);
/* Is the receipt of this application due, and not issued yet? */
bool receipts_due(struct platform *platform, int64_t application);
/* When the next one is due, in ms; INT64_MAX = none. */
int64_t receipts_next_ms(struct platform *platform);
/* Those that are due, each in a transaction of its own. */
void receipts_issue(struct platform *platform);
/* For the phone page, by its token in any letter case; freed with record_free(&api_receipt_record, …); NULL = no such. */
struct api_receipt *receipts_find(struct platform *platform, const char *token);
