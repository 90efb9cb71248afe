/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/settings.h"
#include "printing/layout.h"
#include "printing/layout_check.h"
#include "sheet_samples.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                                           \
    "title = \"t\";\n"                                                                                                 \
    "fonts = ( { name = \"f\"; file = \"/f.otf\"; } );\n"                                                              \
    "styles = ( { name = \"s\"; font = \"f\"; size = \"10 8\"; } );\n"
#define PANEL(boxes, rows)                                                                                             \
    "panels = ( { name = \"p\"; side = 0; at = \"20 20 100 50\";\n boxes = (\n" boxes "\n );\n rows = (" rows          \
    "); } );\n"

static struct layout *read_text(const char *text, GPtrArray *faults)
{
    g_autofree char *path = g_strdup("/tmp/layout.XXXXXX");
    g_close(g_mkstemp(path), NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    struct layout *layout = layout_read(path, faults);
    g_unlink(path);
    return layout;
}

static void test_shipped_layout_has_no_fault(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct layout *layout = layout_read("forms/sheet.conf", faults);
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)faults->pdata[i]);
    assert_non_null(layout);
    assert_int_equal(layout->panels->len, 4);
    layout_free(layout);
}

static void test_faults_name_their_line(void **state)
{
    static const struct {
        const char *text, *fault; /* what stands after the file's name */
    } cases[] = {
        {HEAD PANEL("{ at = \"0 0 101 5\"; }", ""), ":6: the box \"0 0 101 5\" is outside its panel"},
        {HEAD PANEL("{ at = \"0 0 5 5\"; },\n{ at = \"0 -1 5 5\"; }", ""),
         ":7: the box \"0 -1 5 5\" is outside its panel"},
        {HEAD PANEL("{ at = \"0 0 5\"; }", ""), ":6: \"0 0 5\" is not four numbers: x y w h"},
        {HEAD PANEL("{ at = \"0 0 5 x\"; }", ""), ":6: \"0 0 5 x\" is not four numbers: x y w h"},
        {HEAD PANEL("{ at = \"0 0 0 5\"; }", ""), ":6: \"0 0 0 5\" has no width or no height"},
        {HEAD PANEL("{ at = \"0 0 5 5\"; style = \"q\"; }", ""), ":6: there is no style \"q\""},
        {HEAD PANEL("{ at = \"0 0 5 5\"; text = \"a\"; }", ""), ":6: the text \"a\" has no style"},
        {HEAD PANEL("{ at = \"0 0 5 5\"; style = \"s\"; text = \"{nmae}\"; }", ""), ":6: there is no field {nmae}"},
        {HEAD PANEL("{ at = \"0 0 5 5\"; style = \"s\"; text = \"{name\"; }", ""),
         ":6: a { without its } in \"{name\""},
        {HEAD PANEL("{ at = \"0 0 5 5\"; style = \"s\"; text = \"{course.*.code}\"; }", ""),
         ":6: there is no field {course.*.code}"}, /* only in rows */
        {HEAD PANEL("{ at = \"0 0 20 20\"; kind = \"qr\"; text = \"{seal}\"; }", ""),
         ":6: the code \"0 0 20 20\" is smaller than 22 mm and may not be read"},
        {HEAD PANEL("{ at = \"0 0 20 20\"; ruled = \"1\"; }", ""), ":6: ruled lines 1 mm apart are too near"},
        {HEAD PANEL("", "{ count = 3; step = \"0 20\"; boxes = ({ at = \"0 0 5 20\"; }); }"),
         ":8: the box \"0 0 5 20\" is outside its panel"}, /* the last line of the three */
        {"title = \"t\"; fonts = ( { name = \"f\"; file = \"/f\"; } );\nstyles = ( { name = \"s\"; font = \"g\"; size "
         "= \"10\"; } );\n"
         "panels = ();",
         ":2: there is no font \"g\""},
        {"title = \"t\"; fonts = ( { name = \"f\"; file = \"/f\"; } );\nstyles = ( { name = \"s\"; font = \"f\"; size "
         "= \"8 10\"; } );\n"
         "panels = ();",
         ":2: \"8 10\" is not \"size least one-line\" in points, 4 to 72"},
        {"title = \"t\"; fonts = (); styles = ();\npanels = ( { name = \"p\"; side = 1; at = \"2 20 100 50\"; } );",
         ":2: the panel \"p\" reaches where a printer cannot"},
        {"title = \"t\"; fonts = (); styles = ();\nfallback = [ \"x\" ];\npanels = ();", ":2: there is no font \"x\""},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) faults = settings_faults_new();
        assert_null(read_text(cases[i].text, faults));
        assert_int_equal(faults->len, 1);
        assert_string_equal(strchr((char *)faults->pdata[0], ':'), cases[i].fault);
    }
}

struct seen {
    GString *text;
    const struct sheet_data *data;
};

static void note(const struct layout_place *place, gpointer data)
{
    struct seen *seen = data;
    g_autofree char *text = layout_text(place, seen->data);
    g_autofree char *name = layout_place_name(place);
    g_string_append_printf(seen->text, "%g %g %s=%s\n", place->x_mm, place->y_mm, name, text);
}

static void test_rows_repeat_and_texts_are_filled(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) faults = settings_faults_new();
    struct layout *layout =
        read_text(HEAD PANEL("{ at = \"1 2 30 5\"; style = \"s\"; text = \"[{name}]\"; },"
                             "{ at = \"1 9 30 5\"; style = \"s\"; name = \"n\"; text = \"第{form_version}版{seal}\"; }",
                             "{ first = 3; count = 2; step = \"0 6\"; boxes = ("
                             "{ at = \"1 20 5 6\"; style = \"s\"; text = \"{*}\"; },"
                             "{ at = \"6 20 50 6\"; style = \"s\"; text = \"{course.*.code} {course.*.name}\"; } ); }"),
                  faults);
    assert_non_null(layout);
    struct sheet_data *data = sheet_sample(SAMPLE_ORDINARY);
    sheet_sample_set(data, "name", "{id_no}"); /* data is not looked into */
    struct seen seen = {g_string_new(NULL), data};
    layout_each(layout, 0, note, &seen);
    assert_string_equal(seen.text->str, "21 40 3=3\n"
                                        "26 40 course.3.code=13000 英语（专升本）\n"
                                        "21 46 4=4\n"
                                        "26 46 course.4.code=00034 社会学概论\n"
                                        "21 22 name=[{id_no}]\n"
                                        "21 29 n=第1版\n");
    g_string_truncate(seen.text, 0);
    layout_each(layout, 1, note, &seen);
    assert_string_equal(seen.text->str, "");
    g_string_free(seen.text, TRUE);
    record_free(&sheet_data_record, data);
    layout_free(layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped_layout_has_no_fault),
        cmocka_unit_test(test_faults_name_their_line),
        cmocka_unit_test(test_rows_repeat_and_texts_are_filled),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
