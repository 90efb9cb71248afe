/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every screen of forms/ with the longest names at every size: nothing is lost, it fits, folds or can be scrolled to. And whatever sizes
 * come between, it stands afterwards as it stood.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "eye.h"
#include "gallery.h"

#include <string.h>

#include "base/text.h"
#include "screen/view.h"

#define HANZI_25    "阿不都热西提阿卜杜外力买买提依明吐尔逊江阿不力米提"
#define LETTERS_50  "Abdurehim Memetimin Tursunjan Ablimit Yasin Qurban"
#define SCROLLS_MAX 80
#define STORM       8 /* sizes a screen */

static const struct {
    int rows, cols;
    bool touch;
} sizes[] = {{24, 80, false}, {24, 80, true}, {30, 100, false}, {50, 160, false}, {60, 200, true}};

/* ---------------------------------------------------------------- what the page says */

static void add(GString *words, const char *text)
{
    if (text)
        g_string_append(words, text);
}

static void add_choices(GString *words, const GPtrArray *choices)
{
    for (guint i = 0; i < choices->len; i++) {
        const struct page_choice *choice = g_ptr_array_index(choices, i);
        add(words, choice->label);
        add(words, choice->note);
    }
}

static void add_table(GString *words, const struct page_table *table)
{
    add(words, table->title);
    for (guint i = 0; i < table->columns->len; i++)
        add(words, ((struct page_column *)g_ptr_array_index(table->columns, i))->title);
    for (guint i = 0; i < table->rows->len; i++) {
        const struct page_row *row = g_ptr_array_index(table->rows, i);
        for (guint k = 0; k < row->cells->len; k++)
            add(words, g_ptr_array_index(row->cells, k));
    }
}

static void add_fields(GString *words, const struct page *page)
{
    int errors_of = -1;
    for (guint i = 0; i < page->fields->len; i++) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        bool told = field->row >= 0 && field->row == errors_of; /* a row tells its first error */
        add(words, field->row > 0 ? NULL : field->label);
        add(words, told ? NULL : field->error);
        add(words, field->readonly ? field->value : NULL);
        errors_of = field->error ? field->row : errors_of;
    }
}

/* What must be seen in the body. Values being typed scroll in their fields. */
static char *body_words(const struct page *page)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < page->texts->len; i++)
        add(words, ((struct page_text *)g_ptr_array_index(page->texts, i))->text);
    for (guint i = 0; i < page->facts->len; i++) {
        add(words, ((struct page_fact *)g_ptr_array_index(page->facts, i))->label);
        add(words, ((struct page_fact *)g_ptr_array_index(page->facts, i))->value);
    }
    for (guint i = 0; i < page->tables->len; i++)
        add_table(words, g_ptr_array_index(page->tables, i));
    for (guint i = 0; i < page->task->len; i++)
        add(words, ((struct page_task_step *)g_ptr_array_index(page->task, i))->text);
    add_choices(words, page->choices);
    add_fields(words, page);
    add(words, page->sum);
    return g_string_free(words, FALSE);
}

/* ---------------------------------------------------------------- what is seen */

static GHashTable *count(const char *text)
{
    GHashTable *counts = g_hash_table_new(NULL, NULL);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gpointer c = GUINT_TO_POINTER(g_utf8_get_char(at));
        if (!g_unichar_isspace(GPOINTER_TO_UINT(c)))
            g_hash_table_insert(counts, c, GINT_TO_POINTER(GPOINTER_TO_INT(g_hash_table_lookup(counts, c)) + 1));
    }
    return counts;
}

/* Every character of the words as often as they have it: columns and folds put them into another order. */
static bool has_all(const char *words, const char *seen, const char *where)
{
    g_autoptr(GHashTable) wanted = count(words);
    g_autoptr(GHashTable) real = count(seen);
    GHashTableIter iter;
    gpointer c, n;
    g_hash_table_iter_init(&iter, wanted);
    while (g_hash_table_iter_next(&iter, &c, &n)) {
        char utf8[7] = "";
        (void)g_unichar_to_utf8(GPOINTER_TO_UINT(c), utf8);
        int have = GPOINTER_TO_INT(g_hash_table_lookup(real, c));
        if (have >= GPOINTER_TO_INT(n))
            continue;
        print_error("%s: %s is there %d times, not %d:\n%s", where, utf8, have, GPOINTER_TO_INT(n), seen);
        return false;
    }
    return true;
}

static void add_row(struct glass *glass, GString *seen, int row)
{
    if (row < glass_screen(glass)->canvas->rows)
        g_string_append_printf(seen, "%s\n", glass_row(glass, row));
}

/* The body, scrolled through from its top, each line once where a panel tells which it is. */
static char *read_through(struct glass *glass, const char *where)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    const struct screen *screen = glass_screen(glass);
    const struct rect *body = &screen->frame.body;
    int next = 0;
    for (int i = 0; i < SCROLLS_MAX; i++) {
        int top = screen->page->choices->len == 0 && screen->step != &step_editor ? screen->panel.top : next;
        for (int row = 0; row < body->rows; row++)
            if (top + row >= next)
                add_row(glass, seen, body->y + row);
        next = top + body->rows;
        if (!screen->frame.below)
            return g_string_free(g_steal_pointer(&seen), FALSE);
        glass_press(glass, "\033[6~");
    }
    fail_msg("%s: its end is never reached", where);
    return NULL;
}

