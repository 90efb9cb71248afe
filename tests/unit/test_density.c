/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of page at every size, for keys and for fingers: nothing cut, nothing over anything else, keys and help there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"

#include <string.h>

#include "screen/view.h"

#define SCROLLS_MAX 60
#define RESIZES     300

static const struct {
    int rows, cols;
} sizes[] = {{24, 80}, {30, 100}, {50, 160}, {60, 200}};

/* Without blanks and lines: what is wrapped stands together again. */
static char *bare(const char *text)
{
    GString *kept = g_string_new(NULL);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isspace(c) && !(c >= 0x2500 && c < 0x2580))
            g_string_append_unichar(kept, c);
    }
    return g_string_free(kept, FALSE);
}

static void add_body(struct glass *glass, GString *seen)
{
    const struct rect *body = &glass_screen(glass)->frame.body;
    for (int row = body->y; row < body->y + body->rows; row++)
        g_string_append(seen, glass_row(glass, row));
}

/* All of the body, scrolled through from its top. */
static char *read_through(struct glass *glass)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    for (int i = 0; i < SCROLLS_MAX; i++) {
        add_body(glass, seen);
        if (!glass_screen(glass)->frame.below)
            return bare(seen->str);
        glass_press(glass, "\033[6~");
    }
    fail_msg("the end of the page is never reached");
    return NULL;
}

static void expect(const char *seen, const char *text, const char *where)
{
    g_autofree char *wanted = text ? bare(text) : NULL;
    if (wanted && !strstr(seen, wanted))
        fail_msg("%s: \"%s\" is not all there", where, text);
}

static void expect_lists(const struct page *page, const char *seen, const char *where)
{
    for (guint i = 0; i < page->choices->len; i++)
        expect(seen, ((struct page_choice *)g_ptr_array_index(page->choices, i))->label, where);
    for (guint i = 0; i < page->facts->len; i++) {
        const struct page_fact *fact = g_ptr_array_index(page->facts, i);
        expect(seen, fact->label, where);
        expect(seen, fact->value, where);
    }
    for (guint i = 0; i < page->task->len; i++)
        expect(seen, ((struct page_task_step *)g_ptr_array_index(page->task, i))->text, where);
}

static void expect_all(const struct page *page, const char *seen, const char *where)
{
    for (guint i = 0; i < page->texts->len && page->kind != PAGE_QR; i++)
        expect(seen, ((struct page_text *)g_ptr_array_index(page->texts, i))->text, where);
    for (guint i = 0; i < page->fields->len; i++) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        expect(seen, field->row > 0 ? NULL : field->label, where);
        expect(seen, field->error, where);
    }
    expect_lists(page, seen, where);
}

static bool names_key(struct glass *glass, const char *label)
{
    const struct frame *frame = &glass_screen(glass)->frame;
    bool named = false;
    for (int row = frame->keys_y; row < frame->keys_y + frame->keys_rows; row++)
        named = named || strstr(glass_row(glass, row), label);
    return named;
}

/* The frame: all of it in its place, nothing shortened. */
static void expect_frame(struct glass *glass, const char *where)
{
    const struct screen *screen = glass_screen(glass);
    const struct screen_labels *labels = glass_labels(glass);
    const char *const words[] = {screen->page->title, screen->page->office, labels->title, screen->page->message};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (!glass_has(glass, words[i]))
            fail_msg("%s: %s is missing", where, words[i]);
    for (guint i = 0; i < labels->chapters->len; i++)
        assert_true(glass_has(glass, g_ptr_array_index(labels->chapters, i)));
    if (glass_has(glass, "…"))
        fail_msg("%s: something is cut", where);
    if (screen->frame.keys_rows == 0) {
        assert_true(screen->frame.keyboard_rows > 0);
        return;
    }
    static const char *const keys[] = {"下一步", "上一步", "离开", "帮助", "呼叫"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (!names_key(glass, keys[i]))
            fail_msg("%s: the last lines do not name %s", where, keys[i]);
}

/* Parts of the frame lie one under the other; fields beside or under each other. */
static void expect_order(const struct screen *screen, const char *where)
{
    const struct frame *frame = &screen->frame;
    const struct rect *body = &frame->body;
    bool tall = screen->step->tall && body->y == frame->rule_y;
    if (frame->bar_rows > frame->chapters_y || frame->chapters_y >= frame->title_y || frame->title_y >= body->y ||
        body->rows < 3 || body->y + body->rows > frame->message_y + (tall ? 1 : 0) ||
        frame->message_y + frame->message_rows > frame->keys_y - frame->keyboard_rows ||
        frame->keys_y + frame->keys_rows != screen->canvas->rows)
        fail_msg("%s: the frame's parts lie over each other", where);
    for (guint i = 0; i < screen->panel.slots->len; i++) {
        const struct slot *slot = &g_array_index(screen->panel.slots, struct slot, i);
        assert_true(slot->label_x + slot->label_cols <= slot->x || slot->label_cols == 0);
        assert_true(slot->x + slot->cols <= body->cols);
        assert_true(slot->note_cols <= 0 || slot->note_line != slot->line || slot->note_x >= slot->x + slot->cols);
        assert_true(slot->note_cols <= 0 || slot->note_x + slot->note_cols <= body->cols);
        for (guint k = 0; k < i; k++) {
            const struct slot *other = &g_array_index(screen->panel.slots, struct slot, k);
            assert_true(other->line != slot->line || other->x + other->cols <= slot->x);
        }
    }
}

static void check_page(enum page_kind kind, int rows, int cols, bool touch)
{
    struct glass *glass = glass_new(rows, cols, "default");
    g_autofree char *where =
        g_strdup_printf("%s at %d×%d%s", page_kind_words[kind], cols, rows, touch ? ", touched" : "");
    glass_screen(glass)->touch = touch;
    glass_show(glass, pages_sample(kind));
    expect_frame(glass, where);
    expect_order(glass_screen(glass), where);
    glass_screen(glass)->keyboard.hidden = true;
    glass_press(glass, "\014");
    expect_frame(glass, where);
    expect_order(glass_screen(glass), where);
    g_autofree char *seen = read_through(glass);
    expect_all(glass_screen(glass)->page, seen, where);
    glass_free(glass);
}

static void pages_stand_well_at_every_size(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++)
        for (int kind = 0; kind < PAGE_KINDS; kind++)
            for (int touch = 0; touch < 2; touch++)
                check_page(kind, sizes[i].rows, sizes[i].cols, touch);
}

