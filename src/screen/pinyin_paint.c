/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bar:
 *
 *      山西省taiyuan                  空格选定 …     what is picked, the letters with the cursor, the keys
 *      1 太原  2 太远  3 台  …               ‹ ›     candidates; where people tap each is a box three rows high
 *
 * While a character is looked up, three rows of them:
 *
 *      笔画 一丨丿         h横 s竖 p撇 n点 z折 …     the way, what is typed, the keys
 *      1 𣏒 mù U+233D2     2 …          3 …  ‹ ›     with reading and code
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
#define LOOKUP_ROWS 3  /* of what is looked up, three a row */
#define LOOKUP_TAP  14 /* columns of one where people tap: its code stands in the edge */
#define TWO_ROWS    30 /* rows of a terminal that has room for two rows of them */

static const struct pinyin_candidate *candidate_at(const struct pinyin_view *view, int i)
{
    return i < (int)view->candidates->len ? g_ptr_array_index(view->candidates, i) : NULL;
}

int pinyin_bar_rows(const struct screen *screen)
{
    bool lookup = screen->bar.lookup.open;
    if (screen->touch)
        return 1 + BUTTON_TOUCH_ROWS * (lookup && screen->canvas->rows >= TWO_ROWS ? 2 : 1);
    return lookup ? 1 + LOOKUP_ROWS : 2;
}

static void place(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    const struct frame *frame = &screen->frame;
    int rows = pinyin_bar_rows(screen), end = frame->keys_y - frame->keyboard_rows;
    int below = bar->anchor_y + 1, above = bar->anchor_y - rows;
    int y = below + rows <= end ? below : above >= 0 ? above : end - rows;
    bar->area = (struct rect){y, frame->body.x, rows, frame->body.cols};
}

