/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orders and the simulated payment channel (domain.md 8).
 *
 * An order made before the window closed may be paid after it, until it expires: the time of the channel decides (9.21).
 * At most one order of an application may be open, and PAID is the end of it: the table's partial unique indexes hold
 * that whatever happens here. An order number never tells whose it is. Only when an order is certain to be
 * unpayable (expired or cancelled) may the next one be made.
 */
#pragma once

#include "graduation/application.h"
#include "platformd/routes.h"

/* How long an order may be paid (policy). */
int64_t orders_life_s(const struct platform *platform);

void orders_create(struct request *request);
void orders_get(struct request *request);
/* The newest order of an application, with its QR while it may be paid; NULL = none. */
struct order *orders_latest(struct platform *platform, int64_t application);
/* By number in any letter case; NULL = no such. */
struct order *orders_find(struct platform *platform, const char *order_no);
/*
 * What was pressed on the phone. False = it could not be stored. Paying twice, late, or after cancelling changes
 * nothing: look at the order afterwards.
 */
bool orders_pay(struct platform *platform, const char *order_no);
bool orders_cancel(struct platform *platform, const char *order_no);
/*
 * Orders whose time is up, each in a transaction of its own. An application that only its open order kept alive after the
 * window lapses with it.
 */
void orders_expire(struct platform *platform);
/* A new number: BY, the time, ten random characters, one to check them. Newly allocated. */
char *orders_number(int64_t now);
