/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws real sheets and reads them back with poppler's programs and zbar. */
#include "base/settings.h"
#include "printing/layout.h"
#include "printing/seal.h"
#include "sheet_samples.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <zbar.h>

#include <cmocka.h>

#define MAX_BYTES (400 * 1000)

struct fixture {
    struct layout *layout;
    char *directory, *pdf, *photo, *png;
};

static int set_up(void **state)
{
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->layout = layout_read("forms/sheet.conf", faults);
    fixture->directory = g_dir_make_tmp("sheet-XXXXXX", NULL);
    fixture->pdf = g_build_filename(fixture->directory, "sheet.pdf", NULL);
    fixture->photo = g_build_filename(fixture->directory, "photo", NULL);
    fixture->png = g_build_filename(fixture->directory, "side.png", NULL);
    *state = fixture;
    return fixture->layout == NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    g_unlink(fixture->pdf);
    g_unlink(fixture->photo);
    g_unlink(fixture->png);
    int left = g_rmdir(fixture->directory); /* fails when anything else was left behind */
    layout_free(fixture->layout);
    g_free(fixture->directory);
    g_free(fixture->pdf);
    g_free(fixture->photo);
    g_free(fixture->png);
    g_free(fixture);
    return left;
}

/* Draws and takes the data. */
static struct sheet_answer *draw(const struct fixture *fixture, struct sheet_data *data)
{
    struct sheet_answer *answer = sheet_draw(fixture->layout, data, fixture->pdf);
    record_free(&sheet_data_record, data);
    return answer;
}

static void assert_drawn(struct sheet_answer *answer)
{
    for (guint i = 0; i < answer->overflow->len; i++)
        print_error("overflow: %s\n", (const char *)answer->overflow->pdata[i]);
    for (guint i = 0; i < answer->missing->len; i++)
        print_error("missing: %s\n", (const char *)answer->missing->pdata[i]);
    assert_null(answer->problem);
    assert_int_equal(answer->pages, 2);
    record_free(&sheet_answer_record, answer);
}

/* What a program prints, without white space. */
static char *output_of(const char *const *argv)
{
    g_autofree char *out = NULL;
    assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL));
    g_auto(GStrv) words = g_strsplit_set(out, " \n\f", -1);
    return g_strjoinv("", words);
}
#define OUTPUT_OF(...) output_of((const char *const[]){__VA_ARGS__, NULL})

