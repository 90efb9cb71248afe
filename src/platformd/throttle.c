/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/throttle.h"

#include "platformd/routes.h"
#include "platformd/server.h"

char *throttle_account(const struct platform *platform, const char *purpose, const char *number)
{
    return platform_hash(platform, purpose, number);
}

bool throttle_locked(struct platform *platform, const char *account)
{
    return database_integer(platform->db, "SELECT locked_until FROM login_failures WHERE account = ?1",
                            WITH(v_text(account)), 0) > platform_now(platform);
}

void throttle_count(struct platform *platform, const char *account)
{
    int64_t now = platform_now(platform);
    (void)database_run(platform->db,
                       "INSERT INTO login_failures (account, failures, failed_at, locked_until) VALUES (?1, 1, ?2, 0)"
                       " ON CONFLICT (account) DO UPDATE SET"
                       " failures = CASE WHEN failed_at + ?3 < ?2 THEN 1 ELSE failures + 1 END, failed_at = ?2",
                       WITH(v_text(account), v_integer(now), v_integer(THROTTLE_LOCK_S)));
    (void)database_run(
        platform->db, "UPDATE login_failures SET failures = 0, locked_until = ?2 WHERE account = ?1 AND failures >= ?3",
        WITH(v_text(account), v_integer(now + THROTTLE_LOCK_S), v_integer(THROTTLE_FAILURES)));
}

void throttle_forgive(struct platform *platform, const char *account)
{
    (void)database_run(platform->db, "DELETE FROM login_failures WHERE account = ?1", WITH(v_text(account)));
}

void throttle_refuse(struct platform *platform, struct exchange *exchange, const char *label)
{
    g_autofree char *seconds = g_strdup_printf("%d", THROTTLE_LOCK_S);
    exchange_add_header(exchange, "Retry-After", seconds);
    routes_reply_error(platform, exchange, label, 429, "platform.account_locked", NULL);
}

void throttle_forget(struct platform *platform)
{
    int64_t now = platform_now(platform);
    (void)database_run(platform->db, "DELETE FROM login_failures WHERE failed_at < ?1 AND locked_until < ?2",
                       WITH(v_integer(now - THROTTLE_LOCK_S), v_integer(now)));
}
