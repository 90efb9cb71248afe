/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#define KEEP_BYTES (1024 * 1024)
#define HOLD_BYTES 64

struct term {
    pid_t pid;
    int fd; /* master side; -1 once it hung up */
    bool reaped;
    int status;
    VTerm *vt;
    VTermScreen *screen;
    GByteArray *out;  /* keys not yet taken by the terminal */
    GByteArray *kept; /* the last bytes the program wrote */
    guint64 written;
    char hold[HOLD_BYTES]; /* the head of a private control sequence that has not ended yet */
    size_t held;
    VTermPos cursor;
    bool cursor_visible, altscreen;
    int bells;
};

static int64_t now_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

/* ---- libvterm */

static int on_cursor(VTermPos at, VTermPos before, int visible, void *user)
{
    struct term *term = user;
    (void)before;
    term->cursor = at;
    term->cursor_visible = visible;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct term *term = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        term->cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        term->altscreen = value->boolean;
    return 1;
}

static int on_bell(void *user)
{
    struct term *term = user;
    term->bells++;
    return 1;
}

static void on_output(const char *bytes, size_t n, void *user)
{
    struct term *term = user;
    g_byte_array_append(term->out, (const guint8 *)bytes, (guint)n);
}

static const VTermScreenCallbacks screen_callbacks = {
    .movecursor = on_cursor,
    .settermprop = on_property,
    .bell = on_bell,
};

static void make_screen(struct term *term, int rows, int cols)
{
    term->vt = vterm_new(rows, cols);
    vterm_set_utf8(term->vt, 1);
    vterm_output_set_callback(term->vt, on_output, term);
    term->screen = vterm_obtain_screen(term->vt);
    vterm_screen_enable_altscreen(term->screen, 1);
    vterm_screen_set_callbacks(term->screen, &screen_callbacks, term);
    vterm_screen_reset(term->screen, 1);
}

/*
 * libvterm 0.1 honours only the first number of "CSI ? 1006 ; 1000 h", which is how ncurses asks for the mouse. So a
 * sequence with several numbers goes in as several sequences.
 */
static void feed_private(struct term *term, const char *sequence, size_t n)
{
    char final = sequence[n - 1];
    if ((final != 'h' && final != 'l') || memchr(sequence, ';', n) == NULL) {
        vterm_input_write(term->vt, sequence, n);
        return;
    }
    g_autofree char *numbers = g_strndup(sequence + 3, n - 4);
    g_auto(GStrv) each = g_strsplit(numbers, ";", -1);
    for (int i = 0; each[i] != NULL; i++) {
        g_autofree char *one = g_strdup_printf("\033[?%s%c", each[i], final);
        vterm_input_write(term->vt, one, strlen(one));
    }
}

static bool continues_private(const char *held, size_t n, char c)
{
    static const char head[] = "\033[?";
    if (n < sizeof head - 1)
        return c == head[n];
    return g_ascii_isdigit(c) || c == ';' || (held[n - 1] != '?' && g_ascii_isalpha(c));
}

/* False when `c` does not belong to what is held: that has gone in then, and `c` has not. */
static bool feed_held(struct term *term, char c)
{
    if (term->held == HOLD_BYTES || !continues_private(term->hold, term->held, c)) {
        vterm_input_write(term->vt, term->hold, term->held);
        term->held = 0;
        return false;
    }
    term->hold[term->held++] = c;
    if (g_ascii_isalpha(c)) {
        feed_private(term, term->hold, term->held);
        term->held = 0;
    }
    return true;
}

static void feed(struct term *term, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n;) {
        if (term->held > 0) {
            i += feed_held(term, bytes[i]);
            continue;
        }
        const char *escape = memchr(bytes + i, '\033', n - i);
        size_t plain = escape == NULL ? n - i : (size_t)(escape - (bytes + i));
        vterm_input_write(term->vt, bytes + i, plain);
        i += plain;
        if (escape != NULL) {
            term->hold[term->held++] = '\033';
            i++;
        }
    }
}

static void keep(struct term *term, const char *bytes, size_t n)
{
    g_byte_array_append(term->kept, (const guint8 *)bytes, (guint)n);
    if (term->kept->len > 2 * KEEP_BYTES)
        g_byte_array_remove_range(term->kept, 0, term->kept->len - KEEP_BYTES);
    term->written += n;
}

/* ---- the pseudo-terminal */

static void flush_keys(struct term *term)
{
    while (term->out->len > 0 && term->fd >= 0) {
        ssize_t n = write(term->fd, term->out->data, term->out->len);
        if (n <= 0)
            return; /* full: the rest follows when the program has read */
        g_byte_array_remove_range(term->out, 0, (guint)n);
    }
}

