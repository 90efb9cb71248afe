/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Life, input, telling, countdowns. All keys that are there are dealt with before anything is sent to the terminal; then
 * the cells that changed go out in one update, and only then is the session told: nothing it does can delay a letter.
 */
#include "screen/screen.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "screen/view.h"

#define READ_BYTES 16   /* between two looks at the clock */
#define BATCH_US   2000 /* then cells, session and everybody else have their turn */

struct field *screen_field(const struct screen *screen, int i)
{
    return i >= 0 && i < (int)screen->fields->len ? g_ptr_array_index(screen->fields, i) : NULL;
}

const struct page_field *screen_page_field(const struct screen *screen, int i)
{
    return g_ptr_array_index(screen->page->fields, i);
}

int screen_field_named(const struct page *page, const char *key)
{
    for (guint i = 0; key && i < page->fields->len; i++) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        if (strcmp(field->key, key) == 0)
            return field->readonly ? -1 : (int)i;
    }
    return -1;
}

/* ---------------------------------------------------------------- drawing */

void screen_draw(struct screen *screen)
{
    if (!screen->page)
        return;
    paint_erase(screen->canvas);
    frame_layout(screen);
    screen->bar.drawn = false;
    if (screen->frame.too_small) {
        frame_draw_too_small(screen);
    } else {
        pinyin_bar_settle(screen);
        screen->step->draw(screen);
        frame_draw(screen);
        if (screen->frame.keyboard_rows > 0)
            keyboard_paint(&screen->keyboard, screen->canvas, screen->labels);
        overlay_draw(screen);
        buttons_draw(screen);
        pinyin_bar_draw(screen);
    }
    screen->damaged = true;
}

bool screen_wants_keyboard(const struct screen *screen)
{
    const struct field *field = screen_field(screen, screen->focus);
    return screen->touch && !screen->keyboard.hidden && screen->overlay.kind == OVERLAY_NONE && screen->button < 0 &&
           field && keyboard_serves(field->type);
}

void screen_flush(struct screen *screen)
{
    if (screen->damaged)
        paint_flush(screen->canvas);
    screen->damaged = false;
}

void screen_notice(struct screen *screen, const char *text)
{
    g_free(screen->notice);
    screen->notice = g_strdup(text);
}

void screen_notice_full(struct screen *screen, const struct field *field)
{
    if (field->secret) /* nothing tells its length */
        return;
    g_autofree char *max = g_strdup_printf("%d", field->max_chars);
    g_autofree char *text = frame_fill(screen->labels->field_full, "max", max, NULL);
    screen_notice(screen, text);
    frame_draw_message(screen);
    screen->damaged = true;
}

/* ---------------------------------------------------------------- telling */

static void tell(struct screen *screen, enum screen_event_kind kind, const char *key, const char *text)
{
    struct screen_event event = {.kind = kind, .key = key, .text = text};
    screen->told = true;
    screen->fn(&event, screen->data);
}

void screen_tell(struct screen *screen, enum screen_event_kind kind, const char *key)
{
    g_free(screen->telling_key);
    screen->telling = kind;
    screen->telling_key = g_strdup(key);
}

/* The callback may bring another page, with other fields: nothing of the old one is held across it. */
static void tell_edit(struct screen *screen, int edited)
{
    const struct field *field = screen_field(screen, edited);
    if (!field)
        return;
    g_autofree char *key = g_strdup(field->key);
    screen->acted = false;
    if (field->secret) {
        char text[SECRET_MAX + 1];
        (void)g_strlcpy(text, secret_text(field->secret), sizeof text);
        tell(screen, SCREEN_EDIT, key, text);
        explicit_bzero(text, sizeof text);
    } else {
        g_autofree char *text = g_strdup(field->text->str);
        tell(screen, SCREEN_EDIT, key, text);
    }
}

/* The page that comes of the earlier edit does not know of this one yet, and leaves it alone: take_fields(). */
void screen_edited(struct screen *screen, int field)
{
    int earlier = screen->edited;
    screen->edited = field;
    if (earlier >= 0 && earlier != field)
        tell_edit(screen, earlier);
}

