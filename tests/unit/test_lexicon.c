/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/tsv.h"
#include "input/lexicon.h"
#include "rig.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* libpinyin keeps handles of its database and the words it was asked for. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libpinyin.so\nleak:libdb-5.3.so\nleak:g_utf8_to_ucs4\n";
}

struct desk {
    struct pinyin_engine *engine;
    struct lexicon *lexicon;
    GPtrArray *faults;
    char *folder, *path;
};

static int set_up(void **state)
{
    struct desk *desk = g_new0(struct desk, 1);
    desk->engine = pinyin_engine_new(PINYIN_DATA);
    desk->lexicon = lexicon_new(desk->engine);
    desk->faults = g_ptr_array_new_with_free_func(g_free);
    desk->folder = g_dir_make_tmp("lexicon-XXXXXX", NULL);
    desk->path = g_build_filename(desk->folder, "table.tsv", NULL);
    *state = desk;
    return desk->engine == NULL;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    lexicon_free(desk->lexicon);
    pinyin_engine_free(desk->engine);
    g_ptr_array_unref(desk->faults);
    g_unlink(desk->path);
    rmdir(desk->folder);
    g_free(desk->folder);
    g_free(desk->path);
    g_free(desk);
    return 0;
}

static void put(struct desk *desk, const char *text)
{
    assert_true(g_file_set_contents(desk->path, text, -1, NULL));
}

static bool has(struct desk *desk, const char *line)
{
    g_autofree char *text = lexicon_text(desk->lexicon);
    return strstr(text, line) != NULL;
}

static void words_with_and_without_a_reading(void **state)
{
    struct desk *desk = *state;
    put(desk, "word\treading\tweight\n解州\thai'zhou\t\n大槐树镇\t\t30\n");
    assert_true(lexicon_add_words(desk->lexicon, desk->path, 900, desk->faults));
    assert_true(has(desk, "\n解州\thai'zhou\t900\n"));
    assert_true(has(desk, "\n大槐树镇\tda'huai'shu'zhen\t30\n"));
    assert_int_equal(lexicon_size(desk->lexicon), 2);
}

/* A reading that was given holds inside longer words that come later. */
static void given_readings_hold_in_longer_words(void **state)
{
    struct desk *desk = *state;
    put(desk, "word\treading\n解州\thai'zhou\n解州关帝庙\t\n");
    assert_true(lexicon_add_words(desk->lexicon, desk->path, 900, desk->faults));
    assert_true(has(desk, "解州关帝庙\thai'zhou'guan'di'miao\t"));
}

static void a_column_of_a_table(void **state)
{
    struct desk *desk = *state;
    put(desk, "code\tname\tcity\n1\t退(离)休人员\t太原市\n2\tC语言程序设计（一）\t太原市\n3\t县\t\n4\n");
    assert_true(lexicon_add_column(desk->lexicon, desk->path, "name", LEXICON_WORD, 50, desk->faults));
    assert_true(has(desk, "\n休人员\txiu'ren'yuan\t50\n"));
    assert_true(has(desk, "\n语言程序设计\tyu'yan'cheng'xu'she'ji\t50\n"));
    assert_false(has(desk, "\n县\t"));
    assert_false(has(desk, "太原"));
    assert_true(lexicon_add_column(desk->lexicon, desk->path, "city", LEXICON_PLACE, 60, desk->faults));
    assert_true(has(desk, "\n太原市\ttai'yuan'shi\t60\n太原\ttai'yuan\t60\n"));
    assert_int_equal(lexicon_size(desk->lexicon), 4); /* each once */
}

static void faults_are_told(void **state)
{
    struct desk *desk = *state;
    put(desk, "code\tname\n1\t甲\n");
    assert_false(lexicon_add_column(desk->lexicon, desk->path, "city", LEXICON_WORD, 1, desk->faults));
    assert_non_null(strstr(g_ptr_array_index(desk->faults, 0), "no column city"));
    assert_false(lexicon_add_column(desk->lexicon, "/nonexistent", "city", LEXICON_WORD, 1, desk->faults));
    put(desk, "word\treading\n山西\tshan\n");
    assert_false(lexicon_add_words(desk->lexicon, desk->path, 1, desk->faults));
    put(desk, "word\tsound\n山西\tshan'xi\n");
    assert_false(lexicon_add_words(desk->lexicon, desk->path, 1, desk->faults));
    put(desk, "\xFF\xFE");
    assert_false(lexicon_add_column(desk->lexicon, desk->path, "city", LEXICON_WORD, 1, desk->faults));
    put(desk, "");
    assert_false(lexicon_add_column(desk->lexicon, desk->path, "city", LEXICON_WORD, 1, desk->faults));
    assert_int_equal(desk->faults->len, 6);
}

/* 㛃 is known to libpinyin, 𬘓 is not. */
static void characters_that_are_missing(void **state)
{
    struct desk *desk = *state;
    lexicon_add_characters(desk->lexicon);
    assert_true(has(desk, "\n𬘓\txun\t1\n"));
    assert_false(has(desk, "\n㛃\t"));
    assert_false(has(desk, "\n山\t"));
    assert_in_range(lexicon_size(desk->lexicon), 200, 300);
}

/* What the build made: read by the engine whole, and its promises. */
static void the_one_of_this_build(void **state)
{
    struct desk *desk = *state;
    g_autofree char *path = rig_program("lexicon.tsv"), *text = NULL;
    static const char *const lines[] = {
        "\n山西\tshan'xi\t5000\n",     "\n小店区\txiao'dian'qu\t1000\n",      "\n会计学\tkuai'ji'xue\t1000\n",
        "\n汉族\than'zu\t1000\n",      "\n个体经营\tge'ti'jing'ying\t1000\n", "\n群众\tqun'zhong\t1000\n",
        "\n尧都区\tyao'du'qu\t1000\n",
    };
    GPtrArray *words = tsv_read_all(&pinyin_word_record, path, desk->faults);
    assert_non_null(words);
    assert_in_range(words->len, 900, 3000);
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        if (strstr(text, lines[i]) == NULL)
            fail_msg("missing: %s", lines[i]);
    for (guint i = 0; i < words->len; i++)
        if (!pinyin_engine_add(desk->engine, g_ptr_array_index(words, i)))
            fail_msg("%s is refused", ((struct pinyin_word *)g_ptr_array_index(words, i))->word);
    record_list_free(&pinyin_word_record, words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_with_and_without_a_reading, set_up, tear_down),
        cmocka_unit_test_setup_teardown(given_readings_hold_in_longer_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_column_of_a_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(characters_that_are_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_one_of_this_build, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
