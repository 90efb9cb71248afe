/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for the terminal, and failing with the whole screen. */
#include "term.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

static int64_t now_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

bool term_poll(struct term *term, term_test_fn fn, gpointer data, int deadline_ms)
{
    int64_t end = now_ms() + deadline_ms;
    term_pump(term, 0);
    while (!fn(term, data)) {
        int64_t left = end - now_ms();
        if (left <= 0)
            return false;
        /* Not every condition shows on the terminal, so it is looked at ten times a second anyway. */
        if (!term_pump(term, (int)MIN(left, 100)))
            return fn(term, data);
    }
    return true;
}

bool term_settle(struct term *term, int quiet_ms, int deadline_ms)
{
    int64_t end = now_ms() + deadline_ms, since = now_ms();
    guint64 seen = term_bytes_since(term, 0);
    while (now_ms() - since < quiet_ms) {
        int64_t left = MIN(end - now_ms(), since + quiet_ms - now_ms());
        if (now_ms() >= end || !term_pump(term, (int)MAX(left, 0)))
            return false;
        if (term_bytes_since(term, seen) > 0) {
            seen = term_bytes_since(term, 0);
            since = now_ms();
        }
    }
    return true;
}

static void describe_end(struct term *term)
{
    if (term_running(term))
        return;
    int status = term_wait_exit(term, 0);
    if (WIFSIGNALED(status))
        print_error("The program was ended by signal %d.\n", WTERMSIG(status));
    else
        print_error("The program has ended with exit code %d.\n", WEXITSTATUS(status));
}

static void print_screen(const struct term *term)
{
    int row, col, cols = term_cols(term);
    bool visible;
    g_autofree char *edge = g_strnfill((gsize)cols, '-');
    term_cursor(term, &row, &col, &visible);
    print_error("The screen, %d×%d, cursor %s at row %d column %d:\n+%s+\n", cols, term_rows(term),
                visible ? "shown" : "hidden", row, col, edge);
    for (int i = 0; i < term_rows(term); i++) {
        g_autofree char *line = term_row_text(term, i);
        print_error("|%s\n", line);
    }
    print_error("+%s+\n", edge);
}

void term_fail_at(const char *file, int line, struct term *term, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *why = g_strdup_vprintf(format, args);
    va_end(args);
    print_error("%s\n", why);
    describe_end(term);
    print_screen(term);
    g_clear_pointer(&why, g_free); /* _fail() jumps away */
    _fail(file, line);
}

void term_wait_at(const char *file, int line, struct term *term, term_test_fn fn, gpointer data, const char *what,
                  int deadline_ms)
{
    if (!term_poll(term, fn, data, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for: %s", deadline_ms, what);
}

static bool has_text(struct term *term, gpointer text)
{
    return term_has(term, text);
}

static bool lacks_text(struct term *term, gpointer text)
{
    return !term_has(term, text);
}

void term_wait_text_at(const char *file, int line, struct term *term, const char *text, int deadline_ms)
{
    if (!term_poll(term, has_text, (gpointer)text, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for the text: %s", deadline_ms, text);
}

void term_wait_gone_at(const char *file, int line, struct term *term, const char *text, int deadline_ms)
{
    if (!term_poll(term, lacks_text, (gpointer)text, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for this text to go: %s", deadline_ms, text);
}

struct row_wait {
    int row;
    const char *text;
};

static bool row_is(struct term *term, gpointer data)
{
    const struct row_wait *wait = data;
    g_autofree char *text = term_row_text(term, wait->row);
    return strcmp(text, wait->text) == 0;
}

void term_wait_row_at(const char *file, int line, struct term *term, int row, const char *text, int deadline_ms)
{
    struct row_wait wait = {row, text};
    if (!term_poll(term, row_is, &wait, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for row %d to be: %s", deadline_ms, row, text);
}

static bool cursor_is_at(struct term *term, gpointer data)
{
    const VTermPos *at = data;
    int row, col;
    bool visible;
    term_cursor(term, &row, &col, &visible);
    return visible && row == at->row && col == at->col;
}

void term_wait_cursor_at(const char *file, int line, struct term *term, int row, int col, int deadline_ms)
{
    VTermPos at = {.row = row, .col = col};
    if (!term_poll(term, cursor_is_at, &at, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for the cursor at row %d column %d", deadline_ms, row, col);
}

void term_click_text_at(const char *file, int line, struct term *term, const char *text)
{
    int row, col;
    term_wait_text_at(file, line, term, text, TERM_WAIT_MS);
    term_find(term, text, &row, &col);
    term_click(term, row, col);
}

struct qr_wait {
    char *text;
};

static bool qr_is_there(struct term *term, gpointer data)
{
    struct qr_wait *wait = data;
    wait->text = term_qr_decode(term);
    return wait->text != NULL;
}

char *term_wait_qr_at(const char *file, int line, struct term *term, int deadline_ms)
{
    struct qr_wait wait = {NULL};
    if (!term_poll(term, qr_is_there, &wait, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for a QR code that zbar can read", deadline_ms);
    return wait.text;
}
