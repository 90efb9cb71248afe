/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints through a real CUPS and a real IPP printer (rig_cups). */
#include "base/settings.h"
#include "printing/printer.h"
#include "printing/queue.h"
#include "printing/sheet.h"
#include "rig_cups.h"
#include "sheet_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* What the parent would hear; helper_main.c stands in the library for this one. */
struct helper_context {
    struct rig_cups *rig;
    guint states; /* bit set of enum print_state */
    char uuid[64];
    int documents_at_uuid;         /* what had come out when the uuid was told */
    bool deaf;                     /* the parent is gone */
    enum print_state cure_at;      /* let the printer go on when this is told */
    enum print_state power_cut_at; /* switch it off and on instead */
};

bool helper_progress(struct helper_context *context, const void *progress)
{
    const struct print_progress_report *report = progress;
    if (report->job_uuid && !*context->uuid) {
        g_strlcpy(context->uuid, report->job_uuid, sizeof(context->uuid));
        context->documents_at_uuid = rig_cups_documents(context->rig);
    }
    context->states |= 1u << report->state;
    if (context->cure_at && (int)context->cure_at == report->state)
        rig_cups_trouble(context->rig, NULL);
    if (context->power_cut_at && (int)context->power_cut_at == report->state) {
        rig_cups_printer_off(context->rig);
        rig_cups_trouble(context->rig, NULL);
        rig_cups_printer_on(context->rig);
    }
    return !context->deaf;
}

static struct rig_cups *rig; /* one for all: the fixture */
static char *pdf;
static int names;

static int start_rig(void **state)
{
    (void)state;
    rig = rig_cups_start();
    if (!rig)
        return 1;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct layout *layout = layout_read("forms/sheet.conf", faults);
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    pdf = g_build_filename(rig_cups_directory(rig), "sheet.pdf", NULL);
    struct sheet_answer *answer = sheet_draw(layout, data, pdf);
    int failed = answer->problem != NULL;
    record_free(&sheet_answer_record, answer);
    record_free(&sheet_data_record, data);
    layout_free(layout);
    return failed;
}

static int stop_rig(void **state)
{
    (void)state;
    rig_cups_stop(rig);
    g_free(pdf);
    return 0;
}

struct outcome {
    struct helper_context heard;
    enum print_result result;
    char reason[64], uuid[64], name[64];
    int documents; /* that came out for it */
};

static struct outcome run(struct helper_context context, const char *profile, const char *name, bool recover)
{
    struct outcome outcome = {0};
    int before = rig_cups_documents(rig);
    if (name)
        g_strlcpy(outcome.name, name, sizeof(outcome.name));
    else
        g_snprintf(outcome.name, sizeof(outcome.name), "job-%d", ++names);
    struct print_request request = {
        .pdf = pdf, .profile = (char *)profile, .job_name = outcome.name, .copies = 2, .recover = recover};
    context.rig = rig;
    struct print_answer *answer = printer_job(&request, &context);
    outcome.heard = context;
    outcome.result = (enum print_result)answer->result;
    g_strlcpy(outcome.reason, answer->reason ? answer->reason : "", sizeof(outcome.reason));
    g_strlcpy(outcome.uuid, answer->job_uuid ? answer->job_uuid : "", sizeof(outcome.uuid));
    outcome.documents = rig_cups_documents(rig) - before;
    record_free(&print_answer_record, answer);
    return outcome;
}

static struct outcome print_with(const char *queue, const char *more, struct helper_context context)
{
    g_autofree char *profile = rig_cups_profile(rig, queue, more);
    return run(context, profile, NULL, false);
}

static struct outcome print_plainly(void)
{
    return print_with("a3", "", (struct helper_context){0});
}

static void assert_outcome(const struct outcome *outcome, enum print_result result, const char *reason, int documents)
{
    assert_string_equal(print_result_words[outcome->result], print_result_words[result]);
    assert_string_equal(outcome->reason, reason);
    assert_int_equal(outcome->documents, documents);
}

