/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kiosk --check: what pinyin needs is there and whole, each fault with its path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/settings.h"
#include "input/pinyin_check.h"
#include "rig.h"

struct place {
    char *folder, *helper, *lexicon;
    struct pinyin_options options;
};

static void remove_tables(const struct place *place)
{
    g_autoptr(GDir) dir = g_dir_open(place->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(place->folder, name, NULL);
        assert_int_equal(g_unlink(path), 0);
    }
}

/* A folder of links to the real tables. */
static int set_up(void **state)
{
    struct place *place = g_new0(struct place, 1);
    place->folder = g_dir_make_tmp("pinyin-XXXXXX", NULL);
    place->helper = rig_program("kiosk-helper");
    place->lexicon = rig_program("lexicon.tsv");
    place->options =
        (struct pinyin_options){.program = place->helper, .data = place->folder, .lexicon = place->lexicon};
    g_autoptr(GDir) dir = g_dir_open(PINYIN_DATA, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *from = g_build_filename(PINYIN_DATA, name, NULL);
        g_autofree char *to = g_build_filename(place->folder, name, NULL);
        assert_int_equal(symlink(from, to), 0);
    }
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    remove_tables(place);
    g_rmdir(place->folder);
    g_free(place->folder);
    g_free(place->helper);
    g_free(place->lexicon);
    g_free(place);
    return 0;
}

static void assert_faults(const struct place *place, const char *const *paths)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    guint n = 0;
    bool good = pinyin_check(&place->options, faults);
    for (; paths[n]; n++) {
        assert_true(n < faults->len);
        const char *fault = g_ptr_array_index(faults, n);
        if (!g_str_has_prefix(fault, paths[n]) || fault[strlen(paths[n])] != ':')
            fail_msg("\"%s\" is not about %s", fault, paths[n]);
    }
    assert_int_equal(faults->len, n);
    assert_int_equal(good, n == 0);
}

static void what_was_built_is_whole(void **state)
{
    assert_faults(*state, (const char *const[]){NULL});
}

/* The first `bytes` of the real table instead of all of it; -1 = nothing there. */
static char *cut(const struct place *place, const char *name, gssize bytes)
{
    g_autofree char *from = g_build_filename(PINYIN_DATA, name, NULL);
    char *to = g_build_filename(place->folder, name, NULL);
    g_autofree char *contents = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(from, &contents, &length, NULL));
    assert_int_equal(g_unlink(to), 0);
    if (bytes >= 0)
        assert_true(g_file_set_contents(to, contents, MIN(bytes, (gssize)length - 1), NULL));
    return to;
}

static void each_table_must_be_there_to_its_end(void **state)
{
    static const char *const names[] = {"bigram.db",    "phrase_index.bin", "pinyin_index.bin", "gb_char.bin",
                                        "gbk_char.bin", "opengram.bin",     "merged.bin",       "table.conf"};
    static const gssize bytes[] = {-1, 0, 5, 1000, G_MAXSSIZE};
    const struct place *place = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(bytes); k++) {
            g_autofree char *path = cut(place, names[i], bytes[k]);
            g_autofree char *from = g_build_filename(PINYIN_DATA, names[i], NULL);
            bool text = g_str_has_suffix(names[i], ".conf"); /* says nothing of its length */
            if (!text || bytes[k] <= 0)
                assert_faults(place, (const char *const[]){path, NULL});
            (void)g_unlink(path);
            assert_int_equal(symlink(from, path), 0);
        }
    assert_faults(place, (const char *const[]){NULL});
}

static void a_folder_that_is_none(void **state)
{
    struct place *place = *state;
    place->options.data = "/nowhere";
    assert_faults(place, (const char *const[]){"/nowhere/table.conf", NULL});
}

static void helper_and_lexicon(void **state)
{
    struct place *place = *state;
    g_autofree char *cut_off = g_build_filename(place->folder, "lexicon.tsv", NULL);
    g_autofree char *damaged = g_build_filename(place->folder, "damaged.tsv", NULL);
    assert_true(g_file_set_contents(cut_off, "word\treading\tweight\n太原\ttai'yuan\t9\n", -1, NULL));
    assert_true(g_file_set_contents(damaged, "word\treading\tweight\n太原\ttai'y", -1, NULL));
    place->options.program = "/nowhere/kiosk-helper";
    place->options.lexicon = "/nowhere/lexicon.tsv";
    assert_faults(place, (const char *const[]){"/nowhere/kiosk-helper", "/nowhere/lexicon.tsv", NULL});
    place->options.program = place->helper;
    place->options.lexicon = cut_off;
    assert_faults(place, (const char *const[]){cut_off, NULL});
    place->options.lexicon = damaged;
    assert_faults(place, (const char *const[]){damaged, NULL});
    place->options.program = "/bin/true"; /* starts, and is no engine */
    place->options.lexicon = place->lexicon;
    assert_faults(place, (const char *const[]){"/bin/true", NULL});
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_was_built_is_whole),
        TEST(each_table_must_be_there_to_its_end),
        TEST(a_folder_that_is_none),
        TEST(helper_and_lexicon),
    };
    return cmocka_run_group_tests_name("pinyin_check", tests, NULL, NULL);
}
