/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After the review: photos and prior degrees on paper, hand-in, joint review, certificates; the audit of it all. */
#include "clerk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "graduation/eligibility.h"
#include "platformd/database.h"
#include "wire/json.h"

#define WHY "照片不是本人近期免冠照，请重新上传。"

struct office {
    struct desk *desk;
    struct clerk *county, *province;
};

static int open_office(void **state)
{
    struct office *office = g_new0(struct office, 1);
    office->desk = desk_open(&(struct desk_options){0});
    office->county = clerk_new(office->desk, CLERK_COUNTY);
    office->province = clerk_new(office->desk, CLERK_PROVINCE);
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    struct office *office = *state;
    clerk_free(office->county);
    clerk_free(office->province);
    desk_close(office->desk);
    g_free(office);
    return 0;
}

static bool has_line(const struct clerk *clerk, const char *actor, enum application_event event, const char *detail)
{
    for (guint i = 0; i < clerk->now->audit->len; i++) {
        const struct api_audit *line = clerk->now->audit->pdata[i];
        if (strcmp(line->actor, actor) == 0 && line->event == (int)event && g_strcmp0(line->detail, detail) == 0)
            return true;
    }
    return false;
}

/* ---------------------------------------------------------------- e14: the photo */

#define PHOTO_PERSON "010124100010" /* approved by the system, photo refused three times */

static void ask_for_the_photo(const struct desk *desk)
{
    static const char *const asked[] = {"UPDATE photos SET state = 'manual_requested' WHERE application ="
                                        " (SELECT id FROM applications WHERE exam_no = '" PHOTO_PERSON "')",
                                        NULL};
    clerk_sql(desk, asked);
}

static void r20_the_county_accepts_a_photo(void **state)
{
    struct office *office = *state;
    struct guest *guest = guest_new(office->desk, PHOTO_PERSON);
    clerk_find(office->county, PHOTO_PERSON);
    clerk_cannot_decide(office->county, "photos", "approve", NULL, NULL, 409, "photo_not_at_county");
    ask_for_the_photo(office->desk);
    clerk_look(office->county);
    assert_true(clerk_may(office->county, EVENT_PHOTO_DECIDE));
    guest_refused(guest, "POST", "/v1/application/order", "{\"channel\":\"simulated\"}", 409, "order_photo_first");
    clerk_decide(office->county, "photos", "approve", NULL, NULL);
    assert_int_equal(office->county->now->application->photo->state, PHOTO_MANUAL_ACCEPTED);
    assert_true(has_line(office->county, CLERK_COUNTY, EVENT_PHOTO_DECIDE, "manual_accepted"));
    guest_look(guest);
    assert_true(application_allows(guest->now, EVENT_CREATE_ORDER));
    clerk_cannot_decide(office->county, "photos", "reject", WHY, NULL, 409, "photo_not_at_county");
    guest_free(guest);
}

/* Refused by the county: the candidate reads why and may bring another one. */
static void r23_the_county_refuses_a_photo(void **state)
{
    struct office *office = *state;
    struct guest *guest = guest_new(office->desk, PHOTO_PERSON);
    ask_for_the_photo(office->desk);
    clerk_find(office->county, PHOTO_PERSON);
    clerk_cannot_decide(office->county, "photos", "reject", NULL, NULL, 422, "staff_reason_needed");
    clerk_decide(office->county, "photos", "reject", WHY, NULL);
    guest_look(guest);
    assert_int_equal(guest->now->photo->state, PHOTO_MANUAL_REJECTED);
    assert_string_equal(guest->now->photo->reason, WHY);
    assert_true(application_allows(guest->now, EVENT_PUT_PHOTO));
    guest_free(guest);
}

/* ---------------------------------------------------------------- R49: the prior degree on paper */

#define DEGREE_PERSON "010124100004" /* 本科, diploma under another name */

