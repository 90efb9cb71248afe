/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/field_paint.h"

#include <string.h>

#include "base/text.h"
#include "screen/frame.h"

#define DATE_COLS     14
#define PICK_MARK     "▾" /* there is a list */
#define PICK_COLS     2   /* the mark and a blank */
#define TICK_ON       "[✓]"
#define TICK_OFF      "[ ]"
#define TICK_COLS     4
#define PASSWORD_COLS 20

static int widest_option(const struct page_field *page_field)
{
    int widest = 6;
    for (guint i = 0; page_field->options && i < page_field->options->len; i++) {
        const struct page_choice *option = g_ptr_array_index(page_field->options, i);
        widest = MAX(widest, text_cols(option->label));
    }
    return widest;
}

static bool is_text(enum field_type type)
{
    return type == FIELD_TEXT || type == FIELD_REGION;
}

/* What the type needs at least; a wish smaller than that would cut what is chosen. */
static int needed_cols(const struct page_field *page_field, const struct screen_labels *labels)
{
    switch (page_field->type) {
    case FIELD_DATE:
        return DATE_COLS + 1; /* the cursor stands behind the last digit */
    case FIELD_CODE:
        return widest_option(page_field) + PICK_COLS;
    case FIELD_CHECK:
        return TICK_COLS + text_cols(page_field->label);
    case FIELD_PASSWORD:
        return MAX(text_cols(labels->password_hidden), PASSWORD_COLS);
    case FIELD_NUMBER:
        return page_field->max_chars > 0 ? page_field->max_chars + 1 : 20;
    default:
        return page_field->max_chars > 0 ? page_field->max_chars * 2 + 1 : FIELD_CHARS_MAX;
    }
}

int field_cols(const struct page_field *page_field, const struct screen_labels *labels, int room)
{
    bool may_scroll = is_text(page_field->type) || page_field->type == FIELD_NUMBER;
    int cols = needed_cols(page_field, labels);
    if (page_field->width_cols > 0 && page_field->type != FIELD_CHECK)
        cols = may_scroll ? page_field->width_cols : MAX(cols, page_field->width_cols);
    return CLAMP(cols + FIELD_PADDING, 4, MAX(4, room));
}

int field_wide_cols(const struct page_field *page_field, const struct screen_labels *labels, int room, int body_cols)
{
    int cols = field_cols(page_field, labels, room);
    if (!is_text(page_field->type) || body_cols <= FRAME_BASE)
        return cols;
    int most = MIN(needed_cols(page_field, labels) + FIELD_PADDING, room);
    return CLAMP(cols * body_cols / FRAME_BASE, cols, MAX(cols, most));
}

char *field_date_text(const char *digits, char gap)
{
    char shown[9] = "";
    size_t n = strnlen(digits, 8);
    memset(shown, gap, 8);
    memcpy(shown, digits, n);
    return g_strdup_printf("%.4s年%.2s月%.2s日", shown, shown + 4, shown + 6);
}

/* Column of the n-th digit within the date as it is shown. */
static int date_col(gsize digit)
{
    return (int)digit + (digit >= 4 ? 2 : 0) + (digit >= 6 ? 2 : 0) + (digit >= 8 ? 2 : 0);
}

const struct page_choice *field_option(const struct field *field, const struct page_field *page_field)
{
    for (guint i = 0; page_field->options && i < page_field->options->len; i++) {
        const struct page_choice *option = g_ptr_array_index(page_field->options, i);
        if (strcmp(option->key, field_text(field)) == 0)
            return option;
    }
    return NULL;
}

/* Columns of a stretch of the text. */
static int stretch_cols(const struct field *field, gsize from, gsize to)
{
    int cols = 0;
    for (const char *at = field->text->str + from; at < field->text->str + to; at = g_utf8_next_char(at))
        cols += MAX(0, text_char_cols(g_utf8_get_char(at)));
    return cols;
}

/* Moves the first shown character so that the cursor, one column wide, is inside. */
static void scroll(struct field *field, int cols)
{
    field->first = MIN(field->first, field->cursor);
    while (stretch_cols(field, field->first, field->cursor) > cols - 1)
        field->first = (gsize)(text_next(field->text->str + field->first) - field->text->str);
    while (field->first > 0) { /* no room wasted at the end */
        gsize earlier = (gsize)(text_prev(field->text->str, field->text->str + field->first) - field->text->str);
        if (stretch_cols(field, earlier, field->text->len) > cols - 1)
            break;
        field->first = earlier;
    }
}

