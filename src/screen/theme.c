/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE_EXTENDED 1
#include "screen/theme.h"

#include <curses.h>
#include <glib.h>
#include <string.h>

/* A palette gives every ink a colour; the roles below say which inks they are made of. */
enum ink {
    INK_PAPER,
    INK_TEXT,
    INK_QUIET,
    INK_FAINT,  /* rules */
    INK_OFF,    /* what may not be used */
    INK_HEAD,   /* titles, marks */
    INK_ACCENT, /* ground of bar and main button */
    INK_ON_ACCENT,
    INK_SHADE, /* chapters, key line */
    INK_GOOD,
    INK_WARN,
    INK_BAD,
    INK_FIELD,
    INK_FOCUS,
    INK_ON_FOCUS,
    INK_FOCUS_HINT,
    INK_BLACK,
    INK_WHITE,
    INK_COUNT
};

const char *const theme_words[] = {"default", "contrast", "dark", "plain", NULL}; /* of the palettes; plain has none */

struct palette {
    const char *name;
    short inks[INK_COUNT];
    bool lined; /* where a field begins and ends is told by a line too */
};

/*
 * Text on its ground has a contrast of at least 4.5 : 1, in "contrast" 10 : 1, also what may not be used: people must be able to read why.
 * Rules have 3 : 1. test_theme computes them all.
 */
static const struct palette palettes[] = {
    {"default",
     {[INK_PAPER] = 231,
      [INK_TEXT] = 235,
      [INK_QUIET] = 239,
      [INK_FAINT] = 246,
      [INK_ACCENT] = 25,
      [INK_ON_ACCENT] = 231,
      [INK_SHADE] = 254,
      [INK_GOOD] = 22,
      [INK_WARN] = 130,
      [INK_BAD] = 124,
      [INK_FIELD] = 254,
      [INK_FOCUS] = 153,
      [INK_ON_FOCUS] = 16,
      [INK_FOCUS_HINT] = 240,
      [INK_BLACK] = 16,
      [INK_WHITE] = 231,
      [INK_OFF] = 241,
      [INK_HEAD] = 25}},
    {"dark",
     {[INK_PAPER] = 234,
      [INK_TEXT] = 253,
      [INK_QUIET] = 250,
      [INK_FAINT] = 243,
      [INK_ACCENT] = 25,
      [INK_ON_ACCENT] = 231,
      [INK_SHADE] = 236,
      [INK_GOOD] = 114,
      [INK_WARN] = 221,
      [INK_BAD] = 210,
      [INK_FIELD] = 237,
      [INK_FOCUS] = 110,
      [INK_ON_FOCUS] = 16,
      [INK_FOCUS_HINT] = 236,
      [INK_BLACK] = 16,
      [INK_WHITE] = 231,
      [INK_OFF] = 247,
      [INK_HEAD] = 75}},
    {"contrast",
     {[INK_PAPER] = 16,
      [INK_TEXT] = 231,
      [INK_QUIET] = 231,
      [INK_FAINT] = 250,
      [INK_ACCENT] = 226,
      [INK_ON_ACCENT] = 16,
      [INK_SHADE] = 16,
      [INK_GOOD] = 120,
      [INK_WARN] = 226,
      [INK_BAD] = 224,
      [INK_FIELD] = 236,
      [INK_FOCUS] = 231,
      [INK_ON_FOCUS] = 16,
      [INK_FOCUS_HINT] = 16,
      [INK_BLACK] = 16,
      [INK_WHITE] = 231,
      [INK_OFF] = 250,
      [INK_HEAD] = 226},
     .lined = true},
};

