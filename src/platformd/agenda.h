/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens by itself when its time comes: the automatic review, the check of a photo, the register's answer, receipts, orders and QR codes that expire,
 * windows that open and close (domain.md 1.6 e15, e16, e30).
 *
 * Everything due stands in the database, so the agenda has no memory: after a crash the next run does what was missed.
 * One timer is armed for the next moment anything is due.
 *
 * Blocks: local disk.
 */
#pragma once

struct platform;

/* Does what is due now, then arms the timer. Not within a transaction. */
void agenda_run(struct platform *platform);
/* Sets the timer for what is due next; called after each change. */
void agenda_arm(struct platform *platform);
