/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real libpinyin with its real tables, in this process: what it answers, with and without the words of ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/tsv.h"
#include "graduation/code_table.h"
#include "input/pinyin_check.h"
#include "input/pinyin_engine.h"
#include "input/rare.h"
#include "rig.h"
#include "typist.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* libpinyin keeps handles of its database and the words it was asked for. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libpinyin.so\nleak:libdb-5.3.so\nleak:g_utf8_to_ucs4\n";
}

static bool take_word(void *record, unsigned line G_GNUC_UNUSED, gpointer data)
{
    if (!pinyin_engine_add(data, record))
        fail_msg("%s is refused", ((struct pinyin_word *)record)->word);
    record_free(&pinyin_word_record, record);
    return true;
}

static int set_up(void **state)
{
    g_autofree char *lexicon = rig_program("lexicon.tsv");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    struct pinyin_engine *engine = pinyin_engine_new(PINYIN_DATA);
    assert_non_null(engine);
    assert_true(tsv_read(&pinyin_word_record, lexicon, faults, take_word, engine));
    *state = engine;
    return 0;
}

static int tear_down(void **state)
{
    pinyin_engine_free(*state);
    return 0;
}

static struct pinyin_answer *ask(struct pinyin_engine *engine, const char *letters, int64_t from, int64_t count,
                                 bool fuzzy)
{
    struct pinyin_question question = {
        .number = 7, .letters = (char *)letters, .from = from, .count = count, .fuzzy = fuzzy};
    struct pinyin_answer *answer = pinyin_engine_ask(engine, &question);
    assert_int_equal(answer->number, 7);
    return answer;
}

static const struct pinyin_candidate *nth(const struct pinyin_answer *answer, guint i)
{
    assert_in_range(i + 1, 1, answer->candidates->len);
    return g_ptr_array_index(answer->candidates, i);
}

static void assert_first(struct pinyin_engine *engine, const char *letters, const char *text)
{
    struct pinyin_answer *answer = ask(engine, letters, 0, 1, false);
    if (answer->candidates->len == 0 || strcmp(nth(answer, 0)->text, text) != 0)
        fail_msg("%s: %s, not %s", letters, answer->candidates->len > 0 ? nth(answer, 0)->text : "nothing", text);
    assert_int_equal(nth(answer, 0)->letters, strlen(letters));
    record_free(&pinyin_answer_record, answer);
}

/* Place among the first 20; -1 = not there. */
static int place(struct pinyin_engine *engine, const char *letters, const char *text, bool fuzzy)
{
    struct pinyin_answer *answer = ask(engine, letters, 0, PINYIN_PAGE_MAX, fuzzy);
    int found = -1;
    for (guint i = 0; i < answer->candidates->len && found < 0; i++)
        if (strcmp(nth(answer, i)->text, text) == 0)
            found = (int)i;
    record_free(&pinyin_answer_record, answer);
    return found;
}

static void whole_sentences(void **state)
{
    assert_first(*state, "shanxishengtaiyuanshixiaodianqu", "山西省太原市小店区");
    assert_first(*state, "shanxisheng", "山西省");
    assert_first(*state, "taiyuanshixiaodianqu", "太原市小店区");
    assert_first(*state, "xiaodianqu", "小店区");
    assert_first(*state, "shanxi", "山西");
    assert_first(*state, "gaodengjiaoyuzixuekaoshi", "高等教育自学考试");
    assert_first(*state, "meiyoucanjiaguogongzuo", "没有参加过工作");
}

/* Every county of the province with its city and the province before it, and each alone among the first. */
static void every_county_of_the_province(void **state)
{
    g_autofree char *path = rig_source("forms/tables/divisions_shanxi.tsv");
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *counties = tsv_read_all(&code_entry_record, path, faults);
    assert_int_equal(counties->len, 117);
    for (guint i = 0; i < counties->len; i++) {
        const struct code_entry *county = g_ptr_array_index(counties, i);
        g_autofree char *whole = g_strconcat("山西省", county->city, county->name, NULL);
        g_autofree char *read = pinyin_engine_read(*state, whole),
                        *read_alone = pinyin_engine_read(*state, county->name);
        g_auto(GStrv) syllables = g_strsplit(read, "'", -1);
        g_autofree char *letters = g_strjoinv("", syllables);
        assert_first(*state, letters, whole);
        if (place(*state, read_alone, county->name, false) < 0 || place(*state, read_alone, county->name, false) > 4)
            fail_msg("%s is not among the first five", county->name);
    }
    record_list_free(&code_entry_record, counties);
}

