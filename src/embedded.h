/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The embedded platform: platformd as a child on loopback, kept running. It dies with the kiosk, and outlives the fresh process for the
 * next person: its pid and address are handed over in the environment.
 *
 * Owns: the child. Blocks: embedded_free() waits for its clean end, at most 3 s.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct embedded;
/* `config`: of platformd, "" = its defaults. `ready` is called with the address whenever a child has begun to serve. */
typedef void (*embedded_ready_fn)(const char *url, gpointer data);
struct embedded *embedded_new(const char *data_dir, const char *config, bool demo, embedded_ready_fn ready,
                              gpointer data);
/* Puts pid and address into the environment for the next image of this process. */
void embedded_hand_over(const struct embedded *embedded);
void embedded_free(struct embedded *embedded); /* ends the child; accepts NULL */
