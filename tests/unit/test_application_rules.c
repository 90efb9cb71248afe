/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the guards of the transition table refuse, by the rules of domain.md 1.7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts.h"

#include <string.h>

/* ---------------------------------------------------------------- guards */

static void test_outside_the_application_window(void **state)
{
    (void)state;
    static const enum application_event draft_events[] = {
        EVENT_SET_MAJORS,   EVENT_SET_SUBSTITUTION, EVENT_SET_ADDED_COURSES, EVENT_SET_ARCHIVE, EVENT_CLEAR_ARCHIVE,
        EVENT_PRIOR_DEGREE, EVENT_SUBMIT,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(draft_events); i++)
        REFUSES("application.apply_closed", draft_events[i], STATE_DRAFT, facts.apply_open = false);
    REFUSES("application.apply_closed", EVENT_START, STATE_NONE, facts.apply_open = false);
    REFUSES("application.apply_closed", EVENT_REAPPLY, STATE_COUNTY_REJECTED, facts.apply_open = false);
}

static void test_drafting(void **state)
{
    (void)state;
    REFUSES("application.no_major", EVENT_SET_ADDED_COURSES, STATE_DRAFT, facts.items = 0);
    REFUSES("application.no_major", EVENT_SET_SUBSTITUTION, STATE_DRAFT, facts.items = 0);
    REFUSES("application.bachelor_only", EVENT_SET_SUBSTITUTION, STATE_DRAFT, facts.bachelor = false);
    REFUSES("application.bachelor_only", EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.bachelor = false);
    REFUSES(NULL, EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.prior_degree = PRIOR_VERIFIED); /* again before submitting */
    REFUSES("prior_degree.already_verified", EVENT_PRIOR_DEGREE, STATE_DRAFT,
            facts.prior_degree = PRIOR_MANUAL_VERIFIED);
    REFUSES("prior_degree.asking", EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.prior_degree = PRIOR_WAITING);
    REFUSES(NULL, EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.prior_degree_failures = 2);
    REFUSES("prior_degree.no_tries", EVENT_PRIOR_DEGREE, STATE_DRAFT, facts.prior_degree_failures = 3);
}

/* Papers instead of the register, and only after the register (R49, domain.md 3.4). */
static void r49_papers_for_what_the_register_does_not_confirm(void **state)
{
    (void)state;
    static const char *const answers[] = {
        [PRIOR_NOT_REQUIRED] = "application.bachelor_only",
        [PRIOR_NONE] = "prior_degree.try_first",
        [PRIOR_QR_SHOWN] = "prior_degree.try_first",
        [PRIOR_WAITING] = "prior_degree.asking",
        [PRIOR_VERIFIED] = "prior_degree.already_verified",
        [PRIOR_MISMATCH] = NULL,
        [PRIOR_NOT_FOUND] = NULL,
        [PRIOR_EXPIRED] = "prior_degree.try_first",
        [PRIOR_MANUAL_PENDING] = "prior_degree.at_county",
        [PRIOR_MANUAL_VERIFIED] = "prior_degree.already_verified",
        [PRIOR_MANUAL_REFUSED] = NULL,
    };
    for (int prior = 0; prior < (int)G_N_ELEMENTS(answers); prior++) {
        const char *decide = prior == PRIOR_MANUAL_PENDING ? NULL : "prior_degree.no_papers";
        REFUSES(answers[prior], EVENT_PRIOR_DEGREE_MANUAL, STATE_DRAFT, facts.prior_degree = prior);
        REFUSES(decide, EVENT_PRIOR_DEGREE_DECIDE, STATE_COUNTY_PENDING, facts.prior_degree = prior);
    }
    REFUSES("application.prior_degree_open", EVENT_COUNTY_APPROVE, STATE_COUNTY_PENDING,
            facts = facts_bachelor(PRIOR_MANUAL_PENDING));
    REFUSES("application.prior_degree_open", EVENT_COUNTY_APPROVE_ITEM, STATE_COUNTY_PENDING,
            facts = facts_bachelor(PRIOR_MANUAL_REFUSED));
    REFUSES(NULL, EVENT_COUNTY_APPROVE, STATE_COUNTY_PENDING, facts = facts_bachelor(PRIOR_MANUAL_VERIFIED));
}

