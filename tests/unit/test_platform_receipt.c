/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts (R33), the time an order has, and what a policy makes of both. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "wire/api.h"
#include "wire/json.h"

#define RECEIPT "/v1/application/receipt"

/* A candidate who may pay. */
static struct guest *payer(struct desk *desk)
{
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    return guest;
}

static void pay(struct guest *guest)
{
    g_autofree char *address = guest_order(guest);
    struct reply *page = desk_phone(address, "action=pay");
    assert_int_equal(page->status, 200);
    reply_free(page);
    guest_wait_state(guest, STATE_PAID);
}

static struct api_receipt *receipt(struct guest *guest)
{
    struct reply *reply = guest_call(guest, "GET", RECEIPT, NULL);
    if (reply->status != 200)
        print_error("receipt: %d %s\n", reply->status, reply->body);
    assert_int_equal(reply->status, 200);
    struct api_receipt *found = wire_read(&api_receipt_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(found);
    reply_free(reply);
    return found;
}

static bool all_of(const char *text, const char *characters, size_t n)
{
    return strlen(text) == n && strspn(text, characters) == n;
}

static void assert_receipt(const struct api_receipt *found)
{
    assert_true(all_of(found->code, "0123456789", 8));
    assert_true(g_str_has_prefix(found->code, "14") && g_str_has_suffix(found->code, "26"));
    assert_true(all_of(found->number, "0123456789", 10));
    assert_true(all_of(found->check, "0123456789abcdef", 6));
    assert_string_equal(found->payer, "王丽娟");
    assert_int_equal(found->amount_fen, 4000);
}

static void assert_its_page(const struct api_receipt *found)
{
    struct reply *page = desk_phone(found->qr, NULL);
    g_autofree char *lower = g_ascii_strdown(found->qr, -1);
    struct reply *same = desk_phone(lower, NULL);
    assert_int_equal(page->status, 200);
    assert_non_null(strstr(page->body, found->number));
    assert_non_null(strstr(page->body, found->check));
    assert_non_null(strstr(page->body, "40.00 元"));
    assert_null(strstr(page->body, found->payer)); /* masked */
    assert_string_equal(page->body, same->body);
    for (const char *at = found->qr; *at; at++)
        assert_false(g_ascii_islower(*at));
    reply_free(page);
    reply_free(same);
}

/* Counted from the payment, not from the login; the restart between loses nothing and changes nothing. */
static void r33_receipt_after_twenty_minutes(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    struct guest *guest = payer(desk);
    guest_refused(guest, "GET", RECEIPT, NULL, 409, "order_not_paid");
    pay(guest);
    guest_refused(guest, "GET", RECEIPT, NULL, 409, "order_receipt_later");
    int64_t due = guest->now->order->paid_at + 20 * 60;
    g_autofree char *before = clock_format(due - 60), *after = clock_format(due);
    desk_reopen(desk, true, before);
    guest_refused(guest, "GET", RECEIPT, NULL, 409, "order_receipt_later");
    desk_reopen(desk, true, after);
    guest_look(guest);
    assert_int_equal(guest->now->order->state, ORDER_RECEIPT_ISSUED);
    assert_int_equal(guest->now->state, STATE_PAID);
    struct api_receipt *first = receipt(guest);
    assert_receipt(first);
    assert_its_page(first);
    assert_in_range(first->issued_at, due, due + 60);
    desk_reopen(desk, false, NULL);
    struct api_receipt *second = receipt(guest);
    g_free(second->qr); /* another port */
    second->qr = g_strdup(first->qr);
    assert_true(record_equal(&api_receipt_record, first, second));
    record_free(&api_receipt_record, first);
    record_free(&api_receipt_record, second);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    guest_free(guest);
    desk_close(desk);
}

/* By itself, while somebody looks on. */
static void the_agenda_issues_it(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "receipt_after_min = 0;\n"});
    struct guest *guest = payer(desk);
    pay(guest);
    gint64 deadline = g_get_monotonic_time() + DESK_WAIT_MS * 1000;
    while (guest->now->order->state != ORDER_RECEIPT_ISSUED && g_get_monotonic_time() < deadline) {
        g_autofree char *path =
            g_strdup_printf("/v1/application?after=%" G_GINT64_FORMAT "&wait=5", guest->now->version);
        reply_free(guest_call(guest, "GET", path, NULL));
    }
    struct api_receipt *found = receipt(guest);
    assert_receipt(found);
    record_free(&api_receipt_record, found);
    guest_free(guest);
    desk_close(desk);
}

/* Numbers are given once; addresses of receipts cannot be guessed, and those of orders open none. */
static void r33_everybody_has_their_own(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "receipt_after_min = 0;\n"});
    struct guest *guest = payer(desk), *other = guest_new(desk, "010124100008");
    pay(guest);
    guest_look(guest);
    struct api_receipt *one = receipt(guest), *two = receipt(other);
    assert_string_not_equal(one->number, two->number);
    assert_string_not_equal(one->qr, two->qr);
    assert_string_not_equal(one->payer, two->payer);
    g_autofree char *wrong =
        g_strconcat(desk_url(desk), "/P/RECEIPT/", strrchr(guest->now->order->order_no, 'B'), NULL);
    struct reply *page = desk_phone(wrong, NULL);
    assert_int_equal(page->status, 404);
    reply_free(page);
    record_free(&api_receipt_record, one);
    record_free(&api_receipt_record, two);
    guest_free(guest);
    guest_free(other);
    desk_close(desk);
}

static void an_order_lives_as_long_as_the_policy_says(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "order_life_min = 2;\n"});
    struct guest *guest = payer(desk);
    g_autofree char *address = guest_order(guest);
    assert_int_equal(guest->now->order->expires_at - guest->now->order->created_at, 120);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r33_receipt_after_twenty_minutes),
        cmocka_unit_test(the_agenda_issues_it),
        cmocka_unit_test(r33_everybody_has_their_own),
        cmocka_unit_test(an_order_lives_as_long_as_the_policy_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
