/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/punctuation.h"

#include <glib.h>
#include <string.h>

static void every_mark_of_a_desktop(void **state)
{
    (void)state;
    static const char keys[] = ",.?!:;()<>[]\\_^$`";
    static const char *const marks[] = {"，", "。", "？", "！", "：", "；", "（", "）", "《",
                                        "》", "【", "】", "、", "——", "……", "￥", "·"};
    assert_int_equal(strlen(keys), G_N_ELEMENTS(marks));
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        assert_string_equal(punctuation_mark(keys[i], "山西"), marks[i]);
}

static void other_keys_stay_themselves(void **state)
{
    (void)state;
    for (int key = 1; key < 128; key++) {
        const char *mark = punctuation_mark((char)key, "");
        if (g_ascii_isalnum(key) || g_ascii_iscntrl(key) || strchr(" -=+*/@#%&|~{}", key) != NULL)
            assert_null(mark);
        else
            assert_non_null(mark);
    }
    assert_null(punctuation_mark('\0', ""));
}

static void quotes_come_in_pairs(void **state)
{
    (void)state;
    assert_string_equal(punctuation_mark('"', ""), "“");
    assert_string_equal(punctuation_mark('"', "他说“好"), "”");
    assert_string_equal(punctuation_mark('"', "他说“好”"), "“");
    assert_string_equal(punctuation_mark('"', "“一”和“"), "”");
    assert_string_equal(punctuation_mark('"', "”"), "“");
    assert_string_equal(punctuation_mark('\'', ""), "‘");
    assert_string_equal(punctuation_mark('\'', "“他说‘"), "’");
    assert_string_equal(punctuation_mark('"', "“他说‘好’"), "”");
}

/* Typing "" one after the other, with a deletion between, needs no memory. */
static void a_deleted_quote_is_forgotten(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("“");
    g_string_truncate(text, 0);
    assert_string_equal(punctuation_mark('"', text->str), "“");
}

static void numbers_keep_their_points(void **state)
{
    (void)state;
    assert_null(punctuation_mark('.', "3"));
    assert_null(punctuation_mark(',', "共1"));
    assert_null(punctuation_mark(':', "8"));
    assert_string_equal(punctuation_mark(';', "8"), "；");
    assert_string_equal(punctuation_mark('.', "8年"), "。");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mark_of_a_desktop),   cmocka_unit_test(other_keys_stay_themselves),
        cmocka_unit_test(quotes_come_in_pairs),      cmocka_unit_test(a_deleted_quote_is_forgotten),
        cmocka_unit_test(numbers_keep_their_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
