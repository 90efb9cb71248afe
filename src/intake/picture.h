/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures a photo with libjpeg-turbo or libpng. Untrusted bytes: run it in a helper. Only place with the decoders' headers.
 */
#pragma once

#include "helper/job.h"

/* Facts of a file of at most 20 MB; format PHOTO_UNKNOWN when it is none of ours. Never NULL. */
struct photo_facts *picture_measure(const char *path);
/* The same from memory; header only when `whole` is false. */
struct photo_facts *picture_measure_bytes(const unsigned char *bytes, size_t n, bool whole);
void *picture_job(const void *request, struct helper_context *context);
