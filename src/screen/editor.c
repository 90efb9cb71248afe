/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/editor.h"

#include <string.h>

#include "base/text.h"

#define WHEEL_LINES 2

void editor_init(struct editor *editor)
{
    *editor = (struct editor){.starts = g_array_new(FALSE, FALSE, sizeof(gsize)), .wish_x = -1};
    gsize first = 0;
    g_array_append_val(editor->starts, first);
}

void editor_clear(struct editor *editor)
{
    g_clear_pointer(&editor->starts, g_array_unref);
}

static gsize start_of(const struct editor *editor, int line)
{
    return g_array_index(editor->starts, gsize, line);
}

/* Where the line's text ends, without its "\n". */
static gsize end_of(const struct editor *editor, const struct field *field, int line)
{
    if (line + 1 >= (int)editor->starts->len)
        return field->text->len;
    gsize end = start_of(editor, line + 1);
    return end > 0 && field->text->str[end - 1] == '\n' ? end - 1 : end;
}

static int line_of(const struct editor *editor, gsize byte)
{
    int line = (int)editor->starts->len - 1;
    while (line > 0 && start_of(editor, line) > byte)
        line--;
    return line;
}

static bool hangs(gunichar c)
{
    return c < 0x10000 && g_utf8_strchr("，。、；：？！）》」』】”’,.;:?!)", -1, c) != NULL;
}

static bool opens(gunichar c)
{
    return c < 0x10000 && g_utf8_strchr("（《「『【“‘(", -1, c) != NULL;
}

static bool may_break(const char *at)
{
    return !hangs(g_utf8_get_char(at)) && !opens(g_utf8_get_char(g_utf8_prev_char(at)));
}

/* The last place at or before `at` where no closing mark begins a line and no opening one ends it. */
static const char *break_before(const char *start, const char *at)
{
    const char *before = at;
    while (before > start && !may_break(before))
        before = g_utf8_prev_char(before);
    return before > start ? before : at;
}

static void find_lines(struct editor *editor, const char *text, int cols)
{
    gsize start = 0;
    int used = 0;
    g_array_set_size(editor->starts, 0);
    g_array_append_val(editor->starts, start);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        int wide = MAX(0, text_char_cols(c));
        if (c != '\n' && used + wide > cols && !(hangs(c) && used <= cols)) {
            at = break_before(text + start, at);
            start = (gsize)(at - text);
            g_array_append_val(editor->starts, start);
            used = 0;
            wide = MAX(0, text_char_cols(g_utf8_get_char(at)));
        }
        used += wide;
        if (c == '\n') {
            start = (gsize)(at + 1 - text);
            g_array_append_val(editor->starts, start);
            used = 0;
        }
    }
}

void editor_layout(struct editor *editor, const struct field *field, const struct rect *area)
{
    editor->area = *area;
    find_lines(editor, field->text->str, MAX(2, area->cols - EDITOR_HANG));
    int line = line_of(editor, field->cursor);
    editor->top = CLAMP(editor->top, line - area->rows + 1, line);
    editor->top = CLAMP(editor->top, 0, MAX(0, (int)editor->starts->len - area->rows));
}

static int column_of(const struct editor *editor, const struct field *field, int line)
{
    int cols = 0;
    for (const char *at = field->text->str + start_of(editor, line); at < field->text->str + field->cursor;
         at = g_utf8_next_char(at))
        cols += MAX(0, text_char_cols(g_utf8_get_char(at)));
    return cols;
}

void editor_paint(const struct editor *editor, struct canvas *canvas, const struct field *field, bool focused)
{
    const struct rect *area = &editor->area;
    for (int row = 0; row < area->rows; row++) {
        int line = editor->top + row;
        g_autofree char *text = NULL;
        if (line < (int)editor->starts->len) {
            gsize from = start_of(editor, line);
            text = g_strndup(field->text->str + from, end_of(editor, field, line) - from);
        }
        paint_clipped(canvas, area->y + row, area->x, area->cols, ROLE_BODY, text ? text : "");
    }
    if (!focused)
        return;
    int line = line_of(editor, field->cursor);
    paint_cursor(canvas, area->y + line - editor->top, area->x + MIN(column_of(editor, field, line), area->cols - 1));
}

