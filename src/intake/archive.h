/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An archive of evidence on the stick (R14): looked at, never unpacked, and copied for the upload when nothing is wrong with it, so
 * that what is sent is what was looked at. Blocks: reads one file, writes one. Runs in a helper.
 */
#pragma once

#include "helper/helper_main.h"

/* Never NULL. */
struct archive_facts *archive_take(const char *path, const char *output);
/* Request is struct archive_request, answer struct archive_facts. */
void *archive_job(const void *request, struct helper_context *context);
