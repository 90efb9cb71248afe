/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/spelling.h"

#include <string.h>

static const struct {
    const char *label, *letters;
    enum spelling_match match;
} cases[] = {
    {"汉族", "h", SPELLING_AT_START},
    {"汉族", "hz", SPELLING_AT_START},
    {"汉族", "HZ", SPELLING_AT_START},
    {"汉族", "hzz", SPELLING_NOWHERE},
    {"汉族", "z", SPELLING_INSIDE},
    {"太原市小店区", "tysxdq", SPELLING_AT_START},
    {"太原市小店区", "xdq", SPELLING_INSIDE},
    {"长治市", "czs", SPELLING_AT_START},
    {"长子县", "zzx", SPELLING_AT_START},
    {"洪洞县", "htx", SPELLING_AT_START},
    {"繁峙县", "fsx", SPELLING_AT_START},
    {"芮城县", "rcx", SPELLING_AT_START},
    {"岢岚县", "klx", SPELLING_AT_START},
    {"隰县", "xx", SPELLING_AT_START},
    {"会计学（本科）", "kjxbk", SPELLING_AT_START}, /* the marks are passed over */
    {"英语（二）", "yye", SPELLING_AT_START},
    {"仡佬族", "glz", SPELLING_AT_START},
    {"A3打印", "a3dy", SPELLING_AT_START},
    {"汉族", "han", SPELLING_AT_START},
    {"汉族", "hanz", SPELLING_AT_START},
    {"汉族", "hanzu", SPELLING_AT_START},
    {"汉族", "hang", SPELLING_NOWHERE},
    {"太原市小店区", "xiaod", SPELLING_INSIDE},
    {"太原市小店区", "taiyuans", SPELLING_AT_START},
    {"太原市小店区", "tyuan", SPELLING_AT_START},
    {"吕梁市", "lvl", SPELLING_AT_START},
    {"吕梁市", "lul", SPELLING_AT_START},
    {"重庆市", "chongq", SPELLING_AT_START},
    {"六安市", "luan", SPELLING_AT_START},
    {"厦门市", "xiamen", SPELLING_AT_START},
    {"会计学", "kuaij", SPELLING_AT_START},
    {"西安市", "xian", SPELLING_AT_START},
    {"", "a", SPELLING_NOWHERE},
    {"（）", "a", SPELLING_NOWHERE},
};

static void letters_find_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (spelling_match(cases[i].label, cases[i].letters) != cases[i].match)
            fail_msg("%s in %s is not %d", cases[i].letters, cases[i].label, cases[i].match);
}

/* The sorted part: the first and the last hanzi of each letter, and syllables that are easily put in the wrong place. */
static void sections_begin_where_they_should(void **state)
{
    (void)state;
    static const char *const edges[] = {"a啊澳", "b芭簿", "c擦错", "d搭跺", "e蛾贰", "f发咐", "g嘎过", "h哈祸",
                                        "j击竣", "k喀廓", "l垃络", "m妈穆", "n拿糯", "o哦沤", "p啪曝", "q期群",
                                        "r然若", "s撒所", "t塌唾", "w挖误", "x昔迅", "y压孕", "z匝座"};
    for (size_t i = 0; i < G_N_ELEMENTS(edges); i++)
        for (const char *at = edges[i] + 1; *at; at = g_utf8_next_char(at)) {
            char readings[SPELLING_MAX];
            spelling_of(g_utf8_get_char(at), readings);
            if (readings[0] != edges[i][0])
                fail_msg("%s: %s", edges[i], readings);
        }
    static const char *const syllables[][2] = {{"绿", "lv"},  {"乱", "luan"}, {"略", "lue"}, {"女", "nv"},
                                               {"虐", "nue"}, {"吨", "dun"},  {"鞠", "ju"},  {"左", "zuo"},
                                               {"座", "zuo"}, {"哟", "yo"}};
    for (size_t i = 0; i < G_N_ELEMENTS(syllables); i++) {
        char readings[SPELLING_MAX];
        spelling_of(g_utf8_get_char(syllables[i][0]), readings);
        assert_string_equal(readings, syllables[i][1]);
    }
}

/* Every hanzi of every code table can be typed. */
static void the_code_tables_are_covered(void **state)
{
    (void)state;
    g_autoptr(GDir) folder = g_dir_open("forms/tables", 0, NULL);
    assert_non_null(folder);
    int seen = 0;
    for (const char *name; (name = g_dir_read_name(folder));) {
        g_autofree char *path = g_build_filename("forms/tables", name, NULL), *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        for (const char *at = text; *at; at = g_utf8_next_char(at)) {
            char readings[SPELLING_MAX];
            gunichar c = g_utf8_get_char(at);
            spelling_of(c, readings);
            if (c >= 0x4E00 && c <= 0x9FFF && !readings[0])
                fail_msg("U+%04X in %s has no reading", c, name);
            seen += c >= 0x4E00;
        }
    }
    assert_true(seen > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_find_names),
        cmocka_unit_test(sections_begin_where_they_should),
        cmocka_unit_test(the_code_tables_are_covered),
    };
    return cmocka_run_group_tests_name("spelling", tests, NULL, NULL);
}
