/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, tables and codes that a page shows: each a word of forms/ and a function here. */
#include "session/state.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

const struct eligibility *source_eligibility(const struct session *session)
{
    g_autofree char *key = NULL;
    if (session->application && session->application->items->len > 0) {
        const struct application_item *item = g_ptr_array_index(session->application->items, 0);
        key = g_strdup_printf("%s/%s", item->major, item->version);
    } else if (session->me && session->me->majors->len > 0) {
        const struct candidate_major *major = g_ptr_array_index(session->me->majors, 0);
        key = g_strdup_printf("%s/%s", major->code, major->version);
    }
    return key ? g_hash_table_lookup(session->eligibility, key) : NULL;
}

/* The prejudge page may look at another major than the application's. */
const struct eligibility *source_judged(const struct session *session)
{
    bool chosen = session->judged && strcmp(session->screen->name, "prejudge") == 0;
    return chosen ? g_hash_table_lookup(session->eligibility, session->judged) : source_eligibility(session);
}

/* ---------------------------------------------------------------- choices */

/* 新计划, 旧计划; another word of the authority as it is. */
const char *source_plan_version(const struct session *session, const char *version)
{
    g_autofree char *key = g_strdup_printf("plan_version.%s", version);
    return session_knows(session, key) ? session_message(session, key) : version;
}

static void majors(const struct session *session, struct page *page)
{
    for (guint i = 0; session->me && i < session->me->majors->len; i++) {
        const struct candidate_major *major = g_ptr_array_index(session->me->majors, i);
        g_autofree char *key = g_strdup_printf("%s/%s", major->code, major->version);
        g_autofree char *label =
            message_fill(session->forms->messages, "word.major_line", "code", major->code, "name", major->name, "level",
                         plan_level_words[major->level], "version", source_plan_version(session, major->version), NULL);
        struct page_choice *choice = page_add_choice(page->choices, key, label, major->school);
        choice->chosen = answer_chosen(session, "major", key);
    }
}

const struct code_entry *source_city(const struct session *session)
{
    const char *county = session->application ? session->application->county : NULL;
    const char *city = answer(session, "city");
    const GPtrArray *divisions = session->forms->tables.table[CODE_DIVISION];
    for (guint i = 0; i < divisions->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(divisions, i);
        if (*city ? strcmp(entry->city_code, city) == 0 : g_strcmp0(entry->code, county) == 0)
            return entry;
    }
    return NULL;
}

static void cities(const struct session *session, struct page *page)
{
    const GPtrArray *divisions = session->forms->tables.table[CODE_DIVISION];
    const struct code_entry *chosen = source_city(session);
    const char *last = "";
    int counties = 0;
    struct page_choice *choice = NULL;
    for (guint i = 0; i < divisions->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(divisions, i);
        if (strcmp(entry->city_code, last) != 0) {
            last = entry->city_code;
            counties = 0;
            choice = page_add_choice(page->choices, last, entry->city, NULL);
            choice->chosen = chosen && strcmp(chosen->city_code, last) == 0;
        }
        g_free(choice->note);
        g_autofree char *number = g_strdup_printf("%d", ++counties);
        choice->note = message_fill(session->forms->messages, "word.counties", "n", number, NULL);
    }
}

static void counties(const struct session *session, struct page *page)
{
    const GPtrArray *divisions = session->forms->tables.table[CODE_DIVISION];
    const struct code_entry *city = source_city(session);
    const char *chosen = session->application && session->application->county ? session->application->county : "";
    for (guint i = 0; city && i < divisions->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(divisions, i);
        if (strcmp(entry->city_code, city->city_code) != 0)
            continue;
        struct page_choice *choice = page_add_choice(page->choices, entry->code, entry->name, NULL);
        choice->chosen = strcmp(entry->code, chosen) == 0;
    }
}

/* All passed, never used courses: compulsory ones too, ticking one consumes it (domain.md 2.7). */
static bool may_substitute(const struct eligibility_course *course)
{
    return course->state == COURSE_PASSED || course->state == COURSE_EXEMPT || course->state == COURSE_CONSUMED ||
           course->state == COURSE_OUTSIDE;
}

static void unused_courses(const struct session *session, struct page *page)
{
    const struct eligibility *eligibility = source_eligibility(session);
    for (guint i = 0; eligibility && i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        if (!may_substitute(course))
            continue;
        g_autofree char *label =
            g_strdup_printf("%s %s (%" G_GINT64_FORMAT ")", course->code, course->name, course->credits);
        struct page_choice *choice =
            page_add_choice(page->choices, course->code, label, course_type_words[course->type]);
        choice->chosen = answer_chosen(session, "substitute", course->code);
    }
}

int64_t source_credits(const struct session *session, int64_t *ret_courses)
{
    const struct eligibility *eligibility = source_eligibility(session);
    int64_t credits = 0, courses = 0;
    for (guint i = 0; eligibility && i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        if (may_substitute(course) && answer_chosen(session, "substitute", course->code)) {
            credits += course->credits;
            courses++;
        }
    }
    *ret_courses = courses;
    return credits;
}

