/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys and clicks do in a panel: from field to field, into a field, or up and down a text without fields. */
#include "screen/view.h"

#define LIST_MARK_COLS 4 /* for fingers */

static struct slot *slot_at(const struct panel *panel, int i)
{
    return &g_array_index(panel->slots, struct slot, i);
}

/* Number of the focused slot, or -1. */
static int current(const struct screen *screen)
{
    const struct panel *panel = &screen->panel;
    for (int i = 0; i < (int)panel->slots->len; i++)
        if (slot_at(panel, i)->field == screen->focus)
            return i;
    return -1;
}

int panel_first_field(const struct screen *screen)
{
    for (int i = 0; i < (int)screen->page->fields->len; i++)
        if (!screen_page_field(screen, i)->readonly)
            return i;
    return -1;
}

void panel_enter(struct screen *screen)
{
    screen->panel.top = 0;
    panel_focus(screen, panel_first_field(screen));
}

void panel_focus(struct screen *screen, int field)
{
    struct field *entered = screen_field(screen, field);
    screen->focus = field;
    screen->button = -1;
    screen->panel.roaming = false;
    if (entered)
        keyboard_turn_to(&screen->keyboard, entered->type);
    if (entered && !entered->secret)
        entered->cursor = entered->text->len;
}

static enum step_result go(struct screen *screen, int slot)
{
    if (slot < 0)
        return STEP_PREVIOUS;
    if (slot >= (int)screen->panel.slots->len)
        return STEP_NEXT;
    panel_focus(screen, slot_at(&screen->panel, slot)->field);
    return STEP_REDRAW;
}

void panel_advance(struct screen *screen)
{
    if (go(screen, current(screen) + 1) == STEP_NEXT && screen->frame.buttons.n > 0)
        screen->button = MAX(0, screen_primary_button(screen));
}

/* The nearest slot on another line, of the same column when there is one. */
static enum step_result go_vertically(struct screen *screen, int step)
{
    const struct panel *panel = &screen->panel;
    int from = current(screen), other = -1;
    for (int i = from + step; i >= 0 && i < (int)panel->slots->len; i += step) {
        const struct slot *slot = slot_at(panel, i);
        if (slot->line == slot_at(panel, from)->line || (other >= 0 && slot->line != slot_at(panel, other)->line))
            continue;
        if (other < 0 || slot->column == slot_at(panel, from)->column)
            other = i;
    }
    return other >= 0 ? go(screen, other) : step < 0 ? STEP_PREVIOUS : STEP_NEXT;
}

static enum step_result scroll(struct screen *screen, int lines)
{
    struct panel *panel = &screen->panel;
    int top = CLAMP(panel->top + lines, 0, MAX(0, panel->document.lines - screen->frame.body.rows));
    if (top == panel->top)
        return STEP_DONE;
    panel->top = top;
    panel->roaming = true;
    return STEP_REDRAW;
}

static enum step_result scroll_key(struct screen *screen, const struct key *key, bool has_field)
{
    int page = MAX(1, screen->frame.body.rows - 1);
    switch ((int)key->press) {
    case PRESS_PAGE_UP:
        return scroll(screen, -page);
    case PRESS_PAGE_DOWN:
        return scroll(screen, page);
    case PRESS_WHEEL_UP:
        return scroll(screen, -2);
    case PRESS_WHEEL_DOWN:
        return scroll(screen, 2);
    case PRESS_UP:
        return has_field ? STEP_IGNORED : scroll(screen, -1);
    case PRESS_DOWN:
        return has_field ? STEP_IGNORED : scroll(screen, 1);
    case PRESS_HOME:
        return has_field ? STEP_IGNORED : scroll(screen, -screen->panel.document.lines);
    case PRESS_END:
        return has_field ? STEP_IGNORED : scroll(screen, screen->panel.document.lines);
    case PRESS_TAB:
        return has_field ? STEP_IGNORED : STEP_NEXT;
    case PRESS_BACKTAB:
        return has_field ? STEP_IGNORED : STEP_PREVIOUS;
    default:
        return STEP_IGNORED;
    }
}

static enum step_result toggle(struct screen *screen, int i)
{
    struct field *field = screen_field(screen, i);
    field_set(field, field_is_empty(field) ? "1" : "");
    screen_edited(screen, i);
    return STEP_REDRAW;
}

static enum step_result open_list(struct screen *screen, gunichar typed)
{
    overlay_open_pick(screen, typed);
    return STEP_REDRAW;
}

static enum step_result into_field(struct screen *screen, const struct key *key)
{
    struct field *field = screen_field(screen, screen->focus);
    enum edit edit = field_key(field, key);
    if (edit == EDIT_CHANGED)
        screen_edited(screen, screen->focus);
    if (edit == EDIT_FULL)
        screen_notice_full(screen, field);
    if (edit != EDIT_CHANGED && edit != EDIT_MOVED)
        return edit == EDIT_FULL ? STEP_DONE : STEP_IGNORED;
    return panel_paint_focus(screen) ? STEP_DONE : STEP_REDRAW;
}