void screen_tell_edit(struct screen *screen)
{
    int edited = screen->edited;
    screen->edited = -1;
    if (edited >= 0)
        tell_edit(screen, edited);
}

/* Edits first, so that an action sees them. */
void screen_tell_pending(struct screen *screen)
{
    g_autofree char *key = g_steal_pointer(&screen->telling_key);
    screen_tell_edit(screen);
    if (!key)
        return;
    screen->acted = screen->acted || screen->telling == SCREEN_ACTION;
    tell(screen, screen->telling, *key ? key : NULL, NULL);
}

void screen_tell_touched(struct screen *screen)
{
    tell(screen, SCREEN_TOUCHED, NULL, NULL);
}

/* ---------------------------------------------------------------- input */

/* Cells first, then the session; a key that told nothing else is told as a sign of life. */
static void end_batch(struct screen *screen)
{
    screen_flush(screen);
    screen_tell_pending(screen);
    if (!screen->told)
        tell(screen, SCREEN_ACTIVITY, NULL, NULL);
    screen_flush(screen);
}

static bool has_input(const struct screen *screen)
{
    struct pollfd watch = {.fd = screen->in_fd, .events = POLLIN};
    return poll(&watch, 1, 0) == 1 && (watch.revents & POLLIN);
}

static gboolean on_escape_time(gpointer data)
{
    struct screen *screen = data;
    if (has_input(screen)) /* it is only this program that is late */
        return G_SOURCE_CONTINUE;
    screen->escape_source = 0;
    screen->told = false;
    key_reader_give_up(&screen->keys, screen_key, screen);
    end_batch(screen);
    return G_SOURCE_REMOVE;
}

static void watch_escape(struct screen *screen)
{
    guint wait_ms = key_reader_wait_ms(&screen->keys);
    if (screen->escape_source)
        g_source_remove(screen->escape_source);
    screen->escape_source = wait_ms ? g_timeout_add(wait_ms, on_escape_time, screen) : 0;
}

static gboolean hang_up(struct screen *screen)
{
    screen->input_source = 0;
    screen->gone = true;
    tell(screen, SCREEN_GONE, NULL, NULL);
    return G_SOURCE_REMOVE;
}

/* A paste comes in pieces: what is not read in its time waits in the terminal's queue. Bytes of the last read; <= 0 = none came. */
static ssize_t take_input(struct screen *screen)
{
    int64_t end_us = g_get_monotonic_time() + BATCH_US;
    char bytes[READ_BYTES];
    ssize_t n;
    do {
        n = read(screen->in_fd, bytes, sizeof bytes);
        if (n > 0)
            key_reader_feed(&screen->keys, bytes, (gsize)n, screen_key, screen);
    } while (n == sizeof bytes && g_get_monotonic_time() < end_us && has_input(screen));
    explicit_bzero(bytes, sizeof bytes);
    return n;
}

static gboolean on_input(gint fd, GIOCondition condition, gpointer data)
{
    (void)fd;
    struct screen *screen = data;
    screen->told = false;
    ssize_t n = condition & G_IO_IN ? take_input(screen) : 0;
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return G_SOURCE_CONTINUE;
    if (n <= 0)
        return hang_up(screen);
    watch_escape(screen);
    end_batch(screen);
    return G_SOURCE_CONTINUE;
}

static gboolean on_resize(gpointer data)
{
    struct screen *screen = data;
    terminal_measure(screen->terminal);
    screen_draw(screen);
    screen_flush(screen);
    return G_SOURCE_CONTINUE;
}

/* ---------------------------------------------------------------- countdowns */

/* True when the moment has come and was not told yet. */
static bool is_over(int64_t moment_ms, int64_t now_ms, int64_t *told_ms)
{
    if (moment_ms <= 0 || now_ms < moment_ms || *told_ms == moment_ms)
        return false;
    *told_ms = moment_ms;
    return true;
}

