/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/pinyin_bar.h"

#include <string.h>

#include "input/punctuation.h"
#include "screen/view.h"

#define SWITCH_KEY (PRESS_F1 + 1)
#define RARE_KEY   (PRESS_F1 + 6)

bool pinyin_bar_belongs(const struct screen *screen)
{
    const struct field *field = screen->page ? screen_field(screen, screen->focus) : NULL;
    return screen->bar.pinyin && field && screen->button < 0 && screen->overlay.kind != OVERLAY_PICK &&
           (field->type == FIELD_TEXT || field->type == FIELD_REGION || field->type == FIELD_LONG);
}

bool pinyin_bar_serves(const struct screen *screen)
{
    return pinyin_bar_belongs(screen) && screen->overlay.kind == OVERLAY_NONE && !screen->frame.too_small;
}

bool pinyin_bar_is_open(const struct screen *screen)
{
    const struct pinyin_bar *bar = &screen->bar;
    return bar->pinyin && (bar->lookup.open || pinyin_view(bar->pinyin).open);
}

/* ---------------------------------------------------------------- into the field */

/* What is typed from now on is for the field that has the focus. */
static void aim(struct screen *screen)
{
    const char *key = screen_field(screen, screen->focus)->key;
    if (g_strcmp0(screen->bar.field, key) == 0)
        return;
    g_free(screen->bar.field);
    screen->bar.field = g_strdup(key);
}

/* The field that is composed for, whatever has the focus now; -1 = it is gone from the page. */
static int aimed_at(const struct screen *screen)
{
    return screen->page ? screen_field_named(screen->page, screen->bar.field) : -1;
}

static void insert(struct screen *screen, const char *text)
{
    int aimed = aimed_at(screen);
    struct field *field = screen_field(screen, aimed);
    enum edit edit = EDIT_IGNORED;
    bool changed = false;
    if (!field)
        return;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        struct key key = {.press = PRESS_CHAR, .c = g_utf8_get_char(at)};
        edit = field_key(field, &key);
        changed = changed || edit == EDIT_CHANGED;
    }
    if (edit == EDIT_FULL)
        screen_notice_full(screen, field);
    screen->editor.wish_x = -1;
    if (changed)
        screen_edited(screen, aimed);
}

char *pinyin_bar_before(const struct screen *screen)
{
    const struct field *field = screen_field(screen, aimed_at(screen));
    if (!field)
        return g_strdup(screen->bar.arrived->str);
    return g_strdup_printf("%.*s%s", (int)field->cursor, field->text->str, screen->bar.arrived->str);
}

static void tell_before(struct screen *screen)
{
    g_autofree char *before = pinyin_bar_before(screen);
    pinyin_before(screen->bar.pinyin, before);
}

/* Kept until the engine's side is done with the key: the session, told of the edit, may bring another page. */
static void on_committed(const char *text, gpointer data)
{
    struct screen *screen = data;
    g_string_append(screen->bar.arrived, text);
    tell_before(screen);
}

/* True when the field has changed. */
static bool take_arrived(struct screen *screen)
{
    GString *arrived = screen->bar.arrived;
    if (arrived->len == 0)
        return false;
    insert(screen, arrived->str);
    explicit_bzero(arrived->str, arrived->len);
    g_string_truncate(arrived, 0);
    return true;
}

/* Paints what has come of a key: a letter costs the bar only. */
static void show(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    bool open = pinyin_bar_is_open(screen);
    lookup_bar_settle(screen);
    if (take_arrived(screen) || open != bar->drawn || (open && pinyin_bar_rows(screen) != bar->area.rows)) {
        screen_draw(screen);
    } else if (open) {
        pinyin_bar_paint(screen);
        screen->damaged = true;
    }
}

/* ---------------------------------------------------------------- keys that wait */

static void wait_for_finish(struct screen *screen, const struct key *key)
{
    g_queue_push_tail(&screen->bar.later, g_memdup2(key, sizeof *key));
}

/* These need the letters as they will be when all that was typed before is done. */
static bool needs_letters(const struct key *key)
{
    return key->press == PRESS_RARE || key->press == RARE_KEY || key->press == PRESS_F1;
}

