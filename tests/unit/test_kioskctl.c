/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kioskctl, the program, against a real platform: what staff see, what they decide, what it says when it cannot. */
#include "clerk.h"

#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>
#include <gio/gio.h>

#include "rig.h"
#include "web.h"
#include "wire/json.h"

#define PERSON "010124100001"
#define WHY    "上传的合格证不清晰，请重新扫描。"

/* ---------------------------------------------------------------- running it */

struct ran {
    int status;
    char *out, *err;
};

static void ran_clear(struct ran *ran)
{
    g_free(ran->out);
    g_free(ran->err);
}

/* words: "review list --json"; `last` (may be NULL) is one more argument as it stands. The password comes on standard input. */
static struct ran run(const char *url, const char *staff, const char *words, const char *last)
{
    g_autofree char *program = rig_program("kioskctl");
    g_auto(GStrv) split = g_strsplit(words, " ", -1);
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    const char *const head[] = {program, "--platform", url, "--staff", staff, "--password-file", "-"};
    struct ran ran = {.status = -1};
    for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
        g_ptr_array_add(argv, (gpointer)head[i]);
    for (size_t i = 0; split[i]; i++)
        g_ptr_array_add(argv, split[i]);
    if (last)
        g_ptr_array_add(argv, (gpointer)last);
    g_ptr_array_add(argv, NULL);
    g_autoptr(GSubprocess) process = g_subprocess_newv(
        (const char *const *)argv->pdata,
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
    assert_non_null(process);
    assert_true(g_subprocess_communicate_utf8(process, DESK_PASSWORD "\n", NULL, &ran.out, &ran.err, NULL));
    assert_true(g_subprocess_get_if_exited(process));
    ran.status = g_subprocess_get_exit_status(process);
    return ran;
}

/* One sentence in Chinese, nothing on standard output. */
static void assert_says(const struct ran *ran, int status, const char *sentence)
{
    if (ran->status != status || !strstr(ran->err, sentence) || *ran->out)
        print_error("wanted %d %s, got %d\n%s\n%s\n", status, sentence, ran->status, ran->err, ran->out);
    assert_int_equal(ran->status, status);
    assert_non_null(strstr(ran->err, sentence));
    assert_ptr_equal(strchr(ran->err, '\n'), ran->err + strlen(ran->err) - 1);
    assert_string_equal(ran->out, "");
}

static void says(const char *url, const char *staff, const char *words, const char *last, int status,
                 const char *sentence)
{
    struct ran ran = run(url, staff, words, last);
    assert_says(&ran, status, sentence);
    ran_clear(&ran);
}

/* Exit code 0, nothing on standard error; the output. */
static char *prints(const char *url, const char *staff, const char *words, const char *last)
{
    struct ran ran = run(url, staff, words, last);
    if (ran.status != 0 || *ran.err)
        print_error("%s: %d %s\n", words, ran.status, ran.err);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.err, "");
    g_free(ran.err);
    return ran.out;
}

static void assert_prints(const char *url, const char *staff, const char *words, const char *last, const char *has)
{
    g_autofree char *out = prints(url, staff, words, last);
    if (!strstr(out, has))
        print_error("%s: no %s in\n%s\n", words, has, out);
    assert_non_null(strstr(out, has));
}

static struct api_review *review_of(const char *url, const char *staff, const char *words, const char *last)
{
    g_autofree char *out = prints(url, staff, words, last);
    struct api_review *review = wire_read(&api_review_record, out, strlen(out), WIRE_STRICT, NULL, NULL);
    assert_non_null(review);
    return review;
}

/* ---------------------------------------------------------------- a desk with something to decide */

struct office {
    struct desk *desk;
    const char *url;
    int64_t id; /* PERSON's, two rows at the county */
};

static int open_office(void **state)
{
    struct office *office = g_new0(struct office, 1);
    office->desk = desk_open(&(struct desk_options){0});
    office->url = desk_url(office->desk);
    clerk_add_majors(office->desk, PERSON);
    struct guest *guest = guest_new(office->desk, PERSON);
    clerk_submit(guest, (const char *const[]){CLERK_HARD_MAJOR, CLERK_HARD_SECOND, NULL}, "140105",
                 STATE_COUNTY_PENDING);
    guest_free(guest);
    struct clerk *clerk = clerk_new(office->desk, CLERK_COUNTY);
    clerk_find(clerk, PERSON);
    office->id = clerk->now->id;
    clerk_free(clerk);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    struct office *office = *state;
    desk_close(office->desk);
    g_free(office);
    return 0;
}

static char *command(const char *format, int64_t id)
{
    g_auto(GStrv) parts = g_strsplit(format, "%d", 2);
    return g_strdup_printf("%s%" G_GINT64_FORMAT "%s", parts[0], id, parts[1] ? parts[1] : "");
}

