/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A platform's data folder with as many applications as one likes, in a minute: the real platformd makes it and imports the first
 * thousand candidates; the others, and what all of them have done, are written into its tables by SQL. For measuring only.
 *
 * Every k-th application is a draft that can be submitted, spread over all; the rest stands where applications stand in the middle
 * of a batch. Drafts have a session and version 1 of their own.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

struct crowd_size {
    guint applications; /* at least 1000 */
    guint drafts;       /* of them; the others are no drafts */
};

/* Fills `data`, a folder that exists. Nothing serves it when this returns. */
void crowd_fill(const char *data, const struct crowd_size *size);
/* Of the n-th draft: its candidate, and the token of their session. */
void crowd_draft(const struct crowd_size *size, guint n, char exam_no[13], char token[16]);
