/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables behind input/rare.h, in one C file that src/make-rare.c writes at build time from packaged data: readings and the table of
 * 8105 general standard characters from unicode-data (Unihan kTGHZ2013, kTGH, kMandarin), strokes from rime-data-stroke.
 * No pointers in them: nothing to relocate when a program starts.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define RARE_STROKES_MAX 21 /* three bits each in 64; what is behind them does not count */

struct rare_spoken {
    char bare[8];  /* "lv": as typed */
    char toned[9]; /* "lǜ": as shown */
};
struct rare_row {
    uint32_t c;
    uint16_t spoken; /* in rare_spoken */
    uint16_t number; /* in the table of 8105; 0 = not in it */
};
struct rare_drawn {
    uint64_t strokes; /* octal digits from the left, 1 横 2 竖 3 撇 4 点 5 折, 0 the end */
    uint32_t c;
    uint16_t number;
};

extern const struct rare_spoken rare_spoken[]; /* by bare, then toned */
extern const struct rare_row rare_rows[];      /* by character; one for each reading, the usual one first */
extern const uint32_t rare_by_bare[];          /* the rows by bare reading, the common characters first */
extern const struct rare_drawn rare_drawn[];   /* by strokes */
extern const size_t rare_n_spoken, rare_n_rows, rare_n_drawn;

/* "hspnz" or "12345" as in struct rare_drawn; 0 when it is something else or empty. */
uint64_t rare_pack_strokes(const char *strokes);