/* ---------------------------------------------------------------- lists and reviews */

static void lists(void **state)
{
    const struct office *office = *state;
    g_autofree char *pending = prints(office->url, CLERK_COUNTY, "review list --state county_pending", NULL);
    assert_non_null(strstr(pending, "王丽娟"));
    assert_non_null(strstr(pending, "法律（专科）、会计（专科）"));
    assert_non_null(strstr(pending, "待太原市小店区招办预审"));
    assert_null(strstr(pending, "刘志强"));
    assert_prints(office->url, CLERK_COUNTY, "review list --exam-no 010124100006", NULL, "刘志强");
    assert_prints(office->url, CLERK_COUNTY, "review list --photo rejected", NULL, "马卫东");
    assert_prints(office->url, CLERK_COUNTY, "review list --prior-degree manual_pending", NULL, "没有符合条件的申请。");
    assert_prints(office->url, CLERK_OTHER, "review list", NULL, "没有符合条件的申请。");
    assert_prints(office->url, CLERK_COUNTY, "review list --limit 1", NULL, "还有更多");
    g_autofree char *json = prints(office->url, CLERK_COUNTY, "review list --json", NULL);
    struct api_reviews *all = wire_read(&api_reviews_record, json, strlen(json), WIRE_STRICT, NULL, NULL);
    assert_non_null(all);
    assert_int_equal(all->reviews->len, 4);
    record_free(&api_reviews_record, all);
}

/* Columns stand below each other, hanzi two wide. */
static void tables_are_aligned(void **state)
{
    const struct office *office = *state;
    g_autofree char *out = prints(office->url, CLERK_COUNTY, "review list", NULL);
    g_auto(GStrv) lines = g_strsplit(out, "\n", -1);
    int at = -1;
    for (size_t i = 0; lines[i] && *lines[i]; i++) {
        const char *name = strstr(lines[i], i == 0 ? "准考证号" : "0101241000");
        assert_non_null(name);
        int cols = 0;
        for (const char *c = lines[i]; c < name; c = g_utf8_next_char(c))
            cols += g_unichar_iswide(g_utf8_get_char(c)) ? 2 : 1;
        assert_true(at < 0 || at == cols);
        at = cols;
    }
}

static void shows(void **state)
{
    const struct office *office = *state;
    g_autofree char *words = command("review show %d", office->id);
    static const char *const wanted[] = {"王丽娟",           "140000200005180029", "太原市小店区", "法律",
                                         "没有人合格的课程", "不符合毕业条件",     "转区县预审",   "考生",
                                         "预审通过一个专业", "预审不通过"};
    g_autofree char *out = prints(office->url, CLERK_COUNTY, words, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        if (!strstr(out, wanted[i]))
            print_error("no %s in\n%s\n", wanted[i], out);
        assert_non_null(strstr(out, wanted[i]));
    }
    for (const char *c = out; *c; c++)
        assert_true((unsigned char)*c >= ' ' || *c == '\n');
    g_autofree char *json = command("review show %d --json", office->id);
    struct api_review *review = review_of(office->url, CLERK_COUNTY, json, NULL);
    assert_int_equal(review->id, office->id);
    assert_int_equal(review->judgements->len, 2);
    record_free(&api_review_record, review);
}

/* ---------------------------------------------------------------- decisions */

static void r25_row_by_row(void **state)
{
    const struct office *office = *state;
    g_autofree char *one = command("review approve %d --json --major " CLERK_HARD_MAJOR, office->id);
    g_autofree char *rest = command("review approve %d --json", office->id);
    struct api_review *review = review_of(office->url, CLERK_COUNTY, one, NULL);
    assert_int_equal(review->application->state, STATE_COUNTY_PENDING);
    record_free(&api_review_record, review);
    says(office->url, CLERK_COUNTY, one, NULL, 1, "这个专业已经预审过");
    review = review_of(office->url, CLERK_COUNTY, rest, NULL);
    assert_int_equal(review->application->state, STATE_COUNTY_APPROVED);
    record_free(&api_review_record, review);
    says(office->url, CLERK_COUNTY, rest, NULL, 1, "该申请不在县（市、区）预审中");
}

/* What is decided on is shown before what came of it. */
static void r26_rejects_with_a_reason(void **state)
{
    const struct office *office = *state;
    g_autofree char *words = command("review reject %d --reason", office->id);
    g_autofree char *out = prints(office->url, CLERK_COUNTY, words, WHY);
    const char *before = strstr(out, "待太原市小店区招办预审"), *after = strstr(out, "预审不通过（可重新申请1次）");
    assert_non_null(before);
    assert_non_null(after);
    assert_true(before < after);
    assert_non_null(strstr(out, "已办理。"));
    assert_non_null(strstr(out, WHY));
}