/* After the last refusal only the county helps; what it has sent back may be uploaded again. */
static void r20_r23_photo_after_the_last_try(void **state)
{
    (void)state;
    REFUSES(NULL, EVENT_PUT_PHOTO, STATE_SUBMITTED, (facts.photo = PHOTO_REJECTED, facts.photo_failures = 2));
    REFUSES("photo.manual_only", EVENT_PUT_PHOTO, STATE_SUBMITTED,
            (facts.photo = PHOTO_REJECTED, facts.photo_failures = 3));
    REFUSES("photo.manual_only", EVENT_PHOTO_PHONE, STATE_SUBMITTED,
            (facts.photo = PHOTO_REJECTED, facts.photo_failures = 3));
    REFUSES(NULL, EVENT_PHOTO_MANUAL, STATE_SUBMITTED, (facts.photo = PHOTO_REJECTED, facts.photo_failures = 3));
    REFUSES("photo.at_county", EVENT_PUT_PHOTO, STATE_SUBMITTED,
            (facts.photo = PHOTO_MANUAL_REQUESTED, facts.photo_failures = 3));
    REFUSES(NULL, EVENT_PUT_PHOTO, STATE_SUBMITTED, (facts.photo = PHOTO_MANUAL_REJECTED, facts.photo_failures = 3));
    REFUSES("photo.already_accepted", EVENT_PUT_PHOTO, STATE_SUBMITTED,
            (facts.photo = PHOTO_MANUAL_ACCEPTED, facts.photo_failures = 3));
    for (int photo = 0; photo <= PHOTO_MANUAL_REJECTED; photo++)
        REFUSES(photo == PHOTO_MANUAL_REQUESTED ? NULL : "photo.not_at_county", EVENT_PHOTO_DECIDE, STATE_SUBMITTED,
                facts.photo = photo);
}

static void test_submitting(void **state)
{
    (void)state;
    REFUSES("application.no_major", EVENT_SUBMIT, STATE_DRAFT, facts.items = 0);
    REFUSES("application.no_county", EVENT_SUBMIT, STATE_DRAFT, facts.county_chosen = false);
    REFUSES("substitution.too_few", EVENT_SUBMIT, STATE_DRAFT, facts.substitution_complete = false);
    REFUSES("application.no_archive", EVENT_SUBMIT, STATE_DRAFT, facts.added_courses = 1);
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, (facts.added_courses = 1, facts.archive = true));
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, facts.photo = PHOTO_NONE); /* the photo comes after (R19) */
}

/* 专科 never sees chapter three, 本科 cannot skip it (domain.md 9.32). */
static void prior_degree_opens_the_submission(void **state)
{
    (void)state;
    static const bool opens[] = {
        [PRIOR_NOT_REQUIRED] = false,   [PRIOR_NONE] = false,           [PRIOR_QR_SHOWN] = false,
        [PRIOR_WAITING] = false,        [PRIOR_VERIFIED] = true,        [PRIOR_MISMATCH] = false,
        [PRIOR_NOT_FOUND] = false,      [PRIOR_EXPIRED] = false,        [PRIOR_MANUAL_PENDING] = true,
        [PRIOR_MANUAL_VERIFIED] = true, [PRIOR_MANUAL_REFUSED] = false,
    };
    for (size_t prior = 0; prior < G_N_ELEMENTS(opens); prior++) {
        struct application_facts facts = facts_bachelor((enum prior_degree_state)prior);
        assert_string_equal(facts_may(EVENT_SUBMIT, STATE_DRAFT, &facts) ? "no" : "yes", opens[prior] ? "yes" : "no");
        facts.bachelor = false;
        assert_null(facts_may(EVENT_SUBMIT, STATE_DRAFT, &facts));
    }
}

