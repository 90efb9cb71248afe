/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asks for a password: on the terminal without showing it, or from a file. Never from the command line, where everybody on the
 * machine could read it.
 *
 * Blocks: until the line has come. However it ends, also by a signal, the terminal shows again what is typed.
 */
#pragma once

#include "base/secret.h"

enum ask {
    ASK_OK,
    ASK_NO_TERMINAL,
    ASK_NO_FILE,
    ASK_TOO_LONG, /* or empty */
};

/* `prompt` goes to the terminal itself, not to standard output. */
enum ask ask_terminal(const char *prompt, struct secret *ret_password);
/* The first line of a file, "-" = standard input. */
enum ask ask_file(const char *path, struct secret *ret_password);
