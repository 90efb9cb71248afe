/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/passwords.h"

#include <sodium.h>
#include <string.h>

#include "base/secret.h"

#define THREADS      2
#define UNDER_WAY    64 /* more than this many people do not log in within some seconds */
#define KEYED_PREFIX "k1:"

struct passwords {
    GThreadPool *pool;
    guint under_way;
};

struct check {
    struct passwords *passwords;
    struct secret *given;
    char *argon2; /* stored Argon2id to compare with, NULL = make one */
    bool right;   /* of the keyed hash, known at once */
    char *made;
    passwords_fn fn;
    gpointer data;
};

char *passwords_imported(const unsigned char key[32], const char *person, const char *password)
{
    g_autofree char *all = g_strconcat("password:", person, ":", password, NULL);
    g_autofree char *hash = secret_hash(key, all, 64);
    sodium_memzero(all, strlen(all));
    return g_strconcat(KEYED_PREFIX, hash, NULL);
}

static bool keyed_right(const unsigned char key[32], const char *person, const char *stored, const char *given)
{
    g_autofree char *expected = passwords_imported(key, person, given);
    return strlen(expected) == strlen(stored) && sodium_memcmp(expected, stored, strlen(stored)) == 0;
}

static gboolean report(gpointer data)
{
    struct check *check = data;
    check->passwords->under_way--;
    check->fn(check->right, check->right ? check->made : NULL, check->data);
    g_free(check->argon2);
    g_free(check->made);
    g_free(check);
    return G_SOURCE_REMOVE;
}

/* In a thread of the pool. */
static void work(gpointer item, gpointer data)
{
    struct check *check = item;
    const char *given = secret_text(check->given);
    char made[crypto_pwhash_STRBYTES];
    (void)data;
    if (check->argon2)
        check->right = crypto_pwhash_str_verify(check->argon2, given, strlen(given)) == 0;
    else if (crypto_pwhash_str_alg(made, given, strlen(given), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                   crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) == 0)
        check->made = g_strdup(made);
    g_clear_pointer(&check->given, secret_free);
    (void)g_idle_add_full(G_PRIORITY_DEFAULT, report, check, NULL);
}

struct passwords *passwords_new(void)
{
    struct passwords *passwords = g_new0(struct passwords, 1);
    int ready = sodium_init();
    g_assert(ready >= 0);
    passwords->pool = g_thread_pool_new(work, passwords, THREADS, FALSE, NULL);
    return passwords;
}

void passwords_free(struct passwords *passwords)
{
    if (!passwords)
        return;
    while (passwords->under_way > 0)
        (void)g_main_context_iteration(NULL, TRUE);
    g_thread_pool_free(passwords->pool, FALSE, TRUE);
    g_free(passwords);
}

static void push(struct passwords *passwords, struct check *check)
{
    passwords->under_way++;
    (void)g_thread_pool_push(passwords->pool, check, NULL);
}

bool passwords_check(struct passwords *passwords, const unsigned char key[32], const char *person, const char *stored,
                     const char *given, passwords_fn fn, gpointer data)
{
    struct secret *copy = passwords->under_way < UNDER_WAY ? secret_new() : NULL;
    if (!copy)
        return false;
    if (!secret_set(copy, given)) /* longer than any password: not right, but it takes as long */
        stored = NULL;
    struct check *check = g_new0(struct check, 1);
    *check = (struct check){.passwords = passwords, .given = copy, .fn = fn, .data = data};
    if (stored && g_str_has_prefix(stored, KEYED_PREFIX))
        check->right = keyed_right(key, person, stored, given);
    else
        check->argon2 = g_strdup(stored);
    push(passwords, check);
    return true;
}

bool passwords_make(struct passwords *passwords, const char *given, passwords_fn fn, gpointer data)
{
    struct secret *copy = passwords->under_way < UNDER_WAY ? secret_new() : NULL;
    if (!copy || !secret_set(copy, given)) {
        secret_free(copy);
        return false;
    }
    struct check *check = g_new0(struct check, 1);
    *check = (struct check){.passwords = passwords, .given = copy, .right = true, .fn = fn, .data = data};
    push(passwords, check);
    return true;
}