/* A key among them may open a composition and a later one wait for it: then it and those behind it wait again. */
static void do_later(struct screen *screen)
{
    GQueue keys = screen->bar.later;
    const struct key *first = g_queue_peek_head(&keys);
    if (!first || (needs_letters(first) ? pinyin_view(screen->bar.pinyin).waiting : pinyin_bar_is_open(screen)))
        return;
    g_queue_init(&screen->bar.later);
    for (struct key *key; (key = g_queue_pop_head(&keys)); g_free(key))
        screen_press_key(screen, key);
}

/* ---------------------------------------------------------------- while something is composed */

static void feed(struct screen *screen, enum pinyin_key key, int argument)
{
    screen->bar.first = 0;
    (void)pinyin_feed(screen->bar.pinyin, key, argument);
}

/* Of the engine's page a part may be shown only. */
static void turn(struct screen *screen, int by)
{
    struct pinyin_bar *bar = &screen->bar;
    struct pinyin_view view = pinyin_view(bar->pinyin);
    int rest = (int)view.candidates->len - bar->first - bar->shown;
    if (view.fresh && by > 0 && rest > 0)
        bar->first += bar->shown;
    else if (view.fresh && by < 0 && bar->first > 0)
        bar->first = 0;
    else if (!view.fresh || (by > 0 ? view.has_next : view.has_previous))
        feed(screen, by > 0 ? PINYIN_PAGE_DOWN : PINYIN_PAGE_UP, 0);
}

/* The n-th of those shown. */
static void choose(struct screen *screen, int n)
{
    const struct pinyin_bar *bar = &screen->bar;
    if (!pinyin_view(bar->pinyin).fresh || n < bar->shown)
        feed(screen, PINYIN_CHOOSE, bar->first + n);
}

static void finish_with(struct screen *screen, gunichar c)
{
    char text[7] = "";
    g_autofree char *before = pinyin_bar_before(screen);
    const char *mark = c < 0x80 ? punctuation_mark((char)c, before) : NULL;
    (void)g_unichar_to_utf8(c, text);
    screen->bar.first = 0;
    pinyin_feed_text(screen->bar.pinyin, mark ? mark : text);
}

static void open_char(struct screen *screen, gunichar c)
{
    if (c < 0x80 && (g_ascii_islower((char)c) || c == '\''))
        feed(screen, PINYIN_LETTER, (int)c);
    else if (c == ' ' || (c >= '1' && c <= '9'))
        choose(screen, c == ' ' ? 0 : (int)c - '1');
    else if (c == '-' || c == '=')
        turn(screen, c == '-' ? -1 : 1);
    else
        finish_with(screen, c);
}

static const struct {
    enum press press;
    enum pinyin_key key;
} edits[] = {
    {PRESS_BACKSPACE, PINYIN_BACKSPACE}, {PRESS_DELETE, PINYIN_DELETE}, {PRESS_LEFT, PINYIN_LEFT},
    {PRESS_RIGHT, PINYIN_RIGHT},         {PRESS_HOME, PINYIN_HOME},     {PRESS_END, PINYIN_END},
    {PRESS_ENTER, PINYIN_RAW},           {PRESS_ESC, PINYIN_DROP},      {PRESS_CLEAR, PINYIN_DROP},
};

static void open_key(struct screen *screen, const struct key *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(edits); i++)
        if (edits[i].press == key->press)
            return feed(screen, edits[i].key, 0);
    switch ((int)key->press) {
    case PRESS_CHAR:
        return open_char(screen, key->c);
    case PRESS_UP:
    case PRESS_PAGE_UP:
    case PRESS_WHEEL_UP:
        return turn(screen, -1);
    case PRESS_DOWN:
    case PRESS_PAGE_DOWN:
    case PRESS_WHEEL_DOWN:
        return turn(screen, 1);
    case PRESS_OTHER:
        return;
    default:
        feed(screen, PINYIN_FINISH, 0);
        wait_for_finish(screen, key);
    }
}

/* ---------------------------------------------------------------- while nothing is */

