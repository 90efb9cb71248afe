/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bad network between a kiosk and the platform: a relay of TCP connections on loopback that passes bytes on, loses answers on their way
 * back (the platform has done what was asked, nobody hears of it), or answers itself with whatever a test makes it say.
 *
 * Runs in a thread of its own. A platform that is away is away behind the relay too.
 */
#pragma once

#include <glib.h>

struct relay;
struct relay *relay_new(const char *url); /* of the platform: "http://127.0.0.1:PORT" */
void relay_free(struct relay *relay);     /* accepts NULL */
const char *relay_url(const struct relay *relay);

void relay_pass(struct relay *relay);
/* From now on requests arrive and answers do not: the line is cut at the first byte of one. */
void relay_lose(struct relay *relay);
/* From now on every request is answered with this text and `flood` blanks behind it, and the line is cut. */
void relay_say(struct relay *relay, const char *text, gsize flood);
/* Answers that were lost, and answers of its own, since the start. */
int relay_lost(const struct relay *relay);
int relay_said(const struct relay *relay);
