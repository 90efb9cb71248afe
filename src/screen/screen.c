/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes → keys → the overlay, the page's kind, the buttons, in this order. All keys that are there are dealt with before anything is
 * sent to the terminal; then the cells that changed go out in one update, and only then is the session told, so that nothing
 * it does can delay a letter.
 */
#include "screen/screen.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "screen/fingerprint.h"
#include "screen/view.h"

#define READ_BYTES 1024

static const struct step_ops *const steps[PAGE_KINDS] = {
    [PAGE_NOTICE] = &step_notice, [PAGE_MENU] = &step_menu, [PAGE_FIELDS] = &step_fields,
    [PAGE_CHOOSE] = &step_choose, [PAGE_ROWS] = &step_rows, [PAGE_EDITOR] = &step_editor,
    [PAGE_REPORT] = &step_report, [PAGE_QR] = &step_qr,     [PAGE_TASK] = &step_task,
};

struct field *screen_field(const struct screen *screen, int i)
{
    return i >= 0 && i < (int)screen->fields->len ? g_ptr_array_index(screen->fields, i) : NULL;
}

const struct page_field *screen_page_field(const struct screen *screen, int i)
{
    return g_ptr_array_index(screen->page->fields, i);
}

/* ---------------------------------------------------------------- drawing */

void screen_draw(struct screen *screen)
{
    if (!screen->page)
        return;
    paint_erase(screen->canvas);
    frame_layout(screen);
    if (screen->frame.too_small) {
        frame_draw_too_small(screen);
    } else {
        screen->step->draw(screen);
        frame_draw(screen);
        overlay_draw(screen);
    }
    screen->damaged = true;
}

static void flush(struct screen *screen)
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
static void tell_edit(struct screen *screen)
{
    const struct field *field = screen_field(screen, screen->edited);
    screen->edited = -1;
    if (!field)
        return;
    g_autofree char *key = g_strdup(field->key);
    screen->acted = false;
    if (field->secret) {
        tell(screen, SCREEN_EDIT, key, secret_text(field->secret));
    } else {
        g_autofree char *text = g_strdup(field->text->str);
        tell(screen, SCREEN_EDIT, key, text);
    }
}

static int field_named(const struct page *page, const char *key)
{
    for (guint i = 0; key && i < page->fields->len; i++) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        if (strcmp(field->key, key) == 0)
            return field->readonly ? -1 : (int)i;
    }
    return -1;
}

void screen_edited(struct screen *screen, int field)
{
    if (screen->edited >= 0 && screen->edited != field) {
        g_autofree char *key = g_strdup(screen_field(screen, field)->key);
        tell_edit(screen);
        field = field_named(screen->page, key); /* the page may be another one now */
    }
    screen->edited = field;
}

/* Edits first, so that an action sees them. */
static void tell_pending(struct screen *screen)
{
    g_autofree char *key = g_steal_pointer(&screen->telling_key);
    if (screen->edited >= 0)
        tell_edit(screen);
    if (!key)
        return;
    screen->acted = screen->acted || screen->telling == SCREEN_ACTION;
    tell(screen, screen->telling, key, NULL);
}

/* ---------------------------------------------------------------- buttons */

static const struct page_action *action_at(const struct screen *screen, int button)
{
    const GPtrArray *actions = screen->page->actions;
    return button >= 0 && button < (int)actions->len ? g_ptr_array_index(actions, button) : NULL;
}

int screen_primary_button(const struct screen *screen)
{
    for (int i = 0; action_at(screen, i); i++)
        if (action_at(screen, i)->primary)
            return i;
    return frame_button_of(screen, key_name(PRESS_ENTER));
}

void screen_press(struct screen *screen, int button)
{
    const struct page_action *action = action_at(screen, button);
    if (!action) {
        overlay_open_help(screen);
        return;
    }
    if (action->why_not)
        screen_notice(screen, action->why_not);
    else if (!(action->primary && screen->page->busy))
        screen_tell(screen, SCREEN_ACTION, action->name);
}

static void go_to_button(struct screen *screen, int button)
{
    int n = screen->frame.buttons;
    if (button < 0 || button >= n) /* round: back into the body when it can have the focus */
        screen->button = screen->focus >= 0 || screen->page->choices->len > 0 ? -1 : n > 0 ? (button + n) % n : -1;
    else
        screen->button = button;
}

static bool button_key(struct screen *screen, const struct key *key)
{
    switch ((int)key->press) {
    case PRESS_RIGHT:
    case PRESS_TAB:
    case PRESS_DOWN:
        go_to_button(screen, screen->button + 1);
        return true;
    case PRESS_LEFT:
    case PRESS_BACKTAB:
        go_to_button(screen, screen->button - 1);
        return true;
    case PRESS_UP:
        screen->button = -1;
        return true;
    case PRESS_ENTER:
        screen_press(screen, screen->button);
        return true;
    case PRESS_CHAR:
        if (key->c == ' ')
            screen_press(screen, screen->button);
        return key->c == ' ';
    default:
        return false;
    }
}

