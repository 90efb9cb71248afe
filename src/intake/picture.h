/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures a photo with libjpeg-turbo or libpng (R22). Untrusted bytes: run it in a helper, where picture_job() locks the process in
 * before it decodes. Only this folder includes the decoders' headers.
 *
 * Blocks: reads one file, decodes it.
 */
#pragma once

#include "helper/helper_main.h"

#define PICTURE_MAX_BYTES  (20 * 1024 * 1024) /* more is not read */
#define PICTURE_MAX_PIXELS (40 * 1000 * 1000) /* more is not decoded */

/* The bytes of a regular file, links not followed; NULL when there is none or it is larger than PICTURE_MAX_BYTES. */
GBytes *picture_load(const char *path);

/* Facts of a file; format PHOTO_UNKNOWN when it is none of ours. Never NULL. */
struct photo_facts *picture_measure(const char *path);
/* The same from memory; header only when `whole` is false. */
struct photo_facts *picture_measure_bytes(const unsigned char *bytes, size_t n, bool whole);
/* A helper job: request is struct photo_request, answer struct photo_facts. The process can open no file afterwards. */
void *picture_job(const void *request, struct helper_context *context);
