/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hands.h"

#include "base/text.h"

#include <string.h>

#define SLOW_MS    20000
#define SOON_MS    5000 /* what comes of a key */
#define LOOK_MS    300  /* before it is looked for elsewhere */
#define WHOLE_MS   1000 /* for a sentence as long as the letters */
#define TAPS       4
#define QUIET_MS   30 /* the bar has stopped changing */
#define BOARD_ROW  12 /* the keyboard's first row */
#define BUTTON_ROW 18 /* where buttons may stand */
#define TRIES      3
#define PAGES      40 /* of candidates */
#define STEPS      40 /* to a field */

#define FIRST_CELL 10 /* a column of the first cell of a table's row */
#define BOX_ROW    9  /* in the box of a long text */

/* ---------------------------------------------------------------- keys and taps */

static void press(struct hands *hands, VTermKey key)
{
    hands->keys++;
    term_key(hands->term, key);
}

/* Off the middle, as fingers are: what is tapped is three rows high. */
static void tap_at(struct hands *hands, int row, int col)
{
    int off = hands->keys++ % 3 - 1;
    term_click(hands->term, row + off, col);
}

static void tap(struct hands *hands, const char *words)
{
    int row, col;
    term_wait_text(hands->term, words, SLOW_MS);
    (void)term_settle(hands->term, QUIET_MS, SOON_MS); /* the page stands still */
    term_wait_text(hands->term, words, SLOW_MS);
    (void)term_find(hands->term, words, &row, &col);
    tap_at(hands, row, col + 1);
}

struct cap {
    const char *label;
    bool button; /* below the page, not of the keyboard */
    int row, col;
};

/* The label stands alone between two edges. */
static bool find_cap(struct term *term, gpointer data)
{
    struct cap *cap = data;
    g_autofree char *quoted = g_regex_escape_string(cap->label, -1);
    g_autofree char *pattern = g_strdup_printf("│ *%s *│", quoted);
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    for (cap->row = cap->button ? BUTTON_ROW : BOARD_ROW + 1; cap->row < 24; cap->row += cap->button ? 1 : 3) {
        g_autofree char *line = term_row_text(term, cap->row);
        g_autoptr(GMatchInfo) match = NULL;
        int from;
        if (!g_regex_match(regex, line, 0, &match) || !g_match_info_fetch_pos(match, 0, &from, NULL))
            continue;
        g_autofree char *before = g_strndup(line, (gsize)from);
        cap->col = text_cols(before) + 2;
        return true;
    }
    return false;
}

void hands_cap(struct hands *hands, const char *label)
{
    struct cap cap = {.label = label};
    g_autofree char *what = g_strdup_printf("a key \"%s\" on the screen", label);
    term_wait(hands->term, find_cap, &cap, what, SLOW_MS);
    tap_at(hands, cap.row, cap.col);
}

/* The cap that turns to the page with this character. */
static const char *page_of(gunichar c)
{
    if (c >= 0x80)
        return "，。";
    return g_ascii_isdigit((char)c) || c == 'X'               ? "123"
           : g_ascii_isalpha((char)c) || c == ',' || c == '.' ? "abc"
                                                              : "#+=";
}

/* All of the page must be there before a cap of it is looked for. */
static void turn_to(struct hands *hands, const char *page)
{
    hands_cap(hands, page);
    (void)term_settle(hands->term, QUIET_MS, SOON_MS);
}

static void type_char(struct hands *hands, gunichar c)
{
    char label[7] = "";
    (void)g_unichar_to_utf8(c, label);
    if (!hands->touch) {
        hands->keys++;
        term_type(hands->term, label);
        return;
    }
    struct cap cap = {.label = label};
    bool capital = c < 0x80 && g_ascii_isupper((char)c) && c != 'X';
    if (!capital && !find_cap(hands->term, &cap) && !term_poll(hands->term, find_cap, &cap, LOOK_MS))
        turn_to(hands, page_of(c));
    if (capital)
        hands_cap(hands, "大写");
    hands_cap(hands, label);
}