/* As the places are really called, whatever the single characters say. */
static void places_read_as_people_say(void **state)
{
    static const struct {
        const char *place, *reading;
    } cases[] = {
        {"长治市", "chang'zhi'shi"},
        {"长子县", "zhang'zi'xian"},
        {"洪洞县", "hong'tong'xian"},
        {"解州镇", "hai'zhou'zhen"},
        {"尧都区", "yao'du'qu"},
        {"万柏林区", "wan'bai'lin'qu"},
        {"隰县", "xi'xian"},
        {"盂县", "yu'xian"},
        {"繁峙县", "fan'shi'xian"},
        {"岢岚县", "ke'lan'xian"},
        {"芮城县", "rui'cheng'xian"},
        {"临猗县", "lin'yi'xian"},
        {"静乐县", "jing'le'xian"},
        {"重庆市", "chong'qing'shi"},
        {"朝阳", "chao'yang"},
        {"吕梁市", "lv'liang'shi"},
        {"曲沃县", "qu'wo'xian"},
        {"沁源县", "qin'yuan'xian"},
        {"绛县", "jiang'xian"},
        {"浑源县", "hun'yuan'xian"},
        {"乐于助人", "le'yu'zhu'ren"},
        {"会计学", "kuai'ji'xue"},
        {"行政管理", "xing'zheng'guan'li"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reading = pinyin_engine_read(*state, cases[i].place);
        assert_string_equal(reading, cases[i].reading);
        if (place(*state, cases[i].reading, cases[i].place, false) != 0)
            fail_msg("%s is not first", cases[i].place);
    }
}

static void abbreviations_and_unfinished_syllables(void **state)
{
    assert_in_range(place(*state, "sxs", "山西省", false), 0, 4);
    assert_in_range(place(*state, "tys", "太原市", false), 0, 4);
    assert_in_range(place(*state, "zggcd", "中国共产党", false), 0, 0);
    assert_in_range(place(*state, "jsj", "计算机", false), 0, 0);
    assert_in_range(place(*state, "yxzrgs", "有限责任公司", false), 0, 0);
    assert_in_range(place(*state, "tyszf", "太原市政府", false), 0, 4);
    assert_in_range(place(*state, "taiyuansh", "太原市", false), 0, 4);
    assert_in_range(place(*state, "zhongguor", "中国人", false), 0, 4);
}

static void apostrophes_and_v(void **state)
{
    assert_first(*state, "xi'an", "西安");
    assert_in_range(place(*state, "xian", "县", false), 0, 8);
    assert_in_range(place(*state, "lv", "绿", false), 0, 8);
    assert_first(*state, "nver", "女儿");
    assert_first(*state, "lvliang", "吕梁");
    assert_first(*state, "falv", "法律");
}

static void sounds_that_are_one_to_many(void **state)
{
    assert_int_equal(place(*state, "sanxi", "山西", false), -1);
    assert_in_range(place(*state, "sanxi", "山西", true), 0, 1);
    assert_in_range(place(*state, "gongcensi", "工程师", true), 0, 2);
    assert_in_range(place(*state, "lanren", "男人", true), 0, 4);
    assert_in_range(place(*state, "benlin", "本领", true), 0, 4);
    assert_in_range(place(*state, "sanxisentaiyuansixiaodianqu", "山西省太原市小店区", true), 0, 2);
    assert_in_range(place(*state, "shanxi", "山西", true), 0, 0);
}

static void repaired_typing(void **state)
{
    assert_first(*state, "gogncheng", "工程");
    assert_in_range(place(*state, "shagnhai", "上海", false), 0, 0);
}

/* A candidate stands for so many letters, at least one; the sentence for all, a single hanzi for one syllable. */
static void candidates_say_their_letters(void **state)
{
    struct pinyin_answer *answer = ask(*state, "xi'anshi", 0, PINYIN_PAGE_MAX, false);
    bool single = false;
    for (guint i = 0; i < answer->candidates->len; i++) {
        const struct pinyin_candidate *candidate = nth(answer, i);
        assert_in_range(candidate->letters, 1, 8);
        single |= strcmp(candidate->text, "西") == 0 && candidate->letters == 2;
    }
    assert_true(single);
    record_free(&pinyin_answer_record, answer);
}

/* Pages join, no text comes twice, the last one says so; a page that was left is the same when it is seen again. */
static void pages_join(void **state)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool more = true;
    int64_t from = 0;
    for (; more; from += 9) {
        struct pinyin_answer *answer = ask(*state, "shi", from, 9, false);
        more = answer->more;
        assert_true(!more || answer->candidates->len == 9);
        for (guint i = 0; i < answer->candidates->len; i++)
            if (!g_hash_table_add(seen, g_strdup(nth(answer, i)->text)))
                fail_msg("%s comes twice", nth(answer, i)->text);
        record_free(&pinyin_answer_record, answer);
    }
    assert_in_range(g_hash_table_size(seen), 100, 1000);
    struct pinyin_answer *beyond = ask(*state, "shi", from + 100, 9, false);
    assert_int_equal(beyond->candidates->len, 0);
    record_free(&pinyin_answer_record, beyond);
    assert_first(*state, "shi", "是");
}

