/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was typed, as one table key → text, and what is made of it: the registration form and the draft.
 *
 * Keys: the fields of the registration form by their names ("native_place", "resume.1.from"), lists of ticks as "LIST:KEY" = "1".
 * Dates are eight digits here and yyyy-mm-dd in records.
 */
#include "session/state.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

#define DRAFT_FORM "form" /* entry of a draft: the version of the saved form it goes on from */

const char *answer(const struct session *session, const char *key)
{
    const char *text = g_hash_table_lookup(session->answers, key);
    return text ? text : "";
}

void answer_set(struct session *session, const char *key, const char *text)
{
    char *old = g_hash_table_lookup(session->answers, key);
    char *copy = g_strdup(text ? text : "");
    if (old)
        explicit_bzero(old, strlen(old));
    g_hash_table_insert(session->answers, g_strdup(key), copy);
}

void answers_clear(struct session *session)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, session->answers);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        explicit_bzero(value, strlen(value));
    g_hash_table_remove_all(session->answers);
}

/* ---------------------------------------------------------------- ticks */

bool answer_chosen(const struct session *session, const char *list, const char *key)
{
    g_autofree char *name = g_strdup_printf("%s:%s", list, key);
    return *answer(session, name) != '\0';
}

void answer_choose(struct session *session, const char *list, const char *key, bool chosen)
{
    g_autofree char *name = g_strdup_printf("%s:%s", list, key);
    if (chosen)
        answer_set(session, name, "1");
    else
        g_hash_table_remove(session->answers, name);
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *answers_chosen(const struct session *session, const char *list)
{
    GPtrArray *chosen = g_ptr_array_new_with_free_func(g_free);
    size_t length = strlen(list);
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, session->answers);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (strncmp(key, list, length) == 0 && ((char *)key)[length] == ':')
            g_ptr_array_add(chosen, g_strdup((char *)key + length + 1));
    g_ptr_array_sort(chosen, by_text);
    return chosen;
}

void answers_clear_list(struct session *session, const char *list)
{
    g_autoptr(GPtrArray) chosen = answers_chosen(session, list);
    for (guint i = 0; i < chosen->len; i++)
        answer_choose(session, list, g_ptr_array_index(chosen, i), false);
}

/* ---------------------------------------------------------------- the registration form */