static bool heard(const struct outcome *outcome, enum print_state state)
{
    return outcome->heard.states & 1u << state;
}

static char *pdfinfo(const char *path)
{
    const char *const argv[] = {"pdfinfo", path, NULL};
    char *out = NULL;
    g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL);
    return out ? out : g_strdup("");
}

/* ---------------------------------------------------------------- the straight way */

static void test_two_copies_of_a3_come_out(void **state)
{
    (void)state;
    struct outcome outcome = print_plainly();
    assert_outcome(&outcome, PRINT_RESULT_SENT, "", 1);
    assert_true(heard(&outcome, PRINTING_QUEUED));
    assert_true(g_str_has_prefix(outcome.uuid, "urn:uuid:"));
    int n = rig_cups_documents(rig);
    g_autofree char *attributes = rig_cups_attributes(rig, n);
    assert_non_null(strstr(attributes, "IPP_COPIES=2\n"));
    assert_non_null(strstr(attributes, "IPP_SIDES=two-sided-short-edge\n"));
    assert_non_null(strstr(attributes, "x-dimension=29700"));
    assert_non_null(strstr(attributes, "y-dimension=42000"));
    assert_non_null(strstr(attributes, outcome.name));
    g_autofree char *document = rig_cups_document(rig, n);
    g_autofree char *info = pdfinfo(document);
    assert_non_null(strstr(info, "Pages:           2\n"));
    assert_non_null(strstr(info, "(A3)"));
}

static void test_uuid_is_told_before_anything_comes_out(void **state)
{
    (void)state;
    int before = rig_cups_documents(rig);
    struct outcome outcome = print_plainly();
    assert_int_equal(outcome.result, PRINT_RESULT_SENT);
    assert_string_equal(outcome.heard.uuid, outcome.uuid);
    assert_int_equal(outcome.heard.documents_at_uuid, before);
}

static void test_nothing_comes_out_when_nobody_listens(void **state)
{
    (void)state;
    struct outcome outcome = print_with("a3", "", (struct helper_context){.deaf = true});
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.cancelled", 0);
    struct outcome next = print_plainly();
    assert_outcome(&next, PRINT_RESULT_SENT, "", 1); /* and not the one before */
}

/* ---------------------------------------------------------------- refused before printing */

static void test_missing_queue_is_refused(void **state)
{
    (void)state;
    struct outcome outcome = print_with("b4", "", (struct helper_context){0});
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.no_queue", 0);
}

static void test_rejecting_queue_is_refused(void **state)
{
    (void)state;
    assert_true(rig_cups_admin(rig, "cupsreject", "a3", NULL));
    struct outcome outcome = print_plainly();
    assert_true(rig_cups_admin(rig, "cupsaccept", "a3", NULL));
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.not_accepting", 0);
}

static void test_paper_the_printer_does_not_know_is_refused(void **state)
{
    (void)state;
    struct outcome outcome = print_with("a3", "media = \"iso_a2_420x594mm\";", (struct helper_context){0});
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.no_media", 0);
    outcome = print_with("a3", "sides = \"two-sided-any-edge\";", (struct helper_context){0});
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.no_duplex", 0);
}

static void test_printer_without_a3_in_its_trays_is_refused(void **state)
{
    (void)state;
    const char *const both =
        "size1=iso_a4_210x297mm&type1=stationery&level1=125&size2=iso_a3_297x420mm&type2=stationery&level2=125";
    assert_true(
        rig_cups_trays(rig, "size1=iso_a4_210x297mm&type1=stationery&level1=125&size2=&type2=stationery&level2=0"));
    struct outcome outcome = print_plainly();
    assert_true(rig_cups_trays(rig, both));
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.no_paper", 0);
    outcome = print_plainly();
    assert_outcome(&outcome, PRINT_RESULT_SENT, "", 1);
}

static void test_bad_profile_is_refused(void **state)
{
    (void)state;
    struct outcome outcome = run((struct helper_context){0}, "/nonexistent.conf", NULL, false);
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.profile", 0);
}

