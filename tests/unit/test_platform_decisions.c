/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What staff decide, and that nobody else can and nothing else follows. */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platformd/database.h"
#include "wire/json.h"

#define PERSON "010124100001" /* 专科, all courses of 690206 passed */
#define WHY    "上传的合格证不清晰，请重新扫描。"

/* A desk of its own, a candidate with more majors to choose from, their county's clerk. */
struct office {
    struct desk *desk;
    struct guest *guest;
    struct clerk *clerk;
};

static int open_office(void **state)
{
    struct office *office = g_new0(struct office, 1);
    office->desk = desk_open(&(struct desk_options){0});
    clerk_add_majors(office->desk, PERSON);
    office->guest = guest_new(office->desk, PERSON);
    office->clerk = clerk_new(office->desk, CLERK_COUNTY);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    struct office *office = *state;
    guest_free(office->guest);
    clerk_free(office->clerk);
    desk_close(office->desk);
    g_free(office);
    return 0;
}

static void submit(struct office *office, const char *const majors[], enum application_state state)
{
    clerk_submit(office->guest, majors, "140105", state);
    clerk_find(office->clerk, PERSON);
}

static const struct application_item *row(const struct guest *guest, guint i)
{
    assert_true(i < guest->now->items->len);
    return guest->now->items->pdata[i];
}

static void assert_row(const struct guest *guest, guint i, enum application_state state, const char *progress,
                       const char *note)
{
    assert_int_equal(row(guest, i)->state, state);
    assert_string_equal(row(guest, i)->progress, progress);
    assert_int_equal(g_strcmp0(row(guest, i)->note, note), 0);
}

static const struct api_audit *last_line(const struct clerk *clerk)
{
    assert_true(clerk->now->audit->len > 0);
    return clerk->now->audit->pdata[clerk->now->audit->len - 1];
}

static void assert_last_line(const struct clerk *clerk, const char *actor, enum application_event event,
                             const char *detail, const char *reason)
{
    const struct api_audit *line = last_line(clerk);
    assert_string_equal(line->actor, actor);
    assert_int_equal(line->event, event);
    assert_string_equal(line->detail, detail);
    assert_int_equal(g_strcmp0(line->reason, reason), 0);
    assert_true(line->at > 0);
}

static void order_refused(struct guest *guest, const char *code)
{
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}", 409, code);
}

#define HARD     ((const char *const[]){CLERK_HARD_MAJOR, NULL})
#define TWO_HARD ((const char *const[]){CLERK_HARD_MAJOR, CLERK_HARD_SECOND, NULL})
#define MIXED    ((const char *const[]){"690206", CLERK_HARD_MAJOR, NULL})
#define EASY     ((const char *const[]){"690206", NULL})

/* ---------------------------------------------------------------- the county's review */

/* System or county: then, and only then, it may be paid. */
static void r24_the_county_approves(void **state)
{
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    assert_row(office->guest, 0, STATE_COUNTY_PENDING, "待太原市小店区招办预审", NULL);
    guest_put_portrait(office->guest, 200);
    guest_wait_photo(office->guest, PHOTO_ACCEPTED);
    order_refused(office->guest, "order_not_approved");
    clerk_look(office->clerk);
    clerk_decide(office->clerk, "reviews", "approve", NULL, NULL);
    assert_int_equal(office->clerk->now->application->state, STATE_COUNTY_APPROVED);
    assert_last_line(office->clerk, CLERK_COUNTY, EVENT_COUNTY_APPROVE, "county_approved", NULL);
    guest_look(office->guest);
    assert_row(office->guest, 0, STATE_COUNTY_APPROVED, "太原市小店区招办已预审通过", NULL);
    assert_true(application_allows(office->guest->now, EVENT_CREATE_ORDER));
}