/* ---------------------------------------------------------------- keys */

static void press_primary(struct screen *screen)
{
    int button = screen_primary_button(screen);
    if (button >= 0)
        screen_press(screen, button);
}

static void after_step(struct screen *screen, enum step_result result, const struct key *key)
{
    switch (result) {
    case STEP_NEXT:
        go_to_button(screen, MAX(0, screen_primary_button(screen)));
        break;
    case STEP_PREVIOUS:
        if (key->press == PRESS_BACKTAB)
            go_to_button(screen, screen->frame.buttons - 1);
        break;
    case STEP_PRIMARY:
        press_primary(screen);
        break;
    case STEP_IGNORED:
        if (key->press == PRESS_ENTER)
            press_primary(screen);
        else if (key->press == PRESS_RIGHT || key->press == PRESS_LEFT)
            go_to_button(screen, key->press == PRESS_RIGHT ? 0 : screen->frame.buttons - 1);
        else
            return;
        break;
    case STEP_DONE:
        screen->damaged = true;
        return;
    case STEP_REDRAW:
        break;
    }
    screen_draw(screen);
}

/* Function keys and Esc are the page's buttons wherever the focus is; Enter is for the body first. */
static bool is_command(const struct key *key)
{
    return key->press == PRESS_ESC || key->press >= PRESS_F1;
}

static bool click_button(struct screen *screen, const struct key *key)
{
    int button = key->press == PRESS_CLICK ? frame_button_at(screen, key->y, key->x) : -1;
    if (button < 0)
        return false;
    screen_press(screen, button);
    return true;
}

/* Works on the body even while a button has the focus. */
static bool is_pointing(const struct key *key)
{
    return key->press == PRESS_CLICK || key->press == PRESS_WHEEL_UP || key->press == PRESS_WHEEL_DOWN ||
           key->press == PRESS_PAGE_UP || key->press == PRESS_PAGE_DOWN;
}

static void page_key(struct screen *screen, const struct key *key)
{
    int button = is_command(key) ? frame_button_of(screen, key_name(key->press)) : -1;
    if (button >= 0)
        screen_press(screen, button);
    else if (!click_button(screen, key) && !(screen->button >= 0 && button_key(screen, key))) {
        if (screen->button >= 0 && !is_pointing(key))
            return;
        after_step(screen, screen->step->key(screen, key), key);
        return;
    }
    screen_draw(screen);
}

static void take_key(const struct key *key, gpointer data)
{
    struct screen *screen = data;
    if (!screen->page)
        return;
    if (key->press == PRESS_REDRAW) {
        paint_distrust(screen->canvas);
        screen_draw(screen);
        return;
    }
    if (screen->frame.too_small)
        return;
    if (screen->notice) {
        g_clear_pointer(&screen->notice, g_free);
        frame_draw_message(screen);
        screen->damaged = true;
    }
    if (screen->overlay.kind != OVERLAY_NONE) {
        if (overlay_key(screen, key))
            screen_draw(screen);
    } else {
        page_key(screen, key);
    }
    if (screen->telling_key)
        tell_pending(screen);
}

/* ---------------------------------------------------------------- input */

/* Cells first, then the session; a key that told nothing else is told as a sign of life. */
static void end_batch(struct screen *screen)
{
    flush(screen);
    tell_pending(screen);
    if (!screen->told)
        tell(screen, SCREEN_ACTIVITY, NULL, NULL);
    screen->told = false;
    flush(screen);
}

static gboolean on_escape_time(gpointer data)
{
    struct screen *screen = data;
    screen->escape_source = 0;
    key_reader_give_up(&screen->keys, take_key, screen);
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

static gboolean on_input(gint fd, GIOCondition condition, gpointer data)
{
    struct screen *screen = data;
    char bytes[READ_BYTES];
    ssize_t n = condition & G_IO_IN ? read(fd, bytes, sizeof bytes) : 0;
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return G_SOURCE_CONTINUE;
    if (n <= 0)
        return hang_up(screen);
    key_reader_feed(&screen->keys, bytes, (gsize)n, take_key, screen);
    explicit_bzero(bytes, sizeof bytes);
    watch_escape(screen);
    end_batch(screen);
    return G_SOURCE_CONTINUE;
}

static gboolean on_resize(gpointer data)
{
    struct screen *screen = data;
    terminal_measure(screen->terminal);
    screen_draw(screen);
    flush(screen);
    return G_SOURCE_CONTINUE;
}

/* ---------------------------------------------------------------- countdowns */

static void watch_time(struct screen *screen);

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
        screen->damaged = true;
        flush(screen);
    }
    watch_time(screen);
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

