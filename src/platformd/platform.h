/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reference platform as one object: what all its parts share, its start and its end.
 *
 * Everything runs on the default GLib main context; only Argon2 has threads of its own. Whatever changes a candidate's
 * application goes through platform_begin(), platform_touch(), platform_commit(): the commit is durable when it returns, and
 * then whoever waits for that candidate is told.
 *
 * Owns: all. Blocks: local disk while committing.
 */
#pragma once

#include "base/clock.h"
#include "graduation/code_table.h"
#include "graduation/messages.h"
#include "graduation/photo_rules.h"
#include "graduation/policy.h"
#include "platformd/database.h"

struct server;
struct exchange;
struct waiting;
struct passwords;
struct metrics;
struct pages;

/* Reads the head of a picture; given by main, because decoders live elsewhere. The caller frees. */
typedef struct photo_facts *(*photo_measure_fn)(const unsigned char *bytes, size_t n, bool whole);

struct platform_options {
    const char *listen;     /* "127.0.0.1:0" */
    const char *data;       /* folder, made when missing */
    const char *import;     /* folder of tables, NULL = none */
    const char *config;     /* platformd.conf, NULL = the defaults */
    const char *public_url; /* what phones reach; NULL = where it listens */
    bool demo;
    int64_t clock;      /* show this time at the start; 0 = the machine's */
    unsigned moment_ms; /* how long the automatic checks take */
    photo_measure_fn photo_measure;
    unsigned request_ms; /* to send a request; 0 = default */
};
#define PLATFORM_MOMENT_MS 2000

struct platform {
    struct platform_options options; /* its texts are borrowed from the caller */
    struct clock clock;
    struct database *db;
    struct server *server;
    struct messages *messages;
    struct policy *policy;
    struct code_tables tables;
    struct waiting *waiting;
    struct passwords *passwords;
    struct metrics *metrics;
    struct pages *pages;
    unsigned char key[32]; /* of this installation: hashes of tokens and imported passwords */
    int key_fd;            /* locked: one server per folder */
    char *qr_base;         /* "HTTP://127.0.0.1:43211", upper case */
    GHashTable *changed;   /* exam_no touched in this transaction */
    GHashTable *used_at;   /* hash of a token → last use, seconds */
    guint agenda;          /* timer of what is due next */
    int64_t forgotten_ms;  /* when sessions and keys that are over were last cleared away; monotonic */
    bool closing;          /* whoever asks now is sent away */
};

/* NULL: `error`, or faults of the configuration or the import ("file:line: what"). It serves when this returns. */
struct platform *platform_new(const struct platform_options *options, GPtrArray *faults, GError **error);
const char *platform_url(const struct platform *platform);
void platform_free(struct platform *platform); /* accepts NULL */

int64_t platform_now(const struct platform *platform);    /* seconds */
int64_t platform_now_ms(const struct platform *platform); /* milliseconds of the same clock */
const char *platform_say(const struct platform *platform, const char *key);
/* Keyed hash as hex, for what must be recognised but not kept. */
char *platform_hash(const struct platform *platform, const char *purpose, const char *text);

bool platform_begin(struct platform *platform);
/* This candidate's snapshot changes with the transaction under way. */
void platform_touch(struct platform *platform, const char *exam_no);
/* False = nothing happened. */
bool platform_commit(struct platform *platform);
void platform_rollback(struct platform *platform);
/* The version of a candidate's snapshot. */
int64_t platform_version(struct platform *platform, const char *exam_no);

/* An embedded file: "forms/messages.conf". */
GBytes *platform_resource(const char *path);