/* At the county with papers still to be seen, as EVENT_PRIOR_DEGREE_MANUAL and the submission leave it. */
static void bring_papers(struct office *office)
{
    struct guest *guest = guest_new(office->desk, DEGREE_PERSON);
    guest_choose(guest, "120402");
    g_autofree char *address = guest_start_degree(guest);
    reply_free(desk_phone(address, "action=authorise"));
    guest_look(guest);
    assert_int_equal(guest->now->prior_degree->state, PRIOR_MISMATCH);
    static const char *const papers[] = {"UPDATE degree_authorisations SET state = 'manual_pending'", NULL};
    clerk_sql(office->desk, papers);
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING);
    clerk_find(office->county, DEGREE_PERSON);
    guest_free(guest);
}

static void r49_papers_decide_first(void **state)
{
    struct office *office = *state;
    bring_papers(office);
    assert_int_equal(office->county->now->application->prior_degree->state, PRIOR_MANUAL_PENDING);
    assert_true(clerk_may(office->county, EVENT_PRIOR_DEGREE_DECIDE));
    clerk_cannot_decide(office->county, "reviews", "approve", NULL, NULL, 409, "application_prior_degree_open");
    clerk_decide(office->county, "prior-degrees", "approve", NULL, NULL);
    assert_int_equal(office->county->now->application->prior_degree->state, PRIOR_MANUAL_VERIFIED);
    assert_true(has_line(office->county, CLERK_COUNTY, EVENT_PRIOR_DEGREE_DECIDE, "manual_verified"));
    clerk_cannot_decide(office->county, "prior-degrees", "approve", NULL, NULL, 409, "prior_degree_no_papers");
    clerk_decide(office->county, "reviews", "approve", NULL, NULL);
    assert_int_equal(office->county->now->application->state, STATE_COUNTY_APPROVED);
}

static void r49_refused_papers_cannot_be_approved(void **state)
{
    static const char why[] = "未提供公安部门的姓名变更证明";
    struct office *office = *state;
    bring_papers(office);
    clerk_decide(office->county, "prior-degrees", "reject", why, NULL);
    assert_int_equal(office->county->now->application->prior_degree->state, PRIOR_MANUAL_REFUSED);
    assert_string_equal(office->county->now->application->prior_degree->reason, why);
    clerk_cannot_decide(office->county, "reviews", "approve", NULL, NULL, 409, "application_prior_degree_open");
    clerk_decide(office->county, "reviews", "reject", why, NULL);
    assert_int_equal(office->county->now->application->state, STATE_COUNTY_REJECTED);
}

/* ---------------------------------------------------------------- e26–e29 */

#define PAID_PERSON "010124100008"

static struct guest *hand_in(struct office *office)
{
    struct guest *guest = guest_new(office->desk, PAID_PERSON);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    clerk_find(office->county, PAID_PERSON);
    clerk_step(office->county, "handins/%d", 200);
    clerk_find(office->province, PAID_PERSON);
    guest_look(guest);
    return guest;
}

static void r32_handed_in_is_locked(void **state)
{
    struct office *office = *state;
    clerk_find(office->county, PAID_PERSON);
    clerk_step(office->county, "handins/%d", 409); /* the form is not saved yet */
    struct guest *guest = hand_in(office);
    assert_int_equal(guest->now->state, STATE_HANDED_IN);
    guest_refused(guest, "PUT", "/v1/application/registration-form", guest_form(), 409, "form_not_now");
    clerk_look(office->county);
    assert_true(has_line(office->county, CLERK_COUNTY, EVENT_HAND_IN, "handed_in"));
    clerk_step(office->county, "handins/%d", 409);
    guest_free(guest);
}

