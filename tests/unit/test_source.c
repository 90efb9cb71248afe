/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, tables, codes and options that pages show. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

static struct page *choices(const struct session *session, const char *word)
{
    struct page *page = page_new("test", PAGE_CHOOSE);
    source_choices(session, word, page);
    return page;
}

static const struct form_table *table_of(const struct srig *rig, const char *screen, guint i)
{
    return g_ptr_array_index(forms_screen(rig->forms, screen)->tables, i);
}

static const char *cell(const struct page *page, guint row, guint column)
{
    const struct page_table *table = g_ptr_array_index(page->tables, 0);
    const struct page_row *cells = g_ptr_array_index(table->rows, row);
    return g_ptr_array_index(cells->cells, column);
}

static void words(void **state)
{
    static const char *const lists[] = {"major", "judge", "city", "county", "substitute", "file"};
    static const char *const tables[] = {"courses", "reasons", "items", "progress", "checklist", "order"};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        assert_true(source_choices_exists(lists[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        assert_true(source_table_exists(tables[i]));
    assert_true(source_qr_exists("order") && source_qr_exists("prior_degree"));
    assert_false(source_choices_exists("majors") || source_table_exists("") || source_qr_exists("pay"));
}

/* Nobody is logged in: every source is empty, none crashes. */
static void empty_before_the_login(void **state)
{
    static const char *const lists[] = {"major", "judge", "county", "substitute", "file"};
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct page *page = choices(world->rig->session, lists[i]);
        assert_int_equal(page->choices->len, 0);
        page_free(page);
    }
    for (guint i = 0; i < world->rig->forms->screens->len; i++) {
        const struct form_screen *screen = g_ptr_array_index(world->rig->forms->screens, i);
        struct page *page = page_new("test", PAGE_REPORT);
        for (guint k = 0; k < screen->tables->len; k++) {
            source_table(world->rig->session, g_ptr_array_index(screen->tables, k), page);
            assert_int_equal(((struct page_table *)g_ptr_array_index(page->tables, k))->rows->len, 0);
        }
        page_free(page);
    }
}

/* ---------------------------------------------------------------- places */

static void all_cities_and_their_counties(void **state)
{
    struct world *world = *state;
    world_login(world);
    struct page *cities = choices(world->rig->session, "city");
    guint counties = 0;
    assert_int_equal(cities->choices->len, 11);
    for (guint i = 0; i < cities->choices->len; i++) {
        const struct page_choice *city = g_ptr_array_index(cities->choices, i);
        answer_set(world->rig->session, "city", city->key);
        struct page *page = choices(world->rig->session, "county");
        g_autofree char *note = g_strdup_printf("%u 个县（市、区）", page->choices->len);
        assert_string_equal(city->note, note);
        counties += page->choices->len;
        page_free(page);
    }
    assert_int_equal(counties, 117); /* domain.md 6.6 */
    page_free(cities);
}

static void the_chosen_place_is_marked(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    struct page *cities = choices(world->rig->session, "city");
    assert_true(srig_find_choice(cities, "140100")->chosen);
    assert_false(srig_find_choice(cities, "140200")->chosen);
    page_free(cities);
    struct page *counties = choices(world->rig->session, "county");
    assert_true(srig_find_choice(counties, "140105")->chosen);
    page_free(counties);
}

/* ---------------------------------------------------------------- courses */

static void only_unused_passed_courses_substitute(void **state)
{
    static const struct {
        int state;
        bool offered;
    } cases[] = {
        {COURSE_NOT_PASSED, false},  {COURSE_PASSED, true},   {COURSE_EXEMPT, true},  {COURSE_TO_SUBSTITUTE, false},
        {COURSE_SUBSTITUTED, false}, {COURSE_CONSUMED, true}, {COURSE_OUTSIDE, true}, {COURSE_USED, false},
    };
    struct world *world = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct eligibility_course *course = g_ptr_array_index(world->eligibility->courses, 0);
        course->state = cases[i].state;
        srig_restart(world->rig);
        world_set_state(world, STATE_SUBMITTED);
        world_login(world);
        struct page *page = choices(world->rig->session, "substitute");
        assert_int_equal(srig_find_choice(page, "00144") != NULL, cases[i].offered);
        page_free(page);
    }
}

static void the_sum_counts_what_may_be_given(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    struct session *session = world->rig->session;
    int64_t courses = 0;
    assert_int_equal(source_credits(session, &courses), 0);
    answer_choose(session, "substitute", "00144", true);
    answer_choose(session, "substitute", "03708", true);
    answer_choose(session, "substitute", "00034", true); /* used before: counts for nothing */
    answer_choose(session, "substitute", "99999", true);
    assert_int_equal(source_credits(session, &courses), 7);
    assert_int_equal(courses, 2);
}

static void a_report_of_courses(void **state)
{
    struct world *world = *state;
    world_login(world);
    struct page *page = page_new("prejudge", PAGE_REPORT);
    source_table(world->rig->session, table_of(world->rig, "prejudge", 1), page);
    assert_string_equal(cell(page, 0, 0), "00144");
    assert_string_equal(cell(page, 0, 4), "75");
    assert_string_equal(cell(page, 0, 5), "已合格");
    assert_string_equal(cell(page, 3, 5), "已使用");
    assert_string_equal(cell(page, 4, 4), ""); /* no score is no number */
    assert_string_equal(cell(page, 4, 5), "待顶替");
    page_free(page);
}

/* The prejudge may look at another major; every other page means the application's. */
static void which_judgement_a_page_means(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_SUBMITTED);
    world_login(world);
    struct session *session = world->rig->session;
    struct eligibility *other = record_copy(&eligibility_record, world->eligibility);
    g_hash_table_insert(session->eligibility, g_strdup("120402/old"), other);
    session->judged = g_strdup("120402/old");
    assert_ptr_not_equal(source_judged(session), other);
    session->screen = forms_screen(session->forms, "prejudge");
    assert_ptr_equal(source_judged(session), other);
    assert_ptr_not_equal(source_eligibility(session), other);
}

