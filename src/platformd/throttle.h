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

/* What failures are counted on; newly allocated. */
char *throttle_account(const struct platform *platform, const char *number);
bool throttle_locked(struct platform *platform, const char *account);
void throttle_count(struct platform *platform, const char *account);
void throttle_forgive(struct platform *platform, const char *account);
/* Throws away failures that are over. */
void throttle_forget(struct platform *platform);
