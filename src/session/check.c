/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the fields of a page: named checks of single fields, and what the rules say about the form. */
#include "session/state.h"

#include "base/text.h"

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

static const struct {
    const char *word;
    check_fn fn;
} checks[] = {{"account", check_account}, {"id_tail", check_tail}, {"ticked", check_ticked}};

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
    g_hash_table_insert(session->errors, g_strdup(field), g_strdup(session_message(session, key)));
    if (!session->focus)
        session->focus = g_strdup(field);
}

static void check_field(struct session *session, const struct form_field *field, GHashTable *faults)
{
    if (field->readonly || !guard_holds(session, field->when))
        return;
    const char *value = field->type == FIELD_PASSWORD ? secret_text(session->password) : answer(session, field->key);
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

bool check_page(struct session *session)
{
    g_hash_table_remove_all(session->errors);
    g_clear_pointer(&session->focus, g_free);
    g_clear_pointer(&session->message, g_free);
    g_autoptr(GHashTable) faults = answers_form_faults(session);
    if (session->screen->kind == PAGE_ROWS)
        check_rows(session, faults);
    else
        check_fields(session, faults);
    session->show = true;
    if (g_hash_table_size(session->errors) > 0)
        session_say(session, TONE_BAD, "field.errors");
    return g_hash_table_size(session->errors) == 0 && !session->message;
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
