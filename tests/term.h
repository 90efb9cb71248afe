/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program on a pseudo-terminal, read by libvterm: what a person at the terminal sees and presses.
 *
 *     struct term *term = term_start(argv, env, 24, 80);
 *     term_wait_text(term, "身份证号或准考证号", TERM_WAIT_MS);
 *     term_type(term, "010124100001");
 *     term_key(term, VTERM_KEY_ENTER);
 *     term_free(term);
 *
 * Nothing here sleeps: every wait watches the terminal and ends as soon as it holds, or fails the test at its deadline,
 * showing what was wanted and the whole real screen. Seeing a text does not mean that the frame is finished
 * (reads split frames), so look at the cursor or at colours only through term_wait_cursor() or term_wait().
 *
 * Rows and columns count from 0. Text functions return UTF-8 with trailing blanks cut; a wide character stands once.
 * Owns: the program and everything under its terminal; term_free() ends it.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

#define TERM_WAIT_MS 20000 /* for everything that should happen at once; generous because machines are busy */

struct term;

/*
 * Starts argv[0] (by PATH) in a fresh session on a terminal of that size. `env`: "NAME=value" on top of a small fixed
 * environment (PATH, HOME, TERM=xterm-256color, LC_ALL=C.UTF-8); "NAME" alone takes a variable away. May be NULL.
 */
struct term *term_start(const char *const argv[], const char *const env[], int rows, int cols);
/* Hangs the terminal up, then TERM, then KILL; waits for the end. Accepts NULL. */
void term_free(struct term *term);

/* ---- what is pressed */
void term_key(struct term *term, VTermKey key);
void term_key_mod(struct term *term, VTermKey key, VTermModifier mod);
void term_keys(struct term *term, VTermKey key, int times);
void term_type(struct term *term, const char *utf8);
void term_ctrl(struct term *term, char letter);
void term_bytes(struct term *term, const char *bytes, size_t n); /* as they are, for hostile input */
void term_click(struct term *term, int row, int col);            /* left button, down and up */
void term_resize(struct term *term, int rows, int cols);

/* ---- what is seen */
int term_rows(const struct term *term);
int term_cols(const struct term *term);
char *term_row_text(const struct term *term, int row);
char *term_screen_text(const struct term *term); /* every row ends in "\n" */
/* First place of `text` within one row; false when it is nowhere. */
bool term_find(const struct term *term, const char *text, int *ret_row, int *ret_col);
bool term_has(const struct term *term, const char *text);
void term_cursor(const struct term *term, int *ret_row, int *ret_col, bool *ret_visible);
bool term_cell(const struct term *term, int row, int col, VTermScreenCell *ret_cell);
/* 0xRRGGBB as the eye sees them: reverse video is applied. */
void term_cell_colors(const struct term *term, int row, int col, uint32_t *ret_fg, uint32_t *ret_bg);
bool term_altscreen(const struct term *term);
int term_bells(const struct term *term);

/* Everything the program wrote since the start, escape sequences included. */
guint64 term_bytes_since(const struct term *term, guint64 mark); /* mark 0 = since the start */
bool term_wrote(const struct term *term, const char *sequence);  /* within the last MiB */

/* ---- waiting; deadline 0 = look once */
/* Reads what is there, waiting at most timeout_ms for the first byte. False once the terminal is gone. */
bool term_pump(struct term *term, int timeout_ms);
typedef bool (*term_test_fn)(struct term *term, gpointer data);
/* True as soon as fn holds; false at the deadline. Does not fail the test. */
bool term_poll(struct term *term, term_test_fn fn, gpointer data, int deadline_ms);
/* True once nothing was written for quiet_ms: only for taking pictures of a screen nobody knows yet. */
bool term_settle(struct term *term, int quiet_ms, int deadline_ms);

/* These fail the test. `what` says in words what was wanted. */
#define term_wait(term, fn, data, what, deadline_ms) term_wait_at(__FILE__, __LINE__, term, fn, data, what, deadline_ms)
#define term_wait_text(term, text, deadline_ms)      term_wait_text_at(__FILE__, __LINE__, term, text, deadline_ms)
#define term_wait_gone(term, text, deadline_ms)      term_wait_gone_at(__FILE__, __LINE__, term, text, deadline_ms)
#define term_wait_row(term, row, text, deadline_ms)  term_wait_row_at(__FILE__, __LINE__, term, row, text, deadline_ms)
#define term_wait_cursor(term, row, col, ms)         term_wait_cursor_at(__FILE__, __LINE__, term, row, col, ms)
#define term_wait_exit(term, deadline_ms)            term_wait_exit_at(__FILE__, __LINE__, term, deadline_ms)
#define term_click_text(term, text)                  term_click_text_at(__FILE__, __LINE__, term, text)
#define term_fail(term, ...)                         term_fail_at(__FILE__, __LINE__, term, __VA_ARGS__)
void term_wait_at(const char *file, int line, struct term *term, term_test_fn fn, gpointer data, const char *what,
                  int deadline_ms);
void term_wait_text_at(const char *file, int line, struct term *term, const char *text, int deadline_ms);
void term_wait_gone_at(const char *file, int line, struct term *term, const char *text, int deadline_ms);
/* The whole row is that text, trailing blanks apart. */
void term_wait_row_at(const char *file, int line, struct term *term, int row, const char *text, int deadline_ms);
void term_wait_cursor_at(const char *file, int line, struct term *term, int row, int col, int deadline_ms);
/* The wait status (WIFEXITED…) of the program. */
int term_wait_exit_at(const char *file, int line, struct term *term, int deadline_ms);
void term_click_text_at(const char *file, int line, struct term *term, const char *text);
void term_fail_at(const char *file, int line, struct term *term, const char *format, ...) G_GNUC_PRINTF(4, 5);

/* ---- the program */
pid_t term_pid(const struct term *term);
void term_signal(struct term *term, int signal);
bool term_running(struct term *term); /* false once it was reaped */

/* ---- the screen as a phone's camera sees it (term_picture.c) */
#define TERM_CELL_WIDTH  8
#define TERM_CELL_HEIGHT 16
/* Grey pixels, cols × 8 by rows × 16, row by row. Blocks and blanks are exact, other characters a grey smudge. */
unsigned char *term_raster(const struct term *term, int *ret_width, int *ret_height);
/* Text of the QR code in a picture of grey pixels, newly allocated; NULL when zbar finds none. */
char *term_pixels_decode(const unsigned char *pixels, int width, int height);
/* Text of the QR code on the screen, newly allocated; NULL when zbar finds none. */
char *term_qr_decode(const struct term *term);
/* Waits until there is one, and returns it. */
#define term_wait_qr(term, deadline_ms) term_wait_qr_at(__FILE__, __LINE__, term, deadline_ms)
char *term_wait_qr_at(const char *file, int line, struct term *term, int deadline_ms);
