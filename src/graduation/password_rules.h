/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new password must be (domain.md 2.3). Pure; blocks: never. */
#pragma once

#define PASSWORD_MIN 8 /* characters */
#define PASSWORD_MAX 20

/* NULL = fine, else a message key: 8 to 20 visible ASCII characters of at least two kinds (letters, digits, others). */
const char *password_check(const char *password);
