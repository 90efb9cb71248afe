/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/image.h"
#include "intake/picture.h"
#include "intake/print_photo.h"
#include "intake/sandbox.h"

#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---------------------------------------------------------------- pictures to measure */

/* Blue above, red below. */
static GBytes *jpeg_of(int width, int height)
{
    gsize n = (gsize)width * (gsize)height * 3;
    g_autofree unsigned char *rgb = g_malloc0(n);
    for (gsize i = 0; i < n; i += 3)
        rgb[i < n / 2 ? i + 2 : i] = 200;
    return image_jpeg_write(rgb, width, height, 90);
}

static cairo_status_t append(void *bytes, const unsigned char *data, unsigned n)
{
    g_byte_array_append(bytes, data, n);
    return CAIRO_STATUS_SUCCESS;
}

static GBytes *png_of(cairo_format_t format, int width, int height)
{
    cairo_surface_t *surface = cairo_image_surface_create(format, width, height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgba(cr, 0, 0, 0.8, 1);
    cairo_rectangle(cr, 0, 0, width, height / 2.0); /* the rest stays transparent where that goes */
    cairo_fill(cr);
    cairo_destroy(cr);
    GByteArray *bytes = g_byte_array_new();
    cairo_surface_write_to_png_stream(surface, append, bytes);
    cairo_surface_destroy(surface);
    return g_byte_array_free_to_bytes(bytes);
}

static struct photo_facts *measure(GBytes *picture, gsize cut, bool whole)
{
    gsize n;
    const unsigned char *data = g_bytes_get_data(picture, &n);
    return picture_measure_bytes(data, n - cut, whole);
}

static void assert_facts(struct photo_facts *facts, enum photo_format format, int width, int height, bool colour,
                         bool complete)
{
    assert_int_equal(facts->format, format);
    assert_int_equal(facts->width, width);
    assert_int_equal(facts->height, height);
    assert_int_equal(facts->colour, colour);
    assert_int_equal(facts->complete, complete);
    record_free(&photo_facts_record, facts);
}

/* ---------------------------------------------------------------- measuring */

static void test_whole_pictures(void **state)
{
    (void)state;
    g_autoptr(GBytes) jpeg = jpeg_of(480, 640);
    g_autoptr(GBytes) png = png_of(CAIRO_FORMAT_RGB24, 300, 413);
    g_autoptr(GBytes) alpha = png_of(CAIRO_FORMAT_ARGB32, 300, 413);
    g_autoptr(GBytes) grey = png_of(CAIRO_FORMAT_A8, 300, 413);
    assert_facts(measure(jpeg, 0, true), PHOTO_JPEG, 480, 640, true, true);
    assert_facts(measure(jpeg, 0, false), PHOTO_JPEG, 480, 640, true, false);
    assert_facts(measure(png, 0, true), PHOTO_PNG, 300, 413, true, true);
    assert_facts(measure(alpha, 0, true), PHOTO_PNG, 300, 413, true, true);
    assert_facts(measure(grey, 0, true), PHOTO_PNG, 300, 413, false, true);
}

static void test_cut_pictures_are_not_complete(void **state)
{
    (void)state;
    g_autoptr(GBytes) jpeg = jpeg_of(480, 640);
    g_autoptr(GBytes) png = png_of(CAIRO_FORMAT_RGB24, 300, 413);
    gsize jpeg_size = g_bytes_get_size(jpeg), png_size = g_bytes_get_size(png);
    assert_facts(measure(jpeg, jpeg_size / 3, true), PHOTO_JPEG, 480, 640, true, false);
    assert_facts(measure(png, png_size / 3, true), PHOTO_PNG, 300, 413, true, false);
    assert_facts(measure(jpeg, jpeg_size - 20, true), PHOTO_JPEG, 0, 0, false, false);
    assert_facts(measure(png, png_size - 10, true), PHOTO_PNG, 0, 0, false, false);
}

static void spoil(GBytes *picture)
{
    gsize n;
    const unsigned char *data = g_bytes_get_data(picture, &n);
    g_autofree unsigned char *copy = g_memdup2(data, n);
    for (gsize i = 0; i < n; i++) {
        copy[i] ^= 0xff;
        record_free(&photo_facts_record, picture_measure_bytes(copy, n, true));
        copy[i] ^= 0xff;
    }
    for (gsize cut = 0; cut <= n; cut++)
        record_free(&photo_facts_record, picture_measure_bytes(data, cut, true));
}

static void test_no_byte_can_crash_it(void **state)
{
    (void)state;
    g_autoptr(GBytes) jpeg = jpeg_of(40, 60);
    g_autoptr(GBytes) png = png_of(CAIRO_FORMAT_RGB24, 40, 60);
    spoil(jpeg);
    spoil(png);
}

static void test_huge_picture_is_not_decoded(void **state)
{
    (void)state;
    g_autoptr(GBytes) jpeg = jpeg_of(64, 64);
    gsize n;
    g_autofree unsigned char *copy = g_memdup2(g_bytes_get_data(jpeg, &n), g_bytes_get_size(jpeg));
    for (gsize i = 0; i + 9 < n; i++)
        if (copy[i] == 0xff && copy[i + 1] == 0xc0) /* SOF0: the size it says it has */
            memset(copy + i + 5, 0xf0, 4);
    struct photo_facts *facts = picture_measure_bytes(copy, n, true);
    assert_facts(facts, PHOTO_JPEG, 0xf0f0, 0xf0f0, true, false);
}

struct in_folder {
    char *folder, *path, *output;
};

static int make_folder(void **state)
{
    struct in_folder *here = g_new0(struct in_folder, 1);
    here->folder = g_dir_make_tmp("picture-XXXXXX", NULL);
    here->path = g_build_filename(here->folder, "a.jpg", NULL);
    here->output = g_build_filename(here->folder, "copy", NULL);
    *state = here;
    return here->folder == NULL;
}

static int remove_folder(void **state)
{
    struct in_folder *here = *state;
    remove(here->path);
    g_unlink(here->output);
    int left = g_rmdir(here->folder);
    g_free(here->folder);
    g_free(here->path);
    g_free(here->output);
    g_free(here);
    return left;
}

static void test_what_is_no_plain_file_is_unknown(void **state)
{
    const struct in_folder *here = *state;
    assert_facts(picture_measure(here->path), PHOTO_UNKNOWN, 0, 0, false, false);
    assert_int_equal(symlink("/etc/passwd", here->path), 0);
    assert_facts(picture_measure(here->path), PHOTO_UNKNOWN, 0, 0, false, false);
    g_unlink(here->path);
    assert_int_equal(mkfifo(here->path, 0600), 0); /* opening it must not wait for a writer */
    assert_facts(picture_measure(here->path), PHOTO_UNKNOWN, 0, 0, false, false);
    g_unlink(here->path);
    assert_facts(picture_measure(here->folder), PHOTO_UNKNOWN, 0, 0, false, false);
}

static void test_file_too_large_to_read_has_its_size(void **state)
{
    const struct in_folder *here = *state;
    g_autoptr(GBytes) jpeg = jpeg_of(30, 40);
    assert_true(g_file_set_contents(here->path, g_bytes_get_data(jpeg, NULL), (gssize)g_bytes_get_size(jpeg), NULL));
    assert_int_equal(truncate(here->path, PICTURE_MAX_BYTES + 1), 0);
    struct photo_facts *facts = picture_measure(here->path);
    assert_int_equal(facts->bytes, PICTURE_MAX_BYTES + 1);
    assert_string_equal(photo_check(facts), "photo.too_big");
    record_free(&photo_facts_record, facts);
}

/* ---------------------------------------------------------------- the job */

/* In a child, since the process is locked in afterwards. 0 = all is as it should be. */
static int job_in_child(const struct in_folder *here, bool ours)
{
    struct photo_request request = {.path = here->path, .output = here->output};
    struct photo_facts *facts = picture_job(&request, NULL);
    if ((facts->format == PHOTO_JPEG && facts->complete && facts->width == 480) != ours)
        return 1;
    return 0;
}

static int wait_for(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void test_job_copies_what_it_measured(void **state)
{
    const struct in_folder *here = *state;
    g_autoptr(GBytes) jpeg = jpeg_of(480, 640);
    struct stat status;
    assert_true(g_file_set_contents(here->path, "GIF89a", -1, NULL));
    pid_t pid = fork();
    if (pid == 0)
        _exit(job_in_child(here, false));
    assert_int_equal(wait_for(pid), 0);
    assert_int_equal(access(here->output, F_OK), -1);
    assert_true(g_file_set_contents(here->path, g_bytes_get_data(jpeg, NULL), (gssize)g_bytes_get_size(jpeg), NULL));
    pid = fork();
    if (pid == 0)
        _exit(job_in_child(here, true));
    assert_int_equal(wait_for(pid), 0);
    assert_int_equal(stat(here->output, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    g_autofree char *copy = NULL;
    gsize n;
    assert_true(g_file_get_contents(here->output, &copy, &n, NULL));
    assert_int_equal(n, g_bytes_get_size(jpeg));
    assert_memory_equal(copy, g_bytes_get_data(jpeg, NULL), n);
}

static int try_to_get_out(void)
{
    bool opened = access("/etc/passwd", R_OK) == 0;
    if (opened || errno != EPERM)
        return 1;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0}) == 0)
        return 2;
    char *const argv[] = {"/bin/true", NULL};
    execv(argv[0], argv);
    return 0;
}

static void test_sandbox_lets_nothing_out(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0)
        _exit(sandbox_enter() ? try_to_get_out() : 77);
    int code = wait_for(pid);
    if (code == 77) /* under sanitizers, or on a machine we have no filter for */
        skip();
    assert_int_equal(code, 0);
}

