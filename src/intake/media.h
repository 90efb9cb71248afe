/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files on removable media (for now: a folder that stands for the stick). Names are hostile; links are not followed. */
#pragma once

#include "helper/helper_main.h"

struct files_answer *media_list(const char *folder, enum files_kind kind);
void *media_job(const void *request, struct helper_context *context);
