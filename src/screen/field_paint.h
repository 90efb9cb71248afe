/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a field looks: one line with a blank column at either side, scrolled so that the cursor is seen.
 *
 * Dates stand as 2012年07月01日 with "_" for digits still missing. A password shows one and the same sentence whatever is in it.
 *
 * Owns nothing. Blocks: never.
 */
#pragma once

#include "screen/field.h"
#include "screen/paint.h"
#include "screen/screen.h"

#define FIELD_PADDING 2 /* columns of a field besides its text */

/* Columns with padding: what the page wished, else what the type needs; at most `room`. */
int field_cols(const struct page_field *page_field, const struct screen_labels *labels, int room);
/* The same where there is more room than the page was made for: texts get their share of it, up to what they can hold. */
int field_wide_cols(const struct page_field *page_field, const struct screen_labels *labels, int room, int body_cols);
/* How it stands on the page at the moment. */
struct field_look {
    struct rect area; /* one row */
    bool focused;
    bool bare; /* its hint stands elsewhere: not inside */
};
/* Places the cursor when focused. */
void field_paint(struct canvas *canvas, const struct field_look *look, struct field *field,
                 const struct page_field *page_field, const struct screen_labels *labels);
/* Puts the cursor where column `x` of the field was clicked. */
void field_click(struct field *field, int x);
/* The eight digits as they are shown, newly allocated; `gap` stands for a missing digit. */
char *field_date_text(const char *digits, char gap);
/* The option with the field's value, or NULL. */
const struct page_choice *field_option(const struct field *field, const struct page_field *page_field);
