/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders and the pages of a phone: one open order, paid once, late, cancelled; addresses in any case; prior degrees. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platformd/orders.h"
#include "wire/api.h"
#include "wire/json.h"

#define ORDER_LIFE_S (10 * 60) /* platformd.conf */
#define ORDER        "{\"channel\":\"simulated\"}"

static int open_desk(void **state)
{
    *state = desk_open(&(struct desk_options){0});
    return 0;
}

static int close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

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

static void assert_page(const char *address, const char *form, int status, const char *words)
{
    struct reply *page = desk_phone(address, form);
    if (page->status != status || !strstr(page->body, words))
        print_error("%s %s: wanted %d %s, got %d %s\n", address, form ? form : "", status, words, page->status,
                    page->body);
    assert_int_equal(page->status, status);
    assert_non_null(strstr(page->body, words));
    assert_null(strstr(page->body, "<script"));
    assert_null(strstr(page->body, "http"));
    assert_true(reply_has_header(page, "X-Content-Type-Options: nosniff"));
    assert_true(reply_has_header(page, "Referrer-Policy: no-referrer"));
    assert_true(reply_has_header(page, "Cache-Control: no-store"));
    assert_non_null(strstr(page->headers, "Content-Security-Policy: default-src 'none'; style-src 'sha256-"));
    reply_free(page);
}

static void one_open_order(void **state)
{
    struct guest *guest = payer(*state);
    g_autofree char *first = guest_order(guest);
    g_autofree char *second = guest_order(guest);
    assert_string_equal(first, second);
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"cash\"}", 422, "bad_field");
    assert_false(application_allows(guest->now, EVENT_CREATE_ORDER));
    assert_page(first, "action=cancel", 410, "订单已取消");
    assert_page(first, "action=pay", 410, "订单已取消");
    guest_look(guest);
    assert_int_equal(guest->now->order->state, ORDER_CLOSED);
    assert_true(application_allows(guest->now, EVENT_CREATE_ORDER));
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"wechat\"}", 422, "channel_unavailable");
    g_autofree char *third = guest_order(guest);
    assert_string_not_equal(first, third);
    guest_free(guest);
}

static void paid_once(void **state)
{
    struct guest *guest = payer(*state);
    g_autofree char *address = guest_order(guest);
    assert_page(address, NULL, 200, "40.00 元");
    assert_page(address, "action=steal", 200, "确认支付");
    assert_page(address, "action=pay", 200, "支付成功");
    guest_look(guest);
    int64_t version = guest->now->version, paid_at = guest->now->order->paid_at;
    assert_page(address, "action=pay", 200, "支付成功");
    assert_page(address, "action=cancel", 200, "支付成功");
    assert_page(address, NULL, 200, "支付成功");
    guest_look(guest);
    assert_int_equal(guest->now->version, version);
    assert_int_equal(guest->now->order->paid_at, paid_at);
    guest_refused(guest, "POST", "/v1/application/order", ORDER, 409, "order_not_approved");
    struct reply *order = guest_call(guest, "GET", "/v1/application/order", NULL);
    assert_non_null(strstr(order->body, "\"state\":\"paid\""));
    assert_null(strstr(order->body, "\"qr\""));
    reply_free(order);
    guest_free(guest);
}

/* Ten minutes: at the last second it may be paid, a second later never again, and only then is there another. */
static void expiry(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    struct guest *guest = payer(desk);
    g_autofree char *old = guest_order(guest);
    g_autofree char *old_path = g_strdup(strstr(old, "/P/"));
    int64_t created = guest->now->order->created_at;
    g_autofree char *just_before = clock_format(created + ORDER_LIFE_S - 60);
    desk_reopen(desk, true, just_before);
    guest_look(guest);
    assert_int_equal(guest->now->order->state, ORDER_PAYING);
    g_autofree char *after = clock_format(created + ORDER_LIFE_S);
    desk_reopen(desk, true, after);
    guest_look(guest);
    assert_int_equal(guest->now->order->state, ORDER_EXPIRED);
    g_autofree char *address = g_strconcat(desk_url(desk), old_path, NULL);
    assert_page(address, "action=pay", 410, "订单已过期");
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_SYSTEM_APPROVED);
    g_autofree char *next = guest_order(guest);
    assert_null(strstr(next, old_path));
    assert_page(next, "action=pay", 200, "支付成功");
    assert_page(address, "action=pay", 410, "订单已过期");
    guest_free(guest);
    desk_close(desk);
}

