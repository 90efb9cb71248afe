/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of the store: a folder that is removed in the end, and the store in it. */
#pragma once

#include "storage/store.h"

struct keeper {
    char *folder, *path;
    struct store *store;
};

/* For cmocka: *state is the keeper. */
int keeper_set_up(void **state);
int keeper_tear_down(void **state);
struct store *keeper_open(const struct keeper *keeper); /* one more on the same file */
void keeper_reopen(struct keeper *keeper);
/* A row of the outbox, version 7, body {"copies":2}. */
bool keeper_add(struct store *store, const char *person, const char *key, GError **error);
/* A print of person p1, version 3, two copies. */
void keeper_put_print(struct keeper *keeper, const char *name, int progress, const char *uuid, const char *outcome);
/* The keys of the outbox, in its order, with a space after each. */
void keeper_assert_keys(const struct keeper *keeper, const char *person, const char *wanted);
/* First text that a statement gives when it is put to the file itself, past the store. */
char *keeper_ask_file(const char *path, const char *sql);
void keeper_assert_file(const struct keeper *keeper, const char *sql, const char *wanted);
/* Has the file been set aside n times? */
bool keeper_has_damaged(const struct keeper *keeper, int n);
