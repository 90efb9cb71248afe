/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad input: every field of the candidate's calls, wrong in every way. Refused with the field named, and nothing has changed. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "wire/api.h"

/* A good body of each call, as "field" → JSON text; what is missing, of a wrong type, too long … is made from it. */
struct good_field {
    const char *name; /* "courses[0].score": as errors name it */
    const char *json;
};
struct good_call {
    enum api_call call;
    const char *list; /* the body is {"LIST":[{…}]}; NULL = {…} */
    struct good_field fields[8];
};

static const struct good_call calls[] = {
    {API_MAJORS, NULL, {{"majors", "[{\"code\":\"120402\",\"version\":\"new\"}]"}, {"county", "\"140105\""}}},
    {API_MAJORS, "majors", {{"code", "\"120402\""}, {"version", "\"new\""}}},
    {API_SUBSTITUTION, NULL, {{"major", "\"120402\""}, {"courses", "[\"00144\",\"00321\"]"}}},
    {API_ADDED_COURSES, NULL, {{"courses", "[]"}}},
    {API_ADDED_COURSES,
     "courses",
     {{"reason", "\"old_plan\""},
      {"code", "\"99001\""},
      {"name", "\"旧课程\""},
      {"passed_on", "\"2001-10-20\""},
      {"score", "70"}}},
    {API_CREATE_ORDER, NULL, {{"channel", "\"simulated\""}}},
    {API_PRINTS, NULL, {{"form_version", "1"}, {"copies", "2"}, {"outcome", "\"in_hand\""}}},
    {API_REGISTER,
     NULL,
     {{"name", "\"王丽娟\""},
      {"id_no", "\"140000200005180029\""},
      {"exam_no", "\"010124100001\""},
      {"mobile", "\"13900001021\""},
      {"password", "\"Zikao-2026\""}}},
};

#define LONG                                                                                                                                                                   \
    "\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四"     \
    "五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十" \
    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六" \
    "七"                                                                                                                                                                      \
    "八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\""

/* NULL = the field is missing. */
static const char *const wrong_values[] = {
    NULL,
    "null",
    "true",
    "-1",
    "1.5",
    "9007199254740993",
    "{}",
    "[[]]",
    "[null]",
    LONG,
    "\"a\\u0000b\"",
    "\"\\u202e\"",
    "\"\\u0007\"",
    "\"\\ud800\"",
    "\"٣٤٥\"",
    "\"' OR 1=1 --\"",
    "\"<script>\"",
    "\"\"",
};

static char *body_of(const struct good_call *call, size_t field, const char *value, bool twice)
{
    GString *body = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(call->fields) && call->fields[i].name; i++) {
        const char *json = i == field ? value : call->fields[i].json;
        for (int n = 0; json && n < 1 + (twice && i == field); n++)
            g_string_append_printf(body, "%s\"%s\":%s", body->len ? "," : "", call->fields[i].name, json);
    }
    char *whole = !call->list ? g_strdup_printf("{%s}", body->str)
                  : call->call == API_MAJORS
                      ? g_strdup_printf("{\"%s\":[{%s}],\"county\":\"140105\"}", call->list, body->str)
                      : g_strdup_printf("{\"%s\":[{%s}]}", call->list, body->str);
    g_string_free(body, TRUE);
    return whole;
}

/* The field or, where several make one thing, the row they stand in. */
static bool names_it(const char *named, const struct good_call *call, const char *field)
{
    return strstr(named, field) || (call->list && g_str_has_prefix(named, call->list));
}

static void assert_refused(struct guest *guest, const struct good_call *call, const char *field, const char *body)
{
    const struct api_entry *entry = &api_entries[call->call];
    struct reply *reply = guest_call(guest, entry->method, entry->path, body);
    g_autofree char *named = reply_field(reply);
    g_autofree char *code = reply_code(reply);
    bool no_json = reply->status == 400 && strcmp(code, "bad_json") == 0;
    if (!no_json && !(reply->status == 422 && names_it(named, call, field)))
        fail_msg("%s %s %s: %d %s", entry->method, entry->path, body, reply->status, reply->body);
    assert_null(strstr(reply->body, "script>"));
    reply_free(reply);
}

/* The one place where one of them is in order: eight characters of two kinds. */
static bool is_in_order(const struct good_field *field, const char *value)
{
    return strcmp(field->name, "password") == 0 && value && strcmp(value, "\"<script>\"") == 0;
}

