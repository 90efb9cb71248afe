/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every character that anything shipped holds has one width: base/text's, curses', libvterm's. Curses and libvterm are not asked
 * but made to print it, and where their cursor stands then is looked at.
 */
#define _XOPEN_SOURCE_EXTENDED 1
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"

#include <string.h>
#include <vterm.h>

#include "base/text.h"
#include "screen/view.h"

#include <curses.h> /* last: its macros are plain words */

/* Where words come from that reach a cell: forms, plans and people of the demo, the signs that C paints or tells apart. */
static const char *const folders[] = {
    "forms",     "printers", "src/platformd/demo", "src/screen",     "src/session",
    "src/input", "src/base", "src/printing",       "src/graduation", "tests/pinyin_phrases.tsv"};

/* Hanzi of names need no text to be there: these blocks whole, as far as the C library knows them. */
static const struct {
    gunichar first, last;
} hanzi[] = {{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0x20000, 0x3134A}};

/*
 * What East Asian terminals may make one or two columns wide ("ambiguous", UAX #11): each was looked at, and is one column here.
 * A new one fails the test until it stands here too.
 */
static const char ambiguous[] = "·×–—‘’“”…‰№℃°①②③④⑤←↑→↓↔─│┌┐└┘▀▄▲▼□○āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňΣ";
/* Forms of their own, not variants of a narrow one. */
static const char wide[] = "￥＃（）％＋，－．：；？［］｛｝～、。《》〈〉【】「」『』〇〓　";

/* ---------------------------------------------------------------- gathering */

static void add_text(GHashTable *found, const char *path)
{
    g_autofree char *text = NULL;
    gsize n = 0;
    assert_true(g_file_get_contents(path, &text, &n, NULL));
    if (!g_utf8_validate(text, (gssize)n, NULL)) /* archives and pictures of the demo */
        return;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (text_char_cols(c) >= 0 && !g_hash_table_contains(found, GUINT_TO_POINTER(c)))
            g_hash_table_insert(found, GUINT_TO_POINTER(c), g_strdup(path));
    }
}

static void add_all(GHashTable *found, const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    if (!dir) {
        add_text(found, path);
        return;
    }
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        add_all(found, inside);
    }
    g_dir_close(dir);
}

/* Code point → the file where it was seen first. */
static GHashTable *gather(void)
{
    GHashTable *found = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++)
        add_all(found, folders[i]);
    return found;
}

/* ---------------------------------------------------------------- three opinions */

static int curses_cols(struct canvas *canvas, gunichar c)
{
    wchar_t one[] = {(wchar_t)c, 0};
    (void)werase(canvas->window);
    (void)mvwaddnwstr(canvas->window, 0, 0, L"a", 1); /* a mark needs something to stand on */
    (void)waddnwstr(canvas->window, one, 1);
    return getcurx(canvas->window) - 1;
}

static int vterm_cols(VTerm *vt, gunichar c)
{
    char utf8[7] = "";
    VTermPos at;
    (void)g_unichar_to_utf8(c, utf8);
    vterm_input_write(vt, "\033[1;1Ha", 7);
    vterm_input_write(vt, utf8, strlen(utf8));
    vterm_state_get_cursorpos(vterm_obtain_state(vt), &at);
    return at.col - 1;
}

/* Characters younger than the C library stand as 〓 of our width: paint.c. */
static bool is_young(gunichar c)
{
    return wcwidth((wchar_t)c) < 0;
}

static void check_char(struct glass *glass, VTerm *vt, gunichar c, const char *where)
{
    int ours = text_char_cols(c), curses = curses_cols(glass_screen(glass)->canvas, c), vterm = vterm_cols(vt, c);
    if (is_young(c) || (ours == curses && ours == vterm))
        return;
    fail_msg("U+%04X of %s: %d columns here, %d for curses, %d for libvterm", c, where, ours, curses, vterm);
}

static void everything_shipped_and_every_hanzi_has_one_width(void **state)
{
    (void)state;
    g_autoptr(GHashTable) found = gather();
    struct glass *glass = glass_new(24, 80, "default");
    VTerm *vt = vterm_new(24, 80);
    GHashTableIter iter;
    gpointer c, where;
    vterm_set_utf8(vt, 1);
    vterm_screen_reset(vterm_obtain_screen(vt), 1);
    g_hash_table_iter_init(&iter, found);
    while (g_hash_table_iter_next(&iter, &c, &where))
        check_char(glass, vt, GPOINTER_TO_UINT(c), where);
    assert_in_range(g_hash_table_size(found), 1000, 30000); /* it was really read */
    for (gsize i = 0; i < G_N_ELEMENTS(hanzi); i++)
        for (gunichar one = hanzi[i].first; one <= hanzi[i].last; one++)
            check_char(glass, vt, one, "the hanzi");
    vterm_free(vt);
    glass_free(glass);
}

/* ---------------------------------------------------------------- those that terminals disagree about */

static bool is_ambiguous(gunichar c)
{
    return g_unichar_iswide_cjk(c) && !g_unichar_iswide(c);
}

static void what_terminals_disagree_about_is_listed(void **state)
{
    (void)state;
    g_autoptr(GHashTable) found = gather();
    GHashTableIter iter;
    gpointer c, where;
    g_hash_table_iter_init(&iter, found);
    while (g_hash_table_iter_next(&iter, &c, &where))
        if (is_ambiguous(GPOINTER_TO_UINT(c)) && !g_utf8_strchr(ambiguous, -1, GPOINTER_TO_UINT(c)))
            fail_msg("U+%04X of %s is one column here and two elsewhere: look at it, then list it", GPOINTER_TO_UINT(c),
                     (const char *)where);
    for (const char *at = ambiguous; *at; at = g_utf8_next_char(at))
        assert_int_equal(text_char_cols(g_utf8_get_char(at)), 1);
    for (const char *at = wide; *at; at = g_utf8_next_char(at))
        assert_int_equal(text_char_cols(g_utf8_get_char(at)), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_shipped_and_every_hanzi_has_one_width),
        cmocka_unit_test(what_terminals_disagree_about_is_listed),
    };
    return cmocka_run_group_tests_name("widths", tests, NULL, NULL);
}
