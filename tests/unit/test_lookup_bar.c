/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking a character up on the screen: by its pinyin, by strokes, by code point, with keys and by touch, with the engine and without. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"
#include "typist.h"

#include <string.h>

#include "screen/view.h"

static struct glass *glass;

static int teardown(void **state)
{
    (void)state;
    glass_free(glass);
    assert_int_equal(typist_engine(), 0);
    return 0;
}

static int start_with(const struct pinyin_options *options, bool touch)
{
    glass = glass_new_pinyin(24, 80, options);
    glass_screen(glass)->touch = touch;
    glass_show(glass, pages_sample(PAGE_FIELDS));
    (void)glass_told(glass);
    return 0;
}

static int with_keys(void **state)
{
    (void)state;
    return start_with(&(struct pinyin_options){0}, false);
}

static int with_fingers(void **state)
{
    (void)state;
    return start_with(&(struct pinyin_options){0}, true);
}

static struct pinyin_view view(void)
{
    return pinyin_view(glass_screen(glass)->bar.pinyin);
}

static bool is_unavailable(void)
{
    return view().state == PINYIN_UNAVAILABLE;
}

static int without_data(void **state)
{
    (void)state;
    start_with(&(struct pinyin_options){.data = "/nowhere"}, false);
    glass_until(glass, is_unavailable);
    return 0;
}

static bool is_settled(void)
{
    return view().fresh && !view().waiting && g_queue_is_empty(&glass_screen(glass)->bar.later);
}

static const struct lookup *lookup(void)
{
    return &glass_screen(glass)->bar.lookup;
}

/* Keys, and all that comes of them. */
static void press(const char *keys)
{
    glass_press(glass, keys);
    glass_until(glass, is_settled);
}

static void escape(void)
{
    glass_press(glass, "\033");
    if (lookup()->open) /* a lone Esc is one after a while */
        glass_wait(glass);
}

static const char *value(const char *key)
{
    return glass_value(glass, key);
}

#define F1    "\033OP"
#define F2    "\033OQ"
#define F7    "\033[18~"
#define PGDN  "\033[6~"
#define CLEAR "\025" /* Ctrl-U empties the field */

/* Turns pages until it is among those shown, and presses its number. */
static void choose(const char *hanzi)
{
    for (int page = 0; page < 200; page++, press(PGDN))
        for (int i = 0; lookup_at(lookup(), i); i++) {
            char text[7] = "";
            (void)g_unichar_to_utf8(lookup_at(lookup(), i)->c, text);
            if (strcmp(text, hanzi) != 0)
                continue;
            g_autofree char *label = g_strdup_printf("%d %s", i + 1, hanzi), *number = g_strdup_printf("%d", i + 1);
            assert_true(glass_has(glass, label));
            press(number);
            return;
        }
    fail_msg("%s is on no page of %s", hanzi, lookup()->typed);
}

/* ---------------------------------------------------------------- code points */

static void by_code_point(void **state)
{
    (void)state;
    glass_press(glass, "U+2B386");
    assert_true(glass_has(glass, "U+2B386"));
    assert_true(glass_has(glass, "1 𫎆 U+2B386"));
    assert_string_equal(value("text"), "");
    press(" ");
    assert_string_equal(value("text"), "𫎆");
    assert_non_null(strstr(glass_told(glass), "edit text=𫎆; "));
    press("u2b386\r");
    assert_string_equal(value("text"), "𫎆𫎆");
    press(F7 "2B3861"); /* the digits alone; no more of them fit */
    press(" ");
    assert_string_equal(value("text"), "𫎆𫎆𫎆");
    press("u2b386\t"); /* also when the next key is for something else */
    assert_string_equal(value("text"), "𫎆𫎆𫎆𫎆");
    assert_string_not_equal(screen_field(glass_screen(glass), glass_screen(glass)->focus)->key, "text");
}

/* What begins like a code and is none arrives as if there were no codes. */
static void words_with_u(void **state)
{
    (void)state;
    press("USB");
    press("U");
    press("\r");
    assert_string_equal(value("text"), "USBU");
    press(CLEAR "ubin");
    assert_string_equal(view().letters, "ubin");
    press("\r");
    assert_string_equal(value("text"), "ubin");
    press(CLEAR "u12x\r");
    assert_string_equal(value("text"), "u12x");
    press(CLEAR "us\177\177\177");
    assert_string_equal(value("text"), "");
    assert_false(lookup()->open);
    press(F2 "u2b386");
    assert_string_equal(value("text"), "u2b386");
}