static void test_absent_server_is_refused_at_once(void **state)
{
    (void)state;
    g_autofree char *profile = g_build_filename(rig_cups_directory(rig), "absent.conf", NULL);
    assert_true(g_file_set_contents(
        profile, "kind = \"cups\"; label = \"x\"; queue = \"a3\"; server = \"/nonexistent\";", -1, NULL));
    struct outcome outcome = run((struct helper_context){0}, profile, NULL, false);
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.no_server", 0);
}

static void test_silent_server_is_given_up_in_time(void **state)
{
    (void)state;
    gint64 start = g_get_monotonic_time();
    rig_cups_freeze(rig, true);
    struct outcome outcome = print_with("a3", "answer_ms = 1000;", (struct helper_context){0});
    rig_cups_freeze(rig, false);
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.no_server", 0);
    assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC); /* libcups alone waits a minute */
}

/* ---------------------------------------------------------------- trouble while printing */

static void test_trouble_is_told_and_cured(void **state)
{
    static const struct {
        const char *keyword;
        enum print_state told;
    } cases[] = {
        {"media-empty", PRINTING_NO_PAPER}, /* the other words: test_printer_state */
        {"cover-open", PRINTING_COVER_OPEN},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        rig_cups_trouble(rig, cases[i].keyword);
        struct outcome outcome = print_with("a3", "", (struct helper_context){.cure_at = cases[i].told});
        assert_outcome(&outcome, PRINT_RESULT_SENT, "", 1);
        assert_true(heard(&outcome, cases[i].told));
    }
}

static void test_printer_that_is_off_is_told_and_the_job_cancelled(void **state)
{
    (void)state;
    rig_cups_printer_off(rig);
    struct outcome outcome = print_with("a3", "job_ms = 3000;", (struct helper_context){0});
    assert_outcome(&outcome, PRINT_RESULT_CANCELLED, "print.timeout", 0);
    assert_true(heard(&outcome, PRINTING_OFFLINE));
    assert_true(rig_cups_printer_on(rig));
    struct outcome next = print_plainly();
    assert_outcome(&next, PRINT_RESULT_SENT, "", 1); /* the job given up did not come out with it */
}

static void test_job_that_takes_too_long_is_in_doubt(void **state)
{
    (void)state;
    rig_cups_trouble(rig, "media-jam");
    struct outcome outcome = print_with("a3", "job_ms = 3000;", (struct helper_context){0});
    rig_cups_trouble(rig, NULL);
    assert_outcome(&outcome, PRINT_RESULT_UNKNOWN, "print.timeout", 1);
}

/* The backend learns of it in two threads; when the wrong one is first, CUPS calls the job completed. Never is it "nothing printed". */
static void test_job_the_printer_aborts_is_in_doubt(void **state)
{
    (void)state;
    rig_cups_abort(rig, true);
    struct outcome outcome = print_plainly();
    rig_cups_abort(rig, false);
    bool sent = outcome.result == PRINT_RESULT_SENT;
    assert_outcome(&outcome, sent ? PRINT_RESULT_SENT : PRINT_RESULT_UNKNOWN, sent ? "" : "print.cancelled", 1);
}

/* CUPS calls such a job completed. */
static void test_printer_switched_off_and_on_is_in_doubt(void **state)
{
    (void)state;
    rig_cups_trouble(rig, "media-jam");
    struct outcome outcome = print_with("a3", "job_ms = 20000;", (struct helper_context){.power_cut_at = PRINTING_JAM});
    assert_outcome(&outcome, PRINT_RESULT_UNKNOWN, "print.lost", 1);
}

static void test_stopped_queue_is_paused(void **state)
{
    (void)state;
    assert_true(rig_cups_admin(rig, "cupsdisable", "a3", NULL));
    struct outcome outcome = print_with("a3", "job_ms = 1500;", (struct helper_context){0});
    assert_true(rig_cups_admin(rig, "cupsenable", "a3", NULL));
    assert_outcome(&outcome, PRINT_RESULT_CANCELLED, "print.timeout", 0);
    assert_true(heard(&outcome, PRINTING_PAUSED));
}

