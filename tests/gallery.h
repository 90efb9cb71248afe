/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every screen of forms/ as somebody comes to see it: a page composed by a session that was played there, with long names, many courses,
 * several majors, added courses. Some screens hang twice: with errors, with bad news.
 *
 *     for (guint i = 0; i < gallery_size(); i++) {
 *         struct gallery *room = gallery_open(i, GALLERY_NAME);
 *         glass_show(glass, gallery_page(room));
 *         gallery_close(room);
 *     }
 *
 * Tests run from the top of the source tree.
 */
#pragma once

#include "session_world.h"

#define GALLERY_NAME "阿卜杜热合曼·买买提江·阿不力米提"

struct gallery;

guint gallery_size(void);
/* "person", "person-errors": the screen's name, then what is special. */
const char *gallery_title(guint i);
/* True when that screen hangs somewhere. */
bool gallery_has(const char *screen);

/* Plays a session of a person of that name to the i-th page. */
struct gallery *gallery_open(guint i, const char *name);
void gallery_close(struct gallery *room);
/* The page, new each time: the caller's. */
struct page *gallery_page(const struct gallery *room);
const struct srig *gallery_rig(const struct gallery *room);
