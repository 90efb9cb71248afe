/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graduation/code_table.h"

#include <string.h>

static const struct record_field code_entry_fields[] = {
    {"code", RECORD_STRING, offsetof(struct code_entry, code), .flags = RECORD_REQUIRED | RECORD_KEY, .min = 1,
     .max = 12},
    {"name", RECORD_STRING, offsetof(struct code_entry, name), .flags = RECORD_REQUIRED, .min = 1, .max = 50},
    {"short", RECORD_STRING, offsetof(struct code_entry, abbreviation), .max = 20},
    {"letters", RECORD_STRING, offsetof(struct code_entry, letters), .max = 4},
    {"city_code", RECORD_STRING, offsetof(struct code_entry, city_code), .max = 12},
    {"city", RECORD_STRING, offsetof(struct code_entry, city), .max = 50},
};
const struct record_type code_entry_record = RECORD_TYPE(code_entry, code_entry_fields);

const char *const code_table_words[] = {
    [CODE_DIVISION] = "division",   [CODE_ETHNIC] = "ethnic", [CODE_POLITICAL] = "political",
    [CODE_EDUCATION] = "education", [CODE_HEALTH] = "health", [CODE_OCCUPATION] = "occupation",
    [CODE_REGION] = "region",       [CODE_TABLES] = NULL,
};

const char *const code_table_files[CODE_TABLES] = {
    [CODE_DIVISION] = "divisions_shanxi.tsv",  [CODE_ETHNIC] = "ethnic_gb3304.tsv",
    [CODE_POLITICAL] = "political_gb4762.tsv", [CODE_EDUCATION] = "education_gb4658_graduates.tsv",
    [CODE_HEALTH] = "health_gb2261_3.tsv",     [CODE_OCCUPATION] = "occupation_gb2261_4.tsv",
    [CODE_REGION] = "regions_gb2260_2024.tsv",
};

const struct code_entry *code_find(const struct code_tables *tables, enum code_table_id id, const char *code)
{
    const GPtrArray *table = tables->table[id];
    if (!table || !code)
        return NULL;
    for (guint i = 0; i < table->len; i++) {
        const struct code_entry *entry = g_ptr_array_index(table, i);
        if (strcmp(entry->code, code) == 0)
            return entry;
    }
    return NULL;
}

const char *code_name(const struct code_tables *tables, enum code_table_id id, const char *code)
{
    const struct code_entry *entry = code_find(tables, id, code);
    if (entry)
        return entry->name;
    return code ? code : "";
}

char *code_county_name(const struct code_tables *tables, const char *county_code)
{
    const struct code_entry *entry = code_find(tables, CODE_DIVISION, county_code);
    if (!entry)
        return g_strdup(county_code ? county_code : "");
    return g_strconcat(entry->city ? entry->city : "", entry->name, NULL);
}

void code_tables_clear(struct code_tables *tables)
{
    for (size_t i = 0; i < CODE_TABLES; i++) {
        record_list_free(&code_entry_record, tables->table[i]);
        tables->table[i] = NULL;
    }
}
