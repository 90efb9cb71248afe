/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The imperative half: turns what happens (keys, answers, helpers, time) into session events, and runs the session's effects in order.
 *
 * When an effect that persists fails, the rest of that event's effects is dropped and the session is told: nothing is sent, shown or
 * printed that is not on disk. Owns the private directory of the person's files (in memory, wiped at the end and at the start).
 *
 * Blocks: a durable commit, about 1 ms.
 */
#pragma once

#include "client/client.h"
#include "kiosk_settings.h"
#include "screen/screen.h"
#include "session/session.h"
#include "storage/store.h"

enum shell_end { SHELL_RUNNING, SHELL_NEXT_PERSON, SHELL_QUIT };

struct shell;
struct shell_parts { /* borrowed */
    const struct kiosk_settings *settings;
    const struct forms *forms;
    struct store *store;
    struct session *session;
    struct client *client;
    const char *helper; /* path of kiosk-helper */
    GMainLoop *loop;    /* ended when the person or the program ends */
};
struct shell *shell_new(const struct shell_parts *parts, GError **error);
void shell_free(struct shell *shell);
void shell_set_screen(struct shell *shell, struct screen *screen);
/* Calls wait until the platform's address is known. */
void shell_platform_ready(struct shell *shell);
/* A session event that carries nothing but its kind. */
void shell_tell(struct shell *shell, enum session_event_kind kind);
void shell_screen_event(const struct screen_event *event, gpointer shell); /* fits screen_event_fn */
enum shell_end shell_ended(const struct shell *shell);
