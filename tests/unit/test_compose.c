/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page as it is now; and that the words of every page fit a terminal of 80×24. */
#include "session/state.h"
#include "base/text.h"
#include "session_walk.h"

#include <string.h>

#define COLS 76 /* of the body at 80×24 */

/* ---------------------------------------------------------------- fields */

static void a_field_as_the_form_says(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    srig_edit(world->rig, "mobile", "138");
    struct page *page = session_page(world->rig->session);
    const struct page_field *mobile = srig_field(page, "mobile");
    assert_string_equal(mobile->value, "138");
    assert_string_equal(mobile->label, "手机号");
    assert_int_equal(mobile->type, FIELD_NUMBER);
    assert_int_equal(mobile->max_chars, 11);
    assert_int_equal(mobile->row, -1);
    assert_true(mobile->required);
    assert_null(mobile->error);
    assert_null(mobile->options);
    assert_true(srig_field(page, "ethnicity")->options->len > 50);
    assert_string_equal(page->office, "太原市小店区招生考试中心");
    assert_int_equal(page->chapter, 7);
    page_free(page);
}

static void fields_of_a_table_row_by_row(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    struct page *page = session_page(world->rig->session);
    assert_int_equal(page->kind, PAGE_ROWS);
    assert_int_equal(page->fields->len, 21); /* R39: seven rows of three */
    assert_string_equal(((struct page_field *)g_ptr_array_index(page->fields, 4))->key, "resume.2.to");
    assert_int_equal(((struct page_field *)g_ptr_array_index(page->fields, 4))->row, 1);
    page_free(page);
}

/* All pages share the places; days lie within the person's life, and begin where they most likely are. */
static void what_can_be_picked(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_PAID);
    world_login(world);
    int birth = id_number_birth(SRIG_ID), today = world->rig->session->options.today;
    struct page *page = session_page(world->rig->session);
    const struct page_field *place = srig_field(page, "native_place"), *day = srig_field(page, "work_since");
    assert_int_equal(place->type, FIELD_REGION);
    assert_ptr_equal(place->options, srig_field(page, "address")->options);
    assert_true(place->options->len > 600);
    assert_string_equal(srig_field(page, "mobile")->mask, "3 4 4");
    assert_int_equal(day->first_day, birth);
    assert_int_equal(day->last_day, today);
    assert_int_equal(day->near_day, MIN(birth + 160000, today));
    page_free(page);
    world_fill_person(world->rig);
    srig_action(world->rig, "next");
    srig_edit(world->rig, "resume.1.from", "20090901");
    srig_edit(world->rig, "resume.2.to", "2015"); /* no day yet */
    page = session_page(world->rig->session);
    assert_int_equal(srig_field(page, "resume.1.to")->near_day, 20090901);
    assert_int_equal(srig_field(page, "resume.3.from")->near_day, 20090901);
    assert_int_equal(srig_field(page, "resume.1.from")->near_day, MIN(birth + 160000, today));
    page_free(page);
}

static void a_password_is_on_no_page(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    srig_edit(world->rig, "consent_general", "1");
    srig_edit(world->rig, "consent_sensitive", "1");
    srig_action(world->rig, "accept");
    srig_edit(world->rig, "password", SRIG_PASSWORD);
    struct page *page = session_page(world->rig->session);
    assert_null(srig_field(page, "password")->value);
    page_free(page);
}

/* ---------------------------------------------------------------- the message line */

static void what_stands_in_the_message_line(void **state)
{
    struct world *world = *state;
    struct session *session = world->rig->session;
    world_login(world);
    struct page *page = session_page(session);
    assert_null(page->message);
    assert_null(page->busy);
    page_free(page);
    srig_choose(world->rig, "start");
    page = session_page(session);
    assert_string_equal(page->busy, "正在保存，请稍候…");
    page_free(page);
    srig_answer(world->rig, API_START, CALL_UNREACHABLE, NULL);
    page = session_page(session);
    assert_null(page->busy); /* waiting for the network keeps nobody from leaving */
    assert_int_equal(page->message_tone, TONE_WARN);
    page_free(page);
    srig_wait(world->rig, 91000);
    page = session_page(session);
    assert_non_null(strstr(page->message, "您还在吗")); /* more urgent than the network */
    assert_int_equal(page->deadline_ms, world->rig->now_ms + 30000);
    page_free(page);
}

static void back_where_there_is_no_way_says_why(void **state)
{
    struct world *world = *state;
    struct print_answer sent = {.result = PRINT_RESULT_SENT};
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    walk_draw_and_send(world);
    srig_helper(world->rig, JOB_PRINT, &sent);
    struct page *page = session_page(world->rig->session);
    assert_non_null(srig_find_action(page, "back")->why_not);
    page_free(page);
    srig_action(world->rig, "back"); /* whoever asks all the same */
    assert_screen(world->rig, "print_check");
    assert_true(srig_shows(world->rig, "出纸口，再选择一项"));
}

