/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frames on the pair of sockets between kiosk and kiosk-helper: one byte kind, then JSON of a record. A frame is
 * one packet, so it arrives whole or not at all.
 */
#pragma once

#include "base/record.h"

#define PACKET_FD  3 /* the child's end */
#define PACKET_MAX (64 * 1024)

enum packet_kind { PACKET_REQUEST = 'R', PACKET_PROGRESS = 'P', PACKET_ANSWER = 'A' };

/* Sends without SIGPIPE; `flags` as for send(2). False when it is too long or nobody is there. */
bool packet_send(int fd, enum packet_kind kind, const struct record_type *type, const void *record, int flags);

enum packet_end { PACKET_GOT, PACKET_LATER, PACKET_GONE, PACKET_BAD };
/* One packet into `frame` (PACKET_MAX bytes, zero-terminated when GOT). LATER only with MSG_DONTWAIT. */
enum packet_end packet_receive(int fd, char frame[PACKET_MAX + 1], int flags);
/* The record of a frame of this kind; NULL when it is another or not whole. */
void *packet_record(const char *frame, enum packet_kind kind, const struct record_type *type);
