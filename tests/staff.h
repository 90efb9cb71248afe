/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What staff do about a candidate at a rig's platform, with the real kioskctl. Fails the test when it does not do it. Blocks.
 *
 *     staff_does(rig, OFFICE_COUNTY, "010124100010", "photo approve", NULL);
 */
#pragma once

#include "rig.h"

#define OFFICE_COUNTY   "140105001" /* 太原市小店区 */
#define OFFICE_PROVINCE "140000001"

/* `words`: the command without the number of the application ("reject", "certificate ready"); `reason` NULL = none. */
void staff_does(const struct rig *rig, const char *staff_no, const char *exam_no, const char *words,
                const char *reason);
