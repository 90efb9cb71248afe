/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Login and sessions of candidates (R2, design 6.3). By ID or exam number; five failures lock 30 minutes, also for numbers
 * that nobody has; neither words nor time tell which part was wrong. Of a token only a keyed hash is stored.
 */
#pragma once

#include "platformd/routes.h"

#define LOGIN_FAILURES 5
#define LOGIN_LOCK_S   (30 * 60)
#define SESSION_IDLE_S (30 * 60)

void people_login(struct request *request);
void people_logout(struct request *request);
/* Whose token this is; newly allocated; NULL = nobody's, or idle too long. Counts as use. */
char *people_of_token(struct platform *platform, const char *token);
/* Throws away sessions and failures that are over. */
void people_forget(struct platform *platform);