/* Two rows at the county: the first approval alone opens nothing. */
static void r25_all_rows_must_be_approved(void **state)
{
    struct office *office = *state;
    submit(office, TWO_HARD, STATE_COUNTY_PENDING);
    guest_put_portrait(office->guest, 200);
    guest_wait_photo(office->guest, PHOTO_ACCEPTED);
    clerk_look(office->clerk);
    assert_true(clerk_may(office->clerk, EVENT_COUNTY_APPROVE_ITEM));
    assert_false(clerk_may(office->clerk, EVENT_COUNTY_APPROVE));
    clerk_decide(office->clerk, "reviews", "approve", NULL, CLERK_HARD_SECOND);
    assert_int_equal(office->clerk->now->application->state, STATE_COUNTY_PENDING);
    assert_last_line(office->clerk, CLERK_COUNTY, EVENT_COUNTY_APPROVE_ITEM, "county_approved", NULL);
    assert_string_equal(last_line(office->clerk)->major, CLERK_HARD_SECOND);
    guest_look(office->guest);
    assert_row(office->guest, 0, STATE_COUNTY_PENDING, "待太原市小店区招办预审", NULL);
    assert_row(office->guest, 1, STATE_COUNTY_APPROVED, "太原市小店区招办已预审通过", NULL);
    order_refused(office->guest, "order_not_approved");
    clerk_cannot_decide(office->clerk, "reviews", "approve", NULL, CLERK_HARD_SECOND, 409, "staff_row_decided");
    clerk_decide(office->clerk, "reviews", "approve", NULL, CLERK_HARD_MAJOR);
    assert_int_equal(office->clerk->now->application->state, STATE_COUNTY_APPROVED);
    guest_look(office->guest);
    assert_int_equal(office->guest->now->fee_fen, 8000);
    g_autofree char *address = guest_order(office->guest);
    assert_int_equal(office->guest->now->order->amount_fen, 8000);
}

/* A row that needs nobody is approved by the system while the other waits for the county. */
static void r25_each_row_has_its_own_progress(void **state)
{
    struct office *office = *state;
    submit(office, MIXED, STATE_COUNTY_PENDING);
    assert_row(office->guest, 0, STATE_SYSTEM_APPROVED, "系统审核通过", NULL);
    assert_row(office->guest, 1, STATE_COUNTY_PENDING, "待太原市小店区招办预审", NULL);
    clerk_cannot_decide(office->clerk, "reviews", "approve", NULL, "690206", 409, "staff_row_decided");
    clerk_decide(office->clerk, "reviews", "approve", NULL, NULL);
    guest_look(office->guest);
    assert_int_equal(office->guest->now->state, STATE_COUNTY_APPROVED);
    assert_row(office->guest, 0, STATE_SYSTEM_APPROVED, "系统审核通过", NULL);
    assert_row(office->guest, 1, STATE_COUNTY_APPROVED, "太原市小店区招办已预审通过", NULL);
}

/* One rejected row rejects the whole, with its reason at that row; the rest was not judged. */
static void r26_one_rejected_row_rejects_all(void **state)
{
    struct office *office = *state;
    submit(office, TWO_HARD, STATE_COUNTY_PENDING);
    clerk_decide(office->clerk, "reviews", "reject", WHY, CLERK_HARD_MAJOR);
    assert_int_equal(office->clerk->now->application->state, STATE_COUNTY_REJECTED);
    assert_last_line(office->clerk, CLERK_COUNTY, EVENT_COUNTY_REJECT, "county_rejected", WHY);
    guest_look(office->guest);
    assert_string_equal(office->guest->now->reason, WHY);
    assert_row(office->guest, 0, STATE_COUNTY_REJECTED, "预审不通过（可重新申请1次）", WHY);
    assert_row(office->guest, 1, STATE_COUNTY_REJECTED, "预审不通过（可重新申请1次）", NULL);
    assert_true(application_allows(office->guest->now, EVENT_REAPPLY));
    order_refused(office->guest, "order_not_approved");
    clerk_cannot_decide(office->clerk, "reviews", "approve", NULL, NULL, 409, "application_not_at_county");
}

/* Round 2: rejected again, and nothing is left in this batch. */
static void r26_second_rejection_is_final(void **state)
{
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    static const char *const second[] = {"UPDATE applications SET round = 2 WHERE exam_no = '" PERSON "'", NULL};
    clerk_sql(office->desk, second);
    clerk_decide(office->clerk, "reviews", "reject", WHY, NULL);
    guest_look(office->guest);
    assert_row(office->guest, 0, STATE_COUNTY_REJECTED, "预审不通过（不可再申请）", WHY);
    assert_false(application_allows(office->guest->now, EVENT_REAPPLY));
}

/* Approved: nothing of the application can be decided or changed any more. */
static void r27_approved_is_frozen(void **state)
{
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    clerk_decide(office->clerk, "reviews", "approve", NULL, NULL);
    clerk_cannot_decide(office->clerk, "reviews", "reject", WHY, NULL, 409, "application_not_at_county");
    clerk_cannot_decide(office->clerk, "reviews", "approve", NULL, NULL, 409, "application_not_at_county");
    guest_look(office->guest);
    guest_refused(office->guest, "PUT", "/v1/application/majors",
                  "{\"majors\":[{\"code\":\"690206\",\"version\":\"new\"}],\"county\":\"140105\"}", 409,
                  "application_already_submitted");
    assert_int_equal(office->clerk->now->may->len, 0);
}

