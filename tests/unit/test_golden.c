/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is masked in expected screens, and above all what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"

/* The masked screen of a program that prints `text` in a 4×60 terminal, without the line about the cursor. */
static char *masked(const char *text)
{
    g_autofree char *script = g_strdup_printf("printf '%%s\\n完' '%s'; read -r x", text);
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    struct term *term = term_start(argv, NULL, 4, 60);
    term_wait_text(term, "完", TERM_WAIT_MS);
    char *whole = golden_text(term);
    term_free(term);
    assert_true(g_str_has_prefix(whole, "# 60×4, cursor at "));
    char *rows = g_strdup(strchr(whole, '\n') + 1);
    g_free(whole);
    return rows;
}

static void changing_words_keep_their_columns(void **state)
{
    static const char *const cases[][2] = {
        {"商户订单号：BY20261202093011A7Q2  金额 40.00 元", "商户订单号：####################  金额 40.00 元"},
        {"剩余 4:59", "剩余 #:##"},
        {"二维码有效时间还剩 14:55", "二维码有效时间还剩 #:##"},
        {"12 秒后结束，按任意键继续", "## 秒后结束，按任意键继续"},
        {"http://127.0.0.1:45123/p/pay", "http://###.#.#.#:#####/p/pay"},
        {"12月1日 08:00 至 12月9日 18:00", "12月1日 08:00 至 12月9日 18:00"},
        {"准考证号 010124100001 第 2 版", "准考证号 010124100001 第 2 版"},
        {"00144企业管理概论 (5)", "00144企业管理概论 (5)"},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *rows = masked(cases[i][0]);
        g_autofree char *wanted = g_strdup_printf("%s\n完\n\n\n", cases[i][1]);
        assert_string_equal(rows, wanted);
    }
}

static void inside_of_a_code_is_masked(void **state)
{
    (void)state;
    g_autofree char *one = masked("请 ▀ ▄▀ 扫码");
    g_autofree char *other = masked("请 ▄▀ ▄ 扫码");
    assert_string_equal(one, "请 ▒▒▒▒ 扫码\n完\n\n\n");
    assert_string_equal(one, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changing_words_keep_their_columns),
        cmocka_unit_test(inside_of_a_code_is_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