static enum step_result into_code(struct screen *screen, const struct key *key)
{
    struct field *field = screen_field(screen, screen->focus);
    bool erase = key->press == PRESS_BACKSPACE || key->press == PRESS_DELETE || key->press == PRESS_CLEAR;
    if (key->press == PRESS_CHAR)
        return open_list(screen, key->c == ' ' ? 0 : key->c);
    if (!erase || field_is_empty(field))
        return STEP_IGNORED;
    field_set(field, "");
    screen_edited(screen, screen->focus);
    return STEP_REDRAW;
}

static enum step_result by_type(struct screen *screen, const struct key *key)
{
    switch (screen_page_field(screen, screen->focus)->type) {
    case FIELD_CODE:
        return into_code(screen, key);
    case FIELD_CHECK:
        return key->press == PRESS_CHAR && key->c == ' ' ? toggle(screen, screen->focus) : STEP_IGNORED;
    default:
        return into_field(screen, key);
    }
}

/* A field that must be filled in and is empty: there is nothing else that Enter could mean. */
static enum step_result enter(struct screen *screen, int slot)
{
    const struct page_field *field = screen_page_field(screen, screen->focus);
    bool wanted = field->required && field_is_empty(screen_field(screen, screen->focus));
    if (picker_serves(field) && (field->type == FIELD_CODE || wanted))
        return open_list(screen, 0);
    return slot == (int)screen->panel.slots->len - 1 ? STEP_PRIMARY : go(screen, slot + 1);
}

static enum step_result field_page_key(struct screen *screen, const struct key *key)
{
    int slot = current(screen);
    enum step_result result = by_type(screen, key);
    if (result != STEP_IGNORED)
        return result;
    bool table = slot_at(&screen->panel, slot)->label_cols == 0;
    switch ((int)key->press) {
    case PRESS_TAB:
        return go(screen, slot + 1);
    case PRESS_BACKTAB:
        return go(screen, slot - 1);
    case PRESS_ENTER:
        return enter(screen, slot);
    case PRESS_UP:
        return go_vertically(screen, -1);
    case PRESS_DOWN:
        return go_vertically(screen, 1);
    case PRESS_LEFT:
        return table && slot > 0 ? go(screen, slot - 1) : STEP_IGNORED;
    case PRESS_RIGHT:
        return table && slot < (int)screen->panel.slots->len - 1 ? go(screen, slot + 1) : STEP_IGNORED;
    default:
        return STEP_IGNORED;
    }
}

/* On the mark of its list. What stands empty is picked sooner than typed. */
static bool on_list_mark(const struct screen *screen, const struct slot *slot, int x)
{
    const struct page_field *field = screen_page_field(screen, slot->field);
    bool empty = field->type == FIELD_REGION && field_is_empty(screen_field(screen, slot->field));
    int mark = screen->touch ? LIST_MARK_COLS : 2;
    return picker_serves(field) && (field->type == FIELD_CODE || empty || x >= slot->x + slot->cols - mark);
}

/* Where people tap, the lines above and below belong to the field. */
static bool is_on(const struct screen *screen, const struct slot *slot, int y, int x)
{
    int near = screen->touch ? 1 : 0, from = slot->label_cols ? slot->label_x : slot->x;
    return ABS(slot->line - y) <= near && x >= from && x < slot->x + slot->cols;
}

static enum step_result click(struct screen *screen, const struct key *key)
{
    int y = key->y - screen->frame.body.y + screen->panel.top, x = key->x - screen->frame.body.x;
    if (!rect_has(&screen->frame.body, key->y, key->x))
        return STEP_IGNORED;
    for (guint i = 0; i < screen->panel.slots->len; i++) {
        const struct slot *slot = slot_at(&screen->panel, (int)i);
        if (!is_on(screen, slot, y, x))
            continue;
        if (slot->field != screen->focus)
            screen_field(screen, slot->field)->first = 0; /* that is how it stands there */
        panel_focus(screen, slot->field);
        screen->keyboard.hidden = false;
        enum field_type type = screen_page_field(screen, slot->field)->type;
        if (type == FIELD_CHECK)
            return toggle(screen, slot->field);
        if (on_list_mark(screen, slot, x))
            return open_list(screen, 0);
        if (x >= slot->x) /* on the label: behind what is there */
            field_click(screen_field(screen, slot->field), x - slot->x);
        return STEP_REDRAW;
    }
    return STEP_IGNORED;
}

enum step_result panel_key(struct screen *screen, const struct key *key)
{
    bool has_field = current(screen) >= 0;
    if (key->press == PRESS_CLICK)
        return click(screen, key);
    enum step_result result = scroll_key(screen, key, has_field);
    if (result != STEP_IGNORED || !has_field)
        return result;
    bool roamed = screen->panel.roaming;
    screen->panel.roaming = false;
    result = field_page_key(screen, key);
    return roamed && (result == STEP_DONE || result == STEP_IGNORED) ? STEP_REDRAW : result;
}