static void write_photo(const struct fixture *fixture)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 960, 1280);
    cairo_t *cr = cairo_create(surface);
    for (int i = 0; i < 400; i++) { /* enough detail that it does not compress to nothing */
        cairo_set_source_rgb(cr, i % 7 / 7.0, i % 11 / 11.0, i % 13 / 13.0);
        cairo_rectangle(cr, i * 37 % 960, i * 91 % 1280, 60, 60);
        cairo_fill(cr);
    }
    cairo_destroy(cr);
    assert_int_equal(cairo_surface_write_to_png(surface, fixture->photo), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

/* ---------------------------------------------------------------- what is drawn */

static void test_every_sample_is_small_private_and_embeds_its_fonts(void **state)
{
    const struct fixture *fixture = *state;
    write_photo(fixture);
    for (int i = 0; i < SHEET_SAMPLES; i++) {
        struct sheet_data *data = sheet_sample((enum sheet_sample)i);
        struct stat status;
        data->photo = g_strdup(fixture->photo);
        assert_drawn(draw(fixture, data));
        assert_int_equal(stat(fixture->pdf, &status), 0);
        assert_int_equal(status.st_mode & 07777, 0600);
        assert_true(status.st_size < MAX_BYTES);
        g_autofree char *info = OUTPUT_OF("pdfinfo", "-l", "2", fixture->pdf);
        assert_non_null(strstr(info, "Pages:2"));
        assert_non_null(strstr(info, "Page1size:1190.55x841.89pts(A3)"));
        g_autofree char *fonts = OUTPUT_OF("pdffonts", fixture->pdf);
        assert_non_null(strstr(fonts, "yesyesyes"));
        assert_null(strstr(fonts, "no"));
        g_autofree char *images = OUTPUT_OF("pdfimages", "-list", fixture->pdf);
        assert_non_null(strstr(images, "480640rgb38jpeg"));
    }
}

static void test_same_data_gives_same_bytes(void **state)
{
    const struct fixture *fixture = *state;
    struct sheet_answer *first = draw(fixture, sheet_sample(SAMPLE_RARE));
    g_autofree char *elsewhere = g_dir_make_tmp("sheet-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(elsewhere, "a", NULL);
    struct sheet_data *data = sheet_sample(SAMPLE_RARE);
    struct sheet_answer *second = sheet_draw(fixture->layout, data, path);
    assert_string_equal(first->sha256, second->sha256);
    sheet_sample_set(data, "address", "山西省太原市小店区长风街 101 号");
    struct sheet_answer *third = sheet_draw(fixture->layout, data, path);
    assert_string_not_equal(first->sha256, third->sha256);
    g_autofree char *bytes = NULL;
    gsize n;
    assert_true(g_file_get_contents(path, &bytes, &n, NULL));
    g_autofree char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
    assert_string_equal(third->sha256, sha256);
    assert_int_equal(third->bytes, n);
    g_unlink(path);
    g_rmdir(elsewhere);
    record_free(&sheet_answer_record, first);
    record_free(&sheet_answer_record, second);
    record_free(&sheet_answer_record, third);
    record_free(&sheet_data_record, data);
}

static bool has_text(const char *page, const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
    g_autofree char *joined = g_strjoinv("", words);
    return strstr(page, joined) != NULL;
}

static void test_every_text_can_be_read_back(void **state)
{
    static const char *const front[] = {
        "name",          "id_no",        "exam_no", "county", "course.1.name", "course.14.code", "course.14.passed_on",
        "total.courses", "total.credits"};
    static const char *const back[] = {"name",           "sex",        "ethnicity", "mobile",
                                       "native_place",   "work_since", "address",   "resume.1.from",
                                       "resume.1.where", "awards",     "family",    "self_evaluation"};
    const struct fixture *fixture = *state;
    for (int sample = 0; sample < SHEET_SAMPLES; sample++) {
        struct sheet_data *data = sheet_sample((enum sheet_sample)sample);
        assert_drawn(draw(fixture, record_copy(&sheet_data_record, data)));
        g_autofree char *side1 = OUTPUT_OF("pdftotext", "-raw", "-l", "1", fixture->pdf, "-");
        g_autofree char *side2 = OUTPUT_OF("pdftotext", "-raw", "-f", "2", fixture->pdf, "-");
        for (size_t i = 0; i < G_N_ELEMENTS(front); i++)
            assert_true(has_text(side1, sheet_data_text(data, front[i])));
        for (size_t i = 0; i < G_N_ELEMENTS(back); i++)
            assert_true(has_text(side2, sheet_data_text(data, back[i])));
        assert_true(has_text(side1, "毕业生登记表")); /* side 1 = page 4 and page 1, side 2 = page 2 and page 3 */
        assert_true(has_text(side1, "课程成绩"));
        assert_true(has_text(side2, "个\n人\n简\n历"));
        assert_true(has_text(side2, "鉴定意见"));
        record_free(&sheet_data_record, data);
    }
}

static void test_code_on_the_cover_can_be_scanned(void **state)
{
    const struct fixture *fixture = *state;
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    g_autofree char *seal = seal_of(data);
    g_autofree char *payload = g_strdup_printf("SXDJB1:1:%s", seal);
    assert_true(sheet_preview(fixture->layout, data, 0, 150, fixture->png));
    record_free(&sheet_data_record, data);
    cairo_surface_t *png = cairo_image_surface_create_from_png(fixture->png);
    int width = cairo_image_surface_get_width(png), height = cairo_image_surface_get_height(png);
    g_autofree unsigned char *grey = g_malloc((gsize)width * (gsize)height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            grey[y * width + x] = cairo_image_surface_get_data(png)[y * cairo_image_surface_get_stride(png) + x * 4];
    cairo_surface_destroy(png);
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)width, (unsigned)height);
    zbar_image_set_data(image, grey, (unsigned long)width * (unsigned long)height, NULL);
    assert_int_equal(zbar_scan_image(scanner, image), 1);
    assert_string_equal(zbar_symbol_get_data(zbar_image_first_symbol(image)), payload);
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
}

static void test_seal_changes_with_everything(void **state)
{
    (void)state;
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    g_autofree char *first = seal_of(data);
    g_autofree char *again = seal_of(data);
    assert_string_equal(first, again);
    assert_true(g_regex_match_simple("^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$", first, 0, 0));
    data->form_version = 2;
    g_autofree char *version = seal_of(data);
    assert_string_not_equal(first, version);
    data->form_version = 1;
    for (guint i = 0; i < data->values->len; i++) {
        struct sheet_value *value = data->values->pdata[i];
        g_autofree char *before = value->text;
        value->text = g_strconcat(before, "1", NULL);
        g_autofree char *changed = seal_of(data);
        assert_string_not_equal(first, changed);
        g_free(value->text);
        value->text = g_steal_pointer(&before);
    }
    record_free(&sheet_data_record, data);
}

/* ---------------------------------------------------------------- what is not drawn */

/* Nothing is written, and what stood there before stands there still. */
static struct sheet_answer *refuse(const struct fixture *fixture, struct sheet_data *data, const char *problem)
{
    assert_true(g_file_set_contents(fixture->pdf, "old", -1, NULL));
    struct sheet_answer *answer = draw(fixture, data);
    g_autofree char *left = NULL;
    assert_non_null(answer->problem);
    assert_string_equal(answer->problem, problem);
    assert_int_equal(answer->pages, 0);
    assert_null(answer->sha256);
    assert_true(g_file_get_contents(fixture->pdf, &left, NULL, NULL));
    assert_string_equal(left, "old");
    return answer;
}

static void test_overflow_is_named_and_nothing_written(void **state)
{
    static const struct {
        const char *field;
        int chars;
    } cases[] = {{"self_evaluation", 1500}, {"employer", 120}, {"resume.3.where", 200}, {"course.2.name", 80},
                 {"address", 300},          {"family", 900},   {"awards", 700}};
    const struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
        g_autofree char *text = sheet_sample_essay(cases[i].chars);
        sheet_sample_set(data, cases[i].field, text);
        struct sheet_answer *answer = refuse(fixture, data, "sheet.overflow");
        assert_int_equal(answer->overflow->len, 1);
        assert_string_equal(answer->overflow->pdata[0], cases[i].field);
        record_free(&sheet_answer_record, answer);
    }
}

