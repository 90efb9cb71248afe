/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen/field_paint.h"

#include <string.h>

static struct page *page;

static int setup(void **state)
{
    (void)state;
    page = page_new("p", PAGE_FIELDS);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    page_free(page);
    return 0;
}

static struct page_field *shape(enum field_type type, int max_chars, const char *value)
{
    struct page_field *field = page_add_field(page, "key", type, "label", value);
    field->max_chars = max_chars;
    return field;
}

/* Types a small language: letters as they are, "<" Left, ">" Right, "{" Home, "}" End, "~" Backspace, "^" Delete, "!" clear, "|" undo, "&" redo. */
static enum edit type(struct field *field, const char *text)
{
    static const char commands[] = "<>{}~^!|&";
    static const enum press presses[] = {PRESS_LEFT,   PRESS_RIGHT, PRESS_HOME, PRESS_END, PRESS_BACKSPACE,
                                         PRESS_DELETE, PRESS_CLEAR, PRESS_UNDO, PRESS_REDO};
    enum edit edit = EDIT_IGNORED;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const char *command = strchr(commands, *at);
        struct key key = {.press = PRESS_CHAR, .c = g_utf8_get_char(at)};
        if (command)
            key = (struct key){.press = presses[command - commands]};
        edit = field_key(field, &key);
    }
    return edit;
}

static const struct {
    enum field_type type;
    int max_chars;
    const char *before, *typed, *after;
    enum edit last;
} cases[] = {
    {FIELD_TEXT, 10, "", "山西", "山西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "<大", "山大西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "{北", "北山西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "{>东", "山东西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "~", "山", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "{^", "西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "{~", "山西", EDIT_IGNORED},
    {FIELD_TEXT, 10, "山西", "^", "山西", EDIT_IGNORED},
    {FIELD_TEXT, 10, "山西", "!", "", EDIT_CHANGED},
    {FIELD_TEXT, 10, "", "!", "", EDIT_IGNORED},
    {FIELD_TEXT, 10, "山西", ">", "山西", EDIT_IGNORED},
    {FIELD_TEXT, 10, "山西", "<", "山西", EDIT_MOVED},
    {FIELD_TEXT, 3, "山西", "省市", "山西省", EDIT_FULL},
    {FIELD_TEXT, 10, "", "a\nb", "a b", EDIT_CHANGED}, /* from a paste */
    {FIELD_TEXT, 10, "",
     "a\xE2\x80\xAE"
     "b",
     "ab", EDIT_CHANGED},                                 /* right-to-left override */
    {FIELD_TEXT, 10, "", "e\xCC\x81~", "", EDIT_CHANGED}, /* a letter and its mark are one */
    {FIELD_TEXT, 10, "", "𠮷·阿", "𠮷·阿", EDIT_CHANGED},
    {FIELD_TEXT, 10, "", "山西|", "", EDIT_CHANGED}, /* a run of letters is one step */
    {FIELD_TEXT, 10, "", "山西~~|", "山西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "", "山西<东|", "山西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "!|", "山西", EDIT_CHANGED},
    {FIELD_TEXT, 10, "山西", "!|&", "", EDIT_CHANGED},
    {FIELD_TEXT, 10, "", "山|西&", "西", EDIT_IGNORED}, /* what was undone is gone with the next letter */
    {FIELD_TEXT, 10, "山西", "|", "山西", EDIT_IGNORED},
    {FIELD_PASSWORD, 10, NULL, "ab|", "ab", EDIT_IGNORED},
    {FIELD_NUMBER, 18, "", "1401 05-a19", "14010519", EDIT_CHANGED},
    {FIELD_NUMBER, 18, "", "１２３Ｘ", "123X", EDIT_CHANGED},
    {FIELD_NUMBER, 18, "", "12x", "12X", EDIT_CHANGED},
    {FIELD_NUMBER, 18, "", "x", "", EDIT_IGNORED},
    {FIELD_NUMBER, 18, "12X", "3", "12X", EDIT_IGNORED},
    {FIELD_NUMBER, 18, "12X", "<3", "123X", EDIT_CHANGED},
    {FIELD_NUMBER, 18, "12X", "x", "12X", EDIT_IGNORED},
    {FIELD_NUMBER, 18, "123", "<x", "123", EDIT_IGNORED},
    {FIELD_NUMBER, 4, "", "12345", "1234", EDIT_FULL},
    {FIELD_DATE, 0, "", "2012年07月01日", "20120701", EDIT_IGNORED},
    {FIELD_DATE, 0, "", "2012-07-01", "20120701", EDIT_CHANGED},
    {FIELD_DATE, 0, "", "201207019", "20120701", EDIT_FULL},
    {FIELD_DATE, 0, "20120701", "~~15", "20120715", EDIT_CHANGED},
    {FIELD_LONG, 100, "", "一\n二", "一\n二", EDIT_CHANGED},
    {FIELD_CODE, 0, "1", "2", "1", EDIT_IGNORED},
    {FIELD_CHECK, 0, "", " ", "", EDIT_IGNORED},
};

static void keys_edit_by_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct field *field = field_new(shape(cases[i].type, cases[i].max_chars, cases[i].before));
        enum edit last = type(field, cases[i].typed);
        if (strcmp(field_text(field), cases[i].after) != 0 || last != cases[i].last)
            fail_msg("\"%s\" + \"%s\" is \"%s\" (%d), not \"%s\" (%d)", cases[i].before, cases[i].typed,
                     field_text(field), last, cases[i].after, cases[i].last);
        field_free(field);
    }
}

static void a_password_is_in_its_secret_only(void **state)
{
    (void)state;
    struct field *field = field_new(shape(FIELD_PASSWORD, 64, NULL));
    assert_true(field_is_empty(field));
    assert_int_equal(type(field, "Passw0rd密"), EDIT_CHANGED);
    assert_string_equal(field_text(field), "Passw0rd密");
    assert_int_equal(field->text->len, 0);
    assert_int_equal(field->cursor, 0); /* nothing tells how long it is */
    assert_int_equal(type(field, "{"), EDIT_IGNORED);
    assert_int_equal(type(field, "~"), EDIT_CHANGED);
    assert_string_equal(field_text(field), "Passw0rd");
    assert_int_equal(type(field, "!"), EDIT_CHANGED);
    assert_true(field_is_empty(field));
    assert_int_equal(type(field, "~"), EDIT_IGNORED);
    field_free(field);
}

static void a_password_takes_as_much_as_allowed(void **state)
{
    (void)state;
    static const int limits[] = {8, 64, 0, 100000};
    static const glong kept[] = {8, 64, SECRET_MAX / 4, SECRET_MAX / 4};
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        struct field *field = field_new(shape(FIELD_PASSWORD, limits[i], NULL));
        for (int k = 0; k < 300; k++)
            (void)type(field, "𠮷"); /* four bytes each */
        assert_int_equal(g_utf8_strlen(field_text(field), -1), kept[i]);
        field_free(field);
    }
}

