/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE_EXTENDED 1
#include "screen/terminal.h"

#include "screen/screen.h" /* before term.h, whose macros are plain words */

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

/* One mode a sequence: not every terminal takes two at once. */
#define MODES_ON  "\033[?1000h\033[?1002h\033[?1006h\033[?2004h" /* taps, drags, as numbers; pastes */
#define MODES_OFF "\033[?2004l\033[?1006l\033[?1002l\033[?1000l"
#define FORGET    "\033[3J" /* the scrollback */

struct terminal {
    int in_fd, out_fd;
    FILE *in, *out;
    SCREEN *curses;
    struct canvas canvas;
};

G_DEFINE_QUARK(screen - error - quark, screen_error)

static void send(const struct terminal *terminal, const char *text)
{
    size_t n = strlen(text);
    while (n > 0) {
        ssize_t sent = write(terminal->out_fd, text, n);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return; /* nobody there any more; reading tells */
        text += sent;
        n -= (size_t)sent;
    }
}

/* Services have no locale at all: then C.UTF-8. One that was chosen and is not UTF-8 is an error. */
static bool take_locale(GError **error)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    bool chosen = false;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = getenv(names[i]);
        chosen = chosen || (value && *value);
    }
    if (setlocale(LC_CTYPE, chosen ? "" : "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0 && MB_CUR_MAX >= 4)
        return true;
    g_set_error(error, SCREEN_ERROR, SCREEN_ERROR_LOCALE, "the locale is not UTF-8; set LANG=C.UTF-8");
    return false;
}

static bool check_term(const char *term, GError **error)
{
    int found = 0;
    bool usable = false;
    if (term && strcmp(term, "linux") == 0) {
        g_set_error(error, SCREEN_ERROR, SCREEN_ERROR_TERM,
                    "the Linux console cannot show Chinese; use a terminal emulator");
        return false;
    }
    if (term && *term && setupterm(term, STDOUT_FILENO, &found) == OK) {
        usable = cursor_address && clear_screen;
        (void)del_curterm(cur_term); /* newterm() makes its own */
    }
    if (usable)
        return true;
    g_set_error(error, SCREEN_ERROR, SCREEN_ERROR_TERM, "TERM \"%s\" is unknown or cannot place the cursor",
                term ? term : "");
    return false;
}

static bool check(int in_fd, int out_fd, GError **error)
{
    if (!isatty(in_fd) || !isatty(out_fd)) {
        g_set_error(error, SCREEN_ERROR, SCREEN_ERROR_NO_TERMINAL, "standard input and output must be a terminal");
        return false;
    }
    return take_locale(error) && check_term(getenv("TERM"), error);
}

static void set_modes(struct terminal *terminal)
{
    (void)raw(); /* Ctrl-C, Ctrl-Z and Ctrl-\ are keys */
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1); /* a started update is finished */
    (void)idcok(stdscr, FALSE);
    if (has_colors()) {
        (void)start_color();
        (void)use_default_colors();
    }
    terminal->canvas.window = stdscr;
    (void)getmaxyx(stdscr, terminal->canvas.rows, terminal->canvas.cols);
}

struct terminal *terminal_open(int in_fd, int out_fd, const char *theme, GError **error)
{
    if (!check(in_fd, out_fd, error))
        return NULL;
    struct terminal *terminal = g_new0(struct terminal, 1);
    terminal->in_fd = in_fd;
    terminal->out_fd = out_fd;
    terminal->in = fdopen(dup(in_fd), "r");
    terminal->out = fdopen(dup(out_fd), "w");
    terminal->curses = newterm(NULL, terminal->out, terminal->in);
    if (!terminal->curses) {
        g_set_error(error, SCREEN_ERROR, SCREEN_ERROR_TERM, "the terminal could not be set up");
        terminal_close(terminal);
        return NULL;
    }
    set_modes(terminal);
    theme_load(terminal->canvas.styles, theme);
    paint_erase(&terminal->canvas);
    send(terminal, MODES_ON);
    return terminal;
}

static void end_curses(struct terminal *terminal)
{
    send(terminal, MODES_OFF);
    paint_erase(&terminal->canvas);
    paint_distrust(&terminal->canvas);
    paint_flush(&terminal->canvas);
    (void)curs_set(1);
    (void)endwin();
    send(terminal, FORGET);
    delscreen(terminal->curses);
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    if (terminal->curses)
        end_curses(terminal);
    if (terminal->in)
        (void)fclose(terminal->in);
    if (terminal->out)
        (void)fclose(terminal->out);
    g_free(terminal);
}

struct canvas *terminal_canvas(struct terminal *terminal)
{
    return &terminal->canvas;
}

void terminal_measure(struct terminal *terminal)
{
    struct winsize size;
    if (ioctl(terminal->out_fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        (void)resize_term(size.ws_row, size.ws_col); /* resizeterm() would also push a key that nobody reads */
    (void)getmaxyx(stdscr, terminal->canvas.rows, terminal->canvas.cols);
    terminal->canvas.window = stdscr;
    paint_distrust(&terminal->canvas);
}
