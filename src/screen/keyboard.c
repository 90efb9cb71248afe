/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/keyboard.h"

#include <string.h>

#include "base/text.h"

#define CAP_ROWS     3
#define BOARD_ROWS   (KEYBOARD_ROWS / CAP_ROWS)
#define CAPS_MAX     14 /* in a row */
#define COMMANDS_MAX 7
#define STROKES      "hspnz"

enum command {
    COMMAND_NONE, /* ends a row */
    COMMAND_BACKSPACE,
    COMMAND_CLEAR,
    COMMAND_NEXT,
    COMMAND_HIDE,
    COMMAND_SPACE,
    COMMAND_NEWLINE,
    COMMAND_UNDO,
    COMMAND_SHIFT,
    COMMAND_DIGITS,
    COMMAND_LETTERS,
    COMMAND_SIGNS,
    COMMAND_CHINESE_SIGNS,
    COMMAND_RARE,
    COMMAND_BY_PINYIN,
    COMMAND_BY_STROKES,
    COMMAND_BY_CODE,
    COMMAND_BACK,
};

/* What a command does: a key of its own, else it turns to a page. */
static const struct {
    enum press press;
    gunichar c;
    enum keyboard_page page;
    size_t label; /* in struct screen_labels */
} commands[] = {
    [COMMAND_BACKSPACE] = {.press = PRESS_BACKSPACE, .label = offsetof(struct screen_labels, cap_backspace)},
    [COMMAND_CLEAR] = {.press = PRESS_CLEAR, .label = offsetof(struct screen_labels, cap_clear)},
    [COMMAND_NEXT] = {.press = PRESS_TAB, .label = offsetof(struct screen_labels, cap_next)},
    [COMMAND_HIDE] = {.label = offsetof(struct screen_labels, cap_hide)},
    [COMMAND_SPACE] = {.press = PRESS_CHAR, .c = ' ', .label = offsetof(struct screen_labels, cap_space)},
    [COMMAND_NEWLINE] = {.press = PRESS_ENTER, .label = offsetof(struct screen_labels, cap_newline)},
    [COMMAND_UNDO] = {.press = PRESS_UNDO, .label = offsetof(struct screen_labels, cap_undo)},
    [COMMAND_SHIFT] = {.label = offsetof(struct screen_labels, cap_shift)},
    [COMMAND_DIGITS] = {.page = KEYBOARD_DIGITS, .label = offsetof(struct screen_labels, cap_digits)},
    [COMMAND_LETTERS] = {.page = KEYBOARD_LETTERS, .label = offsetof(struct screen_labels, cap_letters)},
    [COMMAND_SIGNS] = {.page = KEYBOARD_SIGNS, .label = offsetof(struct screen_labels, cap_signs)},
    [COMMAND_CHINESE_SIGNS] = {.page = KEYBOARD_CHINESE_SIGNS,
                               .label = offsetof(struct screen_labels, cap_chinese_signs)},
    [COMMAND_RARE] = {.press = PRESS_RARE, .label = offsetof(struct screen_labels, cap_rare)},
    [COMMAND_BY_PINYIN] = {.press = PRESS_RARE, .label = offsetof(struct screen_labels, cap_by_pinyin)},
    [COMMAND_BY_STROKES] = {.press = PRESS_RARE, .label = offsetof(struct screen_labels, cap_by_strokes)},
    [COMMAND_BY_CODE] = {.press = PRESS_CHAR, .c = 'U', .label = offsetof(struct screen_labels, cap_by_code)},
    [COMMAND_BACK] = {.press = PRESS_ESC, .label = offsetof(struct screen_labels, cap_back)},
};

struct command_cap {
    enum command command;
    int weight;
};

