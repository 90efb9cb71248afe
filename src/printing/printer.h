/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hands a PDF to a printer and watches it. The only place that includes cups.h; runs in a helper since libcups can block for a minute.
 *
 * Protocol: Create-Job held under an opaque unique name, Send-Document, report the job's uuid, Release-Job, then watch until the
 * queue says it ended. Media, sides and copies are checked against the printer before. A folder profile writes NAME.pdf
 * atomically. "completed" means sent; only the person knows about paper.
 */
#pragma once

#include "helper/helper_main.h"
#include "printing/profile.h"

/* A helper job: request is struct print_request, answer struct print_answer. */
void *printer_job(const void *request, struct helper_context *context);
