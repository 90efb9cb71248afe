/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "storage/store.h"

/* ---------------------------------------------------------------- fixture */

struct rig {
    char *folder, *path;
    struct store *store;
};

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

static struct store *open_store(const struct rig *rig)
{
    g_autoptr(GError) error = NULL;
    struct store *store = store_open(rig->path, &error);
    if (!store)
        fail_msg("%s", error->message);
    return store;
}

static int set_up(void **state)
{
    struct rig *rig = g_new0(struct rig, 1);
    rig->folder = g_dir_make_tmp("store-XXXXXX", NULL);
    rig->path = g_build_filename(rig->folder, "state", "kiosk.db", NULL);
    rig->store = open_store(rig);
    *state = rig;
    return 0;
}

static void remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            remove_folder(path);
        else
            g_unlink(path);
    }
    g_rmdir(folder);
}

static int tear_down(void **state)
{
    struct rig *rig = *state;
    store_close(rig->store);
    remove_folder(rig->folder);
    g_free(rig->path);
    g_free(rig->folder);
    g_free(rig);
    return 0;
}

static void reopen(struct rig *rig)
{
    store_close(rig->store);
    rig->store = open_store(rig);
}

static bool add(struct store *store, const char *person, const char *key, GError **error)
{
    const struct outbox_entry entry = {.person = (char *)person,
                                       .call = (char *)"submit",
                                       .idempotency_key = (char *)key,
                                       .version = 7,
                                       .body = (char *)"{\"copies\":2}",
                                       .created_at = 1796083200};
    return store_outbox_add(store, &entry, NULL, error);
}

/* The keys of the outbox, in its order, with a space after each. */
static char *keys(struct store *store, const char *person)
{
    g_autoptr(GPtrArray) list = store_outbox_list(store, person, NULL);
    GString *text = g_string_new(NULL);
    assert_non_null(list);
    for (guint i = 0; i < list->len; i++)
        g_string_append_printf(text, "%s ", ((struct outbox_entry *)list->pdata[i])->idempotency_key);
    return g_string_free(text, FALSE);
}

static void assert_keys(const struct rig *rig, const char *person, const char *wanted)
{
    g_autofree char *found = keys(rig->store, person);
    assert_string_equal(found, wanted);
}