/* "20120701" → "2012-07-01"; anything else stays as it is and is found by the checks. */
char *answers_iso_date(const char *digits)
{
    return strlen(digits) == 8 ? g_strdup_printf("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6) : g_strdup(digits);
}

static char *date_from_iso(const char *iso)
{
    return iso && strlen(iso) == 10 ? g_strdup_printf("%.4s%.2s%.2s", iso, iso + 5, iso + 8) : g_strdup(iso ? iso : "");
}

static bool is_date(const char *name)
{
    return strcmp(name, "work_since") == 0 || strcmp(name, "from") == 0 || strcmp(name, "to") == 0;
}

static void set_field(const struct record_field *field, void *record, const char *text)
{
    if (!*text)
        return;
    g_autofree char *value = is_date(field->name) ? answers_iso_date(text) : g_strdup(text);
    if (record_set_text(field, record, value) && field->kind == RECORD_STRING) {
        /* too long or not clean: a clean head, so that the check can name the fault */
        g_autofree char *clean = text_clean(value, -1, field->max ? (int)field->max : RECORD_STRING_MAX,
                                            field->flags & RECORD_MULTILINE ? TEXT_LINES : TEXT_LINE, NULL);
        record_set_text(field, record, clean);
    }
}

struct row_list {
    const char *prefix;
    int rows;
    const struct record_type *type;
    size_t offset; /* of the GPtrArray in the form */
};
static const struct row_list row_lists[] = {
    {"resume", RESUME_ROWS, &resume_row_record, offsetof(struct registration_form, resume)},
    {"family", FAMILY_ROWS, &family_row_record, offsetof(struct registration_form, family)},
};

static char *row_key(const char *prefix, int row, const char *name)
{
    return g_strdup_printf("%s.%d.%s", prefix, row, name);
}

static bool row_empty(const struct session *session, const struct row_list *list, int row)
{
    for (size_t i = 0; i < list->type->n_fields; i++) {
        g_autofree char *key = row_key(list->prefix, row, list->type->fields[i].name);
        if (*answer(session, key))
            return false;
    }
    return true;
}

/* Empty rows are left out; `places` (may be NULL) notes which row each member came from. */
static void fill_rows(const struct session *session, const struct row_list *list, struct registration_form *form,
                      int places[])
{
    GPtrArray *rows = G_STRUCT_MEMBER(GPtrArray *, form, list->offset);
    for (int row = 1; row <= list->rows; row++) {
        if (row_empty(session, list, row))
            continue;
        void *member = record_new(list->type);
        for (size_t i = 0; i < list->type->n_fields; i++) {
            g_autofree char *key = row_key(list->prefix, row, list->type->fields[i].name);
            set_field(&list->type->fields[i], member, answer(session, key));
        }
        if (places)
            places[rows->len] = row;
        g_ptr_array_add(rows, member);
    }
}

static bool is_scalar(const struct record_field *field)
{
    return field->kind != RECORD_ONE && field->kind != RECORD_MANY && field->kind != RECORD_STRINGS;
}

static struct registration_form *make_form(const struct session *session, int places[][RESUME_ROWS])
{
    struct registration_form *form = record_new(&registration_form_record);
    for (size_t i = 0; i < registration_form_record.n_fields; i++) {
        const struct record_field *field = &registration_form_record.fields[i];
        if (is_scalar(field) && strcmp(field->name, "version") != 0)
            set_field(field, form, answer(session, field->name));
    }
    if (*answer(session, "never_worked"))
        g_clear_pointer(&form->work_since, g_free);
    if (!form->self_evaluation)
        form->self_evaluation = g_strdup("");
    for (size_t i = 0; i < G_N_ELEMENTS(row_lists); i++)
        fill_rows(session, &row_lists[i], form, places ? places[i] : NULL);
    return form;
}

struct registration_form *answers_form(const struct session *session)
{
    return make_form(session, NULL);
}

/* The check counts the rows it was given; the page counts the rows it shows. */
static char *fault_place(const char *field, int places[][RESUME_ROWS])
{
    for (size_t i = 0; i < G_N_ELEMENTS(row_lists); i++) {
        size_t length = strlen(row_lists[i].prefix);
        if (strncmp(field, row_lists[i].prefix, length) != 0 || field[length] != '.')
            continue;
        char *rest = NULL;
        guint64 member = g_ascii_strtoull(field + length + 1, &rest, 10);
        if (member >= 1 && member <= RESUME_ROWS && rest && *rest == '.')
            return row_key(row_lists[i].prefix, places[i][member - 1], rest + 1);
    }
    return g_strdup(field);
}

GHashTable *answers_form_faults(const struct session *session)
{
    int places[G_N_ELEMENTS(row_lists)][RESUME_ROWS] = {{0}};
    struct registration_form *form = make_form(session, places);
    struct form_context context = {
        .tables = &session->forms->tables,
        .today = session->options.today,
        .birth = session->me ? id_number_birth(session->me->id_no) : 0,
        .bachelor = guard_holds(session, "bachelor"),
    };
    g_autoptr(GPtrArray) list = registration_form_check(form, &context);
    GHashTable *faults = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < list->len; i++) {
        const struct form_fault *fault = g_ptr_array_index(list, i);
        char *key = fault_place(fault->field, places);
        if (g_hash_table_contains(faults, key))
            g_free(key);
        else
            g_hash_table_insert(faults, key, g_strdup(fault->key));
    }
    /* What the record cannot hold: the choice between 是 and 否 has no default (domain.md 2.14), never_worked is a tick. */
    if (!*answer(session, "overseas_relations"))
        g_hash_table_insert(faults, g_strdup("overseas_relations"), g_strdup("form.required"));
    if (!*answer(session, "work_since") && !*answer(session, "never_worked"))
        g_hash_table_insert(faults, g_strdup("work_since"), g_strdup("form.work_since"));
    if (*answer(session, "work_since") && *answer(session, "never_worked"))
        g_hash_table_insert(faults, g_strdup("never_worked"), g_strdup("form.work_both"));
    record_free(&registration_form_record, form);
    return faults;
}