/* Joint review, certificate, collected: each once, each by its own office, in this order only. */
static void r50_to_the_certificate(void **state)
{
    struct office *office = *state;
    struct guest *guest = hand_in(office);
    clerk_cannot_decide(office->province, "joint-reviews", "approve", NULL, NULL, 409,
                        "application_not_in_joint_review");
    clerk_step(office->province, "joint-reviews/%d", 200);
    assert_int_equal(office->province->now->application->state, STATE_JOINT_REVIEW);
    clerk_step(office->province, "certificates/%d/ready", 409);
    clerk_decide(office->province, "joint-reviews", "approve", NULL, NULL);
    assert_int_equal(office->province->now->application->state, STATE_GRADUATED);
    clerk_look(office->county);
    clerk_step(office->county, "certificates/%d/collected", 409);
    clerk_step(office->province, "certificates/%d/ready", 200);
    clerk_look(office->county);
    clerk_step(office->county, "certificates/%d/collected", 200);
    clerk_step(office->county, "certificates/%d/collected", 409);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_CERTIFICATE_COLLECTED);
    static const enum application_event events[] = {EVENT_HAND_IN, EVENT_JOINT_START, EVENT_JOINT_PASS,
                                                    EVENT_CERTIFICATE_READY, EVENT_CERTIFICATE_COLLECT};
    guint at = office->county->now->audit->len - (guint)G_N_ELEMENTS(events);
    for (guint i = 0; i < G_N_ELEMENTS(events); i++)
        assert_int_equal(((const struct api_audit *)office->county->now->audit->pdata[at + i])->event, events[i]);
    guest_free(guest);
}

/* Not passed: told why, the money stays (R24), nothing goes on. */
static void r24_a_rejected_joint_review_ends(void **state)
{
    static const char why[] = "思想品德鉴定未盖公章";
    struct office *office = *state;
    struct guest *guest = hand_in(office);
    clerk_step(office->province, "joint-reviews/%d", 200);
    clerk_cannot_decide(office->province, "joint-reviews", "reject", NULL, NULL, 422, "staff_reason_needed");
    clerk_decide(office->province, "joint-reviews", "reject", why, NULL);
    guest_look(guest);
    assert_int_equal(guest->now->state, STATE_JOINT_REJECTED);
    assert_string_equal(guest->now->reason, why);
    assert_int_equal(guest->now->order->state, ORDER_RECEIPT_ISSUED); /* paid an hour ago */
    assert_int_equal(guest->now->allowed->len, 0);
    clerk_cannot_decide(office->province, "joint-reviews", "approve", NULL, NULL, 409,
                        "application_not_in_joint_review");
    guest_free(guest);
}

static struct eligibility *prejudge(struct guest *guest)
{
    struct reply *reply = guest_call(guest, "GET", "/v1/eligibility?major=690206", NULL);
    struct eligibility *judged = wire_read(&eligibility_record, reply->body, reply->length, WIRE_STRICT, NULL, NULL);
    assert_non_null(judged);
    reply_free(reply);
    return judged;
}

/* What carried one graduation carries no other (domain.md 4.2/2); the graduated application itself still shows how it was. */
static void a_graduation_uses_up_its_courses(void **state)
{
    struct office *office = *state;
    struct guest *guest = hand_in(office);
    struct eligibility *before = prejudge(guest);
    assert_int_equal(before->verdict, VERDICT_MET);
    clerk_step(office->province, "joint-reviews/%d", 200);
    clerk_decide(office->province, "joint-reviews", "approve", NULL, NULL);
    struct eligibility *after = prejudge(guest);
    assert_int_equal(after->verdict, VERDICT_NOT_MET);
    assert_int_equal(after->courses->len, before->courses->len);
    for (guint i = 0; i < after->courses->len; i++)
        assert_int_equal(((const struct eligibility_course *)after->courses->pdata[i])->state, COURSE_USED);
    const struct eligibility *then = office->province->now->judgements->pdata[0];
    assert_int_equal(then->verdict, VERDICT_MET);
    record_free(&eligibility_record, before);
    record_free(&eligibility_record, after);
    guest_free(guest);
}

/* ---------------------------------------------------------------- the audit */

