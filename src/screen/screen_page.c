/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking a page: what is being typed goes on in the fields of the new one, the focus stays where it was. */
#include <string.h>

#include "screen/fingerprint.h"
#include "screen/view.h"

static const struct step_ops *const steps[PAGE_KINDS] = {
    [PAGE_NOTICE] = &step_notice, [PAGE_MENU] = &step_menu, [PAGE_FIELDS] = &step_fields,
    [PAGE_CHOOSE] = &step_choose, [PAGE_ROWS] = &step_rows, [PAGE_EDITOR] = &step_editor,
    [PAGE_REPORT] = &step_report, [PAGE_QR] = &step_qr,     [PAGE_TASK] = &step_task,
};

static struct field *steal_field(GPtrArray *fields, const struct page_field *wanted)
{
    for (guint i = 0; i < fields->len; i++) {
        struct field *field = g_ptr_array_index(fields, i);
        if (field && field->type == wanted->type && strcmp(field->key, wanted->key) == 0) {
            g_ptr_array_index(fields, i) = NULL;
            return field;
        }
    }
    return NULL;
}

/*
 * What is being typed goes on in the fields of the new page; an edit that was not told yet is newer than the page.
 * True when a value changed under the cursor.
 */
static bool take_fields(struct screen *screen, const struct page *page)
{
    const struct field *untold = screen_field(screen, screen->edited);
    g_autoptr(GPtrArray) old = screen->fields;
    bool changed = false;
    screen->fields = screen_fields_new();
    for (guint i = 0; i < page->fields->len; i++) {
        const struct page_field *wanted = g_ptr_array_index(page->fields, i);
        struct field *field = steal_field(old, wanted);
        if (field && field != untold)
            changed = field_take(field, wanted) || changed;
        g_ptr_array_add(screen->fields, field ? field : field_new(wanted));
    }
    return changed;
}

static void enter_page(struct screen *screen, struct page *page)
{
    overlay_close(screen);
    g_clear_pointer(&screen->notice, g_free);
    g_ptr_array_set_size(screen->fields, 0);
    (void)take_fields(screen, page);
    page_free(screen->page);
    screen->page = page;
    screen->step = steps[page->kind];
    screen->focus = screen->button = screen->edited = -1;
    screen->told_deadline_ms = screen->told_qr_ms = 0;
    screen->panel.roaming = false;
    screen->step->enter(screen);
    if (screen_field_named(page, page->focus) >= 0)
        panel_focus(screen, screen_field_named(page, page->focus));
}

/* The focus stays on its field even when fields came or went. True when something must be drawn. */
static bool refresh_page(struct screen *screen, struct page *page)
{
    const struct field *focused = screen_field(screen, screen->focus), *edited = screen_field(screen, screen->edited);
    g_autofree char *key = focused ? g_strdup(focused->key) : NULL;
    g_autofree char *edited_key = edited ? g_strdup(edited->key) : NULL;
    bool composing = screen->bar.drawn; /* nobody is led away in the middle of a word */
    bool news = page->focus && !composing && (screen->acted || g_strcmp0(page->focus, screen->page->focus) != 0);
    bool changed = take_fields(screen, page);
    page_free(screen->page);
    screen->page = page;
    screen->focus = screen_field_named(page, key);
    screen->edited = screen_field_named(page, edited_key);
    if (screen->focus < 0)
        screen->focus = panel_first_field(screen);
    if (news && screen_field_named(page, page->focus) >= 0) {
        panel_focus(screen, screen_field_named(page, page->focus));
        screen->acted = false;
        changed = true;
    }
    overlay_refresh(screen);
    return changed;
}

static bool is_same(const struct screen *screen, const struct page *page)
{
    return screen->page && strcmp(screen->page->name, page->name) == 0 && screen->page->kind == page->kind;
}

/* What was typed and not told yet is told before its page goes. */
static void leave_page(struct screen *screen)
{
    pinyin_bar_put_down(screen);
    screen_tell_edit(screen);
}

void screen_show(struct screen *screen, struct page *page)
{
    guint64 fingerprint = fingerprint_page(page);
    bool changed = true;
    if (screen->page && !is_same(screen, page))
        leave_page(screen);
    if (is_same(screen, page)) /* only now: what was told may have brought a page */
        changed = refresh_page(screen, page) || fingerprint != screen->fingerprint;
    else
        enter_page(screen, page);
    screen->fingerprint = fingerprint;
    screen_watch_time(screen);
    if (!changed)
        return;
    screen_draw(screen);
    screen_flush(screen);
}