static void paint_line(struct canvas *canvas, const struct rect *area, struct field *field, enum role role,
                       bool focused)
{
    int cols = area->cols - FIELD_PADDING;
    const char *text = field->text->str;
    if (!focused) {
        paint_text(canvas, area->y, area->x + 1, cols, role, text);
        return;
    }
    scroll(field, cols);
    bool more = stretch_cols(field, field->first, field->text->len) > cols;
    paint_clipped(canvas, area->y, area->x + 1, cols, role, text + field->first);
    paint_text(canvas, area->y, area->x, 1, role, field->first > 0 ? "‹" : " ");
    if (more)
        paint_text(canvas, area->y, area->x + area->cols - 1, 1, role, "›");
    paint_cursor(canvas, area->y, area->x + 1 + stretch_cols(field, field->first, field->cursor));
}

static void paint_date(struct canvas *canvas, const struct rect *area, const struct field *field, enum role role,
                       bool focused)
{
    g_autofree char *shown = field_date_text(field->text->str, '_');
    paint_clipped(canvas, area->y, area->x + 1, area->cols - FIELD_PADDING, role, shown);
    if (focused)
        paint_cursor(canvas, area->y, area->x + 1 + MIN(date_col(field->cursor), area->cols - FIELD_PADDING));
}

static void paint_code(struct canvas *canvas, const struct rect *area, const struct field *field,
                       const struct page_field *page_field, enum role role, enum role hint)
{
    const struct page_choice *option = field_option(field, page_field);
    const char *text = option ? option->label : field_is_empty(field) ? page_field->hint : field_text(field);
    paint_text(canvas, area->y, area->x + 1, area->cols - FIELD_PADDING - PICK_COLS, option ? role : hint,
               text ? text : "");
    paint_text(canvas, area->y, area->x + area->cols - 1 - PICK_COLS, PICK_COLS + 1, hint, " " PICK_MARK);
}

static void paint_tick(struct canvas *canvas, const struct rect *area, const struct field *field,
                       const struct page_field *page_field, bool focused)
{
    enum role role = focused ? ROLE_ITEM_FOCUS : page_field->error ? ROLE_BAD : ROLE_ITEM;
    g_autofree char *text = g_strdup_printf(" %s %s ", field_is_empty(field) ? TICK_OFF : TICK_ON, page_field->label);
    paint_text(canvas, area->y, area->x, area->cols, role, text);
}

/* What is shown instead of the value; NULL = the value. */
static const char *instead(const struct field *field, const struct page_field *page_field,
                           const struct screen_labels *labels, const struct field_look *look)
{
    if (field->type == FIELD_PASSWORD && !field_is_empty(field))
        return labels->password_hidden;
    if (!field_is_empty(field) || (look->focused && field->type == FIELD_DATE))
        return NULL;
    return look->bare || !page_field->hint ? "" : page_field->hint;
}

static void paint_instead(struct canvas *canvas, const struct field_look *look, enum role role, const char *text)
{
    paint_text(canvas, look->area.y, look->area.x + 1, look->area.cols - FIELD_PADDING, role, text);
    if (look->focused)
        paint_cursor(canvas, look->area.y, look->area.x + 1);
}

void field_paint(struct canvas *canvas, const struct field_look *look, struct field *field,
                 const struct page_field *page_field, const struct screen_labels *labels)
{
    bool focused = look->focused;
    const struct rect *area = &look->area;
    enum role role = focused ? ROLE_FIELD_FOCUS : page_field->error ? ROLE_FIELD_BAD : ROLE_FIELD;
    enum role hint = focused ? ROLE_FIELD_HINT_FOCUS : ROLE_FIELD_HINT;
    const char *text = instead(field, page_field, labels, look);
    if (field->type == FIELD_CHECK) {
        paint_tick(canvas, area, field, page_field, focused);
        return;
    }
    paint_fill(canvas, area, role);
    if (field->type == FIELD_REGION || field->type == FIELD_DATE)
        paint_text(canvas, area->y, area->x + area->cols - 1, 1, hint, PICK_MARK);
    if (field->type == FIELD_CODE)
        paint_code(canvas, area, field, page_field, role, hint);
    else if (text)
        paint_instead(canvas, look, hint, text);
    else if (field->type == FIELD_DATE)
        paint_date(canvas, area, field, role, focused);
    else
        paint_line(canvas, area, field, role, focused);
}

void field_click(struct field *field, int x)
{
    int at = x - 1;
    if (field->secret || field->type == FIELD_CODE || field->type == FIELD_CHECK)
        return;
    if (field->type == FIELD_DATE) {
        field->cursor = 0;
        while (field->cursor < field->text->len && date_col(field->cursor) < at)
            field->cursor++;
        return;
    }
    const char *from = field->text->str + field->first;
    field->cursor = (gsize)(from + text_head(from, MAX(0, at)) - field->text->str);
}
