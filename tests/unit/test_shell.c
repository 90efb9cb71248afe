/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shell with a real session, store, client, main loop and platform; only the terminal is missing: the test sends what a screen would
 * tell. What the session decides is tested elsewhere; here, that it happens, and that nothing happens that is not on disk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "base/log.h"
#include "base/settings.h"
#include "desk.h"
#include "keeper.h"
#include "rig.h"
#include "session_rig.h"
#include "shell.h"

#define EXAM_NO "010124100001"
#define KEY     "5d7bb1a2-0000-4000-8000-000000000001"

/* One terminal, one platform, and a candidate who has chosen everything and not submitted. */
struct office {
    struct desk *desk;
    struct guest *guest;
    struct keeper *keeper;
    struct srig *forms; /* for its forms */
    struct kiosk_settings *settings;
    GMainLoop *loop;
    struct client *client;
    struct session *session;
    struct shell *shell;
    char *runtime, *helper;
    guint tick;
};

static gboolean on_tick(gpointer data)
{
    shell_tell(data, SESSION_TICK);
    return G_SOURCE_CONTINUE;
}

static struct kiosk_settings *make_settings(const struct office *office)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    g_autofree char *runtime = g_strdup_printf("paths.runtime=%s", office->runtime);
    g_autofree char *storage = g_strdup_printf("paths.storage=%s", office->keeper->folder);
    g_autofree char *photo = g_strdup_printf("photo.folder=%s", office->runtime);
    const char *overrides[] = {runtime, storage, photo, "paths.forms=forms", NULL};
    struct kiosk_settings *settings = kiosk_settings_read(NULL, overrides, faults);
    assert_non_null(settings);
    return settings;
}

static void make_shell(struct office *office)
{
    g_autoptr(GError) error = NULL;
    struct session_options options = {.forms = office->forms->forms,
                                      .office = "太原市小店区招生考试中心",
                                      .idle_ms = 90000,
                                      .warn_ms = 30000,
                                      .today = SRIG_TODAY,
                                      .photo_source = "U盘",
                                      .copies = 2};
    office->client = client_new(&(struct client_options){.url = desk_url(office->desk)});
    office->session = session_new(&options);
    struct shell_parts parts = {.settings = office->settings,
                                .forms = office->forms->forms,
                                .store = office->keeper->store,
                                .session = office->session,
                                .client = office->client,
                                .helper = office->helper,
                                .loop = office->loop};
    office->shell = shell_new(&parts, &error);
    assert_non_null(office->shell);
    office->tick = g_timeout_add(100, on_tick, office->shell);
}

static int set_up(void **state)
{
    static const unsigned char key[32] = {7};
    struct office *office = g_new0(struct office, 1);
    *state = office;
    log_set_key(key);
    office->desk = desk_open(&(struct desk_options){0});
    office->guest = guest_new(office->desk, EXAM_NO);
    guest_choose(office->guest, "690206");
    (void)keeper_set_up((void **)&office->keeper);
    office->forms = srig_new();
    office->runtime = g_dir_make_tmp("runtime-XXXXXX", NULL);
    office->helper = rig_program("kiosk-helper");
    office->settings = make_settings(office);
    office->loop = g_main_loop_new(NULL, FALSE);
    make_shell(office);
    return 0;
}

static void free_shell(struct office *office)
{
    g_source_remove(office->tick);
    shell_free(office->shell);
    client_free(office->client);
    session_free(office->session);
}

static int tear_down(void **state)
{
    struct office *office = *state;
    free_shell(office);
    g_main_loop_unref(office->loop);
    record_free(&kiosk_settings_record, office->settings);
    srig_free(office->forms);
    (void)keeper_tear_down((void **)&office->keeper);
    guest_free(office->guest);
    desk_close(office->desk);
    desk_folder_free(office->runtime);
    g_free(office->helper);
    g_free(office);
    return 0;
}

/* ---- what the person does, and waiting for what comes of it */

static void tell(struct office *office, enum screen_event_kind kind, const char *key, const char *text)
{
    shell_screen_event(&(struct screen_event){.kind = kind, .key = key, .text = text}, office->shell);
}

static void act(struct office *office, const char *name)
{
    tell(office, SCREEN_ACTION, name, NULL);
}

static gboolean on_too_late(gpointer data)
{
    *(bool *)data = true;
    return G_SOURCE_CONTINUE;
}