/* What needs nobody's eyes never comes to the county. */
static void r24_the_system_approves(void **state)
{
    struct office *office = *state;
    submit(office, EASY, STATE_SYSTEM_APPROVED);
    assert_row(office->guest, 0, STATE_SYSTEM_APPROVED, "系统审核通过", NULL);
    assert_last_line(office->clerk, "system", EVENT_SYSTEM_APPROVE, "system_approved", NULL);
    clerk_cannot_decide(office->clerk, "reviews", "reject", WHY, NULL, 409, "application_not_at_county");
}

/* ---------------------------------------------------------------- reasons, rows, bodies */

static void reasons_are_needed(void **state)
{
    static const char *const bad[] = {NULL, "", "x", " ", "  \u3000", "好"};
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct reply *reply = clerk_try(office->clerk, "reviews", "reject", bad[i], NULL);
        g_autofree char *field = reply_field(reply);
        reply_assert(reply, 422, "staff_reason_needed");
        assert_string_equal(field, "reason");
        reply_free(reply);
    }
    g_autofree char *longest = g_strnfill(200, 'r'), *longer = g_strnfill(201, 'r');
    clerk_cannot_decide(office->clerk, "reviews", "reject", longer, NULL, 422, "bad_field");
    guest_look(office->guest);
    assert_int_equal(office->guest->now->state, STATE_COUNTY_PENDING);
    clerk_decide(office->clerk, "reviews", "reject", longest, NULL);
}

static void bad_bodies(void **state)
{
    static const struct {
        const char *kind, *body;
        int status;
        const char *code, *field;
    } cases[] = {
        {"reviews", "", 400, "bad_json", ""},
        {"reviews", "{", 400, "bad_json", ""},
        {"reviews", "[]", 422, "bad_field", ""},
        {"reviews", "{}", 422, "bad_field", "decision"},
        {"reviews", "{\"decision\":\"maybe\"}", 422, "bad_field", "decision"},
        {"reviews", "{\"decision\":1}", 422, "bad_field", "decision"},
        {"reviews", "{\"decision\":\"approve\",\"by\":\"me\"}", 422, "bad_field", "?"},
        {"reviews", "{\"decision\":\"reject\",\"reason\":7}", 422, "bad_field", "reason"},
        {"reviews", "{\"decision\":\"reject\",\"reason\":\"a\\u001b[31mb\"}", 422, "bad_field", "reason"},
        {"reviews", "{\"decision\":\"reject\",\"reason\":\"a\\u202eb\"}", 422, "bad_field", "reason"},
        {"reviews", "{\"decision\":\"approve\",\"major\":\"\"}", 422, "staff_no_such_row", "major"},
        {"reviews", "{\"decision\":\"approve\",\"major\":\"120402\"}", 422, "staff_no_such_row", "major"},
        {"reviews", "{\"decision\":\"approve\",\"major\":\"0123456789012\"}", 422, "bad_field", "major"},
        {"photos", "{\"decision\":\"approve\",\"major\":\"690206\"}", 422, "bad_field", "major"},
        {"photos", "{\"decision\":\"reject\"}", 422, "staff_reason_needed", "reason"},
        {"prior-degrees", "{\"decision\":\"reject\",\"reason\":\"x\"}", 422, "staff_reason_needed", "reason"},
        {"joint-reviews", "{\"decision\":\"approve\",\"major\":\"690206\"}", 422, "bad_field", "major"},
    };
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    guint lines = office->clerk->now->audit->len;
    int64_t version = office->clerk->now->application->version;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path =
            g_strdup_printf("/v1/staff/%s/%" G_GINT64_FORMAT "/decision", cases[i].kind, office->clerk->now->id);
        struct reply *reply = clerk_call(office->clerk, "POST", path, cases[i].body);
        g_autofree char *field = reply_field(reply);
        if (reply->status != cases[i].status)
            print_error("%s %s\n", cases[i].kind, cases[i].body);
        reply_assert(reply, cases[i].status, cases[i].code);
        assert_string_equal(field, cases[i].field);
        reply_free(reply);
    }
    clerk_look(office->clerk);
    assert_int_equal(office->clerk->now->audit->len, lines); /* nothing happened, nothing was noted */
    assert_int_equal(office->clerk->now->application->version, version);
}

/* ---------------------------------------------------------------- keys, versions, roles */

