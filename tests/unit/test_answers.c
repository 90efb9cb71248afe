/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed, the form made of it, its faults by place, and the draft. */
#include "session/state.h"
#include "session_walk.h"

#include <string.h>

/* Logged in, paid, nothing typed. */
static struct session *paid(struct world *world)
{
    world_set_state(world, STATE_PAID);
    world_login(world);
    return world->rig->session;
}

static void set(struct session *session, const char *const pairs[][2], size_t n)
{
    for (size_t i = 0; i < n; i++)
        answer_set(session, pairs[i][0], pairs[i][1]);
}

static const char *const good[][2] = {
    {"ethnicity", "01"},
    {"occupation", "职员"},
    {"political_status", "13"},
    {"mobile", SRIG_MOBILE},
    {"education", "31"},
    {"health", "10"},
    {"work_since", "20120701"},
    {"overseas_relations", "false"},
    {"native_place", "山西省太原市"},
    {"employer", "无"},
    {"address", SRIG_ADDRESS},
    {"resume.1.from", "20090901"},
    {"resume.1.to", "20120630"},
    {"resume.1.where", "太原市第五中学"},
};

/* ---------------------------------------------------------------- texts and ticks */

static void texts(void **state)
{
    struct session *session = paid(*state);
    assert_string_equal(answer(session, "nothing"), "");
    answer_set(session, "a", "1");
    answer_set(session, "a", answer(session, "a")); /* its own old text */
    assert_string_equal(answer(session, "a"), "1");
    answer_set(session, "a", NULL);
    assert_string_equal(answer(session, "a"), "");
    answers_clear(session);
    assert_int_equal(g_hash_table_size(session->answers), 0);
}

static void ticks(void **state)
{
    struct session *session = paid(*state);
    answer_choose(session, "substitute", "00321", true);
    answer_choose(session, "substitute", "00144", true);
    answer_choose(session, "substitute_other", "x", true);
    assert_true(answer_chosen(session, "substitute", "00144"));
    g_autoptr(GPtrArray) chosen = answers_chosen(session, "substitute");
    assert_int_equal(chosen->len, 2);
    assert_string_equal(g_ptr_array_index(chosen, 0), "00144");
    answer_choose(session, "substitute", "00144", false);
    assert_false(answer_chosen(session, "substitute", "00144"));
    answers_clear_list(session, "substitute");
    g_autoptr(GPtrArray) none = answers_chosen(session, "substitute");
    assert_int_equal(none->len, 0);
    assert_true(answer_chosen(session, "substitute_other", "x"));
}

/* ---------------------------------------------------------------- the form */

static void a_form_of_what_was_typed(void **state)
{
    struct session *session = paid(*state);
    set(session, good, G_N_ELEMENTS(good));
    answer_set(session, "family.3.name", "王芳");
    answer_set(session, "self_evaluation", "第一行\n第二行");
    struct registration_form *form = answers_form(session);
    assert_string_equal(form->work_since, "2012-07-01");
    assert_false(form->overseas_relations);
    assert_string_equal(form->self_evaluation, "第一行\n第二行");
    assert_int_equal(form->resume->len, 1);
    assert_string_equal(((struct resume_row *)g_ptr_array_index(form->resume, 0))->to, "2012-06-30");
    assert_int_equal(form->family->len, 1); /* empty rows are left out */
    assert_string_equal(((struct family_row *)g_ptr_array_index(form->family, 0))->name, "王芳");
    record_free(&registration_form_record, form);
}

static void never_worked(void **state)
{
    struct session *session = paid(*state);
    set(session, good, G_N_ELEMENTS(good));
    answer_set(session, "work_since", "");
    answer_set(session, "never_worked", "1");
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    assert_int_equal(g_hash_table_size(faults), 0);
    struct registration_form *form = answers_form(session);
    assert_null(form->work_since);
    record_free(&registration_form_record, form);
}

