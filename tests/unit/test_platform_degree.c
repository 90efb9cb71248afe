/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The prior degree by its machine (domain.md 3.4), and photos and papers that go to the county. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MANUAL       "/v1/application/prior-degree/manual"
#define PHOTO_MANUAL "/v1/application/photo/manual"

static void phone(const char *address, const char *form, int status, const char *words)
{
    struct reply *page = desk_phone(address, form);
    if (page->status != status || !strstr(page->body, words))
        print_error("wanted %d %s, got %d %s\n", status, words, page->status, page->body);
    assert_int_equal(page->status, status);
    assert_non_null(strstr(page->body, words));
    reply_free(page);
}

static void authorise(struct guest *guest, enum prior_degree_state outcome)
{
    g_autofree char *address = guest_start_degree(guest);
    phone(address, "action=authorise", 200, "授权");
    guest_wait_degree(guest, outcome);
}

static void mismatch(struct guest *guest)
{
    g_autofree char *address = guest_start_degree(guest);
    struct reply *page = desk_phone(address, "action=authorise");
    assert_int_equal(page->status, 200);
    reply_free(page);
    guest_wait_degree(guest, PRIOR_MISMATCH);
}

/* D2 → D3 → D4: between the person's yes and the register's answer lies a moment, which a crash does not lose. */
static void d3_the_register_takes_a_moment(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.moment_ms = 3600 * 1000});
    struct guest *guest = guest_new(desk, "010124100005");
    guest_choose(guest, "080901");
    assert_int_equal(guest->now->prior_degree->state, PRIOR_NONE);
    assert_int_equal(guest->now->prior_degree->tries_left, 3);
    g_autofree char *address = guest_start_degree(guest);
    phone(address, "action=authorise", 200, "正在核验");
    phone(address, "action=refuse", 200, "正在核验"); /* the first answer stands */
    guest_look(guest);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_WAITING);
    assert_int_equal(guest->now->prior_degree->expires_at, 0);
    assert_false(application_allows(guest->now, EVENT_SUBMIT));
    assert_false(application_allows(guest->now, EVENT_PRIOR_DEGREE));
    desk_reopen(desk, true, "2026-12-02T11:00:00+08:00");
    guest_free(guest);
    guest = guest_new(desk, "010124100005");
    assert_int_equal(guest->now->prior_degree->state, PRIOR_VERIFIED);
    assert_string_equal(guest->now->prior_degree->major, "计算机应用");
    assert_string_equal(guest->now->prior_degree->school, "太原理工大学");
    assert_int_equal(strlen(guest->now->prior_degree->certificate_tail), 4);
    guest_free(guest);
    desk_close(desk);
}

/* 004's diploma bears another name: three answers, then only papers; the county route is forced (R49). */
static void r49_papers_after_three_tries(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.stumbling = true});
    struct guest *guest = guest_new(desk, "010124100004");
    guest_choose(guest, "120402");
    guest_refused(guest, "POST", MANUAL, NULL, 409, "prior_degree_try_first");
    for (int left = 2; left >= 0; left--) {
        mismatch(guest);
        assert_int_equal(guest->now->prior_degree->tries_left, left);
        assert_non_null(guest->now->prior_degree->reason);
        guest_refused(guest, "POST", "/v1/application/submit", NULL, 409, "prior_degree_needed");
    }
    guest_refused(guest, "POST", "/v1/application/prior-degree", NULL, 409, "prior_degree_no_tries");
    guest_must(guest, "POST", MANUAL, NULL, 200);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_MANUAL_PENDING);
    assert_non_null(guest->now->prior_degree->reason);
    guest_refused(guest, "POST", MANUAL, NULL, 409, "prior_degree_at_county");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING);
    bool papers = false;
    for (guint i = 0; i < guest->now->checklist->len; i++)
        papers = papers || strcmp(((struct checklist_item *)guest->now->checklist->pdata[i])->key,
                                  "checklist.prior_degree_papers") == 0;
    assert_true(papers);
    guest_free(guest);
    desk_close(desk);
}

