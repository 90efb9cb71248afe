/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store under power cuts, kills, damage and a full disk. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "keeper.h"

/* Stands in for the C library's: how often SQLite made sure that something is on the disk. */
static int n_syncs;
int fdatasync(int fd)
{
    n_syncs++;
    return (int)syscall(SYS_fdatasync, fd);
}
int fsync(int fd)
{
    n_syncs++;
    return (int)syscall(SYS_fsync, fd);
}

/* Likewise: a disk with so many bytes left; -1 = enough. */
static gint64 room = -1;
static bool take_room(size_t n)
{
    if (room >= 0 && room < (gint64)n) {
        errno = ENOSPC;
        return false;
    }
    room -= room >= 0 ? (gint64)n : 0;
    return true;
}
ssize_t write(int fd, const void *bytes, size_t n)
{
    return fd <= STDERR_FILENO || take_room(n) ? syscall(SYS_write, fd, bytes, n) : -1;
}
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset)
{
    return take_room(n) ? syscall(SYS_pwrite64, fd, bytes, n, offset) : -1;
}

/* ---------------------------------------------------------------- power cuts */

static void every_change_reaches_the_disk(void **state)
{
    struct keeper *keeper = *state;
    unsigned char key[32];
    struct {
        const char *name;
        bool done;
        int syncs;
    } calls[5];
    const int start = n_syncs;
    calls[0].done = store_journal(keeper->store, "p1", "what", NULL, NULL), calls[0].syncs = n_syncs;
    calls[1].done = keeper_add(keeper->store, "p1", "k1", NULL), calls[1].syncs = n_syncs;
    calls[2].done = store_outbox_remove(keeper->store, "k1", NULL), calls[2].syncs = n_syncs;
    calls[3].done = store_machine_key(keeper->store, key, NULL), calls[3].syncs = n_syncs;
    keeper_put_print(keeper, "job", PRINT_INTENT, NULL, NULL), calls[4].done = true, calls[4].syncs = n_syncs;
    for (int i = 0; i < 5; i++) {
        assert_true(calls[i].done);
        assert_true(calls[i].syncs > (i == 0 ? start : calls[i - 1].syncs));
    }
}

/* Adds rows and tells each one's number when it is in, until it is killed. */
static G_GNUC_NORETURN void tireless_kiosk(const struct keeper *keeper, int tell)
{
    struct store *store = keeper_open(keeper);
    for (guint8 i = 0;; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        if (!keeper_add(store, "p1", key, NULL) || write(tell, &i, 1) != 1)
            _exit(1);
    }
}

static void what_was_confirmed_survives_kill(void **state)
{
    struct keeper *keeper = *state;
    for (int round = 0; round < 8; round++) {
        int pipe_fds[2], told = -1;
        guint8 number;
        g_clear_pointer(&keeper->store, store_close);
        g_unlink(keeper->path);
        assert_int_equal(pipe(pipe_fds), 0);
        pid_t kiosk = fork();
        if (kiosk == 0)
            tireless_kiosk(keeper, pipe_fds[1]);
        close(pipe_fds[1]);
        while (told < round * 5 && read(pipe_fds[0], &number, 1) == 1)
            told = number;
        kill(kiosk, SIGKILL);
        while (read(pipe_fds[0], &number, 1) == 1)
            told = number; /* it may have gone on until the signal came */
        waitpid(kiosk, NULL, 0);
        close(pipe_fds[0]);
        keeper->store = keeper_open(keeper);
        g_autoptr(GPtrArray) list = store_outbox_list(keeper->store, "p1", NULL);
        assert_in_range(list->len, told + 1, told + 2); /* the last may be in without having been told */
        for (guint i = 0; i < list->len; i++)
            assert_int_equal(atoi(((struct outbox_entry *)list->pdata[i])->idempotency_key), i);
    }
    assert_false(keeper_has_damaged(keeper, 1));
}

/* ---------------------------------------------------------------- damage */

static void write_at(const char *path, gsize offset, const void *bytes, gsize length)
{
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, bytes, length, (off_t)offset), length);
    close(fd);
}

