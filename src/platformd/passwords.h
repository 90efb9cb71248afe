/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Checking passwords with Argon2id in two threads, so that the loop never waits for it.
 *
 * Imported passwords are kept as a keyed hash ("k1:…"), so that importing a province is fast, and become Argon2id
 * ("$argon2id$…") at the first successful login. Whatever the outcome and also for an unknown person, a check costs one
 * Argon2 run: time tells nothing. The only file with sodium.h in this folder.
 *
 * Owns: the threads and, while a check runs, a copy of the password in locked memory. Blocks: only passwords_free().
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct passwords;

struct passwords *passwords_new(void);
/* Lets the checks under way finish: their callbacks are called from here. Accepts NULL. */
void passwords_free(struct passwords *passwords);

/* What is stored for a password that an import brings. `key` of the server, `person` salts. */
char *passwords_imported(const unsigned char key[32], const char *person, const char *password);

/* `upgraded`: what should be stored instead from now on, NULL = nothing new. */
typedef void (*passwords_fn)(bool right, const char *upgraded, gpointer data);
/*
 * Checks; `stored` may be NULL (nobody, or nobody with a password): then never right. False = too many under way, fn is not
 * called; otherwise fn is called later on the main context.
 */
bool passwords_check(struct passwords *passwords, const unsigned char key[32], const char *person, const char *stored,
                     const char *given, passwords_fn fn, gpointer data);
/* Makes what is stored for a new password: it arrives as `upgraded`, NULL when memory was short. False as above. */
bool passwords_make(struct passwords *passwords, const char *given, passwords_fn fn, gpointer data);