static void a_paste_is_no_code(void **state)
{
    (void)state;
    press("u2b");
    press("\033[200~U+4E00\033[201~");
    assert_string_equal(value("text"), "u2bU+4E00");
    assert_false(lookup()->open);
}

/* ---------------------------------------------------------------- by pinyin */

static void the_rare_ones_of_a_syllable(void **state)
{
    (void)state;
    press("yan");
    press(F7);
    assert_true(glass_has(glass, "1 厌 yàn"));
    choose("䶮");
    assert_string_equal(value("text"), "䶮");
    assert_false(pinyin_bar_is_open(glass_screen(glass)));
    press("hong" F7);
    choose("𬭎");
    assert_string_equal(value("text"), "䶮𬭎");
    press("m" F7); /* no syllable of the engine's */
    choose("呒");
    assert_string_equal(value("text"), "䶮𬭎呒");
}

/* In the middle of a name: what was picked before stays, what follows is composed on. */
static void within_a_composition(void **state)
{
    (void)state;
    press("yanhong");
    press(F7);
    choose("䶮");
    assert_string_equal(value("text"), "");
    assert_string_equal(view().picked, "䶮");
    assert_string_equal(view().letters, "hong");
    press(F7);
    choose("𬭎");
    assert_string_equal(value("text"), "䶮𬭎");
    press("yan" F7 "\177\177\177" F7); /* taken back letter by letter, and other ways: the letters are still there */
    escape();
    assert_false(lookup()->open);
    assert_string_equal(view().letters, "yan");
}

/* Typed faster than the engine answers. */
static void typed_ahead(void **state)
{
    (void)state;
    press("shanxisheng yan" F7 PGDN "1");
    assert_true(g_str_has_prefix(value("text"), "山西省"));
    assert_int_equal(g_utf8_strlen(value("text"), -1), 4);
}

static void leaving_finishes(void **state)
{
    (void)state;
    press("nihao");
    press(F7);
    press("\t");
    assert_string_equal(value("text"), "你好");
    assert_false(lookup()->open);
}

/* Whoever fails to find a character is told where it is. */
static void the_last_page_says_where_more_are(void **state)
{
    (void)state;
    const struct screen_labels *labels = glass_labels(glass);
    press("nv");
    assert_true(glass_has(glass, labels->pinyin_keys));
    for (int i = 0; i < 40 && !glass_has(glass, labels->rare_last); i++)
        press(PGDN);
    assert_true(glass_has(glass, labels->rare_last));
    assert_false(view().has_next);
}

/* ---------------------------------------------------------------- strokes */

static void by_strokes(void **state)
{
    int row, col;
    (void)state;
    glass_press(glass, F7);
    assert_true(glass_has(glass, glass_labels(glass)->rare_ask_strokes));
    glass_press(glass, "h");
    assert_true(glass_find(glass, "笔画 一", &row, &col)); /* at once */
    glass_press(glass, "spnz");
    assert_true(glass_has(glass, "笔画 一丨丿丶乛"));
    press("\177\177\177\177\177"
          "nzpnhz");
    press("\177\177\177\177\177\177"
          "pn");
    assert_true(glass_has(glass, "2 人 rén U+4EBA"));
    press("2");
    assert_string_equal(value("text"), "人");
    press("uhhhszpzph"); /* a u opens them too */
    assert_true(glass_has(glass, "1 㛃 jié U+36C3"));
    press(" ");
    assert_string_equal(value("text"), "人㛃");
    press(F7 "zzzzzzzzzzzzzzzzzzzzzz");
    assert_true(glass_has(glass, glass_labels(glass)->rare_none));
    press(" 1\r");
    assert_true(lookup()->open);
    escape();
    assert_string_equal(value("text"), "人㛃");
}

/* ---------------------------------------------------------------- the rule of the code */

