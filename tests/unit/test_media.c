/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/media.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

static int make_folder(void **state)
{
    *state = g_dir_make_tmp("media-XXXXXX", NULL);
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

static char *put(const char *folder, const char *name, const char *text, time_t modified_at)
{
    char *path = g_build_filename(folder, name, NULL);
    const struct utimbuf times = {modified_at, modified_at};
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_int_equal(utime(path, &times), 0);
    return path;
}

static void test_pictures_are_listed_newest_first(void **state)
{
    const char *folder = *state;
    g_free(put(folder, "old.jpg", "1", 1000));
    g_free(put(folder, "照片 (1).JPEG", "22", 3000));
    g_free(put(folder, "mid.PNG", "333", 2000));
    g_free(put(folder, "b.png", "4", 2000));
    struct files_answer *answer = media_list(folder, FILES_PICTURES);
    static const struct file_entry wanted[] = {
        {"照片 (1).JPEG", 2, 3000}, {"b.png", 1, 2000}, {"mid.PNG", 3, 2000}, {"old.jpg", 1, 1000}};
    assert_null(answer->problem);
    assert_int_equal(answer->files->len, G_N_ELEMENTS(wanted));
    for (guint i = 0; i < answer->files->len; i++) {
        const struct file_entry *entry = answer->files->pdata[i];
        assert_string_equal(entry->name, wanted[i].name);
        assert_int_equal(entry->bytes, wanted[i].bytes);
        assert_int_equal(entry->modified_at, wanted[i].modified_at);
    }
    record_free(&files_answer_record, answer);
}

static void test_what_is_no_picture_or_hostile_is_not_listed(void **state)
{
    static const char *const names[] = {
        "notes.txt",
        "photo.jpg.exe",
        ".jpg",
        ".hidden.jpg",
        "._photo.jpg",
        "jpg",
        "esc\x1b[2J.jpg", /* would clear the screen */
        "line\nbreak.jpg",
        "turn\xe2\x80\xaegpj.jpg", /* shows another name than it has */
        "\xd5\xd5\xc6\xac.jpg",    /* not UTF-8 */
    };
    const char *folder = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        g_free(put(folder, names[i], "x", 1000));
    g_autofree char *target = put(folder, "real.jpg", "x", 1000);
    g_autofree char *link = g_build_filename(folder, "link.jpg", NULL);
    g_autofree char *fifo = g_build_filename(folder, "fifo.jpg", NULL);
    g_autofree char *inner = g_build_filename(folder, "folder.jpg", NULL);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(g_mkdir(inner, 0700), 0);
    struct files_answer *answer = media_list(folder, FILES_PICTURES);
    assert_int_equal(answer->files->len, 1);
    const struct file_entry *entry = answer->files->pdata[0];
    assert_string_equal(entry->name, "real.jpg");
    record_free(&files_answer_record, answer);
}

static void test_only_the_newest_hundred_are_listed(void **state)
{
    const char *folder = *state;
    for (int i = 0; i < 130; i++) {
        g_autofree char *name = g_strdup_printf("%d.jpg", i);
        g_free(put(folder, name, "x", 1000 + i));
    }
    struct files_answer *answer = media_list(folder, FILES_PICTURES);
    assert_int_equal(answer->files->len, 100);
    const struct file_entry *first = answer->files->pdata[0], *last = answer->files->pdata[99];
    assert_string_equal(first->name, "129.jpg");
    assert_string_equal(last->name, "30.jpg");
    record_free(&files_answer_record, answer);
}

static void test_absent_folder_is_a_problem(void **state)
{
    (void)state;
    const struct files_request request = {.folder = "/nonexistent"};
    struct files_answer *answer = media_job(&request, NULL);
    assert_string_equal(answer->problem, "photo.no_folder");
    assert_int_equal(answer->files->len, 0);
    record_free(&files_answer_record, answer);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_pictures_are_listed_newest_first),
        IN_FOLDER(test_what_is_no_picture_or_hostile_is_not_listed),
        IN_FOLDER(test_only_the_newest_hundred_are_listed),
        cmocka_unit_test(test_absent_folder_is_a_problem),
    };
    return cmocka_run_group_tests_name("media", tests, NULL, NULL);
}
