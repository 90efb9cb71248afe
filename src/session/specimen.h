/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages as full as they can come: every screen of forms/ with all that may stand on it together, placeholders at their longest, sentences
 * beside the fields. For measuring (kiosk --check); no person is needed and none is in them.
 *
 * Owns: itself; the forms are borrowed. Blocks: never.
 */
#pragma once

#include "session/forms.h"

#define SPECIMEN_WIDE 0x3013 /* 〓 stands for a hanzi of somebody's data, 0 for a letter or digit */

#define SPECIMEN_MS 600000 /* what runs out on a page does so then: whoever draws it adds the time */

/* For people with keys, or for those who tap: the words for keys are theirs. */
struct specimen *specimen_new(const struct forms *forms, const char *office, bool touch);
void specimen_free(struct specimen *specimen);

/* The page is the callee's. */
typedef void (*specimen_fn)(struct page *page, gpointer data);
void specimen_pages(struct specimen *specimen, const struct form_screen *screen, specimen_fn fn, gpointer data);
/* The page with each of the sentences that may come to stand in its message line. */
void specimen_messages(struct specimen *specimen, const struct form_screen *screen, specimen_fn fn, gpointer data);
/* A text of forms/ as it is then on the last of these screens: {words} at their longest. Newly allocated. */
char *specimen_text(const struct specimen *specimen, const char *text);
