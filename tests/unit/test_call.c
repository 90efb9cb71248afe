/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls: sent once, repeated with the same key, kept on disk, polled. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

/* ---------------------------------------------------------------- once, and the same again */

static void pressed_twice(struct world *world, const struct walk_write *write)
{
    assert_int_equal(srig_open_count(world->rig, write->call), 1);
    walk_again(world, write);
    assert_null(srig_effect(world->rig, EFFECT_SEND));
    assert_null(srig_effect(world->rig, EFFECT_PERSIST_OUTBOX));
    assert_int_equal(srig_open_count(world->rig, write->call), 1);
}

static void twice_while_busy_does_nothing(void **state)
{
    (void)state;
    walk_each_write(pressed_twice);
}

static void lost_and_repeated(struct world *world, const struct walk_write *write)
{
    struct srig *rig = world->rig;
    struct effect *first = effect_copy(srig_open(rig, write->call));
    assert_non_null(first->idempotency_key);
    assert_int_equal(srig_effect(rig, EFFECT_PERSIST_OUTBOX) != NULL, write->kept);
    srig_answer(rig, write->call, CALL_UNREACHABLE, NULL);
    assert_true(srig_shows(rig, "网络暂时不通"));
    walk_again(world, write);
    assert_null(srig_effect(rig, EFFECT_SEND)); /* it goes by itself */
    for (int times = 0; times < 8; times++) {
        srig_wait(rig, 16000);
        srig_tell(rig, SESSION_ACTIVITY);
        if (!srig_open(rig, write->call))
            srig_wait(rig, 16000);
        const struct effect *repeat = srig_open(rig, write->call);
        assert_non_null(repeat);
        assert_string_equal(repeat->idempotency_key, first->idempotency_key);
        assert_int_equal(repeat->version, first->version);
        if (first->record)
            assert_true(record_equal(api_entries[first->call].request, repeat->record, first->record));
        srig_answer(rig, write->call, CALL_UNREACHABLE, NULL);
    }
    srig_wait(rig, 16000);
    world_serve_one(world, write->call);
    assert_false(srig_shows(rig, "网络暂时不通"));
    assert_int_equal(srig_effect(rig, EFFECT_PERSIST_DONE) != NULL, write->kept);
    effect_free(first);
}

static void the_same_key_again_until_answered(void **state)
{
    (void)state;
    walk_each_write(lost_and_repeated);
}

static void waiting_grows_and_has_an_end(void **state)
{
    static const int64_t waits[] = {1000, 2000, 4000, 5000, 5000, 5000};
    struct world *world = *state;
    walk_at_submit(world);
    for (size_t i = 0; i < G_N_ELEMENTS(waits); i++) {
        srig_answer(world->rig, API_SUBMIT, CALL_UNREACHABLE, NULL);
        srig_wait(world->rig, waits[i] - 1);
        assert_null(srig_sent(world->rig, API_SUBMIT));
        srig_wait(world->rig, 1);
        assert_non_null(srig_sent(world->rig, API_SUBMIT));
    }
}

static void a_late_answer_counts_once(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    world_serve(world);
    struct session_event event = {.kind = SESSION_REPLY, .ticket = 4711, .outcome = CALL_OK};
    srig_apply(world->rig, &event);
    assert_int_equal(world->rig->effects->len, 0);
}

/* ---------------------------------------------------------------- on disk */

static void a_submission_survives_a_crash(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    g_autofree char *key = g_strdup(srig_open(world->rig, API_SUBMIT)->idempotency_key);
    srig_restart(world->rig); /* nobody answered */
    world_login(world);
    assert_int_equal(world->submitted, 1);
    assert_true(g_hash_table_contains(world->answered, key));
    assert_int_equal(g_hash_table_size(world->rig->kept), 0);
    assert_screen(world->rig, "photo_rules");
}

static void a_submission_that_arrived_is_not_made_again(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    struct effect *sent = effect_copy(srig_open(world->rig, API_SUBMIT));
    world_serve(world); /* the platform has it … */
    g_hash_table_insert(world->rig->kept, g_strdup(sent->idempotency_key), effect_copy(sent)); /* … we lost that */
    srig_restart(world->rig);
    world_login(world);
    assert_int_equal(world->submitted, 1);
    assert_int_equal(g_hash_table_size(world->rig->kept), 0);
    effect_free(sent);
}

static void what_the_outbox_sends_is_not_sent_beside_it(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    srig_restart(world->rig);
    srig_start(world->rig);
    world->away = false;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world_login(world);
    assert_int_equal(srig_open_count(world->rig, API_SUBMIT), 0); /* served: stale, and forgotten */
    assert_int_equal(g_hash_table_size(world->rig->kept), 0);
    assert_false(srig_shows(world->rig, "再试一次")); /* nobody here asked for it */
}