static void what_candidates_and_the_system_do(void **state)
{
    struct office *office = *state;
    struct guest *guest = guest_new(office->desk, "010124100001");
    clerk_submit(guest, (const char *const[]){"690206", NULL}, "140105", STATE_SYSTEM_APPROVED);
    guest_put_portrait(guest, 200);
    guest_wait_photo(guest, PHOTO_ACCEPTED);
    g_autofree char *address = guest_order(guest);
    reply_free(desk_phone(address, "action=pay"));
    guest_wait_state(guest, STATE_PAID);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    clerk_find(office->county, "010124100001");
    static const struct {
        const char *actor;
        enum application_event event;
    } lines[] = {
        {"candidate", EVENT_START},       {"candidate", EVENT_SUBMIT}, {"system", EVENT_SYSTEM_CHECK},
        {"system", EVENT_SYSTEM_APPROVE}, {"system", EVENT_PAID},      {"candidate", EVENT_SAVE_FORM},
    };
    assert_int_equal(office->county->now->audit->len, G_N_ELEMENTS(lines));
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        const struct api_audit *line = office->county->now->audit->pdata[i];
        assert_string_equal(line->actor, lines[i].actor);
        assert_int_equal(line->event, lines[i].event);
    }
    guest_free(guest);
}

/* The second round begins with a line of its own; the first keeps its own. */
static void r26_the_second_chance_is_on_record(void **state)
{
    struct office *office = *state;
    struct guest *guest = guest_new(office->desk, "010124100006");
    guest_must(guest, "POST", "/v1/application/reapply", NULL, 200);
    clerk_find(office->county, "010124100006");
    assert_int_equal(office->county->now->application->round, 2);
    assert_int_equal(office->county->now->audit->len, 1);
    assert_true(has_line(office->county, "candidate", EVENT_REAPPLY, "draft"));
    guest_free(guest);
}

