/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "screen/spelling.h"

#define FOCUS_COLS 2 /* "► " */
#define NOTE_GAP   3
#define COLUMN_GAP 2

static const struct page_choice *item_at(const GPtrArray *items, int i)
{
    return g_ptr_array_index(items, i);
}

/* With the blank behind them. */
static const int mark_cols[] = {[MARKS_NONE] = 0, [MARKS_ONE] = 2, [MARKS_MANY] = 4};

static int digits_of(int n)
{
    return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4;
}

static int widest_label(const GPtrArray *items)
{
    int widest = 0;
    for (guint i = 0; i < items->len; i++)
        widest = MAX(widest, text_cols(item_at(items, (int)i)->label));
    return widest;
}

static int widest_note(const GPtrArray *items)
{
    int widest = 0;
    for (guint i = 0; i < items->len; i++) {
        const char *note = item_at(items, (int)i)->note;
        widest = MAX(widest, note && *note ? text_cols(note) + NOTE_GAP : 0);
    }
    return widest;
}

/* Of an item's number with the blanks behind it. */
static int number_cols(const struct list *list, int n)
{
    return list->plain ? 0 : digits_of(n) + 2;
}

static int lead_cols(const struct list *list, int n, enum list_marks marks)
{
    return FOCUS_COLS + number_cols(list, n) + mark_cols[marks];
}

int list_wish_cols(const struct list *list, const GPtrArray *items, enum list_marks marks)
{
    return lead_cols(list, (int)items->len, marks) + widest_label(items) + widest_note(items) + 1;
}

void list_resize(struct list *list, const GPtrArray *items)
{
    list->n = (int)items->len;
    list->cursor = CLAMP(list->cursor, 0, MAX(0, list->n - 1));
}

static void keep_in_sight(struct list *list)
{
    int shown = list->rows * list->columns;
    if (shown <= 0)
        return;
    if (list->columns > 1) { /* page by page */
        list->top = list->cursor / shown * shown;
        return;
    }
    list->top = CLAMP(list->top, list->cursor - shown + 1, list->cursor);
    list->top = CLAMP(list->top, 0, MAX(0, list->n - shown));
}

int list_layout(struct list *list, const GPtrArray *items, const struct rect *area, enum list_marks marks,
                enum list_air air)
{
    int wish = list_wish_cols(list, items, marks);
    list_resize(list, items);
    list->area = *area;
    list->marks = marks;
    list->pitch = air == LIST_TOUCH ? LIST_TOUCH_ROWS : air == LIST_AIRY && list->n * 2 - 1 <= area->rows ? 2 : 1;
    int last = list->pitch == LIST_TOUCH_ROWS ? LIST_TOUCH_ROWS : 1; /* lines of the last item */
    list->rows = MAX(1, (area->rows + list->pitch - last) / list->pitch);
    int needed = (list->n + list->rows - 1) / list->rows;
    int fitting = MAX(1, (area->cols + COLUMN_GAP) / (wish + COLUMN_GAP));
    list->columns = CLAMP(needed, 1, fitting);
    if (list->columns > 1) /* even columns instead of a full and a short one */
        list->rows = MIN(list->rows, (list->n + list->columns - 1) / list->columns);
    list->rows = MIN(list->rows, MAX(1, list->n));
    list->column_cols = MIN(wish, (area->cols + COLUMN_GAP) / list->columns - COLUMN_GAP);
    list->number_cols = number_cols(list, list->n);
    int room = list->column_cols - lead_cols(list, list->n, marks) - 1;
    list->label_cols = MIN(widest_label(items), room);
    keep_in_sight(list);
    return list->rows * list->pitch - (list->pitch - last);
}

/* ---------------------------------------------------------------- painting */

static enum role role_of(const struct page_choice *item, bool chosen, bool focused)
{
    if (focused)
        return item->why_not ? ROLE_ITEM_OFF_FOCUS : ROLE_ITEM_FOCUS;
    return item->why_not ? ROLE_ITEM_OFF : chosen ? ROLE_ITEM_CHOSEN : ROLE_ITEM;
}

static const char *mark_of(enum list_marks marks, bool chosen)
{
    static const char *const words[][2] = {{"", ""}, {" ", "✓"}, {"[ ]", "[✓]"}};
    return words[marks][chosen];
}

