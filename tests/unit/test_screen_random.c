/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys, taps, pastes, noise, sizes and pages at random. The sanitizers look for what is wrong inside; here it is looked at from outside
 * after every step: the focus is on something, the cursor is on the screen, no field holds more than it may.
 *
 * 10⁵ keys and taps; with SWEEP=long 10⁶, and SEED=n tries others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "glass.h"
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "screen/view.h"

#define KEYS      100000
#define KEYS_LONG 1000000
#define AT_ONCE   12 /* keys in one read */

struct world {
    struct glass *glass;
    GRand *random;
    int rows, cols;
};

static const char *const keys[] = {
    "\r",       "\t",     "\b",      " ",       "\033[A",  "\033[B",    "\033[C",    "\033[D",        "\033[H",
    "\033[F",   "\033[Z", "\033[5~", "\033[6~", "\033[3~", "\033OP",    "\033OQ",    "\033[20~",      "\033[21~",
    "\033[24~", "\025",   "\032",    "\031",    "\014",    "\033[1;5H", "\033[1;5F", "\033[<64;9;9M", "\033[<65;9;9M",
};
static const char *const letters[] = {"a",  "Z",    "0",  "1",  "9",         "X",  "x", "中",
                                      "𠮷", "𱍐", "，", "（", "e\xCC\x81", "１", "·"};
static const char *const noise[] = {"\033",   "\033[",    "\033[27;5;43~",    "\033]0;x",    "\007",
                                    "\377",   "\344\270", "\033[200~",        "\033[201~",   "\033P1$r",
                                    "\033\\", "\003",     "\033[<0;999;999M", "\033[<0;0;0M"};

static const char *any(GRand *random, const char *const *of, gsize n)
{
    return of[g_rand_int_range(random, 0, (int)n)];
}

static void add_tap(const struct world *world, GString *bytes)
{
    int row = g_rand_int_range(world->random, 1, world->rows + 2),
        col = g_rand_int_range(world->random, 1, world->cols + 2);
    g_string_append_printf(bytes, "\033[<0;%d;%dM\033[<0;%d;%dm", col, row, col, row);
}

static void press(struct world *world, int n)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    for (int i = 0; i < n; i++) {
        int dice = g_rand_int_range(world->random, 0, 100);
        if (dice < 40)
            g_string_append(bytes, any(world->random, keys, G_N_ELEMENTS(keys)));
        else if (dice < 65)
            g_string_append(bytes, any(world->random, letters, G_N_ELEMENTS(letters)));
        else if (dice < 97)
            add_tap(world, bytes);
        else
            g_string_append(bytes, any(world->random, noise, G_N_ELEMENTS(noise)));
    }
    glass_press(world->glass, bytes->str);
}

/* The page as the session sends it again: errors and values come, fields go, choices are ticked, work begins. */
static struct page *changed(struct world *world, enum page_kind kind)
{
    struct page *page = pages_sample(kind);
    for (guint i = 0; i < page->fields->len; i++) {
        struct page_field *field = g_ptr_array_index(page->fields, i);
        int dice = g_rand_int_range(world->random, 0, 12);
        if (dice == 0)
            field->readonly = true;
        if (dice == 1 && !field->error)
            field->error = g_strdup("请输入11位手机号");
        if (dice == 2 && page->focus == NULL)
            page->focus = g_strdup(field->key);
    }
    if (page->fields->len > 2 && g_rand_int_range(world->random, 0, 3) == 0)
        g_ptr_array_set_size(page->fields, (int)page->fields->len - 2);
    if (page->choices->len > 2 && g_rand_int_range(world->random, 0, 3) == 0)
        g_ptr_array_set_size(page->choices, g_rand_int_range(world->random, 0, 3));
    if (g_rand_int_range(world->random, 0, 6) == 0)
        page->busy = g_strdup("正在保存，请稍候…");
    return page;
}

static void change_something(struct world *world)
{
    int dice = g_rand_int_range(world->random, 0, 40);
    if (dice < 3)
        glass_show(world->glass, pages_sample(g_rand_int_range(world->random, 0, PAGE_KINDS)));
    else if (dice < 6)
        glass_show(world->glass, changed(world, glass_screen(world->glass)->page->kind));
    else if (dice < 8) {
        world->rows = g_rand_int_range(world->random, 20, 64);
        world->cols = g_rand_int_range(world->random, 76, 210);
        glass_resize(world->glass, world->rows, world->cols);
    } else if (dice == 8) {
        glass_screen(world->glass)->touch = g_rand_boolean(world->random);
    }
}

static void check_field(const struct field *field)
{
    if (field->secret)
        return;
    assert_true(g_utf8_validate(field->text->str, (gssize)field->text->len, NULL));
    assert_true(field->cursor <= field->text->len && field->first <= field->text->len);
    assert_true(g_utf8_strlen(field->text->str, -1) <= MAX(field->max_chars, 40));
    assert_true(field->cursor == field->text->len || (field->text->str[field->cursor] & 0xC0) != 0x80);
}

static void check(const struct world *world)
{
    const struct screen *screen = glass_screen(world->glass);
    int n = (int)screen->fields->len;
    assert_int_equal(n, screen->page->fields->len);
    assert_true(screen->focus >= -1 && screen->focus < n);
    assert_true(screen->button >= -1);
    assert_true(screen->frame.too_small || screen->button < MAX(1, screen->frame.buttons.n));
    assert_true(screen->overlay.kind != OVERLAY_PICK || picker_serves(screen_page_field(screen, screen->focus)));
    for (int i = 0; i < n; i++)
        check_field(screen_field(screen, i));
    int row, col;
    if (screen->frame.too_small || !glass_cursor(world->glass, &row, &col))
        return;
    assert_in_range(row, 0, world->rows - 1);
    assert_in_range(col, 0, world->cols - 1);
    assert_true(row < screen->frame.keys_y - screen->frame.keyboard_rows);
}

static void whatever_comes_it_stands(void **state)
{
    (void)state;
    const char *seed = g_getenv("SEED");
    int left = g_strcmp0(g_getenv("SWEEP"), "long") == 0 ? KEYS_LONG : KEYS;
    struct world world = {.random = g_rand_new_with_seed(seed ? (guint32)atoi(seed) : 2026), .rows = 24, .cols = 80};
    world.glass = glass_new_pinyin(24, 80, &(struct pinyin_options){0});
    glass_show(world.glass, pages_sample(PAGE_FIELDS));
    while (left > 0) {
        int n = g_rand_int_range(world.random, 1, AT_ONCE);
        press(&world, n);
        (void)glass_told(world.glass);
        change_something(&world);
        check(&world);
        left -= n;
    }
    g_rand_free(world.random);
    glass_free(world.glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_comes_it_stands)};
    return cmocka_run_group_tests_name("screen_random", tests, NULL, NULL);
}