/* ---------------------------------------------------------------- only what is meant for them */

static void who_sees_whole_numbers(void **state)
{
    static const struct {
        const char *screen;
        bool whole;
    } cases[] = {{"confirm", true}, {"person", false}, {"progress", false}, {"checklist", false},
                 {"result", false}, {"paid", false},   {"home", false},     {"print", false}};
    struct world *world = *state;
    world_set_state(world, STATE_HANDED_IN);
    world_login(world);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        world->rig->session->screen = forms_screen(world->rig->forms, cases[i].screen);
        if (srig_shows(world->rig, SRIG_ID) != cases[i].whole)
            fail_msg("\"%s\" shows the ID number %s", cases[i].screen, cases[i].whole ? "masked" : "whole");
    }
}

/* Chapter three is not for 专科 (domain.md 9.32). */
static void nothing_of_english_for_a_junior(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world_login(world);
    assert_screen(world->rig, "confirm");
    assert_false(srig_shows(world->rig, "前置学历"));
    assert_false(srig_shows(world->rig, "顶替英语"));
}

/* ---------------------------------------------------------------- 80×24 */

static void assert_fits(const char *screen, const char *what, const char *text, int cols)
{
    if (text && text_cols(text) > cols)
        fail_msg("\"%s\": %s is %d columns wide, there are %d: %s", screen, what, text_cols(text), cols, text);
}

static void check_choices(const struct page *page)
{
    int label = 0, note = 0;
    for (guint i = 0; i < page->choices->len; i++) {
        const struct page_choice *choice = g_ptr_array_index(page->choices, i);
        label = MAX(label, text_cols(choice->label));
        note = MAX(note, choice->note ? text_cols(choice->note) : 0);
    }
    if (label + note > COLS - 10) /* number, mark and gap */
        fail_msg("\"%s\": a choice is %d columns wide", page->name, label + note);
}

static void check_actions(const struct page *page)
{
    int used = 0;
    for (guint i = 0; i < page->actions->len; i++) {
        const struct page_action *action = g_ptr_array_index(page->actions, i);
        used += text_cols(action->label) + (action->key ? (int)strlen(action->key) : 0) + 3;
    }
    if (used + 9 > COLS + 2) /* F1 help */
        fail_msg("\"%s\": the keys need %d columns", page->name, used);
}

static void check_tables(const struct page *page)
{
    for (guint i = 0; i < page->tables->len; i++) {
        const struct page_table *table = g_ptr_array_index(page->tables, i);
        int used = -2;
        for (guint k = 0; k < table->columns->len; k++) {
            const struct page_column *column = g_ptr_array_index(table->columns, k);
            used += MAX(MAX(column->width_cols, text_cols(column->title)), 8) + 2;
        }
        if (used > COLS + 12)
            fail_msg("\"%s\": the table needs %d columns", page->name, used);
    }
}

static void check_fields(const struct page *page)
{
    int used = 4, label = 0;
    for (guint i = 0; i < page->fields->len; i++)
        label = MAX(label, text_cols(((struct page_field *)g_ptr_array_index(page->fields, i))->label));
    for (guint i = 0; i < page->fields->len; i++) {
        const struct page_field *field = g_ptr_array_index(page->fields, i);
        assert_fits(page->name, "a label", field->label,
                    field->type == FIELD_CHECK ? COLS - 12 : 28); /* as panel.c has it */
        if (field->row == 0)
            used += field->width_cols + 1;
        if (field->row < 0 && field->type != FIELD_LONG && label + field->width_cols + 8 > COLS)
            fail_msg("\"%s\": field \"%s\" is too wide", page->name, field->key);
    }
    if (used > COLS)
        fail_msg("\"%s\": a row of fields needs %d columns", page->name, used);
}

static int lines_of(const char *text, int cols)
{
    g_autoptr(GPtrArray) lines = text_wrap(text, cols);
    return (int)lines->len;
}

/* Pages that are not for reading must be seen whole: 17 rows, 16 where the keys need two. */
static void check_height(const struct page *page)
{
    bool read = page->kind == PAGE_REPORT || page->kind == PAGE_CHOOSE || page->kind == PAGE_EDITOR;
    int cols = page->kind == PAGE_NOTICE ? 72 : page->kind == PAGE_QR ? 36 : COLS;
    int lines = (int)page->facts->len + (page->facts->len > 0) + 2 * (int)page->task->len;
    for (guint i = 0; i < page->texts->len; i++)
        lines += lines_of(((struct page_text *)g_ptr_array_index(page->texts, i))->text, cols) + 1;
    lines += (int)page->choices->len;
    if (page->kind == PAGE_ROWS && page->fields->len > 0)
        lines += ((struct page_field *)g_ptr_array_index(page->fields, page->fields->len - 1))->row + 3;
    else
        lines += (int)page->fields->len + (page->fields->len > 0);
    if (!read && lines > 18)
        fail_msg("\"%s\" needs %d lines", page->name, lines);
}

