/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/settings.h"
#include "printing/profile.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_shipped_profiles(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct profile *laser = profile_read("printers/a3-laser.conf", faults);
    struct profile *folder = profile_read("printers/folder.conf", faults);
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)faults->pdata[i]);
    assert_non_null(laser);
    assert_int_equal(laser->kind, PROFILE_CUPS);
    assert_string_equal(laser->media, "iso_a3_297x420mm");     /* R44 */
    assert_string_equal(laser->sides, "two-sided-short-edge"); /* else page 3 is upside down */
    assert_int_equal(laser->copies, 2);
    assert_non_null(folder);
    assert_int_equal(folder->kind, PROFILE_FOLDER);
    profile_free(laser);
    profile_free(folder);
}

static void r44_what_is_left_out_is_the_rule(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct profile *profile =
        settings_parse(&profile_record, "kind = \"cups\"; label = \"x\"; queue = \"q\";", "text", faults);
    assert_non_null(profile);
    assert_string_equal(profile->media, "iso_a3_297x420mm");
    assert_string_equal(profile->sides, "two-sided-short-edge");
    assert_int_equal(profile->copies, 2);
    assert_null(profile->server);
    profile_free(profile);
}

static void test_faults(void **state)
{
    static const struct {
        const char *text, *fault; /* part of the sentence */
    } cases[] = {
        {"kind = \"cups\"; label = \"x\";", "queue is missing"},
        {"kind = \"folder\"; label = \"x\"; queue = \"q\";", "folder is missing"},
        {"label = \"x\"; queue = \"q\";", "kind"},
        {"kind = \"fax\"; label = \"x\";", ":1: "},
        {"kind = \"cups\"; queue = \"q\";", "label"},
        {"kind = \"cups\"; label = \"x\";\nqueue = \"q\"; que = 1;", ":2: "},
        {"kind = \"cups\"; label = \"x\"; queue = \"q\";\njob_ms = 300000;", ":2: "}, /* beyond the helper's deadline */
        {"kind = \"cups\"; label = \"x\"; queue = \"q\";\nconnect_ms = 0;", ":2: "},
    };
    (void)state;
    g_autofree char *path = g_strdup("/tmp/profile.XXXXXX");
    g_close(g_mkstemp(path), NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = settings_faults_new();
        assert_true(g_file_set_contents(path, cases[i].text, -1, NULL));
        assert_null(profile_read(path, faults));
        assert_int_equal(faults->len, 1);
        assert_non_null(strstr(faults->pdata[0], cases[i].fault));
    }
    g_unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_profiles),
        cmocka_unit_test(r44_what_is_left_out_is_the_rule),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
