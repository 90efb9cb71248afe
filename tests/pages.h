/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One full page of every kind, as the session makes them: long names, errors beside fields, lists that scroll, a code for the phone.
 *
 * The page is the caller's. Fields that take text have keys "text", "number", "password", "date"; "code" has 56 options, "tick" is a tick.
 */
#pragma once

#include "session/page.h"

struct page *pages_sample(enum page_kind kind);
