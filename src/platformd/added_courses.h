/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 添加顶替课程 and the archive that proves them (R9–R15, domain.md 2.8): the list is replaced as a whole, the archive is one file,
 * and what clears the one clears the other.
 */
#pragma once

#include "platformd/routes.h"

void added_courses_put(struct request *request);
void added_courses_put_archive(struct request *request);
void added_courses_clear(struct request *request);