static void cut_to(const char *path, gsize length)
{
    assert_int_equal(truncate(path, (off_t)length), 0);
}

/* Page of the table's root in the file (4096 bytes each). */
static gsize page_of(const struct keeper *keeper, const char *table)
{
    g_autofree char *sql = g_strdup_printf("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
    g_autofree char *page = keeper_ask_file(keeper->path, sql);
    return (gsize)(atoi(page) - 1) * 4096;
}

static void fill_store(struct keeper *keeper, unsigned char key[32])
{
    assert_true(store_machine_key(keeper->store, key, NULL));
    assert_true(keeper_add(keeper->store, "p1", "k1", NULL));
    keeper_put_print(keeper, "job", PRINT_SUBMITTED, NULL, NULL);
    for (int i = 0; i < 200; i++)
        assert_true(store_journal(keeper->store, "p1", "what", "some longer detail that fills the pages", NULL));
    g_clear_pointer(&keeper->store, store_close);
}

/* Whatever was done to the file, the terminal starts, writes, and keeps the old file. */
static void a_damaged_file_is_set_aside(void **state)
{
    struct keeper *keeper = *state;
    unsigned char key[32];
    guint8 noise[8192];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (guint8)(i * 31 + 7);
    for (int n = 0; n < 5; n++) {
        fill_store(keeper, key);
        switch (n) {
        case 0: /* not a database at all */
            write_at(keeper->path, 0, noise, sizeof noise);
            break;
        case 1: /* the table of contents */
            write_at(keeper->path, 100, noise, 3000);
            break;
        case 2: /* a table we live from */
            write_at(keeper->path, page_of(keeper, "outbox"), noise, 4096);
            break;
        case 3: /* half of it is gone */
            cut_to(keeper->path, 5000);
            break;
        case 4:
            cut_to(keeper->path, 50);
            break;
        }
        keeper->store = keeper_open(keeper);
        assert_true(keeper_has_damaged(keeper, n + 1));
        assert_false(keeper_has_damaged(keeper, n + 2));
        assert_true(keeper_add(keeper->store, "p1", "after", NULL));
        assert_true(store_machine_key(keeper->store, key, NULL));
        keeper_assert_file(keeper, "PRAGMA integrity_check", "ok");
    }
}

/* Damage of the outbox does not cost the machine its key, nor the other way round. */
static void what_can_be_read_is_taken_over(void **state)
{
    struct keeper *keeper = *state;
    static const guint8 noise[4096] = {1, 2, 3};
    unsigned char key[32], after[32];
    fill_store(keeper, key);
    write_at(keeper->path, page_of(keeper, "print_job"), noise, sizeof noise);
    keeper->store = keeper_open(keeper);
    assert_true(keeper_has_damaged(keeper, 1));
    keeper_assert_keys(keeper, NULL, "k1 ");
    assert_true(store_machine_key(keeper->store, after, NULL));
    assert_memory_equal(key, after, sizeof key);
    g_autoptr(GPtrArray) prints = store_print_open(keeper->store, "p1", NULL);
    assert_int_equal(prints->len, 0);
}

/* The journal is not looked through at the start; a call that meets damage puts things right and succeeds. */
static void damage_met_later_is_set_aside_too(void **state)
{
    struct keeper *keeper = *state;
    static const guint8 noise[4096] = {1, 2, 3};
    unsigned char key[32], after[32];
    fill_store(keeper, key);
    write_at(keeper->path, page_of(keeper, "journal"), noise, sizeof noise);
    keeper->store = keeper_open(keeper);
    assert_false(keeper_has_damaged(keeper, 1));
    assert_true(store_journal(keeper->store, "p1", "after", NULL, NULL));
    assert_true(keeper_has_damaged(keeper, 1));
    keeper_assert_file(keeper, "SELECT group_concat(what) FROM journal", "after");
    keeper_assert_keys(keeper, NULL, "k1 ");
    assert_true(store_machine_key(keeper->store, after, NULL));
    assert_memory_equal(key, after, sizeof key);
    g_autoptr(GPtrArray) prints = store_print_open(keeper->store, "p1", NULL);
    assert_int_equal(prints->len, 1);
}

static void a_newer_file_is_left_alone(void **state)
{
    struct keeper *keeper = *state;
    g_autoptr(GError) error = NULL;
    assert_true(keeper_add(keeper->store, "p1", "k1", NULL));
    g_clear_pointer(&keeper->store, store_close);
    g_autofree char *nothing = keeper_ask_file(keeper->path, "PRAGMA user_version = 99");
    assert_null(store_open(keeper->path, &error));
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_OPEN));
    assert_non_null(strstr(error->message, "newer"));
    assert_false(keeper_has_damaged(keeper, 1));
    keeper_assert_file(keeper, "SELECT count(*) FROM outbox", "1");
}