static void a_character_fonts_may_lack_has_its_code_beside_it(void **state)
{
    (void)state;
    press("u4e00 ");
    assert_false(glass_has(glass, "光标前的字"));
    press("u4dae ");
    assert_true(glass_has(glass, "䶮"));
    assert_true(glass_has(glass, "U+4DAE"));
    assert_true(glass_has(glass, "yǎn"));
    press("\033[D");
    assert_false(glass_has(glass, "U+4DAE"));
    press("\033[C");
    assert_true(glass_has(glass, "U+4DAE"));
    assert_true(rare_needs_code(0x9FA6));
    assert_false(rare_needs_code(0x9FA5));
    assert_false(rare_needs_code(0x3007));
    assert_false(rare_needs_code('a'));
}

/* ---------------------------------------------------------------- help */

static void the_help_says_how_and_nothing_is_lost(void **state)
{
    (void)state;
    press("nihao");
    press(F1);
    assert_true(glass_has(glass, "输入汉字"));
    assert_false(glass_has(glass, "带星号的"));
    glass_press(glass, "\r");
    assert_true(glass_has(glass, "nihao"));
    press(F7 F1);
    assert_true(glass_has(glass, "输入汉字"));
    glass_press(glass, "\r");
    assert_true(lookup()->open);
    press("\t");
    glass_press(glass, F1); /* a field for digits */
    assert_false(glass_has(glass, "输入汉字"));
}

/* ---------------------------------------------------------------- without the engine */

static void without_the_engine(void **state)
{
    (void)state;
    press("a");
    press("U+2B386 ");
    assert_string_equal(value("text"), "a𫎆");
    press(F7 "hhhszpzph ");
    assert_string_equal(value("text"), "a𫎆㛃");
    press(F7 F7 "yan");
    choose("䶮");
    assert_string_equal(value("text"), "a𫎆㛃䶮");
    press("unit");
    assert_string_equal(value("text"), "a𫎆㛃䶮unit");
}

/* ---------------------------------------------------------------- touch */

static void tap(const char *text)
{
    int row, col;
    if (!glass_find(glass, text, &row, &col))
        fail_msg("%s is nowhere to be tapped", text);
    glass_click(glass, row, col);
    glass_until(glass, is_settled);
}

static void tap_cell(int i)
{
    const struct rect *cell = &glass_screen(glass)->bar.cells[i];
    assert_int_equal(cell->rows, 3);
    glass_click(glass, cell->y + 2, cell->x + 1);
    glass_until(glass, is_settled);
}

static void by_touch(void **state)
{
    (void)state;
    const struct screen *screen = glass_screen(glass);
    tap("生僻字");
    tap("丿 撇");
    tap("丶 点");
    assert_true(glass_has(glass, "笔画 丿丶"));
    assert_true(screen->bar.area.y + screen->bar.area.rows <= screen->keyboard.area.y);
    assert_true(glass_has(glass, "U+4EBA"));
    tap_cell(1);
    assert_string_equal(value("text"), "人");
    tap("生僻字");
    tap("按编码找");
    for (const char *at = "4DAE"; *at; at++) {
        g_autofree char *cap = g_strdup_printf(" %c  ", *at);
        tap(cap);
    }
    assert_true(glass_has(glass, "1 䶮 yǎn"));
    tap_cell(0);
    assert_string_equal(value("text"), "人䶮");
    tap("生僻字");
    tap("按拼音找");
    tap(" y ");
    tap(" i ");
    assert_int_equal(screen->bar.cells[4].rows, 3);
    int before = lookup()->from;
    glass_click(glass, screen->bar.next.y + 1, screen->bar.next.x + 1);
    assert_true(lookup()->from > before);
    tap("生僻字");
    tap("返回");
    assert_false(lookup()->open);
    assert_int_equal(screen->keyboard.page, KEYBOARD_LETTERS);
}

int main(void)
{
#define TEST(name, setup) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(by_code_point, with_keys),
        TEST(words_with_u, with_keys),
        TEST(a_paste_is_no_code, with_keys),
        TEST(the_rare_ones_of_a_syllable, with_keys),
        TEST(within_a_composition, with_keys),
        TEST(typed_ahead, with_keys),
        TEST(leaving_finishes, with_keys),
        TEST(the_last_page_says_where_more_are, with_keys),
        TEST(by_strokes, with_keys),
        TEST(a_character_fonts_may_lack_has_its_code_beside_it, with_keys),
        TEST(the_help_says_how_and_nothing_is_lost, with_keys),
        TEST(without_the_engine, without_data),
        TEST(by_touch, with_fingers),
    };
    return cmocka_run_group_tests_name("lookup_bar", tests, NULL, NULL);
}