static gboolean on_tick(gpointer data)
{
    struct screen *screen = data;
    int64_t now_ms = clock_monotonic_ms();
    screen->tick_source = 0;
    bool over = is_over(screen->page->deadline_ms, now_ms, &screen->told_deadline_ms);
    over = (screen->page->qr && is_over(screen->page->qr->expires_ms, now_ms, &screen->told_qr_ms)) || over;
    if (!screen->frame.too_small && screen->overlay.kind == OVERLAY_NONE) {
        frame_draw_message(screen);
        if (screen->step->tick)
            screen->step->tick(screen);
        if (screen->bar.drawn)
            pinyin_bar_paint(screen);
        screen->damaged = true;
        screen_flush(screen);
    }
    screen_watch_time(screen);
    if (over)
        tell(screen, SCREEN_EXPIRED, NULL, NULL);
    return G_SOURCE_REMOVE;
}

/* Milliseconds to the next whole second before the moment; -1 = nothing to wait for. */
static int64_t until_next(int64_t moment_ms, int64_t told_ms)
{
    int64_t left_ms = moment_ms - clock_monotonic_ms();
    if (moment_ms <= 0 || told_ms == moment_ms)
        return -1;
    return left_ms <= 0 ? 0 : (left_ms - 1) % 1000 + 1;
}

void screen_watch_time(struct screen *screen)
{
    int64_t page_ms = until_next(screen->page->deadline_ms, screen->told_deadline_ms);
    int64_t qr_ms = screen->page->qr ? until_next(screen->page->qr->expires_ms, screen->told_qr_ms) : -1;
    int64_t wait_ms = page_ms < 0 ? qr_ms : qr_ms < 0 ? page_ms : MIN(page_ms, qr_ms);
    if (screen->tick_source)
        g_source_remove(screen->tick_source);
    screen->tick_source = wait_ms >= 0 ? g_timeout_add((guint)wait_ms, on_tick, screen) : 0;
}

/* ---------------------------------------------------------------- life */

GPtrArray *screen_fields_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
}

struct screen *screen_new_on(int in_fd, int out_fd, const struct screen_options *options, screen_event_fn fn,
                             gpointer data, GError **error)
{
    struct screen *screen = g_new0(struct screen, 1);
    screen->labels = options->labels;
    screen->fn = fn;
    screen->data = data;
    screen->in_fd = in_fd;
    screen->touch = options->touch;
    screen->focus = screen->button = screen->edited = -1;
    screen->fields = screen_fields_new();
    panel_init(&screen->panel);
    editor_init(&screen->editor);
    pinyin_bar_init(screen, options->pinyin);
    document_init(&screen->overlay.document);
    screen->resize_source = g_unix_signal_add(SIGWINCH, on_resize, screen); /* before curses, which then keeps off */
    screen->terminal = terminal_open(in_fd, out_fd, options->theme, error);
    if (!screen->terminal) {
        screen_free(screen);
        return NULL;
    }
    screen->canvas = terminal_canvas(screen->terminal);
    screen->input_source = g_unix_fd_add(in_fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, screen);
    return screen;
}

struct screen *screen_new(const struct screen_options *options, screen_event_fn fn, gpointer data, GError **error)
{
    return screen_new_on(STDIN_FILENO, STDOUT_FILENO, options, fn, data, error);
}

void screen_free(struct screen *screen)
{
    if (!screen)
        return;
    const guint sources[] = {screen->input_source, screen->resize_source, screen->escape_source, screen->tick_source};
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++)
        if (sources[i])
            g_source_remove(sources[i]);
    pinyin_bar_clear(screen);
    terminal_close(screen->terminal);
    g_ptr_array_unref(screen->fields);
    page_free(screen->page);
    panel_clear(&screen->panel);
    editor_clear(&screen->editor);
    picker_clear(&screen->overlay.picker);
    document_clear(&screen->overlay.document);
    g_free(screen->telling_key);
    g_free(screen->notice);
    g_free(screen);
}