/* The bar is this field's from now on. */
static void claim(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    aim(screen);
    tell_before(screen);
    bar->first = 0;
    bar->anchor_y = screen->canvas->cursor_y;
}

static bool begin(struct screen *screen, char letter)
{
    claim(screen);
    if (!pinyin_feed(screen->bar.pinyin, PINYIN_LETTER, letter))
        return false;
    pinyin_bar_paint(screen);
    screen->damaged = true;
    return true;
}

/* False: the key goes into the field as it is. */
static bool closed_key(struct screen *screen, const struct key *key)
{
    if (key->press != PRESS_CHAR || key->c >= 0x80)
        return false;
    if (g_ascii_islower((char)key->c))
        return begin(screen, (char)key->c);
    aim(screen);
    g_autofree char *before = pinyin_bar_before(screen);
    const char *mark = punctuation_mark((char)key->c, before);
    if (mark)
        g_string_append(screen->bar.arrived, mark);
    return mark != NULL;
}

/* ---------------------------------------------------------------- keys and taps */

static bool is_switch(const struct screen *screen, const struct key *key)
{
    return key->press == PRESS_SWITCH || (key->press == SWITCH_KEY && buttons_of(screen, key_word(SWITCH_KEY)) < 0);
}

/* Letters that were typed for English by mistake of the mode stay as they are. */
static void switch_language(struct screen *screen)
{
    lookup_bar_leave(screen);
    feed(screen, PINYIN_RAW, 0);
    screen->bar.english = !screen->bar.english;
    (void)take_arrived(screen);
    screen_draw(screen);
}

/* "Any key continues": Enter, Space, Esc and the like would do something to what is composed; a letter goes on with it. */
static bool only_wakes(const struct screen *screen, const struct key *key)
{
    return screen->page->deadline_ms > 0 && !(key->press == PRESS_CHAR && g_unichar_isalpha(key->c));
}

static bool in_lookup(struct screen *screen, const struct key *key)
{
    if (screen->bar.lookup.open) {
        if (key->press != PRESS_F1 && lookup_bar_key(screen, key))
            return true;
        show(screen); /* it is left */
        return false;
    }
    bool open = pinyin_bar_is_open(screen);
    if (!lookup_bar_opens(screen, key))
        return false;
    if (!open)
        claim(screen);
    return true;
}

static bool in_composition(struct screen *screen, const struct key *key)
{
    bool open = pinyin_view(screen->bar.pinyin).open;
    if (open && key->press != PRESS_F1)
        open_key(screen, key);
    return open ? key->press != PRESS_F1 : !screen->bar.english && closed_key(screen, key);
}

static void put_down_and_draw(struct screen *screen)
{
    pinyin_bar_put_down(screen);
    screen_draw(screen);
}

bool pinyin_bar_key(struct screen *screen, const struct key *key)
{
    if (!pinyin_bar_serves(screen))
        return false;
    if (!g_queue_is_empty(&screen->bar.later)) {
        wait_for_finish(screen, key);
        return true;
    }
    if (needs_letters(key) && pinyin_view(screen->bar.pinyin).waiting) {
        wait_for_finish(screen, key);
        return true;
    }
    if (is_switch(screen, key)) {
        switch_language(screen);
        return true;
    }
    bool open = pinyin_bar_is_open(screen);
    if (screen->keys.paste) { /* goes straight in, behind what was composed */
        if (open)
            put_down_and_draw(screen);
        return false;
    }
    if (!(open && only_wakes(screen, key)) && !in_lookup(screen, key) && !in_composition(screen, key))
        return false;
    show(screen);
    do_later(screen);
    return true;
}

/* A cell of the bar, -1 = none. */
static int cell_at(const struct pinyin_bar *bar, int y, int x)
{
    for (int i = 0; i < bar->shown; i++)
        if (rect_has(&bar->cells[i], y, x))
            return i;
    return -1;
}

static bool on_mark(const struct screen *screen, struct rect mark, int y, int x)
{
    if (screen->touch) {
        mark.y--;
        mark.rows += 2;
    }
    return rect_has(&mark, y, x);
}