static void r20_r23_photo_by_state(void **state)
{
    (void)state;
    static const char *const answers[] = {
        [PHOTO_NONE] = NULL,
        [PHOTO_CHECKING] = "photo.checking",
        [PHOTO_ACCEPTED] = "photo.already_accepted",
        [PHOTO_REJECTED] = NULL,
        [PHOTO_MANUAL_REQUESTED] = "photo.at_county",
        [PHOTO_MANUAL_ACCEPTED] = "photo.already_accepted",
        [PHOTO_MANUAL_REJECTED] = NULL,
    };
    for (int photo = 0; photo < (int)G_N_ELEMENTS(answers); photo++) {
        REFUSES(answers[photo], EVENT_PUT_PHOTO, STATE_SUBMITTED, facts.photo = photo);
        REFUSES(answers[photo], EVENT_PHOTO_PHONE, STATE_COUNTY_APPROVED, facts.photo = photo);
        REFUSES(answers[photo], EVENT_PHOTO_MANUAL, STATE_COUNTY_PENDING, facts.photo = photo);
        struct photo record = {.state = photo};
        assert_int_equal(photo_ok(&record), photo == PHOTO_ACCEPTED || photo == PHOTO_MANUAL_ACCEPTED);
    }
    assert_false(photo_ok(NULL));
    REFUSES(NULL, EVENT_PUT_PHOTO, STATE_SUBMITTED, facts.apply_open = false); /* while one may pay */
    REFUSES("application.apply_closed", EVENT_PUT_PHOTO, STATE_SUBMITTED, facts.apply_open = facts.pay_open = false);
    REFUSES("photo.not_now", EVENT_PUT_PHOTO, STATE_DRAFT, (void)facts);
    REFUSES("photo.not_now", EVENT_PUT_PHOTO, STATE_PAID, (void)facts);
}

/* The system approves only what needs nobody's eyes (domain.md 1.8 d4). */
static void r24_d4_the_system_approves_what_needs_nobody(void **state)
{
    (void)state;
    REFUSES("application.needs_county", EVENT_SYSTEM_APPROVE, STATE_SUBMITTED, facts.needs_county = true);
    REFUSES("application.needs_county", EVENT_SYSTEM_APPROVE, STATE_SUBMITTED, facts.added_courses = 1);
    REFUSES("application.needs_county", EVENT_SYSTEM_APPROVE, STATE_SUBMITTED,
            facts = facts_bachelor(PRIOR_MANUAL_PENDING));
    REFUSES(NULL, EVENT_SYSTEM_APPROVE, STATE_SUBMITTED, facts = facts_bachelor(PRIOR_VERIFIED));
}

static void r26_one_reapplication(void **state)
{
    (void)state;
    REFUSES(NULL, EVENT_REAPPLY, STATE_COUNTY_REJECTED, facts.round = 1);
    REFUSES("application.no_second_chance", EVENT_REAPPLY, STATE_COUNTY_REJECTED, facts.round = 2);
    REFUSES("application.not_rejected", EVENT_REAPPLY, STATE_COUNTY_APPROVED, facts.round = 1); /* R27 */
}

static void r25_paying_waits_for_everything(void **state)
{
    (void)state;
    REFUSES("order.photo_first", EVENT_CREATE_ORDER, STATE_SYSTEM_APPROVED, facts.photo = PHOTO_CHECKING);
    REFUSES(NULL, EVENT_CREATE_ORDER, STATE_SYSTEM_APPROVED, facts.photo = PHOTO_MANUAL_ACCEPTED);
    REFUSES("order.pay_closed", EVENT_CREATE_ORDER, STATE_COUNTY_APPROVED, facts.pay_open = false);
    REFUSES("order.already_open", EVENT_CREATE_ORDER, STATE_COUNTY_APPROVED, facts.order_live = true);
    REFUSES("order.already_paid", EVENT_CREATE_ORDER, STATE_COUNTY_APPROVED, facts.order_paid = true);
    REFUSES("order.not_approved", EVENT_CREATE_ORDER, STATE_COUNTY_PENDING, (void)facts); /* R25 */
    REFUSES(NULL, EVENT_PAID, STATE_COUNTY_APPROVED, facts.pay_open = false); /* begun in time, reported late */
    REFUSES("order.already_paid", EVENT_PAID, STATE_COUNTY_APPROVED, facts.order_paid = true);
}

