/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue: every course of every plan, found under its own code or an old one (domain.md 4.1, 9.24).
 *
 * Blocks: local disk reads.
 */
#pragma once

#include "platformd/routes.h"

void courses_get(struct request *request);
/* What the plans say of a code; freed with record_free(&api_course_record, …); NULL = no plan knows it. */
struct api_course *courses_find(struct platform *platform, const char *code);
/* All codes the same course has or had, `code` among them; char *. */
GPtrArray *courses_family(struct platform *platform, const char *code);
