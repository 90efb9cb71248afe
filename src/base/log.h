/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of a terminal or a platform: one line per decision, no personal data.
 *
 * Goes to stderr (platformd) or to the file named in kiosk.conf (kiosk: the screen owns the terminal). People
 * are named by log_person(), a keyed hash that changes with the machine's key. As a last net every run of 11 or more digits
 * in a message is replaced by "#".
 *
 * Blocks: one write(2). Lines are cut at 500 bytes; control characters are dropped.
 */
#pragma once

#include <glib.h>

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

/* fd stays the caller's; -1 = nowhere. */
void log_init(int fd, enum log_level least);
/* 32 random bytes of the machine; without it log_person() gives "?". */
void log_set_key(const unsigned char key[32]);
void log_write(enum log_level level, const char *module, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Eight hex digits that stand for a person in logs and file names; into `ret` (16 bytes). */
const char *log_person(const char *id_no, char ret[16]);
