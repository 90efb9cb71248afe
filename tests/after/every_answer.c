/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs after all other tests: every answer that openapi.yaml documents has occurred in one of them. (That no other occurs, each test
 * has seen to: answers.c.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "openapi.h"

/* What cannot be provoked, with the reason. A line that turns out to occur is a fault too: strike it off. */
static const struct {
    const char *answer, *reason;
} excused[] = {
    {"GET /v1/application 503", "told to who waits while the server ends; test_platform_waiting reads it off the line"},
};

static void read_file(GHashTable *occurred, const char *path)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        (void)g_hash_table_add(occurred, g_strdup(lines[i]));
}

static int read_notes(void **state)
{
    const char *folder = g_getenv("TEST_ANSWERS");
    GDir *dir = folder ? g_dir_open(folder, 0, NULL) : NULL;
    GHashTable *occurred = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        read_file(occurred, path);
    }
    g_clear_pointer(&dir, g_dir_close);
    *state = occurred;
    return 0;
}

static int free_notes(void **state)
{
    g_hash_table_unref(*state);
    return 0;
}

static const char *excuse(const char *answer)
{
    for (size_t i = 0; i < G_N_ELEMENTS(excused); i++)
        if (strcmp(excused[i].answer, answer) == 0)
            return excused[i].reason;
    return NULL;
}

struct missing {
    GHashTable *occurred;
    guint documented, missing;
};

static void look(const char *method, const char *path, int status, gpointer data)
{
    struct missing *missing = data;
    g_autofree char *answer = g_strdup_printf("%s %s %d", method, path, status);
    missing->documented++;
    if (g_hash_table_contains(missing->occurred, answer) || excuse(answer))
        return;
    print_error("documented in openapi.yaml, and did not occur in any test: %s\n", answer);
    missing->missing++;
}

static void every_documented_answer_occurs(void **state)
{
    struct missing missing = {.occurred = *state};
    openapi_answers(look, &missing);
    print_message("%u answers are documented, %u of them excused\n", missing.documented, (guint)G_N_ELEMENTS(excused));
    assert_int_equal(missing.missing, 0);
}

static void no_excuse_is_idle(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(excused); i++)
        if (g_hash_table_contains(*state, excused[i].answer))
            fail_msg("%s did occur: it needs no excuse", excused[i].answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_documented_answer_occurs),
        cmocka_unit_test(no_excuse_is_idle),
    };
    return cmocka_run_group_tests_name("every answer", tests, read_notes, free_notes);
}
