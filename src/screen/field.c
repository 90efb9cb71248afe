/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen/field.h"

#include <string.h>

#include "base/text.h"

#define DATE_DIGITS 8

static int limit_of(const struct page_field *page_field)
{
    if (page_field->type == FIELD_DATE)
        return DATE_DIGITS;
    if (page_field->type == FIELD_PASSWORD)
        return page_field->max_chars > 0 ? MIN(page_field->max_chars, SECRET_MAX / 4) : SECRET_MAX / 4;
    return page_field->max_chars > 0 ? page_field->max_chars : FIELD_CHARS_MAX;
}

struct field *field_new(const struct page_field *page_field)
{
    struct field *field = g_new0(struct field, 1);
    field->key = g_strdup(page_field->key);
    field->type = page_field->type;
    field->max_chars = limit_of(page_field);
    field->text = g_string_new(NULL);
    if (field->type == FIELD_PASSWORD)
        field->secret = secret_new();
    (void)field_take(field, page_field);
    return field;
}

void field_free(struct field *field)
{
    if (!field)
        return;
    explicit_bzero(field->text->str, field->text->allocated_len);
    g_string_free(field->text, TRUE);
    secret_free(field->secret);
    history_clear(&field->history);
    g_free(field->key);
    g_free(field);
}

const char *field_text(const struct field *field)
{
    return field->secret ? secret_text(field->secret) : field->text->str;
}

bool field_is_empty(const struct field *field)
{
    return *field_text(field) == '\0';
}

void field_set(struct field *field, const char *text)
{
    if (field->secret) {
        (void)secret_set(field->secret, text);
        return;
    }
    g_string_assign(field->text, text);
    field->cursor = field->text->len;
    field->first = 0;
}

bool field_take(struct field *field, const struct page_field *page_field)
{
    field->max_chars = limit_of(page_field);
    const char *value = page_field->value ? page_field->value : field->secret ? field_text(field) : "";
    if (strcmp(field_text(field), value) == 0)
        return false;
    field_set(field, value);
    history_clear(&field->history); /* the page knows better than what was typed here */
    return true;
}

/* ---------------------------------------------------------------- what may enter */

static gunichar half_width(gunichar c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

static bool has_x(const struct field *field)
{
    return strchr(field->text->str, 'X') != NULL;
}

/* The character as it enters, or 0. */
static gunichar admitted(const struct field *field, gunichar c)
{
    switch (field->type) {
    case FIELD_NUMBER:
        c = g_unichar_toupper(half_width(c));
        if (c == 'X') /* only the last one may be an X */
            return field->cursor == field->text->len && field->cursor > 0 && !has_x(field) ? c : 0;
        return c >= '0' && c <= '9' && !(has_x(field) && field->cursor == field->text->len) ? c : 0;
    case FIELD_DATE:
        c = half_width(c);
        return c >= '0' && c <= '9' ? c : 0;
    case FIELD_LONG:
        if (c == '\n')
            return c;
        break;
    case FIELD_TEXT:
    case FIELD_REGION:
    case FIELD_PASSWORD:
        if (c == '\n')
            c = ' ';
        break;
    case FIELD_CODE:
    case FIELD_CHECK:
        return 0;
    }
    return text_char_cols(c) >= 0 ? c : 0;
}

static enum edit insert_secret(struct field *field, const char *utf8, gsize n)
{
    char text[SECRET_MAX + 8];
    gsize length = g_strlcpy(text, secret_text(field->secret), SECRET_MAX + 1);
    memcpy(text + length, utf8, n);
    text[length + n] = '\0';
    bool set = secret_set(field->secret, text);
    explicit_bzero(text, sizeof text);
    return set ? EDIT_CHANGED : EDIT_FULL;
}

static enum edit insert(struct field *field, gunichar typed)
{
    char utf8[6];
    gunichar c = admitted(field, typed);
    if (!c)
        return EDIT_IGNORED;
    if (g_utf8_strlen(field_text(field), -1) >= field->max_chars)
        return EDIT_FULL;
    gsize n = (gsize)g_unichar_to_utf8(c, utf8);
    if (field->secret) {
        enum edit edit = insert_secret(field, utf8, n);
        explicit_bzero(utf8, sizeof utf8);
        return edit;
    }
    history_note(&field->history, c == '\n' ? HISTORY_REPLACE : HISTORY_INSERT, field->text->str, field->cursor);
    g_string_insert_len(field->text, (gssize)field->cursor, utf8, (gssize)n);
    field->cursor += n;
    history_noted(&field->history, field->cursor);
    return EDIT_CHANGED;
}

static enum edit erase_secret(struct field *field)
{
    char text[SECRET_MAX + 1];
    g_strlcpy(text, secret_text(field->secret), sizeof text);
    if (!*text)
        return EDIT_IGNORED;
    *g_utf8_prev_char(text + strlen(text)) = '\0';
    (void)secret_set(field->secret, text);
    explicit_bzero(text, sizeof text);
    return EDIT_CHANGED;
}

static gsize before(const struct field *field)
{
    return (gsize)(text_prev(field->text->str, field->text->str + field->cursor) - field->text->str);
}

static gsize after(const struct field *field)
{
    return (gsize)(text_next(field->text->str + field->cursor) - field->text->str);
}

static enum edit erase(struct field *field, gsize from, gsize to)
{
    if (from == to)
        return EDIT_IGNORED;
    history_note(&field->history, HISTORY_ERASE, field->text->str, field->cursor);
    g_string_erase(field->text, (gssize)from, (gssize)(to - from));
    field->cursor = from;
    history_noted(&field->history, field->cursor);
    return EDIT_CHANGED;
}

void field_replace(struct field *field, const char *text)
{
    if (!field->secret)
        history_note(&field->history, HISTORY_REPLACE, field->text->str, field->cursor);
    field_set(field, text);
}

static enum edit clear(struct field *field)
{
    if (field_is_empty(field))
        return EDIT_IGNORED;
    field_replace(field, "");
    return EDIT_CHANGED;
}

static enum edit go_back(struct field *field, bool (*go)(struct history *history, GString *text, gsize *cursor))
{
    if (field->secret || !go(&field->history, field->text, &field->cursor))
        return EDIT_IGNORED;
    field->first = 0;
    return EDIT_CHANGED;
}

static enum edit move(struct field *field, gsize to)
{
    if (field->secret || to == field->cursor)
        return EDIT_IGNORED;
    field->cursor = to;
    return EDIT_MOVED;
}

enum edit field_key(struct field *field, const struct key *key)
{
    switch ((int)key->press) {
    case PRESS_CHAR:
        return insert(field, key->c);
    case PRESS_BACKSPACE:
        return field->secret ? erase_secret(field) : erase(field, before(field), field->cursor);
    case PRESS_DELETE:
        return field->secret ? EDIT_IGNORED : erase(field, field->cursor, after(field));
    case PRESS_CLEAR:
        return clear(field);
    case PRESS_UNDO:
        return go_back(field, history_undo);
    case PRESS_REDO:
        return go_back(field, history_redo);
    case PRESS_LEFT:
        return move(field, before(field));
    case PRESS_RIGHT:
        return move(field, after(field));
    case PRESS_HOME:
    case PRESS_FIRST:
        return move(field, 0);
    case PRESS_END:
    case PRESS_LAST:
        return move(field, field->text->len);
    default:
        return EDIT_IGNORED;
    }
}
