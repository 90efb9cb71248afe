/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/batch.h"

#define FEE_MAX_FEN 5000000 /* fifty thousand yuan: only keeps nonsense out; twenty majors of it still fit an order */

static const struct record_field batch_fields[] = {
    {"batch", RECORD_STRING, offsetof(struct batch, batch), .flags = RECORD_REQUIRED | RECORD_KEY, .min = 1, .max = 20},
    {"apply_from", RECORD_TIME, offsetof(struct batch, apply_from), .flags = RECORD_REQUIRED},
    {"apply_to", RECORD_TIME, offsetof(struct batch, apply_to), .flags = RECORD_REQUIRED},
    {"pay_from", RECORD_TIME, offsetof(struct batch, pay_from), .flags = RECORD_REQUIRED},
    {"pay_to", RECORD_TIME, offsetof(struct batch, pay_to), .flags = RECORD_REQUIRED},
    {"handin_from", RECORD_TIME, offsetof(struct batch, handin_from), .flags = RECORD_REQUIRED},
    {"handin_to", RECORD_TIME, offsetof(struct batch, handin_to), .flags = RECORD_REQUIRED},
    {"fee_fen", RECORD_INTEGER, offsetof(struct batch, fee_fen), .flags = RECORD_REQUIRED, .max = FEE_MAX_FEN},
};
const struct record_type batch_record = RECORD_TYPE(batch, batch_fields);

struct span {
    int64_t from, to;
};

static struct span batch_span(const struct batch *batch, enum window window)
{
    switch (window) {
    case WINDOW_APPLY:
        return (struct span){batch->apply_from, batch->apply_to};
    case WINDOW_PAY:
        return (struct span){batch->pay_from, batch->pay_to};
    case WINDOW_HANDIN:
        return (struct span){batch->handin_from, batch->handin_to};
    }
    g_assert_not_reached();
}

bool batch_open(const struct batch *batch, enum window window, int64_t now)
{
    struct span span = batch_span(batch, window);
    return now >= span.from && now < span.to;
}

bool batch_over(const struct batch *batch, enum window window, int64_t now)
{
    return now >= batch_span(batch, window).to;
}