/* ---------------------------------------------------------------- for paper */

static struct print_photo *for_paper(const struct in_folder *here, GBytes *picture)
{
    gsize n;
    const char *data = g_bytes_get_data(picture, &n);
    assert_true(g_file_set_contents(here->path, data, (gssize)n, NULL));
    return print_photo_read(here->path, 480, 640);
}

static void assert_colour(const struct print_photo *photo, int x, int y, int red, int green, int blue)
{
    const unsigned char *rgb = photo->rgb + (y * photo->width + x) * 3;
    assert_in_range(rgb[0] + 8, red, red + 16);
    assert_in_range(rgb[1] + 8, green, green + 16);
    assert_in_range(rgb[2] + 8, blue, blue + 16);
}

static void test_photo_covers_its_box(void **state)
{
    static const struct {
        int width, height, to_width, to_height;
    } cases[] = {
        {480, 640, 480, 640}, {3000, 4000, 480, 640}, {2950, 4130, 480, 672},
        {295, 413, 295, 413}, {1000, 640, 1000, 640},
    };
    const struct in_folder *here = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) jpeg = jpeg_of(cases[i].width, cases[i].height);
        struct print_photo *photo = for_paper(here, jpeg);
        assert_non_null(photo);
        assert_int_equal(photo->width, cases[i].to_width);
        assert_int_equal(photo->height, cases[i].to_height);
        assert_colour(photo, 10, 10, 0, 0, 200);
        assert_colour(photo, 10, photo->height - 10, 200, 0, 0);
        struct photo_facts *facts = measure(photo->jpeg, 0, true);
        assert_facts(facts, PHOTO_JPEG, photo->width, photo->height, true, true);
        print_photo_free(photo);
    }
}