/* On the terminal's own ground (-1), whatever the theme. */
static const struct palette eight = {"8 colours",
                                     {[INK_PAPER] = -1,
                                      [INK_TEXT] = -1,
                                      [INK_QUIET] = -1,
                                      [INK_FAINT] = -1,
                                      [INK_ACCENT] = COLOR_BLUE,
                                      [INK_ON_ACCENT] = COLOR_WHITE,
                                      [INK_SHADE] = -1,
                                      [INK_GOOD] = COLOR_GREEN,
                                      [INK_WARN] = COLOR_MAGENTA,
                                      [INK_BAD] = COLOR_RED,
                                      [INK_FIELD] = -1,
                                      [INK_FOCUS] = COLOR_CYAN,
                                      [INK_ON_FOCUS] = COLOR_BLACK,
                                      [INK_FOCUS_HINT] = COLOR_BLACK,
                                      [INK_BLACK] = COLOR_BLACK,
                                      [INK_WHITE] = COLOR_WHITE,
                                      [INK_OFF] = -1,
                                      [INK_HEAD] = -1}};

/* `poor` = attributes where colours alone do not tell enough: 8 colours and none. */
static const struct {
    enum ink ink, ground;
    attr_t rich, poor, none;
} roles[ROLE_COUNT] = {
    [ROLE_BODY] = {INK_TEXT, INK_PAPER},
    [ROLE_STRONG] = {INK_TEXT, INK_PAPER, A_BOLD, A_BOLD, A_BOLD},
    [ROLE_QUIET] = {INK_QUIET, INK_PAPER},
    [ROLE_GOOD] = {INK_GOOD, INK_PAPER},
    [ROLE_WARN] = {INK_WARN, INK_PAPER, 0, 0, A_BOLD},
    [ROLE_BAD] = {INK_BAD, INK_PAPER, 0, A_BOLD, A_BOLD},

    [ROLE_BAR] = {INK_ON_ACCENT, INK_ACCENT, A_BOLD, A_BOLD, A_REVERSE | A_BOLD},
    [ROLE_BAR_SIDE] = {INK_ON_ACCENT, INK_ACCENT, 0, 0, A_REVERSE},
    [ROLE_CHAPTER_DONE] = {INK_GOOD, INK_SHADE},
    [ROLE_CHAPTER_NOW] = {INK_ON_ACCENT, INK_ACCENT, A_BOLD, A_BOLD, A_BOLD | A_REVERSE},
    [ROLE_CHAPTER_TODO] = {INK_QUIET, INK_SHADE},
    [ROLE_TITLE] = {INK_HEAD, INK_PAPER, A_BOLD, A_BOLD, A_BOLD},
    [ROLE_RULE] = {INK_FAINT, INK_PAPER},
    [ROLE_MARK] = {INK_HEAD, INK_PAPER, 0, A_BOLD, A_BOLD},

    [ROLE_LABEL] = {INK_TEXT, INK_PAPER},
    [ROLE_LABEL_FOCUS] = {INK_HEAD, INK_PAPER, A_BOLD, A_BOLD, A_BOLD},
    [ROLE_STAR] = {INK_BAD, INK_PAPER},
    [ROLE_FIELD] = {INK_TEXT, INK_FIELD, 0, A_UNDERLINE, A_UNDERLINE},
    [ROLE_FIELD_FOCUS] = {INK_ON_FOCUS, INK_FOCUS, 0, 0, A_REVERSE},
    [ROLE_FIELD_BAD] = {INK_BAD, INK_FIELD, 0, A_UNDERLINE, A_UNDERLINE | A_BOLD},
    [ROLE_FIELD_HINT] = {INK_QUIET, INK_FIELD, 0, A_UNDERLINE, A_UNDERLINE},
    [ROLE_FIELD_HINT_FOCUS] = {INK_FOCUS_HINT, INK_FOCUS, 0, 0, A_REVERSE},
    [ROLE_TABLE_HEAD] = {INK_QUIET, INK_PAPER, 0, A_UNDERLINE, A_UNDERLINE},

    [ROLE_ITEM] = {INK_TEXT, INK_PAPER},
    [ROLE_ITEM_NOTE] = {INK_QUIET, INK_PAPER},
    [ROLE_ITEM_CHOSEN] = {INK_HEAD, INK_PAPER, A_BOLD, A_BOLD, A_BOLD},
    [ROLE_ITEM_OFF] = {INK_OFF, INK_PAPER},
    [ROLE_ITEM_FOCUS] = {INK_ON_FOCUS, INK_FOCUS, A_BOLD, 0, A_REVERSE},
    [ROLE_ITEM_OFF_FOCUS] = {INK_FOCUS_HINT, INK_FOCUS, 0, 0, A_REVERSE},

    [ROLE_KEYS] = {INK_TEXT, INK_SHADE},
    [ROLE_KEY_CAP] = {INK_QUIET, INK_SHADE, 0, A_BOLD, A_BOLD},
    [ROLE_KEY_LABEL] = {INK_TEXT, INK_SHADE},
    [ROLE_KEY_PRIMARY] = {INK_ON_ACCENT, INK_ACCENT, A_BOLD, A_BOLD, A_BOLD | A_UNDERLINE},
    [ROLE_KEY_PRIMARY_EDGE] = {INK_ON_ACCENT, INK_ACCENT},
    [ROLE_KEY_OFF] = {INK_OFF, INK_SHADE},
    [ROLE_KEY_FOCUS] = {INK_ON_FOCUS, INK_FOCUS, A_BOLD, 0, A_REVERSE},

    [ROLE_BOX] = {INK_HEAD, INK_PAPER},
    [ROLE_BOX_TITLE] = {INK_HEAD, INK_PAPER, A_BOLD, A_BOLD, A_BOLD},

    [ROLE_QR] = {INK_BLACK, INK_WHITE, 0, 0, A_REVERSE},
    [ROLE_QR_DARK] = {INK_WHITE, INK_BLACK, 0, 0, 0},
};