/* One text of the file itself, past the store. */
static char *ask_file(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    char *text =
        sqlite3_step(statement) == SQLITE_ROW ? g_strdup((const char *)sqlite3_column_text(statement, 0)) : NULL;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

static void assert_file_says(const struct rig *rig, const char *sql, const char *wanted)
{
    g_autofree char *text = ask_file(rig->path, sql);
    assert_string_equal(text, wanted);
}

static bool has_damaged(const struct rig *rig, int n)
{
    g_autofree char *aside = g_strdup_printf("%s.damaged-%d", rig->path, n);
    return g_file_test(aside, G_FILE_TEST_EXISTS);
}

/* ---------------------------------------------------------------- what is kept */

static void files_are_private(void **state)
{
    struct rig *rig = *state;
    static const char *const tails[] = {"", "-wal", "-shm"};
    g_autofree char *folder = g_path_get_dirname(rig->path);
    GStatBuf status;
    assert_true(store_journal(rig->store, "ab12cd34", "start", NULL, NULL));
    assert_int_equal(g_stat(folder, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    for (size_t i = 0; i < G_N_ELEMENTS(tails); i++) {
        g_autofree char *path = g_strconcat(rig->path, tails[i], NULL);
        assert_int_equal(g_stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, 0600);
    }
}

static void journal_grows(void **state)
{
    struct rig *rig = *state;
    assert_true(store_journal(rig->store, "ab12cd34", "print.sent", "2 copies", NULL));
    assert_true(store_journal(rig->store, NULL, "start", NULL, NULL));
    assert_file_says(rig, "SELECT group_concat(person || '|' || what || '|' || detail, ';') FROM journal",
                     "ab12cd34|print.sent|2 copies;|start|");
    assert_file_says(rig, "SELECT min(at) > 1700000000 FROM journal", "1");
}

static void outbox_keeps_its_order_and_every_field(void **state)
{
    struct rig *rig = *state;
    assert_true(add(rig->store, "p1", "k3", NULL));
    assert_true(add(rig->store, "p2", "k1", NULL));
    assert_true(add(rig->store, "p1", "k2", NULL));
    reopen(rig);
    assert_keys(rig, NULL, "k3 k1 k2 ");
    assert_keys(rig, "p1", "k3 k2 ");
    assert_keys(rig, "p3", "");
    g_autoptr(GPtrArray) list = store_outbox_list(rig->store, "p2", NULL);
    const struct outbox_entry *entry = list->pdata[0];
    assert_string_equal(entry->person, "p2");
    assert_string_equal(entry->call, "submit");
    assert_string_equal(entry->body, "{\"copies\":2}");
    assert_true(entry->version == 7);
    assert_true(entry->created_at == 1796083200);
}

static void the_same_key_is_the_same_row(void **state)
{
    struct rig *rig = *state;
    struct outbox_entry entry = {.person = (char *)"p1", .call = (char *)"order", .idempotency_key = (char *)"k1"};
    gint64 first = 0, other = 0, again = 0;
    assert_true(store_outbox_add(rig->store, &entry, &first, NULL));
    entry.idempotency_key = (char *)"k2";
    assert_true(store_outbox_add(rig->store, &entry, &other, NULL));
    entry.idempotency_key = (char *)"k1";
    entry.call = (char *)"submit";
    assert_true(store_outbox_add(rig->store, &entry, &again, NULL));
    assert_true(first > 0 && first == again && first != other);
    g_autoptr(GPtrArray) list = store_outbox_list(rig->store, NULL, NULL);
    assert_int_equal(list->len, 2);
    assert_string_equal(((struct outbox_entry *)list->pdata[0])->call, "order"); /* the first one stays */
    assert_string_equal(((struct outbox_entry *)list->pdata[0])->body, "");
    assert_true(store_outbox_remove(rig->store, "k1", NULL));
    assert_true(store_outbox_remove(rig->store, "k1", NULL)); /* gone already is gone */
    assert_keys(rig, NULL, "k2 ");
}

static void put_print(struct rig *rig, const char *name, int progress, const char *uuid, const char *outcome)
{
    const struct print_job job = {.job_name = (char *)name,
                                  .person = (char *)"p1",
                                  .form_version = 3,
                                  .copies = 2,
                                  .sha256 = (char *)"ab",
                                  .job_uuid = (char *)uuid,
                                  .progress = progress,
                                  .outcome = (char *)outcome,
                                  .created_at = 1796083200};
    assert_true(store_print_put(rig->store, &job, NULL));
}

static void a_print_goes_on_and_never_back(void **state)
{
    struct rig *rig = *state;
    put_print(rig, "job", PRINT_INTENT, NULL, NULL);
    put_print(rig, "job", PRINT_SENT, "urn:uuid:1", NULL);
    put_print(rig, "job", PRINT_SUBMITTED, NULL, NULL);
    reopen(rig);
    g_autoptr(GPtrArray) open = store_print_open(rig->store, "p1", NULL);
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
    struct rig *rig = *state;
    put_print(rig, "job 1", PRINT_INTENT, NULL, NULL);
    put_print(rig, "job 2", PRINT_INTENT, NULL, NULL);
    put_print(rig, "job 1", PRINT_ENDED, NULL, "in_hand");
    g_autoptr(GPtrArray) open = store_print_open(rig->store, "p1", NULL);
    g_autoptr(GPtrArray) others = store_print_open(rig->store, "p2", NULL);
    assert_int_equal(open->len, 1);
    assert_string_equal(((struct print_job *)open->pdata[0])->job_name, "job 2");
    assert_null(((struct print_job *)open->pdata[0])->job_uuid);
    assert_int_equal(others->len, 0);
    assert_file_says(rig, "SELECT outcome FROM print_job WHERE job_name = 'job 1'", "in_hand");
}

static void the_machine_keeps_its_key(void **state)
{
    struct rig *rig = *state;
    unsigned char key[32] = {0}, again[32] = {0}, other[32] = {0}, nothing[32] = {0};
    assert_true(store_machine_key(rig->store, key, NULL));
    reopen(rig);
    assert_true(store_machine_key(rig->store, again, NULL));
    assert_memory_equal(key, again, sizeof key);
    assert_memory_not_equal(key, nothing, sizeof key);
    g_autofree char *path = g_build_filename(rig->folder, "other.db", NULL);
    struct store *store = store_open(path, NULL);
    assert_true(store_machine_key(store, other, NULL));
    assert_memory_not_equal(key, other, sizeof key);
    store_close(store);
}

static void two_processes_share_the_file(void **state)
{
    struct rig *rig = *state;
    struct store *second = open_store(rig);
    unsigned char key[32], again[32];
    for (int i = 0; i < 20; i++) {
        assert_true(store_journal(i % 2 ? rig->store : second, "p1", "line", NULL, NULL));
        g_autofree char *name = g_strdup_printf("k%d", i);
        assert_true(add(i % 2 ? second : rig->store, "p1", name, NULL));
    }
    assert_true(store_machine_key(rig->store, key, NULL));
    assert_true(store_machine_key(second, again, NULL));
    assert_memory_equal(key, again, sizeof key);
    store_close(second);
    assert_file_says(rig, "SELECT count(*) || '/' || (SELECT count(*) FROM outbox) FROM journal", "20/20");
}

/* ---------------------------------------------------------------- power cuts */

static void every_change_reaches_the_disk(void **state)
{
    struct rig *rig = *state;
    unsigned char key[32];
    struct {
        const char *name;
        bool done;
        int syncs;
    } calls[5];
    const int start = n_syncs;
    calls[0].done = store_journal(rig->store, "p1", "what", NULL, NULL), calls[0].syncs = n_syncs;
    calls[1].done = add(rig->store, "p1", "k1", NULL), calls[1].syncs = n_syncs;
    calls[2].done = store_outbox_remove(rig->store, "k1", NULL), calls[2].syncs = n_syncs;
    calls[3].done = store_machine_key(rig->store, key, NULL), calls[3].syncs = n_syncs;
    put_print(rig, "job", PRINT_INTENT, NULL, NULL), calls[4].done = true, calls[4].syncs = n_syncs;
    for (int i = 0; i < 5; i++) {
        assert_true(calls[i].done);
        assert_true(calls[i].syncs > (i == 0 ? start : calls[i - 1].syncs));
    }
}

/* Adds rows and tells each one's number when it is in, until it is killed. */
static G_GNUC_NORETURN void tireless_kiosk(const struct rig *rig, int tell)
{
    struct store *store = open_store(rig);
    for (guint8 i = 0;; i++) {
        g_autofree char *key = g_strdup_printf("%d", i);
        if (!add(store, "p1", key, NULL) || write(tell, &i, 1) != 1)
            _exit(1);
    }
}

static void what_was_confirmed_survives_kill(void **state)
{
    struct rig *rig = *state;
    for (int round = 0; round < 8; round++) {
        int pipe_fds[2], told = -1;
        guint8 number;
        g_clear_pointer(&rig->store, store_close);
        g_unlink(rig->path);
        assert_int_equal(pipe(pipe_fds), 0);
        pid_t kiosk = fork();
        if (kiosk == 0)
            tireless_kiosk(rig, pipe_fds[1]);
        close(pipe_fds[1]);
        while (told < round * 5 && read(pipe_fds[0], &number, 1) == 1)
            told = number;
        kill(kiosk, SIGKILL);
        while (read(pipe_fds[0], &number, 1) == 1)
            told = number; /* it may have gone on until the signal came */
        waitpid(kiosk, NULL, 0);
        close(pipe_fds[0]);
        rig->store = open_store(rig);
        g_autoptr(GPtrArray) list = store_outbox_list(rig->store, "p1", NULL);
        assert_in_range(list->len, told + 1, told + 2); /* the last may be in without having been told */
        for (guint i = 0; i < list->len; i++)
            assert_int_equal(atoi(((struct outbox_entry *)list->pdata[i])->idempotency_key), i);
    }
    assert_false(has_damaged(rig, 1));
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
static gsize page_of(const struct rig *rig, const char *table)
{
    g_autofree char *sql = g_strdup_printf("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
    g_autofree char *page = ask_file(rig->path, sql);
    return (gsize)(atoi(page) - 1) * 4096;
}

static void fill_store(struct rig *rig, unsigned char key[32])
{
    assert_true(store_machine_key(rig->store, key, NULL));
    assert_true(add(rig->store, "p1", "k1", NULL));
    put_print(rig, "job", PRINT_SUBMITTED, NULL, NULL);
    for (int i = 0; i < 200; i++)
        assert_true(store_journal(rig->store, "p1", "what", "some longer detail that fills the pages", NULL));
    g_clear_pointer(&rig->store, store_close);
}

/* Whatever was done to the file, the terminal starts, writes, and keeps the old file. */
static void a_damaged_file_is_set_aside(void **state)
{
    struct rig *rig = *state;
    unsigned char key[32];
    guint8 noise[8192];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (guint8)(i * 31 + 7);
    for (int n = 0; n < 5; n++) {
        fill_store(rig, key);
        switch (n) {
        case 0: /* not a database at all */
            write_at(rig->path, 0, noise, sizeof noise);
            break;
        case 1: /* the table of contents */
            write_at(rig->path, 100, noise, 3000);
            break;
        case 2: /* a table we live from */
            write_at(rig->path, page_of(rig, "outbox"), noise, 4096);
            break;
        case 3: /* half of it is gone */
            cut_to(rig->path, 5000);
            break;
        case 4:
            cut_to(rig->path, 50);
            break;
        }
        rig->store = open_store(rig);
        assert_true(has_damaged(rig, n + 1));
        assert_false(has_damaged(rig, n + 2));
        assert_true(add(rig->store, "p1", "after", NULL));
        assert_true(store_machine_key(rig->store, key, NULL));
        assert_file_says(rig, "PRAGMA integrity_check", "ok");
    }
}

/* Damage of the outbox does not cost the machine its key, nor the other way round. */
static void what_can_be_read_is_taken_over(void **state)
{
    struct rig *rig = *state;
    static const guint8 noise[4096] = {1, 2, 3};
    unsigned char key[32], after[32];
    fill_store(rig, key);
    write_at(rig->path, page_of(rig, "print_job"), noise, sizeof noise);
    rig->store = open_store(rig);
    assert_true(has_damaged(rig, 1));
    assert_keys(rig, NULL, "k1 ");
    assert_true(store_machine_key(rig->store, after, NULL));
    assert_memory_equal(key, after, sizeof key);
    g_autoptr(GPtrArray) prints = store_print_open(rig->store, "p1", NULL);
    assert_int_equal(prints->len, 0);
}

/* The journal is not looked through at the start; a call that meets damage puts things right and succeeds. */
static void damage_met_later_is_set_aside_too(void **state)
{
    struct rig *rig = *state;
    static const guint8 noise[4096] = {1, 2, 3};
    unsigned char key[32], after[32];
    fill_store(rig, key);
    write_at(rig->path, page_of(rig, "journal"), noise, sizeof noise);
    rig->store = open_store(rig);
    assert_false(has_damaged(rig, 1));
    assert_true(store_journal(rig->store, "p1", "after", NULL, NULL));
    assert_true(has_damaged(rig, 1));
    assert_file_says(rig, "SELECT group_concat(what) FROM journal", "after");
    assert_keys(rig, NULL, "k1 ");
    assert_true(store_machine_key(rig->store, after, NULL));
    assert_memory_equal(key, after, sizeof key);
    g_autoptr(GPtrArray) prints = store_print_open(rig->store, "p1", NULL);
    assert_int_equal(prints->len, 1);
}

static void a_newer_file_is_left_alone(void **state)
{
    struct rig *rig = *state;
    g_autoptr(GError) error = NULL;
    assert_true(add(rig->store, "p1", "k1", NULL));
    g_clear_pointer(&rig->store, store_close);
    g_autofree char *nothing = ask_file(rig->path, "PRAGMA user_version = 99");
    assert_null(store_open(rig->path, &error));
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_OPEN));
    assert_non_null(strstr(error->message, "newer"));
    assert_false(has_damaged(rig, 1));
    assert_file_says(rig, "SELECT count(*) FROM outbox", "1");
}

/* ---------------------------------------------------------------- trouble with the disk */

static void places_that_cannot_be(void **state)
{
    struct rig *rig = *state;
    g_autofree char *below_a_file = g_build_filename(rig->path, "kiosk.db", NULL);
    g_autofree char *link = g_build_filename(rig->folder, "link.db", NULL);
    assert_int_equal(symlink("/dev/zero", link), 0);
    const char *const paths[] = {below_a_file, rig->folder, link};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(store_open(paths[i], &error));
        assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_OPEN));
    }
}

