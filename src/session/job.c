/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/job.h"

#define PATH_CHARS 1000
#define COUNT_MAX  1000000000

const char *const print_state_words[] = {
    [PRINTING_QUEUED] = "queued",
    [PRINTING_CONNECTING] = "connecting",
    [PRINTING_RUNNING] = "running",
    [PRINTING_NO_PAPER] = "no_paper",
    [PRINTING_JAM] = "jam",
    [PRINTING_COVER_OPEN] = "cover_open",
    [PRINTING_NO_TONER] = "no_toner",
    [PRINTING_OFFLINE] = "offline",
    [PRINTING_PAUSED] = "paused",
    [PRINTING_BUSY] = "busy",
    NULL,
};

const char *const print_result_words[] = {
    [PRINT_RESULT_SENT] = "sent",
    [PRINT_RESULT_REFUSED] = "refused",
    [PRINT_RESULT_CANCELLED] = "cancelled",
    [PRINT_RESULT_UNKNOWN] = "unknown",
    NULL,
};

static const struct record_field sheet_request_fields[] = {
    {"data", RECORD_ONE, offsetof(struct sheet_request, data), .flags = RECORD_REQUIRED, .type = &sheet_data_record},
    {"layout", RECORD_STRING, offsetof(struct sheet_request, layout), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"output", RECORD_STRING, offsetof(struct sheet_request, output), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
};
const struct record_type sheet_request_record = RECORD_TYPE(sheet_request, sheet_request_fields);

static const struct record_field sheet_answer_fields[] = {
    {"pages", RECORD_INTEGER, offsetof(struct sheet_answer, pages), .max = COUNT_MAX},
    {"bytes", RECORD_INTEGER, offsetof(struct sheet_answer, bytes), .max = COUNT_MAX},
    {"sha256", RECORD_STRING, offsetof(struct sheet_answer, sha256), .min = 64, .max = 64},
    {"overflow", RECORD_STRINGS, offsetof(struct sheet_answer, overflow), .max = 1000},
    {"missing", RECORD_STRINGS, offsetof(struct sheet_answer, missing), .max = 1000},
    {"problem", RECORD_STRING, offsetof(struct sheet_answer, problem), .max = 60},
};
const struct record_type sheet_answer_record = RECORD_TYPE(sheet_answer, sheet_answer_fields);

static const struct record_field print_request_fields[] = {
    {"pdf", RECORD_STRING, offsetof(struct print_request, pdf), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"profile", RECORD_STRING, offsetof(struct print_request, profile), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"job_name", RECORD_STRING, offsetof(struct print_request, job_name), .flags = RECORD_REQUIRED, .min = 1,
     .max = 64},
    {"copies", RECORD_INTEGER, offsetof(struct print_request, copies), .flags = RECORD_REQUIRED, .min = 1, .max = 100},
    {"recover", RECORD_BOOLEAN, offsetof(struct print_request, recover)},
};
const struct record_type print_request_record = RECORD_TYPE(print_request, print_request_fields);

static const struct record_field progress_fields[] = {
    {"state", RECORD_WORD, offsetof(struct print_progress_report, state), .flags = RECORD_REQUIRED,
     .words = print_state_words},
    {"job_uuid", RECORD_STRING, offsetof(struct print_progress_report, job_uuid), .max = 100},
};
const struct record_type print_progress_report_record = RECORD_TYPE(print_progress_report, progress_fields);

static const struct record_field print_answer_fields[] = {
    {"result", RECORD_WORD, offsetof(struct print_answer, result), .flags = RECORD_REQUIRED,
     .words = print_result_words},
    {"reason", RECORD_STRING, offsetof(struct print_answer, reason), .max = 60},
    {"job_uuid", RECORD_STRING, offsetof(struct print_answer, job_uuid), .max = 100},
};
const struct record_type print_answer_record = RECORD_TYPE(print_answer, print_answer_fields);

const char *const files_kind_words[] = {[FILES_PICTURES] = "pictures", [FILES_ARCHIVES] = "archives", NULL};

static const struct record_field files_request_fields[] = {
    {"folder", RECORD_STRING, offsetof(struct files_request, folder), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"kind", RECORD_WORD, offsetof(struct files_request, kind), .flags = RECORD_REQUIRED, .words = files_kind_words},
};
const struct record_type files_request_record = RECORD_TYPE(files_request, files_request_fields);

static const struct record_field file_entry_fields[] = {
    {"name", RECORD_STRING, offsetof(struct file_entry, name), .flags = RECORD_REQUIRED, .min = 1, .max = 120},
    {"bytes", RECORD_INTEGER, offsetof(struct file_entry, bytes), .flags = RECORD_REQUIRED, .max = RECORD_INTEGER_MAX},
    {"modified_at", RECORD_TIME, offsetof(struct file_entry, modified_at)},
};
const struct record_type file_entry_record = RECORD_TYPE(file_entry, file_entry_fields);

static const struct record_field files_answer_fields[] = {
    {"files", RECORD_MANY, offsetof(struct files_answer, files), .flags = RECORD_REQUIRED, .max = 100,
     .type = &file_entry_record},
    {"problem", RECORD_STRING, offsetof(struct files_answer, problem), .max = 60},
};
const struct record_type files_answer_record = RECORD_TYPE(files_answer, files_answer_fields);

static const struct record_field photo_request_fields[] = {
    {"path", RECORD_STRING, offsetof(struct photo_request, path), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"output", RECORD_STRING, offsetof(struct photo_request, output), .max = PATH_CHARS},
};
const struct record_type photo_request_record = RECORD_TYPE(photo_request, photo_request_fields);

static const struct record_field archive_request_fields[] = {
    {"path", RECORD_STRING, offsetof(struct archive_request, path), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
    {"output", RECORD_STRING, offsetof(struct archive_request, output), .flags = RECORD_REQUIRED, .max = PATH_CHARS},
};
const struct record_type archive_request_record = RECORD_TYPE(archive_request, archive_request_fields);

static const struct record_field archive_facts_fields[] = {
    {"format", RECORD_WORD, offsetof(struct archive_facts, format), .flags = RECORD_REQUIRED,
     .words = archive_format_words},
    {"bytes", RECORD_INTEGER, offsetof(struct archive_facts, bytes), .flags = RECORD_REQUIRED,
     .max = RECORD_INTEGER_MAX},
    {"broken", RECORD_BOOLEAN, offsetof(struct archive_facts, broken)},
    {"empty", RECORD_BOOLEAN, offsetof(struct archive_facts, empty)},
    {"encrypted", RECORD_BOOLEAN, offsetof(struct archive_facts, encrypted)},
};
const struct record_type archive_facts_record = RECORD_TYPE(archive_facts, archive_facts_fields);

/*
 * A print waits for people at the printer: its own limit is in the profile (job_ms); this one is for a libcups that
 * hangs.
 */
const struct helper_job_entry helper_jobs[HELPER_JOBS] = {
    [JOB_SHEET] = {"sheet", &sheet_request_record, NULL, &sheet_answer_record, 20000},
    [JOB_PRINT] = {"print", &print_request_record, &print_progress_report_record, &print_answer_record, 300000},
    [JOB_FILES] = {"files", &files_request_record, NULL, &files_answer_record, 5000},
    [JOB_PHOTO] = {"photo", &photo_request_record, NULL, &photo_facts_record, 10000},
    [JOB_ARCHIVE] = {"archive", &archive_request_record, NULL, &archive_facts_record, 20000},
};