static void test_lapsing(void **state)
{
    (void)state;
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_DRAFT, facts.apply_over = false);
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_COUNTY_APPROVED, facts.pay_over = false);
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_COUNTY_APPROVED, facts.order_live = true);
    REFUSES("application.window_not_over", EVENT_LAPSE, STATE_FORM_SAVED, facts.handin_over = false);
    REFUSES(NULL, EVENT_LAPSE, STATE_DRAFT, (facts.pay_over = facts.handin_over = false));
    REFUSES(NULL, EVENT_LAPSE, STATE_SUBMITTED, facts.handin_over = false);
    REFUSES("application.cannot_lapse", EVENT_LAPSE, STATE_HANDED_IN, (void)facts);
    REFUSES("application.handin_closed", EVENT_HAND_IN, STATE_FORM_SAVED, facts.handin_open = false);
}

static void test_refusals_name_the_state(void **state)
{
    (void)state;
    REFUSES("application.not_started", EVENT_SUBMIT, STATE_NONE, (void)facts);
    REFUSES("application.lapsed", EVENT_SUBMIT, STATE_LAPSED, (void)facts);
    REFUSES("application.lapsed", EVENT_START, STATE_LAPSED, (void)facts);
    REFUSES("application.already_submitted", EVENT_SET_MAJORS, STATE_PAID, (void)facts);
    REFUSES("application.already_started", EVENT_START, STATE_DRAFT, (void)facts);
    REFUSES("form.not_now", EVENT_SAVE_FORM, STATE_HANDED_IN, (void)facts); /* R32 */
}

static void test_windows_of_the_facts(void **state)
{
    (void)state;
    const struct batch batch = {
        .apply_from = 10, .apply_to = 20, .pay_from = 15, .pay_to = 30, .handin_from = 40, .handin_to = 50};
    struct application_facts facts = {0};
    application_facts_windows(&facts, &batch, 25);
    assert_true(!facts.apply_open && facts.apply_over);
    assert_true(facts.pay_open && !facts.pay_over);
    assert_true(!facts.handin_open && !facts.handin_over);
    application_facts_windows(&facts, &batch, 50);
    assert_true(facts.apply_over && facts.pay_over && facts.handin_over);
    assert_true(!facts.apply_open && !facts.pay_open && !facts.handin_open);
}

/* ---------------------------------------------------------------- one rule after the other */

/* The prejudge is advice: nothing of it stands between a candidate and the submission. */
static void r04_a_negative_prejudge_blocks_nothing(void **state)
{
    (void)state;
    REFUSES(NULL, EVENT_START, STATE_NONE, facts.needs_county = true);
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, facts.needs_county = true);
}

/* The tick in front of the major, then what belongs to it. */
static void r06_first_the_major_then_its_courses(void **state)
{
    (void)state;
    REFUSES("application.no_major", EVENT_SET_SUBSTITUTION, STATE_DRAFT, facts.items = 0);
    REFUSES("application.no_major", EVENT_SET_ADDED_COURSES, STATE_DRAFT, facts.items = 0);
    REFUSES(NULL, EVENT_SET_SUBSTITUTION, STATE_DRAFT, facts.items = 2);
}

static void r07_too_few_credits_are_not_submitted(void **state)
{
    (void)state;
    REFUSES("substitution.too_few", EVENT_SUBMIT, STATE_DRAFT, facts.substitution_complete = false);
}

