/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Login and sessions of candidates (R2, design 6.3), by ID or exam number; what is the same for staff is in logins.c. */
#pragma once

#include "platformd/routes.h"

void people_login(struct request *request);
void people_logout(struct request *request);
/* Whose token this is; newly allocated; NULL = nobody's, or idle too long. Counts as use. */
char *people_of_token(struct platform *platform, const char *token);
/* Throws away sessions that are over. */
void people_forget(struct platform *platform);
