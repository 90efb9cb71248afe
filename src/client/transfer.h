/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request to the platform and its answer: headers, body, caps, and what the answer means. Used by client.c,
 * which moves the bytes. Owns: its easy handle and buffers; what was secret is wiped. Blocks: never.
 */
#pragma once

#include "base/secret.h"
#include "client/client.h"

#include <curl/curl.h>

struct transfer;
/* Everything is copied or referenced. token and options' members may be NULL. */
struct transfer *transfer_new(const struct client_request *request, const struct client_options *options,
                              const struct secret *token);
void transfer_free(struct transfer *transfer);
CURL *transfer_easy(const struct transfer *transfer);
/* False when the request is longer than the interface allows: it is then refused here. */
bool transfer_is_sendable(const struct transfer *transfer);
/* What libcurl said at the end. */
void transfer_end(struct transfer *transfer, CURLcode result);
/* Judges the answer. The reply outlives the transfer; transfer_reply_clear() frees what it holds. */
void transfer_judge(struct transfer *transfer, struct client_reply *ret);
void transfer_reply_clear(struct client_reply *reply);
