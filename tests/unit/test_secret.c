/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const unsigned char key_a[32] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const unsigned char key_b[32] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

static void set_and_replace(void **state)
{
    (void)state;
    struct secret *secret = secret_new();
    assert_string_equal(secret_text(secret), "");
    assert_true(secret_set(secret, "Zikao-2026"));
    assert_string_equal(secret_text(secret), "Zikao-2026");
    assert_true(secret_set(secret, "kurz"));
    assert_string_equal(secret_text(secret), "kurz");
    /* nothing of the longer text stays behind the shorter one */
    assert_memory_equal(secret_text(secret), "kurz\0\0\0\0\0\0", 10);
    assert_true(secret_set(secret, secret_text(secret)));
    assert_string_equal(secret_text(secret), "kurz");
    assert_true(secret_set(secret, secret_text(secret) + 1));
    assert_string_equal(secret_text(secret), "urz");
    secret_free(secret);
    secret_free(NULL);
}

static void too_long_changes_nothing(void **state)
{
    (void)state;
    struct secret *secret = secret_new();
    g_autofree char *longest = g_strnfill(SECRET_MAX, 'x'), *longer = g_strnfill(SECRET_MAX + 1, 'y'),
                    *huge = g_strnfill(1 << 20, 'z');
    assert_true(secret_set(secret, longest));
    assert_false(secret_set(secret, longer));
    assert_false(secret_set(secret, huge));
    assert_string_equal(secret_text(secret), longest);
    secret_free(secret);
}

static void token_has_26_qr_characters(void **state)
{
    (void)state;
    bool seen[256] = {false};
    int different = 0;
    g_autofree char *last = NULL;
    for (int i = 0; i < 200; i++) {
        g_autofree char *token = secret_token();
        assert_int_equal(strlen(token), 26);
        assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 26);
        assert_string_not_equal(token, last != NULL ? last : "");
        for (const char *at = token; *at != '\0'; at++) {
            different += !seen[(unsigned char)*at];
            seen[(unsigned char)*at] = true;
        }
        g_free(last);
        last = g_strdup(token);
    }
    assert_int_equal(different, 32); /* the whole alphabet is used */
}

static void random_fills_all(void **state)
{
    (void)state;
    unsigned char bytes[64], mixed[64] = {0};
    for (int i = 0; i < 8; i++) {
        secret_random(bytes, sizeof bytes);
        for (size_t j = 0; j < sizeof bytes; j++)
            mixed[j] |= bytes[j];
    }
    for (size_t j = 0; j < sizeof mixed; j++)
        assert_int_not_equal(mixed[j], 0); /* 2^-64 for each */
}

static void hash_depends_on_key_and_text(void **state)
{
    (void)state;
    g_autofree char *hash = secret_hash(key_a, "140000199001010012", 64),
                    *same = secret_hash(key_a, "140000199001010012", 64),
                    *other_key = secret_hash(key_b, "140000199001010012", 64),
                    *other_text = secret_hash(key_a, "140000199001010013", 64),
                    *head = secret_hash(key_a, "140000199001010012", 8), *none = secret_hash(key_a, "x", 0);
    assert_int_equal(strlen(hash), 64);
    assert_int_equal(strspn(hash, "0123456789abcdef"), 64);
    assert_string_equal(hash, same);
    assert_string_not_equal(hash, other_key);
    assert_string_not_equal(hash, other_text);
    assert_int_equal(strlen(head), 8);
    assert_memory_equal(hash, head, 8);
    assert_string_equal(none, "");
}

/* RFC 7693 has no keyed vector for BLAKE2b-256; this one was computed with another implementation (hashlib). */
static void hash_is_keyed_blake2b(void **state)
{
    (void)state;
    unsigned char key[32];
    for (int i = 0; i < 32; i++)
        key[i] = (unsigned char)i;
    g_autofree char *hash = secret_hash(key, "abc", 64);
    assert_string_equal(hash, "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
}

static void uuid_repeats_for_the_same_seed(void **state)
{
    (void)state;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint64 n = 0; n < 300; n++) {
        g_autofree char *again = secret_nth_uuid(key_a, n);
        char *uuid = secret_nth_uuid(key_a, n);
        assert_string_equal(uuid, again);
        assert_true(g_uuid_string_is_valid(uuid));
        assert_int_equal(uuid[14], '4');
        assert_non_null(strchr("89ab", uuid[19]));
        assert_true(g_hash_table_add(seen, uuid));
    }
    char *other = secret_nth_uuid(key_b, 0);
    assert_true(g_hash_table_add(seen, other));
    g_autofree char *largest = secret_nth_uuid(key_a, G_MAXUINT64);
    assert_true(g_uuid_string_is_valid(largest));
}

/* In a child: it cannot be undone. */
static void hardened_process_leaves_no_core(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit core;
        secret_harden_process();
        bool good = getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0 &&
                    prctl(PR_GET_DUMPABLE) == 0;
        _exit(good ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_and_replace),
        cmocka_unit_test(too_long_changes_nothing),
        cmocka_unit_test(token_has_26_qr_characters),
        cmocka_unit_test(random_fills_all),
        cmocka_unit_test(hash_depends_on_key_and_text),
        cmocka_unit_test(hash_is_keyed_blake2b),
        cmocka_unit_test(uuid_repeats_for_the_same_seed),
        cmocka_unit_test(hardened_process_leaves_no_core),
    };
    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
