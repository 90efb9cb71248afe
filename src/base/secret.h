/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Short secrets (password, session token) in locked memory that is wiped when freed, and random bytes.
 *
 * Owns: the bytes. Blocks: never (getrandom after boot). The only file besides platformd's that includes sodium.h.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SECRET_MAX 256 /* bytes, without the final zero */

struct secret;

struct secret *secret_new(void);
void secret_free(struct secret *secret); /* wipes; accepts NULL */
/* False when longer than SECRET_MAX: then nothing changed. */
bool secret_set(struct secret *secret, const char *text);
const char *secret_text(const struct secret *secret); /* "" when empty; borrowed */
/* Forbids core dumps and swapping of this process as far as the system lets. Call first in main(). */
void secret_harden_process(void);

void secret_random(void *bytes, size_t n);
/* 128 random bits as 26 characters of A-Z 2-7: tokens that go into a QR. */
char *secret_token(void);
/* Keyed BLAKE2b of text as hex, `hex_chars` long (at most 64). Newly allocated. */
char *secret_hash(const unsigned char key[32], const char *text, int hex_chars);
/* A UUID-shaped idempotency key, the n-th of this seed; the same for the same seed and n. */
char *secret_nth_uuid(const unsigned char seed[32], guint64 n);
