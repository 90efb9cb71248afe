/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/key.h"

#include <stdlib.h>
#include <string.h>

enum state {
    AT_REST,
    IN_UTF8,
    AFTER_ESC,
    IN_CSI,    /* ESC [ parameters final */
    IN_SS3,    /* ESC O final */
    IN_LINUX,  /* ESC [ [ final */
    IN_STRING, /* OSC, DCS, APC, PM, SOS up to ST or BEL */
};

static const struct {
    enum press press;
    const char *name;
} names[] = {
    {PRESS_ENTER, "Enter"},         {PRESS_ESC, "Esc"},        {PRESS_TAB, "Tab"},   {PRESS_BACKTAB, "Shift-Tab"},
    {PRESS_BACKSPACE, "Backspace"}, {PRESS_DELETE, "Delete"},  {PRESS_UP, "Up"},     {PRESS_DOWN, "Down"},
    {PRESS_LEFT, "Left"},           {PRESS_RIGHT, "Right"},    {PRESS_HOME, "Home"}, {PRESS_END, "End"},
    {PRESS_PAGE_UP, "PgUp"},        {PRESS_PAGE_DOWN, "PgDn"}, {PRESS_F1, "F1"},     {PRESS_F1 + 1, "F2"},
    {PRESS_F1 + 2, "F3"},           {PRESS_F1 + 3, "F4"},      {PRESS_F1 + 4, "F5"}, {PRESS_F1 + 5, "F6"},
    {PRESS_F1 + 6, "F7"},           {PRESS_F1 + 7, "F8"},      {PRESS_F1 + 8, "F9"}, {PRESS_F1 + 9, "F10"},
    {PRESS_F1 + 10, "F11"},         {PRESS_F12, "F12"},
};

/* Finals of CSI and SS3; SS3 also carries the number block in application mode. */
static const struct {
    char final;
    enum press press;
} finals[] = {
    {'A', PRESS_UP},     {'B', PRESS_DOWN},   {'C', PRESS_RIGHT},   {'D', PRESS_LEFT},
    {'H', PRESS_HOME},   {'F', PRESS_END},    {'Z', PRESS_BACKTAB}, {'P', PRESS_F1},
    {'Q', PRESS_F1 + 1}, {'R', PRESS_F1 + 2}, {'S', PRESS_F1 + 3},  {'M', PRESS_ENTER},
};

/* CSI number ~ */
static const struct {
    int number;
    enum press press;
} numbers[] = {
    {1, PRESS_HOME},    {3, PRESS_DELETE},  {4, PRESS_END},      {5, PRESS_PAGE_UP}, {6, PRESS_PAGE_DOWN},
    {7, PRESS_HOME},    {8, PRESS_END},     {11, PRESS_F1},      {12, PRESS_F1 + 1}, {13, PRESS_F1 + 2},
    {14, PRESS_F1 + 3}, {15, PRESS_F1 + 4}, {17, PRESS_F1 + 5},  {18, PRESS_F1 + 6}, {19, PRESS_F1 + 7},
    {20, PRESS_F1 + 8}, {21, PRESS_F1 + 9}, {23, PRESS_F1 + 10}, {24, PRESS_F12},
};

enum press key_named(const char *name)
{
    for (gsize i = 0; name && i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].press;
    return PRESS_OTHER;
}

const char *key_word(enum press press)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].press == press)
            return names[i].name;
    return NULL;
}

static void rest(struct key_reader *reader)
{
    reader->state = AT_REST;
    reader->n = 0;
    reader->overlong = false;
    reader->string_escape = false;
}

static void tell(enum press press, gunichar c, key_fn fn, gpointer data)
{
    struct key key = {.press = press, .c = c};
    fn(&key, data);
}

/* A character typed or pasted. */
static void tell_char(struct key_reader *reader, gunichar c, key_fn fn, gpointer data)
{
    if (reader->paste && reader->pasted >= KEY_PASTE_CHARS) {
        reader->loss |= PASTE_CUT;
        return;
    }
    reader->pasted += reader->paste;
    tell(PRESS_CHAR, c, fn, data);
}

static void end_paste(struct key_reader *reader, key_fn fn, gpointer data)
{
    int loss = reader->loss;
    reader->paste = false;
    reader->loss = 0;
    if (loss)
        tell(PRESS_PASTED, (gunichar)loss, fn, data);
}

static enum press by_final(char final)
{
    for (gsize i = 0; i < G_N_ELEMENTS(finals); i++)
        if (finals[i].final == final)
            return finals[i].press;
    return PRESS_OTHER;
}

static enum press by_number(int number)
{
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (numbers[i].number == number)
            return numbers[i].press;
    return PRESS_OTHER;
}