/* ---------------------------------------------------------------- trouble with the disk */

static void places_that_cannot_be(void **state)
{
    struct keeper *keeper = *state;
    g_autofree char *below_a_file = g_build_filename(keeper->path, "kiosk.db", NULL);
    g_autofree char *link = g_build_filename(keeper->folder, "link.db", NULL);
    assert_int_equal(symlink("/dev/zero", link), 0);
    const char *const paths[] = {below_a_file, keeper->folder, link};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(store_open(paths[i], &error));
        assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_OPEN));
    }
}

/* Writes until there is no room. The number of rows that were promised to be in. */
static int fill_up(struct keeper *keeper, GError **error)
{
    int n = 0;
    g_autofree char *detail = g_strnfill(3000, 'x');
    while (n < 10000 && store_journal(keeper->store, "p1", "what", detail, error))
        n++;
    return n;
}

static void a_full_disk_is_told_and_survived(void **state)
{
    struct keeper *keeper = *state;
    g_autoptr(GError) error = NULL, again = NULL;
    room = 256 * 1024;
    int n = fill_up(keeper, &error);
    bool added = keeper_add(keeper->store, "p1", "k1", &again);
    room = -1;
    assert_in_range(n, 5, 200);
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL));
    assert_false(added);
    assert_true(g_error_matches(again, STORE_ERROR, STORE_ERROR_FULL));
    assert_true(keeper_add(keeper->store, "p1", "k2", NULL)); /* there is room again */
    keeper_reopen(keeper);
    keeper_assert_keys(keeper, NULL, "k2 ");
    g_autofree char *count = g_strdup_printf("%d", n);
    keeper_assert_file(keeper, "SELECT count(*) FROM journal", count);
    assert_false(keeper_has_damaged(keeper, 1));
}

/*
 * The disk fills at any point of a terminal's first start and what comes after it: nothing that was promised is
 * lost.
 */
static void a_disk_may_fill_at_any_moment(void **state)
{
    struct keeper *keeper = *state;
    for (gint64 bytes = 0; bytes < 150000; bytes += 1900) {
        g_autoptr(GError) error = NULL;
        g_autofree char *name = g_strdup_printf("%d.db", (int)bytes);
        g_autofree char *path = g_build_filename(keeper->folder, name, NULL);
        int n = 0;
        room = bytes;
        struct store *store = store_open(path, &error);
        for (; store && n < 20; n++) {
            g_autofree char *key = g_strdup_printf("k%d", n);
            if (!keeper_add(store, "p1", key, &error))
                break;
        }
        room = -1;
        store_close(store);
        assert_true(n == 20 || g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL));
        store = store_open(path, NULL);
        assert_non_null(store);
        g_autoptr(GPtrArray) list = store_outbox_list(store, NULL, NULL);
        assert_int_equal(list->len, n);
        store_close(store);
    }
}

#define store_test(name) cmocka_unit_test_setup_teardown(name, keeper_set_up, keeper_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(every_change_reaches_the_disk),
        store_test(what_was_confirmed_survives_kill),
        store_test(a_damaged_file_is_set_aside),
        store_test(what_can_be_read_is_taken_over),
        store_test(damage_met_later_is_set_aside_too),
        store_test(a_newer_file_is_left_alone),
        store_test(places_that_cannot_be),
        store_test(a_full_disk_is_told_and_survived),
        store_test(a_disk_may_fill_at_any_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