/* ---------------------------------------------------------------- the application */

static void tables_of_the_application(void **state)
{
    struct world *world = *state;
    world_set_state(world, STATE_HANDED_IN);
    struct application_item *item = g_ptr_array_index(world->application->items, 0);
    item->progress = g_strdup("材料已交回");
    item->note = g_strdup("请核对");
    world_login(world);
    struct page *page = page_new("result", PAGE_REPORT);
    source_table(world->rig->session, table_of(world->rig, "result", 0), page);
    assert_string_equal(cell(page, 0, 3), "材料已交回");
    assert_string_equal(cell(page, 0, 4), "请核对");
    page_free(page);
    page = page_new("result", PAGE_REPORT);
    source_table(world->rig->session, table_of(world->rig, "result", 1), page);
    assert_string_equal(cell(page, 0, 1), "王*");
    assert_string_equal(cell(page, 0, 2), "140000********0015");
    assert_string_equal(cell(page, 0, 3), "40 元");
    assert_string_equal(cell(page, 0, 4), "支付成功");
    page_free(page);
    page = page_new("confirm", PAGE_REPORT);
    source_table(world->rig->session, table_of(world->rig, "confirm", 0), page);
    assert_string_equal(cell(page, 0, 2), "行政管理（本科）");
    page_free(page);
}

static void files_too_big_cannot_be_chosen(void **state)
{
    static const struct {
        int64_t bytes;
        bool allowed;
    } cases[] = {{1, true}, {PHOTO_MAX_BYTES - 1, true}, {PHOTO_MAX_BYTES, false}};
    struct world *world = *state;
    world_login(world);
    struct files_answer *files = record_new(&files_answer_record);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct file_entry *file = record_new(&file_entry_record);
        file->name = g_strdup_printf("%u.jpg", (unsigned)i);
        file->bytes = cases[i].bytes;
        file->modified_at = SRIG_TIME;
        g_ptr_array_add(files->files, file);
    }
    world->rig->session->files = files;
    struct page *page = choices(world->rig->session, "file");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(((struct page_choice *)g_ptr_array_index(page->choices, i))->why_not == NULL,
                         cases[i].allowed);
    assert_string_equal(((struct page_choice *)g_ptr_array_index(page->choices, 0))->note, "1 KB  2026年12月3日");
    page_free(page);
}

