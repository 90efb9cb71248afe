/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages for a candidate's own phone: /p/pay/{order}, /p/degree/{token} and /p/receipt/{token}, in any letter case, because a QR code in capitals is
 * smaller (design 6.3). Who has the address may act; sending a form twice does nothing more.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct platform;
struct exchange;

bool phone_pages_own(const char *path);
void phone_pages_handle(struct platform *platform, struct exchange *exchange);
