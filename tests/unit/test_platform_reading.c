/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cannot be read is told as a fault of the platform, never as "there is nothing", "not you" or "not allowed". */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PAID "010124100008"

/* A table that is away stands for a disk that does not give it back. */
static void take_away(const struct desk *desk, const char *table, bool away)
{
    g_autofree char *gone = g_strconcat(table, "_gone", NULL);
    g_autofree char *sql = g_strdup_printf("ALTER TABLE %s RENAME TO %s", away ? table : gone, away ? gone : table);
    const char *const statements[] = {sql, NULL};
    clerk_sql(desk, statements);
}

static void storage_is_at_fault(struct guest *guest, const char *method, const char *path, const char *body)
{
    struct reply *reply = guest_call(guest, method, path, body);
    reply_assert(reply, 500, "storage");
    reply_free(reply);
}

static void nobody_is_told_there_is_nothing(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, PAID);
    assert_int_equal(guest->now->state, STATE_PAID);
    take_away(desk, "applications", true);
    storage_is_at_fault(guest, "GET", "/v1/application", NULL);
    storage_is_at_fault(guest, "GET", "/v1/application/order", NULL);
    storage_is_at_fault(guest, "GET", "/v1/application/receipt", NULL);
    storage_is_at_fault(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}");
    storage_is_at_fault(guest, "POST", "/v1/application/reapply", NULL);
    take_away(desk, "applications", false);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_PAID);
    guest_free(guest);
    desk_close(desk);
}

static void nobody_is_logged_out(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, PAID);
    take_away(desk, "logins", true);
    storage_is_at_fault(guest, "GET", "/v1/me", NULL);
    storage_is_at_fault(guest, "PUT", "/v1/application/registration-form", guest_form());
    take_away(desk, "logins", false);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    guest_free(guest);
    desk_close(desk);
}

static void nobody_is_told_to_be_wrong(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    take_away(desk, "candidates", true);
    take_away(desk, "staff", true);
    for (int i = 0; i < 6; i++) { /* nor is it counted as a failure */
        struct reply *login = desk_login(desk, PAID, DESK_PASSWORD);
        struct reply *staff = clerk_login(desk, CLERK_COUNTY, DESK_PASSWORD);
        reply_assert(login, 500, "storage");
        reply_assert(staff, 500, "storage");
        reply_free(login);
        reply_free(staff);
    }
    take_away(desk, "candidates", false);
    take_away(desk, "staff", false);
    guest_free(guest_new(desk, PAID));
    clerk_free(clerk_new(desk, CLERK_COUNTY));
    desk_close(desk);
}

/* The page under the QR says that it is busy, not that there is no such order. */
static void pages_are_busy(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, PAID);
    g_autofree char *address = g_strconcat(desk_url(desk), "/p/pay/", guest->now->order->order_no, NULL);
    take_away(desk, "orders", true);
    struct reply *page = desk_phone(address, NULL);
    assert_int_equal(page->status, 503);
    reply_free(page);
    take_away(desk, "orders", false);
    page = desk_phone(address, NULL);
    assert_int_equal(page->status, 200);
    reply_free(page);
    guest_free(guest);
    desk_close(desk);
}

/* ---------------------------------------------------------------- whatever is away */

static const char *const tables[] = {
    "plans",
    "plan_courses",
    "candidates",
    "candidate_majors",
    "results",
    "prior_degrees",
    "batches",
    "staff",
    "versions",
    "facts",
    "logins",
    "staff_logins",
    "idempotency",
    "drafts",
    "applications",
    "audit",
    "substitutions",
    "added_courses",
    "archives",
    "application_items",
    "photos",
    "orders",
    "registration_forms",
    "prints",
    "degree_authorisations",
    "consumed",
    "receipts",
    "login_failures",
    "application_counts",
};