static void letters_without_sense(void **state)
{
    static const char *const cases[] = {"",  "'",  "'a",  "a''b", "iii", "u",   "v", "A",
                                        "1", "中", "a b", "a\n",  "-",   "v'v", "ui"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct pinyin_answer *answer = ask(*state, cases[i], 0, 9, true);
        assert_int_equal(answer->candidates->len, 0);
        record_free(&pinyin_answer_record, answer);
    }
    g_autofree char *long_one = g_strnfill(PINYIN_LETTERS_MAX + 1, 'a');
    struct pinyin_answer *answer = ask(*state, long_one, 0, 9, true);
    assert_int_equal(answer->candidates->len, 0);
    record_free(&pinyin_answer_record, answer);
}

/* What stands before helps to choose the word. */
static void context_counts(void **state)
{
    struct pinyin_question question = {.letters = (char *)"xiaodianqu", .before = (char *)"山西省太原市", .count = 1};
    struct pinyin_answer *answer = pinyin_engine_ask(*state, &question);
    assert_string_equal(nth(answer, 0)->text, "小店区");
    record_free(&pinyin_answer_record, answer);
}

/* Candidates from a letter inside: what stands before is read, and is context. Without a reading for it all letters are meant. */
static void from_inside(void **state)
{
    struct pinyin_question question = {.letters = (char *)"womenzaitaiyuangongzuo", .start = 8, .count = 9};
    struct pinyin_answer *answer = pinyin_engine_ask(*state, &question);
    assert_string_equal(answer->head, "我们在");
    assert_string_equal(nth(answer, 0)->text, "太原工作");
    assert_int_equal(nth(answer, 0)->letters, 14);
    question.from = 9;
    struct pinyin_answer *next = pinyin_engine_ask(*state, &question);
    assert_string_equal(next->head, "我们在");
    assert_string_not_equal(nth(next, 0)->text, nth(answer, 0)->text);
    record_free(&pinyin_answer_record, next);
    record_free(&pinyin_answer_record, answer);
    question = (struct pinyin_question){.letters = (char *)"xi'anshi", .start = 3, .count = 9};
    answer = pinyin_engine_ask(*state, &question);
    assert_int_equal(g_utf8_strlen(answer->head, -1), 1);
    assert_int_equal(nth(answer, 0)->letters, 5);
    record_free(&pinyin_answer_record, answer);
    static const int64_t starts[] = {1, 8, 9, 60};
    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        question =
            (struct pinyin_question){.letters = (char *)"iinihaoa", .start = starts[i], .count = 9, .plain = true};
        answer = pinyin_engine_ask(*state, &question);
        assert_null(answer->head);
        record_free(&pinyin_answer_record, answer);
    }
}

