/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/key.h"

#include <stdlib.h>
#include <string.h>

/* Keys as one string: letters as they are, others as <Name>, clicks as <click y,x>. */
static void note(const struct key *key, gpointer data)
{
    GString *said = data;
    const char *name = key_word(key->press);
    if (key->press == PRESS_CHAR && key->c == '\n')
        g_string_append(said, "\\n");
    else if (key->press == PRESS_CHAR)
        g_string_append_unichar(said, key->c);
    else if (key->press == PRESS_CLICK)
        g_string_append_printf(said, "<click %d,%d>", key->y, key->x);
    else if (key->press == PRESS_WHEEL_UP || key->press == PRESS_WHEEL_DOWN)
        g_string_append(said, key->press == PRESS_WHEEL_UP ? "<wheel up>" : "<wheel down>");
    else if (key->press == PRESS_DRAG_UP || key->press == PRESS_DRAG_DOWN)
        g_string_append_printf(said, "<drag %s %u>", key->press == PRESS_DRAG_UP ? "up" : "down", key->c);
    else if (key->press == PRESS_PASTED)
        g_string_append_printf(said, "<pasted %u>", key->c);
    else if (key->press == PRESS_CLEAR || key->press == PRESS_REDRAW)
        g_string_append(said, key->press == PRESS_CLEAR ? "<clear>" : "<redraw>");
    else if (key->press == PRESS_UNDO || key->press == PRESS_REDO)
        g_string_append(said, key->press == PRESS_UNDO ? "<undo>" : "<redo>");
    else if (key->press == PRESS_FIRST || key->press == PRESS_LAST)
        g_string_append(said, key->press == PRESS_FIRST ? "<first>" : "<last>");
    else
        g_string_append_printf(said, "<%s>", name ? name : "?");
}

static const struct {
    const char *bytes, *keys;
} cases[] = {
    {"abc", "abc"},
    {"姓𠮷é", "姓𠮷é"},
    {"\r\n\t\b\177", "<Enter><Enter><Tab><Backspace><Backspace>"},
    {"\025\014", "<clear><redraw>"},
    {"\003\034\001", "<?><?><?>"}, /* Ctrl-C, Ctrl-\: keys like any other */
    {"\032\031", "<undo><redo>"},
    {"\033[1;5H\033[1;5F", "<first><last>"}, /* with Ctrl */
    {"\033[A\033[B\033[C\033[D", "<Up><Down><Right><Left>"},
    {"\033OA\033OB\033OC\033OD", "<Up><Down><Right><Left>"},
    {"\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "<Home><End><Home><End><Home><End>"},
    {"\033[5~\033[6~\033[3~\033[Z", "<PgUp><PgDn><Delete><Shift-Tab>"},
    {"\033OP\033OQ\033OR\033OS", "<F1><F2><F3><F4>"},
    {"\033[11~\033[14~\033[15~\033[17~\033[21~\033[23~\033[24~", "<F1><F4><F5><F6><F10><F11><F12>"},
    {"\033[[A\033[[E", "<F1><F5>"},
    {"\033[1;5C\033[1;2A", "<Right><Up>"},                    /* with Ctrl, with Shift */
    {"\033[1;2P\033[15;5~", "<?><?>"},                        /* Shift-F1 is not F1 */
    {"\033Oj\033Oq\033Oy\033OM", "*19<Enter>"},               /* the number block in application mode */
    {"\033[<0;7;3M\033[<0;7;3m", "<click 2,6>"},              /* the release is no news */
    {"\033[<4;200;50M\033[<4;200;50m", "<click 49,199>"},     /* with Shift; beyond column 223 */
    {"\033[<0;7;3M", ""},                                     /* held */
    {"\033[<0;7;9M\033[<32;7;8M\033[<0;7;8m", "<click 8,6>"}, /* a finger is not steady */
    {"\033[<0;7;9M\033[<32;8;7M\033[<32;8;6M\033[<32;8;7M\033[<0;8;7m",
     "<drag up 1><drag up 2><drag up 3><drag down 4>"},
    {"\033[<0;7;3M\033[<32;7;6M\033[<0;7;6m", "<drag down 1><drag down 2><drag down 3>"},
    {"\033[<32;7;3M\033[<32;7;9M", ""}, /* nothing was pressed */
    {"\033[<64;1;1M\033[<65;1;1M", "<wheel up><wheel down>"},
    {"\033[<2;7;3M\033[<35;7;3M", ""},          /* other buttons, movement */
    {"\033[27;5;43~x", "<?>x"},                 /* modifyOtherKeys: nothing leaks into the text */
    {"\033[97;5ux", "<?>x"},                    /* kitty */
    {"\033[I\033[Ox", "<?><?>x"},               /* focus in, out */
    {"\033bx", "<?>x"},                         /* Alt-b */
    {"\033]11;rgb:ffff/ffff/ffff\033\\x", "x"}, /* answers to questions nobody asked */
    {"\033]0;title\007x", "x"},
    {"\033P1$r0m\033\\x", "x"},
    {"\033[?62;4cx", "<?>x"},
    {"\033[200~a\rb\tc\033[201~\r", "a\\nb c<Enter>"}, /* a paste commands nothing */
    {"\033[200~\033[Ax\033[201~", "<Up>x"},
    {"\033[200~a\377b\344\270c\355\240\200d\033[201~", "abcd<pasted 2>"}, /* what is no text is told */
    {"\033[200~ab\033[201~\377", "ab"},
    {"\377\376\300\200x", "x"}, /* not UTF-8 */
    {"\344\270x", "x"},         /* cut short */
    {"\355\240\200x", "x"},     /* a surrogate */
};

static char *keys_of(const char *bytes, size_t n, size_t cut)
{
    struct key_reader reader = {0};
    GString *said = g_string_new(NULL);
    key_reader_feed(&reader, bytes, cut, note, said);
    key_reader_feed(&reader, bytes + cut, n - cut, note, said);
    return g_string_free(said, FALSE);
}

static void sequences_become_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *keys = keys_of(cases[i].bytes, strlen(cases[i].bytes), 0);
        assert_string_equal(keys, cases[i].keys);
    }
}

