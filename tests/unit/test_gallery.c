/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every screen of forms/, at three sizes with keys and at the smallest by touch, in every theme, as libvterm sees it.
 *
 * tests/screens/gallery/SIZE/TITLE.screen holds the text and below it, cell for cell, a letter for the look; blank is the page's own.
 * LEGEND says what a letter looks like in each theme, so a colour is changed in one place. `make screens` writes all anew.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "eye.h"
#include "gallery.h"
#include "golden.h"

#include <string.h>

#include "base/clock.h"
#include "screen/view.h"

#define FOLDER "tests/screens/gallery"
#define THEMES 4

static const struct {
    const char *folder;
    int rows, cols;
    bool touch;
} sizes[] = {
    {"80x24", 24, 80, false}, {"80x24-touch", 24, 80, true}, {"100x30", 30, 100, false}, {"160x50", 50, 160, false}};

/* What a letter of the legend is called; in the order of enum role. */
static const char *const names[ROLE_COUNT] = {
    [ROLE_BODY] = "text",
    [ROLE_STRONG] = "strong",
    [ROLE_QUIET] = "quiet",
    [ROLE_GOOD] = "good",
    [ROLE_WARN] = "warn",
    [ROLE_BAD] = "bad",
    [ROLE_BAR] = "bar",
    [ROLE_BAR_SIDE] = "bar, office",
    [ROLE_CHAPTER_DONE] = "chapter done",
    [ROLE_CHAPTER_NOW] = "chapter now",
    [ROLE_CHAPTER_TODO] = "chapter to come",
    [ROLE_TITLE] = "title",
    [ROLE_RULE] = "rule",
    [ROLE_MARK] = "mark",
    [ROLE_LABEL] = "label",
    [ROLE_LABEL_FOCUS] = "label, focused",
    [ROLE_STAR] = "star",
    [ROLE_FIELD] = "field",
    [ROLE_FIELD_FOCUS] = "field, focused",
    [ROLE_FIELD_BAD] = "field with an error",
    [ROLE_FIELD_HINT] = "hint in a field",
    [ROLE_FIELD_HINT_FOCUS] = "hint in a field, focused",
    [ROLE_TABLE_HEAD] = "head of a table",
    [ROLE_ITEM] = "item",
    [ROLE_ITEM_NOTE] = "note of an item",
    [ROLE_ITEM_CHOSEN] = "item chosen",
    [ROLE_ITEM_OFF] = "item off",
    [ROLE_ITEM_FOCUS] = "item, focused",
    [ROLE_ITEM_OFF_FOCUS] = "item off, focused",
    [ROLE_KEYS] = "key line",
    [ROLE_KEY_CAP] = "name of a key",
    [ROLE_KEY_LABEL] = "button",
    [ROLE_KEY_PRIMARY] = "main button",
    [ROLE_KEY_OFF] = "button off",
    [ROLE_KEY_FOCUS] = "button, focused",
    [ROLE_BOX] = "box",
    [ROLE_BOX_TITLE] = "title of a box",
    [ROLE_QR] = "code",
    [ROLE_QR_DARK] = "code, dark",
};

/* The looks of all roles in all themes, and all rooms. */
struct hall {
    struct eye_style styles[ROLE_COUNT][THEMES];
    struct gallery **rooms;
};

/* ---------------------------------------------------------------- what the roles look like */

static void sample_styles(struct hall *hall, int theme)
{
    struct glass *glass = glass_new(24, 80, theme_words[theme]);
    struct eye *eye = eye_new(glass, 24, 80);
    for (int role = 0; role < ROLE_COUNT; role++)
        paint_text(glass_screen(glass)->canvas, role % 24, role / 24 * 4, 1, (enum role)role, "x");
    glass_flush(glass);
    g_autofree struct eye_view *view = eye_look(eye);
    for (int role = 0; role < ROLE_COUNT; role++)
        hall->styles[role][theme] = eye_cell(view, role % 24, role / 24 * 4)->style;
    eye_free(eye);
    glass_free(glass);
}

static int hang(void **state)
{
    struct hall *hall = g_new0(struct hall, 1);
    for (int theme = 0; theme < THEMES; theme++)
        sample_styles(hall, theme);
    hall->rooms = g_new0(struct gallery *, gallery_size());
    for (guint i = 0; i < gallery_size(); i++)
        hall->rooms[i] = gallery_open(i, GALLERY_NAME);
    *state = hall;
    return 0;
}

static int take_down(void **state)
{
    struct hall *hall = *state;
    for (guint i = 0; i < gallery_size(); i++)
        gallery_close(hall->rooms[i]);
    g_free(hall->rooms);
    g_free(hall);
    return 0;
}

