/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys, taps, pastes, noise, sizes and pages at random. The sanitizers look for what is wrong inside; here it is looked at from outside
 * after every step: the focus is on something, the cursor is on the screen, no field holds more than it may, each holds what was told, and what
 * was composed when a page came is composed still or in its field.
 *
 * 60 000 keys and taps; with SWEEP=long 10⁶. The seed is printed; SEED=n takes another.
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

#define KEYS      60000
#define KEYS_LONG 1000000
#define AT_ONCE   12 /* keys in one read */

struct world {
    struct glass *glass;
    GRand *random;
    int rows, cols;
    GHashTable *told; /* PAGE/FIELD → text: what the session would hold */
};

static const char *const keys[] = {
    "\r",       "\t",     "\b",      " ",       "\033[A",  "\033[B",    "\033[C",    "\033[D",        "\033[H",
    "\033[F",   "\033[Z", "\033[5~", "\033[6~", "\033[3~", "\033OP",    "\033OQ",    "\033[20~",      "\033[21~",
    "\033[24~", "\025",   "\032",    "\031",    "\014",    "\033[1;5H", "\033[1;5F", "\033[<64;9;9M", "\033[<65;9;9M",
};
static const char *const letters[] = {"a",  "Z",    "0",  "1",  "9",         "X",  "x", "中",
                                      "𠮷", "𱍐", "，", "（", "e\xCC\x81", "１", "·"};
static const char *const pastes[] = {"\033[200~山西省 taiyuan\r12，\033[201~", "\033[200~\344\270 a\377\033[201~",
                                     "\033[200~2012年7月1日\t\033[A\033[201~"};
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
        else if (dice < 95)
            add_tap(world, bytes);
        else if (dice < 97)
            g_string_append(bytes, any(world->random, pastes, G_N_ELEMENTS(pastes)));
        else
            g_string_append(bytes, any(world->random, noise, G_N_ELEMENTS(noise)));
    }
    glass_press(world->glass, bytes->str);
}

/* ---------------------------------------------------------------- what the session would hold */

static char *place_of(const struct screen *screen, const char *key)
{
    return g_strdup_printf("%s/%s", screen->page->name, key);
}

static void on_told(const struct screen_event *event, gpointer data)
{
    struct world *world = data;
    if (event->kind == SCREEN_EDIT)
        g_hash_table_insert(world->told, place_of(glass_screen(world->glass), event->key), g_strdup(event->text));
}

/* The values that were told, as a session puts them on its page. */
static struct page *filled(const struct world *world, struct page *page)
{
    for (guint i = 0; i < page->fields->len; i++) {
        struct page_field *field = g_ptr_array_index(page->fields, i);
        g_autofree char *place = g_strdup_printf("%s/%s", page->name, field->key);
        const char *told = g_hash_table_lookup(world->told, place);
        if (!told || field->type == FIELD_PASSWORD)
            continue;
        g_free(field->value);
        field->value = g_strdup(told);
    }
    return page;
}

/* What is composed and where; NULL = nothing. */
static char *composed(const struct world *world, char **ret_place)
{
    const struct screen *screen = glass_screen(world->glass);
    struct pinyin_view view = pinyin_view(screen->bar.pinyin);
    if (!view.open || screen_field_named(screen->page, screen->bar.field) < 0)
        return NULL;
    *ret_place = place_of(screen, screen->bar.field);
    return g_strconcat(view.picked, view.letters, NULL);
}

/* Takes a page; what is composed goes on, or is in its field unless that was full or is gone. */
static void show(struct world *world, struct page *page)
{
    struct screen *screen = glass_screen(world->glass);
    g_autofree char *place = NULL;
    g_autofree char *before = composed(world, &place);
    const struct field *field =
        before ? screen_field(screen, screen_field_named(screen->page, screen->bar.field)) : NULL;
    glong room = field ? field->max_chars - g_utf8_strlen(field->text->str, -1) : 0;
    bool same = strcmp(screen->page->name, page->name) == 0;
    bool gone = same && field && screen_field_named(page, field->key) < 0;
    glass_show(world->glass, filled(world, page));
    if (!before || gone || room < g_utf8_strlen(before, -1))
        return;
    if (pinyin_view(screen->bar.pinyin).open) {
        assert_true(same);
        return;
    }
    const char *told = g_hash_table_lookup(world->told, place);
    if (!told || !strstr(told, before))
        fail_msg("%s of %s was lost: %s", before, place, told ? told : "nothing told");
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
        show(world, pages_sample(g_rand_int_range(world->random, 0, PAGE_KINDS)));
    else if (dice < 6)
        show(world, changed(world, glass_screen(world->glass)->page->kind));
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
    for (int i = 0; i < n; i++) {
        const struct field *field = screen_field(screen, i);
        g_autofree char *place = place_of(screen, field->key);
        const char *told = g_hash_table_lookup(world->told, place);
        check_field(field);
        if (told && !field->secret)
            assert_string_equal(field->text->str, told);
    }
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
    const char *wanted = g_getenv("SEED");
    guint32 seed = wanted ? (guint32)atoi(wanted) : 2026;
    int left = g_strcmp0(g_getenv("SWEEP"), "long") == 0 ? KEYS_LONG : KEYS;
    struct world world = {.random = g_rand_new_with_seed(seed), .rows = 24, .cols = 80};
    world.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    world.glass = glass_new_pinyin(24, 80, &(struct pinyin_options){0});
    glass_listen(world.glass, on_told, &world);
    print_message("seed %u, %d keys\n", seed, left);
    glass_show(world.glass, pages_sample(PAGE_FIELDS));
    while (left > 0) {
        int n = g_rand_int_range(world.random, 1, AT_ONCE);
        press(&world, n);
        (void)glass_told(world.glass);
        change_something(&world);
        check(&world);
        left -= n;
    }
    glass_free(world.glass);
    g_rand_free(world.random);
    g_hash_table_unref(world.told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whatever_comes_it_stands)};
    return cmocka_run_group_tests_name("screen_random", tests, NULL, NULL);
}