/* The frame's own: what stands outside the body. */
static void expect_frame(struct glass *glass, const struct page *page, const char *where)
{
    const struct screen *screen = glass_screen(glass);
    if (!glass_has(glass, page->title) || !glass_has(glass, page->office))
        fail_msg("%s: title or office is missing", where);
    for (guint i = 0; i < page->actions->len && screen->frame.keys_rows > 0; i++)
        if (!glass_has(glass, ((struct page_action *)g_ptr_array_index(page->actions, i))->label))
            fail_msg("%s: %s is missing", where, ((struct page_action *)g_ptr_array_index(page->actions, i))->label);
}

/* ---------------------------------------------------------------- long names */

static bool check_room(struct glass *glass, const struct gallery *room, bool touch, const char *where)
{
    struct page *page = gallery_page(room);
    g_autofree char *words = body_words(page);
    glass_show(glass, page_new("between", PAGE_NOTICE));
    glass_screen(glass)->touch = touch;
    glass_screen(glass)->keyboard = (struct keyboard){.hidden = true};
    glass_show(glass, page);
    expect_frame(glass, page, where);
    glass_press(glass, "\033[6~\033[6~\033[6~\033[6~\033[6~\033[6~\033[6~\033[6~");
    for (int i = 0; i < SCROLLS_MAX && glass_screen(glass)->frame.above; i++)
        glass_press(glass, "\033[5~");
    g_autofree char *seen = read_through(glass, where);
    return has_all(words, seen, where);
}

static void check_name(const char *name)
{
    int wrong = 0;
    for (guint i = 0; i < gallery_size(); i++) {
        struct gallery *room = gallery_open(i, name);
        for (gsize k = 0; k < G_N_ELEMENTS(sizes); k++) {
            struct glass *glass = glass_new(sizes[k].rows, sizes[k].cols, "default");
            g_autofree char *where = g_strdup_printf("%s at %d×%d%s", gallery_title(i), sizes[k].cols, sizes[k].rows,
                                                     sizes[k].touch ? ", touched" : "");
            wrong += !check_room(glass, room, sizes[k].touch, where);
            glass_free(glass);
        }
        gallery_close(room);
    }
    assert_int_equal(wrong, 0);
}

static void a_name_of_25_hanzi_fits_everywhere(void **state)
{
    (void)state;
    assert_int_equal(text_count(HANZI_25), 25);
    check_name(HANZI_25);
}

static void a_name_of_50_letters_fits_everywhere(void **state)
{
    (void)state;
    assert_int_equal(strlen(LETTERS_50), 50);
    check_name(LETTERS_50);
}

/* ---------------------------------------------------------------- a storm of sizes */

static bool same_view(const struct eye_view *a, const struct eye_view *b)
{
    bool same = a->rows == b->rows && a->cols == b->cols && a->cursor_y == b->cursor_y && a->cursor_x == b->cursor_x;
    for (int i = 0; same && i < a->rows * a->cols; i++)
        same = a->cells[i].c == b->cells[i].c && eye_same_style(&a->cells[i].style, &b->cells[i].style);
    return same;
}

static void blow(struct glass *glass, struct eye *eye, GRand *random)
{
    for (int i = 0; i < STORM; i++) {
        int cols = g_rand_int_range(random, 20, 301), rows = g_rand_int_range(random, 5, 101);
        eye_resize(eye, rows, cols);
        bool too_small = rows < FRAME_ROWS_MIN || cols < FRAME_COLS_MIN;
        assert_int_equal(glass_screen(glass)->frame.too_small, too_small);
        assert_int_equal(glass_has(glass, glass_screen(glass)->page->title), !too_small);
    }
    eye_resize(eye, 24, 80);
}

static void a_storm_of_resizes_leaves_no_trace(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    for (guint i = 0; i < gallery_size(); i++) {
        struct gallery *room = gallery_open(i, GALLERY_NAME);
        struct glass *glass = glass_new(24, 80, "default");
        struct eye *eye = eye_new(glass, 24, 80);
        struct page *page = gallery_page(room);
        page->deadline_ms = 0; /* times pass */
        if (page->qr)
            page->qr->expires_ms = 0;
        glass_show(glass, page);
        g_autofree struct eye_view *before = eye_look(eye);
        blow(glass, eye, random);
        g_autofree struct eye_view *after = eye_look(eye);
        if (!same_view(before, after))
            fail_msg("%s is not as it was before", gallery_title(i));
        eye_free(eye);
        glass_free(glass);
        gallery_close(room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_of_25_hanzi_fits_everywhere),
        cmocka_unit_test(a_name_of_50_letters_fits_everywhere),
        cmocka_unit_test(a_storm_of_resizes_leaves_no_trace),
    };
    return cmocka_run_group_tests_name("fit", tests, NULL, NULL);
}
