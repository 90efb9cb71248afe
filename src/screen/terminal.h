/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal itself: checked, set up, measured, and left as it was found.
 *
 * Raw mode (no key ends or stops the program), alternate screen, clicks in SGR form, bracketed paste. Input is read by the caller with
 * read(2) and key.h; curses only draws. One terminal a process: curses keeps its state in globals.
 *
 * Owns: the terminal between open and close. Blocks: writes to the terminal.
 */
#pragma once

#include "screen/paint.h"

struct terminal;

/* Both must be a terminal that can show Chinese; errors are of SCREEN_ERROR. */
struct terminal *terminal_open(int in_fd, int out_fd, const char *theme, GError **error);
/* Clears the screen and the scrollback, restores the modes. Accepts NULL. */
void terminal_close(struct terminal *terminal);
struct canvas *terminal_canvas(struct terminal *terminal);
/* Asks for the size and takes it; the canvas has it afterwards and will be sent whole. */
void terminal_measure(struct terminal *terminal);
