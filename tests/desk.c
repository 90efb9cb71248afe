/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <curl/curl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "answers.h"
#include "proc.h"
#include "rig.h"
#include "wire/api.h"
#include "wire/json.h"

struct desk {
    char *folder, *clock, *import, *moment, *config;
    struct proc *proc;
    char *url;
    bool plain; /* without demo people */
    bool stumbling;
};

/* ---------------------------------------------------------------- the platform */

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *walk)
{
    (void)st;
    (void)flag;
    (void)walk;
    return remove(path);
}

char *desk_folder_new(void)
{
    char *folder = g_dir_make_tmp("desk-XXXXXX", NULL);
    assert_non_null(folder);
    return folder;
}

void desk_folder_free(char *folder)
{
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    g_free(folder);
}

static void serve(struct desk *desk)
{
    g_autofree char *program = rig_test_program("traced/platformd");
    const char *argv[14] = {program,   "--listen",  "127.0.0.1:0", "--data",    desk->folder,
                            "--clock", desk->clock, "--moment",    desk->moment};
    size_t n = 9;
    if (desk->config) {
        argv[n++] = "--config";
        argv[n++] = desk->config;
    }
    if (desk->import) {
        argv[n++] = "--import";
        argv[n++] = desk->import;
    } else if (!desk->plain) {
        argv[n++] = "--demo";
    }
    desk->proc = proc_start(argv, NULL, NULL);
    g_autofree char *line = proc_wait_line(desk->proc, DESK_WAIT_MS);
    assert_non_null(line);
    assert_true(g_str_has_prefix(line, "ready http://127.0.0.1:"));
    g_free(desk->url);
    desk->url = g_strdup(line + strlen("ready "));
}

struct desk *desk_open(const struct desk_options *options)
{
    struct desk *desk = g_new0(struct desk, 1);
    desk->folder = desk_folder_new();
    if (options->fill)
        options->fill(desk->folder);
    desk->plain = options->fill != NULL;
    desk->clock = g_strdup(options->clock ? options->clock : DESK_CLOCK);
    desk->import = g_strdup(options->import);
    desk->moment = g_strdup_printf("%d", options->moment_ms);
    desk->stumbling = options->stumbling;
    if (options->config) {
        desk->config = g_build_filename(desk->folder, "platformd.conf", NULL);
        assert_true(g_file_set_contents(desk->config, options->config, -1, NULL));
    }
    serve(desk);
    return desk;
}

