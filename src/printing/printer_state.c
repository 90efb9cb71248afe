/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/printer_state.h"

#include <string.h>

struct word {
    const char *word;
    enum print_state state;
};

/* printer-state-reasons (RFC 8011, PWG 5100.9) without their -report, -warning, -error. */
static const struct word reasons[] = {
    {"media-jam", PRINTING_JAM},
    {"cover-open", PRINTING_COVER_OPEN},
    {"door-open", PRINTING_COVER_OPEN},
    {"interlock-open", PRINTING_COVER_OPEN},
    {"media-empty", PRINTING_NO_PAPER},
    {"media-needed", PRINTING_NO_PAPER},
    {"input-tray-missing", PRINTING_NO_PAPER},
    {"toner-empty", PRINTING_NO_TONER},
    {"marker-supply-empty", PRINTING_NO_TONER},
    {"marker-supply-missing", PRINTING_NO_TONER},
    {"marker-waste-full", PRINTING_NO_TONER},
    {"opc-life-over", PRINTING_NO_TONER},
    {"shutdown", PRINTING_OFFLINE},
    {"offline", PRINTING_OFFLINE},
    {"timed-out", PRINTING_OFFLINE},
    {"connecting-to-device", PRINTING_CONNECTING},
    {"paused", PRINTING_PAUSED},
    {"moving-to-paused", PRINTING_PAUSED},
    {"stopping", PRINTING_PAUSED},
};

/* What the backends of CUPS 2.4 say before a printer has taken anything. */
static const struct word messages[] = {
    {"may not exist or is unavailable", PRINTING_OFFLINE},
    {"not responding", PRINTING_OFFLINE},
    {"is unreachable", PRINTING_OFFLINE},
    {"Unable to locate printer", PRINTING_OFFLINE},
    {"Unable to connect", PRINTING_OFFLINE},
    {"Looking for printer", PRINTING_CONNECTING},
    {"Connecting to printer", PRINTING_CONNECTING},
    {"Connecting again", PRINTING_CONNECTING},
    {"is in use", PRINTING_BUSY},
    {"is busy", PRINTING_BUSY},
    {"Waiting for printer to become available", PRINTING_BUSY},
};

/* From what stops most to what is only slow. */
static const enum print_state order[] = {
    PRINTING_JAM,    PRINTING_COVER_OPEN, PRINTING_NO_PAPER,   PRINTING_NO_TONER, PRINTING_OFFLINE,
    PRINTING_PAUSED, PRINTING_BUSY,       PRINTING_CONNECTING, PRINTING_QUEUED,   PRINTING_RUNNING,
};

static size_t without_suffix(const char *reason)
{
    static const char *const suffixes[] = {"-report", "-warning", "-error"};
    size_t n = strlen(reason);
    for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
        if (g_str_has_suffix(reason, suffixes[i]))
            return n - strlen(suffixes[i]);
    return n;
}

enum print_state printer_state_of_reason(const char *reason)
{
    size_t n = without_suffix(reason);
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (strlen(reasons[i].word) == n && strncmp(reason, reasons[i].word, n) == 0)
            return reasons[i].state;
    return PRINTING_RUNNING;
}

enum print_state printer_state_of_message(const char *message)
{
    if (!*message)
        return PRINTING_CONNECTING;
    for (size_t i = 0; i < G_N_ELEMENTS(messages); i++)
        if (strstr(message, messages[i].word))
            return messages[i].state;
    return PRINTING_RUNNING;
}

enum print_state printer_state_worse(enum print_state a, enum print_state b)
{
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        if (order[i] == a || order[i] == b)
            return order[i];
    g_assert_not_reached();
}

bool printer_state_is_unprintable(const char *message)
{
    return strstr(message, "cannot print with supplied options") || strstr(message, "Unsupported document");
}
