/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "eye.h"

#include <vterm.h>

struct eye {
    struct glass *glass;
    VTerm *vt;
    VTermScreen *screen;
    gsize taken; /* bytes of the glass's output */
    bool visible;
    int rows, cols;
};

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct eye *eye = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        eye->visible = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

struct eye *eye_new(struct glass *glass, int rows, int cols)
{
    struct eye *eye = g_new0(struct eye, 1);
    *eye = (struct eye){.glass = glass, .vt = vterm_new(rows, cols), .rows = rows, .cols = cols, .visible = true};
    vterm_set_utf8(eye->vt, 1);
    eye->screen = vterm_obtain_screen(eye->vt);
    vterm_screen_enable_altscreen(eye->screen, 1);
    vterm_screen_set_callbacks(eye->screen, &callbacks, eye);
    vterm_screen_reset(eye->screen, 1);
    return eye;
}

void eye_free(struct eye *eye)
{
    vterm_free(eye->vt);
    g_free(eye);
}

static void take(struct eye *eye)
{
    gsize n;
    glass_settle(eye->glass);
    const char *bytes = glass_output(eye->glass, &n);
    vterm_input_write(eye->vt, bytes + eye->taken, n - eye->taken);
    vterm_screen_flush_damage(eye->screen);
    eye->taken = n;
}

/* What was sent for the old size goes in at the old size. */
void eye_resize(struct eye *eye, int rows, int cols)
{
    take(eye);
    vterm_set_size(eye->vt, rows, cols);
    eye->rows = rows;
    eye->cols = cols;
    glass_resize(eye->glass, rows, cols);
}

static int colour_of(const VTermColor *colour)
{
    bool own = VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour);
    return own ? -1 : VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : 256;
}

/* Colours of its own, reversed, are another ground than they are not: -2 on -2. */
static struct eye_style style_of(const VTermScreenCell *cell)
{
    int ink = colour_of(&cell->fg), ground = colour_of(&cell->bg);
    bool reversed = cell->attrs.reverse, own = ink < 0 && ground < 0;
    return (struct eye_style){.ink = !reversed ? ink
                                     : own     ? -2
                                               : ground,
                              .ground = !reversed ? ground
                                        : own     ? -2
                                                  : ink,
                              .bold = cell->attrs.bold,
                              .underlined = cell->attrs.underline != VTERM_UNDERLINE_OFF};
}

/* After half of a wide character was overwritten libvterm leaves an orphan: terminals show a blank there. */
static gunichar char_of(const VTermScreenCell *cell, bool after_wide)
{
    if (cell->chars[0] == (uint32_t)-1)
        return after_wide ? 0 : ' ';
    return cell->chars[0] ? cell->chars[0] : ' ';
}

/* The right half of a wide character looks as its left one. */
static void look_at_row(const struct eye *eye, struct eye_view *view, int row)
{
    struct eye_cell *cells = &view->cells[row * view->cols];
    bool wide = false;
    for (int col = 0; col < view->cols; col++) {
        VTermScreenCell cell;
        (void)vterm_screen_get_cell(eye->screen, (VTermPos){.row = row, .col = col}, &cell);
        gunichar c = char_of(&cell, wide);
        cells[col] = (struct eye_cell){c, c ? style_of(&cell) : cells[col - 1].style};
        wide = cell.width == 2;
    }
}

struct eye_view *eye_look(struct eye *eye)
{
    take(eye);
    struct eye_view *view = g_malloc0(sizeof *view + sizeof *view->cells * (gsize)(eye->rows * eye->cols));
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(eye->vt), &at);
    view->rows = eye->rows;
    view->cols = eye->cols;
    view->cursor_y = eye->visible ? at.row : -1;
    view->cursor_x = eye->visible ? at.col : -1;
    for (int row = 0; row < view->rows; row++)
        look_at_row(eye, view, row);
    return view;
}

const struct eye_cell *eye_cell(const struct eye_view *view, int row, int col)
{
    return &view->cells[row * view->cols + col];
}

bool eye_same_style(const struct eye_style *a, const struct eye_style *b)
{
    return a->ink == b->ink && a->ground == b->ground && a->bold == b->bold && a->underlined == b->underlined;
}
