/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/settings.h"
#include "base/tsv.h"
#include "platformd/agenda.h"
#include "platformd/demo.h"
#include "platformd/import.h"
#include "platformd/metrics.h"
#include "platformd/pages.h"
#include "platformd/passwords.h"
#include "platformd/routes.h"
#include "platformd/server.h"
#include "platformd/waiting.h"

/* Made by glib-compile-resources. */
GResource *platformd_get_resource(void);

GBytes *platform_resource(const char *path)
{
    g_autofree char *full = g_strconcat("/platformd/", path, NULL);
    GBytes *found = g_resource_lookup_data(platformd_get_resource(), full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(found); /* platformd.gresource.xml lists it */
    return found;
}

/* ---------------------------------------------------------------- the folder and its key */

static bool fail(GError **error, const char *what, const char *path)
{
    g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), "%s: %s: %s", path, what, g_strerror(errno));
    return false;
}

/* Reads the key, or makes it: 32 random bytes in a file of mode 0600, durable before anything is hashed with it. */
static bool read_or_make_key(struct platform *platform, const char *path, GError **error)
{
    ssize_t n = pread(platform->key_fd, platform->key, sizeof platform->key, 0);
    if (n == (ssize_t)sizeof platform->key)
        return true;
    if (n != 0) {
        errno = n < 0 ? errno : EINVAL;
        return fail(error, "not a key of 32 bytes", path);
    }
    secret_random(platform->key, sizeof platform->key);
    n = pwrite(platform->key_fd, platform->key, sizeof platform->key, 0);
    return (n == (ssize_t)sizeof platform->key && fsync(platform->key_fd) == 0) || fail(error, "cannot write", path);
}

static bool open_folder(struct platform *platform, GError **error)
{
    const char *folder = platform->options.data;
    g_autofree char *path = g_build_filename(folder, "server.key", NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0)
        return fail(error, "cannot make the folder", folder);
    platform->key_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (platform->key_fd < 0)
        return fail(error, "cannot open", path);
    if (flock(platform->key_fd, LOCK_EX | LOCK_NB) != 0)
        return fail(error, "another platformd uses this folder", folder);
    if (!read_or_make_key(platform, path, error))
        return false;
    log_set_key(platform->key);
    return true;
}

static bool open_database(struct platform *platform, GError **error)
{
    g_autofree char *path = g_build_filename(platform->options.data, "platform.db", NULL);
    mode_t before = umask(0077);
    platform->db = database_open(path, error);
    (void)umask(before);
    return platform->db != NULL;
}

/* ---------------------------------------------------------------- settings and what is embedded */