static void files(const struct session *session, struct page *page)
{
    for (guint i = 0; session->files && i < session->files->files->len; i++) {
        const struct file_entry *file = g_ptr_array_index(session->files->files, i);
        g_autofree char *day = clock_format_date(file->modified_at);
        g_autofree char *note = g_strdup_printf("%" G_GINT64_FORMAT " KB  %s", (file->bytes + 1023) / 1024, day);
        struct page_choice *choice = page_add_choice(page->choices, file->name, file->name, note);
        if (file->bytes >= PHOTO_MAX_BYTES)
            choice->why_not = g_strdup(session_message(session, "photo.too_big"));
    }
}

static const struct {
    const char *word;
    void (*fn)(const struct session *session, struct page *page);
} choice_sources[] = {
    {"major", majors}, {"judge", majors}, {"city", cities}, {"county", counties}, {"substitute", unused_courses},
    {"file", files},
};

bool source_choices_exists(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(choice_sources); i++)
        if (strcmp(choice_sources[i].word, word) == 0)
            return true;
    return false;
}

void source_choices(const struct session *session, const char *word, struct page *page)
{
    for (size_t i = 0; i < G_N_ELEMENTS(choice_sources); i++)
        if (strcmp(choice_sources[i].word, word) == 0)
            choice_sources[i].fn(session, page);
}

/* ---------------------------------------------------------------- tables */

static enum page_tone course_tone(int state)
{
    switch (state) {
    case COURSE_NOT_PASSED:
        return TONE_BAD;
    case COURSE_TO_SUBSTITUTE:
        return TONE_WARN;
    case COURSE_OUTSIDE:
    case COURSE_USED:
        return TONE_QUIET;
    default:
        return TONE_NORMAL;
    }
}

static void courses(const struct session *session, struct page_table *table)
{
    const struct eligibility *eligibility = source_judged(session);
    for (guint i = 0; eligibility && i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        g_autofree char *credits = g_strdup_printf("%" G_GINT64_FORMAT, course->credits);
        g_autofree char *score = course->score < 0 ? g_strdup("") : g_strdup_printf("%" G_GINT64_FORMAT, course->score);
        g_autofree char *state_key = g_strdup_printf("course_state.%s", course_state_words[course->state]);
        page_table_row(table, course_tone(course->state), course->code, course->name, credits,
                       course_type_words[course->type], score, session_message(session, state_key), NULL);
    }
}

static void reasons(const struct session *session, struct page_table *table)
{
    const struct eligibility *eligibility = source_judged(session);
    for (guint i = 0; eligibility && i < eligibility->reasons->len; i++) {
        const struct eligibility_reason *reason = g_ptr_array_index(eligibility->reasons, i);
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        page_table_row(table, TONE_NORMAL, number, reason->text, NULL);
    }
}

static char *item_name(const struct session *session, const struct application_item *item)
{
    return message_fill(session->forms->messages, "word.major", "name", item->name, "level",
                        plan_level_words[item->level], NULL);
}

static void items(const struct session *session, struct page_table *table)
{
    for (guint i = 0; session->application && i < session->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(session->application->items, i);
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        g_autofree char *name = item_name(session, item);
        page_table_row(table, TONE_NORMAL, number, item->school, name, NULL);
    }
}

static void item_progress(const struct session *session, struct page_table *table)
{
    for (guint i = 0; session->application && i < session->application->items->len; i++) {
        const struct application_item *item = g_ptr_array_index(session->application->items, i);
        g_autofree char *number = g_strdup_printf("%u", i + 1);
        g_autofree char *name = item_name(session, item);
        page_table_row(table, TONE_NORMAL, number, item->school, name, item->progress ? item->progress : "",
                       item->note ? item->note : "", NULL);
    }
}

static const struct eligibility_course *course_of(const struct session *session, const char *code)
{
    const struct eligibility *eligibility = source_eligibility(session);
    for (guint i = 0; eligibility && i < eligibility->courses->len; i++) {
        const struct eligibility_course *course = g_ptr_array_index(eligibility->courses, i);
        if (strcmp(course->code, code) == 0)
            return course;
    }
    return NULL;
}

char *source_substitutes(const struct session *session)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; session->application && i < session->application->english_substitution->len; i++) {
        const char *code = g_ptr_array_index(session->application->english_substitution, i);
        const struct eligibility_course *course = course_of(session, code);
        g_autofree char *credits = g_strdup_printf("%" G_GINT64_FORMAT, course ? course->credits : 0);
        g_autofree char *text = course ? message_fill(session->forms->messages, "word.substitute", "code", code, "name",
                                                      course->name, "credits", credits, NULL)
                                       : g_strdup(code);
        g_string_append_printf(list, "%s%s", i > 0 ? session_message(session, "word.and") : "", text);
    }
    return g_string_free(list, FALSE);
}