static void place(const struct list *list, int i, int *ret_y, int *ret_x)
{
    int at = i - list->top;
    *ret_y = list->area.y + at % list->rows * list->pitch + (list->pitch == LIST_TOUCH_ROWS);
    *ret_x = list->area.x + at / list->rows * (list->column_cols + COLUMN_GAP);
}

static void paint_item(const struct list *list, struct canvas *canvas, const struct page_choice *item, int i,
                       const char *current, bool focused)
{
    int y, x;
    bool here = i == list->cursor;
    bool chosen = item->chosen || g_strcmp0(item->key, current) == 0;
    enum role role = role_of(item, chosen, here && focused);
    enum role note = here && focused ? role : item->why_not ? ROLE_ITEM_OFF : ROLE_ITEM_NOTE;
    place(list, i, &y, &x);
    int tall = list->pitch == LIST_TOUCH_ROWS;
    struct rect span = {y - tall, x + FOCUS_COLS - 1, 1 + 2 * tall, list->column_cols - FOCUS_COLS + 1};
    paint_text(canvas, y, x, 1, ROLE_MARK, here ? "►" : " ");
    paint_fill(canvas, &span, role);
    g_autofree char *number = g_strdup_printf("%*d", list->number_cols - 2, i + 1);
    x += FOCUS_COLS;
    paint_text(canvas, y, x, list->number_cols, note, list->plain ? "" : number);
    x += list->number_cols;
    if (list->marks != MARKS_NONE) {
        paint_text(canvas, y, x, mark_cols[list->marks] - 1, role, mark_of(list->marks, chosen));
        x += mark_cols[list->marks];
    }
    paint_text(canvas, y, x, list->label_cols, role, item->label);
    x += list->label_cols + NOTE_GAP;
    if (item->note && *item->note)
        paint_text(canvas, y, x, span.x + span.cols - 1 - x, note, item->note);
}

void list_paint(const struct list *list, struct canvas *canvas, const GPtrArray *items, const char *current,
                bool focused)
{
    int end = MIN(list->n, list->top + list->rows * list->columns);
    for (int i = list->top; i < end; i++)
        paint_item(list, canvas, item_at(items, i), i, current, focused);
}

int list_at(const struct list *list, int y, int x)
{
    int row = (y - list->area.y) / list->pitch, column = (x - list->area.x) / (list->column_cols + COLUMN_GAP);
    bool inside = y >= list->area.y && x >= list->area.x && row < list->rows && column < list->columns &&
                  (list->pitch == LIST_TOUCH_ROWS || (y - list->area.y) % list->pitch == 0);
    int i = list->top + column * list->rows + row;
    return inside && i < list->n ? i : -1;
}

bool list_more_above(const struct list *list)
{
    return list->top > 0;
}

bool list_more_below(const struct list *list)
{
    return list->top + list->rows * list->columns < list->n;
}

/* ---------------------------------------------------------------- keys */

void list_seek(struct list *list, const GPtrArray *items, const char *current)
{
    int first = -1;
    list_resize(list, items);
    list->typed[0] = '\0';
    for (int i = 0; i < list->n; i++) {
        const struct page_choice *item = item_at(items, i);
        if (item->chosen || (current && g_strcmp0(item->key, current) == 0)) {
            list->cursor = i;
            return;
        }
        if (first < 0 && !item->why_not)
            first = i;
    }
    list->cursor = MAX(0, first);
}

static enum list_result go(struct list *list, int to)
{
    list->typed[0] = '\0';
    to = CLAMP(to, 0, list->n - 1);
    if (to == list->cursor)
        return LIST_IGNORED;
    list->cursor = to;
    keep_in_sight(list);
    return LIST_MOVED;
}

/* A number picks as soon as no longer one can be meant: with 17 items "5" picks, "1" waits for the next digit. */
static enum list_result type_digit(struct list *list, char digit)
{
    gsize length = strlen(list->typed);
    if (length > 3)
        length = 0;
    list->typed[length] = digit;
    list->typed[length + 1] = '\0';
    int number = atoi(list->typed);
    if (number > list->n) { /* begin again with this digit */
        list->typed[0] = digit;
        list->typed[1] = '\0';
        number = digit - '0';
    }
    if (number < 1 || number > list->n) {
        list->typed[0] = '\0';
        return LIST_IGNORED;
    }
    list->cursor = number - 1;
    keep_in_sight(list);
    if (number * 10 <= list->n)
        return LIST_MOVED;
    list->typed[0] = '\0';
    return LIST_PICKED;
}

