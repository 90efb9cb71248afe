/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "printing/seal.h"

#include <string.h>

#define LETTERS 10
#define GROUP   5

static gint by_name(gconstpointer a, gconstpointer b)
{
    const struct sheet_value *one = *(void *const *)a, *other = *(void *const *)b;
    return strcmp(one->name, other->name);
}

/* Lengths go in too, so that no text can be moved from one field to the next. */
static void add(GChecksum *sum, const char *text)
{
    const char *bytes = text ? text : "";
    g_autofree char *length = g_strdup_printf("%zu:", strlen(bytes));
    g_checksum_update(sum, (const guchar *)length, -1);
    g_checksum_update(sum, (const guchar *)bytes, (gssize)strlen(bytes));
}

static guint64 first_bits(const struct sheet_data *data)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_copy(data->values, NULL, NULL);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *version = g_strdup_printf("%" G_GINT64_FORMAT, data->form_version);
    guint8 digest[32];
    gsize n = sizeof(digest);
    g_ptr_array_sort(sorted, by_name);
    add(sum, version);
    for (guint i = 0; i < sorted->len; i++) {
        const struct sheet_value *value = sorted->pdata[i];
        add(sum, value->name);
        add(sum, value->text);
    }
    g_checksum_get_digest(sum, digest, &n);
    guint64 bits = 0;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | digest[i];
    return bits;
}

char *seal_of(const struct sheet_data *data)
{
    static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* no I L O U: nobody misreads them */
    guint64 bits = first_bits(data);
    GString *seal = g_string_new(NULL);
    for (int i = 0; i < LETTERS; i++) {
        if (i > 0 && i % GROUP == 0)
            g_string_append_c(seal, '-');
        g_string_append_c(seal, crockford[bits >> 59]);
        bits <<= 5;
    }
    return g_string_free(seal, FALSE);
}
