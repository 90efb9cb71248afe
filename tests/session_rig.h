/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session with the real forms/, played without terminal, network or time: events go in, effects are kept and judged.
 *
 *     struct srig *rig = srig_new();
 *     srig_start(rig);
 *     srig_action(rig, "go consent");
 *     assert_string_equal(session_screen(rig->session), "consent");
 *
 * After every event the rules that hold always are asserted: what must be on disk comes before what must not be forgotten, the page
 * composes, nothing personal is on the page of somebody who has gone. Who answers the calls is the test (srig_ok() …) or
 * the small platform of session_world.h.
 *
 * Owns: all it points to. Tests run from the top of the source tree.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/session.h"

#define SRIG_TODAY    20261203
#define SRIG_TIME     INT64_C(1796263200) /* 2026-12-03 10:00 +08:00, in the batch's windows */
#define SRIG_ID       "140000199003070015"
#define SRIG_NAME     "王小明"
#define SRIG_ADDRESS  "山西省太原市小店区平阳路1号"
#define SRIG_MOBILE   "13812345678"
#define SRIG_PASSWORD "Zikao-2026"

struct srig {
    struct forms *forms;
    struct session *session;
    unsigned processes; /* so far; each has a seed of its own */
    int64_t now_ms, time;
    GPtrArray *effects;  /* struct effect of the last event */
    GPtrArray *open;     /* struct effect: calls and helpers begun, not answered and not cancelled */
    GHashTable *keys;    /* idempotency key → "CALL/VERSION": what it was first used for */
    GHashTable *kept;    /* key → struct effect on disk: PERSIST_OUTBOX … PERSIST_DONE */
    GHashTable *submits; /* version → key under which it was submitted and not refused */
    bool ended;
};

struct srig *srig_new(void);
void srig_free(struct srig *rig);
/* The process is lost and a new one begins: what was on disk is still there. */
void srig_restart(struct srig *rig);
/* For cmocka: a rig in *state. */
int srig_set_up(void **state);
int srig_tear_down(void **state);

/* ---------------------------------------------------------------- events */
void srig_apply(struct srig *rig, struct session_event *event);
void srig_start(struct srig *rig);
void srig_edit(struct srig *rig, const char *key, const char *text);
void srig_choose(struct srig *rig, const char *key);
void srig_action(struct srig *rig, const char *name);
void srig_tell(struct srig *rig, enum session_event_kind kind); /* nothing but the kind */
void srig_wait(struct srig *rig, int64_t ms);                   /* time passes, then a tick */

/* Answers of the oldest open call of this kind. */
void srig_answer(struct srig *rig, enum api_call call, enum call_outcome outcome, const void *record);
void srig_ok(struct srig *rig, enum api_call call, const void *record);
void srig_refuse(struct srig *rig, enum api_call call, const char *code, const char *message);
/* What is on disk, told; after a login it is told by itself. */
void srig_outbox(struct srig *rig);
/* Of the open helper; NULL = it crashed or hung. */
void srig_helper(struct srig *rig, enum helper_job job, const void *answer);

/* ---------------------------------------------------------------- what came of it */
/* In the last event; NULL = none. */
const struct effect *srig_effect(const struct srig *rig, enum effect_kind kind);
const struct effect *srig_sent(const struct srig *rig, enum api_call call);
/* The oldest open call, helper; NULL = none. */
const struct effect *srig_open(const struct srig *rig, enum api_call call);
const struct effect *srig_job(const struct srig *rig, enum helper_job job);
int srig_open_count(const struct srig *rig, enum api_call call);

#define assert_screen(rig, name) assert_string_equal(session_screen((rig)->session), name)
/* All words of the page in one text, newly allocated. */
char *srig_words(const struct srig *rig);
bool srig_shows(const struct srig *rig, const char *text);
/* The page's field, action and choice; NULL = not there. Valid until page_free(). */
const struct page_field *srig_field(const struct page *page, const char *key);
const struct page_action *srig_find_action(const struct page *page, const char *name);
const struct page_choice *srig_find_choice(const struct page *page, const char *key);
bool srig_offers(const struct srig *rig, const char *name); /* an action or an item of this name */