/* Evidence belongs to what was added, both ways (L63, domain.md 9.25). */
static void r12_r14_added_courses_need_their_archive(void **state)
{
    (void)state;
    REFUSES("application.no_archive", EVENT_SUBMIT, STATE_DRAFT, facts.added_courses = 1);
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, (facts.added_courses = 1, facts.archive = true));
    REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, (void)facts);
    REFUSES("application.no_major", EVENT_SET_ARCHIVE, STATE_DRAFT, facts.items = 0);
}

/* Added courses and archive may be cleared as long as nothing is submitted, also when no major is chosen any more. */
static void r15_clearing_while_it_is_a_draft(void **state)
{
    (void)state;
    REFUSES(NULL, EVENT_CLEAR_ARCHIVE, STATE_DRAFT, facts.items = 0);
    REFUSES("application.already_submitted", EVENT_CLEAR_ARCHIVE, STATE_SUBMITTED, (void)facts);
}

/* Whatever belongs to the draft, in every state from the submission on (d1, domain.md 9.17). */
static void r17_r27_nothing_changes_after_the_submission(void **state)
{
    (void)state;
    static const enum application_event of_the_draft[] = {
        EVENT_SET_MAJORS,    EVENT_SET_SUBSTITUTION, EVENT_SET_ADDED_COURSES,   EVENT_SET_ARCHIVE,
        EVENT_CLEAR_ARCHIVE, EVENT_PRIOR_DEGREE,     EVENT_PRIOR_DEGREE_MANUAL, EVENT_SUBMIT,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(of_the_draft); i++)
        for (int at = STATE_SUBMITTED; at < STATE_LAPSED; at++)
            REFUSES("application.already_submitted", of_the_draft[i], (enum application_state)at, (void)facts);
    for (int at = STATE_SUBMITTED; at < STATE_LAPSED; at++)
        if (at != STATE_COUNTY_REJECTED)
            REFUSES("application.not_rejected", EVENT_REAPPLY, (enum application_state)at, (void)facts);
}

static void r19_photo_after_the_submission_before_paying(void **state)
{
    (void)state;
    REFUSES("photo.not_now", EVENT_PUT_PHOTO, STATE_DRAFT, (void)facts);
    REFUSES(NULL, EVENT_PUT_PHOTO, STATE_SUBMITTED, (void)facts);
    REFUSES("order.photo_first", EVENT_CREATE_ORDER, STATE_SYSTEM_APPROVED, facts.photo = PHOTO_NONE);
    REFUSES("photo.not_now", EVENT_PUT_PHOTO, STATE_PAID, (void)facts);
}

/* Where the photo comes first (d2), nothing is submitted without an accepted one. */
static void d2_the_photo_may_come_first(void **state)
{
    (void)state;
    struct policy first = policy_default;
    first.photo_before_submit = true;
    for (int photo = 0; photo <= PHOTO_MANUAL_REJECTED; photo++) {
        bool good = photo == PHOTO_ACCEPTED || photo == PHOTO_MANUAL_ACCEPTED;
        REFUSES(good ? NULL : "application.photo_first", EVENT_SUBMIT, STATE_DRAFT,
                (facts.policy = &first, facts.photo = photo));
        REFUSES(NULL, EVENT_SUBMIT, STATE_DRAFT, facts.photo = photo);
    }
    REFUSES("photo.manual_only", EVENT_PUT_PHOTO, STATE_DRAFT,
            (facts.policy = &first, facts.photo = PHOTO_REJECTED, facts.photo_failures = 3));
}

/* The fee is paid after the review; the joint review comes after that and gives nothing back. */
static void r24_reviewed_then_paid_then_the_joint_review(void **state)
{
    (void)state;
    for (int at = STATE_DRAFT; at < STATES; at++) {
        bool approved = at == STATE_SYSTEM_APPROVED || at == STATE_COUNTY_APPROVED;
        struct application_facts facts = facts_willing(EVENT_CREATE_ORDER);
        assert_int_equal(facts_may(EVENT_CREATE_ORDER, (enum application_state)at, &facts) == NULL, approved);
    }
    REFUSES("application.not_handed_in", EVENT_JOINT_START, STATE_FORM_SAVED, (void)facts);
    REFUSES("order.not_approved", EVENT_CREATE_ORDER, STATE_JOINT_REJECTED, (void)facts);
}

