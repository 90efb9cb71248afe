/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/people.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "graduation/id_number.h"
#include "platformd/passwords.h"
#include "platformd/server.h"

#define USE_WRITTEN_EVERY_S 60 /* the last use of a session reaches the disk this often */
#define TOKEN_MAX           64

/* A login while its password is being checked. */
struct login {
    struct platform *platform;
    struct exchange *exchange;
    char *exam_no; /* NULL = nobody */
    char *account; /* what failures are counted on */
};

static void login_free(struct login *login)
{
    g_free(login->exam_no);
    g_free(login->account);
    g_free(login);
}

/* ---------------------------------------------------------------- failures */

static bool locked(struct platform *platform, const char *account)
{
    return database_integer(platform->db, "SELECT locked_until FROM login_failures WHERE account = ?1",
                            WITH(v_text(account)), 0) > platform_now(platform);
}

/* The fifth failure within half an hour of the one before locks. */
static void count_failure(struct platform *platform, const char *account)
{
    int64_t now = platform_now(platform);
    (void)database_run(platform->db,
                       "INSERT INTO login_failures (account, failures, failed_at, locked_until) VALUES (?1, 1, ?2, 0)"
                       " ON CONFLICT (account) DO UPDATE SET"
                       " failures = CASE WHEN failed_at + ?3 < ?2 THEN 1 ELSE failures + 1 END, failed_at = ?2",
                       WITH(v_text(account), v_integer(now), v_integer(LOGIN_LOCK_S)));
    (void)database_run(
        platform->db, "UPDATE login_failures SET failures = 0, locked_until = ?2 WHERE account = ?1 AND failures >= ?3",
        WITH(v_text(account), v_integer(now + LOGIN_LOCK_S), v_integer(LOGIN_FAILURES)));
}

static void refuse_login(struct login *login, unsigned status, const char *key)
{
    routes_reply_error(login->platform, login->exchange, "POST /v1/sessions", status, key, NULL);
}

static void refuse_locked(struct platform *platform, struct exchange *exchange)
{
    g_autofree char *seconds = g_strdup_printf("%d", LOGIN_LOCK_S);
    exchange_add_header(exchange, "Retry-After", seconds);
    routes_reply_error(platform, exchange, "POST /v1/sessions", 429, "platform.account_locked", NULL);
}

/* ---------------------------------------------------------------- sessions */

static char *token_hash(struct platform *platform, const char *token)
{
    return platform_hash(platform, "session", token);
}

static void remember_use(struct platform *platform, const char *hash, int64_t now)
{
    int64_t *used_at = g_new(int64_t, 1);
    *used_at = now;
    (void)g_hash_table_replace(platform->used_at, g_strdup(hash), used_at);
}

/* The latest use that is known: in memory exactly, on disk to the minute. */
static int64_t last_use(struct platform *platform, const char *hash, int64_t written)
{
    const int64_t *used_at = g_hash_table_lookup(platform->used_at, hash);
    return used_at && *used_at > written ? *used_at : written;
}

static void forget_session(struct platform *platform, const char *hash)
{
    (void)g_hash_table_remove(platform->used_at, hash);
    (void)database_run(platform->db, "DELETE FROM logins WHERE token_hash = ?1", WITH(v_text(hash)));
}

char *people_of_token(struct platform *platform, const char *token)
{
    int64_t now = platform_now(platform);
    if (strlen(token) > TOKEN_MAX)
        return NULL;
    g_autofree char *hash = token_hash(platform, token);
    g_autofree char *exam_no =
        database_text(platform->db, "SELECT exam_no FROM logins WHERE token_hash = ?1", WITH(v_text(hash)));
    if (!exam_no)
        return NULL;
    int64_t written =
        database_integer(platform->db, "SELECT used_at FROM logins WHERE token_hash = ?1", WITH(v_text(hash)), 0);
    if (last_use(platform, hash, written) + SESSION_IDLE_S <= now) {
        forget_session(platform, hash);
        return NULL;
    }
    remember_use(platform, hash, now);
    if (written + USE_WRITTEN_EVERY_S <= now)
        (void)database_run(platform->db, "UPDATE logins SET used_at = ?2 WHERE token_hash = ?1",
                           WITH(v_text(hash), v_integer(now)));
    return g_steal_pointer(&exam_no);
}

void people_logout(struct request *request)
{
    const char *header = exchange_header(request->exchange, "Authorization");
    g_autofree char *hash = token_hash(request->platform, header + strlen("Bearer "));
    forget_session(request->platform, hash);
}