static void test_what_the_rules_allow_fits(void **state)
{
    static const struct {
        const char *field;
        int chars;
    } cases[] = {
        {"self_evaluation", 880}, {"employer", 40}, {"address", 60}, {"resume.7.where", 40}, {"occupation", 20}};
    const struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct sheet_data *data = sheet_sample(SAMPLE_LONG);
        g_autoptr(GString) text = g_string_new(NULL);
        for (int k = 0; k < cases[i].chars; k++)
            g_string_append(text, "晋"); /* hanzi are the widest */
        sheet_sample_set(data, cases[i].field, text->str);
        assert_drawn(draw(fixture, data));
    }
}

/* More than HarfBuzz can cut from one face. */
static void test_hundreds_of_rare_letters_are_drawn(void **state)
{
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    g_autoptr(GString) text = g_string_new(NULL);
    for (gunichar c = 0x21000; c < 0x21000 + 600; c++)
        g_string_append_unichar(text, c);
    sheet_sample_set(data, "self_evaluation", text->str);
    assert_drawn(draw(*state, data));
}

static void test_letters_without_glyph_are_named(void **state)
{
    static const struct {
        const char *name, *missing;
    } cases[] = {
        {"王\xee\xa1\xa3", "U+E863"},      /* private use: whatever a font would draw */
        {"王\xe2\x80\xae明", "U+202E"},    /* turns the text around */
        {"王\xf0\xb1\x8d\x90", "U+31350"}, /* extension H: in no font */
        {"王\xe2\x80\x8b明", "U+200B"},
    };
    const struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
        sheet_sample_set(data, "name", cases[i].name);
        struct sheet_answer *answer = refuse(fixture, data, "sheet.missing");
        assert_int_equal(answer->missing->len, 1);
        assert_string_equal(answer->missing->pdata[0], cases[i].missing);
        record_free(&sheet_answer_record, answer);
    }
}

static void test_courses_left_out_are_an_overflow(void **state)
{
    struct sheet_data *data = sheet_sample(SAMPLE_LONG);
    sheet_sample_set(data, "courses.left_out", "1");
    struct sheet_answer *answer = refuse(*state, data, "sheet.overflow");
    assert_string_equal(answer->overflow->pdata[0], "courses");
    record_free(&sheet_answer_record, answer);
}

static void test_broken_photo_is_a_problem(void **state)
{
    const struct fixture *fixture = *state;
    assert_true(g_file_set_contents(fixture->photo, "\xff\xd8\xff\xe0 not a photo", -1, NULL));
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    data->photo = g_strdup(fixture->photo);
    record_free(&sheet_answer_record, refuse(fixture, data, "sheet.photo"));
}

static void test_missing_font_is_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct layout_font *font = fixture->layout->fonts->pdata[1];
    g_free(font->file);
    font->file = g_strdup("/nonexistent.otf");
    record_free(&sheet_answer_record, refuse(fixture, sheet_sample(SAMPLE_ORDINARY), "sheet.fonts"));
}

static void test_unwritable_place_is_a_problem(void **state)
{
    const struct fixture *fixture = *state;
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    struct sheet_answer *answer = sheet_draw(fixture->layout, data, "/nonexistent/sheet.pdf");
    assert_string_equal(answer->problem, "sheet.disk");
    record_free(&sheet_answer_record, answer);
    record_free(&sheet_data_record, data);
}

#define SHEET_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHEET_TEST(test_every_sample_is_small_private_and_embeds_its_fonts),
        SHEET_TEST(test_same_data_gives_same_bytes),
        SHEET_TEST(test_every_text_can_be_read_back),
        SHEET_TEST(test_code_on_the_cover_can_be_scanned),
        cmocka_unit_test(test_seal_changes_with_everything),
        SHEET_TEST(test_overflow_is_named_and_nothing_written),
        SHEET_TEST(test_what_the_rules_allow_fits),
        SHEET_TEST(test_hundreds_of_rare_letters_are_drawn),
        SHEET_TEST(test_letters_without_glyph_are_named),
        SHEET_TEST(test_courses_left_out_are_an_overflow),
        SHEET_TEST(test_broken_photo_is_a_problem),
        SHEET_TEST(test_missing_font_is_a_problem),
        SHEET_TEST(test_unwritable_place_is_a_problem),
    };
    return cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
}
