/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE_EXTENDED 1
#include "glass.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/settings.h"
#include "rig.h"
#include "screen/view.h"

#include <curses.h> /* last: its macros are plain words */

#define WAIT_S    20
#define READER_MS 5 /* how soon it sees that it is over */

/* ncurses keeps its terminal description for the life of the program. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libtinfo.so\nleak:libncursesw.so\n";
}

struct glass {
    struct screen *screen;
    struct screen_labels *labels;
    int master, slave, rows, cols;
    GThread *reader; /* takes the output of an update that is larger than the pty holds */
    GMutex lock;     /* of sent and of reading */
    gint over;
    guint told_count, settled;
    GString *told, *told_before, *sent, *row;
    gsize sent_seen;
    screen_event_fn fn;
    gpointer data;
};

static void take_output(struct glass *glass)
{
    char bytes[4096];
    ssize_t n;
    g_mutex_lock(&glass->lock);
    while (glass->master >= 0 && (n = read(glass->master, bytes, sizeof bytes)) > 0)
        g_string_append_len(glass->sent, bytes, n);
    g_mutex_unlock(&glass->lock);
}

/* The terminal's other end must be read, or the screen would block. */
static gpointer read_on(gpointer data)
{
    struct glass *glass = data;
    while (!g_atomic_int_get(&glass->over)) {
        struct pollfd watch = {.fd = glass->master, .events = POLLIN};
        if (poll(&watch, 1, READER_MS) > 0)
            take_output(glass);
    }
    return NULL;
}

static void stop_reader(struct glass *glass)
{
    g_atomic_int_set(&glass->over, 1);
    if (glass->reader)
        (void)g_thread_join(glass->reader);
    glass->reader = NULL;
}

static void on_event(const struct screen_event *event, gpointer data)
{
    static const char *const words[] = {
        [SCREEN_EDIT] = "edit",         [SCREEN_CHOOSE] = "choose",   [SCREEN_ACTION] = "action",
        [SCREEN_ACTIVITY] = "activity", [SCREEN_EXPIRED] = "expired", [SCREEN_GONE] = "gone",
        [SCREEN_CALL] = "call",         [SCREEN_TOUCHED] = "touched",
    };
    struct glass *glass = data;
    glass->told_count++;
    g_string_append_printf(glass->told, "%s%s%s%s%s; ", words[event->kind], event->key ? " " : "",
                           event->key ? event->key : "", event->text ? "=" : "", event->text ? event->text : "");
    if (glass->fn)
        glass->fn(event, glass->data);
}

static struct screen_labels *read_labels(void)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct screen_labels *labels = settings_read(&screen_labels_record, "forms/frame.conf", faults);
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
    assert_non_null(labels);
    return labels;
}

struct glass *glass_new(int rows, int cols, const char *theme)
{
    return glass_new_on("xterm-256color", rows, cols, theme);
}

static struct glass *glass_start(const char *term, int rows, int cols, const char *theme,
                                 const struct pinyin_options *pinyin)
{
    struct glass *glass = g_new0(struct glass, 1);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    GError *error = NULL;
    g_setenv("TERM", term, TRUE);
    g_setenv("LC_ALL", "C.UTF-8", TRUE);
    glass->labels = read_labels();
    glass->rows = rows;
    glass->cols = cols;
    glass->told = g_string_new(NULL);
    glass->told_before = g_string_new(NULL);
    glass->sent = g_string_new(NULL);
    glass->row = g_string_new(NULL);
    assert_int_equal(openpty(&glass->master, &glass->slave, NULL, NULL, &size), 0);
    assert_int_equal(fcntl(glass->master, F_SETFL, O_NONBLOCK), 0);
    g_mutex_init(&glass->lock);
    glass->reader = g_thread_new("glass", read_on, glass);
    struct screen_options options = {.labels = glass->labels, .theme = theme, .pinyin = pinyin};
    glass->screen = screen_new_on(glass->slave, glass->slave, &options, on_event, glass, &error);
    if (!glass->screen)
        fail_msg("%s", error->message);
    return glass;
}

struct glass *glass_new_on(const char *term, int rows, int cols, const char *theme)
{
    return glass_start(term, rows, cols, theme, NULL);
}