static void r25_every_row_must_be_approved(void **state)
{
    (void)state;
    REFUSES("application.rows_open", EVENT_COUNTY_APPROVE, STATE_COUNTY_PENDING, facts.items_pending = 1);
    REFUSES(NULL, EVENT_COUNTY_APPROVE_ITEM, STATE_COUNTY_PENDING, facts.items_pending = 1);
    REFUSES("order.not_approved", EVENT_CREATE_ORDER, STATE_COUNTY_PENDING, (void)facts);
    REFUSES(NULL, EVENT_COUNTY_APPROVE, STATE_COUNTY_PENDING, (void)facts);
}

/* The form is filled in after paying, handed in after that, and final from then on. */
static void r28_r32_form_between_paying_and_handing_in(void **state)
{
    (void)state;
    REFUSES("form.not_now", EVENT_SAVE_FORM, STATE_COUNTY_APPROVED, (void)facts);
    REFUSES(NULL, EVENT_SAVE_FORM, STATE_PAID, (void)facts);
    REFUSES("application.no_form_yet", EVENT_HAND_IN, STATE_PAID, (void)facts);
    REFUSES(NULL, EVENT_SAVE_FORM, STATE_FORM_SAVED, (void)facts);
    for (int at = STATE_HANDED_IN; at < STATE_LAPSED; at++)
        REFUSES("form.not_now", EVENT_SAVE_FORM, (enum application_state)at, (void)facts);
}

static void d3_a_saved_form_may_be_final(void **state)
{
    (void)state;
    struct policy final = policy_default;
    final.form_final_when_saved = true;
    REFUSES(NULL, EVENT_SAVE_FORM, STATE_PAID, facts.policy = &final);
    REFUSES("form.final", EVENT_SAVE_FORM, STATE_FORM_SAVED, facts.policy = &final);
    REFUSES(NULL, EVENT_RECORD_PRINT, STATE_FORM_SAVED, facts.policy = &final);
}

static void r31_handing_in_within_its_window(void **state)
{
    (void)state;
    REFUSES("application.handin_closed", EVENT_HAND_IN, STATE_FORM_SAVED, facts.handin_open = false);
    REFUSES(NULL, EVENT_HAND_IN, STATE_FORM_SAVED, (void)facts);
}

static void r33_no_receipt_before_its_time(void **state)
{
    (void)state;
    assert_int_equal(policy_default.receipt_after_min, 20);
    REFUSES("order.receipt_later", EVENT_RECEIPT, STATE_PAID, facts.receipt_due = false);
    REFUSES("order.not_paid", EVENT_RECEIPT, STATE_COUNTY_APPROVED, (void)facts);
    REFUSES(NULL, EVENT_RECEIPT, STATE_CERTIFICATE_COLLECTED, (void)facts);
}

/* Printed is what was saved, as often as one likes, until it is handed in. */
static void r44_printing_what_was_saved(void **state)
{
    (void)state;
    REFUSES("form.print_not_now", EVENT_RECORD_PRINT, STATE_PAID, (void)facts);
    REFUSES(NULL, EVENT_RECORD_PRINT, STATE_FORM_SAVED, (void)facts);
    REFUSES("form.print_not_now", EVENT_RECORD_PRINT, STATE_HANDED_IN, (void)facts);
}

static void r50_collected_once_it_is_ready(void **state)
{
    (void)state;
    REFUSES("application.not_graduated", EVENT_CERTIFICATE_READY, STATE_JOINT_REVIEW, (void)facts);
    REFUSES("application.certificate_not_ready", EVENT_CERTIFICATE_COLLECT, STATE_GRADUATED, (void)facts);
    REFUSES(NULL, EVENT_CERTIFICATE_COLLECT, STATE_CERTIFICATE_READY, (void)facts);
    REFUSES("application.certificate_not_ready", EVENT_CERTIFICATE_COLLECT, STATE_CERTIFICATE_COLLECTED, (void)facts);
}

