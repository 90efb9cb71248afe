/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One login for both kinds of account, candidates and staff: failures lock (throttle.h), also for numbers that nobody has;
 * neither words nor time tell which part was wrong; a session ends after 30 minutes without a call, whatever restarts lie
 * between. Of a token only a keyed hash is stored, and the hashes of the two kinds have nothing in common: a token of one
 * opens nothing of the other.
 *
 * Blocks: local disk; Argon2id runs in threads (passwords.c).
 */
#pragma once

#include "platformd/routes.h"

#define SESSION_IDLE_S (30 * 60)

/* What differs. Statements: ?1 is the person or the hash of a token. */
struct login_kind {
    enum api_call call;                               /* whose answers and metrics these are */
    const char *token_purpose, *account_purpose;      /* of platform_hash() */
    const char *refused;                              /* message key: one of the two was wrong */
    const char *password, *upgrade;                   /* SELECT; UPDATE with ?2 = the new hash */
    const char *begin, *person, *used_at, *use, *end; /* INSERT ?1 ?2 ?3; SELECT; SELECT; UPDATE ?2; DELETE */
    const char *forget;                               /* DELETE of what was used before ?1 */
};

/*
 * Takes the exchange over and answers it: a token, or why not; but leaves it when the accounts could not be read. `account`: what failures are counted on; `person` NULL = nobody
 * has this account.
 */
void logins_check(struct request *request, const struct login_kind *kind, const char *person, const char *account,
                  const char *password);
/* Whose token this is; newly allocated; NULL = nobody's of this kind, or idle too long. Counts as use. */
char *logins_person(struct platform *platform, const struct login_kind *kind, const char *token);
/* The bearer token of a request; NULL = none. Borrowed. */
const char *logins_token(const struct exchange *exchange);
/* Ends the request's own session. */
void logins_end(struct request *request, const struct login_kind *kind);
/* Throws away sessions that are over. */
void logins_forget(struct platform *platform, const struct login_kind *kind);
