/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libconfig cuts a number beyond 32 bits that has no L behind it, ends a text at "\x00", ignores the rest of a file after
 * a comment that is never closed, and opens whatever file an "@include" line names. None of these can be seen any more
 * in what it has read, so a small scanner looks for them first. It knows texts, comments, names and numbers;
 * everything else is left to libconfig.
 */
#include "base/settings_scan.h"

#include "base/settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct scan {
    const char *at;
    unsigned line;
    const char *name;
    GPtrArray *faults;
    bool failed;
};

static void fault(struct scan *scan, const char *what)
{
    settings_fault(scan->faults, scan->name, scan->line, "%s", what);
    scan->failed = true;
}

static void step(struct scan *scan, size_t n)
{
    for (; n > 0 && *scan->at != '\0'; n--)
        scan->line += *scan->at++ == '\n';
}

/* Up to and with `end`, or to the end of the text. */
static void skip_past(struct scan *scan, const char *end)
{
    const char *found = strstr(scan->at, end);
    if (found == NULL && *end != '\n')
        fault(scan, "the comment is never closed");
    step(scan, found != NULL ? (size_t)(found - scan->at) + strlen(end) : strlen(scan->at));
}

static void skip_string(struct scan *scan)
{
    unsigned line = scan->line;
    step(scan, 1);
    while (*scan->at != '\0' && *scan->at != '"') {
        if (g_str_has_prefix(scan->at, "\\x00"))
            fault(scan, "zero byte in a text");
        bool escaped = scan->at[0] == '\\' && (scan->at[1] == '\\' || scan->at[1] == '"');
        step(scan, escaped ? 2 : 1);
    }
    if (*scan->at == '\0') {
        scan->line = line; /* where it began: the end of the file says nothing */
        fault(scan, "the text is never closed");
    }
    step(scan, 1);
}

static void skip_name(struct scan *scan)
{
    while (g_ascii_isalnum(*scan->at) || (*scan->at != '\0' && strchr("-_*", *scan->at) != NULL))
        scan->at++;
}

/* `before`: the character in front of the number, which may be its sign. */
static void skip_number(struct scan *scan, char before)
{
    bool minus = before == '-';
    bool hex = scan->at[0] == '0' && (scan->at[1] == 'x' || scan->at[1] == 'X');
    char *end;
    errno = 0;
    unsigned long long value = strtoull(scan->at, &end, hex ? 16 : 10);
    bool is_float = !hex && *end != '\0' && strchr(".eE", *end) != NULL;
    bool is_long = *end == 'L';
    unsigned long long max = is_long ? G_MAXINT64 : G_MAXINT32;
    if (!is_float && (errno == ERANGE || value > max + (minus && !hex)))
        fault(scan, is_long ? "the number is too large" : "the number is too large without an L behind it");
    scan->at = end;
    while (g_ascii_isalnum(*scan->at) || *scan->at == '.')
        scan->at++;
}

bool settings_scan(const char *text, const char *name, GPtrArray *faults)
{
    struct scan scan = {.at = text, .line = 1, .name = name, .faults = faults};
    while (*scan.at != '\0') {
        if (*scan.at == '"')
            skip_string(&scan);
        else if (*scan.at == '#' || g_str_has_prefix(scan.at, "//"))
            skip_past(&scan, "\n");
        else if (g_str_has_prefix(scan.at, "/*"))
            skip_past(&scan, "*/");
        else if (g_ascii_isalpha(*scan.at) || *scan.at == '*')
            skip_name(&scan);
        else if (g_ascii_isdigit(*scan.at))
            skip_number(&scan, scan.at > text ? scan.at[-1] : ' ');
        else {
            if (*scan.at == '@')
                fault(&scan, "@include is not allowed");
            step(&scan, 1);
        }
    }
    return !scan.failed;
}
