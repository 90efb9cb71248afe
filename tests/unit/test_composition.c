/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "input/composition.h"
#include "input/pinyin_record.h"

#include <string.h>

static void type(struct composition *composition, const char *letters)
{
    for (; *letters != '\0'; letters++)
        composition_type(composition, *letters);
}

static void assert_stands(const struct composition *composition, const char *picked, const char *letters, int cursor)
{
    assert_string_equal(composition->picked->str, picked);
    assert_string_equal(composition->letters->str, letters);
    assert_int_equal(composition->cursor, cursor);
}

static int set_up(void **state)
{
    struct composition *composition = g_new0(struct composition, 1);
    composition_init(composition);
    *state = composition;
    return 0;
}

static int tear_down(void **state)
{
    composition_clear(*state);
    g_free(*state);
    return 0;
}

static void letters_go_in_at_the_cursor(void **state)
{
    struct composition *composition = *state;
    type(composition, "shanxsheng");
    assert_true(composition_move(composition, -5));
    assert_true(composition_type(composition, 'i'));
    assert_stands(composition, "", "shanxisheng", 6);
    assert_true(composition_move(composition, 100));
    assert_false(composition_move(composition, 1));
    assert_true(composition_move(composition, -100));
    assert_false(composition_move(composition, -1));
    assert_stands(composition, "", "shanxisheng", 0);
    assert_false(composition_is_empty(composition));
}

static void only_letters_and_parting_marks(void **state)
{
    struct composition *composition = *state;
    assert_false(composition_type(composition, '\''));
    assert_false(composition_type(composition, 'A'));
    assert_false(composition_type(composition, '1'));
    assert_false(composition_type(composition, '\n'));
    assert_false(composition_type(composition, (char)0xE4));
    type(composition, "xi''an");
    assert_stands(composition, "", "xi'an", 5);
    composition_move(composition, -3);
    assert_false(composition_type(composition, '\'')); /* beside the one to its right */
    assert_true(pinyin_letters_fit(composition->letters->str));
}

static void deleting_leaves_no_mark_alone(void **state)
{
    struct composition *composition = *state;
    type(composition, "a'b'c");
    composition_move(composition, -2);
    assert_true(composition_backspace(composition)); /* a''c → a'c */
    assert_stands(composition, "", "a'c", 2);
    composition_move(composition, -100);
    assert_true(composition_delete(composition)); /* 'c → c */
    assert_stands(composition, "", "c", 0);
    assert_true(composition_delete(composition));
    assert_false(composition_delete(composition));
    assert_false(composition_backspace(composition));
    assert_true(composition_is_empty(composition));
}

static void picks_can_be_taken_back(void **state)
{
    struct composition *composition = *state;
    type(composition, "shanxisheng'taiyuan");
    assert_true(composition_pick(composition, "山西", 6));
    assert_stands(composition, "山西", "sheng'taiyuan", 13);
    assert_true(composition_pick(composition, "省", 5)); /* with the mark behind it */
    assert_stands(composition, "山西省", "taiyuan", 7);
    composition_move(composition, -100);
    assert_true(composition_backspace(composition));
    assert_stands(composition, "山西", "sheng'taiyuan", 6);
    composition_move(composition, -100);
    assert_true(composition_backspace(composition));
    assert_stands(composition, "", "shanxisheng'taiyuan", 6);
}

static void a_pick_fits_or_is_refused(void **state)
{
    struct composition *composition = *state;
    type(composition, "ni");
    assert_false(composition_pick(composition, "你好", 3));
    assert_false(composition_pick(composition, "你", 0));
    assert_true(composition_pick(composition, "你", 2));
    assert_stands(composition, "你", "", 0);
    assert_false(composition_is_empty(composition));
    composition_reset(composition);
    assert_true(composition_is_empty(composition));
}

/* The letters of picks count too: all of them may come back. */
static void never_more_than_the_engine_takes(void **state)
{
    struct composition *composition = *state;
    for (int i = 0; i < 200; i++)
        composition_type(composition, 'a');
    assert_int_equal(composition->letters->len, PINYIN_LETTERS_MAX);
    composition_pick(composition, "啊", 1);
    assert_false(composition_type(composition, 'a'));
    composition_move(composition, -PINYIN_LETTERS_MAX);
    composition_backspace(composition);
    assert_int_equal(composition->letters->len, PINYIN_LETTERS_MAX);
    assert_true(pinyin_letters_fit(composition->letters->str));
}

static void a_cleared_one_may_be_cleared(void **state)
{
    (void)state;
    struct composition composition = {0};
    composition_clear(&composition);
}

/* Whatever keys come: the letters fit the engine, the cursor is among them, nothing typed is lost but by deleting. */
static void random_keys_keep_it_whole(void **state)
{
    struct composition *composition = *state;
    GRand *random = g_rand_new_with_seed(4);
    for (int i = 0; i < 200000; i++) {
        switch (g_rand_int_range(random, 0, 6)) {
        case 0:
            composition_backspace(composition);
            break;
        case 1:
            composition_delete(composition);
            break;
        case 2:
            composition_move(composition, g_rand_int_range(random, -4, 5));
            break;
        case 3:
            composition_pick(composition, "字", g_rand_int_range(random, 0, 8));
            break;
        default:
            composition_type(composition, "abcdefghijklmnopqrstuvwxyz'''"[g_rand_int_range(random, 0, 29)]);
        }
        const char *letters = composition->letters->str;
        assert_true(*letters == '\0' || pinyin_letters_fit(letters));
        assert_in_range(composition->cursor, 0, composition->letters->len);
        assert_int_equal(composition->picked->len, composition->picks->len * strlen("字"));
    }
    g_rand_free(random);
}

/* A word is pointed at by moving to it; a letter that is put right means all of them again. */
static void moving_points_at_a_word(void **state)
{
    struct composition *composition = *state;
    for (const char *at = "womenzaitaiyuan"; *at; at++)
        composition_type(composition, *at);
    assert_int_equal(composition->start, 0);
    composition_move(composition, -1);
    assert_int_equal(composition->start, 11); /* yuan */
    composition_move(composition, -6);
    assert_int_equal(composition->start, 8); /* tai */
    composition_move(composition, -1);
    assert_int_equal(composition->start, 5); /* zai */
    composition_type(composition, 'a');
    assert_int_equal(composition->start, 0);
    composition_move(composition, 1);
    composition_backspace(composition);
    assert_int_equal(composition->start, 0);
    composition_move(composition, -PINYIN_LETTERS_MAX);
    assert_int_equal(composition->start, 0);
    composition_move(composition, 2);
    assert_int_equal(composition->start, 2);
    composition_move(composition, PINYIN_LETTERS_MAX);
    assert_int_equal(composition->start, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(letters_go_in_at_the_cursor, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_letters_and_parting_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deleting_leaves_no_mark_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(picks_can_be_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pick_fits_or_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(never_more_than_the_engine_takes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(moving_points_at_a_word, set_up, tear_down),
        cmocka_unit_test(a_cleared_one_may_be_cleared),
        cmocka_unit_test_setup_teardown(random_keys_keep_it_whole, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