/* ---------------------------------------------------------------- after a crash */

/* Leaves a job as a helper that died would: created, or created and sent. */
static void leave_behind(const char *profile_path, const char *name, bool sent)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct profile *profile = profile_read(profile_path, faults);
    struct queue *queue = queue_new(profile);
    struct queue_job job;
    assert_int_equal(queue_create(queue, name, 2, &job), QUEUE_OK);
    if (sent)
        assert_int_equal(queue_send(queue, &job, pdf), QUEUE_OK);
    queue_free(queue);
    profile_free(profile);
}

static void test_recovery(void **state)
{
    static const struct {
        const char *name;
        bool created, sent;
        enum print_result result;
        const char *reason;
        int documents;
    } cases[] = {
        {"never-heard-of", false, false, PRINT_RESULT_UNKNOWN, "print.lost", 0},
        {"died-after-create", true, false, PRINT_RESULT_SENT, "", 1},
        {"died-after-send", true, true, PRINT_RESULT_SENT, "", 1},
        {"died-after-send", false, false, PRINT_RESULT_SENT, "", 0}, /* printed by the line above */
    };
    (void)state;
    g_autofree char *profile = rig_cups_profile(rig, "a3", "");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (cases[i].created)
            leave_behind(profile, cases[i].name, cases[i].sent);
        struct outcome outcome = run((struct helper_context){0}, profile, cases[i].name, true);
        assert_outcome(&outcome, cases[i].result, cases[i].reason, cases[i].documents);
    }
}

/* ---------------------------------------------------------------- a folder */

static void test_folder(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(rig_cups_directory(rig), "forms", "today", NULL);
    g_autofree char *profile = g_build_filename(rig_cups_directory(rig), "folder.conf", NULL);
    g_autofree char *text = g_strdup_printf("kind = \"folder\"; label = \"x\"; folder = \"%s\";", folder);
    assert_true(g_file_set_contents(profile, text, -1, NULL));
    struct outcome outcome = run((struct helper_context){0}, profile, "sheet-1", false);
    assert_outcome(&outcome, PRINT_RESULT_SENT, "", 0);
    g_autofree char *made = g_build_filename(folder, "sheet-1.pdf", NULL);
    struct stat status;
    assert_int_equal(stat(made, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    outcome = run((struct helper_context){0}, profile, "../sheet-1", false);
    assert_outcome(&outcome, PRINT_RESULT_REFUSED, "print.folder", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_copies_of_a3_come_out),
        cmocka_unit_test(test_uuid_is_told_before_anything_comes_out),
        cmocka_unit_test(test_nothing_comes_out_when_nobody_listens),
        cmocka_unit_test(test_missing_queue_is_refused),
        cmocka_unit_test(test_rejecting_queue_is_refused),
        cmocka_unit_test(test_paper_the_printer_does_not_know_is_refused),
        cmocka_unit_test(test_printer_without_a3_in_its_trays_is_refused),
        cmocka_unit_test(test_bad_profile_is_refused),
        cmocka_unit_test(test_absent_server_is_refused_at_once),
        cmocka_unit_test(test_silent_server_is_given_up_in_time),
        cmocka_unit_test(test_trouble_is_told_and_cured),
        cmocka_unit_test(test_printer_that_is_off_is_told_and_the_job_cancelled),
        cmocka_unit_test(test_job_that_takes_too_long_is_in_doubt),
        cmocka_unit_test(test_job_the_printer_aborts_is_in_doubt),
        cmocka_unit_test(test_stopped_queue_is_paused),
        cmocka_unit_test(test_recovery),
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_printer_switched_off_and_on_is_in_doubt), /* last: the queue remembers it */
    };
    return cmocka_run_group_tests_name("printer", tests, start_rig, stop_rig);
}