/* EIO is how Linux tells that the last process on the other side has gone. */
static void read_screen(struct term *term)
{
    char bytes[16384];
    for (int reads = 0; reads < 64; reads++) {
        ssize_t n = read(term->fd, bytes, sizeof bytes);
        if (n > 0) {
            keep(term, bytes, (size_t)n);
            feed(term, bytes, (size_t)n);
            continue;
        }
        if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
            close(term->fd);
            term->fd = -1;
        }
        break;
    }
    vterm_screen_flush_damage(term->screen);
}

bool term_pump(struct term *term, int timeout_ms)
{
    if (term->fd < 0)
        return false;
    flush_keys(term);
    struct pollfd watch = {.fd = term->fd, .events = (short)(POLLIN | (term->out->len > 0 ? POLLOUT : 0))};
    if (poll(&watch, 1, timeout_ms) <= 0)
        return true;
    if (watch.revents & (POLLIN | POLLHUP | POLLERR))
        read_screen(term);
    flush_keys(term);
    return term->fd >= 0;
}

/* ---- start and end */

static GPtrArray *environment(const char *const extra[])
{
    g_auto(GStrv) env = NULL;
    env = g_environ_setenv(env, "PATH", g_getenv("PATH") ?: "/usr/bin:/bin", TRUE);
    env = g_environ_setenv(env, "HOME", "/nonexistent", TRUE);
    env = g_environ_setenv(env, "TERM", "xterm-256color", TRUE);
    env = g_environ_setenv(env, "LC_ALL", "C.UTF-8", TRUE);
    for (int i = 0; extra != NULL && extra[i] != NULL; i++) {
        g_auto(GStrv) pair = g_strsplit(extra[i], "=", 2);
        env = pair[1] == NULL ? g_environ_unsetenv(env, pair[0]) : g_environ_setenv(env, pair[0], pair[1], TRUE);
    }
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; env[i] != NULL; i++)
        g_ptr_array_add(list, g_strdup(env[i]));
    g_ptr_array_add(list, NULL);
    return list;
}

static void become(const char *const argv[], char **env)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    execvpe(argv[0], (char *const *)argv, env);
    dprintf(STDERR_FILENO, "%s: %s\r\n", argv[0], strerror(errno));
    _exit(127);
}

struct term *term_start(const char *const argv[], const char *const env[], int rows, int cols)
{
    struct term *term = g_new0(struct term, 1);
    term->out = g_byte_array_new();
    term->kept = g_byte_array_new();
    make_screen(term, rows, cols);
    g_autoptr(GPtrArray) variables = environment(env);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    term->pid = forkpty(&term->fd, NULL, NULL, &size);
    if (term->pid < 0)
        g_error("forkpty: %s", g_strerror(errno));
    if (term->pid == 0)
        become(argv, (char **)variables->pdata);
    fcntl(term->fd, F_SETFL, O_NONBLOCK);
    fcntl(term->fd, F_SETFD, FD_CLOEXEC);
    return term;
}

bool term_running(struct term *term)
{
    if (!term->reaped && waitpid(term->pid, &term->status, WNOHANG) == term->pid)
        term->reaped = true;
    return !term->reaped;
}

/* Polls, because a deadline on waitpid() has no other portable form; the terminal is read meanwhile. */
static bool wait_end(struct term *term, int deadline_ms)
{
    int64_t end = now_ms() + deadline_ms;
    while (term_running(term)) {
        if (now_ms() >= end)
            return false;
        if (!term_pump(term, 10))
            poll(NULL, 0, 2);
    }
    while (term_pump(term, 0)) {
        struct pollfd more = {.fd = term->fd, .events = POLLIN};
        if (poll(&more, 1, 0) <= 0)
            break;
    }
    return true;
}

void term_free(struct term *term)
{
    static const int signals[] = {SIGHUP, SIGTERM, SIGKILL};
    if (term == NULL)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(signals) && term_running(term); i++) {
        kill(term->pid, signals[i]);
        wait_end(term, 2000);
    }
    if (term->fd >= 0)
        close(term->fd);
    vterm_free(term->vt);
    g_byte_array_unref(term->out);
    g_byte_array_unref(term->kept);
    g_free(term);
}

int term_wait_exit_at(const char *file, int line, struct term *term, int deadline_ms)
{
    if (!wait_end(term, deadline_ms))
        term_fail_at(file, line, term, "Waited %d ms for the program to end", deadline_ms);
    return term->status;
}

pid_t term_pid(const struct term *term)
{
    return term->pid;
}

void term_signal(struct term *term, int signal)
{
    if (term_running(term))
        kill(term->pid, signal);
}

/* ---- what is pressed */

void term_key_mod(struct term *term, VTermKey key, VTermModifier mod)
{
    vterm_keyboard_key(term->vt, key, mod);
    flush_keys(term);
}

void term_key(struct term *term, VTermKey key)
{
    term_key_mod(term, key, VTERM_MOD_NONE);
}

void term_keys(struct term *term, VTermKey key, int times)
{
    for (int i = 0; i < times; i++)
        term_key(term, key);
}