struct glass *glass_new_pinyin(int rows, int cols, const struct pinyin_options *pinyin)
{
    g_autofree char *program = rig_program("kiosk-helper"), *lexicon = rig_program("lexicon.tsv");
    struct pinyin_options all = *pinyin;
    all.program = pinyin->program ? pinyin->program : program;
    all.lexicon = pinyin->lexicon ? pinyin->lexicon : lexicon;
    return glass_start("xterm-256color", rows, cols, "default", &all);
}

void glass_free(struct glass *glass)
{
    screen_free(glass->screen);
    stop_reader(glass);
    take_output(glass);
    g_mutex_clear(&glass->lock);
    if (glass->master >= 0)
        close(glass->master);
    close(glass->slave);
    record_free(&screen_labels_record, glass->labels);
    GString *const strings[] = {glass->told, glass->told_before, glass->sent, glass->row};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_string_free(strings[i], TRUE);
    g_free(glass);
}

void glass_show(struct glass *glass, struct page *page)
{
    screen_show(glass->screen, page);
    take_output(glass);
}

void glass_flush(struct glass *glass)
{
    paint_flush(glass->screen->canvas);
    take_output(glass);
}

void glass_listen(struct glass *glass, screen_event_fn fn, gpointer data)
{
    glass->fn = fn;
    glass->data = data;
}

struct screen *glass_screen(struct glass *glass)
{
    return glass->screen;
}

const struct screen_labels *glass_labels(const struct glass *glass)
{
    return glass->labels;
}

/* ---------------------------------------------------------------- pressing */

static gboolean on_too_long(gpointer data)
{
    bool *over = data;
    *over = true;
    return G_SOURCE_CONTINUE;
}

static void wait_for_more_than(struct glass *glass, guint told)
{
    bool over = false;
    guint limit = g_timeout_add_seconds(WAIT_S, on_too_long, &over);
    while (glass->told_count <= told && !over) {
        (void)g_main_context_iteration(NULL, TRUE);
        take_output(glass);
    }
    g_source_remove(limit);
    if (over)
        fail_msg("Nothing was told within %d s", WAIT_S);
}

void glass_wait(struct glass *glass)
{
    wait_for_more_than(glass, glass->told_count);
}

void glass_press(struct glass *glass, const char *bytes)
{
    guint told = glass->told_count;
    assert_int_equal(write(glass->master, bytes, strlen(bytes)), strlen(bytes));
    wait_for_more_than(glass, told);
    while (g_main_context_pending(NULL))
        (void)g_main_context_iteration(NULL, FALSE);
    take_output(glass);
}

gsize glass_send(struct glass *glass, const char *bytes, gsize n)
{
    ssize_t sent = n > 0 ? write(glass->master, bytes, n) : 0;
    assert_true(sent >= 0 || errno == EAGAIN);
    take_output(glass);
    return sent > 0 ? (gsize)sent : 0;
}

static gboolean on_patience(gpointer data)
{
    *(bool *)data = true;
    return G_SOURCE_CONTINUE;
}

void glass_until(struct glass *glass, bool (*holds)(void))
{
    bool over = false;
    guint patience = g_timeout_add_seconds(WAIT_S, on_patience, &over);
    while (!holds() && !over)
        (void)g_main_context_iteration(NULL, TRUE);
    g_source_remove(patience);
    for (int row = 0; over && row < glass->rows; row++)
        print_message("|%s\n", glass_row(glass, row));
    if (over)
        fail_msg("what was waited for has not come");
}

void glass_click(struct glass *glass, int row, int col)
{
    g_autofree char *bytes = g_strdup_printf("\033[<0;%d;%dM\033[<0;%d;%dm", col + 1, row + 1, col + 1, row + 1);
    glass_press(glass, bytes);
}

void glass_resize(struct glass *glass, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    bool over = false;
    assert_int_equal(ioctl(glass->master, TIOCSWINSZ, &size), 0);
    (void)raise(SIGWINCH); /* the pty is not this process's own terminal */
    guint limit = g_timeout_add_seconds(WAIT_S, on_too_long, &over);
    while (!over && (glass->screen->canvas->rows != rows || glass->screen->canvas->cols != cols)) {
        (void)g_main_context_iteration(NULL, TRUE);
        take_output(glass);
    }
    g_source_remove(limit);
    assert_false(over);
    glass->rows = rows;
    glass->cols = cols;
}

void glass_hang_up(struct glass *glass)
{
    stop_reader(glass);
    close(glass->master);
    glass->master = -1;
}

