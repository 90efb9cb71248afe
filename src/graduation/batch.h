/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 批次: the three windows of a graduation batch and its fee. domain.md 1.2; design 6.2. Blocks: never. */
#pragma once

#include "base/record.h"

struct batch {
    char *batch; /* "2026-2" */
    int64_t apply_from, apply_to;
    int64_t pay_from, pay_to;
    int64_t handin_from, handin_to;
    int64_t fee_fen; /* per major */
};
extern const struct record_type batch_record;

enum window { WINDOW_APPLY, WINDOW_PAY, WINDOW_HANDIN };
/* from is in, to is out: 18:00 means 17:59:59 is in (domain.md 9.21). */
bool batch_open(const struct batch *batch, enum window window, int64_t now);
/* Past its end; a window that has not begun is neither open nor over. */
bool batch_over(const struct batch *batch, enum window window, int64_t now);
