/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places and days picked from lists, and typed beside them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/settings.h"
#include "glass.h"
#include "session/forms.h"

#include <string.h>

#include "screen/view.h"

static struct glass *glass;
static struct forms *forms;

static int set_up(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    forms = forms_read("forms", faults);
    glass = glass_new(24, 80, "default");
    return forms ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    glass_free(glass);
    forms_free(forms);
    return 0;
}

static struct page_field *add_day(struct page *page, const char *key, const char *value, int row)
{
    struct page_field *field = page_add_field(page, key, FIELD_DATE, "参加工作时间", value);
    field->first_day = 19700312;
    field->last_day = 20261125;
    field->near_day = 19860312;
    field->row = row;
    return field;
}

static void show(const char *place, const char *day)
{
    struct page *page = page_new("person", PAGE_FIELDS);
    page->title = g_strdup("毕业登记信息填写");
    struct page_field *field = page_add_field(page, "place", FIELD_REGION, "籍贯", place);
    field->options = g_ptr_array_ref(forms->regions);
    field->max_chars = 30;
    field->required = true;
    add_day(page, "day", day, -1);
    page_add_field(page, "last", FIELD_TEXT, "工作单位", "");
    page_add_action(page, "next", "下一步", "F10")->primary = true;
    glass_show(glass, page);
    (void)glass_told(glass);
}

static const char *value(const char *key)
{
    const struct screen *screen = glass_screen(glass);
    return field_text(screen_field(screen, screen_field_named(screen->page, key)));
}

static bool is_open(void)
{
    return glass_screen(glass)->overlay.kind == OVERLAY_PICK;
}

static void assert_shown(const char *text)
{
    if (glass_has(glass, text))
        return;
    for (int i = 0; i < 24; i++)
        print_message("|%s\n", glass_row(glass, i));
    fail_msg("%s is not shown", text);
}

#define F4 "\033OS"

static void press_esc(void)
{
    glass_press(glass, "\033");
    glass_wait(glass);
}

/* ---------------------------------------------------------------- places */

static void an_empty_place_is_picked_with_enter(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, "\r");
    assert_true(is_open());
    glass_press(glass, "shanxis");
    assert_shown("山西省");
    assert_false(glass_has(glass, "北京市"));
    glass_press(glass, "\r");
    assert_shown("籍贯　山西省");
    glass_press(glass, "taiyuan\r");
    assert_shown("籍贯　山西省太原市");
    glass_press(glass, "xiaod\r");
    assert_false(is_open());
    assert_string_equal(value("place"), "山西省太原市小店区");
    assert_non_null(strstr(glass_told(glass), "edit place=山西省太原市小店区; "));
    assert_int_equal(glass_screen(glass)->focus, 0); /* one may go on typing */
    glass_press(glass, "\r");
    assert_int_equal(glass_screen(glass)->focus, 1);
}

/* 山西 and 陕西 are typed alike: both are shown. */
static void typing_narrows_the_list(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, F4 "sx");
    assert_shown("山西省");
    assert_shown("陕西省");
    assert_false(glass_has(glass, "上海市"));
    assert_shown("sx_");
    glass_press(glass, "\177");
    assert_shown("上海市");
    glass_press(glass, "\177");
    assert_shown("北京市");
    glass_press(glass, "山");
    assert_shown("山东省");
    assert_false(glass_has(glass, "陕西省"));
    glass_press(glass, "2");
    assert_shown("籍贯　山东省");
}

static void one_goes_back_level_by_level(void **state)
{
    (void)state;
    show("山西省太原市小店区", "");
    glass_press(glass, F4);
    assert_shown("籍贯　山西省太原市"); /* among its neighbours */
    press_esc();
    assert_shown("籍贯　山西省");
    assert_false(glass_has(glass, "籍贯　山西省太原市"));
    glass_press(glass, "\r");
    assert_shown("籍贯　山西省太原市"); /* on what one came from */
    glass_press(glass, "\177\177");
    assert_false(glass_has(glass, "籍贯　"));
    assert_true(is_open());
    press_esc();
    assert_false(is_open());
    assert_string_equal(value("place"), "山西省太原市小店区");
}

static void one_may_stop_at_a_city(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, "\rshanxi\r");
    assert_false(glass_has(glass, "到此为止")); /* a province is no answer */
    glass_press(glass, "datong\r");
    assert_shown("到此为止");
    glass_press(glass, "dcwz\r");
    assert_string_equal(value("place"), "山西省大同市");
}

static void provinces_without_cities_have_their_districts(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, "\rbeijing\r");
    assert_shown("到此为止");
    glass_press(glass, "hd\r");
    assert_string_equal(value("place"), "北京市海淀区");
    show("", "");
    glass_press(glass, F4 "\025"); /* nothing */
    press_esc();
    press_esc();
    show("台湾", "");
    glass_press(glass, F4 "tw\r");
    assert_string_equal(value("place"), "台湾省台湾"); /* what was typed is not thrown away */
    glass_press(glass, "\032");
    assert_string_equal(value("place"), "台湾");
}

