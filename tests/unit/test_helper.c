/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real children: this program is its own kiosk-helper, told by the request what to do. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "helper/packet.h"
#include "helper/helper.h"
#include "helper/helper_main.h"

#define SELF     "/proc/self/exe"
#define PATIENCE 20000 /* ms: a test that needs it has failed */

/* ---------------------------------------------------------------- the child */

static void send_raw(const char *bytes, size_t n)
{
    (void)!send(PACKET_FD, bytes, n, MSG_NOSIGNAL);
}

static void hang(struct helper_context *context)
{
    (void)context;
    for (;;)
        pause();
}

static void crash(struct helper_context *context)
{
    (void)context;
    signal(SIGABRT, SIG_DFL);
    raise(SIGKILL);
}

static void leave(struct helper_context *context)
{
    (void)context;
    _exit(0);
}

static void garble(struct helper_context *context)
{
    send_raw("A{\"result\":\"sent\"", 17);
    hang(context);
}

static void answer_another_record(struct helper_context *context)
{
    send_raw("A{\"pages\":2}", 12);
    hang(context);
}

static void add_unknown_field(struct helper_context *context)
{
    static const char frame[] = "A{\"result\":\"sent\",\"more\":1}";
    send_raw(frame, strlen(frame));
    hang(context);
}

static void send_unknown_kind(struct helper_context *context)
{
    static const char frame[] = "X{\"result\":\"sent\"}";
    send_raw(frame, strlen(frame));
    hang(context);
}

/* A frame whose head alone would be a good answer. */
static void send_too_much(struct helper_context *context)
{
    static char frame[PACKET_MAX + 5000];
    memset(frame, ' ', sizeof frame);
    memcpy(frame, "A{\"result\":\"sent\"}", 18);
    send_raw(frame, sizeof frame);
    hang(context);
}

static void report_forever(struct helper_context *context)
{
    struct print_progress_report report = {.state = PRINTING_BUSY};
    while (helper_progress(context, &report))
        ;
    hang(context);
}

static void report_thrice(struct helper_context *context)
{
    static const int states[] = {PRINTING_CONNECTING, PRINTING_NO_PAPER, PRINTING_RUNNING};
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
        struct print_progress_report report = {.state = states[i], .job_uuid = (char *)"urn:uuid:1"};
        helper_progress(context, &report);
    }
}

static const struct {
    const char *name;
    void (*act)(struct helper_context *context);
} modes[] = {
    {"hang", hang},
    {"crash", crash},
    {"leave", leave},
    {"garble", garble},
    {"another record", answer_another_record},
    {"unknown field", add_unknown_field},
    {"unknown kind", send_unknown_kind},
    {"too much", send_too_much},
    {"report forever", report_forever},
    {"report thrice", report_thrice},
};

static bool is_dev_null(int fd)
{
    char link[64], target[64] = "";
    g_snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, target, sizeof target - 1) > 0 && strcmp(target, "/dev/null") == 0;
}