void term_type(struct term *term, const char *utf8)
{
    for (const char *at = utf8; *at != '\0'; at = g_utf8_next_char(at))
        vterm_keyboard_unichar(term->vt, g_utf8_get_char(at), VTERM_MOD_NONE);
    flush_keys(term);
}

void term_ctrl(struct term *term, char letter)
{
    vterm_keyboard_unichar(term->vt, (uint32_t)letter, VTERM_MOD_CTRL);
    flush_keys(term);
}

void term_bytes(struct term *term, const char *bytes, size_t n)
{
    on_output(bytes, n, term);
    flush_keys(term);
}

void term_click(struct term *term, int row, int col)
{
    vterm_mouse_move(term->vt, row, col, VTERM_MOD_NONE);
    vterm_mouse_button(term->vt, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(term->vt, 1, false, VTERM_MOD_NONE);
    flush_keys(term);
}

void term_resize(struct term *term, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    vterm_set_size(term->vt, rows, cols);
    if (term->fd >= 0)
        ioctl(term->fd, TIOCSWINSZ, &size);
}

/* ---- what is seen */

int term_rows(const struct term *term)
{
    int rows, cols;
    vterm_get_size(term->vt, &rows, &cols);
    return rows;
}

int term_cols(const struct term *term)
{
    int rows, cols;
    vterm_get_size(term->vt, &rows, &cols);
    return cols;
}

bool term_cell(const struct term *term, int row, int col, VTermScreenCell *ret_cell)
{
    return vterm_screen_get_cell(term->screen, (VTermPos){.row = row, .col = col}, ret_cell) != 0;
}

static uint32_t rgb(const struct term *term, VTermColor color)
{
    vterm_screen_convert_color_to_rgb(term->screen, &color);
    return (uint32_t)(color.rgb.red << 16 | color.rgb.green << 8 | color.rgb.blue);
}

void term_cell_colors(const struct term *term, int row, int col, uint32_t *ret_fg, uint32_t *ret_bg)
{
    VTermScreenCell cell;
    *ret_fg = *ret_bg = 0;
    if (!term_cell(term, row, col, &cell))
        return;
    *ret_fg = rgb(term, cell.attrs.reverse ? cell.bg : cell.fg);
    *ret_bg = rgb(term, cell.attrs.reverse ? cell.fg : cell.bg);
}

void term_cursor(const struct term *term, int *ret_row, int *ret_col, bool *ret_visible)
{
    *ret_row = term->cursor.row;
    *ret_col = term->cursor.col;
    *ret_visible = term->cursor_visible;
}

bool term_altscreen(const struct term *term)
{
    return term->altscreen;
}

int term_bells(const struct term *term)
{
    return term->bells;
}

guint64 term_bytes_since(const struct term *term, guint64 mark)
{
    return term->written - mark;
}

bool term_wrote(const struct term *term, const char *sequence)
{
    return memmem(term->kept->data, term->kept->len, sequence, strlen(sequence)) != NULL;
}

/*
 * Appends the row to `text` and, when `places` is given, the column of each byte. When the left half of a wide character was
 * overwritten, libvterm keeps chars[0] = -1 in the right cell, and calls the new character 2 wide; terminals show a
 * blank there.
 */
static void row_cells(const struct term *term, int row, GString *text, GArray *places)
{
    int cols = term_cols(term);
    for (int col = 0; col < cols; col++) {
        VTermScreenCell cell;
        gsize before = text->len;
        int width = 1;
        if (!term_cell(term, row, col, &cell) || cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1) {
            g_string_append_c(text, ' ');
        } else {
            for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
                g_string_append_unichar(text, cell.chars[i]);
            width = cell.width == 2 && g_unichar_iswide(cell.chars[0]) ? 2 : 1;
        }
        for (gsize i = before; places != NULL && i < text->len; i++)
            g_array_append_val(places, col);
        col += width - 1;
    }
}

char *term_row_text(const struct term *term, int row)
{
    GString *text = g_string_new(NULL);
    row_cells(term, row, text, NULL);
    while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}

char *term_screen_text(const struct term *term)
{
    GString *text = g_string_new(NULL);
    for (int row = 0; row < term_rows(term); row++) {
        g_autofree char *line = term_row_text(term, row);
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

bool term_find(const struct term *term, const char *text, int *ret_row, int *ret_col)
{
    for (int row = 0; row < term_rows(term); row++) {
        g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(int));
        g_autoptr(GString) line = g_string_new(NULL);
        row_cells(term, row, line, places);
        const char *at = strstr(line->str, text);
        if (at == NULL)
            continue;
        *ret_row = row;
        *ret_col = g_array_index(places, int, at - line->str);
        return true;
    }
    return false;
}

bool term_has(const struct term *term, const char *text)
{
    int row, col;
    return term_find(term, text, &row, &col);
}
