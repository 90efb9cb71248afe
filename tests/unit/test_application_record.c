/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graduation/application.h"
#include "graduation/eligibility.h"
#include "rules.h"

#include <string.h>

/* The words other programs hold on to (design 6.3), in the order of the enums. */
static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *const *words;
        const char *joined;
    } lists[] = {
        {application_state_words,
         "none draft submitted system_checking system_approved county_pending county_approved county_rejected paid "
         "form_saved handed_in joint_review joint_rejected graduated certificate_ready certificate_collected lapsed"},
        {photo_state_words, "none checking accepted rejected manual_requested manual_accepted manual_rejected"},
        {prior_degree_state_words,
         "not_required none qr_shown authorised_waiting verified mismatch not_found expired manual_pending "
         "manual_verified manual_refused"},
        {order_state_words, "none created paying paid expired closed receipt_issued"},
        {pay_channel_words, "simulated wechat alipay"},
        {added_course_reason_words, "exemption old_plan practice_card"},
        {print_outcome_words, "in_hand not_printed unknown"},
        {course_state_words,
         "not_passed passed exempt to_substitute substituted consumed outside used added not_needed"},
        {result_source_words, "recorded exemption old_plan practice_card"},
        {verdict_words, "not_met met"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autofree char *joined = g_strjoinv(" ", (char **)lists[i].words);
        assert_string_equal(joined, lists[i].joined);
    }
    assert_string_equal(application_state_words[STATE_LAPSED], "lapsed");
    assert_int_equal(g_strv_length((char **)application_state_words), STATES);
    assert_int_equal(g_strv_length((char **)application_event_words), APPLICATION_EVENTS);
}

/* A snapshot with something in every corner is the same after a copy; one without is freed as well. */
static void test_copy(void **state)
{
    (void)state;
    struct application *application = record_new(&application_record);
    application->version = 7;
    application->state = STATE_FORM_SAVED;
    application->county = g_strdup("140105");
    g_ptr_array_add(application->items, record_new(&application_item_record));
    g_ptr_array_add(application->english_substitution, g_strdup("00144"));
    g_ptr_array_add(application->prints, record_new(&print_record_record));
    record_free(&registration_form_record, application->registration_form);
    application->registration_form = record_new(&registration_form_record);
    g_ptr_array_add(application->registration_form->resume, record_new(&resume_row_record));
    struct application *copy = record_copy(&application_record, application);
    assert_true(record_equal(&application_record, application, copy));
    struct resume_row *row = g_ptr_array_index(copy->registration_form->resume, 0);
    row->where = g_strdup("太原市");
    assert_false(record_equal(&application_record, application, copy));
    record_free(&application_record, copy);
    record_free(&application_record, application);
}

/* The three reasons of a course that is added, and what must be known of it. */
static void r09_r13_what_is_known_of_an_added_course(void **state)
{
    (void)state;
    static const char *const fields[] = {"reason", "code", "name", "passed_on", "score"};
    assert_int_equal(added_course_record.n_fields, G_N_ELEMENTS(fields));
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        const struct record_field *field = record_field_find(&added_course_record, fields[i]);
        assert_non_null(field);
        assert_true(field->flags & RECORD_REQUIRED);
    }
    const struct record_field *score = record_field_find(&added_course_record, "score");
    assert_int_equal(score->max, 100);
    assert_int_equal(g_strv_length((char **)added_course_reason_words), 3);
}

static void test_allows_reads_the_snapshot(void **state)
{
    (void)state;
    struct application *application = record_new(&application_record);
    g_ptr_array_add(application->allowed, g_strdup("submit"));
    assert_true(application_allows(application, EVENT_SUBMIT));
    assert_false(application_allows(application, EVENT_START));
    record_free(&application_record, application);
}

static void test_progress(void **state)
{
    (void)state;
    struct messages *messages = rules_messages();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (int at = 0; at < STATES; at++) {
        const char *key = application_progress_key((enum application_state)at, 1);
        assert_ptr_not_equal(message_text(key, messages), key);
        assert_true(g_hash_table_add(seen, (gpointer)key)); /* each state has words of its own */
    }
    assert_string_equal(message_text(application_progress_key(STATE_COUNTY_REJECTED, 1), messages),
                        "预审不通过（可重新申请1次）");
    assert_string_equal(message_text(application_progress_key(STATE_COUNTY_REJECTED, 2), messages),
                        "预审不通过（不可再申请）");
    record_free(&messages_record, messages);
}

/* The largest fee, as many times as there can be majors: a snapshot and an order that are sent are also read. */
static void test_amounts_fit(void **state)
{
    (void)state;
    int64_t fee = record_field_max(record_field_find(&batch_record, "fee_fen"));
    int64_t majors = record_field_max(record_field_find(&application_record, "items"));
    assert_true(fee * majors <= record_field_max(record_field_find(&application_record, "fee_fen")));
    assert_true(fee * majors <= record_field_max(record_field_find(&order_record, "amount_fen")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_amounts_fit),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(r09_r13_what_is_known_of_an_added_course),
        cmocka_unit_test(test_allows_reads_the_snapshot),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
