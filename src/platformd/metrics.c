/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/metrics.h"

#include <string.h>

#include "graduation/application.h"
#include "platformd/platform.h"
#include "platformd/server.h"
#include "platformd/waiting.h"

struct metrics {
    GHashTable *requests; /* "GET /v1/me\",status=\"200" → count */
    int64_t started_ms;
};

struct metrics *metrics_new(void)
{
    struct metrics *metrics = g_new0(struct metrics, 1);
    metrics->requests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    metrics->started_ms = clock_monotonic_ms();
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (!metrics)
        return;
    g_hash_table_unref(metrics->requests);
    g_free(metrics);
}

void metrics_count(struct metrics *metrics, const char *call, unsigned status)
{
    char labels[160];
    (void)g_snprintf(labels, sizeof labels, "call=\"%s\",status=\"%u\"", call, status);
    guint64 *count = g_hash_table_lookup(metrics->requests, labels);
    if (!count) {
        count = g_new0(guint64, 1);
        g_hash_table_insert(metrics->requests, g_strdup(labels), count);
    }
    (*count)++;
}

static void head(GString *out, const char *name, const char *type, const char *help)
{
    g_string_append_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void add_requests(GString *out, const struct metrics *metrics)
{
    head(out, "platform_requests_total", "counter", "Requests answered, by call and status.");
    g_autoptr(GList) labels = g_list_sort(g_hash_table_get_keys(metrics->requests), (GCompareFunc)strcmp);
    for (GList *at = labels; at; at = at->next) {
        const guint64 *count = g_hash_table_lookup(metrics->requests, at->data);
        g_string_append_printf(out, "platform_requests_total{%s} %" G_GUINT64_FORMAT "\n", (const char *)at->data,
                               *count);
    }
}

static void add_applications(GString *out, struct platform *platform)
{
    head(out, "platform_applications", "gauge", "Applications by state.");
    for (int state = STATE_DRAFT; state < STATES; state++) {
        const char *word = application_state_words[state];
        int64_t n =
            database_integer(platform->db, "SELECT n FROM application_counts WHERE state = ?1", WITH(v_text(word)), 0);
        g_string_append_printf(out, "platform_applications{state=\"%s\"} %" G_GINT64_FORMAT "\n", word, n);
    }
}

GBytes *metrics_text(struct platform *platform)
{
    GString *out = g_string_new(NULL);
    add_requests(out, platform->metrics);
    head(out, "platform_waiting_clients", "gauge", "Long polls that wait for a change.");
    g_string_append_printf(out, "platform_waiting_clients %u\n", waiting_count(platform->waiting));
    head(out, "platform_connections", "gauge", "Open connections.");
    g_string_append_printf(out, "platform_connections %u\n", server_connections(platform->server));
    head(out, "platform_uptime_seconds", "gauge", "Time since the start.");
    g_string_append_printf(out, "platform_uptime_seconds %" G_GINT64_FORMAT "\n",
                           (clock_monotonic_ms() - platform->metrics->started_ms) / 1000);
    add_applications(out, platform);
    return g_string_free_to_bytes(out);
}