/* A row: characters of equal weight, then commands. Rows of a page share the width by weights. NULL = the signs of frame.conf. */
static const struct board_row {
    const char *characters;
    int weight;
    struct command_cap caps[COMMANDS_MAX];
} boards[KEYBOARD_PAGES][BOARD_ROWS] = {
    [KEYBOARD_DIGITS] = {{"123", 4, {{COMMAND_BACKSPACE, 8}}},
                         {"456", 4, {{COMMAND_NEXT, 8}}},
                         {"789", 4, {{COMMAND_LETTERS, 4}, {COMMAND_SIGNS, 4}}},
                         {"X0", 4, {{COMMAND_CLEAR, 4}, {COMMAND_HIDE, 8}}}},
    [KEYBOARD_LETTERS] = {{"qwertyuiop", 2, {{0}}},
                          {"asdfghjkl", 2, {{COMMAND_BACKSPACE, 2}}},
                          {"zxcvbnm", 2, {{COMMAND_SHIFT, 2}, {COMMAND_UNDO, 2}, {COMMAND_NEWLINE, 2}}},
                          {",.", /* in Chinese ，。 */
                           2,
                           {{COMMAND_DIGITS, 2},
                            {COMMAND_SIGNS, 2},
                            {COMMAND_CHINESE_SIGNS, 3},
                            {COMMAND_RARE, 3},
                            {COMMAND_SPACE, 3},
                            {COMMAND_NEXT, 3},
                            {COMMAND_HIDE, 3}}}},
    [KEYBOARD_SIGNS] = {{"!@#$%^&*()", 2, {{0}}},
                        {"-_=+[]{}\\|", 2, {{0}}},
                        {";:'\",.<>/?`~", 2, {{0}}},
                        {"",
                         0,
                         {{COMMAND_DIGITS, 3},
                          {COMMAND_LETTERS, 3},
                          {COMMAND_CHINESE_SIGNS, 3},
                          {COMMAND_BACKSPACE, 4},
                          {COMMAND_NEXT, 4},
                          {COMMAND_HIDE, 3}}}},
    [KEYBOARD_CHINESE_SIGNS] = {{NULL, 2, {{0}}},
                                {NULL, 2, {{0}}},
                                {NULL, 2, {{0}}},
                                {"",
                                 0,
                                 {{COMMAND_DIGITS, 3},
                                  {COMMAND_LETTERS, 3},
                                  {COMMAND_SIGNS, 3},
                                  {COMMAND_BACKSPACE, 4},
                                  {COMMAND_NEXT, 4},
                                  {COMMAND_HIDE, 3}}}},
    [KEYBOARD_STROKES] = {{"hsp", 4, {{0}}},
                          {"nz", 4, {{COMMAND_BACKSPACE, 4}}},
                          {"", 0, {{COMMAND_BY_PINYIN, 4}, {COMMAND_BY_CODE, 4}}},
                          {"", 0, {{COMMAND_BACK, 4}, {COMMAND_HIDE, 4}}}},
    [KEYBOARD_CODE] = {{"01234567", 2, {{0}}},
                       {"89ABCDEF", 2, {{0}}},
                       {"", 0, {{COMMAND_BY_STROKES, 4}, {COMMAND_BACKSPACE, 4}}},
                       {"", 0, {{COMMAND_BACK, 4}, {COMMAND_HIDE, 4}}}},
};

bool keyboard_serves(enum field_type type)
{
    return type != FIELD_CODE && type != FIELD_CHECK;
}

void keyboard_turn_to(struct keyboard *keyboard, enum field_type type)
{
    keyboard->page = type == FIELD_NUMBER || type == FIELD_DATE ? KEYBOARD_DIGITS : KEYBOARD_LETTERS;
    keyboard->shift = false;
}

/* ---------------------------------------------------------------- where the caps stand */

struct cap {
    struct rect area;
    gunichar c; /* 0 = a command */
    enum command command;
};

static const char *characters_of(const struct screen_labels *labels, const struct board_row *row, int i)
{
    if (row->characters)
        return row->characters;
    return i < (int)labels->chinese_signs->len ? g_ptr_array_index(labels->chinese_signs, i) : "";
}

static int weights(const struct board_row *row, const char *characters)
{
    int sum = (int)g_utf8_strlen(characters, -1) * row->weight;
    for (int i = 0; i < COMMANDS_MAX && row->caps[i].command; i++)
        sum += row->caps[i].weight;
    return MAX(1, sum);
}