void hands_type(struct hands *hands, const char *ascii)
{
    for (const char *at = ascii; *at; at = g_utf8_next_char(at))
        type_char(hands, g_utf8_get_char(at));
}

void hands_date(struct hands *hands, const char *digits)
{
    hands_type(hands, digits);
}

/* ---------------------------------------------------------------- buttons and items */

static bool is_other(struct term *term, gpointer before)
{
    g_autofree char *now = term_screen_text(term);
    return strcmp(now, before) != 0;
}

void hands_button(struct hands *hands, const char *label, VTermKey key)
{
    struct cap hide = {.label = "收起"};
    struct cap button = {.label = label, .button = true};
    if (!hands->touch) {
        term_wait_text(hands->term, label, SLOW_MS);
        press(hands, key);
        return;
    }
    (void)term_settle(hands->term, QUIET_MS, SOON_MS); /* what was there before is gone */
    if (find_cap(hands->term, &hide))                  /* the keyboard stands where the buttons are */
        hands_cap(hands, hide.label);
    term_wait(hands->term, find_cap, &button, label, SLOW_MS);
    /* a tap that did nothing fell beside it, on a page that was just coming */
    for (int tries = 0; tries < TAPS; tries++) {
        (void)term_settle(hands->term, QUIET_MS, SOON_MS);
        term_wait(hands->term, find_cap, &button, label, SLOW_MS);
        g_autofree char *before = term_screen_text(hands->term);
        tap_at(hands, button.row, button.col);
        if (term_poll(hands->term, is_other, before, SOON_MS))
            return;
    }
}

void hands_item(struct hands *hands, const char *words)
{
    term_wait_text(hands->term, words, SLOW_MS);
    if (hands->touch) {
        tap(hands, words);
        return;
    }
    hands_type(hands, words);
    press(hands, VTERM_KEY_ENTER);
}

/* ---------------------------------------------------------------- fields */

static bool has_text(struct term *term, gpointer text)
{
    return term_has(term, text);
}

struct spot {
    const char *label;
    int row, col;
};

/* Label, two blanks, the field. A table's cell has none. */
static bool find_label(struct term *term, gpointer data)
{
    struct spot *spot = data;
    g_autofree char *pattern = g_strdup_printf("[ *]%s( \\[|  )", spot->label);
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    for (spot->row = 3; spot->row < 22; spot->row++) {
        g_autofree char *line = term_row_text(term, spot->row);
        g_autofree char *ended = g_strconcat(line, "  ", NULL);
        g_autoptr(GMatchInfo) match = NULL;
        int from;
        if (!g_regex_match(regex, ended, 0, &match) || !g_match_info_fetch_pos(match, 0, &from, NULL))
            continue;
        g_autofree char *before = g_strndup(line, (gsize)from + 1);
        spot->col = text_cols(before);
        return true;
    }
    return false;
}

/* In the field, or in the list that has opened over it. */
static bool is_at(struct term *term, gpointer data)
{
    struct spot *spot = data;
    g_autofree char *box = g_strdup_printf("┌─ %s ", spot->label);
    if (term_has(term, box))
        return true;
    if (!find_label(term, spot))
        return false;
    g_autofree char *line = term_row_text(term, spot->row);
    return strstr(line, "►") != NULL;
}

static void go_by_keys(struct hands *hands, struct spot *spot)
{
    for (int i = 0; i < STEPS && !is_at(hands->term, spot) && !term_poll(hands->term, is_at, spot, LOOK_MS); i++)
        press(hands, VTERM_KEY_DOWN);
}

/* The keyboard put away when it hides the field; then the page scrolled. */
static void go_by_taps(struct hands *hands, struct spot *spot)
{
    struct cap hide = {.label = "收起"};
    for (int i = 0; i < STEPS && !term_poll(hands->term, find_label, spot, LOOK_MS); i++) {
        if (find_cap(hands->term, &hide))
            hands_cap(hands, "收起");
        else
            tap(hands, "│ ▼");
    }
    if (find_label(hands->term, spot))
        tap_at(hands, spot->row, spot->col);
}

