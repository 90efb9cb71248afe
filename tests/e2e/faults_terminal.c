/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terminals, locales, settings and forms that are not as they should be: a clear sentence, and a way on or an exit code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "faults.h"
#include "hands.h"
#include "proc.h"

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

/* ---- the terminal */

static void a_small_window(void **state)
{
    struct visit visit = {.rig = *state, .exam_no = "010124100001"};
    visit.term = rig_kiosk(visit.rig, 20, 60, NULL);
    term_wait_text(visit.term, "窗口太小，请放大到至少 80 列 24 行。", TERM_WAIT_MS);
    assert_false(term_has(visit.term, "欢迎办理毕业申请"));
    term_resize(visit.term, 24, 80);
    visit_start(&visit);
    visit_account(&visit); /* keys are not taken where nobody sees what they do */
    term_resize(visit.term, 10, 40);
    term_wait_text(visit.term, "窗口太小", TERM_WAIT_MS);
    term_resize(visit.term, 40, 120);
    visit_at(&visit, "考生登录", NULL);
    term_wait_text(visit.term, "010124 100001", TERM_WAIT_MS); /* nothing typed is lost */
    assert_false(term_has(visit.term, "窗口太小"));
}

/* The child of the kiosk that composes; 0 = none. */
static pid_t engine_of(struct term *term)
{
    pid_t kiosk = term_pid(term);
    g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/children", kiosk, kiosk), *children = NULL;
    if (!g_file_get_contents(path, &children, NULL, NULL))
        return 0;
    return (pid_t)atoi(children);
}

static bool is_gone(struct term *term, gpointer pid)
{
    (void)term;
    return kill(*(pid_t *)pid, 0) != 0;
}

/* In the middle of a word: the kiosk and its engine end, and nothing of the word is anywhere. */
static void a_terminal_that_vanishes(void **state)
{
    struct rig *rig = *state;
    struct visit visit = {.rig = rig, .exam_no = "010124100008"};
    struct term *term = visit.term = rig_kiosk(rig, 24, 80, NULL);
    visit_start(&visit);
    visit_login(&visit);
    term_wait_text(term, "毕业登记信息填写", TERM_WAIT_MS);
    hands_field(&(struct hands){.term = term}, "籍贯");
    term_type(term, "qqzzjhxx");
    term_wait_text(term, "qqzzjhxx", TERM_WAIT_MS);
    pid_t engine = engine_of(term);
    assert_true(engine > 0);
    term_signal(term, SIGHUP);
    assert_true(WIFEXITED(term_wait_exit(term, TERM_WAIT_MS)));
    assert_true(term_poll(term, is_gone, &engine, TERM_WAIT_MS));
    const char *argv[] = {"grep", "-rqF", "qqzzjhxx", rig_dir(rig), NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

struct refusal {
    const char *env[3];
    const char *setting;
    const char *said; /* all of it that matters, in one line */
};

static void assert_refused(struct rig *rig, const struct refusal *refusal)
{
    const char *settings[] = {refusal->setting, NULL};
    struct term *term = rig_kiosk_with(rig, 24, 120, settings, refusal->env, NULL);
    int status = term_wait_exit(term, TERM_WAIT_MS);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    if (!term_has(term, refusal->said))
        term_fail(term, "It should say: %s", refusal->said);
    assert_false(term_altscreen(term));
    rig_kiosk_stop(rig, term);
}

static void terminals_that_will_not_do(void **state)
{
    static const struct refusal refusals[] = {
        {{"LC_ALL=C"}, NULL, "the locale is not UTF-8; set LANG=C.UTF-8"},
        {{"TERM=dumb"}, NULL, "TERM \"dumb\" is unknown or cannot place the cursor"},
        {{"TERM=no-such-terminal"}, NULL, "TERM \"no-such-terminal\" is unknown or cannot place the cursor"},
        {{"TERM"}, NULL, "TERM \"\" is unknown or cannot place the cursor"},
        {{"TERM=linux"}, NULL, "the Linux console cannot show Chinese; use a terminal emulator"},
        {{NULL}, "session.idle_s=19", "session.idle_s"},
        {{NULL}, "session.idle_s=1e9", "session.idle_s"},
        {{NULL}, "printing.copies=0", "printing.copies"},
        {{NULL}, "printing.copys=2", "copies"},
        {{NULL}, "terminal.theme=purple", "terminal.theme"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++)
        assert_refused(*state, &refusals[i]);
}

static void no_terminal(void **state)
{
    g_autofree char *program = rig_program("kiosk");
    g_autofree char *config = g_build_filename(rig_dir(*state), "kiosk.conf", NULL);
    g_autofree char *errors = g_build_filename(rig_dir(*state), "said", NULL);
    g_autofree char *said = NULL;
    const char *argv[] = {program, "--config", config, "--set", "platform.url=http://127.0.0.1:9", NULL};
    int status = 0;
    struct proc *kiosk = proc_start(argv, NULL, errors);
    assert_true(proc_wait_end(kiosk, TERM_WAIT_MS, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    (void)proc_stop(kiosk);
    assert_true(g_file_get_contents(errors, &said, NULL, NULL));
    assert_string_equal(said, "kiosk: terminal: standard input and output must be a terminal\n");
}

/* ---- files */

/* What the kiosk says of a configuration file with this text. */
static void assert_file_refused(struct rig *rig, const char *text, const char *said)
{
    g_autofree char *path = g_build_filename(rig_dir(rig), "bad.conf", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    struct term *term = rig_kiosk_with(rig, 24, 120, NULL, NULL, path);
    int status = term_wait_exit(term, TERM_WAIT_MS);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    if (!term_has(term, said))
        term_fail(term, "It should say: %s", said);
    rig_kiosk_stop(rig, term);
}

static void settings_that_are_wrong(void **state)
{
    static const char *const cases[][2] = {
        {"session: {\n  idle_s = 5;\n};\n", "bad.conf:2: idle_s: "},
        {"session: {\n  idle = 60;\n};\n", "bad.conf:2: "},
        {"session: {\n  idle_s = \"long\";\n};\n", "bad.conf:2: idle_s: "},
        {"session: {\n  idle_s = 60\n", "bad.conf:"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_file_refused(*state, cases[i][0], cases[i][1]);
}

/* One more key at the end of the first screen's file. */
static void a_form_with_an_unknown_key(void **state)
{
    g_autofree char *forms = g_build_filename(rig_dir(*state), "forms", NULL);
    g_autofree char *path = g_build_filename(forms, "screens", "01-login.conf", NULL);
    g_autofree char *setting = g_strdup_printf("paths.forms=%s", forms);
    g_autofree char *text = NULL;
    g_free(proc_output((const char *const[]){"cp", "-R", "forms", forms, NULL}, TERM_WAIT_MS));
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    const char *at = strstr(text, "kind = \"notice\";");
    assert_non_null(at);
    g_autofree char *bad = g_strdup_printf("%.*scolour = \"red\"; %s", (int)(at - text), text, at);
    assert_true(g_file_set_contents(path, bad, -1, NULL));
    assert_refused(*state, &(struct refusal){{NULL}, setting, "01-login.conf:5: "});
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_small_window),          TEST(terminals_that_will_not_do), TEST(no_terminal),
        TEST(settings_that_are_wrong), TEST(a_form_with_an_unknown_key), TEST(a_terminal_that_vanishes),
    };
    return cmocka_run_group_tests_name("faults_terminal", tests, NULL, NULL);
}
