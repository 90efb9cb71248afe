/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal's side of pinyin with the real engine in the real kiosk-helper; and, for what a sound engine never does, with this
 * program as a bad one (main(), told by PINYIN_TEST_ENGINE what to do).
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper/child.h"
#include "helper/packet.h"
#include "input/pinyin_helper.h"
#include "rig.h"
#include "typist.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SELF "/proc/self/exe"

/* ---------------------------------------------------------------- a bad engine */

enum mischief { SOUND, GARBLE, LIE, SILENT, SLOW_UNLESS_PLAIN, MISCHIEFS };
static const char *const mischiefs[] = {
    [SOUND] = "sound",   [GARBLE] = "garble",          [LIE] = "lie",
    [SILENT] = "silent", [SLOW_UNLESS_PLAIN] = "slow", [MISCHIEFS] = NULL,
};

static void *receive(const struct record_type *type)
{
    static char frame[PACKET_MAX + 1];
    return packet_receive(PACKET_FD, frame, 0) == PACKET_GOT ? packet_record(frame, PACKET_REQUEST, type) : NULL;
}

static void hang(void)
{
    for (;;)
        pause();
}

/* Letters with zzz are the ones that make it slow. */
static void answer(const struct pinyin_question *question, enum mischief mischief)
{
    bool hard = strstr(question->letters, "zzz") != NULL;
    struct pinyin_candidate candidate = {.text = (char *)(question->plain ? "简" : "字"),
                                         .letters = mischief == LIE ? PINYIN_LETTERS_MAX : 1};
    struct pinyin_answer sent = {.number = question->number, .candidates = g_ptr_array_new()};
    g_ptr_array_add(sent.candidates, &candidate);
    if (mischief == SILENT && hard)
        hang();
    if (mischief == SLOW_UNLESS_PLAIN && hard && !question->plain)
        hang();
    if (mischief == GARBLE && hard)
        (void)!write(PACKET_FD, "A{\"number\":", 11);
    else
        packet_send(PACKET_FD, PACKET_ANSWER, &pinyin_answer_record, &sent, 0);
    g_ptr_array_unref(sent.candidates);
}

static int be_a_bad_engine(void)
{
    const char *name = g_getenv("PINYIN_TEST_ENGINE");
    enum mischief mischief = SOUND;
    while (mischief < MISCHIEFS - 1 && g_strcmp0(name, mischiefs[mischief]) != 0)
        mischief++;
    struct pinyin_report report = {.result = PINYIN_SETUP_READY};
    struct pinyin_question *question;
    if (!child_bind() || receive(&pinyin_setup_record) == NULL)
        return 1;
    packet_send(PACKET_FD, PACKET_ANSWER, &pinyin_report_record, &report, 0);
    while ((question = receive(&pinyin_question_record)) != NULL)
        answer(question, mischief);
    _exit(0);
}

/* ---------------------------------------------------------------- what the tests share */

static int set_up(void **state)
{
    struct typist *typist = g_new0(struct typist, 1);
    typist_init(typist, &(struct pinyin_options){0});
    *state = typist;
    return 0;
}

static int tear_down(void **state)
{
    typist_clear(*state);
    g_free(*state);
    assert_int_equal(typist_engine(), 0);
    return 0;
}

static void feed(struct typist *typist, enum pinyin_key key, int argument)
{
    assert_true(pinyin_feed(typist->pinyin, key, argument));
}

static void assert_view(const struct typist *typist, const char *picked, const char *letters, int cursor)
{
    struct pinyin_view view = pinyin_view(typist->pinyin);
    assert_string_equal(view.picked, picked);
    assert_string_equal(view.letters, letters);
    assert_int_equal(view.cursor, cursor);
}

/* The place of a text on the page. */
static int find(const struct typist *typist, const char *text)
{
    for (int i = 0; i < 9; i++)
        if (strcmp(typist_candidate(typist, i), text) == 0)
            return i;
    fail_msg("no candidate %s", text);
    return -1;
}

/* ---------------------------------------------------------------- typing */

static void nothing_runs_before_it_is_needed(void **state)
{
    struct typist *typist = *state;
    assert_int_equal(typist_engine(), 0);
    assert_int_equal(pinyin_view(typist->pinyin).state, PINYIN_ASLEEP);
    assert_false(pinyin_view(typist->pinyin).open);
    pinyin_wake(typist->pinyin);
    assert_int_equal(pinyin_view(typist->pinyin).state, PINYIN_STARTING);
    typist_wait_state(typist, PINYIN_READY);
    assert_int_not_equal(typist_engine(), 0);
    pinyin_wake(typist->pinyin); /* awake already */
    assert_int_equal(pinyin_view(typist->pinyin).state, PINYIN_READY);
}

