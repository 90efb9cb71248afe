/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "rules.h"

#include <string.h>

static int set_up(void **state)
{
    *state = rules_messages();
    return 0;
}

static int tear_down(void **state)
{
    record_free(&messages_record, *state);
    return 0;
}

static bool known(const struct messages *messages, const char *key)
{
    return message_text(key, (gpointer)messages) != key;
}

/* Every string in the sources of the rules that looks like a key of one of their sections. */
static guint check_source(const struct messages *messages, const char *path)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autoptr(GRegex) regex = g_regex_new(
        "\"((?:eligibility|substitution|application|prior_degree|photo|order|form|progress|checklist)\\.[a-z_]+)\"", 0,
        0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    guint n = 0;
    for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL), n++) {
        g_autofree char *key = g_match_info_fetch(match, 1);
        if (!known(messages, key))
            fail_msg("%s: no sentence for %s", path, key);
    }
    return n;
}

static void test_every_key_of_the_rules_has_a_sentence(void **state)
{
    g_autoptr(GDir) folder = g_dir_open("src/graduation", 0, NULL);
    assert_non_null(folder);
    guint keys = 0;
    for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder)) {
        g_autofree char *path = g_build_filename("src/graduation", name, NULL);
        if (g_str_has_suffix(name, ".c"))
            keys += check_source(*state, path);
    }
    assert_true(keys > 100); /* the search itself works */
}

static void test_sentences_are_clean_and_keys_unique(void **state)
{
    const struct messages *messages = *state;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < messages->messages->len; i++) {
        const struct message *message = g_ptr_array_index(messages->messages, i);
        if (!g_hash_table_add(seen, message->key))
            fail_msg("%s stands there twice", message->key);
        if (!text_is_clean(message->text, 600, TEXT_LINES))
            fail_msg("%s is not clean", message->key);
    }
}

static void test_missing_key_shows_itself(void **state)
{
    assert_string_equal(message_text("form.mobile", *state), "请输入11位手机号。");
    assert_string_equal(message_text("no.such", *state), "no.such");
    assert_string_equal(message_text("form.mobile", NULL), "form.mobile");
}

static void test_fill(void **state)
{
    g_autofree char *county = message_fill(*state, "progress.county_approved", "county", "太原市小店区", NULL);
    assert_string_equal(county, "太原市小店区招办已预审通过");
    static const struct {
        const char *sentence, *filled;
    } cases[] = {
        {"{a}", "1"},   {"{a}{b}", "1{a}"}, /* values are not looked at again */
        {"{c}", "{c}"}, {"{a", "{a"},       {"}{a}", "}1"}, {"{ab}", "{ab}"},
        {"{}", "{}"},   {"{{a}}", "{1}"},   {"无", "无"},   {"", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *filled = message_expand(cases[i].sentence, "a", "1", "b", "{a}", NULL);
        assert_string_equal(filled, cases[i].filled);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_of_the_rules_has_a_sentence),
        cmocka_unit_test(test_sentences_are_clean_and_keys_unique),
        cmocka_unit_test(test_missing_key_shows_itself),
        cmocka_unit_test(test_fill),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
