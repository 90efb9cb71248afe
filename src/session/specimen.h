/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages as full as they can come: every screen of forms/ with all that may stand on it together, placeholders at their longest, sentences
 * beside the fields. For measuring (kiosk --check); no person is needed and none is in them.
 *
 * Blocks: never.
 */
#pragma once

#include "session/forms.h"

#define SPECIMEN_WIDE 0x3013 /* 〓 stands for a hanzi of somebody's data, 0 for a letter or digit */

#define SPECIMEN_MS 600000 /* what runs out on a page does so then: whoever draws it adds the time */

/* The page is the callee's. */
typedef void (*specimen_fn)(struct page *page, gpointer data);
void specimen_pages(const struct forms *forms, const struct form_screen *screen, const char *office, specimen_fn fn,
                    gpointer data);
/* The page with each of the sentences that may come to stand in its message line. */
void specimen_messages(const struct forms *forms, const struct form_screen *screen, specimen_fn fn, gpointer data);
/* A text of forms/ as it is then: {words} at their longest. Newly allocated. */
char *specimen_text(const struct forms *forms, const char *text);
