/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of removable media: regular ones only, links are not followed, never more is read than was asked for. Blocks: reads. */
#pragma once

#include <glib.h>
#include <stdint.h>

/* The bytes of a regular file; NULL when there is none or it is larger than `max_bytes`. */
GBytes *file_load(const char *path, int64_t max_bytes);
/* 0 when there is none. */
int64_t file_size(const char *path);
