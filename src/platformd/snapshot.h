/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The snapshot of a candidate's application, built from the tables each time: nobody keeps another copy. Blocks: reads. */
#pragma once

#include "graduation/application.h"
#include "platformd/platform.h"

/* Freed with record_free(&application_record, …). */
struct application *snapshot_new(struct platform *platform, const char *exam_no);
/* Of any application that exists, also one that a second round or another batch has followed: then nothing is allowed. */
struct application *snapshot_of_application(struct platform *platform, int64_t id);
