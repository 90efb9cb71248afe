/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code tables: county-level divisions of Shanxi, the places of all China, ethnic groups, political status, education, health, occupation.
 *
 * CODE_REGION (GB/T 2260 as of the end of 2024): the 34 provinces, their prefectures, and what stands right below a province, such as
 * the districts of 北京; the prefectures of Shanxi come with CODE_DIVISION.
 *
 * The tables are files (forms/tables/, domain.md 6); whoever may open files reads them with base/tsv and
 * hands them in. Blocks: never.
 */
#pragma once

#include "base/record.h"

struct code_entry {
    char *code;
    char *name;
    char *abbreviation; /* column "short": 群众, 中共党员 … may be NULL */
    char *letters;      /* GB/T 3304 letters, may be NULL */
    char *city_code;    /* divisions only */
    char *city;         /* divisions only: "太原市" */
};
extern const struct record_type code_entry_record;

enum code_table_id {
    CODE_DIVISION,
    CODE_ETHNIC,
    CODE_POLITICAL,
    CODE_EDUCATION,
    CODE_HEALTH,
    CODE_OCCUPATION,
    CODE_REGION,
    CODE_TABLES
};
/* "division", "ethnic", … as forms/ name them; NULL-terminated. */
extern const char *const code_table_words[];
/* File names below forms/tables/, in the order of the enum. */
extern const char *const code_table_files[CODE_TABLES];

struct code_tables {
    GPtrArray *table[CODE_TABLES]; /* of struct code_entry, in the order of the file, as tsv_read_all() gives them */
};

/* NULL when the code is not in the table. */
const struct code_entry *code_find(const struct code_tables *tables, enum code_table_id id, const char *code);
/* The name, or the code itself when unknown, or "" for NULL. */
const char *code_name(const struct code_tables *tables, enum code_table_id id, const char *code);
/* "太原市小店区" — with its city, since 城区 exists twice. Newly allocated; the code when unknown. */
char *code_county_name(const struct code_tables *tables, const char *county_code);
void code_tables_clear(struct code_tables *tables);
