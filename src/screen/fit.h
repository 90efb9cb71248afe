/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Does every text of a page fit its place? The page is drawn at 80×24 by what draws it on a terminal, without one, and each text that
 * would be cut or left out is told. What can be scrolled fits; more than FIT_SCREENS_MAX of it do not.
 *
 * Owns nothing. Blocks: never.
 */
#pragma once

#include "screen/screen.h"

#define FIT_SCREENS_MAX 3

struct fit_fault {
    const char *place; /* "title", "label", "hint" … */
    const char *text;  /* as it was to be painted; borrowed for the call */
    const char *unit;  /* "columns", "lines" */
    int has, needs;    /* has 0: left out */
};
typedef void (*fit_fn)(const struct fit_fault *fault, gpointer data);

/* With each of its fields, lists and boxes open in turn, for keys or for fingers. Takes the page. */
void fit_page(const struct screen_labels *labels, struct page *page, bool touch, fit_fn fn, gpointer data);
/* Only as it comes up: enough for its message line. Takes the page. */
void fit_glance(const struct screen_labels *labels, struct page *page, bool touch, fit_fn fn, gpointer data);
