/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frames on the pair of sockets between kiosk and kiosk-helper: one byte kind, then JSON of a record. A frame is
 * one packet, so it arrives whole or not at all.
 */
#pragma once

#include "base/record.h"

#define FRAME_FD  3 /* the child's end */
#define FRAME_MAX (64 * 1024)

enum frame_kind { FRAME_REQUEST = 'R', FRAME_PROGRESS = 'P', FRAME_ANSWER = 'A' };

/* Sends without SIGPIPE; `flags` as for send(2). False when it is too long or nobody is there. */
bool frame_send(int fd, enum frame_kind kind, const struct record_type *type, const void *record, int flags);

enum frame_end { FRAME_GOT, FRAME_LATER, FRAME_GONE, FRAME_BAD };
/* One packet into `frame` (FRAME_MAX bytes, zero-terminated when GOT). LATER only with MSG_DONTWAIT. */
enum frame_end frame_receive(int fd, char frame[FRAME_MAX + 1], int flags);
/* The record of a frame of this kind; NULL when it is another or not whole. */
void *frame_record(const char *frame, enum frame_kind kind, const struct record_type *type);