static void a_letter_is_there_before_its_candidates(void **state)
{
    struct typist *typist = *state;
    feed(typist, PINYIN_LETTER, 'n'); /* wakes the engine too */
    assert_view(typist, "", "n", 1);
    assert_false(pinyin_view(typist->pinyin).fresh);
    assert_int_equal(typist->n_changed, 0);
    feed(typist, PINYIN_LETTER, 'i');
    typist_wait_fresh(typist);
    assert_true(typist->n_changed > 0);
    assert_string_equal(typist_candidate(typist, 0), "你");
    feed(typist, PINYIN_CHOOSE, 0);
    assert_string_equal(typist->field->str, "你");
    assert_false(pinyin_view(typist->pinyin).open);
    assert_view(typist, "", "", 0);
}

static void part_of_a_sentence(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "shanxishengtaiyuanshi");
    assert_string_equal(typist_candidate(typist, 0), "山西省太原市");
    feed(typist, PINYIN_CHOOSE, find(typist, "陕西省"));
    assert_view(typist, "陕西省", "taiyuanshi", 10);
    typist_wait_fresh(typist);
    assert_string_equal(typist_candidate(typist, 0), "太原市");
    feed(typist, PINYIN_HOME, 0);
    feed(typist, PINYIN_BACKSPACE, 0); /* takes it back */
    assert_view(typist, "", "shanxishengtaiyuanshi", 11);
    typist_wait_fresh(typist);
    feed(typist, PINYIN_CHOOSE, find(typist, "山西省"));
    feed(typist, PINYIN_CHOOSE, 0);
    typist_wait_closed(typist);
    assert_string_equal(typist->field->str, "山西省太原市");
}

static void correction_inside(void **state)
{
    struct typist *typist = *state;
    typist_type(typist, "xiaodinqu");
    for (int i = 0; i < 3; i++)
        feed(typist, PINYIN_LEFT, 0);
    feed(typist, PINYIN_LETTER, 'a');
    assert_view(typist, "", "xiaodianqu", 7);
    typist_wait_fresh(typist);
    assert_string_equal(typist_candidate(typist, 0), "小店区");
    feed(typist, PINYIN_END, 0);
    feed(typist, PINYIN_HOME, 0);
    feed(typist, PINYIN_RIGHT, 0);
    feed(typist, PINYIN_DELETE, 0);
    assert_view(typist, "", "xaodianqu", 1);
}

/* The cursor points at a word in the middle; what is before it stays as it reads, what is behind is composed on. */
static void another_word_inside(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "womenzaitaiyuangongzuo");
    for (int i = 0; i < 14; i++)
        feed(typist, PINYIN_LEFT, 0);
    typist_wait_fresh(typist);
    struct pinyin_view view = pinyin_view(typist->pinyin);
    assert_int_equal(view.start, 8);
    assert_string_equal(view.head, "我们在");
    int place = find(typist, "太原");
    assert_in_range(place, 0, 8);
    feed(typist, PINYIN_CHOOSE, place);
    assert_view(typist, "我们在太原", "gongzuo", 7);
    feed(typist, PINYIN_HOME, 0);
    feed(typist, PINYIN_BACKSPACE, 0);
    assert_view(typist, "我们在", "taiyuangongzuo", 7);
    feed(typist, PINYIN_LEFT, 0); /* inside yuan, chosen before it is known what stands there */
    feed(typist, PINYIN_CHOOSE, 0);
    feed(typist, PINYIN_FINISH, 0);
    typist_wait_closed(typist);
    assert_int_equal(g_utf8_strlen(typist->field->str, -1), 7);
    assert_true(g_str_has_prefix(typist->field->str, "我们在"));
}

