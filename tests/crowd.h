/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables for `platformd --import` with as many candidates as one likes, for measuring: one plan of 专科, a batch that is open at
 * DESK_CLOCK, candidates who have passed all of the plan. The same every time.
 */
#pragma once

#include <glib.h>

#define CROWD_RESULTS 20 /* of each candidate: 17 of the plan, 3 beside it */
#define CROWD_MAJOR   "690206"
#define CROWD_COUNTY  "140105"

/* Writes the tables. Ends the program when it cannot. */
void crowd_write(const char *folder, guint candidates);
/* Of the n-th candidate, from 0: twelve digits, ascending with n. */
void crowd_exam_no(guint n, char exam_no[13]);
