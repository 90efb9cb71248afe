/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One word for one thing: what the glossary forbids is told with its line, and the shipped words keep to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>

#include "base/settings.h"
#include "session/wording.h"

#define GLOSSARY "term\tcode\tinstead_of\tmeaning\n登录\tlogin\t登陆 登入\t\nPDF\t\t\t\n"

/* The only fault of a folder of forms whose screens/a.conf holds `screen` and whose messages.conf `messages`; NULL = none. */
static char *fault_of(const char *glossary, const char *messages, const char *screen)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    g_autofree char *directory = g_dir_make_tmp("forms-XXXXXX", NULL);
    g_autofree char *screens = g_build_filename(directory, "screens", NULL);
    assert_int_equal(g_mkdir(screens, 0700), 0);
    const struct {
        const char *name, *text;
    } files[] = {
        {"glossary.tsv", glossary}, {"messages.conf", messages}, {"frame.conf", ""}, {"screens/a.conf", screen}};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(directory, files[i].name, NULL);
        assert_true(g_file_set_contents(path, files[i].text, -1, NULL));
    }
    bool good = wording_check(directory, faults);
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(directory, files[i].name, NULL);
        g_unlink(path);
    }
    g_rmdir(screens);
    g_rmdir(directory);
    assert_int_equal(good, faults->len == 0);
    assert_in_range(faults->len, 0, 1);
    const char *fault = good ? NULL : g_ptr_array_index(faults, 0);
    return fault ? g_strdup(g_str_has_prefix(fault, directory) ? fault + strlen(directory) + 1 : fault) : NULL;
}

static void expect(const char *messages, const char *screen, const char *wanted)
{
    g_autofree char *fault = fault_of(GLOSSARY, messages, screen);
    if (g_strcmp0(fault, wanted) != 0)
        fail_msg("\"%s\" instead of \"%s\"", fault ? fault : "(none)", wanted ? wanted : "(none)");
}

static void the_shipped_words_keep_to_it(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    (void)wording_check("forms", faults);
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
    assert_int_equal(faults->len, 0);
}

static void another_word_for_a_term(void **state)
{
    (void)state;
    expect("\n\ntext = \"请登陆。\";", "", "messages.conf:3: \"登陆\": the glossary has \"登录\" for it");
    expect("", "a = \"好\"; b = \"不好，登入\";", "screens/a.conf:1: \"登入\": the glossary has \"登录\" for it");
    expect("text = \"请登录。\";", "# \"登陆\" in a comment", NULL);
}

static void a_word_in_latin_letters(void **state)
{
    (void)state;
    expect("text = \"请用 USB 盘。\";", "", "messages.conf:1: \"USB\" is no term of the glossary");
    expect("text = \"第一行\\n第二行，PDF\";", "", NULL);
    expect("text = \"按 F10 键，{name}，{code} 号\";", "verb = \"go\"; when = \"paid form_open\";", NULL);
}

static void what_staff_reads_may_name_options(void **state)
{
    (void)state;
    expect("{ key = \"ctl.more\"; text = \"请用 --limit 多列一些。\"; }", "", NULL);
    expect("{ key = \"ctl.more\"; text = \"请登陆。\"; }", "",
           "messages.conf:1: \"登陆\": the glossary has \"登录\" for it");
}

static void a_glossary_that_is_none(void **state)
{
    (void)state;
    g_autofree char *fault = fault_of("term\n登录\n登录\tx\n", "", "");
    assert_non_null(fault);
    assert_non_null(strstr(fault, "glossary.tsv:3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_words_keep_to_it), cmocka_unit_test(another_word_for_a_term),
        cmocka_unit_test(a_word_in_latin_letters),      cmocka_unit_test(what_staff_reads_may_name_options),
        cmocka_unit_test(a_glossary_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
