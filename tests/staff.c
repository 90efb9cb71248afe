/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <gio/gio.h>

#include "visit.h"
#include "wire/api.h"
#include "wire/json.h"

/* kioskctl review …, the password on standard input; what it printed, newly allocated. */
static char *run(const struct rig *rig, const char *staff_no, const char *const words[], size_t n)
{
    g_autofree char *program = rig_program("kioskctl");
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    const char *const head[] = {program,  "--platform",      rig_url(rig), "--staff",
                                staff_no, "--password-file", "-",          "review"};
    char *out = NULL;
    g_autofree char *errors = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
        g_ptr_array_add(argv, (gpointer)head[i]);
    for (size_t i = 0; i < n; i++)
        g_ptr_array_add(argv, (gpointer)words[i]);
    g_ptr_array_add(argv, NULL);
    g_autoptr(GSubprocess) process = g_subprocess_newv(
        (const char *const *)argv->pdata,
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
    assert_non_null(process);
    assert_true(g_subprocess_communicate_utf8(process, VISIT_PASSWORD "\n", NULL, &out, &errors, NULL));
    if (!g_subprocess_get_if_exited(process) || g_subprocess_get_exit_status(process) != 0 || *errors != '\0')
        fail_msg("review %s: %s", words[0], errors);
    return out;
}

/* The number of the candidate's newest application, as the list of reviews has it. */
static char *newest(const struct rig *rig, const char *staff_no, const char *exam_no)
{
    const char *const words[] = {"list", "--exam-no", exam_no, "--json"};
    g_autofree char *json = run(rig, staff_no, words, G_N_ELEMENTS(words));
    struct api_reviews *list = wire_read(&api_reviews_record, json, strlen(json), WIRE_STRICT, NULL, NULL);
    assert_non_null(list);
    assert_true(list->reviews->len > 0);
    const struct api_review_line *line = list->reviews->pdata[list->reviews->len - 1];
    char *id = g_strdup_printf("%" G_GINT64_FORMAT, line->id);
    record_free(&api_reviews_record, list);
    return id;
}

void staff_does(const struct rig *rig, const char *staff_no, const char *exam_no, const char *words, const char *reason)
{
    g_autofree char *id = newest(rig, staff_no, exam_no);
    g_auto(GStrv) parts = g_strsplit(words, " ", 2);
    const char *argv[5] = {parts[0], id};
    size_t n = 2;
    if (parts[1] != NULL)
        argv[n++] = parts[1];
    if (reason != NULL) {
        argv[n++] = "--reason";
        argv[n++] = reason;
    }
    g_autofree char *said = run(rig, staff_no, argv, n);
    assert_non_null(strstr(said, "已办理。"));
}