static void tell_at(struct key_reader *reader, enum press press, gunichar c, key_fn fn, gpointer data)
{
    struct key key = {.press = press, .c = c, .y = reader->y, .x = reader->x};
    fn(&key, data);
}

/* Line by line what lies under the finger follows it. */
static void drag_to(struct key_reader *reader, int y, key_fn fn, gpointer data)
{
    int lines = y - reader->y;
    if (reader->drags == 0 && ABS(lines) < KEY_DRAG_LINES)
        return;
    while (reader->dragged != lines) {
        int step = lines > reader->dragged ? 1 : -1;
        reader->dragged += step;
        tell_at(reader, step > 0 ? PRESS_DRAG_DOWN : PRESS_DRAG_UP, ++reader->drags, fn, data);
    }
}

/* A tap is one when it ends, a drag while it lasts. */
static void tell_button(struct key_reader *reader, bool released, int y, int x, key_fn fn, gpointer data)
{
    bool tap = reader->down && reader->drags == 0;
    if (released && tap)
        tell_at(reader, PRESS_CLICK, 0, fn, data);
    reader->down = !released;
    reader->dragged = 0;
    reader->drags = 0;
    reader->y = y;
    reader->x = x;
}

#define MOUSE_MOTION 0x20
#define MOUSE_WITH   0x1C /* shift, alt, control */

/* CSI < button ; column ; row M (m = released) */
static void tell_mouse(struct key_reader *reader, const char *parameters, char final, key_fn fn, gpointer data)
{
    int values[3] = {0};
    const char *at = parameters;
    for (int i = 0; i < 3; i++) {
        char *end;
        values[i] = (int)strtol(at, &end, 10);
        at = *end == ';' ? end + 1 : end;
    }
    int button = values[0] & ~MOUSE_WITH, y = values[2] - 1, x = values[1] - 1;
    if (button == 0)
        tell_button(reader, final == 'm', y, x, fn, data);
    else if (button == MOUSE_MOTION && final == 'M' && reader->down)
        drag_to(reader, y, fn, data);
    else if (final == 'M' && (button == 64 || button == 65))
        fn(&(struct key){.press = button == 64 ? PRESS_WHEEL_UP : PRESS_WHEEL_DOWN, .y = y, .x = x}, data);
}

static void tell_csi(struct key_reader *reader, char final, key_fn fn, gpointer data)
{
    char parameters[KEY_SEQUENCE_MAX + 1];
    memcpy(parameters, reader->bytes, reader->n);
    parameters[reader->n] = '\0';
    if (reader->overlong)
        return tell(PRESS_OTHER, 0, fn, data);
    if (parameters[0] == '<' && (final == 'M' || final == 'm'))
        return tell_mouse(reader, parameters + 1, final, fn, data);
    int number = atoi(parameters);
    if (final == '~' && (number == 200 || number == 201)) {
        if (reader->paste && number == 201)
            end_paste(reader, fn, data);
        reader->paste = number == 200;
        reader->pasted = 0;
        return;
    }
    enum press press = final == '~' ? by_number(number) : final == 'M' ? PRESS_OTHER : by_final(final);
    const char *modifier = strchr(parameters, ';');
    if (strspn(parameters, "0123456789;") != reader->n || (modifier && strchr(modifier + 1, ';')))
        press = PRESS_OTHER;
    if (g_strcmp0(modifier, ";5") == 0 && (press == PRESS_HOME || press == PRESS_END))
        press = press == PRESS_HOME ? PRESS_FIRST : PRESS_LAST;
    if (modifier && press >= PRESS_F1) /* Shift-F1 is not F1 */
        press = PRESS_OTHER;
    tell(press, 0, fn, data);
}

static void tell_ss3(char final, key_fn fn, gpointer data)
{
    static const char keypad[] = "*+,-./0123456789"; /* SS3 j … y */
    if (final >= 'j' && final <= 'y')
        return tell(PRESS_CHAR, (gunichar)keypad[final - 'j'], fn, data);
    tell(by_final(final), 0, fn, data);
}

static void tell_control(struct key_reader *reader, guchar c, key_fn fn, gpointer data)
{
    static const enum press controls[0x20] = {
        ['\0'] = PRESS_SWITCH, ['\b'] = PRESS_BACKSPACE, ['\t'] = PRESS_TAB,
        ['\n'] = PRESS_ENTER,  ['\r'] = PRESS_ENTER,     [0x15] = PRESS_CLEAR,
        [0x0C] = PRESS_REDRAW, [0x19] = PRESS_REDO,      [0x1A] = PRESS_UNDO,
    };
    if (reader->paste)
        return tell_char(reader, c == '\r' || c == '\n' ? '\n' : ' ', fn, data);
    tell(c == 0x7F ? PRESS_BACKSPACE : controls[c], 0, fn, data);
}

