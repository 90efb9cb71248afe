/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 公民身份号码 (GB 11643-1999), domain.md V1, and 准考证号, V2.
 *
 * Numbers are text: the last character may be X. The first six digits are not looked up: abolished counties live on
 * in people's numbers. Blocks: never.
 */
#pragma once

#include <stdbool.h>

enum id_fault {
    ID_OK,
    ID_EMPTY,
    ID_LENGTH,     /* neither 18 nor 15 characters */
    ID_OLD,        /* 15 digits: no longer a valid document */
    ID_CHARACTERS, /* something else than 17 digits and a digit or X */
    ID_DATE,       /* the birth date does not exist or lies after `today` */
    ID_CHECK,      /* the check character is wrong */
};
enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };
extern const char *const sex_words[]; /* "", "男", "女" */

/* `number` must be half-width (text_half_width); today as yyyymmdd. */
enum id_fault id_number_check(const char *number, int today);
enum sex id_number_sex(const char *number);
int id_number_birth(const char *number); /* yyyymmdd, 0 when not a number */
/* 15 → 18 characters, newly allocated; NULL when it is not an old number. */
char *id_number_upgrade(const char *old);
/* Same person's number: X = x, 15 = its upgrade (domain.md 3.4). */
bool id_number_equal(const char *a, const char *b);

/* 12 digits. */
bool exam_no_valid(const char *number);
/* Login accepts either (R2): which one it is. */
enum account_kind { ACCOUNT_INVALID, ACCOUNT_ID, ACCOUNT_EXAM_NO };
enum account_kind account_kind(const char *account, int today);