/* read(2) may cut anywhere. */
static void cut_anywhere_they_are_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (size_t cut = 1; cut < strlen(cases[i].bytes); cut++) {
            g_autofree char *keys = keys_of(cases[i].bytes, strlen(cases[i].bytes), cut);
            assert_string_equal(keys, cases[i].keys);
        }
}

static void a_lone_escape_is_told_when_nothing_follows(void **state)
{
    (void)state;
    struct key_reader reader = {0};
    g_autoptr(GString) said = g_string_new(NULL);
    assert_int_equal(key_reader_wait_ms(&reader), 0);
    key_reader_feed(&reader, "\033", 1, note, said);
    assert_string_equal(said->str, "");
    assert_int_equal(key_reader_wait_ms(&reader), KEY_ESCAPE_MS);
    key_reader_give_up(&reader, note, said);
    assert_string_equal(said->str, "<Esc>");
    assert_int_equal(key_reader_wait_ms(&reader), 0);
}

static void escape_twice_is_twice(void **state)
{
    (void)state;
    struct key_reader reader = {0};
    g_autoptr(GString) said = g_string_new(NULL);
    key_reader_feed(&reader, "\033\033", 2, note, said);
    key_reader_give_up(&reader, note, said);
    key_reader_feed(&reader, "\033\033[A", 4, note, said);
    assert_string_equal(said->str, "<Esc><Esc><Esc><Up>");
}

/* What hangs unfinished is dropped, and the next letter is a letter again. */
static void unfinished_sequences_are_given_up(void **state)
{
    (void)state;
    static const char *const starts[] = {"\033[", "\033[12;", "\033O", "\033]0;x", "\033P", "\344\270"};
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        struct key_reader reader = {0};
        g_autoptr(GString) said = g_string_new(NULL);
        key_reader_feed(&reader, starts[i], strlen(starts[i]), note, said);
        assert_int_equal(key_reader_wait_ms(&reader), KEY_SEQUENCE_MS);
        key_reader_give_up(&reader, note, said);
        key_reader_feed(&reader, "a", 1, note, said);
        assert_string_equal(said->str, "a");
    }
}

