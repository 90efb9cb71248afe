/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/id_number.h"

#include "base/clock.h"

#include <glib.h>
#include <string.h>

const char *const sex_words[] = {[SEX_UNKNOWN] = "", [SEX_MALE] = "男", [SEX_FEMALE] = "女", NULL};

#define ID_LENGTH_NOW  18
#define ID_LENGTH_OLD  15
#define EXAM_NO_DIGITS 12

/* Σ digit × weight mod 11 picks the last character; remainder 2 is X. */
static char check_character(const char *first_17)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(weights); i++)
        sum += (first_17[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

static bool all_digits(const char *text, size_t n)
{
    return strspn(text, "0123456789") >= n;
}

static int digits_value(const char *digits, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static enum id_fault fault_of_shape(const char *number)
{
    size_t length = strlen(number);
    if (length == 0)
        return ID_EMPTY;
    if (length == ID_LENGTH_OLD && all_digits(number, length))
        return ID_OLD;
    if (length != ID_LENGTH_NOW)
        return ID_LENGTH;
    if (!all_digits(number, ID_LENGTH_NOW - 1) || !strchr("0123456789Xx", number[ID_LENGTH_NOW - 1]))
        return ID_CHARACTERS;
    return ID_OK;
}

enum id_fault id_number_check(const char *number, int today)
{
    enum id_fault fault = fault_of_shape(number ? number : "");
    if (fault != ID_OK)
        return fault;
    int birth = id_number_birth(number);
    if (!clock_day_valid(birth) || birth > today)
        return ID_DATE;
    if (check_character(number) != g_ascii_toupper(number[ID_LENGTH_NOW - 1]))
        return ID_CHECK;
    return ID_OK;
}

enum sex id_number_sex(const char *number)
{
    size_t length = number ? strlen(number) : 0;
    if ((length != ID_LENGTH_NOW || !all_digits(number, 17)) && (length != ID_LENGTH_OLD || !all_digits(number, 15)))
        return SEX_UNKNOWN;
    char sequence = number[length == ID_LENGTH_NOW ? 16 : 14];
    return (sequence - '0') % 2 == 1 ? SEX_MALE : SEX_FEMALE;
}

int id_number_birth(const char *number)
{
    size_t length = number ? strlen(number) : 0;
    if (length == ID_LENGTH_NOW && all_digits(number, 17))
        return digits_value(number + 6, 8);
    if (length == ID_LENGTH_OLD && all_digits(number, 15))
        return 19000000 + digits_value(number + 6, 6);
    return 0;
}

char *id_number_upgrade(const char *old)
{
    if (!old || strlen(old) != ID_LENGTH_OLD || !all_digits(old, ID_LENGTH_OLD))
        return NULL;
    char *number = g_strdup_printf("%.6s19%s?", old, old + 6);
    number[ID_LENGTH_NOW - 1] = check_character(number);
    return number;
}

bool id_number_equal(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    g_autofree char *new_a = id_number_upgrade(a);
    g_autofree char *new_b = id_number_upgrade(b);
    return g_ascii_strcasecmp(new_a ? new_a : a, new_b ? new_b : b) == 0;
}

bool exam_no_valid(const char *number)
{
    return number && strlen(number) == EXAM_NO_DIGITS && all_digits(number, EXAM_NO_DIGITS);
}

enum account_kind account_kind(const char *account, int today)
{
    if (exam_no_valid(account))
        return ACCOUNT_EXAM_NO;
    return id_number_check(account, today) == ID_OK ? ACCOUNT_ID : ACCOUNT_INVALID;
}
