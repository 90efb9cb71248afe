/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who works at a county's or the province's office: login and sessions (the mechanism is logins.c), and what they may see.
 *
 * County staff see their own county's applications and no other: of those they are not even told that they exist. The province
 * sees all. What each may decide is the transition table's (ACTOR_COUNTY, ACTOR_PROVINCE).
 */
#pragma once

#include "graduation/application.h"
#include "platformd/routes.h"

void staff_login(struct request *request);
void staff_logout(struct request *request);
void staff_me(struct request *request);
/* Whose token this is, with the role they have today; freed with record_free(&api_staff_record, …). NULL = nobody's. */
struct api_staff *staff_of_token(struct platform *platform, const char *token);
/* Throws away sessions that are over. */
void staff_forget(struct platform *platform);

enum actor staff_actor(const struct api_staff *staff);
/* The candidate of this application when `staff` may see it; newly allocated; NULL = there is none for them. */
char *staff_sees(struct platform *platform, const struct api_staff *staff, int64_t application);