/* Room is used: fields grow with the screen up to what they can hold, and no further. */
static void fields_grow_with_the_screen(void **state)
{
    (void)state;
    int before = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct glass *glass = glass_new(sizes[i].rows, sizes[i].cols, "default");
        glass_show(glass, pages_sample(PAGE_ROWS));
        const struct slot *where = &g_array_index(glass_screen(glass)->panel.slots, struct slot, 2);
        assert_true(where->cols >= before && where->cols <= 40 * 2 + 1 + FIELD_PADDING);
        before = where->cols;
        glass_free(glass);
    }
    assert_true(before > 36 + FIELD_PADDING);
}

static char *picture(struct glass *glass, int rows)
{
    GString *picture = g_string_new(NULL);
    for (int row = 0; row < rows; row++)
        g_string_append_printf(picture, "%s\n", glass_row(glass, row));
    return g_string_free(picture, FALSE);
}

/* Whatever sizes come between, afterwards the page stands as it stood; below the least size there is one sentence. */
static void a_storm_of_resizes_leaves_no_trace(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (int kind = 0; kind < PAGE_KINDS; kind++) {
        struct glass *glass = glass_new(24, 80, "default");
        glass_show(glass, pages_sample(kind));
        g_autofree char *before = picture(glass, 24);
        for (int i = 0; i < RESIZES / PAGE_KINDS; i++) {
            int rows = g_rand_int_range(random, 1, 70), cols = g_rand_int_range(random, 1, 220);
            glass_resize(glass, rows, cols);
            if (rows < FRAME_ROWS_MIN || cols < FRAME_COLS_MIN)
                assert_false(glass_has(glass, "F1 帮助"));
            else
                assert_true(glass_has(glass, "F1 帮助"));
        }
        glass_resize(glass, 24, 80);
        g_autofree char *after = picture(glass, 24);
        assert_string_equal(after, before);
        glass_free(glass);
    }
}

/* A field too short for its value shows a part; the message line shows all, letter by letter. */
static void a_long_value_is_shown_whole(void **state)
{
    (void)state;
    struct glass *glass = glass_new(24, 80, "default");
    struct page *page = pages_sample(PAGE_FIELDS);
    g_clear_pointer(&page->message, g_free);
    ((struct page_field *)g_ptr_array_index(page->fields, 0))->width_cols = 20;
    page->focus = g_strdup("text");
    glass_show(glass, page);
    glass_press(glass, "山西省太原市小店区");
    assert_false(glass_has(glass, "全部内容"));
    glass_press(glass, "平阳路街道亲贤社区");
    assert_true(glass_has(glass, "全部内容：山西省太原市小店区平阳路街道亲贤社区"));
    glass_press(glass, "\177");
    assert_true(glass_has(glass, "全部内容：山西省太原市小店区平阳路街道亲贤社"));
    for (int i = 0; i < 8; i++)
        glass_press(glass, "\177");
    assert_false(glass_has(glass, "全部内容"));
    glass_free(glass);
}

/* What takes long says so, for how long already, and how to get away. */
static void a_long_wait_is_told(void **state)
{
    (void)state;
    struct glass *glass = glass_new(24, 80, "default");
    struct page *page = pages_sample(PAGE_FIELDS);
    page->busy = g_strdup("正在保存，请稍候…");
    glass_show(glass, page);
    assert_true(glass_has(glass, "正在保存，请稍候…"));
    assert_false(glass_has(glass, "已等待"));
    glass_screen(glass)->busy_since_ms -= 7000; /* seven seconds later */
    glass_press(glass, "\014");
    assert_true(glass_has(glass, "正在保存，请稍候…已等待 7 秒，可以按 Esc 键返回。"));
    (void)glass_told(glass);
    glass_press(glass, "\033[21~\033[24~"); /* the main action waits, others do not */
    assert_string_equal(glass_told(glass), "action leave; ");
    page = pages_sample(PAGE_FIELDS);
    glass_show(glass, page);
    assert_false(glass_has(glass, "已等待"));
    glass_free(glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_stand_well_at_every_size),
        cmocka_unit_test(fields_grow_with_the_screen),
        cmocka_unit_test(a_storm_of_resizes_leaves_no_trace),
        cmocka_unit_test(a_long_value_is_shown_whole),
        cmocka_unit_test(a_long_wait_is_told),
    };
    return cmocka_run_group_tests_name("density", tests, NULL, NULL);
}
