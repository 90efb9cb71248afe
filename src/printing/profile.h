/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A printer profile (printers/NAME.conf): where paper comes out, and how it must be asked. Blocks: reads one local file. */
#pragma once

#include "base/record.h"

enum profile_kind { PROFILE_CUPS, PROFILE_FOLDER };
struct profile {
    int kind;
    char *queue;  /* CUPS queue */
    char *server; /* socket path or host:port; NULL = the system's */
    char *folder; /* FOLDER: PDFs are put here */
    char *media;  /* "iso_a3_297x420mm" */
    char *sides;  /* "two-sided-short-edge" */
    int64_t copies;
    int64_t connect_ms, answer_ms, job_ms; /* how long to wait for a connection, an answer, the whole job */
    char *label;                           /* Chinese, what people call this printer */
};
extern const struct record_type profile_record;
struct profile *profile_read(const char *path, GPtrArray *faults);
void profile_free(struct profile *profile);
