/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The candidates of desk.h: what a terminal would send for them. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "rig.h"
#include "wire/api.h"
#include "wire/json.h"

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
    if (!guest)
        return;
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

void guest_wait_degree(struct guest *guest, enum prior_degree_state state)
{
    gint64 deadline = g_get_monotonic_time() + DESK_WAIT_MS * 1000;
    guest_look(guest);
    while (guest->now->prior_degree->state != (int)state)
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
