/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the imported tables: columns, checks, and the statement that stores one. Only import.c needs it. */
#pragma once

#include "platformd/platform.h"

/* Checks a row and brings it into the form that is stored. NULL, or what is wrong with it. */
typedef const char *(*import_check_fn)(struct platform *platform, void *row);
/* Stores what does not fit into the row's own table. False = a reference leads nowhere. */
typedef bool (*import_more_fn)(struct platform *platform, const void *row);

struct import_kind {
    const char *file;
    const struct record_type *type;
    const char *sql; /* fields of the type are ?1 …, in their order */
    import_check_fn check;
    import_more_fn more;
    const char *refused; /* what it means when the database refuses the row */
    bool positioned;     /* the next parameter is the line: the order of the file is kept */
};

#define IMPORT_KINDS 7
extern const struct import_kind import_kinds[IMPORT_KINDS];
