/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <curl/curl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "proc.h"
#include "rig.h"
#include "wire/api.h"
#include "wire/json.h"

struct desk {
    char *folder, *clock, *import, *moment;
    struct proc *proc;
    char *url;
    bool plain; /* without demo people */
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
    g_autofree char *program = rig_program("platformd");
    const char *argv[12] = {program,   "--listen",  "127.0.0.1:0", "--data",    desk->folder,
                            "--clock", desk->clock, "--moment",    desk->moment};
    if (desk->import) {
        argv[9] = "--import";
        argv[10] = desk->import;
    } else if (!desk->plain) {
        argv[9] = "--demo";
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
    desk->clock = g_strdup(options->clock ? options->clock : DESK_CLOCK);
    desk->import = g_strdup(options->import);
    desk->moment = g_strdup_printf("%d", options->moment_ms);
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
    g_autofree char *program = rig_program("platformd");
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

struct reply *desk_call(const struct desk *desk, const char *method, const char *path, const char *const headers[],
                        const void *body, gsize length)
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
    return perform(curl, address, list);
}

struct reply *desk_phone(const char *address, const char *form)
{
    CURL *curl = curl_easy_init();
    if (form)
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, form);
    return perform(curl, address, NULL);
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

/* ---------------------------------------------------------------- guests */

struct guest *guest_new(struct desk *desk, const char *account)
{
    struct guest *guest = g_new0(struct guest, 1);
    struct reply *reply = desk_login(desk, account, DESK_PASSWORD);
    assert_int_equal(reply->status, 200);
    struct api_token *token = wire_read(&api_token_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(token);
    guest->desk = desk;
    guest->token = g_strdup(token->token);
    record_free(&api_token_record, token);
    reply_free(reply);
    guest_look(guest);
    return guest;
}

void guest_free(struct guest *guest)
{
    g_free(guest->token);
    record_free(&application_record, guest->now);
    g_free(guest);
}

static void remember(struct guest *guest, const struct reply *reply)
{
    struct application *now = reply->status == 200
                                  ? wire_read(&application_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL)
                                  : NULL;
    if (!now)
        return;
    record_free(&application_record, guest->now);
    guest->now = now;
}

struct reply *guest_send(struct guest *guest, const char *method, const char *path, const char *key, int64_t version,
                         const void *body, gsize length)
{
    g_autofree char *bearer = g_strconcat("Authorization: Bearer ", guest->token, NULL);
    g_autofree char *idempotency = key ? g_strconcat("Idempotency-Key: ", key, NULL) : NULL;
    g_autofree char *match = g_strdup_printf("If-Match: %" G_GINT64_FORMAT, version);
    const char *headers[4] = {bearer, NULL, NULL, NULL};
    size_t n = 1;
    if (version >= 0)
        headers[n++] = match;
    if (idempotency)
        headers[n++] = idempotency;
    struct reply *reply = desk_call(guest->desk, method, path, headers, body, length);
    remember(guest, reply);
    return reply;
}

struct reply *guest_call(struct guest *guest, const char *method, const char *path, const char *body)
{
    g_autofree char *key = g_strdup_printf("key-%u-%.8s", guest->keys++, guest->token);
    return guest_send(guest, method, path, key, guest->now ? guest->now->version : -1, body, body ? strlen(body) : 0);
}

void guest_must(struct guest *guest, const char *method, const char *path, const char *body, int status)
{
    struct reply *reply = guest_call(guest, method, path, body);
    if (reply->status != status)
        print_error("%s %s: %d %s\n", method, path, reply->status, reply->body);
    assert_int_equal(reply->status, status);
    reply_free(reply);
}

void guest_refused(struct guest *guest, const char *method, const char *path, const char *body, int status,
                   const char *code)
{
    struct reply *reply = guest_call(guest, method, path, body);
    reply_assert(reply, status, code);
    reply_free(reply);
}

void guest_look(struct guest *guest)
{
    guest_must(guest, "GET", "/v1/application", NULL, 200);
}

static void wait_for_newer(struct guest *guest, gint64 deadline)
{
    g_autofree char *path = g_strdup_printf("/v1/application?after=%" G_GINT64_FORMAT "&wait=10", guest->now->version);
    struct reply *reply = guest_call(guest, "GET", path, NULL);
    assert_true(reply->status == 200 || reply->status == 304);
    assert_true(g_get_monotonic_time() < deadline);
    reply_free(reply);
}

void guest_wait_state(struct guest *guest, enum application_state state)
{
    gint64 deadline = g_get_monotonic_time() + DESK_WAIT_MS * 1000;
    guest_look(guest);
    while (guest->now->state != (int)state)
        wait_for_newer(guest, deadline);
}

void guest_wait_photo(struct guest *guest, enum photo_state state)
{
    gint64 deadline = g_get_monotonic_time() + DESK_WAIT_MS * 1000;
    guest_look(guest);
    while (guest->now->photo->state != (int)state)
        wait_for_newer(guest, deadline);
}

void guest_put_portrait(struct guest *guest, int status)
{
    g_autofree char *path = rig_source("src/platformd/demo/stick/portrait.jpg");
    g_autofree char *bytes = NULL;
    g_autofree char *key = g_strdup_printf("photo-%u", guest->keys++);
    gsize n = 0;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    struct reply *reply = guest_send(guest, "PUT", "/v1/application/photo", key, guest->now->version, bytes, n);
    if (reply->status != status)
        print_error("photo: %d %s\n", reply->status, reply->body);
    assert_int_equal(reply->status, status);
    reply_free(reply);
}

void guest_choose(struct guest *guest, const char *major)
{
    g_autofree char *body =
        g_strdup_printf("{\"majors\":[{\"code\":\"%s\",\"version\":\"new\"}],\"county\":\"140105\"}", major);
    guest_must(guest, "POST", "/v1/application", NULL, 200);
    guest_must(guest, "PUT", "/v1/application/majors", body, 200);
}

char *guest_start_degree(struct guest *guest)
{
    struct reply *reply = guest_call(guest, "POST", "/v1/application/prior-degree", NULL);
    assert_int_equal(reply->status, 200);
    struct api_qr *qr = wire_read(&api_qr_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(qr);
    char *address = g_strdup(qr->qr);
    record_free(&api_qr_record, qr);
    reply_free(reply);
    guest_look(guest);
    return address;
}

char *guest_order(struct guest *guest)
{
    struct reply *reply = guest_call(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}");
    assert_int_equal(reply->status, 200);
    struct order *order = wire_read(&order_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(order);
    char *address = g_strdup(order->qr);
    assert_non_null(address);
    record_free(&order_record, order);
    reply_free(reply);
    guest_look(guest);
    return address;
}

const char *guest_form(void)
{
    return "{\"ethnicity\":\"01\",\"occupation\":\"职员\",\"political_status\":\"13\",\"mobile\":\"13800001001\","
           "\"education\":\"31\",\"health\":\"10\",\"work_since\":\"2018-07-01\",\"overseas_relations\":false,"
           "\"native_place\":\"山西省太原市\",\"employer\":\"太原市某某有限公司\","
           "\"address\":\"山西省太原市小店区平阳路88号\","
           "\"resume\":[{\"from\":\"2015-09-01\",\"to\":\"2018-06-30\",\"where\":\"太原市第一中学学习\"},"
           "{\"from\":\"2018-07-01\",\"to\":\"2026-11-30\",\"where\":\"太原市某某有限公司工作\"}],"
           "\"family\":[{\"name\":\"王建军\",\"employer\":\"太原市某某学校\",\"position\":\"教师\"}],"
           "\"awards\":\"无\",\"penalties\":\"无\",\"self_evaluation\":\"\"}";
}
