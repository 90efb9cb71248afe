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
        cmocka_unit_test(nobody_is_told_there_is_nothing),
        cmocka_unit_test(nobody_is_logged_out),
        cmocka_unit_test(pages_are_busy),
        cmocka_unit_test(reading_goes_on_beside_a_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
