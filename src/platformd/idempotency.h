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

#define IDEMPOTENCY_KEEP_S  (7 * 24 * 3600) /* design asks for at least 24 h */
#define IDEMPOTENCY_KEY_MAX 128

enum idempotency { IDEMPOTENCY_NEW, IDEMPOTENCY_SAME, IDEMPOTENCY_OTHER };

/* What was asked, as a hash: method, path, body. Newly allocated. */
char *idempotency_request(struct platform *platform, const struct exchange *exchange);
/* For SAME: *ret_status and *ret_body (newly allocated, may be NULL) of the first answer. */
enum idempotency idempotency_find(struct platform *platform, const char *actor, const char *key, const char *request,
                                  unsigned *ret_status, char **ret_body);
void idempotency_keep(struct platform *platform, const char *actor, const char *key, const char *request,
                      unsigned status, const char *body);
/* Throws away what is old enough. */
void idempotency_forget(struct platform *platform);