static void take_at_rest(struct key_reader *reader, guchar c, key_fn fn, gpointer data)
{
    if (c == 0x1B) {
        reader->state = AFTER_ESC;
    } else if (c < 0x20 || c == 0x7F) {
        tell_control(reader, c, fn, data);
    } else if (c < 0x80) {
        tell_char(reader, c, fn, data);
    } else if (c >= 0xC2 && c <= 0xF4) {
        reader->state = IN_UTF8;
        reader->bytes[reader->n++] = (char)c;
    } else { /* a stray byte, dropped */
        reader->loss |= reader->paste ? PASTE_BROKEN : 0;
    }
}

/* False when the byte does not belong to the character and must be looked at again. */
static bool take_utf8(struct key_reader *reader, guchar c, key_fn fn, gpointer data)
{
    if ((c & 0xC0) != 0x80) {
        reader->loss |= reader->paste ? PASTE_BROKEN : 0;
        rest(reader);
        return false;
    }
    reader->bytes[reader->n++] = (char)c;
    gunichar got = g_utf8_get_char_validated(reader->bytes, (gssize)reader->n);
    if (got == (gunichar)-2 && reader->n < 4)
        return true;
    if (got < 0x110000)
        tell_char(reader, got, fn, data);
    else
        reader->loss |= reader->paste ? PASTE_BROKEN : 0;
    rest(reader);
    return true;
}

static void take_after_esc(struct key_reader *reader, guchar c, key_fn fn, gpointer data)
{
    if (c == 0x1B) /* Esc twice: the second may begin a sequence */
        return reader->paste ? (void)0 : tell(PRESS_ESC, 0, fn, data);
    rest(reader);
    if (c == '[')
        reader->state = IN_CSI;
    else if (c == 'O')
        reader->state = IN_SS3;
    else if (strchr("]P_^X", c) && c)
        reader->state = IN_STRING;
    else
        tell(PRESS_OTHER, 0, fn, data); /* Alt with a letter */
}

static void take_csi(struct key_reader *reader, guchar c, key_fn fn, gpointer data)
{
    if (c == '[' && reader->n == 0) {
        reader->state = IN_LINUX;
    } else if (c >= 0x40 && c <= 0x7E) {
        tell_csi(reader, (char)c, fn, data);
        rest(reader);
    } else if (c < 0x20 || c >= 0x7F) {
        rest(reader);
    } else if (reader->n < KEY_SEQUENCE_MAX) {
        reader->bytes[reader->n++] = (char)c;
    } else {
        reader->overlong = true;
    }
}

static void take_string(struct key_reader *reader, guchar c)
{
    if (c == 0x07 || c == 0x18 || (reader->string_escape && c == '\\'))
        rest(reader);
    else
        reader->string_escape = c == 0x1B;
}

static bool take(struct key_reader *reader, guchar c, key_fn fn, gpointer data)
{
    switch ((enum state)reader->state) {
    case AT_REST:
        take_at_rest(reader, c, fn, data);
        break;
    case IN_UTF8:
        return take_utf8(reader, c, fn, data);
    case AFTER_ESC:
        take_after_esc(reader, c, fn, data);
        break;
    case IN_CSI:
        take_csi(reader, c, fn, data);
        break;
    case IN_SS3:
        rest(reader);
        tell_ss3((char)c, fn, data);
        break;
    case IN_LINUX:
        rest(reader);
        tell(c >= 'A' && c <= 'E' ? PRESS_F1 + (c - 'A') : PRESS_OTHER, 0, fn, data);
        break;
    case IN_STRING:
        take_string(reader, c);
        break;
    }
    return true;
}

void key_reader_feed(struct key_reader *reader, const char *bytes, gsize n, key_fn fn, gpointer data)
{
    for (gsize i = 0; i < n; i++)
        while (!take(reader, (guchar)bytes[i], fn, data))
            ;
}

guint key_reader_wait_ms(const struct key_reader *reader)
{
    if (reader->state == AT_REST)
        return reader->paste ? KEY_PASTE_MS : 0;
    return reader->state == AFTER_ESC ? KEY_ESCAPE_MS : KEY_SEQUENCE_MS;
}

void key_reader_give_up(struct key_reader *reader, key_fn fn, gpointer data)
{
    bool escape = reader->state == AFTER_ESC && !reader->paste;
    rest(reader);
    if (reader->paste)
        end_paste(reader, fn, data);
    if (escape)
        tell(PRESS_ESC, 0, fn, data);
}