static void keys_and_versions(void **state)
{
    static const char body[] = "{\"decision\":\"approve\"}";
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    struct clerk *clerk = office->clerk;
    int64_t version = clerk->now->application->version;
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT "/decision", clerk->now->id);
    const struct {
        const char *key;
        int64_t version;
        int status;
        const char *code;
    } cases[] = {
        {NULL, version, 400, "key_missing"},
        {"a", -1, 428, "version_missing"},
        {"b", version - 1, 412, "version_stale"},
        {"c", version + 1, 412, "version_stale"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply *reply = clerk_send(clerk, "POST", path, cases[i].key, cases[i].version, body);
        reply_assert(reply, cases[i].status, cases[i].code);
        reply_free(reply);
    }
    /* The lost answer: sent again, the same one comes, and it was decided once. */
    struct reply *first = clerk_send(clerk, "POST", path, "once", version, body);
    struct reply *again = clerk_send(clerk, "POST", path, "once", version, body);
    assert_int_equal(first->status, 200);
    assert_int_equal(again->status, 200);
    assert_string_equal(first->body, again->body);
    guint approvals = 0;
    for (guint i = 0; i < clerk->now->audit->len; i++)
        approvals += ((const struct api_audit *)clerk->now->audit->pdata[i])->event == EVENT_COUNTY_APPROVE;
    assert_int_equal(approvals, 1);
    reply_free(first);
    reply_free(again);
}

/* The candidate moved meanwhile: who decides on what they no longer see is told so. */
static void a_decision_on_what_was(void **state)
{
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    guest_put_portrait(office->guest, 200);
    guest_wait_photo(office->guest, PHOTO_ACCEPTED);
    clerk_cannot_decide(office->clerk, "reviews", "approve", NULL, NULL, 412, "version_stale");
    clerk_look(office->clerk);
    clerk_decide(office->clerk, "reviews", "approve", NULL, NULL);
}

/* The same key of two members of staff, and of the candidate, are three keys. */
static void keys_are_personal(void **state)
{
    struct office *office = *state;
    submit(office, TWO_HARD, STATE_COUNTY_PENDING);
    struct clerk *province = clerk_new(office->desk, CLERK_PROVINCE);
    clerk_find(province, PERSON);
    g_autofree char *path = g_strdup_printf("/v1/staff/reviews/%" G_GINT64_FORMAT "/decision", province->now->id);
    static const char body[] = "{\"decision\":\"approve\",\"major\":\"" CLERK_HARD_MAJOR "\"}";
    struct reply *one =
        clerk_send(office->clerk, "POST", path, "shared", office->clerk->now->application->version, body);
    assert_int_equal(one->status, 200);
    struct reply *two = clerk_send(province, "POST", path, "shared", office->clerk->now->application->version, body);
    assert_int_not_equal(two->status, 200);
    reply_free(one);
    reply_free(two);
    clerk_free(province);
}

/* The province looks at everything and decides nothing of the county's; the county nothing of the province's. */
static void each_decides_their_own(void **state)
{
    struct office *office = *state;
    submit(office, HARD, STATE_COUNTY_PENDING);
    struct clerk *province = clerk_new(office->desk, CLERK_PROVINCE);
    clerk_find(province, PERSON);
    assert_int_equal(province->now->may->len, 0);
    clerk_cannot_decide(province, "reviews", "approve", NULL, NULL, 409, "application_not_yours");
    clerk_cannot_decide(province, "reviews", "reject", WHY, NULL, 409, "application_not_yours");
    clerk_cannot_decide(province, "photos", "approve", NULL, NULL, 409, "application_not_yours");
    clerk_cannot_decide(province, "prior-degrees", "approve", NULL, NULL, 409, "application_not_yours");
    clerk_step(province, "handins/%d", 409);
    clerk_step(province, "certificates/%d/collected", 409);
    clerk_cannot_decide(office->clerk, "joint-reviews", "approve", NULL, NULL, 409, "application_not_yours");
    clerk_step(office->clerk, "joint-reviews/%d", 409);
    clerk_step(office->clerk, "certificates/%d/ready", 409);
    clerk_look(office->clerk);
    assert_int_equal(office->clerk->now->application->state, STATE_COUNTY_PENDING);
    clerk_free(province);
}

#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(r24_the_county_approves),
        EACH(r24_the_system_approves),
        EACH(r25_all_rows_must_be_approved),
        EACH(r25_each_row_has_its_own_progress),
        EACH(r26_one_rejected_row_rejects_all),
        EACH(r26_second_rejection_is_final),
        EACH(r27_approved_is_frozen),
        EACH(reasons_are_needed),
        EACH(bad_bodies),
        EACH(keys_and_versions),
        EACH(a_decision_on_what_was),
        EACH(keys_are_personal),
        EACH(each_decides_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
