/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bar:
 *
 *      山西省taiyuan                  空格选定 …     what is picked, the letters with the cursor, the keys
 *      1 太原  2 太远  3 台  …               ‹ ›     candidates; where people tap each is a box three rows high
 */
#include <string.h>

#include "base/text.h"
#include "screen/view.h"

#define NUMBER_COLS 4 /* of a candidate besides its text: " 1 " and a blank, or box and number */
#define CELL_COLS   7 /* least where people tap */
#define ARROW_COLS  3
#define ARROW_TAP   5
#define ARROW_BACK  "‹"
#define ARROW_ON    "›"
#define HINT_GAP    2

static const struct pinyin_candidate *candidate_at(const struct pinyin_view *view, int i)
{
    return i < (int)view->candidates->len ? g_ptr_array_index(view->candidates, i) : NULL;
}

static void place(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    const struct frame *frame = &screen->frame;
    int rows = screen->touch ? 1 + BUTTON_TOUCH_ROWS : 2, end = frame->keys_y - frame->keyboard_rows;
    int below = bar->anchor_y + 1, above = bar->anchor_y - rows;
    int y = below + rows <= end ? below : above >= 0 ? above : end - rows;
    bar->area = (struct rect){y, frame->body.x, rows, frame->body.cols};
}

/* ---------------------------------------------------------------- letters */

/* The text from where on the cursor, one column wide, is inside. */
static const char *in_sight(const char *text, const char *cursor, int cols)
{
    for (; text < cursor; text = text_next(text)) {
        g_autofree char *head = g_strndup(text, (gsize)(cursor - text));
        if (text_cols(head) < cols)
            break;
    }
    return text;
}

static void paint_letters(struct screen *screen, const struct pinyin_view *view)
{
    const struct rect *area = &screen->bar.area;
    const char *hint = screen->labels->pinyin_keys;
    g_autofree char *line = g_strconcat(view->picked, view->letters, NULL);
    int side = text_cols(hint) + HINT_GAP, cols = area->cols - 1;
    if (screen->touch || text_cols(line) + 1 > cols - side) /* a long sentence needs the room more */
        side = 0;
    cols -= side;
    const char *cursor = line + strlen(view->picked) + view->cursor;
    const char *from = in_sight(line, cursor, cols);
    g_autofree char *head = g_strndup(from, (gsize)(cursor - from));
    paint_text(screen->canvas, area->y, area->x, 1, ROLE_FIELD_FOCUS, " ");
    paint_clipped(screen->canvas, area->y, area->x + 1, cols, ROLE_FIELD_FOCUS, from);
    paint_aligned(screen->canvas, area->y, area->x + 1 + cols, side, ROLE_FIELD_HINT_FOCUS, ALIGN_RIGHT,
                  side ? hint : "");
    paint_cursor(screen->canvas, area->y, area->x + 1 + text_cols(head));
    explicit_bzero(line, strlen(line));
    explicit_bzero(head, strlen(head));
}

/* ---------------------------------------------------------------- candidates */

static void paint_cell(struct screen *screen, int i, const char *text)
{
    const struct rect *cell = &screen->bar.cells[i];
    enum role role = i == 0 ? ROLE_KEY_PRIMARY : ROLE_KEY_LABEL;
    g_autofree char *numbered = g_strdup_printf("%d %s", i + 1, text);
    if (cell->rows > 1) {
        paint_box(screen->canvas, cell, role, NULL);
        paint_text(screen->canvas, cell->y + 1, cell->x + 1, cell->cols - 2, role, numbered);
    } else {
        paint_text(screen->canvas, cell->y, cell->x, 1, role, " ");
        paint_text(screen->canvas, cell->y, cell->x + 1, cell->cols - 1, role, numbered);
    }
}

static void paint_arrow(struct screen *screen, struct rect *ret, int x, const char *arrow, bool used)
{
    const struct rect *area = &screen->bar.area;
    int cols = screen->touch ? ARROW_TAP : ARROW_COLS;
    *ret = (struct rect){area->y + 1, x, area->rows - 1, cols};
    if (screen->touch && used)
        paint_box(screen->canvas, ret, ROLE_KEY_LABEL, NULL);
    paint_aligned(screen->canvas, area->y + area->rows / 2, x + 1, cols - 2, ROLE_KEY_LABEL, ALIGN_CENTRE,
                  used ? arrow : "");
}

