/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platformd.conf: it says of every choice what the table says, its mistakes are told with their line, and it is obeyed. */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/settings.h"
#include "graduation/policy.h"
#include "proc.h"
#include "rig.h"

/* "# HELP (MIN..MAX)", then "KEY = DEFAULT;". */
static void the_file_documents_itself(void **state)
{
    (void)state;
    g_autofree char *path = rig_source("src/platformd/platformd.conf");
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    for (size_t i = 0; i < policy_record.n_fields; i++) {
        const struct record_field *field = &policy_record.fields[i];
        g_autofree char *bounds = field->kind == RECORD_INTEGER
                                      ? g_strdup_printf(" (%d..%d)", (int)field->min, (int)field->max)
                                      : g_strdup("");
        g_autofree char *entry =
            g_strdup_printf("\n# %s%s\n%s = %s;\n", field->help, bounds, field->name, field->initial);
        if (!strstr(text, entry))
            fail_msg("platformd.conf lacks:%s", entry);
    }
}

static void the_file_is_the_defaults(void **state)
{
    (void)state;
    g_autofree char *path = rig_source("src/platformd/platformd.conf");
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct policy *read = settings_read(&policy_record, path, faults), *made = record_new(&policy_record);
    assert_int_equal(faults->len, 0);
    assert_true(record_equal(&policy_record, read, made));
    assert_true(record_equal(&policy_record, made, &policy_default));
    record_free(&policy_record, read);
    record_free(&policy_record, made);
}

/* What platformd says to a file with this text; it must not begin. */
static char *said_to(const char *text)
{
    g_autofree char *program = rig_program("platformd");
    char *folder = desk_folder_new();
    g_autofree char *conf = g_build_filename(folder, "platformd.conf", NULL);
    g_autofree char *errors = g_build_filename(folder, "errors", NULL);
    assert_true(text == NULL || g_file_set_contents(conf, text, -1, NULL));
    const char *argv[] = {program, "--listen", "127.0.0.1:0", "--data", folder, "--config", conf, NULL};
    struct proc *proc = proc_start(argv, NULL, errors);
    int status = 0;
    char *said = NULL;
    assert_true(proc_wait_end(proc, DESK_WAIT_MS, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    (void)proc_stop(proc);
    assert_true(g_file_get_contents(errors, &said, NULL, NULL));
    desk_folder_free(folder);
    return said;
}

static void mistakes_have_lines(void **state)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"photo_tries = 0;\n", "platformd.conf:1: photo_tries"},
        {"photo_tries = 3;\norder_life_min = 121;\n", "platformd.conf:2: order_life_min"},
        {"system_review = 1;\n", "platformd.conf:1: system_review"},
        {"never_worked = \"no\";\n", "platformd.conf:1: never_worked"},
        {"\n\nphoto_trys = 3;\n", "platformd.conf:3: "},
        {"photo_tries = ;\n", "platformd.conf:1: "},
        {NULL, "platformd.conf: "},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = said_to(cases[i].text);
        if (!strstr(said, cases[i].said))
            fail_msg("case %zu: %s", i, said);
    }
}

/* ---------------------------------------------------------------- obeyed */

/* 008 has paid. */
static struct guest *writer(struct desk *desk)
{
    return guest_new(desk, "010124100008");
}

static void r32_final_when_saved_where_it_is_so(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "form_final_when_saved = true;\n"});
    struct guest *guest = writer(desk);
    guest_must(guest, "PUT", "/v1/application/registration-form", guest_form(), 200);
    guest_refused(guest, "PUT", "/v1/application/registration-form", guest_form(), 409, "form_final");
    assert_int_equal(guest->now->registration_form->version, 1);
    guest_free(guest);
    desk_close(desk);
}

static char *form_without_work(void)
{
    const char *form = guest_form(), *at = strstr(form, "\"work_since\"");
    const char *rest = strchr(at, ',') + 1;
    return g_strdup_printf("%.*s%s", (int)(at - form), form, rest);
}

static void r35_never_worked_may_be_said_or_not(void **state)
{
    (void)state;
    g_autofree char *form = form_without_work();
    for (int may = 0; may < 2; may++) {
        struct desk *desk = desk_open(&(struct desk_options){.config = may ? NULL : "never_worked = false;\n"});
        struct guest *guest = writer(desk);
        struct reply *reply = guest_call(guest, "PUT", "/v1/application/registration-form", form);
        g_autofree char *field = reply_field(reply);
        assert_int_equal(reply->status, may ? 200 : 422);
        assert_string_equal(field, may ? "" : "work_since");
        reply_free(reply);
        guest_free(guest);
        desk_close(desk);
    }
}

static void r25_the_county_sees_all_where_it_is_so(void **state)
{
    (void)state;
    struct desk *desk = desk_open(&(struct desk_options){.config = "system_review = false;\n"});
    struct guest *guest = guest_new(desk, "010124100001");
    guest_choose(guest, "690206");
    guest_must(guest, "POST", "/v1/application/submit", NULL, 200);
    guest_wait_state(guest, STATE_COUNTY_PENDING);
    guest_free(guest);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_documents_itself),
        cmocka_unit_test(the_file_is_the_defaults),
        cmocka_unit_test(mistakes_have_lines),
        cmocka_unit_test(r32_final_when_saved_where_it_is_so),
        cmocka_unit_test(r35_never_worked_may_be_said_or_not),
        cmocka_unit_test(r25_the_county_sees_all_where_it_is_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