static void checklist(const struct session *session, struct page_table *table)
{
    for (guint i = 0; session->application && i < session->application->checklist->len; i++) {
        const struct checklist_item *item = g_ptr_array_index(session->application->checklist, i);
        page_table_row(table, TONE_NORMAL, "□", item->text, NULL);
    }
}

static void order_line(const struct session *session, struct page_table *table)
{
    const struct order *order = session->application ? session->application->order : NULL;
    if (!order)
        return;
    g_autofree char *name = placeholder_expand(session, "{name_masked}");
    g_autofree char *id_no = placeholder_expand(session, "{id_masked}");
    g_autofree char *amount = placeholder_expand(session, session_message(session, "word.amount"));
    g_autofree char *state_key = g_strdup_printf("order_state.%s", order_state_words[order->state]);
    page_table_row(table, TONE_NORMAL, order->order_no, name, id_no, amount, session_message(session, state_key), NULL);
}

static const struct {
    const char *word;
    void (*fn)(const struct session *session, struct page_table *table);
} table_sources[] = {
    {"courses", courses},        {"reasons", reasons},     {"items", items},
    {"progress", item_progress}, {"checklist", checklist}, {"order", order_line},
};

bool source_table_exists(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table_sources); i++)
        if (strcmp(table_sources[i].word, word) == 0)
            return true;
    return false;
}

void source_table(const struct session *session, const struct form_table *form, struct page *page)
{
    struct page_table *table = page_add_table(page, form->title);
    for (guint i = 0; i < form->columns->len; i++) {
        const struct form_column *column = g_ptr_array_index(form->columns, i);
        page_table_column(table, column->title, (int)column->width);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(table_sources); i++)
        if (strcmp(table_sources[i].word, form->source) == 0)
            table_sources[i].fn(session, table);
}

/* ---------------------------------------------------------------- codes for the phone */

static const char *degree_payload(const struct session *session)
{
    return session->degree_qr && guard_holds(session, "prior_waiting") ? session->degree_qr->qr : NULL;
}

static const char *order_payload(const struct session *session)
{
    return guard_holds(session, "order_live") ? session->application->order->qr : NULL;
}

static const struct {
    const char *word;
    const char *(*fn)(const struct session *session);
} qr_sources[] = {{"prior_degree", degree_payload}, {"order", order_payload}};

bool source_qr_exists(const char *word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(qr_sources); i++)
        if (strcmp(qr_sources[i].word, word) == 0)
            return true;
    return false;
}

void source_qr(const struct session *session, const char *word, struct page *page)
{
    for (size_t i = 0; i < G_N_ELEMENTS(qr_sources); i++) {
        const char *payload = strcmp(qr_sources[i].word, word) == 0 ? qr_sources[i].fn(session) : NULL;
        if (!payload || session->qr_expires_ms <= session->now_ms)
            continue;
        page->qr = g_new0(struct page_qr, 1);
        page->qr->payload = g_strdup(payload);
        page->qr->expires_ms = session->qr_expires_ms;
        page->qr->fallback = g_strdup(payload);
    }
}

/* ---------------------------------------------------------------- options of a field */

static void yes_no(const struct session *session, struct page_field *field)
{
    page_add_choice(field->options, "true", session_message(session, "word.yes"), NULL);
    page_add_choice(field->options, "false", session_message(session, "word.no"), NULL);
}

/* Below 专科 is no prior education for 本科 (domain.md 6.3); codes up to 31 are 专科 and higher, 90 is 其他. */
static bool education_fits(const struct session *session, const char *code)
{
    return !guard_holds(session, "bachelor") || strcmp(code, "31") <= 0;
}

/* One-digit level only: no diagnosis is collected (domain.md 6.4). */
static bool is_option(const struct session *session, enum code_table_id id, const char *code)
{
    if (id == CODE_EDUCATION)
        return education_fits(session, code);
    return id != CODE_HEALTH || (code[1] == '0');
}

static void code_options(const struct session *session, enum code_table_id id, struct page_field *field)
{
    const GPtrArray *table = session->forms->tables.table[id];
    for (guint i = 0; i < table->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(table, i);
        if (!is_option(session, id, entry->code))
            continue;
        /* 职业 is free text on the form: its name is what is kept */
        const char *key = id == CODE_OCCUPATION ? entry->name : entry->code;
        page_add_choice(field->options, key, entry->abbreviation ? entry->abbreviation : entry->name, NULL);
    }
}

void source_options(const struct session *session, const struct form_field *form, struct page_field *field)
{
    field->options = page_choices_new();
    if (strcmp(form->table, "yes_no") == 0)
        yes_no(session, field);
    for (int id = 0; id < CODE_TABLES; id++)
        if (strcmp(form->table, code_table_words[id]) == 0)
            code_options(session, (enum code_table_id)id, field);
    for (guint i = 0; i < field->options->len; i++) {
        struct page_choice *choice = g_ptr_array_index(field->options, i);
        choice->chosen = g_strcmp0(choice->key, field->value) == 0;
    }
}