/* ---------------------------------------------------------------- what came of it */

const char *glass_told(struct glass *glass)
{
    g_string_assign(glass->told_before, glass->told->str);
    g_string_truncate(glass->told, 0);
    return glass->told_before->str;
}

/* A sequence without meaning is sent behind it. */
void glass_settle(struct glass *glass)
{
    int64_t end = g_get_monotonic_time() + WAIT_S * G_USEC_PER_SEC;
    g_autofree char *mark = g_strdup_printf("\033]777;%u\007", ++glass->settled);
    assert_int_equal(write(glass->slave, mark, strlen(mark)), strlen(mark));
    for (take_output(glass); !g_str_has_suffix(glass->sent->str, mark); take_output(glass)) {
        struct pollfd watch = {.fd = glass->master, .events = POLLIN};
        assert_true(g_get_monotonic_time() < end);
        (void)poll(&watch, 1, READER_MS);
    }
}

gsize glass_sent(struct glass *glass)
{
    take_output(glass);
    gsize n = glass->sent->len - glass->sent_seen;
    glass->sent_seen = glass->sent->len;
    return n;
}

const char *glass_output(struct glass *glass, gsize *ret_n)
{
    take_output(glass);
    *ret_n = glass->sent->len;
    return glass->sent->str;
}

bool glass_has_sent(struct glass *glass, const char *sequence)
{
    take_output(glass);
    return strstr(glass->sent->str, sequence) != NULL;
}

/* The character of a cell as UTF-8. */
static void cell_text(int row, int col, char ret[32])
{
    cchar_t cell;
    wchar_t wide[CCHARW_MAX + 1];
    attr_t attributes;
    short pair;
    ret[0] = '\0';
    if (mvwin_wch(curscr, row, col, &cell) == ERR || getcchar(&cell, wide, &attributes, &pair, NULL) == ERR)
        return;
    char *utf8 = g_ucs4_to_utf8((const gunichar *)wide, -1, NULL, NULL, NULL);
    (void)g_strlcpy(ret, utf8 ? utf8 : "?", 32);
    g_free(utf8);
}

const char *glass_row(struct glass *glass, int row)
{
    char text[32];
    g_string_truncate(glass->row, 0);
    for (int col = 0; col < glass->cols; col++) {
        cell_text(row, col, text);
        g_string_append(glass->row, text);
        gunichar c = *text ? g_utf8_get_char(text) : 0;
        if (c && wcwidth((wchar_t)c) == 2)
            col++;
    }
    return g_strchomp(glass->row->str);
}

bool glass_find(struct glass *glass, const char *text, int *ret_row, int *ret_col)
{
    for (int row = 0; row < glass->rows; row++) {
        const char *line = glass_row(glass, row);
        const char *at = strstr(line, text);
        if (!at)
            continue;
        int col = 0;
        for (const char *c = line; c < at; c = g_utf8_next_char(c))
            col += wcwidth((wchar_t)g_utf8_get_char(c));
        *ret_row = row;
        *ret_col = col;
        return true;
    }
    return false;
}

const char *glass_value(struct glass *glass, const char *key)
{
    const GPtrArray *fields = glass->screen->fields;
    for (guint i = 0; i < fields->len; i++) {
        const struct field *field = g_ptr_array_index(fields, i);
        if (strcmp(field->key, key) == 0)
            return field_text(field);
    }
    return NULL;
}

bool glass_has(struct glass *glass, const char *text)
{
    int row, col;
    return glass_find(glass, text, &row, &col);
}

bool glass_cursor(struct glass *glass, int *ret_row, int *ret_col)
{
    const struct canvas *canvas = glass->screen->canvas;
    *ret_row = canvas->cursor_y;
    *ret_col = canvas->cursor_x;
    return canvas->cursor_y >= 0;
}

void glass_colours(struct glass *glass, int row, int col, int *ret_fg, int *ret_bg)
{
    (void)glass;
    cchar_t cell;
    wchar_t wide[CCHARW_MAX + 1];
    attr_t attributes;
    short pair = 0;
    short fg = -1, bg = -1;
    assert_int_not_equal(mvwin_wch(curscr, row, col, &cell), ERR);
    (void)getcchar(&cell, wide, &attributes, &pair, NULL);
    (void)pair_content(pair, &fg, &bg);
    *ret_fg = fg;
    *ret_bg = bg;
}