/* ---------------------------------------------------------------- options of fields */

static guint options(const struct srig *rig, const char *key, const char *value, const char **ret_first)
{
    const struct form_screen *screen = forms_screen(rig->forms, "person");
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *form = g_ptr_array_index(screen->fields, i);
        if (strcmp(form->key, key) != 0)
            continue;
        struct page *page = page_new("person", PAGE_FIELDS);
        struct page_field *field = page_add_field(page, key, FIELD_CODE, form->label, value);
        source_options(rig->session, form, field);
        guint n = field->options->len, chosen = 0;
        for (guint k = 0; k < n; k++)
            chosen += ((struct page_choice *)g_ptr_array_index(field->options, k))->chosen;
        assert_int_equal(chosen, *value != '\0');
        *ret_first = g_intern_string(((struct page_choice *)g_ptr_array_index(field->options, 0))->label);
        page_free(page);
        return n;
    }
    fail_msg("no field %s", key);
    return 0;
}

static void options_of_codes(void **state)
{
    struct world *world = *state;
    const char *first = NULL;
    world_set_state(world, STATE_PAID);
    world_login(world);
    assert_int_equal(options(world->rig, "ethnicity", "01", &first), 58);
    assert_string_equal(first, "汉族");
    assert_int_equal(options(world->rig, "political_status", "13", &first), 13);
    assert_string_equal(first, "中共党员");                           /* as people write it */
    assert_int_equal(options(world->rig, "health", "10", &first), 4); /* no diagnosis is collected (domain.md 6.4) */
    assert_int_equal(options(world->rig, "overseas_relations", "", &first), 2);
    assert_string_equal(first, "是");
    assert_int_equal(options(world->rig, "occupation", "职员", &first), 13); /* kept as words (domain.md 6.5) */
}

static void education_below_what_is_needed_is_not_offered(void **state)
{
    struct world *world = *state;
    const char *first = NULL;
    world_set_state(world, STATE_PAID);
    world_login(world);
    bool bachelor = guard_holds(world->rig->session, "bachelor");
    assert_int_equal(options(world->rig, "education", "31", &first), bachelor ? 6 : 13);
}

/* ---------------------------------------------------------------- codes for the phone */

static void a_code_only_while_it_is_good(void **state)
{
    struct world *world = *state;
    walk_at_order(world);
    world_serve(world);
    struct page *page = session_page(world->rig->session);
    assert_string_equal(page->qr->payload, world->application->order->qr);
    assert_int_equal(page->qr->expires_ms, world->rig->now_ms + 600000);
    page_free(page);
    world->rig->session->application->order->state = ORDER_PAID;
    page = session_page(world->rig->session);
    assert_null(page->qr); /* a code that was paid must not be paid again */
    page_free(page);
    world->rig->session->application->order->state = ORDER_CREATED;
    world->rig->session->now_ms += 600000;
    page = session_page(world->rig->session);
    assert_null(page->qr);
    page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        WALK(empty_before_the_login, walk_junior),
        WALK(all_cities_and_their_counties, walk_junior),
        WALK(the_chosen_place_is_marked, walk_junior),
        WALK(only_unused_passed_courses_substitute, walk_bachelor),
        WALK(the_sum_counts_what_may_be_given, walk_bachelor),
        WALK(a_report_of_courses, walk_bachelor),
        WALK(which_judgement_a_page_means, walk_bachelor),
        WALK(tables_of_the_application, walk_bachelor),
        WALK(files_too_big_cannot_be_chosen, walk_junior),
        WALK(options_of_codes, walk_junior),
        WALK(education_below_what_is_needed_is_not_offered, walk_junior),
        WALK(education_below_what_is_needed_is_not_offered, walk_bachelor),
        WALK(a_code_only_while_it_is_good, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
