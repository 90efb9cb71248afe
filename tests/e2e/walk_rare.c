/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 010124100008 王𬎆 at the registration form: characters that do not come by typing, by code point, by strokes and by the list of a
 * syllable, with keys and with fingers, on the real programs and onto the printed sheet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "input/rare.h"
#include "papers.h"
#include "visit.h"

#define SLOW_MS  60000
#define F7       VTERM_KEY_FUNCTION(7)
#define NAME_COL 6 /* of the first field behind the mark of its row */

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

static void see(struct term *term, const char *text)
{
    term_wait_text(term, text, SLOW_MS);
}

/* Where it stands among all that are read so, from 0. */
static int place_of(const char *hanzi, const char *syllable)
{
    struct rare_char found = {0};
    int i = 0;
    while (i < rare_by_pinyin(syllable, i, &found, 1) && found.c != g_utf8_get_char(hanzi))
        i++;
    return i;
}

/* Page by page to the one that it stands on. */
static void turn_to(struct term *term, const char *hanzi, int page_size, void (*turn)(struct term *term))
{
    int pages = place_of(hanzi, "yan") / page_size + 1;
    assert_in_range(pages, 2, 50);
    for (int page = 1; page <= pages; page++) {
        g_autofree char *label = g_strdup_printf("拼音 yan  %d/", page);
        if (page > 1)
            turn(term);
        see(term, label);
    }
    see(term, hanzi);
}

static void turn_by_key(struct term *term)
{
    term_key(term, VTERM_KEY_PAGEDOWN);
}

static void turn_by_finger(struct term *term)
{
    term_click_text(term, "›");
}

/* Presses the number that stands before it. */
static void press_number_of(struct term *term, const char *hanzi)
{
    for (int i = 1; i <= 9; i++) {
        g_autofree char *candidate = g_strdup_printf("%d %s", i, hanzi), *number = g_strdup_printf("%d", i);
        if (!term_has(term, candidate))
            continue;
        term_type(term, number);
        term_wait_gone(term, candidate, SLOW_MS);
        return;
    }
    term_fail(term, "%s has no number", hanzi);
}

static void tap(struct term *term, const char *text)
{
    see(term, text);
    term_click_text(term, text);
}

/* ---------------------------------------------------------------- by keys */

static void by_code_point(struct term *term)
{
    term_type(term, "U+2B386");
    see(term, "1 𫎆 U+2B386");
    golden_check(term, "rare/01-code");
    term_type(term, " ");
    term_wait_gone(term, "1 𫎆", SLOW_MS);
    see(term, "光标前的字是“𫎆”");
    term_type(term, "u2cb4e");
    see(term, "1 𬭎 hóng");
    term_key(term, VTERM_KEY_ENTER);
    see(term, "𫎆𬭎");
}

static void by_strokes(struct term *term)
{
    term_key(term, F7);
    see(term, "请按书写顺序输入笔画");
    golden_check(term, "rare/02-strokes");
    term_type(term, "hhhszpzph");
    see(term, "笔画 一一一丨乛丿乛丿一");
    see(term, "1 㛃 jié U+36C3");
    golden_check(term, "rare/03-strokes-typed");
    term_type(term, "1");
    term_wait_gone(term, "1 㛃", SLOW_MS);
    term_type(term, "厂");
    see(term, "𫎆𬭎㛃厂");
    term_key(term, VTERM_KEY_ENTER);
}

static void by_syllable(struct term *term)
{
    term_type(term, "山西省太原市小店区yan");
    see(term, " 言 ");
    term_key(term, F7);
    see(term, "1 厌 yàn");
    golden_check(term, "rare/04-syllable");
    turn_to(term, "䶮", 9, turn_by_key);
    press_number_of(term, "䶮");
    see(term, "编码 U+4DAE");
    term_type(term, "街1号");
    see(term, "小店区䶮街1号");
}

