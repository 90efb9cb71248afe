/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal must not forget when the power goes: journal, outbox, print jobs, PIN throttle. SQLite, WAL, synchronous FULL.
 *
 * Holds no personal data: people are keyed hashes (log_person), bodies in the outbox are those without personal data
 * (submit, order, prints). Every function that changes something has committed durably when it returns.
 *
 * The only place of the kiosk that includes sqlite3.h. Blocks: one commit, about 1 ms on an SSD (facts: 0.3 ms median).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);
enum store_error { STORE_ERROR_OPEN, STORE_ERROR_WRITE, STORE_ERROR_FULL };

struct store;
struct store *store_open(const char *path, GError **error); /* a damaged file is set aside as path.damaged-N */
void store_close(struct store *store);

/* One line of the journal: who (hash), what ("submit", "print.sent" …), a short detail without personal data. */
bool store_journal(struct store *store, const char *person, const char *what, const char *detail, GError **error);

/* A write the person has confirmed; kept until the platform has answered it. */
struct outbox_entry {
    gint64 id;
    char *person; /* hash */
    char *call;   /* word of the call, "submit" */
    char *idempotency_key;
    int64_t version; /* If-Match */
    char *body;      /* JSON or "" */
    int64_t created_at;
};
void outbox_entry_free(struct outbox_entry *entry);
/* *ret_id = the row. Adding the same key again returns the old row. */
bool store_outbox_add(struct store *store, const struct outbox_entry *entry, gint64 *ret_id, GError **error);
bool store_outbox_remove(struct store *store, const char *idempotency_key, GError **error);
/* Rows of a person (NULL = all), oldest first; the caller owns the array of struct outbox_entry. */
GPtrArray *store_outbox_list(struct store *store, const char *person, GError **error);

/* A print: written before anything is sent to a printer. */
enum print_progress { PRINT_INTENT, PRINT_SUBMITTED, PRINT_SENT, PRINT_ENDED };
struct print_job {
    char *job_name; /* unique, opaque: what the printer sees */
    char *person;
    int64_t form_version, copies;
    char *sha256;   /* of the PDF */
    char *job_uuid; /* CUPS' own, once known */
    int progress;
    char *outcome;  /* word, once ended */
    int64_t created_at;
};
void print_job_free(struct print_job *job);
bool store_print_put(struct store *store, const struct print_job *job, GError **error); /* insert or update by job_name */
/* Prints of a person that have not ended. */
GPtrArray *store_print_open(struct store *store, const char *person, GError **error);

/* 32 random bytes made at the first start, the same ever after. */
bool store_machine_key(struct store *store, unsigned char ret[32], GError **error);
