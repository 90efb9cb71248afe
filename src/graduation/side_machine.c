/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/side_machine.h"

#include "graduation/application.h"

#define IN(state) (1u << (state))

static const struct side_step photo_steps[] = {
    {PHOTO_UPLOADED, IN(PHOTO_NONE) | IN(PHOTO_REJECTED) | IN(PHOTO_MANUAL_REJECTED), PHOTO_CHECKING, "e10, R19"},
    {PHOTO_PASSED, IN(PHOTO_CHECKING), PHOTO_ACCEPTED, "e11"},
    {PHOTO_FAILED, IN(PHOTO_CHECKING), PHOTO_REJECTED, "e12"},
    {PHOTO_TO_COUNTY, IN(PHOTO_NONE) | IN(PHOTO_REJECTED) | IN(PHOTO_MANUAL_REJECTED), PHOTO_MANUAL_REQUESTED,
     "e13, R20, R23"},
    {PHOTO_COUNTY_ACCEPTED, IN(PHOTO_MANUAL_REQUESTED), PHOTO_MANUAL_ACCEPTED, "e14, R20"},
    {PHOTO_COUNTY_REJECTED, IN(PHOTO_MANUAL_REQUESTED), PHOTO_MANUAL_REJECTED, "e14, R20"},
};

/* What failed may be tried again, and only what failed may be shown on paper instead (domain.md 3.4). */
#define DEGREE_FAILED (IN(PRIOR_MISMATCH) | IN(PRIOR_NOT_FOUND) | IN(PRIOR_MANUAL_REFUSED))

static const struct side_step degree_steps[] = {
    {DEGREE_CODE_SHOWN,
     IN(PRIOR_NONE) | IN(PRIOR_QR_SHOWN) | IN(PRIOR_EXPIRED) | IN(PRIOR_VERIFIED) | DEGREE_FAILED |
         IN(PRIOR_MANUAL_PENDING),
     PRIOR_QR_SHOWN, "e8"},
    {DEGREE_AUTHORISED, IN(PRIOR_QR_SHOWN), PRIOR_WAITING, "e8"},
    {DEGREE_FITS, IN(PRIOR_WAITING), PRIOR_VERIFIED, "e8"},
    {DEGREE_DIFFERS, IN(PRIOR_WAITING), PRIOR_MISMATCH, "e8, R49"},
    {DEGREE_NOT_THERE, IN(PRIOR_WAITING), PRIOR_NOT_FOUND, "e8, R49"},
    {DEGREE_RAN_OUT, IN(PRIOR_QR_SHOWN) | IN(PRIOR_WAITING), PRIOR_EXPIRED, "e8"}, /* a register that is silent, too */
    {DEGREE_TO_COUNTY, DEGREE_FAILED, PRIOR_MANUAL_PENDING, "R49"},
    {DEGREE_COUNTY_VERIFIED, IN(PRIOR_MANUAL_PENDING), PRIOR_MANUAL_VERIFIED, "R49"},
    {DEGREE_COUNTY_REFUSED, IN(PRIOR_MANUAL_PENDING), PRIOR_MANUAL_REFUSED, "R49"},
};

#define ORDER_LIVE (IN(ORDER_CREATED) | IN(ORDER_PAYING))

/* A payment that was begun in time is taken also when the order has ended meanwhile: money is never lost (domain.md 8, 9.21). */
static const struct side_step order_steps[] = {
    {ORDER_MADE, IN(ORDER_NONE), ORDER_CREATED, "e20, R29"},
    {ORDER_SHOWN, IN(ORDER_CREATED), ORDER_PAYING, "e21, R29"},
    {ORDER_SETTLED, ORDER_LIVE | IN(ORDER_EXPIRED) | IN(ORDER_CLOSED), ORDER_PAID, "e22, R30"},
    {ORDER_RAN_OUT, ORDER_LIVE, ORDER_EXPIRED, "domain.md 8"},
    {ORDER_GIVEN_UP, ORDER_LIVE, ORDER_CLOSED, "domain.md 8"},
    {ORDER_RECEIPTED, IN(ORDER_PAID), ORDER_RECEIPT_ISSUED, "e23, R33"},
};

#define MACHINE(title, table, words, count)                                                                            \
    {                                                                                                                  \
        .name = (title), .states = (words), .events = (count), .steps = (table), .n_steps = G_N_ELEMENTS(table)        \
    }
const struct side_machine photo_machine = MACHINE("photo", photo_steps, photo_state_words, PHOTO_EVENTS);
const struct side_machine prior_degree_machine =
    MACHINE("prior_degree", degree_steps, prior_degree_state_words, DEGREE_EVENTS);
const struct side_machine order_machine = MACHINE("order", order_steps, order_state_words, ORDER_EVENTS);

int side_machine_next(const struct side_machine *machine, int event, int state)
{
    for (size_t i = 0; i < machine->n_steps; i++)
        if (machine->steps[i].event == event && machine->steps[i].from & IN(state))
            return machine->steps[i].next;
    return -1;
}