static bool has_more(const struct pinyin_bar *bar, const struct pinyin_view *view)
{
    return bar->first + bar->shown < (int)view->candidates->len || view->has_next;
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

/* The cursor stands before byte `at`. The hint gives way to what is typed. */
static void paint_line(struct screen *screen, const char *line, gsize at, const char *hint)
{
    const struct rect *area = &screen->bar.area;
    int side = text_cols(hint) + HINT_GAP;
    if (text_cols(line) + 1 > area->cols - 1 - side)
        side = 0;
    int cols = area->cols - 1 - side;
    const char *cursor = line + at;
    const char *from = in_sight(line, cursor, cols);
    g_autofree char *head = g_strndup(from, (gsize)(cursor - from));
    paint_text(screen->canvas, area->y, area->x, 1, ROLE_FIELD_FOCUS, " ");
    paint_clipped(screen->canvas, area->y, area->x + 1, cols, ROLE_FIELD_FOCUS, from);
    paint_aligned(screen->canvas, area->y, area->x + 1 + cols, side, ROLE_FIELD_HINT_FOCUS, ALIGN_RIGHT,
                  side ? hint : "");
    paint_cursor(screen->canvas, area->y, area->x + 1 + text_cols(head));
    explicit_bzero(head, strlen(head));
}

/* Behind the last candidate the way to those that are not among them. */
static const char *hint_of(const struct screen *screen, const struct pinyin_view *view)
{
    const struct screen_labels *labels = screen->labels;
    bool last = view->fresh && view->letters[0] && !has_more(&screen->bar, view);
    if (screen->touch)
        return last ? labels->rare_last_tap : "";
    return last ? labels->rare_last : labels->pinyin_keys;
}

static void paint_letters(struct screen *screen, const struct pinyin_view *view)
{
    g_autofree char *line = g_strconcat(view->picked, view->letters, NULL);
    paint_line(screen, line, strlen(view->picked) + (gsize)view->cursor, hint_of(screen, view));
    explicit_bzero(line, strlen(line));
}

/* ---------------------------------------------------------------- candidates */

/* The first character of a text that the terminal's font may not have; 0 = none. */
static gunichar rare_in(const char *text)
{
    for (; *text; text = g_utf8_next_char(text))
        if (rare_needs_code(g_utf8_get_char(text)))
            return g_utf8_get_char(text);
    return 0;
}

/* A candidate as it is shown. */
static char *with_code(const char *text)
{
    char code[RARE_CODE_BYTES];
    gunichar rare = rare_in(text);
    return rare ? g_strdup_printf("%s %s", text, rare_code(rare, code)) : g_strdup(text);
}

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

static void paint_arrows(struct screen *screen, bool back, bool on)
{
    struct pinyin_bar *bar = &screen->bar;
    int cols = screen->touch ? ARROW_TAP : ARROW_COLS, x = bar->area.x + bar->area.cols - 2 * cols;
    paint_arrow(screen, &bar->previous, x, ARROW_BACK, back);
    paint_arrow(screen, &bar->next, x + cols, ARROW_ON, on);
}

/* As many as there is room for, one at least; the rest comes by turning. */
static void paint_candidates(struct screen *screen, const struct pinyin_view *view)
{
    struct pinyin_bar *bar = &screen->bar;
    int room = bar->area.cols - 2 * (screen->touch ? ARROW_TAP : ARROW_COLS), used = 0;
    const struct pinyin_candidate *candidate;
    for (bar->shown = 0; (candidate = candidate_at(view, bar->first + bar->shown)); bar->shown++) {
        g_autofree char *text = with_code(candidate->text);
        int cols = MAX(text_cols(text) + NUMBER_COLS, screen->touch ? CELL_COLS : 0);
        if (bar->shown == PINYIN_BAR_CANDIDATES || (used + cols > room && bar->shown > 0))
            break;
        cols = MIN(cols, room);
        bar->cells[bar->shown] = (struct rect){bar->area.y + 1, bar->area.x + used, bar->area.rows - 1, cols};
        paint_cell(screen, bar->shown, text);
        used += cols;
    }
    paint_arrows(screen, bar->first > 0 || view->has_previous, has_more(bar, view));
}

/* Instead of candidates. */
static void paint_why_none(struct screen *screen, const char *why)
{
    const struct rect *area = &screen->bar.area;
    screen->bar.shown = 0;
    screen->bar.previous = screen->bar.next = (struct rect){0};
    paint_text(screen->canvas, area->y + area->rows / 2, area->x + 1, area->cols - 1, ROLE_KEYS, why);
}

static void paint_composition(struct screen *screen)
{
    struct pinyin_view view = pinyin_view(screen->bar.pinyin);
    if (view.candidates->len > 0)
        paint_candidates(screen, &view);
    else
        paint_why_none(screen, view.fresh && view.letters[0] ? screen->labels->pinyin_none : "");
    paint_letters(screen, &view);
}

/* ---------------------------------------------------------------- what is looked up */

static const struct {
    size_t name, keys, ask; /* in struct screen_labels */
} ways[] = {
#define WAY(way)                                                                                                       \
    {                                                                                                                  \
        offsetof(struct screen_labels, rare_by_##way), offsetof(struct screen_labels, rare_keys_##way),                \
            offsetof(struct screen_labels, rare_ask_##way)                                                             \
    }
    [LOOKUP_PINYIN] = WAY(pinyin),
    [LOOKUP_STROKES] = WAY(strokes),
    [LOOKUP_CODE] = WAY(code),
};

static const char *way_label(const struct screen *screen, size_t label)
{
    return G_STRUCT_MEMBER(char *, screen->labels, label);
}

/* Strokes as they are drawn, a code in capitals. */
static char *typed_text(const struct screen *screen)
{
    const struct lookup *lookup = &screen->bar.lookup;
    if (lookup->way == LOOKUP_PINYIN)
        return g_strdup(lookup->typed);
    if (lookup->way == LOOKUP_CODE)
        return g_ascii_strup(lookup->typed, -1);
    GString *drawn = g_string_new(NULL);
    for (const char *at = lookup_strokes(lookup); *at; at++)
        g_string_append_unichar(
            drawn, g_utf8_get_char(g_ptr_array_index(screen->labels->strokes, strchr("hspnz", *at) - "hspnz")));
    return g_string_free(drawn, FALSE);
}

/* Where the i-th stands, row by row. */
static struct rect lookup_cell(const struct screen *screen, int columns, int i)
{
    const struct rect *area = &screen->bar.area;
    int room = area->cols - 2 * (screen->touch ? ARROW_TAP : ARROW_COLS), rows = screen->touch ? BUTTON_TOUCH_ROWS : 1;
    int from = room * (i % columns) / columns, to = room * (i % columns + 1) / columns;
    return (struct rect){area->y + 1 + i / columns * rows, area->x + from, rows, to - from};
}

static void paint_found(struct screen *screen, int i, const struct rare_char *found)
{
    const struct rect *cell = &screen->bar.cells[i];
    char hanzi[7] = "", code[RARE_CODE_BYTES];
    bool coded = screen->bar.lookup.way != LOOKUP_PINYIN || rare_needs_code(found->c);
    bool edge = coded && cell->rows > 1;
    (void)g_unichar_to_utf8(found->c, hanzi);
    (void)rare_code(found->c, code);
    g_autofree char *text = g_strdup_printf("%s%s%s%s%s", hanzi, *found->reading ? " " : "", found->reading,
                                            coded && !edge ? " " : "", coded && !edge ? code : "");
    paint_cell(screen, i, text);
    if (edge)
        paint_text(screen->canvas, cell->y, cell->x + 2, MIN((int)strlen(code), cell->cols - 4), ROLE_BOX_TITLE, code);
}

static void paint_lookup(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    struct lookup *lookup = &bar->lookup;
    int columns = screen->touch ? MIN(bar->area.cols / LOOKUP_TAP, LOOKUP_PAGE_MAX) : LOOKUP_PAGE_MAX / LOOKUP_ROWS;
    lookup_set_page(lookup, columns * (bar->area.rows / (screen->touch ? BUTTON_TOUCH_ROWS : 1)));
    if (lookup->total == 0) {
        bool in_vain = lookup->way != LOOKUP_CODE && lookup->typed[0];
        paint_why_none(screen, in_vain ? screen->labels->rare_none : way_label(screen, ways[lookup->way].ask));
        return;
    }
    for (bar->shown = 0; lookup_at(lookup, bar->shown); bar->shown++) {
        bar->cells[bar->shown] = lookup_cell(screen, columns, bar->shown);
        paint_found(screen, bar->shown, lookup_at(lookup, bar->shown));
    }
    paint_arrows(screen, lookup->from > 0, lookup_has_next(lookup));
}

static void paint_lookup_line(struct screen *screen)
{
    const struct lookup *lookup = &screen->bar.lookup;
    const char *hint = screen->touch ? "" : way_label(screen, ways[lookup->way].keys);
    g_autofree char *typed = typed_text(screen);
    g_autofree char *line = g_strconcat(way_label(screen, ways[lookup->way].name), " ", typed, NULL);
    paint_line(screen, line, strlen(line), hint);
    explicit_bzero(typed, strlen(typed));
    explicit_bzero(line, strlen(line));
}

void pinyin_bar_paint(struct screen *screen)
{
    struct pinyin_bar *bar = &screen->bar;
    place(screen);
    struct rect below = {bar->area.y + 1, bar->area.x, bar->area.rows - 1, bar->area.cols};
    paint_fill(screen->canvas, &below, ROLE_KEYS);
    if (bar->lookup.open) {
        paint_lookup(screen);
        paint_lookup_line(screen);
    } else {
        paint_composition(screen);
    }
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
    int rare_cols = text_cols(labels->rare_switch), x = frame->left + frame->cols - cols - HINT_GAP - rare_cols;
    bar->mark = (struct rect){frame->title_y, x, 1, cols};
    bar->rare = (struct rect){frame->title_y, x + cols + HINT_GAP, 1, rare_cols};
    paint_text(screen->canvas, bar->rare.y, bar->rare.x - HINT_GAP, HINT_GAP, ROLE_BODY, "");
    paint_text(screen->canvas, bar->rare.y, bar->rare.x, rare_cols, ROLE_MARK, labels->rare_switch);
    paint_text(screen->canvas, frame->title_y, x, state_cols, ROLE_KEY_PRIMARY, state);
    paint_text(screen->canvas, frame->title_y, x + state_cols, hint_cols + 1, ROLE_BODY, "");
    paint_text(screen->canvas, frame->title_y, x + state_cols + 1, hint_cols, missing ? ROLE_WARN : ROLE_MARK, hint);
}