/* A character from the lookup, for a syllable in the middle and at the end. */
static void a_character_from_elsewhere(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "wangyanhong");
    pinyin_pick(typist->pinyin, "𫎆", 4);
    assert_view(typist, "𫎆", "yanhong", 7);
    feed(typist, PINYIN_LEFT, 0);
    typist_wait_fresh(typist);
    assert_int_equal(pinyin_view(typist->pinyin).start, 3);
    g_autofree char *head = g_strdup(pinyin_view(typist->pinyin).head);
    pinyin_pick(typist->pinyin, "𬭎", 4);
    g_autofree char *whole = g_strdup_printf("𫎆%s𬭎", head);
    assert_string_equal(typist->field->str, whole);
    assert_false(pinyin_view(typist->pinyin).open);
    pinyin_pick(typist->pinyin, "䶮", 3); /* there are no letters */
    assert_true(g_str_has_suffix(typist->field->str, "𬭎䶮"));
}

/* All keys at once, as from a scanner or a fast hand: each finds what a slow one would have found. */
static void typing_ahead(void **state)
{
    struct typist *typist = *state;
    typist_type(typist, "shanxi");
    feed(typist, PINYIN_CHOOSE, 0);
    typist_type(typist, "sheng");
    feed(typist, PINYIN_CHOOSE, 0);
    typist_type(typist, "taiyuanshix");
    feed(typist, PINYIN_BACKSPACE, 0);
    pinyin_feed_text(typist->pinyin, "，");
    typist_type(typist, "xiaodianqu");
    feed(typist, PINYIN_FINISH, 0);
    assert_string_equal(typist->field->str, "");
    typist_wait_closed(typist);
    assert_string_equal(typist->field->str, "山西省太原市，小店区");
}

static void marks_and_other_text(void **state)
{
    struct typist *typist = *state;
    pinyin_feed_text(typist->pinyin, "——"); /* nothing is open: at once */
    assert_string_equal(typist->field->str, "——");
    typist_ask(typist, "nihao");
    pinyin_feed_text(typist->pinyin, "！");
    typist_wait_closed(typist);
    assert_string_equal(typist->field->str, "——你好！");
}

static void raw_letters_and_nothing(void **state)
{
    struct typist *typist = *state;
    typist_type(typist, "office");
    feed(typist, PINYIN_RAW, 0);
    assert_string_equal(typist->field->str, "office");
    typist_type(typist, "office");
    feed(typist, PINYIN_CHOOSE, 0);
    typist_type(typist, "more");
    feed(typist, PINYIN_DROP, 0); /* what waits goes too */
    assert_false(pinyin_view(typist->pinyin).open);
    typist_ask(typist, "iii"); /* means nothing */
    assert_string_equal(typist_candidate(typist, 0), "");
    feed(typist, PINYIN_CHOOSE, 0);
    assert_view(typist, "", "iii", 3);
    feed(typist, PINYIN_FINISH, 0);
    assert_string_equal(typist->field->str, "officeiii");
}

static void picked_without_letters(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "shanxib");
    feed(typist, PINYIN_CHOOSE, find(typist, "山西"));
    feed(typist, PINYIN_BACKSPACE, 0);
    assert_view(typist, "山西", "", 0);
    feed(typist, PINYIN_CHOOSE, 0);
    assert_string_equal(typist->field->str, "山西");
}

static void keys_of_the_field(void **state)
{
    struct typist *typist = *state;
    for (int key = PINYIN_BACKSPACE; key <= PINYIN_DROP; key++)
        assert_false(pinyin_feed(typist->pinyin, (enum pinyin_key)key, 0));
    assert_false(pinyin_feed(typist->pinyin, PINYIN_LETTER, '\''));
    assert_false(pinyin_feed(typist->pinyin, PINYIN_LETTER, 'N'));
    assert_false(pinyin_feed(typist->pinyin, PINYIN_LETTER, '5'));
    assert_false(pinyin_feed(typist->pinyin, PINYIN_LETTER, 0x4E2D));
    assert_int_equal(typist_engine(), 0);
}

static void pages(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "shi");
    g_autofree char *first = g_strdup(typist_candidate(typist, 0));
    assert_false(pinyin_view(typist->pinyin).has_previous);
    assert_true(pinyin_view(typist->pinyin).has_next);
    feed(typist, PINYIN_PAGE_UP, 0);
    assert_true(pinyin_view(typist->pinyin).fresh);
    feed(typist, PINYIN_PAGE_DOWN, 0);
    feed(typist, PINYIN_PAGE_DOWN, 0); /* waits for the page before */
    feed(typist, PINYIN_PAGE_UP, 0);
    typist_wait_fresh(typist);
    g_main_context_iteration(NULL, FALSE);
    typist_wait_fresh(typist);
    assert_true(pinyin_view(typist->pinyin).has_previous);
    assert_string_not_equal(typist_candidate(typist, 0), first);
    feed(typist, PINYIN_LETTER, 'j'); /* other letters begin with their first page */
    typist_wait_fresh(typist);
    assert_false(pinyin_view(typist->pinyin).has_previous);
}

