/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Without a key: from the start screen into a person's home page and out again, by touch alone on the real programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "rig.h"

#define SLOW_MS   60000
#define BOARD_ROW 12 /* the keyboard's first row at 80×24 */

static int set_up(void **state)
{
    *state = rig_start(&(struct rig_options){0});
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    return 0;
}

static void tap(struct term *term, const char *text)
{
    term_wait_text(term, text, SLOW_MS);
    term_click_text(term, text);
}

struct cap {
    const char *label;
    int row, col;
};

/* The label stands alone between two edges. */
static bool find_cap(struct term *term, gpointer data)
{
    struct cap *cap = data;
    g_autofree char *quoted = g_regex_escape_string(cap->label, -1);
    g_autofree char *pattern = g_strdup_printf("│ *%s *│", quoted);
    for (int row = BOARD_ROW + 1; row < 24; row += 3) {
        g_autofree char *line = term_row_text(term, row);
        g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        int from, to;
        if (!g_regex_match(regex, line, 0, &match) || !g_match_info_fetch_pos(match, 0, &from, &to))
            continue;
        cap->row = row;
        cap->col = 2;
        for (const char *at = line; at < line + from; at = g_utf8_next_char(at))
            cap->col += g_unichar_iswide(g_utf8_get_char(at)) ? 2 : 1;
        return true;
    }
    return false;
}

static void tap_cap(struct term *term, const char *label)
{
    struct cap cap = {.label = label};
    g_autofree char *what = g_strdup_printf("a key \"%s\" on the screen", label);
    term_wait(term, find_cap, &cap, what, SLOW_MS);
    term_click(term, cap.row, cap.col);
}

static void tap_caps(struct term *term, const char *letters)
{
    for (const char *at = letters; *at; at++) {
        char label[2] = {*at, '\0'};
        tap_cap(term, label);
    }
}

/* The first letters of the password are on another page of the keyboard than its digits. */
static void log_in(struct term *term)
{
    term_wait_text(term, "考生登录", SLOW_MS);
    tap_caps(term, "010124100001");
    term_wait_text(term, "010124 100001", SLOW_MS); /* in groups */
    golden_check(term, "touch/03-digits");
    tap_cap(term, "下一项");
    tap_cap(term, "大写");
    tap_caps(term, "Z");
    tap_caps(term, "ikao");
    golden_check(term, "touch/04-letters");
    tap_cap(term, "#+=");
    tap_cap(term, "-");
    golden_check(term, "touch/05-signs");
    tap_cap(term, "123");
    tap_caps(term, "2026");
    tap_cap(term, "下一项");
    tap(term, "│ 登录 │");
}

static void a_person_comes_and_goes_by_touch(void **state)
{
    static const char *const settings[] = {"terminal.touch=true", NULL};
    struct rig *rig = *state;
    struct term *term = rig_kiosk(rig, 24, 80, settings);
    term_wait_text(term, "欢迎办理毕业申请", SLOW_MS);
    golden_check(term, "touch/01-start");
    tap(term, "│ 开始办理 │");
    tap(term, "我同意为办理毕业申请");
    term_wait_text(term, "[✓] 我同意", SLOW_MS);
    tap(term, "我单独同意");
    term_wait_text(term, "[✓] 我单独同意", SLOW_MS);
    golden_check(term, "touch/02-consented");
    tap(term, "│ 同意并继续 │");
    log_in(term);
    term_wait_text(term, "系统首页", SLOW_MS);
    golden_check(term, "touch/06-home");
    tap(term, "│ 帮助 │");
    golden_check(term, "touch/07-help");
    tap(term, "│ 呼叫工作人员 │");
    golden_check(term, "touch/08-called");
    tap(term, "│ 关闭 │");
    tap(term, "│ 离开 │");
    tap(term, "保存并离开");
    term_wait_text(term, "您的信息已从本机清除", SLOW_MS);
    g_autofree char *log = rig_log(rig);
    assert_non_null(strstr(log, "staff are called for"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_person_comes_and_goes_by_touch, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("walk_touch", tests, NULL, NULL);
}