static gboolean is_over(gpointer hash, gpointer used_at, gpointer now)
{
    (void)hash;
    return *(const int64_t *)used_at + SESSION_IDLE_S <= *(const int64_t *)now;
}

void people_forget(struct platform *platform)
{
    int64_t now = platform_now(platform);
    (void)g_hash_table_foreach_remove(platform->used_at, is_over, &now);
    (void)database_run(platform->db, "DELETE FROM logins WHERE used_at < ?1",
                       WITH(v_integer(now - SESSION_IDLE_S - USE_WRITTEN_EVERY_S)));
    (void)database_run(platform->db, "DELETE FROM login_failures WHERE failed_at < ?1 AND locked_until < ?2",
                       WITH(v_integer(now - LOGIN_LOCK_S), v_integer(now)));
}

/* ---------------------------------------------------------------- login */

/* What an idle session has left counts from its last use; the answer says how long it lasts when nothing more is done. */
static void answer_token(struct login *login, char *token, int64_t now)
{
    struct api_token answer = {.token = token, .expires_at = now + SESSION_IDLE_S};
    routes_reply(login->platform, login->exchange, API_LOGIN, 200, &answer);
}

static void let_in(struct login *login, const char *upgraded)
{
    struct platform *platform = login->platform;
    char person[16];
    int64_t now = platform_now(platform);
    g_autofree char *token = secret_token();
    g_autofree char *hash = token_hash(platform, token);
    if (upgraded)
        (void)database_run(platform->db, "UPDATE candidates SET password = ?2 WHERE exam_no = ?1",
                           WITH(v_text(login->exam_no), v_text(upgraded)));
    (void)database_run(platform->db, "DELETE FROM login_failures WHERE account = ?1", WITH(v_text(login->account)));
    (void)database_run(platform->db, "INSERT INTO logins (token_hash, exam_no, used_at) VALUES (?1, ?2, ?3)",
                       WITH(v_text(hash), v_text(login->exam_no), v_integer(now)));
    if (!platform_commit(platform)) {
        refuse_login(login, 500, "platform.storage");
        return;
    }
    remember_use(platform, hash, now);
    log_write(LOG_INFO, "people", "%s logged in", log_person(login->exam_no, person));
    answer_token(login, token, now);
    explicit_bzero(token, strlen(token));
}

/* Checks that ran side by side: once the account is locked, none of them lets anybody in. */
static void password_checked(bool right, const char *upgraded, gpointer data)
{
    struct login *login = data;
    struct platform *platform = login->platform;
    if (!platform_begin(platform)) {
        refuse_login(login, 503, "platform.busy");
    } else if (locked(platform, login->account)) {
        platform_rollback(platform);
        refuse_locked(platform, login->exchange);
    } else if (right && login->exam_no) {
        let_in(login, upgraded);
    } else {
        count_failure(platform, login->account);
        bool kept = platform_commit(platform);
        refuse_login(login, kept ? 401 : 500, kept ? "platform.login_failed" : "platform.storage");
    }
    login_free(login);
}

/* The candidate of an ID or exam number, NULL when there is none. */
static char *find_account(struct platform *platform, const char *account)
{
    const char *sql = account_kind(account, clock_day(platform_now(platform))) == ACCOUNT_EXAM_NO
                          ? "SELECT exam_no FROM candidates WHERE exam_no = ?1"
                          : "SELECT exam_no FROM candidates WHERE id_no = ?1";
    return database_text(platform->db, sql, WITH(v_text(account)));
}

void people_login(struct request *request)
{
    struct platform *platform = request->platform;
    const struct api_login *given = request->body;
    g_autofree char *account = text_half_width(given->account);
    struct login *login = g_new0(struct login, 1);
    login->platform = platform;
    login->exchange = request->exchange;
    login->exam_no = find_account(platform, account);
    login->account = platform_hash(platform, "account", login->exam_no ? login->exam_no : account);
    request->later = true;
    if (locked(platform, login->account)) {
        refuse_locked(platform, request->exchange);
        login_free(login);
        return;
    }
    g_autofree char *stored = login->exam_no
                                  ? database_text(platform->db, "SELECT password FROM candidates WHERE exam_no = ?1",
                                                  WITH(v_text(login->exam_no)))
                                  : NULL;
    if (passwords_check(platform->passwords, platform->key, login->exam_no ? login->exam_no : "", stored,
                        given->password, password_checked, login))
        return;
    refuse_login(login, 503, "platform.busy");
    login_free(login);
}
