/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/idempotency.h"

#include <string.h>

#include "platformd/platform.h"
#include "platformd/server.h"

char *idempotency_request(struct platform *platform, const struct exchange *exchange)
{
    gsize n = 0;
    const guchar *body = g_bytes_get_data(exchange_body(exchange), &n);
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, n ? body : (const guchar *)"", n);
    g_autofree char *all = g_strconcat(exchange_method(exchange), " ", exchange_path(exchange), " ", digest, NULL);
    return platform_hash(platform, "request", all);
}

enum idempotency idempotency_find(struct platform *platform, const char *actor, const char *key, const char *request,
                                  unsigned *ret_status, char **ret_body)
{
    g_autofree char *known =
        database_text(platform->db, "SELECT request FROM idempotency WHERE actor = ?1 AND key = ?2",
                      WITH(v_text(actor), v_text(key)));
    if (!known)
        return IDEMPOTENCY_NEW;
    if (strcmp(known, request) != 0)
        return IDEMPOTENCY_OTHER;
    *ret_status =
        (unsigned)database_integer(platform->db, "SELECT status FROM idempotency WHERE actor = ?1 AND key = ?2",
                                   WITH(v_text(actor), v_text(key)), 0);
    *ret_body = database_text(platform->db, "SELECT body FROM idempotency WHERE actor = ?1 AND key = ?2",
                              WITH(v_text(actor), v_text(key)));
    return IDEMPOTENCY_SAME;
}

void idempotency_keep(struct platform *platform, const char *actor, const char *key, const char *request,
                      unsigned status, const char *body, int64_t keep_s)
{
    (void)database_run(platform->db,
                       "INSERT INTO idempotency (actor, key, request, status, body, until)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                       WITH(v_text(actor), v_text(key), v_text(request), v_integer(status), v_text(body),
                            v_integer(platform_now(platform) + keep_s)));
}

void idempotency_forget(struct platform *platform)
{
    (void)database_run(platform->db, "DELETE FROM idempotency WHERE until < ?1",
                       WITH(v_integer(platform_now(platform))));
}