static void wait_until(struct office *office, bool (*holds)(struct office *office), const char *what)
{
    bool late = false;
    guint limit = g_timeout_add(DESK_WAIT_MS, on_too_late, &late);
    while (!late && !holds(office))
        (void)g_main_context_iteration(NULL, TRUE);
    g_source_remove(limit);
    if (late)
        fail_msg("waited for %s; the screen is \"%s\"", what, session_screen(office->session));
}

static bool is_on(struct office *office, const char *screen)
{
    return strcmp(session_screen(office->session), screen) == 0;
}

static void press_login(struct office *office)
{
    act(office, "go consent");
    tell(office, SCREEN_EDIT, "consent_general", "1");
    tell(office, SCREEN_EDIT, "consent_sensitive", "1");
    act(office, "accept");
    tell(office, SCREEN_EDIT, "account", EXAM_NO);
    tell(office, SCREEN_EDIT, "password", DESK_PASSWORD);
    act(office, "login");
}

static void wait_screen(struct office *office, const char *screen)
{
    bool late = false;
    guint limit = g_timeout_add(DESK_WAIT_MS, on_too_late, &late);
    while (!late && !is_on(office, screen))
        (void)g_main_context_iteration(NULL, TRUE);
    g_source_remove(limit);
    assert_string_equal(session_screen(office->session), screen);
}

static void login(struct office *office, const char *screen)
{
    press_login(office);
    wait_screen(office, screen);
}

static void start(struct office *office)
{
    shell_platform_ready(office->shell);
    shell_tell(office->shell, SESSION_STARTED);
}

static void person(char ret[16])
{
    (void)log_person("140000200005180029", ret);
}

static void keep(struct office *office, const char *call)
{
    char hash[16];
    person(hash);
    struct outbox_entry entry = {.person = hash,
                                 .call = (char *)call,
                                 .idempotency_key = (char *)KEY,
                                 .version = office->guest->now->version,
                                 .body = (char *)"",
                                 .created_at = 1796083200};
    assert_true(store_outbox_add(office->keeper->store, &entry, NULL, NULL));
}

static bool outbox_is_empty(struct office *office)
{
    g_autoptr(GPtrArray) rows = store_outbox_list(office->keeper->store, NULL, NULL);
    return rows && rows->len == 0;
}

static bool is_at_photo(struct office *office)
{
    return is_on(office, "photo_rules");
}

/* ---- tests */

/* A lost process had confirmed a submission: the next login sends it, once, and forgets it once it was answered. */
static void a_login_sends_what_was_left(void **state)
{
    struct office *office = *state;
    keep(office, "POST /v1/application/submit");
    start(office);
    login(office, "added_ask");
    wait_until(office, outbox_is_empty, "an empty outbox");
    wait_until(office, is_at_photo, "the page behind the submission");
    guest_look(office->guest);
    assert_int_not_equal(office->guest->now->state, STATE_DRAFT);
    guest_wait_state(office->guest, STATE_SYSTEM_APPROVED);
}

/* Somebody else's, or of a call this program does not know: neither sent nor thrown away, and the login goes on. */
static void what_says_nothing_is_left_alone(void **state)
{
    struct office *office = *state;
    keep(office, "POST /v1/application/teleport");
    start(office);
    login(office, "added_ask");
    for (int i = 0; i < 20; i++)
        (void)g_main_context_iteration(NULL, TRUE);
    assert_false(outbox_is_empty(office));
    assert_true(is_on(office, "added_ask"));
    guest_look(office->guest);
    assert_int_equal(office->guest->now->state, STATE_DRAFT);
}

static bool no_print_is_open(struct office *office)
{
    char hash[16];
    person(hash);
    g_autoptr(GPtrArray) open = store_print_open(office->keeper->store, hash, NULL);
    return open && open->len == 0;
}

static void a_print_left_open_ends_as_unknown(void **state)
{
    struct office *office = *state;
    char hash[16];
    person(hash);
    struct print_job job = {.job_name = (char *)"lost",
                            .person = hash,
                            .form_version = 1,
                            .copies = 2,
                            .progress = PRINT_SUBMITTED,
                            .created_at = 1796083200};
    assert_true(store_print_put(office->keeper->store, &job, NULL));
    start(office);
    login(office, "added_ask");
    wait_until(office, no_print_is_open, "no open print");
    keeper_assert_file(office->keeper, "SELECT outcome FROM print_job WHERE job_name = 'lost'", "unknown");
}

/* Calls made before the platform is there go out when it is. */
static void calls_wait_for_the_platform(void **state)
{
    struct office *office = *state;
    shell_tell(office->shell, SESSION_STARTED);
    press_login(office);
    for (int i = 0; i < 5; i++)
        (void)g_main_context_iteration(NULL, TRUE);
    assert_true(is_on(office, "login"));
    shell_platform_ready(office->shell);
    wait_screen(office, "added_ask");
}