static void fill_person(const struct visit *visit)
{
    struct term *term = visit->term;
    see(term, "毕业登记信息填写");
    visit_choose(visit, "汉族");
    visit_choose(visit, "职员");
    visit_choose(visit, "群众");
    visit_type(visit, "13800000000");
    visit_choose(visit, "普通高中");
    visit_choose(visit, "健康");
    visit_type(visit, "20180701");
    term_key(term, VTERM_KEY_ENTER); /* not ticked: has worked */
    visit_choose(visit, "否");
    visit_type(visit, "山西省太原市");
    by_code_point(term);
    by_strokes(term);
    by_syllable(term);
    term_key(term, VTERM_KEY_FUNCTION(10));
}

/* ---------------------------------------------------------------- by touch */

static void tap_strokes(struct term *term, const char *const strokes[])
{
    for (int i = 0; strokes[i]; i++)
        tap(term, strokes[i]);
}

/* Into the first name of the table. */
static void by_fingers(struct term *term)
{
    int row, col;
    see(term, "► 1");
    term_find(term, "► 1", &row, &col);
    term_click(term, row, col + NAME_COL);
    tap(term, "│ 生僻字 │");
    see(term, "丿 撇");
    golden_check(term, "rare/05-touch-strokes");
    tap_strokes(term, (const char *const[]){"一 横", "一 横", "一 横", "丨 竖", "乛 折", "丿 撇", "乛 折", NULL});
    see(term, "笔画 一一一丨乛丿乛");
    tap_strokes(term, (const char *const[]){"丿 撇", "一 横", NULL});
    see(term, "笔画 一一一丨乛丿乛丿一");
    tap(term, "1 㛃");
    term_wait_gone(term, "1 㛃", SLOW_MS);
    tap(term, "│ 生僻字 │");
    tap(term, "按编码找");
    see(term, "请输入四位或五位编码");
    for (const char *at = "2CB4E"; *at; at++) {
        g_autofree char *cap = g_strdup_printf(" %c  ", *at);
        tap(term, cap);
    }
    golden_check(term, "rare/06-touch-code");
    tap(term, "1 𬭎");
    term_wait_gone(term, "1 𬭎", SLOW_MS);
    tap(term, "│ 生僻字 │");
    tap(term, "按拼音找");
    tap(term, " y ");
    see(term, "拼音 y");
    tap(term, " a ");
    tap(term, " n ");
    see(term, "拼音 yan");
    turn_to(term, "䶮", 5, turn_by_finger);
    golden_check(term, "rare/07-touch-syllable");
    tap(term, "䶮");
    see(term, "㛃𬭎䶮");
}

static void fill_rows(const struct visit *visit)
{
    struct term *term = visit->term;
    see(term, "毕业申请个人简历填写");
    visit_type(visit, "20150901");
    visit_type(visit, "20180630");
    visit_type(visit, "太原市第一中学 高中");
    visit_type(visit, "20180701");
    visit_type(visit, "20231231");
    visit_type(visit, "太原市某某有限公司 职员");
    term_key(term, VTERM_KEY_FUNCTION(10));
    see(term, "家庭主要成员");
    see(term, "中  F2");
    by_fingers(term);
    term_key(term, VTERM_KEY_ENTER);
    visit_type(visit, "太原市某某厂");
    visit_type(visit, "工人");
    term_key(term, VTERM_KEY_FUNCTION(10));
    see(term, "何种奖励或处分");
    term_key(term, VTERM_KEY_FUNCTION(10));
    see(term, "不得少于400字");
    term_key(term, VTERM_KEY_FUNCTION(10));
}

static void rare_characters_onto_the_sheet(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100008"};
    visit.term = rig_kiosk(visit.rig, 24, 80, NULL);
    visit_start(&visit);
    visit_login(&visit);
    fill_person(&visit);
    fill_rows(&visit);
    visit_print(&visit);
    g_autoptr(GPtrArray) prints = rig_prints(visit.rig);
    assert_int_equal(prints->len, 1);
    papers_check_sheet(prints->pdata[0],
                       (const char *const[]){"王𬎆", "𫎆𬭎㛃厂", "小店区䶮街1号", "㛃𬭎䶮", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rare_characters_onto_the_sheet, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("walk_rare", tests, NULL, NULL);
}