static void try_all(struct guest *guest, const struct good_call *call)
{
    for (size_t i = 0; i < G_N_ELEMENTS(call->fields) && call->fields[i].name; i++) {
        for (size_t n = 0; n < G_N_ELEMENTS(wrong_values); n++) {
            g_autofree char *body = body_of(call, i, wrong_values[n], false);
            if (!is_in_order(&call->fields[i], wrong_values[n]))
                assert_refused(guest, call, call->fields[i].name, body);
        }
        g_autofree char *twice = body_of(call, i, call->fields[i].json, true);
        assert_refused(guest, call, "", twice);
    }
}

/* ---------------------------------------------------------------- where each call is allowed */

static struct guest *drafting(struct desk *desk)
{
    struct guest *guest = guest_new(desk, "010124100002");
    guest_choose(guest, "120402");
    return guest;
}

static struct guest *printing(struct desk *desk)
{
    struct guest *guest = guest_new(desk, "010124100008");
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    return guest;
}

static void every_field_in_every_way(void **state)
{
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *draft = drafting(desk), *printer = printing(desk);
    int64_t before = draft->now->version, printed = printer->now->version;
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
        try_all(calls[i].call == API_PRINTS ? printer : draft, &calls[i]);
    guest_look(draft);
    guest_look(printer);
    assert_int_equal(draft->now->version, before);
    assert_int_equal(printer->now->version, printed);
    /* Each good body is what it says, but for the order, which comes later, and the registration of somebody registered. */
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
        g_autofree char *body = body_of(&calls[i], G_MAXSIZE, NULL, false);
        const struct api_entry *entry = &api_entries[calls[i].call];
        struct reply *reply =
            guest_call(calls[i].call == API_PRINTS ? printer : draft, entry->method, entry->path, body);
        if (reply->status == 422)
            fail_msg("%s: %d %s", body, reply->status, reply->body);
        reply_free(reply);
    }
    guest_free(draft);
    guest_free(printer);
    desk_close(desk);
}

/* Every write of a candidate: without a key, without a version, with an old one. */
static void no_write_without_its_headers(void **state)
{
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = drafting(desk);
    int64_t version = guest->now->version;
    (void)state;
    for (int call = 0; call < API_CALLS; call++) {
        const struct api_entry *entry = &api_entries[call];
        if (!(entry->flags & API_VERSIONED) || entry->flags & API_STAFF)
            continue;
        struct reply *keyless = guest_send(guest, entry->method, entry->path, NULL, version, "{", 1);
        reply_assert(keyless, entry->request_max ? 400 : 413, entry->request_max ? "key_missing" : "too_large");
        reply_free(keyless);
        keyless = guest_send(guest, entry->method, entry->path, NULL, version, NULL, 0);
        reply_assert(keyless, 400, "key_missing");
        reply_free(keyless);
    }
    guest_look(guest);
    assert_int_equal(guest->now->version, version);
    guest_free(guest);
    desk_close(desk);
}

/* A body in order for a call that wants one: it is read before the version is looked at. */
static char *good_body(enum api_call call)
{
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++)
        if (calls[i].call == call)
            return body_of(&calls[i], G_MAXSIZE, NULL, false);
    return api_entries[call].request ? g_strdup(guest_form()) : NULL;
}

static void no_write_on_an_old_version(void **state)
{
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = drafting(desk);
    int64_t version = guest->now->version;
    (void)state;
    for (int call = 0; call < API_CALLS; call++) {
        const struct api_entry *entry = &api_entries[call];
        if (!(entry->flags & API_VERSIONED) || entry->flags & API_STAFF)
            continue;
        g_autofree char *body = good_body((enum api_call)call);
        for (int late = 0; late < 2; late++) {
            g_autofree char *key = g_strdup_printf("%d-%d", call, late);
            struct reply *reply = guest_send(guest, entry->method, entry->path, key, late ? version - 1 : -1, body,
                                             body ? strlen(body) : 0);
            reply_assert(reply, late ? 412 : 428, late ? "version_stale" : "version_missing");
            reply_free(reply);
        }
    }
    guest_look(guest);
    assert_int_equal(guest->now->version, version);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_in_every_way),
        cmocka_unit_test(no_write_without_its_headers),
        cmocka_unit_test(no_write_on_an_old_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
