/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/frame.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "screen/view.h"

#define MARGIN       2
#define EVEN_GAP     6
#define AIRY_ROWS    30
#define STATELY_ROWS 36
#define TALL_ROWS    38 /* from them on buttons are three rows high */
#define WAIT_TOLD_MS 3000
#define BOTH_ROWS    20 /* above them there is room for buttons below the keyboard */

char *frame_fill(const char *label, ...)
{
    GString *filled = g_string_new(label);
    va_list pairs;
    va_start(pairs, label);
    for (const char *name; (name = va_arg(pairs, const char *));) {
        g_autofree char *token = g_strdup_printf("{%s}", name);
        g_string_replace(filled, token, va_arg(pairs, const char *), 0);
    }
    va_end(pairs);
    return g_string_free(filled, FALSE);
}

char *frame_time(int64_t ms)
{
    int64_t seconds = ms > 0 ? (ms + 999) / 1000 : 0;
    return g_strdup_printf("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/* ---------------------------------------------------------------- layout */

static void lay_rows(struct screen *screen, int rows)
{
    struct frame *frame = &screen->frame;
    int bottom = frame->keys_rows + frame->keyboard_rows;
    int free_rows = rows - MAX(0, bottom - 2);
    bool airy = free_rows >= AIRY_ROWS, stately = free_rows >= STATELY_ROWS;
    bool crowded = rows - bottom < FRAME_ROWS_MIN - 3;
    frame->bar_rows = stately ? 3 : 1;
    frame->chapters_y = frame->bar_rows;
    frame->title_y = frame->chapters_y + (airy ? 2 : 1);
    frame->rule_y = frame->title_y + 1;
    frame->keys_y = rows - frame->keys_rows;
    frame->message_rows = crowded ? 1 : 2;
    frame->message_y = rows - bottom - frame->message_rows - (stately ? 1 : 0);
    frame->below_y = frame->message_y - (stately ? 2 : airy ? 1 : 0);
    frame->body.y = frame->rule_y + (airy ? 2 : 1);
    frame->body.rows = frame->below_y - frame->body.y;
    if (screen->step->tall && !airy) {
        frame->body.y = frame->rule_y;
        frame->body.rows = frame->message_y + 1 - frame->body.y;
    }
}

/* Lines no longer than can be read; what is centred needs no other measure than the frame. */
static void lay_columns(struct screen *screen, int cols)
{
    struct frame *frame = &screen->frame;
    bool wide = cols - 2 * MARGIN >= FRAME_COLS_MAX, side = wide && !screen->step->centred;
    frame->cols = wide ? FRAME_COLS_MAX : MIN(cols - 2 * MARGIN, FRAME_BODY_MAX);
    frame->left = (cols - frame->cols) / 2;
    frame->body.x = frame->left;
    frame->body.cols = side ? FRAME_BODY_MAX : frame->cols;
    frame->side.x = frame->left + FRAME_BODY_MAX + FRAME_GAP;
    frame->side.cols = side ? FRAME_SIDE : 0;
}

void frame_layout(struct screen *screen)
{
    struct frame *frame = &screen->frame;
    int rows = screen->canvas->rows, cols = screen->canvas->cols;
    *frame = (struct frame){.too_small = rows < FRAME_ROWS_MIN || cols < FRAME_COLS_MIN};
    if (frame->too_small)
        return;
    lay_columns(screen, cols);
    frame->button_rows = screen->touch || rows >= TALL_ROWS ? BUTTON_TOUCH_ROWS : 1;
    buttons_measure(screen);
    frame->keyboard_rows = screen_wants_keyboard(screen) ? KEYBOARD_ROWS : 0;
    if (frame->keyboard_rows > 0 && rows < KEYBOARD_ROWS + frame->keys_rows + BOTH_ROWS)
        frame->keys_rows = 0; /* the keyboard's own last row leads back to them */
    lay_rows(screen, rows);
    frame->side.y = frame->body.y;
    frame->side.rows = frame->body.rows;
    buttons_settle(screen);
    screen->keyboard.area = (struct rect){frame->keys_y - frame->keyboard_rows, frame->left, frame->keyboard_rows,
                                          MIN(frame->cols, KEYBOARD_COLS_MAX)};
    screen->keyboard.area.x += (frame->cols - screen->keyboard.area.cols) / 2;
}

/* ---------------------------------------------------------------- drawing */

static void draw_bar(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const char *office = screen->page->office ? screen->page->office : "";
    struct rect bar = {0, 0, frame->bar_rows, screen->canvas->cols};
    int office_cols = MIN(text_cols(office), frame->cols / 2), y = frame->bar_rows / 2;
    paint_fill(screen->canvas, &bar, ROLE_BAR);
    paint_text(screen->canvas, y, frame->left, frame->cols - office_cols - 2, ROLE_BAR, screen->labels->title);
    paint_aligned(screen->canvas, y, frame->left + frame->cols - office_cols, office_cols, ROLE_BAR_SIDE, ALIGN_RIGHT,
                  office);
}

static void draw_chapter(struct screen *screen, int chapter, int x, const char *name)
{
    static const enum role roles[] = {
        [CHAPTER_TODO] = ROLE_CHAPTER_TODO, [CHAPTER_NOW] = ROLE_CHAPTER_NOW, [CHAPTER_DONE] = ROLE_CHAPTER_DONE};
    enum chapter_state state = screen->page->chapters[chapter];
    g_autofree char *number = g_strdup_printf("%d", chapter + 1);
    g_autofree char *text = g_strdup_printf(" %s %s ", state == CHAPTER_DONE ? "✓" : number, name);
    paint_text(screen->canvas, screen->frame.chapters_y, x - 1, text_cols(text), roles[state], text);
}

/* "✓ 登录  ✓ 预判   3 前置学历   …": those on this person's way, from edge to edge. */
static void draw_chapters(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    const GPtrArray *names = screen->labels->chapters;
    struct rect strip = {frame->chapters_y, 0, 1, screen->canvas->cols};
    int shown[PAGE_CHAPTERS], n = 0, spare = frame->cols, x = frame->left;
    for (int i = 0; i < MIN((int)names->len, PAGE_CHAPTERS); i++) {
        if (screen->page->chapters[i] == CHAPTER_ABSENT)
            continue;
        shown[n++] = i;
        spare -= text_cols(g_ptr_array_index(names, i)) + 2;
    }
    if (n == 0)
        return;
    if (n > 1 && spare < EVEN_GAP * (n - 1)) /* where a column more or less would be seen */
        spare -= spare % (n - 1);
    paint_fill(screen->canvas, &strip, ROLE_CHAPTER_TODO);
    for (int k = 0; k < n; k++) {
        const char *name = g_ptr_array_index(names, shown[k]);
        int before = n > 1 ? spare * k / (n - 1) : 0;
        draw_chapter(screen, shown[k], x + before, name);
        x += text_cols(name) + 2;
    }
}

/* What F1 says, for as long as the page stands; what does not fit there F1 still says. */
static void draw_side(struct screen *screen)
{
    const struct rect *side = &screen->frame.side;
    if (side->cols == 0)
        return;
    GString *text = g_string_new(screen_help(screen));
    g_string_replace(text, "\n", "\n\n", 0);
    g_string_prepend(text, "\n\n");
    g_string_prepend(text, screen->labels->help_title);
    g_autoptr(GPtrArray) lines = text_wrap(text->str, side->cols);
    g_string_free(text, TRUE);
    for (int i = 0; i < MIN((int)lines->len, side->rows); i++) {
        paint_text(screen->canvas, side->y + i, side->x - 2, 1, ROLE_RULE, "│");
        paint_text(screen->canvas, side->y + i, side->x, side->cols, i == 0 ? ROLE_STRONG : ROLE_QUIET,
                   g_ptr_array_index(lines, i));
    }
}

void frame_draw_marks(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    int x = frame->left + frame->cols - FRAME_MARK_COLS;
    if (screen->step->tall && frame->body.y == frame->rule_y)
        return;
    paint_rule(screen->canvas, frame->rule_y, frame->left, frame->cols, ROLE_RULE);
    if (frame->above) {
        g_autofree char *mark = g_strdup_printf(" %s", screen->labels->more_above);
        int cols = text_cols(mark);
        paint_text(screen->canvas, frame->rule_y, frame->left + frame->cols - cols, cols, ROLE_MARK, mark);
    }
    if (frame->below_y != frame->message_y || frame->below)
        paint_aligned(screen->canvas, frame->below_y, x, FRAME_MARK_COLS, ROLE_MARK, ALIGN_RIGHT,
                      frame->below ? screen->labels->more_below : "");
}

/* After a while it is told how long it takes, and how to get away. */
static char *busy_message(const struct screen *screen)
{
    const struct screen_labels *labels = screen->labels;
    int64_t waited_ms = clock_monotonic_ms() - screen->busy_since_ms;
    int button = buttons_of(screen, key_word(PRESS_ESC));
    const struct page_action *esc = button < 0 ? NULL : g_ptr_array_index(screen->page->actions, button);
    if (waited_ms < WAIT_TOLD_MS)
        return g_strdup(screen->page->busy);
    g_autofree char *seconds = g_strdup_printf("%d", (int)(waited_ms / 1000));
    g_autofree char *waited =
        frame_fill(esc && !esc->why_not ? labels->waited_esc : labels->waited, "seconds", seconds, NULL);
    return g_strconcat(screen->page->busy, waited, NULL);
}

/* Enter goes on, at the last field to what the main button does. */
static char *field_keys(const struct screen *screen)
{
    const struct screen_labels *labels = screen->labels;
    const GArray *slots = screen->panel.slots;
    if (slots->len < 2 || screen->focus < 0)
        return g_strdup("");
    enum field_type type = screen_page_field(screen, screen->focus)->type;
    const char *keys = type == FIELD_CODE    ? labels->code_keys
                       : type == FIELD_CHECK ? labels->check_keys
                                             : labels->field_keys;
    bool last = g_array_index(slots, struct slot, slots->len - 1).field == screen->focus;
    int button = last ? screen_primary_button(screen) : -1;
    const struct page_action *main = button < 0 ? NULL : g_ptr_array_index(screen->page->actions, button);
    return frame_fill(keys, "next", main ? main->label : labels->cap_next, NULL);
}

/* Longer than what is seen of it. A password never is. */
static bool is_cut(const struct screen *screen)
{
    const struct field *field = screen_field(screen, screen->focus);
    const struct slot *slot = field ? panel_slot(&screen->panel, screen->focus) : NULL;
    return slot && field->type == FIELD_TEXT && screen->button < 0 && screen->overlay.kind == OVERLAY_NONE &&
           text_cols(field_text(field)) > slot->cols - FIELD_PADDING;
}

/* The keys that no button names. */
static char *keys_of(const struct screen *screen)
{
    const struct page *page = screen->page;
    if (screen->touch || page->kind == PAGE_EDITOR || screen->overlay.kind != OVERLAY_NONE)
        return g_strdup("");
    if (page->choices->len > 0)
        return g_strdup(page->choose_many ? screen->labels->tick_keys : screen->labels->list_keys);
    return field_keys(screen);
}

static char *message_of(const struct screen *screen, enum role *ret_role)
{
    const struct page *page = screen->page;
    *ret_role = ROLE_WARN;
    if (screen->notice)
        return g_strdup(screen->notice);
    *ret_role = ROLE_MARK;
    if (page->busy)
        return busy_message(screen);
    *ret_role = page->message ? role_of_tone(page->message_tone) : ROLE_QUIET;
    if (page->message)
        return g_strdup(page->message);
    if (is_cut(screen))
        return frame_fill(screen->labels->whole, "text", field_text(screen_field(screen, screen->focus)), NULL);
    return keys_of(screen);
}

static char *countdown(const struct screen *screen)
{
    if (screen->page->deadline_ms <= 0)
        return NULL;
    int64_t left = MAX(0, screen->page->deadline_ms - clock_monotonic_ms());
    g_autofree char *seconds = g_strdup_printf("%d", (int)((left + 999) / 1000));
    return frame_fill(screen->touch ? screen->labels->ending_touch : screen->labels->ending, "seconds", seconds, NULL);
}

/* The character before the cursor when it is one to be told of, else 0. */
static gunichar rare_at_cursor(const struct screen *screen)
{
    const struct field *field = screen_field(screen, screen->focus);
    if (!field || field->secret || field->cursor == 0 || !field->text->len)
        return 0;
    gunichar c = g_utf8_get_char(g_utf8_prev_char(field->text->str + field->cursor));
    return rare_needs_code(c) ? c : 0;
}

static char *rare_message(const struct screen *screen)
{
    char hanzi[7] = "", code[RARE_CODE_BYTES];
    const char *reading = rare_reading(screen->rare, 0);
    (void)g_unichar_to_utf8(screen->rare, hanzi);
    return frame_fill(reading ? screen->labels->rare_here : screen->labels->rare_here_unread, "char", hanzi, "reading",
                      reading ? reading : "", "code", rare_code(screen->rare, code), NULL);
}

void frame_follow_cursor(struct screen *screen)
{
    if (screen->frame.too_small || screen->overlay.kind != OVERLAY_NONE || rare_at_cursor(screen) == screen->rare)
        return;
    frame_draw_message(screen);
    if (screen->bar.drawn)
        pinyin_bar_paint(screen);
    screen->damaged = true;
}

/* One line stands in the last row; a longer message takes the row above as well. */
void frame_draw_message(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    bool shared = screen->step->tall && frame->body.y == frame->rule_y;
    int rows = shared ? 1 : frame->message_rows, last = frame->message_y + frame->message_rows - 1;
    enum role role;
    screen->rare = rare_at_cursor(screen);
    bool rare = screen->rare && !screen->notice && !screen->page->busy;
    g_autofree char *message = rare ? rare_message(screen) : message_of(screen, &role);
    if (rare)
        role = ROLE_MARK;
    g_autofree char *counting = countdown(screen);
    int side = counting ? text_cols(counting) + 2 : 0;
    if (frame->below && frame->below_y == frame->message_y && text_cols(message) > frame->cols - side)
        side = MAX(side, FRAME_MARK_COLS + 1); /* the mark stands beside the first line */
    int cols = frame->cols - side;
    g_autoptr(GPtrArray) lines = text_wrap(message, cols);
    struct rect area = {last - rows + 1, frame->left, rows, frame->cols};
    paint_fill(screen->canvas, &area, ROLE_BODY);
    int shown = MIN((int)lines->len, rows);
    for (int i = 0; i < shown; i++) {
        bool cut = i == shown - 1 && (int)lines->len > shown;
        g_autofree char *line = g_strconcat(g_ptr_array_index(lines, i), cut ? "…" : "", NULL);
        paint_text(screen->canvas, last - shown + 1 + i, frame->left, cols, role, line);
    }
    if (counting)
        paint_aligned(screen->canvas, last, frame->left + frame->cols - side, side, ROLE_WARN, ALIGN_RIGHT, counting);
    screen->frame.whole = is_cut(screen);
    frame_draw_marks(screen);
}

void frame_follow_field(struct screen *screen)
{
    if ((screen->frame.whole || is_cut(screen)) && !screen->bar.drawn)
        frame_draw_message(screen);
}

void frame_draw(struct screen *screen)
{
    const struct frame *frame = &screen->frame;
    draw_bar(screen);
    draw_chapters(screen);
    paint_text(screen->canvas, frame->title_y, frame->left, frame->cols, ROLE_TITLE,
               screen->page->title ? screen->page->title : "");
    draw_side(screen);
    frame_draw_message(screen);
}

void frame_draw_too_small(struct screen *screen)
{
    struct canvas *canvas = screen->canvas;
    g_autofree char *cols = g_strdup_printf("%d", FRAME_COLS_MIN);
    g_autofree char *rows = g_strdup_printf("%d", FRAME_ROWS_MIN);
    g_autofree char *text = frame_fill(screen->labels->too_small, "cols", cols, "rows", rows, NULL);
    g_autoptr(GPtrArray) lines = text_wrap(text, MAX(2, canvas->cols - 2));
    int y = MAX(0, (canvas->rows - (int)lines->len) / 2);
    for (guint i = 0; i < lines->len; i++)
        paint_aligned(canvas, y + (int)i, 0, canvas->cols, ROLE_STRONG, ALIGN_CENTRE, g_ptr_array_index(lines, i));
}
