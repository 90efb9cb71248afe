/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 010124100008, who left off at the registration form: its texts typed in pinyin, key by key, on the real programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "visit.h"

#define SLOW_MS   60000
#define ENGINE_MS 5000
#define KEY_MS    300

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

/* One key, seen before the next. */
static void type_letters(struct term *term, const char *letters)
{
    g_autoptr(GString) typed = g_string_new(NULL);
    for (; *letters; letters++) {
        char key[2] = {*letters, '\0'};
        g_string_append_c(typed, *letters);
        term_type(term, key);
        term_wait_text(term, typed->str, ENGINE_MS);
    }
}

/* Waits until the wanted word is the first candidate, and takes it with the space key. */
static void type_first(struct term *term, const char *letters, const char *hanzi)
{
    g_autofree char *candidate = g_strdup_printf("1 %s", hanzi);
    type_letters(term, letters);
    term_wait_text(term, candidate, ENGINE_MS);
    term_type(term, " ");
    term_wait_gone(term, candidate, ENGINE_MS);
    term_wait_text(term, hanzi, ENGINE_MS);
}

/* A candidate behind the first, by its number. */
static void type_numbered(struct term *term, const char *letters, const char *hanzi)
{
    type_letters(term, letters);
    term_wait_text(term, hanzi, ENGINE_MS);
    for (int i = 1; i <= 9; i++) {
        g_autofree char *candidate = g_strdup_printf("%d %s ", i, hanzi), *number = g_strdup_printf("%d", i);
        if (!term_has(term, candidate))
            continue;
        term_type(term, number);
        term_wait_gone(term, candidate, ENGINE_MS);
        return;
    }
    term_fail(term, "%s is none of the candidates", hanzi);
}

/* Its line begins with the mark of the focus. */
static bool is_at(struct term *term, gpointer field)
{
    int row, col;
    if (!term_find(term, field, &row, &col))
        return false;
    g_autofree char *line = term_row_text(term, row);
    return strstr(line, "►") != NULL;
}

static void go_down_to(struct term *term, const char *field)
{
    g_autofree char *label = g_strdup_printf("* %s ", field);
    for (int i = 0; i < 12 && !term_poll(term, is_at, label, KEY_MS); i++)
        term_key(term, VTERM_KEY_DOWN);
    term_wait(term, is_at, label, field, ENGINE_MS);
}

static void the_form_is_filled_in_pinyin(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100008"};
    struct term *term = visit.term = rig_kiosk(visit.rig, 24, 80, NULL);
    visit_start(&visit);
    visit_login(&visit);
    term_wait_text(term, "毕业登记信息填写", SLOW_MS);
    go_down_to(term, "籍贯");
    term_wait_text(term, "中  F2", ENGINE_MS);
    type_first(term, "shanxishengtaiyuanshi", "山西省太原市");
    go_down_to(term, "工作单位");
    type_first(term, "taiyuanshi", "太原市");
    type_numbered(term, "jianshe", "建设");
    type_first(term, "youxiangongsi", "有限公司");
    term_wait_text(term, "太原市建设有限公司", ENGINE_MS);
    go_down_to(term, "详细住址");
    type_first(term, "shanxishengtaiyuanshi", "山西省太原市");
    type_first(term, "xiaodianqu", "小店区");
    term_type(term, "56");
    type_first(term, "hao", "号");
    term_wait_text(term, "山西省太原市小店区56号", ENGINE_MS);
    term_key(term, VTERM_KEY_FUNCTION(2));
    term_type(term, "A3");
    term_wait_text(term, "山西省太原市小店区56号A3", ENGINE_MS);
}

/* No tables: the field takes letters and hanzi as they come, and a quiet word says why. */
static void without_the_tables_fields_take_what_is_typed(void **state)
{
    static const char *const settings[] = {"input.data=/nowhere", NULL};
    struct visit visit = {.rig = *state};
    struct term *term = visit.term = rig_kiosk(visit.rig, 24, 80, settings);
    visit_start(&visit);
    term_key(term, VTERM_KEY_FUNCTION(2));
    term_wait_text(term, "考生注册", SLOW_MS);
    term_wait_text(term, "拼音暂时不能用", ENGINE_MS);
    term_type(term, "wang王");
    term_wait_text(term, "wang王", ENGINE_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_form_is_filled_in_pinyin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_the_tables_fields_take_what_is_typed, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("walk_pinyin", tests, NULL, NULL);
}