static const struct palette *palette_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(palettes); i++)
        if (g_strcmp0(palettes[i].name, name) == 0)
            return &palettes[i];
    return &palettes[0];
}

/* A colour of the 256 as this terminal numbers it. */
static int colour(int index)
{
    static const int levels[] = {0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF};
    if (COLORS <= 256 || index < 16)
        return index;
    if (index >= 232) {
        int grey = 8 + (index - 232) * 10;
        return grey << 16 | grey << 8 | grey;
    }
    int cube = index - 16;
    int red = levels[cube / 36], green = levels[cube / 6 % 6], blue = levels[cube % 6];
    return MAX(8, red << 16 | green << 8 | blue); /* 0..7 stay the palette's even in direct colour */
}

/* Codes for phones stay black on white where there is any colour, also in "plain". */
static bool needs_colour(enum role role, bool plain)
{
    return !plain || role == ROLE_QR || role == ROLE_QR_DARK;
}

/*
 * Curses goes back to pair 0 after every update. So pair 0 is the field that is typed into: a letter there is sent as nothing but
 * itself, without colours before and a reset behind. Needs a palette without the terminal's own colours (-1).
 */
#define RESTING ROLE_FIELD_FOCUS

static void rest_in_field(const struct palette *palette)
{
    (void)assume_default_colors(colour(palette->inks[roles[RESTING].ink]),
                                colour(palette->inks[roles[RESTING].ground]));
}

void theme_load(struct style *ret_styles, const char *name)
{
    bool plain = g_strcmp0(name, "plain") == 0, rich = COLORS >= 256;
    const struct palette *palette = rich ? palette_find(name) : &eight;
    bool resting = has_colors() && COLORS == 256 && !plain;
    if (resting)
        rest_in_field(palette);
    for (int i = 0; i < ROLE_COUNT; i++) {
        struct style *style = &ret_styles[i];
        *style = (struct style){.attributes = roles[i].none};
        if (!has_colors() || !needs_colour(i, plain))
            continue;
        attr_t lines = palette->lined ? roles[i].poor & A_UNDERLINE : 0;
        style->attributes = rich ? roles[i].rich | lines : roles[i].poor;
        if (resting && i == RESTING)
            continue;
        style->pair = (short)(i + 1);
        (void)init_extended_pair(i + 1, colour(palette->inks[roles[i].ink]), colour(palette->inks[roles[i].ground]));
    }
}
