/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTML for a phone from embedded templates: every value is escaped where it is put in; no script, nothing from elsewhere.
 *
 * Owns: the templates. Blocks: never.
 */
#pragma once

#include <glib.h>

struct pages;
struct exchange;

enum page_look { LOOK_PLAIN, LOOK_GOOD, LOOK_BAD };

struct pages *pages_new(void);
void pages_free(struct pages *pages); /* accepts NULL */

/* A piece of HTML: the template "pay.html" with name, value pairs put in, NULL-terminated. Newly allocated. */
char *pages_piece(const struct pages *pages, const char *name, ...) G_GNUC_NULL_TERMINATED;
/* The same for a value that is HTML already (made by pages_piece()): puts it in the place of {name}. */
char *pages_insert(const char *piece, const char *name, const char *html);
/* Answers with a whole page around `body`. */
void pages_reply(const struct pages *pages, struct exchange *exchange, unsigned status, enum page_look look,
                 const char *title, const char *body);
