/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES  500 /* with the final newline */
#define DIGITS_HIDE 11  /* a mobile number is the shortest that must not appear */

/* The only state of the process that is not passed around: every part logs. */
static struct {
    int fd;
    enum log_level least;
    bool has_key, has_glib;
    unsigned char key[32];
} log_state = {.fd = -1, .least = LOG_INFO};

static const char *const level_words[] = {
    [LOG_ERROR] = "error", [LOG_WARN] = "warn", [LOG_INFO] = "info", [LOG_DEBUG] = "debug"};

/* Warnings of GLib itself would otherwise be printed across the screen. */
static GLogWriterOutput take_glib(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                  gpointer data G_GNUC_UNUSED)
{
    bool bad = level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
    bool quiet = level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG);
    for (gsize i = 0; i < n_fields && !quiet; i++)
        if (strcmp(fields[i].key, "MESSAGE") == 0)
            log_write(bad ? LOG_ERROR : LOG_WARN, "glib", "%s", (const char *)fields[i].value);
    return G_LOG_WRITER_HANDLED;
}

void log_init(int fd, enum log_level least)
{
    log_state.fd = fd;
    log_state.least = least;
    if (!log_state.has_glib)
        g_log_set_writer_func(take_glib, NULL, NULL); /* may be set once only */
    log_state.has_glib = true;
}

void log_set_key(const unsigned char key[32])
{
    memcpy(log_state.key, key, sizeof log_state.key);
    log_state.has_key = true;
}

/* Bytes of the run of decimal digits at `at`, of any script; *ret_n = how many digits. */
static size_t digits_span(const char *at, int *ret_n)
{
    const char *end = at;
    for (*ret_n = 0; g_unichar_isdigit(g_utf8_get_char(end)); (*ret_n)++)
        end = g_utf8_next_char(end);
    return (size_t)(end - at);
}

/* Appends clean text with every long run of digits replaced. */
static void append_masked(GString *line, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        int n;
        size_t bytes = digits_span(at, &n);
        if (n >= DIGITS_HIDE)
            g_string_append_c(line, '#');
        else
            g_string_append_len(line, at, (gssize)(n > 0 ? bytes : (size_t)(g_utf8_next_char(at) - at)));
        at = n > 0 ? at + bytes : g_utf8_next_char(at);
    }
}

static void cut(GString *line, gsize bytes)
{
    if (line->len <= bytes)
        return;
    const char *end = g_utf8_find_prev_char(line->str, line->str + bytes + 1);
    g_string_truncate(line, (gsize)(end - line->str));
}

void log_write(enum log_level level, const char *module, const char *format, ...)
{
    if (log_state.fd < 0 || level > log_state.least)
        return;
    va_list args;
    va_start(args, format);
    g_autofree char *raw = g_strdup_vprintf(format, args);
    va_end(args);
    /* Digits beyond the cut count too, else a number could lose its tail and pass unmasked: so mask first, cut last. */
    g_autofree char *clean = text_clean(raw, -1, G_MAXINT, TEXT_LINE, NULL);
    g_autofree char *now = clock_format(g_get_real_time() / G_USEC_PER_SEC);
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "%s %s %s: ", now, level_words[level], module);
    append_masked(line, clean);
    cut(line, LINE_BYTES - 1);
    g_string_append_c(line, '\n');
    ssize_t written;
    do
        written = write(log_state.fd, line->str, line->len);
    while (written < 0 && errno == EINTR);
}

const char *log_person(const char *id_no, char ret[16])
{
    g_autofree char *hash = log_state.has_key ? secret_hash(log_state.key, id_no, 8) : g_strdup("?");
    g_strlcpy(ret, hash, 16);
    return ret;
}