static int open_files(void)
{
    int n = 0;
    for (int fd = 0; fd < 200; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

/* What a helper finds around itself, as the answer's reason. */
static char *surroundings(void)
{
    int death = 0;
    prctl(PR_GET_PDEATHSIG, &death);
    return g_strdup_printf("null %d%d%d, files %d, dies with parent %d, inherited %d", is_dev_null(0), is_dev_null(1),
                           is_dev_null(2), open_files(), death == SIGKILL, !(fcntl(PACKET_FD, F_GETFD) & FD_CLOEXEC));
}

static void *act(const void *request, struct helper_context *context)
{
    const struct print_request *print = request;
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++)
        if (strcmp(print->job_name, modes[i].name) == 0)
            modes[i].act(context);
    struct print_answer *answer = record_new(&print_answer_record);
    answer->result = PRINT_RESULT_SENT;
    answer->reason = strcmp(print->job_name, "look around") == 0 ? surroundings() : g_strdup(print->pdf);
    return answer;
}

/* ---------------------------------------------------------------- the parent */

struct run {
    GMainLoop *loop;
    struct helper *helper;
    int n_done, n_progress;
    enum helper_outcome outcome;
    char *reason;
    GString *states;
    bool cancel_on_progress, cancel_on_done;
};

static void on_progress(const void *progress, gpointer data)
{
    struct run *run = data;
    const struct print_progress_report *report = progress;
    run->n_progress++;
    if (run->n_progress <= 10)
        g_string_append_printf(run->states, "%s ", print_state_words[report->state]);
    if (run->cancel_on_progress) {
        helper_cancel(run->helper);
        g_main_loop_quit(run->loop);
    }
}

static void on_done(enum helper_outcome outcome, const void *answer, gpointer data)
{
    struct run *run = data;
    assert_true((outcome == HELPER_DONE) == (answer != NULL));
    run->n_done++;
    run->outcome = outcome;
    run->reason = answer ? g_strdup(((const struct print_answer *)answer)->reason) : NULL;
    if (run->cancel_on_done)
        helper_cancel(run->helper);
    g_main_loop_quit(run->loop);
}

static gboolean on_patience(gpointer data)
{
    (void)data;
    fail_msg("nothing happened");
    return G_SOURCE_REMOVE;
}

static void run_init(struct run *run)
{
    *run = (struct run){.loop = g_main_loop_new(NULL, FALSE), .states = g_string_new(NULL)};
}

static void run_clear(struct run *run)
{
    g_main_loop_unref(run->loop);
    g_string_free(run->states, TRUE);
    g_free(run->reason);
}

static void start(struct run *run, const char *program, const char *mode, guint deadline_ms)
{
    struct print_request request = {
        .pdf = (char *)"表.pdf", .profile = (char *)"p", .job_name = (char *)mode, .copies = 2};
    run->helper = helper_start(program, JOB_PRINT, &request, deadline_ms, on_progress, on_done, run);
    assert_int_equal(run->n_done, 0); /* never from inside */
}

static void wait_done(struct run *run)
{
    guint patience = g_timeout_add(PATIENCE, on_patience, NULL);
    g_main_loop_run(run->loop);
    g_source_remove(patience);
}

/* All children of this process have been waited for. */
static void assert_no_children(void)
{
    siginfo_t info;
    guint patience = g_timeout_add(PATIENCE, on_patience, NULL);
    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
        g_main_context_iteration(NULL, TRUE);
    assert_int_equal(errno, ECHILD);
    g_source_remove(patience);
}

static void brings_the_answer(void **state)
{
    (void)state;
    struct run run;
    run_init(&run);
    start(&run, SELF, "plain", PATIENCE);
    wait_done(&run);
    assert_int_equal(run.outcome, HELPER_DONE);
    assert_string_equal(run.reason, "表.pdf");
    assert_int_equal(run.n_progress, 0);
    assert_no_children();
    assert_int_equal(run.n_done, 1);
    run_clear(&run);
}

static void brings_progress_in_order(void **state)
{
    (void)state;
    struct run run;
    run_init(&run);
    start(&run, SELF, "report thrice", PATIENCE);
    wait_done(&run);
    assert_int_equal(run.outcome, HELPER_DONE);
    assert_string_equal(run.states->str, "connecting no_paper running ");
    run_clear(&run);
}

static void gives_the_child_nothing_else(void **state)
{
    (void)state;
    struct run run;
    run_init(&run);
    start(&run, SELF, "look around", PATIENCE);
    wait_done(&run);
    assert_string_equal(run.reason, "null 111, files 4, dies with parent 1, inherited 0");
    run_clear(&run);
}

/* Whatever goes wrong is UNKNOWN, once, long before anybody's patience ends, and nothing is left running. */
static void everything_else_is_unknown(void **state)
{
    (void)state;
    static const struct {
        const char *program, *mode;
        guint deadline_ms;
    } cases[] = {
        {SELF, "hang", 50},
        {SELF, "crash", PATIENCE},
        {SELF, "leave", PATIENCE},
        {SELF, "garble", PATIENCE},
        {SELF, "another record", PATIENCE},
        {SELF, "unknown field", PATIENCE},
        {SELF, "unknown kind", PATIENCE},
        {SELF, "too much", PATIENCE},
        {SELF, "report forever", PATIENCE},
        {"/nonexistent/kiosk-helper", "plain", PATIENCE},
        {"/bin/true", "plain", PATIENCE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct run run;
        run_init(&run);
        start(&run, cases[i].program, cases[i].mode, cases[i].deadline_ms);
        wait_done(&run);
        if (run.outcome != HELPER_UNKNOWN)
            fail_msg("%s %s: not unknown", cases[i].program, cases[i].mode);
        assert_no_children();
        assert_int_equal(run.n_done, 1);
        run_clear(&run);
    }
}

static void refuses_a_request_that_is_too_long(void **state)
{
    (void)state;
    struct run run;
    run_init(&run);
    g_autofree char *name = g_strnfill(PACKET_MAX, 'x');
    start(&run, SELF, name, PATIENCE);
    wait_done(&run);
    assert_int_equal(run.outcome, HELPER_UNKNOWN);
    run_clear(&run);
}

static void cancel_is_silent(void **state)
{
    (void)state;
    struct run run;
    run_init(&run);
    start(&run, SELF, "hang", PATIENCE);
    helper_cancel(run.helper);
    assert_no_children();
    assert_int_equal(run.n_done, 0);
    helper_cancel(NULL);
    run_clear(&run);
}

static void cancel_from_inside(void **state)
{
    (void)state;
    struct run run;
    run_init(&run);
    run.cancel_on_progress = true;
    start(&run, SELF, "report thrice", PATIENCE);
    wait_done(&run);
    assert_no_children();
    assert_int_equal(run.n_done, 0);
    assert_int_equal(run.n_progress, 1);
    run_clear(&run);

    run_init(&run);
    run.cancel_on_done = true;
    start(&run, SELF, "plain", PATIENCE);
    wait_done(&run);
    assert_int_equal(run.n_done, 1);
    assert_no_children();
    run_clear(&run);
}

/* Starts a helper that hangs, tells its number, and waits to be killed. */
static G_GNUC_NORETURN void short_lived_kiosk(int tell)
{
    struct print_request request = {
        .pdf = (char *)"p", .profile = (char *)"p", .job_name = (char *)"hang", .copies = 1};
    struct run run;
    run_init(&run);
    run.helper = helper_start(SELF, JOB_PRINT, &request, PATIENCE, on_progress, on_done, &run);
    if (write(tell, "started", 7) != 7)
        _exit(1);
    for (;;)
        pause();
}

/* The pipe's other end is held by the dead kiosk only; its helper is adopted by us and must end by itself. */
static void a_dead_kiosk_leaves_no_helper(void **state)
{
    (void)state;
    int pipe_fds[2];
    char told[8];
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
    assert_int_equal(pipe(pipe_fds), 0);
    pid_t kiosk = fork();
    if (kiosk == 0)
        short_lived_kiosk(pipe_fds[1]);
    close(pipe_fds[1]);
    assert_int_equal(read(pipe_fds[0], told, sizeof told), 7);
    kill(kiosk, SIGKILL);
    alarm(PATIENCE / 1000); /* a helper that lives on would be waited for until then */
    int ended = 0;
    while (waitpid(-1, NULL, 0) > 0)
        ended++;
    alarm(0);
    assert_int_equal(ended, 2);
    close(pipe_fds[0]);
}

/* The tables that both sides go by. */
static void words_and_jobs_are_whole(void **state)
{
    (void)state;
    assert_int_equal(g_strv_length((char **)print_state_words), PRINTING_BUSY + 1);
    assert_int_equal(g_strv_length((char **)print_result_words), PRINT_RESULT_UNKNOWN + 1);
    for (size_t i = 0; i < HELPER_JOBS; i++) {
        assert_non_null(helper_jobs[i].name);
        assert_non_null(helper_jobs[i].request);
        assert_non_null(helper_jobs[i].answer);
        assert_in_range(helper_jobs[i].deadline_ms, 1000, 600000);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], helper_jobs[JOB_PRINT].name) == 0)
        return helper_serve(JOB_PRINT, act);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brings_the_answer),
        cmocka_unit_test(brings_progress_in_order),
        cmocka_unit_test(gives_the_child_nothing_else),
        cmocka_unit_test(everything_else_is_unknown),
        cmocka_unit_test(refuses_a_request_that_is_too_long),
        cmocka_unit_test(cancel_is_silent),
        cmocka_unit_test(cancel_from_inside),
        cmocka_unit_test(a_dead_kiosk_leaves_no_helper),
        cmocka_unit_test(words_and_jobs_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
