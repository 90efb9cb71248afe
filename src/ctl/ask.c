/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

/* The first line of what comes from fd. `ready` (may be NULL) waits before each read and says whether to go on. */
static enum ask read_line(int fd, bool (*ready)(int fd, int signals), int signals, struct secret *ret)
{
    char line[SECRET_MAX + 2];
    size_t n = 0;
    char *end = NULL;
    while (!end && n < sizeof line - 1 && (!ready || ready(fd, signals))) {
        ssize_t got = read(fd, line + n, sizeof line - 1 - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        n += (size_t)got;
        line[n] = '\0';
        end = strchr(line, '\n');
    }
    if (end)
        *end = '\0';
    line[MIN(n, sizeof line - 1)] = '\0';
    g_strchomp(line); /* a carriage return of other systems */
    bool fits = n > 0 && (end || n < sizeof line - 1) && *line && secret_set(ret, line);
    explicit_bzero(line, sizeof line);
    return fits ? ASK_OK : ASK_TOO_LONG;
}

/* ---------------------------------------------------------------- the terminal */

/* Signals that end or stop a program wait until the terminal is as it was; then they have their usual effect. */
static void signals_that_end(sigset_t *ret)
{
    static const int all[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    (void)sigemptyset(ret);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        (void)sigaddset(ret, all[i]);
}

static bool line_before_signal(int fd, int signals)
{
    struct pollfd watched[] = {{.fd = fd, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    int n;
    do
        n = poll(watched, G_N_ELEMENTS(watched), -1);
    while (n < 0 && errno == EINTR);
    return n > 0 && !(watched[1].revents & POLLIN);
}

static enum ask read_hidden(int fd, const char *prompt, struct secret *ret)
{
    struct termios shown, hidden;
    sigset_t ending, before;
    if (tcgetattr(fd, &shown) != 0)
        return ASK_NO_TERMINAL;
    signals_that_end(&ending);
    (void)sigprocmask(SIG_BLOCK, &ending, &before);
    int signals = signalfd(-1, &ending, SFD_CLOEXEC);
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK);
    (void)tcsetattr(fd, TCSAFLUSH, &hidden);
    (void)!write(fd, prompt, strlen(prompt));
    enum ask asked = read_line(fd, line_before_signal, signals, ret);
    (void)!write(fd, "\n", 1);
    (void)tcsetattr(fd, TCSAFLUSH, &shown);
    (void)close(signals);
    (void)sigprocmask(SIG_SETMASK, &before, NULL); /* what has come meanwhile takes its course here */
    return asked;
}

enum ask ask_terminal(const char *prompt, struct secret *ret_password)
{
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return ASK_NO_TERMINAL;
    enum ask asked = read_hidden(fd, prompt, ret_password);
    (void)close(fd);
    return asked;
}

enum ask ask_file(const char *path, struct secret *ret_password)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ASK_NO_FILE;
    enum ask asked = read_line(fd, NULL, -1, ret_password);
    if (!standard_input)
        (void)close(fd);
    return asked;
}
