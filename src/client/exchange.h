/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request to the platform and its answer: headers, body, caps, and what the answer means. Used by client.c,
 * which moves the bytes. Owns: its easy handle and buffers; what was secret is wiped. Blocks: never.
 */
#pragma once

#include "base/secret.h"
#include "client/client.h"

#include <curl/curl.h>

struct exchange;
/* Everything is copied or referenced. token and options' members may be NULL. */
struct exchange *exchange_new(const struct client_request *request, const struct client_options *options,
                              const struct secret *token);
void exchange_free(struct exchange *exchange);
CURL *exchange_easy(const struct exchange *exchange);
/* False when the request is longer than the interface allows: it is then refused here. */
bool exchange_is_sendable(const struct exchange *exchange);
/* What libcurl said at the end. */
void exchange_end(struct exchange *exchange, CURLcode result);
/* Judges the answer. The reply outlives the exchange; exchange_reply_clear() frees what it holds. */
void exchange_judge(struct exchange *exchange, struct client_reply *ret);
void exchange_reply_clear(struct client_reply *reply);