/* ---------------------------------------------------------------- what to bring */

static char *checklist(struct application_facts facts)
{
    const char *keys[8];
    application_checklist_keys(&facts, keys);
    return g_strjoinv(" ", (char **)keys);
}

static void r45_r46_r47_r48_r49_what_to_bring(void **state)
{
    (void)state;
    struct application_facts added = facts_good(), everything = facts_bachelor(PRIOR_MANUAL_PENDING);
    struct application_facts junior = facts_bachelor(PRIOR_MANUAL_PENDING);
    added.added_courses = 2;
    everything.added_courses = 1;
    junior.bachelor = false; /* the 本科 row was taken out again */
    const struct {
        struct application_facts facts;
        const char *keys;
    } cases[] = {
        {facts_good(), "checklist.registration_form checklist.id_card checklist.changed_data"},
        {added, "checklist.registration_form checklist.id_card checklist.originals checklist.changed_data"},
        {facts_bachelor(PRIOR_VERIFIED), "checklist.registration_form checklist.id_card checklist.changed_data"},
        {junior, "checklist.registration_form checklist.id_card checklist.changed_data"},
        {facts_bachelor(PRIOR_MANUAL_REFUSED), "checklist.registration_form checklist.id_card checklist.changed_data"},
        {facts_bachelor(PRIOR_MANUAL_VERIFIED), "checklist.registration_form checklist.id_card "
                                                "checklist.prior_degree_papers checklist.changed_data"},
        {everything, "checklist.registration_form checklist.id_card checklist.originals checklist.prior_degree_papers "
                     "checklist.changed_data"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *keys = checklist(cases[i].facts);
        assert_string_equal(keys, cases[i].keys);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outside_the_application_window),
        cmocka_unit_test(test_drafting),
        cmocka_unit_test(r49_papers_for_what_the_register_does_not_confirm),
        cmocka_unit_test(r20_r23_photo_after_the_last_try),
        cmocka_unit_test(test_submitting),
        cmocka_unit_test(prior_degree_opens_the_submission),
        cmocka_unit_test(r20_r23_photo_by_state),
        cmocka_unit_test(r24_d4_the_system_approves_what_needs_nobody),
        cmocka_unit_test(r26_one_reapplication),
        cmocka_unit_test(r25_paying_waits_for_everything),
        cmocka_unit_test(test_lapsing),
        cmocka_unit_test(test_refusals_name_the_state),
        cmocka_unit_test(test_windows_of_the_facts),
        cmocka_unit_test(r04_a_negative_prejudge_blocks_nothing),
        cmocka_unit_test(r06_first_the_major_then_its_courses),
        cmocka_unit_test(r07_too_few_credits_are_not_submitted),
        cmocka_unit_test(r12_r14_added_courses_need_their_archive),
        cmocka_unit_test(r15_clearing_while_it_is_a_draft),
        cmocka_unit_test(r17_r27_nothing_changes_after_the_submission),
        cmocka_unit_test(r19_photo_after_the_submission_before_paying),
        cmocka_unit_test(d2_the_photo_may_come_first),
        cmocka_unit_test(r24_reviewed_then_paid_then_the_joint_review),
        cmocka_unit_test(r25_every_row_must_be_approved),
        cmocka_unit_test(r28_r32_form_between_paying_and_handing_in),
        cmocka_unit_test(d3_a_saved_form_may_be_final),
        cmocka_unit_test(r31_handing_in_within_its_window),
        cmocka_unit_test(r33_no_receipt_before_its_time),
        cmocka_unit_test(r44_printing_what_was_saved),
        cmocka_unit_test(r50_collected_once_it_is_ready),
        cmocka_unit_test(r45_r46_r47_r48_r49_what_to_bring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
