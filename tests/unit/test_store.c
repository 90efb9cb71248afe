/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store keeps, and for whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "keeper.h"

static void files_are_private(void **state)
{
    struct keeper *keeper = *state;
    static const char *const tails[] = {"", "-wal", "-shm"};
    g_autofree char *folder = g_path_get_dirname(keeper->path);
    GStatBuf status;
    assert_true(store_journal(keeper->store, "ab12cd34", "start", NULL, NULL));
    assert_int_equal(g_stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
        g_autofree char *path = g_strconcat(keeper->path, tails[i], NULL);
        assert_int_equal(g_stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, 0600);
    }
}

static void journal_grows(void **state)
{
    struct keeper *keeper = *state;
    assert_true(store_journal(keeper->store, "ab12cd34", "print.sent", "2 copies", NULL));
    assert_true(store_journal(keeper->store, NULL, "start", NULL, NULL));
    keeper_assert_file(keeper, "SELECT group_concat(person || '|' || what || '|' || detail, ';') FROM journal",
                       "ab12cd34|print.sent|2 copies;|start|");
    keeper_assert_file(keeper, "SELECT min(at) > 1700000000 FROM journal", "1");
}

static void outbox_keeps_its_order_and_every_field(void **state)
{
    struct keeper *keeper = *state;
    assert_true(keeper_add(keeper->store, "p1", "k3", NULL));
    assert_true(keeper_add(keeper->store, "p2", "k1", NULL));
    assert_true(keeper_add(keeper->store, "p1", "k2", NULL));
    keeper_reopen(keeper);
    keeper_assert_keys(keeper, NULL, "k3 k1 k2 ");
    keeper_assert_keys(keeper, "p1", "k3 k2 ");
    keeper_assert_keys(keeper, "p3", "");
    g_autoptr(GPtrArray) list = store_outbox_list(keeper->store, "p2", NULL);
    const struct outbox_entry *entry = list->pdata[0];
    assert_string_equal(entry->person, "p2");
    assert_string_equal(entry->call, "submit");
    assert_string_equal(entry->body, "{\"copies\":2}");
    assert_true(entry->version == 7);
    assert_true(entry->created_at == 1796083200);
}

static void the_same_key_is_the_same_row(void **state)
{
    struct keeper *keeper = *state;
    struct outbox_entry entry = {.person = (char *)"p1", .call = (char *)"order", .idempotency_key = (char *)"k1"};
    gint64 first = 0, other = 0, again = 0;
    assert_true(store_outbox_add(keeper->store, &entry, &first, NULL));
    entry.idempotency_key = (char *)"k2";
    assert_true(store_outbox_add(keeper->store, &entry, &other, NULL));
    entry.idempotency_key = (char *)"k1";
    entry.call = (char *)"submit";
    assert_true(store_outbox_add(keeper->store, &entry, &again, NULL));
    assert_true(first > 0 && first == again && first != other);
    g_autoptr(GPtrArray) list = store_outbox_list(keeper->store, NULL, NULL);
    assert_int_equal(list->len, 2);
    assert_string_equal(((struct outbox_entry *)list->pdata[0])->call, "order"); /* the first one stays */
    assert_string_equal(((struct outbox_entry *)list->pdata[0])->body, "");
    assert_true(store_outbox_remove(keeper->store, "k1", NULL));
    assert_true(store_outbox_remove(keeper->store, "k1", NULL)); /* gone already is gone */
    keeper_assert_keys(keeper, NULL, "k2 ");
}

static void a_print_goes_on_and_never_back(void **state)
{
    struct keeper *keeper = *state;
    keeper_put_print(keeper, "job", PRINT_INTENT, NULL, NULL);
    keeper_put_print(keeper, "job", PRINT_SENT, "urn:uuid:1", NULL);
    keeper_put_print(keeper, "job", PRINT_SUBMITTED, NULL, NULL);
    keeper_reopen(keeper);
    g_autoptr(GPtrArray) open = store_print_open(keeper->store, "p1", NULL);
    assert_int_equal(open->len, 1);
    const struct print_job *job = open->pdata[0];
    assert_string_equal(job->job_name, "job");
    assert_int_equal(job->progress, PRINT_SENT);
    assert_string_equal(job->job_uuid, "urn:uuid:1");
    assert_string_equal(job->sha256, "ab");
    assert_null(job->outcome);
    assert_true(job->form_version == 3 && job->copies == 2 && job->created_at == 1796083200);
}

static void ended_prints_are_not_open(void **state)
{
    struct keeper *keeper = *state;
    keeper_put_print(keeper, "job 1", PRINT_INTENT, NULL, NULL);
    keeper_put_print(keeper, "job 2", PRINT_INTENT, NULL, NULL);
    keeper_put_print(keeper, "job 1", PRINT_ENDED, NULL, "in_hand");
    g_autoptr(GPtrArray) open = store_print_open(keeper->store, "p1", NULL);
    g_autoptr(GPtrArray) others = store_print_open(keeper->store, "p2", NULL);
    assert_int_equal(open->len, 1);
    assert_string_equal(((struct print_job *)open->pdata[0])->job_name, "job 2");
    assert_null(((struct print_job *)open->pdata[0])->job_uuid);
    assert_int_equal(others->len, 0);
    keeper_assert_file(keeper, "SELECT outcome FROM print_job WHERE job_name = 'job 1'", "in_hand");
}

static void the_machine_keeps_its_key(void **state)
{
    struct keeper *keeper = *state;
    unsigned char key[32] = {0}, again[32] = {0}, other[32] = {0}, nothing[32] = {0};
    assert_true(store_machine_key(keeper->store, key, NULL));
    keeper_reopen(keeper);
    assert_true(store_machine_key(keeper->store, again, NULL));
    assert_memory_equal(key, again, sizeof key);
    assert_memory_not_equal(key, nothing, sizeof key);
    g_autofree char *path = g_build_filename(keeper->folder, "other.db", NULL);
    struct store *store = store_open(path, NULL);
    assert_true(store_machine_key(store, other, NULL));
    assert_memory_not_equal(key, other, sizeof key);
    store_close(store);
}

static void two_processes_share_the_file(void **state)
{
    struct keeper *keeper = *state;
    struct store *second = keeper_open(keeper);
    unsigned char key[32], again[32];
    for (int i = 0; i < 20; i++) {
        assert_true(store_journal(i % 2 ? keeper->store : second, "p1", "line", NULL, NULL));
        g_autofree char *name = g_strdup_printf("k%d", i);
        assert_true(keeper_add(i % 2 ? second : keeper->store, "p1", name, NULL));
    }
    assert_true(store_machine_key(keeper->store, key, NULL));
    assert_true(store_machine_key(second, again, NULL));
    assert_memory_equal(key, again, sizeof key);
    store_close(second);
    keeper_assert_file(keeper, "SELECT count(*) || '/' || (SELECT count(*) FROM outbox) FROM journal", "20/20");
}

static void nothing_is_closed_like_something(void **state)
{
    (void)state;
    store_close(NULL);
    outbox_entry_free(NULL);
    print_job_free(NULL);
}

#define store_test(name) cmocka_unit_test_setup_teardown(name, keeper_set_up, keeper_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(files_are_private),
        store_test(journal_grows),
        store_test(outbox_keeps_its_order_and_every_field),
        store_test(the_same_key_is_the_same_row),
        store_test(a_print_goes_on_and_never_back),
        store_test(ended_prints_are_not_open),
        store_test(the_machine_keeps_its_key),
        store_test(two_processes_share_the_file),
        cmocka_unit_test(nothing_is_closed_like_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
