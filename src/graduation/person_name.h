/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of people, compared as offices do (domain.md 9.12). Blocks: never. */
#pragma once

#include <stdbool.h>

/* Every kind of middle dot is one, spaces count nothing; what is printed stays the register's. */
bool person_name_equal(const char *a, const char *b);
/* NULL = may be a name in the register (V7), else a message key. Only what can be none is refused: names live longer than rules. */
const char *person_name_fault(const char *name);