static void the_rest_of_an_address_stays(void **state)
{
    (void)state;
    show("山西省太原市小店区平阳路1号", "");
    glass_press(glass, F4 "yz\r");
    assert_string_equal(value("place"), "山西省太原市迎泽区平阳路1号");
    glass_press(glass, "a");
    assert_string_equal(value("place"), "山西省太原市迎泽区平阳路1号a");
}

static void one_may_type_instead(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, "\r");
    glass_press(glass, "zjsr\r"); /* 自己输入 */
    assert_false(is_open());
    assert_string_equal(value("place"), "");
    glass_press(glass, "美国");
    assert_string_equal(value("place"), "美国");
    glass_press(glass, "\r"); /* no list: something stands there */
    assert_false(is_open());
    assert_int_equal(glass_screen(glass)->focus, 1);
}

static void tap(const char *text)
{
    int row, col;
    if (!glass_find(glass, text, &row, &col))
        assert_shown(text);
    glass_click(glass, row, col);
}

static void places_are_picked_by_tapping(void **state)
{
    (void)state;
    glass_screen(glass)->touch = true;
    show("", "");
    tap("籍贯");
    assert_true(is_open());
    tap("4  山西省"); /* not that of the title bar */
    tap("太原市");
    tap("上一级");
    tap("太原市");
    tap("晋源区");
    assert_string_equal(value("place"), "山西省太原市晋源区");
    const struct slot *slot = panel_slot(&glass_screen(glass)->panel, 0);
    const struct rect *body = &glass_screen(glass)->frame.body;
    glass_click(glass, body->y + slot->line, body->x + slot->x + slot->cols - 2); /* ▾ */
    assert_true(is_open());
    tap("小店区");
    assert_string_equal(value("place"), "山西省太原市小店区");
}

/* ---------------------------------------------------------------- days */

static void a_day_is_picked_by_year_month_and_day(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, "\t" F4);
    assert_shown("► 1986年"); /* where the person most likely looks */
    assert_shown("1970年");
    assert_false(glass_has(glass, "1969年"));
    assert_shown("2026年");
    assert_false(glass_has(glass, "2027年"));
    glass_press(glass, "\033[B\r");
    assert_shown("参加工作时间　1987年");
    glass_press(glass, "\033[B\r");
    assert_shown("参加工作时间　1987年02月");
    assert_shown("28日");
    assert_false(glass_has(glass, "29日"));
    glass_press(glass, "\033[F\r");
    assert_string_equal(value("day"), "19870228");
    assert_false(is_open());
    assert_int_equal(glass_screen(glass)->focus, 2);
}

static void a_day_can_be_typed_in_its_list(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *day;
    } cases[] = {
        {"20120701", "20120701"},
        {"20120229", "20120229"},
        {"201271", NULL},
        {"2012"
         "7"
         "31",
         "20120731"},
        {"19700312", "19700312"},
        {"20261125", "20261125"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        show("", "");
        glass_screen(glass)->focus = 1;
        glass_press(glass, F4);
        glass_press(glass, cases[i].typed);
        if (cases[i].day)
            assert_string_equal(value("day"), cases[i].day);
        else
            assert_true(is_open()); /* 1日, 10日 … */
        overlay_close(glass_screen(glass));
    }
}

static void days_outside_life_are_not_offered(void **state)
{
    (void)state;
    show("", "");
    glass_screen(glass)->focus = 1;
    glass_press(glass, F4 "1970");
    assert_false(glass_has(glass, " 2月"));
    glass_press(glass, "3");
    assert_false(glass_has(glass, "11日"));
    assert_shown("12日");
    press_esc();
    press_esc();
    glass_press(glass, "2026");
    assert_shown("11月");
    assert_false(glass_has(glass, "12月"));
}

static void a_day_that_stands_there_is_found_again(void **state)
{
    (void)state;
    show("", "20120701");
    glass_screen(glass)->focus = 1;
    glass_press(glass, F4);
    assert_shown("► 2012年");
    glass_press(glass, "\r");
    assert_shown("► 7月");
}

/* Eight digits stay the quick way. */
static void a_day_is_typed_into_the_field(void **state)
{
    (void)state;
    show("", "");
    glass_press(glass, "\t20120701");
    assert_string_equal(value("day"), "20120701");
    assert_false(is_open());
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_place_is_picked_with_enter),
        TEST(typing_narrows_the_list),
        TEST(one_goes_back_level_by_level),
        TEST(one_may_stop_at_a_city),
        TEST(provinces_without_cities_have_their_districts),
        TEST(the_rest_of_an_address_stays),
        TEST(one_may_type_instead),
        TEST(places_are_picked_by_tapping),
        TEST(a_day_is_picked_by_year_month_and_day),
        TEST(a_day_can_be_typed_in_its_list),
        TEST(days_outside_life_are_not_offered),
        TEST(a_day_that_stands_there_is_found_again),
        TEST(a_day_is_typed_into_the_field),
    };
    return cmocka_run_group_tests_name("picker", tests, NULL, NULL);
}