void hands_field(struct hands *hands, const char *label)
{
    struct spot spot = {.label = label};
    if (hands->touch)
        go_by_taps(hands, &spot);
    else
        go_by_keys(hands, &spot);
    term_wait(hands->term, is_at, &spot, label, SOON_MS);
}

static bool find_cell(struct term *term, gpointer data)
{
    struct spot *spot = data;
    g_autofree char *pattern = g_strdup_printf("^[ ►]*%s  ", spot->label);
    for (spot->row = 4; spot->row < 22; spot->row++) {
        g_autofree char *line = term_row_text(term, spot->row), *ended = g_strconcat(line, "  ", NULL);
        if (g_regex_match_simple(pattern, ended, 0, 0))
            return true;
    }
    return false;
}

void hands_row(struct hands *hands, int n)
{
    g_autofree char *number = g_strdup_printf("%d", n);
    struct spot spot = {.label = number};
    if (!hands->touch)
        return;
    (void)term_settle(hands->term, QUIET_MS, SOON_MS); /* the rows of the page before are gone */
    term_wait(hands->term, find_cell, &spot, "the table's row", SOON_MS);
    tap_at(hands, spot.row, FIRST_CELL);
}

void hands_box(struct hands *hands)
{
    if (hands->touch)
        tap_at(hands, BOX_ROW, FIRST_CELL);
}

void hands_next(struct hands *hands)
{
    if (hands->touch)
        hands_cap(hands, "下一项");
    else
        press(hands, VTERM_KEY_TAB);
}

/* By tapping on the field and on the option. */
static void tap_option(struct hands *hands, const char *label, const char *option)
{
    struct spot spot = {.label = label};
    go_by_taps(hands, &spot);
    g_autofree char *title = g_strdup_printf("─ %s ─", label);
    term_wait_text(hands->term, title, SOON_MS);
    g_autofree char *item = g_strdup_printf("  %s", option);
    for (int i = 0; i < STEPS && !term_poll(hands->term, has_text, item, LOOK_MS); i++)
        tap(hands, "│ ▼");
    tap(hands, item);
    term_wait_gone(hands->term, title, SOON_MS);
}

void hands_choose(struct hands *hands, const char *label, const char *option)
{
    if (hands->touch) {
        tap_option(hands, label, option);
        return;
    }
    hands_field(hands, label);
    press(hands, VTERM_KEY_ENTER);
    hands_item(hands, option);
}

void hands_place(struct hands *hands, const char *label)
{
    if (hands->touch)
        tap_option(hands, label, "自己输入");
    else
        hands_field(hands, label);
}

/* ---------------------------------------------------------------- pinyin */

/* The row of the letters: the cursor is among them. */
static char *letters_row(struct term *term, int *ret_row)
{
    int col;
    bool visible;
    term_cursor(term, ret_row, &col, &visible);
    return term_row_text(term, *ret_row);
}

static bool letters_stand(struct term *term, gpointer data)
{
    int row;
    g_autofree char *line = letters_row(term, &row);
    return strstr(line, data) != NULL;
}

static bool letters_are_gone(struct term *term, gpointer data)
{
    return !letters_stand(term, data);
}

static void letter(struct hands *hands, GString *typed, char c)
{
    type_char(hands, (gunichar)c);
    g_string_append_c(typed, c);
    term_wait(hands->term, letters_stand, typed->str, typed->str, SOON_MS);
}

void hands_take_back(struct hands *hands)
{
    if (hands->touch)
        hands_cap(hands, "退格");
    else
        press(hands, VTERM_KEY_BACKSPACE);
}

/* Now and then a neighbour of the letter is hit, seen, and taken back. */
static void slip(struct hands *hands, GString *typed, char wanted)
{
    letter(hands, typed, wanted == 'a' ? 's' : (char)(wanted - 1));
    hands_take_back(hands);
    hands->slips++;
    g_autofree char *wrong = g_strdup(typed->str);
    g_string_truncate(typed, typed->len - 1);
    term_wait(hands->term, letters_are_gone, wrong, "the wrong letter gone", SOON_MS);
}

