/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, codes and options that a page shows: each a word of forms/ and a function here. Tables are in source_table.c. */
#include "session/state.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

/* Of the first major one may apply for, while none has been chosen. */
const struct eligibility *source_eligibility(const struct session *session)
{
    const struct application_item *item = item_in_hand(session);
    if (item)
        return item_eligibility(session, item);
    const struct candidate_major *major =
        session->me && session->me->majors->len > 0 ? g_ptr_array_index(session->me->majors, 0) : NULL;
    g_autofree char *key = major ? item_key(major->code, major->version) : NULL;
    return key ? g_hash_table_lookup(session->eligibility, key) : NULL;
}

/* Two pages may look at another major than the one in hand. */
const struct eligibility *source_judged(const struct session *session)
{
    const char *screen = session->screen->name;
    const char *key = strcmp(screen, "prejudge") == 0 ? session->judged
                      : strcmp(screen, "plan") == 0   ? session->planned
                                                      : NULL;
    return key ? g_hash_table_lookup(session->eligibility, key) : source_eligibility(session);
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
        g_autofree char *key = item_key(major->code, major->version);
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
        bool picture = session->files_kind == FILES_PICTURES;
        if (picture ? file->bytes >= PHOTO_MAX_BYTES : file->bytes > ARCHIVE_MAX_BYTES)
            choice->why_not = g_strdup(session_message(session, picture ? "photo.too_big" : "archive.too_big"));
    }
}

static void added_rows(const struct session *session, struct page *page)
{
    for (guint i = 0; i < added_count(session); i++) {
        const struct added_course *course = g_ptr_array_index(session->application->added_courses, i);
        g_autofree char *key = g_strdup_printf("%u", i);
        g_autofree char *label = g_strdup_printf("%s %s", course->code, course->name);
        page_add_choice(page->choices, key, label, course->passed_on);
    }
}

static const struct {
    const char *word;
    void (*fn)(const struct session *session, struct page *page);
} choice_sources[] = {
    {"major", majors}, {"judge", majors},     {"city", cities}, {"county", counties}, {"substitute", unused_courses},
    {"file", files},   {"added", added_rows},
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

/* ---------------------------------------------------------------- codes for the phone */

static const char *degree_payload(const struct session *session)
{
    return session->degree_qr && guard_holds(session, "prior_waiting") ? session->degree_qr->qr : NULL;
}

static const char *receipt_payload(const struct session *session)
{
    return session->receipt ? session->receipt->qr : NULL;
}

static const char *order_payload(const struct session *session)
{
    return guard_holds(session, "order_live") ? session->application->order->qr : NULL;
}

static const struct {
    const char *word;
    const char *(*fn)(const struct session *session);
    bool lasts; /* it never runs out */
} qr_sources[] = {
    {"prior_degree", degree_payload, false}, {"order", order_payload, false}, {"receipt", receipt_payload, true}};

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
        if (!payload || (!qr_sources[i].lasts && session->qr_expires_ms <= session->now_ms))
            continue;
        page->qr = g_new0(struct page_qr, 1);
        page->qr->payload = g_strdup(payload);
        page->qr->expires_ms = qr_sources[i].lasts ? 0 : session->qr_expires_ms;
        page->qr->fallback = g_strdup(payload);
    }
}

/* ---------------------------------------------------------------- options of a field */

static void yes_no(const struct session *session, struct page_field *field)
{
    page_add_choice(field->options, "true", session_message(session, "word.yes"), NULL);
    page_add_choice(field->options, "false", session_message(session, "word.no"), NULL);
}

/* R9: the three reasons a course may be added. */
static void added_reasons(const struct session *session, struct page_field *field)
{
    for (int i = 0; added_course_reason_words[i]; i++) {
        g_autofree char *key = g_strdup_printf("added_reason.%s", added_course_reason_words[i]);
        page_add_choice(field->options, added_course_reason_words[i], session_message(session, key), NULL);
    }
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
    if (strcmp(form->table, "added_reason") == 0)
        added_reasons(session, field);
    for (int id = 0; id < CODE_TABLES; id++)
        if (strcmp(form->table, code_table_words[id]) == 0)
            code_options(session, (enum code_table_id)id, field);
    for (guint i = 0; i < field->options->len; i++) {
        struct page_choice *choice = g_ptr_array_index(field->options, i);
        choice->chosen = g_strcmp0(choice->key, field->value) == 0;
    }
}