/* A code that ran out or was refused is no answer of the register and costs no try. */
static void only_answers_are_counted(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "prior_degree_tries = 1;\n"});
    struct guest *guest = guest_new(desk, "010124100004");
    guest_choose(guest, "120402");
    for (int i = 0; i < 3; i++) {
        g_autofree char *address = guest_start_degree(guest);
        phone(address, "action=refuse", 410, "二维码已失效");
        guest_look(guest);
    }
    assert_int_equal(guest->now->prior_degree->state, PRIOR_EXPIRED);
    assert_int_equal(guest->now->prior_degree->tries_left, 1);
    mismatch(guest);
    assert_int_equal(guest->now->prior_degree->tries_left, 0);
    assert_false(application_allows(guest->now, EVENT_PRIOR_DEGREE));
    assert_true(application_allows(guest->now, EVENT_PRIOR_DEGREE_MANUAL));
    guest_free(guest);
    desk_close(desk);
}

/* Before the submission a verified one may be authorised anew; after it never. */
static void e8_again_before_the_submission(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100009");
    guest_choose(guest, "050101");
    authorise(guest, PRIOR_VERIFIED);
    assert_true(application_allows(guest->now, EVENT_PRIOR_DEGREE));
    g_autofree char *address = guest_start_degree(guest);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_QR_SHOWN);
    assert_null(guest->now->prior_degree->school);
    guest_refused(guest, "POST", "/v1/application/submit", NULL, 409, "prior_degree_needed");
    phone(address, "action=authorise", 200, "授权成功");
    guest_look(guest);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING);
    guest_refused(guest, "POST", "/v1/application/prior-degree", NULL, 409, "application_already_submitted");
    guest_refused(guest, "POST", MANUAL, NULL, 409, "application_already_submitted");
    guest_free(guest);
    desk_close(desk);
}

/* 专科 applicants never see the chapter (domain.md 9.32). */
static void junior_applicants_need_none(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    guest_refused(guest, "POST", "/v1/application/prior-degree", NULL, 409, "application_bachelor_only");
    guest_refused(guest, "POST", MANUAL, NULL, 409, "application_bachelor_only");
    guest_free(guest);
    desk_close(desk);
}

/* ---------------------------------------------------------------- photos */

/* Instead of the terminal's way, from no picture at all; then nothing is uploaded until the county has decided. */
static void r20_photo_at_the_county(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    guest_refused(guest, "POST", PHOTO_MANUAL, NULL, 409, "photo_not_now");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    assert_int_equal(guest->now->photo->tries_left, 3);
    guest_must(guest, "POST", PHOTO_MANUAL, NULL, 200);
    assert_int_equal(guest->now->photo->state, PHOTO_MANUAL_REQUESTED);
    guest_put_portrait(guest, 409);
    guest_refused(guest, "POST", PHOTO_MANUAL, NULL, 409, "photo_at_county");
    guest_refused(guest, "GET", "/v1/application/photo", NULL, 404, "no_photo");
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}", 409, "order_photo_first");
    guest_free(guest);
    desk_close(desk);
}

/* 010: refused three times by the system. */
static void r23_three_refusals_then_the_county(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){0});
    struct guest *guest = guest_new(desk, "010124100010");
    assert_int_equal(guest->now->photo->tries_left, 0);
    guest_put_portrait(guest, 409);
    guest_must(guest, "POST", PHOTO_MANUAL, NULL, 200);
    assert_int_equal(guest->now->photo->state, PHOTO_MANUAL_REQUESTED);
    guest_free(guest);
    desk_close(desk);
}

/* d2: where the photo comes first, it is wanted before the submission and then no more. */
static void r19_photo_first_where_it_is_so(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "photo_before_submit = true;\n"});
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    guest_refused(guest, "POST", "/v1/application/submit", NULL, 409, "application_photo_first");
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_SYSTEM_APPROVED);
    g_autofree char *order = guest_order(guest);
    assert_non_null(order);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(d3_the_register_takes_a_moment),     cmocka_unit_test(r49_papers_after_three_tries),
        cmocka_unit_test(only_answers_are_counted),           cmocka_unit_test(e8_again_before_the_submission),
        cmocka_unit_test(junior_applicants_need_none),        cmocka_unit_test(r20_photo_at_the_county),
        cmocka_unit_test(r23_three_refusals_then_the_county), cmocka_unit_test(r19_photo_first_where_it_is_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