/* The page comes back after each letter: the cursor stays unless the text is another one. */
static void the_page_s_value_is_taken_when_it_differs(void **state)
{
    (void)state;
    struct field *field = field_new(shape(FIELD_TEXT, 20, "山西省"));
    (void)type(field, "<<");
    gsize cursor = field->cursor;
    assert_false(field_take(field, shape(FIELD_TEXT, 20, "山西省")));
    assert_int_equal(field->cursor, cursor);
    assert_true(field_take(field, shape(FIELD_TEXT, 20, "太原")));
    assert_string_equal(field_text(field), "太原");
    assert_int_equal(field->cursor, strlen("太原"));
    assert_true(field_take(field, shape(FIELD_TEXT, 20, NULL)));
    assert_true(field_is_empty(field));
    field_free(field);
}

static void a_page_keeps_or_clears_a_password(void **state)
{
    (void)state;
    struct field *field = field_new(shape(FIELD_PASSWORD, 20, NULL));
    (void)type(field, "secret");
    assert_false(field_take(field, shape(FIELD_PASSWORD, 20, NULL)));
    assert_string_equal(field_text(field), "secret");
    assert_true(field_take(field, shape(FIELD_PASSWORD, 20, "")));
    assert_true(field_is_empty(field));
    field_free(field);
}

/* The page knows better: what it says is not undone. */
static void a_value_of_the_page_begins_anew(void **state)
{
    (void)state;
    struct field *field = field_new(shape(FIELD_TEXT, 20, ""));
    (void)type(field, "山西");
    assert_true(field_take(field, shape(FIELD_TEXT, 20, "太原")));
    assert_int_equal(type(field, "|"), EDIT_IGNORED);
    assert_string_equal(field_text(field), "太原");
    for (int i = 0; i < 3 * HISTORY_STEPS_MAX; i++)
        (void)type(field, "a~");
    assert_true(g_queue_get_length(&field->history.past) <= HISTORY_STEPS_MAX);
    field_free(field);
}

static void dates_are_shown_as_people_write_them(void **state)
{
    (void)state;
    static const char *const dates[][2] = {{"", "____年__月__日"},
                                           {"2", "2___年__月__日"},
                                           {"2012", "2012年__月__日"},
                                           {"201207", "2012年07月__日"},
                                           {"20120701", "2012年07月01日"}};
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *text = field_date_text(dates[i][0], '_');
        assert_string_equal(text, dates[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_edit_by_type, setup, teardown),
        cmocka_unit_test_setup_teardown(a_password_is_in_its_secret_only, setup, teardown),
        cmocka_unit_test_setup_teardown(a_password_takes_as_much_as_allowed, setup, teardown),
        cmocka_unit_test_setup_teardown(the_page_s_value_is_taken_when_it_differs, setup, teardown),
        cmocka_unit_test_setup_teardown(a_page_keeps_or_clears_a_password, setup, teardown),
        cmocka_unit_test_setup_teardown(a_value_of_the_page_begins_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(dates_are_shown_as_people_write_them, setup, teardown),
    };
    return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