static void tap_in_bar(struct screen *screen, int y, int x)
{
    struct pinyin_bar *bar = &screen->bar;
    int cell = cell_at(bar, y, x);
    int by = rect_has(&bar->previous, y, x) ? -1 : rect_has(&bar->next, y, x) ? 1 : 0;
    if (bar->lookup.open && by != 0)
        lookup_bar_turn(screen, by);
    else if (bar->lookup.open)
        lookup_bar_take(screen, cell);
    else if (by != 0)
        turn(screen, by);
    else if (cell >= 0 && pinyin_view(bar->pinyin).fresh) /* what is seen is what is meant */
        choose(screen, cell);
}

bool pinyin_bar_tap(struct screen *screen, const struct key *key)
{
    struct pinyin_bar *bar = &screen->bar;
    if (key->press != PRESS_CLICK || !pinyin_bar_serves(screen) || !g_queue_is_empty(&bar->later))
        return false;
    if (on_mark(screen, bar->mark, key->y, key->x)) {
        switch_language(screen);
        return true;
    }
    if (on_mark(screen, bar->rare, key->y, key->x))
        return pinyin_bar_key(screen, &(struct key){.press = PRESS_RARE});
    if (!pinyin_bar_is_open(screen) || !rect_has(&bar->area, key->y, key->x))
        return false;
    tap_in_bar(screen, key->y, key->x);
    show(screen);
    return true;
}

/* ---------------------------------------------------------------- drawing */

static bool is_at_its_field(const struct screen *screen)
{
    return pinyin_bar_belongs(screen) && aimed_at(screen) == screen->focus;
}

void pinyin_bar_settle(struct screen *screen)
{
    if (pinyin_bar_is_open(screen) && !is_at_its_field(screen))
        pinyin_bar_put_down(screen);
}

void pinyin_bar_draw(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    bar->mark = bar->rare = (struct rect){0};
    if (!pinyin_bar_serves(screen))
        return;
    if (pinyin_view(bar->pinyin).state == PINYIN_ASLEEP)
        pinyin_wake(bar->pinyin);
    pinyin_bar_paint_mark(screen);
    if (!pinyin_bar_is_open(screen))
        return;
    bar->anchor_y = screen->canvas->cursor_y;
    pinyin_bar_paint(screen);
}

/* ---------------------------------------------------------------- life */

/* Candidates came, or the engine is another. Without one the letters go where they were meant to. */
static void on_changed(gpointer data)
{
    struct screen *screen = data;
    struct pinyin_view view = pinyin_view(screen->bar.pinyin);
    if (view.state == PINYIN_UNAVAILABLE && view.open)
        feed(screen, PINYIN_RAW, 0);
    if (pinyin_bar_is_open(screen) || screen->bar.drawn || screen->bar.arrived->len > 0)
        show(screen);
    else if (pinyin_bar_serves(screen) && view.state == PINYIN_UNAVAILABLE)
        screen_draw(screen);
    do_later(screen);
    screen_flush(screen);
    screen_tell_pending(screen);
    screen_flush(screen);
}

void pinyin_bar_put_down(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    if (!bar->pinyin)
        return;
    lookup_bar_leave(screen);
    struct pinyin_view view = pinyin_view(bar->pinyin);
    g_string_append(bar->arrived, view.picked);
    g_string_append(bar->arrived, view.letters);
    g_queue_clear_full(&bar->later, g_free);
    feed(screen, PINYIN_DROP, 0);
    (void)take_arrived(screen);
}

void pinyin_bar_init(struct screen *screen, const struct pinyin_options *options)
{
    struct pinyin_bar *bar = &screen->bar;
    bar->arrived = g_string_new(NULL);
    g_queue_init(&bar->later);
    if (!options)
        return;
    struct pinyin_options all = *options;
    all.page = PINYIN_BAR_CANDIDATES;
    all.changed = on_changed;
    all.committed = on_committed;
    all.user = screen;
    bar->pinyin = pinyin_new(&all);
}

void pinyin_bar_clear(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    pinyin_free(bar->pinyin);
    g_queue_clear_full(&bar->later, g_free);
    g_string_free(bar->arrived, TRUE);
    g_free(bar->field);
    *bar = (struct pinyin_bar){0};
}
