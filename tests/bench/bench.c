/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make bench: what a person waits for, measured on the release programs through the same terminal as the tests. One table; the figures
 * never fail the run (what does not work at all does).
 */
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper/helper.h"
#include "phone.h"
#include "proc.h"
#include "rig.h"
#include "rig_cups.h"
#include "samples.h"
#include "sheet_samples.h"
#include "visit.h"

#define STARTS 40
#define CALLS  500
#define WAKES  10
#define SHEETS 15
#define PRINTS 8

static double now_ms(void)
{
    return (double)g_get_monotonic_time() / 1000;
}

/* ---- start */

static void measure_start(struct rig *rig)
{
    struct samples start;
    samples_init(&start);
    for (int i = 0; i < STARTS; i++) {
        double begin = now_ms();
        struct term *term = rig_kiosk(rig, 24, 80, NULL);
        term_wait_text(term, "开始办理", TERM_WAIT_MS);
        samples_add(&start, now_ms() - begin);
        rig_kiosk_stop(rig, term);
    }
    samples_print_row("kiosk: start to first screen", "ms", 1, &start, "≤ 50");
    samples_clear(&start);
}

/* ---- a whole walk, and the platform's calls */

static void print_memory(const char *what, pid_t pid, const char *target)
{
    struct samples memory;
    samples_init(&memory);
    samples_add(&memory, (double)proc_status_kib(pid, "VmRSS") / 1024);
    samples_print_row(what, "MiB", 1, &memory, target);
    samples_clear(&memory);
}

/* Up to the QR of the order; the platform's data is then kept, so that paying can be measured again and again. */
static void visit_to_order(struct visit *visit)
{
    visit->term = rig_kiosk(visit->rig, 24, 80, NULL);
    visit_start(visit);
    visit_login(visit);
    visit_begin(visit);
    visit_major_and_county(visit);
    visit_nothing_to_add(visit);
    visit_submit(visit);
    visit_photo(visit);
    visit_order(visit);
    g_free(visit_pay_address(visit));
}

/* Each time with the data kept above and a kiosk that has just been resumed; the last one stays on the page after paying. */
static void measure_wakes(struct visit *visit)
{
    struct samples wake;
    samples_init(&wake);
    for (int i = 0; i < WAKES; i++) {
        rig_kiosk_stop(visit->rig, visit->term);
        rig_data_restore(visit->rig);
        visit->term = rig_kiosk(visit->rig, 24, 80, NULL);
        visit_start(visit);
        visit_login(visit);
        visit_resume_paying(visit);
        g_autofree char *address = visit_pay_address(visit);
        double begin = now_ms();
        g_autofree char *answer = phone_press(address, "pay");
        term_wait_text(visit->term, "订单支付成功", TERM_WAIT_MS);
        samples_add(&wake, now_ms() - begin);
    }
    samples_print_row("phone pays to paid on screen", "ms", 1, &wake, "≤ 300");
    samples_clear(&wake);
}

static size_t ignore(char *bytes, size_t size, size_t n, void *user)
{
    (void)bytes;
    (void)user;
    return size * n;
}

static size_t keep(char *bytes, size_t size, size_t n, void *user)
{
    g_string_append_len(user, bytes, (gssize)(size * n));
    return size * n;
}