static void spell(struct hands *hands, const char *pinyin, gsize n)
{
    g_autoptr(GString) typed = g_string_new(NULL);
    for (gsize i = 0; i < n; i++) {
        if (pinyin[i] == ' ')
            continue;
        if (hands->slip_every > 0 && ++hands->letters % hands->slip_every == 0)
            slip(hands, typed, pinyin[i]);
        letter(hands, typed, pinyin[i]);
    }
}

static char *candidates_row(const struct hands *hands)
{
    int row;
    g_autofree char *letters = letters_row(hands->term, &row);
    return term_row_text(hands->term, row + (hands->touch ? 2 : 1));
}

/* The number of the longest candidate on this page that the wanted text begins with; 0 = none. */
static int best_candidate(struct hands *hands, const char *wanted, char **ret_text)
{
    int best = 0;
    g_autofree char *line = candidates_row(hands);
    g_autoptr(GRegex) regex = g_regex_new("(?<![0-9])([1-9]) ([^\\s│‹›]+)", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_clear_pointer(ret_text, g_free);
    for (bool more = g_regex_match(regex, line, 0, &match); more; more = g_match_info_next(match, NULL)) {
        g_autofree char *number = g_match_info_fetch(match, 1), *text = g_match_info_fetch(match, 2);
        if (!g_str_has_prefix(wanted, text) || (*ret_text && strlen(text) <= strlen(*ret_text)))
            continue;
        g_free(*ret_text);
        *ret_text = g_steal_pointer(&text);
        best = *number - '0';
    }
    return best;
}

/* False when this is the last page. */
static bool page_on(struct hands *hands)
{
    if (!hands->touch)
        type_char(hands, '=');
    else if (!has_text(hands->term, "│ › │"))
        return false;
    else
        tap(hands, "│ › │");
    (void)term_settle(hands->term, QUIET_MS, SOON_MS);
    return true;
}

/* False when it is no longer there. */
static bool take(struct hands *hands, int number, const char *text)
{
    g_autofree char *cell = g_strdup_printf("│%d %s", number, text);
    int row, col;
    if (!hands->touch)
        type_char(hands, number == 1 ? ' ' : (gunichar)('0' + number));
    else if (term_find(hands->term, cell, &row, &col))
        tap_at(hands, row, col + 1);
    else
        return false;
    return true;
}

struct sentence {
    struct hands *hands;
    glong n; /* characters */
};

/* The first candidate is a sentence for all the letters: it has come after the last of them. */
static bool is_whole(struct term *term, gpointer data)
{
    (void)term;
    const struct sentence *sentence = data;
    g_autofree char *line = candidates_row(sentence->hands);
    g_autoptr(GRegex) regex = g_regex_new("^ *│?1 ([^\\s│]+)", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(regex, line, 0, &match))
        return false;
    g_autofree char *first = g_match_info_fetch(match, 1);
    return g_utf8_strlen(first, -1) == sentence->n;
}

static bool has_candidates(struct term *term, gpointer hands)
{
    (void)term;
    g_autofree char *line = candidates_row(hands);
    return g_regex_match_simple("^ *│?1 [^ _]", line, 0, 0);
}

static bool is_closed(struct term *term, gpointer hands)
{
    return !has_candidates(term, hands);
}

/* Takes one word of the wanted text; NULL when no page has any, or it went away. */
static char *take_word(struct hands *hands, const char *wanted)
{
    g_autofree char *text = NULL;
    struct sentence sentence = {hands, g_utf8_strlen(wanted, -1)};
    int number = 0;
    term_wait(hands->term, has_candidates, hands, "candidates", SOON_MS);
    (void)term_poll(hands->term, is_whole, &sentence, WHOLE_MS);
    (void)term_settle(hands->term, QUIET_MS, SOON_MS);
    for (int page = 0; page < PAGES && (number = best_candidate(hands, wanted, &text)) == 0; page++)
        if (!page_on(hands))
            return NULL;
    return number > 0 && take(hands, number, text) ? g_steal_pointer(&text) : NULL;
}

/* The picked words and the letters of the rest, as they stand in the bar; newly allocated. One syllable a character. */
static char *bar_text(const char *run, const char *left, const char *pinyin)
{
    g_auto(GStrv) syllables = g_strsplit(pinyin, " ", -1);
    g_autofree char *letters = g_strjoinv("", syllables + g_utf8_strlen(run, left - run));
    return g_strdup_printf("%.*s%s", (int)(left - run), run, letters);
}

/* What stands before the cursor in the field, in a box of many lines with the line above. */
static char *before_cursor(struct term *term)
{
    int row, col;
    bool visible;
    term_cursor(term, &row, &col, &visible);
    GString *text = g_string_new(NULL);
    for (int i = row - 1; i <= row; i++) {
        g_autofree char *line = term_row_text(term, i);
        if (i == row)
            line[text_head(line, col)] = '\0';
        g_autoptr(GRegex) inside = g_regex_new("[│ ]", 0, 0, NULL);
        g_autofree char *bare = g_regex_replace_literal(inside, line, -1, 0, "", 0, NULL);
        g_string_append(text, bare);
    }
    return g_string_free(text, FALSE);
}

static bool ends_with(struct term *term, gpointer data)
{
    g_autofree char *before = before_cursor(term);
    return g_str_has_suffix(before, data);
}

/* False when another text came of it. */
static bool write_once(struct hands *hands, const char *run, const char *pinyin)
{
    int patience = TRIES;
    spell(hands, pinyin, strlen(pinyin));
    for (const char *left = run; *left;) {
        g_autofree char *text = take_word(hands, left);
        if (text == NULL && --patience == 0)
            return false;
        if (text == NULL)
            continue;
        left += strlen(text);
        g_autofree char *rest = bar_text(run, left, pinyin);
        if (*left && !term_poll(hands->term, letters_stand, rest, SOON_MS))
            return false;
    }
    return term_poll(hands->term, is_closed, hands, SOON_MS) && term_poll(hands->term, ends_with, (char *)run, SOON_MS);
}

/* Back to what stood there before: the letters taken back, or what came of them. */
static void undo(struct hands *hands, const char *run)
{
    bool committed = is_closed(hands->term, hands);
    hands->wrong++;
    for (int i = 0; i < STEPS * TRIES && !is_closed(hands->term, hands); i++) {
        hands_take_back(hands);
        (void)term_settle(hands->term, QUIET_MS, SOON_MS);
    }
    for (glong i = committed ? g_utf8_strlen(run, -1) : 0; i > 0; i--)
        hands_take_back(hands);
}

static void write_run(struct hands *hands, const char *run, const char *pinyin)
{
    for (int i = 0; i < TRIES; i++) {
        if (write_once(hands, run, pinyin))
            return;
        undo(hands, run);
    }
    term_fail(hands->term, "%s cannot be typed", run);
}

/* The key of an ordinary keyboard that writes the mark. */
static gunichar key_of_mark(gunichar mark)
{
    static const struct {
        gunichar mark;
        char key;
    } marks[] = {{0xFF0C, ','}, {0x3002, '.'}, {0x3001, '\\'}, {0xFF1B, ';'}, {0xFF1A, ':'}};
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (marks[i].mark == mark)
            return (gunichar)marks[i].key;
    return mark;
}

static bool is_hanzi(gunichar c)
{
    return g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN;
}

void hands_write(struct hands *hands, const char *text, const char *pinyin)
{
    g_auto(GStrv) clauses = g_strsplit(pinyin, ",", -1);
    char **clause = clauses;
    for (const char *at = text; *at;) {
        const char *end = at;
        while (*end && is_hanzi(g_utf8_get_char(end)))
            end = g_utf8_next_char(end);
        if (end > at) {
            g_autofree char *run = g_strndup(at, (gsize)(end - at));
            write_run(hands, run, *clause++);
            at = end;
        } else {
            gunichar c = g_utf8_get_char(at);
            gunichar key = key_of_mark(c);
            type_char(hands, hands->touch && key != ',' && key != '.' ? c : key);
            at = g_utf8_next_char(at);
        }
    }
}
