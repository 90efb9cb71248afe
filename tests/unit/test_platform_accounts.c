/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registration (R2): a candidate on file sets a password; nobody learns who is on file. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "platformd/database.h"
#include "wire/api.h"
#include "wire/json.h"

#define EXAM_NO "010124100021"
#define ID_NO   "14000019980421009X"
#define NAME    "阿依古丽·买买提"
#define NEW     "Neues-Wort-7"

static const char candidates[] =
    "exam_no\tid_no\tname\tsex\tmobile\taddress\tcounty_code\tpassword\tphoto_file\tmajors\n" EXAM_NO "\t" ID_NO
    "\t" NAME "\t女\t13800001021\t\t140105\t\t\t\n";

struct office {
    struct desk *desk;
    char *folder;
};

static int open_office(void **state)
{
    struct office *office = g_new0(struct office, 1);
    office->folder = desk_folder_new();
    g_autofree char *path = g_build_filename(office->folder, "candidates.tsv", NULL);
    if (!g_file_set_contents(path, candidates, -1, NULL))
        return -1;
    office->desk = desk_open(&(struct desk_options){.import = office->folder});
    *state = office;
    return 0;
}

static int close_office(void **state)
{
    struct office *office = *state;
    desk_close(office->desk);
    desk_folder_free(office->folder);
    g_free(office);
    return 0;
}

static struct reply *enrol(const struct office *office, const struct api_registration *with)
{
    struct api_registration all = {
        .name = with->name ? with->name : (char *)NAME,
        .id_no = with->id_no ? with->id_no : (char *)ID_NO,
        .exam_no = with->exam_no ? with->exam_no : (char *)EXAM_NO,
        .mobile = with->mobile ? with->mobile : (char *)"13900001021",
        .password = with->password ? with->password : (char *)NEW,
    };
    g_autofree char *body = wire_write(&api_registration_record, &all);
    return desk_call(office->desk, "POST", "/v1/registrations", NULL, body, strlen(body));
}

static void must(const struct office *office, const struct api_registration *with, int status)
{
    struct reply *reply = enrol(office, with);
    if (reply->status != status)
        print_error("wanted %d, got %d %s\n", status, reply->status, reply->body);
    assert_int_equal(reply->status, status);
    reply_free(reply);
}

static void refused(const struct office *office, const struct api_registration *with, int status, const char *code,
                    const char *field)
{
    struct reply *reply = enrol(office, with);
    g_autofree char *got = reply_field(reply);
    reply_assert(reply, status, code);
    assert_string_equal(got, field);
    reply_free(reply);
}

static int login(const struct office *office, const char *password)
{
    struct reply *reply = desk_login(office->desk, EXAM_NO, password);
    int status = reply->status;
    reply_free(reply);
    return status;
}

static char *stored(const struct office *office, const char *sql)
{
    g_autofree char *path = g_build_filename(desk_folder(office->desk), "platform.db", NULL);
    struct database *db = database_open(path, NULL);
    assert_non_null(db);
    char *found = database_text(db, sql, WITHOUT);
    database_close(db);
    return found;
}

/* Typed as people type: full-width, small x, another dot. What is stored is Argon2id. */
static void r02_a_candidate_on_file_sets_a_password(void **state)
{
    const struct office *office = *state;
    assert_int_equal(login(office, NEW), 401);
    must(office,
         &(struct api_registration){.name = (char *)"阿依古丽 • 买买提",
                                    .id_no = (char *)"14000019980421009ｘ",
                                    .exam_no = (char *)"０１０１２４１０００２１"},
         204);
    g_autofree char *password = stored(office, "SELECT password FROM candidates");
    g_autofree char *mobile = stored(office, "SELECT mobile FROM candidates");
    assert_true(g_str_has_prefix(password, "$argon2id$"));
    assert_string_equal(mobile, "13900001021");
    assert_int_equal(login(office, NEW), 200);
    assert_int_equal(login(office, "Neues-Wort-8"), 401);
    /* The import has no password for them: a restart leaves theirs alone. */
    desk_reopen(office->desk, true, NULL);
    assert_int_equal(login(office, NEW), 200);
}

/* The answer was lost: the same again is the same; with another password it is somebody else's try. */
static void r02_sent_twice(void **state)
{
    const struct office *office = *state;
    must(office, &(struct api_registration){0}, 204);
    must(office, &(struct api_registration){.mobile = (char *)"13900009999"}, 204);
    g_autofree char *mobile = stored(office, "SELECT mobile FROM candidates");
    assert_string_equal(mobile, "13900001021");
    refused(office, &(struct api_registration){.password = (char *)"Anderes-7"}, 409, "registered_already", "");
    assert_int_equal(login(office, NEW), 200);
}