static char *login_token(const struct rig *rig, const char *exam_no)
{
    g_autofree char *address = g_strdup_printf("%s/v1/sessions", rig_url(rig));
    g_autofree char *body = g_strdup_printf("{\"account\":\"%s\",\"password\":\"" VISIT_PASSWORD "\"}", exam_no);
    g_autoptr(GString) answer = g_string_new(NULL);
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    g_autoptr(GRegex) token = g_regex_new("\"token\" *: *\"([^\"]+)\"", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    return g_regex_match(token, answer->str, 0, &match) ? g_match_info_fetch(match, 1) : g_strdup("");
}

static void measure_snapshots(const struct rig *rig, const char *exam_no)
{
    struct samples call;
    long status = 0;
    g_autofree char *token = login_token(rig, exam_no);
    g_autofree char *address = g_strdup_printf("%s/v1/application", rig_url(rig));
    g_autofree char *bearer = g_strdup_printf("Authorization: Bearer %s", token);
    struct curl_slist *headers = curl_slist_append(NULL, bearer);
    CURL *curl = curl_easy_init();
    samples_init(&call);
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
    for (int i = 0; i < CALLS; i++) {
        double begin = now_ms();
        if (curl_easy_perform(curl) == CURLE_OK)
            curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (status == 200)
            samples_add(&call, now_ms() - begin);
    }
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    samples_print_row("platformd: snapshot call", "ms", 2, &call, "");
    samples_clear(&call);
}

/* ---- the helper: sheet and printer */

struct job {
    GMainLoop *loop;
    double begin, first, end;
    int64_t bytes;
};

static void on_progress(const void *progress, gpointer data)
{
    struct job *job = data;
    const struct print_progress_report *report = progress;
    if (job->first == 0 && report->job_uuid != NULL)
        job->first = now_ms();
}

static void on_sheet(enum helper_outcome outcome, const void *answer, gpointer data)
{
    struct job *job = data;
    const struct sheet_answer *sheet = answer;
    job->end = now_ms();
    job->bytes = outcome == HELPER_DONE && sheet->problem == NULL ? sheet->bytes : 0;
    g_main_loop_quit(job->loop);
}

static void on_print(enum helper_outcome outcome, const void *answer, gpointer data)
{
    struct job *job = data;
    const struct print_answer *print = answer;
    job->end = now_ms();
    job->bytes = outcome == HELPER_DONE && print->result == PRINT_RESULT_SENT;
    g_main_loop_quit(job->loop);
}

static struct job run_job(enum helper_job kind, const void *request, helper_done_fn done)
{
    g_autofree char *program = rig_program("kiosk-helper");
    struct job job = {.loop = g_main_loop_new(NULL, FALSE), .begin = now_ms()};
    helper_start(program, kind, request, helper_jobs[kind].deadline_ms, on_progress, done, &job);
    g_main_loop_run(job.loop);
    g_main_loop_unref(job.loop);
    return job;
}

static void measure_sheets(const char *pdf)
{
    struct samples time, bytes;
    struct sheet_request request = {
        .data = sheet_sample(SAMPLE_ORDINARY), .layout = (char *)"forms/sheet.conf", .output = (char *)pdf};
    samples_init(&time);
    samples_init(&bytes);
    for (int i = 0; i < SHEETS; i++) {
        struct job job = run_job(JOB_SHEET, &request, on_sheet);
        if (job.bytes == 0)
            continue;
        samples_add(&time, job.end - job.begin);
        samples_add(&bytes, (double)job.bytes / 1000);
    }
    record_free(&sheet_data_record, request.data);
    samples_print_row("sheet drawn, helper's start included", "ms", 0, &time, "≤ 300");
    samples_print_row("sheet", "KB", 0, &bytes, "≤ 400");
    samples_clear(&time);
    samples_clear(&bytes);
}

static void measure_prints(struct rig_cups *cups, const char *pdf)
{
    struct samples hand_over, whole;
    g_autofree char *profile = rig_cups_profile(cups, "a3", "");
    samples_init(&hand_over);
    samples_init(&whole);
    for (int i = 0; i < PRINTS; i++) {
        g_autofree char *name = g_strdup_printf("bench-%d", i);
        struct print_request request = {.pdf = (char *)pdf, .profile = profile, .job_name = name, .copies = 2};
        struct job job = run_job(JOB_PRINT, &request, on_print);
        if (job.bytes == 0 || job.first == 0)
            continue;
        samples_add(&hand_over, job.first - job.begin);
        samples_add(&whole, (job.end - job.begin) / 1000);
    }
    samples_print_row("print: handed over to cupsd", "ms", 0, &hand_over, "");
    samples_print_row("print: until the simulated printer has it", "s", 1, &whole, "");
    samples_clear(&hand_over);
    samples_clear(&whole);
}

static void measure_walk(struct rig *rig, const char *exam_no, const char *id_tail)
{
    struct visit visit = {.rig = rig, .exam_no = exam_no, .id_tail = id_tail, .education = "普通高中"};
    visit_to_order(&visit);
    rig_data_save(rig);
    measure_wakes(&visit);
    term_key(visit.term, VTERM_KEY_ENTER);
    visit_form(&visit);
    visit_print(&visit);
    term_wait_text(visit.term, "现场提交材料", TERM_WAIT_MS);
    print_memory("kiosk: resident after a whole walk", term_pid(visit.term), "≤ 24");
    print_memory("platformd: resident after a whole walk", rig_platform_pid(rig), "");
    visit_leave(&visit);
    rig_kiosk_stop(rig, visit.term);
}

int main(void)
{
    struct rig_cups *cups = rig_cups_start();
    if (cups == NULL)
        return 1;
    g_autofree char *profile = rig_cups_profile(cups, "a3", "");
    struct rig *rig = rig_start(&(struct rig_options){.profile = profile});
    rig_stick_add_portrait(rig, "portrait.jpg");
    samples_print_head();
    measure_start(rig);
    measure_walk(rig, "010124100001", "0029");
    measure_snapshots(rig, "010124100001");
    g_autofree char *pdf = g_build_filename(rig_dir(rig), "sheet.pdf", NULL);
    measure_sheets(pdf);
    measure_prints(cups, pdf);
    rig_free(rig);
    rig_cups_stop(cups);
    return 0;
}