/* Of a blank only ground and line are seen. */
static bool is_role(const struct hall *hall, enum role role, const struct eye_cell *const cells[THEMES])
{
    for (int theme = 0; theme < THEMES; theme++) {
        const struct eye_style *wanted = &hall->styles[role][theme], *real = &cells[theme]->style;
        bool blank = cells[theme]->c == ' ' && real->ground == wanted->ground && real->underlined == wanted->underlined;
        if (!blank && !eye_same_style(wanted, real))
            return false;
    }
    return true;
}

/* The first role that looks so; `before`, the letter to the left, where that could be it too. */
static char letter_of(const struct hall *hall, const struct eye_cell *const cells[THEMES], char before)
{
    static const char letters[] = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *at = before ? strchr(letters, before) : NULL;
    G_STATIC_ASSERT(ROLE_COUNT < sizeof letters);
    if (at && is_role(hall, (enum role)(at - letters), cells))
        return before;
    for (int role = 0; role < ROLE_COUNT; role++)
        if (is_role(hall, (enum role)role, cells))
            return letters[role];
    return '?';
}

/* ---------------------------------------------------------------- a screen as text */

static void add_row_text(GString *text, const struct eye_view *view, int row)
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (int col = 0; col < view->cols; col++)
        if (eye_cell(view, row, col)->c)
            g_string_append_unichar(line, eye_cell(view, row, col)->c);
    g_autofree char *masked = golden_mask(g_strchomp(line->str));
    g_string_append_printf(text, "%s\n", masked);
}

static void add_row_looks(GString *text, const struct hall *hall, struct eye_view *const views[THEMES], int row)
{
    g_autoptr(GString) line = g_string_new(NULL);
    char letter = 0;
    for (int col = 0; col < views[0]->cols; col++) {
        const struct eye_cell *cells[THEMES];
        for (int theme = 0; theme < THEMES; theme++)
            cells[theme] = eye_cell(views[theme], row, col);
        letter = letter_of(hall, cells, letter);
        g_string_append_c(line, letter);
    }
    g_string_append_printf(text, "%s\n", g_strchomp(line->str));
}

static char *describe(const struct hall *hall, struct eye_view *const views[THEMES])
{
    GString *text = g_string_new(NULL);
    const struct eye_view *view = views[0];
    g_string_printf(text, "# %d×%d, cursor ", view->cols, view->rows);
    if (view->cursor_y < 0)
        g_string_append(text, "hidden\n");
    else
        g_string_append_printf(text, "at %d,%d\n", view->cursor_y, view->cursor_x);
    for (int row = 0; row < view->rows; row++)
        add_row_text(text, view, row);
    g_string_append(text, "# looks\n");
    for (int row = 0; row < view->rows; row++)
        add_row_looks(text, hall, views, row);
    return g_string_free(text, FALSE);
}

/* Themes differ in colours and in nothing else. */
static void expect_same_text(struct eye_view *const views[THEMES], const char *path)
{
    for (int theme = 1; theme < THEMES; theme++) {
        const struct eye_view *a = views[0], *b = views[theme];
        if (a->cursor_y != b->cursor_y || a->cursor_x != b->cursor_x)
            fail_msg("%s: the cursor stands elsewhere in \"%s\"", path, theme_words[theme]);
        for (int i = 0; i < a->rows * a->cols; i++)
            if (a->cells[i].c != b->cells[i].c)
                fail_msg("%s: row %d, column %d is another in \"%s\"", path, i / a->cols, i % a->cols,
                         theme_words[theme]);
    }
}

/* ---------------------------------------------------------------- comparing and writing */

static void print_difference(const char *wanted, const char *real)
{
    g_auto(GStrv) rows_wanted = g_strsplit(wanted, "\n", -1);
    g_auto(GStrv) rows_real = g_strsplit(real, "\n", -1);
    for (int i = 0; rows_wanted[i] && rows_real[i]; i++)
        if (strcmp(rows_wanted[i], rows_real[i]) != 0)
            print_error("  line %d wanted |%s|\n  line %d is     |%s|\n", i + 1, rows_wanted[i], i + 1, rows_real[i]);
}

/* True when it is as expected, or was written. */
static bool compare(const char *path, const char *real)
{
    g_autofree char *wanted = NULL;
    if (g_strcmp0(g_getenv("SCREENS"), "write") == 0) {
        g_autofree char *folder = g_path_get_dirname(path);
        (void)g_mkdir_with_parents(folder, 0755);
        return g_file_set_contents(path, real, -1, NULL);
    }
    if (!g_file_get_contents(path, &wanted, NULL, NULL)) {
        print_error("%s is missing; `make screens` writes it\n", path);
        return false;
    }
    if (strcmp(wanted, real) == 0)
        return true;
    print_error("The screen is not the one in %s:\n", path);
    print_difference(wanted, real);
    return false;
}

/* ---------------------------------------------------------------- drawing */