static gpointer enrol_in_a_thread(gpointer office)
{
    struct reply *reply = enrol(office, &(struct api_registration){0});
    int status = reply->status;
    reply_free(reply);
    return GINT_TO_POINTER(status);
}

/* Side by side: whichever is second is held against the first. */
static void r02_sent_side_by_side(void **state)
{
    GThread *threads[4];
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("enrol", enrol_in_a_thread, *state);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        assert_int_equal(GPOINTER_TO_INT(g_thread_join(threads[i])), 204);
    assert_int_equal(login(*state, NEW), 200);
}

/* Whatever does not fit, the answer is one. */
static void r02_nobody_learns_which_part_was_wrong(void **state)
{
    static const struct api_registration cases[] = {
        {.name = (char *)"阿依古丽"},
        {.id_no = (char *)"140000200005180029"},
        {.exam_no = (char *)"010124100022"},
        {.name = (char *)"张三", .id_no = (char *)"140000200005180029", .exam_no = (char *)"010124100023"},
    };
    const struct office *office = *state;
    g_autofree char *body = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reply *reply = enrol(office, &cases[i]);
        reply_assert(reply, 401, "registration_failed");
        if (body)
            assert_string_equal(reply->body, body);
        g_free(body);
        body = g_strdup(reply->body);
        reply_free(reply);
    }
    assert_int_equal(login(office, NEW), 401);
}

/* Counted with the failures of the login, also over a restart. */
static void r02_five_failures_lock(void **state)
{
    const struct office *office = *state;
    const struct api_registration wrong = {.name = (char *)"张三"};
    for (int i = 0; i < 3; i++)
        refused(office, &wrong, 401, "registration_failed", "");
    assert_int_equal(login(office, "Falsch-77"), 401);
    desk_reopen(office->desk, true, NULL);
    refused(office, &wrong, 401, "registration_failed", "");
    refused(office, &(struct api_registration){0}, 429, "account_locked", "");
    assert_int_equal(login(office, NEW), 429);
    struct reply *reply = enrol(office, &(struct api_registration){0});
    assert_true(reply_has_header(reply, "Retry-After: 1800"));
    reply_free(reply);
    desk_reopen(office->desk, false, "2026-12-02T10:30:00+08:00");
    must(office, &(struct api_registration){0}, 204);
}

static void r02_every_field_is_checked(void **state)
{
    static const struct {
        struct api_registration with;
        const char *code, *field;
    } cases[] = {
        {{.name = (char *)""}, "bad_field", "name"},
        {{.name = (char *)"John<3"}, "registration_name", "name"},
        {{.name = (char *)"张\t三"}, "bad_field", "name"},
        {{.id_no = (char *)"140000199804210091"}, "registration_id_no", "id_no"},
        {{.id_no = (char *)"140000980421009"}, "registration_id_no", "id_no"},
        {{.id_no = (char *)"14000019980431009X"}, "registration_id_no", "id_no"},
        {{.id_no = (char *)"14000019980421009X0"}, "bad_field", "id_no"},
        {{.exam_no = (char *)"01012410002"}, "registration_exam_no", "exam_no"},
        {{.exam_no = (char *)"01012410002a"}, "registration_exam_no", "exam_no"},
        {{.exam_no = (char *)"0101241000211"}, "bad_field", "exam_no"},
        {{.mobile = (char *)"12900001021"}, "form_mobile", "mobile"},
        {{.mobile = (char *)"1390000102"}, "form_mobile", "mobile"},
        {{.mobile = (char *)"139000010211"}, "bad_field", "mobile"},
        {{.password = (char *)"short-1"}, "password_length", "password"},
        {{.password = (char *)"longer-than-twenty-one"}, "password_length", "password"},
        {{.password = (char *)"abcdefgh"}, "password_too_simple", "password"},
        {{.password = (char *)"密码abc-12345"}, "password_characters", "password"},
    };
    const struct office *office = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        refused(office, &cases[i].with, 422, cases[i].code, cases[i].field);
    must(office, &(struct api_registration){0}, 204); /* none of them counted as a failure */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(r02_a_candidate_on_file_sets_a_password, open_office, close_office),
        cmocka_unit_test_setup_teardown(r02_sent_twice, open_office, close_office),
        cmocka_unit_test_setup_teardown(r02_sent_side_by_side, open_office, close_office),
        cmocka_unit_test_setup_teardown(r02_nobody_learns_which_part_was_wrong, open_office, close_office),
        cmocka_unit_test_setup_teardown(r02_five_failures_lock, open_office, close_office),
        cmocka_unit_test_setup_teardown(r02_every_field_is_checked, open_office, close_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
