/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Failures of whoever gives a number that is asked for with a secret, also of numbers that nobody has: the fifth within half an
 * hour of the one before locks for half an hour, whatever restarts lie between. The number itself is not stored.
 *
 * Blocks: local disk. Counting and forgiving belong into a transaction.
 */
#pragma once

#include "platformd/platform.h"

#define THROTTLE_FAILURES 5
#define THROTTLE_LOCK_S   (30 * 60)
#define THROTTLE_PERSON   "account" /* purpose: logging in and registering count together */

struct exchange;

/* What failures are counted on, apart for each purpose; newly allocated. */
char *throttle_account(const struct platform *platform, const char *purpose, const char *number);
bool throttle_locked(struct platform *platform, const char *account);
void throttle_count(struct platform *platform, const char *account);
void throttle_forgive(struct platform *platform, const char *account);
/* Answers who is locked; `label` for the metrics. */
void throttle_refuse(struct platform *platform, struct exchange *exchange, const char *label);
/* Throws away what no longer counts. */
void throttle_forget(struct platform *platform);
