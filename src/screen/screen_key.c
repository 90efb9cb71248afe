/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a key does: the overlay first, then the page's buttons, then its kind. */
#include "screen/view.h"

static const struct page_action *action_at(const struct screen *screen, int button)
{
    const GPtrArray *actions = screen->page->actions;
    return button >= 0 && button < (int)actions->len ? g_ptr_array_index(actions, button) : NULL;
}

int screen_primary_button(const struct screen *screen)
{
    for (int i = 0; action_at(screen, i); i++)
        if (action_at(screen, i)->primary)
            return i;
    return buttons_of(screen, key_word(PRESS_ENTER));
}

void screen_press(struct screen *screen, int button)
{
    const struct page_action *action = action_at(screen, button);
    if (!action && button == screen->frame.buttons.pick) {
        screen->button = -1;
        overlay_open_pick(screen, 0);
        return;
    }
    if (!action) {
        overlay_open_help(screen);
        return;
    }
    if (action->why_not)
        screen_notice(screen, action->why_not);
    else if (!(action->primary && screen->page->busy))
        screen_tell(screen, SCREEN_ACTION, action->name);
}

static bool has_only_buttons(const struct screen *screen)
{
    return screen->focus < 0 && screen->page->choices->len == 0;
}

static void go_to_button(struct screen *screen, int button)
{
    int n = screen->frame.buttons.n;
    if (button < 0 || button >= n) /* round: back into the body when it can have the focus */
        screen->button = has_only_buttons(screen) && n > 0 ? (button + n) % n : -1;
    else
        screen->button = button;
}

static bool button_key(struct screen *screen, const struct key *key)
{
    switch ((int)key->press) {
    case PRESS_RIGHT:
    case PRESS_TAB:
    case PRESS_DOWN:
        go_to_button(screen, screen->button + 1);
        return true;
    case PRESS_LEFT:
    case PRESS_BACKTAB:
        go_to_button(screen, screen->button - 1);
        return true;
    case PRESS_UP:
        screen->button = -1;
        return true;
    case PRESS_ENTER:
        screen_press(screen, screen->button);
        return true;
    case PRESS_CHAR:
        if (key->c == ' ')
            screen_press(screen, screen->button);
        return key->c == ' ';
    default:
        return false;
    }
}

/* ---------------------------------------------------------------- keys */

static void press_primary(struct screen *screen)
{
    int button = screen_primary_button(screen);
    if (button >= 0)
        screen_press(screen, button);
}

static void after_step(struct screen *screen, enum step_result result, const struct key *key)
{
    switch (result) {
    case STEP_NEXT:
        go_to_button(screen, MAX(0, screen_primary_button(screen)));
        break;
    case STEP_PREVIOUS:
        if (key->press == PRESS_BACKTAB)
            go_to_button(screen, screen->frame.buttons.n - 1);
        break;
    case STEP_PRIMARY:
        press_primary(screen);
        break;
    case STEP_IGNORED:
        if (key->press == PRESS_ENTER)
            press_primary(screen);
        else if (has_only_buttons(screen) && (key->press == PRESS_RIGHT || key->press == PRESS_LEFT))
            go_to_button(screen, key->press == PRESS_RIGHT ? 0 : screen->frame.buttons.n - 1);
        else
            return;
        break;
    case STEP_DONE:
        screen->damaged = true;
        return;
    case STEP_REDRAW:
        break;
    }
    screen_draw(screen);
}

/* Function keys and Esc are the page's buttons wherever the focus is; Enter is for the body first. */
static bool is_command(const struct key *key)
{
    return key->press == PRESS_ESC || key->press >= PRESS_F1;
}

static bool click_button(struct screen *screen, const struct key *key)
{
    int button = key->press == PRESS_CLICK ? buttons_at(screen, key->y, key->x) : -1;
    if (button < 0)
        return false;
    screen_press(screen, button);
    return true;
}

/* Works on the body even while a button has the focus. */
static bool is_pointing(const struct key *key)
{
    return key->press == PRESS_CLICK || key->press == PRESS_WHEEL_UP || key->press == PRESS_WHEEL_DOWN ||
           key->press == PRESS_PAGE_UP || key->press == PRESS_PAGE_DOWN;
}

static void page_key(struct screen *screen, const struct key *key)
{
    int button = is_command(key) ? buttons_of(screen, key_word(key->press)) : -1;
    if (button >= 0)
        screen_press(screen, button);
    else if (!click_button(screen, key) && !(screen->button >= 0 && button_key(screen, key))) {
        if (screen->button >= 0 && !is_pointing(key))
            return;
        after_step(screen, screen->step->key(screen, key), key);
        return;
    }
    screen_draw(screen);
}

/* Told at once, whatever else lies there. A page that has a use of its own for the key keeps it. */
static bool calls_staff(struct screen *screen, const struct key *key)
{
    if (key->press != PRESS_CALL || buttons_of(screen, key_word(PRESS_CALL)) >= 0)
        return false;
    overlay_call_staff(screen);
    return true;
}

/* A tap on the keyboard or on a button of the frame is the key it stands for. False when no more is to be done. */
static bool translate(struct screen *screen, struct key *key)
{
    bool open = screen->frame.keyboard_rows > 0;
    if (key->press == PRESS_CHAR && open) /* there is a real one */
        screen->keyboard.hidden = true;
    if (key->press != PRESS_CLICK)
        return true;
    bool shift = screen->keyboard.shift;
    int y = key->y, x = key->x;
    if (open && keyboard_tap(&screen->keyboard, screen->labels, y, x, key)) {
        if (key->press == PRESS_OTHER || shift != screen->keyboard.shift)
            screen_draw(screen);
        return key->press != PRESS_OTHER;
    }
    enum press press = buttons_tap(screen, y, x);
    if (press != PRESS_OTHER)
        *key = (struct key){.press = press};
    return true;
}

static void dispatch(struct screen *screen, const struct key *key)
{
    if (calls_staff(screen, key))
        screen_draw(screen);
    else if (screen->overlay.kind == OVERLAY_NONE)
        page_key(screen, key);
    else if (overlay_key(screen, key))
        screen_draw(screen);
}

void screen_press_key(struct screen *screen, const struct key *key)
{
    if (!pinyin_bar_key(screen, key))
        dispatch(screen, key);
    if (screen->telling_key)
        screen_tell_pending(screen);
}

void screen_key(const struct key *key, gpointer data)
{
    struct screen *screen = data;
    struct key pressed = *key;
    if (!screen->page)
        return;
    if (key->press == PRESS_REDRAW) {
        paint_distrust(screen->canvas);
        screen_draw(screen);
        return;
    }
    if (screen->frame.too_small)
        return;
    if (screen->notice) {
        g_clear_pointer(&screen->notice, g_free);
        frame_draw_message(screen);
        if (screen->bar.drawn)
            pinyin_bar_paint(screen);
        screen->damaged = true;
    }
    if (!pinyin_bar_tap(screen, key) && translate(screen, &pressed))
        screen_press_key(screen, &pressed);
    bool first_touch = key->press == PRESS_CLICK && !screen->touch;
    screen->touch = screen->touch || first_touch;
    if (first_touch)
        screen_tell_touched(screen);
    if (first_touch || screen_wants_keyboard(screen) != (screen->frame.keyboard_rows > 0))
        screen_draw(screen);
    else
        frame_follow_cursor(screen);
}
