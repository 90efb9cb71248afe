/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time: RFC 3339 with +08:00 outside, seconds since 1970 inside, milliseconds of a monotonic clock for waiting.
 *
 * Shanghai time is UTC+8 whatever the machine's zone. `struct clock` lets a server run at another hour (--clock).
 * Blocks: never.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct clock {
    int64_t offset_s; /* added to the machine's time */
};

/* A clock that shows `start` now and runs on. start 0 = the machine's own time. */
void clock_init(struct clock *clock, int64_t start);
int64_t clock_now(const struct clock *clock); /* seconds since 1970 */
int64_t clock_monotonic_ms(void);

/* "2026-12-01T08:00:00+08:00" → seconds. False when it is not RFC 3339 with a zone. */
bool clock_parse(const char *text, int64_t *ret_time);
/* Newly allocated "2026-12-01T08:00:00+08:00". */
char *clock_format(int64_t time);
/* Newly allocated "Tue, 01 Dec 2026 00:00:00 GMT", as HTTP has it. */
char *clock_format_http(int64_t time);
/* Newly allocated, for people: "12月1日 08:00" and "2026年12月1日". */
char *clock_format_short(int64_t time);
char *clock_format_date(int64_t time);

/* A calendar day as yyyymmdd (Shanghai) of a moment. */
int clock_day(int64_t time);
/* True when yyyymmdd exists (leap years, 1900..2100). */
bool clock_day_valid(int day);
/* "2012-07-01" ↔ 20120701; 0 when it is not a date. */
int clock_day_parse(const char *text);
