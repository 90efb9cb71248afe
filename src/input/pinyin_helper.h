/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `kiosk-helper pinyin`: the engine's process. Reads a struct pinyin_setup, answers a struct pinyin_report, then an answer for each
 * question until the terminal closes its end. It may assert, leak or be slow: the terminal kills it and starts another.
 *
 * Used by src/kiosk-helper.c only. Blocks: that is what it is for.
 */
#pragma once

#define PINYIN_HELPER "pinyin"

/* Returns the exit code of the process. */
int pinyin_helper_serve(void);