/* Money decides before the clock: who has an open order at the end of the window may still pay; others lapse (e30). */
static void the_window_closes(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.clock = "2026-12-02T09:00:00+08:00"});
    struct guest *guest = payer(desk), *drafting = guest_new(desk, "010124100007");
    guest_must(drafting, "POST", "/v1/application", NULL, 200);
    g_autofree char *end = clock_format(guest->now->window->pay_to - 30);
    /* The demo's batch moves with the clock; this one stays where it is. */
    desk_without_demo(desk);
    desk_reopen(desk, false, end);
    guest_free(guest);
    guest_free(drafting);
    guest = guest_new(desk, "010124100001");
    drafting = guest_new(desk, "010124100007");
    g_autofree char *open = guest_order(guest);
    g_autofree char *path = g_strdup(strstr(open, "/P/"));
    g_autofree char *over = clock_format(guest->now->window->pay_to + 60);
    desk_reopen(desk, true, over);
    guest_look(guest);
    guest_look(drafting);
    assert_int_equal(drafting->now->state, STATE_LAPSED);
    assert_int_equal(drafting->now->allowed->len, 0);
    assert_int_equal(guest->now->state, STATE_SYSTEM_APPROVED);
    g_autofree char *address = g_strconcat(desk_url(desk), path, NULL);
    assert_page(address, "action=pay", 200, "支付成功");
    guest_look(guest);
    assert_int_equal(guest->now->order->state, ORDER_PAID);
    guest_free(guest);
    guest_free(drafting);
    desk_close(desk);
}

static void unknown_addresses(void **state)
{
    static const struct {
        const char *path;
        int status;
    } cases[] = {
        {"/p/", 404},
        {"/P/PAY/", 404},
        {"/p/pay/BY20261202093000AAAAAAAAAAA", 404},
        {"/p/pay/%27%20OR%201=1--", 404},
        {"/p/pay/../../v1/me", 404},
        {"/p/pay/<script>alert(1)</script>", 404},
        {"/p/degree/AAAAAAAAAAAAAAAAAAAAAAAAAA", 404},
        {"/p/photo/AAAAAAAAAAAAAAAAAAAAAAAAAA", 404},
        {"/p/pay/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 404},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply *page = desk_call(*state, "GET", cases[i].path, NULL, NULL, 0);
        assert_int_equal(page->status, cases[i].status);
        assert_null(strstr(page->body, "<script"));
        reply_free(page);
    }
    struct reply *page = desk_call(*state, "PUT", "/p/pay/BY20261202093000AAAAAAAAAAA", NULL, "x", 1);
    assert_int_equal(page->status, 405);
    reply_free(page);
}

static void any_letter_case(void **state)
{
    struct guest *guest = guest_new(*state, "010124100003");
    guest_choose(guest, "120203K");
    g_autofree char *upper = guest_start_degree(guest);
    g_autofree char *lower = g_ascii_strdown(upper, -1);
    for (const char *at = strstr(upper, "/P/DEGREE/") + strlen("/P/DEGREE/"); *at; at++)
        assert_true(g_ascii_isupper(*at) || (*at >= '2' && *at <= '7'));
    assert_page(upper, NULL, 200, "同意授权");
    assert_page(lower, NULL, 200, "同意授权");
    assert_page(lower, "action=refuse", 410, "二维码已失效");
    assert_page(upper, "action=authorise", 410, "二维码已失效");
    guest_look(guest);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_EXPIRED);
    assert_non_null(guest->now->prior_degree->reason);
    /* Again: the old code is dead, the new one works. */
    g_autofree char *next = guest_start_degree(guest);
    assert_page(upper, NULL, 404, "二维码无效");
    assert_page(next, "action=authorise", 200, "授权成功");
    guest_free(guest);
}

/* What the register says of each demo person (design 6.4). */
static void the_register(void **state)
{
    static const struct {
        const char *exam_no, *major;
        enum prior_degree_state outcome;
        const char *page;
    } cases[] = {
        {"010124100004", "120402", PRIOR_MISMATCH, "姓名与您的报名姓名不一致"},
        {"010124100005", "080901", PRIOR_VERIFIED, "授权成功"},
        {"010124100009", "050101", PRIOR_VERIFIED, "授权成功"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct guest *guest = guest_new(*state, cases[i].exam_no);
        guest_choose(guest, cases[i].major);
        g_autofree char *address = guest_start_degree(guest);
        struct reply *page = desk_phone(address, NULL);
        assert_null(strstr(page->body, cases[i].exam_no));
        reply_free(page);
        assert_page(address, "action=authorise", 200, cases[i].page);
        guest_look(guest);
        assert_int_equal(guest->now->prior_degree->state, cases[i].outcome);
        if (cases[i].outcome == PRIOR_MISMATCH)
            guest_refused(guest, "POST", "/v1/application/submit", NULL, 409, "prior_degree_needed");
        guest_free(guest);
    }
}

/* Numbers differ and name nobody. */
static void order_numbers(void **state)
{
    (void)state;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < 1000; i++) {
        char *number = orders_number(1796175000); /* 2026-12-02 09:30 in Shanghai */
        assert_int_equal(strlen(number), 27);
        assert_true(g_str_has_prefix(number, "BY20261202"));
        assert_true(g_hash_table_add(seen, number));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_open_order, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(paid_once, open_desk, close_desk),
        cmocka_unit_test(expiry),
        cmocka_unit_test(the_window_closes),
        cmocka_unit_test_setup_teardown(unknown_addresses, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(any_letter_case, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(the_register, open_desk, close_desk),
        cmocka_unit_test(order_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