static void as_many_letters_as_fit(void **state)
{
    struct typist *typist = *state;
    for (int i = 0; i < 1000; i++)
        pinyin_feed(typist->pinyin, PINYIN_LETTER, "shanxi"[i % 6]);
    assert_int_equal(strlen(pinyin_view(typist->pinyin).letters), PINYIN_LETTERS_MAX);
    typist_wait_fresh(typist);
    feed(typist, PINYIN_FINISH, 0);
    typist_wait_closed(typist);
    assert_true(g_utf8_strlen(typist->field->str, -1) >= 20);
}

/* ---------------------------------------------------------------- an engine that fails */

static void a_killed_engine_is_replaced(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "shanxi");
    pid_t old = typist_engine();
    feed(typist, PINYIN_LETTER, 's');
    kill(old, SIGKILL); /* with a question under way */
    typist_wait_fresh(typist);
    assert_view(typist, "", "shanxis", 7);
    assert_string_not_equal(typist_candidate(typist, 0), "");
    assert_int_not_equal(typist_engine(), old);
    kill(typist_engine(), SIGKILL); /* and with none */
    typist_wait_state(typist, PINYIN_STARTING);
    typist_type(typist, "heng");
    feed(typist, PINYIN_FINISH, 0);
    typist_wait_closed(typist);
    assert_string_equal(typist->field->str, "山西省");
}

static void a_hanging_engine_is_replaced(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "taiyuan");
    pid_t old = typist_engine();
    kill(old, SIGSTOP);
    gint64 begin = g_get_monotonic_time();
    typist_type(typist, "shi");
    feed(typist, PINYIN_CHOOSE, 0);
    typist_wait_closed(typist);
    assert_in_range(g_get_monotonic_time() - begin, PINYIN_PATIENCE_MS * 1000, 15000000);
    assert_string_equal(typist->field->str, "太原市");
    assert_int_not_equal(typist_engine(), old);
}

static void an_engine_that_always_dies_is_given_up(void **state)
{
    (void)state;
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){.program = "/bin/true"});
    typist_type(&typist, "shanxi");
    typist_wait_state(&typist, PINYIN_UNAVAILABLE);
    assert_int_equal(pinyin_view(typist.pinyin).problem, PINYIN_FAILING);
    pinyin_wake(typist.pinyin); /* not before a minute */
    assert_int_equal(pinyin_view(typist.pinyin).state, PINYIN_UNAVAILABLE);
    assert_view(&typist, "", "shanxi", 6); /* nothing typed is lost */
    feed(&typist, PINYIN_FINISH, 0);
    assert_string_equal(typist.field->str, "shanxi");
    assert_false(pinyin_feed(typist.pinyin, PINYIN_LETTER, 's')); /* the field's own now */
    pinyin_feed_text(typist.pinyin, "。");
    assert_string_equal(typist.field->str, "shanxi。");
    typist_clear(&typist);
}

static void no_helper(void **state)
{
    (void)state;
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){.program = "/nonexistent/kiosk-helper"});
    pinyin_wake(typist.pinyin);
    assert_int_equal(pinyin_view(typist.pinyin).state, PINYIN_UNAVAILABLE);
    assert_int_equal(pinyin_view(typist.pinyin).problem, PINYIN_NO_HELPER);
    typist_clear(&typist);
}

static void no_data(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("pinyin-XXXXXX", NULL);
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){.data = folder});
    typist_type(&typist, "sh");
    typist_wait_state(&typist, PINYIN_UNAVAILABLE);
    assert_int_equal(pinyin_view(typist.pinyin).problem, PINYIN_NO_DATA);
    assert_view(&typist, "", "sh", 2);
    feed(&typist, PINYIN_DROP, 0);
    typist_clear(&typist);
    rmdir(folder);
}

typedef void (*file_fn)(const char *from, const char *to);

static void link_file(const char *from, const char *to)
{
    assert_int_equal(symlink(from, to), 0);
}

static void unlink_file(const char *from G_GNUC_UNUSED, const char *to)
{
    assert_int_equal(g_unlink(to), 0);
}

