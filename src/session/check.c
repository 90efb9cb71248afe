/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the fields of a page: named checks of single fields, and what the rules say about the form. */
#include "session/state.h"

#include "base/text.h"
#include "graduation/password_rules.h"
#include "graduation/person_name.h"

#include <string.h>

typedef const char *(*check_fn)(const struct session *session, const char *value);

static const char *check_account(const struct session *session, const char *value)
{
    g_autofree char *number = text_half_width(value);
    return account_kind(number, session->options.today) == ACCOUNT_INVALID ? "login.account" : NULL;
}

/* The second confirmation before what cannot be undone: the person's own last four characters (domain.md 2.10). */
static const char *check_tail(const struct session *session, const char *value)
{
    g_autofree char *number = text_half_width(value);
    const char *id_no = session->me ? session->me->id_no : "";
    size_t length = strlen(id_no);
    return length >= 4 && g_ascii_strcasecmp(id_no + length - 4, number) == 0 ? NULL : "submit.tail";
}

static const char *check_ticked(const struct session *session, const char *value)
{
    (void)session;
    return *value ? NULL : "field.tick";
}

/* ---------------------------------------------------------------- of a registration (domain.md 2.3) */

static const char *check_name(const struct session *session, const char *value)
{
    (void)session;
    return person_name_fault(value);
}

static const char *check_id_no(const struct session *session, const char *value)
{
    g_autofree char *number = text_half_width(value);
    return id_number_check(number, session->options.today) == ID_OK ? NULL : "registration.id_no";
}

static const char *check_exam_no(const struct session *session, const char *value)
{
    (void)session;
    g_autofree char *number = text_half_width(value);
    return exam_no_valid(number) ? NULL : "registration.exam_no";
}

static const char *check_mobile(const struct session *session, const char *value)
{
    (void)session;
    g_autofree char *number = text_half_width(value);
    return form_check_mobile(number);
}

static const char *check_new_password(const struct session *session, const char *value)
{
    (void)session;
    return password_check(value);
}

static const char *check_same_password(const struct session *session, const char *value)
{
    return strcmp(secret_text(session->password), value) == 0 ? NULL : "register.differs";
}

/* ---------------------------------------------------------------- a page */

static const struct {
    const char *word;
    check_fn fn;
} checks[] = {
    {"account", check_account},
    {"id_tail", check_tail},
    {"ticked", check_ticked},
    {"person_name", check_name},
    {"id_no", check_id_no},
    {"exam_no", check_exam_no},
    {"mobile", check_mobile},
    {"new_password", check_new_password},
    {"same_password", check_same_password},
};

struct secret *check_secret(const struct session *session, const char *field)
{
    return strcmp(field, "password_again") == 0 ? session->again : session->password;
}

static check_fn check_find(const char *word)
{
    for (size_t i = 0; word && i < G_N_ELEMENTS(checks); i++)
        if (strcmp(checks[i].word, word) == 0)
            return checks[i].fn;
    return NULL;
}

bool check_exists(const char *word)
{
    return check_find(word) != NULL;
}

static void set_error(struct session *session, const char *field, const char *key)
{
    g_hash_table_insert(session->errors, g_strdup(field), placeholder_expand(session, session_message(session, key)));
    if (!session->focus)
        session->focus = g_strdup(field);
}

static void check_field(struct session *session, const struct form_field *field, GHashTable *faults)
{
    if (field->readonly || !guard_holds(session, field->when))
        return;
    const char *value =
        field->type == FIELD_PASSWORD ? secret_text(check_secret(session, field->key)) : answer(session, field->key);
    const char *fault = faults ? g_hash_table_lookup(faults, field->key) : NULL;
    check_fn check = check_find(field->check);
    if (field->required && !*value && field->type != FIELD_CHECK)
        set_error(session, field->key, fault ? fault : "field.required");
    else if (check && check(session, value))
        set_error(session, field->key, check(session, value));
    else if (fault)
        set_error(session, field->key, fault);
}

static void check_rows(struct session *session, GHashTable *faults)
{
    const struct form_screen *screen = session->screen;
    for (int row = 1; row <= screen->rows; row++)
        for (guint i = 0; i < screen->fields->len; i++) {
            const struct form_field *field = g_ptr_array_index(screen->fields, i);
            g_autofree char *key = g_strdup_printf("%s.%d.%s", screen->prefix, row, field->key);
            const char *fault = g_hash_table_lookup(faults, key);
            if (fault)
                set_error(session, key, fault);
        }
    const char *whole = g_hash_table_lookup(faults, screen->prefix);
    if (whole && g_hash_table_size(session->errors) == 0)
        session_say(session, TONE_BAD, whole);
}

static void check_fields(struct session *session, GHashTable *faults)
{
    for (guint i = 0; i < session->screen->fields->len; i++)
        check_field(session, g_ptr_array_index(session->screen->fields, i), faults);
}

/* A single fault is told whole: beside its field there may be no room for all of it. */
static void say_errors(struct session *session)
{
    GHashTableIter iter;
    gpointer text = NULL;
    g_hash_table_iter_init(&iter, session->errors);
    if (g_hash_table_size(session->errors) > 1)
        session_say(session, TONE_BAD, "field.errors");
    else if (g_hash_table_iter_next(&iter, NULL, &text))
        session_say_text(session, TONE_BAD, text);
}

bool check_page(struct session *session)
{
    g_hash_table_remove_all(session->errors);
    g_clear_pointer(&session->focus, g_free);
    g_clear_pointer(&session->message, g_free);
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    if (strcmp(session->screen->name, "added_new") == 0)
        added_faults(session, faults);
    if (session->screen->kind == PAGE_ROWS)
        check_rows(session, faults);
    else
        check_fields(session, faults);
    session->show = true;
    say_errors(session);
    return g_hash_table_size(session->errors) == 0 && !session->message;
}

/* "courses[2].code" is the field "added_code" of a page, "id_no" the field "register_id_no". */
static const struct form_field *named_field(const struct session *session, const char *path)
{
    const char *dot = strrchr(path, '.');
    g_autofree char *ending = g_strconcat("_", dot ? dot + 1 : path, NULL);
    for (guint i = 0; i < session->screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(session->screen->fields, i);
        bool named = strcmp(field->key, ending + 1) == 0 || g_str_has_suffix(field->key, ending);
        if (named && !field->readonly && guard_holds(session, field->when))
            return field;
    }
    return NULL;
}

bool check_refused(struct session *session, const struct api_failure *failure)
{
    const struct form_field *field =
        failure && failure->field && failure->message ? named_field(session, failure->field) : NULL;
    if (!field || session->screen->kind == PAGE_ROWS)
        return false;
    g_hash_table_insert(session->errors, g_strdup(field->key), text_clean(failure->message, -1, 200, TEXT_LINE, NULL));
    g_free(session->focus);
    session->focus = g_strdup(field->key);
    say_errors(session);
    return true;
}

bool check_part(const struct session *session, const struct form_screen *screen)
{
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    for (guint i = 0; i < screen->fields->len; i++) {
        const struct form_field *field = g_ptr_array_index(screen->fields, i);
        if (g_hash_table_contains(faults, field->key))
            return false;
    }
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, faults);
    while (screen->prefix && g_hash_table_iter_next(&iter, &key, NULL))
        if (answers_in_rows(key, screen->prefix))
            return false;
    return true;
}