static void load_rows(struct session *session, const struct row_list *list, const struct registration_form *form)
{
    GPtrArray *rows = G_STRUCT_MEMBER(GPtrArray *, form, list->offset);
    for (guint row = 0; row < rows->len; row++)
        for (size_t i = 0; i < list->type->n_fields; i++) {
            const struct record_field *field = &list->type->fields[i];
            g_autofree char *key = row_key(list->prefix, (int)row + 1, field->name);
            g_autofree char *text = record_get_text(field, g_ptr_array_index(rows, row));
            g_autofree char *shown = is_date(field->name) ? date_from_iso(text) : g_strdup(text);
            answer_set(session, key, shown);
        }
}

void answers_load_form(struct session *session, const struct registration_form *form)
{
    for (size_t i = 0; i < registration_form_record.n_fields; i++) {
        const struct record_field *field = &registration_form_record.fields[i];
        if (!is_scalar(field) || strcmp(field->name, "version") == 0)
            continue;
        g_autofree char *text = record_get_text(field, form);
        g_autofree char *shown = is_date(field->name) ? date_from_iso(text) : g_strdup(text);
        answer_set(session, field->name, shown);
    }
    answer_set(session, "never_worked", form->work_since ? "" : "1");
    for (size_t i = 0; i < G_N_ELEMENTS(row_lists); i++)
        load_rows(session, &row_lists[i], form);
}

/* ---------------------------------------------------------------- the draft */

bool answers_in_rows(const char *key, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(key, prefix, length) == 0 && (key[length] == '.' || key[length] == '\0');
}

/* PREFIX.ROW.name of a row that is there. */
static bool is_cell(const char *key, const struct row_list *list)
{
    g_auto(GStrv) parts = g_strsplit(key, ".", -1);
    gint64 row = 0;
    return g_strv_length(parts) == 3 && strcmp(parts[0], list->prefix) == 0 &&
           g_ascii_string_to_signed(parts[1], 10, 1, list->rows, &row, NULL) && record_field_find(list->type, parts[2]);
}

/* Only what belongs to the form, or to a course being added, is kept for later; what was typed to log in never leaves. */
bool answer_is_draft(const char *key)
{
    const struct record_field *field = record_field_find(&registration_form_record, key);
    if (field)
        return is_scalar(field) && strcmp(key, "version") != 0;
    if (strcmp(key, "never_worked") == 0 || g_str_has_prefix(key, "seen.") || g_str_has_prefix(key, "added_"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(row_lists); i++)
        if (is_cell(key, &row_lists[i]))
            return true;
    return false;
}

static void add_entry(struct api_draft *draft, const char *key, const char *value)
{
    struct api_draft_entry *entry = record_new(&api_draft_entry_record);
    entry->key = g_strdup(key);
    entry->value = g_strdup(value);
    g_ptr_array_add(draft->entries, entry);
}

static char *saved_version(const struct session *session)
{
    const struct registration_form *form = session->application ? session->application->registration_form : NULL;
    return g_strdup_printf("%" G_GINT64_FORMAT, form ? form->version : 0);
}

struct api_draft *answers_draft(const struct session *session)
{
    struct api_draft *draft = record_new(&api_draft_record);
    g_autofree char *version = saved_version(session);
    add_entry(draft, DRAFT_FORM, version);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, session->answers);
    while (g_hash_table_iter_next(&iter, &key, &value))
        if (answer_is_draft(key))
            add_entry(draft, key, value);
    return draft;
}

/* A draft older than the saved form is a leftover: the form holds what became of it. */
static bool is_current(const struct session *session, const struct api_draft *draft)
{
    g_autofree char *version = saved_version(session);
    const char *from = "0";
    for (guint i = 0; i < draft->entries->len; i++) {
        const struct api_draft_entry *entry = g_ptr_array_index(draft->entries, i);
        if (strcmp(entry->key, DRAFT_FORM) == 0)
            from = entry->value;
    }
    return strcmp(from, version) == 0;
}

void answers_load_draft(struct session *session, const struct api_draft *draft)
{
    for (guint i = 0; is_current(session, draft) && i < draft->entries->len; i++) {
        const struct api_draft_entry *entry = g_ptr_array_index(draft->entries, i);
        if (answer_is_draft(entry->key))
            answer_set(session, entry->key, entry->value);
    }
}