/* Every character of the standard table can be chosen under each of its readings that is a syllable. */
static void all_of_the_standard_table(void **state)
{
    g_autoptr(GHashTable) chosen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t at = 0;
    gunichar c;
    const char *bare;
    int missing = 0;
    g_autoptr(GHashTable) asked = g_hash_table_new(g_str_hash, g_str_equal);
    while (rare_next_of_table(&at, &c, &bare)) {
        char text[8] = "";
        g_unichar_to_utf8(c, text);
        for (int64_t from = 0; g_hash_table_add(asked, (char *)bare) || from > 0; from += PINYIN_PAGE_MAX) {
            struct pinyin_answer *answer = ask(*state, bare, from, PINYIN_PAGE_MAX, false);
            for (guint i = 0; i < answer->candidates->len; i++)
                g_hash_table_add(chosen, g_strdup_printf("%s %s", bare, nth(answer, i)->text));
            bool more = answer->more;
            record_free(&pinyin_answer_record, answer);
            if (!more)
                break;
        }
        g_autofree char *key = g_strdup_printf("%s %s", bare, text);
        if (!g_hash_table_contains(chosen, key)) {
            print_message("%s %s cannot be chosen\n", text, bare);
            missing++;
        }
    }
    assert_int_equal(missing, 3); /* 呒 m, 嗯 n, 欻 chua: no syllables for libpinyin; input/rare has them */
}

static void choosing_teaches_nothing(void **state)
{
    struct pinyin_answer *before = ask(*state, "yisheng", 0, PINYIN_PAGE_MAX, false);
    for (int i = 0; i < 50; i++) {
        record_free(&pinyin_answer_record, ask(*state, "shi", 0, 9, false));
        record_free(&pinyin_answer_record, ask(*state, "yisheng", 0, PINYIN_PAGE_MAX, false));
    }
    struct pinyin_answer *after = ask(*state, "yisheng", 0, PINYIN_PAGE_MAX, false);
    assert_true(record_equal(&pinyin_answer_record, before, after));
    record_free(&pinyin_answer_record, before);
    record_free(&pinyin_answer_record, after);
}

/* A second reading of the same word is found too. */
static void a_word_with_two_readings(void **state)
{
    struct pinyin_word words[] = {{(char *)"谝闲传", (char *)"pian'xian'chuan", 100},
                                  {(char *)"谝闲传", (char *)"pian'han'chuan", 100}};
    assert_true(pinyin_engine_add(*state, &words[0]));
    assert_true(pinyin_engine_add(*state, &words[1]));
    assert_first(*state, "pianxianchuan", "谝闲传");
    assert_first(*state, "pianhanchuan", "谝闲传");
    assert_true(pinyin_engine_knows(*state, "谝闲传", "pian'han'chuan"));
    assert_false(pinyin_engine_knows(*state, "谝闲传", "pian'kan'chuan"));
}

static void words_that_do_not_fit_are_refused(void **state)
{
    struct pinyin_word words[] = {
        {(char *)"呒", (char *)"m", 1},
        {(char *)"山西", (char *)"shan", 1},
        {(char *)"山西", (char *)"nosuch'reading", 1},
        {(char *)"一二三四五六七八九十一二三四五六七",
         (char *)"yi'er'san'si'wu'liu'qi'ba'jiu'shi'yi'er'san'si'wu'liu'qi", 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        assert_false(pinyin_engine_add(*state, &words[i]));
    assert_null(pinyin_engine_read(*state, "abc"));
}

static void data_that_is_missing(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("pinyin-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "table.conf", NULL);
    assert_string_equal(pinyin_check_tables(folder), "table.conf");
    assert_null(pinyin_engine_new(folder));
    assert_null(pinyin_engine_new("/nonexistent"));
    assert_true(g_file_set_contents(file, "", 0, NULL));
    assert_null(pinyin_engine_new(folder));
    g_unlink(file);
    rmdir(folder);
    assert_null(pinyin_check_tables(PINYIN_DATA));
    pinyin_engine_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_sentences),
        cmocka_unit_test(every_county_of_the_province),
        cmocka_unit_test(places_read_as_people_say),
        cmocka_unit_test(abbreviations_and_unfinished_syllables),
        cmocka_unit_test(apostrophes_and_v),
        cmocka_unit_test(sounds_that_are_one_to_many),
        cmocka_unit_test(repaired_typing),
        cmocka_unit_test(candidates_say_their_letters),
        cmocka_unit_test(pages_join),
        cmocka_unit_test(letters_without_sense),
        cmocka_unit_test(context_counts),
        cmocka_unit_test(from_inside),
        cmocka_unit_test(all_of_the_standard_table),
        cmocka_unit_test(choosing_teaches_nothing),
        cmocka_unit_test(words_that_do_not_fit_are_refused),
        cmocka_unit_test(a_word_with_two_readings),
        cmocka_unit_test(data_that_is_missing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
