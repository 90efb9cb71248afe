/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives on the stick: which are listed, what is looked at, what is copied for the upload (R14). */
#include "intake/archive.h"
#include "intake/media.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int make_folder(void **state)
{
    *state = g_dir_make_tmp("archive-XXXXXX", NULL);
    return *state == NULL;
}

static int remove_folder(void **state)
{
    g_autofree char *folder = *state;
    GDir *directory = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        remove(path);
    }
    g_dir_close(directory);
    return g_rmdir(folder);
}

static char *put(const char *folder, const char *name, const char *bytes, gssize n)
{
    char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, bytes, n, NULL));
    return path;
}

/* A zip whose first entry is one byte, stored. */
static const char good_zip[] = "PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\0\0ab";

static struct archive_facts *take(const char *folder, const char *path, bool *ret_copied)
{
    g_autofree char *output = g_build_filename(folder, "copy", NULL);
    g_unlink(output);
    struct archive_facts *facts = archive_take(path, output);
    *ret_copied = g_file_test(output, G_FILE_TEST_EXISTS);
    return facts;
}

/* ---------------------------------------------------------------- listing */

static void only_archives_are_listed(void **state)
{
    static const char *const names[] = {"扫描件.zip", "b.RAR", "c.jpg", "d.zip.txt", ".zip", "e"};
    const char *folder = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_free(put(folder, names[i], "x", 1));
    struct files_answer *answer = media_list(folder, FILES_ARCHIVES);
    assert_int_equal(answer->files->len, 2);
    for (guint i = 0; i < answer->files->len; i++) {
        const char *name = ((struct file_entry *)answer->files->pdata[i])->name;
        assert_true(strcmp(name, names[0]) == 0 || strcmp(name, names[1]) == 0);
    }
    record_free(&files_answer_record, answer);
}

/* ---------------------------------------------------------------- looking at one */

static void r14_a_good_one_is_copied_as_it_was_looked_at(void **state)
{
    const char *folder = *state;
    bool copied = false;
    g_autofree char *path = put(folder, "a.zip", good_zip, sizeof good_zip - 1);
    g_autofree char *copy = g_build_filename(folder, "copy", NULL);
    struct archive_facts *facts = take(folder, path, &copied);
    assert_null(archive_check(facts));
    assert_int_equal(facts->format, ARCHIVE_ZIP);
    assert_int_equal(facts->bytes, sizeof good_zip - 1);
    assert_true(copied);
    struct stat status;
    assert_int_equal(stat(copy, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(status.st_size, sizeof good_zip - 1);
    record_free(&archive_facts_record, facts);
}

static void r14_what_is_wrong_is_told_and_not_copied(void **state)
{
    static const struct {
        const char *name, *bytes;
        gssize n;
        const char *fault;
    } cases[] = {
        {"picture.zip", "\xff\xd8\xff\xe0 a picture", 14, "archive.format"},
        {"empty.zip", "", 0, "archive.empty"},
        {"nothing.zip", "PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22, "archive.empty"},
        {"locked.zip", "PK\x03\x04\x14\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\0\0ab", 32,
         "archive.encrypted"},
        {"torn.zip", "PK\x03\x04\x14", 5, "archive.broken"},
    };
    const char *folder = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool copied = true;
        g_autofree char *path = put(folder, cases[i].name, cases[i].bytes, cases[i].n);
        struct archive_facts *facts = take(folder, path, &copied);
        const char *fault = archive_check(facts);
        if (!fault || strcmp(fault, cases[i].fault) != 0 || copied)
            fail_msg("%s: %s%s", cases[i].name, fault ? fault : "nothing", copied ? ", copied" : "");
        record_free(&archive_facts_record, facts);
    }
}

static void one_that_is_too_large_is_not_read(void **state)
{
    const char *folder = *state;
    bool copied = true;
    g_autofree char *path = put(folder, "large.zip", good_zip, sizeof good_zip - 1);
    assert_int_equal(truncate(path, ARCHIVE_MAX_BYTES + 1), 0);
    struct archive_facts *facts = take(folder, path, &copied);
    assert_string_equal(archive_check(facts), "archive.too_big");
    assert_int_equal(facts->bytes, ARCHIVE_MAX_BYTES + 1);
    assert_false(copied);
    record_free(&archive_facts_record, facts);
    assert_int_equal(truncate(path, ARCHIVE_MAX_BYTES), 0); /* this much is allowed */
    facts = take(folder, path, &copied);
    assert_null(archive_check(facts));
    assert_true(copied);
    record_free(&archive_facts_record, facts);
}

/* Names of a stick are hostile: no link is followed, no device opened, nothing waited for. */
static void only_regular_files(void **state)
{
    const char *folder = *state;
    bool copied = true;
    g_autofree char *target = put(folder, "target.zip", good_zip, sizeof good_zip - 1);
    g_autofree char *link = g_build_filename(folder, "link.zip", NULL);
    g_autofree char *pipe = g_build_filename(folder, "pipe.zip", NULL);
    g_autofree char *missing = g_build_filename(folder, "missing.zip", NULL);
    assert_int_equal(symlink(target, link), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    const char *const paths[] = {link, pipe, missing, folder};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        struct archive_facts *facts = take(folder, paths[i], &copied);
        assert_string_equal(archive_check(facts), "archive.empty");
        assert_false(copied);
        record_free(&archive_facts_record, facts);
    }
}

/* No room for the copy: then there is nothing to send, and it says so. */
static void a_copy_that_fails(void **state)
{
    const char *folder = *state;
    g_autofree char *path = put(folder, "a.zip", good_zip, sizeof good_zip - 1);
    struct archive_facts *facts = archive_take(path, "/nonexistent/copy");
    assert_string_equal(archive_check(facts), "archive.broken");
    record_free(&archive_facts_record, facts);
}

#define FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER(only_archives_are_listed),
        FOLDER(r14_a_good_one_is_copied_as_it_was_looked_at),
        FOLDER(r14_what_is_wrong_is_told_and_not_copied),
        FOLDER(one_that_is_too_large_is_not_read),
        FOLDER(only_regular_files),
        FOLDER(a_copy_that_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
