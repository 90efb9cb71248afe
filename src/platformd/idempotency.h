/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A write that is sent again with the same key has its first answer repeated (design 6.3). The record is part of the same
 * transaction as the write, so there is no moment in which one exists without the other. Refusals changed nothing
 * and are not recorded: sent again, they are judged again.
 *
 * Blocks: local disk.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

struct platform;
struct exchange;

/*
 * openapi.yaml promises a day. A terminal may be switched off for a holiday with a call still to be told, so its answers stay a
 * week; those of staff, a whole review each, are asked for again within the minute or never.
 */
#define IDEMPOTENCY_KEEP_S       (7 * 24 * 3600)
#define IDEMPOTENCY_STAFF_KEEP_S (24 * 3600)
#define IDEMPOTENCY_KEY_MAX      128

enum idempotency { IDEMPOTENCY_NEW, IDEMPOTENCY_SAME, IDEMPOTENCY_OTHER };

/* What was asked, as a hash: method, path, body. Newly allocated. */
char *idempotency_request(struct platform *platform, const struct exchange *exchange);
/* For SAME: *ret_status and *ret_body (newly allocated, may be NULL) of the first answer. */
enum idempotency idempotency_find(struct platform *platform, const char *actor, const char *key, const char *request,
                                  unsigned *ret_status, char **ret_body);
void idempotency_keep(struct platform *platform, const char *actor, const char *key, const char *request,
                      unsigned status, const char *body, int64_t keep_s);
/* Throws away what has been kept long enough. */
void idempotency_forget(struct platform *platform);
