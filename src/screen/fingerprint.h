/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number that changes when what a page shows changes, except for the values of its fields: those are compared with what is
 * being typed. Lets a page that came back unchanged after a letter be taken without drawing.
 */
#pragma once

#include "session/page.h"

guint64 fingerprint_page(const struct page *page);
