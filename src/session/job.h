/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The jobs of kiosk-helper as one table: name, records that go in and come out, deadline. The session asks for them,
 * helper/ carries them, kiosk-helper does them.
 */
#pragma once

#include "base/record.h"
#include "graduation/archive_rules.h"
#include "graduation/photo_rules.h"
#include "graduation/sheet_data.h"

enum helper_job { JOB_SHEET, JOB_PRINT, JOB_FILES, JOB_PHOTO, JOB_ARCHIVE, HELPER_JOBS };

/* Draw the sheet into a PDF file (mode 0600). */
struct sheet_request {
    struct sheet_data *data;
    char *layout; /* forms/sheet.conf */
    char *output; /* path to write */
};
struct sheet_answer {
    int64_t pages, bytes;
    char *sha256;
    GPtrArray *overflow; /* names of boxes whose text did not fit: then nothing may be printed */
    GPtrArray *missing;  /* "U+2CB4E" of characters no font has: likewise */
    char *problem;       /* message key when nothing was drawn */
};

/* Hand a PDF to the printer of a profile and tell how it goes. */
struct print_request {
    char *pdf, *profile; /* paths */
    char *job_name;      /* opaque, unique: print_job.job_name */
    int64_t copies;
    bool recover; /* look for a job of this name first (after a crash) */
};
/* What the person is told while it prints; words are keys of messages ("printing.no_paper"). */
enum print_state {
    PRINTING_QUEUED,
    PRINTING_CONNECTING,
    PRINTING_RUNNING,
    PRINTING_NO_PAPER,
    PRINTING_JAM,
    PRINTING_COVER_OPEN,
    PRINTING_NO_TONER,
    PRINTING_OFFLINE,
    PRINTING_PAUSED,
    PRINTING_BUSY,
};
extern const char *const print_state_words[];
struct print_progress_report {
    int state;
    char *job_uuid; /* once known */
};
enum print_result {
    PRINT_RESULT_SENT,    /* the printer has it all; paper is for the person to confirm */
    PRINT_RESULT_REFUSED, /* nothing was printed: no such queue, no A3, not accepting */
    PRINT_RESULT_CANCELLED,
    PRINT_RESULT_UNKNOWN, /* may or may not have come out */
};
extern const char *const print_result_words[];
struct print_answer {
    int result;
    char *reason; /* message key, may be NULL */
    char *job_uuid;
};

/* List the files of a folder that may be chosen. */
enum files_kind { FILES_PICTURES, FILES_ARCHIVES };
extern const char *const files_kind_words[]; /* pictures archives */
struct files_request {
    char *folder;
    int kind; /* enum files_kind */
};
struct file_entry {
    char *name;
    int64_t bytes, modified_at;
};
struct files_answer {
    GPtrArray *files; /* struct file_entry, newest first, at most 100 */
    char *problem;
};

/* Measure a picture. */
struct photo_request {
    char *path;
    char *output; /* where a copy of the bytes goes (mode 0600) when it is one of ours; NULL = nowhere */
};

/* Look at an archive of evidence; the answer is struct archive_facts. */
struct archive_request {
    char *path;
    char *output; /* where a copy of the bytes goes (mode 0600) when nothing is wrong with them */
};

extern const struct record_type sheet_request_record, sheet_answer_record, print_request_record,
    print_progress_report_record, print_answer_record, files_request_record, file_entry_record, files_answer_record,
    photo_request_record, archive_request_record, archive_facts_record;

struct helper_job_entry {
    const char *name;                                      /* argv[1] of kiosk-helper */
    const struct record_type *request, *progress, *answer; /* progress may be NULL */
    guint deadline_ms;
};
extern const struct helper_job_entry helper_jobs[HELPER_JOBS];
