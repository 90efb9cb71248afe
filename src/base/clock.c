/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <string.h>
#include <time.h>

#define SHANGHAI_S (8 * 3600)
/* 0001-01-01 and 9999-12-31 in Shanghai: outside, a time has no RFC 3339 form. */
#define EARLIEST (INT64_C(-62135596800) - SHANGHAI_S)
#define LATEST   (INT64_C(253402300799) - SHANGHAI_S)

void clock_init(struct clock *clock, int64_t start)
{
    clock->offset_s = start == 0 ? 0 : start - g_get_real_time() / G_USEC_PER_SEC;
}

int64_t clock_now(const struct clock *clock)
{
    return g_get_real_time() / G_USEC_PER_SEC + clock->offset_s;
}

int64_t clock_monotonic_ms(void)
{
    return g_get_monotonic_time() / 1000;
}

/* Exactly n digits at *at, which moves on; -1 when there are others. */
static int take_digits(const char **at, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit(**at))
            return -1;
        value = value * 10 + (*(*at)++ - '0');
    }
    return value;
}

static bool take(const char **at, const char *one_of)
{
    if (**at == '\0' || strchr(one_of, **at) == NULL)
        return false;
    (*at)++;
    return true;
}

static bool take_date(const char **at, struct tm *tm)
{
    int year = take_digits(at, 4);
    if (year < 1 || !take(at, "-"))
        return false;
    int month = take_digits(at, 2);
    if (month < 1 || !take(at, "-"))
        return false;
    int day = take_digits(at, 2);
    if (day < 1 || !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    tm->tm_year = year - 1900;
    tm->tm_mon = month - 1;
    tm->tm_mday = day;
    return true;
}

static bool take_time(const char **at, struct tm *tm)
{
    tm->tm_hour = take_digits(at, 2);
    if (tm->tm_hour < 0 || tm->tm_hour > 23 || !take(at, ":"))
        return false;
    tm->tm_min = take_digits(at, 2);
    if (tm->tm_min < 0 || tm->tm_min > 59 || !take(at, ":"))
        return false;
    tm->tm_sec = take_digits(at, 2);
    if (tm->tm_sec < 0 || tm->tm_sec > 59)
        return false;
    if (!take(at, "."))
        return true;
    if (!g_ascii_isdigit(**at))
        return false;
    while (g_ascii_isdigit(**at)) /* fractions of a second mean nothing here */
        (*at)++;
    return true;
}

static bool take_zone(const char **at, int *ret_s)
{
    *ret_s = 0;
    if (take(at, "Zz"))
        return true;
    int sign = **at == '-' ? -1 : 1;
    if (!take(at, "+-"))
        return false;
    int hours = take_digits(at, 2);
    if (hours < 0 || hours > 23 || !take(at, ":"))
        return false;
    int minutes = take_digits(at, 2);
    if (minutes < 0 || minutes > 59)
        return false;
    *ret_s = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool clock_parse(const char *text, int64_t *ret_time)
{
    const char *at = text;
    struct tm tm = {0};
    int zone_s;
    if (!take_date(&at, &tm) || !take(&at, "Tt") || !take_time(&at, &tm) || !take_zone(&at, &zone_s) || *at != '\0')
        return false;
    *ret_time = (int64_t)timegm(&tm) - zone_s;
    return true;
}

static struct tm shanghai(int64_t moment)
{
    time_t local = CLAMP(moment, EARLIEST, LATEST) + SHANGHAI_S;
    struct tm tm;
    gmtime_r(&local, &tm);
    return tm;
}

char *clock_format(int64_t moment)
{
    struct tm tm = shanghai(moment);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d+08:00", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                           tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* strftime() would follow the locale. */
char *clock_format_http(int64_t moment)
{
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t time = CLAMP(moment, EARLIEST + SHANGHAI_S, LATEST + SHANGHAI_S);
    struct tm tm;
    gmtime_r(&time, &tm);
    return g_strdup_printf("%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + 3 * tm.tm_wday, tm.tm_mday,
                           months + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

char *clock_format_short(int64_t moment)
{
    struct tm tm = shanghai(moment);
    return g_strdup_printf("%d月%d日 %02d:%02d", tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
}

char *clock_format_date(int64_t moment)
{
    struct tm tm = shanghai(moment);
    return g_strdup_printf("%d年%d月%d日", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int clock_day(int64_t moment)
{
    struct tm tm = shanghai(moment);
    return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
}

bool clock_day_valid(int day)
{
    int year = day / 10000, month = day / 100 % 100, of_month = day % 100;
    return day > 0 && year >= 1900 && year <= 2100 &&
           g_date_valid_dmy((GDateDay)of_month, (GDateMonth)month, (GDateYear)year);
}

int clock_day_parse(const char *text)
{
    const char *at = text;
    struct tm tm = {0};
    if (!take_date(&at, &tm) || *at != '\0')
        return 0;
    int day = (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
    return clock_day_valid(day) ? day : 0;
}
