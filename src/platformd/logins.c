/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/logins.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "platformd/passwords.h"
#include "platformd/server.h"
#include "platformd/throttle.h"

#define USE_WRITTEN_S 120 /* the last use of a session reaches the disk within this time … */
#define USE_OLD_S     600 /* … and at once when what is there is this old */
#define TOKEN_MAX     64

/* A login while its password is being checked. */
struct login {
    struct platform *platform;
    struct exchange *exchange;
    const struct login_kind *kind;
    char *person;  /* NULL = nobody */
    char *account; /* what failures are counted on, as a hash */
};

static void login_free(struct login *login)
{
    g_free(login->person);
    g_free(login->account);
    g_free(login);
}

static void label_of(const struct login *login, char label[64])
{
    const struct api_entry *entry = &api_entries[login->kind->call];
    (void)g_snprintf(label, 64, "%s %s", entry->method, entry->path);
}

static void refuse_login(struct login *login, unsigned status, const char *key)
{
    char label[64];
    label_of(login, label);
    routes_reply_error(login->platform, login->exchange, label, status, key, NULL);
}

static void refuse_locked(struct login *login)
{
    char label[64];
    label_of(login, label);
    throttle_refuse(login->platform, login->exchange, label);
}

/* ---------------------------------------------------------------- sessions */

static char *token_hash(struct platform *platform, const struct login_kind *kind, const char *token)
{
    return platform_hash(platform, kind->token_purpose, token);
}

static void remember_use(struct platform *platform, const char *hash, int64_t now)
{
    int64_t *used_at = g_new(int64_t, 1);
    *used_at = now;
    (void)g_hash_table_replace(platform->used_at, g_strdup(hash), used_at);
}

/* The latest use that is known: in memory exactly, on disk as logins_forget() left it. */
static int64_t last_use(struct platform *platform, const char *hash, int64_t written)
{
    const int64_t *used_at = g_hash_table_lookup(platform->used_at, hash);
    return used_at && *used_at > written ? *used_at : written;
}

static void forget_session(struct platform *platform, const struct login_kind *kind, const char *hash)
{
    (void)g_hash_table_remove(platform->used_at, hash);
    (void)database_run(platform->db, kind->end, WITH(v_text(hash)));
}

char *logins_person(struct platform *platform, const struct login_kind *kind, const char *token)
{
    int64_t now = platform_now(platform);
    if (strlen(token) > TOKEN_MAX)
        return NULL;
    g_autofree char *hash = token_hash(platform, kind, token);
    g_autofree char *person = database_text(platform->db, kind->person, WITH(v_text(hash)));
    if (!person)
        return NULL;
    int64_t written = database_integer(platform->db, kind->used_at, WITH(v_text(hash)), 0);
    if (last_use(platform, hash, written) + SESSION_IDLE_S <= now) {
        forget_session(platform, kind, hash);
        return NULL;
    }
    remember_use(platform, hash, now);
    if (written + USE_OLD_S <= now)
        (void)database_run(platform->db, kind->use, WITH(v_text(hash), v_integer(now)));
    return g_steal_pointer(&person);
}

const char *logins_token(const struct exchange *exchange)
{
    const char *header = exchange_header(exchange, "Authorization");
    return header && g_ascii_strncasecmp(header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

void logins_end(struct request *request, const struct login_kind *kind)
{
    g_autofree char *hash = token_hash(request->platform, kind, logins_token(request->exchange));
    forget_session(request->platform, kind, hash);
}

static gboolean is_over(gpointer hash, gpointer used_at, gpointer now)
{
    (void)hash;
    return *(const int64_t *)used_at + SESSION_IDLE_S <= *(const int64_t *)now;
}

/* All at once: a reading call has nothing to store, and the disk is waited for once. */
static void write_uses(struct platform *platform, const struct login_kind *kind)
{
    GHashTableIter iter;
    gpointer hash, used_at;
    if (g_hash_table_size(platform->used_at) == 0 || !platform_begin(platform))
        return;
    g_hash_table_iter_init(&iter, platform->used_at);
    while (g_hash_table_iter_next(&iter, &hash, &used_at))
        (void)database_run(platform->db, kind->use, WITH(v_text(hash), v_integer(*(const int64_t *)used_at)));
    (void)platform_commit(platform);
}

void logins_forget(struct platform *platform, const struct login_kind *kind)
{
    int64_t now = platform_now(platform);
    write_uses(platform, kind);
    (void)g_hash_table_foreach_remove(platform->used_at, is_over, &now);
    (void)database_run(platform->db, kind->forget, WITH(v_integer(now - SESSION_IDLE_S - USE_WRITTEN_S)));
}

/* ---------------------------------------------------------------- login */

/* What an idle session has left counts from its last use; the answer says how long it lasts when nothing more is done. */
static void answer_token(struct login *login, char *token, int64_t now)
{
    struct api_token answer = {.token = token, .expires_at = now + SESSION_IDLE_S};
    routes_reply(login->platform, login->exchange, login->kind->call, 200, &answer);
}

static void let_in(struct login *login, const char *upgraded)
{
    struct platform *platform = login->platform;
    const struct login_kind *kind = login->kind;
    char person[16];
    int64_t now = platform_now(platform);
    g_autofree char *token = secret_token();
    g_autofree char *hash = token_hash(platform, kind, token);
    if (upgraded)
        (void)database_run(platform->db, kind->upgrade, WITH(v_text(login->person), v_text(upgraded)));
    throttle_forgive(platform, login->account);
    (void)database_run(platform->db, kind->begin, WITH(v_text(hash), v_text(login->person), v_integer(now)));
    if (!platform_commit(platform)) {
        refuse_login(login, 500, "platform.storage");
        return;
    }
    remember_use(platform, hash, now);
    log_write(LOG_INFO, "logins", "%s logged in", log_person(login->person, person));
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
    } else if (throttle_locked(platform, login->account)) {
        platform_rollback(platform);
        refuse_locked(login);
    } else if (right && login->person) {
        let_in(login, upgraded);
    } else {
        throttle_count(platform, login->account);
        bool kept = platform_commit(platform);
        refuse_login(login, kept ? 401 : 500, kept ? login->kind->refused : "platform.storage");
    }
    login_free(login);
}

static struct login *login_new(struct request *request, const struct login_kind *kind, const char *person,
                               const char *account)
{
    struct login *login = g_new0(struct login, 1);
    login->platform = request->platform;
    login->exchange = request->exchange;
    login->kind = kind;
    login->person = g_strdup(person);
    login->account = throttle_account(request->platform, kind->account_purpose, account);
    return login;
}

void logins_check(struct request *request, const struct login_kind *kind, const char *person, const char *account,
                  const char *password)
{
    struct platform *platform = request->platform;
    g_autofree char *stored = person ? database_text(platform->db, kind->password, WITH(v_text(person))) : NULL;
    if (database_spoiled(platform->db))
        return; /* nobody is told that they are wrong when the accounts cannot be read */
    struct login *login = login_new(request, kind, person, account);
    request->later = true;
    if (throttle_locked(platform, login->account))
        refuse_locked(login);
    else if (passwords_check(platform->passwords, platform->key, person ? person : "", stored, password,
                             password_checked, login))
        return;
    else
        refuse_login(login, 503, "platform.busy");
    login_free(login);
}