/* As many as there is room for, one at least; the rest comes by turning. */
static void paint_candidates(struct screen *screen, const struct pinyin_view *view)
{
    struct pinyin_bar *bar = &screen->bar;
    int arrows = 2 * (screen->touch ? ARROW_TAP : ARROW_COLS), room = bar->area.cols - arrows, used = 0;
    const struct pinyin_candidate *candidate;
    for (bar->shown = 0; (candidate = candidate_at(view, bar->first + bar->shown)); bar->shown++) {
        int cols = MAX(text_cols(candidate->text) + NUMBER_COLS, screen->touch ? CELL_COLS : 0);
        if (bar->shown == PINYIN_BAR_CANDIDATES || (used + cols > room && bar->shown > 0))
            break;
        cols = MIN(cols, room);
        bar->cells[bar->shown] = (struct rect){bar->area.y + 1, bar->area.x + used, bar->area.rows - 1, cols};
        paint_cell(screen, bar->shown, candidate->text);
        used += cols;
    }
    bool more = bar->first + bar->shown < (int)view->candidates->len || view->has_next;
    int x = bar->area.x + room;
    paint_arrow(screen, &bar->previous, x, ARROW_BACK, bar->first > 0 || view->has_previous);
    paint_arrow(screen, &bar->next, x + arrows / 2, ARROW_ON, more);
}

static void paint_why_none(struct screen *screen, const struct pinyin_view *view)
{
    const struct rect *area = &screen->bar.area;
    bool none = view->fresh && view->letters[0];
    screen->bar.shown = 0;
    screen->bar.previous = screen->bar.next = (struct rect){0};
    paint_text(screen->canvas, area->y + area->rows / 2, area->x + 1, area->cols - 1, ROLE_KEYS,
               none ? screen->labels->pinyin_none : "");
}

void pinyin_bar_paint(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    struct pinyin_view view = pinyin_view(bar->pinyin);
    place(screen);
    struct rect below = {bar->area.y + 1, bar->area.x, bar->area.rows - 1, bar->area.cols};
    paint_fill(screen->canvas, &below, ROLE_KEYS);
    if (view.candidates->len > 0)
        paint_candidates(screen, &view);
    else
        paint_why_none(screen, &view);
    paint_letters(screen, &view);
    bar->drawn = true;
}

/* ---------------------------------------------------------------- the mark */

/* At the right end of the title: which language, and the key for the other; or that there is no pinyin now. */
void pinyin_bar_paint_mark(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    const struct frame *frame = &screen->frame;
    const struct screen_labels *labels = screen->labels;
    bool missing = pinyin_view(bar->pinyin).state == PINYIN_UNAVAILABLE;
    bool taken = buttons_of(screen, key_word(PRESS_F1 + 1)) >= 0;
    const char *hint = missing         ? labels->pinyin_unavailable
                       : screen->touch ? labels->pinyin_switch_touch
                       : taken         ? labels->pinyin_switch_ctrl
                                       : labels->pinyin_switch;
    g_autofree char *state =
        g_strdup_printf(" %s ", bar->english || missing ? labels->pinyin_english : labels->pinyin_chinese);
    int state_cols = text_cols(state), hint_cols = text_cols(hint), cols = state_cols + 1 + hint_cols;
    int x = frame->left + frame->cols - cols;
    bar->mark = (struct rect){frame->title_y, x, 1, cols};
    paint_text(screen->canvas, frame->title_y, x, state_cols, ROLE_KEY_PRIMARY, state);
    paint_text(screen->canvas, frame->title_y, x + state_cols, hint_cols + 1, ROLE_BODY, "");
    paint_text(screen->canvas, frame->title_y, x + state_cols + 1, hint_cols, missing ? ROLE_WARN : ROLE_MARK, hint);
}