static void watch_time(struct screen *screen)
{
    int64_t page_ms = until_next(screen->page->deadline_ms, screen->told_deadline_ms);
    int64_t qr_ms = screen->page->qr ? until_next(screen->page->qr->expires_ms, screen->told_qr_ms) : -1;
    int64_t wait_ms = page_ms < 0 ? qr_ms : qr_ms < 0 ? page_ms : MIN(page_ms, qr_ms);
    if (screen->tick_source)
        g_source_remove(screen->tick_source);
    screen->tick_source = wait_ms >= 0 ? g_timeout_add((guint)wait_ms, on_tick, screen) : 0;
}

/* ---------------------------------------------------------------- pages */

static GPtrArray *fields_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)field_free);
}

static struct field *steal_field(GPtrArray *fields, const struct page_field *wanted)
{
    for (guint i = 0; i < fields->len; i++) {
        struct field *field = g_ptr_array_index(fields, i);
        if (field && field->type == wanted->type && strcmp(field->key, wanted->key) == 0) {
            g_ptr_array_index(fields, i) = NULL;
            return field;
        }
    }
    return NULL;
}

/* What is being typed goes on in the fields of the new page. True when a value changed under the cursor. */
static bool take_fields(struct screen *screen, const struct page *page)
{
    g_autoptr(GPtrArray) old = screen->fields;
    bool changed = false;
    screen->fields = fields_new();
    for (guint i = 0; i < page->fields->len; i++) {
        const struct page_field *wanted = g_ptr_array_index(page->fields, i);
        struct field *field = steal_field(old, wanted);
        if (field)
            changed = field_take(field, wanted) || changed;
        g_ptr_array_add(screen->fields, field ? field : field_new(wanted));
    }
    return changed;
}

static void enter_page(struct screen *screen, struct page *page)
{
    if (screen->step && screen->step->leave)
        screen->step->leave(screen);
    overlay_close(screen);
    g_clear_pointer(&screen->notice, g_free);
    g_ptr_array_set_size(screen->fields, 0);
    (void)take_fields(screen, page);
    page_free(screen->page);
    screen->page = page;
    screen->step = steps[page->kind];
    screen->focus = screen->button = screen->edited = -1;
    screen->told_deadline_ms = screen->told_qr_ms = 0;
    screen->panel.roaming = false;
    screen->step->enter(screen);
    if (field_named(page, page->focus) >= 0)
        panel_focus(screen, field_named(page, page->focus));
}

/* The focus stays on its field even when fields came or went. True when something must be drawn. */
static bool refresh_page(struct screen *screen, struct page *page)
{
    const struct field *focused = screen_field(screen, screen->focus), *edited = screen_field(screen, screen->edited);
    g_autofree char *key = focused ? g_strdup(focused->key) : NULL;
    g_autofree char *edited_key = edited ? g_strdup(edited->key) : NULL;
    bool news = page->focus && (screen->acted || g_strcmp0(page->focus, screen->page->focus) != 0);
    bool changed = take_fields(screen, page);
    page_free(screen->page);
    screen->page = page;
    screen->focus = field_named(page, key);
    screen->edited = field_named(page, edited_key);
    if (screen->focus < 0)
        screen->focus = panel_first_field(screen);
    if (news && field_named(page, page->focus) >= 0) {
        panel_focus(screen, field_named(page, page->focus));
        screen->acted = false;
        changed = true;
    }
    if (screen->button >= (int)page->actions->len + 1)
        screen->button = -1;
    if (screen->overlay.kind == OVERLAY_PICK &&
        (screen->focus < 0 || screen_page_field(screen, screen->focus)->type != FIELD_CODE))
        overlay_close(screen);
    return changed;
}

void screen_show(struct screen *screen, struct page *page)
{
    guint64 fingerprint = fingerprint_page(page);
    bool same = screen->page && strcmp(screen->page->name, page->name) == 0 && screen->page->kind == page->kind;
    bool changed = true;
    if (same)
        changed = refresh_page(screen, page) || fingerprint != screen->fingerprint;
    else
        enter_page(screen, page);
    screen->fingerprint = fingerprint;
    watch_time(screen);
    if (!changed)
        return;
    screen_draw(screen);
    flush(screen);
}

/* ---------------------------------------------------------------- life */

struct screen *screen_new_on(int in_fd, int out_fd, const struct screen_options *options, screen_event_fn fn,
                             gpointer data, GError **error)
{
    struct screen *screen = g_new0(struct screen, 1);
    screen->labels = options->labels;
    screen->fn = fn;
    screen->data = data;
    screen->in_fd = in_fd;
    screen->focus = screen->button = screen->edited = -1;
    screen->fields = fields_new();
    panel_init(&screen->panel);
    editor_init(&screen->editor);
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
    if (screen->step && screen->step->leave)
        screen->step->leave(screen);
    terminal_close(screen->terminal);
    g_ptr_array_unref(screen->fields);
    page_free(screen->page);
    panel_clear(&screen->panel);
    editor_clear(&screen->editor);
    document_clear(&screen->overlay.document);
    g_free(screen->telling_key);
    g_free(screen->notice);
    g_free(screen);
}