static gsize at_column(const struct editor *editor, const struct field *field, int line, int x)
{
    gsize from = start_of(editor, line), end = end_of(editor, field, line);
    g_autofree char *text = g_strndup(field->text->str + from, end - from);
    gsize byte = from + text_head(text, MAX(0, x));
    bool soft = line + 1 < (int)editor->starts->len && start_of(editor, line + 1) == end;
    if (soft && byte == end && byte > from) /* there it would stand on the next line */
        byte = (gsize)(text_prev(field->text->str, field->text->str + byte) - field->text->str);
    return byte;
}

static enum edit go(struct editor *editor, struct field *field, int lines)
{
    int from = line_of(editor, field->cursor), to = CLAMP(from + lines, 0, (int)editor->starts->len - 1);
    if (editor->wish_x < 0)
        editor->wish_x = column_of(editor, field, from);
    if (to == from)
        return EDIT_IGNORED;
    field->cursor = at_column(editor, field, to, editor->wish_x);
    return EDIT_MOVED;
}

/* The text moves, the cursor stays on it as long as it can be seen. */
static enum edit scroll(struct editor *editor, struct field *field, int lines)
{
    int last = MAX(0, (int)editor->starts->len - editor->area.rows), from = line_of(editor, field->cursor);
    int top = CLAMP(editor->top + lines, 0, last), to = CLAMP(from, top, top + editor->area.rows - 1);
    if (top == editor->top)
        return EDIT_IGNORED;
    editor->top = top;
    if (to != from)
        (void)go(editor, field, to - from);
    return EDIT_MOVED;
}

static enum edit to_edge(struct editor *editor, struct field *field, bool end)
{
    int line = line_of(editor, field->cursor);
    field->cursor = end ? at_column(editor, field, line, editor->area.cols) : start_of(editor, line);
    return EDIT_MOVED;
}

static enum edit to_text_edge(struct field *field, bool end)
{
    field->cursor = end ? field->text->len : 0;
    return EDIT_MOVED;
}

static enum edit move_or_type(struct editor *editor, struct field *field, const struct key *key)
{
    struct key newline = {.press = PRESS_CHAR, .c = '\n'};
    editor->wish_x = -1;
    switch ((int)key->press) {
    case PRESS_HOME:
        return to_edge(editor, field, false);
    case PRESS_END:
        return to_edge(editor, field, true);
    case PRESS_FIRST:
    case PRESS_LAST:
        return to_text_edge(field, key->press == PRESS_LAST);
    case PRESS_ENTER:
        return field_key(field, &newline);
    case PRESS_CLEAR: /* one key must not throw away a page of text */
        return EDIT_IGNORED;
    default:
        return field_key(field, key);
    }
}

enum edit editor_key(struct editor *editor, struct field *field, const struct key *key)
{
    switch ((int)key->press) {
    case PRESS_UP:
        return go(editor, field, -1);
    case PRESS_DOWN:
        return go(editor, field, 1);
    case PRESS_WHEEL_UP:
        return scroll(editor, field, -WHEEL_LINES);
    case PRESS_WHEEL_DOWN:
        return scroll(editor, field, WHEEL_LINES);
    case PRESS_DRAG_UP:
        return scroll(editor, field, 1);
    case PRESS_DRAG_DOWN:
        return scroll(editor, field, -1);
    case PRESS_PAGE_UP:
        return go(editor, field, -MAX(1, editor->area.rows - 1));
    case PRESS_PAGE_DOWN:
        return go(editor, field, MAX(1, editor->area.rows - 1));
    default:
        return move_or_type(editor, field, key);
    }
}

void editor_click(struct editor *editor, struct field *field, int y, int x)
{
    int line = CLAMP(editor->top + y - editor->area.y, 0, (int)editor->starts->len - 1);
    editor->wish_x = -1;
    field->cursor = at_column(editor, field, line, x - editor->area.x);
}