static void check_fit(const struct srig *rig)
{
    struct page *page = session_page(rig->session);
    assert_fits(page->name, "the title", page->title, COLS);
    assert_fits(page->name, "the message", page->message, 2 * COLS - 4);
    assert_fits(page->name, "the sum", page->sum, COLS - 8);
    check_choices(page);
    check_actions(page);
    check_tables(page);
    check_fields(page);
    check_height(page);
    page_free(page);
}

/* Every screen in every state of an application, with and without a fault: wider than any person will ever meet. */
static void every_page_fits(void **state)
{
    struct world *world = *state;
    for (int i = STATE_NONE; i < STATES; i++) {
        world_set_state(world, (enum application_state)i);
        srig_restart(world->rig);
        world_login(world);
        for (guint k = 0; k < world->rig->forms->screens->len; k++) {
            world->rig->session->screen = g_ptr_array_index(world->rig->forms->screens, k);
            check_fit(world->rig);
        }
    }
}

static void every_message_fits(void **state)
{
    struct world *world = *state;
    const GPtrArray *messages = world->rig->forms->messages->messages;
    for (guint i = 0; i < messages->len; i++) {
        const struct message *message = g_ptr_array_index(messages, i);
        if (!g_str_has_prefix(message->key, "page.") && !g_str_has_prefix(message->key, "checklist."))
            assert_fits(message->key, "the sentence", message->text, 2 * COLS - 4);
    }
}

static enum chapter_state degree_chapter(struct world *world)
{
    struct page *page = session_page(world->rig->session);
    enum chapter_state state = page->chapters[2];
    page_free(page);
    return state;
}

/* domain.md 9.32: 三 is for 本科 only. */
static void chapter_three_is_not_for_juniors(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    srig_action(world->rig, "go consent");
    assert_int_equal(degree_chapter(world), CHAPTER_TODO); /* nobody knows yet */
    world_set_state(world, STATE_PAID);
    world_login(world);
    assert_int_equal(degree_chapter(world), CHAPTER_ABSENT);
}

/* It is behind somebody once it is settled, not because a page of 四 is shown. */
static void chapter_three_is_ticked_when_it_is_done(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world->application->state = STATE_DRAFT;
    world->application->prior_degree->state = PRIOR_NONE;
    world_login(world);
    assert_int_equal(degree_chapter(world), CHAPTER_NOW);
    world->rig->session->screen = forms_screen(world->rig->forms, "majors");
    assert_int_equal(degree_chapter(world), CHAPTER_TODO);
    world->rig->session->application->prior_degree->state = PRIOR_VERIFIED;
    assert_int_equal(degree_chapter(world), CHAPTER_DONE);
}

static char *chapters_of(struct world *world)
{
    static const char marks[] = {
        [CHAPTER_TODO] = '.', [CHAPTER_NOW] = '>', [CHAPTER_DONE] = 'x', [CHAPTER_ABSENT] = '-'};
    struct page *page = session_page(world->rig->session);
    GString *text = g_string_new(NULL);
    for (int i = 0; i < PAGE_CHAPTERS; i++)
        g_string_append_c(text, marks[page->chapters[i]]);
    page_free(page);
    return g_string_free(text, FALSE);
}

/* Outside the chapters one sees what is behind, and at the end nothing more. */
static void the_home_page_shows_how_far_one_is(void **state)
{
    struct world *world = *state;
    srig_start(world->rig);
    g_autofree char *at_start = chapters_of(world);
    world_set_state(world, STATE_FORM_SAVED);
    world_login(world);
    srig_action(world->rig, "go home");
    g_autofree char *at_home = chapters_of(world);
    srig_action(world->rig, "go leave");
    srig_choose(world->rig, "logout");
    g_autofree char *at_end = chapters_of(world);
    assert_string_equal(at_start, ".........");
    assert_string_equal(at_home, "xx-xxx...");
    assert_string_equal(at_end, "---------");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(a_field_as_the_form_says, walk_junior),
        WALK(fields_of_a_table_row_by_row, walk_junior),
        WALK(what_can_be_picked, walk_junior),
        WALK(a_password_is_on_no_page, walk_junior),
        WALK(what_stands_in_the_message_line, walk_junior),
        WALK(back_where_there_is_no_way_says_why, walk_junior),
        WALK(who_sees_whole_numbers, walk_junior),
        WALK(nothing_of_english_for_a_junior, walk_junior),
        WALK(chapter_three_is_not_for_juniors, walk_junior),
        WALK(the_home_page_shows_how_far_one_is, walk_junior),
        WALK(chapter_three_is_ticked_when_it_is_done, walk_bachelor),
        WALK(every_page_fits, walk_junior),
        WALK(every_page_fits, walk_bachelor),
        WALK(every_message_fits, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