/* Another page first: nothing of the last one stays. Times of the rig are not of this clock. */
static struct eye_view *draw(struct glass *glass, struct eye *eye, const struct gallery *room, bool touch)
{
    struct page *page = gallery_page(room);
    int64_t now_ms = clock_monotonic_ms();
    if (page->qr && page->qr->expires_ms > 0)
        page->qr->expires_ms = now_ms + 299500;
    if (page->deadline_ms > 0)
        page->deadline_ms = now_ms + 11500;
    glass_show(glass, page_new("between", PAGE_NOTICE));
    glass_screen(glass)->touch = touch;
    glass_screen(glass)->keyboard = (struct keyboard){0};
    glass_show(glass, page);
    return eye_look(eye);
}

static void draw_all(const struct hall *hall, gsize size, int theme, struct eye_view *(*views)[THEMES])
{
    struct glass *glass = glass_new(sizes[size].rows, sizes[size].cols, theme_words[theme]);
    struct eye *eye = eye_new(glass, sizes[size].rows, sizes[size].cols);
    for (guint i = 0; i < gallery_size(); i++)
        views[i][theme] = draw(glass, eye, hall->rooms[i], sizes[size].touch);
    eye_free(eye);
    glass_free(glass);
}

static int check_size(const struct hall *hall, gsize size)
{
    int wrong = 0;
    struct eye_view *(*views)[THEMES] = g_malloc0_n(gallery_size(), sizeof *views);
    for (int theme = 0; theme < THEMES; theme++)
        draw_all(hall, size, theme, views);
    for (guint i = 0; i < gallery_size(); i++) {
        g_autofree char *path = g_strdup_printf(FOLDER "/%s/%s.screen", sizes[size].folder, gallery_title(i));
        g_autofree char *real = describe(hall, views[i]);
        expect_same_text(views[i], path);
        if (strchr(strstr(real, "# looks"), '?'))
            fail_msg("%s: a cell looks like no role\n%s", path, real);
        wrong += !compare(path, real);
        for (int theme = 0; theme < THEMES; theme++)
            g_free(views[i][theme]);
    }
    g_free(views);
    return wrong;
}

static void every_screen_is_as_expected(void **state)
{
    int wrong = 0;
    for (gsize size = 0; size < G_N_ELEMENTS(sizes); size++)
        wrong += check_size(*state, size);
    if (wrong > 0)
        fail_msg("%d screens are others. If they are right: `make screens`, and look at the diff", wrong);
}

/* ---------------------------------------------------------------- the legend */

static void add_style(GString *line, const struct eye_style *style)
{
    static const char *const own[] = {"own reversed", "own"};
    g_autofree char *colours =
        style->ground < 0 ? g_strdup(own[style->ground + 2]) : g_strdup_printf("%d on %d", style->ink, style->ground);
    g_autofree char *all =
        g_strconcat(colours, style->bold ? " bold" : "", style->underlined ? " underlined" : "", NULL);
    g_string_append_printf(line, "%-24s", all);
}

/* Roles that look the same everywhere share the letter of the first. */
static void add_letter(GString *text, const struct hall *hall, enum role role)
{
    struct eye_cell x[THEMES];
    const struct eye_cell *cells[THEMES];
    g_autoptr(GString) line = g_string_new(NULL);
    for (int theme = 0; theme < THEMES; theme++) {
        x[theme] = (struct eye_cell){'x', hall->styles[role][theme]};
        cells[theme] = &x[theme];
    }
    g_string_printf(line, "%c  %-26s", letter_of(hall, cells, 0), names[role]);
    for (int theme = 0; theme < THEMES; theme++)
        add_style(line, &hall->styles[role][theme]);
    g_string_append_printf(text, "%s\n", g_strchomp(line->str));
}

static void the_legend_tells_every_theme(void **state)
{
    g_autoptr(GString) text = g_string_new("#  looks as                  ");
    for (int theme = 0; theme < THEMES; theme++)
        g_string_append_printf(text, "%-24s", theme_words[theme]);
    (void)g_strchomp(text->str);
    g_string_set_size(text, strlen(text->str));
    g_string_append_c(text, '\n');
    for (int role = 0; role < ROLE_COUNT; role++) {
        assert_non_null(names[role]);
        add_letter(text, *state, (enum role)role);
    }
    assert_true(compare(FOLDER "/LEGEND", text->str));
}

static void no_screen_is_left_out(void **state)
{
    const struct hall *hall = *state;
    const struct forms *forms = gallery_rig(hall->rooms[0])->forms;
    assert_null(theme_words[THEMES]);
    for (guint i = 0; i < forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(forms->screens, i);
        if (!gallery_has(screen->name))
            fail_msg("%s hangs nowhere in tests/gallery.c", screen->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_screen_is_left_out),
        cmocka_unit_test(the_legend_tells_every_theme),
        cmocka_unit_test(every_screen_is_as_expected),
    };
    return cmocka_run_group_tests_name("gallery", tests, hang, take_down);
}