/* Writes until there is no room. The number of rows that were promised to be in. */
static int fill_up(struct rig *rig, GError **error)
{
    int n = 0;
    g_autofree char *detail = g_strnfill(3000, 'x');
    while (n < 10000 && store_journal(rig->store, "p1", "what", detail, error))
        n++;
    return n;
}

static void a_full_disk_is_told_and_survived(void **state)
{
    struct rig *rig = *state;
    g_autoptr(GError) error = NULL, again = NULL;
    room = 256 * 1024;
    int n = fill_up(rig, &error);
    bool added = add(rig->store, "p1", "k1", &again);
    room = -1;
    assert_in_range(n, 5, 200);
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_FULL));
    assert_false(added);
    assert_true(g_error_matches(again, STORE_ERROR, STORE_ERROR_FULL));
    assert_true(add(rig->store, "p1", "k2", NULL)); /* there is room again */
    reopen(rig);
    assert_keys(rig, NULL, "k2 ");
    g_autofree char *count = g_strdup_printf("%d", n);
    assert_file_says(rig, "SELECT count(*) FROM journal", count);
    assert_false(has_damaged(rig, 1));
}

/* The disk fills at any point of a terminal's first start and what comes after it: nothing that was promised is lost. */
static void a_disk_may_fill_at_any_moment(void **state)
{
    struct rig *rig = *state;
    for (gint64 bytes = 0; bytes < 150000; bytes += 1900) {
        g_autoptr(GError) error = NULL;
        g_autofree char *name = g_strdup_printf("%d.db", (int)bytes);
        g_autofree char *path = g_build_filename(rig->folder, name, NULL);
        int n = 0;
        room = bytes;
        struct store *store = store_open(path, &error);
        for (; store && n < 20; n++) {
            g_autofree char *key = g_strdup_printf("k%d", n);
            if (!add(store, "p1", key, &error))
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

static void nothing_is_closed_like_something(void **state)
{
    (void)state;
    store_close(NULL);
    outbox_entry_free(NULL);
    print_job_free(NULL);
}

#define store_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
        store_test(every_change_reaches_the_disk),
        store_test(what_was_confirmed_survives_kill),
        store_test(a_damaged_file_is_set_aside),
        store_test(what_can_be_read_is_taken_over),
        store_test(damage_met_later_is_set_aside_too),
        store_test(a_newer_file_is_left_alone),
        store_test(places_that_cannot_be),
        store_test(a_full_disk_is_told_and_survived),
        store_test(a_disk_may_fill_at_any_moment),
        cmocka_unit_test(nothing_is_closed_like_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