static bool load_messages(struct platform *platform, GPtrArray *faults)
{
    g_autoptr(GBytes) file = platform_resource("forms/messages.conf");
    g_autofree char *conf = g_strndup(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
    platform->messages = settings_parse(&messages_record, conf, "forms/messages.conf", faults);
    return platform->messages != NULL;
}

static bool load_policy(struct platform *platform, GPtrArray *faults)
{
    const char *path = platform->options.config;
    platform->policy = path ? settings_read(&policy_record, path, faults) : record_new(&policy_record);
    return platform->policy != NULL;
}

static bool load_tables(struct platform *platform, GPtrArray *faults)
{
    for (int id = 0; id < CODE_TABLES; id++) {
        g_autofree char *path = g_strconcat("forms/tables/", code_table_files[id], NULL);
        g_autoptr(GBytes) file = platform_resource(path);
        gsize n = 0;
        const char *tsv = g_bytes_get_data(file, &n);
        platform->tables.table[id] = tsv_parse_all(&code_entry_record, tsv, n, path, faults);
        if (!platform->tables.table[id])
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- start and end */

static bool load(struct platform *platform, GPtrArray *faults)
{
    return load_policy(platform, faults) && load_messages(platform, faults) && load_tables(platform, faults) &&
           (!platform->options.import || import_folder(platform, platform->options.import, faults)) &&
           (!platform->options.demo || demo_load(platform, faults));
}

static bool serve(struct platform *platform, GError **error)
{
    struct server_options options = {
        .listen = platform->options.listen,
        .limit = routes_limit,
        .handle = routes_handle,
        .data = platform,
        .clock = &platform->clock,
        .request_ms = platform->options.request_ms,
    };
    platform->server = server_new(&options, error);
    if (!platform->server)
        return false;
    const char *base = platform->options.public_url;
    platform->qr_base = g_ascii_strup(base ? base : server_url(platform->server), -1);
    agenda_run(platform);
    return true;
}

struct platform *platform_new(const struct platform_options *options, GPtrArray *faults, GError **error)
{
    struct platform *platform = g_new0(struct platform, 1);
    platform->options = *options;
    platform->key_fd = -1;
    clock_init(&platform->clock, options->clock);
    platform->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    platform->used_at = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    platform->metrics = metrics_new();
    platform->waiting = waiting_new();
    platform->passwords = passwords_new();
    platform->pages = pages_new();
    if (open_folder(platform, error) && open_database(platform, error) && load(platform, faults) &&
        serve(platform, error))
        return platform;
    platform_free(platform);
    return NULL;
}

const char *platform_url(const struct platform *platform)
{
    return server_url(platform->server);
}

void platform_free(struct platform *platform)
{
    if (!platform)
        return;
    platform->closing = true;
    passwords_free(platform->passwords); /* lets logins under way finish */
    waiting_end(platform);
    server_free(platform->server);
    waiting_free(platform->waiting);
    g_clear_handle_id(&platform->agenda, g_source_remove);
    database_close(platform->db);
    if (platform->key_fd >= 0)
        (void)close(platform->key_fd);
    metrics_free(platform->metrics);
    pages_free(platform->pages);
    code_tables_clear(&platform->tables);
    record_free(&messages_record, platform->messages);
    record_free(&policy_record, platform->policy);
    g_hash_table_unref(platform->changed);
    g_hash_table_unref(platform->used_at);
    g_free(platform->qr_base);
    explicit_bzero(platform->key, sizeof platform->key);
    g_free(platform);
}

/* ---------------------------------------------------------------- small services */

int64_t platform_now(const struct platform *platform)
{
    return clock_now(&platform->clock);
}

int64_t platform_now_ms(const struct platform *platform)
{
    return g_get_real_time() / 1000 + platform->clock.offset_s * 1000;
}

const char *platform_say(const struct platform *platform, const char *key)
{
    return message_text(key, platform->messages);
}

char *platform_hash(const struct platform *platform, const char *purpose, const char *text)
{
    g_autofree char *all = g_strconcat(purpose, ":", text, NULL);
    char *hash = secret_hash(platform->key, all, 64);
    explicit_bzero(all, strlen(all));
    return hash;
}

/* ---------------------------------------------------------------- changes */

bool platform_begin(struct platform *platform)
{
    g_hash_table_remove_all(platform->changed);
    return database_begin(platform->db);
}

void platform_touch(struct platform *platform, const char *exam_no)
{
    (void)g_hash_table_add(platform->changed, g_strdup(exam_no));
    (void)database_run(platform->db,
                       "INSERT INTO versions (exam_no, version) VALUES (?1, 1)"
                       " ON CONFLICT (exam_no) DO UPDATE SET version = version + 1",
                       WITH(v_text(exam_no)));
}

bool platform_commit(struct platform *platform)
{
    if (!database_commit(platform->db))
        return false;
    if (g_hash_table_size(platform->changed) > 0) {
        waiting_wake(platform, platform->changed);
        agenda_arm(platform);
    }
    return true;
}

void platform_rollback(struct platform *platform)
{
    database_rollback(platform->db);
}

/* A candidate's own count plus what moved for everybody: a window that opened or closed, an import. */
int64_t platform_version(struct platform *platform, const char *exam_no)
{
    return database_integer(platform->db,
                            "SELECT coalesce((SELECT version FROM versions WHERE exam_no = ?1), 0)"
                            " + coalesce((SELECT value FROM facts WHERE name = 'epoch'), 0)",
                            WITH(v_text(exam_no)), 0);
}