/* While the request of before is on its way, pressing "submit" makes no second one. */
static void the_person_does_not_submit_beside_the_outbox(void **state)
{
    struct world *world = *state;
    world_login(world);
    walk_choose_major(world);
    g_autoptr(GPtrArray) outbox = g_ptr_array_new_with_free_func((GDestroyNotify)outbox_item_free);
    struct outbox_item *item = g_new0(struct outbox_item, 1);
    item->call = API_SUBMIT;
    item->idempotency_key = g_strdup("of-before");
    item->version = world->application->version;
    g_ptr_array_add(outbox, item);
    struct effect *on_disk = g_new0(struct effect, 1);
    on_disk->call = API_SUBMIT;
    on_disk->version = item->version;
    g_hash_table_insert(world->rig->kept, g_strdup("of-before"), on_disk);
    struct session_event event = {.kind = SESSION_OUTBOX, .outbox = outbox};
    srig_apply(world->rig, &event);
    srig_action(world->rig, "next");
    srig_edit(world->rig, "id_tail", "0015");
    srig_action(world->rig, "submit");
    assert_null(srig_effect(world->rig, EFFECT_SEND));
    assert_int_equal(srig_open_count(world->rig, API_SUBMIT), 1);
    world_serve(world);
    assert_int_equal(world->submitted, 1);
    assert_screen(world->rig, "photo_rules");
}

static void nobody_s_outbox_before_the_login(void **state)
{
    struct world *world = *state;
    walk_at_submit(world);
    srig_restart(world->rig);
    srig_start(world->rig);
    srig_outbox(world->rig);
    assert_null(srig_sent(world->rig, API_SUBMIT));
}

static void one_order_however_often_it_is_asked_for(void **state)
{
    struct world *world = *state;
    walk_at_order(world);
    struct effect *sent = effect_copy(srig_open(world->rig, API_CREATE_ORDER));
    srig_restart(world->rig);
    world_login(world); /* the outbox makes the order */
    assert_int_equal(world->orders, 1);
    assert_true(g_hash_table_contains(world->answered, sent->idempotency_key));
    assert_true(srig_shows(world->rig, "继续支付"));
    assert_false(srig_offers(world->rig, "go order"));
    srig_action(world->rig, "go pay");
    assert_true(srig_shows(world->rig, "/P/PAY/ABC"));
    srig_action(world->rig, "go progress");
    srig_action(world->rig, "go order"); /* no longer on the page */
    assert_screen(world->rig, "progress");
    assert_int_equal(world->orders, 1);
    effect_free(sent);
}

/* ---------------------------------------------------------------- the long poll */

static void the_poll_goes_on_and_ends_with_the_page(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world->application->prior_degree->state = PRIOR_NONE;
    world_login(world);
    assert_screen(world->rig, "prior_degree");
    srig_answer(world->rig, API_APPLICATION, CALL_UNCHANGED, NULL);
    assert_int_equal(srig_open_count(world->rig, API_APPLICATION), 1);
    world_push(world);
    g_autofree char *version = g_strdup_printf("%" G_GINT64_FORMAT, world->application->version);
    assert_string_equal(srig_open(world->rig, API_APPLICATION)->query[0][0], "after");
    assert_string_equal(srig_open(world->rig, API_APPLICATION)->query[0][1], version);
    srig_action(world->rig, "go leave");
    assert_non_null(srig_effect(world->rig, EFFECT_CANCEL));
    assert_int_equal(srig_open_count(world->rig, API_APPLICATION), 0);
}

/* Review, photo and payment go on whatever page one looks at. */
static void after_submitting_every_page_hears_of_it(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SYSTEM_CHECKING);
    world_login(world);
    srig_action(world->rig, "go home");
    assert_int_equal(srig_open_count(world->rig, API_APPLICATION), 1);
    world->application->state = STATE_PAID;
    world_push(world);
    assert_true(srig_shows(world->rig, "继续办理：毕业登记信息填写"));
}

static void an_older_snapshot_is_overtaken(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SYSTEM_CHECKING);
    world->application->photo->state = PHOTO_ACCEPTED;
    world_login(world);
    struct application *old = record_copy(&application_record, world->application);
    world->application->state = STATE_SYSTEM_APPROVED;
    world_push(world);
    old->state = STATE_DRAFT;
    srig_ok(world->rig, API_APPLICATION, old);
    record_free(&application_record, old);
    assert_int_equal(world->rig->session->application->state, STATE_SYSTEM_APPROVED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twice_while_busy_does_nothing),
        cmocka_unit_test(the_same_key_again_until_answered),
        WALK(waiting_grows_and_has_an_end, walk_junior),
        WALK(a_late_answer_counts_once, walk_junior),
        WALK(a_submission_survives_a_crash, walk_junior),
        WALK(a_submission_that_arrived_is_not_made_again, walk_junior),
        WALK(what_the_outbox_sends_is_not_sent_beside_it, walk_junior),
        WALK(the_person_does_not_submit_beside_the_outbox, walk_junior),
        WALK(nobody_s_outbox_before_the_login, walk_junior),
        WALK(one_order_however_often_it_is_asked_for, walk_junior),
        WALK(the_poll_goes_on_and_ends_with_the_page, walk_bachelor),
        WALK(after_submitting_every_page_hears_of_it, walk_junior),
        WALK(an_older_snapshot_is_overtaken, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