/* Whatever the code above does: no line is changed, none goes away. */
static void the_audit_is_only_added_to(void **state)
{
    struct office *office = *state;
    struct guest *guest = hand_in(office);
    clerk_look(office->county);
    guint lines = office->county->now->audit->len;
    assert_true(lines > 0);
    g_autofree char *path = g_build_filename(desk_folder(office->desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    assert_false(database_run(db, "UPDATE audit SET actor = 'nobody'", WITHOUT));
    assert_false(database_run(db, "DELETE FROM audit", WITHOUT));
    assert_false(database_run(db, "DELETE FROM audit WHERE id = 1", WITHOUT));
    assert_int_equal(database_integer(db, "SELECT count(*) FROM audit WHERE actor = 'nobody'", WITHOUT, -1), 0);
    database_close(db);
    clerk_look(office->county);
    assert_int_equal(office->county->now->audit->len, lines);
    guest_free(guest);
}

/* ---------------------------------------------------------------- every state × decision × role */

#define IN(state) (1u << (state))
#define BEFORE_PAYMENT                                                                                                 \
    (IN(STATE_DRAFT) | IN(STATE_SUBMITTED) | IN(STATE_SYSTEM_CHECKING) | IN(STATE_SYSTEM_APPROVED) |                   \
     IN(STATE_COUNTY_PENDING) | IN(STATE_COUNTY_APPROVED))

struct
try {
    const char *path, *body;
    enum staff_role role;
    guint32 from;
    int next; /* -1 = stays */
};
#define APPROVE "{\"decision\":\"approve\"}"
#define REJECT  "{\"decision\":\"reject\",\"reason\":\"不符合要求\"}"

static const struct try decisions[] = {
    {"reviews/%d/decision", APPROVE, STAFF_COUNTY, IN(STATE_COUNTY_PENDING), STATE_COUNTY_APPROVED},
    {"reviews/%d/decision", REJECT, STAFF_COUNTY, IN(STATE_COUNTY_PENDING), STATE_COUNTY_REJECTED},
    {"photos/%d/decision", APPROVE, STAFF_COUNTY, BEFORE_PAYMENT, -1},
    {"photos/%d/decision", REJECT, STAFF_COUNTY, BEFORE_PAYMENT, -1},
    {"prior-degrees/%d/decision", APPROVE, STAFF_COUNTY, 0, -1}, /* 专科: there is none */
    {"handins/%d", NULL, STAFF_COUNTY, IN(STATE_FORM_SAVED), STATE_HANDED_IN},
    {"joint-reviews/%d", NULL, STAFF_PROVINCE, IN(STATE_HANDED_IN), STATE_JOINT_REVIEW},
    {"joint-reviews/%d/decision", APPROVE, STAFF_PROVINCE, IN(STATE_JOINT_REVIEW), STATE_GRADUATED},
    {"joint-reviews/%d/decision", REJECT, STAFF_PROVINCE, IN(STATE_JOINT_REVIEW), STATE_JOINT_REJECTED},
    {"certificates/%d/ready", NULL, STAFF_PROVINCE, IN(STATE_GRADUATED), STATE_CERTIFICATE_READY},
    {"certificates/%d/collected", NULL, STAFF_COUNTY, IN(STATE_CERTIFICATE_READY), STATE_CERTIFICATE_COLLECTED},
};

/* Puts the application into this state, photo at the county, row undecided. */
static void put(const struct desk *desk, int state)
{
    g_autofree char *set = g_strdup_printf("UPDATE applications SET state = '%s' WHERE exam_no = '" PHOTO_PERSON "'",
                                           application_state_words[state]);
    const char *const statements[] = {set, "UPDATE photos SET state = 'manual_requested'",
                                      "UPDATE application_items SET state = 'draft'", NULL};
    clerk_sql(desk, statements);
}

static void try_decision(struct clerk *clerk, enum staff_role role, const struct try *decision, int state)
{
    bool allowed = decision->role == role && decision->from & IN(state);
    g_auto(GStrv) parts = g_strsplit(decision->path, "%d", 2);
    put(clerk->desk, state);
    clerk_look(clerk);
    guint lines = clerk->now->audit->len;
    g_autofree char *path = g_strdup_printf("/v1/staff/%s%" G_GINT64_FORMAT "%s", parts[0], clerk->now->id, parts[1]);
    struct reply *reply = clerk_call(clerk, "POST", path, decision->body);
    if (reply->status != (allowed ? 200 : 409))
        fail_msg("%s %s in %s: %d", path, decision->body, application_state_words[state], reply->status);
    reply_free(reply);
    clerk_look(clerk);
    assert_int_equal(clerk->now->application->state, allowed && decision->next >= 0 ? decision->next : state);
    assert_int_equal(clerk->now->audit->len, MIN(lines + allowed, 200));
    if (!allowed)
        assert_int_equal(clerk->now->application->photo->state, PHOTO_MANUAL_REQUESTED);
}

static void nothing_else_is_possible(void **state)
{
    struct office *office = *state;
    clerk_find(office->county, PHOTO_PERSON);
    clerk_find(office->province, PHOTO_PERSON);
    for (int now = STATE_DRAFT; now < STATES; now++) {
        for (size_t i = 0; i < G_N_ELEMENTS(decisions); i++) {
            try_decision(office->county, STAFF_COUNTY, &decisions[i], now);
            try_decision(office->province, STAFF_PROVINCE, &decisions[i], now);
        }
    }
}

#define EACH(fn) cmocka_unit_test_setup_teardown(fn, open_office, close_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(r20_the_county_accepts_a_photo),
        EACH(r23_the_county_refuses_a_photo),
        EACH(r49_papers_decide_first),
        EACH(r49_refused_papers_cannot_be_approved),
        EACH(r32_handed_in_is_locked),
        EACH(r50_to_the_certificate),
        EACH(r24_a_rejected_joint_review_ends),
        EACH(a_graduation_uses_up_its_courses),
        EACH(what_candidates_and_the_system_do),
        EACH(the_audit_is_only_added_to),
        EACH(r26_the_second_chance_is_on_record),
        EACH(nothing_else_is_possible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