static void test_transparent_becomes_paper(void **state)
{
    g_autoptr(GBytes) png = png_of(CAIRO_FORMAT_ARGB32, 600, 800);
    struct print_photo *photo = for_paper(*state, png);
    assert_non_null(photo);
    assert_int_equal(photo->width, 480);
    assert_colour(photo, 240, 100, 0, 0, 204);
    assert_colour(photo, 240, 500, 255, 255, 255);
    print_photo_free(photo);
}

static void test_unusable_photo_is_none(void **state)
{
    const struct in_folder *here = *state;
    g_autoptr(GBytes) jpeg = jpeg_of(480, 640);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(jpeg, 0, g_bytes_get_size(jpeg) / 2);
    g_autoptr(GBytes) grey = png_of(CAIRO_FORMAT_A8, 480, 640);
    g_autoptr(GBytes) text = g_bytes_new_static("hello", 5);
    assert_null(for_paper(here, cut));
    assert_null(for_paper(here, grey));
    assert_null(for_paper(here, text));
    assert_null(print_photo_read("/nonexistent", 480, 640));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_pictures),
        cmocka_unit_test(test_cut_pictures_are_not_complete),
        cmocka_unit_test(test_no_byte_can_crash_it),
        cmocka_unit_test(test_huge_picture_is_not_decoded),
        IN_FOLDER(test_what_is_no_plain_file_is_unknown),
        IN_FOLDER(test_file_too_large_to_read_has_its_size),
        IN_FOLDER(test_job_copies_what_it_measured),
        cmocka_unit_test(test_sandbox_lets_nothing_out),
        IN_FOLDER(test_photo_covers_its_box),
        IN_FOLDER(test_transparent_becomes_paper),
        IN_FOLDER(test_unusable_photo_is_none),
    };
    return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