static void there_and_back(void **state)
{
    struct session *session = paid(*state);
    set(session, good, G_N_ELEMENTS(good));
    answer_set(session, "overseas_relations", "true");
    struct registration_form *form = answers_form(session);
    answers_clear(session);
    answers_load_form(session, form);
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        if (strcmp(good[i][0], "overseas_relations") != 0)
            assert_string_equal(answer(session, good[i][0]), good[i][1]);
    assert_string_equal(answer(session, "overseas_relations"), "true");
    assert_string_equal(answer(session, "never_worked"), "");
    struct registration_form *again = answers_form(session);
    assert_true(record_equal(&registration_form_record, form, again));
    record_free(&registration_form_record, form);
    record_free(&registration_form_record, again);
}

/* ---------------------------------------------------------------- faults, at the place where the page shows them */

static void faults_by_place(void **state)
{
    static const struct {
        const char *key, *text, *place, *fault;
    } cases[] = {
        {"ethnicity", "", "ethnicity", "form.choose"},
        {"ethnicity", "99", "ethnicity", "form.choose"},
        {"mobile", "123", "mobile", "form.mobile"},
        {"native_place", "太原", "native_place", "form.native_place"},
        {"work_since", "20120230", "work_since", "form.date"},
        {"work_since", "2012", "work_since", "form.date"},
        {"work_since", "20991231", "work_since", "form.date_future"},
        {"work_since", "19800101", "work_since", "form.before_birth"},
        {"work_since", "", "work_since", "form.work_since"},
        {"work_since", "中中ab", "work_since", "form.date"}, /* eight bytes, not eight digits */
        {"never_worked", "1", "never_worked", "form.work_both"},
        {"overseas_relations", "", "overseas_relations", "form.required"},
        {"employer", "", "employer", "form.required"},
        {"address", "太原", "address", "form.too_short"},
        {"resume.1.to", "20080101", "resume.1.to", "form.date_order"},
        {"resume.1.where", "", "resume.1.where", "form.resume_incomplete"},
        {"resume.3.from", "20130101", "resume.3.to", "form.resume_incomplete"}, /* row 2 is empty: still row 3 */
        {"resume.7.where", "x", "resume.7.from", "form.resume_incomplete"},
        {"family.6.name", "王芳", "family.6.employer", "form.family_incomplete"},
        {"self_evaluation", "太短", "self_evaluation", "form.self_evaluation_short"},
    };
    struct session *session = paid(*state);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        answers_clear(session);
        set(session, good, G_N_ELEMENTS(good));
        answer_set(session, cases[i].key, cases[i].text);
        g_autoptr(GHashTable) faults = answers_form_faults(session);
        const char *fault = g_hash_table_lookup(faults, cases[i].place);
        if (!fault || strcmp(fault, cases[i].fault) != 0)
            fail_msg("%s = \"%s\": %s has %s", cases[i].key, cases[i].text, cases[i].place, fault);
        assert_true(session_knows(session, fault));
    }
}

static void no_rows_at_all(void **state)
{
    struct session *session = paid(*state);
    set(session, good, 11);
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    assert_int_equal(g_hash_table_size(faults), 1);
    assert_string_equal(g_hash_table_lookup(faults, "resume"), "form.resume_empty");
}

/* A 本科 applicant's education is 专科 at least (domain.md 2.14). */
static void education_of_a_bachelor(void **state)
{
    struct session *session = paid(*state);
    set(session, good, G_N_ELEMENTS(good));
    answer_set(session, "education", "61");
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    assert_string_equal(g_hash_table_lookup(faults, "education"), "form.education_level");
}

static void too_long_is_told_not_cut_in_silence(void **state)
{
    struct session *session = paid(*state);
    g_autofree char *text = world_text(900);
    set(session, good, G_N_ELEMENTS(good));
    answer_set(session, "self_evaluation", text);
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    assert_string_equal(g_hash_table_lookup(faults, "self_evaluation"), "form.self_evaluation_long");
}

/* ---------------------------------------------------------------- the draft */

