/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all calls have in common, on each of them: headers that lack, bodies too large, a database that is held, a disk that fails. */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PAID "010124100008"

struct office {
    struct desk *desk;
    struct guest *guest;
    struct clerk *clerk;
};

static int open_office(void **state)
{
    struct office *office = g_new0(struct office, 1);
    office->desk = desk_open(&(struct desk_options){0});
    office->guest = guest_new(office->desk, PAID);
    office->clerk = clerk_new(office->desk, CLERK_COUNTY);
    clerk_find(office->clerk, PAID);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    struct office *office = *state;
    clerk_free(office->clerk);
    guest_free(office->guest);
    desk_close(office->desk);
    g_free(office);
    return 0;
}

/* ---------------------------------------------------------------- one call, as whoever it is for */

/* A body that its call accepts, or refuses for what the rules say; NULL = none is expected. */
static const char *body_of(enum api_call call)
{
    static const char *const bodies[API_CALLS] = {
        [API_MAJORS] = "{\"majors\":[{\"code\":\"690206\",\"version\":\"new\"}],\"county\":\"140105\"}",
        [API_SUBSTITUTION] = "{\"major\":\"120402\",\"courses\":[]}",
        [API_ADDED_COURSES] = "{\"courses\":[]}",
        [API_PUT_ARCHIVE] = "PK",
        [API_PUT_PHOTO] = "x",
        [API_CREATE_ORDER] = "{\"channel\":\"simulated\"}",
        [API_PRINTS] = "{\"form_version\":1,\"copies\":2,\"outcome\":\"in_hand\"}",
        [API_PUT_DRAFT] = "{\"entries\":[]}",
        [API_REVIEW_DECISION] = "{\"decision\":\"approve\"}",
        [API_PHOTO_DECISION] = "{\"decision\":\"approve\"}",
        [API_PRIOR_DEGREE_DECISION] = "{\"decision\":\"approve\"}",
        [API_JOINT_DECISION] = "{\"decision\":\"approve\"}",
    };
    return call == API_PUT_FORM ? guest_form() : bodies[call];
}

static char *path_of(const struct office *office, const struct api_entry *entry)
{
    g_auto(GStrv) parts = g_strsplit(entry->path, "{id}", 2);
    return parts[1] ? g_strdup_printf("%s%" G_GINT64_FORMAT "%s", parts[0], office->clerk->now->id, parts[1])
                    : g_strdup(entry->path);
}

enum version { VERSION_NONE, VERSION_OLD, VERSION_NOW };

static void must(struct office *office, const struct api_entry *entry, const char *key, enum version which,
                 const char *body, int status)
{
    g_autofree char *path = path_of(office, entry);
    bool staff = entry->flags & API_STAFF;
    int64_t now = staff ? office->clerk->now->application->version : office->guest->now->version;
    int64_t version = which == VERSION_NONE ? -1 : which == VERSION_OLD ? now - 1 : now;
    gsize n = body ? strlen(body) : 0;
    struct reply *reply = staff ? clerk_send(office->clerk, entry->method, path, key, version, body)
                                : guest_send(office->guest, entry->method, path, key, version, body, n);
    if (reply->status != status)
        fail_msg("%s %s: wanted %d, got %d %s", entry->method, path, status, reply->status, reply->body);
    reply_free(reply);
}

typedef void (*write_fn)(struct office *office, const struct api_entry *entry);

static void each_write(struct office *office, write_fn fn)
{
    for (size_t call = 0; call < API_CALLS; call++)
        if (api_entries[call].flags & API_WRITE)
            fn(office, &api_entries[call]);
}

/* ---------------------------------------------------------------- headers, size, storage */

static void without_headers(struct office *office, const struct api_entry *entry)
{
    must(office, entry, NULL, VERSION_NOW, body_of(entry->call), 400);
    if (!(entry->flags & API_VERSIONED))
        return;
    must(office, entry, "headers", VERSION_NONE, body_of(entry->call), 428);
    must(office, entry, "headers", VERSION_OLD, body_of(entry->call), 412);
}

static void headers_are_needed(void **state)
{
    each_write(*state, without_headers);
}

static void with_too_much(struct office *office, const struct api_entry *entry)
{
    g_autofree char *body = g_strnfill(entry->request_max + 1, ' ');
    must(office, entry, "much", VERSION_NOW, body, 413);
}

static void bodies_are_bounded(void **state)
{
    each_write(*state, with_too_much);
}

static void while_held(struct office *office, const struct api_entry *entry)
{
    must(office, entry, "held", VERSION_NOW, body_of(entry->call), 503);
}

static void while_broken(struct office *office, const struct api_entry *entry)
{
    must(office, entry, "broken", VERSION_NOW, body_of(entry->call), 500);
}

static struct reply *registration(const struct office *office)
{
    static const char body[] = "{\"name\":\"张三\",\"id_no\":\"140000200005180029\",\"exam_no\":\"010124100001\","
                               "\"mobile\":\"13900001021\",\"password\":\"" DESK_PASSWORD "\"}";
    return desk_call(office->desk, "POST", "/v1/registrations", NULL, body, strlen(body));
}

