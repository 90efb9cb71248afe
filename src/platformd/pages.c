/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/pages.h"

#include <stdarg.h>
#include <string.h>

#include "graduation/messages.h"
#include "platformd/platform.h"
#include "platformd/server.h"

static const char *const names[] = {"frame.html",   "pay.html",     "paid.html",   "degree.html",
                                    "diploma.html", "receipt.html", "result.html", "phone.css"};
static const char *const look_words[] = {[LOOK_PLAIN] = "plain", [LOOK_GOOD] = "good", [LOOK_BAD] = "bad"};

struct pages {
    GHashTable *templates; /* name → text */
    char *policy;          /* Content-Security-Policy: only our own style, by its hash */
};

static char *style_policy(const char *style)
{
    guint8 digest[32];
    gsize n = sizeof digest;
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)style, (gssize)strlen(style));
    g_checksum_get_digest(checksum, digest, &n);
    g_autofree char *hash = g_base64_encode(digest, n);
    return g_strdup_printf("default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none';"
                           " frame-ancestors 'none'",
                           hash);
}

struct pages *pages_new(void)
{
    struct pages *pages = g_new0(struct pages, 1);
    pages->templates = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_strconcat("src/platformd/pages/", names[i], NULL);
        g_autoptr(GBytes) file = platform_resource(path);
        g_hash_table_insert(pages->templates, (gpointer)names[i],
                            g_strndup(g_bytes_get_data(file, NULL), g_bytes_get_size(file)));
    }
    pages->policy = style_policy(g_hash_table_lookup(pages->templates, "phone.css"));
    return pages;
}

void pages_free(struct pages *pages)
{
    if (!pages)
        return;
    g_hash_table_unref(pages->templates);
    g_free(pages->policy);
    g_free(pages);
}

char *pages_insert(const char *piece, const char *name, const char *html)
{
    return message_expand(piece, name, html, NULL);
}

/* One pass over the template, so that a value that looks like a place is left alone. */
char *pages_piece(const struct pages *pages, const char *name, ...)
{
    const char *at = g_hash_table_lookup(pages->templates, name);
    GString *out = g_string_new(NULL);
    g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    va_list pairs;
    va_start(pairs, name);
    for (const char *key = va_arg(pairs, const char *); key; key = va_arg(pairs, const char *)) {
        const char *value = va_arg(pairs, const char *);
        g_hash_table_insert(values, (gpointer)key, g_markup_escape_text(value ? value : "", -1));
    }
    va_end(pairs);
    while (*at) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        g_autofree char *key = end ? g_strndup(at + 1, (gsize)(end - at - 1)) : NULL;
        const char *value = key ? g_hash_table_lookup(values, key) : NULL;
        if (value) {
            g_string_append(out, value);
            at = end + 1;
        } else {
            g_string_append_c(out, *at++);
        }
    }
    return g_string_free(out, FALSE);
}

void pages_reply(const struct pages *pages, struct exchange *exchange, unsigned status, enum page_look look,
                 const char *title, const char *body)
{
    g_autofree char *safe_title = g_markup_escape_text(title, -1);
    g_autofree char *html = message_expand(g_hash_table_lookup(pages->templates, "frame.html"), "title", safe_title,
                                           "style", g_hash_table_lookup(pages->templates, "phone.css"), "tone",
                                           look_words[look], "body", body, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(html, strlen(html));
    exchange_add_header(exchange, "Content-Security-Policy", pages->policy);
    exchange_add_header(exchange, "X-Content-Type-Options", "nosniff");
    exchange_add_header(exchange, "X-Frame-Options", "DENY");
    exchange_add_header(exchange, "Referrer-Policy", "no-referrer");
    exchange_add_header(exchange, "Cache-Control", "no-store");
    exchange_reply(exchange, status, "text/html; charset=utf-8", bytes);
}