/* Each file of the engine's tables and its place in another folder. */
static void each_table(const char *folder, file_fn fn)
{
    GDir *dir = g_dir_open(PINYIN_DATA, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *from = g_build_filename(PINYIN_DATA, name, NULL), *to = g_build_filename(folder, name, NULL);
        fn(from, to);
    }
    g_dir_close(dir);
}

/* Tables cut in the middle crash libpinyin: that is the helper's end, not ours. */
static void damaged_data(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("pinyin-XXXXXX", NULL);
    g_autofree char *damaged = g_build_filename(folder, "gb_char.bin", NULL);
    struct typist typist;
    each_table(folder, link_file);
    g_unlink(damaged);
    assert_true(g_file_set_contents(damaged, "damaged", -1, NULL));
    typist_init(&typist, &(struct pinyin_options){.data = folder});
    pinyin_wake(typist.pinyin);
    typist_wait_state(&typist, PINYIN_UNAVAILABLE);
    typist_clear(&typist);
    each_table(folder, unlink_file);
    assert_int_equal(rmdir(folder), 0);
}

static void without_a_lexicon(void **state)
{
    (void)state;
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){.lexicon = "/nonexistent/lexicon.tsv"});
    typist_ask(&typist, "nihao");
    assert_string_equal(typist_candidate(&typist, 0), "你好");
    typist_clear(&typist);
}

static void start_bad_engine(struct typist *typist, enum mischief mischief)
{
    g_setenv("PINYIN_TEST_ENGINE", mischiefs[mischief], TRUE);
    typist_init(typist, &(struct pinyin_options){.program = SELF});
    typist_ask(typist, "zz");
    assert_string_equal(typist_candidate(typist, 0), "字");
}

/* Asked again in the simpler way after it was too slow. */
static void slow_letters_are_asked_plainly(void **state)
{
    (void)state;
    struct typist typist;
    start_bad_engine(&typist, SLOW_UNLESS_PLAIN);
    typist_ask(&typist, "z");
    assert_string_equal(typist_candidate(&typist, 0), "简");
    feed(&typist, PINYIN_BACKSPACE, 0);
    typist_wait_fresh(&typist);
    assert_string_equal(typist_candidate(&typist, 0), "字");
    typist_clear(&typist);
}

/* Letters that always hang, or are always answered with nonsense, have no candidates; the next ones have. */
static void hopeless_letters_have_no_candidates(void **state)
{
    (void)state;
    static const enum mischief modes[] = {SILENT, GARBLE};
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++) {
        struct typist typist;
        start_bad_engine(&typist, modes[i]);
        typist_ask(&typist, "z");
        assert_string_equal(typist_candidate(&typist, 0), "");
        assert_view(&typist, "", "zzz", 3);
        feed(&typist, PINYIN_BACKSPACE, 0);
        typist_wait_fresh(&typist);
        assert_string_equal(typist_candidate(&typist, 0), "字");
        typist_clear(&typist);
    }
}

/* Candidates for letters that were not typed. */
static void an_engine_that_lies_is_given_up(void **state)
{
    (void)state;
    struct typist typist;
    g_setenv("PINYIN_TEST_ENGINE", mischiefs[LIE], TRUE);
    typist_init(&typist, &(struct pinyin_options){.program = SELF});
    typist_ask(&typist, "zz");
    assert_string_equal(typist_candidate(&typist, 0), "");
    typist_clear(&typist);
}

/* ---------------------------------------------------------------- privacy */

static void gone_when_freed(void **state)
{
    (void)state;
    struct typist typist;
    typist_init(&typist, &(struct pinyin_options){0});
    typist_ask(&typist, "shanxi");
    pid_t pid = typist_engine();
    kill(pid, SIGSTOP); /* it could not even end by itself */
    typist_clear(&typist);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

/* It holds no file open for writing, and could not write one. */
static void the_engine_cannot_write(void **state)
{
    struct typist *typist = *state;
    typist_ask(typist, "shanxi");
    g_autofree char *folder = g_strdup_printf("/proc/%d/fd", typist_engine());
    g_autofree char *limits_path = g_strdup_printf("/proc/%d/limits", typist_engine()), *limits = NULL;
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *target = g_file_read_link(path, NULL);
        GStatBuf facts;
        assert_int_equal(g_lstat(path, &facts), 0); /* the link's mode is the file's: w = open for writing */
        if ((facts.st_mode & S_IWUSR) && !g_str_has_prefix(target, "socket:") && strcmp(target, "/dev/null") != 0)
            fail_msg("open for writing: %s", target);
    }
    g_dir_close(dir);
    assert_true(g_file_get_contents(limits_path, &limits, NULL, NULL));
    assert_true(g_regex_match_simple("Max file size +0 +0 ", limits, 0, 0));
}