static void assert_clean_end(int status)
{
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

void desk_reopen(struct desk *desk, bool kill, const char *clock)
{
    if (kill)
        proc_signal(desk->proc, SIGKILL);
    int status = proc_stop(g_steal_pointer(&desk->proc));
    if (!kill)
        assert_clean_end(status);
    if (clock) {
        g_free(desk->clock);
        desk->clock = g_strdup(clock);
    }
    serve(desk);
}

void desk_close(struct desk *desk)
{
    int status = proc_stop(desk->proc);
    desk_folder_free(desk->folder);
    g_free(desk->clock);
    g_free(desk->import);
    g_free(desk->moment);
    g_free(desk->config);
    g_free(desk->url);
    g_free(desk);
    assert_clean_end(status);
}

const char *desk_url(const struct desk *desk)
{
    return desk->url;
}

pid_t desk_pid(const struct desk *desk)
{
    return proc_pid(desk->proc);
}

const char *desk_folder(const struct desk *desk)
{
    return desk->folder;
}

void desk_without_demo(struct desk *desk)
{
    desk->plain = true;
}

char *desk_refused(const char *folder, const char *import)
{
    g_autofree char *program = rig_test_program("traced/platformd");
    char *own = desk_folder_new();
    g_autofree char *errors = g_build_filename(own, "errors", NULL);
    const char *argv[] = {program, "--listen", "127.0.0.1:0", "--data", folder, import ? "--import" : NULL,
                          import,  NULL};
    struct proc *proc = proc_start(argv, NULL, errors);
    int status = 0;
    char *said = NULL;
    assert_true(proc_wait_end(proc, DESK_WAIT_MS, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    (void)proc_stop(proc);
    assert_true(g_file_get_contents(errors, &said, NULL, NULL));
    desk_folder_free(own);
    return said;
}

char *desk_refused_again(struct desk *desk)
{
    assert_clean_end(proc_stop(g_steal_pointer(&desk->proc)));
    return desk_refused(desk->folder, desk->import);
}

void desk_without_import(struct desk *desk)
{
    g_clear_pointer(&desk->import, g_free);
    desk->plain = true;
    serve(desk);
}

/* ---------------------------------------------------------------- storage in trouble */

void desk_disk_full(const struct desk *desk, bool full)
{
    struct rlimit limit = {.rlim_cur = full ? 0 : RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
    assert_int_equal(prlimit(desk_pid(desk), RLIMIT_FSIZE, &limit, NULL), 0);
}

void desk_stumble(struct desk *desk, bool stumbling)
{
    desk->stumbling = stumbling;
}

struct sqlite3 *desk_hold(const struct desk *desk)
{
    g_autofree char *path = g_build_filename(desk->folder, "platform.db", NULL);
    sqlite3 *holder = NULL;
    assert_int_equal(sqlite3_open_v2(path, &holder, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    (void)sqlite3_busy_timeout(holder, DESK_WAIT_MS);
    assert_int_equal(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    return holder;
}

void desk_let_go(struct sqlite3 *holder)
{
    assert_int_equal(sqlite3_exec(holder, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(holder), SQLITE_OK);
}

/* ---------------------------------------------------------------- HTTP */

static size_t collect(char *data, size_t size, size_t n, void *bytes)
{
    g_byte_array_append(bytes, (const guint8 *)data, (guint)(size * n));
    return size * n;
}

static char *end_text(GByteArray *bytes, gsize *ret_length)
{
    if (ret_length)
        *ret_length = bytes->len;
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    return (char *)g_byte_array_free(bytes, FALSE);
}

static struct reply *perform(CURL *curl, const char *address, struct curl_slist *headers)
{
    struct reply *reply = g_new0(struct reply, 1);
    GByteArray *body = g_byte_array_new(), *head = g_byte_array_new();
    long status = 0;
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)DESK_WAIT_MS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, head);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    reply->status = (int)status;
    reply->body = end_text(body, &reply->length);
    reply->headers = end_text(head, NULL);
    return reply;
}

static struct reply *send_once(const struct desk *desk, const char *method, const char *path,
                               const char *const headers[], const void *body, gsize length)
{
    g_autofree char *address = g_strconcat(desk->url, path, NULL);
    CURL *curl = curl_easy_init();
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type:");
    for (size_t i = 0; headers && headers[i]; i++)
        list = curl_slist_append(list, headers[i]);
    if (strcmp(method, "GET") != 0)
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    if (body || strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)length);
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body ? body : "");
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    }
    struct reply *reply = perform(curl, address, list);
    answers_check(method, path, body, length, reply);
    return reply;
}

/* A copy of the headers with a key of their own; NULL when there is no key. An answer that is kept already needs no storing. */
static char **other_key(const char *const headers[])
{
    bool found = false;
    char **copy = g_strdupv((char **)headers);
    for (size_t i = 0; copy && copy[i]; i++)
        if (g_str_has_prefix(copy[i], "Idempotency-Key:")) {
            g_free(copy[i]);
            copy[i] = g_strdup("Idempotency-Key: stumbling");
            found = true;
        }
    if (!found)
        g_clear_pointer(&copy, g_strfreev);
    return copy;
}

/* Nothing can be stored, so nothing is taken; what would be refused anyway may be. */
static void stumble(const struct desk *desk, const char *method, const char *path, const char *const headers[],
                    const void *body, gsize length)
{
    g_auto(GStrv) own = other_key(headers);
    if (!own)
        return;
    struct sqlite3 *holder = desk_hold(desk);
    struct reply *held = send_once(desk, method, path, (const char *const *)own, body, length);
    desk_let_go(holder);
    desk_disk_full(desk, true);
    struct reply *full = send_once(desk, method, path, (const char *const *)own, body, length);
    desk_disk_full(desk, false);
    assert_in_range(held->status, 400, 503);
    assert_in_range(full->status, 400, 500);
    reply_free(held);
    reply_free(full);
}

struct reply *desk_call(const struct desk *desk, const char *method, const char *path, const char *const headers[],
                        const void *body, gsize length)
{
    if (desk->stumbling && strcmp(method, "GET") != 0)
        stumble(desk, method, path, headers, body, length);
    return send_once(desk, method, path, headers, body, length);
}

struct reply *desk_phone(const char *address, const char *form)
{
    CURL *curl = curl_easy_init();
    if (form)
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, form);
    struct reply *reply = perform(curl, address, NULL);
    answers_check(form ? "POST" : "GET", address, NULL, 0, reply);
    return reply;
}

struct reply *desk_login(const struct desk *desk, const char *account, const char *password)
{
    struct api_login login = {(char *)account, (char *)password};
    g_autofree char *body = wire_write(&api_login_record, &login);
    return desk_call(desk, "POST", "/v1/sessions", NULL, body, strlen(body));
}

/* ---------------------------------------------------------------- answers */

void reply_free(struct reply *reply)
{
    if (!reply)
        return;
    g_free(reply->body);
    g_free(reply->headers);
    g_free(reply);
}

static struct api_error *read_error(const struct reply *reply)
{
    return wire_read(&api_error_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
}

char *reply_code(const struct reply *reply)
{
    struct api_error *error = read_error(reply);
    char *code = g_strdup(error ? error->error->code : "");
    record_free(&api_error_record, error);
    return code;
}

char *reply_field(const struct reply *reply)
{
    struct api_error *error = read_error(reply);
    char *field = g_strdup(error && error->error->field ? error->error->field : "");
    record_free(&api_error_record, error);
    return field;
}

bool reply_has_header(const struct reply *reply, const char *line)
{
    g_autofree char *wanted = g_strconcat("\n", line, "\r\n", NULL);
    return strstr(reply->headers, wanted) != NULL;
}

/* Every refusal says in Chinese what is wrong. */
void reply_assert(const struct reply *reply, int status, const char *code)
{
    struct api_error *error = read_error(reply);
    if (reply->status != status || !error || strcmp(error->error->code, code) != 0)
        print_error("wanted %d %s, got %d %s\n", status, code, reply->status, reply->body);
    assert_int_equal(reply->status, status);
    assert_non_null(error);
    assert_string_equal(error->error->code, code);
    assert_non_null(error->error->message);
    assert_true((unsigned char)error->error->message[0] >= 0xE3);
    record_free(&api_error_record, error);
}