static void which_keys_are_kept(void **state)
{
    static const struct {
        const char *key;
        bool kept;
    } cases[] = {
        {"address", true},
        {"never_worked", true},
        {"seen.family", true},
        {"resume.1.from", true},
        {"resume.7.where", true},
        {"family.6.name", true},
        {"self_evaluation", true},
        {"overseas_relations", true},
        {"account", false},
        {"password", false},
        {"id_tail", false},
        {"consent_general", false},
        {"version", false},
        {"resume", false},
        {"resume.0.from", false},
        {"resume.8.from", false},
        {"family.7.name", false},
        {"resume.1.evil", false},
        {"resume.1", false},
        {"resume.1.from.x", false},
        {"city", false},
        {"substitute:00144", false},
        {"", false},
        {"form", false},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (answer_is_draft(cases[i].key) != cases[i].kept)
            fail_msg("\"%s\" is %skept", cases[i].key, cases[i].kept ? "not " : "");
}

static void a_draft_there_and_back(void **state)
{
    struct session *session = paid(*state);
    set(session, good, G_N_ELEMENTS(good));
    answer_set(session, "account", SRIG_ID);
    answer_set(session, "seen.family", "1");
    answer_set(session, "employer", ""); /* emptied: must not come back from the saved form */
    struct api_draft *draft = answers_draft(session);
    for (guint i = 0; i < draft->entries->len; i++)
        assert_string_not_equal(((struct api_draft_entry *)g_ptr_array_index(draft->entries, i))->value, SRIG_ID);
    answers_clear(session);
    answer_set(session, "employer", "旧单位");
    answers_load_draft(session, draft);
    record_free(&api_draft_record, draft);
    assert_string_equal(answer(session, "address"), SRIG_ADDRESS);
    assert_string_equal(answer(session, "resume.1.where"), "太原市第五中学");
    assert_string_equal(answer(session, "seen.family"), "1");
    assert_string_equal(answer(session, "employer"), "");
    assert_string_equal(answer(session, "account"), "");
}

/* The longest possible draft still fits what the interface takes. */
static void the_longest_draft_fits(void **state)
{
    struct session *session = paid(*state);
    gsize bytes = 0;
    g_autofree char *text = world_text(1000), *line = world_text(60);
    for (size_t i = 0; i < registration_form_record.n_fields; i++)
        if (answer_is_draft(registration_form_record.fields[i].name))
            answer_set(session, registration_form_record.fields[i].name, line);
    for (int row = 1; row <= 7; row++) {
        g_autofree char *where = g_strdup_printf("resume.%d.where", row);
        g_autofree char *name = g_strdup_printf("family.%d.name", MIN(row, 6));
        answer_set(session, where, line);
        answer_set(session, name, line);
    }
    answer_set(session, "self_evaluation", text);
    struct api_draft *draft = answers_draft(session);
    for (guint i = 0; i < draft->entries->len; i++) {
        const struct api_draft_entry *entry = g_ptr_array_index(draft->entries, i);
        assert_null(record_check_text(record_field_find(&api_draft_entry_record, "value"), entry->value));
        bytes += strlen(entry->key) + strlen(entry->value) + 32;
    }
    assert_true(draft->entries->len <= RECORD_LIST_MAX);
    assert_true(bytes < API_DRAFT_MAX);
    record_free(&api_draft_record, draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(texts, walk_junior),
        WALK(ticks, walk_junior),
        WALK(a_form_of_what_was_typed, walk_junior),
        WALK(never_worked, walk_junior),
        WALK(there_and_back, walk_junior),
        WALK(faults_by_place, walk_junior),
        WALK(no_rows_at_all, walk_junior),
        WALK(education_of_a_bachelor, walk_bachelor),
        WALK(too_long_is_told_not_cut_in_silence, walk_junior),
        cmocka_unit_test(which_keys_are_kept),
        WALK(a_draft_there_and_back, walk_junior),
        WALK(the_longest_draft_fits, walk_junior),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