static const struct {
    const char *method, *path, *body;
} calls[] = {
    {"GET", "/v1/me", NULL},
    {"GET", "/v1/plans/120402", NULL},
    {"GET", "/v1/courses/00277", NULL},
    {"GET", "/v1/eligibility?major=120402", NULL},
    {"GET", "/v1/application", NULL},
    {"PUT", "/v1/application/majors", "{\"majors\":[{\"code\":\"120402\",\"version\":\"new\"}],\"county\":\"140105\"}"},
    {"PUT", "/v1/application/english-substitution", "{\"major\":\"120402\",\"courses\":[\"00144\",\"00321\"]}"},
    {"PUT", "/v1/application/added-courses",
     "{\"courses\":[{\"reason\":\"old_plan\",\"code\":\"99001\",\"name\":\"旧课程\",\"passed_on\":\"2001-10-20\","
     "\"score\":70}]}"},
    {"POST", "/v1/application/prior-degree", NULL},
    {"POST", "/v1/application/submit", NULL},
    {"GET", "/v1/application/photo", NULL},
    {"POST", "/v1/application/photo/manual", NULL},
    {"POST", "/v1/application/order", "{\"channel\":\"simulated\"}"},
    {"GET", "/v1/application/order", NULL},
    {"GET", "/v1/application/receipt", NULL},
    {"PUT", "/v1/application/registration-form", NULL},
    {"GET", "/v1/draft", NULL},
    {"GET", "/healthz", NULL},
    {"GET", "/metrics", NULL},
};

/* Only what does not need the table may go well; the platform lives on. */
static void try_everything(struct guest *guest, const char *degree)
{
    for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
        bool form = g_str_has_suffix(calls[i].path, "registration-form");
        struct reply *reply = guest_call(guest, calls[i].method, calls[i].path, form ? guest_form() : calls[i].body);
        assert_in_range(reply->status, 200, 503);
        reply_free(reply);
    }
    struct reply *page = desk_phone(degree, NULL);
    assert_in_range(page->status, 200, 503);
    reply_free(page);
}

static void try_as_staff(struct clerk *clerk)
{
    static const char *const paths[] = {"/v1/staff/me", "/v1/staff/reviews", "/v1/staff/reviews?state=paid"};
    static const char *const kinds[] = {"reviews", "photos", "prior-degrees", "joint-reviews"};
    g_autofree char *own = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT, clerk->now->id);
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
        reply_free(clerk_call(clerk, "GET", paths[i], NULL));
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        reply_free(clerk_try(clerk, kinds[i], "approve", NULL, NULL));
    struct reply *reply = clerk_call(clerk, "GET", own, NULL);
    assert_in_range(reply->status, 200, 503);
    reply_free(reply);
}

static void nothing_that_is_away_ends_it(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *drafting = guest_new(desk, "010124100002"), *paid = guest_new(desk, PAID);
    guest_choose(drafting, "120402");
    g_autofree char *degree = guest_start_degree(drafting);
    struct clerk *clerk = clerk_new(desk, CLERK_COUNTY);
    clerk_find(clerk, PAID);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        take_away(desk, tables[i], true);
        try_everything(drafting, degree);
        try_everything(paid, degree);
        try_as_staff(clerk);
        take_away(desk, tables[i], false);
    }
    guest_look(paid);
    assert_int_equal(paid->now->order->state, ORDER_RECEIPT_ISSUED);
    clerk_free(clerk);
    guest_free(drafting);
    guest_free(paid);
    desk_close(desk);
}

/* Somebody else who writes keeps nobody from reading. */
static void reading_goes_on_beside_a_writer(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, PAID);
    struct sqlite3 *holder = desk_hold(desk);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_PAID);
    desk_let_go(holder);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_told_there_is_nothing), cmocka_unit_test(nobody_is_logged_out),
        cmocka_unit_test(nobody_is_told_to_be_wrong),      cmocka_unit_test(pages_are_busy),
        cmocka_unit_test(nothing_that_is_away_ends_it),    cmocka_unit_test(reading_goes_on_beside_a_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
