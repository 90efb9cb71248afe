/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* The whole struct lies in sodium_malloc() memory: locked, between guard pages, wiped by sodium_free(). */
struct secret {
    char text[SECRET_MAX + 1];
};

/* Safe to call again and again; only a system without random bytes makes it fail. */
static void need_sodium(void)
{
    int ready = sodium_init();
    g_assert(ready >= 0);
}

struct secret *secret_new(void)
{
    need_sodium();
    struct secret *secret = sodium_malloc(sizeof *secret);
    if (secret == NULL)
        g_error("out of memory for a secret");
    memset(secret, 0, sizeof *secret);
    return secret;
}

void secret_free(struct secret *secret)
{
    sodium_free(secret);
}

bool secret_set(struct secret *secret, const char *text)
{
    size_t length = strnlen(text, SECRET_MAX + 1);
    if (length > SECRET_MAX)
        return false;
    /* `text` may be the secret's own text, so it is moved before the rest is wiped. */
    memmove(secret->text, text, length);
    sodium_memzero(secret->text + length, sizeof secret->text - length);
    return true;
}

const char *secret_text(const struct secret *secret)
{
    return secret->text;
}

void secret_harden_process(void)
{
    const struct rlimit none = {0, 0};
    struct rlimit locked;
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    /* Under a limit, locking all future pages would make later allocations fail; secrets lock their own pages anyway. */
    if (getrlimit(RLIMIT_MEMLOCK, &locked) == 0 && locked.rlim_cur == RLIM_INFINITY)
        (void)mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

void secret_random(void *bytes, size_t n)
{
    need_sodium();
    randombytes_buf(bytes, n);
}

char *secret_token(void)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char token[27];
    secret_random(token, sizeof token - 1);
    for (size_t i = 0; i < sizeof token - 1; i++)
        token[i] = alphabet[(unsigned char)token[i] & 31];
    token[sizeof token - 1] = '\0';
    return g_strdup(token);
}

char *secret_hash(const unsigned char key[32], const char *text, int hex_chars)
{
    unsigned char hash[32];
    char hex[2 * sizeof hash + 1];
    g_assert(hex_chars >= 0 && (size_t)hex_chars <= 2 * sizeof hash);
    need_sodium();
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), key, 32);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return g_strndup(hex, (gsize)hex_chars);
}

char *secret_nth_uuid(const unsigned char seed[32], guint64 n)
{
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT, n);
    g_autofree char *hex = secret_hash(seed, text, 32);
    hex[12] = '4';                                       /* version */
    hex[16] = "89ab"[g_ascii_xdigit_value(hex[16]) & 3]; /* variant */
    return g_strdup_printf("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}
