/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hands a PDF to a printer and watches it. Runs in a helper since CUPS can block; ends by the limits of the profile.
 *
 * Protocol: Create-Job held under an opaque unique name, Send-Document, report the job's uuid, Release-Job, then watch until the
 * queue says it ended. Up to the release nothing can come out, so whatever fails before it is REFUSED: nothing was printed.
 * Media, sides, copies and the tray are checked before. A job that is not done in time is cancelled. A folder profile writes NAME.pdf
 * atomically. "completed" means sent; only the person knows about paper.
 *
 * Reasons told: "print.profile", "print.no_server", "print.no_queue", "print.not_accepting", "print.no_media", "print.no_duplex",
 * "print.no_paper", "print.refused", "print.unprintable", "print.cancelled", "print.aborted", "print.timeout", "print.lost",
 * "print.folder".
 */
#pragma once

#include "helper/helper_main.h"
#include "printing/profile.h"

/* A helper job: request is struct print_request, answer struct print_answer. */
void *printer_job(const void *request, struct helper_context *context);
