/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effects are plain data: copied whole, freed whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/effect.h"

#include <string.h>

static struct effect *full_send(void)
{
    struct effect *effect = g_new0(struct effect, 1);
    struct api_order_request *body = record_new(&api_order_request_record);
    body->channel = CHANNEL_SIMULATED;
    effect->kind = EFFECT_SEND;
    effect->ticket = 7;
    effect->call = API_CREATE_ORDER;
    effect->argument = g_strdup("690206");
    effect->query[0][0] = g_strdup("after");
    effect->query[0][1] = g_strdup("3");
    effect->query[1][0] = g_strdup("wait");
    effect->query[1][1] = g_strdup("25");
    effect->record = body;
    effect->idempotency_key = g_strdup("key");
    effect->version = 4;
    effect->wait_ms = 25000;
    effect->text = g_strdup("text");
    effect->detail = g_strdup("detail");
    effect->name = g_strdup("portrait.jpg");
    effect->print.job_name = g_strdup("job");
    effect->print.sha256 = g_strdup("abc");
    effect->print.job_uuid = g_strdup("urn:uuid:1");
    effect->print.outcome = g_strdup("unknown");
    return effect;
}

/* Every text of the copy is its own: freeing one leaves the other whole (the sanitizer watches). */
static void a_copy_stands_alone(void **state)
{
    (void)state;
    struct effect *first = full_send(), *copy = effect_copy(first);
    assert_true(record_equal(&api_order_request_record, first->record, copy->record));
    assert_ptr_not_equal(first->record, copy->record);
    const char *texts[][2] = {
        {first->argument, copy->argument},
        {first->query[0][0], copy->query[0][0]},
        {first->query[0][1], copy->query[0][1]},
        {first->query[1][0], copy->query[1][0]},
        {first->query[1][1], copy->query[1][1]},
        {first->idempotency_key, copy->idempotency_key},
        {first->text, copy->text},
        {first->detail, copy->detail},
        {first->name, copy->name},
        {first->print.job_name, copy->print.job_name},
        {first->print.sha256, copy->print.sha256},
        {first->print.job_uuid, copy->print.job_uuid},
        {first->print.outcome, copy->print.outcome},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_string_equal(texts[i][0], texts[i][1]);
        assert_ptr_not_equal(texts[i][0], texts[i][1]);
    }
    effect_free(first);
    assert_string_equal(copy->idempotency_key, "key");
    assert_int_equal(copy->version, 4);
    effect_free(copy);
}

static void a_helper_s_request_goes_with_it(void **state)
{
    (void)state;
    for (int job = 0; job < HELPER_JOBS; job++) {
        struct effect *effect = g_new0(struct effect, 1);
        effect->kind = EFFECT_HELPER;
        effect->job = (enum helper_job)job;
        effect->record = record_new(helper_jobs[job].request);
        struct effect *copy = effect_copy(effect);
        assert_true(record_equal(helper_jobs[job].request, effect->record, copy->record));
        effect_free(effect);
        effect_free(copy);
    }
}

static void nothing_is_freed_quietly(void **state)
{
    (void)state;
    effect_free(NULL);
    outbox_item_free(NULL);
    struct outbox_item *item = g_new0(struct outbox_item, 1);
    item->call = API_PRINTS;
    item->body = record_new(&api_print_record);
    item->idempotency_key = g_strdup("key");
    outbox_item_free(item);
    item = g_new0(struct outbox_item, 1);
    item->call = API_SUBMIT; /* has no body */
    outbox_item_free(item);
}

/* The reducer sorts by kind: what persists comes first, and SHOW after everything that may change the page. */
static void the_order_of_kinds(void **state)
{
    static const enum effect_kind later[] = {EFFECT_PERSON, EFFECT_TOKEN, EFFECT_SEND, EFFECT_CANCEL,
                                             EFFECT_HELPER, EFFECT_SHOW,  EFFECT_QUIT, EFFECT_END};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(later); i++) {
        assert_true(EFFECT_PERSIST_OUTBOX < later[i] && EFFECT_PERSIST_DONE < later[i]);
        assert_true(EFFECT_PERSIST_PRINT < later[i] && EFFECT_JOURNAL < later[i]);
    }
    assert_true(EFFECT_TOKEN < EFFECT_SEND);    /* the call needs it */
    assert_true(EFFECT_CANCEL < EFFECT_HELPER); /* one file is written by one helper at a time */
    assert_true(EFFECT_SEND < EFFECT_END && EFFECT_SHOW < EFFECT_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_stands_alone),
        cmocka_unit_test(a_helper_s_request_goes_with_it),
        cmocka_unit_test(nothing_is_freed_quietly),
        cmocka_unit_test(the_order_of_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