/* The i-th row's caps, edge to edge over the whole width; returns how many. */
static int lay_row(const struct keyboard *keyboard, const struct screen_labels *labels, int i,
                   struct cap caps[CAPS_MAX])
{
    const struct board_row *row = &boards[keyboard->page][i];
    const struct rect *area = &keyboard->area;
    const char *at = characters_of(labels, row, i);
    int total = weights(row, at), used = 0, n = 0;
    for (const struct command_cap *command = row->caps; n < CAPS_MAX; n++) {
        if (!*at && (command == row->caps + COMMANDS_MAX || !command->command))
            break;
        int from = area->cols * used / total;
        used += *at ? row->weight : command->weight;
        int cols = area->cols * used / total - from;
        caps[n] = (struct cap){.area = {area->y + i * CAP_ROWS, area->x + from, CAP_ROWS, cols}};
        if (*at) {
            caps[n].c = g_utf8_get_char(at);
            at = g_utf8_next_char(at);
        } else {
            caps[n].command = (command++)->command;
        }
    }
    return n;
}

static gunichar typed(const struct keyboard *keyboard, gunichar c)
{
    return keyboard->shift && keyboard->page == KEYBOARD_LETTERS ? g_unichar_toupper(c) : c;
}

/* ---------------------------------------------------------------- painting and tapping */

/* A stroke's key says which it is. */
static const char *stroke_label(const struct keyboard *keyboard, const struct screen_labels *labels, gunichar c)
{
    const char *at = keyboard->page == KEYBOARD_STROKES ? strchr(STROKES, (int)c) : NULL;
    return at ? g_ptr_array_index(labels->strokes, at - STROKES) : NULL;
}

static void paint_cap(const struct keyboard *keyboard, struct canvas *canvas, const struct screen_labels *labels,
                      const struct cap *cap)
{
    char utf8[7] = "";
    const char *label = utf8;
    bool down = cap->command == COMMAND_SHIFT && keyboard->shift;
    enum role role = down ? ROLE_KEY_PRIMARY : ROLE_KEY_LABEL;
    if (cap->command)
        label = G_STRUCT_MEMBER(char *, labels, commands[cap->command].label);
    else if (stroke_label(keyboard, labels, cap->c))
        label = stroke_label(keyboard, labels, cap->c);
    else
        (void)g_unichar_to_utf8(typed(keyboard, cap->c), utf8);
    paint_box(canvas, &cap->area, role, NULL);
    paint_aligned(canvas, cap->area.y + 1, cap->area.x + 1, cap->area.cols - 2, role, ALIGN_CENTRE, label);
}

void keyboard_paint(const struct keyboard *keyboard, struct canvas *canvas, const struct screen_labels *labels)
{
    struct cap caps[CAPS_MAX];
    for (int i = 0; i < BOARD_ROWS; i++) {
        int n = lay_row(keyboard, labels, i, caps);
        for (int k = 0; k < n; k++)
            paint_cap(keyboard, canvas, labels, &caps[k]);
    }
}

/* A key of its own goes to the field; the others concern the keyboard. */
static void do_command(struct keyboard *keyboard, enum command command, struct key *ret)
{
    *ret = (struct key){.press = commands[command].press, .c = commands[command].c};
    if (command == COMMAND_HIDE)
        keyboard->hidden = true;
    else if (command == COMMAND_SHIFT)
        keyboard->shift = !keyboard->shift;
    else if (ret->press == PRESS_OTHER)
        keyboard->page = commands[command].page;
}

bool keyboard_tap(struct keyboard *keyboard, const struct screen_labels *labels, int y, int x, struct key *ret)
{
    struct cap caps[CAPS_MAX];
    if (!rect_has(&keyboard->area, y, x))
        return false;
    int n = lay_row(keyboard, labels, (y - keyboard->area.y) / CAP_ROWS, caps);
    for (int k = 0; k < n; k++) {
        if (!rect_has(&caps[k].area, y, x))
            continue;
        *ret = (struct key){.press = PRESS_CHAR, .c = typed(keyboard, caps[k].c)};
        if (caps[k].command)
            do_command(keyboard, caps[k].command, ret);
        else
            keyboard->shift = false; /* for one letter */
        return true;
    }
    return false;
}