/* Logins and registrations have no key, but end in a transaction as well. */
static void newcomers(struct office *office, int status)
{
    struct reply *replies[] = {
        desk_login(office->desk, PAID, DESK_PASSWORD),
        clerk_login(office->desk, CLERK_COUNTY, DESK_PASSWORD),
        registration(office),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(replies); i++) {
        assert_int_equal(replies[i]->status, status);
        reply_free(replies[i]);
    }
}

static void somebody_else_writes(void **state)
{
    struct office *office = *state;
    struct sqlite3 *holder = desk_hold(office->desk);
    each_write(office, while_held);
    newcomers(office, 503);
    desk_let_go(holder);
}

static void the_disk_gives_nothing_back(void **state)
{
    static const char *const answers[] = {"ALTER TABLE idempotency RENAME TO gone", NULL};
    static const char *const accounts[] = {"ALTER TABLE candidates RENAME TO nobody",
                                           "ALTER TABLE staff RENAME TO none", NULL};
    struct office *office = *state;
    clerk_sql(office->desk, answers);
    each_write(office, while_broken);
    clerk_sql(office->desk, accounts);
    newcomers(office, 500);
}

/* ---------------------------------------------------------------- drafts, logins, photos */

static void the_rest(void **state)
{
    struct office *office = *state;
    const struct api_entry *put = &api_entries[API_PUT_DRAFT], *drop = &api_entries[API_DELETE_DRAFT];
    must(office, put, "first", VERSION_NOW, "{\"entries\":[]}", 204);
    must(office, put, "first", VERSION_NOW, "{\"entries\":[{\"key\":\"a\",\"value\":\"b\"}]}", 409);
    must(office, drop, "first", VERSION_NOW, NULL, 409);
    must(office, put, "second", VERSION_NOW, "{\"entries\":7}", 422);
    struct reply *login = desk_login(office->desk, "", "");
    reply_assert(login, 422, "bad_field");
    reply_free(login);
    struct guest *drafting = guest_new(office->desk, "010124100010");
    struct reply *photo = guest_send(drafting, "PUT", "/v1/application/photo", "p", drafting->now->version, "x", 1);
    assert_int_equal(photo->status, 409); /* three were refused: only the county helps */
    reply_free(photo);
    guest_free(drafting);
    drafting = guest_new(office->desk, "010124100001");
    clerk_submit(drafting, (const char *const[]){"690206", NULL}, "140105", STATE_SYSTEM_APPROVED);
    photo = guest_send(drafting, "PUT", "/v1/application/photo", "p", drafting->now->version, "x", 1);
    assert_int_equal(photo->status, 422);
    reply_free(photo);
    guest_free(drafting);
}

/* ---------------------------------------------------------------- pages */

static void page(const char *address, const char *form, int status)
{
    struct reply *reply = desk_phone(address, form);
    if (reply->status != status)
        fail_msg("%s %s: wanted %d, got %d", address, form ? form : "", status, reply->status);
    reply_free(reply);
}

static char *unknown(const struct office *office, const char *kind)
{
    return g_strdup_printf("%s/p/%s/AAAAAAAAAAAAAAAAAAAAAAAAAA", desk_url(office->desk), kind);
}

static void pages_that_are_over(void **state)
{
    struct office *office = *state;
    struct guest *guest = guest_new(office->desk, "010124100001");
    g_autofree char *much = g_strnfill(5000, 'x');
    g_autofree char *pay = unknown(office, "pay"), *degree = unknown(office, "degree");
    page(pay, "action=pay", 404);
    page(degree, "action=authorise", 404);
    page(pay, much, 413);
    page(degree, much, 413);
    clerk_submit(guest, (const char *const[]){"690206", NULL}, "140105", STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    g_autofree char *order = guest_order(guest);
    struct sqlite3 *holder = desk_hold(office->desk);
    page(order, "action=pay", 503);
    page(degree, "action=authorise", 503);
    desk_let_go(holder);
    page(order, "action=cancel", 410);
    page(order, NULL, 410);
    guest_free(guest);
    guest = guest_new(office->desk, "010124100002");
    guest_choose(guest, "120402");
    g_autofree char *asked = guest_start_degree(guest);
    page(asked, "action=refuse", 410);
    page(asked, NULL, 410);
    guest_free(guest);
}

static void receipts_that_cannot_be_read(void **state)
{
    static const char *const away[] = {"ALTER TABLE receipts RENAME TO gone", NULL};
    struct office *office = *state;
    g_autofree char *receipt = unknown(office, "receipt");
    page(receipt, NULL, 404);
    clerk_sql(office->desk, away);
    page(receipt, NULL, 503);
}

#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(headers_are_needed),           EACH(bodies_are_bounded), EACH(somebody_else_writes),
        EACH(the_disk_gives_nothing_back),  EACH(the_rest),           EACH(pages_that_are_over),
        EACH(receipts_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
