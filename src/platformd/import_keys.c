/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "platformd/import_keys.h"

#include <string.h>

#include "base/record_slot.h"
#include "base/settings.h"

/* Two independent hashes, 96 bits: among ten million rows no two keys are taken for one another. */
struct key {
    guint64 hash;
    guint32 second, line;
};

struct import_keys {
    GArray *keys; /* struct key */
    GString *now, *last;
    bool ascending;
};

struct import_keys *import_keys_new(void)
{
    struct import_keys *keys = g_new0(struct import_keys, 1);
    keys->keys = g_array_new(FALSE, FALSE, sizeof(struct key));
    keys->now = g_string_new(NULL);
    keys->last = g_string_new(NULL);
    keys->ascending = true;
    return keys;
}

/* An identity number may be in it. */
static void text_free(GString *text)
{
    explicit_bzero(text->str, text->allocated_len);
    (void)g_string_free(text, TRUE);
}

void import_keys_free(struct import_keys *keys)
{
    if (!keys)
        return;
    g_array_unref(keys->keys);
    text_free(keys->now);
    text_free(keys->last);
    g_free(keys);
}

static void write_key(GString *text, const struct record_type *type, const void *row)
{
    g_string_truncate(text, 0);
    for (size_t i = 0; i < type->n_fields; i++) {
        const struct record_field *field = &type->fields[i];
        if (field->flags & RECORD_KEY) {
            g_string_append(text, *record_string_at(field, row));
            g_string_append_c(text, '\t');
        }
    }
}

/* FNV-1a. */
static guint64 hash_of(const GString *text)
{
    guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);
    for (gsize i = 0; i < text->len; i++)
        hash = (hash ^ (guchar)text->str[i]) * G_GUINT64_CONSTANT(0x100000001b3);
    return hash;
}

void import_keys_add(struct import_keys *keys, const struct record_type *type, const void *row, unsigned line)
{
    GString *last = keys->now;
    keys->now = keys->last;
    keys->last = last;
    write_key(keys->now, type, row);
    keys->ascending = keys->ascending && strcmp(keys->last->str, keys->now->str) < 0;
    struct key key = {.hash = hash_of(keys->now), .second = g_string_hash(keys->now), .line = line};
    g_array_append_val(keys->keys, key);
}

static gint by_hash_and_line(gconstpointer a, gconstpointer b)
{
    const struct key *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    if (left->second != right->second)
        return left->second < right->second ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

/* What came in order needs no sorting: each key was another than the one before. */
void import_keys_check(struct import_keys *keys, const char *shown, GPtrArray *faults)
{
    if (!keys->ascending)
        g_array_sort(keys->keys, by_hash_and_line);
    for (guint i = 1; !keys->ascending && i < keys->keys->len; i++) {
        const struct key *last = &g_array_index(keys->keys, struct key, i - 1), *key = last + 1;
        if (last->hash == key->hash && last->second == key->second)
            settings_fault(faults, shown, key->line, "the key of line %u again", last->line);
    }
    g_array_set_size(keys->keys, 0);
    g_string_truncate(keys->now, 0);
    keys->ascending = true;
}