/* How well an item fits what was typed; the beginning of a name counts more than its inside. */
enum fit { FIT_START, FIT_TEXT_INSIDE, FIT_PINYIN_INSIDE, FIT_NONE };

static enum fit fit_of(const struct list *list, const struct page_choice *item, const char *wanted)
{
    g_autofree char *folded = g_utf8_casefold(item->label, -1);
    const char *at = strstr(folded, wanted);
    enum spelling_match match = g_str_is_ascii(wanted) ? spelling_match(item->label, wanted) : SPELLING_NOWHERE;
    bool by_key = list->plain && g_str_has_prefix(item->key, wanted); /* 07 is 7月 */
    if (at == folded || match == SPELLING_AT_START || by_key)
        return FIT_START;
    if (list->plain)
        return FIT_NONE;
    return at ? FIT_TEXT_INSIDE : match == SPELLING_INSIDE ? FIT_PINYIN_INSIDE : FIT_NONE;
}

static bool in_number(const char *typed)
{
    return g_ascii_isdigit(*typed);
}

bool list_fits(const struct list *list, const struct page_choice *item)
{
    g_autofree char *wanted = g_utf8_casefold(list->typed, -1);
    return !*wanted || (!list->plain && in_number(wanted)) || fit_of(list, item, wanted) != FIT_NONE;
}

static bool seek_text(struct list *list, const GPtrArray *items)
{
    g_autofree char *wanted = g_utf8_casefold(list->typed, -1);
    enum fit best = FIT_NONE;
    for (int i = 0; i < list->n; i++) {
        enum fit fit = fit_of(list, item_at(items, i), wanted);
        if (fit >= best)
            continue;
        best = fit;
        list->cursor = i;
    }
    keep_in_sight(list);
    return best != FIT_NONE;
}

static enum list_result type_letter(struct list *list, const GPtrArray *items, gunichar c)
{
    char utf8[7] = "";
    (void)g_unichar_to_utf8(c, utf8);
    if ((!list->plain && in_number(list->typed)) || strlen(list->typed) + strlen(utf8) >= sizeof list->typed)
        list->typed[0] = '\0';
    (void)g_strlcat(list->typed, utf8, sizeof list->typed);
    if (seek_text(list, items))
        return LIST_MOVED;
    (void)g_strlcpy(list->typed, utf8, sizeof list->typed); /* perhaps a new word begins */
    if (seek_text(list, items))
        return LIST_MOVED;
    list->typed[0] = '\0';
    return LIST_IGNORED;
}

static gunichar half_width(gunichar c)
{
    return c >= 0xFF10 && c <= 0xFF19 ? c - 0xFEE0 : c;
}

static bool takes_number(const struct list *list, gunichar c)
{
    bool in_word = list->typed[0] && !in_number(list->typed); /* a digit of a file's name */
    return c >= '0' && c <= '9' && !in_word && !list->plain;
}

static enum list_result type(struct list *list, const GPtrArray *items, gunichar c)
{
    c = half_width(c);
    if (takes_number(list, c))
        return type_digit(list, (char)c);
    if (c == ' ')
        return LIST_PICKED;
    return text_char_cols(c) > 0 ? type_letter(list, items, c) : LIST_IGNORED;
}

enum list_result list_key(struct list *list, const GPtrArray *items, const struct key *key)
{
    int page = MAX(1, list->rows * list->columns);
    if (list->n == 0)
        return LIST_IGNORED;
    switch ((int)key->press) {
    case PRESS_UP:
    case PRESS_WHEEL_UP:
        return go(list, list->cursor - 1);
    case PRESS_DOWN:
    case PRESS_WHEEL_DOWN:
        return go(list, list->cursor + 1);
    case PRESS_LEFT:
        return list->columns > 1 ? go(list, list->cursor - list->rows) : LIST_IGNORED;
    case PRESS_RIGHT:
        return list->columns > 1 ? go(list, list->cursor + list->rows) : LIST_IGNORED;
    case PRESS_PAGE_UP:
        return go(list, list->cursor - page);
    case PRESS_PAGE_DOWN:
        return go(list, list->cursor + page);
    case PRESS_HOME:
        return go(list, 0);
    case PRESS_END:
        return go(list, list->n - 1);
    case PRESS_BACKSPACE:
        list->typed[0] = '\0';
        return LIST_MOVED;
    case PRESS_CHAR:
        return type(list, items, key->c);
    default:
        return LIST_IGNORED;
    }
}