static void refusals(void **state)
{
    const struct office *office = *state;
    static const struct {
        const char *staff, *words, *last;
        const char *sentence;
    } cases[] = {
        {CLERK_PROVINCE, "review approve %d", NULL, "您不能进行这项操作"},
        {CLERK_OTHER, "review approve %d", NULL, "没有找到这份申请"},
        {CLERK_OTHER, "review show %d", NULL, "没有找到这份申请"},
        {CLERK_COUNTY, "review reject %d --reason", "x", "不通过时须写明原因"},
        {CLERK_COUNTY, "review approve %d --major", "690206", "该申请中没有这个专业"},
        {CLERK_COUNTY, "review photo %d approve", NULL, "该考生没有申请人工审核照片"},
        {CLERK_COUNTY, "review photo %d reject --reason", WHY, "该考生没有申请人工审核照片"},
        {CLERK_COUNTY, "review degree %d approve", NULL, "该考生没有申请人工核验前置学历"},
        {CLERK_COUNTY, "review degree %d reject --reason", WHY, "该考生没有申请人工核验前置学历"},
        {CLERK_COUNTY, "review hand-in %d", NULL, "考生还没有保存《毕业生登记表》"},
        {CLERK_PROVINCE, "review joint %d start", NULL, "考生还没有交回材料"},
        {CLERK_PROVINCE, "review joint %d pass", NULL, "该申请不在会审中"},
        {CLERK_PROVINCE, "review joint %d reject --reason", WHY, "该申请不在会审中"},
        {CLERK_PROVINCE, "review certificate %d ready", NULL, "该申请尚未审定通过"},
        {CLERK_COUNTY, "review certificate %d collected", NULL, "证书尚不能领取"},
        {CLERK_COUNTY, "review archive %d --output", "nowhere", "该考生没有上传扫描件压缩包"},
        {CLERK_COUNTY, "review photo-file %d --output", "nowhere", "该考生没有上传照片"},
        {CLERK_COUNTY, "review list --state", "county", "有一项内容不符合要求，请修改后再试。（state）"},
        {"999999999", "review list", NULL, "工号或密码不正确"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *words =
            strstr(cases[i].words, "%d") ? command(cases[i].words, office->id) : g_strdup(cases[i].words);
        says(office->url, cases[i].staff, words, cases[i].last, 1, cases[i].sentence);
    }
}

/* The whole way of one who has paid: each office with its own program. */
static void to_the_certificate(void **state)
{
    const struct office *office = *state;
    struct guest *guest = guest_new(office->desk, "010124100008");
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    struct clerk *clerk = clerk_new(office->desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100008");
    static const struct {
        const char *staff, *words, *progress;
    } steps[] = {
        {CLERK_COUNTY, "review hand-in %d", "材料已交回"},
        {CLERK_PROVINCE, "review joint %d start", "毕业审定工作组会审"},
        {CLERK_PROVINCE, "review joint %d pass", "审定通过"},
        {CLERK_PROVINCE, "review certificate %d ready", "可领取证书"},
        {CLERK_COUNTY, "review certificate %d collected", "已领取"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_autofree char *words = command(steps[i].words, clerk->now->id);
        assert_prints(office->url, steps[i].staff, words, NULL, steps[i].progress);
    }
    clerk_free(clerk);
    guest_free(guest);
}

/* ---------------------------------------------------------------- files */

static void files_are_new_and_private(void **state)
{
    const struct office *office = *state;
    char *folder = desk_folder_new();
    g_autofree char *path = g_build_filename(folder, "照片.jpg", NULL);
    struct clerk *clerk = clerk_new(office->desk, CLERK_COUNTY);
    clerk_find(clerk, "010124100010");
    g_autofree char *words = command("review photo-file %d --output", clerk->now->id);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    struct stat st;
    assert_prints(office->url, CLERK_COUNTY, words, path, "已存入");
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    assert_int_equal(n, clerk->now->application->photo->bytes);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    says(office->url, CLERK_COUNTY, words, path, 1, "没有存好"); /* never over a file that is there */
    says(office->url, CLERK_COUNTY, words, folder, 1, "没有存好");
    clerk_free(clerk);
    desk_folder_free(folder);
}

/* ---------------------------------------------------------------- what is no command */

static void usage_is_exit_code_2(void **state)
{
    const struct office *office = *state;
    static const char *const bad[] = {
        "",
        "review",
        "reviews list",
        "review frob",
        "review list 3",
        "review show",
        "review show x",
        "review show 0",
        "review show -- -1",
        "review show 1 2",
        "review approve 1 --reason no",
        "review reject 1",
        "review photo 1",
        "review photo 1 maybe",
        "review photo 1 approve --major 690206",
        "review joint 1 approve",
        "review certificate 1",
        "review archive 1",
        "review show 1 --state paid",
        "review list --output file",
        "review list --limit -1",
        "review list --limit x",
        "review list --password secret",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct ran ran = run(office->url, CLERK_COUNTY, bad[i], NULL);
        if (ran.status != 2)
            print_error("%s: %d %s\n", bad[i], ran.status, ran.err);
        assert_int_equal(ran.status, 2);
        assert_true(g_str_has_prefix(ran.err, "kioskctl: "));
        assert_string_equal(ran.out, "");
        ran_clear(&ran);
    }
    says("embedded", CLERK_COUNTY, "review list", NULL, 2, "没有指定服务平台的地址");
}

/* ---------------------------------------------------------------- a platform that is away, or is none */

static void no_platform(void **state)
{
    (void)state;
    struct raw_web *rude = raw_web_new("", 0, false);
    says(raw_web_url(rude), CLERK_COUNTY, "review list", NULL, 1, "连不上服务平台");
    raw_web_free(rude);
    struct web *web = web_new();
    web_answer(web, &(struct web_answer){.status = 200, .body = "<html>"});
    says(web_url(web), CLERK_COUNTY, "review list", NULL, 1, "服务平台的答复不正确");
    web_free(web);
    says("gopher://127.0.0.1", CLERK_COUNTY, "review list", NULL, 1, "服务平台的答复不正确");
}

/* ---------------------------------------------------------------- the password on a terminal */

#define TYPED "Zikao-2026\n"

struct seat {
    pid_t pid;
    int fd;
    GString *seen;
};

static struct seat sit_down(const char *url)
{
    g_autofree char *program = rig_program("kioskctl");
    const char *argv[] = {program, "--platform", url, "--staff", CLERK_COUNTY, "review", "list", NULL};
    struct seat seat = {.seen = g_string_new(NULL)};
    seat.pid = forkpty(&seat.fd, NULL, NULL, NULL);
    assert_true(seat.pid >= 0);
    if (seat.pid == 0) {
        execv(program, (char *const *)argv);
        _exit(127);
    }
    return seat;
}

/* Reads until `text` stands there (NULL: until nobody writes any more). */
static void see(struct seat *seat, const char *text)
{
    char part[4096];
    while (!text || !strstr(seat->seen->str, text)) {
        ssize_t n = read(seat->fd, part, sizeof part);
        if (n <= 0)
            break;
        g_string_append_len(seat->seen, part, n);
    }
    if (text)
        assert_non_null(strstr(seat->seen->str, text));
}

static bool echoes(const struct seat *seat)
{
    struct termios now;
    assert_int_equal(tcgetattr(seat->fd, &now), 0);
    return now.c_lflag & ECHO;
}

static int stand_up(struct seat *seat)
{
    int status = 0;
    assert_int_equal(waitpid(seat->pid, &status, 0), seat->pid);
    (void)close(seat->fd);
    g_string_free(seat->seen, TRUE);
    return status;
}

static void the_password_is_not_shown(void **state)
{
    const struct office *office = *state;
    struct seat seat = sit_down(office->url);
    see(&seat, "密码：");
    assert_false(echoes(&seat));
    assert_int_equal(write(seat.fd, TYPED, strlen(TYPED)), (ssize_t)strlen(TYPED));
    see(&seat, "王丽娟");
    see(&seat, NULL);
    assert_null(strstr(seat.seen->str, DESK_PASSWORD));
    assert_true(echoes(&seat));
    int status = stand_up(&seat);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Ended while it asks: by the person's Ctrl-C or from outside; the terminal shows again what is typed. */
static void an_end_while_it_asks(void **state)
{
    const struct office *office = *state;
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct seat seat = sit_down(office->url);
        see(&seat, "密码：");
        if (ends[i] == SIGINT)
            assert_int_equal(write(seat.fd, "\003", 1), 1);
        else
            assert_int_equal(kill(seat.pid, ends[i]), 0);
        see(&seat, NULL);
        assert_true(echoes(&seat));
        int status = stand_up(&seat);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), ends[i]);
    }
}

#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(lists),
        EACH(tables_are_aligned),
        EACH(shows),
        EACH(r25_row_by_row),
        EACH(r26_rejects_with_a_reason),
        EACH(refusals),
        EACH(to_the_certificate),
        EACH(files_are_new_and_private),
        EACH(usage_is_exit_code_2),
        cmocka_unit_test(no_platform),
        EACH(the_password_is_not_shown),
        EACH(an_end_while_it_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