static bool has_ended(struct office *office)
{
    return shell_ended(office->shell) != SHELL_RUNNING;
}

/* The disk takes nothing more: what was confirmed is not sent, and the terminal says that it cannot go on. */
static void what_is_not_on_disk_is_not_sent(void **state)
{
    struct office *office = *state;
    sqlite3 *other = NULL;
    start(office);
    login(office, "added_ask");
    tell(office, SCREEN_CHOOSE, "none", NULL);
    act(office, "next");
    tell(office, SCREEN_EDIT, "id_tail", "0029");
    assert_int_equal(sqlite3_open(office->keeper->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    act(office, "submit");
    assert_true(is_on(office, "out_of_service"));
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    (void)sqlite3_close(other);
    for (int i = 0; i < 20; i++)
        (void)g_main_context_iteration(NULL, TRUE);
    assert_true(outbox_is_empty(office));
    guest_look(office->guest);
    assert_int_equal(office->guest->now->state, STATE_DRAFT);
    act(office, "end");
    wait_until(office, has_ended, "the end");
    assert_int_equal(shell_ended(office->shell), SHELL_NEXT_PERSON);
}

static bool lists_no_longer(struct office *office)
{
    struct page *page = session_page(office->session);
    bool busy = page->busy != NULL;
    page_free(page);
    return !busy;
}

/* At the deadline the helper is killed, and the page goes on without an answer. */
static void a_helper_that_hangs(void **state)
{
    struct office *office = *state;
    free_shell(office);
    g_free(office->helper);
    office->helper = g_build_filename(office->keeper->folder, "hangs", NULL);
    assert_true(g_file_set_contents(office->helper, "#!/bin/sh\nexec tail -f /dev/null\n", -1, NULL));
    assert_int_equal(g_chmod(office->helper, 0700), 0);
    make_shell(office);
    guest_must(office->guest, "POST", "/v1/application/submit", NULL, 200);
    start(office);
    login(office, "photo_rules");
    gint64 begin = g_get_monotonic_time();
    act(office, "next");
    assert_true(is_on(office, "photo"));
    assert_false(lists_no_longer(office));
    wait_until(office, lists_no_longer, "the end of a helper that hangs");
    assert_true(g_get_monotonic_time() - begin >= helper_jobs[JOB_FILES].deadline_ms * 1000);
    assert_true(is_on(office, "photo"));
}

/* The first name in a folder; newly allocated, NULL = it is empty. */
static char *first_name(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    return g_strdup(g_dir_read_name(dir));
}

/* The person's files of a process that was lost are gone before anybody sits down, and with everybody who leaves. */
static void files_are_wiped(void **state)
{
    struct office *office = *state;
    free_shell(office);
    assert_null(first_name(office->runtime)); /* the folder as well */
    make_shell(office);
    g_autofree char *name = first_name(office->runtime);
    g_autofree char *sheet = g_build_filename(office->runtime, name, "sheet.pdf", NULL);
    assert_true(g_file_set_contents(sheet, "somebody's", -1, NULL));
    free_shell(office);
    assert_false(g_file_test(sheet, G_FILE_TEST_EXISTS));
    make_shell(office);
}

/* Before anybody has logged in too: the journal then names nobody. */
static void a_call_for_staff_is_noted(void **state)
{
    struct office *office = *state;
    start(office);
    tell(office, SCREEN_CALL, NULL, NULL);
    tell(office, SCREEN_CALL, NULL, NULL);
    keeper_assert_file(office->keeper, "SELECT group_concat(person || what || detail, ';') FROM journal",
                       "staff.called;staff.called");
    assert_true(is_on(office, "start"));
}

static void a_hang_up_ends_it(void **state)
{
    struct office *office = *state;
    start(office);
    tell(office, SCREEN_GONE, NULL, NULL);
    assert_int_equal(shell_ended(office->shell), SHELL_QUIT);
    act(office, "go consent"); /* nobody listens any more */
    assert_true(is_on(office, "start"));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_login_sends_what_was_left),
        TEST(what_says_nothing_is_left_alone),
        TEST(a_print_left_open_ends_as_unknown),
        TEST(calls_wait_for_the_platform),
        TEST(what_is_not_on_disk_is_not_sent),
        TEST(a_helper_that_hangs),
        TEST(files_are_wiped),
        TEST(a_call_for_staff_is_noted),
        TEST(a_hang_up_ends_it),
    };
    return cmocka_run_group_tests_name("shell", tests, NULL, NULL);
}