/* Else Enter would never command anything again. */
static void a_paste_without_end_is_over_after_a_while(void **state)
{
    (void)state;
    struct key_reader reader = {0};
    g_autoptr(GString) said = g_string_new(NULL);
    key_reader_feed(&reader, "\033[200~a\r", 8, note, said);
    assert_int_equal(key_reader_wait_ms(&reader), KEY_PASTE_MS);
    key_reader_give_up(&reader, note, said);
    key_reader_feed(&reader, "\r", 1, note, said);
    assert_string_equal(said->str, "a\\n<Enter>");
}

/* 1 MB from a clipboard is no reason to be busy; what comes after it is typed again. */
static void a_paste_has_an_end(void **state)
{
    (void)state;
    struct key_reader reader = {0};
    g_autoptr(GString) said = g_string_new(NULL), bytes = g_string_new("\033[200~");
    for (int i = 0; i < 1000000; i++)
        g_string_append_c(bytes, 'a');
    g_string_append(bytes, "\033[201~b");
    key_reader_feed(&reader, bytes->str, bytes->len, note, said);
    assert_string_equal(said->str + KEY_PASTE_CHARS, "<pasted 1>b");
}

static void overlong_sequences_are_swallowed_whole(void **state)
{
    (void)state;
    struct key_reader reader = {0};
    g_autoptr(GString) said = g_string_new(NULL);
    g_autoptr(GString) bytes = g_string_new("\033[");
    for (int i = 0; i < 1000; i++)
        g_string_append(bytes, "1;");
    g_string_append(bytes, "Ax");
    key_reader_feed(&reader, bytes->str, bytes->len, note, said);
    assert_string_equal(said->str, "<?>x");
}

/* Whatever comes, it ends, and after giving up the reader is at rest. */
static void noise_does_no_harm(void **state)
{
    (void)state;
    struct key_reader reader = {0};
    g_autoptr(GString) said = g_string_new(NULL);
    g_autoptr(GRand) random = g_rand_new_with_seed(2026);
    static const char favourites[] = "\033[O<;0123456789~MmAPu]\007\\?200201";
    for (int round = 0; round < 20000; round++) {
        char byte = g_rand_int_range(random, 0, 4) ? favourites[g_rand_int_range(random, 0, sizeof favourites - 1)]
                                                   : (char)g_rand_int_range(random, 0, 256);
        key_reader_feed(&reader, &byte, 1, note, said);
    }
    key_reader_give_up(&reader, note, said);
    assert_int_equal(key_reader_wait_ms(&reader), 0);
    assert_true(g_utf8_validate(said->str, -1, NULL));
}

static void names_lead_back_to_their_keys(void **state)
{
    (void)state;
    static const char *const used[] = {"Enter", "Esc", "Tab", "F1", "F2", "F9", "F10", "F12", "PgUp"};
    for (size_t i = 0; i < G_N_ELEMENTS(used); i++)
        assert_string_equal(key_word(key_named(used[i])), used[i]);
    assert_int_equal(key_named("F13"), PRESS_OTHER);
    assert_int_equal(key_named("enter"), PRESS_OTHER);
    assert_int_equal(key_named(NULL), PRESS_OTHER);
    assert_null(key_word(PRESS_CHAR));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_become_keys),
        cmocka_unit_test(cut_anywhere_they_are_the_same),
        cmocka_unit_test(a_lone_escape_is_told_when_nothing_follows),
        cmocka_unit_test(escape_twice_is_twice),
        cmocka_unit_test(unfinished_sequences_are_given_up),
        cmocka_unit_test(a_paste_without_end_is_over_after_a_while),
        cmocka_unit_test(a_paste_has_an_end),
        cmocka_unit_test(overlong_sequences_are_swallowed_whole),
        cmocka_unit_test(noise_does_no_harm),
        cmocka_unit_test(names_lead_back_to_their_keys),
    };
    return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