/* ---------------------------------------------------------------- random keys */

static void random_key(struct typist *typist, GRand *random)
{
    static const char letters[] = "aaeeiioouunngghhssxxzzccttjjqqyywwlldfbmpkrv'";
    int dice = g_rand_int_range(random, 0, 100);
    if (dice < 70)
        pinyin_feed(typist->pinyin, PINYIN_LETTER, letters[g_rand_int_range(random, 0, (int)sizeof letters - 1)]);
    else if (dice < 98)
        pinyin_feed(typist->pinyin, (enum pinyin_key)g_rand_int_range(random, PINYIN_BACKSPACE, PINYIN_DROP + 1),
                    g_rand_int_range(random, -1, 10));
    else
        pinyin_feed_text(typist->pinyin, "，");
}

static void assert_sound(const struct typist *typist)
{
    struct pinyin_view view = pinyin_view(typist->pinyin);
    assert_in_range(view.cursor, 0, strlen(view.letters));
    assert_true(*view.letters == '\0' || pinyin_letters_fit(view.letters));
    for (guint i = 0; view.fresh && i < view.candidates->len; i++) {
        const struct pinyin_candidate *candidate = g_ptr_array_index(view.candidates, i);
        assert_in_range(candidate->letters, 1, strlen(view.letters));
    }
}

/* 100,000 keys, mostly faster than the engine: nothing breaks, the engine is never given up. */
static void random_keys(void **state)
{
    struct typist *typist = *state;
    GRand *random = g_rand_new_with_seed(20261125);
    pinyin_wake(typist->pinyin);
    for (int i = 0; i < 100000; i++) {
        random_key(typist, random);
        if (g_rand_int_range(random, 0, 32) == 0)
            g_main_context_iteration(NULL, pinyin_view(typist->pinyin).open);
        assert_sound(typist);
        assert_true(g_utf8_validate(typist->field->str, -1, NULL));
        if (typist->field->len > 1000)
            g_string_truncate(typist->field, 0);
    }
    pinyin_feed(typist->pinyin, PINYIN_DROP, 0);
    typist_ask(typist, "nihao");
    assert_string_equal(typist_candidate(typist, 0), "你好");
    g_rand_free(random);
}

/* The letters that cost libpinyin most: a person sees candidates or none, but is never kept waiting long. */
static void hostile_letters(void **state)
{
    struct typist *typist = *state;
    static const char *const units[] = {"s", "j", "zcs", "ng", "a", "xian", "zh", "lnlr", "'q"};
    pinyin_wake(typist->pinyin);
    typist_wait_state(typist, PINYIN_READY);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        typist_start_afresh(typist);
        for (int n = 0; n < PINYIN_LETTERS_MAX; n++)
            pinyin_feed(typist->pinyin, PINYIN_LETTER, units[i][n % (int)strlen(units[i])]);
        gint64 begin = g_get_monotonic_time();
        typist_wait_fresh(typist);
        assert_in_range(g_get_monotonic_time() - begin, 0, 10000000);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], PINYIN_HELPER) == 0)
        return be_a_bad_engine();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_runs_before_it_is_needed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_letter_is_there_before_its_candidates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(part_of_a_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(correction_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_word_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_character_from_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(typing_ahead, set_up, tear_down),
        cmocka_unit_test_setup_teardown(marks_and_other_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(raw_letters_and_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(picked_without_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_of_the_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(as_many_letters_as_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_killed_engine_is_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hanging_engine_is_replaced, set_up, tear_down),
        cmocka_unit_test(an_engine_that_always_dies_is_given_up),
        cmocka_unit_test(no_helper),
        cmocka_unit_test(no_data),
        cmocka_unit_test(damaged_data),
        cmocka_unit_test(without_a_lexicon),
        cmocka_unit_test(slow_letters_are_asked_plainly),
        cmocka_unit_test(hopeless_letters_have_no_candidates),
        cmocka_unit_test(an_engine_that_lies_is_given_up),
        cmocka_unit_test(gone_when_freed),
        cmocka_unit_test_setup_teardown(the_engine_cannot_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(random_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_letters, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
