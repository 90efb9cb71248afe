/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What CUPS and its backends say of a printer, in the few words a person can act on. Two tables. Blocks: never.
 */
#pragma once

#include "session/job.h"

/* The printer lost power in the middle; it may or may not have printed. Stays on the queue for later jobs too. */
#define PRINTER_HISTORY_LOST "cups-ipp-missing-job-history"

/* "media-empty-warning" → PRINTING_NO_PAPER; PRINTING_RUNNING when it is nothing a person need know. */
enum print_state printer_state_of_reason(const char *reason);
/* A backend's message while a job is processed. "" = it has not spoken yet: PRINTING_CONNECTING. */
enum print_state printer_state_of_message(const char *message);
/* The one to tell when there are several. */
enum print_state printer_state_worse(enum print_state a, enum print_state b);
/* True when the message says that the printer cannot do what was asked and did nothing. */
bool printer_state_is_unprintable(const char *message);
